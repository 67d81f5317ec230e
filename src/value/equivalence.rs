//! Equivalence: which values count as one for `DISTINCT`, grouping and `UNION`.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::{Map, Value, number};

/// Whether two values count as one for `DISTINCT`, grouping and `UNION`: null is null and NaN is NaN here.
#[must_use]
pub fn equivalent(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Integer(integer), Value::Float(float))
        | (Value::Float(float), Value::Integer(integer)) => {
            number::compare_mixed(*integer, *float) == Some(Ordering::Equal)
        }
        (Value::Float(left), Value::Float(right)) => left
            .partial_cmp(right)
            .map_or(left.is_nan() && right.is_nan(), Ordering::is_eq),
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right.iter())
                    .all(|(left, right)| equivalent(left, right))
        }
        (Value::Map(left), Value::Map(right)) => equivalent_maps(left, right),
        _ => left == right,
    }
}

fn equivalent_maps(left: &Map, right: &Map) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .all(|(key, value)| right.get(key).is_some_and(|other| equivalent(value, other)))
}

/// Feeds a value to a hasher so that values that are [`equivalent`] give the same hash.
pub fn hash_equivalent<H: Hasher>(value: &Value, state: &mut H) {
    state.write_u8(tag(value));
    match value {
        Value::Null => {}
        Value::Boolean(value) => value.hash(state),
        Value::Integer(value) => value.hash(state),
        Value::Float(value) => hash_float(*value, state),
        Value::String(value) => value.hash(state),
        Value::List(items) => {
            state.write_usize(items.len());
            items.iter().for_each(|item| hash_equivalent(item, state));
        }
        Value::Map(map) => hash_map(map, state),
        Value::Node(value) => value.hash(state),
        Value::Relationship(value) => value.hash(state),
        Value::Path(value) => value.hash(state),
        Value::Date(value) => value.hash(state),
        Value::LocalTime(value) => value.hash(state),
        Value::Time(value) => value.hash(state),
        Value::LocalDateTime(value) => value.hash(state),
        Value::DateTime(value) => value.hash(state),
        Value::Duration(value) => value.hash(state),
    }
}

/// Integers and floats of the same value are equivalent, so numbers share a tag.
fn tag(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Integer(_) | Value::Float(_) => 1,
        Value::Boolean(_) => 2,
        Value::String(_) => 3,
        Value::List(_) => 4,
        Value::Map(_) => 5,
        Value::Node(_) => 6,
        Value::Relationship(_) => 7,
        Value::Path(_) => 8,
        Value::Date(_) => 9,
        Value::LocalTime(_) => 10,
        Value::Time(_) => 11,
        Value::LocalDateTime(_) => 12,
        Value::DateTime(_) => 13,
        Value::Duration(_) => 14,
    }
}

fn hash_float<H: Hasher>(float: f64, state: &mut H) {
    match number::exact_integer(float) {
        Some(integer) => integer.hash(state),
        None if float.is_nan() => f64::NAN.to_bits().hash(state),
        None => float.to_bits().hash(state),
    }
}

/// Maps are equivalent whatever the order of their keys, so the hashes of the entries are summed.
fn hash_map<H: Hasher>(map: &Map, state: &mut H) {
    let mut sum = 0_u64;
    for (key, value) in map {
        let mut entry = FxHasher::default();
        key.hash(&mut entry);
        hash_equivalent(value, &mut entry);
        sum = sum.wrapping_add(entry.finish());
    }
    state.write_usize(map.len());
    state.write_u64(sum);
}

/// A value as a key of a hash map, equal when [`equivalent`].
#[derive(Clone, Debug)]
pub struct Equivalent(pub Value);

impl PartialEq for Equivalent {
    fn eq(&self, other: &Self) -> bool {
        equivalent(&self.0, &other.0)
    }
}

impl Eq for Equivalent {}

impl Hash for Equivalent {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_equivalent(&self.0, state);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::testing::values;
    use super::*;

    #[test]
    fn equivalent_values_are_one_key() {
        let text = "null, null, NaN, NaN, 1, 1.0, 0.0, -0.0, [null], [null], {a: 1, b: 2}, {b: 2.0, a: 1}, '1', true";
        let distinct: HashSet<Equivalent> = values(text).into_iter().map(Equivalent).collect();
        assert_eq!(distinct.len(), 8, "{distinct:?}");
    }

    #[test]
    fn large_integers_and_floats_stay_apart() {
        let pair = values("9007199254740993, 9007199254740992.0");
        assert!(!equivalent(&pair[0], &pair[1]));
    }
}
