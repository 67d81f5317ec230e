//! Writing the graph.

use std::sync::Arc;

use fixedbitset::FixedBitSet;
use petgraph::graph::{EdgeIndex, NodeIndex};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::adjacency::Adjacency;
use super::column::Column;
use super::csr::Entry;
use super::names::{KeyId, LabelId, TypeId};
use super::record::{Lifetime, NodeRecord, RelationshipRecord};
use super::undo::Change;
use super::{Counters, Direction, GraphError, View, narrow};
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
    pub fn create_node(
        &mut self,
        labels: &[LabelId],
        properties: &[(KeyId, Value)],
    ) -> Result<NodeId, GraphError> {
        let mut labels = SmallVec::from_slice(labels);
        labels.sort_unstable();
        labels.dedup();
        for &LabelId(label) in &labels {
            assert!(
                (label as usize) < self.view.members.len(),
                "labels come from this graph"
            );
        }
        let record = NodeRecord {
            lifetime: Lifetime::FIRST,
            labels: labels.clone(),
        };
        let index = Arc::make_mut(&mut self.view.record)
            .try_add_node(record)
            .map_err(|_| GraphError::Full)?;
        let slot = narrow(index.index());
        if let Some(lifetime) = self.free_nodes.remove(&slot) {
            self.set_node_lifetime(slot, lifetime);
            self.view.has_reused_nodes = true;
        }
        for &LabelId(label) in &labels {
            Arc::make_mut(&mut self.view.members[label as usize]).insert(slot);
        }
        self.view.node_count += 1;
        self.counters.nodes_created += 1;
        self.counters.labels_added += labels.len();
        self.counters.properties_set += fill(&mut self.view.node_columns, slot, properties);
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
        let old = replace(&mut self.view.node_columns, node.slot(), key, value);
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
        let old = replace(
            &mut self.view.relationship_columns,
            relationship.slot(),
            key,
            value,
        );
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
        self.unlink(relationship);
        let slot = relationship.slot();
        let lifetime = self.relationship_lifetime(slot).deleted();
        self.set_relationship_lifetime(slot, lifetime);
        let properties = drain(&mut self.view.relationship_columns, slot);
        self.view.relationship_count -= 1;
        self.counters.relationships_deleted += 1;
        self.log.push(Change::RelationshipDeleted {
            relationship,
            properties,
        });
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
        for &LabelId(label) in self.view.record[NodeIndex::from(slot)].labels.iter() {
            Arc::make_mut(&mut self.view.members[label as usize]).remove(slot);
        }
        let lifetime = self.node_lifetime(slot).deleted();
        self.set_node_lifetime(slot, lifetime);
        let properties = drain(&mut self.view.node_columns, slot);
        self.view.node_count -= 1;
        self.counters.nodes_deleted += 1;
        self.log.push(Change::NodeDeleted { node, properties });
        Ok(())
    }
}

/// The parts of changes that making and undoing share; nothing here is logged.
impl Graph {
    /// Creates a relationship without its adjacency.
    pub(super) fn record_relationship(
        &mut self,
        start: NodeId,
        t: TypeId,
        end: NodeId,
        properties: &[(KeyId, Value)],
    ) -> Result<RelationshipId, GraphError> {
        self.check_node(start)?;
        self.check_node(end)?;
        assert!(
            (t.0 as usize) < self.view.adjacency.len(),
            "types come from this graph"
        );
        let record = RelationshipRecord {
            lifetime: Lifetime::FIRST,
            relationship_type: t,
        };
        let index = Arc::make_mut(&mut self.view.record)
            .try_add_edge(
                NodeIndex::from(start.slot()),
                NodeIndex::from(end.slot()),
                record,
            )
            .map_err(|_| GraphError::Full)?;
        let slot = narrow(index.index());
        if let Some(lifetime) = self.free_relationships.remove(&slot) {
            self.set_relationship_lifetime(slot, lifetime);
            self.view.has_reused_relationships = true;
        }
        self.view.relationship_count += 1;
        self.counters.relationships_created += 1;
        self.counters.properties_set += fill(&mut self.view.relationship_columns, slot, properties);
        Ok(self.view.relationship_id(slot))
    }

    /// Puts a relationship that the record holds into the adjacency.
    pub(super) fn link(&mut self, relationship: RelationshipId) {
        if let Some((entry, adjacency, record)) = self.linkable(relationship) {
            adjacency.insert(entry);
            for (slot, direction) in [
                (entry.start, Direction::Outgoing),
                (entry.end, Direction::Incoming),
            ] {
                for &label in record[NodeIndex::from(slot)].labels.iter() {
                    adjacency.add_to_label(label, direction, 1);
                }
            }
        }
    }

    /// Takes a relationship that the record holds out of the adjacency.
    pub(super) fn unlink(&mut self, relationship: RelationshipId) {
        if let Some((entry, adjacency, record)) = self.linkable(relationship) {
            adjacency.remove(entry);
            for (slot, direction) in [
                (entry.start, Direction::Outgoing),
                (entry.end, Direction::Incoming),
            ] {
                for &label in record[NodeIndex::from(slot)].labels.iter() {
                    adjacency.remove_from_label(label, direction, 1);
                }
            }
        }
    }

