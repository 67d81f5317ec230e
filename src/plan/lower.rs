//! Logical operators become physical ones.

use super::Optimization;
use super::cost::Cost;
use super::label_condition::move_label_conditions;
use super::pattern::solve_for;
use super::physical::{Keep, KeepCounted, Merge, PhysicalPlan, PlanKind, SubqueryPlan};
use super::selection::search;
use super::selectivity::{Bearer, UNKNOWN_ROWS};
use super::tail::{Counts, Demand, Solved, weigh};
use crate::algebra::{Aggregate, LogicalPlan, Match, ProjectItem, Subquery};
use crate::expression::{Expression, ExpressionKind, ResolvedNames, SubqueryKind};
use crate::graph::View;
use crate::value::Value;

/// What lowering looks at.
pub(crate) struct Lowering<'a> {
    pub view: &'a View,
    pub names: ResolvedNames,
    pub optimization: Optimization,
    pub is_write: bool,
    /// For how many rows from outside a plan is made.
    pub asked: f64,
}

/// The number of items that a list of unknown length is taken to have.
const LIST_LENGTH: f64 = 10.0;

impl Lowering<'_> {
    pub(crate) fn lower(&self, plan: &LogicalPlan) -> PhysicalPlan {
        stacker::maybe_grow(128 * 1024, 1024 * 1024, || self.lower_kind(plan))
    }

    #[expect(clippy::too_many_lines, reason = "a flat match over one enum")]
    fn lower_kind(&self, plan: &LogicalPlan) -> PhysicalPlan {
        match plan {
            LogicalPlan::Argument { names } => {
                let width = names.len();
                let kind = PlanKind::Argument { width };
                PhysicalPlan::new(kind, vec![], self.asked).named(names.clone())
            }
            LogicalPlan::Match(clause) => self.match_clause(clause, None).plan,
            LogicalPlan::Filter { input, predicate } => self.over(
                PlanKind::Filter {
                    predicate: predicate.clone(),
                },
                input,
                |rows| rows * self.cost().selectivity(predicate, UNKNOWN_ROWS),
            ),
            LogicalPlan::Unwind {
                input,
                list,
                slot,
                name,
            } => {
                let kind = PlanKind::Unwind {
                    list: list.clone(),
                    slot: *slot,
                };
                let plan = self.over(kind, input, |rows| rows * list_length(list));
                let mut names = plan.names.to_vec();
                names.resize(slot + 1, None);
                names[*slot] = Some(name.clone());
                plan.named(names)
            }
            LogicalPlan::Project { input, items } => {
                let kind = PlanKind::Project {
                    items: items.clone(),
                };
                let plan = self.over(kind, input, |rows| rows);
                let kept = plan.names.to_vec();
                let name = |(slot, item): (usize, &ProjectItem)| match item.name.is_empty() {
                    true => kept.get(slot).cloned().flatten(),
                    false => Some(item.name.clone()),
                };
                plan.named(items.iter().enumerate().map(name))
            }
            LogicalPlan::Aggregate(aggregate) => {
                let plan = self.aggregate(aggregate);
                let keys = aggregate.keys.iter().map(|key| Some(key.name.clone()));
                let calls = aggregate.calls.iter().map(|call| Some(call.name.clone()));
                plan.named(keys.chain(calls))
            }
            LogicalPlan::Distinct { input } => self.over(PlanKind::Distinct, input, |rows| rows),
            LogicalPlan::Sort { input, keys } => {
                self.over(PlanKind::Sort { keys: keys.clone() }, input, |rows| rows)
            }
            LogicalPlan::Skip { input, count } => {
                let kind = PlanKind::Skip {
                    count: count.clone(),
                };
                self.over(kind, input, |rows| {
                    (rows - constant(count).unwrap_or(0.0)).max(0.0)
                })
            }
            LogicalPlan::Limit { input, count } => {
                let kind = PlanKind::Limit {
                    count: count.clone(),
                };
                self.over(kind, input, |rows| {
                    rows.min(constant(count).unwrap_or(rows))
                })
            }
            LogicalPlan::Union { inputs } => {
                let inputs: Vec<_> = inputs.iter().map(|input| self.lower(input)).collect();
                let rows = inputs.iter().map(|input| input.rows).sum();
                PhysicalPlan::new(PlanKind::Union, inputs, rows)
            }
            LogicalPlan::Apply {
                input,
                subquery,
                returns,
                width,
                is_optional,
            } => {
                let (mut input, inner) = (self.lower(input), self.lower(subquery));
                let is_write = inner.contains_write();
                if is_write && reads(&input) {
                    input = eager(input);
                }
                let factor = match returns {
                    None => 1.0,
                    Some(_) if *is_optional => inner.rows.max(1.0),
                    Some(_) => inner.rows,
                };
                let rows = input.rows * factor;
                let kind = PlanKind::Apply {
                    returns: *returns,
                    width: *width,
                    is_optional: *is_optional,
                };
                let mut names = input.names.to_vec();
                names.resize(*width, None);
                names.extend(inner.names.iter().take(returns.unwrap_or(0)).cloned());
                let plan = PhysicalPlan::new(kind, vec![input, inner], rows).named(names);
                if is_write { eager(plan) } else { plan }
            }
            LogicalPlan::ProcedureCall {
                input,
                name,
                arguments,
                columns,
                width,
                names,
                is_void,
                span,
            } => {
                let kind = PlanKind::ProcedureCall {
                    name: name.clone(),
                    arguments: arguments.clone(),
                    columns: columns.clone(),
                    width: *width,
                    is_void: *is_void,
                    span: *span,
                };
                let plan = self.over(kind, input, |rows| rows * LIST_LENGTH);
                plan.named(names.clone())
            }
            LogicalPlan::Create {
                input,
                pattern,
                names,
            } => {
                let plan = self.update(PlanKind::Create(pattern.clone()), input, vec![]);
                plan.named(names.clone())
            }
            LogicalPlan::Merge(merge) => {
                let kind = PlanKind::Merge(Merge {
                    create: merge.create.clone(),
                    on_create: merge.on_create.clone(),
                    on_match: merge.on_match.clone(),
                    required: merge.required.clone(),
                });
                let search = self.lower(&merge.search);
                let names = search.names.to_vec();
                self.update(kind, &merge.input, vec![search]).named(names)
            }
            LogicalPlan::Set { input, operations } => self.update(
                PlanKind::Set {
                    operations: operations.clone(),
                },
                input,
                vec![],
            ),
            LogicalPlan::Delete {
                input,
                expressions,
                is_detach,
            } => {
                let kind = PlanKind::Delete {
                    expressions: expressions.clone(),
                    is_detach: *is_detach,
                };
                self.update(kind, input, vec![])
            }
            LogicalPlan::Drain { input } => self.over(PlanKind::Drain, input, |_| 0.0),
        }
    }

    fn over(
        &self,
        kind: PlanKind,
        input: &LogicalPlan,
        rows: impl FnOnce(f64) -> f64,
    ) -> PhysicalPlan {
        let input = self.lower(input);
        let rows = rows(input.rows);
        PhysicalPlan::over(kind, input, rows)
    }

    /// An updating operator between what was read before it and what is read after it.
    fn update(
        &self,
        kind: PlanKind,
        input: &LogicalPlan,
        further: Vec<PhysicalPlan>,
    ) -> PhysicalPlan {
        let mut input = self.lower(input);
        if reads(&input) {
            input = eager(input);
        }
        let rows = input.rows;
        let mut inputs = vec![input];
        inputs.extend(further);
        eager(PhysicalPlan::new(kind, inputs, rows))
    }

    /// The plan of a subquery; one that is only asked whether there is a row counts what it need not find.
    pub(crate) fn subquery(&self, subquery: &Subquery) -> SubqueryPlan {
        let (root, weights) = match (&subquery.plan, subquery.kind) {
            (LogicalPlan::Match(clause), SubqueryKind::Exists | SubqueryKind::Count) => {
                let solved = self.match_clause(clause, Some(&Demand::number()));
                let numbers = solved.counts.numbers.iter();
                (solved.plan, numbers.map(|number| number.all).collect())
            }
            (plan, _) => (self.lower(plan), Vec::new()),
        };
        SubqueryPlan {
            root,
            width: subquery.width,
            weights,
        }
    }

    fn aggregate(&self, aggregate: &Aggregate) -> PhysicalPlan {
        let mut calls = aggregate.calls.clone();
        let (input, weights) = match (Demand::of(aggregate), &*aggregate.input) {
            (Some(demand), LogicalPlan::Match(clause)) => {
                let solved = self.match_clause(clause, Some(&demand));
                let weights = weigh(&mut calls, &solved.counts);
                (solved.plan, weights)
            }
            (_, input) => (self.lower(input), vec![Vec::new(); calls.len()]),
        };
        let bearers = |slot: usize| match &*aggregate.input {
            LogicalPlan::Match(clause) => self.cost().bearer(clause, slot),
            _ => Bearer::Unknown,
        };
        let keys = aggregate.keys.iter().map(|key| &key.expression);
        let rows = self.cost().groups(keys, input.rows, &bearers);
        let kind = PlanKind::HashAggregate {
            keys: aggregate.keys.clone(),
            calls,
            weights,
        };
        PhysicalPlan::over(kind, input, rows)
    }

    pub(crate) fn cost(&self) -> Cost<'_> {
        Cost {
            view: self.view,
            names: &self.names,
        }
    }

    fn match_clause(&self, clause: &Match, demand: Option<&Demand>) -> Solved {
        let cost = self.cost();
        let input = self.lower(&clause.input);
        let moved;
        let clause = match self.optimization {
            Optimization::Plain => clause,
            Optimization::Full => {
                moved = move_label_conditions(clause);
                &moved
            }
        };
        // What is counted must not change while it is counted.
        let demand = demand.filter(|_| self.optimization == Optimization::Full && !self.is_write);
        if !clause.is_optional && clause.selection.is_none() {
            return solve_for(clause, input, cost, self.optimization, Keep::All, demand);
        }
        if !clause.is_optional {
            return Solved {
                plan: search(clause, input, cost, self.optimization),
                counts: Counts::default(),
            };
        }
        let outer = input.names.to_vec();
        let argument = |rows: f64| {
            let width = clause.input_width;
            PhysicalPlan::new(PlanKind::Argument { width }, vec![], rows).named(outer.clone())
        };
        if let Some(demand) = demand.filter(|_| clause.selection.is_none()) {
            let argument = argument(input.rows);
            let optimization = self.optimization;
            let keep = Keep::All;
            let mut solved = solve_for(clause, argument, cost, optimization, keep, Some(demand));
            if optional_count(&mut solved, clause.width) {
                solved.plan.rows = input.rows;
                solved.plan.inputs[0] = input;
                return solved;
            }
        }
        let inner = search(clause, argument(1.0), cost, self.optimization);
        let rows = input.rows * inner.rows.max(1.0);
        let kind = PlanKind::Optional {
            input_width: clause.input_width,
            width: clause.width,
        };
        let names = inner.names.to_vec();
        Solved {
            plan: PhysicalPlan::new(kind, vec![input, inner], rows).named(names),
            counts: Counts::default(),
        }
    }
}

