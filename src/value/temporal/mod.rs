//! Owns the temporal values of openCypher: dates, times of day, instants and durations, to the nanosecond.
//!
//! Takes components, ISO 8601 text and other temporal values; gives values, their components and their ISO 8601 text.
//! The calendar is the proleptic Gregorian one, from year -999,999,999 to 999,999,999; there are no leap seconds. Named
//! zones come from a bundled tz database, so an answer is the same on every machine. No clock is read here.
//!
//! ```text
//! Date           days since 1970-01-01              1984-10-11
//! LocalTime      nanoseconds since midnight         12:31:14.645
//! Time           LocalTime + Offset                 12:31:14.645+01:00
//! LocalDateTime  Date + LocalTime                   1984-10-11T12:31:14.645
//! DateTime       instant + Offset [+ NamedZone]     1984-10-11T12:31:14.645+01:00[Europe/Stockholm]
//! Duration       months, days, seconds, nanoseconds P1Y2M3DT4H5M6.7S
//! ```

mod calendar;
mod date;
mod date_time;
mod decimal;
mod difference;
mod duration;
mod duration_text;
mod local_date_time;
mod local_time;
mod operators;
mod parts;
mod text;
mod time;
mod zone;

#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

pub use date::Date;
pub use date_time::DateTime;
pub use decimal::Decimal;
pub use difference::{between, in_days, in_months, in_seconds};
pub use duration::{Amounts, Duration};
pub use local_date_time::LocalDateTime;
pub use local_time::{LocalTime, SubSecond};
pub use operators::{add, divide, multiply, subtract};
pub use parts::Parts;
pub use time::Time;
pub use zone::{NamedZone, Offset, Zone};

use super::{Value, ValueError};

const NANOSECONDS_PER_SECOND: i64 = 1_000_000_000;
const SECONDS_PER_DAY: i64 = 86_400;
const NANOSECONDS_PER_DAY: i64 = SECONDS_PER_DAY * NANOSECONDS_PER_SECOND;

/// The component of a temporal value that a property key names: `date.year`, `duration.minutesOfHour`.
///
/// `None` when the value is not temporal or has no component of that name; also when the component does not fit a
/// 64-bit integer, such as the milliseconds since 1970 of a year beyond 292 million.
#[must_use]
pub fn component(value: &Value, name: &str) -> Option<Value> {
    match value {
        Value::Date(date) => date.component(name),
        Value::LocalTime(time) => time.component(name),
        Value::Time(time) => time.component(name),
        Value::LocalDateTime(date_time) => date_time.component(name),
        Value::DateTime(date_time) => date_time.component(name),
        Value::Duration(duration) => duration.component(name),
        _ => None,
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<LocalTime> for Value {
    fn from(time: LocalTime) -> Self {
        Self::LocalTime(time)
    }
}

impl From<Time> for Value {
    fn from(time: Time) -> Self {
        Self::Time(time)
    }
}

impl From<LocalDateTime> for Value {
    fn from(date_time: LocalDateTime) -> Self {
        Self::LocalDateTime(date_time)
    }
}

impl From<DateTime> for Value {
    fn from(date_time: DateTime) -> Self {
        Self::DateTime(Arc::new(date_time))
    }
}

impl From<Duration> for Value {
    fn from(duration: Duration) -> Self {
        Self::Duration(Arc::new(duration))
    }
}

/// The fault of a value that has the right type but makes no sense to an operation.
fn impossible(operation: &str, found: impl fmt::Display, reason: impl fmt::Display) -> ValueError {
    ValueError::InvalidArgumentValue {
        operation: operation.to_owned(),
        found: found.to_string(),
        reason: reason.to_string(),
    }
}

/// The fault of text that is not written as a temporal value is.
fn malformed(operation: &str, text: &str, reason: &str) -> ValueError {
    impossible(operation, format_args!("'{text}'"), reason)
}

/// Lets a component pass that lies in its range.
fn check(
    operation: &str,
    component: &str,
    value: i64,
    range: RangeInclusive<i64>,
) -> Result<i64, ValueError> {
    if range.contains(&value) {
        return Ok(value);
    }
    let (least, greatest) = range.into_inner();
    let reason = format_args!("{component} lies between {least} and {greatest}");
    Err(impossible(
        operation,
        format_args!("{component} {value}"),
        reason,
    ))
}
