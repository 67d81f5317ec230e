//! `Eager` and `EmptyResult`: all rows before the first goes on, and none at all.

use std::sync::Arc;

use super::operator::{Input, drain};
use super::{Execution, ExecutionContext, Operator};
use crate::expression::{BATCH_SIZE, Batch};
use crate::function::Held;

/// The rows of the input, given only when all of them are there.
pub(crate) struct Eager<'a> {
    input: Input<'a>,
    rows: Option<(Batch, usize)>,
    held: Held,
}

impl<'a> Eager<'a> {
    pub(crate) fn new(input: Input<'a>) -> Self {
        Self {
            input,
            rows: None,
            held: Held::default(),
        }
    }
}

impl Operator for Eager<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        if self.rows.is_none() {
            self.rows = Some((drain(self.input.as_mut(), ctx, &mut self.held)?, 0));
        }
        let (rows, at) = self.rows.as_mut().expect("the rows were collected above");
        if *at >= rows.len() {
            return Ok(None);
        }
        let from = *at;
        if from == 0 && rows.len() <= BATCH_SIZE {
            return Ok(Some(std::mem::take(rows)));
        }
        *at = rows.len().min(from + BATCH_SIZE);
        Ok(Some(rows.slice(from, *at)))
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
        self.rows = None;
        self.held.clear();
    }
}

/// Computes all rows of the input and gives none.
pub(crate) struct Drain<'a> {
    input: Input<'a>,
}

impl<'a> Drain<'a> {
    pub(crate) fn new(input: Input<'a>) -> Self {
        Self { input }
    }
}

impl Operator for Drain<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        while self.input.next(ctx)?.is_some() {
            ctx.check()?;
        }
        Ok(None)
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
    }
}
