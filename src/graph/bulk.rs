//! Many changes to relationships at once: the adjacency of a type is packed anew where that is less work.

use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::adjacency::Adjacency;
use super::csr::Entry;
use super::graph::Graph;
use super::members::insert_growing;
use super::names::{KeyId, LabelId, TypeId};
use super::parts::fill_column;
use super::schema::Entity;
use super::slot_runs::SlotRuns;
use super::undo::Change;
use super::{Direction, GraphError, narrow};
use crate::value::{NodeId, RelationshipId, Value};

/// A relationship to be created in bulk.
#[derive(Clone, Debug)]
pub struct NewRelationship {
    /// The node where it starts.
    pub start: NodeId,
    /// The type.
    pub relationship_type: TypeId,
    /// The node where it ends.
    pub end: NodeId,
    /// The properties.
    pub properties: Vec<(KeyId, Value)>,
}

/// Takes relationships in [`Graph::create_relationships_with`]; who is connected to whom is known when that ends.
#[derive(Debug)]
pub struct Bulk<'a> {
    graph: &'a mut Graph,
    created: SlotRuns,
}

impl Bulk<'_> {
    /// As [`Graph::intern_type`].
    pub fn intern_type(&mut self, name: &str) -> TypeId {
        self.graph.intern_type(name)
    }

    /// As [`Graph::create_relationship`].
    ///
    /// # Errors
    ///
    /// [`GraphError::NodeNotFound`] when an end is gone, [`GraphError::Full`] when all slots are taken.
    pub fn create(
        &mut self,
        start: NodeId,
        t: TypeId,
        end: NodeId,
        properties: &[(KeyId, Value)],
    ) -> Result<RelationshipId, GraphError> {
        let relationship = self.graph.record_relationship(start, t, end, properties)?;
        self.created.push(relationship.slot());
        Ok(relationship)
    }

    /// Creates a relationship for each of the ends; each key has a value for each of them, null for none.
    ///
    /// # Errors
    ///
    /// As [`Bulk::create`]; those before the fault are created then.
    pub fn create_all(
        &mut self,
        ends: &[(NodeId, TypeId, NodeId)],
        properties: impl IntoIterator<Item = (KeyId, Vec<Value>)>,
    ) -> Result<(), GraphError> {
        let mut slots = SlotRuns::default();
        let outcome = self
            .graph
            .record_relationships(ends, |slot| slots.push(slot));
        for (key, values) in properties {
            let column = &mut self.graph.view.relationship_columns[key.0 as usize];
            self.graph.counters.properties_set += fill_column(column, slots.iter(), values);
        }
        for slot in slots.iter() {
            self.graph.index(Entity::Relationship(slot));
            self.created.push(slot);
        }
        outcome
    }
}

impl Graph {
    /// Creates as many nodes as asked for, which all bear the same labels; each key gives the next value for each of
    /// them, null for none.
    ///
    /// # Errors
    ///
    /// [`GraphError::Full`] when there are not as many slots; there is no new node then.
    pub fn create_nodes(
        &mut self,
        labels: &[LabelId],
        count: usize,
        properties: &mut [(KeyId, impl Iterator<Item = Value>)],
    ) -> Result<Vec<NodeId>, GraphError> {
        let mut slots = SlotRuns::default();
        self.record_nodes(labels, count, |slot| slots.push(slot))?;
        for (key, values) in properties {
            let column = &mut self.view.node_columns[key.0 as usize];
            let values = values.by_ref().take(count);
            self.counters.properties_set += fill_column(column, slots.iter(), values);
        }
        let mut nodes = Vec::with_capacity(count);
        for slot in slots.iter() {
            self.index(Entity::Node(slot));
            nodes.push(self.view.node_id(slot));
        }
        self.log
            .extend(nodes.iter().copied().map(Change::NodeCreated));
        Ok(nodes)
    }

    /// Creates many relationships at once, all or none.
    ///
    /// # Errors
    ///
    /// [`GraphError::NodeNotFound`] when an end is gone, [`GraphError::Full`] when all slots are taken.
    ///
    /// # Complexity
    ///
    /// O(new relationships + existing ones of the same types): types that grow by a good part are packed anew by
    /// counting sort.
    pub fn create_relationships(
        &mut self,
        relationships: impl IntoIterator<Item = NewRelationship>,
    ) -> Result<Vec<RelationshipId>, GraphError> {
        let relationships = relationships.into_iter();
        self.reserve(0, relationships.size_hint().0);
        let mut created = Vec::with_capacity(relationships.size_hint().0);
        self.create_relationships_with(|bulk| {
            for new in relationships {
                created.push(bulk.create(
                    new.start,
                    new.relationship_type,
                    new.end,
                    &new.properties,
                )?);
            }
            Ok::<(), GraphError>(())
        })?;
        Ok(created)
    }

