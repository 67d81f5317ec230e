//! Steps that count what nobody asks to see.

use super::super::physical::{Expand, KeepCounted, PhysicalPlan, PlanKind, Tail, Used};
use super::super::slots::Needs;
use super::super::tail::{Condition, Number, arms, condition};
use super::build::Builder;
use super::{ends, turned};
use crate::expression::Expression;

impl Builder<'_> {
    /// Counts the relationships to a tail, or the pairs of those to it and to another.
    pub(super) fn count(
        &mut self,
        input: PhysicalPlan,
        tail: usize,
        rival: Option<usize>,
    ) -> PhysicalPlan {
        let rows = input.rows;
        let mut inputs = vec![input];
        let (first, plan) = self.tail(tail);
        inputs.extend(plan);
        let number = Number {
            slots: vec![first.arms[0].to, first.arms[0].relationship],
            all: first.arms[0].relationship,
            present: first.present.map(|_| first.arms[0].to),
            rows: None,
        };
        let mut tails = vec![first];
        if let Some(rival) = rival {
            let (mut second, plan) = self.tail(rival);
            inputs.extend(plan);
            second.arms[0].unique.retain(|used| used.slot != number.all);
            tails.push(second);
        }
        let slots = tails
            .iter()
            .flat_map(|tail| [tail.arms[0].to, tail.arms[0].relationship]);
        self.counts.numbers.push(Number {
            slots: slots.collect(),
            ..number
        });
        let keep = KeepCounted::Numbers;
        PhysicalPlan::new(PlanKind::CountExpand { tails, keep }, inputs, rows)
    }

    /// Counts the choices of a tail that closes a ring.
    pub(super) fn intersect(&mut self, input: PhysicalPlan, tail: usize) -> PhysicalPlan {
        // Rows that close no ring fall out.
        let rows = input.rows * self.choices(tail).min(1.0);
        let (tail, plan) = self.tail(tail);
        let slots = tail.arms.iter().flat_map(|arm| [arm.to, arm.relationship]);
        self.counts.numbers.push(Number {
            slots: slots.collect(),
            all: tail.arms[0].relationship,
            present: tail.present.map(|_| tail.arms[0].to),
            rows: None,
        });
        let inputs = std::iter::once(input).chain(plan).collect();
        PhysicalPlan::new(PlanKind::CountIntersect { tail }, inputs, rows)
    }

    /// How many nodes are expected to be joined to all that a tail is joined to.
    pub(super) fn choices(&self, tail: usize) -> f64 {
        let pattern = &self.clause.pattern;
        let own = &pattern.nodes[tail];
        let all = self.cost.nodes(own.labels.as_ref()).max(1.0);
        let degrees = arms(pattern, tail).map(|at| {
            let relationship = &pattern.relationships[at];
            let is_reversed = relationship.right != tail;
            let (from, _) = ends(relationship, is_reversed);
            let degree = self
                .cost
                .degree(&pattern.nodes[from], relationship, is_reversed);
            degree / all
        });
        all * degrees.product::<f64>()
    }

    /// A tail, and the plan that finds the nodes that count where it needs one. Its conditions are done with.
    pub(super) fn tail(&mut self, node: usize) -> (Tail, Option<PhysicalPlan>) {
        let pattern = &self.clause.pattern;
        let own = &pattern.nodes[node];
        let arms: Vec<usize> = arms(pattern, node).collect();
        let slots: Vec<usize> = arms
            .iter()
            .map(|at| pattern.relationships[*at].slot)
            .collect();
        let arms = arms.iter().map(|at| {
            let relationship = &pattern.relationships[*at];
            let is_reversed = relationship.right != node;
            let (from, _) = ends(relationship, is_reversed);
            let from = pattern.nodes[from].slot;
            let direction = turned(relationship.direction, is_reversed);
            let mut unique = self.unique(relationship, from, direction);
            unique.retain(|used| !slots.contains(&used.slot));
            Expand {
                from,
                relationship: relationship.slot,
                to: own.slot,
                direction,
                types: relationship.types.clone(),
                unique,
                unused: Vec::new(),
            }
        });
        let arms: Vec<Expand> = arms.collect();
        let joins_ends = arms.iter().all(|arm| self.join_ends(&arm.unique, &arms));
        let condition = condition(self.clause, node);
        self.bound[own.slot] = true;
        self.pending_labels[node] = None;
        let (own_conditions, others) = std::mem::take(&mut self.pending)
            .into_iter()
            .partition(|(_, needs)| needs.slots.contains(&own.slot));
        self.pending = others;
        let own_conditions: Vec<(Expression, Needs)> = own_conditions;
        let plan = matches!(condition, Condition::Plan).then(|| {
            let predicates = own_conditions.into_iter().map(|(predicate, _)| predicate);
            self.node_plan(own, predicates.collect())
        });
        let present = self.demand.iter().flat_map(|demand| &demand.present);
        let mut present = present.filter(|(slot, _)| *slot == own.slot);
        let tail = Tail {
            arms,
            label: match condition {
                Condition::Label(label) => Some(label),
                _ => None,
            },
            has_plan: plan.is_some(),
            joins_ends,
            present: present.next().map(|(_, key)| *key),
        };
        (tail, plan)
    }

    /// Whether relationships join nothing but the known ends of a tail's arms.
    pub(super) fn join_ends(&self, relationships: &[Used], arms: &[Expand]) -> bool {
        let is_end = |slot: usize| arms.iter().any(|arm| arm.from == slot);
        relationships.iter().all(|used| {
            let mut all = self.clause.pattern.relationships.iter();
            let own = all.find(|own| own.slot == used.slot);
            own.is_some_and(|own| {
                let (left, right) = self.slots(own);
                own.length.is_none() && own.repeat.is_none() && is_end(left) && is_end(right)
            })
        })
    }
}
