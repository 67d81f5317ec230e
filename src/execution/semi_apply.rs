//! `SemiApply` and `AntiSemiApply`: the rows for which a second plan finds something, or nothing.

use std::sync::Arc;

use super::operator::Input;
use super::optional::{number, numbered};
use super::scan::index;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::Batch;

/// The semi-join (or anti-join) of the input with what the inner plan finds for its rows, a batch at a time.
pub(crate) struct SemiApply<'a> {
    input: Input<'a>,
    inner: Input<'a>,
    is_anti: bool,
    /// The slot behind all slots of the inner plan, for the row numbers.
    slot: usize,
}

impl<'a> SemiApply<'a> {
    pub(crate) fn new(input: Input<'a>, inner: Input<'a>, is_anti: bool, slot: usize) -> Self {
        Self {
            input,
            inner,
            is_anti,
            slot,
        }
    }
}

impl Operator for SemiApply<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        while let Some(batch) = self.input.next(ctx)? {
            self.inner.reset(&Arc::new(numbered(&batch, self.slot)));
            let mut has_match = vec![false; batch.len()];
            while let Some(found) = self.inner.next(ctx)? {
                ctx.check()?;
                for row in 0..found.len() {
                    has_match[number(&found, self.slot, row)] = true;
                }
            }
            let rows: Vec<u32> = (0..batch.len())
                .filter(|row| has_match[*row] != self.is_anti)
                .map(index)
                .collect();
            if !rows.is_empty() {
                return Ok(Some(batch.take(&rows)));
            }
        }
        Ok(None)
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
    }
}
