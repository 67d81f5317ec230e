//! The order in which a pattern's parts are found.
//!
//! From each possible first node the cheapest next step is taken again and again; the order with the fewest expected
//! rows in sum wins, the order of the text among equals. Conditions are checked as soon as their slots are known.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Optimization;
use super::cost::Cost;
use super::index_seek::sought_rows;
use super::physical::{
    Expand, Keep, KeepCounted, PhysicalPlan, PlanKind, ProjectEndpoints, Repeat, ShortestPath,
    Tail, Used, VarLengthExpand,
};
use super::slots::{Needs, needs};
use super::tail::{Condition, Counts, Demand, Number, Solved, arms, condition, shares, tails};
use crate::algebra::{self, Match, NamedPath, Pattern, PatternNode, PatternRelationship};
use crate::expression::{
    BinaryOperator, ComparisonOperator, Expression, ExpressionKind, LabelTest, PathStep,
};
use crate::source::Span;
use crate::syntax::ast::{Direction, PathSelector};

/// How often a relationship may be looked at while orders are tried: enough to try every first node of a pattern of a
/// hundred parts, and few enough that one of thousands is planned at once.
const TRIALS: usize = 1_000_000;
/// What a node that is looked at by a plan of its own costs, where one that is found costs 1.
const SCANNED_COST: f64 = 0.3;
/// What a relationship costs that is only counted.
const COUNTED_COST: f64 = 0.1;

/// One step on the way through a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
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

/// What is known of a pattern at some point on the way.
#[derive(Clone)]
struct Progress {
    known: Vec<bool>,
    relationships: Vec<bool>,
    shortest: Vec<bool>,
    /// The nodes that are to be counted when all others are found.
    tails: Vec<usize>,
    rows: f64,
    cost: f64,
    steps: Vec<Step>,
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

struct Finder<'a> {
    clause: &'a Match,
    pattern: &'a Pattern,
    cost: Cost<'a>,
    optimization: Optimization,
    keep: Keep,
    /// For each node, the share that the conditions on it alone keep.
    selectivities: Vec<f64>,
    /// For each slot, the conditions that speak of it, with what they need.
    conditions: FxHashMap<usize, Vec<(&'a Expression, Needs)>>,
    demand: Option<&'a Demand>,
}

impl Finder<'_> {
    /// The steps in their order. Where nothing is known yet, each node is tried as the first; in a very large pattern,
    /// those that fewest rows come from.
    fn order(&self, start: Progress) -> Vec<Step> {
        let mut progress = start;
        loop {
            progress = self.follow(progress);
            let open: Vec<usize> = (0..self.pattern.nodes.len())
                .filter(|node| !progress.known[*node])
                .collect();
            let Some(first) = open.first() else {
                return progress.steps;
            };
            let candidates = match self.optimization {
                Optimization::Plain => vec![*first],
                Optimization::Full => self.first_nodes(open),
            };
            let tried = candidates.into_iter().map(|node| {
                let mut next = progress.clone();
                self.scan(&mut next, node);
                self.follow(next)
            });
            progress = tried
                .reduce(|best, next| {
                    let order = self.outlook(&next).total_cmp(&self.outlook(&best));
                    let order = order.then(next.rows.total_cmp(&best.rows));
                    if order.is_lt() { next } else { best }
                })
                .expect("there is a node left to scan");
        }
    }

    /// What an order costs with the next scan, which is made for each of its rows.
    fn outlook(&self, progress: &Progress) -> f64 {
        let open = (0..self.pattern.nodes.len()).filter(|node| !progress.known[*node]);
        let scans = open.map(|node| self.scan_cost(progress, node));
        progress.cost + scans.reduce(f64::min).unwrap_or(0.0)
    }

    /// The nodes to try as the first, in the order of the text.
    fn first_nodes(&self, mut open: Vec<usize>) -> Vec<usize> {
        let relationships = self.pattern.relationships.len().max(1);
        let count = (TRIALS / (relationships * relationships)).max(1);
        if count < open.len() {
            let rows = |node: usize| self.scanned(None, node) * self.selectivities[node];
            open.sort_by(|one, other| rows(*one).total_cmp(&rows(*other)));
            open.truncate(count);
            open.sort_unstable();
        }
        open
    }