/// The rule `optional-count`: an optional match of which only the number of its matches is asked for, and that is one
/// count for each row, keeps the rows without a match. The slot gets the number of rows.
fn optional_count(solved: &mut Solved, slot: usize) -> bool {
    let plan = &mut solved.plan;
    let is_at_rows = plan.inputs.first().is_some_and(PhysicalPlan::is_argument);
    match (&mut plan.kind, solved.counts.numbers.as_mut_slice()) {
        (PlanKind::CountExpand { keep, .. }, [number]) if is_at_rows => {
            *keep = KeepCounted::All { rows: slot };
            number.rows = Some(slot);
            true
        }
        _ => false,
    }
}

fn eager(input: PhysicalPlan) -> PhysicalPlan {
    if matches!(input.kind, PlanKind::Eager) {
        return input;
    }
    let rows = input.rows;
    PhysicalPlan::over(PlanKind::Eager, input, rows)
}

/// Whether rows come out of a plan while it still reads the graph.
fn reads(plan: &PhysicalPlan) -> bool {
    match plan.kind {
        PlanKind::Argument { .. } | PlanKind::Eager => false,
        PlanKind::Unwind { .. } | PlanKind::Project { .. } => plan.inputs.iter().any(reads),
        _ => true,
    }
}

#[expect(clippy::cast_precision_loss, reason = "an estimate")]
fn constant(count: &Expression) -> Option<f64> {
    match count.kind {
        ExpressionKind::Constant(Value::Integer(number)) => Some(number as f64),
        _ => None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "an estimate")]
fn list_length(list: &Expression) -> f64 {
    match &list.kind {
        ExpressionKind::Constant(Value::List(items)) => items.len() as f64,
        ExpressionKind::List(items) => items.len() as f64,
        ExpressionKind::Constant(Value::Null) => 0.0,
        _ => LIST_LENGTH,
    }
}
