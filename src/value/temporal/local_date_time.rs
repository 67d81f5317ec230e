//! Dates with a time of day, without a zone.

use std::fmt;

use super::text::{Scanner, TimeNotation};
use super::{
    Date, Duration, LocalTime, NANOSECONDS_PER_DAY, SECONDS_PER_DAY, Value, ValueError, impossible,
    malformed,
};

/// A date with a time of day, without a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalDateTime {
    date: Date,
    time: LocalTime,
}

impl LocalDateTime {
    /// A date and a time of that day.
    #[must_use]
    pub const fn new(date: Date, time: LocalTime) -> Self {
        Self { date, time }
    }

    /// Reads ISO 8601 text: a date in any notation, `T`, a time of day in any notation; midnight without one.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when the text is no date with a time.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let mut scanner = Scanner::new(text);
        let reason = "a local datetime is written like 2015-07-21T21:40:32.142 or 20150721T2140";
        let notation = Self::notation(&mut scanner).filter(|_| scanner.is_done());
        notation.ok_or_else(|| malformed("localdatetime", text, reason))?
    }

    /// Reads a date and, where `T` follows, a time: `None` when they are not written so.
    pub(super) fn notation(scanner: &mut Scanner<'_>) -> Option<Result<Self, ValueError>> {
        let date = scanner.date()?;
        let time = if scanner.eat(&['T', 't']).is_some() {
            scanner.time()?
        } else {
            TimeNotation::MIDNIGHT
        };
        Some(
            date.resolve()
                .and_then(|date| Ok(Self::new(date, time.resolve()?))),
        )
    }

    /// The date.
    #[must_use]
    pub const fn date(self) -> Date {
        self.date
    }

    /// The time of day.
    #[must_use]
    pub const fn time(self) -> LocalTime {
        self.time
    }

    /// The whole seconds since 1970-01-01T00:00 on the same clock.
    #[must_use]
    pub const fn epoch_second(self) -> i64 {
        self.date.epoch_day() * SECONDS_PER_DAY + self.time.second_of_day()
    }

    /// The date and time some nanoseconds after 1970-01-01T00:00 on the same clock.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when the result has no nine-digit year.
    pub fn from_epoch_nanosecond(nanosecond: i128) -> Result<Self, ValueError> {
        let day_length = i128::from(NANOSECONDS_PER_DAY);
        let day = i64::try_from(nanosecond.div_euclid(day_length));
        let beyond = |_| {
            impossible(
                "datetime",
                nanosecond,
                "years lie between -999999999 and 999999999",
            )
        };
        let date = Date::from_epoch_day(day.map_err(beyond)?)?;
        let rest = i64::try_from(nanosecond.rem_euclid(day_length))
            .expect("a day's nanoseconds fit 64 bits");
        Ok(Self::new(date, LocalTime::from_nanosecond_of_day(rest)))
    }

    /// The nanoseconds since 1970-01-01T00:00 on the same clock.
    #[must_use]
    pub fn epoch_nanosecond(self) -> i128 {
        let days = i128::from(self.date.epoch_day()) * i128::from(NANOSECONDS_PER_DAY);
        days + i128::from(self.time.nanosecond_of_day())
    }

    /// How many whole months lie from here to another date and time; negative when it is earlier.
    #[must_use]
    pub fn months_until(self, other: Self) -> i64 {
        let is_short = other.date > self.date && other.time < self.time;
        let is_over = other.date < self.date && other.time > self.time;
        // One step towards `self` stays within range, since `self` is on that side.
        let end = match (is_short, is_over) {
            (true, _) => other.date.plus_days(-1),
            (_, true) => other.date.plus_days(1),
            _ => Ok(other.date),
        };
        self.date.months_until(end.unwrap_or(other.date))
    }

    /// How many whole days lie from here to another date and time; negative when it is earlier.
    #[must_use]
    pub fn days_until(self, other: Self) -> i64 {
        let nanoseconds = other.epoch_nanosecond() - self.epoch_nanosecond();
        i64::try_from(nanoseconds / i128::from(NANOSECONDS_PER_DAY))
            .expect("two billion years have fewer days")
    }

    /// The date and time later by a duration: its months, then its days, then its time.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when the result has no nine-digit year.
    pub fn add_duration(&self, duration: &Duration) -> Result<Self, ValueError> {
        let date = self
            .date
            .plus_months(duration.months())?
            .plus_days(duration.days())?;
        let day = Self::new(date, self.time);
        Self::from_epoch_nanosecond(day.epoch_nanosecond() + duration.nanoseconds_of_time())
    }

    /// The date and time earlier by a duration: its months, then its days, then its time.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`], [`ValueError::IntegerOverflow`].
    pub fn subtract_duration(&self, duration: &Duration) -> Result<Self, ValueError> {
        self.add_duration(&duration.negated()?)
    }

    /// A component by its property key: those of [`Date`] and [`LocalTime`].
    #[must_use]
    pub fn component(&self, name: &str) -> Option<Value> {
        self.date
            .component(name)
            .or_else(|| self.time.component(name))
    }
}

impl fmt::Display for LocalDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date, self.time)
    }
}
