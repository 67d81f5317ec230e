//! `CountExpand`: how many relationships a node has, or how many pairs of two different ones, without following them.

use std::sync::Arc;

use super::expand::{Hops, used};
use super::node_filter::NodeFilter;
use super::operator::Input;
use super::scan::index;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::{Batch, Column};
use crate::graph::{self, View};
use crate::plan;
use crate::value::{NodeId, RelationshipId};

/// Each row of the input with the number of matches of one tail, or of two together, where it is not 0.
pub(crate) struct CountExpand<'a> {
    input: Input<'a>,
    /// The plans that give the nodes that count, for the tails that have one, in order.
    plans: Vec<Input<'a>>,
    plan: &'a [plan::Tail],
    tails: Option<Vec<Tail<'a>>>,
}

/// A tail, resolved for one graph.
pub(super) struct Tail<'a> {
    pub(super) arm: &'a plan::Expand,
    pub(super) hops: Hops,
    pub(super) filter: Arc<NodeFilter>,
}

impl<'a> CountExpand<'a> {
    pub(crate) fn new(input: Input<'a>, plans: Vec<Input<'a>>, plan: &'a [plan::Tail]) -> Self {
        Self {
            input,
            plans,
            plan,
            tails: None,
        }
    }

    fn resolve(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Vec<Tail<'a>>> {
        let mut plans = self.plans.iter_mut();
        let mut tails = Vec::with_capacity(self.plan.len());
        for tail in self.plan {
            let plan = if tail.has_plan { plans.next() } else { None };
            let arm = &tail.arms[0];
            let hops = Hops::new(ctx, arm.types.as_ref(), arm.direction);
            let filter = ctx.filter(tail, || NodeFilter::new(ctx, tail, &hops, plan))?;
            tails.push(Tail { arm, hops, filter });
        }
        Ok(tails)
    }
}

impl Tail<'_> {
    /// How many relationships of the node in a row count.
    fn count(&self, view: &View, batch: &Batch, row: usize, node: NodeId) -> i64 {
        if let (true, Some((t, direction))) = (self.filter.passes_all(), self.hops.single())
            && self.arm.unique.is_empty()
        {
            return i64::from(index(view.degree(node, t, direction)));
        }
        let all: i64 = self.runs(view, node, |run| self.filter.count(view, run));
        match self.arm.unique.is_empty() {
            true => all,
            false => {
                all - self.used(view, batch, row, node, |other| {
                    self.filter.passes(view, other)
                })
            }
        }
    }

    /// How many of them lead to a node that has the key asked for.
    fn count_present(&self, view: &View, batch: &Batch, row: usize, node: NodeId) -> i64 {
        let counts =
            |other: u32| self.filter.passes(view, other) && self.filter.is_present(view, other);
        let all: i64 = self.runs(view, node, |run| {
            i64::from(index(run.iter().filter(|other| counts(**other)).count()))
        });
        all - self.used(view, batch, row, node, counts)
    }

    /// The sum over the runs of neighbours; a self-loop that is met from both ends counts once.
    fn runs(&self, view: &View, node: NodeId, count: impl Fn(&[u32]) -> i64) -> i64 {
        let mut sum = 0;
        for t in self.hops.types() {
            for (at, direction) in self.hops.directions().iter().enumerate() {
                let run = view.neighbours(node, *t, *direction).nodes;
                sum += count(run);
                if at > 0 {
                    let first = run.partition_point(|slot| *slot < node.slot());
                    let end = run.partition_point(|slot| *slot <= node.slot());
                    sum -= count(&run[first..end]);
                }
            }
        }
        sum
    }

    /// How many of the relationships that may not be used again were counted.
    fn used(
        &self,
        view: &View,
        batch: &Batch,
        row: usize,
        node: NodeId,
        counts: impl Fn(u32) -> bool,
    ) -> i64 {
        let counted = self.unusable(batch, row).filter(|relationship| {
            self.leads_to(view, *relationship, node)
                .is_some_and(&counts)
        });
        i64::from(index(counted.count()))
    }

    /// The relationships that may not be used again, each once.
    fn unusable(&self, batch: &Batch, row: usize) -> impl Iterator<Item = RelationshipId> + use<> {
        let mut used = used(batch, row, &self.arm.unique);
        used.sort_unstable();
        used.dedup();
        used.into_iter()
    }

    /// The slot of the node to which a relationship leads from another, if it can be followed.
    fn leads_to(&self, view: &View, relationship: RelationshipId, node: NodeId) -> Option<u32> {
        let ends = view.endpoints(relationship)?;
        let other = self.hops.passes(view.type_of(relationship)?, ends, node)?;
        Some(other.slot())
    }

    /// Whether a relationship can be counted both here and there: from one node in opposite directions, only a
    /// self-loop can.
    fn may_share(&self, view: &View, other: &Self) -> bool {
        let here = self.hops.directions();
        let is_opposite = other
            .hops
            .directions()
            .iter()
            .all(|own| !here.contains(own));
        let mut types = self.hops.types().iter();
        let can_share = |t: &graph::TypeId| {
            other.hops.types().contains(t) && (!is_opposite || view.loop_count(*t) > 0)
        };
        self.arm.from != other.arm.from || types.any(can_share)
    }

    /// How many pairs of one relationship here and the same one there were counted.
    fn same_pairs(
        &self,
        view: &View,
        (batch, row): (&Batch, usize),
        node: NodeId,
        other: &Self,
        other_node: NodeId,
    ) -> i64 {
        let counts = |tail: &Self, relationship, node| {
            tail.leads_to(view, relationship, node)
                .is_some_and(|end| tail.filter.passes(view, end))
        };
        // Those that may not be used were not counted here or there.
        let unusable = self.unusable(batch, row).filter(|relationship| {
            counts(self, *relationship, node) && counts(other, *relationship, other_node)
        });
        let unusable = i64::from(index(unusable.count()));
        self.shared_with(view, node, other, other_node) - unusable
    }

    /// How many relationships are counted both here from one node and there from another.
    fn shared_with(&self, view: &View, node: NodeId, other: &Self, other_node: NodeId) -> i64 {
        let mut shared = 0;
        for t in self.hops.types() {
            if !other.hops.types().contains(t) {
                continue;
            }
            let goes = |tail: &Self, direction| tail.hops.directions().contains(&direction);
            for direction in [graph::Direction::Outgoing, graph::Direction::Incoming] {
                if !goes(self, direction) {
                    continue;
                }
                let run = view.neighbours(node, *t, direction).nodes;
                let first = run.partition_point(|slot| *slot < other_node.slot());
                let end = run.partition_point(|slot| *slot <= other_node.slot());
                if node != other_node {
                    // A relationship between the two nodes, seen from both ends.
                    if goes(other, direction.reversed())
                        && self.filter.passes(view, other_node.slot())
                        && other.filter.passes(view, node.slot())
                    {
                        shared += end - first;
                    }
                    continue;
                }
                let passes_both =
                    |slot: u32| self.filter.passes(view, slot) && other.filter.passes(view, slot);
                if goes(other, direction) {
                    let others = run[..first].iter().chain(&run[end..]);
                    shared += others.filter(|slot| passes_both(**slot)).count();
                }
                // A self-loop stands in both runs; it is met in the first that is followed.
                let is_first = self.hops.directions().first() == Some(&direction);
                if is_first && passes_both(node.slot()) {
                    shared += end - first;
                }
            }
        }
        i64::from(index(shared))
    }
}

