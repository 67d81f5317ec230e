//! What a graph's durable form keeps of each slot, and how the graph is put together from it again.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::constraint::Constraint;
use super::graph::Graph;
use super::index::IndexDefinition;
use super::names::{KeyId, LabelId, TypeId};
use super::parts::fill;
use super::record::{Lifetime, NodeRecord};
use super::undo::{Change, Mark};
use super::{Counters, GraphError, narrow};
use crate::value::{NodeId, RelationshipId, Value};

/// What stands in a slot once the changes of the running transaction are final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// It was never given out.
    Unused,
    /// It waits for an occupant, which will have this generation.
    Vacant(u32),
    /// It is occupied by the entity of this generation.
    Occupied(u32),
}

/// What a transaction has changed.
#[derive(Clone, Debug, Default)]
pub struct ChangedSlots {
    /// The slots of nodes.
    pub nodes: BTreeSet<u32>,
    /// The slots of relationships.
    pub relationships: BTreeSet<u32>,
    /// The slots of nodes that were given labels, or lost some.
    pub relabelled: BTreeSet<u32>,
    /// Whether indexes or constraints were made or dropped.
    pub has_schema: bool,
}

impl ChangedSlots {
    fn of(changes: &[Change]) -> Self {
        let mut changed = Self::default();
        for change in changes {
            match change {
                Change::NodeCreated(node)
                | Change::NodeDeleted { node, .. }
                | Change::NodeProperty { node, .. } => {
                    changed.nodes.insert(node.slot());
                }
                Change::LabelAdded { node, .. } | Change::LabelRemoved { node, .. } => {
                    changed.nodes.insert(node.slot());
                    changed.relabelled.insert(node.slot());
                }
                Change::RelationshipProperty { relationship, .. } => {
                    changed.relationships.insert(relationship.slot());
                }
                Change::RelationshipCreated(_)
                | Change::RelationshipsCreated(_)
                | Change::RelationshipDeleted { .. } => {
                    changed.relationships.extend(change.relationships());
                }
                Change::IndexCreated(_)
                | Change::IndexDropped(_)
                | Change::ConstraintCreated(_)
                | Change::ConstraintDropped(_) => changed.has_schema = true,
            }
        }
        changed
    }
}

/// For the durable form.
impl Graph {
    /// What stands in a node's slot.
    #[must_use]
    pub fn node_slot(&self, slot: u32) -> Slot {
        let lifetime = self.view.node_record(slot).map(|record| record.lifetime);
        state(lifetime, self.free_nodes.get(&slot))
    }

    /// What stands in a relationship's slot.
    #[must_use]
    pub fn relationship_slot(&self, slot: u32) -> Slot {
        let record = self.view.relationship_record(slot);
        let lifetime = record.map(|record| record.lifetime);
        state(lifetime, self.free_relationships.get(&slot))
    }

    /// What was changed since changes were last made final.
    #[must_use]
    pub fn changed_slots(&self) -> ChangedSlots {
        ChangedSlots::of(&self.log)
    }

    /// What was changed since a mark.
    #[must_use]
    pub fn changed_since(&self, mark: Mark) -> ChangedSlots {
        ChangedSlots::of(self.changes_since(mark))
    }

    /// Puts a node into the next slot of a graph that is put together.
    ///
    /// # Errors
    ///
    /// [`GraphError::Full`].
    pub fn restore_node(
        &mut self,
        state: Slot,
        labels: &[LabelId],
        properties: &[(KeyId, Value)],
    ) -> Result<(), GraphError> {
        let record = NodeRecord {
            lifetime: lifetime(state),
            labels: labels.iter().copied().collect(),
        };
        let index = Arc::make_mut(&mut self.view.record)
            .try_add_node(record)
            .map_err(|_| GraphError::Full)?;
        let slot = narrow(index.index());
        let Slot::Occupied(generation) = state else {
            self.free_nodes.insert(slot, lifetime(state));
            return Ok(());
        };
        self.view.has_reused_nodes |= generation > 0;
        for &LabelId(label) in labels {
            Arc::make_mut(&mut self.view.members[label as usize]).insert(slot);
        }
        self.view.node_count += 1;
        fill(&mut self.view.node_columns, slot, properties);
        Ok(())
    }

