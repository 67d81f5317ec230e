//! `CountIntersect`: how many nodes several known ones are joined to, by intersecting sorted runs of neighbours.

use std::sync::Arc;

use fixedbitset::FixedBitSet;
use smallvec::SmallVec;

use super::expand::{Hops, used_at};
use super::node_filter::NodeFilter;
use super::operator::Input;
use super::scan::index;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::{Batch, Column};
use crate::graph::View;
use crate::plan;
use crate::value::{NodeId, RelationshipId};

/// Runs this many times as long as another are searched, not walked.
const SKEW: usize = 16;

/// Each row of the input with the number of choices of a node joined to all known ends and of the relationships to it,
/// where it is not 0.
pub(crate) struct CountIntersect<'a> {
    input: Input<'a>,
    plan: Option<Input<'a>>,
    tail: &'a plan::Tail,
    arms: Option<Arms>,
    /// The neighbours of the node whose run was marked last, and that node.
    marks: FixedBitSet,
    marked: Option<NodeId>,
}

/// The arms of the tail, resolved for one graph.
struct Arms {
    hops: Vec<Hops>,
    filter: Arc<NodeFilter>,
    /// Whether a relationship that is met could be one that may not be used again, or that of another arm.
    may_meet: bool,
}

impl<'a> CountIntersect<'a> {
    pub(crate) fn new(input: Input<'a>, plan: Option<Input<'a>>, tail: &'a plan::Tail) -> Self {
        Self {
            input,
            plan,
            tail,
            arms: None,
            marks: FixedBitSet::new(),
            marked: None,
        }
    }

