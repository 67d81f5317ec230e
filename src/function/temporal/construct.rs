//! The constructors: from nothing (the clock), text, components, or another value.

use super::Now;
use super::build::{Base, ZoneChange, build};
use super::fields::Fields;
use super::kind::Kind;
use crate::value::temporal::{Parts, Zone};
use crate::value::{DateTime, Map, Value, ValueError};

/// `date(…)`, `datetime(…)` and so on.
pub(super) fn construct(kind: Kind, now: Now, arguments: &[Value]) -> Result<Value, ValueError> {
    match arguments.first() {
        None => at(kind, now, Zone::UTC),
        Some(Value::Null) => Ok(Value::Null),
        Some(Value::String(text)) => kind.parse(text),
        Some(Value::Map(map)) => from_components(kind, now, map),
        Some(value) => convert(kind, now, value),
    }
}

/// `date.statement(…)` and so on: the clock, in a time zone when one is given.
pub(super) fn current(kind: Kind, now: Now, arguments: &[Value]) -> Result<Value, ValueError> {
    match arguments.first() {
        None => at(kind, now, Zone::UTC),
        Some(Value::Null) => Ok(Value::Null),
        Some(Value::String(text)) => at(kind, now, Zone::parse(text)?),
        Some(Value::Map(map)) if map.len() == 1 && map.contains_key("timezone") => {
            from_components(kind, now, map)
        }
        Some(other) => Err(ValueError::invalid_type(kind.name(), "a time zone", other)),
    }
}

/// `datetime.fromepoch(seconds, nanoseconds)`.
pub(super) fn from_epoch(arguments: &[Value]) -> Result<Value, ValueError> {
    let mut numbers = [0, 0];
    for (number, argument) in numbers.iter_mut().zip(arguments) {
        match argument {
            Value::Null => return Ok(Value::Null),
            other => *number = integer("datetime.fromepoch", other)?,
        }
    }
    DateTime::from_epoch(numbers[0], numbers[1], Zone::UTC).map(Value::from)
}

/// `datetime.fromepochmillis(milliseconds)`.
pub(super) fn from_epoch_milliseconds(arguments: &[Value]) -> Result<Value, ValueError> {
    if arguments[0].is_null() {
        return Ok(Value::Null);
    }
    let milliseconds = integer("datetime.fromepochmillis", &arguments[0])?;
    since_epoch(milliseconds, 0, Zone::UTC)
}

fn integer(operation: &str, value: &Value) -> Result<i64, ValueError> {
    value
        .as_integer()
        .ok_or_else(|| ValueError::invalid_type(operation, "INTEGER", value))
}

fn since_epoch(milliseconds: i64, nanoseconds: i64, zone: Zone) -> Result<Value, ValueError> {
    let nanoseconds = milliseconds.rem_euclid(1_000) * 1_000_000 + nanoseconds;
    DateTime::from_epoch(milliseconds.div_euclid(1_000), nanoseconds, zone).map(Value::from)
}

/// What clocks in a zone show at the statement's instant.
fn at(kind: Kind, now: Now, zone: Zone) -> Result<Value, ValueError> {
    DateTime::from_epoch(now.0, now.1.into(), zone).map(|date_time| kind.of(date_time))
}

/// Another value without what this kind lacks, and with midnight and UTC for what that value lacks.
pub(super) fn convert(kind: Kind, now: Now, value: &Value) -> Result<Value, ValueError> {
    let base = Base {
        parts: kind.select(kind.name(), value)?,
        ..Base::default()
    };
    let map = Map::new();
    build(
        kind,
        now,
        &Fields::new(kind.name(), kind, &[], &map)?,
        &base,
    )
}

fn from_components(kind: Kind, now: Now, map: &Map) -> Result<Value, ValueError> {
    let fields = Fields::new(kind.name(), kind, further_keys(kind), map)?;
    if map.values().any(Value::is_null) {
        return Ok(Value::Null);
    }
    if map.is_empty() {
        return Err(fields.fault("an empty map", "at least one component is needed"));
    }
    match fields.zone()? {
        Some(zone) if map.len() == 1 => return at(kind, now, zone),
        Some(_) if !kind.has_zone() => {
            return Err(fields.fault("timezone", "the value would have none"));
        }
        _ => {}
    }
    if fields.has("epochSeconds") || fields.has("epochMillis") {
        return from_epoch_components(&fields, map);
    }
    build(kind, now, &fields, &base(kind, &fields)?)
}

/// The keys of a constructor's map besides the components themselves.
fn further_keys(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Date => &["date", "datetime", "timezone"],
        Kind::LocalTime | Kind::Time => &["time", "datetime", "timezone"],
        Kind::LocalDateTime => &["date", "time", "datetime", "timezone"],
        Kind::DateTime => &[
            "date",
            "time",
            "datetime",
            "timezone",
            "epochSeconds",
            "epochMillis",
        ],
    }
}

/// The value that `date`, `time` and `datetime` give to build upon.
fn base(kind: Kind, fields: &Fields<'_>) -> Result<Base, ValueError> {
    let select = |name: &str, kind: Kind| {
        let operation = format!("{name} of {}", fields.operation());
        fields
            .get(name)
            .map(|value| kind.select(&operation, value))
            .transpose()
    };
    let mut parts = Parts::default();
    if let Some(selected) = select("datetime", kind)? {
        if fields.has("date") || fields.has("time") {
            return Err(fields.fault("datetime beside date or time", "it stands for both"));
        }
        parts = selected;
    }
    if let Some(selected) = select("date", Kind::Date)? {
        parts.date = selected.date;
    }
    if let Some(selected) = select("time", Kind::LocalTime)? {
        parts = Parts {
            date: parts.date,
            ..selected
        };
    }
    Ok(Base {
        parts,
        zone_change: ZoneChange::KeepInstant,
        unit: None,
    })
}

/// `datetime({epochSeconds: …, nanosecond: …})`, `datetime({epochMillis: …})`.
fn from_epoch_components(fields: &Fields<'_>, map: &Map) -> Result<Value, ValueError> {
    let allowed = [
        "epochSeconds",
        "epochMillis",
        "millisecond",
        "microsecond",
        "nanosecond",
        "timezone",
    ];
    if let Some(other) = map.keys().find(|key| !allowed.contains(&&***key)) {
        return Err(fields.fault(
            other,
            "beside seconds since 1970 stand only fractions of a second and timezone",
        ));
    }
    let zone = fields.zone()?.unwrap_or(Zone::UTC);
    let mut sub_second = fields.sub_second()?;
    match (
        fields.integer("epochSeconds")?,
        fields.integer("epochMillis")?,
    ) {
        (Some(seconds), None) => {
            let nanoseconds = sub_second.total(fields.operation())?.unwrap_or(0);
            DateTime::from_epoch(seconds, nanoseconds, zone).map(Value::from)
        }
        (None, Some(milliseconds)) if sub_second.millisecond.is_none() => {
            sub_second.millisecond = Some(0);
            since_epoch(
                milliseconds,
                sub_second.total(fields.operation())?.unwrap_or(0),
                zone,
            )
        }
        _ => Err(fields.fault("epochMillis", "epochSeconds and millisecond say the same")),
    }
}
