//! Why a file, or a row of it, was not read.

use std::io;
use std::path::{Path, PathBuf};

/// A file, or a row of it, that was not read.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", self.place())]
pub struct InputError {
    /// The file; `-` is standard input.
    pub path: PathBuf,
    /// The row of a table or the line of a JSON Lines file, from 1.
    pub row: Option<usize>,
    /// Why.
    pub reason: Reason,
}

/// Why something was not read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// The file cannot be opened or read.
    #[error("{0}")]
    File(#[from] io::Error),
    /// A pattern or folder has no articles in it.
    #[error("no articles there")]
    NothingFound,
    /// A pattern is not well formed.
    #[error("no pattern: {0}")]
    Pattern(String),
    /// There is no text in it.
    #[error("no text in it")]
    Empty,
    /// It is larger than one article may be.
    #[error("larger than {} MB, the most that one article may have", super::LARGEST >> 20)]
    TooLarge,
    /// The format is not one of those that are read.
    #[error(
        "not a format that is read: text, HTML, Markdown, DOCX, PDF, JSON Lines, CSV, TSV or XLSX"
    )]
    UnknownFormat,
    /// The bytes are text in no encoding that is read.
    #[error("text neither in UTF-8 nor in GB18030, Big5 or UTF-16")]
    Encoding,
    /// The file does not keep to its format.
    #[error("damaged: {0}")]
    Damaged(String),
    /// A table has no column for the text.
    #[error("no column named text among: {0}")]
    NoTextColumn(String),
}

impl InputError {
    /// The file, and the row where it is a table.
    #[must_use]
    pub fn place(&self) -> String {
        let path = self.path.display();
        self.row
            .map_or_else(|| path.to_string(), |row| format!("{path}:{row}"))
    }

    pub(super) fn new(path: &Path, reason: Reason) -> Self {
        Self {
            path: path.to_owned(),
            row: None,
            reason,
        }
    }

    pub(super) fn in_row(path: &Path, row: usize, reason: Reason) -> Self {
        Self {
            row: Some(row),
            ..Self::new(path, reason)
        }
    }
}
