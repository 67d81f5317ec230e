//! The five kinds of temporal instants, so that constructors and truncation are written once.

use crate::value::temporal::Parts;
use crate::value::{Date, DateTime, LocalDateTime, LocalTime, Time, Value, ValueError};

/// What a constructor makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Date,
    LocalTime,
    Time,
    LocalDateTime,
    DateTime,
}

impl Kind {
    /// The constructor's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::LocalTime => "localtime",
            Self::Time => "time",
            Self::LocalDateTime => "localdatetime",
            Self::DateTime => "datetime",
        }
    }

    pub(super) fn has_date(self) -> bool {
        matches!(self, Self::Date | Self::LocalDateTime | Self::DateTime)
    }

    pub(super) fn has_time(self) -> bool {
        self != Self::Date
    }

    pub(super) fn has_zone(self) -> bool {
        matches!(self, Self::Time | Self::DateTime)
    }

    pub(super) fn parse(self, text: &str) -> Result<Value, ValueError> {
        match self {
            Self::Date => Date::parse(text).map(Value::from),
            Self::LocalTime => LocalTime::parse(text).map(Value::from),
            Self::Time => Time::parse(text).map(Value::from),
            Self::LocalDateTime => LocalDateTime::parse(text).map(Value::from),
            Self::DateTime => DateTime::parse(text).map(Value::from),
        }
    }

    /// The part of an instant that this kind keeps.
    pub(super) fn of(self, date_time: DateTime) -> Value {
        let local = date_time.local();
        match self {
            Self::Date => local.date().into(),
            Self::LocalTime => local.time().into(),
            Self::Time => date_time.time().into(),
            Self::LocalDateTime => local.into(),
            Self::DateTime => date_time.into(),
        }
    }

    /// The parts of a value from which this kind can be made.
    pub(super) fn select(self, operation: &str, value: &Value) -> Result<Parts, ValueError> {
        let expected = if self.has_date() {
            "DATE, LOCAL DATETIME or DATETIME"
        } else {
            "LOCAL TIME, TIME, LOCAL DATETIME or DATETIME"
        };
        Parts::of(value)
            .filter(|parts| {
                if self.has_date() {
                    parts.date.is_some()
                } else {
                    parts.time.is_some()
                }
            })
            .ok_or_else(|| ValueError::invalid_type(operation, expected, value))
    }
}
