//! Times of day with an offset from UTC.

use std::fmt;

use super::text::Scanner;
use super::{Duration, LocalTime, NANOSECONDS_PER_SECOND, Offset, Value, ValueError, malformed};

/// A time of day with an offset from UTC. Ordered by what it is in UTC, then by the offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Time {
    /// Nanoseconds since midnight in UTC; negative or beyond a day where the offset leads there.
    utc: i64,
    offset: Offset,
}

impl Time {
    /// A time of day as clocks show it at an offset.
    #[must_use]
    pub const fn new(local: LocalTime, offset: Offset) -> Self {
        Self {
            utc: local.nanosecond_of_day() - offset.seconds() * NANOSECONDS_PER_SECOND,
            offset,
        }
    }

    /// Reads ISO 8601 text: `21:40:32.142+0100`, `214032Z`, `21:40-01:30`; without an offset it is UTC.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when the text is no time.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let mut scanner = Scanner::new(text);
        let notation = scanner
            .time()
            .zip(scanner.offset())
            .filter(|_| scanner.is_done());
        let reason = "a time is written like 21:40:32.142+01:00 or 214032Z";
        let (time, offset) = notation.ok_or_else(|| malformed("time", text, reason))?;
        Ok(Self::new(time.resolve()?, offset.unwrap_or(Offset::UTC)))
    }

    /// The time of day as clocks show it there.
    #[must_use]
    pub const fn local(self) -> LocalTime {
        LocalTime::from_nanosecond_of_day(self.utc + self.offset.seconds() * NANOSECONDS_PER_SECOND)
    }

    /// The offset from UTC.
    #[must_use]
    pub const fn offset(self) -> Offset {
        self.offset
    }

    /// The same moment of the day as clocks at another offset show it.
    #[must_use]
    pub const fn at_offset(self, offset: Offset) -> Self {
        let local =
            LocalTime::from_nanosecond_of_day(self.utc + offset.seconds() * NANOSECONDS_PER_SECOND);
        Self::new(local, offset)
    }

    /// The time later by the time of a duration, round the clock; its days and months do not count.
    ///
    /// # Errors
    ///
    /// None; the result has the shape that all temporal values share.
    pub fn add_duration(&self, duration: &Duration) -> Result<Self, ValueError> {
        Ok(Self::new(self.local().add_duration(duration)?, self.offset))
    }

    /// The time earlier by the time of a duration, round the clock; its days and months do not count.
    ///
    /// # Errors
    ///
    /// None; the result has the shape that all temporal values share.
    pub fn subtract_duration(&self, duration: &Duration) -> Result<Self, ValueError> {
        Ok(Self::new(
            self.local().subtract_duration(duration)?,
            self.offset,
        ))
    }

    /// A component by its property key: those of [`LocalTime`] and `timezone`, `offset`, `offsetMinutes`,
    /// `offsetSeconds`.
    #[must_use]
    pub fn component(&self, name: &str) -> Option<Value> {
        match name {
            "timezone" => Some(Value::from(self.offset.to_string())),
            _ => self
                .offset
                .component(name)
                .or_else(|| self.local().component(name)),
        }
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.local(), self.offset)
    }
}
