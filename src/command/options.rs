//! Options that several subcommands share.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::ontology::Ontology;
use crate::render::{Format, Names};
use crate::repl::{Console, Conversation, Failure, Settings, parameter};
use crate::session::{Bytes, Database, Error, Limits, is_store};
use crate::value::{Date, Value};

/// How statements are run.
#[derive(Debug, Args)]
pub(super) struct Running {
    /// Give a value to a parameter: a literal of openCypher where it reads as one (12, 'text', [1, 2], {k: 1}), else
    /// the text itself
    #[arg(short = 'P', long = "param", value_name = "NAME=VALUE", value_parser = assignment)]
    parameters: Vec<(Arc<str>, Value)>,
    /// Refuse statements that would change the graph
    #[arg(long)]
    read_only: bool,
    /// Stop a statement that takes longer than this
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<Duration>,
    /// Stop a statement that needs more memory than this: 800MB, 2GB [default: a quarter of the machine's]
    #[arg(long, value_name = "SIZE")]
    max_memory: Option<Bytes>,
}

/// How results are shown.
#[derive(Debug, Args)]
pub(super) struct Presentation {
    /// How results are written
    #[arg(long, value_name = "FORMAT", default_value = Format::Table.name(), value_parser = formats())]
    format: Format,
    #[command(flatten)]
    naming: Naming,
}

/// By which names labels and relationship types are shown.
#[derive(Debug, Args)]
pub(super) struct Naming {
    /// Show labels and relationship types by their Chinese names (zh) or by their identifiers (id)
    #[arg(long, value_name = "LANGUAGE", default_value = "id", value_parser = languages())]
    pub(super) names: Names,
}

/// What graphs are held to.
#[derive(Debug, Args)]
pub(super) struct HeldTo {
    /// Hold the graph to the ontology of this file (docs/ONTOLOGY.md); a durable graph keeps it
    #[arg(long, value_name = "FILE")]
    ontology: Option<PathBuf>,
}

impl HeldTo {
    /// The ontology, where one is given.
    pub(super) fn read(&self) -> Result<Option<Ontology>, Failure> {
        self.ontology.as_deref().map(ontology).transpose()
    }

    /// Holds a graph to it, and shows what it warns of.
    pub(super) fn apply(&self, database: &Database, console: &mut Console) -> Result<(), Failure> {
        match self.read()? {
            Some(ontology) => hold_to(database, ontology, console),
            None => Ok(()),
        }
    }
}

/// The ontology of a file.
pub(super) fn ontology(path: &Path) -> Result<Ontology, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::Read {
        path: path.to_owned(),
        error,
    })?;
    Ontology::parse(&path.display().to_string(), &text)
        .map_err(|error| Failure::Ontology(error.to_string()))
}

/// Holds a graph to an ontology, and shows what that warns of.
pub(super) fn hold_to(
    database: &Database,
    ontology: Ontology,
    console: &mut Console,
) -> Result<(), Failure> {
    let found = database.set_ontology(Some(ontology));
    let found = found.map_err(|error| match error {
        Error::Ontology { .. } => Failure::NotHeld(error.to_string()),
        other => Failure::graph(&other),
    })?;
    for finding in found {
        console.message(&format!("warning: {finding}"))?;
    }
    Ok(())
}

/// The graphs of a subcommand whose positional arguments are something else.
#[derive(Debug, Args)]
pub(super) struct Graphs {
    /// A graph to open; may be given several times [default: the embedded graphs]
    #[arg(long = "graph", value_name = "FILE")]
    pub(super) graphs: Vec<PathBuf>,
}

impl Running {
    /// Opens the graphs of a conversation, as they were known on a day where one is given: a durable one for reading only
    /// where that is asked for, or where what is written would stay out of the file.
    pub(super) fn open(
        &mut self,
        graphs: &[PathBuf],
        day: Option<Date>,
    ) -> Result<Database, Failure> {
        self.read_only |= day.is_some() && graphs.iter().any(|path| is_store(path));
        let database = if self.read_only {
            look(graphs)
        } else {
            open(graphs)
        };
        as_of(database?, day)
    }

    /// Sets a conversation up as the user asked.
    pub(super) fn apply(self, conversation: &mut Conversation<'_>, max_rows: Option<usize>) {
        conversation.session.is_read_only = self.read_only;
        conversation.session.limits = limits(self.timeout, max_rows, self.max_memory);
        conversation.parameters = self.parameters.into_iter().collect();
    }
}

/// The limits that a user asked for.
pub(super) fn limits(
    timeout: Option<Duration>,
    max_rows: Option<usize>,
    max_memory: Option<Bytes>,
) -> Limits {
    let limits = Limits::default();
    Limits {
        timeout,
        max_rows,
        max_memory: max_memory.map(|bytes| bytes.0).or(limits.max_memory),
        ..limits
    }
}

impl Presentation {
    /// Results and nothing else.
    pub(super) fn settings(&self) -> Settings {
        Settings {
            format: self.format,
            names: self.naming.names,
            shown_rows: None,
            has_summary: false,
            has_timing: false,
            has_footnotes: false,
        }
    }
}

/// Opens graphs as one, or the embedded ones where none is named.
pub(super) fn open(graphs: &[PathBuf]) -> Result<Database, Failure> {
    let opened = if graphs.is_empty() {
        Database::embedded()
    } else {
        Database::open(graphs)
    };
    opened.map_err(|error| Failure::graph(&error))
}

/// As [`open`], for those who only look: a durable graph may be open elsewhere.
pub(super) fn look(graphs: &[PathBuf]) -> Result<Database, Failure> {
    match graphs {
        [path] if is_store(path) => {
            Database::read_store(path).map_err(|error| Failure::graph(&error))
        }
        _ => open(graphs),
    }
}

/// The same as it was known by the end of a day, where one is given.
fn as_of(database: Database, day: Option<Date>) -> Result<Database, Failure> {
    match day {
        Some(day) => database.as_of(day).map_err(|error| Failure::graph(&error)),
        None => Ok(database),
    }
}

fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::name)).try_map(|name| name.parse::<Format>())
}

fn languages() -> impl TypedValueParser<Value = Names> {
    PossibleValuesParser::new(["zh", "id"]).map(|name| {
        if name == "zh" {
            Names::Chinese
        } else {
            Names::Identifiers
        }
    })
}

fn assignment(text: &str) -> Result<(Arc<str>, Value), &'static str> {
    parameter::assignment(text).ok_or("write it as NAME=VALUE, for example 区=坪山区")
}

/// A time, as the user writes it.
pub(super) fn seconds(text: &str) -> Result<Duration, &'static str> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds")?;
    Duration::try_from_secs_f64(seconds).map_err(|_| "not a time that can be waited for")
}
