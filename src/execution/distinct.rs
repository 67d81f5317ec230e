//! `Distinct`: one of each of equivalent rows.

use std::sync::Arc;

use super::aggregate::RowNumbers;
use super::operator::Input;
use super::scan::index;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::Batch;
use crate::function::Held;

/// The rows of the input, each of equivalent ones once, where it came first.
pub(crate) struct Distinct<'a> {
    input: Input<'a>,
    seen: RowNumbers,
    held: Held,
}

impl<'a> Distinct<'a> {
    pub(crate) fn new(input: Input<'a>) -> Self {
        Self {
            input,
            seen: RowNumbers::default(),
            held: Held::default(),
        }
    }
}

impl Operator for Distinct<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        while let Some(batch) = self.input.next(ctx)? {
            ctx.check()?;
            let mut known = self.seen.len();
            let numbers = self.seen.number(batch.columns(), batch.len());
            let mut rows = Vec::new();
            for (row, number) in numbers.into_iter().enumerate() {
                if number as usize == known {
                    known += 1;
                    rows.push(index(row));
                }
            }
            if !rows.is_empty() {
                let new = batch.take(&rows);
                let size = RowNumbers::size(new.width(), new.len()) + new.size();
                ctx.hold(&mut self.held, size)?;
                return Ok(Some(new));
            }
        }
        Ok(None)
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
        self.seen = RowNumbers::default();
        self.held.clear();
    }
}
