//! Times of day without a zone.

use std::fmt;

use super::text::{Scanner, TimeNotation};
use super::{
    Duration, NANOSECONDS_PER_DAY, NANOSECONDS_PER_SECOND, SECONDS_PER_DAY, Value, ValueError,
    check, malformed,
};

/// A time of day without a zone, kept as the number of nanoseconds since midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalTime(i64);

/// The parts of a second as a map names them, where each given one refines the coarser ones.
///
/// `{millisecond: 123, nanosecond: 7}` and `{nanosecond: 123000007}` are the same.
#[derive(Clone, Copy, Debug, Default)]
pub struct SubSecond {
    /// Thousandths, up to 999.
    pub millisecond: Option<i64>,
    /// Millionths: up to 999 beside milliseconds, else up to 999,999.
    pub microsecond: Option<i64>,
    /// Billionths: up to 999 beside microseconds, up to 999,999 beside milliseconds alone, else up to 999,999,999.
    pub nanosecond: Option<i64>,
}

impl SubSecond {
    /// The sum in nanoseconds, or `None` when no part is given.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when a part lies outside of its range.
    pub fn total(self, operation: &str) -> Result<Option<i64>, ValueError> {
        let greatest_microsecond = if self.millisecond.is_some() {
            999
        } else {
            999_999
        };
        let greatest_nanosecond = match (self.millisecond, self.microsecond) {
            (_, Some(_)) => 999,
            (Some(_), None) => 999_999,
            (None, None) => 999_999_999,
        };
        let parts = [
            ("millisecond", self.millisecond, 999, 1_000_000),
            ("microsecond", self.microsecond, greatest_microsecond, 1_000),
            ("nanosecond", self.nanosecond, greatest_nanosecond, 1),
        ];
        let mut total = None;
        for (name, part, greatest, scale) in parts {
            if let Some(part) = part {
                let part = check(operation, name, part, 0..=greatest)?;
                total = Some(total.unwrap_or(0) + part * scale);
            }
        }
        Ok(total)
    }
}

impl LocalTime {
    /// 00:00.
    pub const MIDNIGHT: Self = Self(0);

    /// A time of day from its components; `nanosecond` is the whole fraction of the second.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when a component lies outside of its range.
    pub fn new(hour: i64, minute: i64, second: i64, nanosecond: i64) -> Result<Self, ValueError> {
        check("time", "hour", hour, 0..=23)?;
        check("time", "minute", minute, 0..=59)?;
        check("time", "second", second, 0..=59)?;
        check(
            "time",
            "nanosecond",
            nanosecond,
            0..=NANOSECONDS_PER_SECOND - 1,
        )?;
        Ok(Self(
            (hour * 3_600 + minute * 60 + second) * NANOSECONDS_PER_SECOND + nanosecond,
        ))
    }

    /// The time of day some nanoseconds after midnight, whole days left out.
    #[must_use]
    pub const fn from_nanosecond_of_day(nanosecond: i64) -> Self {
        Self(nanosecond.rem_euclid(NANOSECONDS_PER_DAY))
    }

    /// Reads ISO 8601 text: `21:40:32.142`, `214032.142`, `21:40`, `2140`, `21`.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when the text is no time of day.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let mut scanner = Scanner::new(text);
        let notation = scanner.time().filter(|_| scanner.is_done());
        let reason = "a local time is written like 21:40:32.142 or 214032";
        notation
            .ok_or_else(|| malformed("localtime", text, reason))
            .and_then(TimeNotation::resolve)
    }

    /// The nanoseconds since midnight.
    #[must_use]
    pub const fn nanosecond_of_day(self) -> i64 {
        self.0
    }

    /// The whole seconds since midnight.
    #[must_use]
    pub const fn second_of_day(self) -> i64 {
        self.0 / NANOSECONDS_PER_SECOND
    }

    /// The hour, minute, second and nanosecond of second.
    #[must_use]
    pub const fn components(self) -> (i64, i64, i64, i64) {
        let second = self.second_of_day();
        (
            second / 3_600,
            second / 60 % 60,
            second % 60,
            self.nanosecond(),
        )
    }

    /// The nanoseconds since the second began.
    #[must_use]
    pub const fn nanosecond(self) -> i64 {
        self.0 % NANOSECONDS_PER_SECOND
    }

    /// The time of day cut down to a multiple of some nanoseconds.
    #[must_use]
    pub const fn truncated(self, nanoseconds: i64) -> Self {
        Self(self.0 - self.0 % nanoseconds)
    }

    /// The time of day later by the time of a duration, round the clock; its days and months do not count.
    ///
    /// # Errors
    ///
    /// None; the result has the shape that all temporal values share.
    pub fn add_duration(&self, duration: &Duration) -> Result<Self, ValueError> {
        let seconds = duration.seconds() % SECONDS_PER_DAY;
        Ok(Self::from_nanosecond_of_day(
            self.0 + seconds * NANOSECONDS_PER_SECOND + duration.nanoseconds(),
        ))
    }

    /// The time of day earlier by the time of a duration, round the clock; its days and months do not count.
    ///
    /// # Errors
    ///
    /// None; the result has the shape that all temporal values share.
    pub fn subtract_duration(&self, duration: &Duration) -> Result<Self, ValueError> {
        let seconds = duration.seconds() % SECONDS_PER_DAY;
        Ok(Self::from_nanosecond_of_day(
            self.0 - seconds * NANOSECONDS_PER_SECOND - duration.nanoseconds(),
        ))
    }

    /// A component by its property key: `hour`, `minute`, `second`, `millisecond`, `microsecond`, `nanosecond`.
    #[must_use]
    pub fn component(&self, name: &str) -> Option<Value> {
        let (hour, minute, second, nanosecond) = self.components();
        let number = match name {
            "hour" => hour,
            "minute" => minute,
            "second" => second,
            "millisecond" => nanosecond / 1_000_000,
            "microsecond" => nanosecond / 1_000,
            "nanosecond" => nanosecond,
            _ => return None,
        };
        Some(Value::Integer(number))
    }
}

impl fmt::Display for LocalTime {
    /// Leaves seconds out when they are zero, and gives a fraction three, six or nine digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second, nanosecond) = self.components();
        write!(f, "{hour:02}:{minute:02}")?;
        if second != 0 || nanosecond != 0 {
            write!(f, ":{second:02}")?;
        }
        match nanosecond {
            0 => Ok(()),
            _ if nanosecond % 1_000_000 == 0 => write!(f, ".{:03}", nanosecond / 1_000_000),
            _ if nanosecond % 1_000 == 0 => write!(f, ".{:06}", nanosecond / 1_000),
            _ => write!(f, ".{nanosecond:09}"),
        }
    }
}
