//! Rows as comma- or tab-separated values with a header line, quoted as RFC 4180 asks.
//!
//! Text, numbers and temporal values stand as they are; lists, maps, nodes, relationships and paths as JSON, which
//! programs that read CSV can take apart. Null is an empty field, and so is an empty text.

use std::io::{self, Write};

use ::csv::WriterBuilder;

use super::json::compact;
use super::literal::cell;
use super::{Names, Rows};
use crate::value::Value;

pub(super) fn write(
    out: &mut impl Write,
    rows: Rows<'_>,
    names: Names,
    delimiter: u8,
) -> io::Result<()> {
    if rows.columns.is_empty() {
        return Ok(());
    }
    let mut writer = WriterBuilder::new().delimiter(delimiter).from_writer(out);
    writer
        .write_record(rows.columns.iter().map(|column| column.as_bytes()))
        .map_err(io_error)?;
    for values in rows.rows {
        let fields = values.iter().map(|value| match value {
            Value::Null => String::new(),
            Value::List(_)
            | Value::Map(_)
            | Value::Node(_)
            | Value::Relationship(_)
            | Value::Path(_) => compact(value, rows.entities, names),
            _ => cell(value, rows.entities, names),
        });
        writer.write_record(fields).map_err(io_error)?;
    }
    writer.flush()
}

/// What the stream failed with, so that callers can tell a closed pipe from other errors.
fn io_error(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
