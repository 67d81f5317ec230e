//! What stops a statement, a script or a command, with the exit status that it leads to.

use std::io;
use std::path::PathBuf;

use super::Status;
use crate::session;
use crate::source::Source;

/// Why something that the user asked for was not done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// A statement failed.
    #[error("{message}")]
    Statement {
        /// The whole message, with the excerpt.
        message: String,
        /// Whether it failed by itself, at a limit, or because the user interrupted it.
        status: Status,
    },
    /// Ctrl-C was pressed before the next statement.
    #[error("interrupted")]
    Interrupted,
    /// Some statements of a script failed; their messages have been shown.
    #[error("{failed} of {count} statements failed")]
    Script {
        /// How many failed.
        failed: usize,
        /// How many were run.
        count: usize,
    },
    /// What was asked for, or the end of a script, where a transaction is open.
    #[error(
        "a transaction is open\n\
         help: end it first, with COMMIT to keep what it changed or ROLLBACK to take it back"
    )]
    OpenTransaction,
    /// A graph cannot be opened.
    #[error("cannot open the graph: {0}")]
    Graph(String),
    /// A file cannot be read.
    #[error("cannot read {}: {error}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A file cannot be written.
    #[error("cannot write {}: {error}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A file is no ontology.
    #[error("cannot read the ontology: {0}")]
    Ontology(String),
    /// What is in a graph is not allowed by the ontology that it is to be held to.
    #[error(
        "{0}\n\
         help: `tupu check GRAPH --ontology FILE` lists all of it; with `mode: warn` the graph may stay as it is"
    )]
    NotHeld(String),
    /// A graph cannot be saved.
    #[error("cannot save the graph: {0}")]
    Save(String),
    /// The command is not meant like that.
    #[error("{0}")]
    Usage(String),
    /// What was asked for is not there.
    #[error("{0}")]
    NotFound(String),
    /// Some articles could not be read; why was shown.
    #[error("{count} could not be read")]
    Skipped {
        /// How many.
        count: usize,
    },
    /// A model server was to be asked about some articles, and did not answer; why was shown.
    #[error("{count} are without all proposals\nhelp: build again once the server answers")]
    Unproposed {
        /// How many.
        count: usize,
    },
    /// A query returned nothing that can be drawn.
    #[error(
        "the query returns plain values, and only nodes, relationships and paths can be drawn\n\
         help: return a path, as in `MATCH p = (a)-->(b) RETURN p`"
    )]
    NothingToDraw,
    /// The answer is no, and has been shown: two graphs differ, a graph breaks the ontology.
    #[error("")]
    Negative,
    /// The results cannot be written.
    #[error("cannot write the results: {0}")]
    Output(#[from] io::Error),
}

impl Failure {
    /// The failure of the statement that starts at `offset` in the source.
    #[must_use]
    pub fn statement(error: &session::Error, source: &Source<'_>, offset: usize) -> Self {
        let status = if error.is_cancelled() {
            Status::Interrupted
        } else if error.is_limit() {
            Status::Limit
        } else {
            Status::Failed
        };
        Self::Statement {
            message: error.render(source, offset),
            status,
        }
    }

    /// The failure to open a graph.
    #[must_use]
    pub fn graph(error: &session::Error) -> Self {
        Self::Graph(without_statement(error))
    }

    /// The failure to save a graph.
    #[must_use]
    pub fn save(error: &session::Error) -> Self {
        Self::Save(without_statement(error))
    }

    /// The exit status that a program ends with because of this. A reader that closed the pipe has what it wanted.
    #[must_use]
    pub fn status(&self) -> Status {
        match self {
            Self::Statement { status, .. } => *status,
            Self::Interrupted => Status::Interrupted,
            Self::Graph(_)
            | Self::Read { .. }
            | Self::Ontology(_)
            | Self::NotHeld(_)
            | Self::Save(_) => Status::Unopened,
            Self::Usage(_) => Status::Usage,
            Self::Skipped { .. } | Self::Unproposed { .. } => Status::Incomplete,
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Status::Success,
            Self::Script { .. }
            | Self::OpenTransaction
            | Self::Write { .. }
            | Self::NotFound(_)
            | Self::NothingToDraw
            | Self::Negative
            | Self::Output(_) => Status::Failed,
        }
    }

    /// What to tell the user; `None` where everything has been said.
    #[must_use]
    pub fn message(&self) -> Option<String> {
        match self {
            Self::Negative => None,
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => None,
            Self::Statement { message, .. } => Some(message.clone()),
            other => Some(format!("error: {other}")),
        }
    }
}

/// The message of an error that is not about a statement's text.
fn without_statement(error: &session::Error) -> String {
    let message = error.render(&Source::new("", ""), 0);
    message
        .strip_prefix("error: ")
        .map_or(message.clone(), str::to_owned)
}
