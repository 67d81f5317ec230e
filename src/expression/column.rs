//! The values of one variable in all rows of a batch, in one typed run where they are of one type.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::graph;
use crate::value::{self, NodeId, RelationshipId, Value};

/// The values of one variable in all rows of a batch.
#[derive(Clone, Debug)]
pub enum Column {
    /// Nodes, none of them null.
    Nodes(Vec<NodeId>),
    /// Relationships, none of them null.
    Relationships(Vec<RelationshipId>),
    /// Integers, none of them null.
    Integers(Vec<i64>),
    /// Floats, none of them null.
    Floats(Vec<f64>),
    /// Booleans, none of them null.
    Booleans(Vec<bool>),
    /// Strings, none of them null, as codes of a property column's dictionary.
    Strings(Strings),
    /// Anything.
    Values(Vec<Value>),
    /// So many nulls: a variable that is not bound yet.
    Nulls(usize),
}

/// Strings as codes of the dictionary of a property column.
#[derive(Clone, Debug)]
pub struct Strings {
    /// The codes, each in use.
    pub codes: Vec<u32>,
    /// The column whose dictionary gives the codes their texts.
    pub column: Arc<graph::Column>,
}

impl Strings {
    /// The text in a row.
    #[must_use]
    pub fn text(&self, row: usize) -> &Arc<str> {
        self.text_of(self.codes[row])
    }

    /// The text of a code.
    #[must_use]
    pub fn text_of(&self, code: u32) -> &Arc<str> {
        let text = self.column.dictionary().text(code);
        text.expect("a code in use has a string")
    }

    /// Whether the codes of two runs mean the same.
    #[must_use]
    pub fn shares_codes_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.column, &other.column)
    }
}

impl Default for Column {
    fn default() -> Self {
        Self::Values(Vec::new())
    }
}

impl Column {
    /// A column of one value repeated.
    #[must_use]
    pub fn repeat(value: &Value, len: usize) -> Self {
        match value {
            Value::Node(node) => Self::Nodes(vec![*node; len]),
            Value::Relationship(relationship) => Self::Relationships(vec![*relationship; len]),
            Value::Integer(number) => Self::Integers(vec![*number; len]),
            Value::Float(number) => Self::Floats(vec![*number; len]),
            Value::Boolean(truth) => Self::Booleans(vec![*truth; len]),
            Value::Null => Self::Nulls(len),
            value => Self::Values(vec![value.clone(); len]),
        }
    }

