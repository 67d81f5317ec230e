//! `ExpandAll` and `ExpandInto`: relationships from a node, to any node or to a known one.

use std::sync::Arc;

use smallvec::SmallVec;

use super::operator::{Input, begun_or_next};
use super::scan::index;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::{BATCH_SIZE, Batch, Column, LabelTest};
use crate::graph::{self, TypeId, View};
use crate::plan;
use crate::syntax::ast::Direction;
use crate::value::{NodeId, RelationshipId, Value};

/// Which relationships are followed, resolved for one graph.
pub(crate) struct Hops {
    types: Vec<TypeId>,
    directions: &'static [graph::Direction],
}

impl Hops {
    pub(crate) fn new(
        ctx: &ExecutionContext<'_>,
        types: Option<&LabelTest>,
        direction: Direction,
    ) -> Self {
        let view = ctx.view();
        let passes = |t: TypeId| {
            types.is_none_or(|test| {
                test.holds(true, &|_, reference| {
                    ctx.names().relationship_type(reference) == Some(t)
                })
            })
        };
        let directions: &[graph::Direction] = match direction {
            Direction::Outgoing => &[graph::Direction::Outgoing],
            Direction::Incoming => &[graph::Direction::Incoming],
            Direction::Both => &[graph::Direction::Outgoing, graph::Direction::Incoming],
        };
        Self {
            types: view.types().filter(|t| passes(*t)).collect(),
            directions,
        }
    }

    /// The types.
    pub(crate) fn types(&self) -> &[TypeId] {
        &self.types
    }

    /// The directions, one or both.
    pub(crate) fn directions(&self) -> &'static [graph::Direction] {
        self.directions
    }

    /// The type and direction, where there is only one.
    pub(crate) fn single(&self) -> Option<(TypeId, graph::Direction)> {
        match (self.types.as_slice(), self.directions) {
            ([t], [direction]) => Some((*t, *direction)),
            _ => None,
        }
    }

    /// Calls `found` with each relationship at a node and the slot of the node at its other end; a self-loop comes
    /// once.
    pub(crate) fn each(&self, view: &View, node: NodeId, mut found: impl FnMut(u32, u32)) {
        for t in &self.types {
            for (at, direction) in self.directions.iter().enumerate() {
                let neighbours = view.neighbours(node, *t, *direction);
                for (other, relationship) in neighbours.nodes.iter().zip(neighbours.relationships) {
                    if at == 0 || *other != node.slot() {
                        found(*other, *relationship);
                    }
                }
            }
        }
    }

    /// How many relationships there are at the node in a slot, self-loops by both ends.
    pub(crate) fn degree(&self, view: &View, slot: u32) -> usize {
        let types = self.types.iter();
        let pairs = types.flat_map(|t| {
            self.directions
                .iter()
                .map(move |direction| (*t, *direction))
        });
        pairs
            .map(|(t, direction)| view.runs(t, direction).degree(slot))
            .sum()
    }

    /// Calls `found` with each relationship between two nodes.
    pub(crate) fn between(
        &self,
        view: &View,
        node: NodeId,
        other: NodeId,
        mut found: impl FnMut(u32),
    ) {
        for t in &self.types {
            for (at, direction) in self.directions.iter().enumerate() {
                if at > 0 && node == other {
                    continue;
                }
                let neighbours = view.neighbours(node, *t, *direction);
                let first = neighbours
                    .nodes
                    .partition_point(|slot| *slot < other.slot());
                let run = neighbours.nodes[first..]
                    .iter()
                    .take_while(|slot| **slot == other.slot())
                    .count();
                neighbours.relationships[first..first + run]
                    .iter()
                    .copied()
                    .for_each(&mut found);
            }
        }
    }

    /// Whether a relationship with these ends can be walked from one node to another, and if so to which.
    pub(crate) fn passes(
        &self,
        t: TypeId,
        (start, end): (NodeId, NodeId),
        from: NodeId,
    ) -> Option<NodeId> {
        if !self.types.contains(&t) {
            return None;
        }
        let goes = |direction| self.directions.contains(&direction);
        if start == from && goes(graph::Direction::Outgoing) {
            return Some(end);
        }
        (end == from && goes(graph::Direction::Incoming)).then_some(start)
    }
}

