//! Dates without a time of day.

use std::fmt;

use super::calendar::{self, YEARS};
use super::text::{DateNotation, Scanner};
use super::{Duration, Value, ValueError, check, impossible, malformed};

/// A calendar date, kept as the number of days since 1970-01-01.
///
/// # Examples
///
/// ```
/// use tupu::value::Date;
///
/// let date = Date::from_week(2015, 30, 2)?;
/// assert_eq!(date.to_string(), "2015-07-21");
/// assert_eq!(date, Date::parse("2015-202")?);
/// # Ok::<(), tupu::value::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(i64);

impl Date {
    /// 1970-01-01.
    pub const EPOCH: Self = Self(0);
    /// The first date: -999999999-01-01.
    pub const MIN: Self = Self(calendar::epoch_day(*YEARS.start(), 1, 1));
    /// The last date: +999999999-12-31.
    pub const MAX: Self = Self(calendar::epoch_day(*YEARS.end(), 12, 31));

    /// A date from year, month and day of month.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when there is no such day.
    pub fn new(year: i64, month: i64, day: i64) -> Result<Self, ValueError> {
        check("date", "year", year, YEARS)?;
        check("date", "month", month, 1..=12)?;
        check("date", "day", day, 1..=31)?;
        let length = calendar::days_in_month(year, month);
        if day > length {
            let found = format_args!("day {day}");
            return Err(impossible(
                "date",
                found,
                format_args!("month {month} of {year} has {length} days"),
            ));
        }
        Ok(Self(calendar::epoch_day(year, month, day)))
    }

    /// A date from ISO week-based year, week and day of week (1 is Monday).
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when there is no such day.
    pub fn from_week(week_year: i64, week: i64, day_of_week: i64) -> Result<Self, ValueError> {
        check("date", "year", week_year, YEARS)?;
        check("date", "week", week, 1..=53)?;
        check("date", "dayOfWeek", day_of_week, 1..=7)?;
        if week > calendar::weeks_in_year(week_year) {
            return Err(impossible(
                "date",
                "week 53",
                format_args!("{week_year} has 52 weeks"),
            ));
        }
        Self::from_epoch_day(calendar::first_monday(week_year) + (week - 1) * 7 + day_of_week - 1)
    }

    /// A date from year, quarter and day of quarter.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when there is no such day.
    pub fn from_quarter(year: i64, quarter: i64, day_of_quarter: i64) -> Result<Self, ValueError> {
        check("date", "year", year, YEARS)?;
        check("date", "quarter", quarter, 1..=4)?;
        check("date", "dayOfQuarter", day_of_quarter, 1..=92)?;
        let first = calendar::epoch_day(year, quarter * 3 - 2, 1);
        let length = calendar::epoch_day(
            year,
            quarter * 3,
            calendar::days_in_month(year, quarter * 3),
        ) - first
            + 1;
        if day_of_quarter > length {
            let found = format_args!("dayOfQuarter {day_of_quarter}");
            return Err(impossible(
                "date",
                found,
                format_args!("quarter {quarter} of {year} has {length} days"),
            ));
        }
        Ok(Self(first + day_of_quarter - 1))
    }

    /// A date from year and day of year.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when there is no such day.
    pub fn from_ordinal(year: i64, ordinal_day: i64) -> Result<Self, ValueError> {
        check("date", "year", year, YEARS)?;
        check("date", "ordinalDay", ordinal_day, 1..=366)?;
        if ordinal_day > calendar::days_in_year(year) {
            return Err(impossible(
                "date",
                "ordinalDay 366",
                format_args!("{year} has 365 days"),
            ));
        }
        Ok(Self(calendar::epoch_day(year, 1, 1) + ordinal_day - 1))
    }

    /// A date from the number of days since 1970-01-01.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when the year would have more than nine digits.
    pub fn from_epoch_day(epoch_day: i64) -> Result<Self, ValueError> {
        if (Self::MIN.0..=Self::MAX.0).contains(&epoch_day) {
            return Ok(Self(epoch_day));
        }
        Err(Self::beyond(format_args!(
            "{epoch_day} days from 1970-01-01"
        )))
    }

