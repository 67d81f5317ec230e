//! The indexes of a graph: made, dropped, and kept right by every write.

use std::sync::Arc;

use smallvec::SmallVec;

use super::constraint::Constraint;
use super::graph::Graph;
use super::index::{Index, IndexDefinition, Key, SchemaTarget};
use super::names::{KeyId, LabelId};
use super::undo::Change;
use super::watch::{Watch, watched};
use super::{GraphError, View, narrow};
use crate::value::{NodeId, Value};

/// An entity by its slot.
#[derive(Clone, Copy, Debug)]
pub(super) enum Entity {
    Node(u32),
    Relationship(u32),
}

/// What stands of an entity in which indexes.
type Entries = SmallVec<[(usize, Key); 2]>;

impl View {
    /// The indexes, by name.
    pub fn indexes(&self) -> impl Iterator<Item = &Index> + '_ {
        self.indexes.iter().map(|index| &**index)
    }

    /// The index of a name.
    #[must_use]
    pub fn index(&self, name: &str) -> Option<&Index> {
        let position = self.index_position(name).ok()?;
        Some(&self.indexes[position])
    }

    /// The index of a target's keys, in this order.
    #[must_use]
    pub fn index_of(&self, target: SchemaTarget, keys: &[KeyId]) -> Option<&Index> {
        self.indexes().find(|index| {
            let definition = index.definition();
            definition.target == target && definition.keys == keys
        })
    }

    /// A label of a node, of which every node has some of the keys, and no two nodes the same values of them: as far as
    /// an index tells.
    #[must_use]
    pub fn label_told_apart_by(&self, keys: &[KeyId], node: NodeId) -> Option<LabelId> {
        self.indexes().find_map(|index| {
            let definition = index.definition();
            let SchemaTarget::Node(label) = definition.target else {
                return None;
            };
            let tells_apart = definition.keys.iter().all(|key| keys.contains(key))
                && self.has_label(node, label)
                && index.is_distinct()
                && index.count() == self.label_count(label);
            tells_apart.then_some(label)
        })
    }

    /// A number that is another one after every change to the indexes.
    #[must_use]
    pub fn schema_version(&self) -> u64 {
        self.schema_version
    }

    fn index_position(&self, name: &str) -> Result<usize, usize> {
        self.indexes
            .binary_search_by(|index| (*index.definition().name).cmp(name))
    }

    fn entries(&self, entity: Entity) -> Entries {
        let numbered = self.indexes.iter().enumerate();
        numbered
            .filter_map(|(number, index)| {
                Some((number, self.entry_key(index.definition(), entity)?))
            })
            .collect()
    }

    /// The entity's values of an index's keys; none where it is not one of those in the index.
    fn entry_key(&self, definition: &IndexDefinition, entity: Entity) -> Option<Key> {
        let values = self.values(definition.target, &definition.keys, entity)?;
        (!values.iter().any(Value::is_null)).then_some(values)
    }

    /// The entity's values of some keys, null where it has none; none where it is not one of the target.
    pub(super) fn values(
        &self,
        target: SchemaTarget,
        keys: &[KeyId],
        entity: Entity,
    ) -> Option<Key> {
        let (columns, slot) = match (entity, target) {
            (Entity::Node(slot), SchemaTarget::Node(label)) => {
                if !self.members[label.0 as usize].contains(slot) {
                    return None;
                }
                (&self.node_columns, slot)
            }
            (Entity::Relationship(slot), SchemaTarget::Relationship(t)) => {
                let record = self.relationship_record(slot)?;
                if record.relationship_type != t || !record.lifetime.is_alive() {
                    return None;
                }
                (&self.relationship_columns, slot)
            }
            _ => return None,
        };
        let values = keys.iter().map(|key| columns[key.0 as usize].get(slot));
        Some(values.collect())
    }

    /// The entities that belong into an index.
    fn all_entries(
        &self,
        definition: &IndexDefinition,
        watch: Watch<'_>,
    ) -> Result<Vec<(Key, u32)>, GraphError> {
        // While the entries are sorted and packed, they are there twice.
        const COPIES: usize = 2;
        let size = COPIES * (size_of::<(Key, u32)>() + definition.keys.len() * size_of::<Value>());
        let mut entries = Vec::new();
        let mut take = |entity: Entity| {
            entries.extend(
                self.entry_key(definition, entity)
                    .map(|key| (key, entity.slot())),
            );
        };
        match definition.target {
            SchemaTarget::Node(label) => {
                let slots = self.label_members(label).ones().map(narrow);
                watched(slots.map(Entity::Node), size, watch, &mut take)?;
            }
            SchemaTarget::Relationship(t) => {
                let slots = self.adjacency(t).entries().map(|entry| entry.relationship);
                watched(slots.map(Entity::Relationship), size, watch, &mut take)?;
            }
        }
        Ok(entries)
    }
}

