//! The `<`, `<=`, `>` and `>=` of the standard.

use std::cmp::Ordering;

use super::{Value, equals, number};

/// What is known about the order of two values.
///
/// # Examples
///
/// ```
/// use tupu::value::{Value, compare};
///
/// let (one, text, nan) = (Value::from(1), Value::from("1"), Value::from(f64::NAN));
/// assert_eq!(compare(&one, &Value::from(1.5)).is_less(), Some(true));
/// assert_eq!(compare(&one, &text).is_less(), None);
/// assert_eq!(compare(&one, &nan).is_less(), Some(false));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// One is null, or the two are of types without a common order: every operator gives null.
    Unknown,
    /// A number is compared with NaN: every operator gives false.
    Unordered,
    /// The two stand in this order.
    Ordered(Ordering),
}

impl Comparison {
    /// The answer of `<`.
    #[must_use]
    pub fn is_less(self) -> Option<bool> {
        self.test(Ordering::is_lt)
    }

    /// The answer of `<=`.
    #[must_use]
    pub fn is_less_or_equal(self) -> Option<bool> {
        self.test(Ordering::is_le)
    }

    /// The answer of `>`.
    #[must_use]
    pub fn is_greater(self) -> Option<bool> {
        self.test(Ordering::is_gt)
    }

    /// The answer of `>=`.
    #[must_use]
    pub fn is_greater_or_equal(self) -> Option<bool> {
        self.test(Ordering::is_ge)
    }

    fn test(self, holds: impl Fn(Ordering) -> bool) -> Option<bool> {
        match self {
            Self::Unknown => None,
            Self::Unordered => Some(false),
            Self::Ordered(ordering) => Some(holds(ordering)),
        }
    }

    fn of_numbers(ordering: Option<Ordering>) -> Self {
        ordering.map_or(Self::Unordered, Self::Ordered)
    }
}

/// Compares two values as the operators `<`, `<=`, `>`, `>=` do.
///
/// Numbers compare by exact value whatever their type, strings by code points, false before true, temporal values
/// within their type; lists item by item, the first difference deciding. All else is unknown: durations (a month has
/// no fixed length), maps, entities, paths, and values of different types.
#[must_use]
pub fn compare(left: &Value, right: &Value) -> Comparison {
    use Value::{
        Boolean, Date, DateTime, Float, Integer, List, LocalDateTime, LocalTime, String, Time,
    };
    Comparison::Ordered(match (left, right) {
        (Integer(left), Integer(right)) => left.cmp(right),
        (Float(left), Float(right)) => return Comparison::of_numbers(left.partial_cmp(right)),
        (Integer(left), Float(right)) => {
            return Comparison::of_numbers(number::compare_mixed(*left, *right));
        }
        (Float(left), Integer(right)) => {
            let swapped = number::compare_mixed(*right, *left);
            return Comparison::of_numbers(swapped.map(Ordering::reverse));
        }
        (String(left), String(right)) => left.cmp(right),
        (Boolean(left), Boolean(right)) => left.cmp(right),
        (Date(left), Date(right)) => left.cmp(right),
        (LocalTime(left), LocalTime(right)) => left.cmp(right),
        (Time(left), Time(right)) => left.cmp(right),
        (LocalDateTime(left), LocalDateTime(right)) => left.cmp(right),
        (DateTime(left), DateTime(right)) => left.cmp(right),
        (List(left), List(right)) => return compare_lists(left, right),
        _ => return Comparison::Unknown,
    })
}

fn compare_lists(left: &[Value], right: &[Value]) -> Comparison {
    for (left, right) in left.iter().zip(right) {
        match compare(left, right) {
            Comparison::Ordered(Ordering::Equal) => {}
            Comparison::Unknown if equals(left, right) == Some(true) => {}
            decided => return decided,
        }
    }
    Comparison::Ordered(left.len().cmp(&right.len()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::values;
    use super::*;

    /// Each case is `left right`, then the answers of `<`, `<=`, `>`, `>=`.
    #[track_caller]
    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let pair = values(text);
            let comparison = compare(&pair[0], &pair[1]);
            let answers = [
                comparison.is_less(),
                comparison.is_less_or_equal(),
                comparison.is_greater(),
                comparison.is_greater_or_equal(),
            ];
            let answers = answers.map(|answer| match answer {
                None => "null",
                Some(true) => "true",
                Some(false) => "false",
            });
            assert_eq!(answers.join(" "), *expected, "{text}");
        }
    }

    #[test]
    fn values_of_one_type_are_ordered() {
        check(&[
            ("1, 2", "true true false false"),
            ("1, 1.0", "false true false true"),
            (
                "9007199254740993, 9007199254740992.0",
                "false false true true",
            ),
            ("'比亚迪', '比亚迪股份'", "true true false false"),
            ("false, true", "true true false false"),
        ]);
    }

    #[test]
    fn nan_is_unordered_among_numbers_and_unknown_elsewhere() {
        check(&[
            ("NaN, 1", "false false false false"),
            ("NaN, NaN", "false false false false"),
            ("[NaN], [1]", "false false false false"),
            ("NaN, 'a'", "null null null null"),
        ]);
    }

    #[test]
    fn different_types_are_unknown() {
        check(&[
            ("'1', 1", "null null null null"),
            ("null, 1", "null null null null"),
            ("{a: 1}, {a: 1}", "null null null null"),
            ("true, 1", "null null null null"),
        ]);
    }

    #[test]
    fn the_first_difference_decides_between_lists() {
        check(&[
            ("[1, 0], [1]", "false false true true"),
            ("[1, null], [1]", "false false true true"),
            ("[1, 2], [1, null]", "null null null null"),
            ("[1, 'a'], [1, null]", "null null null null"),
            ("[1, 2], [3, null]", "true true false false"),
            ("[{}, 1], [{}, 2]", "true true false false"),
        ]);
    }
}
