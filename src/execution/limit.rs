//! `Skip` and `Limit`: rows from the first or up to the last.

use std::sync::Arc;

use super::operator::Input;
use super::{Execution, ExecutionContext, ExecutionError, Operator};
use crate::expression::{Batch, Expression};
use crate::value::{Value, ValueError};

/// The number of rows that an expression without variables gives.
pub(crate) fn row_count(
    ctx: &ExecutionContext<'_>,
    count: &Expression,
    operation: &str,
) -> Execution<usize> {
    let operation = operation.to_owned();
    let kind = match ctx.evaluate(count, &Batch::unit(), 0)? {
        Value::Integer(found) => match usize::try_from(found) {
            Ok(count) => return Ok(count),
            Err(_) => ValueError::NegativeIntegerArgument { operation, found },
        },
        value => ValueError::InvalidRowCount {
            operation,
            found: value.type_name().to_owned(),
        },
    };
    Err(ExecutionError::value(kind, count.span))
}

/// The rows of the input but the first.
pub(crate) struct Skip<'a> {
    input: Input<'a>,
    count: &'a Expression,
    left: Option<usize>,
}

impl<'a> Skip<'a> {
    pub(crate) fn new(input: Input<'a>, count: &'a Expression) -> Self {
        Self {
            input,
            count,
            left: None,
        }
    }
}

impl Operator for Skip<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        let mut left = match self.left {
            Some(left) => left,
            None => row_count(ctx, self.count, "SKIP")?,
        };
        while let Some(batch) = self.input.next(ctx)? {
            ctx.check()?;
            let skipped = left.min(batch.len());
            left -= skipped;
            self.left = Some(left);
            if skipped < batch.len() {
                return Ok(Some(batch.slice(skipped, batch.len())));
            }
        }
        Ok(None)
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
        self.left = None;
    }
}

/// The first rows of the input.
pub(crate) struct Limit<'a> {
    input: Input<'a>,
    count: &'a Expression,
    /// Whether the input writes, so that it has to run also where no row of it is asked for.
    has_effects: bool,
    left: Option<usize>,
}

impl<'a> Limit<'a> {
    pub(crate) fn new(input: Input<'a>, count: &'a Expression, has_effects: bool) -> Self {
        Self {
            input,
            count,
            has_effects,
            left: None,
        }
    }
}

impl Operator for Limit<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        let left = match self.left {
            Some(left) => left,
            None => row_count(ctx, self.count, "LIMIT")?,
        };
        self.left = Some(left);
        if left == 0 {
            while self.has_effects && self.input.next(ctx)?.is_some() {}
            return Ok(None);
        }
        let Some(batch) = self.input.next(ctx)? else {
            return Ok(None);
        };
        let taken = left.min(batch.len());
        self.left = Some(left - taken);
        Ok(Some(batch.slice(0, taken)))
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
        self.left = None;
    }
}
