//! What is answered to a request.

use std::io::Write;
use std::time::Duration;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::request::Refusal;
use crate::graph::Counters;
use crate::render::typed_json::typed;
use crate::session::{Error, QueryResult, Warning};
use crate::source::{Source, Span};
use crate::value::Value;

/// What is answered to a request.
#[derive(Debug)]
pub(super) enum Answer {
    /// It is done, and there is nothing to say.
    Done,
    /// A folder was loaded.
    Loaded {
        /// How many nodes there are.
        nodes: usize,
        /// How many relationships there are.
        relationships: usize,
        /// How long it took.
        elapsed: Duration,
        /// How much memory the program holds, in MiB.
        resident: Option<f64>,
    },
    /// The statements ran for so long.
    Elapsed(Duration),
    /// The statement's result.
    Result {
        /// The statement.
        query: String,
        /// What it gave.
        result: Box<QueryResult>,
    },
    /// The statement failed.
    Fault {
        /// What is wrong.
        error: Error,
        /// The statement.
        query: String,
        /// Which of several runs failed.
        index: Option<usize>,
    },
    /// The line was no request.
    Refusal(Refusal),
}

impl Answer {
    /// Appends the answer as one line of JSON, without its end.
    pub(super) fn write(&self, output: &mut impl Write) -> std::io::Result<()> {
        Ok(serde_json::to_writer(output, self)?)
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut answer = serializer.serialize_map(None)?;
        match self {
            Self::Done => answer.serialize_entry("ok", &true)?,
            Self::Loaded {
                nodes,
                relationships,
                elapsed,
                resident,
            } => {
                answer.serialize_entry("nodes", nodes)?;
                answer.serialize_entry("relationships", relationships)?;
                if let Some(resident) = resident {
                    answer.serialize_entry("rss_mb", resident)?;
                }
                answer.serialize_entry("elapsed_ms", &milliseconds(*elapsed))?;
            }
            Self::Elapsed(elapsed) => {
                answer.serialize_entry("elapsed_ms", &milliseconds(*elapsed))?;
            }
            Self::Result { query, result } => {
                answer.serialize_entry("columns", &result.columns)?;
                answer.serialize_entry("rows", &Rows(result))?;
                answer.serialize_entry("stats", &Stats(&result.counters))?;
                if let Some(plan) = &result.plan {
                    answer.serialize_entry("plan", plan)?;
                }
                if !result.warnings.is_empty() {
                    let warnings: Vec<Remark<'_>> = result
                        .warnings
                        .iter()
                        .map(|warning| Remark { warning, query })
                        .collect();
                    answer.serialize_entry("warnings", &warnings)?;
                }
                answer.serialize_entry("elapsed_ms", &milliseconds(result.elapsed))?;
            }
            Self::Fault {
                error,
                query,
                index,
            } => answer.serialize_entry(
                "error",
                &Fault {
                    error,
                    query,
                    index: *index,
                },
            )?,
            Self::Refusal(refusal) => answer.serialize_entry("error", &Refused(refusal))?,
        }
        answer.end()
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

struct Rows<'a>(&'a QueryResult);

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.rows.iter().map(|row| Row(row, self.0)))
    }
}

struct Row<'a>(&'a [Value], &'a QueryResult);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cells = self.0.iter();
        serializer.collect_seq(cells.map(|value| typed(value, &self.1.entities)))
    }
}

struct Stats<'a>(&'a Counters);

impl Serialize for Stats<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let counters = self.0;
        let schema = [
            ("indexes_added", counters.indexes_added),
            ("indexes_removed", counters.indexes_removed),
            ("constraints_added", counters.constraints_added),
            ("constraints_removed", counters.constraints_removed),
        ];
        let data = [
            ("nodes_created", counters.nodes_created),
            ("nodes_deleted", counters.nodes_deleted),
            ("relationships_created", counters.relationships_created),
            ("relationships_deleted", counters.relationships_deleted),
            ("properties_set", counters.properties_set),
            ("labels_added", counters.labels_added),
            ("labels_removed", counters.labels_removed),
        ];
        let schema = schema.into_iter().filter(|(_, count)| *count > 0);
        serializer.collect_map(data.into_iter().chain(schema))
    }
}

struct Fault<'a> {
    error: &'a Error,
    query: &'a str,
    index: Option<usize>,
}

impl Serialize for Fault<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let error = self.error;
        let mut fault = serializer.serialize_map(None)?;
        fault.serialize_entry("type", error.class())?;
        fault.serialize_entry("phase", error.phase().name())?;
        fault.serialize_entry("detail", error.detail())?;
        fault.serialize_entry("message", &error.to_string())?;
        if let Some(help) = error.help() {
            fault.serialize_entry("help", &help)?;
        }
        if let Some(span) = error.span() {
            serialize_place(&mut fault, self.query, span)?;
        }
        if let Some(index) = self.index {
            fault.serialize_entry("index", &index)?;
        }
        fault.end()
    }
}

struct Remark<'a> {
    warning: &'a Warning,
    query: &'a str,
}

impl Serialize for Remark<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut remark = serializer.serialize_map(None)?;
        remark.serialize_entry("message", &self.warning.message)?;
        if let Some(help) = &self.warning.help {
            remark.serialize_entry("help", help)?;
        }
        serialize_place(&mut remark, self.query, self.warning.span)?;
        remark.end()
    }
}

struct Refused<'a>(&'a Refusal);

impl Serialize for Refused<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut refused = serializer.serialize_map(None)?;
        refused.serialize_entry("type", "ProtocolError")?;
        refused.serialize_entry("phase", "compile time")?;
        refused.serialize_entry("detail", "InvalidRequest")?;
        refused.serialize_entry("message", &self.0.to_string())?;
        refused.end()
    }
}

/// Line and column, from 1; columns count characters.
fn serialize_place<M: SerializeMap>(
    object: &mut M,
    query: &str,
    span: Span,
) -> Result<(), M::Error> {
    let (line, column) = Source::new("", query).position(span.start as usize);
    object.serialize_entry("line", &line)?;
    object.serialize_entry("column", &column)
}