impl Operator for CountExpand<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        while let Some(batch) = self.input.next(ctx)? {
            ctx.check()?;
            let tails = match self.tails.take() {
                Some(tails) => tails,
                None => self.resolve(ctx)?,
            };
            let out = counted(ctx, self.plan, &tails, batch);
            self.tails = Some(tails);
            if out.is_some() {
                return Ok(out);
            }
        }
        Ok(None)
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
    }
}

fn counted(
    ctx: &ExecutionContext<'_>,
    plan: &[plan::Tail],
    tails: &[Tail<'_>],
    batch: Batch,
) -> Option<Batch> {
    let view = ctx.view();
    let (first, second) = (&tails[0], tails.get(1));
    let may_share = second.is_some_and(|second| first.may_share(&view, second));
    let nodes = batch.column(first.arm.from);
    let has_present = plan[0].present.is_some() && !first.filter.has_all_present();
    let (mut rows, mut counts, mut present) = (Vec::new(), Vec::new(), Vec::new());
    for row in 0..batch.len() {
        let Some(node) = nodes.node(row) else {
            continue;
        };
        let mut count = first.count(&view, &batch, row, node);
        if count > 0
            && let Some(second) = second
        {
            let other = batch.column(second.arm.from).node(row);
            count = other.map_or(0, |other| {
                let further = second.count(&view, &batch, row, other);
                let shared = match may_share {
                    true => first.same_pairs(&view, (&batch, row), node, second, other),
                    false => 0,
                };
                count.saturating_mul(further) - shared
            });
        }
        if count > 0 {
            rows.push(index(row));
            counts.push(count);
            if has_present {
                present.push(first.count_present(&view, &batch, row, node));
            }
        }
    }
    if rows.is_empty() {
        return None;
    }
    let mut out = match rows.len() == batch.len() {
        true => batch,
        false => batch.take(&rows),
    };
    if plan[0].present.is_some() {
        let present = if has_present { present } else { counts.clone() };
        out.set(first.arm.to, Column::Integers(present));
    }
    out.set(first.arm.relationship, Column::Integers(counts));
    Some(out)
}
