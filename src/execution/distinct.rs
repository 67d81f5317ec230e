//! `Distinct`: one of each of equivalent rows.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::operator::Input;
use super::scan::index;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::Batch;
use crate::value::Equivalent;

/// The rows of the input, each of equivalent ones once, where it came first.
pub(crate) struct Distinct<'a> {
    input: Input<'a>,
    seen: FxHashSet<Vec<Equivalent>>,
}

impl<'a> Distinct<'a> {
    pub(crate) fn new(input: Input<'a>) -> Self {
        Self {
            input,
            seen: FxHashSet::default(),
        }
    }
}

impl Operator for Distinct<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        while let Some(batch) = self.input.next(ctx)? {
            ctx.check()?;
            let is_new = |row: &usize| {
                self.seen
                    .insert(batch.row(*row).into_iter().map(Equivalent).collect())
            };
            let rows: Vec<u32> = (0..batch.len()).filter(is_new).map(index).collect();
            if !rows.is_empty() {
                return Ok(Some(batch.take(&rows)));
            }
        }
        Ok(None)
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
        self.seen.clear();
    }
}
