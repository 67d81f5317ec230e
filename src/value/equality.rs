//! The `=` of the standard, in three-valued logic.

use super::{Map, Value, number};
use std::cmp::Ordering;

/// The `=` of the standard: `None` where the answer is null.
///
/// Values of different types are unequal, except for an integer and a float of the same exact value. NaN equals
/// nothing. Lists and maps that hold null are unequal when something else in them is, and null otherwise.
#[must_use]
pub fn equals(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => None,
        (Value::Integer(integer), Value::Float(float))
        | (Value::Float(float), Value::Integer(integer)) => {
            Some(number::compare_mixed(*integer, *float) == Some(Ordering::Equal))
        }
        (Value::List(left), Value::List(right)) => equal_lists(left, right),
        (Value::Map(left), Value::Map(right)) => equal_maps(left, right),
        _ => Some(left == right),
    }
}

fn equal_lists(left: &[Value], right: &[Value]) -> Option<bool> {
    if left.len() != right.len() {
        return Some(false);
    }
    all(left
        .iter()
        .zip(right)
        .map(|(left, right)| equals(left, right)))
}

fn equal_maps(left: &Map, right: &Map) -> Option<bool> {
    if left.len() != right.len() || !left.keys().all(|key| right.contains_key(key)) {
        return Some(false);
    }
    all(left.iter().map(|(key, value)| {
        right
            .get(key)
            .map_or(Some(false), |other| equals(value, other))
    }))
}

/// The conjunction: false as soon as one is false, else null if one is null.
fn all(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut result = Some(true);
    for answer in answers {
        match answer {
            Some(true) => {}
            Some(false) => return Some(false),
            None => result = None,
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::super::testing::values;
    use super::*;

    #[track_caller]
    fn check(cases: &[(&str, Option<bool>)]) {
        for (text, expected) in cases {
            let (left, right) = text.split_once(" = ").expect("a case has two sides");
            let (left, right) = (&values(left)[0], &values(right)[0]);
            assert_eq!(equals(left, right), *expected, "{text}");
            assert_eq!(equals(right, left), *expected, "{text}, sides swapped");
        }
    }

    #[test]
    fn equality_is_three_valued() {
        check(&[
            ("null = null", None),
            ("1 = null", None),
            ("1 = 1.0", Some(true)),
            ("9007199254740993 = 9007199254740992.0", Some(false)),
            ("4611686018427387905 = 4611686018427387900", Some(false)),
            ("'1' = 1", Some(false)),
            ("NaN = NaN", Some(false)),
            ("NaN = 'a'", Some(false)),
            ("0.0 = -0.0", Some(true)),
            ("true = false", Some(false)),
        ]);
    }

    #[test]
    fn null_inside_is_unknown_unless_something_else_differs() {
        check(&[
            ("[1, 2] = [1]", Some(false)),
            ("[null] = [1]", None),
            ("[[1]] = [[1], [null]]", Some(false)),
            ("[[1], [2]] = [[1], [null]]", None),
            ("[[1], [2, 3]] = [[1], [null]]", Some(false)),
            ("[null, 2] = ['foo', 3]", Some(false)),
            ("[] = []", Some(true)),
            ("{k: null} = {}", Some(false)),
            ("{k: null} = {k: null}", None),
            ("{k: 1, l: null} = {k: 2, l: 1}", Some(false)),
            ("{k: 1, l: 2} = {l: 2, k: 1}", Some(true)),
            ("{k: 1} = {l: 1}", Some(false)),
        ]);
    }
}