    /// Puts a relationship between two slots into the next slot of a graph that is put together.
    ///
    /// # Errors
    ///
    /// [`GraphError::NodeNotFound`], [`GraphError::Full`].
    pub fn restore_relationship(
        &mut self,
        state: Slot,
        start: u32,
        t: TypeId,
        end: u32,
        properties: &[(KeyId, Value)],
    ) -> Result<(), GraphError> {
        let at = |slot| {
            let gone = GraphError::NodeNotFound(NodeId::from_parts(slot, 0));
            self.view.node_at(slot).ok_or(gone)
        };
        let (start, end) = (at(start)?, at(end)?);
        let slot = self.record_relationship(start, t, end, properties)?.slot();
        self.set_relationship_lifetime(slot, lifetime(state));
        self.view.has_reused_relationships |= matches!(state, Slot::Occupied(1..));
        Ok(())
    }

    /// Leaves the next relationship slots of a graph that is put together without an occupant.
    ///
    /// # Errors
    ///
    /// [`GraphError::NodeNotFound`] where there is no node slot either, [`GraphError::Full`].
    pub fn restore_vacant_relationship(&mut self, state: Slot) -> Result<(), GraphError> {
        if self.view.node_record(0).is_none() {
            return Err(GraphError::NodeNotFound(NodeId::from_parts(0, 0)));
        }
        let record = super::record::RelationshipRecord {
            lifetime: lifetime(state).deleted(),
            relationship_type: TypeId(0),
        };
        let index = Arc::make_mut(&mut self.view.record)
            .try_add_edge(0.into(), 0.into(), record)
            .map_err(|_| GraphError::Full)?;
        let slot = narrow(index.index());
        self.free_relationships.insert(slot, lifetime(state));
        Ok(())
    }

    /// Gives a graph that was put together its indexes and constraints, which are known to hold.
    ///
    /// # Errors
    ///
    /// [`GraphError::IndexExists`] where two have one name or one purpose.
    pub fn restore_schema(
        &mut self,
        indexes: Vec<IndexDefinition>,
        constraints: Vec<Constraint>,
    ) -> Result<(), GraphError> {
        for index in indexes {
            self.create_index(index)?;
        }
        for constraint in constraints {
            if constraint.is_unique() {
                self.create_index(constraint.index())?;
            }
            self.put_constraint(Arc::new(constraint));
        }
        self.log.clear();
        self.counters = Counters::default();
        self.committed = self.counters;
        Ok(())
    }

    /// Ends putting a graph together: from now on it is a graph like any other.
    pub fn finish_restoring(&mut self) {
        let alive = self.view.relationships().map(RelationshipId::slot);
        self.link_all(&self.slots_by_type(alive));
        let record = Arc::make_mut(&mut self.view.record);
        let mut vacant: Vec<u32> = self.free_relationships.keys().copied().collect();
        vacant.sort_unstable_by(|left, right| right.cmp(left));
        for slot in vacant {
            record.remove_edge(slot.into());
        }
        let mut vacant: Vec<u32> = self.free_nodes.keys().copied().collect();
        vacant.sort_unstable_by(|left, right| right.cmp(left));
        for slot in vacant {
            record.remove_node(slot.into());
        }
        self.log.clear();
        self.counters = Counters::default();
        self.committed = self.counters;
    }
}

fn state(lifetime: Option<Lifetime>, free: Option<&Lifetime>) -> Slot {
    match (lifetime, free) {
        (Some(lifetime), _) if lifetime.is_alive() => Slot::Occupied(lifetime.generation()),
        (Some(lifetime), _) => lifetime
            .next()
            .map_or(Slot::Vacant(lifetime.generation()), |next| {
                Slot::Vacant(next.generation())
            }),
        (None, Some(next)) => Slot::Vacant(next.generation()),
        (None, None) => Slot::Unused,
    }
}

fn lifetime(state: Slot) -> Lifetime {
    match state {
        Slot::Unused => Lifetime::FIRST,
        Slot::Vacant(generation) | Slot::Occupied(generation) => Lifetime::of(generation),
    }
}
