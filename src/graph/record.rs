//! What petgraph keeps of each node and relationship.

use std::num::NonZeroU32;

use petgraph::graph::NodeIndex;
use petgraph::stable_graph::StableDiGraph;
use smallvec::SmallVec;

use super::names::{LabelId, TypeId};
use crate::value::NodeId;

/// The graph of record. Its indices are the slots of nodes and relationships.
pub(super) type Record = StableDiGraph<NodeRecord, RelationshipRecord, u32>;

/// A node of the graph of record.
#[derive(Clone, Debug)]
pub(super) struct NodeRecord {
    pub(super) lifetime: Lifetime,
    /// Ascending, without repetition.
    pub(super) labels: SmallVec<[LabelId; 2]>,
}

/// A relationship of the graph of record.
#[derive(Clone, Copy, Debug)]
pub(super) struct RelationshipRecord {
    pub(super) lifetime: Lifetime,
    pub(super) relationship_type: TypeId,
}

/// The id of the node that now stands in a slot; `None` for a slot that is free.
#[inline]
pub(super) fn node_in(record: &Record, slot: u32) -> Option<NodeId> {
    let lifetime = record.node_weight(NodeIndex::from(slot))?.lifetime;
    lifetime
        .is_alive()
        .then(|| NodeId::from_parts(slot, lifetime.generation()))
}

/// Which of the successive occupants of its slot an entity is, and whether it is deleted.
///
/// A deleted entity keeps its slot until the deletion is final, so that undoing it is only a change of this word.
/// The low 31 bits hold the generation plus one (never zero, so that petgraph's vacant slots need no word of their
/// own), the high bit tells that the entity is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lifetime(NonZeroU32);

const DELETED: u32 = 1 << 31;

impl Lifetime {
    /// The first occupant of a slot.
    pub(super) const FIRST: Self = Self(NonZeroU32::MIN);

    /// The occupant of a generation below 2³¹ − 1.
    pub(super) fn of(generation: u32) -> Self {
        let plus_one = NonZeroU32::new(generation.min(DELETED - 2) + 1);
        Self(plus_one.expect("one more than a number is not zero"))
    }

    pub(super) fn generation(self) -> u32 {
        (self.0.get() & !DELETED) - 1
    }

    pub(super) fn is_alive(self) -> bool {
        self.0.get() & DELETED == 0
    }

    /// The lifetime of the slot's next occupant; `None` when the slot must never be given out again.
    pub(super) fn next(self) -> Option<Self> {
        let generation_plus_one = (self.0.get() & !DELETED) + 1;
        NonZeroU32::new(generation_plus_one)
            .filter(|_| generation_plus_one < DELETED)
            .map(Self)
    }

    pub(super) fn deleted(self) -> Self {
        Self(self.0 | DELETED)
    }

    pub(super) fn revived(self) -> Self {
        Self(
            NonZeroU32::new(self.0.get() & !DELETED)
                .expect("the generation plus one is never zero"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lifetime_survives_deletion_and_revival() {
        let second = Lifetime::FIRST.next().expect("a slot has many generations");
        assert_eq!((Lifetime::FIRST.generation(), second.generation()), (0, 1));
        assert!(second.is_alive() && !second.deleted().is_alive());
        assert_eq!(second.deleted().generation(), 1);
        assert_eq!(second.deleted().revived(), second);
        assert_eq!(second.deleted().next(), second.next());
    }

    #[test]
    fn the_last_generation_has_no_successor() {
        let last = Lifetime(NonZeroU32::new(DELETED - 1).expect("not zero"));
        assert_eq!(last.next(), None);
        assert_eq!(last.deleted().next(), None);
    }

    #[test]
    fn records_are_small() {
        assert_eq!(size_of::<Option<RelationshipRecord>>(), 8);
        assert_eq!(size_of::<Option<NodeRecord>>(), 32);
    }
}
