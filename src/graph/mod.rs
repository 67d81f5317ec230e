//! Owns the property graph: petgraph's stable graph is the record that every write goes through, and beside it stand
//! what reads need: contiguous adjacency by relationship type and direction, property columns, label members.
//!
//! [`Graph`] takes writes, undoes them and makes them final; [`View`] answers reads, and a clone of it is a snapshot.
//! A slot is a petgraph index; sets and arrays are indexed by it. An id is a slot and its generation.
//!
//! ```text
//! Graph ── View ─┬─ record      petgraph: slot → generation, labels; slot → generation, type, start, end
//!          │     ├─ members     label → set of node slots
//!          │     ├─ columns     key → pages of values by slot, strings as codes of a dictionary
//!          │     └─ adjacency   type, direction → node slot → run of (neighbour slot, relationship slot)
//!          └─ log: how to take each change back
//! ```

mod adjacency;
mod bulk;
mod column;
mod constraint;
mod counters;
mod csr;
mod dictionary;
mod durable;
mod error;
mod gather;
#[expect(
    clippy::module_inception,
    reason = "a file is named after its main item"
)]
mod graph;
mod index;
mod members;
mod names;
mod page;
mod parts;
pub mod projection;
mod record;
mod schema;
mod slot_runs;
mod statistics;
mod subgraph;
mod undo;
mod view;
mod watch;

#[cfg(test)]
mod tests;

pub use adjacency::Runs;
pub use bulk::{Bulk, NewRelationship};
pub use column::Column;
pub use constraint::{Constraint, Fault, Requirement, Violation};
pub use counters::Counters;
pub use dictionary::Dictionary;
pub use durable::{ChangedSlots, Slot};
pub use error::GraphError;
pub use gather::Gathered;
pub use graph::Graph;
pub use index::{Index, IndexDefinition, SchemaTarget, Visit};
pub use names::{KeyId, LabelId, TypeId};
pub use page::{PAGE_SLOTS, Page, PageValues};
pub use subgraph::{Node, Relationship, Subgraph};
pub use undo::Mark;
pub use view::View;
pub use watch::Watch;

/// From which end relationships are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From start to end.
    Outgoing,
    /// From end to start.
    Incoming,
}

impl Direction {
    /// The other direction.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Outgoing => Self::Incoming,
            Self::Incoming => Self::Outgoing,
        }
    }
}

/// The neighbours of one node by one type and direction: two contiguous runs of the same length, sorted by neighbour
/// slot, then relationship slot.
#[derive(Clone, Copy, Debug, Default)]
pub struct Neighbours<'a> {
    /// The slots of the nodes at the other end.
    pub nodes: &'a [u32],
    /// The slots of the relationships.
    pub relationships: &'a [u32],
}

/// A slot or a number of names as petgraph and the columns count them.
#[inline]
fn narrow(index: usize) -> u32 {
    u32::try_from(index).expect("slots and numbers of names have 32 bits")
}
