//! Articles in the rows of a spreadsheet.

use std::io::Cursor;
use std::path::Path;

use calamine::{DataRef, Reader as _, Xlsx};

use super::table::Columns;
use super::{Articles, InputError, Reason, archive, stem};

/// The articles of the first sheet whose first row names a column for the text.
///
/// Cells are read one by one: a sheet that claims a million empty columns costs nothing.
pub(super) fn articles(path: &Path, bytes: &[u8]) -> Result<Articles, Reason> {
    archive::check(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut fault = Reason::Empty;
    for name in book.sheet_names() {
        let rows = rows(&mut book, &name)?;
        let mut rows = rows.into_iter();
        let Some((_, names)) = rows.next() else {
            continue;
        };
        match Columns::new(names.iter().map(String::as_str)) {
            Ok(columns) => {
                let path = path.to_owned();
                let stem = stem(&path);
                return Ok(Box::new(rows.map(move |(row, values)| {
                    columns
                        .article(values.iter().map(String::as_str), &stem, row)
                        .map_err(|reason| InputError::in_row(&path, row, reason))
                })));
            }
            Err(reason) => fault = reason,
        }
    }
    Err(fault)
}

/// The rows of a sheet that are not empty, with their numbers from 1.
fn rows(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Vec<(usize, Vec<String>)>, Reason> {
    const MOST_COLUMNS: usize = 256;
    let mut cells = book.worksheet_cells_reader(sheet).map_err(damaged)?;
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize + 1, column as usize);
        if column >= MOST_COLUMNS || matches!(cell.get_value(), DataRef::Empty) {
            continue;
        }
        if rows.last().is_none_or(|(last, _)| *last != row) {
            rows.push((row, Vec::new()));
        }
        let (_, values) = rows.last_mut().expect("a row was added");
        if values.len() <= column {
            values.resize(column + 1, String::new());
        }
        values[column] = text(cell.get_value());
    }
    Ok(rows)
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::DateTimeIso(text) => text.clone(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::DateTime(time) => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        _ => String::new(),
    }
}

fn damaged(error: calamine::XlsxError) -> Reason {
    Reason::Damaged(error.to_string())
}
