//! `Sort` and `Top`: the rows in order, all of them or only the first.

use std::cmp::Ordering;
use std::sync::Arc;

use super::limit::row_count;
use super::operator::Input;
use super::scan::index;
use super::{Execution, ExecutionContext, Operator};
use crate::algebra::SortKey;
use crate::expression::{Batch, Expression};
use crate::value::{self, Value};

/// The rows of the input in order; equal ones stay as they came.
pub(crate) struct Sort<'a> {
    input: Input<'a>,
    keys: &'a [SortKey],
    /// How many rows are asked for; none for all.
    first: Option<First<'a>>,
    is_done: bool,
}

/// How many rows are asked for.
#[derive(Clone, Copy)]
pub(crate) struct First<'a> {
    /// Those that a `Skip` above takes off again.
    pub skipped: Option<&'a Expression>,
    /// Those that are left.
    pub count: &'a Expression,
    /// Whether the input writes, so that it has to run also where no row of it is asked for.
    pub has_effects: bool,
}

impl First<'_> {
    fn rows(self, ctx: &ExecutionContext<'_>) -> Execution<usize> {
        let count = row_count(ctx, self.count, "LIMIT")?;
        if count == 0 {
            return Ok(0);
        }
        let skipped = match self.skipped {
            Some(skipped) => row_count(ctx, skipped, "SKIP")?,
            None => 0,
        };
        Ok(skipped.saturating_add(count))
    }
}

/// Rows with the values of their sort keys, one column a key.
struct Keyed {
    rows: Batch,
    keys: Vec<Vec<Value>>,
}

impl<'a> Sort<'a> {
    pub(crate) fn all(input: Input<'a>, keys: &'a [SortKey]) -> Self {
        Self {
            input,
            keys,
            first: None,
            is_done: false,
        }
    }

    pub(crate) fn first(input: Input<'a>, keys: &'a [SortKey], first: First<'a>) -> Self {
        Self {
            first: Some(first),
            ..Self::all(input, keys)
        }
    }

    fn compare(&self, keyed: &Keyed, left: usize, right: usize) -> Ordering {
        for (key, values) in self.keys.iter().zip(&keyed.keys) {
            let order = value::order(&values[left], &values[right]);
            let order = if key.is_descending {
                order.reverse()
            } else {
                order
            };
            if order.is_ne() {
                return order;
            }
        }
        left.cmp(&right)
    }

    /// The rows in order, cut to the first `limit`.
    fn sorted(&self, keyed: &Keyed, limit: usize) -> Keyed {
        let mut order: Vec<usize> = (0..keyed.rows.len()).collect();
        if limit < order.len() && limit > 0 {
            order.select_nth_unstable_by(limit - 1, |left, right| {
                self.compare(keyed, *left, *right)
            });
        }
        order.truncate(limit);
        order.sort_unstable_by(|left, right| self.compare(keyed, *left, *right));
        let keys = keyed
            .keys
            .iter()
            .map(|values| order.iter().map(|row| values[*row].clone()).collect())
            .collect();
        let order: Vec<u32> = order.into_iter().map(index).collect();
        Keyed {
            rows: keyed.rows.take(&order),
            keys,
        }
    }
}

impl Operator for Sort<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        if self.is_done {
            return Ok(None);
        }
        self.is_done = true;
        let limit = match self.first {
            Some(first) => first.rows(ctx)?,
            None => usize::MAX,
        };
        if limit == 0 && self.first.is_some_and(|first| !first.has_effects) {
            return Ok(None);
        }
        let mut keyed = Keyed {
            rows: Batch::default(),
            keys: vec![Vec::new(); self.keys.len()],
        };
        while let Some(batch) = self.input.next(ctx)? {
            ctx.check()?;
            for (key, values) in self.keys.iter().zip(&mut keyed.keys) {
                values.extend(ctx.evaluate_all(&key.expression, &batch)?);
            }
            keyed.rows.append(batch);
            // Rows that can't be among the first any more are dropped now and then, not one by one.
            if keyed.rows.len() / 4 > limit.max(1024) {
                keyed = self.sorted(&keyed, limit);
            }
        }
        let sorted = self.sorted(&keyed, limit).rows;
        Ok((!sorted.is_empty()).then_some(sorted))
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
        self.is_done = false;
    }
}