impl Graph {
    /// Makes an index of what is in the graph and of what comes.
    ///
    /// # Errors
    ///
    /// [`GraphError::IndexExists`] where one has the name, or is of the same keys.
    ///
    /// # Complexity
    ///
    /// O(n · log n) for n entities with the label or type.
    pub fn create_index(&mut self, definition: IndexDefinition) -> Result<(), GraphError> {
        self.create_index_watched(definition, &|_| true)
    }

    /// As [`Graph::create_index`], for as long as a watch allows it.
    ///
    /// # Errors
    ///
    /// The same, and [`GraphError::Interrupted`].
    pub fn create_index_watched(
        &mut self,
        definition: IndexDefinition,
        watch: Watch<'_>,
    ) -> Result<(), GraphError> {
        let exists = |index: &Index| GraphError::IndexExists {
            name: Arc::clone(&index.definition().name),
        };
        if let Some(index) = self.view.index_of(definition.target, &definition.keys) {
            return Err(exists(index));
        }
        match self.view.index_position(&definition.name) {
            Ok(position) => Err(exists(&self.view.indexes[position])),
            Err(position) => {
                let entries = self.view.all_entries(&definition, watch)?;
                self.log
                    .push(Change::IndexCreated(Arc::clone(&definition.name)));
                let index = Arc::new(Index::new(definition, entries));
                self.view.indexes.insert(position, index);
                self.view.schema_version += 1;
                self.counters.indexes_added += 1;
                Ok(())
            }
        }
    }

    /// Drops an index.
    ///
    /// # Errors
    ///
    /// [`GraphError::IndexNotFound`]; [`GraphError::IndexOwned`] where it is part of a constraint.
    pub fn drop_index(&mut self, name: &str) -> Result<(), GraphError> {
        if self
            .view
            .constraint(name)
            .is_some_and(Constraint::is_unique)
        {
            return Err(GraphError::IndexOwned { name: name.into() });
        }
        let index = self
            .take_index(name)
            .ok_or_else(|| GraphError::IndexNotFound { name: name.into() })?;
        self.counters.indexes_removed += 1;
        self.log.push(Change::IndexDropped(index));
        Ok(())
    }

    pub(super) fn take_index(&mut self, name: &str) -> Option<Arc<Index>> {
        let position = self.view.index_position(name).ok()?;
        self.view.schema_version += 1;
        Some(self.view.indexes.remove(position))
    }

    /// Puts an index back that was dropped; nothing has changed since.
    pub(super) fn put_index(&mut self, index: Arc<Index>) {
        if let Err(position) = self.view.index_position(&index.definition().name) {
            self.view.indexes.insert(position, index);
            self.view.schema_version += 1;
        }
    }

    /// Changes an entity, and what the indexes hold of it.
    pub(super) fn reindexed<T>(
        &mut self,
        entity: Entity,
        change: impl FnOnce(&mut Self) -> T,
    ) -> T {
        if self.view.indexes.is_empty() {
            return change(self);
        }
        let before = self.view.entries(entity);
        let outcome = change(self);
        let after = self.view.entries(entity);
        let slot = entity.slot();
        for entry in &before {
            if !after.contains(entry) {
                Arc::make_mut(&mut self.view.indexes[entry.0]).remove(entry.1.clone(), slot);
            }
        }
        for entry in after {
            if !before.contains(&entry) {
                Arc::make_mut(&mut self.view.indexes[entry.0]).insert(entry.1, slot);
            }
        }
        outcome
    }

    /// Puts a new entity into the indexes.
    pub(super) fn index(&mut self, entity: Entity) {
        if self.view.indexes.is_empty() {
            return;
        }
        for (number, key) in self.view.entries(entity) {
            Arc::make_mut(&mut self.view.indexes[number]).insert(key, entity.slot());
        }
    }
}

impl Entity {
    pub(super) fn slot(self) -> u32 {
        match self {
            Self::Node(slot) | Self::Relationship(slot) => slot,
        }
    }

    /// One of the same kind.
    pub(super) fn with_slot(self, slot: u32) -> Self {
        match self {
            Self::Node(_) => Self::Node(slot),
            Self::Relationship(_) => Self::Relationship(slot),
        }
    }
}
