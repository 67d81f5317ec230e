//! Offsets from UTC and named time zones with their history.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::calendar::{self, DAYS_PER_CYCLE};
use super::{SECONDS_PER_DAY, Value, ValueError, malformed};

/// How far clocks are ahead of UTC, in seconds, up to 18 hours either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Offset(i32);

impl Offset {
    /// No offset, written `Z`.
    pub const UTC: Self = Self(0);

    const GREATEST: i64 = 18 * 3_600;

    /// An offset from seconds, when it is at most 18 hours.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Option<Self> {
        let seconds =
            Some(seconds).filter(|seconds| (-Self::GREATEST..=Self::GREATEST).contains(seconds))?;
        i32::try_from(seconds).ok().map(Self)
    }

    /// The seconds that clocks are ahead of UTC.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0 as i64
    }

    /// A component by its property key: `offset`, `offsetMinutes`, `offsetSeconds`.
    pub(super) fn component(self, name: &str) -> Option<Value> {
        match name {
            "offset" => Some(Value::from(self.to_string())),
            "offsetMinutes" => Some(Value::Integer(self.seconds() / 60)),
            "offsetSeconds" => Some(Value::Integer(self.seconds())),
            _ => None,
        }
    }
}

impl From<jiff::tz::Offset> for Offset {
    fn from(offset: jiff::tz::Offset) -> Self {
        Self(offset.seconds())
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("Z");
        }
        let sign = if self.0 < 0 { '-' } else { '+' };
        let seconds = self.0.abs();
        write!(f, "{sign}{:02}:{:02}", seconds / 3_600, seconds / 60 % 60)?;
        if seconds % 60 != 0 {
            write!(f, ":{:02}", seconds % 60)?;
        }
        Ok(())
    }
}

/// A zone of the tz database; equal and ordered by name.
#[derive(Clone, Debug)]
pub struct NamedZone(TimeZone);

impl NamedZone {
    /// The zone of a name such as `Europe/Stockholm`, whatever its case; blanks count as `_`.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when there is no such zone.
    pub fn find(name: &str) -> Result<Self, ValueError> {
        let zone = TimeZone::get(&name.replace(' ', "_"))
            .ok()
            .filter(|zone| zone.iana_name().is_some());
        let reason = "a time zone is an offset like +08:00 or a name like Asia/Shanghai";
        zone.map(Self)
            .ok_or_else(|| malformed("timezone", name, reason))
    }

    /// The name as the tz database writes it.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().expect("only zones with a name are kept")
    }

    /// The offset at an instant, given in seconds since 1970-01-01T00:00Z.
    #[must_use]
    pub fn offset_at(&self, epoch_second: i64) -> Offset {
        let day = epoch_second.div_euclid(SECONDS_PER_DAY);
        let known = known_day(day) * SECONDS_PER_DAY + epoch_second.rem_euclid(SECONDS_PER_DAY);
        let instant = Timestamp::from_second(known)
            .expect("a known day lies within the range of the tz database");
        self.0.to_offset(instant).into()
    }

    /// The instant (in seconds since 1970-01-01T00:00Z) and the offset of what local clocks show.
    ///
    /// Where clocks show a time twice, the preferred offset decides when it is one of the two, else the earlier
    /// instant is taken. A time that clocks skip is moved on by the length of the gap.
    pub(super) fn resolve(&self, local_second: i64, preferred: Option<Offset>) -> (i64, Offset) {
        let zone = self.0.to_ambiguous_timestamp(civil_time(local_second));
        let (subtracted, offset) = match zone.offset() {
            AmbiguousOffset::Unambiguous { offset } => (offset, offset),
            AmbiguousOffset::Gap { before, after } => (before, after),
            AmbiguousOffset::Fold { after, .. } if preferred == Some(after.into()) => {
                (after, after)
            }
            AmbiguousOffset::Fold { before, .. } => (before, before),
        };
        (
            local_second - Offset::from(subtracted).seconds(),
            offset.into(),
        )
    }
}

/// A day within the range of the tz database on which the same rules hold.
///
/// Rules repeat with the calendar once they no longer change, and nothing is known before their beginning.
fn known_day(day: i64) -> i64 {
    const FIRST: i64 = calendar::epoch_day(-9_998, 1, 1);
    const LAST: i64 = calendar::epoch_day(9_998, 1, 1);
    if day < FIRST {
        FIRST + (day - FIRST).rem_euclid(DAYS_PER_CYCLE)
    } else if day >= LAST {
        LAST - DAYS_PER_CYCLE + (day - LAST).rem_euclid(DAYS_PER_CYCLE)
    } else {
        day
    }
}

/// What clocks show, some seconds after 1970-01-01T00:00 on them, in a year that the tz database can be asked about.
#[expect(
    clippy::cast_possible_truncation,
    reason = "each component is in the range that its name says"
)]
fn civil_time(local_second: i64) -> civil::DateTime {
    let (year, month, day) = calendar::civil(known_day(local_second.div_euclid(SECONDS_PER_DAY)));
    let second = local_second.rem_euclid(SECONDS_PER_DAY);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    civil::DateTime::new(
        year as i16,
        month as i8,
        day as i8,
        hour as i8,
        minute as i8,
        second as i8,
        0,
    )
    .expect("a known day lies within the range of the tz database")
}

impl PartialEq for NamedZone {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for NamedZone {}

impl Hash for NamedZone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl PartialOrd for NamedZone {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for NamedZone {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name().cmp(other.name())
    }
}

/// Where a datetime's clocks stand: at a fixed offset, or in a zone with a history of offsets.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Zone {
    /// `+01:00`.
    Offset(Offset),
    /// `Europe/Stockholm`.
    Named(NamedZone),
}

impl Zone {
    /// UTC as an offset: the zone of values that name none.
    pub const UTC: Self = Self::Offset(Offset::UTC);

    /// Reads an offset (`+01:00`, `-0230`, `Z`) or the name of a zone.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when the text is neither.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        super::text::zone(text)
    }

    /// The offset at an instant, given in seconds since 1970-01-01T00:00Z.
    #[must_use]
    pub fn offset_at(&self, epoch_second: i64) -> Offset {
        match self {
            Self::Offset(offset) => *offset,
            Self::Named(zone) => zone.offset_at(epoch_second),
        }
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offset(offset) => offset.fmt(f),
            Self::Named(zone) => f.write_str(zone.name()),
        }
    }
}
