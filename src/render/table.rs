//! Rows as a box whose columns line up on the screen, whatever their cells hold.
//!
//! Numbers stand to the right. Where the box would be wider than the terminal, the widest columns give way first, and
//! every cut shows [`CUT`](super::text::CUT); no column gives up more than leaves it [`NARROWEST`] cells, so a table of
//! very many columns may still be wider than the terminal.

use std::io::{self, Write};

use super::literal::cell;
use super::text::{cut, visible, width};
use super::{Options, Rows};
use crate::value::Value;

/// The fewest cells that a column is cut down to.
const NARROWEST: usize = 4;

struct Cell {
    text: String,
    width: usize,
    stands_right: bool,
}

impl Cell {
    fn new(text: &str, stands_right: bool) -> Self {
        let text = visible(text).into_owned();
        Self {
            width: width(&text),
            text,
            stands_right,
        }
    }
}

pub(super) fn write(out: &mut impl Write, rows: Rows<'_>, options: &Options) -> io::Result<()> {
    if rows.columns.is_empty() {
        return Ok(());
    }
    let is_number: Vec<bool> = rows.number_columns();
    let header: Vec<Cell> = rows
        .columns
        .iter()
        .zip(&is_number)
        .map(|(name, is_number)| Cell::new(name, *is_number))
        .collect();
    let body: Vec<Vec<Cell>> = rows
        .rows
        .iter()
        .map(|values| cells(values, rows, options, &is_number))
        .collect();
    let mut widths: Vec<usize> = header.iter().map(|cell| cell.width).collect();
    for row in &body {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width);
        }
    }
    if let Some(terminal) = options.width {
        fit(&mut widths, terminal);
    }
    write_rule(out, &widths, ["┌", "┬", "┐"])?;
    write_row(out, &widths, &header)?;
    write_rule(out, &widths, ["├", "┼", "┤"])?;
    for row in &body {
        write_row(out, &widths, row)?;
    }
    write_rule(out, &widths, ["└", "┴", "┘"])
}

fn cells(values: &[Value], rows: Rows<'_>, options: &Options, is_number: &[bool]) -> Vec<Cell> {
    let cells = values.iter().zip(is_number).map(|(value, in_numbers)| {
        let stands_right = super::is_number(value) || value.is_null() && *in_numbers;
        Cell::new(&cell(value, rows.entities, options.names), stands_right)
    });
    cells.collect()
}

/// Lowers the widest columns to one common width until the box fits.
fn fit(widths: &mut [usize], terminal: usize) {
    let room = terminal.saturating_sub(3 * widths.len() + 1);
    let widest = widths.iter().copied().max().unwrap_or(0);
    let taken = |most: usize| widths.iter().map(|width| (*width).min(most)).sum::<usize>();
    if taken(widest) <= room || widest <= NARROWEST {
        return;
    }
    let (mut fits, mut too_wide) = (NARROWEST, widest);
    while fits + 1 < too_wide {
        let middle = usize::midpoint(fits, too_wide);
        if taken(middle) <= room {
            fits = middle;
        } else {
            too_wide = middle;
        }
    }
    let mut left_over = room.saturating_sub(taken(fits));
    for width in widths.iter_mut().filter(|width| **width > fits) {
        let extra = usize::from(left_over > 0);
        *width = fits + extra;
        left_over -= extra;
    }
}

fn write_rule(
    out: &mut impl Write,
    widths: &[usize],
    [left, middle, right]: [&str; 3],
) -> io::Result<()> {
    let lines: Vec<String> = widths.iter().map(|width| "─".repeat(width + 2)).collect();
    writeln!(out, "{left}{}{right}", lines.join(middle))
}

fn write_row(out: &mut impl Write, widths: &[usize], row: &[Cell]) -> io::Result<()> {
    for (&room, cell) in widths.iter().zip(row) {
        let is_whole = cell.width <= room;
        let text = if is_whole {
            cell.text.as_str().into()
        } else {
            cut(&cell.text, room)
        };
        let used = if is_whole { cell.width } else { width(&text) };
        let blanks = " ".repeat(room - used);
        if cell.stands_right {
            write!(out, "│ {blanks}{text} ")?;
        } else {
            write!(out, "│ {text}{blanks} ")?;
        }
    }
    out.write_all("│\n".as_bytes())
}
