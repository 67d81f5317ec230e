//! Trails: walks that use no relationship twice, found depth first.

use smallvec::SmallVec;

use super::expand::Hops;
use super::{Execution, ExecutionContext};
use crate::expression::{Batch, Expression, KeyRef};
use crate::function::Held;
use crate::graph::{KeyId, View};
use crate::value::{self, NodeId, RelationshipId, Value};
use std::sync::Arc;

/// What each relationship of a trail must satisfy, worked out for one row.
pub(crate) struct Requirement {
    properties: Vec<(Option<KeyId>, Value)>,
}

impl Requirement {
    pub(crate) fn new(
        ctx: &ExecutionContext<'_>,
        properties: &[(KeyRef, Arc<str>, Expression)],
        batch: &Batch,
        row: usize,
    ) -> Execution<Self> {
        let properties = properties
            .iter()
            .map(|(key, _, value)| Ok((ctx.names().key(*key), ctx.evaluate(value, batch, row)?)))
            .collect::<Execution<_>>()?;
        Ok(Self { properties })
    }

    /// Whether every relationship satisfies it.
    pub(crate) fn is_none(&self) -> bool {
        self.properties.is_empty()
    }

    pub(crate) fn holds(&self, view: &View, relationship: RelationshipId) -> bool {
        self.properties.iter().all(|(key, wanted)| {
            let found = key.map_or(Value::Null, |key| {
                view.relationship_property(relationship, key)
            });
            value::equals(&found, wanted) == Some(true)
        })
    }
}

/// The search for all trails from one node; it can be asked for one after the other.
pub(crate) struct Trails {
    min: usize,
    max: usize,
    requirement: Requirement,
    /// The relationships that may not be used.
    used: SmallVec<[RelationshipId; 8]>,
    /// The relationships of the trail so far.
    relationships: Vec<RelationshipId>,
    /// For each node of the trail, what is still to be tried from it, the next one last.
    open: Vec<Vec<(RelationshipId, NodeId)>>,
    start: Option<NodeId>,
    /// How many hops are open, and the memory that they take.
    hops: usize,
    held: Held,
}

impl Trails {
    pub(crate) fn new(
        start: NodeId,
        (min, max): (u32, Option<u32>),
        requirement: Requirement,
        used: SmallVec<[RelationshipId; 8]>,
    ) -> Self {
        Self {
            min: min as usize,
            max: max.map_or(usize::MAX, |max| max as usize),
            requirement,
            used,
            relationships: Vec::new(),
            open: Vec::new(),
            start: Some(start),
            hops: 0,
            held: Held::default(),
        }
    }

    /// The relationships of the trail that was found last.
    pub(crate) fn relationships(&self) -> &[RelationshipId] {
        &self.relationships
    }

    /// The node at the end of the next trail, shorter ones before those that go on from them.
    pub(crate) fn next(
        &mut self,
        ctx: &ExecutionContext<'_>,
        hops: &Hops,
    ) -> Execution<Option<NodeId>> {
        let view = ctx.view();
        if let Some(start) = self.start.take() {
            self.open_node(&view, hops, start);
            if self.min == 0 {
                return Ok(Some(start));
            }
        }
        let mut turn = 0_usize;
        loop {
            turn += 1;
            if turn.is_multiple_of(1024) {
                ctx.check()?;
                ctx.hold_only(
                    &mut self.held,
                    self.hops * size_of::<(RelationshipId, NodeId)>(),
                )?;
            }
            // The relationship that led to the node on top belongs to the trail as long as the node is there.
            self.relationships
                .truncate(self.open.len().saturating_sub(1));
            let Some(open) = self.open.last_mut() else {
                return Ok(None);
            };
            let Some((relationship, node)) = open.pop() else {
                self.open.pop();
                self.hops -= 1;
                continue;
            };
            self.hops -= 1;
            if self.relationships.contains(&relationship) {
                continue;
            }
            self.relationships.push(relationship);
            self.open_node(&view, hops, node);
            if self.relationships.len() >= self.min {
                return Ok(Some(node));
            }
        }
    }

    fn open_node(&mut self, view: &View, hops: &Hops, node: NodeId) {
        let mut open = Vec::new();
        if self.relationships.len() < self.max {
            hops.each(view, node, |other, relationship| {
                let relationship = view
                    .relationship_at(relationship)
                    .expect("the adjacency holds living relationships");
                if !self.used.contains(&relationship) && self.requirement.holds(view, relationship)
                {
                    let other = view
                        .node_at(other)
                        .expect("the adjacency holds living nodes");
                    open.push((relationship, other));
                }
            });
            open.reverse();
        }
        self.hops += open.len() + 1;
        self.open.push(open);
    }
}
