//! Instants with an offset or a named zone.

use std::fmt;

use super::text::Scanner;
use super::{
    Duration, LocalDateTime, NANOSECONDS_PER_SECOND, NamedZone, Offset, Time, Value, ValueError,
    Zone, impossible, malformed,
};

/// An instant with the offset or the named zone in which it is told. Ordered by instant, then by offset and zone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DateTime {
    /// Whole seconds since 1970-01-01T00:00Z.
    second: i64,
    /// From 0 to 999,999,999.
    nanosecond: i64,
    /// What clocks there are ahead by, at that instant.
    offset: Offset,
    zone: Option<NamedZone>,
}

impl DateTime {
    /// The instant at which clocks in a zone show a date and time.
    ///
    /// Where a zone's clocks show it twice, the preferred offset decides when it is one of the two, else the earlier
    /// instant is taken. A time that clocks skip is moved on by the length of the gap.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when the year has no nine digits after moving on.
    pub fn new(
        local: LocalDateTime,
        zone: Zone,
        preferred: Option<Offset>,
    ) -> Result<Self, ValueError> {
        let local_second = local.epoch_second();
        let nanosecond = local.time().nanosecond();
        match zone {
            Zone::Offset(offset) => Ok(Self {
                second: local_second - offset.seconds(),
                nanosecond,
                offset,
                zone: None,
            }),
            Zone::Named(zone) => {
                let (second, offset) = zone.resolve(local_second, preferred);
                Self {
                    second,
                    nanosecond,
                    offset,
                    zone: Some(zone),
                }
                .checked()
            }
        }
    }

    /// The instant some seconds and nanoseconds after 1970-01-01T00:00Z, told in a zone.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when the year would have more than nine digits.
    pub fn from_epoch(seconds: i64, nanoseconds: i64, zone: Zone) -> Result<Self, ValueError> {
        let total =
            i128::from(seconds) * i128::from(NANOSECONDS_PER_SECOND) + i128::from(nanoseconds);
        Self::from_epoch_nanosecond(total, zone)
    }