    /// Creates as many relationships as a function asks for, all or none where it fails.
    ///
    /// # Errors
    ///
    /// What the function fails with.
    ///
    /// # Complexity
    ///
    /// As [`Graph::create_relationships`].
    pub fn create_relationships_with<E>(
        &mut self,
        fill: impl FnOnce(&mut Bulk<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mark = self.mark();
        let mut bulk = Bulk {
            graph: self,
            created: SlotRuns::default(),
        };
        let outcome = fill(&mut bulk);
        let created = bulk.created;
        self.link_all(&self.slots_by_type(created.iter()));
        self.log.push(Change::RelationshipsCreated(created));
        if outcome.is_err() {
            self.undo_to(mark);
        }
        outcome
    }

    /// Deletes many relationships at once, all or none; one that is given twice is deleted once.
    ///
    /// # Errors
    ///
    /// [`GraphError::RelationshipNotFound`] when one is gone.
    ///
    /// # Complexity
    ///
    /// As [`Graph::create_relationships`], and sorting.
    pub fn delete_relationships(
        &mut self,
        relationships: &[RelationshipId],
    ) -> Result<(), GraphError> {
        if let Some(&gone) = relationships
            .iter()
            .find(|&&id| !self.view.contains_relationship(id))
        {
            return Err(GraphError::RelationshipNotFound(gone));
        }
        let mut entries: Vec<Entry> = relationships
            .iter()
            .map(|id| self.entry(id.slot()))
            .collect();
        entries.sort_unstable();
        entries.dedup();
        let slots = self.slots_by_type(entries.iter().map(|entry| entry.relationship));
        self.begin_packing(&slots);
        // From the last on, so that long runs are cut from their end.
        for entry in entries.iter().rev() {
            let relationship = self.view.relationship_id(entry.relationship);
            self.delete_found_relationship(relationship);
        }
        self.finish_packing(&slots);
        Ok(())
    }

    /// The slots of relationships that the record holds, by type.
    pub(super) fn slots_by_type(&self, slots: impl Iterator<Item = u32>) -> Vec<SlotRuns> {
        let mut by_type = vec![SlotRuns::default(); self.view.adjacency.len()];
        for slot in slots {
            let record = self.view.relationship_record(slot);
            let t = record
                .expect("the record holds the relationship")
                .relationship_type;
            by_type[t.0 as usize].push(slot);
        }
        by_type
    }

    /// Puts relationships that the record holds into the adjacency.
    pub(super) fn link_all(&mut self, by_type: &[SlotRuns]) {
        self.begin_packing(by_type);
        for (t, slots) in by_type.iter().enumerate() {
            if !self.lagging.contains(t) {
                for slot in slots.iter() {
                    self.link(self.view.relationship_id(slot));
                }
            }
        }
        self.finish_packing(by_type);
    }

    /// Lets the types of which many relationships are about to change lag behind.
    pub(super) fn begin_packing(&mut self, by_type: &[SlotRuns]) {
        for (t, slots) in by_type.iter().enumerate() {
            if slots.count() > self.view.adjacency[t].packing_threshold() {
                insert_growing(&mut self.lagging, narrow(t));
            }
        }
    }

    /// Packs the types that lag behind; `by_type` holds all relationships of theirs that may have changed.
    pub(super) fn finish_packing(&mut self, by_type: &[SlotRuns]) {
        for (t, slots) in by_type.iter().enumerate() {
            if self.lagging.contains(t) {
                self.pack(t, slots);
            }
        }
        self.lagging.clear();
    }

    fn pack(&mut self, t: usize, slots: &SlotRuns) {
        let mut changed = FixedBitSet::new();
        for slot in slots.iter() {
            insert_growing(&mut changed, slot);
        }
        let is_alive = |slot: u32| {
            let record = self.view.relationship_record(slot);
            record.is_some_and(|record| {
                record.lifetime.is_alive() && record.relationship_type.0 as usize == t
            })
        };
        let mut alive = SlotRuns::default();
        for slot in changed.ones().map(narrow).filter(|slot| is_alive(*slot)) {
            alive.push(slot);
        }
        let unchanged = self.view.adjacency[t]
            .entries()
            .filter(|entry| !changed.contains(entry.relationship as usize));
        let entries = unchanged.chain(alive.iter().map(|slot| self.entry(slot)));
        let mut adjacency = Adjacency::packed(entries);
        for (label, members) in self.view.members.iter().enumerate() {
            for direction in [Direction::Outgoing, Direction::Incoming] {
                let runs = adjacency.runs(direction);
                let count = members
                    .slots()
                    .ones()
                    .map(|slot| runs.degree(narrow(slot)))
                    .sum();
                adjacency.add_to_label(LabelId(narrow(label)), direction, count);
            }
        }
        self.view.adjacency[t] = Arc::new(adjacency);
    }
}
