//! The steps of a pattern, put on top of its input: nodes and conditions.

use super::super::Optimization;
use super::super::cost::Cost;
use super::super::physical::{Keep, PhysicalPlan, PlanKind, ProjectEndpoints};
use super::super::slots::{Needs, needs};
use super::super::tail::{Counts, Demand, Solved};
use super::{Step, filter, solve};
use crate::algebra::{self, Match, NamedPath, Pattern, PatternNode, PatternRelationship};
use crate::expression::{
    BinaryOperator, ComparisonOperator, Expression, ExpressionKind, LabelTest, PathStep,
};
use crate::source::Span;

/// Puts the steps of a pattern on top of its input.
pub(super) struct Builder<'a> {
    pub(super) clause: &'a Match,
    pub(super) cost: Cost<'a>,
    pub(super) optimization: Optimization,
    pub(super) keep: Keep,
    pub(super) demand: Option<&'a Demand>,
    pub(super) counts: Counts,
    pub(super) bound: Vec<bool>,
    pub(super) pending: Vec<(Expression, Needs)>,
    pub(super) pending_labels: Vec<Option<LabelTest>>,
    /// For each node found by a step, the share of those found that bear its labels.
    pub(super) shares: Vec<Option<f64>>,
    pub(super) pending_paths: Vec<bool>,
    /// The relationships that are found already.
    pub(super) done: Vec<&'a PatternRelationship>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        clause: &'a Match,
        cost: Cost<'a>,
        optimization: Optimization,
        keep: Keep,
    ) -> Self {
        let mut bound = vec![false; clause.width];
        bound[..clause.input_width].fill(true);
        for node in clause.pattern.nodes.iter().filter(|node| node.is_bound) {
            bound[node.slot] = true;
        }
        let pending = clause
            .predicates
            .iter()
            .cloned()
            .chain(
                clause
                    .pattern
                    .nodes
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| is_alone(&clause.pattern, *at))
                    .map(|(_, node)| is_not_null(node.slot)),
            )
            .map(|predicate| {
                let needs = needs(&predicate);
                (predicate, needs)
            })
            .collect();
        let pending_labels = clause
            .pattern
            .nodes
            .iter()
            .map(|node| node.labels.clone())
            .collect();
        let pending_paths = vec![true; clause.pattern.paths.len()];
        Self {
            clause,
            cost,
            optimization,
            keep,
            demand: None,
            counts: Counts::default(),
            bound,
            pending,
            pending_labels,
            shares: vec![None; clause.pattern.nodes.len()],
            pending_paths,
            done: Vec::new(),
        }
    }

    pub(super) fn build(mut self, input: PhysicalPlan, steps: &[Step]) -> Solved {
        let mut plan = self.conditions(input, steps.is_empty());
        for (at, step) in steps.iter().enumerate() {
            plan = match step {
                Step::Scan(node) => self.scan(plan, *node),
                Step::Endpoints(at) => self.endpoints(plan, *at),
                Step::Expand(at, is_reversed) => self.expand(plan, *at, *is_reversed),
                Step::Shortest(at) => self.shortest(plan, *at),
                Step::Count(tail, rival) => self.count(plan, *tail, *rival),
                Step::Intersect(tail) => self.intersect(plan, *tail),
            };
            plan = self.conditions(plan, at + 1 == steps.len());
        }
        Solved {
            plan,
            counts: self.counts,
        }
    }

    /// The search for the nodes that satisfy the conditions on one node.
    pub(super) fn node_plan(
        &self,
        node: &PatternNode,
        predicates: Vec<Expression>,
    ) -> PhysicalPlan {
        let once = Match {
            input: Box::new(algebra::LogicalPlan::Argument { names: Vec::new() }),
            input_width: 0,
            pattern: Pattern {
                nodes: vec![node.clone()],
                ..Pattern::default()
            },
            predicates,
            is_optional: false,
            selection: None,
            width: node.slot + 1,
        };
        let argument = PhysicalPlan::new(PlanKind::Argument { width: 0 }, vec![], 1.0);
        solve(&once, argument, self.cost, self.optimization, Keep::All)
    }

    pub(super) fn is_known(&self, node: usize) -> bool {
        self.bound[self.clause.pattern.nodes[node].slot]
    }

    /// Adds the conditions and paths whose parts are known; those with subqueries wait for the whole row.
    pub(super) fn conditions(&mut self, mut plan: PhysicalPlan, is_last: bool) -> PhysicalPlan {
        for (at, node) in self.clause.pattern.nodes.iter().enumerate() {
            if !self.bound[node.slot] {
                continue;
            }
            if let Some(labels) = self.pending_labels[at].take() {
                let share = match self.shares[at] {
                    Some(share) => share,
                    None => self.cost.label_selectivity(Some(&labels)),
                };
                let rows = plan.rows * share;
                let own = Box::new(Expression::slot(node.slot, Span::default()));
                let predicate =
                    Expression::new(ExpressionKind::HasLabels(own, labels), Span::default());
                plan = filter(plan, predicate, rows);
            }
        }
        plan = self.ready_conditions(plan, false);
        for (at, path) in self.clause.pattern.paths.iter().enumerate() {
            let NamedPath { slot, steps, .. } = path;
            let is_ready = steps.iter().all(|step| match step {
                PathStep::Node(slot) | PathStep::Relationship(slot) => self.bound[*slot],
            });
            if self.pending_paths[at] && is_ready {
                self.pending_paths[at] = false;
                self.bound[*slot] = true;
                let rows = plan.rows;
                plan = PhysicalPlan::over(
                    PlanKind::ProjectPath {
                        slot: *slot,
                        steps: steps.clone(),
                    },
                    plan,
                    rows,
                );
            }
        }
        self.ready_conditions(plan, is_last)
    }

    pub(super) fn ready_conditions(
        &mut self,
        mut plan: PhysicalPlan,
        is_last: bool,
    ) -> PhysicalPlan {
        let is_ready = |needs: &Needs| {
            needs
                .slots
                .iter()
                .all(|slot| self.bound.get(*slot).copied().unwrap_or(true))
                && (!needs.has_subquery || is_last)
        };
        let (ready, waiting) = std::mem::take(&mut self.pending)
            .into_iter()
            .partition(|(_, needs)| is_ready(needs));
        self.pending = waiting;
        let ready: Vec<(Expression, Needs)> = ready;
        for (predicate, _) in ready {
            let bearers = |slot: usize| self.cost.bearer(self.clause, slot);
            let rows = plan.rows * self.cost.selectivity(&predicate, &bearers);
            plan = filter(plan, predicate, rows);
        }
        plan
    }

    pub(super) fn scan(&mut self, input: PhysicalPlan, node: usize) -> PhysicalPlan {
        let own = &self.clause.pattern.nodes[node];
        self.bound[own.slot] = true;
        if let Some(ids) = sought_ids(self.clause, own.slot) {
            let rows = input.rows;
            return PhysicalPlan::over(
                PlanKind::NodeByIdSeek {
                    slot: own.slot,
                    ids,
                },
                input,
                rows,
            );
        }
        let Some((label, rest)) = self.pending_labels[node]
            .as_ref()
            .and_then(|labels| self.rarest_label(labels))
        else {
            let rows = input.rows * self.cost.all_nodes();
            return PhysicalPlan::over(PlanKind::AllNodesScan { slot: own.slot }, input, rows);
        };
        let rows = input.rows * self.cost.nodes(Some(&label));
        self.pending_labels[node] = rest;
        let LabelTest::Label(label, _) = label else {
            unreachable!("only single labels are chosen for a scan");
        };
        PhysicalPlan::over(
            PlanKind::NodeByLabelScan {
                slot: own.slot,
                label,
            },
            input,
            rows,
        )
    }

    /// The label by which a scan finds the fewest nodes, and what is left to be tested.
    pub(super) fn rarest_label(
        &self,
        labels: &LabelTest,
    ) -> Option<(LabelTest, Option<LabelTest>)> {
        match labels {
            LabelTest::Label(..) => Some((labels.clone(), None)),
            LabelTest::And(tests) => {
                let single = tests
                    .iter()
                    .enumerate()
                    .filter(|(_, test)| matches!(test, LabelTest::Label(..)));
                let (at, rarest) = single.min_by(|left, right| {
                    self.cost
                        .nodes(Some(left.1))
                        .total_cmp(&self.cost.nodes(Some(right.1)))
                })?;
                let mut rest = tests.clone();
                rest.remove(at);
                let rest = if rest.len() == 1 {
                    rest.pop()
                } else {
                    Some(LabelTest::And(rest))
                };
                Some((rarest.clone(), rest))
            }
            _ => None,
        }
    }

    pub(super) fn endpoints(&mut self, input: PhysicalPlan, at: usize) -> PhysicalPlan {
        let relationship = &self.clause.pattern.relationships[at];
        let (left, right) = self.slots(relationship);
        let kind = PlanKind::ProjectEndpoints(ProjectEndpoints {
            relationship: relationship.slot,
            left: (left, self.bound[left]),
            right: (right, self.bound[right]),
            direction: relationship.direction,
            types: relationship.types.clone(),
            length: relationship.length,
            unique: self.used_before(relationship),
        });
        self.bound[left] = true;
        self.bound[right] = true;
        let rows = input.rows;
        PhysicalPlan::over(kind, input, rows)
    }
}

