//! Spans of time in months, days, seconds and nanoseconds, and computing with them.

use std::cmp::Ordering;

use super::{
    Decimal, NANOSECONDS_PER_DAY, NANOSECONDS_PER_SECOND, SECONDS_PER_DAY, Value, ValueError,
    impossible,
};

/// A month is on average a twelfth of 365.2425 days.
const SECONDS_PER_MONTH: i64 = 2_629_746;

/// A span of months, days, seconds and nanoseconds, none of which converts into another: months and days differ in
/// length. Equal when all four are equal; [`Duration::order`] orders by average length.
///
/// # Examples
///
/// ```
/// use tupu::value::Duration;
///
/// let duration = Duration::parse("P1Y14DT70S")?;
/// assert_eq!(duration.to_string(), "P1Y14DT1M10S");
/// assert_eq!(duration.times(0.5)?.to_string(), "P6M7DT35S");
/// # Ok::<(), tupu::value::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Duration {
    months: i64,
    days: i64,
    /// Rounded down, so that nanoseconds are never negative.
    seconds: i64,
    /// From 0 to 999,999,999.
    nanoseconds: i64,
}

impl Duration {
    /// A duration from its parts; nanoseconds beyond a second, or negative ones, are carried into the seconds.
    ///
    /// # Errors
    ///
    /// [`ValueError::IntegerOverflow`] when the seconds then do not fit 64 bits.
    pub fn new(months: i64, days: i64, seconds: i64, nanoseconds: i64) -> Result<Self, ValueError> {
        let seconds = seconds.checked_add(nanoseconds.div_euclid(NANOSECONDS_PER_SECOND));
        let seconds = seconds.ok_or_else(|| overflow("duration"))?;
        Ok(Self {
            months,
            days,
            seconds,
            nanoseconds: nanoseconds.rem_euclid(NANOSECONDS_PER_SECOND),
        })
    }

    /// The months, years included.
    #[must_use]
    pub const fn months(&self) -> i64 {
        self.months
    }

    /// The days, weeks included.
    #[must_use]
    pub const fn days(&self) -> i64 {
        self.days
    }

    /// The seconds, hours and minutes included, rounded down.
    #[must_use]
    pub const fn seconds(&self) -> i64 {
        self.seconds
    }

    /// The nanoseconds beyond the seconds: from 0 to 999,999,999.
    #[must_use]
    pub const fn nanoseconds(&self) -> i64 {
        self.nanoseconds
    }

    /// The seconds and nanoseconds together, in nanoseconds.
    #[must_use]
    pub fn nanoseconds_of_time(&self) -> i128 {
        i128::from(self.seconds) * i128::from(NANOSECONDS_PER_SECOND) + i128::from(self.nanoseconds)
    }

    /// The whole days of 24 hours that the seconds make.
    #[must_use]
    pub fn whole_days_of_time(&self) -> i64 {
        let days = self.nanoseconds_of_time() / i128::from(NANOSECONDS_PER_DAY);
        i64::try_from(days).expect("there are fewer days than seconds")
    }

    /// A duration whose time is a number of nanoseconds.
    pub(super) fn from_nanoseconds(
        months: i64,
        days: i64,
        nanoseconds: i128,
    ) -> Result<Self, ValueError> {
        let second = i128::from(NANOSECONDS_PER_SECOND);
        let seconds =
            i64::try_from(nanoseconds.div_euclid(second)).map_err(|_| overflow("duration"))?;
        let rest = i64::try_from(nanoseconds.rem_euclid(second)).expect("less than a second");
        Self::new(months, days, seconds, rest)
    }

    /// The sum, part by part.
    ///
    /// # Errors
    ///
    /// [`ValueError::IntegerOverflow`] when a part does not fit 64 bits.
    pub fn plus(&self, other: &Self) -> Result<Self, ValueError> {
        let months = self.months.checked_add(other.months);
        let days = self.days.checked_add(other.days);
        let (months, days) = months.zip(days).ok_or_else(|| overflow("+"))?;
        Self::from_nanoseconds(
            months,
            days,
            self.nanoseconds_of_time() + other.nanoseconds_of_time(),
        )
    }

    /// The difference, part by part.
    ///
    /// # Errors
    ///
    /// [`ValueError::IntegerOverflow`] when a part does not fit 64 bits.
    pub fn minus(&self, other: &Self) -> Result<Self, ValueError> {
        let months = self.months.checked_sub(other.months);
        let days = self.days.checked_sub(other.days);
        let (months, days) = months.zip(days).ok_or_else(|| overflow("-"))?;
        Self::from_nanoseconds(
            months,
            days,
            self.nanoseconds_of_time() - other.nanoseconds_of_time(),
        )
    }

