//! The parts of which changes are made, and of which they are undone; nothing here is logged.

use std::sync::Arc;

use petgraph::graph::{EdgeIndex, NodeIndex};
use smallvec::SmallVec;

use super::adjacency::Adjacency;
use super::column::Column;
use super::csr::Entry;
use super::graph::Graph;
use super::names::{KeyId, LabelId, TypeId};
use super::record::{Lifetime, NodeRecord, Record, RelationshipRecord, node_in};
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
        let mut slot = 0;
        self.record_relationships(&[(start, t, end)], |own| slot = own)?;
        self.counters.properties_set += fill(&mut self.view.relationship_columns, slot, properties);
        self.index(Entity::Relationship(slot));
        Ok(self.view.relationship_id(slot))
    }
    /// Records relationships without their properties and adjacency; those before a fault stay.
    pub(super) fn record_relationships(
        &mut self,
        ends: &[(NodeId, TypeId, NodeId)],
        mut each: impl FnMut(u32),
    ) -> Result<(), GraphError> {
        let view = &mut self.view;
        let record = Arc::make_mut(&mut view.record);
        for &(start, t, end) in ends {
            for node in [start, end] {
                if node_in(record, node.slot()) != Some(node) {
                    return Err(GraphError::NodeNotFound(node));
                }
            }
            assert!(
                (t.0 as usize) < view.adjacency.len(),
                "types come from this graph"
            );
            let new = RelationshipRecord {
                lifetime: Lifetime::FIRST,
                relationship_type: t,
            };
            let (start, end) = (start.slot().into(), end.slot().into());
            let index = record
                .try_add_edge(start, end, new)
                .map_err(|_| GraphError::Full)?;
            let slot = narrow(index.index());
            if let Some(lifetime) = self.free_relationships.remove(&slot) {
                record[index].lifetime = lifetime;
                view.has_reused_relationships = true;
            }
            view.relationship_count += 1;
            self.counters.relationships_created += 1;
            each(slot);
        }
        Ok(())
    }

    /// Records nodes with their labels, without properties; all or none.
    pub(super) fn record_nodes(
        &mut self,
        labels: &[LabelId],
        count: usize,
        mut each: impl FnMut(u32),
    ) -> Result<(), GraphError> {
        let mut labels = SmallVec::<[LabelId; 2]>::from_slice(labels);
        labels.sort_unstable();
        labels.dedup();
        let view = &mut self.view;
        let record = Arc::make_mut(&mut view.record);
        if record.node_count() + count >= u32::MAX as usize {
            return Err(GraphError::Full);
        }
        for label in &labels {
            assert!(
                (label.0 as usize) < view.members.len(),
                "labels come from this graph"
            );
        }
        for _ in 0..count {
            let new = NodeRecord {
                lifetime: Lifetime::FIRST,
                labels: labels.clone(),
            };
            let index = record.try_add_node(new).map_err(|_| GraphError::Full)?;
            let slot = narrow(index.index());
            if let Some(lifetime) = self.free_nodes.remove(&slot) {
                record[index].lifetime = lifetime;
                view.has_reused_nodes = true;
            }
            for &LabelId(label) in &labels {
                Arc::make_mut(&mut view.members[label as usize]).insert(slot);
            }
            view.node_count += 1;
            self.counters.nodes_created += 1;
            self.counters.labels_added += labels.len();
            each(slot);
        }
        Ok(())
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
    #[inline]
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

/// Puts values into a column where there are none yet; gives how many were not null.
pub(super) fn fill_column(
    column: &mut Arc<Column>,
    slots: impl Iterator<Item = u32>,
    values: impl IntoIterator<Item = Value>,
) -> usize {
    let column = Arc::make_mut(column);
    let mut count = 0;
    for (slot, value) in slots.zip(values) {
        if !value.is_null() {
            column.replace(slot, value);
            count += 1;
        }
    }
    count
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
