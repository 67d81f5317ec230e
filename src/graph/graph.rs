//! Writing the graph.

use std::sync::Arc;

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use super::names::{KeyId, LabelId, TypeId};
use super::parts::{drain, fill, replace};
use super::record::Lifetime;
use super::schema::Entity;
use super::undo::Change;
use super::{Counters, Direction, GraphError, View};
use crate::value::{NodeId, RelationshipId, Value};

/// The graph for writing; [`Graph::view`] is the graph for reading.
///
/// Every change goes to an undo log. A deleted entity keeps its slot until [`Graph::commit`], so that within a
/// transaction its id can't be mistaken for another's; afterwards the slot may be given out again, with the next
/// generation, so that no id ever returns. Values must be storable as properties; who calls checks that.
///
/// Ids of labels, types and keys must come from this graph; the methods panic at numbers that it never gave out.
///
/// # Complexity
///
/// A change costs what it changes, over time: a relationship also the runs of its two nodes, of which there is one
/// contiguous copy to keep sorted. Making the deletion of a relationship final costs petgraph a walk through those of
/// its two nodes' relationships that are newer. While clones of the view exist, the first change to a part copies it.
#[derive(Debug, Default)]
pub struct Graph {
    pub(super) view: View,
    /// Slots that petgraph has free, with the lifetime of their next occupant.
    pub(super) free_nodes: FxHashMap<u32, Lifetime>,
    /// The same for relationships.
    pub(super) free_relationships: FxHashMap<u32, Lifetime>,
    pub(super) log: Vec<Change>,
    /// All changes that were made and not undone since the graph came into being.
    pub(super) counters: Counters,
    /// The counters when changes were last made final.
    pub(super) committed: Counters,
    /// How often changes were made final.
    pub(super) commits: u64,
    /// The types whose adjacency is to be packed anew before the running method returns, and lags behind until then.
    pub(super) lagging: FixedBitSet,
}

/// Names and reading.
impl Graph {
    /// An empty graph.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The graph for reading; clone it for a snapshot.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.view
    }

    /// The label's number, a new one if the name is new.
    pub fn intern_label(&mut self, name: &str) -> LabelId {
        self.view.label(name).unwrap_or_else(|| {
            self.view.members.push(Arc::default());
            LabelId(Arc::make_mut(&mut self.view.names).labels.add(name))
        })
    }

    /// The relationship type's number, a new one if the name is new.
    pub fn intern_type(&mut self, name: &str) -> TypeId {
        self.view.relationship_type(name).unwrap_or_else(|| {
            self.view.adjacency.push(Arc::default());
            TypeId(Arc::make_mut(&mut self.view.names).types.add(name))
        })
    }

    /// The property key's number, a new one if the name is new.
    pub fn intern_key(&mut self, name: &str) -> KeyId {
        self.view.key(name).unwrap_or_else(|| {
            self.view.node_columns.push(Arc::default());
            self.view.relationship_columns.push(Arc::default());
            KeyId(Arc::make_mut(&mut self.view.names).keys.add(name))
        })
    }

    /// The relationships at a node, self-loops once.
    #[must_use]
    pub fn incident(&self, node: NodeId) -> Vec<RelationshipId> {
        self.view.incident(node)
    }

    /// Makes room for entities to come, where their number is known before.
    pub fn reserve(&mut self, nodes: usize, relationships: usize) {
        let record = Arc::make_mut(&mut self.view.record);
        record.reserve_nodes(nodes);
        record.reserve_edges(relationships);
    }
}

/// Changes, one at a time.
impl Graph {
    /// Creates a node. A label given twice counts once; of a key given twice the last value stays; null properties are
    /// left out.
    ///
    /// # Errors
    ///
    /// [`GraphError::Full`] when all slots are taken.
    ///
    /// # Panics
    ///
    /// When a label or key does not come from this graph.
    pub fn create_node(
        &mut self,
        labels: &[LabelId],
        properties: &[(KeyId, Value)],
    ) -> Result<NodeId, GraphError> {
        let mut slot = 0;
        self.record_nodes(labels, 1, |own| slot = own)?;
        self.counters.properties_set += fill(&mut self.view.node_columns, slot, properties);
        self.index(Entity::Node(slot));
        let node = self.view.node_id(slot);
        self.log.push(Change::NodeCreated(node));
        Ok(node)
    }

