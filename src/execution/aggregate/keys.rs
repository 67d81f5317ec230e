//! Numbers for distinct values and for distinct rows, in the order in which they first come.

use rustc_hash::FxHashMap;

use crate::execution::scan::index;
use crate::expression::{Column, Strings};
use crate::value::{Equivalent, Value};

/// Whole numbers below this get a place in an array instead of a hash table.
const DENSE: usize = 1 << 22;
const NONE: u32 = u32::MAX;

/// Numbers the distinct values of one key.
#[derive(Default)]
pub(crate) struct KeyNumbers {
    index: Index,
    /// The distinct values, by number.
    values: Column,
}

/// Where a value's number is looked up.
#[derive(Default)]
enum Index {
    /// Nothing was numbered yet.
    #[default]
    Empty,
    Nodes(Dense),
    Integers(Dense),
    Strings(Strings, Dense),
    Values(FxHashMap<Equivalent, u32>),
}

/// Numbers of whole numbers: small ones by place, others by hash.
#[derive(Default)]
struct Dense {
    places: Vec<u32>,
    others: FxHashMap<u64, u32>,
}

impl Dense {
    #[inline]
    fn number(&mut self, key: u64, next: u32) -> u32 {
        match usize::try_from(key) {
            Ok(place) if place < DENSE => {
                if place >= self.places.len() {
                    let len = (place + 1).next_power_of_two();
                    self.places.resize(len, NONE);
                }
                let number = &mut self.places[place];
                if *number == NONE {
                    *number = next;
                }
                *number
            }
            _ => *self.others.entry(key).or_insert(next),
        }
    }
}

impl KeyNumbers {
    /// The number of each row's value.
    pub(crate) fn number(&mut self, column: &Column) -> Vec<u32> {
        if let Index::Empty = self.index {
            self.index = match column {
                Column::Nodes(_) => Index::Nodes(Dense::default()),
                Column::Integers(_) => Index::Integers(Dense::default()),
                Column::Strings(strings) => Index::Strings(
                    Strings {
                        codes: Vec::new(),
                        column: strings.column.clone(),
                    },
                    Dense::default(),
                ),
                _ => Index::Values(FxHashMap::default()),
            };
        }
        let first = index(self.values.len());
        let (numbers, new) = match (&mut self.index, column) {
            (Index::Nodes(dense), Column::Nodes(nodes)) => {
                assign(nodes, first, |node, next| dense.number(node.0, next))
            }
            (Index::Integers(dense), Column::Integers(items)) => {
                assign(items, first, |item, next| {
                    dense.number(item.cast_unsigned(), next)
                })
            }
            (Index::Strings(known, dense), Column::Strings(strings))
                if known.shares_codes_with(strings) =>
            {
                assign(&strings.codes, first, |code, next| {
                    dense.number(u64::from(*code), next)
                })
            }
            (Index::Values(known), column) => {
                let values: Vec<Value> = (0..column.len()).map(|row| column.value(row)).collect();
                assign(&values, first, |value, next| {
                    *known.entry(Equivalent(value.clone())).or_insert(next)
                })
            }
            _ => {
                self.generalize();
                return self.number(column);
            }
        };
        self.values.append(column.take(&new));
        numbers
    }

    /// How many values have a number.
    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    /// All values, by number.
    pub(crate) fn all(&self) -> &Column {
        &self.values
    }

    /// Goes over to values of any type; the numbers stay.
    fn generalize(&mut self) {
        let values = self.values.clone().into_values().into_iter();
        self.index = Index::Values(values.map(Equivalent).zip(0..).collect());
    }

    /// The values of the given numbers.
    fn values(&self, numbers: &[u32]) -> Column {
        self.values.take(numbers)
    }
}

/// The number of each item, and the places of those that got a new one.
fn assign<T>(
    items: &[T],
    first: u32,
    mut number: impl FnMut(&T, u32) -> u32,
) -> (Vec<u32>, Vec<u32>) {
    let mut next = first;
    let mut new = Vec::new();
    let numbers = items.iter().enumerate().map(|(row, item)| {
        let number = number(item, next);
        if number == next {
            next += 1;
            new.push(index(row));
        }
        number
    });
    (numbers.collect(), new)
}