/// The ids that a condition `id(n) = …` or `id(n) IN …` asks for, if they are known before the clause.
pub(super) fn sought_ids(clause: &Match, slot: usize) -> Option<Expression> {
    let is_id = |expression: &Expression| match &expression.kind {
        ExpressionKind::Call(function, arguments) => {
            function.name == "id"
                && matches!(arguments[0].kind, ExpressionKind::Slot(own) if own == slot)
        }
        _ => false,
    };
    let is_known = |expression: &Expression| {
        let needs = needs(expression);
        !needs.has_subquery && needs.slots.iter().all(|slot| *slot < clause.input_width)
    };
    clause.predicates.iter().find_map(|predicate| {
        let ids = match &predicate.kind {
            ExpressionKind::Compare(ComparisonOperator::Equal, left, right) if is_id(left) => right,
            ExpressionKind::Compare(ComparisonOperator::Equal, left, right) if is_id(right) => left,
            ExpressionKind::Binary(BinaryOperator::In, left, right) if is_id(left) => right,
            _ => return None,
        };
        is_known(ids).then(|| (**ids).clone())
    })
}

/// Whether a node was found by an earlier clause and nothing in the pattern tells that it is one: where that clause was
/// optional, it may be null, and null matches no pattern.
fn is_alone(pattern: &Pattern, at: usize) -> bool {
    let node = &pattern.nodes[at];
    let shortest = pattern.shortest_paths.iter();
    let mut relationships = shortest
        .map(|shortest| &shortest.relationship)
        .chain(&pattern.relationships);
    node.is_bound
        && node.labels.is_none()
        && relationships.all(|relationship| relationship.left != at && relationship.right != at)
}

fn is_not_null(slot: usize) -> Expression {
    let own = Box::new(Expression::slot(slot, Span::default()));
    let is_null = Box::new(Expression::new(
        ExpressionKind::IsNull(own),
        Span::default(),
    ));
    Expression::new(ExpressionKind::Not(is_null), Span::default())
}
