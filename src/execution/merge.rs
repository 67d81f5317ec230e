//! `Merge`: a pattern is found, or else created.

use std::sync::Arc;

use super::create::create;
use super::operator::{Input, drain};
use super::scan::index;
use super::set::apply;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::{Batch, EvaluationError, EvaluationErrorKind};
use crate::function::Held;
use crate::plan;

/// Looks for the pattern for each row of the input, one row after the other: what one row creates the next can find.
pub(crate) struct Merge<'a> {
    input: Input<'a>,
    search: Input<'a>,
    plan: &'a plan::Merge,
    held: Held,
    found: Held,
}

impl<'a> Merge<'a> {
    pub(crate) fn new(input: Input<'a>, search: Input<'a>, plan: &'a plan::Merge) -> Self {
        Self {
            input,
            search,
            plan,
            held: Held::default(),
            found: Held::default(),
        }
    }

    fn merge_row(&mut self, ctx: &ExecutionContext<'_>, row: Batch) -> Execution<Batch> {
        for (key, value) in &self.plan.required {
            if ctx.evaluate(value, &row, 0)?.is_null() {
                let kind = EvaluationErrorKind::MergeReadOwnWrites { key: key.clone() };
                return Err(Box::new(EvaluationError {
                    kind,
                    span: value.span,
                })
                .into());
            }
        }
        self.search.reset(&Arc::new(row.clone()));
        let mut found = drain(self.search.as_mut(), ctx, &mut self.found)?;
        if !found.is_empty() {
            found.widen(self.plan.create.width);
            for at in 0..found.len() {
                apply(ctx, &self.plan.on_match, &found, at)?;
            }
            return Ok(found);
        }
        let mut created = row;
        create(ctx, &self.plan.create, &mut created)?;
        apply(ctx, &self.plan.on_create, &created, 0)?;
        Ok(created)
    }
}

impl Operator for Merge<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        let Some(batch) = self.input.next(ctx)? else {
            return Ok(None);
        };
        let mut out = Batch::default();
        self.held.clear();
        for row in 0..batch.len() {
            ctx.check()?;
            let merged = self.merge_row(ctx, batch.take(&[index(row)]))?;
            if merged.len() > 1 {
                ctx.hold(&mut self.held, merged.size())?;
            }
            out.append(merged);
        }
        Ok(Some(out))
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
    }
}