    /// Reads ISO 8601 text: `2015-07-21`, `20150721`, `2015-W30-2`, `2015-Q3-21`, `2015-202`, `2015-07`, `2015`.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when the text is no date or names a day that is none.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let mut scanner = Scanner::new(text);
        let notation = scanner.date().filter(|_| scanner.is_done());
        let reason = "a date is written like 2015-07-21, 2015-W30-2, 2015-Q3-21 or 2015-202";
        notation
            .ok_or_else(|| malformed("date", text, reason))
            .and_then(DateNotation::resolve)
    }

    /// The number of days since 1970-01-01.
    #[must_use]
    pub const fn epoch_day(self) -> i64 {
        self.0
    }

    /// Year, month (from 1) and day of month (from 1).
    #[must_use]
    pub const fn calendar(self) -> (i64, i64, i64) {
        calendar::civil(self.0)
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i64 {
        self.calendar().0
    }

    /// The ISO week-based year and week.
    #[must_use]
    pub fn week(self) -> (i64, i64) {
        // A week belongs to the year of its Thursday.
        let thursday = self.0 - calendar::day_of_week(self.0) + 4;
        let week_year = calendar::civil(thursday).0;
        (
            week_year,
            (self.0 - calendar::first_monday(week_year)) / 7 + 1,
        )
    }

    /// The day of the week, from Monday as 1 to Sunday as 7.
    #[must_use]
    pub const fn day_of_week(self) -> i64 {
        calendar::day_of_week(self.0)
    }

    /// The day of the year, from 1.
    #[must_use]
    pub const fn ordinal_day(self) -> i64 {
        self.0 - calendar::epoch_day(self.year(), 1, 1) + 1
    }

    /// The quarter of the year, from 1.
    #[must_use]
    pub const fn quarter(self) -> i64 {
        (self.calendar().1 - 1) / 3 + 1
    }

    /// The day of the quarter, from 1.
    #[must_use]
    pub const fn day_of_quarter(self) -> i64 {
        self.0 - calendar::epoch_day(self.year(), self.quarter() * 3 - 2, 1) + 1
    }

    /// A date from year, month and day of month; a day that the month lacks becomes the month's last.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when year, month or day lie outside of their ranges.
    pub fn clamped(year: i64, month: i64, day: i64) -> Result<Self, ValueError> {
        check("date", "year", year, YEARS)?;
        check("date", "month", month, 1..=12)?;
        Self::new(year, month, day.min(calendar::days_in_month(year, month)))
    }

    /// The date some months later; a day that the month lacks becomes the month's last.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when the result has no nine-digit year.
    pub fn plus_months(self, months: i64) -> Result<Self, ValueError> {
        let (year, month, day) = self.calendar();
        let total = (year * 12 + month - 1).checked_add(months);
        total
            .map(|total| (total.div_euclid(12), total.rem_euclid(12) + 1))
            .filter(|(year, _)| YEARS.contains(year))
            .ok_or_else(|| Self::beyond(format_args!("{self} and {months} months")))
            .and_then(|(year, month)| Self::clamped(year, month, day))
    }

    /// The date some days later.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when the result has no nine-digit year.
    pub fn plus_days(self, days: i64) -> Result<Self, ValueError> {
        let day = self
            .0
            .checked_add(days)
            .and_then(|day| Self::from_epoch_day(day).ok());
        day.ok_or_else(|| Self::beyond(format_args!("{self} and {days} days")))
    }

    /// How many whole months lie from here to another date; negative when it is earlier.
    #[must_use]
    pub fn months_until(self, other: Self) -> i64 {
        let months = |date: Self| {
            let (year, month, day) = date.calendar();
            (year * 12 + month - 1) * 32 + day
        };
        (months(other) - months(self)) / 32
    }

    /// The date later by a duration, of whose time only whole days count.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when the result has no nine-digit year.
    pub fn add_duration(&self, duration: &Duration) -> Result<Self, ValueError> {
        self.plus_months(duration.months())?
            .plus_days(duration.days())?
            .plus_days(duration.whole_days_of_time())
    }

    /// The date earlier by a duration, of whose time only whole days count.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`], [`ValueError::IntegerOverflow`].
    pub fn subtract_duration(&self, duration: &Duration) -> Result<Self, ValueError> {
        self.add_duration(&duration.negated()?)
    }

    /// A component by its property key: `year`, `quarter`, `month`, `week`, `weekYear`, `day`, `ordinalDay`,
    /// `weekDay` (or `dayOfWeek`), `dayOfQuarter`.
    #[must_use]
    pub fn component(&self, name: &str) -> Option<Value> {
        let number = match name {
            "year" => self.year(),
            "quarter" => self.quarter(),
            "month" => self.calendar().1,
            "week" => self.week().1,
            "weekYear" => self.week().0,
            "day" => self.calendar().2,
            "ordinalDay" => self.ordinal_day(),
            "weekDay" | "dayOfWeek" => self.day_of_week(),
            "dayOfQuarter" => self.day_of_quarter(),
            _ => return None,
        };
        Some(Value::Integer(number))
    }

    fn beyond(found: fmt::Arguments<'_>) -> ValueError {
        impossible("date", found, "years lie between -999999999 and 999999999")
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.calendar();
        match year {
            0..=9_999 => write!(f, "{year:04}")?,
            10_000.. => write!(f, "+{year}")?,
            _ => write!(f, "-{:04}", -year)?,
        }
        write!(f, "-{month:02}-{day:02}")
    }
}
