//! `SHORTEST 3` and its like: how the paths that stay are found.
//!
//! Any selection can be made from all paths. Where the path is one repetition between two nodes and no condition looks
//! inside it, the repetition itself gives the right paths, breadth first.

use super::Optimization;
use super::cost::Cost;
use super::label_condition::move_label_conditions;
use super::pattern::{filter, solve};
use super::physical::{Keep, PhysicalPlan, PlanKind, SelectPaths};
use super::selectivity::UNKNOWN_ROWS;
use super::slots::needs;
use crate::algebra::{Match, Selection};
use crate::expression::Expression;
use crate::syntax::ast::Direction;

/// The plan that finds the pattern of a clause for each row of the input, and selects.
pub(crate) fn search(
    clause: &Match,
    input: PhysicalPlan,
    cost: Cost<'_>,
    optimization: Optimization,
) -> PhysicalPlan {
    let Some(selection) = &clause.selection else {
        return solve(clause, input, cost, optimization, Keep::All);
    };
    let mut clause = clause.clone();
    let mut after = selection.predicates.clone();
    if optimization == Optimization::Full {
        // A condition on the ends keeps or drops all paths between them.
        let (on_ends, others) = after
            .into_iter()
            .partition(|predicate| is_on_ends(predicate, &clause, selection));
        clause.predicates.extend::<Vec<_>>(on_ends);
        after = others;
        clause = move_label_conditions(&clause);
    }
    let keep = match optimization {
        Optimization::Full => keep(&clause, selection),
        Optimization::Plain => Keep::All,
    };
    let selected = if keep == Keep::All {
        select(&clause, selection, input, cost, optimization)
    } else {
        solve(&clause, input, cost, optimization, keep)
    };
    after.into_iter().fold(selected, |plan, predicate| {
        let rows = plan.rows * cost.selectivity(&predicate, UNKNOWN_ROWS);
        filter(plan, predicate, rows)
    })
}

/// All paths, of which those that stay are selected.
fn select(
    clause: &Match,
    selection: &Selection,
    input: PhysicalPlan,
    cost: Cost<'_>,
    optimization: Optimization,
) -> PhysicalPlan {
    let width = clause.input_width;
    let argument = PhysicalPlan::new(PlanKind::Argument { width }, vec![], 1.0)
        .named(input.names.iter().cloned());
    let inner = solve(clause, argument, cost, optimization, Keep::All);
    let rows = input.rows * inner.rows;
    let names = inner.names.to_vec();
    let kind = PlanKind::SelectPaths(SelectPaths {
        start: selection.start,
        end: selection.end,
        relationships: selection.relationships.clone(),
        count: selection.count,
        is_groups: selection.is_groups,
        width: clause.width,
    });
    PhysicalPlan::new(kind, vec![input, inner], rows).named(names)
}

/// What the one repetition of a path can select by itself.
fn keep(clause: &Match, selection: &Selection) -> Keep {
    let [relationship] = clause.pattern.relationships.as_slice() else {
        return Keep::All;
    };
    let Some(repeat) = &relationship.repeat else {
        return Keep::All;
    };
    let looks_inside = clause
        .predicates
        .iter()
        .any(|predicate| !is_on_ends(predicate, clause, selection));
    if looks_inside {
        return Keep::All;
    }
    // A shortest walk visits no node twice, so that it uses no relationship twice either, if each repetition is one
    // relationship and there need not be several.
    let is_single = repeat.relationships.len() == 1;
    let min = relationship.length.map_or(1, |(min, _)| min);
    if selection.count == 1 && is_single && min <= 1 {
        return Keep::Shortest {
            is_all: selection.is_groups,
            is_undirected: relationship.direction == Direction::Both,
        };
    }
    Keep::First {
        count: selection.count,
        is_groups: selection.is_groups,
    }
}

/// Whether a condition speaks of nothing of the path but its ends.
fn is_on_ends(predicate: &Expression, clause: &Match, selection: &Selection) -> bool {
    let needs = needs(predicate);
    let is_known = |slot: &usize| {
        *slot < clause.input_width || *slot == selection.start || *slot == selection.end
    };
    !needs.has_subquery && needs.slots.iter().all(is_known)
}
