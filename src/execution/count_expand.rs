//! `CountExpand`: how many relationships a node has, or how many pairs of two different ones, without following them.

use std::sync::Arc;

use super::expand::{Hops, used_at};
use super::node_filter::NodeFilter;
use super::operator::Input;
use super::scan::index;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::{Batch, Column};
use crate::graph::{self, View};
use crate::plan::{self, KeepCounted};
use crate::value::{NodeId, RelationshipId};

/// Each row of the input with the number of matches of one tail, or of two together, where it is not 0.
pub(crate) struct CountExpand<'a> {
    input: Input<'a>,
    /// The plans that give the nodes that count, for the tails that have one, in order.
    plans: Vec<Input<'a>>,
    plan: &'a [plan::Tail],
    keep: KeepCounted,
    tails: Option<Vec<Tail<'a>>>,
}

/// A tail, resolved for one graph.
pub(super) struct Tail<'a> {
    pub(super) arm: &'a plan::Expand,
    pub(super) hops: Hops,
    pub(super) filter: Arc<NodeFilter>,
}

impl<'a> CountExpand<'a> {
    pub(crate) fn new(
        input: Input<'a>,
        plans: Vec<Input<'a>>,
        plan: &'a [plan::Tail],
        keep: KeepCounted,
    ) -> Self {
        Self {
            input,
            plans,
            plan,
            keep,
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
    /// How many relationships of the node in each row count; those of no node are none.
    fn counts(&self, view: &View, batch: &Batch) -> Vec<i64> {
        let nodes = batch.column(self.arm.from);
        let mut counts = match (self.hops.single(), self.filter.passes_all()) {
            (Some((t, direction)), true) => {
                each_node(nodes, |node| view.degree(node, t, direction))
            }
            (Some((t, direction)), false) => each_node(nodes, |node| {
                let run = view.neighbours(node, t, direction).nodes;
                self.filter.count(view, run)
            }),
            _ => each_node(nodes, |node| {
                self.runs(view, node, |run| self.filter.count(view, run))
            }),
        };
        let unique = &self.arm.unique;
        if unique.is_empty() {
            return counts;
        }
        let passes = |other| self.filter.passes(view, other);
        for (row, count) in counts.iter_mut().enumerate() {
            if let Some(node) = nodes.node(row)
                && unique.iter().any(|used| used.is_met_at(batch, row, node))
            {
                *count -= self.used(view, batch, row, node, passes);
            }
        }
        counts
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
        let counted = self.unusable(batch, row, node).filter(|relationship| {
            self.leads_to(view, *relationship, node)
                .is_some_and(&counts)
        });
        i64::from(index(counted.count()))
    }

    /// The relationships that may not be used again, each once.
    fn unusable(
        &self,
        batch: &Batch,
        row: usize,
        node: NodeId,
    ) -> impl Iterator<Item = RelationshipId> + use<> {
        let mut used = used_at(batch, row, node, &self.arm.unique);
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
        let unusable = self.unusable(batch, row, node).filter(|relationship| {
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
            let counts = counts(ctx, &tails, &batch);
            let out = match self.keep {
                KeepCounted::Matched => kept(batch, &counts, |count| count > 0),
                KeepCounted::Unmatched => kept(batch, &counts, |count| count <= 0),
                KeepCounted::Numbers => {
                    let matched = counts.iter().copied().filter(|count| *count > 0).collect();
                    let batch = kept(batch, &counts, |count| count > 0);
                    with_numbers(ctx, self.plan, &tails, batch, matched)
                }
                KeepCounted::All { rows } => {
                    let at_least_one = counts.iter().map(|count| (*count).max(1)).collect();
                    let mut out = with_numbers(ctx, self.plan, &tails, batch, counts);
                    out.set(rows, Column::Integers(at_least_one));
                    out
                }
            };
            self.tails = Some(tails);
            if !out.is_empty() {
                return Ok(Some(out));
            }
        }
        Ok(None)
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
    }
}

/// How many matches each row has.
fn counts(ctx: &ExecutionContext<'_>, tails: &[Tail<'_>], batch: &Batch) -> Vec<i64> {
    let view = ctx.view();
    let (first, second) = (&tails[0], tails.get(1));
    let mut counts = first.counts(&view, batch);
    if let Some(second) = second {
        for (count, further) in counts.iter_mut().zip(second.counts(&view, batch)) {
            *count = count.saturating_mul(further);
        }
        if first.may_share(&view, second) {
            let (nodes, others) = (batch.column(first.arm.from), batch.column(second.arm.from));
            let matched = counts.iter_mut().enumerate();
            for (row, count) in matched.filter(|(_, count)| **count > 0) {
                if let (Some(node), Some(other)) = (nodes.node(row), others.node(row)) {
                    *count -= first.same_pairs(&view, (batch, row), node, second, other);
                }
            }
        }
    }
    counts
}

/// The rows whose number passes a test, as they are.
fn kept(batch: Batch, counts: &[i64], test: impl Fn(i64) -> bool) -> Batch {
    if counts.iter().all(|count| test(*count)) {
        return batch;
    }
    let numbered = (0..).zip(counts);
    let rows = numbered.filter(|(_, count)| test(**count));
    let rows: Vec<u32> = rows.map(|(row, _)| row).collect();
    batch.take(&rows)
}

/// The rows with their numbers, in the slots where they belong.
fn with_numbers(
    ctx: &ExecutionContext<'_>,
    plan: &[plan::Tail],
    tails: &[Tail<'_>],
    mut batch: Batch,
    counts: Vec<i64>,
) -> Batch {
    let view = ctx.view();
    let first = &tails[0];
    if plan[0].present.is_some() {
        let present = match first.filter.has_all_present() {
            true => counts.clone(),
            false => {
                let nodes = batch.column(first.arm.from);
                let rows = counts.iter().enumerate();
                let present = rows.map(|(row, count)| match nodes.node(row) {
                    Some(node) if *count > 0 => first.count_present(&view, &batch, row, node),
                    _ => 0,
                });
                present.collect()
            }
        };
        batch.set(first.arm.to, Column::Integers(present));
    }
    batch.set(first.arm.relationship, Column::Integers(counts));
    batch
}

/// What is counted at the node in each row of a column; nothing where there is no node.
fn each_node<N: TryInto<i64>>(nodes: &Column, count: impl Fn(NodeId) -> N) -> Vec<i64> {
    let count = |node| count(node).try_into().unwrap_or(i64::MAX);
    match nodes {
        Column::Nodes(nodes) => nodes.iter().map(|node| count(*node)).collect(),
        nodes => (0..nodes.len())
            .map(|row| nodes.node(row).map_or(0, count))
            .collect(),
    }
}