    /// The duration with all signs turned.
    ///
    /// # Errors
    ///
    /// [`ValueError::IntegerOverflow`] when a part does not fit 64 bits.
    pub fn negated(&self) -> Result<Self, ValueError> {
        Self::default().minus(self)
    }

    /// The duration times a number; fractions of months and days are carried into days and seconds.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] for a number that is not finite, [`ValueError::IntegerOverflow`].
    pub fn times(&self, factor: f64) -> Result<Self, ValueError> {
        self.scaled(
            "*",
            Decimal::of("*", &Value::Float(factor))?,
            Decimal::from(1),
        )
    }

    /// The duration divided by a number; fractions of months and days are carried into days and seconds.
    ///
    /// # Errors
    ///
    /// [`ValueError::DivisionByZero`], [`ValueError::InvalidArgumentValue`] for a number that is not finite,
    /// [`ValueError::IntegerOverflow`].
    pub fn divided_by(&self, divisor: f64) -> Result<Self, ValueError> {
        self.scaled(
            "/",
            Decimal::from(1),
            Decimal::of("/", &Value::Float(divisor))?,
        )
    }

    /// The duration times the quotient of two numbers.
    pub(super) fn scaled(
        &self,
        operation: &str,
        factor: Decimal,
        divisor: Decimal,
    ) -> Result<Self, ValueError> {
        if divisor == Decimal::ZERO {
            return Err(ValueError::DivisionByZero);
        }
        let common = greatest_common_divisor(factor.scaled(), divisor.scaled());
        let common = if divisor < Decimal::ZERO {
            -common
        } else {
            common
        };
        let (factor, denominator) = (factor.scaled() / common, divisor.scaled() / common);
        let part = |number: i64| i128::from(number).checked_mul(factor);
        let parts = [
            part(self.months),
            part(self.days),
            part(self.seconds),
            part(self.nanoseconds),
        ];
        let [Some(months), Some(days), Some(seconds), Some(nanoseconds)] = parts else {
            return Err(overflow(operation));
        };
        carry(months, days, seconds, nanoseconds, denominator).ok_or_else(|| overflow(operation))
    }

    /// Which of two durations is longer, with months and days of average length; ties are broken part by part.
    #[must_use]
    pub fn order(&self, other: &Self) -> Ordering {
        let key = |duration: &Self| {
            (
                duration.average_nanoseconds(),
                duration.months,
                duration.days,
            )
        };
        key(self).cmp(&key(other))
    }

    fn average_nanoseconds(&self) -> i128 {
        let months = i128::from(self.months) * i128::from(SECONDS_PER_MONTH);
        let days = i128::from(self.days) * i128::from(SECONDS_PER_DAY);
        (months + days) * i128::from(NANOSECONDS_PER_SECOND) + self.nanoseconds_of_time()
    }

    /// A component by its property key: the whole in one unit (`years` … `nanoseconds`), or what is left of a larger
    /// unit (`quartersOfYear`, `monthsOfQuarter`, `monthsOfYear`, `daysOfWeek`, `minutesOfHour`, `secondsOfMinute`,
    /// `millisecondsOfSecond`, `microsecondsOfSecond`, `nanosecondsOfSecond`).
    #[must_use]
    pub fn component(&self, name: &str) -> Option<Value> {
        let whole = |scale: i128| i64::try_from(self.nanoseconds_of_time().div_euclid(scale)).ok();
        let number = match name {
            "years" => self.months / 12,
            "quarters" => self.months / 3,
            "months" => self.months,
            "weeks" => self.days / 7,
            "days" => self.days,
            "hours" => self.seconds / 3_600,
            "minutes" => self.seconds / 60,
            "seconds" => self.seconds,
            "milliseconds" => whole(1_000_000)?,
            "microseconds" => whole(1_000)?,
            "nanoseconds" => whole(1)?,
            "quartersOfYear" => self.months / 3 % 4,
            "monthsOfQuarter" => self.months % 3,
            "monthsOfYear" => self.months % 12,
            "daysOfWeek" => self.days % 7,
            "minutesOfHour" => self.seconds / 60 % 60,
            "secondsOfMinute" => self.seconds % 60,
            "millisecondsOfSecond" => self.nanoseconds / 1_000_000,
            "microsecondsOfSecond" => self.nanoseconds / 1_000,
            "nanosecondsOfSecond" => self.nanoseconds,
            _ => return None,
        };
        Some(Value::Integer(number))
    }
}