/// Numbers the distinct pairs of two numbers.
#[derive(Default)]
pub(crate) struct PairNumbers {
    /// By the left number: the first right number that came with it, and the pair's number.
    first: Vec<(u32, u32)>,
    others: FxHashMap<(u32, u32), u32>,
    pairs: Vec<(u32, u32)>,
}

impl PairNumbers {
    pub(crate) fn number(&mut self, left: u32, right: u32) -> u32 {
        let next = index(self.pairs.len());
        if left as usize >= self.first.len() {
            self.first.resize(left as usize + 1, (NONE, NONE));
        }
        let first = &mut self.first[left as usize];
        let number = if first.1 == NONE {
            *first = (right, next);
            next
        } else if first.0 == right {
            first.1
        } else {
            *self.others.entry((left, right)).or_insert(next)
        };
        if number == next {
            self.pairs.push((left, right));
        }
        number
    }

    /// How many pairs have a number.
    pub(crate) fn len(&self) -> usize {
        self.pairs.len()
    }
}

/// Numbers the distinct rows of some key columns: the first column, then pair by pair with each further one.
#[derive(Default)]
pub(crate) struct RowNumbers {
    keys: Vec<KeyNumbers>,
    pairs: Vec<PairNumbers>,
    count: usize,
}

impl RowNumbers {
    /// The number of each row; all are one where there is no column.
    pub(crate) fn number(&mut self, columns: &[Column], len: usize) -> Vec<u32> {
        let Some(first) = columns.first() else {
            self.count = self.count.max(len.min(1));
            return vec![0; len];
        };
        self.keys.resize_with(columns.len(), KeyNumbers::default);
        self.pairs
            .resize_with(columns.len() - 1, PairNumbers::default);
        let mut numbers = self.keys[0].number(first);
        self.count = self.keys[0].values.len();
        let further = self.keys[1..].iter_mut().zip(&mut self.pairs);
        for ((key, pairs), column) in further.zip(&columns[1..]) {
            for (number, right) in numbers.iter_mut().zip(key.number(column)) {
                *number = pairs.number(*number, right);
            }
            self.count = pairs.len();
        }
        numbers
    }

    /// About how many bytes it takes to find so many rows of so many columns again, the values aside.
    pub(crate) fn size(columns: usize, len: usize) -> usize {
        const ENTRY: usize = 48;
        columns * len * ENTRY
    }

    /// How many distinct rows there were.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// The distinct rows, by number.
    pub(crate) fn columns(&self) -> Vec<Column> {
        let mut numbers: Vec<u32> = (0..index(self.count)).collect();
        let mut columns = Vec::with_capacity(self.keys.len());
        for (at, key) in self.keys.iter().enumerate().rev() {
            match at.checked_sub(1).map(|at| &self.pairs[at]) {
                Some(pairs) => {
                    let pair = |number: &u32| pairs.pairs[*number as usize];
                    let (lefts, rights): (Vec<u32>, Vec<u32>) = numbers.iter().map(pair).unzip();
                    columns.push(key.values(&rights));
                    numbers = lefts;
                }
                None => columns.push(key.values(&numbers)),
            }
        }
        columns.reverse();
        columns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_numbered_as_they_first_come() {
        let mut rows = RowNumbers::default();
        let first = [
            Column::Integers(vec![7, 7, -1, 7]),
            Column::Booleans(vec![true, false, true, true]),
        ];
        assert_eq!(rows.number(&first, 4), [0, 1, 2, 0]);
        // Another representation of equivalent values keeps the numbers.
        let second = [
            Column::Values(vec![7.0.into(), Value::Null]),
            Column::Values(vec![false.into(), Value::Null]),
        ];
        assert_eq!(rows.number(&second, 2), [1, 3]);
        assert_eq!(rows.len(), 4);
        let columns = rows.columns();
        let row = |row| (columns[0].value(row), columns[1].value(row));
        assert_eq!(row(1), (7.into(), false.into()));
        assert_eq!(row(3), (Value::Null, Value::Null));
    }

    #[test]
    fn without_keys_all_rows_are_one() {
        let mut rows = RowNumbers::default();
        assert_eq!(rows.number(&[], 3), [0, 0, 0]);
        assert_eq!((rows.len(), rows.columns().len()), (1, 0));
    }
}
