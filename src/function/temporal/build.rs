//! Makes a value from components, on the ground of another value where one is given.

use super::Now;
use super::fields::{DATE_KEYS, Fields, TIME_KEYS};
use super::kind::Kind;
use super::truncate::Unit;
use crate::value::temporal::{Offset, Parts, SubSecond, Zone};
use crate::value::{Date, DateTime, LocalDateTime, LocalTime, Time, Value, ValueError};

/// The value that the components build upon.
#[derive(Default)]
pub(super) struct Base {
    pub(super) parts: Parts,
    pub(super) zone_change: ZoneChange,
    /// The unit that the time was truncated to: finer components are added below it.
    pub(super) unit: Option<Unit>,
}

/// What another time zone does to a value that has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ZoneChange {
    /// The instant stays, clocks show another time.
    #[default]
    KeepInstant,
    /// Clocks show the same time, the instant changes.
    KeepLocal,
}

/// Makes a value of a kind from components and a base.
pub(super) fn build(
    kind: Kind,
    now: Now,
    fields: &Fields<'_>,
    base: &Base,
) -> Result<Value, ValueError> {
    let parts = &base.parts;
    let zone = fields.zone()?;
    let keeps_instant = base.zone_change == ZoneChange::KeepInstant;
    Ok(match kind {
        Kind::Date => date(fields, parts.date)?.into(),
        Kind::LocalTime => time(fields, base)?.into(),
        Kind::Time => {
            let time = time(fields, base)?;
            let offset = zone.map(|zone| zone.offset_at(now.0));
            match (parts.offset, offset) {
                (Some(old), Some(new)) if keeps_instant => {
                    Time::new(time, old).at_offset(new).into()
                }
                (old, new) => Time::new(time, new.or(old).unwrap_or(Offset::UTC)).into(),
            }
        }
        Kind::LocalDateTime => {
            LocalDateTime::new(date(fields, parts.date)?, time_or_midnight(fields, base)?).into()
        }
        Kind::DateTime => {
            let local =
                LocalDateTime::new(date(fields, parts.date)?, time_or_midnight(fields, base)?);
            match (parts.zone.clone(), zone) {
                (Some(old), Some(new)) if keeps_instant => DateTime::new(local, old, parts.offset)?
                    .in_zone(new)?
                    .into(),
                (old, new) => {
                    DateTime::new(local, new.or(old).unwrap_or(Zone::UTC), parts.offset)?.into()
                }
            }
        }
    })
}

/// The groups of components that name a day within a year; a day is named by one of them.
const DAY_GROUPS: [[&str; 2]; 4] = [
    ["month", "day"],
    ["week", "dayOfWeek"],
    ["quarter", "dayOfQuarter"],
    ["ordinalDay", "ordinalDay"],
];

fn date(fields: &Fields<'_>, base: Option<Date>) -> Result<Date, ValueError> {
    let group = day_group(fields)?;
    match base {
        Some(base) if DATE_KEYS.iter().any(|key| fields.has(key)) => date_upon(fields, group, base),
        Some(base) => Ok(base),
        None => new_date(fields, group),
    }
}

