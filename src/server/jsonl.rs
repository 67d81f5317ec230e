//! The JSON Lines protocol: one request a line, one answer a line, for programs in any language.
//!
//! ```text
//! {"op":"run","query":"RETURN $x + 1 AS y","params":{"x":1}}
//! {"columns":["y"],"rows":[[2]],"stats":{…},"elapsed_ms":0.1}
//! ```

use std::io::{BufRead, Write};
use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::function::Signature;
use crate::graph::Counters;
use crate::render::typed_json::{from_json, typed};
use crate::session::{Database, Error, QueryResult, Session};
use crate::source::Source;
use crate::value::{Map, Value};

/// Answers requests until the input ends.
///
/// # Errors
///
/// What reading or writing the streams fails with.
pub fn serve(
    database: &Database,
    input: impl BufRead,
    mut output: impl Write,
) -> std::io::Result<()> {
    let mut server = Server {
        session: database.session(),
    };
    for line in input.lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = server.answer(&line);
        serde_json::to_writer(&mut output, &answer)?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
    Ok(())
}

struct Server {
    session: Session,
}

impl Server {
    fn answer(&mut self, line: &str) -> Json {
        let request: Json = match serde_json::from_str(line) {
            Ok(request) => request,
            Err(error) => return refuse(&format!("the request is no JSON: {error}")),
        };
        match request["op"].as_str() {
            Some("reset") => {
                self.session = Database::new().session();
                json!({"ok": true})
            }
            Some("run") => self.run(&request),
            Some("procedure") => match self.declare(&request) {
                Ok(()) => json!({"ok": true}),
                Err(reason) => refuse(&reason),
            },
            Some(other) => refuse(&format!(
                "there is no op {other:?}; there are reset, run and procedure"
            )),
            None => refuse("the request has no \"op\""),
        }
    }

    fn run(&mut self, request: &Json) -> Json {
        let Some(query) = request["query"].as_str() else {
            return refuse("a run needs a \"query\"");
        };
        let parameters = match parameters(&request["params"]) {
            Ok(parameters) => parameters,
            Err(reason) => return refuse(&reason),
        };
        match self.session.run(query, &parameters) {
            Ok(result) => rows(&result),
            Err(error) => fault(&error, query),
        }
    }

    fn declare(&mut self, request: &Json) -> Result<(), String> {
        let text = request["signature"]
            .as_str()
            .ok_or("a procedure needs a \"signature\"")?;
        let signature =
            Signature::parse(text).ok_or_else(|| format!("this is no signature: {text}"))?;
        let mut rows = Vec::new();
        for row in request["rows"].as_array().into_iter().flatten() {
            let cells = row.as_array().ok_or("a row is a list")?;
            let cells: Result<Vec<Value>, _> = cells.iter().map(from_json).collect();
            rows.push(cells.map_err(|error| error.to_string())?);
        }
        let width = signature.arguments.len() + signature.columns.len();
        if rows.iter().any(|row| row.len() != width) {
            return Err(format!(
                "a row of this procedure has {width} values: its arguments, then its columns"
            ));
        }
        self.session.procedures.declare(signature, rows);
        Ok(())
    }
}

fn parameters(json: &Json) -> Result<Map, String> {
    let Json::Object(entries) = json else {
        return match json {
            Json::Null => Ok(Map::default()),
            _ => Err("\"params\" is a map".to_owned()),
        };
    };
    entries
        .iter()
        .map(|(name, value)| {
            let value =
                from_json(value).map_err(|error| format!("the parameter {name}: {error}"))?;
            Ok((Arc::from(name.as_str()), value))
        })
        .collect()
}

fn rows(result: &QueryResult) -> Json {
    let rows: Vec<Json> = result
        .rows
        .iter()
        .map(|row| {
            let cells = row.iter().map(|value| {
                serde_json::to_value(typed(value, &result.entities)).unwrap_or(Json::Null)
            });
            Json::Array(cells.collect())
        })
        .collect();
    json!({
        "columns": result.columns,
        "rows": rows,
        "stats": stats(&result.counters),
        "elapsed_ms": result.elapsed.as_secs_f64() * 1000.0,
    })
}

fn stats(counters: &Counters) -> Json {
    json!({
        "nodes_created": counters.nodes_created,
        "nodes_deleted": counters.nodes_deleted,
        "relationships_created": counters.relationships_created,
        "relationships_deleted": counters.relationships_deleted,
        "properties_set": counters.properties_set,
        "labels_added": counters.labels_added,
        "labels_removed": counters.labels_removed,
    })
}

fn fault(error: &Error, query: &str) -> Json {
    let mut fault = json!({
        "type": error.class(),
        "phase": error.phase().name(),
        "detail": error.detail(),
        "message": error.to_string(),
    });
    if let Some(span) = error.span() {
        let (line, column) = Source::new("<query>", query).position(span.start as usize);
        fault["line"] = json!(line);
        fault["column"] = json!(column);
    }
    json!({ "error": fault })
}

fn refuse(reason: &str) -> Json {
    json!({"error": {"type": "ProtocolError", "phase": "compile time", "detail": "InvalidRequest", "message": reason}})
}
