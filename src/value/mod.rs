//! Owns the values of openCypher and the ids of entities; the ground that every other floor stands on.
//!
//! Takes and gives plain data: no graph, no text positions. Equality (three-valued, `=`), equivalence (`DISTINCT`,
//! grouping) and ordering (`ORDER BY`) are three different relations here, as in the standard, each in its own file.

mod arithmetic;
mod comparison;
mod display;
mod equality;
mod equivalence;
mod error;
#[cfg(test)]
mod laws;
mod list;
mod logic;
mod number;
mod order;
mod size;
pub mod temporal;
#[cfg(test)]
pub(crate) mod testing;
mod text;
mod types;

use std::sync::Arc;

use indexmap::IndexMap;

pub use comparison::{Comparison, compare};
pub use equality::equals;
pub use equivalence::{Equivalent, equivalent, hash_equivalent};
pub use error::ValueError;
pub use number::{exact_integer, float_text, to_float};
pub use order::order;
pub use size::{Extent, Measure};
pub use temporal::{Date, DateTime, Duration, LocalDateTime, LocalTime, Time};
pub use text::Pattern;
pub use types::Type;

/// The id of a node: stable for its life and never given to another.
///
/// The low 32 bits name the place in memory (the slot), the high 32 bits how often that place was given out before,
/// so that an id finds its data without a search and a deleted node's id is never mistaken for its successor's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u64);

/// The id of a relationship; built like [`NodeId`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RelationshipId(pub u64);

macro_rules! slots {
    ($id:ident) => {
        impl $id {
            /// The id of the `generation`-th entity that stands in a slot, from 0.
            #[must_use]
            pub fn from_parts(slot: u32, generation: u32) -> Self {
                Self(u64::from(generation) << 32 | u64::from(slot))
            }

            /// The place in memory.
            #[must_use]
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the low half is what is asked for"
            )]
            pub fn slot(self) -> u32 {
                self.0 as u32
            }

            /// How often the slot was given out before.
            #[must_use]
            pub fn generation(self) -> u32 {
                (self.0 >> 32) as u32
            }
        }
    };
}
slots!(NodeId);
slots!(RelationshipId);

/// A map value: keys in the order in which they were written.
pub type Map = IndexMap<Arc<str>, Value>;

/// Any value that an openCypher expression can have.
///
/// Cloning is cheap: whatever is longer than a word is shared. `==` is Rust's own, by type and content; the standard's
/// relations are [`equals`], [`equivalent`] and [`order`].
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// `null`: missing or unknown.
    #[default]
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A signed 64-bit integer.
    Integer(i64),
    /// A 64-bit IEEE 754 number.
    Float(f64),
    /// Unicode text.
    String(Arc<str>),
    /// A list of values of any types.
    List(Arc<[Value]>),
    /// A map from strings to values.
    Map(Arc<Map>),
    /// A node, by id; its labels and properties are read from the graph.
    Node(NodeId),
    /// A relationship, by id.
    Relationship(RelationshipId),
    /// An alternating walk of nodes and relationships.
    Path(Arc<Path>),
    /// A calendar date.
    Date(Date),
    /// A time of day without a zone.
    LocalTime(LocalTime),
    /// A time of day with an offset from UTC.
    Time(Time),
    /// A date and time of day without a zone.
    LocalDateTime(LocalDateTime),
    /// An instant with an offset or a named zone.
    DateTime(Arc<DateTime>),
    /// A span of months, days, seconds and nanoseconds.
    Duration(Arc<Duration>),
}

/// A walk through the graph: `nodes.len() == relationships.len() + 1`.
///
/// A relationship's own start and end (in the graph) tell in which direction it was walked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    nodes: Vec<NodeId>,
    relationships: Vec<RelationshipId>,
}

