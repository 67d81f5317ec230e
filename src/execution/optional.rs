//! `Optional`: each row with what a second plan finds for it, or with nulls.

use std::sync::Arc;

use super::operator::{Input, drain};
use super::scan::index;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::{Batch, Column};
use crate::function::Held;

/// The left outer join of the input with what the inner plan finds for its rows.
///
/// The inner plan runs once for a whole batch: a hidden column behind the row says which row a match belongs to.
pub(crate) struct Optional<'a> {
    input: Input<'a>,
    inner: Input<'a>,
    width: usize,
    held: Held,
}

impl<'a> Optional<'a> {
    pub(crate) fn new(input: Input<'a>, inner: Input<'a>, width: usize) -> Self {
        Self {
            input,
            inner,
            width,
            held: Held::default(),
        }
    }
}

/// The batch with its row numbers in a column of their own.
pub(crate) fn numbered(batch: &Batch, slot: usize) -> Batch {
    let mut numbered = batch.clone();
    numbered.set(
        slot,
        Column::Integers((0..i64::from(index(batch.len()))).collect()),
    );
    numbered
}

/// The row number that a row of the inner plan carries.
pub(crate) fn number(batch: &Batch, slot: usize, row: usize) -> usize {
    match batch.column(slot) {
        Column::Integers(numbers) => {
            usize::try_from(numbers[row]).expect("row numbers are not negative")
        }
        _ => unreachable!("the column of row numbers stays one of integers"),
    }
}

impl Operator for Optional<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        let Some(batch) = self.input.next(ctx)? else {
            return Ok(None);
        };
        self.inner.reset(&Arc::new(numbered(&batch, self.width)));
        let found = drain(self.inner.as_mut(), ctx, &mut self.held)?;
        let mut matches = vec![Vec::new(); batch.len()];
        for row in 0..found.len() {
            matches[number(&found, self.width, row)].push(index(row));
        }
        // Behind the matches stand the rows themselves, with nulls, for those without a match.
        let mut all = found;
        all.truncate(self.width);
        let first_bare = all.len();
        let mut bare = batch.clone();
        bare.widen(self.width);
        all.append(bare);
        let mut rows = Vec::new();
        for (row, matches) in matches.into_iter().enumerate() {
            match matches.is_empty() {
                true => rows.push(index(first_bare + row)),
                false => rows.extend(matches),
            }
        }
        Ok(Some(all.take(&rows)))
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
    }
}
