//! The components that a map gives to a constructor or a truncation.

use super::kind::Kind;
use crate::value::temporal::{SubSecond, Zone};
use crate::value::{Map, Value, ValueError};

pub(super) const DATE_KEYS: &[&str] = &[
    "year",
    "quarter",
    "month",
    "week",
    "day",
    "dayOfWeek",
    "dayOfQuarter",
    "ordinalDay",
];
pub(super) const TIME_KEYS: &[&str] = &[
    "hour",
    "minute",
    "second",
    "millisecond",
    "microsecond",
    "nanosecond",
];

/// A map of components, checked to hold only keys that the function knows.
pub(super) struct Fields<'a> {
    operation: &'a str,
    map: &'a Map,
}

impl<'a> Fields<'a> {
    /// Takes the components of a kind of value, and besides them some further keys.
    pub(super) fn new(
        operation: &'a str,
        kind: Kind,
        further: &[&str],
        map: &'a Map,
    ) -> Result<Self, ValueError> {
        let dates = if kind.has_date() { DATE_KEYS } else { &[] };
        let times = if kind.has_time() { TIME_KEYS } else { &[] };
        let known = || dates.iter().chain(times).chain(further);
        match map
            .keys()
            .find(|key| !known().any(|known| *known == &***key))
        {
            None => Ok(Self { operation, map }),
            Some(key) => {
                let names: Vec<&str> = known().copied().collect();
                let reason = format!("its components are {}", names.join(", "));
                Err(ValueError::InvalidArgumentValue {
                    operation: operation.to_owned(),
                    found: key.to_string(),
                    reason,
                })
            }
        }
    }

    /// The function that took the map.
    pub(super) fn operation(&self) -> &str {
        self.operation
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.map.get(name)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.map.contains_key(name)
    }

    pub(super) fn integer(&self, name: &str) -> Result<Option<i64>, ValueError> {
        match self.map.get(name) {
            None => Ok(None),
            Some(Value::Integer(number)) => Ok(Some(*number)),
            Some(other) => Err(ValueError::invalid_type(
                &format!("{name} of {}", self.operation),
                "INTEGER",
                other,
            )),
        }
    }

    /// The time zone, when one is given.
    pub(super) fn zone(&self) -> Result<Option<Zone>, ValueError> {
        match self.map.get("timezone") {
            None => Ok(None),
            Some(Value::String(text)) => Zone::parse(text).map(Some),
            Some(other) => Err(ValueError::invalid_type(
                &format!("timezone of {}", self.operation),
                "STRING",
                other,
            )),
        }
    }

    pub(super) fn sub_second(&self) -> Result<SubSecond, ValueError> {
        Ok(SubSecond {
            millisecond: self.integer("millisecond")?,
            microsecond: self.integer("microsecond")?,
            nanosecond: self.integer("nanosecond")?,
        })
    }

    pub(super) fn fault(&self, found: &str, reason: &str) -> ValueError {
        ValueError::InvalidArgumentValue {
            operation: self.operation.to_owned(),
            found: found.to_owned(),
            reason: reason.to_owned(),
        }
    }

    /// Refuses a component whose next larger one is missing.
    pub(super) fn require(&self, name: &str, larger: &str) -> Result<(), ValueError> {
        if self.has(name) && !self.has(larger) {
            return Err(self.fault(
                &format!("{name} without {larger}"),
                "no component may be left out between others",
            ));
        }
        Ok(())
    }
}
