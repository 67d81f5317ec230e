//! The subqueries of expressions: run for one row, or for many at once where they are nothing but the search for a
//! pattern.

use std::sync::Arc;

use super::aggregate::weights;
use super::operator::Input;
use super::optional::{number, numbered};
use super::{Execution, ExecutionContext, ExecutionError, Profiler, open};
use crate::expression::{Batch, Column, Evaluation, Subqueries, SubqueryKind};
use crate::function::Held;
use crate::plan::SubqueryPlan;
use crate::value::Value;

/// A subquery of a running statement.
pub struct RunningSubquery<'a> {
    plan: &'a SubqueryPlan,
    /// Taken out while it runs.
    operator: Option<Input<'a>>,
    /// The slot for the row numbers where it is run for many rows at once.
    numbers: Option<usize>,
}

impl<'a> RunningSubquery<'a> {
    /// Opens the plan, as [`open`] does.
    #[must_use]
    pub fn open(plan: &'a SubqueryPlan, profiler: Option<&'a Profiler>, next: &mut usize) -> Self {
        let is_pattern = plan.root.is_pattern();
        let width = plan.width.max(plan.root.pattern_width());
        Self {
            plan,
            operator: Some(open(&plan.root, profiler, next)),
            numbers: is_pattern.then_some(width),
        }
    }
}

/// How many rows the rows of a batch stand for.
fn count(plan: &SubqueryPlan, batch: &Batch) -> i64 {
    match weights(&plan.weights, batch) {
        Some(weights) => weights.into_iter().fold(0, i64::saturating_add),
        None => i64::try_from(batch.len()).unwrap_or(i64::MAX),
    }
}

impl<'a> ExecutionContext<'a> {
    /// Runs a subquery that is taken out meanwhile: one never runs inside itself.
    fn run_taken<T>(
        &self,
        index: usize,
        run: impl FnOnce(&SubqueryPlan, &mut Input<'a>) -> Execution<T>,
    ) -> Evaluation<T> {
        let (plan, taken) = {
            let subquery = &mut self.subqueries.borrow_mut()[index];
            (subquery.plan, subquery.operator.take())
        };
        let mut operator = taken.expect("a subquery never runs inside itself");
        let before = self.made.get();
        let result = run(plan, &mut operator);
        self.made.set(before);
        self.subqueries.borrow_mut()[index].operator = Some(operator);
        result.map_err(|error| match *error {
            ExecutionError::Evaluation(error) => Box::new(error),
            ExecutionError::Graph { .. } => {
                unreachable!("a subquery of an expression never writes")
            }
        })
    }

    fn value(
        &self,
        plan: &SubqueryPlan,
        operator: &mut Input<'a>,
        kind: SubqueryKind,
    ) -> Execution<Value> {
        let mut number = 0_i64;
        let mut items = Vec::new();
        let mut held = Held::default();
        while let Some(batch) = operator.next(self)? {
            self.check()?;
            match kind {
                SubqueryKind::Exists => return Ok(Value::Boolean(true)),
                SubqueryKind::Count => number = number.saturating_add(count(plan, &batch)),
                SubqueryKind::Collect => {
                    self.hold(&mut held, batch.size())?;
                    items.extend((0..batch.len()).map(|row| batch.value(0, row)));
                }
            }
        }
        Ok(match kind {
            SubqueryKind::Exists => Value::Boolean(false),
            SubqueryKind::Count => Value::Integer(number),
            SubqueryKind::Collect => Value::list(items),
        })
    }

    /// How many rows there are for each row of a batch, whose numbers stand in a slot.
    fn counts(
        &self,
        plan: &SubqueryPlan,
        operator: &mut Input<'a>,
        len: usize,
        slot: usize,
    ) -> Execution<Vec<i64>> {
        let mut counts = vec![0_i64; len];
        while let Some(batch) = operator.next(self)? {
            self.check()?;
            let weights = weights(&plan.weights, &batch);
            for row in 0..batch.len() {
                let count = &mut counts[number(&batch, slot, row)];
                *count = count.saturating_add(weights.as_ref().map_or(1, |all| all[row]));
            }
        }
        Ok(counts)
    }
}

impl Subqueries for ExecutionContext<'_> {
    fn run(
        &self,
        index: usize,
        kind: SubqueryKind,
        mut row: Vec<Value>,
        locals: &[Value],
    ) -> Evaluation<Value> {
        self.run_taken(index, |plan, operator| {
            // Hidden columns may stand behind the row; the locals follow right after its variables.
            row.resize(plan.width - locals.len(), Value::Null);
            row.extend_from_slice(locals);
            operator.reset(&Arc::new(Batch::from_rows(plan.width, [row])));
            self.value(plan, operator, kind)
        })
    }

    fn run_all(
        &self,
        index: usize,
        kind: SubqueryKind,
        mut batch: Batch,
    ) -> Evaluation<Option<Column>> {
        let slot = self.subqueries.borrow()[index].numbers;
        let Some(slot) = slot.filter(|_| kind != SubqueryKind::Collect) else {
            return Ok(None);
        };
        let counts = self.run_taken(index, |plan, operator| {
            batch.truncate(plan.width);
            batch.widen(plan.width);
            operator.reset(&Arc::new(numbered(&batch, slot)));
            self.counts(plan, operator, batch.len(), slot)
        })?;
        Ok(Some(match kind {
            SubqueryKind::Exists => {
                Column::Booleans(counts.into_iter().map(|count| count > 0).collect())
            }
            _ => Column::Integers(counts),
        }))
    }
}
