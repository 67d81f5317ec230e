//! Values as bytes: a tag, the length of what follows, and that.

use super::StoreError;
use super::bytes::{Reader, put_signed, put_unsigned, text};
use super::error::damaged;
use crate::value::temporal::{NamedZone, Offset, Zone};
use crate::value::{Date, DateTime, Duration, LocalDateTime, LocalTime, Time, Value, ValueError};

/// Appends a value. Those that no property can have are written as null.
pub(super) fn put(bytes: &mut Vec<u8>, value: &Value) {
    let mut payload = Vec::new();
    let out = &mut payload;
    let tag = match value {
        Value::Boolean(value) => {
            out.push(u8::from(*value));
            1
        }
        Value::Integer(value) => {
            put_signed(out, *value);
            2
        }
        Value::Float(value) => {
            out.extend(value.to_bits().to_le_bytes());
            3
        }
        Value::String(value) => {
            out.extend(value.as_bytes());
            4
        }
        Value::List(items) => {
            for item in items.iter() {
                put(out, item);
            }
            5
        }
        Value::Date(value) => {
            put_signed(out, value.epoch_day());
            6
        }
        Value::LocalTime(value) => {
            put_signed(out, value.nanosecond_of_day());
            7
        }
        Value::Time(value) => {
            put_signed(out, value.local().nanosecond_of_day());
            put_signed(out, value.offset().seconds());
            8
        }
        Value::LocalDateTime(value) => {
            put_signed(out, value.date().epoch_day());
            put_signed(out, value.time().nanosecond_of_day());
            9
        }
        Value::DateTime(value) => {
            put_date_time(out, value);
            10
        }
        Value::Duration(value) => {
            put_signed(out, value.months());
            put_signed(out, value.days());
            put_signed(out, value.seconds());
            put_signed(out, value.nanoseconds());
            11
        }
        Value::Null | Value::Map(_) | Value::Node(_) | Value::Relationship(_) | Value::Path(_) => 0,
    };
    bytes.push(tag);
    put_unsigned(bytes, payload.len() as u64);
    bytes.extend(payload);
}

fn put_date_time(bytes: &mut Vec<u8>, value: &DateTime) {
    put_signed(bytes, value.epoch_second());
    put_signed(bytes, value.time().local().nanosecond());
    match value.zone() {
        Zone::Offset(offset) => {
            bytes.push(0);
            put_signed(bytes, offset.seconds());
        }
        Zone::Named(zone) => {
            bytes.push(1);
            bytes.extend(zone.name().as_bytes());
        }
    }
}

/// How deep lists may lie in each other; a little more than a property may hold.
const DEEPEST: usize = 128;

/// Reads a value.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<Value, StoreError> {
    within(reader, DEEPEST)
}

/// Reads a value with lists that lie at most so deep in each other.
fn within(reader: &mut Reader<'_>, deepest: usize) -> Result<Value, StoreError> {
    let tag = reader.byte()?;
    let length = reader.length()?;
    let mut payload = Reader(reader.take(length)?);
    let from = &mut payload;
    let value = match tag {
        0 => Value::Null,
        1 => Value::Boolean(from.byte()? != 0),
        2 => Value::Integer(from.signed()?),
        3 => {
            let bytes = from.take(8)?.try_into().expect("eight bytes are taken");
            Value::Float(f64::from_bits(u64::from_le_bytes(bytes)))
        }
        4 => Value::String(text(from.take(length)?)?.into()),
        5 => {
            let deepest = deepest
                .checked_sub(1)
                .ok_or_else(|| damaged("lists lie too deep in each other"))?;
            let mut items = Vec::new();
            while !from.is_done() {
                items.push(within(from, deepest)?);
            }
            Value::list(items)
        }
        6 => date(from)?.into(),
        7 => local_time(from)?.into(),
        8 => Time::new(local_time(from)?, offset(from)?).into(),
        9 => LocalDateTime::new(date(from)?, local_time(from)?).into(),
        10 => date_time(from)?.into(),
        11 => {
            let mut part = || from.signed();
            let duration = Duration::new(part()?, part()?, part()?, part()?);
            duration.map_err(|error| impossible(&error))?.into()
        }
        _ => {
            let what = format!("a value of the unknown kind {tag}, perhaps of a newer tupu");
            return Err(damaged(what));
        }
    };
    if !payload.is_done() {
        return Err(damaged("a value is longer than it should be"));
    }
    Ok(value)
}

fn date(from: &mut Reader<'_>) -> Result<Date, StoreError> {
    Date::from_epoch_day(from.signed()?).map_err(|error| impossible(&error))
}

fn local_time(from: &mut Reader<'_>) -> Result<LocalTime, StoreError> {
    Ok(LocalTime::from_nanosecond_of_day(from.signed()?))
}

fn offset(from: &mut Reader<'_>) -> Result<Offset, StoreError> {
    Offset::from_seconds(from.signed()?).ok_or_else(|| damaged("an offset of over 18 hours"))
}

fn date_time(from: &mut Reader<'_>) -> Result<DateTime, StoreError> {
    let (seconds, nanoseconds) = (from.signed()?, from.signed()?);
    let zone = if from.byte()? == 0 {
        Zone::Offset(offset(from)?)
    } else {
        let name = text(from.take(from.0.len())?)?;
        Zone::Named(NamedZone::find(name).map_err(|error| impossible(&error))?)
    };
    DateTime::from_epoch(seconds, nanoseconds, zone).map_err(|error| impossible(&error))
}

fn impossible(error: &ValueError) -> StoreError {
    damaged(error.to_string())
}
