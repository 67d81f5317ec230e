//! `Apply`: a second plan run for each row.

use std::sync::Arc;

use super::operator::Input;
use super::scan::index;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::Batch;

/// Each row of the input with each row that the inner plan gives for it.
pub(crate) struct Apply<'a> {
    input: Input<'a>,
    inner: Input<'a>,
    returns: Option<usize>,
    width: usize,
    batch: Option<(Batch, usize)>,
    is_running: bool,
}

impl<'a> Apply<'a> {
    pub(crate) fn new(
        input: Input<'a>,
        inner: Input<'a>,
        returns: Option<usize>,
        width: usize,
    ) -> Self {
        Self {
            input,
            inner,
            returns,
            width,
            batch: None,
            is_running: false,
        }
    }
}

impl Operator for Apply<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        loop {
            let (batch, row) = match self.batch.take() {
                Some(state) => state,
                None => match self.input.next(ctx)? {
                    Some(batch) => (batch, 0),
                    None => return Ok(None),
                },
            };
            if row == batch.len() {
                continue;
            }
            if !self.is_running {
                self.inner.reset(&Arc::new(batch.take(&[index(row)])));
                self.is_running = true;
            }
            ctx.check()?;
            let found = self.inner.next(ctx)?;
            let Some(found) = found else {
                self.is_running = false;
                let passes = self.returns.is_none().then(|| batch.take(&[index(row)]));
                self.batch = Some((batch, row + 1));
                match passes {
                    Some(unchanged) => return Ok(Some(unchanged)),
                    None => continue,
                }
            };
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
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
        self.batch = None;
        self.is_running = false;
    }
}
