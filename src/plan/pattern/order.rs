//! The order in which a pattern's parts are found.
//!
//! From each possible first node the cheapest next step is taken again and again; the order with the fewest expected
//! rows in sum wins, the order of the text among equals. Conditions are checked as soon as their slots are known.

use super::super::Optimization;
use super::super::cost::Cost;
use super::super::index_seek::sought_rows;
use super::super::physical::Keep;
use super::super::slots::{Needs, needs};
use super::super::tail::{Condition, Demand, arms, condition, shares, tails};
use super::build::sought_ids;
use super::{Step, ends};
use crate::algebra::{Match, Pattern};
use crate::expression::{ComparisonOperator, Expression, ExpressionKind};
use rustc_hash::FxHashMap;

/// How often a relationship may be looked at while orders are tried: enough to try every first node of a pattern of a
/// hundred parts, and few enough that one of thousands is planned at once.
const TRIALS: usize = 1_000_000;
/// What a node that is looked at by a plan of its own costs, where one that is found costs 1.
const SCANNED_COST: f64 = 0.3;
/// What a relationship costs that is only counted.
const COUNTED_COST: f64 = 0.1;

/// What is known of a pattern at some point on the way.
#[derive(Clone)]
pub(super) struct Progress {
    pub(super) known: Vec<bool>,
    pub(super) relationships: Vec<bool>,
    pub(super) shortest: Vec<bool>,
    /// The nodes that are to be counted when all others are found.
    pub(super) tails: Vec<usize>,
    pub(super) rows: f64,
    pub(super) cost: f64,
    pub(super) steps: Vec<Step>,
}

pub(super) struct Finder<'a> {
    pub(super) clause: &'a Match,
    pub(super) pattern: &'a Pattern,
    pub(super) cost: Cost<'a>,
    pub(super) optimization: Optimization,
    pub(super) keep: Keep,
    /// For each node, the share that the conditions on it alone keep.
    pub(super) selectivities: Vec<f64>,
    /// For each slot, the conditions that speak of it, with what they need.
    pub(super) conditions: FxHashMap<usize, Vec<(&'a Expression, Needs)>>,
    pub(super) demand: Option<&'a Demand>,
}

impl Finder<'_> {
    /// The steps in their order. Where nothing is known yet, each node is tried as the first; in a very large pattern,
    /// those that fewest rows come from.
    pub(super) fn order(&self, start: Progress) -> Vec<Step> {
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
pub(super) fn own_selectivities(clause: &Match, cost: Cost<'_>) -> Vec<f64> {
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
pub(super) fn conditions_by_slot(clause: &Match) -> FxHashMap<usize, Vec<(&Expression, Needs)>> {
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
