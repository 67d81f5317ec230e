//! The rules `unused-columns`, by which an expansion neither copies nor makes a column that nothing reads afterwards, and
//! `prune`, by which a search of any length finds each end once where no more is asked for.

use fixedbitset::FixedBitSet;

use super::physical::{PhysicalPlan, PlanKind, SubqueryPlan, Tail, Used, VarLengthExpand};
use super::slots::needs;
use crate::algebra::{AggregateCall, ProjectItem};
use crate::expression::Expression;
use crate::function::aggregate::Kind;
use crate::syntax::ast::Direction;

/// The slots that are read of the rows of an operator.
#[derive(Clone, Debug)]
pub(crate) enum Needed {
    /// Any of them may be.
    All,
    /// These.
    Slots(FixedBitSet),
}

impl Needed {
    pub(crate) fn none() -> Self {
        Self::Slots(FixedBitSet::new())
    }

    /// Whether a slot is read.
    pub(crate) fn contains(&self, slot: usize) -> bool {
        match self {
            Self::All => true,
            Self::Slots(slots) => slots.contains(slot),
        }
    }

    fn and(mut self, more: impl IntoIterator<Item = usize>) -> Self {
        if let Self::Slots(slots) = &mut self {
            for slot in more {
                slots.grow_and_insert(slot);
            }
        }
        self
    }

    /// These and what an expression reads; a subquery may read all.
    pub(crate) fn and_of(self, expression: &Expression) -> Self {
        let needs = needs(expression);
        match needs.has_subquery {
            true => Self::All,
            false => self.and(needs.slots),
        }
    }

    /// What the expressions of new columns read.
    pub(crate) fn of_items(items: &[ProjectItem]) -> Self {
        items
            .iter()
            .fold(Self::none(), |needed, item| needed.and_of(&item.expression))
    }
}

/// Applies the rules to a plan of whose rows all slots are read.
pub(crate) fn drop_unused_columns(plan: &mut PhysicalPlan) {
    mark(plan, &Needed::All, Rows::Each);
}

/// Applies the rules to a pattern of which an expression asks how many rows there are.
pub(crate) fn drop_unused_columns_of_subquery(subquery: &mut SubqueryPlan) {
    if subquery.root.is_pattern() {
        let needed = Needed::none().and(subquery.weights.iter().copied());
        mark(&mut subquery.root, &needed, Rows::Each);
    }
}

/// Which rows of an operator matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rows {
    /// Each of them.
    Each,
    /// Those that differ in what is read of them, in any order.
    Different,
}

fn mark(plan: &mut PhysicalPlan, needed: &Needed, rows: Rows) {
    stacker::maybe_grow(128 * 1024, 1024 * 1024, || {
        if let Needed::Slots(_) = needed {
            let width = plan.pattern_width();
            if let PlanKind::ExpandAll(expand) | PlanKind::ExpandInto(expand) = &mut plan.kind {
                expand.unused = (0..width).filter(|slot| !needed.contains(*slot)).collect();
            }
        }
        if let PlanKind::VarLengthExpand(expand) = &mut plan.kind {
            expand.is_pruning = rows == Rows::Different && can_prune(expand, needed);
        }
        let below = below(plan, needed);
        let rows_below = rows_below(&plan.kind, rows);
        let ends: Vec<usize> = match &plan.kind {
            PlanKind::CountExpand { tails, .. } => {
                tails.iter().map(|tail| tail.arms[0].to).collect()
            }
            PlanKind::CountIntersect { tail } => vec![tail.arms[0].to],
            _ => Vec::new(),
        };
        let joined = match &plan.kind {
            PlanKind::HashJoin(join) => {
                let keys = join.keys.iter().map(|(_, other)| other);
                Some(keys.fold(needed.clone(), Needed::and_of))
            }
            _ => None,
        };
        let is_existence = matches!(plan.kind, PlanKind::SemiApply | PlanKind::AntiSemiApply);
        for (at, input) in plan.inputs.iter_mut().enumerate() {
            match at {
                0 => mark(input, &below, rows_below),
                _ if is_existence => mark(input, &Needed::none(), Rows::Different),
                // Which nodes count.
                _ if !ends.is_empty() => {
                    let needed = Needed::none().and(ends.iter().copied());
                    mark(input, &needed, Rows::Different);
                }
                _ => mark(input, joined.as_ref().unwrap_or(&Needed::All), Rows::Each),
            }
        }
    });
}

