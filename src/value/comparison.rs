//! The three relations between values: equality, equivalence and ordering.

use std::cmp::Ordering;

use super::Value;

/// The `=` of the standard: `None` where the answer is null.
#[must_use]
pub fn equals(_left: &Value, _right: &Value) -> Option<bool> {
    todo!()
}

/// The `<`, `<=`, `>`, `>=` of the standard: `None` where the two can't be compared or one is null or NaN.
#[must_use]
pub fn compare(_left: &Value, _right: &Value) -> Option<Ordering> {
    todo!()
}

/// Whether two values count as one for `DISTINCT`, grouping and `UNION`: null is null and NaN is NaN here.
#[must_use]
pub fn equivalent(_left: &Value, _right: &Value) -> bool {
    todo!()
}

/// The total order of `ORDER BY`, ascending, null last.
#[must_use]
pub fn order(_left: &Value, _right: &Value) -> Ordering {
    todo!()
}

/// A value as a key of a hash map, equal when [`equivalent`].
#[derive(Clone, Debug)]
pub struct Equivalent(pub Value);