    /// Takes all steps that start from what is known, the cheapest first.
    fn follow(&self, mut progress: Progress) -> Progress {
        if let Some(demand) = self.demand {
            progress.tails = tails(self.clause, demand, &progress.known, self.cost);
        }
        loop {
            while let Some(step) = self.next_step(&progress) {
                self.take(&mut progress, step);
            }
            let before = progress.tails.len();
            let kept = progress.tails.iter().copied();
            progress.tails = kept
                .filter(|tail| self.is_worthwhile(&progress, *tail))
                .collect();
            if progress.tails.len() == before {
                break;
            }
        }
        self.count_tails(&mut progress);
        progress
    }

    /// Whether a tail is better counted than found: where its nodes need a plan of their own, that plan looks at many.
    fn is_worthwhile(&self, progress: &Progress, tail: usize) -> bool {
        let degree = self.tail_degree(tail);
        match condition(self.clause, tail) {
            Condition::Any | Condition::Label(_) => true,
            Condition::Plan => {
                let scanned = self.cost.nodes(self.pattern.nodes[tail].labels.as_ref());
                progress.rows * degree > scanned * SCANNED_COST
            }
        }
    }

    /// The fewest relationships from a known node to a tail.
    fn tail_degree(&self, tail: usize) -> f64 {
        let degrees = arms(self.pattern, tail).map(|at| {
            let relationship = &self.pattern.relationships[at];
            let (from, _) = ends(relationship, relationship.right != tail);
            self.cost.degree(
                &self.pattern.nodes[from],
                relationship,
                from == relationship.right,
            )
        });
        degrees.fold(f64::INFINITY, f64::min)
    }

    /// Counts the tails, two at a time where they could share a relationship.
    fn count_tails(&self, progress: &mut Progress) {
        let tails = std::mem::take(&mut progress.tails);
        let at = |tail: usize| arms(self.pattern, tail);
        let mut done: Vec<usize> = Vec::new();
        for (place, tail) in tails.iter().copied().enumerate() {
            if done.contains(&tail) {
                continue;
            }
            let rival = tails[place + 1..].iter().copied().find(|other| {
                at(tail).any(|left| {
                    at(*other).any(|right| shares(self.pattern, self.cost, left, right))
                })
            });
            let step = match at(tail).count() {
                1 => Step::Count(tail, rival),
                _ => Step::Intersect(tail),
            };
            for node in std::iter::once(tail).chain(rival) {
                let weight = match condition(self.clause, node) {
                    Condition::Plan => {
                        let labels = self.pattern.nodes[node].labels.as_ref();
                        progress.cost += self.cost.nodes(labels) * SCANNED_COST;
                        self.tail_degree(node) * COUNTED_COST
                    }
                    _ if matches!(step, Step::Intersect(_)) => {
                        self.tail_degree(node) * COUNTED_COST
                    }
                    _ => COUNTED_COST,
                };
                progress.cost += progress.rows * weight;
                progress.known[node] = true;
                for at in arms(self.pattern, node) {
                    progress.relationships[at] = true;
                }
                done.push(node);
            }
            progress.steps.push(step);
        }
    }

    fn next_step(&self, progress: &Progress) -> Option<Step> {
        for (at, relationship) in self.pattern.relationships.iter().enumerate() {
            if !progress.relationships[at] && relationship.is_bound {
                return Some(Step::Endpoints(at));
            }
        }
        for (at, shortest) in self.pattern.shortest_paths.iter().enumerate() {
            let relationship = &shortest.relationship;
            if !progress.shortest[at]
                && progress.known[relationship.left]
                && progress.known[relationship.right]
            {
                return Some(Step::Shortest(at));
            }
        }
        let mut best: Option<(f64, Step)> = None;
        for (at, relationship) in self.pattern.relationships.iter().enumerate() {
            let is_of_tail =
                |node: &usize| *node == relationship.left || *node == relationship.right;
            if progress.relationships[at] || progress.tails.iter().any(is_of_tail) {
                continue;
            }
            let step = match (
                progress.known[relationship.left],
                progress.known[relationship.right],
            ) {
                (false, false) => continue,
                (true, false) | (false, true) if self.needs_both_ends() => continue,
                (true, _) => Step::Expand(at, false),
                (false, true) => Step::Expand(at, true),
            };
            if self.optimization == Optimization::Plain {
                return Some(step);
            }
            let (_, factor) = self.factors(progress, step);
            if best.is_none_or(|(least, _)| factor < least) {
                best = Some((factor, step));
            }
        }
        best.map(|(_, step)| step)
    }

