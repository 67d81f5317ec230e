//! `HashJoin`: the rows of two plans whose keys are equal.

use std::sync::Arc;

use super::aggregate::RowNumbers;
use super::operator::Input;
use super::scan::index;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::{BATCH_SIZE, Batch, Column, Expression};
use crate::function::Held;
use crate::plan;
use crate::value::equals;

/// No row.
const NONE: u32 = u32::MAX;

/// Each row of the input with each row of another plan whose keys equal its own.
pub(crate) struct HashJoin<'a> {
    input: Input<'a>,
    other: Input<'a>,
    plan: &'a plan::HashJoin,
    table: Option<Table>,
    probe: Option<Probe>,
    held: Held,
}

/// The rows of one side, by their keys.
#[derive(Default)]
struct Table {
    rows: Batch,
    numbers: RowNumbers,
    /// By the number of a key: the first row with it and the last one.
    ends: Vec<(u32, u32)>,
    /// By row: the next one with the same key.
    next: Vec<u32>,
}

/// Rows of the other side on their way.
struct Probe {
    batch: Batch,
    /// By row: the next row of the table that it joins.
    found: Vec<u32>,
    row: usize,
}

impl<'a> HashJoin<'a> {
    pub(crate) fn new(input: Input<'a>, other: Input<'a>, plan: &'a plan::HashJoin) -> Self {
        Self {
            input,
            other,
            plan,
            table: None,
            probe: None,
            held: Held::default(),
        }
    }

    /// The next rows to look up, and the table to look them up in.
    fn probe(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Probe>> {
        if let Some(probe) = self.probe.take() {
            return Ok(Some(probe));
        }
        let plan = self.plan;
        let keys = plan.keys.iter().map(|(own, other)| (own, other));
        let (own, others): (Vec<_>, Vec<_>) = keys.unzip();
        let (build, build_keys, input, keys) = match plan.builds_input {
            true => (&mut self.input, own, &mut self.other, others),
            false => (&mut self.other, others, &mut self.input, own),
        };
        // A table of which nothing depends is not made where no row asks for it.
        let mut batch = None;
        if self.table.is_none() {
            if !plan.builds_input {
                batch = input.next(ctx)?;
                if batch.is_none() {
                    return Ok(None);
                }
            }
            self.table = Some(Table::of(build, &build_keys, ctx, &mut self.held)?);
        }
        let table = self.table.as_mut().expect("the table was made above");
        if table.rows.is_empty() {
            return Ok(None);
        }
        let batch = match batch {
            Some(batch) => batch,
            None => match input.next(ctx)? {
                Some(batch) => batch,
                None => return Ok(None),
            },
        };
        let known = table.numbers.len();
        let found = table.find(&keys, &batch, ctx)?;
        let new = table.numbers.len() - known;
        ctx.hold(&mut self.held, RowNumbers::size(keys.len(), new))?;
        Ok(Some(Probe {
            batch,
            found,
            row: 0,
        }))
    }

    fn joined(&self, batch: &Batch, probed: &[u32], found: &[u32]) -> Batch {
        let table = self.table.as_ref().expect("something was found in it");
        let ((left, lefts), (right, rights)) = match self.plan.builds_input {
            true => ((&table.rows, found), (batch, probed)),
            false => ((batch, probed), (&table.rows, found)),
        };
        let mut rows = left.take(lefts);
        for &slot in self.plan.slots.iter().filter(|slot| **slot < right.width()) {
            rows.set(slot, right.column(slot).take(rights));
        }
        rows
    }
}

impl Operator for HashJoin<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        while let Some(mut probe) = self.probe(ctx)? {
            ctx.check()?;
            let table = self.table.as_ref().expect("there is something to look up");
            let (mut probed, mut found) = (Vec::new(), Vec::new());
            while probe.row < probe.found.len() && found.len() < BATCH_SIZE {
                let next = &mut probe.found[probe.row];
                if *next == NONE {
                    probe.row += 1;
                    continue;
                }
                probed.push(index(probe.row));
                found.push(*next);
                *next = table.next[*next as usize];
            }
            let joined = (!found.is_empty()).then(|| self.joined(&probe.batch, &probed, &found));
            if probe.row < probe.found.len() {
                self.probe = Some(probe);
            }
            if joined.is_some() {
                return Ok(joined);
            }
        }
        Ok(None)
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
        self.probe = None;
        if self.plan.builds_input || !self.plan.is_read_only {
            self.other.reset(&Arc::new(Batch::unit()));
            self.table = None;
            self.held.clear();
        }
    }
}

impl Table {
    /// All rows of an input that can be equal to anything.
    fn of(
        input: &mut Input<'_>,
        keys: &[&Expression],
        ctx: &ExecutionContext<'_>,
        held: &mut Held,
    ) -> Execution<Self> {
        let mut table = Self::default();
        while let Some(batch) = input.next(ctx)? {
            ctx.check()?;
            let columns = columns(keys, &batch, ctx)?;
            let (batch, columns) = match joinable(&columns, batch.len()) {
                None => (batch, columns),
                Some(rows) => {
                    let kept = columns.iter().map(|column| column.take(&rows));
                    (batch.take(&rows), kept.collect())
                }
            };
            let size = RowNumbers::size(keys.len(), batch.len()) + batch.size();
            ctx.hold(held, size)?;
            for number in table.numbers.number(&columns, batch.len()) {
                table.add(number);
            }
            table.rows.append(batch);
        }
        Ok(table)
    }

    /// Puts the next row at the end of those with the same key.
    fn add(&mut self, number: u32) {
        let row = index(self.next.len());
        self.next.push(NONE);
        match self.ends.get_mut(number as usize) {
            Some((_, last)) => {
                self.next[*last as usize] = row;
                *last = row;
            }
            None => self.ends.push((row, row)),
        }
    }

    /// The first row that each row of a batch joins.
    fn find(
        &mut self,
        keys: &[&Expression],
        batch: &Batch,
        ctx: &ExecutionContext<'_>,
    ) -> Execution<Vec<u32>> {
        let columns = columns(keys, batch, ctx)?;
        let numbers = self.numbers.number(&columns, batch.len());
        // What the table lacks has got a number behind those of its rows.
        let first = |number: u32| self.ends.get(number as usize).map_or(NONE, |ends| ends.0);
        Ok(numbers.into_iter().map(first).collect())
    }
}

fn columns(
    keys: &[&Expression],
    batch: &Batch,
    ctx: &ExecutionContext<'_>,
) -> Execution<Vec<Column>> {
    let columns = keys.iter().map(|key| ctx.evaluate_all(key, batch));
    columns.collect()
}

/// The rows whose keys equal themselves, which null, NaN and what holds them do not; `None` for all rows.
fn joinable(columns: &[Column], len: usize) -> Option<Vec<u32>> {
    let is_plain = |column: &Column| {
        matches!(
            column,
            Column::Nodes(_) | Column::Integers(_) | Column::Booleans(_) | Column::Strings(_)
        )
    };
    if columns.iter().all(is_plain) {
        return None;
    }
    let is_joinable = |row: &u32| {
        columns.iter().all(|column| {
            let value = column.value(*row as usize);
            equals(&value, &value) == Some(true)
        })
    };
    Some((0..index(len)).filter(is_joinable).collect())
}
