//! The total order of `ORDER BY`, `min` and `max`.

use std::cmp::Ordering;

use super::{Map, Path, Value, number};

/// The total order of `ORDER BY`, ascending, null last; two values are [`Ordering::Equal`] exactly when they are
/// [`equivalent`](super::equivalent).
///
/// Between types: maps, nodes, relationships, lists, paths, datetimes, local datetimes, dates, times, local times,
/// durations, strings, booleans, numbers (NaN after all others), null.
#[must_use]
pub fn order(left: &Value, right: &Value) -> Ordering {
    use Value::{
        Boolean, Date, DateTime, Duration, Float, Integer, List, LocalDateTime, LocalTime, Map,
        Node, Path, Relationship, String, Time,
    };
    match (left, right) {
        (Integer(left), Integer(right)) => left.cmp(right),
        (Float(left), Float(right)) => order_floats(*left, *right),
        (Integer(left), Float(right)) => order_mixed(*left, *right),
        (Float(left), Integer(right)) => order_mixed(*right, *left).reverse(),
        (String(left), String(right)) => left.cmp(right),
        (Boolean(left), Boolean(right)) => left.cmp(right),
        (List(left), List(right)) => order_lists(left, right),
        (Map(left), Map(right)) => order_maps(left, right),
        (Node(left), Node(right)) => left.cmp(right),
        (Relationship(left), Relationship(right)) => left.cmp(right),
        (Path(left), Path(right)) => order_paths(left, right),
        (Date(left), Date(right)) => left.cmp(right),
        (LocalTime(left), LocalTime(right)) => left.cmp(right),
        (Time(left), Time(right)) => left.cmp(right),
        (LocalDateTime(left), LocalDateTime(right)) => left.cmp(right),
        (DateTime(left), DateTime(right)) => left.cmp(right),
        (Duration(left), Duration(right)) => left.order(right),
        _ => rank(left).cmp(&rank(right)),
    }
}

/// The place of a value's type among the types.
fn rank(value: &Value) -> u8 {
    match value {
        Value::Map(_) => 0,
        Value::Node(_) => 1,
        Value::Relationship(_) => 2,
        Value::List(_) => 3,
        Value::Path(_) => 4,
        Value::DateTime(_) => 5,
        Value::LocalDateTime(_) => 6,
        Value::Date(_) => 7,
        Value::Time(_) => 8,
        Value::LocalTime(_) => 9,
        Value::Duration(_) => 10,
        Value::String(_) => 11,
        Value::Boolean(_) => 12,
        Value::Integer(_) | Value::Float(_) => 13,
        Value::Null => 14,
    }
}

fn order_floats(left: f64, right: f64) -> Ordering {
    left.partial_cmp(&right)
        .unwrap_or_else(|| left.is_nan().cmp(&right.is_nan()))
}

/// NaN comes after every number.
fn order_mixed(integer: i64, float: f64) -> Ordering {
    number::compare_mixed(integer, float).unwrap_or(Ordering::Less)
}

fn order_lists(left: &[Value], right: &[Value]) -> Ordering {
    let items = left
        .iter()
        .zip(right)
        .map(|(left, right)| order(left, right));
    first_difference(items).then(left.len().cmp(&right.len()))
}

/// By size, then by keys, then by the values of the keys in their order.
fn order_maps(left: &Map, right: &Map) -> Ordering {
    let (left, right) = (sorted(left), sorted(right));
    let keys = left
        .iter()
        .zip(&right)
        .map(|(left, right)| left.0.cmp(right.0));
    let values = left
        .iter()
        .zip(&right)
        .map(|(left, right)| order(left.1, right.1));
    left.len()
        .cmp(&right.len())
        .then_with(|| first_difference(keys))
        .then_with(|| first_difference(values))
}

fn sorted(map: &Map) -> Vec<(&str, &Value)> {
    let mut entries: Vec<_> = map.iter().map(|(key, value)| (&**key, value)).collect();
    entries.sort_unstable_by_key(|entry| entry.0);
    entries
}

fn order_paths(left: &Path, right: &Path) -> Ordering {
    let nodes = left.nodes().cmp(right.nodes());
    nodes.then_with(|| left.relationships().cmp(right.relationships()))
}

fn first_difference(mut orderings: impl Iterator<Item = Ordering>) -> Ordering {
    orderings
        .find(|ordering| ordering.is_ne())
        .unwrap_or(Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::super::testing::values;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut sorted = values(text);
        sorted.sort_by(order);
        assert_eq!(Value::list(sorted).to_string(), expected);
    }

    #[test]
    fn types_have_their_places() {
        check(
            "null, NaN, 1.5, -2, Infinity, false, 'text', ['list'], {a: 'map'}",
            "[{a: 'map'}, ['list'], 'text', false, -2, 1.5, Infinity, NaN, null]",
        );
    }

    #[test]
    fn lists_go_item_by_item_with_null_last() {
        check(
            "[null, 2], [null, 1], [1, null], [1, 'a'], [1], ['a', 1], ['a'], []",
            "[[], ['a'], ['a', 1], [1], [1, 'a'], [1, null], [null, 1], [null, 2]]",
        );
    }

    #[test]
    fn maps_go_by_size_keys_and_values() {
        check(
            "{b: 1}, {a: 2}, {a: 1, b: 1}, {a: 1}, {b: 0, a: 1}, {}",
            "[{}, {a: 1}, {a: 2}, {b: 1}, {b: 0, a: 1}, {a: 1, b: 1}]",
        );
    }
}
