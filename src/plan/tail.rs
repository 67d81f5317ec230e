//! The rule `count-tails`: a part of a pattern of which only the number of its matches matters is counted, not followed.
//!
//! A tail is a node that nothing reads, whose relationships all lead to nodes that are found without it. Where it hangs
//! on one relationship, the number of its matches is a degree; where it closes a ring, it is the size of an
//! intersection of neighbours.

use super::cost::Cost;
use super::physical::PhysicalPlan;
use super::slots::needs;
use super::unused_columns::Needed;
use crate::algebra::{Aggregate, AggregateCall, LogicalPlan, Match, Pattern};
use crate::expression::{
    BinaryOperator, Expression, ExpressionKind, KeyRef, LabelRef, LabelTest, PathStep,
};
use crate::function::aggregate::Kind;

/// Patterns of more relationships are followed as a whole: to look for tails costs more than their number.
const MOST: usize = 24;

/// What is asked of the rows of a pattern: some of their slots, and how many rows there are.
#[derive(Clone, Debug)]
pub(crate) struct Demand {
    /// The slots that are read.
    pub needed: Needed,
    /// The keys whose presence is counted, with the slot of their node.
    pub present: Vec<(usize, KeyRef)>,
}

impl Demand {
    /// Only how many rows there are.
    pub(crate) fn number() -> Self {
        Self {
            needed: Needed::none(),
            present: Vec::new(),
        }
    }

    /// What an aggregation asks of the pattern below it; `None` if it needs its rows one by one.
    pub(crate) fn of(aggregate: &Aggregate) -> Option<Self> {
        let LogicalPlan::Match(clause) = &*aggregate.input else {
            return None;
        };
        if clause.selection.is_some() {
            return None;
        }
        let mut demand = Self {
            needed: Needed::of_items(&aggregate.keys),
            present: Vec::new(),
        };
        let is_node = |slot: usize| clause.pattern.nodes.iter().any(|node| node.slot == slot);
        for call in &aggregate.calls {
            if !is_weighable(call) {
                return None;
            }
            match counted(call) {
                Some(Counted::Entity(_)) => {}
                Some(Counted::Property(slot, key))
                    if is_node(slot) && demand.can_count(slot, key) =>
                {
                    demand.present.push((slot, key));
                }
                _ => {
                    let needed = std::mem::replace(&mut demand.needed, Needed::All);
                    demand.needed = call.arguments.iter().fold(needed, Needed::and_of);
                }
            }
        }
        Some(demand)
    }

    /// Of each node one key can be counted.
    fn can_count(&self, slot: usize, key: KeyRef) -> bool {
        let mut known = self.present.iter().filter(|(known, _)| *known == slot);
        known.all(|(_, known)| *known == key)
    }
}

/// Whether a call gives the same for a row that counts several times as for so many rows.
fn is_weighable(call: &AggregateCall) -> bool {
    let is_distinct = call.is_distinct && call.function.minds_duplicates;
    is_distinct
        || matches!(
            call.function.kind,
            Kind::CountAll | Kind::Count | Kind::Sum | Kind::Average | Kind::Min | Kind::Max
        )
}

/// What a call of `count` counts.
enum Counted {
    /// A node or relationship.
    Entity(usize),
    /// A property of one.
    Property(usize, KeyRef),
}

fn counted(call: &AggregateCall) -> Option<Counted> {
    if call.function.kind != Kind::Count || call.is_distinct {
        return None;
    }
    match &call.arguments.first()?.kind {
        ExpressionKind::Slot(slot) => Some(Counted::Entity(*slot)),
        ExpressionKind::Property { base, key, .. } => match base.kind {
            ExpressionKind::Slot(slot) => Some(Counted::Property(slot, *key)),
            _ => None,
        },
        _ => None,
    }
}

/// The slots whose numbers tell how many times a row counts for each call; a call that counts a tail becomes `count(*)`.
pub(crate) fn weigh(calls: &mut [AggregateCall], plan: &Counts) -> Vec<Vec<usize>> {
    calls
        .iter_mut()
        .map(|call| {
            let rows = |number: &Number| number.rows.unwrap_or(number.all);
            let mut weights: Vec<usize> = plan.numbers.iter().map(rows).collect();
            let found = counted(call).and_then(|counted| {
                let (Counted::Entity(slot) | Counted::Property(slot, _)) = counted;
                let at = plan
                    .numbers
                    .iter()
                    .position(|number| number.slots.contains(&slot))?;
                Some((at, matches!(counted, Counted::Property(..))))
            });
            if let Some((at, is_property)) = found {
                let number = &plan.numbers[at];
                weights[at] = match is_property {
                    true => (number.present).expect("a property that is counted has a number"),
                    false => number.all,
                };
                call.arguments.clear();
            }
            weights
        })
        .collect()
}

