//! `ShortestPath`: the shortest trails between two known nodes, found breadth first.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::expand::{Hops, used};
use super::operator::Input;
use super::scan::index;
use super::trail::{Requirement, Trails};
use super::{Execution, ExecutionContext, Operator};
use crate::expression::{Batch, Column};
use crate::function::Held;
use crate::plan;
use crate::value::{NodeId, RelationshipId, Value};

/// Each row of the input with one, or with all, of the shortest trails between two nodes.
pub(crate) struct ShortestPath<'a> {
    input: Input<'a>,
    plan: &'a plan::ShortestPath,
    held: Held,
}

/// About how many bytes a trail takes, found and as a value.
fn size(trail: &[RelationshipId]) -> usize {
    const EACH: usize = 64;
    EACH + trail.len() * (size_of::<RelationshipId>() + size_of::<Value>())
}

/// The steps that lead to each node reached, all from the level before.
type Steps = FxHashMap<NodeId, Vec<(RelationshipId, NodeId)>>;

impl<'a> ShortestPath<'a> {
    pub(crate) fn new(input: Input<'a>, plan: &'a plan::ShortestPath) -> Self {
        Self {
            input,
            plan,
            held: Held::default(),
        }
    }

    fn search(
        &mut self,
        ctx: &ExecutionContext<'_>,
        batch: &Batch,
        row: usize,
    ) -> Execution<Vec<Vec<RelationshipId>>> {
        let expand = &self.plan.expand;
        let (Some(from), Some(to)) = (
            batch.column(expand.from).node(row),
            batch.column(expand.to).node(row),
        ) else {
            return Ok(Vec::new());
        };
        let hops = Hops::new(ctx, expand.types.as_ref(), expand.direction);
        let requirement = Requirement::new(ctx, &self.plan.properties, batch, row)?;
        if from == to && self.plan.min == 0 {
            return Ok(vec![Vec::new()]);
        }
        // Breadth first finds walks without a repeated node; a way back to the start, or one that must not be too
        // short, has to be searched trail by trail.
        if from == to || self.plan.min > 1 {
            let used = used(batch, row, &expand.unique);
            return self.by_trails(
                ctx,
                &hops,
                Trails::new(from, (self.plan.min, self.plan.max), requirement, used),
                to,
            );
        }
        let steps = self.breadth_first(ctx, &hops, &requirement, from, to)?;
        self.unwind(ctx, &steps, from, to)
    }

    fn breadth_first(
        &self,
        ctx: &ExecutionContext<'_>,
        hops: &Hops,
        requirement: &Requirement,
        from: NodeId,
        to: NodeId,
    ) -> Execution<Steps> {
        let view = ctx.view();
        let mut steps = Steps::default();
        steps.insert(from, Vec::new());
        let mut frontier = vec![from];
        let mut depth = 0;
        while !frontier.is_empty()
            && !steps.contains_key(&to)
            && self.plan.max.is_none_or(|max| depth < max)
        {
            depth += 1;
            let mut reached = Steps::default();
            let mut order = Vec::new();
            for node in frontier {
                ctx.check()?;
                hops.each(&view, node, |other, relationship| {
                    let other = view
                        .node_at(other)
                        .expect("the adjacency holds living nodes");
                    if steps.contains_key(&other) {
                        return;
                    }
                    let relationship = view
                        .relationship_at(relationship)
                        .expect("the adjacency holds living relationships");
                    if !requirement.holds(&view, relationship) {
                        return;
                    }
                    let known = reached.entry(other).or_insert_with(|| {
                        order.push(other);
                        Vec::new()
                    });
                    if known.is_empty() || self.plan.is_all {
                        known.push((relationship, node));
                    }
                });
            }
            steps.extend(reached);
            frontier = order;
        }
        Ok(steps)
    }

    /// The trails that the steps describe, from the end back to the start.
    fn unwind(
        &mut self,
        ctx: &ExecutionContext<'_>,
        steps: &Steps,
        from: NodeId,
        to: NodeId,
    ) -> Execution<Vec<Vec<RelationshipId>>> {
        let mut found = Vec::new();
        let mut open: Vec<(NodeId, Vec<RelationshipId>)> = match steps.contains_key(&to) {
            true => vec![(to, Vec::new())],
            false => Vec::new(),
        };
        while let Some((node, trail)) = open.pop() {
            if node == from {
                ctx.check()?;
                ctx.hold(&mut self.held, size(&trail))?;
                found.push(trail.into_iter().rev().collect());
                continue;
            }
            for (relationship, before) in steps[&node].iter().rev() {
                let mut longer = trail.clone();
                longer.push(*relationship);
                open.push((*before, longer));
            }
        }
        Ok(found)
    }

    fn by_trails(
        &mut self,
        ctx: &ExecutionContext<'_>,
        hops: &Hops,
        mut trails: Trails,
        to: NodeId,
    ) -> Execution<Vec<Vec<RelationshipId>>> {
        let mut found: Vec<Vec<RelationshipId>> = Vec::new();
        while let Some(end) = trails.next(ctx, hops)? {
            if end != to {
                continue;
            }
            let trail = trails.relationships();
            let shortest = found.first().map_or(usize::MAX, Vec::len);
            if trail.len() < shortest {
                found.clear();
            }
            if found.is_empty() || (self.plan.is_all && trail.len() == shortest) {
                ctx.hold(&mut self.held, size(trail))?;
                found.push(trail.to_vec());
            }
        }
        Ok(found)
    }
}

impl Operator for ShortestPath<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        while let Some(batch) = self.input.next(ctx)? {
            let (mut rows, mut lists) = (Vec::new(), Vec::new());
            self.held.clear();
            for row in 0..batch.len() {
                for trail in self.search(ctx, &batch, row)? {
                    rows.push(index(row));
                    lists.push(Value::List(
                        trail.into_iter().map(Value::Relationship).collect(),
                    ));
                }
            }
            ctx.check()?;
            if !rows.is_empty() {
                let mut out = batch.take(&rows);
                out.set(self.plan.expand.relationship, Column::Values(lists));
                return Ok(Some(out));
            }
        }
        Ok(None)
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
    }
}
