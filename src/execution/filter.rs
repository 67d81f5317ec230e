//! `Filter`: the rows for which a condition holds.

use std::sync::Arc;

use super::operator::Input;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::{Batch, Expression};

/// The rows of the input for which a condition holds.
pub(crate) struct Filter<'a> {
    input: Input<'a>,
    predicate: &'a Expression,
}

impl<'a> Filter<'a> {
    pub(crate) fn new(input: Input<'a>, predicate: &'a Expression) -> Self {
        Self { input, predicate }
    }
}

impl Operator for Filter<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        while let Some(batch) = self.input.next(ctx)? {
            ctx.check()?;
            let rows = ctx.select(self.predicate, &batch)?;
            if rows.len() == batch.len() {
                return Ok(Some(batch));
            }
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
