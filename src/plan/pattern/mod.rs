//! A pattern's plan: [`order`] chooses the order in which its parts are found, [`build`] makes a plan of the steps.

mod build;
mod count;
mod expand;
mod order;

use super::Optimization;
use super::cost::Cost;
use super::physical::{Keep, PhysicalPlan, PlanKind};
use super::slots::needs;
use super::tail::{Demand, Solved};
use crate::algebra::{Match, PatternRelationship};
use crate::expression::{Expression, ExpressionKind};
use crate::syntax::ast::Direction;
use build::Builder;
use order::{Finder, Progress, conditions_by_slot, own_selectivities};
use std::sync::Arc;

/// One step on the way through a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Find a node by scanning.
    Scan(usize),
    /// Take the ends of a relationship that is known.
    Endpoints(usize),
    /// Follow a relationship from its left node (or, if `true`, from its right one).
    Expand(usize, bool),
    /// Look for a shortest path.
    Shortest(usize),
    /// Count the relationships to a node, or the pairs of those to it and to another.
    Count(usize, Option<usize>),
    /// Count the nodes joined to several known ones.
    Intersect(usize),
}

/// The plan that finds the pattern for each row of the input; of a repetition, only the trails to be kept.
pub(crate) fn solve(
    clause: &Match,
    input: PhysicalPlan,
    cost: Cost<'_>,
    optimization: Optimization,
    keep: Keep,
) -> PhysicalPlan {
    solve_for(clause, input, cost, optimization, keep, None).plan
}

/// The plan that finds as much of the pattern as is asked for.
pub(crate) fn solve_for(
    clause: &Match,
    input: PhysicalPlan,
    cost: Cost<'_>,
    optimization: Optimization,
    keep: Keep,
    demand: Option<&Demand>,
) -> Solved {
    let pattern = &clause.pattern;
    let start = Progress {
        known: pattern.nodes.iter().map(|node| node.is_bound).collect(),
        relationships: vec![false; pattern.relationships.len()],
        shortest: vec![false; pattern.shortest_paths.len()],
        tails: Vec::new(),
        rows: input.rows,
        cost: 0.0,
        steps: Vec::new(),
    };
    let finder = Finder {
        clause,
        pattern,
        cost,
        optimization,
        keep,
        selectivities: own_selectivities(clause, cost),
        conditions: conditions_by_slot(clause),
        demand,
    };
    let steps = finder.order(start);
    let names = names(clause, &input);
    let mut builder = Builder::new(clause, cost, optimization, keep);
    builder.demand = demand;
    builder.build(input.named(names), &steps)
}

/// The variables of the input's rows and of the pattern, by slot. Anonymous parts of which a condition speaks get a
/// name, so that the plan can tell which they are.
fn names(clause: &Match, input: &PhysicalPlan) -> Vec<Option<Arc<str>>> {
    let pattern = &clause.pattern;
    let mut names = input.names.to_vec();
    let mut name = |slot: usize, name: Option<&Arc<str>>| {
        if names.len() <= slot {
            names.resize(slot + 1, None);
        }
        if name.is_some() {
            names[slot] = name.cloned();
        }
    };
    for node in &pattern.nodes {
        name(node.slot, node.name.as_ref());
    }
    let shortest = pattern
        .shortest_paths
        .iter()
        .map(|shortest| &shortest.relationship);
    for relationship in pattern.relationships.iter().chain(shortest) {
        name(relationship.slot, relationship.name.as_ref());
        for group in relationship.repeat.iter().flat_map(|repeat| &repeat.groups) {
            name(group.list, Some(&group.name));
        }
    }
    for path in &pattern.paths {
        name(path.slot, Some(&path.name));
    }
    for slot in clause.predicates.iter().flat_map(|p| needs(p).slots) {
        if let Some(name @ None) = names.get_mut(slot) {
            *name = Some(format!("#{slot}").into());
        }
    }
    names
}

/// The nodes at the near and the far end of a step along a relationship.
pub(super) fn ends(relationship: &PatternRelationship, is_reversed: bool) -> (usize, usize) {
    if is_reversed {
        (relationship.right, relationship.left)
    } else {
        (relationship.left, relationship.right)
    }
}

fn turned(direction: Direction, is_reversed: bool) -> Direction {
    match is_reversed {
        true => direction.reversed(),
        false => direction,
    }
}

/// A filter; conditions in a row become one.
pub(crate) fn filter(plan: PhysicalPlan, predicate: Expression, rows: f64) -> PhysicalPlan {
    match plan.kind {
        PlanKind::Filter { predicate: first } => {
            let span = first.span;
            let mut all = first.conjuncts();
            all.extend(predicate.conjuncts());
            let predicate = Expression::new(ExpressionKind::And(all), span);
            PhysicalPlan::new(PlanKind::Filter { predicate }, plan.inputs, rows)
        }
        _ => PhysicalPlan::over(PlanKind::Filter { predicate }, plan, rows),
    }
}