    /// Reads ISO 8601 text: a date in any notation, `T`, a time in any notation, an offset, a zone in brackets.
    ///
    /// Without a zone it is UTC.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when the text is no datetime or the zone never has the offset then.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let mut scanner = Scanner::new(text);
        let notation = LocalDateTime::notation(&mut scanner)
            .zip(scanner.zone())
            .filter(|_| scanner.is_done());
        let reason = "a datetime is written like 2015-07-21T21:40:32.142+02:00[Europe/Stockholm]";
        let (local, (offset, name)) =
            notation.ok_or_else(|| malformed("datetime", text, reason))?;
        let zone = match name {
            Some(name) => Zone::Named(NamedZone::find(name)?),
            None => Zone::Offset(offset.unwrap_or(Offset::UTC)),
        };
        let date_time = Self::new(local?, zone, offset)?;
        match offset {
            Some(offset) if offset != date_time.offset => {
                let reason = format_args!("the offset there and then is {}", date_time.offset);
                Err(impossible("datetime", format_args!("'{text}'"), reason))
            }
            _ => Ok(date_time),
        }
    }

    /// The date and time that clocks there show.
    #[must_use]
    pub fn local(&self) -> LocalDateTime {
        let nanosecond =
            self.epoch_nanosecond() + i128::from(self.offset.seconds() * NANOSECONDS_PER_SECOND);
        LocalDateTime::from_epoch_nanosecond(nanosecond).expect("checked when it was built")
    }

    /// The time of day that clocks there show, with the offset.
    #[must_use]
    pub fn time(&self) -> Time {
        Time::new(self.local().time(), self.offset)
    }

    /// The offset at that instant.
    #[must_use]
    pub fn offset(&self) -> Offset {
        self.offset
    }

    /// The zone in which the instant is told.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.zone
            .clone()
            .map_or(Zone::Offset(self.offset), Zone::Named)
    }

    /// Whole seconds since 1970-01-01T00:00Z.
    #[must_use]
    pub fn epoch_second(&self) -> i64 {
        self.second
    }

    /// Nanoseconds since 1970-01-01T00:00Z.
    #[must_use]
    pub fn epoch_nanosecond(&self) -> i128 {
        i128::from(self.second) * i128::from(NANOSECONDS_PER_SECOND) + i128::from(self.nanosecond)
    }

    /// The same instant told in another zone.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when the year would have more than nine digits there.
    pub fn in_zone(&self, zone: Zone) -> Result<Self, ValueError> {
        Self::from_epoch(self.second, self.nanosecond, zone)
    }

    /// The datetime some months later on the local calendar.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when the result has no nine-digit year.
    pub fn plus_months(&self, months: i64) -> Result<Self, ValueError> {
        let local = self.local();
        self.at_local(LocalDateTime::new(
            local.date().plus_months(months)?,
            local.time(),
        ))
    }

    /// The datetime some days later on the local calendar.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when the result has no nine-digit year.
    pub fn plus_days(&self, days: i64) -> Result<Self, ValueError> {
        let local = self.local();
        self.at_local(LocalDateTime::new(
            local.date().plus_days(days)?,
            local.time(),
        ))
    }

    /// The datetime later by a duration: months and days on the local calendar, then its time as elapsed time.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when the result has no nine-digit year.
    pub fn add_duration(&self, duration: &Duration) -> Result<Self, ValueError> {
        let day = self
            .plus_months(duration.months())?
            .plus_days(duration.days())?;
        Self::from_epoch_nanosecond(
            day.epoch_nanosecond() + duration.nanoseconds_of_time(),
            day.zone(),
        )
    }

    /// The datetime earlier by a duration: months and days on the local calendar, then its time as elapsed time.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`], [`ValueError::IntegerOverflow`].
    pub fn subtract_duration(&self, duration: &Duration) -> Result<Self, ValueError> {
        self.add_duration(&duration.negated()?)
    }

    /// A component by its property key: those of [`LocalDateTime`] and `timezone`, `offset`,
    /// `offsetMinutes`, `offsetSeconds`, `epochSeconds`, `epochMillis`.
    #[must_use]
    pub fn component(&self, name: &str) -> Option<Value> {
        match name {
            "timezone" => Some(Value::from(self.zone().to_string())),
            "epochSeconds" => Some(Value::Integer(self.second)),
            "epochMillis" => i64::try_from(self.epoch_nanosecond().div_euclid(1_000_000))
                .ok()
                .map(Value::Integer),
            _ => self
                .offset
                .component(name)
                .or_else(|| self.local().component(name)),
        }
    }

    fn from_epoch_nanosecond(nanosecond: i128, zone: Zone) -> Result<Self, ValueError> {
        let utc = LocalDateTime::from_epoch_nanosecond(nanosecond)?;
        let second = utc.epoch_second();
        let offset = zone.offset_at(second);
        let zone = match zone {
            Zone::Offset(_) => None,
            Zone::Named(zone) => Some(zone),
        };
        Self {
            second,
            nanosecond: utc.time().nanosecond(),
            offset,
            zone,
        }
        .checked()
    }

    fn at_local(&self, local: LocalDateTime) -> Result<Self, ValueError> {
        Self::new(local, self.zone(), Some(self.offset))
    }

    /// Refuses an instant that is in range while its local date is not.
    fn checked(self) -> Result<Self, ValueError> {
        let nanosecond =
            self.epoch_nanosecond() + i128::from(self.offset.seconds() * NANOSECONDS_PER_SECOND);
        LocalDateTime::from_epoch_nanosecond(nanosecond).map(|_| self)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.local(), self.offset)?;
        match &self.zone {
            Some(zone) => write!(f, "[{}]", zone.name()),
            None => Ok(()),
        }
    }
}
