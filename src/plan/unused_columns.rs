//! The rule `unused-columns`: an expansion neither copies nor makes a column that nothing reads afterwards.

use fixedbitset::FixedBitSet;

use super::physical::{PhysicalPlan, PlanKind, Tail};
use super::slots::needs;
use crate::algebra::ProjectItem;
use crate::expression::Expression;

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

/// Applies the rule to a plan of whose rows all slots are read.
pub(crate) fn drop_unused_columns(plan: &mut PhysicalPlan) {
    mark(plan, &Needed::All);
}

fn mark(plan: &mut PhysicalPlan, needed: &Needed) {
    stacker::maybe_grow(128 * 1024, 1024 * 1024, || {
        if let Needed::Slots(_) = needed {
            let width = plan.pattern_width();
            if let PlanKind::ExpandAll(expand) | PlanKind::ExpandInto(expand) = &mut plan.kind {
                expand.unused = (0..width).filter(|slot| !needed.contains(*slot)).collect();
            }
        }
        let below = below(plan, needed);
        for (at, input) in plan.inputs.iter_mut().enumerate() {
            match at {
                0 => mark(input, &below),
                _ => mark(input, &Needed::All),
            }
        }
    });
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
        PlanKind::ExpandAll(expand) => needed.and([expand.from]).and(expand.unique.iter().copied()),
        PlanKind::ExpandInto(expand) => needed
            .and([expand.from, expand.to])
            .and(expand.unique.iter().copied()),
        PlanKind::CountExpand { tails } => tails.iter().fold(needed, and_of_tail),
        PlanKind::CountIntersect { tail } => and_of_tail(needed, tail),
        PlanKind::AllNodesScan { .. } | PlanKind::NodeByLabelScan { .. } => needed,
        PlanKind::NodeByIdSeek { ids, .. } => needed.and_of(ids),
        _ => Needed::All,
    }
}

fn and_of_tail(needed: Needed, tail: &Tail) -> Needed {
    tail.arms.iter().fold(needed, |needed, arm| {
        needed.and([arm.from]).and(arm.unique.iter().copied())
    })
}
