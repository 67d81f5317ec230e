//! What a line asks for.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value as Json;

use crate::function::Signature;
use crate::render::typed_json::{TypedJsonError, from_json};
use crate::value::{Map, Value};

/// What a line asks for.
#[derive(Debug)]
pub(super) enum Request {
    /// `{"op":"reset"}`: an empty graph, no declared procedures.
    Reset,
    /// `{"op":"load","dir":"…"}`: the graph of a folder of CSV files.
    Load {
        /// The folder.
        folder: PathBuf,
    },
    /// `{"op":"run","query":"…","params":{…}}`.
    Run {
        /// The statement.
        query: String,
        /// Its parameters.
        parameters: Map,
    },
    /// `{"op":"run_many","query":"…","params_list":[{…},…]}`.
    RunMany {
        /// The statement.
        query: String,
        /// The parameters of each run.
        parameters: Vec<Map>,
    },
    /// `{"op":"begin"}`: opens a transaction.
    Begin,
    /// `{"op":"commit"}`: makes what the transaction changed final.
    Commit,
    /// `{"op":"rollback"}`: takes back what the transaction changed.
    Rollback,
    /// `{"op":"open","path":"…","read_only":true}`: another graph in place of this one.
    Open {
        /// The graph's file.
        path: PathBuf,
        /// Whether nothing is to be written to it.
        is_read_only: bool,
    },
    /// `{"op":"procedure","signature":"…","rows":[[…],…]}`.
    Procedure {
        /// What it takes and gives.
        signature: Signature,
        /// Rows of arguments and columns.
        rows: Vec<Vec<Value>>,
    },
}

/// Why a line is no request.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    /// A line of more bytes than are allowed.
    #[error(
        "the line is longer than {longest} bytes; give long data in several runs, with UNWIND $rows"
    )]
    TooLong {
        /// How many bytes are allowed.
        longest: usize,
    },
    /// A line with bytes that are no characters.
    #[error("the line is not UTF-8 text (byte {offset})")]
    NotText {
        /// The first byte that is no part of a character, from 0.
        offset: usize,
    },
    /// A line that is no JSON.
    #[error("the line is not JSON: {0}")]
    NotJson(serde_json::Error),
    /// JSON of another form.
    #[error("a request is an object with an \"op\": {OPERATIONS}")]
    NotRequest,
    /// An operation that there is not.
    #[error("there is no op {found}; there are {OPERATIONS}")]
    UnknownOperation {
        /// What was asked for, as JSON.
        found: String,
    },
    /// An entry that is missing or of another type.
    #[error("a {operation} needs {expected}, found {found}")]
    InvalidEntry {
        /// The operation.
        operation: &'static str,
        /// The entry with its type, in words.
        expected: &'static str,
        /// What the entry holds, in words.
        found: &'static str,
    },
    /// A parameter or cell that is no value.
    #[error("{place}: {error}")]
    InvalidValue {
        /// Where it stands.
        place: String,
        /// What is wrong with it.
        error: TypedJsonError,
    },
    /// A text that is no signature.
    #[error(
        "this is no signature: {found}; write one like my.proc(a :: INTEGER?) :: (b :: STRING?)"
    )]
    InvalidSignature {
        /// The text.
        found: String,
    },
    /// A row of a procedure with too few or too many cells.
    #[error(
        "a row of this procedure has {expected} values, its arguments and then its columns; row {row} has {found}"
    )]
    InvalidRow {
        /// Which row, from 0.
        row: usize,
        /// How many values it has.
        found: usize,
        /// How many values it needs.
        expected: usize,
    },
}

const OPERATIONS: &str = "reset, load, open, run, run_many, begin, commit, rollback, procedure";

impl Request {
    /// Reads a line.
    pub(super) fn read(line: &[u8]) -> Result<Self, Refusal> {
        let line = std::str::from_utf8(line).map_err(|error| Refusal::NotText {
            offset: error.valid_up_to(),
        })?;
        let mut request = match serde_json::from_str(line).map_err(Refusal::NotJson)? {
            Json::Object(request) => Entries(request),
            _ => return Err(Refusal::NotRequest),
        };
        match request.take("op") {
            Json::String(operation) => match operation.as_str() {
                "reset" => Ok(Self::Reset),
                "load" => request.load(),
                "open" => request.open(),
                "begin" => Ok(Self::Begin),
                "commit" => Ok(Self::Commit),
                "rollback" => Ok(Self::Rollback),
                "run" => request.run(),
                "run_many" => request.run_many(),
                "procedure" => request.procedure(),
                _ => Err(Refusal::UnknownOperation {
                    found: Json::from(operation).to_string(),
                }),
            },
            Json::Null => Err(Refusal::NotRequest),
            other => Err(Refusal::UnknownOperation {
                found: other.to_string(),
            }),
        }
    }
}

