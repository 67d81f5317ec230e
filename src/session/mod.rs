//! Owns the front door: a database, its sessions, results and the public error.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::graph::{Counters, Subgraph, View};
use crate::source::{Source, Span};
use crate::value::{Map, Value};

/// A graph that can be opened, questioned, changed and saved; clones are handles to the same one.
#[derive(Clone, Debug)]
pub struct Database {}

#[expect(unused_variables, clippy::unused_self, missing_docs, reason = "skeleton")]
impl Database {
    /// An empty graph.
    pub fn new() -> Self { todo!() }
    /// The graphs compiled into the library.
    pub fn embedded() -> Result<Self, Error> { todo!() }
    /// RON files, opened together as one graph.
    pub fn open(paths: &[PathBuf]) -> Result<Self, Error> { todo!() }
    /// Writes the graph as a RON file, whole or not at all.
    pub fn save(&self, path: &Path) -> Result<(), Error> { todo!() }
    /// A consistent view of the graph.
    pub fn view(&self) -> View { todo!() }
    pub fn session(&self) -> Session { todo!() }
}

/// One user's conversation with a database.
#[derive(Debug)]
pub struct Session {
    /// What bounds each statement.
    pub limits: Limits,
    /// Refuses statements whose plan holds a write operator.
    pub is_read_only: bool,
}

/// What bounds a statement.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// The longest time that a statement may take.
    pub timeout: Option<Duration>,
    /// The most rows that a result may have.
    pub max_rows: Option<usize>,
}

/// Cancels the statement that a session is running, from another thread or a signal handler.
#[derive(Clone, Debug, Default)]
pub struct CancelHandle(pub Arc<AtomicBool>);

#[expect(unused_variables, clippy::unused_self, missing_docs, reason = "skeleton")]
impl Session {
    /// Runs one statement (without its `;`).
    pub fn run(&mut self, text: &str, parameters: &Map) -> Result<QueryResult, Error> { todo!() }
    pub fn cancel_handle(&self) -> CancelHandle { todo!() }
    pub fn database(&self) -> &Database { todo!() }
}

/// The answer to a statement.
#[derive(Clone, Debug, Default)]
pub struct QueryResult {
    /// The names of the columns.
    pub columns: Vec<Arc<str>>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
    /// The data of all nodes and relationships that occur in the rows.
    pub entities: Subgraph,
    /// What the statement changed.
    pub counters: Counters,
    /// The plan as text, for `EXPLAIN` and `PROFILE`.
    pub plan: Option<String>,
    /// Remarks that do not stop the statement: a label that nothing bears, say.
    pub warnings: Vec<Warning>,
    /// How long it took.
    pub elapsed: Duration,
    /// Whether the statement had to do with data at all (`false` for one without result columns).
    pub has_rows: bool,
}

/// A remark about a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    /// What is remarkable.
    pub message: String,
    /// What to do about it: `did you mean 'LOCATED_IN'?`
    pub help: Option<String>,
    /// Where.
    pub span: Span,
}

/// Whatever a statement, a file or a limit can fail with.
#[derive(Clone, Debug, thiserror::Error)]
#[error("skeleton")]
#[non_exhaustive]
pub enum Error {}

#[expect(unused_variables, clippy::unused_self, missing_docs, reason = "skeleton")]
impl Error {
    /// The TCK's error type: `SyntaxError`, `TypeError` …
    pub fn class(&self) -> &'static str { todo!() }
    /// `compile time` or `runtime`.
    pub fn phase(&self) -> &'static str { todo!() }
    /// The TCK's error detail.
    pub fn detail(&self) -> &'static str { todo!() }
    /// Where in the statement's text; `None` for errors that are not about its text.
    pub fn span(&self) -> Option<Span> { todo!() }
    /// Whether the statement was stopped by a time, row or memory limit (exit status 4).
    pub fn is_limit(&self) -> bool { todo!() }
    /// Whether the statement was cancelled (exit status 130).
    pub fn is_cancelled(&self) -> bool { todo!() }
    /// The whole message for people: kind, place, excerpt with caret, help. Ends without a line break.
    /// `offset` is where the statement starts in the source (a script holds many).
    pub fn render(&self, source: &Source<'_>, offset: usize) -> String { todo!() }
}
