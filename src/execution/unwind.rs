//! `Unwind`: each row with each item of a list.

use std::sync::Arc;

use super::operator::{Input, begun_or_next};
use super::scan::index;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::{BATCH_SIZE, Batch, Column, Expression, ExpressionKind};
use crate::value::Value;

/// Each row of the input with each item of a list.
pub(crate) struct Unwind<'a> {
    input: Input<'a>,
    list: &'a Expression,
    slot: usize,
    batch: Option<(Batch, usize)>,
    items: Option<Items>,
}

/// What is left of a row's list.
enum Items {
    List(Arc<[Value]>, usize),
    /// `range(from, to, step)`, which is never written out.
    Range {
        next: i64,
        to: i64,
        step: i64,
    },
}

impl Items {
    fn take(&mut self, limit: usize) -> Vec<Value> {
        match self {
            Self::List(items, at) => {
                let end = items.len().min(*at + limit);
                let taken = items[*at..end].to_vec();
                *at = end;
                taken
            }
            Self::Range { next, to, step } => {
                let mut taken = Vec::new();
                while taken.len() < limit
                    && if *step > 0 {
                        *next <= *to
                    } else {
                        *next >= *to
                    }
                {
                    taken.push(Value::Integer(*next));
                    match next.checked_add(*step) {
                        Some(following) => *next = following,
                        // Past the last integer there is nothing: an empty range is left.
                        None => (*next, *to, *step) = (1, 0, 1),
                    }
                }
                taken
            }
        }
    }
}

impl<'a> Unwind<'a> {
    pub(crate) fn new(input: Input<'a>, list: &'a Expression, slot: usize) -> Self {
        Self {
            input,
            list,
            slot,
            batch: None,
            items: None,
        }
    }

    fn items(&self, ctx: &ExecutionContext<'_>, batch: &Batch, row: usize) -> Execution<Items> {
        if let Some(range) = self.range(ctx, batch, row)? {
            return Ok(range);
        }
        Ok(match ctx.evaluate(self.list, batch, row)? {
            Value::Null => Items::List(Arc::from([]), 0),
            Value::List(items) => Items::List(items, 0),
            value => Items::List(Arc::from([value]), 0),
        })
    }

    /// The bounds of `range(…)`; `None` for another list, and for bounds whose fault the function itself tells.
    fn range(
        &self,
        ctx: &ExecutionContext<'_>,
        batch: &Batch,
        row: usize,
    ) -> Execution<Option<Items>> {
        let ExpressionKind::Call(function, arguments) = &self.list.kind else {
            return Ok(None);
        };
        if function.name != "range" {
            return Ok(None);
        }
        let mut bounds = [0, 0, 1];
        for (bound, argument) in bounds.iter_mut().zip(arguments) {
            match ctx.evaluate(argument, batch, row)? {
                Value::Integer(number) => *bound = number,
                _ => return Ok(None),
            }
        }
        let [next, to, step] = bounds;
        Ok((step != 0).then_some(Items::Range { next, to, step }))
    }
}

impl Operator for Unwind<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        while let Some((batch, mut row)) = begun_or_next(&mut self.batch, &mut *self.input, ctx)? {
            let (mut rows, mut values) = (Vec::new(), Vec::new());
            while row < batch.len() && values.len() < BATCH_SIZE {
                let mut items = match self.items.take() {
                    Some(items) => items,
                    None => self.items(ctx, &batch, row)?,
                };
                let taken = items.take(BATCH_SIZE - values.len());
                if taken.is_empty() {
                    row += 1;
                    continue;
                }
                rows.resize(rows.len() + taken.len(), index(row));
                values.extend(taken);
                self.items = Some(items);
            }
            let mut out = batch.take(&rows);
            if row < batch.len() {
                self.batch = Some((batch, row));
            }
            ctx.check()?;
            if !values.is_empty() {
                out.set(self.slot, Column::Values(values));
                return Ok(Some(out));
            }
        }
        Ok(None)
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
        self.batch = None;
        self.items = None;
    }
}
