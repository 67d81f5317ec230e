//! Rows as a table in Markdown. What Markdown would take for markup is escaped, line breaks become `<br>`.

use std::io::{self, Write};

use super::literal::cell;
use super::text::visible;
use super::{Names, Rows};

pub(super) fn write(out: &mut impl Write, rows: Rows<'_>, names: Names) -> io::Result<()> {
    if rows.columns.is_empty() {
        return Ok(());
    }
    write_line(out, rows.columns.iter().map(|column| escape(column)))?;
    let rules = rows.number_columns().into_iter();
    write_line(
        out,
        rules.map(|is_number| if is_number { "---:" } else { "---" }.to_owned()),
    )?;
    for values in rows.rows {
        write_line(
            out,
            values
                .iter()
                .map(|value| escape(&cell(value, rows.entities, names))),
        )?;
    }
    Ok(())
}

fn write_line(out: &mut impl Write, cells: impl Iterator<Item = String>) -> io::Result<()> {
    for cell in cells {
        write!(out, "| {cell} ")?;
    }
    out.write_all(b"|\n")
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            escaped.push_str("<br>");
        }
        for character in visible(line).chars() {
            if matches!(character, '\\' | '|' | '`' | '*' | '<' | '~') {
                escaped.push('\\');
            }
            escaped.push(character);
        }
    }
    escaped
}
