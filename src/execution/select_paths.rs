//! `SelectPaths`: the shortest of the paths between each two ends.

use std::sync::Arc;

use indexmap::IndexMap;

use super::operator::{Input, drain};
use super::optional::{number, numbered};
use super::scan::index;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::Batch;
use crate::function::Held;
use crate::plan;
use crate::value::{NodeId, Value};

/// For each row of the input, those of the inner plan's paths that stay between each two ends.
pub(crate) struct SelectPaths<'a> {
    input: Input<'a>,
    inner: Input<'a>,
    plan: &'a plan::SelectPaths,
    held: Held,
}

impl<'a> SelectPaths<'a> {
    pub(crate) fn new(input: Input<'a>, inner: Input<'a>, plan: &'a plan::SelectPaths) -> Self {
        Self {
            input,
            inner,
            plan,
            held: Held::default(),
        }
    }

    fn length(&self, found: &Batch, row: usize) -> usize {
        let length = |slot: &usize| match found.value(*slot, row) {
            Value::List(items) => items.len(),
            _ => 1,
        };
        self.plan.relationships.iter().map(length).sum()
    }

    /// The rows that stay of those between two ends, each with its length.
    fn selected(&self, mut paths: Vec<(usize, u32)>) -> impl Iterator<Item = u32> {
        paths.sort_by_key(|(length, _)| *length);
        let count = self.plan.count as usize;
        let kept = if self.plan.is_groups {
            let mut lengths: Vec<usize> = paths.iter().map(|(length, _)| *length).collect();
            lengths.dedup();
            let longest = lengths.get(count - 1).or(lengths.last()).copied();
            paths.partition_point(|(length, _)| Some(*length) <= longest)
        } else {
            count
        };
        paths.into_iter().take(kept).map(|(_, row)| row)
    }
}

impl Operator for SelectPaths<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        while let Some(batch) = self.input.next(ctx)? {
            let slot = batch.width().max(self.plan.width);
            self.inner.reset(&Arc::new(numbered(&batch, slot)));
            let mut found = drain(self.inner.as_mut(), ctx, &mut self.held)?;
            let mut paths: IndexMap<(usize, Option<NodeId>, Option<NodeId>), Vec<_>> =
                IndexMap::new();
            for row in 0..found.len() {
                let node = |slot: usize| found.column(slot).node(row);
                let ends = (
                    number(&found, slot, row),
                    node(self.plan.start),
                    node(self.plan.end),
                );
                let path = (self.length(&found, row), index(row));
                paths.entry(ends).or_default().push(path);
            }
            paths.sort_by(|(left, ..), _, (right, ..), _| left.cmp(right));
            let rows: Vec<u32> = paths
                .into_values()
                .flat_map(|paths| self.selected(paths))
                .collect();
            if !rows.is_empty() {
                found.truncate(slot);
                return Ok(Some(found.take(&rows)));
            }
        }
        Ok(None)
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
    }
}
