//! The named rewrite rules. Each turns a plan into an equivalent one that costs less.

use super::fold::fold;
use super::physical::{KeepCounted, PhysicalPlan, PlanKind, SubqueryPlan, Tail};
use crate::expression::{Expression, ExpressionKind, SubqueryKind};
use crate::graph::View;

/// Applies the rules that look at one plan, from the leaves up.
pub(crate) fn apply(plan: &mut PhysicalPlan, view: &View) {
    for input in &mut plan.inputs {
        stacker::maybe_grow(128 * 1024, 1024 * 1024, || apply(input, view));
    }
    fold_constants(plan, view);
    top(plan);
    project_late(plan);
}

/// `fold-constants`: conditions, projections and counts that depend on no row become values.
fn fold_constants(plan: &mut PhysicalPlan, view: &View) {
    match &mut plan.kind {
        PlanKind::Filter { predicate } => fold_parts(predicate, view),
        PlanKind::Project { items } => {
            for item in items.iter_mut() {
                fold_parts(&mut item.expression, view);
            }
        }
        PlanKind::Unwind { list, .. } => fold(list, view),
        PlanKind::Skip { count } | PlanKind::Limit { count } => fold(count, view),
        _ => {}
    }
}

/// Folds an expression, or what inside it depends on no row.
fn fold_parts(expression: &mut Expression, view: &View) {
    use ExpressionKind as K;
    fold(expression, view);
    match &mut expression.kind {
        K::And(items) | K::Or(items) | K::Xor(items) | K::List(items) | K::Call(_, items) => {
            for item in items {
                fold_parts(item, view);
            }
        }
        K::Compare(_, left, right) | K::Binary(_, left, right) => {
            fold_parts(left, view);
            fold_parts(right, view);
        }
        K::Not(operand) | K::Negate(operand) => fold_parts(operand, view),
        _ => {}
    }
}

/// `top`: `LIMIT` over `ORDER BY` keeps only as many rows as are asked for while it sorts.
fn top(plan: &mut PhysicalPlan) {
    let PlanKind::Limit { count } = &plan.kind else {
        return;
    };
    let input = &mut plan.inputs[0];
    match &mut input.kind {
        PlanKind::Sort { keys } => {
            let kind = PlanKind::Top {
                keys: std::mem::take(keys),
                skipped: None,
                count: count.clone(),
            };
            let rows = plan.rows;
            *plan = PhysicalPlan::new(kind, std::mem::take(&mut input.inputs), rows);
        }
        PlanKind::Skip { count: skipped } => {
            let PlanKind::Sort { keys } = &mut input.inputs[0].kind else {
                return;
            };
            let kind = PlanKind::Top {
                keys: std::mem::take(keys),
                skipped: Some(skipped.clone()),
                count: count.clone(),
            };
            input.inputs[0].kind = kind;
        }
        _ => {}
    }
}

/// `project-late`: rows that are sorted for the first of them are projected when these are found, where the projection
/// only reads what is there.
fn project_late(plan: &mut PhysicalPlan) {
    let PlanKind::Top { keys, .. } = &mut plan.kind else {
        return;
    };
    let PlanKind::Project { items } = &plan.inputs[0].kind else {
        return;
    };
    let is_read = |expression: &Expression| match &expression.kind {
        ExpressionKind::Slot(_) | ExpressionKind::Constant(_) => true,
        ExpressionKind::Property { base, .. } => matches!(base.kind, ExpressionKind::Slot(_)),
        _ => false,
    };
    // An aggregation's rows are made already; to look them up anew would cost what it saves.
    let reads_properties = items
        .iter()
        .any(|item| matches!(item.expression.kind, ExpressionKind::Property { .. }));
    if !reads_properties || !items.iter().all(|item| is_read(&item.expression)) {
        return;
    }
    let Some(own) = keys
        .iter()
        .map(|key| match key.expression.kind {
            ExpressionKind::Slot(slot) => items.get(slot).map(|item| item.expression.clone()),
            _ => None,
        })
        .collect::<Option<Vec<_>>>()
    else {
        return;
    };
    for (key, expression) in keys.iter_mut().zip(own) {
        key.expression = expression;
    }
    let mut project = plan.inputs.remove(0);
    let top = std::mem::replace(&mut plan.kind, PlanKind::Distinct);
    let rows = plan.rows;
    let input = project.inputs.remove(0);
    let names = project.names.clone();
    *plan = PhysicalPlan::over(project.kind, PhysicalPlan::over(top, input, rows), rows);
    plan.names = names;
}

