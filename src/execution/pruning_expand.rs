//! `VarLengthExpandPruning`: the nodes that trails from a node end at, each once.
//!
//! Where only the different ends are asked for and no trail needs more than one relationship, a node that was reached
//! need not be reached again: a shortest walk to another node uses no relationship twice, nor does a shortest one back
//! to the start along the arrows.

use std::sync::Arc;

use fixedbitset::FixedBitSet;
use smallvec::SmallVec;

use super::expand::{Hops, used};
use super::operator::{Input, begun_or_next};
use super::scan::index;
use super::trail::Requirement;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::{BATCH_SIZE, Batch, Column};
use crate::function::Held;
use crate::graph::View;
use crate::plan;
use crate::value::{NodeId, RelationshipId};

/// Each row of the input with each node at the end of a trail, or once where the known node is one.
pub(crate) struct PruningExpand<'a> {
    input: Input<'a>,
    plan: &'a plan::VarLengthExpand,
    hops: Option<Hops>,
    batch: Option<(Batch, usize)>,
    reach: Reach,
    held: Held,
}

/// What is reached from one node.
#[derive(Default)]
struct Reach {
    seen: FixedBitSet,
    /// The slots, in the order of their discovery.
    reached: Vec<u32>,
}

/// Which relationships may be walked.
struct Ways<'s> {
    view: &'s View,
    hops: &'s Hops,
    requirement: Requirement,
    used: SmallVec<[RelationshipId; 8]>,
}

impl<'a> PruningExpand<'a> {
    pub(crate) fn new(input: Input<'a>, plan: &'a plan::VarLengthExpand) -> Self {
        Self {
            input,
            plan,
            hops: None,
            batch: None,
            reach: Reach::default(),
            held: Held::default(),
        }
    }

    fn reach(
        &mut self,
        ctx: &ExecutionContext<'_>,
        hops: &Hops,
        batch: &Batch,
        row: usize,
    ) -> Execution<()> {
        self.reach.clear();
        let Some(from) = batch.column(self.plan.expand.from).node(row) else {
            return Ok(());
        };
        let view = ctx.view();
        let ways = Ways {
            view: &view,
            hops,
            requirement: Requirement::new(ctx, &self.plan.properties, batch, row)?,
            used: used(
                batch,
                row,
                self.plan.expand.unique.iter().map(|used| used.slot),
            ),
        };
        self.reach.walk(ctx, &ways, from, self.plan)
    }
}

impl Reach {
    fn clear(&mut self) {
        for slot in self.reached.drain(..) {
            self.seen.remove(slot as usize);
        }
    }

    fn walk(
        &mut self,
        ctx: &ExecutionContext<'_>,
        ways: &Ways<'_>,
        from: NodeId,
        plan: &plan::VarLengthExpand,
    ) -> Execution<()> {
        self.seen.grow(ways.view.node_slots() as usize);
        let max = plan.max.unwrap_or(u32::MAX);
        let mut depth = 0;
        if plan.min == 0 {
            self.take(from.slot());
        } else if max > 0 {
            depth = 1;
            self.follow(ways, from);
        }
        let mut level = 0;
        while level < self.reached.len() && depth < max {
            let end = self.reached.len();
            for at in level..end {
                if at.is_multiple_of(1024) {
                    ctx.check()?;
                }
                self.follow(ways, ways.view.node_id(self.reached[at]));
            }
            (level, depth) = (end, depth + 1);
        }
        Ok(())
    }

    fn take(&mut self, slot: u32) {
        if !self.seen.put(slot as usize) {
            self.reached.push(slot);
        }
    }

    fn follow(&mut self, ways: &Ways<'_>, node: NodeId) {
        let is_free = ways.requirement.is_none() && ways.used.is_empty();
        if let (true, Some((t, direction))) = (is_free, ways.hops.single()) {
            for slot in ways.view.neighbours(node, t, direction).nodes {
                self.take(*slot);
            }
            return;
        }
        ways.hops.each(ways.view, node, |slot, relationship| {
            let relationship = ways.view.relationship_id(relationship);
            if !ways.used.contains(&relationship) && ways.requirement.holds(ways.view, relationship)
            {
                self.take(slot);
            }
        });
    }
}

impl Operator for PruningExpand<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        while let Some((batch, mut row)) = begun_or_next(&mut self.batch, &mut *self.input, ctx)? {
            let expand = &self.plan.expand;
            let hops = self
                .hops
                .take()
                .unwrap_or_else(|| Hops::new(ctx, expand.types.as_ref(), expand.direction));
            let (mut rows, mut nodes) = (Vec::new(), Vec::new());
            while row < batch.len() && rows.len() < BATCH_SIZE {
                self.reach(ctx, &hops, &batch, row)?;
                if self.plan.is_into {
                    let target = batch.column(expand.to).node(row);
                    if target.is_some_and(|node| self.reach.seen.contains(node.slot() as usize)) {
                        rows.push(index(row));
                    }
                } else {
                    let view = ctx.view();
                    nodes.extend(self.reach.reached.iter().map(|slot| view.node_id(*slot)));
                    rows.resize(nodes.len(), index(row));
                }
                row += 1;
                let size = size_of::<NodeId>() + size_of::<u32>();
                ctx.hold_only(&mut self.held, nodes.len() * size)?;
            }
            self.hops = Some(hops);
            let mut out = batch.take(&rows);
            if row < batch.len() {
                self.batch = Some((batch, row));
            }
            ctx.check()?;
            if !rows.is_empty() {
                if !self.plan.is_into {
                    out.set(expand.to, Column::Nodes(nodes));
                }
                out.widen(expand.relationship + 1);
                return Ok(Some(out));
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