    /// A relationship with the adjacency that it belongs to; `None` where that is packed anew anyway.
    fn linkable(
        &mut self,
        relationship: RelationshipId,
    ) -> Option<(Entry, &mut Adjacency, &super::record::Record)> {
        let entry = self.entry(relationship.slot());
        let t = self.view.record[EdgeIndex::from(relationship.slot())]
            .relationship_type
            .0 as usize;
        let is_kept = !self.lagging.contains(t);
        is_kept.then(|| {
            (
                entry,
                Arc::make_mut(&mut self.view.adjacency[t]),
                &*self.view.record,
            )
        })
    }

    /// The ends of a relationship that the record holds.
    pub(super) fn entry(&self, slot: u32) -> Entry {
        let ends = self.view.record.edge_endpoints(EdgeIndex::from(slot));
        let (start, end) = ends.expect("the record holds the relationship");
        Entry {
            start: narrow(start.index()),
            end: narrow(end.index()),
            relationship: slot,
        }
    }

    pub(super) fn put_label(&mut self, slot: u32, label: LabelId) {
        Arc::make_mut(&mut self.view.members[label.0 as usize]).insert(slot);
        let labels = &mut Arc::make_mut(&mut self.view.record)[NodeIndex::from(slot)].labels;
        let place = labels.partition_point(|&other| other < label);
        labels.insert(place, label);
        for adjacency in self.adjacencies_at(slot) {
            adjacency.add_label(slot, label);
        }
    }

    pub(super) fn take_label(&mut self, slot: u32, label: LabelId) {
        Arc::make_mut(&mut self.view.members[label.0 as usize]).remove(slot);
        Arc::make_mut(&mut self.view.record)[NodeIndex::from(slot)]
            .labels
            .retain(|other| *other != label);
        for adjacency in self.adjacencies_at(slot) {
            adjacency.remove_label(slot, label);
        }
    }

    /// The adjacencies in which a node has neighbours, but for those that are packed anew anyway.
    fn adjacencies_at(&mut self, slot: u32) -> impl Iterator<Item = &mut Adjacency> {
        let kept = self
            .view
            .adjacency
            .iter_mut()
            .enumerate()
            .filter(|(t, _)| !self.lagging.contains(*t));
        let connected = kept
            .map(|(_, adjacency)| adjacency)
            .filter(move |adjacency| {
                adjacency.runs(Direction::Outgoing).degree(slot)
                    + adjacency.runs(Direction::Incoming).degree(slot)
                    > 0
            });
        connected.map(Arc::make_mut)
    }

    pub(super) fn node_lifetime(&self, slot: u32) -> Lifetime {
        self.view.record[NodeIndex::from(slot)].lifetime
    }

    pub(super) fn set_node_lifetime(&mut self, slot: u32, lifetime: Lifetime) {
        Arc::make_mut(&mut self.view.record)[NodeIndex::from(slot)].lifetime = lifetime;
    }

    pub(super) fn relationship_lifetime(&self, slot: u32) -> Lifetime {
        self.view.record[EdgeIndex::from(slot)].lifetime
    }

    pub(super) fn set_relationship_lifetime(&mut self, slot: u32, lifetime: Lifetime) {
        Arc::make_mut(&mut self.view.record)[EdgeIndex::from(slot)].lifetime = lifetime;
    }

    fn check_node(&self, node: NodeId) -> Result<(), GraphError> {
        if self.view.contains_node(node) {
            Ok(())
        } else {
            Err(GraphError::NodeNotFound(node))
        }
    }

    fn check_relationship(&self, relationship: RelationshipId) -> Result<(), GraphError> {
        match self.view.contains_relationship(relationship) {
            true => Ok(()),
            false => Err(GraphError::RelationshipNotFound(relationship)),
        }
    }
}

/// Sets properties of a new entity; gives how many.
fn fill(columns: &mut [Arc<Column>], slot: u32, properties: &[(KeyId, Value)]) -> usize {
    for (key, value) in properties {
        replace(columns, slot, *key, value.clone());
    }
    properties
        .iter()
        .filter(|(_, value)| !value.is_null())
        .count()
}

/// Puts a value into a column; gives the one before.
pub(super) fn replace(columns: &mut [Arc<Column>], slot: u32, key: KeyId, value: Value) -> Value {
    let column = &mut columns[key.0 as usize];
    if value.is_null() && !column.is_present(slot) {
        return Value::Null;
    }
    Arc::make_mut(column).replace(slot, value)
}

/// Takes all properties of an entity away.
pub(super) fn drain(columns: &mut [Arc<Column>], slot: u32) -> Vec<(KeyId, Value)> {
    let present = columns
        .iter_mut()
        .enumerate()
        .filter(|(_, column)| column.is_present(slot));
    present
        .map(|(key, column)| (KeyId(narrow(key)), Arc::make_mut(column).take(slot)))
        .collect()
}
