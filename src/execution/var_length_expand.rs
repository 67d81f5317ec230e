//! `VarLengthExpand`: trails of relationships from a node.

use std::sync::Arc;

use super::expand::{Hops, used};
use super::operator::{Input, begun_or_next};
use super::scan::index;
use super::trail::{Requirement, Trails};
use super::{Execution, ExecutionContext, Operator};
use crate::expression::{BATCH_SIZE, Batch, Column};
use crate::function::Held;
use crate::plan;
use crate::value::{NodeId, Value};

/// Each row of the input with each trail from a node to any (or to a known) node.
pub(crate) struct VarLengthExpand<'a> {
    input: Input<'a>,
    plan: &'a plan::VarLengthExpand,
    hops: Option<Hops>,
    batch: Option<(Batch, usize)>,
    trails: Option<Trails>,
    held: Held,
}

impl<'a> VarLengthExpand<'a> {
    pub(crate) fn new(input: Input<'a>, plan: &'a plan::VarLengthExpand) -> Self {
        Self {
            input,
            plan,
            hops: None,
            batch: None,
            trails: None,
            held: Held::default(),
        }
    }

    fn trails(
        &self,
        ctx: &ExecutionContext<'_>,
        batch: &Batch,
        row: usize,
    ) -> Execution<Option<Trails>> {
        let Some(from) = batch.column(self.plan.expand.from).node(row) else {
            return Ok(None);
        };
        let requirement = Requirement::new(ctx, &self.plan.properties, batch, row)?;
        let used = used(
            batch,
            row,
            self.plan.expand.unique.iter().map(|used| used.slot),
        );
        Ok(Some(Trails::new(
            from,
            (self.plan.min, self.plan.max),
            requirement,
            used,
        )))
    }

    fn list(&self, trails: &Trails) -> Value {
        let relationships = trails
            .relationships()
            .iter()
            .copied()
            .map(Value::Relationship);
        match self.plan.is_reversed {
            true => Value::List(relationships.rev().collect()),
            false => Value::List(relationships.collect()),
        }
    }
}

impl Operator for VarLengthExpand<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        while let Some((batch, mut row)) = begun_or_next(&mut self.batch, &mut *self.input, ctx)? {
            let expand = &self.plan.expand;
            let hops = self
                .hops
                .take()
                .unwrap_or_else(|| Hops::new(ctx, expand.types.as_ref(), expand.direction));
            let (mut rows, mut lists, mut nodes): (Vec<u32>, Vec<Value>, Vec<NodeId>) =
                Default::default();
            self.held.clear();
            while row < batch.len() && rows.len() < BATCH_SIZE {
                if self.trails.is_none() {
                    self.trails = self.trails(ctx, &batch, row)?;
                }
                let target = if self.plan.is_into {
                    batch.column(expand.to).node(row)
                } else {
                    None
                };
                let end = match &mut self.trails {
                    Some(trails) => trails.next(ctx, &hops)?,
                    None => None,
                };
                let (Some(end), Some(trails)) = (end, &self.trails) else {
                    self.trails = None;
                    row += 1;
                    continue;
                };
                if !self.plan.is_into || target == Some(end) {
                    rows.push(index(row));
                    let len = trails.relationships().len();
                    ctx.hold(&mut self.held, len * size_of::<Value>())?;
                    lists.push(self.list(trails));
                    nodes.push(end);
                }
            }
            self.hops = Some(hops);
            let mut out = batch.take(&rows);
            if row < batch.len() {
                self.batch = Some((batch, row));
            }
            ctx.check()?;
            if !rows.is_empty() {
                out.set(expand.relationship, Column::Values(lists));
                if !self.plan.is_into {
                    out.set(expand.to, Column::Nodes(nodes));
                }
                return Ok(Some(out));
            }
        }
        Ok(None)
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
        self.batch = None;
        self.trails = None;
        self.hops = None;
    }
}