impl Path {
    /// A path from its nodes and the relationships between them.
    ///
    /// # Panics
    ///
    /// When there is not exactly one node more than there are relationships.
    #[must_use]
    pub fn new(nodes: Vec<NodeId>, relationships: Vec<RelationshipId>) -> Self {
        assert_eq!(
            nodes.len(),
            relationships.len() + 1,
            "a path has one node more than relationships"
        );
        Self {
            nodes,
            relationships,
        }
    }

    /// The nodes, in the order walked.
    #[must_use]
    pub fn nodes(&self) -> &[NodeId] {
        &self.nodes
    }

    /// The relationships, in the order walked.
    #[must_use]
    pub fn relationships(&self) -> &[RelationshipId] {
        &self.relationships
    }
}

impl Value {
    /// A list from its items.
    #[must_use]
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(items.into())
    }

    /// Whether this is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The text of a string value.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number of an integer value.
    #[must_use]
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// The text of a scalar as `toString` gives it, strings without quotes; `None` for null and all that is composed.
    #[must_use]
    pub fn scalar_text(&self) -> Option<Arc<str>> {
        Some(match self {
            Self::String(text) => Arc::clone(text),
            Self::Boolean(value) => value.to_string().into(),
            Self::Integer(value) => value.to_string().into(),
            Self::Float(value) => float_text(*value).into(),
            Self::Date(value) => value.to_string().into(),
            Self::LocalTime(value) => value.to_string().into(),
            Self::Time(value) => value.to_string().into(),
            Self::LocalDateTime(value) => value.to_string().into(),
            Self::DateTime(value) => value.to_string().into(),
            Self::Duration(value) => value.to_string().into(),
            Self::Null
            | Self::List(_)
            | Self::Map(_)
            | Self::Node(_)
            | Self::Relationship(_)
            | Self::Path(_) => return None,
        })
    }

    /// The component of a temporal value, `2024` for the `year` of a date; `None` where the value has none of the name.
    #[must_use]
    pub fn component(&self, name: &str) -> Option<Self> {
        match self {
            Self::Date(value) => value.component(name),
            Self::LocalTime(value) => value.component(name),
            Self::Time(value) => value.component(name),
            Self::LocalDateTime(value) => value.component(name),
            Self::DateTime(value) => value.component(name),
            Self::Duration(value) => value.component(name),
            _ => None,
        }
    }

    /// The name of the value's type in the words of the standard: `INTEGER`, `LIST`, `LOCAL DATETIME` …
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Boolean(_) => "BOOLEAN",
            Self::Integer(_) => "INTEGER",
            Self::Float(_) => "FLOAT",
            Self::String(_) => "STRING",
            Self::List(_) => "LIST",
            Self::Map(_) => "MAP",
            Self::Node(_) => "NODE",
            Self::Relationship(_) => "RELATIONSHIP",
            Self::Path(_) => "PATH",
            Self::Date(_) => "DATE",
            Self::LocalTime(_) => "LOCAL TIME",
            Self::Time(_) => "TIME",
            Self::LocalDateTime(_) => "LOCAL DATETIME",
            Self::DateTime(_) => "DATETIME",
            Self::Duration(_) => "DURATION",
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::String(value.into())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::String(value.into())
    }
}

impl From<Arc<str>> for Value {
    fn from(value: Arc<str>) -> Self {
        Self::String(value)
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Self::List(items.into())
    }
}

impl FromIterator<Value> for Value {
    fn from_iter<I: IntoIterator<Item = Value>>(items: I) -> Self {
        Self::List(items.into_iter().collect())
    }
}

impl From<Path> for Value {
    fn from(path: Path) -> Self {
        Self::Path(Arc::new(path))
    }
}

impl From<NodeId> for Value {
    fn from(node: NodeId) -> Self {
        Self::Node(node)
    }
}

impl From<RelationshipId> for Value {
    fn from(relationship: RelationshipId) -> Self {
        Self::Relationship(relationship)
    }
}

impl From<Map> for Value {
    fn from(value: Map) -> Self {
        Self::Map(Arc::new(value))
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