/// `semi-apply`: a condition that only asks whether a subquery has a row becomes an operator that asks for many rows
/// at once.
///
/// Gives the numbers of the subqueries that are replaced.
pub(crate) fn semi_apply(plan: &mut PhysicalPlan, subqueries: &[SubqueryPlan]) -> Vec<usize> {
    let mut replaced = Vec::new();
    for input in &mut plan.inputs {
        replaced.extend(stacker::maybe_grow(128 * 1024, 1024 * 1024, || {
            semi_apply(input, subqueries)
        }));
    }
    let PlanKind::Filter { predicate } = &plan.kind else {
        return replaced;
    };
    let (mut kept, mut applied) = (Vec::new(), Vec::new());
    for condition in predicate.clone().conjuncts() {
        match existence(&condition).filter(|(index, _)| subqueries[*index].root.is_pattern()) {
            Some(found) => applied.push(found),
            None => kept.push(condition),
        }
    }
    if applied.is_empty() {
        return replaced;
    }
    let rows = plan.rows;
    let mut input = plan.inputs.remove(0);
    if !kept.is_empty() {
        let span = predicate.span;
        let predicate = match kept.len() {
            1 => kept.remove(0),
            _ => Expression::new(ExpressionKind::And(kept), span),
        };
        input = PhysicalPlan::over(PlanKind::Filter { predicate }, input, rows);
    }
    for (index, is_anti) in applied {
        let kind = if is_anti {
            PlanKind::AntiSemiApply
        } else {
            PlanKind::SemiApply
        };
        let mut inner = subqueries[index].root.clone();
        replaced.push(index);
        replaced.extend(semi_apply(&mut inner, subqueries));
        input = match semi_expand(&mut inner, is_anti) {
            true => {
                inner.inputs[0] = input;
                PhysicalPlan { rows, ..inner }
            }
            false => PhysicalPlan::new(kind, vec![input, inner], rows),
        };
    }
    *plan = input;
    replaced
}

/// `semi-expand`: where the subquery is nothing but a count at the rows' own nodes, the count itself tells which rows
/// stay.
fn semi_expand(inner: &mut PhysicalPlan, is_anti: bool) -> bool {
    let is_at_rows = inner.inputs.first().is_some_and(PhysicalPlan::is_argument);
    let PlanKind::CountExpand { keep, .. } = &mut inner.kind else {
        return false;
    };
    if !is_at_rows || *keep != KeepCounted::Numbers {
        return false;
    }
    *keep = match is_anti {
        true => KeepCounted::Unmatched,
        false => KeepCounted::Matched,
    };
    true
}

/// Empties the plans of subqueries that have become operators; their numbers stay.
pub(crate) fn drop_subqueries(subqueries: &mut [SubqueryPlan], replaced: &[usize]) {
    for index in replaced {
        let subquery = &mut subqueries[*index];
        let width = subquery.width;
        subquery.root = PhysicalPlan::new(PlanKind::Argument { width }, Vec::new(), 1.0);
    }
}

/// The subquery that a condition asks a row of, and whether it asks for none.
fn existence(condition: &Expression) -> Option<(usize, bool)> {
    match &condition.kind {
        ExpressionKind::Subquery {
            index,
            kind: SubqueryKind::Exists,
        } => Some((*index, false)),
        ExpressionKind::Not(operand) => {
            existence(operand).map(|(index, is_anti)| (index, !is_anti))
        }
        _ => None,
    }
}

impl PhysicalPlan {
    /// Whether a plan is nothing but the search for a pattern, so that it can run for many rows at once and each row
    /// of it is one of its argument's with more slots.
    pub(crate) fn is_pattern(&self) -> bool {
        match self.kind {
            PlanKind::Argument { .. } => true,
            PlanKind::HashJoin(_) => self.inputs.iter().all(Self::is_pattern),
            PlanKind::AllNodesScan { .. }
            | PlanKind::NodeByLabelScan { .. }
            | PlanKind::NodeByIdSeek { .. }
            | PlanKind::NodeIndexSeek(_)
            | PlanKind::ExpandAll(_)
            | PlanKind::ExpandInto(_)
            | PlanKind::CountExpand { .. }
            | PlanKind::CountIntersect { .. }
            | PlanKind::VarLengthExpand(_)
            | PlanKind::Repeat(_)
            | PlanKind::ProjectEndpoints(_)
            | PlanKind::ShortestPath(_)
            | PlanKind::Filter { .. }
            | PlanKind::SemiApply
            | PlanKind::AntiSemiApply
            | PlanKind::ProjectPath { .. } => self.inputs[0].is_pattern(),
            _ => false,
        }
    }
}

impl PhysicalPlan {
    /// How many slots the rows of a plan that is nothing but the search for a pattern have at most.
    #[must_use]
    pub fn pattern_width(&self) -> usize {
        let own = match &self.kind {
            PlanKind::Argument { width } => *width,
            PlanKind::AllNodesScan { slot }
            | PlanKind::NodeByLabelScan { slot, .. }
            | PlanKind::NodeByIdSeek { slot, .. }
            | PlanKind::ProjectPath { slot, .. } => slot + 1,
            PlanKind::NodeIndexSeek(seek) => seek.slot + 1,
            PlanKind::ExpandAll(expand) | PlanKind::ExpandInto(expand) => {
                expand.relationship.max(expand.to) + 1
            }
            PlanKind::CountExpand { tails, .. } => {
                tails.iter().map(Tail::width).max().unwrap_or_default()
            }
            PlanKind::CountIntersect { tail } => tail.width(),
            PlanKind::HashJoin(join) => join.slots.iter().max().map_or(0, |slot| slot + 1),
            PlanKind::VarLengthExpand(expand) => {
                expand.expand.relationship.max(expand.expand.to) + 1
            }
            PlanKind::Repeat(repeat) => repeat.width,
            PlanKind::ShortestPath(shortest) => shortest.expand.relationship + 1,
            PlanKind::ProjectEndpoints(ends) => ends.left.0.max(ends.right.0) + 1,
            _ => 0,
        };
        own.max(self.inputs.first().map_or(0, PhysicalPlan::pattern_width))
    }
}

impl Tail {
    /// How many slots the rows have at least that hold the numbers.
    fn width(&self) -> usize {
        let slots = self.arms.iter().map(|arm| arm.relationship.max(arm.to) + 1);
        slots.max().unwrap_or_default()
    }
}
