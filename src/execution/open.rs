//! Plans become running operators.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Instant;

use super::aggregate::{Grouping, HashAggregate, divisible};
use super::apply::Apply;
use super::argument::Argument;
use super::count_expand::CountExpand;
use super::count_intersect::CountIntersect;
use super::create::Create;
use super::delete::Delete;
use super::distinct::Distinct;
use super::eager::{Drain, Eager};
use super::endpoints::ProjectEndpoints;
use super::expand::Expand;
use super::filter::Filter;
use super::hash_join::HashJoin;
use super::limit::{Limit, Skip};
use super::merge::Merge;
use super::operator::Input;
use super::optional::Optional;
use super::procedure_call::ProcedureCall;
use super::project::{Project, ProjectPath};
use super::pruning_expand::PruningExpand;
use super::repeat::Repeat;
use super::scan::{Found, Scan};
use super::select_paths::SelectPaths;
use super::semi_apply::SemiApply;
use super::set::Set;
use super::shortest_path::ShortestPath;
use super::sort::{First, Sort};
use super::union::Union;
use super::unwind::Unwind;
use super::var_length_expand::VarLengthExpand;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::Batch;
use crate::function::Held;
use crate::plan::{PhysicalPlan, PlanKind, Profile};

/// Counts what each operator does, in the order in which `EXPLAIN` shows them.
#[derive(Debug, Default)]
pub struct Profiler {
    profiles: Vec<Cell<Profile>>,
}

impl Profiler {
    /// A place for each operator of the plans.
    #[must_use]
    pub fn new<'p>(plans: impl IntoIterator<Item = &'p PhysicalPlan>) -> Self {
        fn count(plan: &PhysicalPlan) -> usize {
            1 + plan.inputs.iter().map(count).sum::<usize>()
        }
        let count = plans.into_iter().map(count).sum();
        Self {
            profiles: vec![Cell::default(); count],
        }
    }

    /// What each operator did.
    #[must_use]
    pub fn profiles(&self) -> Vec<Profile> {
        self.profiles.iter().map(Cell::get).collect()
    }
}

/// Opens a plan. With a profiler, `next` is the number of the plan's first operator; the number after its last is
/// left there.
#[must_use]
pub fn open<'a>(
    plan: &'a PhysicalPlan,
    profiler: Option<&'a Profiler>,
    next: &mut usize,
) -> Input<'a> {
    stacker::maybe_grow(128 * 1024, 1024 * 1024, || {
        let own = *next;
        *next += 1;
        let operator = open_kind(plan, profiler, next);
        match profiler {
            Some(profiler) => Box::new(Profiled {
                operator,
                profile: &profiler.profiles[own],
            }),
            None => operator,
        }
    })
}

