//! `HashAggregate`: a new row for each group of rows.

use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

use super::operator::Input;
use super::{Execution, ExecutionContext, ExecutionError, Operator};
use crate::algebra::{AggregateCall, ProjectItem};
use crate::expression::Batch;
use crate::function::aggregate::Accumulator;
use crate::value::{Equivalent, Value};

type Key = SmallVec<[Equivalent; 2]>;

/// Groups the rows of the input; the groups come in the order of their first rows.
pub(crate) struct HashAggregate<'a> {
    input: Input<'a>,
    keys: &'a [ProjectItem],
    calls: &'a [AggregateCall],
    is_done: bool,
}

impl<'a> HashAggregate<'a> {
    pub(crate) fn new(
        input: Input<'a>,
        keys: &'a [ProjectItem],
        calls: &'a [AggregateCall],
    ) -> Self {
        Self {
            input,
            keys,
            calls,
            is_done: false,
        }
    }

    fn accumulators(&self) -> Vec<Accumulator> {
        self.calls
            .iter()
            .map(|call| call.function.accumulator(call.is_distinct))
            .collect()
    }

    fn add(
        &self,
        ctx: &ExecutionContext<'_>,
        batch: &Batch,
        row: usize,
        accumulators: &mut [Accumulator],
    ) -> Execution<()> {
        for (call, accumulator) in self.calls.iter().zip(accumulators) {
            let mut arguments = SmallVec::<[Value; 2]>::new();
            for argument in &call.arguments {
                arguments.push(ctx.evaluate(argument, batch, row)?);
            }
            accumulator
                .add(&arguments)
                .map_err(|kind| ExecutionError::value(kind, call.span))?;
        }
        Ok(())
    }
}

impl Operator for HashAggregate<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        if self.is_done {
            return Ok(None);
        }
        self.is_done = true;
        let mut groups: IndexMap<Key, Vec<Accumulator>, FxBuildHasher> = IndexMap::default();
        if self.keys.is_empty() {
            groups.insert(Key::new(), self.accumulators());
        }
        while let Some(batch) = self.input.next(ctx)? {
            ctx.check()?;
            for row in 0..batch.len() {
                let mut key = Key::new();
                for item in self.keys {
                    key.push(Equivalent(ctx.evaluate(&item.expression, &batch, row)?));
                }
                let accumulators = groups.entry(key).or_insert_with(|| self.accumulators());
                self.add(ctx, &batch, row, accumulators)?;
            }
        }
        let mut rows = Vec::with_capacity(groups.len());
        for (key, accumulators) in groups {
            let mut row: Vec<Value> = key.into_iter().map(|key| key.0).collect();
            for (call, accumulator) in self.calls.iter().zip(accumulators) {
                row.push(
                    accumulator
                        .finish()
                        .map_err(|kind| ExecutionError::value(kind, call.span))?,
                );
            }
            rows.push(row);
        }
        let batch = Batch::from_rows(self.keys.len() + self.calls.len(), rows);
        Ok((!batch.is_empty()).then_some(batch))
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
        self.is_done = false;
    }
}