/// The numbers that a plan's rows hold in place of tails.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    pub numbers: Vec<Number>,
}

/// One number in place of tails.
#[derive(Clone, Debug)]
pub(crate) struct Number {
    /// The slots of the nodes and relationships that are counted.
    pub slots: Vec<usize>,
    /// The slot of the number of matches.
    pub all: usize,
    /// The slot of the number of matches whose node has the key asked for.
    pub present: Option<usize>,
    /// The slot of the number of rows, where there is one also without a match.
    pub rows: Option<usize>,
}

/// A pattern's plan, and the numbers in its rows.
pub(crate) struct Solved {
    pub plan: PhysicalPlan,
    pub counts: Counts,
}

/// Which nodes of a pattern are tails, if the search begins with the nodes that are known.
pub(crate) fn tails(clause: &Match, demand: &Demand, known: &[bool], cost: Cost<'_>) -> Vec<usize> {
    let pattern = &clause.pattern;
    let mut tails: Vec<usize> = Vec::new();
    let may_see_all = |predicate: &Expression| needs(predicate).has_subquery;
    if pattern.relationships.len() > MOST
        || !is_reached(pattern, known, &tails)
        || !pattern.shortest_paths.is_empty()
        || clause.predicates.iter().any(may_see_all)
    {
        return tails;
    }
    let degree = |node: usize| arms(pattern, node).count();
    let mut candidates: Vec<usize> = (0..pattern.nodes.len())
        .filter(|node| !known[*node] && is_countable(clause, demand, *node))
        .collect();
    // Those at one relationship first: they never stand in each other's way, but for two nodes joined by it.
    candidates.sort_by_key(|node| degree(*node) > 1);
    for node in candidates {
        let is_single = degree(node) == 1;
        let meets_tail = arms(pattern, node).any(|at| {
            let relationship = &pattern.relationships[at];
            tails.contains(&relationship.left) || tails.contains(&relationship.right)
        });
        let is_apart = is_single
            || arms(pattern, node).all(|at| {
                tails
                    .iter()
                    .flat_map(|tail| arms(pattern, *tail))
                    .all(|other| !shares(pattern, cost, at, other))
            });
        let has_present = |node: usize| {
            let slot = pattern.nodes[node].slot;
            demand.present.iter().any(|(own, _)| *own == slot)
        };
        // Of a pair only the matches of both together are counted.
        let most = usize::from(!has_present(node) && !tails.iter().any(|tail| has_present(*tail)));
        if meets_tail || !is_apart || conflicts(pattern, cost, &tails, node) > most {
            continue;
        }
        tails.push(node);
        if !is_reached(pattern, known, &tails) {
            tails.pop();
        }
    }
    tails
}

/// With how many of the tails a node could share a relationship, counting those that already do with another.
fn conflicts(pattern: &Pattern, cost: Cost<'_>, tails: &[usize], node: usize) -> usize {
    let meets = |left: usize, right: usize| {
        arms(pattern, left)
            .any(|at| arms(pattern, right).any(|other| shares(pattern, cost, at, other)))
    };
    let rivals: Vec<usize> = tails
        .iter()
        .copied()
        .filter(|tail| meets(*tail, node))
        .collect();
    let is_taken = |rival: &usize| {
        tails
            .iter()
            .any(|tail| tail != rival && meets(*tail, *rival))
    };
    rivals.len() + usize::from(rivals.iter().any(is_taken))
}

/// Whether two relationships of a pattern could be the same, if nothing forbade it.
pub(crate) fn shares(pattern: &Pattern, cost: Cost<'_>, left: usize, right: usize) -> bool {
    let types = |at: usize| pattern.relationships[at].types.as_ref();
    cost.shares_types(types(left), types(right))
}

/// The relationships at a node.
pub(crate) fn arms(pattern: &Pattern, node: usize) -> impl Iterator<Item = usize> + '_ {
    let numbered = pattern.relationships.iter().enumerate();
    numbered
        .filter(move |(_, relationship)| relationship.left == node || relationship.right == node)
        .map(|(at, _)| at)
}

