//! What stops a build.

use std::io;
use std::path::{Path, PathBuf};

use crate::format::ron::FormatError;
use crate::graph::GraphError;
use crate::ontology::Finding;
use crate::store::StoreError;

/// Why a graph could not be built. A single document that cannot be read is none of these.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder cannot be read or written.
    #[error("{}: {error}", path.display())]
    File {
        /// Where.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A file of the user's is not written as it should be.
    #[error("{}:{line}:{column}: {reason}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong.
        reason: String,
    },
    /// What a document claims was kept by another release, or was damaged.
    #[error("{}: {reason}\nhelp: delete the file and build again from the articles", path.display())]
    Claims {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The graph as it was cannot be opened.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// The graph can't hold what the documents claim.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// The ontology does not allow what the documents claim.
    #[error("{}", told(.0))]
    Ontology(Vec<Finding>),
    /// A durable graph can't be opened or written.
    #[error("{}: {error}", path.display())]
    Store {
        /// The graph.
        path: PathBuf,
        /// Why.
        error: StoreError,
    },
    /// Nothing of that name is there.
    #[error("{0}")]
    NotFound(String),
}

/// Each rule that does not hold, and what to do about it.
fn told(findings: &[Finding]) -> String {
    let faults = findings.iter().map(|finding| format!("\n  {finding}"));
    format!(
        "the ontology does not allow what was built:{}\nhelp: deny these facts in corrections, or allow them in the ontology; with `mode: warn` the graph is written all the same",
        faults.collect::<String>()
    )
}

impl Error {
    /// The error of a durable graph.
    pub(super) fn store(path: &Path) -> impl FnOnce(StoreError) -> Self {
        let path = path.to_owned();
        move |error| Self::Store { path, error }
    }

    /// The error of a file or folder.
    pub(super) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::File { path, error }
    }
}
