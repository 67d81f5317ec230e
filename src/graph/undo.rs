//! The undo log: what it takes to bring the graph back to an earlier state of the same transaction.

use std::sync::Arc;

use petgraph::graph::{EdgeIndex, NodeIndex};

use super::Counters;
use super::constraint::Constraint;
use super::graph::Graph;
use super::index::Index;
use super::names::{KeyId, LabelId};
use super::parts::{drain, replace};
use super::schema::Entity;
use super::slot_runs::SlotRuns;
use crate::value::{NodeId, RelationshipId, Value};

/// A point in the undo log to which the graph can be taken back, until the changes after it are made final.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    position: usize,
    counters: Counters,
    /// The transaction in which the mark was made.
    commits: u64,
}

/// A change, with what was there before.
#[derive(Clone, Debug)]
pub(super) enum Change {
    NodeCreated(NodeId),
    NodeDeleted {
        node: NodeId,
        properties: Vec<(KeyId, Value)>,
    },
    RelationshipCreated(RelationshipId),
    RelationshipsCreated(SlotRuns),
    RelationshipDeleted {
        relationship: RelationshipId,
        properties: Vec<(KeyId, Value)>,
    },
    NodeProperty {
        node: NodeId,
        key: KeyId,
        old: Value,
    },
    RelationshipProperty {
        relationship: RelationshipId,
        key: KeyId,
        old: Value,
    },
    LabelAdded {
        node: NodeId,
        label: LabelId,
    },
    LabelRemoved {
        node: NodeId,
        label: LabelId,
    },
    IndexCreated(Arc<str>),
    IndexDropped(Arc<Index>),
    ConstraintCreated(Arc<str>),
    ConstraintDropped(Arc<Constraint>),
}

