//! `Project` and `ProjectPath`: values computed for each row.

use std::sync::Arc;

use super::operator::Input;
use super::{Execution, ExecutionContext, Operator};
use crate::algebra::ProjectItem;
use crate::expression::{Batch, Expression, ExpressionKind, PathStep};
use crate::function::Held;
use crate::source::Span;

/// A new row from each row of the input.
pub(crate) struct Project<'a> {
    input: Input<'a>,
    items: &'a [ProjectItem],
    held: Held,
}

impl<'a> Project<'a> {
    pub(crate) fn new(input: Input<'a>, items: &'a [ProjectItem]) -> Self {
        Self {
            input,
            items,
            held: Held::default(),
        }
    }
}

impl Operator for Project<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        let Some(batch) = self.input.next(ctx)? else {
            return Ok(None);
        };
        ctx.check()?;
        let mut columns = Vec::with_capacity(self.items.len());
        self.held.clear();
        for item in self.items {
            let (column, made) = ctx.evaluate_counted(&item.expression, &batch)?;
            ctx.hold(&mut self.held, made)?;
            columns.push(column);
        }
        Ok(Some(Batch::new(columns, batch.len())))
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
    }
}

/// Each row of the input with a path put together from its parts.
pub(crate) struct ProjectPath<'a> {
    input: Input<'a>,
    slot: usize,
    path: Expression,
}

impl<'a> ProjectPath<'a> {
    pub(crate) fn new(input: Input<'a>, slot: usize, steps: &[PathStep]) -> Self {
        let path = Expression::new(ExpressionKind::Path(steps.to_vec()), Span::default());
        Self { input, slot, path }
    }
}

impl Operator for ProjectPath<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        let Some(mut batch) = self.input.next(ctx)? else {
            return Ok(None);
        };
        let paths = ctx.evaluate_all(&self.path, &batch)?;
        batch.set(self.slot, paths);
        Ok(Some(batch))
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
    }
}
