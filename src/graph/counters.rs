//! What writes have changed, counted as a statement's summary shows it.

use std::ops::Sub;

/// What has changed since a [`Mark`](super::Mark); also what a statement did, for its summary.
///
/// An entity that is created and deleted again counts in both fields. Properties that go with a deleted entity are
/// not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Nodes created.
    pub nodes_created: usize,
    /// Nodes deleted.
    pub nodes_deleted: usize,
    /// Relationships created.
    pub relationships_created: usize,
    /// Relationships deleted.
    pub relationships_deleted: usize,
    /// Properties set, those of new entities and removed ones included.
    pub properties_set: usize,
    /// Labels added to nodes, those of new nodes included.
    pub labels_added: usize,
    /// Labels removed from nodes.
    pub labels_removed: usize,
    /// Indexes made.
    pub indexes_added: usize,
    /// Indexes dropped.
    pub indexes_removed: usize,
    /// Constraints made, their indexes not counted.
    pub constraints_added: usize,
    /// Constraints dropped, their indexes not counted.
    pub constraints_removed: usize,
}

impl Counters {
    /// Whether nothing was changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Sub for Counters {
    type Output = Self;

    fn sub(self, earlier: Self) -> Self {
        Self {
            nodes_created: self.nodes_created - earlier.nodes_created,
            nodes_deleted: self.nodes_deleted - earlier.nodes_deleted,
            relationships_created: self.relationships_created - earlier.relationships_created,
            relationships_deleted: self.relationships_deleted - earlier.relationships_deleted,
            properties_set: self.properties_set - earlier.properties_set,
            labels_added: self.labels_added - earlier.labels_added,
            labels_removed: self.labels_removed - earlier.labels_removed,
            indexes_added: self.indexes_added - earlier.indexes_added,
            indexes_removed: self.indexes_removed - earlier.indexes_removed,
            constraints_added: self.constraints_added - earlier.constraints_added,
            constraints_removed: self.constraints_removed - earlier.constraints_removed,
        }
    }
}
