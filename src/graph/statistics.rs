//! Counts that a planner reads, all kept exactly under writes, and small samples of values.

use fixedbitset::FixedBitSet;

use super::names::{KeyId, LabelId, TypeId};
use super::{Column, Direction, View, narrow};
use crate::value::Value;

/// How many slots a sample looks into.
const SAMPLE: u32 = 256;

impl View {
    /// How many nodes bear the label.
    #[must_use]
    pub fn label_count(&self, label: LabelId) -> usize {
        self.members[label.0 as usize].count()
    }

    /// How many relationships have the type.
    #[must_use]
    pub fn type_count(&self, t: TypeId) -> usize {
        self.adjacency(t).count()
    }

    /// How many relationships of a type end where they start.
    #[must_use]
    pub fn loop_count(&self, t: TypeId) -> usize {
        self.adjacency(t).loops()
    }

    /// How many relationships of a type have a node of a label where the direction sets out: for
    /// [`Direction::Outgoing`], those that start at such a node.
    #[must_use]
    pub fn label_type_count(&self, label: LabelId, t: TypeId, direction: Direction) -> usize {
        self.adjacency(t).label_count(label, direction)
    }

    /// How many nodes have a property of the key.
    #[must_use]
    pub fn node_key_count(&self, key: KeyId) -> usize {
        self.node_column(key).map_or(0, super::Column::count)
    }

    /// How many relationships have a property of the key.
    #[must_use]
    pub fn relationship_key_count(&self, key: KeyId) -> usize {
        self.relationship_column(key)
            .map_or(0, super::Column::count)
    }

    /// The values of a key of some nodes, of those of a label where one is given, spread over all of them.
    ///
    /// # Complexity
    ///
    /// O(slots / 64) at most, with 256 values looked at.
    #[must_use]
    pub fn node_sample(&self, label: Option<LabelId>, key: KeyId) -> Vec<Value> {
        let Some(column) = self.node_column(key) else {
            return Vec::new();
        };
        match label {
            None => spread(0..self.node_slots(), column, Some),
            Some(label) => {
                let members = self.label_members(label);
                let first = members.minimum().map_or(0, narrow);
                let end = members.maximum().map_or(0, |last| narrow(last) + 1);
                spread(first..end, column, |slot| next_member(members, slot))
            }
        }
    }

    /// The values of a key of some relationships, spread over all of them.
    #[must_use]
    pub fn relationship_sample(&self, key: KeyId) -> Vec<Value> {
        match self.relationship_column(key) {
            Some(column) => spread(0..self.relationship_slots(), column, Some),
            None => Vec::new(),
        }
    }
}

/// The values at some slots of a range, or at those that are looked at in their place: one somewhere in each of equal
/// stretches, so that no period in the values is met again and again.
fn spread(
    slots: std::ops::Range<u32>,
    column: &Column,
    found_at: impl Fn(u32) -> Option<u32>,
) -> Vec<Value> {
    let length = slots.len();
    let looked_at = length.min(SAMPLE as usize);
    let mut found: Vec<u32> = (0..looked_at)
        .map(|number| {
            let (from, to) = (
                number * length / looked_at,
                (number + 1) * length / looked_at,
            );
            // Weyl's sequence of the golden ratio.
            let somewhere = number.wrapping_mul(0x9e37_79b9) % (1 << 16);
            slots.start + narrow(from + (to - from) * somewhere / (1 << 16))
        })
        .filter_map(found_at)
        .collect();
    found.dedup();
    let values = found.into_iter().map(|slot| column.get(slot));
    values.filter(|value| !value.is_null()).collect()
}

/// The first member from a slot on.
fn next_member(members: &FixedBitSet, from: u32) -> Option<u32> {
    const BITS: u32 = usize::BITS;
    let words = members.as_slice();
    let first = (from / BITS) as usize;
    let kept = words.get(first)? & (usize::MAX << (from % BITS));
    let rest = words[first + 1..].iter().copied();
    let mut numbered = std::iter::once(kept).chain(rest).zip(first..);
    let (word, at) = numbered.find(|(word, _)| *word != 0)?;
    Some(narrow(at) * BITS + word.trailing_zeros())
}
