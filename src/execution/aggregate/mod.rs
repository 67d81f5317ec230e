//! `HashAggregate`: a new row for each group of rows.

mod accumulators;
mod keys;

use std::sync::Arc;

use accumulators::Accumulators;
pub(crate) use keys::RowNumbers;

use super::operator::Input;
use super::{Execution, ExecutionContext, Operator};
use crate::algebra::{AggregateCall, ProjectItem};
use crate::expression::{Batch, Column};

/// Groups the rows of the input; the groups come in the order of their first rows.
pub(crate) struct HashAggregate<'a> {
    input: Input<'a>,
    plan: Grouping<'a>,
    is_done: bool,
}

/// What is grouped and aggregated.
#[derive(Clone, Copy)]
pub(crate) struct Grouping<'a> {
    /// The grouping keys.
    pub keys: &'a [ProjectItem],
    /// The aggregates.
    pub calls: &'a [AggregateCall],
    /// For each aggregate, the slots whose numbers, multiplied, tell how many times a row counts.
    pub weights: &'a [Vec<usize>],
}

impl<'a> HashAggregate<'a> {
    pub(crate) fn new(input: Input<'a>, plan: Grouping<'a>) -> Self {
        Self {
            input,
            plan,
            is_done: false,
        }
    }
}

/// The groups so far.
struct Groups<'a> {
    plan: Grouping<'a>,
    rows: RowNumbers,
    accumulators: Vec<Accumulators<'a>>,
}

impl<'a> Groups<'a> {
    fn new(plan: Grouping<'a>) -> Self {
        let mut accumulators: Vec<Accumulators<'a>> =
            plan.calls.iter().map(Accumulators::new).collect();
        if plan.keys.is_empty() {
            // Without keys there is one group, also of no rows.
            for accumulator in &mut accumulators {
                accumulator.resize(1);
            }
        }
        Self {
            plan,
            rows: RowNumbers::default(),
            accumulators,
        }
    }

    fn add(&mut self, ctx: &ExecutionContext<'_>, batch: &Batch) -> Execution<()> {
        let mut keys = Vec::with_capacity(self.plan.keys.len());
        for item in self.plan.keys {
            keys.push(ctx.evaluate_all(&item.expression, batch)?);
        }
        let groups = self.rows.number(&keys, batch.len());
        let calls = self.plan.calls.iter().zip(self.plan.weights);
        for ((call, slots), accumulators) in calls.zip(&mut self.accumulators) {
            let weights = weights(slots, batch);
            let mut arguments = Vec::with_capacity(call.arguments.len());
            for argument in &call.arguments {
                arguments.push(ctx.evaluate_all(argument, batch)?);
            }
            accumulators.resize(self.rows.len());
            accumulators.add(&groups, &arguments, weights.as_deref())?;
        }
        Ok(())
    }

    /// The row of each group.
    fn finish(self) -> Execution<Batch> {
        let mut columns = self.rows.columns();
        let is_single = self.plan.keys.is_empty();
        let len = if is_single { 1 } else { self.rows.len() };
        for accumulators in self.accumulators {
            columns.push(accumulators.finish()?);
        }
        Ok(Batch::new(columns, len))
    }
}

/// How many times each row counts; none where all count once.
fn weights(slots: &[usize], batch: &Batch) -> Option<Vec<i64>> {
    let numbers = |slot: usize| match batch.column(slot) {
        Column::Integers(numbers) => numbers.as_slice(),
        _ => unreachable!("a weight is a column of integers"),
    };
    let (first, further) = slots.split_first()?;
    let mut weights = numbers(*first).to_vec();
    for slot in further {
        for (weight, number) in weights.iter_mut().zip(numbers(*slot)) {
            *weight = weight.saturating_mul(*number);
        }
    }
    Some(weights)
}

impl Operator for HashAggregate<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        if self.is_done {
            return Ok(None);
        }
        self.is_done = true;
        let mut groups = Groups::new(self.plan);
        while let Some(batch) = self.input.next(ctx)? {
            ctx.check()?;
            groups.add(ctx, &batch)?;
        }
        let batch = groups.finish()?;
        Ok((!batch.is_empty()).then_some(batch))
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
        self.is_done = false;
    }
}
