//! The duration from one temporal value to another.
//!
//! What one of the two lacks it borrows: a date or a zone from the other; a time of day is midnight.

use super::{Date, DateTime, Duration, LocalDateTime, LocalTime, Parts, Value, ValueError, Zone};

/// Two values made comparable.
struct Pair {
    from: DateTime,
    to: DateTime,
    /// Whether both brought a date of their own.
    has_dates: bool,
    /// Whether either brought a date.
    has_date: bool,
}

impl Pair {
    fn new(operation: &str, from: &Value, to: &Value) -> Result<Self, ValueError> {
        let parts = |value: &Value| {
            let expected = "DATE, LOCAL TIME, TIME, LOCAL DATETIME or DATETIME";
            Parts::of(value).ok_or_else(|| ValueError::invalid_type(operation, expected, value))
        };
        let (from, to) = (parts(from)?, parts(to)?);
        let has_dates = from.date.is_some() && to.date.is_some();
        let has_date = from.date.is_some() || to.date.is_some();
        let (from, to) = (instant(&from, &to)?, instant(&to, &from)?);
        let to = to.in_zone(from.zone())?;
        Ok(Self {
            from,
            to,
            has_dates,
            has_date,
        })
    }

    fn months(&self) -> i64 {
        self.from.local().months_until(self.to.local())
    }

    fn days(&self) -> i64 {
        self.from.local().days_until(self.to.local())
    }

    /// Elapsed time, whatever clocks did meanwhile.
    fn nanoseconds(&self) -> i128 {
        self.to.epoch_nanosecond() - self.from.epoch_nanosecond()
    }
}

fn instant(own: &Parts, other: &Parts) -> Result<DateTime, ValueError> {
    let date = own.date.or(other.date).unwrap_or(Date::EPOCH);
    let time = own.time.unwrap_or(LocalTime::MIDNIGHT);
    let zone = own
        .zone
        .as_ref()
        .or(other.zone.as_ref())
        .unwrap_or(&Zone::UTC);
    DateTime::new(LocalDateTime::new(date, time), zone.clone(), own.offset)
}

/// The duration in months, days and time: as many whole months as fit, then days, then the rest.
///
/// # Errors
///
/// [`ValueError::InvalidArgumentType`] when a value is no date, time or datetime.
pub fn between(from: &Value, to: &Value) -> Result<Duration, ValueError> {
    let mut pair = Pair::new("duration.between", from, to)?;
    let (mut months, mut days) = (0, 0);
    if pair.has_dates {
        months = pair.months();
        pair.from = pair.from.plus_months(months)?;
        days = pair.days();
        pair.from = pair.from.plus_days(days)?;
    }
    Duration::from_nanoseconds(months, days, pair.nanoseconds())
}

/// The duration in whole months.
///
/// # Errors
///
/// [`ValueError::InvalidArgumentType`] when a value is no date, time or datetime.
pub fn in_months(from: &Value, to: &Value) -> Result<Duration, ValueError> {
    let pair = Pair::new("duration.inMonths", from, to)?;
    Duration::new(if pair.has_date { pair.months() } else { 0 }, 0, 0, 0)
}

/// The duration in whole days.
///
/// # Errors
///
/// [`ValueError::InvalidArgumentType`] when a value is no date, time or datetime.
pub fn in_days(from: &Value, to: &Value) -> Result<Duration, ValueError> {
    let pair = Pair::new("duration.inDays", from, to)?;
    Duration::new(0, if pair.has_date { pair.days() } else { 0 }, 0, 0)
}

/// The duration in seconds and their fraction.
///
/// # Errors
///
/// [`ValueError::InvalidArgumentType`] when a value is no date, time or datetime.
pub fn in_seconds(from: &Value, to: &Value) -> Result<Duration, ValueError> {
    let pair = Pair::new("duration.inSeconds", from, to)?;
    Duration::from_nanoseconds(0, 0, pair.nanoseconds())
}
