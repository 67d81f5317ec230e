//! `HashAggregate`: a new row for each group of rows.

mod accumulators;
mod by_node;
mod keys;
mod parallel;

use std::sync::Arc;

use accumulators::Accumulators;
use by_node::GroupNumbers;
pub(crate) use keys::RowNumbers;
pub(crate) use parallel::divisible;

use super::operator::Input;
use super::{Execution, ExecutionContext, Operator};
use crate::algebra::{AggregateCall, ProjectItem};
use crate::expression::{Batch, Column};
use crate::function::Held;
use crate::plan::PhysicalPlan;

/// Groups the rows of the input; the groups come in the order of their first rows.
pub(crate) struct HashAggregate<'a> {
    input: Input<'a>,
    plan: Grouping<'a>,
    /// The input's plan and the scan in it whose nodes are divided, where that is worthwhile.
    divided: Option<(&'a PhysicalPlan, &'a PhysicalPlan)>,
    argument: Option<Arc<Batch>>,
    is_done: bool,
    held: Held,
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
    pub(crate) fn new(
        input: Input<'a>,
        plan: Grouping<'a>,
        divided: Option<(&'a PhysicalPlan, &'a PhysicalPlan)>,
    ) -> Self {
        Self {
            input,
            plan,
            divided,
            argument: None,
            is_done: false,
            held: Held::default(),
        }
    }
}

/// The groups so far.
struct Groups<'a> {
    plan: Grouping<'a>,
    numbers: GroupNumbers<'a>,
    accumulators: Vec<Accumulators<'a>>,
    held: Held,
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
            numbers: GroupNumbers::new(plan.keys),
            accumulators,
            held: Held::default(),
        }
    }

    fn add(&mut self, ctx: &ExecutionContext<'_>, batch: &Batch) -> Execution<()> {
        const ACCUMULATOR: usize = 64;
        let before = self.numbers.len();
        let (groups, size) = self.numbers.number(ctx, batch)?;
        let new = self.numbers.len() - before;
        let accumulators = self.accumulators.len() * new * ACCUMULATOR;
        ctx.hold(&mut self.held, size + accumulators)?;
        let calls = self.plan.calls.iter().zip(self.plan.weights);
        for ((call, slots), accumulators) in calls.zip(&mut self.accumulators) {
            let weights = weights(slots, batch);
            let mut arguments = Vec::with_capacity(call.arguments.len());
            for argument in &call.arguments {
                arguments.push(ctx.evaluate_all(argument, batch)?);
            }
            accumulators.resize(self.numbers.len().max(1));
            let kept = accumulators.add(&groups, &arguments, weights.as_deref())?;
            ctx.hold(&mut self.held, kept)?;
        }
        Ok(())
    }

    /// Takes what other groups have taken.
    fn merge(&mut self, ctx: &ExecutionContext<'_>, other: Self) -> Execution<()> {
        let groups = match self.plan.keys.is_empty() {
            true => vec![0],
            false => self.numbers.merge(ctx, other.numbers)?,
        };
        for (accumulators, others) in self.accumulators.iter_mut().zip(other.accumulators) {
            accumulators.resize(self.numbers.len().max(1));
            accumulators.merge(others, &groups)?;
        }
        Ok(())
    }

    /// The row of each group.
    fn finish(self, ctx: &ExecutionContext<'_>) -> Execution<Batch> {
        let mut columns = self.numbers.columns(ctx)?;
        let is_single = self.plan.keys.is_empty();
        let len = if is_single { 1 } else { self.numbers.len() };
        for accumulators in self.accumulators {
            columns.push(accumulators.finish()?);
        }
        Ok(Batch::new(columns, len))
    }
}

/// How many times each row counts; none where all count once.
pub(crate) fn weights(slots: &[usize], batch: &Batch) -> Option<Vec<i64>> {
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
            self.held.clear();
            return Ok(None);
        }
        self.is_done = true;
        let mut groups = match self.divided.filter(|_| ctx.is_read_only()) {
            Some((input, scan)) => {
                parallel::groups(ctx, input, scan, self.plan, self.argument.as_ref())?
            }
            None => {
                let mut groups = Groups::new(self.plan);
                while let Some(batch) = self.input.next(ctx)? {
                    ctx.check()?;
                    groups.add(ctx, &batch)?;
                }
                groups
            }
        };
        self.held = std::mem::take(&mut groups.held);
        let batch = groups.finish(ctx)?;
        Ok((!batch.is_empty()).then_some(batch))
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
        self.argument = Some(argument.clone());
        self.held.clear();
        self.is_done = false;
    }
}
