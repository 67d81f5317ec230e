//! Rows as a RON list of maps, one row a line.
//!
//! Null is `None`; temporal values are `Date("2024-01-17")` and the like; graph values are
//! `Node(id: …, labels: […], properties: {…})`, `Relationship(…)` and `Path(…)`.

use std::io::{self, Write};

use ::ron::Options;
use ::ron::ser::PrettyConfig;

use super::json::{NotFinite, Row};
use super::{Names, Rows};

pub(super) fn write(out: &mut impl Write, rows: Rows<'_>, names: Names) -> io::Result<()> {
    let options = Options::default().without_recursion_limit();
    let one_line = PrettyConfig::new()
        .depth_limit(0)
        .struct_names(true)
        .escape_strings(true);
    out.write_all(b"[\n")?;
    for values in rows.rows {
        let row = Row::new(rows, values, names, NotFinite::Float);
        let text = options
            .to_string_pretty(&row, one_line.clone())
            .map_err(io::Error::other)?;
        writeln!(out, "    {text},")?;
    }
    out.write_all(b"]\n")
}