    fn resolve(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Arms> {
        let hops: Vec<Hops> = self
            .tail
            .arms
            .iter()
            .map(|arm| Hops::new(ctx, arm.types.as_ref(), arm.direction))
            .collect();
        let plan = self.plan.as_mut();
        // A label that all ends of one arm bear is borne by all that are joined.
        let filter = ctx.filter(self.tail, || {
            NodeFilter::new(ctx, self.tail, &hops[0], plan)
        })?;
        let view = ctx.view();
        self.marks = FixedBitSet::with_capacity(view.node_slots() as usize);
        self.marked = None;
        // What joins the known nodes with each other leads to one of these, which only a self-loop joins to itself.
        let mut types = hops.iter().flat_map(Hops::types);
        let may_meet = !self.tail.joins_ends || types.any(|t| view.loop_count(*t) > 0);
        Ok(Arms {
            hops,
            filter,
            may_meet,
        })
    }

    /// How many choices there are for a row; `None` for one whose end is no node.
    fn count(&mut self, view: &View, arms: &Arms, batch: &Batch, row: usize) -> Option<i64> {
        let plan = self.tail.arms.as_slice();
        if !arms.may_meet
            && let ([left, right], [left_hops, right_hops]) = (plan, arms.hops.as_slice())
            && let (Some(one), Some(other)) = (left_hops.single(), right_hops.single())
        {
            let from = batch.column(left.from).node(row)?;
            let to = batch.column(right.from).node(row)?;
            // From one node, a relationship is only met by both arms where they go the same way.
            if from != to || one != other {
                let left = view.neighbours(from, one.0, one.1).nodes;
                let right = view.neighbours(to, other.0, other.1).nodes;
                return Some(self.common(view, arms, from, left, right));
            }
        }
        let nodes: SmallVec<[NodeId; 4]> = plan
            .iter()
            .map(|arm| batch.column(arm.from).node(row))
            .collect::<Option<_>>()?;
        let used: SmallVec<[SmallVec<[RelationshipId; 8]>; 4]> = plan
            .iter()
            .zip(&nodes)
            .map(|(arm, node)| used_at(batch, row, *node, &arm.unique))
            .collect();
        // A relationship can only be met twice where two of its ends could be this node.
        let mut care: SmallVec<[u32; 8]> = nodes.iter().map(|node| node.slot()).collect();
        for relationship in used.iter().flatten() {
            let (start, end) = view.endpoints(*relationship)?;
            care.extend([start.slot(), end.slot()]);
        }
        let are_apart = (1..nodes.len()).all(|at| !nodes[..at].contains(&nodes[at]));
        if let ([left, right], true) = (arms.hops.as_slice(), are_apart)
            && let (Some(left), Some(right)) = (left.single(), right.single())
        {
            let left = view.neighbours(nodes[0], left.0, left.1).nodes;
            let right = view.neighbours(nodes[1], right.0, right.1).nodes;
            let mut count = self.common(view, arms, nodes[0], left, right);
            care.sort_unstable();
            care.dedup();
            for slot in care {
                let met = occurrences(left, slot) * occurrences(right, slot);
                if met > 0 && arms.filter.passes(view, slot) {
                    count -= i64::from(index(met));
                    count += choices(view, arms, &nodes, &used, slot);
                }
            }
            return Some(count);
        }
        Some(self.one_by_one(view, arms, &nodes, &used))
    }

    /// The sum over the nodes in both runs of the product of how often they stand there.
    fn common(
        &mut self,
        view: &View,
        arms: &Arms,
        node: NodeId,
        left: &[u32],
        right: &[u32],
    ) -> i64 {
        let filter = &arms.filter;
        let counts = |slot: u32| filter.passes_all() || filter.passes(view, slot);
        if left.is_empty() || right.is_empty() {
            return 0;
        }
        if left.len() > SKEW * right.len() {
            return searched(right, left, counts);
        }
        if right.len() > SKEW * left.len() {
            return searched(left, right, counts);
        }
        if self.marked != Some(node) {
            if left.windows(2).any(|pair| pair[0] == pair[1]) {
                return merged(left, right, counts);
            }
            self.mark(view, arms, node, left);
        }
        let words = self.marks.as_slice();
        let mut count = 0;
        for slot in right {
            let word = words[(slot / usize::BITS) as usize];
            count += (word >> (slot % usize::BITS)) & 1;
        }
        i64::try_from(count).unwrap_or(i64::MAX)
    }

    /// Marks the neighbours of a node that count; the rows that follow mostly have the same node.
    fn mark(&mut self, view: &View, arms: &Arms, node: NodeId, run: &[u32]) {
        if let Some((t, direction)) = arms.hops[0].single()
            && let Some(before) = self.marked
        {
            for slot in view.neighbours(before, t, direction).nodes {
                self.marks.remove(*slot as usize);
            }
        }
        for slot in run {
            if arms.filter.passes_all() || arms.filter.passes(view, *slot) {
                self.marks.insert(*slot as usize);
            }
        }
        self.marked = Some(node);
    }

    /// Any number of arms of any types: each node at the first arm is looked for at the others.
    fn one_by_one(
        &self,
        view: &View,
        arms: &Arms,
        nodes: &[NodeId],
        used: &[SmallVec<[RelationshipId; 8]>],
    ) -> i64 {
        let mut candidates = Vec::new();
        arms.hops[0].each(view, nodes[0], |slot, _| candidates.push(slot));
        candidates.sort_unstable();
        candidates.dedup();
        candidates
            .into_iter()
            .filter(|slot| arms.filter.passes(view, *slot))
            .map(|slot| choices(view, arms, nodes, used, slot))
            .sum()
    }
}

fn occurrences(run: &[u32], slot: u32) -> usize {
    let first = run.partition_point(|other| *other < slot);
    run[first..]
        .iter()
        .take_while(|other| **other == slot)
        .count()
}

/// The product for each item of a short run that stands in a long one.
fn searched(short: &[u32], long: &[u32], counts: impl Fn(u32) -> bool) -> i64 {
    let mut count = 0;
    let mut rest = long;
    for slot in short {
        rest = &rest[rest.partition_point(|other| other < slot)..];
        let met = rest.iter().take_while(|other| *other == slot).count();
        if met > 0 && counts(*slot) {
            count += met;
        }
    }
    i64::from(index(count))
}

/// The same for two runs of about the same length.
fn merged(left: &[u32], right: &[u32], counts: impl Fn(u32) -> bool) -> i64 {
    let mut count = 0;
    let mut rest = right;
    for slot in left {
        let before = rest.iter().take_while(|other| *other < slot).count();
        rest = &rest[before..];
        let met = rest.iter().take_while(|other| *other == slot).count();
        if met > 0 && counts(*slot) {
            count += met;
        }
    }
    i64::from(index(count))
}

/// How many ways there are to choose a relationship to one node for each arm, all different and none used before.
fn choices(
    view: &View,
    arms: &Arms,
    nodes: &[NodeId],
    used: &[SmallVec<[RelationshipId; 8]>],
    slot: u32,
) -> i64 {
    let node = view.node_id(slot);
    let options: Vec<Vec<RelationshipId>> = arms
        .hops
        .iter()
        .zip(nodes)
        .zip(used)
        .map(|((hops, from), used)| {
            let mut found = Vec::new();
            hops.between(view, *from, node, |relationship| {
                let relationship = view.relationship_id(relationship);
                if !used.contains(&relationship) {
                    found.push(relationship);
                }
            });
            found
        })
        .collect();
    different(&options, &mut Vec::new())
}

fn different(options: &[Vec<RelationshipId>], chosen: &mut Vec<RelationshipId>) -> i64 {
    let Some((first, rest)) = options.split_first() else {
        return 1;
    };
    let mut count = 0;
    for relationship in first {
        if !chosen.contains(relationship) {
            chosen.push(*relationship);
            count += different(rest, chosen);
            chosen.pop();
        }
    }
    count
}

impl Operator for CountIntersect<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        while let Some(mut batch) = self.input.next(ctx)? {
            ctx.check()?;
            let arms = match self.arms.take() {
                Some(arms) => arms,
                None => self.resolve(ctx)?,
            };
            let view = ctx.view();
            let (mut rows, mut counts) = (Vec::new(), Vec::new());
            for row in 0..batch.len() {
                let count = self.count(&view, &arms, &batch, row).unwrap_or(0);
                if count > 0 {
                    rows.push(index(row));
                    counts.push(count);
                }
            }
            self.arms = Some(arms);
            if rows.is_empty() {
                continue;
            }
            if rows.len() < batch.len() {
                batch = batch.take(&rows);
            }
            batch.set(self.tail.arms[0].relationship, Column::Integers(counts));
            return Ok(Some(batch));
        }
        Ok(None)
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
    }
}