    /// Creates a relationship. Of a key given twice the last value stays; null properties are left out.
    ///
    /// # Errors
    ///
    /// [`GraphError::NodeNotFound`] when an end is gone, [`GraphError::Full`] when all slots are taken.
    pub fn create_relationship(
        &mut self,
        start: NodeId,
        t: TypeId,
        end: NodeId,
        properties: &[(KeyId, Value)],
    ) -> Result<RelationshipId, GraphError> {
        let relationship = self.record_relationship(start, t, end, properties)?;
        self.link(relationship);
        self.log.push(Change::RelationshipCreated(relationship));
        Ok(relationship)
    }

    /// Sets a node's property; null removes it.
    ///
    /// # Errors
    ///
    /// [`GraphError::NodeNotFound`] when the node is gone.
    pub fn set_node_property(
        &mut self,
        node: NodeId,
        key: KeyId,
        value: Value,
    ) -> Result<(), GraphError> {
        self.check_node(node)?;
        let is_removal = value.is_null();
        let slot = node.slot();
        let old = self.reindexed(Entity::Node(slot), |graph| {
            replace(&mut graph.view.node_columns, slot, key, value)
        });
        if !(is_removal && old.is_null()) {
            self.counters.properties_set += 1;
            self.log.push(Change::NodeProperty { node, key, old });
        }
        Ok(())
    }

    /// Sets a relationship's property; null removes it.
    ///
    /// # Errors
    ///
    /// [`GraphError::RelationshipNotFound`] when the relationship is gone.
    pub fn set_relationship_property(
        &mut self,
        relationship: RelationshipId,
        key: KeyId,
        value: Value,
    ) -> Result<(), GraphError> {
        self.check_relationship(relationship)?;
        let is_removal = value.is_null();
        let slot = relationship.slot();
        let old = self.reindexed(Entity::Relationship(slot), |graph| {
            replace(&mut graph.view.relationship_columns, slot, key, value)
        });
        if !(is_removal && old.is_null()) {
            self.counters.properties_set += 1;
            self.log.push(Change::RelationshipProperty {
                relationship,
                key,
                old,
            });
        }
        Ok(())
    }

    /// Adds a label to a node; tells whether the node did not bear it before.
    ///
    /// # Errors
    ///
    /// [`GraphError::NodeNotFound`] when the node is gone.
    pub fn add_label(&mut self, node: NodeId, label: LabelId) -> Result<bool, GraphError> {
        self.check_node(node)?;
        let is_new = !self.view.has_label(node, label);
        if is_new {
            self.put_label(node.slot(), label);
            self.counters.labels_added += 1;
            self.log.push(Change::LabelAdded { node, label });
        }
        Ok(is_new)
    }

    /// Removes a label from a node; tells whether the node bore it.
    ///
    /// # Errors
    ///
    /// [`GraphError::NodeNotFound`] when the node is gone.
    pub fn remove_label(&mut self, node: NodeId, label: LabelId) -> Result<bool, GraphError> {
        self.check_node(node)?;
        let is_there = self.view.has_label(node, label);
        if is_there {
            self.take_label(node.slot(), label);
            self.counters.labels_removed += 1;
            self.log.push(Change::LabelRemoved { node, label });
        }
        Ok(is_there)
    }

    /// Deletes a relationship.
    ///
    /// # Errors
    ///
    /// [`GraphError::RelationshipNotFound`] when the relationship is gone.
    pub fn delete_relationship(&mut self, relationship: RelationshipId) -> Result<(), GraphError> {
        self.check_relationship(relationship)?;
        self.delete_found_relationship(relationship);
        Ok(())
    }

    /// Deletes a node that has no relationships.
    ///
    /// # Errors
    ///
    /// [`GraphError::NodeNotFound`] when the node is gone, [`GraphError::DeleteConnectedNode`] when it still has
    /// relationships.
    pub fn delete_node(&mut self, node: NodeId) -> Result<(), GraphError> {
        self.check_node(node)?;
        let is_connected = self.view.types().any(|t| {
            self.view.degree(node, t, Direction::Outgoing)
                + self.view.degree(node, t, Direction::Incoming)
                > 0
        });
        if is_connected {
            return Err(GraphError::DeleteConnectedNode {
                node,
                count: self.view.incident(node).len(),
            });
        }
        let slot = node.slot();
        let properties = self.reindexed(Entity::Node(slot), |graph| {
            graph.take_labels(slot);
            drain(&mut graph.view.node_columns, slot)
        });
        let lifetime = self.node_lifetime(slot).deleted();
        self.set_node_lifetime(slot, lifetime);
        self.view.node_count -= 1;
        self.counters.nodes_deleted += 1;
        self.log.push(Change::NodeDeleted { node, properties });
        Ok(())
    }
}
