//! Owns what it means for two answers to be the same.

use tupu::value::Value;

use crate::naive::Answer;

/// Rows as text, so that they can be sorted and compared.
pub(crate) type Bag = Vec<String>;

/// How values are told apart.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    /// Whether the order of lists is open, as after `collect`.
    pub lists_are_bags: bool,
}

impl Reading {
    /// How the values of a query's answer are told apart.
    pub(crate) fn of(query: &str) -> Self {
        let opens = ["collect(", "labels(", "keys("];
        Self {
            lists_are_bags: opens.iter().any(|word| query.contains(word)),
        }
    }

    /// A row as text. Numbers that are equal have the same text: of two equivalent values `DISTINCT` keeps any.
    pub(crate) fn row(self, row: &[Value]) -> String {
        let values: Vec<String> = row.iter().map(|value| self.value(value)).collect();
        values.join(" | ")
    }

    /// Rows as sorted text.
    pub(crate) fn bag<'a>(self, rows: impl IntoIterator<Item = &'a Vec<Value>>) -> Bag {
        let mut bag: Bag = rows.into_iter().map(|row| self.row(row)).collect();
        bag.sort();
        bag
    }

    fn value(self, value: &Value) -> String {
        match value {
            Value::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                format!("{number:.0}").replace("-0", "0")
            }
            Value::List(items) => {
                let mut items: Vec<String> = items.iter().map(|item| self.value(item)).collect();
                if self.lists_are_bags {
                    items.sort();
                }
                format!("[{}]", items.join(", "))
            }
            Value::Map(map) => {
                let mut entries: Vec<String> = map
                    .iter()
                    .map(|(key, value)| format!("{key}: {}", self.value(value)))
                    .collect();
                entries.sort();
                format!("{{{}}}", entries.join(", "))
            }
            other => other.to_string(),
        }
    }
}

/// What is wrong with the engine's rows, if anything.
pub(crate) fn difference(
    reading: Reading,
    expected: &Answer,
    found: &[Vec<Value>],
) -> Option<String> {
    let total: usize = expected.runs.iter().map(Vec::len).sum();
    let wanted = total.saturating_sub(expected.skip).min(expected.limit);
    if found.len() != wanted {
        return Some(format!("{wanted} rows expected, {} found", found.len()));
    }
    let (mut start, mut left) = (0, found);
    for run in &expected.runs {
        let end = start + run.len();
        let window = (expected.skip, expected.skip.saturating_add(expected.limit));
        let count = end.min(window.1).saturating_sub(start.max(window.0));
        let (present, rest) = left.split_at(count);
        let mut open = reading.bag(run);
        for row in reading.bag(present) {
            match open.iter().position(|other| *other == row) {
                Some(at) => drop(open.remove(at)),
                None => return Some(format!("unexpected here: {row}")),
            }
        }
        (start, left) = (end, rest);
    }
    None
}
