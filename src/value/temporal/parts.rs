//! Any temporal instant as the parts it has, for functions that take all of them alike.

use super::{Date, LocalTime, Offset, Value, Zone};

/// The date, the time of day and the zone of a value, as far as it has them.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// The date as clocks show it.
    pub date: Option<Date>,
    /// The time of day as clocks show it.
    pub time: Option<LocalTime>,
    /// The zone or offset of those clocks.
    pub zone: Option<Zone>,
    /// The offset at that very instant, where the zone alone leaves it open.
    pub offset: Option<Offset>,
}

impl Parts {
    /// The parts of a date, time or datetime; `None` for any other value.
    #[must_use]
    pub fn of(value: &Value) -> Option<Self> {
        let mut parts = Self::default();
        match value {
            Value::Date(date) => parts.date = Some(*date),
            Value::LocalTime(time) => parts.time = Some(*time),
            Value::Time(time) => {
                parts.time = Some(time.local());
                parts.zone = Some(Zone::Offset(time.offset()));
                parts.offset = Some(time.offset());
            }
            Value::LocalDateTime(local) => {
                parts.date = Some(local.date());
                parts.time = Some(local.time());
            }
            Value::DateTime(date_time) => {
                let local = date_time.local();
                parts.date = Some(local.date());
                parts.time = Some(local.time());
                parts.zone = Some(date_time.zone());
                parts.offset = Some(date_time.offset());
            }
            _ => return None,
        }
        Some(parts)
    }
}