/// The rule `prune`: whether a search for trails may pass by nodes that it has met.
///
/// A shortest walk from one node to another is a trail. So is a shortest one back to the start along the arrows, but
/// not against them: it would take the first relationship back.
fn can_prune(expand: &VarLengthExpand, needed: &Needed) -> bool {
    let comes_back = expand.min == 1 && expand.expand.direction == Direction::Both;
    expand.min <= 1 && !comes_back && !needed.contains(expand.expand.relationship)
}

/// Which rows of an operator's first input matter.
fn rows_below(kind: &PlanKind, rows: Rows) -> Rows {
    let same_if = |is_same: bool| if is_same { rows } else { Rows::Each };
    match kind {
        PlanKind::Distinct => Rows::Different,
        PlanKind::HashAggregate {
            keys,
            calls,
            weights,
        } => {
            let keys = keys.iter().map(|key| &key.expression);
            let arguments = calls.iter().flat_map(|call| &call.arguments);
            let is_free = calls.iter().all(is_free_of_number)
                && weights.iter().all(Vec::is_empty)
                && keys.chain(arguments).all(Expression::is_repeatable);
            if is_free { Rows::Different } else { Rows::Each }
        }
        PlanKind::Filter { predicate } => same_if(predicate.is_repeatable()),
        PlanKind::Project { items } => {
            same_if(items.iter().all(|item| item.expression.is_repeatable()))
        }
        PlanKind::AllNodesScan { .. }
        | PlanKind::NodeByLabelScan { .. }
        | PlanKind::NodeByIdSeek { .. }
        | PlanKind::NodeIndexSeek(_)
        | PlanKind::ExpandAll(_)
        | PlanKind::ExpandInto(_)
        | PlanKind::CountExpand { .. }
        | PlanKind::CountIntersect { .. }
        | PlanKind::SemiApply
        | PlanKind::AntiSemiApply
        | PlanKind::VarLengthExpand(_) => rows,
        _ => Rows::Each,
    }
}

/// Whether an aggregate is the same however often each row comes, and in whatever order.
fn is_free_of_number(call: &AggregateCall) -> bool {
    match call.function.kind {
        Kind::Count => call.is_distinct,
        Kind::Min | Kind::Max => true,
        _ => false,
    }
}

/// What is read of an operator's first input.
fn below(plan: &PhysicalPlan, needed: &Needed) -> Needed {
    let needed = needed.clone();
    match &plan.kind {
        PlanKind::Filter { predicate } => needed.and_of(predicate),
        PlanKind::Project { items } => Needed::of_items(items),
        PlanKind::HashAggregate {
            keys,
            calls,
            weights,
        } => {
            let arguments = calls.iter().flat_map(|call| &call.arguments);
            arguments
                .fold(Needed::of_items(keys), Needed::and_of)
                .and(weights.iter().flatten().copied())
        }
        PlanKind::Sort { keys } | PlanKind::Top { keys, .. } => keys
            .iter()
            .fold(needed, |needed, key| needed.and_of(&key.expression)),
        PlanKind::Skip { .. } | PlanKind::Limit { .. } => needed,
        PlanKind::ExpandAll(expand) => needed.and([expand.from]).and(of_used(&expand.unique)),
        PlanKind::ExpandInto(expand) => needed
            .and([expand.from, expand.to])
            .and(of_used(&expand.unique)),
        PlanKind::VarLengthExpand(own) => {
            let ends = [own.expand.from]
                .into_iter()
                .chain(own.is_into.then_some(own.expand.to));
            let needed = needed.and(ends).and(of_used(&own.expand.unique));
            let values = own.properties.iter().map(|(_, _, value)| value);
            values.fold(needed, Needed::and_of)
        }
        PlanKind::NodeIndexSeek(seek) => needed.and_of(&seek.predicate),
        PlanKind::HashJoin(join) => {
            let keys = join.keys.iter().map(|(own, _)| own);
            keys.fold(needed, Needed::and_of)
        }
        PlanKind::CountExpand { tails, .. } => tails.iter().fold(needed, and_of_tail),
        PlanKind::CountIntersect { tail } => and_of_tail(needed, tail),
        PlanKind::AllNodesScan { .. } | PlanKind::NodeByLabelScan { .. } => needed,
        PlanKind::NodeByIdSeek { ids, .. } => needed.and_of(ids),
        _ => Needed::All,
    }
}

/// What is looked at to know whether a relationship was used before.
fn of_used(unique: &[Used]) -> impl Iterator<Item = usize> {
    let slots = |used: &Used| [used.slot].into_iter().chain(used.at.clone());
    unique.iter().flat_map(slots)
}

fn and_of_tail(needed: Needed, tail: &Tail) -> Needed {
    tail.arms.iter().fold(needed, |needed, arm| {
        needed.and([arm.from]).and(of_used(&arm.unique))
    })
}