/// The entries of a request that are not read yet.
struct Entries(serde_json::Map<String, Json>);

impl Entries {
    fn take(&mut self, name: &str) -> Json {
        self.0.get_mut(name).map(Json::take).unwrap_or_default()
    }

    fn text(
        &mut self,
        operation: &'static str,
        name: &str,
        expected: &'static str,
    ) -> Result<String, Refusal> {
        match self.take(name) {
            Json::String(text) => Ok(text),
            other => Err(invalid(operation, expected, &other)),
        }
    }

    fn load(mut self) -> Result<Request, Refusal> {
        let folder = self.text("load", "dir", "the path of a folder in \"dir\"")?;
        let folder = PathBuf::from(folder);
        Ok(Request::Load { folder })
    }

    fn run(mut self) -> Result<Request, Refusal> {
        let query = self.text("run", "query", QUERY)?;
        let parameters = match self.take("params") {
            Json::Null => Map::default(),
            json => parameters("run", "the values of \"params\" in an object", "", json)?,
        };
        Ok(Request::Run { query, parameters })
    }

    fn open(mut self) -> Result<Request, Refusal> {
        let path = self.text("open", "path", "a text in \"path\"")?;
        let is_read_only = match self.take("read_only") {
            Json::Null => false,
            Json::Bool(is_read_only) => is_read_only,
            other => return Err(invalid("open", "true or false in \"read_only\"", &other)),
        };
        Ok(Request::Open {
            path: path.into(),
            is_read_only,
        })
    }

    fn run_many(mut self) -> Result<Request, Refusal> {
        const EXPECTED: &str = "a list of objects in \"params_list\"";
        let query = self.text("run_many", "query", QUERY)?;
        let list = match self.take("params_list") {
            Json::Array(list) => list,
            other => return Err(invalid("run_many", EXPECTED, &other)),
        };
        let maps = list.into_iter().enumerate();
        let parameters = maps
            .map(|(at, json)| parameters("run_many", EXPECTED, &format!("run {at}, "), json))
            .collect::<Result<_, _>>()?;
        Ok(Request::RunMany { query, parameters })
    }

    fn procedure(mut self) -> Result<Request, Refusal> {
        const EXPECTED: &str = "a list of lists in \"rows\"";
        let text = self.text("procedure", "signature", "a text in \"signature\"")?;
        let signature = Signature::parse(&text).ok_or(Refusal::InvalidSignature { found: text })?;
        let expected = signature.arguments.len() + signature.columns.len();
        let list = match self.take("rows") {
            Json::Array(list) => list,
            Json::Null => Vec::new(),
            other => return Err(invalid("procedure", EXPECTED, &other)),
        };
        let row = |(row, json): (usize, Json)| match json {
            Json::Array(cells) if cells.len() == expected => cells
                .iter()
                .map(|cell| value(cell, || format!("row {row}")))
                .collect(),
            Json::Array(cells) => Err(Refusal::InvalidRow {
                row,
                found: cells.len(),
                expected,
            }),
            other => Err(invalid("procedure", EXPECTED, &other)),
        };
        let rows = list
            .into_iter()
            .enumerate()
            .map(row)
            .collect::<Result<_, _>>()?;
        Ok(Request::Procedure { signature, rows })
    }
}

const QUERY: &str = "a text in \"query\"";

fn parameters(
    operation: &'static str,
    expected: &'static str,
    place: &str,
    json: Json,
) -> Result<Map, Refusal> {
    let Json::Object(entries) = json else {
        return Err(invalid(operation, expected, &json));
    };
    let entry = |(name, json): (String, Json)| {
        let value = value(&json, || format!("{place}the parameter {name}"))?;
        Ok((Arc::from(name), value))
    };
    entries.into_iter().map(entry).collect()
}

fn value(json: &Json, place: impl Fn() -> String) -> Result<Value, Refusal> {
    from_json(json).map_err(|error| Refusal::InvalidValue {
        place: place(),
        error,
    })
}

fn invalid(operation: &'static str, expected: &'static str, found: &Json) -> Refusal {
    let found = match found {
        Json::Null => "nothing",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    };
    Refusal::InvalidEntry {
        operation,
        expected,
        found,
    }
}
