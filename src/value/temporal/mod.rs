//! The temporal values of openCypher.

use std::cmp::Ordering;

use super::{Value, ValueError};

/// A calendar date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(pub(crate) i64);
/// A time of day without a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalTime(pub(crate) u64);
/// A time of day with an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Time(pub(crate) u64, pub(crate) i32);
/// A date and time without a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalDateTime(pub(crate) i64, pub(crate) u32);
/// An instant with an offset or a named zone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DateTime(pub(crate) i64);
/// A span of months, days, seconds and nanoseconds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Duration(pub(crate) i64);

impl Duration {
    /// The order of `ORDER BY`.
    #[must_use]
    pub fn order(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

macro_rules! skeleton {
    ($($t:ident)*) => {$(
        #[expect(missing_docs, clippy::unused_self, reason = "skeleton")]
        impl $t {
            #[must_use]
            pub fn component(&self, _name: &str) -> Option<Value> {
                None
            }
        }
        impl std::fmt::Display for $t {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{self:?}")
            }
        }
    )*};
}
skeleton!(Date LocalTime Time LocalDateTime DateTime Duration);

macro_rules! operators {
    ($($name:ident)*) => {$(
        #[expect(missing_docs, reason = "skeleton")]
        #[must_use]
        pub fn $name(_left: &Value, _right: &Value) -> Option<Result<Value, ValueError>> {
            None
        }
    )*};
}
operators!(add subtract multiply divide);
