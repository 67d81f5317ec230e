//! Aggregation of many nodes' matches at once: the nodes are scanned in pieces of fixed size, on all threads, and the
//! pieces' groups are put together in order. So the answer does not depend on the number of threads.

use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::accumulators::Accumulators;
use super::{Grouping, Groups};
use crate::execution::context::Piece;
use crate::execution::{Execution, ExecutionContext, open};
use crate::expression::{Batch, Expression};
use crate::plan::{PhysicalPlan, PlanKind};

/// How many slots of nodes a piece has; few in tests, so that small graphs are divided there.
const PIECE: u32 = if cfg!(test) { 16 } else { 4096 };
/// How many nodes and relationships must be expected to be looked at before dividing is worthwhile.
const WORTHWHILE: f64 = if cfg!(test) { 32.0 } else { 100_000.0 };
/// To put a group of a piece together with the others costs about what so many rows do.
const MERGED: f64 = 16.0;

/// The scan whose nodes can be divided, if an aggregation into so many groups is worth it and gives the same for pieces
/// put together.
pub(crate) fn divisible<'p>(
    input: &'p PhysicalPlan,
    grouping: &Grouping<'_>,
    groups: f64,
) -> Option<&'p PhysicalPlan> {
    let keys = grouping.keys.iter().map(|item| &item.expression);
    let arguments = grouping.calls.iter().flat_map(|call| &call.arguments);
    let can_merge = grouping.calls.iter().all(Accumulators::can_merge);
    if !can_merge || !keys.chain(arguments).all(Expression::is_repeatable) {
        return None;
    }
    let (scan, work) = scan(input)?;
    // Many groups cost as much to put together as to find.
    let pieces = scan.rows / f64::from(PIECE);
    let merged = pieces * groups.min(f64::from(PIECE)) * MERGED;
    (work >= WORTHWHILE.max(merged)).then_some(scan)
}

/// The scan at the bottom of a chain of operators that take one row after the other, and how much is looked at.
fn scan(plan: &PhysicalPlan) -> Option<(&PhysicalPlan, f64)> {
    const COUNTED: f64 = 8.0;
    let own = match &plan.kind {
        PlanKind::AllNodesScan { .. } | PlanKind::NodeByLabelScan { .. } => {
            let is_first = matches!(plan.inputs[0].kind, PlanKind::Argument { .. });
            return is_first.then_some((plan, plan.rows));
        }
        PlanKind::Filter { predicate } if predicate.is_repeatable() => plan.rows,
        PlanKind::ExpandAll(_) | PlanKind::ExpandInto(_) => plan.rows,
        PlanKind::CountExpand { .. } | PlanKind::CountIntersect { .. } => {
            plan.inputs[0].rows * COUNTED
        }
        _ => return None,
    };
    let (scan, work) = scan(&plan.inputs[0])?;
    Some((scan, work.max(own)))
}

/// The groups of all rows of the input, piece by piece.
pub(super) fn groups<'a>(
    ctx: &ExecutionContext<'_>,
    input: &'a PhysicalPlan,
    scan: &PhysicalPlan,
    grouping: Grouping<'a>,
    argument: Option<&Arc<Batch>>,
) -> Execution<Groups<'a>> {
    let view = ctx.view();
    let shared = ctx.shared();
    let pieces = view.node_slots().div_ceil(PIECE).max(1);
    let scan = std::ptr::from_ref(scan).addr();
    let view = &*view;
    let run = |number: u32| -> Execution<Groups<'a>> {
        let slots = number * PIECE..(number + 1).saturating_mul(PIECE);
        let ctx = shared.context(view, Piece { scan, slots });
        let mut operator = open(input, None, &mut 0);
        if let Some(argument) = argument {
            operator.reset(argument);
        }
        let mut groups = Groups::new(grouping);
        while let Some(batch) = operator.next(&ctx)? {
            ctx.check()?;
            groups.add(&ctx, &batch)?;
        }
        Ok(groups)
    };
    // What the first piece finds out about which nodes count, the others share.
    let mut all = run(0)?;
    let others: Vec<Execution<Groups<'a>>> = (1..pieces).into_par_iter().map(run).collect();
    for other in others {
        all.merge(ctx, other?)?;
    }
    Ok(all)
}
