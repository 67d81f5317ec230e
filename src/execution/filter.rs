//! `Filter`: the rows for which a condition holds.

use std::sync::Arc;

use super::operator::Input;
use super::scan::index;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::{Batch, Evaluation, Expression};

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
            let rows = ctx.evaluation(|evaluation| {
                let mut rows = Vec::with_capacity(batch.len());
                for row in 0..batch.len() {
                    if self.predicate.holds(evaluation, &batch, row)? {
                        rows.push(index(row));
                    }
                }
                Evaluation::Ok(rows)
            })?;
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
