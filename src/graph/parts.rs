//! The parts of which changes are made, and of which they are undone; nothing here is logged.

use std::sync::Arc;

use petgraph::graph::{EdgeIndex, NodeIndex};

use super::adjacency::Adjacency;
use super::column::Column;
use super::csr::Entry;
use super::graph::Graph;
use super::names::{KeyId, LabelId, TypeId};
use super::record::{Lifetime, Record, RelationshipRecord};
use super::schema::Entity;
use super::undo::Change;
use super::{Direction, GraphError, narrow};
use crate::value::{NodeId, RelationshipId, Value};

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
        self.index(Entity::Relationship(slot));
        Ok(self.view.relationship_id(slot))
    }

    /// Deletes a relationship that is in the graph.
    pub(super) fn delete_found_relationship(&mut self, relationship: RelationshipId) {
        self.unlink(relationship);
        let slot = relationship.slot();
        let properties = self.reindexed(Entity::Relationship(slot), |graph| {
            let lifetime = graph.relationship_lifetime(slot).deleted();
            graph.set_relationship_lifetime(slot, lifetime);
            drain(&mut graph.view.relationship_columns, slot)
        });
        self.view.relationship_count -= 1;
        self.counters.relationships_deleted += 1;
        self.log.push(Change::RelationshipDeleted {
            relationship,
            properties,
        });
    }

    /// Puts a relationship that the record holds into the adjacency.
    pub(super) fn link(&mut self, relationship: RelationshipId) {
        if let Some((entry, adjacency, record)) = self.linkable(relationship) {
            adjacency.insert(entry);
            for (slot, direction) in [
                (entry.start, Direction::Outgoing),
                (entry.end, Direction::Incoming),
            ] {
                for &label in &record[NodeIndex::from(slot)].labels {
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
                for &label in &record[NodeIndex::from(slot)].labels {
                    adjacency.remove_from_label(label, direction, 1);
                }
            }
        }
    }

    /// A relationship with the adjacency that it belongs to; `None` where that is packed anew anyway.
    fn linkable(
        &mut self,
        relationship: RelationshipId,
    ) -> Option<(Entry, &mut Adjacency, &Record)> {
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

    /// Takes a node out of the members of all its labels; it still says which they were.
    pub(super) fn take_labels(&mut self, slot: u32) {
        for &LabelId(label) in &self.view.record[NodeIndex::from(slot)].labels {
            Arc::make_mut(&mut self.view.members[label as usize]).remove(slot);
        }
    }

    pub(super) fn put_label(&mut self, slot: u32, label: LabelId) {
        self.reindexed(Entity::Node(slot), |graph| {
            graph.put_label_only(slot, label);
        });
    }

    pub(super) fn take_label(&mut self, slot: u32, label: LabelId) {
        self.reindexed(Entity::Node(slot), |graph| {
            graph.take_label_only(slot, label);
        });
    }

    fn put_label_only(&mut self, slot: u32, label: LabelId) {
        Arc::make_mut(&mut self.view.members[label.0 as usize]).insert(slot);
        let labels = &mut Arc::make_mut(&mut self.view.record)[NodeIndex::from(slot)].labels;
        let place = labels.partition_point(|&other| other < label);
        labels.insert(place, label);
        for adjacency in self.adjacencies_at(slot) {
            adjacency.add_label(slot, label);
        }
    }

    fn take_label_only(&mut self, slot: u32, label: LabelId) {
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

    pub(super) fn check_node(&self, node: NodeId) -> Result<(), GraphError> {
        if self.view.contains_node(node) {
            Ok(())
        } else {
            Err(GraphError::NodeNotFound(node))
        }
    }

    pub(super) fn check_relationship(
        &self,
        relationship: RelationshipId,
    ) -> Result<(), GraphError> {
        if self.view.contains_relationship(relationship) {
            Ok(())
        } else {
            Err(GraphError::RelationshipNotFound(relationship))
        }
    }
}

/// Sets properties of a new entity; gives how many.
pub(super) fn fill(columns: &mut [Arc<Column>], slot: u32, properties: &[(KeyId, Value)]) -> usize {
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
