//! Sets of value types, for checks before a query runs.

use std::fmt;
use std::ops::BitOr;

use super::Value;

/// A set of types that a value may have. `null` belongs to every type and is never counted.
///
/// # Examples
///
/// ```
/// use tupu::value::Type;
///
/// let number = Type::INTEGER | Type::FLOAT;
/// assert!(number.overlaps(Type::FLOAT));
/// assert!(!number.overlaps(Type::STRING));
/// assert_eq!(number.to_string(), "INTEGER or FLOAT");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Type(u32);

impl Type {
    /// No type: only `null` is left.
    pub const NULL: Self = Self(0);
    /// `true` and `false`.
    pub const BOOLEAN: Self = Self(1);
    /// 64-bit integers.
    pub const INTEGER: Self = Self(1 << 1);
    /// 64-bit floats.
    pub const FLOAT: Self = Self(1 << 2);
    /// Integers and floats.
    pub const NUMBER: Self = Self(1 << 1 | 1 << 2);
    /// Text.
    pub const STRING: Self = Self(1 << 3);
    /// Lists.
    pub const LIST: Self = Self(1 << 4);
    /// Maps.
    pub const MAP: Self = Self(1 << 5);
    /// Nodes.
    pub const NODE: Self = Self(1 << 6);
    /// Relationships.
    pub const RELATIONSHIP: Self = Self(1 << 7);
    /// Paths.
    pub const PATH: Self = Self(1 << 8);
    /// Dates.
    pub const DATE: Self = Self(1 << 9);
    /// Times without a zone.
    pub const LOCAL_TIME: Self = Self(1 << 10);
    /// Times with an offset.
    pub const TIME: Self = Self(1 << 11);
    /// Dates with a time, without a zone.
    pub const LOCAL_DATETIME: Self = Self(1 << 12);
    /// Instants with a zone.
    pub const DATETIME: Self = Self(1 << 13);
    /// Durations.
    pub const DURATION: Self = Self(1 << 14);
    /// Everything.
    pub const ANY: Self = Self((1 << 15) - 1);

    const NAMES: [(Self, &'static str); 15] = [
        (Self::BOOLEAN, "BOOLEAN"),
        (Self::INTEGER, "INTEGER"),
        (Self::FLOAT, "FLOAT"),
        (Self::STRING, "STRING"),
        (Self::LIST, "LIST"),
        (Self::MAP, "MAP"),
        (Self::NODE, "NODE"),
        (Self::RELATIONSHIP, "RELATIONSHIP"),
        (Self::PATH, "PATH"),
        (Self::DATE, "DATE"),
        (Self::LOCAL_TIME, "LOCAL TIME"),
        (Self::TIME, "TIME"),
        (Self::LOCAL_DATETIME, "LOCAL DATETIME"),
        (Self::DATETIME, "DATETIME"),
        (Self::DURATION, "DURATION"),
    ];

    /// The type of a value.
    #[must_use]
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Boolean(_) => Self::BOOLEAN,
            Value::Integer(_) => Self::INTEGER,
            Value::Float(_) => Self::FLOAT,
            Value::String(_) => Self::STRING,
            Value::List(_) => Self::LIST,
            Value::Map(_) => Self::MAP,
            Value::Node(_) => Self::NODE,
            Value::Relationship(_) => Self::RELATIONSHIP,
            Value::Path(_) => Self::PATH,
            Value::Date(_) => Self::DATE,
            Value::LocalTime(_) => Self::LOCAL_TIME,
            Value::Time(_) => Self::TIME,
            Value::LocalDateTime(_) => Self::LOCAL_DATETIME,
            Value::DateTime(_) => Self::DATETIME,
            Value::Duration(_) => Self::DURATION,
        }
    }

    /// The type of a name in the words of the standard, `NUMBER`, `ANY` and `LIST OF …` included.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "ANY" => Some(Self::ANY),
            "NUMBER" => Some(Self::NUMBER),
            _ if name.starts_with("LIST") => Some(Self::LIST),
            _ => Self::NAMES
                .iter()
                .find(|(_, known)| *known == name)
                .map(|(of, _)| *of),
        }
    }

    /// The types that both hold.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The types that either holds.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The types that the other does not hold.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether a value of `self` can be one of `other`: they share a type, or only `null` is left of one.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0 || self.0 == 0 || other.0 == 0
    }
}

impl BitOr for Type {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.union(other)
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::ANY {
            return f.write_str("ANY");
        }
        let names: Vec<_> = Self::NAMES
            .iter()
            .filter(|(t, _)| self.0 & t.0 != 0)
            .map(|(_, name)| *name)
            .collect();
        match names.as_slice() {
            [] => f.write_str("NULL"),
            [name] => f.write_str(name),
            [first @ .., last] => write!(f, "{} or {last}", first.join(", ")),
        }
    }
}
