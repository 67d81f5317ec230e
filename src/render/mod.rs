//! Owns how answers look: a value as a literal, rows as a table, JSON, CSV, Markdown or RON.
//!
//! Takes columns, rows and the data of the nodes and relationships that occur in them; gives text. Nothing here reads a
//! graph, so an answer can be shown after the graph has moved on.
//!
//! ```text
//! ┌────────┬──────┐
//! │ 企业   │ 员工 │
//! ├────────┼──────┤
//! │ 比亚迪 │ 5000 │
//! └────────┴──────┘
//! ```

mod csv;
mod entity;
mod json;
pub mod literal;
mod markdown;
mod names;
mod quantity;
mod ron;
mod table;
pub mod text;
pub mod typed_json;

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;
use std::sync::Arc;

pub use entity::{entity_name, primary_label};
pub use literal::literal;
pub use names::Names;
pub use quantity::quantity;

use crate::graph::Subgraph;
use crate::value::Value;

/// The answer to a statement, as this module takes it.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// The names of the columns; no two are the same.
    pub columns: &'a [Arc<str>],
    /// The rows, each as long as `columns`.
    pub rows: &'a [Vec<Value>],
    /// The data of the nodes and relationships that occur in the rows.
    pub entities: &'a Subgraph,
}

impl Rows<'_> {
    /// Which columns hold numbers and nothing else but null.
    fn number_columns(&self) -> Vec<bool> {
        let is_number_column = |index: usize| {
            let values = self.rows.iter().map(|values| &values[index]);
            let mut values = values.filter(|value| !value.is_null()).peekable();
            values.peek().is_some() && values.all(is_number)
        };
        (0..self.columns.len()).map(is_number_column).collect()
    }
}

fn is_number(value: &Value) -> bool {
    matches!(value, Value::Integer(_) | Value::Float(_))
}

/// How rows are to be shown, whatever the format.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The width of the terminal in cells: tables are cut to it. `None` leaves them whole.
    pub width: Option<usize>,
    /// By which names labels and relationship types are shown.
    pub names: Names,
}

/// A form in which rows can be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// A box of aligned columns, for people.
    #[default]
    Table,
    /// One JSON array of objects.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values with a header.
    Csv,
    /// Tab-separated values with a header.
    Tsv,
    /// A table in Markdown.
    Markdown,
    /// A RON list of maps.
    Ron,
}

impl Format {
    /// All formats, in the order in which help lists them.
    pub const ALL: [Self; 7] = [
        Self::Table,
        Self::Json,
        Self::Jsonl,
        Self::Csv,
        Self::Tsv,
        Self::Markdown,
        Self::Ron,
    ];

    /// The name by which a user asks for the format.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Markdown => "markdown",
            Self::Ron => "ron",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|format| format.name().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownFormat {
                found: name.to_owned(),
            })
    }
}

/// A format was asked for by a name that none has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no format '{found}'; the formats are {}", Format::ALL.map(Format::name).join(", "))]
pub struct UnknownFormat {
    /// The name that was asked for.
    pub found: String,
}

/// Writes rows in a format. A result without columns writes nothing, except in JSON and RON, where it is an empty list.
///
/// # Errors
///
/// Only what `out` fails with.
pub fn write(
    out: &mut impl Write,
    format: Format,
    rows: Rows<'_>,
    options: &Options,
) -> io::Result<()> {
    match format {
        Format::Table => table::write(out, rows, options),
        Format::Json => json::write_array(out, rows, options.names),
        Format::Jsonl => json::write_lines(out, rows, options.names),
        Format::Csv => csv::write(out, rows, options.names, b','),
        Format::Tsv => csv::write(out, rows, options.names, b'\t'),
        Format::Markdown => markdown::write(out, rows, options.names),
        Format::Ron => ron::write(out, rows, options.names),
    }
}

#[cfg(test)]
#[expect(clippy::unicode_not_nfc, reason = "combining marks are what is tested")]
mod tests;
