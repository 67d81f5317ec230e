//! Many changes to relationships at once: the adjacency of a type is packed anew where that is less work.

use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::csr::Entry;
use super::graph::Graph;
use super::members::insert_growing;
use super::names::{KeyId, LabelId, TypeId};
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
    created: Vec<RelationshipId>,
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
        self.created.push(relationship);
        Ok(relationship)
    }
}

impl Graph {
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
            created: Vec::new(),
        };
        let outcome = fill(&mut bulk);
        let created = bulk.created;
        let slots = self.slots_by_type(created.iter().copied());
        self.begin_packing(&slots);
        for &relationship in &created {
            self.link(relationship);
        }
        self.finish_packing(slots);
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
        let ids = entries
            .iter()
            .map(|entry| self.view.relationship_id(entry.relationship));
        let slots = self.slots_by_type(ids);
        self.begin_packing(&slots);
        // From the last on, so that long runs are cut from their end.
        for entry in entries.iter().rev() {
            let relationship = self.view.relationship_id(entry.relationship);
            self.delete_found_relationship(relationship);
        }
        self.finish_packing(slots);
        Ok(())
    }

    /// The slots of relationships that the record holds, by type.
    pub(super) fn slots_by_type(
        &self,
        relationships: impl Iterator<Item = RelationshipId>,
    ) -> Vec<Vec<u32>> {
        let mut slots = vec![Vec::new(); self.view.adjacency.len()];
        for relationship in relationships {
            let record = self.view.relationship_record(relationship.slot());
            let t = record
                .expect("the record holds the relationship")
                .relationship_type;
            slots[t.0 as usize].push(relationship.slot());
        }
        slots
    }

    /// Lets the types of which many relationships are about to change lag behind.
    pub(super) fn begin_packing(&mut self, slots: &[Vec<u32>]) {
        for (t, slots) in slots.iter().enumerate() {
            if slots.len() > self.view.adjacency[t].packing_threshold() {
                insert_growing(&mut self.lagging, narrow(t));
            }
        }
    }

    /// Packs the types that lag behind; `slots` holds all relationships of theirs that may have changed.
    pub(super) fn finish_packing(&mut self, slots: Vec<Vec<u32>>) {
        for (t, slots) in slots.into_iter().enumerate() {
            if self.lagging.contains(t) {
                self.pack(t, &slots);
            }
        }
        self.lagging.clear();
    }

    fn pack(&mut self, t: usize, slots: &[u32]) {
        let mut changed = FixedBitSet::new();
        for &slot in slots {
            insert_growing(&mut changed, slot);
        }
        let is_alive = |slot: &usize| {
            let record = self.view.relationship_record(narrow(*slot));
            record.is_some_and(|record| {
                record.lifetime.is_alive() && record.relationship_type.0 as usize == t
            })
        };
        let adjacency = &self.view.adjacency[t];
        let mut entries = Vec::with_capacity(adjacency.count() + slots.len());
        entries.extend(
            adjacency
                .entries()
                .filter(|entry| !changed.contains(entry.relationship as usize)),
        );
        entries.extend(
            changed
                .ones()
                .filter(is_alive)
                .map(|slot| self.entry(narrow(slot))),
        );
        let adjacency = Arc::make_mut(&mut self.view.adjacency[t]);
        adjacency.pack(&entries);
        drop(entries);
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
    }
}
