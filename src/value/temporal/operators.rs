//! The operators `+ - * /` where an operand is temporal.

use super::{Decimal, Duration};
use crate::value::{Value, ValueError};

/// `left + right` where an operand is temporal: a duration and any temporal value.
///
/// `None` when neither is temporal, or when the other operand's own rules come first: null, strings and lists.
#[must_use]
pub fn add(left: &Value, right: &Value) -> Option<Result<Value, ValueError>> {
    let sum = || match (left, right) {
        (Value::Duration(left), Value::Duration(right)) => left.plus(right).map(Value::from),
        (instant, Value::Duration(duration)) | (Value::Duration(duration), instant) => {
            later(instant, duration)
        }
        (instant, other) | (other, instant) if is_temporal(instant) => {
            Err(refuse("+", "a DURATION", other))
        }
        (other, _) => Err(refuse("+", "a temporal value", other)),
    };
    is_ours(left, right).then(sum)
}

/// `left - right` where an operand is temporal: any temporal value minus a duration.
///
/// `None` when neither is temporal, or when the other operand's own rules come first: null, strings and lists.
#[must_use]
pub fn subtract(left: &Value, right: &Value) -> Option<Result<Value, ValueError>> {
    let difference = || match (left, right) {
        (Value::Duration(left), Value::Duration(right)) => left.minus(right).map(Value::from),
        (instant, Value::Duration(duration)) => earlier(instant, duration),
        (_, other) => Err(refuse(
            "-",
            "a DURATION to subtract (see duration.between())",
            other,
        )),
    };
    is_ours(left, right).then(difference)
}

/// `left * right` where an operand is temporal: a duration and a number.
///
/// `None` when neither is temporal, or when the other operand's own rules come first: null, strings and lists.
#[must_use]
pub fn multiply(left: &Value, right: &Value) -> Option<Result<Value, ValueError>> {
    let product = || match (left, right) {
        (Value::Duration(duration), factor @ (Value::Integer(_) | Value::Float(_)))
        | (factor @ (Value::Integer(_) | Value::Float(_)), Value::Duration(duration)) => duration
            .scaled("*", Decimal::of("*", factor)?, Decimal::from(1))
            .map(Value::from),
        (Value::Duration(_), other) | (other, _) => {
            Err(refuse("*", "a DURATION and a number", other))
        }
    };
    is_ours(left, right).then(product)
}

/// `left / right` where an operand is temporal: a duration divided by a number.
///
/// `None` when neither is temporal, or when the other operand's own rules come first: null, strings and lists.
#[must_use]
pub fn divide(left: &Value, right: &Value) -> Option<Result<Value, ValueError>> {
    let quotient = || match (left, right) {
        (Value::Duration(duration), divisor @ (Value::Integer(_) | Value::Float(_))) => duration
            .scaled("/", Decimal::from(1), Decimal::of("/", divisor)?)
            .map(Value::from),
        (Value::Duration(_), other) => Err(refuse("/", "a number to divide by", other)),
        (other, _) => Err(refuse("/", "a DURATION divided by a number", other)),
    };
    is_ours(left, right).then(quotient)
}

fn later(instant: &Value, duration: &Duration) -> Result<Value, ValueError> {
    match instant {
        Value::Date(date) => date.add_duration(duration).map(Value::from),
        Value::LocalTime(time) => time.add_duration(duration).map(Value::from),
        Value::Time(time) => time.add_duration(duration).map(Value::from),
        Value::LocalDateTime(date_time) => date_time.add_duration(duration).map(Value::from),
        Value::DateTime(date_time) => date_time.add_duration(duration).map(Value::from),
        other => Err(refuse("+", "a temporal value", other)),
    }
}

fn earlier(instant: &Value, duration: &Duration) -> Result<Value, ValueError> {
    match instant {
        Value::Date(date) => date.subtract_duration(duration).map(Value::from),
        Value::LocalTime(time) => time.subtract_duration(duration).map(Value::from),
        Value::Time(time) => time.subtract_duration(duration).map(Value::from),
        Value::LocalDateTime(date_time) => date_time.subtract_duration(duration).map(Value::from),
        Value::DateTime(date_time) => date_time.subtract_duration(duration).map(Value::from),
        other => Err(refuse("-", "a temporal value to subtract from", other)),
    }
}

fn is_ours(left: &Value, right: &Value) -> bool {
    let has_own_rules =
        |value: &Value| matches!(value, Value::Null | Value::String(_) | Value::List(_));
    (is_temporal(left) && !has_own_rules(right)) || (is_temporal(right) && !has_own_rules(left))
}

fn is_temporal(value: &Value) -> bool {
    matches!(
        value,
        Value::Date(_)
            | Value::LocalTime(_)
            | Value::Time(_)
            | Value::LocalDateTime(_)
            | Value::DateTime(_)
            | Value::Duration(_)
    )
}

fn refuse(operation: &str, expected: &str, found: &Value) -> ValueError {
    ValueError::invalid_type(operation, expected, found)
}