    /// The search for the first of many trails ends when they are found, which only a known end can tell.
    fn needs_both_ends(&self) -> bool {
        matches!(self.keep, Keep::First { .. })
    }

    /// By how much a step is expected to multiply the rows, before and after the conditions on the node that it finds.
    fn factors(&self, progress: &Progress, step: Step) -> (f64, f64) {
        let Step::Expand(at, is_reversed) = step else {
            return (1.0, 1.0);
        };
        let relationship = &self.pattern.relationships[at];
        let (from, to) = ends(relationship, is_reversed);
        let nodes = &self.pattern.nodes;
        let degree = self.cost.degree(&nodes[from], relationship, is_reversed);
        if progress.known[to] {
            let found = degree / self.cost.all_nodes().max(1.0);
            return (found, found);
        }
        let share = self
            .cost
            .end_share(&nodes[from], relationship, is_reversed, &nodes[to]);
        (degree, degree * share * self.selectivities[to])
    }

    /// How many nodes a scan for this one has to look at; an index finds those that it answers for.
    fn scanned(&self, progress: Option<&Progress>, node: usize) -> f64 {
        let own = &self.pattern.nodes[node];
        if sought_ids(self.clause, own.slot).is_some() {
            return 1.0;
        }
        let all = self.cost.nodes(own.labels.as_ref());
        let labels = own.labels.as_ref();
        let label = labels.and_then(|test| self.cost.named_label(test));
        let (Optimization::Full, Some((label, _))) = (self.optimization, label) else {
            return all;
        };
        let ready = self.ready_conditions(progress, own.slot);
        sought_rows(self.cost, label, own.slot, ready).map_or(all, |rows| rows.min(all))
    }

    /// The conditions on a node that can be checked as soon as it is found.
    fn ready_conditions<'s>(
        &'s self,
        progress: Option<&'s Progress>,
        slot: usize,
    ) -> impl Iterator<Item = &'s Expression> {
        let is_known = move |other: &usize| {
            *other == slot
                || *other < self.clause.input_width
                || progress.is_some_and(|progress| {
                    let mut nodes = self.pattern.nodes.iter().zip(&progress.known);
                    nodes.any(|(node, known)| *known && node.slot == *other)
                })
        };
        let conditions = self.conditions.get(&slot).into_iter().flatten();
        conditions
            .filter(move |(_, needs)| !needs.has_subquery && needs.slots.iter().all(is_known))
            .map(|(condition, _)| *condition)
    }

    /// The share that the conditions between a node and those found before it keep.
    fn joined_share(&self, progress: &Progress, node: usize) -> f64 {
        let slot = self.pattern.nodes[node].slot;
        let bearers = |slot: usize| self.cost.bearer(self.clause, slot);
        let joined = self
            .ready_conditions(Some(progress), slot)
            .filter(|condition| {
                let slots = needs(condition).slots;
                slots.iter().any(|other| *other != slot)
            });
        joined
            .map(|condition| self.cost.selectivity(condition, &bearers))
            .product()
    }

    /// Whether an equality joins a node to those found before it.
    fn is_joined(&self, progress: &Progress, node: usize) -> bool {
        let slot = self.pattern.nodes[node].slot;
        let mut ready = self.ready_conditions(Some(progress), slot);
        ready.any(|condition| {
            let slots = needs(condition).slots;
            matches!(
                condition.kind,
                ExpressionKind::Compare(ComparisonOperator::Equal, ..)
            ) && slots.iter().any(|other| *other != slot)
        })
    }

    /// What a scan for a node costs: all that is scanned has to be looked at, whatever the conditions keep of it.
    fn scan_cost(&self, progress: &Progress, node: usize) -> f64 {
        let each = progress.rows * self.scanned(Some(progress), node).max(1.0);
        match self.is_joined(progress, node) {
            // Or once, for a table in which the rows are looked up.
            true => each.min(self.scanned(None, node) + progress.rows),
            false => each,
        }
    }

    fn scan(&self, progress: &mut Progress, node: usize) {
        progress.cost += self.scan_cost(progress, node);
        let found = match sought_ids(self.clause, self.pattern.nodes[node].slot) {
            Some(_) => 1.0,
            None => self.cost.nodes(self.pattern.nodes[node].labels.as_ref()),
        };
        progress.rows *= found * self.selectivities[node] * self.joined_share(progress, node);
        progress.known[node] = true;
        progress.steps.push(Step::Scan(node));
    }

    fn take(&self, progress: &mut Progress, step: Step) {
        let (found, kept) = self.factors(progress, step);
        progress.cost += progress.rows * found;
        progress.rows *= kept;
        match step {
            Step::Scan(node) => progress.known[node] = true,
            Step::Count(..) | Step::Intersect(_) => {
                unreachable!("tails are counted after all steps")
            }
            Step::Endpoints(at) | Step::Expand(at, _) => {
                let relationship = &self.pattern.relationships[at];
                progress.relationships[at] = true;
                progress.known[relationship.left] = true;
                progress.known[relationship.right] = true;
            }
            Step::Shortest(at) => progress.shortest[at] = true,
        }
        progress.steps.push(step);
    }
}