    /// The values, as one typed run if they are of one type that has one.
    #[must_use]
    pub fn from_values(values: Vec<Value>) -> Self {
        fn all<T>(values: &[Value], of_type: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
            values.iter().map(of_type).collect()
        }
        let run = match values.first() {
            Some(Value::Integer(_)) => all(&values, Value::as_integer).map(Self::Integers),
            Some(Value::Float(_)) => all(&values, |value| match value {
                Value::Float(number) => Some(*number),
                _ => None,
            })
            .map(Self::Floats),
            Some(Value::Boolean(_)) => all(&values, |value| match value {
                Value::Boolean(truth) => Some(*truth),
                _ => None,
            })
            .map(Self::Booleans),
            Some(Value::Node(_)) => all(&values, |value| match value {
                Value::Node(node) => Some(*node),
                _ => None,
            })
            .map(Self::Nodes),
            _ => None,
        };
        run.unwrap_or(Self::Values(values))
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Nodes(items) => items.len(),
            Self::Relationships(items) => items.len(),
            Self::Integers(items) => items.len(),
            Self::Floats(items) => items.len(),
            Self::Booleans(items) => items.len(),
            Self::Strings(strings) => strings.codes.len(),
            Self::Values(items) => items.len(),
            Self::Nulls(len) => *len,
        }
    }

    /// About how many bytes the column takes.
    #[must_use]
    pub fn size(&self) -> usize {
        match self {
            Self::Nodes(items) => size_of_val(items.as_slice()),
            Self::Relationships(items) => size_of_val(items.as_slice()),
            Self::Integers(items) => size_of_val(items.as_slice()),
            Self::Floats(items) => size_of_val(items.as_slice()),
            Self::Booleans(items) => size_of_val(items.as_slice()),
            Self::Strings(strings) => size_of_val(strings.codes.as_slice()),
            Self::Values(items) => {
                let inside = items.iter().map(Value::heap_size);
                inside.fold(size_of_val(items.as_slice()), usize::saturating_add)
            }
            Self::Nulls(_) => 0,
        }
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value in a row.
    #[must_use]
    pub fn value(&self, row: usize) -> Value {
        match self {
            Self::Nodes(items) => Value::Node(items[row]),
            Self::Relationships(items) => Value::Relationship(items[row]),
            Self::Integers(items) => Value::Integer(items[row]),
            Self::Floats(items) => Value::Float(items[row]),
            Self::Booleans(items) => Value::Boolean(items[row]),
            Self::Strings(strings) => Value::String(Arc::clone(strings.text(row))),
            Self::Values(items) => items[row].clone(),
            Self::Nulls(_) => Value::Null,
        }
    }

    /// The node in a row, if it is one.
    #[must_use]
    pub fn node(&self, row: usize) -> Option<NodeId> {
        match self {
            Self::Nodes(items) => Some(items[row]),
            Self::Values(items) => match items[row] {
                Value::Node(node) => Some(node),
                _ => None,
            },
            _ => None,
        }
    }

    /// The relationship in a row, if it is one.
    #[must_use]
    pub fn relationship(&self, row: usize) -> Option<RelationshipId> {
        match self {
            Self::Relationships(items) => Some(items[row]),
            Self::Values(items) => match items[row] {
                Value::Relationship(relationship) => Some(relationship),
                _ => None,
            },
            _ => None,
        }
    }

    /// The rows at the given places, in that order.
    #[must_use]
    pub fn take(&self, rows: &[u32]) -> Self {
        fn pick<T: Clone>(items: &[T], rows: &[u32]) -> Vec<T> {
            rows.iter()
                .map(|row| items[*row as usize].clone())
                .collect()
        }
        match self {
            Self::Nodes(items) => Self::Nodes(pick(items, rows)),
            Self::Relationships(items) => Self::Relationships(pick(items, rows)),
            Self::Integers(items) => Self::Integers(pick(items, rows)),
            Self::Floats(items) => Self::Floats(pick(items, rows)),
            Self::Booleans(items) => Self::Booleans(pick(items, rows)),
            Self::Strings(strings) => Self::Strings(Strings {
                codes: pick(&strings.codes, rows),
                column: Arc::clone(&strings.column),
            }),
            Self::Values(items) => Self::Values(pick(items, rows)),
            Self::Nulls(_) => Self::Nulls(rows.len()),
        }
    }

    /// All rows as values.
    #[must_use]
    pub fn into_values(self) -> Vec<Value> {
        match self {
            Self::Nodes(items) => items.into_iter().map(Value::Node).collect(),
            Self::Relationships(items) => items.into_iter().map(Value::Relationship).collect(),
            Self::Integers(items) => items.into_iter().map(Value::Integer).collect(),
            Self::Floats(items) => items.into_iter().map(Value::Float).collect(),
            Self::Booleans(items) => items.into_iter().map(Value::Boolean).collect(),
            Self::Strings(strings) => {
                let text = |code: &u32| Value::String(Arc::clone(strings.text_of(*code)));
                strings.codes.iter().map(text).collect()
            }
            Self::Values(items) => items,
            Self::Nulls(len) => vec![Value::Null; len],
        }
    }

    /// Puts the rows of another column after these.
    pub fn append(&mut self, other: Self) {
        match (self, other) {
            (Self::Nodes(items), Self::Nodes(more)) => items.extend(more),
            (Self::Relationships(items), Self::Relationships(more)) => items.extend(more),
            (Self::Integers(items), Self::Integers(more)) => items.extend(more),
            (Self::Floats(items), Self::Floats(more)) => items.extend(more),
            (Self::Booleans(items), Self::Booleans(more)) => items.extend(more),
            (Self::Strings(strings), Self::Strings(more)) if strings.shares_codes_with(&more) => {
                strings.codes.extend(more.codes);
            }
            (Self::Nulls(len), Self::Nulls(more)) => *len += more,
            (this, more) if this.is_empty() => *this = more,
            (Self::Values(items), more) => items.extend(more.into_values()),
            (this, more) => {
                let mut items = std::mem::take(this).into_values();
                items.extend(more.into_values());
                *this = Self::Values(items);
            }
        }
    }
}

/// The order of `ORDER BY` among the rows of a column.
impl Column {
    /// How the values of two rows stand.
    #[must_use]
    pub fn order(&self, left: usize, right: usize) -> Ordering {
        match self {
            Self::Nodes(items) => items[left].cmp(&items[right]),
            Self::Relationships(items) => items[left].cmp(&items[right]),
            Self::Integers(items) => items[left].cmp(&items[right]),
            Self::Floats(items) => order_floats(items[left], items[right]),
            Self::Booleans(items) => items[left].cmp(&items[right]),
            Self::Strings(strings) => match strings.codes[left] == strings.codes[right] {
                true => Ordering::Equal,
                false => strings.text(left).cmp(strings.text(right)),
            },
            Self::Values(items) => value::order(&items[left], &items[right]),
            Self::Nulls(_) => Ordering::Equal,
        }
    }

    /// The rows that do not come after a row of another column; `None` where a loop over numbers does not tell.
    #[must_use]
    pub fn not_after(&self, other: &Self, row: usize, is_descending: bool) -> Option<Vec<u32>> {
        fn kept<T: Copy>(items: &[T], passes: impl Fn(T) -> bool) -> Vec<u32> {
            let rows = (0..).zip(items);
            rows.filter(|(_, item)| passes(**item))
                .map(|(row, _)| row)
                .collect()
        }
        Some(match (self, other) {
            (Self::Integers(items), Self::Integers(others)) => {
                let last = others[row];
                match is_descending {
                    true => kept(items, |item| item >= last),
                    false => kept(items, |item| item <= last),
                }
            }
            (Self::Floats(items), Self::Floats(others)) => {
                let last = others[row];
                match is_descending {
                    true => kept(items, |item| order_floats(item, last).is_ge()),
                    false => kept(items, |item| order_floats(item, last).is_le()),
                }
            }
            _ => return None,
        })
    }
}

/// NaN comes after every number.
fn order_floats(left: f64, right: f64) -> Ordering {
    left.partial_cmp(&right)
        .unwrap_or_else(|| left.is_nan().cmp(&right.is_nan()))
}
