//! `ProcedureCall`: each row with each row that a procedure gives for it.

use std::sync::Arc;

use super::operator::Input;
use super::scan::index;
use super::{Execution, ExecutionContext, ExecutionError, Operator};
use crate::expression::{Batch, Column, Expression};
use crate::function::Held;
use crate::source::Span;
use crate::value::Value;

/// Calls a procedure for each row of the input.
pub(crate) struct ProcedureCall<'a> {
    pub(crate) input: Input<'a>,
    pub(crate) name: &'a Arc<str>,
    pub(crate) arguments: &'a [Expression],
    pub(crate) columns: &'a [usize],
    pub(crate) width: usize,
    pub(crate) is_void: bool,
    pub(crate) span: Span,
    pub(crate) held: Held,
}

impl Operator for ProcedureCall<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        while let Some(batch) = self.input.next(ctx)? {
            let mut rows = Vec::new();
            self.held.clear();
            let mut columns: Vec<Vec<Value>> = vec![Vec::new(); self.columns.len()];
            for row in 0..batch.len() {
                ctx.check()?;
                let arguments: Vec<Value> = self
                    .arguments
                    .iter()
                    .map(|argument| ctx.evaluate(argument, &batch, row))
                    .collect::<Execution<_>>()?;
                let found = ctx
                    .evaluation(|evaluation| {
                        ctx.procedures()
                            .call(self.name, evaluation.function, &arguments)
                    })
                    .map_err(|kind| ExecutionError::value(kind, self.span))?;
                if self.is_void {
                    rows.push(index(row));
                    continue;
                }
                let size = found.len() * (size_of::<Value>() + 8) * self.columns.len();
                ctx.hold(&mut self.held, size)?;
                for values in found {
                    rows.push(index(row));
                    for (column, at) in columns.iter_mut().zip(self.columns) {
                        column.push(values[*at].clone());
                    }
                }
            }
            if !rows.is_empty() {
                let mut out = batch.take(&rows);
                for (at, column) in columns.into_iter().enumerate() {
                    out.set(self.width + at, Column::Values(column));
                }
                return Ok(Some(out));
            }
        }
        Ok(None)
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
    }
}
