//! Truncation: a value cut down to a unit, then given smaller components.

use super::Now;
use super::build::{Base, ZoneChange, build};
use super::construct::construct;
use super::fields::Fields;
use super::kind::Kind;
use crate::value::temporal::Parts;
use crate::value::{Date, LocalTime, Map, Value, ValueError};

/// A unit to truncate to, from the largest to the smallest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Millennium,
    Century,
    Decade,
    Year,
    WeekYear,
    Quarter,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
    Microsecond,
}

impl Unit {
    const NAMES: [(&'static str, Self); 14] = [
        ("millennium", Self::Millennium),
        ("century", Self::Century),
        ("decade", Self::Decade),
        ("year", Self::Year),
        ("weekYear", Self::WeekYear),
        ("quarter", Self::Quarter),
        ("month", Self::Month),
        ("week", Self::Week),
        ("day", Self::Day),
        ("hour", Self::Hour),
        ("minute", Self::Minute),
        ("second", Self::Second),
        ("millisecond", Self::Millisecond),
        ("microsecond", Self::Microsecond),
    ];

    /// The units that a kind of value can be truncated to.
    fn suits(self, kind: Kind) -> bool {
        (kind.has_date() || self >= Self::Day) && (kind.has_time() || self <= Self::Day)
    }

    fn find(operation: &str, kind: Kind, value: &Value) -> Result<Self, ValueError> {
        let text = value
            .as_str()
            .ok_or_else(|| ValueError::invalid_type(operation, "STRING", value))?;
        let found = Self::NAMES
            .iter()
            .find(|(name, unit)| name.eq_ignore_ascii_case(text) && unit.suits(kind));
        found.map(|(_, unit)| *unit).ok_or_else(|| {
            let names = Self::NAMES
                .iter()
                .filter(|(_, unit)| unit.suits(kind))
                .map(|(name, _)| *name);
            ValueError::InvalidArgumentValue {
                operation: operation.to_owned(),
                found: format!("'{text}'"),
                reason: format!("its units are {}", names.collect::<Vec<_>>().join(", ")),
            }
        })
    }

    fn date(self, date: Date) -> Result<Date, ValueError> {
        let (year, month, _) = date.calendar();
        let years = |count: i64| Date::new(year.div_euclid(count) * count, 1, 1);
        match self {
            Self::Millennium => years(1_000),
            Self::Century => years(100),
            Self::Decade => years(10),
            Self::Year => years(1),
            Self::WeekYear => Date::from_week(date.week().0, 1, 1),
            Self::Quarter => Date::from_quarter(year, date.quarter(), 1),
            Self::Month => Date::new(year, month, 1),
            Self::Week => date.plus_days(1 - date.day_of_week()),
            _ => Ok(date),
        }
    }

    fn time(self, time: LocalTime) -> LocalTime {
        match self {
            Self::Hour => time.truncated(3_600_000_000_000),
            Self::Minute => time.truncated(60_000_000_000),
            Self::Second => time.truncated(1_000_000_000),
            Self::Millisecond => time.truncated(1_000_000),
            Self::Microsecond => time.truncated(1_000),
            _ => LocalTime::MIDNIGHT,
        }
    }
}

/// `date.truncate(unit, value, components)` and so on; the value is now and the components are none when left out.
pub(super) fn truncate(kind: Kind, now: Now, arguments: &[Value]) -> Result<Value, ValueError> {
    if arguments.iter().any(Value::is_null) {
        return Ok(Value::Null);
    }
    let operation = format!("{}.truncate", kind.name());
    let unit = Unit::find(&operation, kind, &arguments[0])?;
    let value = match arguments.get(1) {
        None => construct(kind, now, &[])?,
        Some(value @ (Value::String(_) | Value::Map(_))) => {
            construct(kind, now, std::slice::from_ref(value))?
        }
        Some(value) => value.clone(),
    };
    let empty = Map::new();
    let map = match arguments.get(2) {
        None => &empty,
        Some(Value::Map(map)) => &**map,
        Some(other) => return Err(ValueError::invalid_type(&operation, "MAP", other)),
    };
    let zone_key: &[&str] = if kind.has_zone() { &["timezone"] } else { &[] };
    let fields = Fields::new(&operation, kind, zone_key, map)?;
    if value.is_null() || map.values().any(Value::is_null) {
        return Ok(Value::Null);
    }
    let parts = kind.select(&operation, &value)?;
    let parts = Parts {
        date: parts.date.map(|date| unit.date(date)).transpose()?,
        time: Some(unit.time(parts.time.unwrap_or(LocalTime::MIDNIGHT))),
        ..parts
    };
    build(
        kind,
        now,
        &fields,
        &Base {
            parts,
            zone_change: ZoneChange::KeepLocal,
            unit: Some(unit),
        },
    )
}