/// Whether all nodes but the tails are found from those that are known without following a tail's relationships.
fn is_reached(pattern: &Pattern, known: &[bool], tails: &[usize]) -> bool {
    let mut reached = known.to_vec();
    loop {
        let before = reached.iter().filter(|reached| **reached).count();
        for relationship in &pattern.relationships {
            let (left, right) = (relationship.left, relationship.right);
            if !tails.contains(&left)
                && !tails.contains(&right)
                && (reached[left] || reached[right])
            {
                (reached[left], reached[right]) = (true, true);
            }
        }
        if reached.iter().filter(|reached| **reached).count() == before {
            break;
        }
    }
    (0..pattern.nodes.len()).all(|node| reached[node] || tails.contains(&node))
}

/// Whether nothing reads the node or its relationships but conditions on the node alone that cannot fail.
fn is_countable(clause: &Match, demand: &Demand, node: usize) -> bool {
    let pattern = &clause.pattern;
    let own = &pattern.nodes[node];
    let in_paths = |slot: usize| {
        pattern.paths.iter().flat_map(|path| &path.steps).any(|step| {
            matches!(step, PathStep::Node(other) | PathStep::Relationship(other) if *other == slot)
        })
    };
    let is_free = |slot: usize| !demand.needed.contains(slot) && !in_paths(slot);
    let relationships: Vec<_> = arms(pattern, node)
        .map(|at| &pattern.relationships[at])
        .collect();
    let slots: Vec<usize> = relationships.iter().map(|own| own.slot).collect();
    let are_plain = relationships.iter().all(|relationship| {
        relationship.length.is_none()
            && relationship.repeat.is_none()
            && !relationship.is_bound
            && relationship.left != relationship.right
            && is_free(relationship.slot)
    });
    let are_conditions_own = clause.predicates.iter().all(|predicate| {
        let needs = needs(predicate);
        let speaks_of_node = needs.slots.contains(&own.slot);
        let is_own = needs.slots.iter().all(|slot| *slot == own.slot);
        !needs.has_subquery
            && needs.slots.iter().all(|slot| !slots.contains(slot))
            && (!speaks_of_node || is_own && never_fails(predicate))
    });
    !own.is_bound && !slots.is_empty() && is_free(own.slot) && are_plain && are_conditions_own
}

/// Whether a condition has a truth value, or none, for every node: it may be asked of nodes that no row reaches.
fn never_fails(predicate: &Expression) -> bool {
    use ExpressionKind as K;
    let is_value = |expression: &Expression| match &expression.kind {
        K::Constant(_) | K::Parameter(_) | K::Slot(_) => true,
        K::Property { base, .. } => matches!(base.kind, K::Slot(_)),
        _ => false,
    };
    match &predicate.kind {
        K::Compare(_, left, right) => is_value(left) && is_value(right),
        K::Binary(
            BinaryOperator::StartsWith | BinaryOperator::EndsWith | BinaryOperator::Contains,
            left,
            right,
        ) => is_value(left) && is_value(right),
        K::Binary(BinaryOperator::In, left, right) => {
            is_value(left)
                && matches!(
                    &right.kind,
                    K::Constant(crate::value::Value::List(_)) | K::List(_)
                )
                && right.children().into_iter().all(is_value)
        }
        K::IsNull(operand) => is_value(operand),
        K::HasLabels(base, _) => is_value(base),
        K::Not(operand) => never_fails(operand),
        K::And(items) | K::Or(items) | K::Xor(items) => items.iter().all(never_fails),
        _ => false,
    }
}

/// What a tail's node must be: nothing, a bearer of one label, or one that a plan of its own finds.
pub(crate) enum Condition {
    Any,
    Label(LabelRef),
    Plan,
}

/// The condition on a tail's node.
pub(crate) fn condition(clause: &Match, node: usize) -> Condition {
    let own = &clause.pattern.nodes[node];
    let has_predicates = clause
        .predicates
        .iter()
        .any(|predicate| needs(predicate).slots.contains(&own.slot));
    match &own.labels {
        _ if has_predicates => Condition::Plan,
        None => Condition::Any,
        Some(LabelTest::Label(label, _)) => Condition::Label(*label),
        Some(_) => Condition::Plan,
    }
}