impl Graph {
    /// The present point of the undo log.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark {
            position: self.log.len(),
            counters: self.counters,
            commits: self.commits,
        }
    }

    /// What was changed since the mark, also across commits.
    #[must_use]
    pub fn counters_since(&self, mark: Mark) -> Counters {
        self.counters - mark.counters
    }

    /// The changes since the mark that are not final.
    pub(super) fn changes_since(&self, mark: Mark) -> &[Change] {
        let position = match mark.commits == self.commits {
            true => mark.position.min(self.log.len()),
            false => 0,
        };
        &self.log[position..]
    }

    /// Takes everything back to the mark; what was committed since stays. Ids given out since are never given again.
    ///
    /// # Complexity
    ///
    /// O(changes since the mark), in the sense of [`Graph`].
    pub fn undo_to(&mut self, mark: Mark) {
        let (position, counters) = if mark.commits == self.commits {
            (mark.position.min(self.log.len()), mark.counters)
        } else {
            (0, self.committed)
        };
        if position == self.log.len() {
            self.counters = counters;
            return;
        }
        let undone = self.log.split_off(position);
        let slots = self.slots_by_type(undone.iter().flat_map(Change::relationships));
        self.begin_packing(&slots);
        for change in undone.into_iter().rev() {
            self.revert(change);
        }
        self.finish_packing(&slots);
        self.counters = counters;
    }

    /// Makes all changes final and empties the undo log; slots of deleted entities may be given out again from now on.
    ///
    /// # Complexity
    ///
    /// O(changes), in the sense of [`Graph`].
    pub fn commit(&mut self) {
        let mut nodes = Vec::new();
        let mut relationships = Vec::new();
        for change in self.log.drain(..) {
            match change {
                Change::NodeDeleted { node, .. } => nodes.push(node.slot()),
                Change::RelationshipDeleted { relationship, .. } => {
                    relationships.push(relationship.slot());
                }
                _ => {}
            }
        }
        // petgraph finds the newest relationship of a node first, and gives the slot freed last out first.
        relationships.sort_unstable_by(|left, right| right.cmp(left));
        nodes.sort_unstable_by(|left, right| right.cmp(left));
        for slot in relationships {
            self.vacate_relationship(slot);
        }
        for slot in nodes {
            self.vacate_node(slot);
        }
        self.commits += 1;
        self.committed = self.counters;
    }

    fn revert(&mut self, change: Change) {
        match change {
            Change::NodeCreated(node) => self.uncreate_node(node.slot()),
            Change::NodeDeleted { node, properties } => self.undelete_node(node.slot(), properties),
            Change::RelationshipCreated(relationship) => self.uncreate_relationship(relationship),
            Change::RelationshipsCreated(relationships) => {
                for slot in relationships.iter().rev() {
                    self.uncreate_relationship(self.view.relationship_id(slot));
                }
            }
            Change::RelationshipDeleted {
                relationship,
                properties,
            } => {
                self.undelete_relationship(relationship, properties);
            }
            Change::NodeProperty { node, key, old } => {
                let slot = node.slot();
                self.reindexed(Entity::Node(slot), |graph| {
                    replace(&mut graph.view.node_columns, slot, key, old);
                });
            }
            Change::RelationshipProperty {
                relationship,
                key,
                old,
            } => {
                let slot = relationship.slot();
                self.reindexed(Entity::Relationship(slot), |graph| {
                    replace(&mut graph.view.relationship_columns, slot, key, old);
                });
            }
            Change::LabelAdded { node, label } => self.take_label(node.slot(), label),
            Change::LabelRemoved { node, label } => self.put_label(node.slot(), label),
            Change::IndexCreated(name) => {
                self.take_index(&name);
            }
            Change::IndexDropped(index) => self.put_index(index),
            Change::ConstraintCreated(name) => {
                self.take_constraint(&name);
            }
            Change::ConstraintDropped(constraint) => self.put_constraint(constraint),
        }
    }

    fn uncreate_node(&mut self, slot: u32) {
        self.reindexed(Entity::Node(slot), |graph| {
            drain(&mut graph.view.node_columns, slot);
            graph.take_labels(slot);
        });
        let lifetime = self.node_lifetime(slot).deleted();
        self.set_node_lifetime(slot, lifetime);
        self.vacate_node(slot);
        self.view.node_count -= 1;
    }

    fn undelete_node(&mut self, slot: u32, properties: Vec<(KeyId, Value)>) {
        let lifetime = self.node_lifetime(slot).revived();
        self.set_node_lifetime(slot, lifetime);
        for &LabelId(label) in &self.view.record[NodeIndex::from(slot)].labels {
            Arc::make_mut(&mut self.view.members[label as usize]).insert(slot);
        }
        for (key, value) in properties {
            replace(&mut self.view.node_columns, slot, key, value);
        }
        self.index(Entity::Node(slot));
        self.view.node_count += 1;
    }

    fn uncreate_relationship(&mut self, relationship: RelationshipId) {
        let slot = relationship.slot();
        self.unlink(relationship);
        self.reindexed(Entity::Relationship(slot), |graph| {
            drain(&mut graph.view.relationship_columns, slot);
            let lifetime = graph.relationship_lifetime(slot).deleted();
            graph.set_relationship_lifetime(slot, lifetime);
        });
        self.vacate_relationship(slot);
        self.view.relationship_count -= 1;
    }

    fn undelete_relationship(
        &mut self,
        relationship: RelationshipId,
        properties: Vec<(KeyId, Value)>,
    ) {
        let slot = relationship.slot();
        let lifetime = self.relationship_lifetime(slot).revived();
        self.set_relationship_lifetime(slot, lifetime);
        for (key, value) in properties {
            replace(&mut self.view.relationship_columns, slot, key, value);
        }
        self.index(Entity::Relationship(slot));
        self.link(relationship);
        self.view.relationship_count += 1;
    }

    /// Frees the slot of a node marked as deleted; one whose generations are used up stays marked for good.
    fn vacate_node(&mut self, slot: u32) {
        let index = NodeIndex::from(slot);
        let is_free_of_relationships = self
            .view
            .record
            .neighbors_undirected(index)
            .next()
            .is_none();
        if let Some(next) = self
            .node_lifetime(slot)
            .next()
            .filter(|_| is_free_of_relationships)
        {
            Arc::make_mut(&mut self.view.record).remove_node(index);
            self.free_nodes.insert(slot, next);
        }
    }

    /// Frees the slot of a relationship marked as deleted; one whose generations are used up stays marked for good.
    fn vacate_relationship(&mut self, slot: u32) {
        if let Some(next) = self.relationship_lifetime(slot).next() {
            Arc::make_mut(&mut self.view.record).remove_edge(EdgeIndex::from(slot));
            self.free_relationships.insert(slot, next);
        }
    }
}

impl Change {
    /// The slots of the relationships that the change made or deleted.
    pub(super) fn relationships(&self) -> impl Iterator<Item = u32> + '_ {
        let (one, many) = match self {
            Self::RelationshipCreated(relationship)
            | Self::RelationshipDeleted { relationship, .. } => (Some(relationship.slot()), None),
            Self::RelationshipsCreated(slots) => (None, Some(slots)),
            _ => (None, None),
        };
        one.into_iter()
            .chain(many.into_iter().flat_map(SlotRuns::iter))
    }
}