/// What a duration is made of, before fractions are carried: `{months: 5, days: 1.5}`, `P5M1.5D`.
#[derive(Clone, Copy, Debug)]
pub struct Amounts {
    months: Decimal,
    days: Decimal,
    seconds: Decimal,
}

impl Amounts {
    /// Nothing yet.
    pub const NONE: Self = Self {
        months: Decimal::ZERO,
        days: Decimal::ZERO,
        seconds: Decimal::ZERO,
    };

    /// The units that can be added, by the names that a map gives them.
    pub const UNITS: [&'static str; 11] = [
        "years",
        "quarters",
        "months",
        "weeks",
        "days",
        "hours",
        "minutes",
        "seconds",
        "milliseconds",
        "microseconds",
        "nanoseconds",
    ];

    /// Adds an amount of one of [`Self::UNITS`].
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when there is no such unit, [`ValueError::IntegerOverflow`] when there is
    /// too much of it.
    pub fn add(&mut self, unit: &str, amount: Decimal) -> Result<(), ValueError> {
        let (sum, amount) = match unit {
            "years" => (&mut self.months, amount.times(12)),
            "quarters" => (&mut self.months, amount.times(3)),
            "months" => (&mut self.months, Some(amount)),
            "weeks" => (&mut self.days, amount.times(7)),
            "days" => (&mut self.days, Some(amount)),
            "hours" => (&mut self.seconds, amount.times(3_600)),
            "minutes" => (&mut self.seconds, amount.times(60)),
            "seconds" => (&mut self.seconds, Some(amount)),
            "milliseconds" => (&mut self.seconds, Some(amount.divided_by(1_000))),
            "microseconds" => (&mut self.seconds, Some(amount.divided_by(1_000_000))),
            "nanoseconds" => (&mut self.seconds, Some(amount.divided_by(1_000_000_000))),
            _ => {
                let reason = format_args!("a duration's units are {}", Self::UNITS.join(", "));
                return Err(impossible("duration", unit, reason));
            }
        };
        *sum = amount
            .and_then(|amount| sum.plus(amount))
            .ok_or_else(|| overflow("duration"))?;
        Ok(())
    }

    /// The duration, fractions of months and days carried into days and seconds.
    ///
    /// # Errors
    ///
    /// [`ValueError::IntegerOverflow`] when a part does not fit 64 bits.
    pub fn total(self) -> Result<Duration, ValueError> {
        let total = carry(
            self.months.scaled(),
            self.days.scaled(),
            self.seconds.scaled(),
            0,
            Decimal::SCALE,
        );
        total.ok_or_else(|| overflow("duration"))
    }
}

/// The duration of four parts, each divided by a positive number; `None` when one is too large.
///
/// What is left of a month becomes days of an average month, what is left of a day becomes seconds; what is left of a
/// nanosecond is cut off.
fn carry(
    months: i128,
    days: i128,
    seconds: i128,
    nanoseconds: i128,
    denominator: i128,
) -> Option<Duration> {
    let second = i128::from(NANOSECONDS_PER_SECOND);
    let day = denominator.checked_mul(i128::from(NANOSECONDS_PER_DAY))?;
    let rest_of_months =
        (months % denominator).checked_mul(i128::from(SECONDS_PER_MONTH) * second)?;
    let rest_of_days = (days % denominator).checked_mul(i128::from(NANOSECONDS_PER_DAY))?;
    let mut rest = rest_of_months.checked_add(rest_of_days)?;
    let mut whole_days = days / denominator + rest / day;
    rest %= day;
    // Both are of one sign, as if the days had been summed before they were cut.
    if whole_days > 0 && rest < 0 {
        whole_days -= 1;
        rest += day;
    } else if whole_days < 0 && rest > 0 {
        whole_days += 1;
        rest -= day;
    }
    let rest_of_seconds = (seconds % denominator).checked_mul(second)?;
    let rest = rest
        .checked_add(rest_of_seconds)?
        .checked_add(nanoseconds)?
        / denominator;
    let time = (seconds / denominator)
        .checked_mul(second)?
        .checked_add(rest)?;
    let months = i64::try_from(months / denominator).ok()?;
    Duration::from_nanoseconds(months, i64::try_from(whole_days).ok()?, time).ok()
}

fn greatest_common_divisor(left: i128, right: i128) -> i128 {
    let (mut left, mut right) = (left.abs(), right.abs());
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

pub(super) fn overflow(operation: &str) -> ValueError {
    ValueError::IntegerOverflow {
        operation: operation.to_owned(),
    }
}