/// The relationships in some slots of a row: those that may not be used again.
pub(crate) fn used(
    batch: &Batch,
    row: usize,
    slots: impl IntoIterator<Item = usize>,
) -> SmallVec<[RelationshipId; 8]> {
    let mut used = SmallVec::new();
    for slot in slots.into_iter().filter(|slot| *slot < batch.width()) {
        match batch.value(slot, row) {
            Value::Relationship(relationship) => used.push(relationship),
            Value::List(items) => used.extend(items.iter().filter_map(|item| match item {
                Value::Relationship(relationship) => Some(*relationship),
                _ => None,
            })),
            _ => {}
        }
    }
    used
}

impl plan::Used {
    /// Whether it could be met from a node.
    pub(crate) fn is_met_at(&self, batch: &Batch, row: usize, node: NodeId) -> bool {
        let mut at = self.at.iter().filter(|slot| **slot < batch.width());
        at.any(|slot| batch.column(*slot).node(row) == Some(node))
    }
}

/// The relationships of a row that may not be used again and could be met from a node.
pub(crate) fn used_at(
    batch: &Batch,
    row: usize,
    node: NodeId,
    unique: &[plan::Used],
) -> SmallVec<[RelationshipId; 8]> {
    let met = unique
        .iter()
        .filter(|used| used.is_met_at(batch, row, node));
    used(batch, row, met.map(|used| used.slot))
}

/// Each row of the input with each relationship from a node to any (or to a known) node.
pub(crate) struct Expand<'a> {
    input: Input<'a>,
    plan: &'a plan::Expand,
    is_into: bool,
    /// Whether anything reads the relationships that are found.
    has_relationships: bool,
    hops: Option<Hops>,
    batch: Option<(Batch, usize)>,
}

impl<'a> Expand<'a> {
    pub(crate) fn new(input: Input<'a>, plan: &'a plan::Expand, is_into: bool) -> Self {
        Self {
            input,
            plan,
            is_into,
            has_relationships: !plan.unused.contains(&plan.relationship),
            hops: None,
            batch: None,
        }
    }
}

/// The rows that an expansion gives, column by column.
#[derive(Default)]
struct Expanded {
    rows: Vec<u32>,
    relationships: Vec<RelationshipId>,
    nodes: Vec<NodeId>,
}

impl Expand<'_> {
    fn expand_row(&self, hops: &Hops, view: &View, batch: &Batch, row: usize, out: &mut Expanded) {
        let Some(from) = batch.column(self.plan.from).node(row) else {
            return;
        };
        let used = used_at(batch, row, from, &self.plan.unique);
        if self.is_into {
            if let Some(to) = batch.column(self.plan.to).node(row) {
                hops.between(view, from, to, |relationship| {
                    let relationship = view.relationship_id(relationship);
                    if !used.contains(&relationship) {
                        out.rows.push(index(row));
                        out.relationships.push(relationship);
                    }
                });
            }
            return;
        }
        if used.is_empty()
            && let Some((t, direction)) = hops.single()
        {
            let run = view.neighbours(from, t, direction);
            out.nodes
                .extend(run.nodes.iter().map(|slot| view.node_id(*slot)));
            if self.has_relationships {
                let ids = run.relationships.iter();
                out.relationships
                    .extend(ids.map(|slot| view.relationship_id(*slot)));
            }
            out.rows.resize(out.nodes.len(), index(row));
            return;
        }
        hops.each(view, from, |node, relationship| {
            let relationship = view.relationship_id(relationship);
            if !used.contains(&relationship) {
                out.rows.push(index(row));
                out.relationships.push(relationship);
                out.nodes.push(view.node_id(node));
            }
        });
    }
}

impl Operator for Expand<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        while let Some((batch, mut row)) = begun_or_next(&mut self.batch, &mut *self.input, ctx)? {
            let hops = self
                .hops
                .take()
                .unwrap_or_else(|| Hops::new(ctx, self.plan.types.as_ref(), self.plan.direction));
            let mut out = Expanded::default();
            let view = ctx.view();
            while row < batch.len() && out.rows.len() < BATCH_SIZE {
                self.expand_row(&hops, &view, &batch, row, &mut out);
                row += 1;
            }
            drop(view);
            self.hops = Some(hops);
            let mut next = batch.take_without(&out.rows, &self.plan.unused);
            if row < batch.len() {
                self.batch = Some((batch, row));
            }
            ctx.check()?;
            if !out.rows.is_empty() {
                if self.has_relationships {
                    let relationships = Column::Relationships(out.relationships);
                    next.set(self.plan.relationship, relationships);
                }
                if !self.is_into && !self.plan.unused.contains(&self.plan.to) {
                    next.set(self.plan.to, Column::Nodes(out.nodes));
                }
                return Ok(Some(next));
            }
        }
        Ok(None)
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
        self.batch = None;
        self.hops = None;
    }
}
