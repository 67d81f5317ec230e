//! `Sort` and `Top`: the rows in order, all of them or only the first.

use std::cmp::Ordering;
use std::sync::Arc;

use super::limit::row_count;
use super::operator::Input;
use super::scan::index;
use super::{Execution, ExecutionContext, Operator};
use crate::algebra::SortKey;
use crate::expression::{Batch, Column, Expression};
use crate::function::Held;
use crate::value::Value;

/// The rows of the input in order; equal ones stay as they came.
pub(crate) struct Sort<'a> {
    input: Input<'a>,
    keys: &'a [SortKey],
    /// How many rows are asked for; none for all.
    first: Option<First<'a>>,
    is_done: bool,
    held: Held,
}

/// How many rows are always kept before some are dropped; few in tests, so that small inputs come to it there.
const SPARE: usize = if cfg!(test) { 4 } else { 256 };

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
#[derive(Default)]
struct Keyed {
    rows: Batch,
    keys: Vec<Column>,
}

impl Keyed {
    fn take(&self, rows: &[u32]) -> Self {
        Self {
            rows: self.rows.take(rows),
            keys: self.keys.iter().map(|key| key.take(rows)).collect(),
        }
    }

    /// About how many bytes the rows take, and their copy in order.
    fn size(&self) -> usize {
        let keys = self.keys.iter().map(Column::size);
        let size = keys.fold(self.rows.size(), usize::saturating_add);
        size.saturating_add(self.rows.len() * self.rows.width() * size_of::<Value>())
    }

    fn append(&mut self, other: Self) {
        if self.rows.is_empty() {
            *self = other;
            return;
        }
        self.rows.append(other.rows);
        for (key, more) in self.keys.iter_mut().zip(other.keys) {
            key.append(more);
        }
    }
}

impl<'a> Sort<'a> {
    pub(crate) fn all(input: Input<'a>, keys: &'a [SortKey]) -> Self {
        Self {
            input,
            keys,
            first: None,
            is_done: false,
            held: Held::default(),
        }
    }

    pub(crate) fn first(input: Input<'a>, keys: &'a [SortKey], first: First<'a>) -> Self {
        Self {
            first: Some(first),
            ..Self::all(input, keys)
        }
    }

    fn compare(&self, keyed: &Keyed, left: u32, right: u32) -> Ordering {
        for (key, column) in self.keys.iter().zip(&keyed.keys) {
            let order = column.order(left as usize, right as usize);
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
        let mut order: Vec<u32> = (0..index(keyed.rows.len())).collect();
        if limit < order.len() && limit > 0 {
            order.select_nth_unstable_by(limit - 1, |left, right| {
                self.compare(keyed, *left, *right)
            });
        }
        order.truncate(limit);
        order.sort_unstable_by(|left, right| self.compare(keyed, *left, *right));
        keyed.take(&order)
    }

    /// Keeps the first rows; gives the last of them.
    fn cut(&self, keyed: &mut Keyed, limit: usize) -> Option<Keyed> {
        *keyed = self.sorted(keyed, limit);
        limit.checked_sub(1).map(|last| keyed.take(&[index(last)]))
    }

    /// The rows of a batch from one on with their keys, without some of those that come after the row of `last`.
    fn keyed(
        &self,
        ctx: &ExecutionContext<'_>,
        batch: Batch,
        from: usize,
        last: Option<&Keyed>,
    ) -> Execution<Keyed> {
        let (first, further) = self.keys.split_first().expect("a sort has a key");
        let mut column = ctx.evaluate_all(&first.expression, &batch)?;
        let mut rows = batch;
        let kept = last
            .and_then(|last| last.keys.first())
            .and_then(|last| column.not_after(last, 0, first.is_descending));
        if kept.is_some() || from > 0 {
            let all = || (0..index(rows.len())).collect();
            let mut kept: Vec<u32> = kept.unwrap_or_else(all);
            kept.retain(|row| *row as usize >= from);
            rows = rows.take(&kept);
            column = column.take(&kept);
        }
        let mut keys = vec![column];
        for key in further {
            keys.push(ctx.evaluate_all(&key.expression, &rows)?);
        }
        Ok(Keyed { rows, keys })
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
        let mut keyed = Keyed::default();
        // The last of as many rows as are asked for: what comes after it is none of the first.
        let mut last: Option<Keyed> = None;
        while let Some(batch) = self.input.next(ctx)? {
            ctx.check()?;
            // Of a large batch, the first rows show what of the others can be dropped at once.
            let few = limit.max(SPARE).saturating_mul(4).saturating_add(4);
            let mut from = 0;
            if last.is_none() && batch.len() / 2 > few {
                keyed.append(self.keyed(ctx, batch.slice(0, few), 0, None)?);
                from = few;
                last = self.cut(&mut keyed, limit);
            }
            let more = self.keyed(ctx, batch, from, last.as_ref())?;
            if last.is_some() && more.rows.is_empty() {
                continue;
            }
            ctx.hold(&mut self.held, more.size())?;
            keyed.append(more);
            // Rows that can't be among the first any more are dropped now and then, not one by one.
            if keyed.rows.len() / 4 > limit.max(SPARE) {
                last = self.cut(&mut keyed, limit);
                ctx.hold_only(&mut self.held, keyed.size())?;
            }
        }
        let sorted = self.sorted(&keyed, limit).rows;
        Ok((!sorted.is_empty()).then_some(sorted))
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
        self.is_done = false;
        self.held.clear();
    }
}
