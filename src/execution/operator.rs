//! What every operator can do.

use std::sync::Arc;

use super::{Execution, ExecutionContext};
use crate::expression::Batch;
use crate::function::Held;

/// A running operator of a plan.
pub trait Operator {
    /// The next rows, never an empty batch; `None` when there are no more.
    ///
    /// # Errors
    ///
    /// Whatever the evaluation of its expressions, a write or an interruption brings.
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>>;

    /// Begins anew, with other rows from outside.
    fn reset(&mut self, argument: &Arc<Batch>);
}

/// A running input.
pub(crate) type Input<'a> = Box<dyn Operator + 'a>;

/// The batch that was begun, with the row to go on with, else the next one of the input with its first row.
pub(crate) fn begun_or_next(
    begun: &mut Option<(Batch, usize)>,
    input: &mut dyn Operator,
    ctx: &ExecutionContext<'_>,
) -> Execution<Option<(Batch, usize)>> {
    match begun.take() {
        Some(begun) => Ok(Some(begun)),
        None => Ok(input.next(ctx)?.map(|batch| (batch, 0))),
    }
}

/// All rows of an input as one batch, whose memory is held instead of what was held before.
pub(crate) fn drain(
    input: &mut dyn Operator,
    ctx: &ExecutionContext<'_>,
    held: &mut Held,
) -> Execution<Batch> {
    held.clear();
    let mut all = Batch::default();
    while let Some(batch) = input.next(ctx)? {
        ctx.check()?;
        ctx.hold(held, batch.size())?;
        all.append(batch);
    }
    Ok(all)
}
