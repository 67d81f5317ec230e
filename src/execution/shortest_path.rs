//! `ShortestPath`: the shortest trails between two known nodes, found breadth first.

use std::sync::Arc;

use super::bidirectional::{Bidirectional, Ways};
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
    both_ends: Bidirectional,
    held: Held,
}

/// About how many bytes a trail takes, found and as a value.
pub(super) fn size(trail: &[RelationshipId]) -> usize {
    const EACH: usize = 64;
    EACH + trail.len() * (size_of::<RelationshipId>() + size_of::<Value>())
}

impl<'a> ShortestPath<'a> {
    pub(crate) fn new(input: Input<'a>, plan: &'a plan::ShortestPath) -> Self {
        Self {
            input,
            plan,
            both_ends: Bidirectional::default(),
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
            let used = used(batch, row, expand.unique.iter().map(|used| used.slot));
            return self.by_trails(
                ctx,
                &hops,
                Trails::new(from, (self.plan.min, self.plan.max), requirement, used),
                to,
            );
        }
        let back = Hops::new(ctx, expand.types.as_ref(), expand.direction.reversed());
        let view = ctx.view();
        let ways = Ways {
            view: &view,
            forth: &hops,
            back: &back,
            requirement: &requirement,
        };
        let ends = (from.slot(), to.slot());
        self.both_ends.shortest(
            (ctx, &mut self.held),
            &ways,
            ends,
            self.plan.max,
            self.plan.is_all,
        )
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
