//! Counts that a planner reads; all are kept exactly under writes.

use super::names::{KeyId, LabelId, TypeId};
use super::{Direction, View};

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
}