/// For each node of a pattern, the share that the conditions on it alone keep.
fn own_selectivities(clause: &Match, cost: Cost<'_>) -> Vec<f64> {
    let bearers = |slot: usize| cost.bearer(clause, slot);
    let mut shares: FxHashMap<usize, f64> = FxHashMap::default();
    for predicate in &clause.predicates {
        let needs = needs(predicate);
        if let Some(slot) = needs.slots.first()
            && !needs.has_subquery
            && needs.slots.iter().all(|other| other == slot)
        {
            *shares.entry(*slot).or_insert(1.0) *= cost.selectivity(predicate, &bearers);
        }
    }
    let nodes = clause.pattern.nodes.iter();
    nodes
        .map(|node| shares.get(&node.slot).copied().unwrap_or(1.0))
        .collect()
}

/// The conditions of a clause by the slots that they speak of.
fn conditions_by_slot(clause: &Match) -> FxHashMap<usize, Vec<(&Expression, Needs)>> {
    let mut conditions: FxHashMap<usize, Vec<(&Expression, Needs)>> = FxHashMap::default();
    for predicate in &clause.predicates {
        let needs = needs(predicate);
        let mut slots = needs.slots.clone();
        slots.sort_unstable();
        slots.dedup();
        for slot in slots {
            let own = conditions.entry(slot).or_default();
            own.push((predicate, needs.clone()));
        }
    }
    conditions
}

/// The nodes at the near and the far end of a step along a relationship.
fn ends(relationship: &PatternRelationship, is_reversed: bool) -> (usize, usize) {
    if is_reversed {
        (relationship.right, relationship.left)
    } else {
        (relationship.left, relationship.right)
    }
}

/// The ids that a condition `id(n) = …` or `id(n) IN …` asks for, if they are known before the clause.
fn sought_ids(clause: &Match, slot: usize) -> Option<Expression> {
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

/// Puts the steps of a pattern on top of its input.
struct Builder<'a> {
    clause: &'a Match,
    cost: Cost<'a>,
    optimization: Optimization,
    keep: Keep,
    demand: Option<&'a Demand>,
    counts: Counts,
    bound: Vec<bool>,
    pending: Vec<(Expression, Needs)>,
    pending_labels: Vec<Option<LabelTest>>,
    /// For each node found by a step, the share of those found that bear its labels.
    shares: Vec<Option<f64>>,
    pending_paths: Vec<bool>,
    /// The relationships that are found already.
    done: Vec<&'a PatternRelationship>,
}

