//! The temporal values of openCypher.

/// A calendar date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(i64);
/// A time of day without a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalTime(u64);
/// A time of day with an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time(u64, i32);
/// A date and time without a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalDateTime(i64, u32);
/// An instant with an offset or a named zone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DateTime(i64);
/// A span of months, days, seconds and nanoseconds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Duration(i64);
