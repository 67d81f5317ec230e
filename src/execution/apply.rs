//! `Apply`: a second plan run for each row.

use std::sync::Arc;

use super::operator::{Input, begun_or_next};
use super::scan::index;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::Batch;

/// Each row of the input with each row that the inner plan gives for it.
pub(crate) struct Apply<'a> {
    input: Input<'a>,
    inner: Input<'a>,
    returns: Option<usize>,
    width: usize,
    is_optional: bool,
    batch: Option<(Batch, usize)>,
    is_running: bool,
    has_found: bool,
}

impl<'a> Apply<'a> {
    pub(crate) fn new(
        input: Input<'a>,
        inner: Input<'a>,
        returns: Option<usize>,
        width: usize,
        is_optional: bool,
    ) -> Self {
        Self {
            input,
            inner,
            returns,
            width,
            is_optional,
            batch: None,
            is_running: false,
            has_found: false,
        }
    }
}

impl Operator for Apply<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        while let Some((batch, row)) = begun_or_next(&mut self.batch, &mut *self.input, ctx)? {
            if row == batch.len() {
                continue;
            }
            if !self.is_running {
                self.inner.reset(&Arc::new(batch.take(&[index(row)])));
                self.is_running = true;
                self.has_found = false;
            }
            ctx.check()?;
            let found = self.inner.next(ctx)?;
            let Some(found) = found else {
                self.is_running = false;
                let passes = match self.returns {
                    None => Some(batch.take(&[index(row)])),
                    Some(columns) if self.is_optional && !self.has_found => {
                        let mut bare = batch.take(&[index(row)]);
                        bare.truncate(self.width);
                        bare.widen(self.width + columns);
                        Some(bare)
                    }
                    Some(_) => None,
                };
                self.batch = Some((batch, row + 1));
                match passes {
                    Some(unchanged) => return Ok(Some(unchanged)),
                    None => continue,
                }
            };
            self.has_found = true;
            let mut out = batch.take(&vec![index(row); found.len()]);
            out.widen(self.width);
            out.truncate(self.width);
            for column in found
                .into_columns()
                .into_iter()
                .take(self.returns.unwrap_or(0))
            {
                out.push(column);
            }
            self.batch = Some((batch, row));
            return Ok(Some(out));
        }
        Ok(None)
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
        self.batch = None;
        self.is_running = false;
    }
}