impl<'a> Builder<'a> {
    fn new(clause: &'a Match, cost: Cost<'a>, optimization: Optimization, keep: Keep) -> Self {
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

    fn build(mut self, input: PhysicalPlan, steps: &[Step]) -> Solved {
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

    /// Counts the relationships to a tail, or the pairs of those to it and to another.
    fn count(&mut self, input: PhysicalPlan, tail: usize, rival: Option<usize>) -> PhysicalPlan {
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
    fn intersect(&mut self, input: PhysicalPlan, tail: usize) -> PhysicalPlan {
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
    fn choices(&self, tail: usize) -> f64 {
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
    fn tail(&mut self, node: usize) -> (Tail, Option<PhysicalPlan>) {
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
    fn join_ends(&self, relationships: &[Used], arms: &[Expand]) -> bool {
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

    /// The search for the nodes that satisfy the conditions on one node.
    fn node_plan(&self, node: &PatternNode, predicates: Vec<Expression>) -> PhysicalPlan {
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

    fn is_known(&self, node: usize) -> bool {
        self.bound[self.clause.pattern.nodes[node].slot]
    }

    /// Adds the conditions and paths whose parts are known; those with subqueries wait for the whole row.
    fn conditions(&mut self, mut plan: PhysicalPlan, is_last: bool) -> PhysicalPlan {
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

    fn ready_conditions(&mut self, mut plan: PhysicalPlan, is_last: bool) -> PhysicalPlan {
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

    fn scan(&mut self, input: PhysicalPlan, node: usize) -> PhysicalPlan {
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
    fn rarest_label(&self, labels: &LabelTest) -> Option<(LabelTest, Option<LabelTest>)> {
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

    fn endpoints(&mut self, input: PhysicalPlan, at: usize) -> PhysicalPlan {
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

    fn slots(&self, relationship: &PatternRelationship) -> (usize, usize) {
        let nodes = &self.clause.pattern.nodes;
        (
            nodes[relationship.left].slot,
            nodes[relationship.right].slot,
        )
    }

    /// The relationships found before this one, which it may not be, as they would be met on the way from a node.
    fn unique(
        &mut self,
        relationship: &'a PatternRelationship,
        from: usize,
        direction: Direction,
    ) -> Vec<Used> {
        let known = self.done.iter();
        let unique = known.filter(|other| self.may_be_same(other, relationship));
        let used = unique.map(|other| Used {
            slot: other.slot,
            at: self.met_at(other, from, direction),
        });
        let used = used.collect();
        self.done.push(relationship);
        used
    }

    /// The slots of the relationships found before this one, which it may not be.
    fn used_before(&mut self, relationship: &'a PatternRelationship) -> Vec<usize> {
        let unique = self.unique(relationship, 0, Direction::Both);
        unique.into_iter().map(|used| used.slot).collect()
    }

    /// The slots of the nodes from one of which a relationship found before would be met, on the way from a node in a
    /// direction. The nodes that a trail passes by are not known.
    fn met_at(
        &self,
        relationship: &PatternRelationship,
        from: usize,
        direction: Direction,
    ) -> Vec<usize> {
        if relationship.length.is_some() || relationship.repeat.is_some() {
            return vec![from];
        }
        let (left, right) = self.slots(relationship);
        match (relationship.direction, direction) {
            (Direction::Both, _) | (_, Direction::Both) => vec![left, right],
            (own, wanted) if own == wanted => vec![left],
            _ => vec![right],
        }
    }

    /// Whether a relationship found before can be this one: not where their types have nothing in common.
    fn may_be_same(&self, other: &PatternRelationship, relationship: &PatternRelationship) -> bool {
        self.optimization == Optimization::Plain
            || other.repeat.is_some()
            || relationship.repeat.is_some()
            || self
                .cost
                .shares_types(other.types.as_ref(), relationship.types.as_ref())
    }

    fn expand(&mut self, input: PhysicalPlan, at: usize, is_reversed: bool) -> PhysicalPlan {
        let relationship = &self.clause.pattern.relationships[at];
        if let Some(repeat) = &relationship.repeat {
            return self.repeat(input, relationship, repeat, is_reversed);
        }
        let (from, to) = ends(relationship, is_reversed);
        let is_into = self.is_known(to);
        let nodes = &self.clause.pattern.nodes;
        let degree = self.cost.degree(&nodes[from], relationship, is_reversed);
        if !is_into {
            let share = self
                .cost
                .end_share(&nodes[from], relationship, is_reversed, &nodes[to]);
            self.shares[to] = Some(share);
        }
        let rows = if is_into {
            input.rows * degree / self.cost.all_nodes().max(1.0)
        } else {
            input.rows * degree
        };
        let direction = turned(relationship.direction, is_reversed);
        let expand = Expand {
            from: nodes[from].slot,
            relationship: relationship.slot,
            to: nodes[to].slot,
            direction,
            types: relationship.types.clone(),
            unique: self.unique(relationship, nodes[from].slot, direction),
            unused: Vec::new(),
        };
        self.bound[expand.to] = true;
        self.bound[expand.relationship] = true;
        let kind = match relationship.length {
            Some((min, max)) => PlanKind::VarLengthExpand(VarLengthExpand {
                expand,
                min,
                max,
                properties: relationship.properties.clone(),
                is_into,
                is_reversed,
                is_pruning: false,
            }),
            None if is_into => PlanKind::ExpandInto(expand),
            None => PlanKind::ExpandAll(expand),
        };
        PhysicalPlan::over(kind, input, rows)
    }

    fn repeat(
        &mut self,
        input: PhysicalPlan,
        relationship: &'a PatternRelationship,
        repeat: &algebra::Repeat,
        is_reversed: bool,
    ) -> PhysicalPlan {
        let (from, to) = ends(relationship, is_reversed);
        let is_into = self.is_known(to);
        let nodes = &self.clause.pattern.nodes;
        let (first, last) = if is_reversed {
            (repeat.last, repeat.first)
        } else {
            (repeat.first, repeat.last)
        };
        let (min, max) = relationship.length.unwrap_or((1, Some(1)));
        let kind = Repeat {
            from: nodes[from].slot,
            to: nodes[to].slot,
            relationships: relationship.slot,
            ends: (first, last),
            steps: repeat.relationships.clone(),
            groups: repeat.groups.clone(),
            min,
            max,
            unique: self.used_before(relationship),
            is_into,
            is_reversed,
            keep: self.keep,
            width: self.clause.width,
        };
        let lists = kind.groups.iter().map(|group| group.list);
        for slot in lists.chain([kind.to, kind.relationships]) {
            self.bound[slot] = true;
        }
        let inner = self.repetition(repeat, first, &input);
        let degree = self.cost.degree(&nodes[from], relationship, is_reversed);
        let rows = match is_into {
            true => input.rows * degree / self.cost.all_nodes().max(1.0),
            false => input.rows * degree,
        };
        PhysicalPlan::new(PlanKind::Repeat(kind), vec![input, inner], rows)
    }

    /// The search for one repetition from a known node.
    fn repetition(
        &self,
        repeat: &algebra::Repeat,
        from: usize,
        outer: &PhysicalPlan,
    ) -> PhysicalPlan {
        let mut pattern = repeat.pattern.clone();
        for node in &mut pattern.nodes {
            node.is_bound = node.slot == from;
        }
        let once = Match {
            input: Box::new(algebra::LogicalPlan::Argument { names: Vec::new() }),
            input_width: self.clause.input_width,
            pattern,
            predicates: repeat.predicates.clone(),
            is_optional: false,
            selection: None,
            width: self.clause.width,
        };
        let width = self.clause.width;
        let argument = PhysicalPlan::new(PlanKind::Argument { width }, vec![], 1.0)
            .named(outer.names.iter().cloned());
        solve(&once, argument, self.cost, self.optimization, Keep::All)
    }

    fn shortest(&mut self, input: PhysicalPlan, at: usize) -> PhysicalPlan {
        let shortest = &self.clause.pattern.shortest_paths[at];
        let relationship = &shortest.relationship;
        let (left, right) = self.slots(relationship);
        let (min, max) = relationship.length.unwrap_or((1, Some(1)));
        let kind = PlanKind::ShortestPath(ShortestPath {
            expand: Expand {
                from: left,
                relationship: relationship.slot,
                to: right,
                direction: relationship.direction,
                types: relationship.types.clone(),
                unique: self.unique(relationship, left, Direction::Both),
                unused: Vec::new(),
            },
            min,
            max,
            properties: relationship.properties.clone(),
            is_all: shortest.selector == PathSelector::AllShortest,
        });
        self.bound[relationship.slot] = true;
        let rows = input.rows;
        PhysicalPlan::over(kind, input, rows)
    }
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
