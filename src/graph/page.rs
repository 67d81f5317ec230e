//! The values of one property key for a run of slots.

use std::ops::Range;
use std::sync::Arc;

use super::dictionary::Dictionary;
use crate::value::Value;

/// How many slots a page covers.
pub const PAGE_SLOTS: usize = 1024;

const WORDS: usize = PAGE_SLOTS / 64;

/// The values of one property key for [`PAGE_SLOTS`] slots, all of one type or mixed.
#[derive(Clone, Debug)]
pub struct Page {
    present: [u64; WORDS],
    count: u32,
    values: PageValues,
}

/// The values of a page, by position; as long as the highest position in use needs.
///
/// What stands at a position that is not present has no meaning.
#[derive(Clone, Debug)]
pub enum PageValues {
    /// Integers only.
    Integers(Vec<i64>),
    /// Floats only.
    Floats(Vec<f64>),
    /// Booleans only.
    Booleans(Vec<bool>),
    /// Strings only, as codes of the column's dictionary.
    Strings(Vec<u32>),
    /// Temporal values, lists, or values of several types.
    Mixed(Vec<Value>),
}

impl Page {
    /// The values, by position.
    #[must_use]
    pub fn values(&self) -> &PageValues {
        &self.values
    }

    /// One bit for each position that has a value, the lowest first.
    #[must_use]
    pub fn presence(&self) -> &[u64; WORDS] {
        &self.present
    }

    /// How many positions have a value.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count as usize
    }

    /// Whether a position has a value.
    #[must_use]
    pub fn is_present(&self, position: usize) -> bool {
        self.present[position / 64] >> (position % 64) & 1 == 1
    }

    /// Whether all positions of a range have a value.
    #[must_use]
    pub fn has_all(&self, positions: Range<usize>) -> bool {
        let (from, to) = (positions.start, positions.end);
        (from / 64..to.div_ceil(64)).all(|word| {
            let first = u64::MAX << from.saturating_sub(word * 64);
            let last = u64::MAX >> ((word + 1) * 64).saturating_sub(to);
            let wanted = first & last;
            self.present[word] & wanted == wanted
        })
    }

    /// The positions that have a value, ascending.
    pub fn positions(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.len()).filter(|&position| self.is_present(position))
    }

    fn len(&self) -> usize {
        match &self.values {
            PageValues::Integers(values) => values.len(),
            PageValues::Floats(values) => values.len(),
            PageValues::Booleans(values) => values.len(),
            PageValues::Strings(values) => values.len(),
            PageValues::Mixed(values) => values.len(),
        }
    }

    /// A page without values, of the type that fits a value.
    pub(super) fn for_value(value: &Value) -> Self {
        let values = match value {
            Value::Integer(_) => PageValues::Integers(Vec::new()),
            Value::Float(_) => PageValues::Floats(Vec::new()),
            Value::Boolean(_) => PageValues::Booleans(Vec::new()),
            Value::String(_) => PageValues::Strings(Vec::new()),
            _ => PageValues::Mixed(Vec::new()),
        };
        Self {
            present: [0; WORDS],
            count: 0,
            values,
        }
    }

    /// The value at a position; null where there is none.
    pub(super) fn get(&self, position: usize, dictionary: &Dictionary) -> Value {
        if !self.is_present(position) {
            return Value::Null;
        }
        match &self.values {
            PageValues::Integers(values) => Value::Integer(values[position]),
            PageValues::Floats(values) => Value::Float(values[position]),
            PageValues::Booleans(values) => Value::Boolean(values[position]),
            PageValues::Strings(codes) => Value::String(Arc::clone(
                dictionary
                    .text(codes[position])
                    .expect("a code in use has a string"),
            )),
            PageValues::Mixed(values) => values[position].clone(),
        }
    }

    /// Puts a value that is not null at a position that has none.
    pub(super) fn put(&mut self, position: usize, value: Value, dictionary: &mut Dictionary) {
        match (&mut self.values, value) {
            (PageValues::Integers(values), Value::Integer(value)) => place(values, position, value),
            (PageValues::Floats(values), Value::Float(value)) => place(values, position, value),
            (PageValues::Booleans(values), Value::Boolean(value)) => place(values, position, value),
            (PageValues::Strings(codes), Value::String(text)) => {
                place(codes, position, dictionary.acquire(text));
            }
            (PageValues::Mixed(values), value) => place(values, position, value),
            (_, value) => {
                self.mix(dictionary);
                return self.put(position, value, dictionary);
            }
        }
        self.present[position / 64] |= 1 << (position % 64);
        self.count += 1;
    }

    /// Takes the value at a position away; null where there is none.
    pub(super) fn take(&mut self, position: usize, dictionary: &mut Dictionary) -> Value {
        if !self.is_present(position) {
            return Value::Null;
        }
        self.present[position / 64] &= !(1 << (position % 64));
        self.count -= 1;
        match &mut self.values {
            PageValues::Integers(values) => Value::Integer(values[position]),
            PageValues::Floats(values) => Value::Float(values[position]),
            PageValues::Booleans(values) => Value::Boolean(values[position]),
            PageValues::Strings(codes) => Value::String(dictionary.release(codes[position])),
            PageValues::Mixed(values) => std::mem::take(&mut values[position]),
        }
    }

    /// Turns the page into one that takes values of any type.
    fn mix(&mut self, dictionary: &mut Dictionary) {
        let values = (0..self.len())
            .map(|position| self.get(position, dictionary))
            .collect();
        if let PageValues::Strings(codes) = &self.values {
            for position in self.positions() {
                dictionary.release(codes[position]);
            }
        }
        self.values = PageValues::Mixed(values);
    }
}

fn place<T: Clone + Default>(values: &mut Vec<T>, position: usize, value: T) {
    if position >= values.len() {
        values.resize(position + 1, T::default());
    }
    values[position] = value;
}