#[expect(clippy::too_many_lines, reason = "a flat match over one enum")]
fn open_kind<'a>(
    plan: &'a PhysicalPlan,
    profiler: Option<&'a Profiler>,
    next: &mut usize,
) -> Input<'a> {
    if let PlanKind::Union = plan.kind {
        let inputs = plan.inputs.iter();
        return Box::new(Union::new(
            inputs.map(|input| open(input, profiler, next)).collect(),
        ));
    }
    if let PlanKind::Argument { width } = plan.kind {
        return Box::new(Argument::new(width));
    }
    // As in EXPLAIN, a second input's operators come before those of the stream.
    let (first, further) = plan
        .inputs
        .split_first()
        .expect("every operator but Argument and Union has an input");
    let further = further.iter();
    let mut inners: Vec<Input<'a>> = further.map(|inner| open(inner, profiler, next)).collect();
    let input = open(first, profiler, next);
    if let PlanKind::CountExpand { tails, keep } = &plan.kind {
        return Box::new(CountExpand::new(input, inners, tails, *keep));
    }
    let inner = inners.pop();
    if let PlanKind::CountIntersect { tail } = &plan.kind {
        return Box::new(CountIntersect::new(input, inner, tail));
    }
    let mut inner = inner;
    let mut inner = || inner.take().expect("this operator has a second input");
    let place = std::ptr::from_ref(plan).addr();
    match &plan.kind {
        PlanKind::Argument { .. }
        | PlanKind::Union
        | PlanKind::CountExpand { .. }
        | PlanKind::CountIntersect { .. } => input,
        PlanKind::AllNodesScan { slot } => Box::new(Scan::new(input, *slot, Found::All, place)),
        PlanKind::NodeByLabelScan { slot, label } => {
            Box::new(Scan::new(input, *slot, Found::Label(*label), place))
        }
        PlanKind::NodeByIdSeek { slot, ids } => {
            Box::new(Scan::new(input, *slot, Found::Ids(ids), place))
        }
        PlanKind::NodeIndexSeek(seek) => {
            Box::new(Scan::new(input, seek.slot, Found::Index(seek), place))
        }
        PlanKind::ExpandAll(expand) => Box::new(Expand::new(input, expand, false)),
        PlanKind::ExpandInto(expand) => Box::new(Expand::new(input, expand, true)),
        PlanKind::VarLengthExpand(expand) if expand.is_pruning => {
            Box::new(PruningExpand::new(input, expand))
        }
        PlanKind::VarLengthExpand(expand) => Box::new(VarLengthExpand::new(input, expand)),
        PlanKind::Repeat(repeat) => Box::new(Repeat::new(input, inner(), repeat)),
        PlanKind::SelectPaths(select) => Box::new(SelectPaths::new(input, inner(), select)),
        PlanKind::ProjectEndpoints(ends) => Box::new(ProjectEndpoints::new(input, ends)),
        PlanKind::ShortestPath(shortest) => Box::new(ShortestPath::new(input, shortest)),
        PlanKind::Filter { predicate } => Box::new(Filter::new(input, predicate)),
        PlanKind::ProjectPath { slot, steps } => Box::new(ProjectPath::new(input, *slot, steps)),
        PlanKind::Optional { width, .. } => Box::new(Optional::new(input, inner(), *width)),
        PlanKind::HashJoin(join) => Box::new(HashJoin::new(input, inner(), join)),
        PlanKind::SemiApply => Box::new(SemiApply::new(
            input,
            inner(),
            false,
            plan.inputs[1].pattern_width(),
        )),
        PlanKind::AntiSemiApply => Box::new(SemiApply::new(
            input,
            inner(),
            true,
            plan.inputs[1].pattern_width(),
        )),
        PlanKind::Apply {
            returns,
            width,
            is_optional,
        } => Box::new(Apply::new(input, inner(), *returns, *width, *is_optional)),
        PlanKind::Unwind { list, slot } => Box::new(Unwind::new(input, list, *slot)),
        PlanKind::Project { items } => Box::new(Project::new(input, items)),
        PlanKind::HashAggregate {
            keys,
            calls,
            weights,
        } => {
            let grouping = Grouping {
                keys,
                calls,
                weights,
            };
            let own = &plan.inputs[0];
            // What is profiled runs on one thread, so that the times of its operators add up.
            let scan = divisible(own, &grouping, plan.rows).filter(|_| profiler.is_none());
            let divided = scan.map(|scan| (own, scan));
            Box::new(HashAggregate::new(input, grouping, divided))
        }
        PlanKind::Distinct => Box::new(Distinct::new(input)),
        PlanKind::Sort { keys } => Box::new(Sort::all(input, keys)),
        PlanKind::Top {
            keys,
            skipped,
            count,
        } => Box::new(Sort::first(
            input,
            keys,
            First {
                skipped: skipped.as_ref(),
                count,
                has_effects: plan.contains_write(),
            },
        )),
        PlanKind::Skip { count } => Box::new(Skip::new(input, count)),
        PlanKind::Limit { count } => Box::new(Limit::new(input, count, plan.contains_write())),
        PlanKind::ProcedureCall {
            name,
            arguments,
            columns,
            width,
            is_void,
            span,
        } => Box::new(ProcedureCall {
            input,
            name,
            arguments,
            columns,
            width: *width,
            is_void: *is_void,
            span: *span,
            held: Held::default(),
        }),
        PlanKind::Create(pattern) => Box::new(Create::new(input, pattern)),
        PlanKind::Merge(merge) => Box::new(Merge::new(input, inner(), merge)),
        PlanKind::Set { operations } => Box::new(Set::new(input, operations)),
        PlanKind::Delete {
            expressions,
            is_detach,
        } => Box::new(Delete::new(input, expressions, *is_detach)),
        PlanKind::Eager => Box::new(Eager::new(input)),
        PlanKind::Drain => Box::new(Drain::new(input)),
    }
}

/// An operator whose rows and time are counted.
struct Profiled<'a> {
    operator: Input<'a>,
    profile: &'a Cell<Profile>,
}

impl Operator for Profiled<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        let start = Instant::now();
        let batch = self.operator.next(ctx)?;
        let mut profile = self.profile.get();
        profile.time += start.elapsed();
        profile.rows += batch.as_ref().map_or(0, |batch| batch.len() as u64);
        self.profile.set(profile);
        Ok(batch)
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.operator.reset(argument);
    }
}