/// Which of [`DAY_GROUPS`] is given.
fn day_group(fields: &Fields<'_>) -> Result<&'static str, ValueError> {
    let mut given = DAY_GROUPS
        .iter()
        .filter(|names| names.iter().any(|name| fields.has(name)));
    let first = given.next().map_or("month", |names| names[0]);
    match given.next() {
        None => Ok(first),
        Some(second) => {
            let reason = "a day is named by month and day, week and dayOfWeek, quarter and dayOfQuarter, or ordinalDay";
            Err(fields.fault(&format!("{first} beside {}", second[0]), reason))
        }
    }
}

fn new_date(fields: &Fields<'_>, group: &str) -> Result<Date, ValueError> {
    let Some(year) = fields.integer("year")? else {
        return Err(fields.fault(
            "components without a year",
            "the year comes first, then what is smaller",
        ));
    };
    fields.require("day", "month")?;
    fields.require("dayOfWeek", "week")?;
    fields.require("dayOfQuarter", "quarter")?;
    let integer = |name: &str| Ok::<_, ValueError>(fields.integer(name)?.unwrap_or(1));
    match group {
        "week" => Date::from_week(year, integer("week")?, integer("dayOfWeek")?),
        "quarter" => Date::from_quarter(year, integer("quarter")?, integer("dayOfQuarter")?),
        "ordinalDay" => Date::from_ordinal(year, integer("ordinalDay")?),
        _ => Date::new(year, integer("month")?, integer("day")?),
    }
}

/// A date of which some components are replaced; what stays gives way where the result has no such day.
fn date_upon(fields: &Fields<'_>, group: &str, base: Date) -> Result<Date, ValueError> {
    let (base_year, base_month, base_day) = base.calendar();
    let integer =
        |name: &str, base: i64| Ok::<_, ValueError>(fields.integer(name)?.unwrap_or(base));
    match group {
        "week" => {
            let (week_year, week) = base.week();
            let year = integer("year", week_year)?;
            let day = integer("dayOfWeek", base.day_of_week())?;
            match fields.integer("week")? {
                Some(week) => Date::from_week(year, week, day),
                None => Date::from_week(year, week, day)
                    .or_else(|_| Date::from_week(year, week.min(52), day)),
            }
        }
        "quarter" => {
            let year = integer("year", base_year)?;
            let quarter = integer("quarter", base.quarter())?;
            if let Some(day) = fields.integer("dayOfQuarter")? {
                return Date::from_quarter(year, quarter, day);
            }
            let first = Date::from_quarter(year, quarter, 1)?;
            let (_, first_month, _) = first.calendar();
            Date::clamped(year, first_month + (base_month - 1) % 3, base_day)
        }
        "ordinalDay" => Date::from_ordinal(
            integer("year", base_year)?,
            integer("ordinalDay", base.ordinal_day())?,
        ),
        _ => {
            let (year, month) = (integer("year", base_year)?, integer("month", base_month)?);
            match fields.integer("day")? {
                Some(day) => Date::new(year, month, day),
                None => Date::clamped(year, month, base_day),
            }
        }
    }
}

/// Midnight when neither the components nor the base say anything about time.
fn time_or_midnight(fields: &Fields<'_>, base: &Base) -> Result<LocalTime, ValueError> {
    if base.parts.time.is_none() && !TIME_KEYS.iter().any(|key| fields.has(key)) {
        return Ok(LocalTime::MIDNIGHT);
    }
    time(fields, base)
}

fn time(fields: &Fields<'_>, base: &Base) -> Result<LocalTime, ValueError> {
    if base.parts.time.is_none() {
        require_larger_units(fields)?;
    }
    let known = base.parts.time.unwrap_or(LocalTime::MIDNIGHT);
    let (hour, minute, second, nanosecond) = known.components();
    let integer =
        |name: &str, base: i64| Ok::<_, ValueError>(fields.integer(name)?.unwrap_or(base));
    let sub_second = below(base.unit, nanosecond, fields.sub_second()?);
    LocalTime::new(
        integer("hour", hour)?,
        integer("minute", minute)?,
        integer("second", second)?,
        sub_second.total(fields.operation())?.unwrap_or(nanosecond),
    )
}

fn require_larger_units(fields: &Fields<'_>) -> Result<(), ValueError> {
    if !fields.has("hour") {
        let reason = "the hour comes first, then what is smaller";
        return Err(fields.fault("components without an hour", reason));
    }
    fields.require("second", "minute")?;
    ["millisecond", "microsecond", "nanosecond"]
        .iter()
        .try_for_each(|name| fields.require(name, "second"))
}

/// Lets components below the unit of a truncation refine what it left.
fn below(unit: Option<Unit>, nanosecond: i64, mut given: SubSecond) -> SubSecond {
    match unit {
        Some(Unit::Millisecond) => {
            given.millisecond.get_or_insert(nanosecond / 1_000_000);
        }
        Some(Unit::Microsecond) => {
            given.millisecond.get_or_insert(nanosecond / 1_000_000);
            given.microsecond.get_or_insert(nanosecond / 1_000 % 1_000);
        }
        _ => {}
    }
    given
}
