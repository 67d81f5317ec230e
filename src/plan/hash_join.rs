//! `hash-join`: a part of a pattern that only equalities join to what was found before is found once by itself, and
//! its rows are looked up by what must be equal.
//!
//! The part is the stretch of a plan below a filter, down to a scan, in which nothing reads a slot from below. Where
//! the plan runs again and again for rows from outside, the part is still found once.

use super::cost::Cost;
use super::index_seek::{is_harmless, sought_rows};
use super::pattern::filter;
use super::physical::{HashJoin, KeepCounted, PhysicalPlan, PlanKind, Tail, Used};
use super::selectivity::Bearer;
use super::slots::needs;
use crate::expression::{ComparisonOperator, Expression, ExpressionKind};
use crate::source::Span;

/// What it costs to test a row, where putting it into a table costs 1.
const TESTED: f64 = 0.1;
/// What it costs to look into an index.
const SOUGHT: f64 = 4.0;
/// For how many rows a subquery of an expression is taken to run at least.
const REPEATS: f64 = 100.0;

/// The rule.
pub(crate) struct Rule<'a> {
    pub cost: Cost<'a>,
    pub is_write: bool,
}

/// The stretch of a plan that is found by itself.
#[derive(Default)]
struct Part {
    /// How many operators it has.
    depth: usize,
    /// The slots that it fills.
    made: Vec<usize>,
    /// The slots that it reads.
    read: Vec<usize>,
    /// The relationships that each of its own may not be.
    unique: Vec<(usize, usize)>,
    /// The rows of all its operators.
    rows: f64,
}

impl Rule<'_> {
    /// Applies the rule to a plan; that of a subquery is made for so many rows from outside.
    pub(crate) fn apply(&self, plan: &mut PhysicalPlan, asked: Option<f64>) {
        self.apply_below(plan, asked.map_or(1.0, |asked| (REPEATS / asked).max(1.0)));
    }

    /// Applies the rule to a plan that runs for so many rows from outside.
    fn apply_below(&self, plan: &mut PhysicalPlan, repeats: f64) {
        let outer = plan.inputs.first().map_or(1.0, |input| input.rows);
        let is_union = matches!(plan.kind, PlanKind::Union);
        for (at, input) in plan.inputs.iter_mut().enumerate() {
            let repeats = match at {
                0 => repeats,
                _ if is_union => repeats,
                _ => repeats * outer.max(1.0),
            };
            stacker::maybe_grow(128 * 1024, 1024 * 1024, || {
                self.apply_below(input, repeats);
            });
        }
        if let PlanKind::Filter { predicate } = &plan.kind {
            let conditions = predicate.clone().conjuncts();
            if let Some(part) = self.part(&plan.inputs[0], &conditions)
                && self.is_worthwhile(plan, &part, &conditions, repeats)
            {
                self.join(plan, part, conditions);
            }
        }
    }

    /// The shortest part below a filter that one of its conditions joins to the rest.
    fn part(&self, top: &PhysicalPlan, conditions: &[Expression]) -> Option<Part> {
        let mut part = Part::default();
        let mut plan = top;
        loop {
            let is_scan = part.add(plan)?;
            let below = plan.inputs.first()?;
            if is_scan
                && part.is_closed(below)
                && conditions.iter().any(|own| part.key(own).is_some())
            {
                return Some(part);
            }
            plan = below;
        }
    }

    /// Whether the part, found once and put into a table, costs less than to find it for each row.
    fn is_worthwhile(
        &self,
        plan: &PhysicalPlan,
        part: &Part,
        conditions: &[Expression],
        repeats: f64,
    ) -> bool {
        let scan = part.base(&plan.inputs[0]);
        let below = scan.inputs[0].rows;
        let rows = below * if self.is_write { 1.0 } else { repeats };
        let found = part.rows / below.max(f64::MIN_POSITIVE);
        let table = found + rows;
        let sought = match (&scan.kind, part.depth) {
            (PlanKind::NodeByLabelScan { slot, label }, 1) => {
                sought_rows(self.cost, *label, *slot, conditions.iter())
            }
            _ => None,
        };
        let each = sought.map_or(found * TESTED, |sought| SOUGHT + sought);
        table < rows * each
    }

    fn join(&self, plan: &mut PhysicalPlan, part: Part, conditions: Vec<Expression>) {
        let (rows, names) = (plan.rows, plan.names.to_vec());
        let mut right = plan.inputs.remove(0);
        let left = part.cut(&mut right);
        let (mut keys, mut equalities, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for condition in conditions {
            if let Some(key) = part.key(&condition) {
                keys.push(key);
                equalities.push(condition);
            } else if part.holds(&condition) {
                let bearers = |slot: usize| self.bearer(&right, slot);
                let share = self.cost.selectivity(&condition, &bearers);
                let rows = right.rows * share;
                right = filter(right, condition, rows);
            } else {
                others.push(condition);
            }
        }
        others.extend(part.outside().map(differ));
        let predicate = all(equalities);
        let found = match others.is_empty() {
            true => rows,
            false => {
                let bearers = |slot: usize| match part.made.contains(&slot) {
                    true => self.bearer(&right, slot),
                    false => self.bearer(&left, slot),
                };
                left.rows * right.rows * self.cost.selectivity(&predicate, &bearers)
            }
        };
        let kind = PlanKind::HashJoin(HashJoin {
            keys,
            slots: part.made,
            builds_input: left.rows < right.rows && left.rows > 1.0,
            is_read_only: !self.is_write,
            predicate,
        });
        *plan = PhysicalPlan::new(kind, vec![left, right], found).named(names);
        if !others.is_empty() {
            let joined = std::mem::replace(plan, PhysicalPlan::new(PlanKind::Union, vec![], 0.0));
            *plan = filter(joined, all(others), rows);
        }
    }

    /// What stands in a slot of the rows of a plan.
    fn bearer(&self, plan: &PhysicalPlan, slot: usize) -> Bearer {
        match &plan.kind {
            PlanKind::NodeByLabelScan { slot: own, label } if *own == slot => {
                Bearer::Node(self.cost.names.label(*label))
            }
            PlanKind::AllNodesScan { slot: own } if *own == slot => Bearer::Node(None),
            PlanKind::ExpandAll(expand) if expand.to == slot => Bearer::Node(None),
            PlanKind::ExpandAll(expand) | PlanKind::ExpandInto(expand)
                if expand.relationship == slot =>
            {
                Bearer::Relationship
            }
            _ => {
                let inputs = plan.inputs.iter().take(match plan.kind {
                    PlanKind::HashJoin(_) => 2,
                    _ => 1,
                });
                let mut bearers = inputs.map(|input| self.bearer(input, slot));
                let known = bearers.find(|bearer| *bearer != Bearer::Unknown);
                known.unwrap_or(Bearer::Unknown)
            }
        }
    }
}

impl Part {
    /// Takes the next operator in; tells whether it is a scan. `None` for one that is not known to give the same rows
    /// for each row from below.
    fn add(&mut self, plan: &PhysicalPlan) -> Option<bool> {
        self.depth += 1;
        self.rows += plan.rows;
        match &plan.kind {
            PlanKind::AllNodesScan { slot } | PlanKind::NodeByLabelScan { slot, .. } => {
                self.made.push(*slot);
                return Some(true);
            }
            PlanKind::ExpandAll(expand) => {
                self.read.push(expand.from);
                self.made.extend([expand.relationship, expand.to]);
                self.add_unique(expand.relationship, &expand.unique);
            }
            PlanKind::ExpandInto(expand) => {
                self.read.extend([expand.from, expand.to]);
                self.made.push(expand.relationship);
                self.add_unique(expand.relationship, &expand.unique);
            }
            PlanKind::CountExpand {
                tails,
                keep: KeepCounted::Numbers,
            } => tails.iter().for_each(|tail| self.add_tail(tail)),
            PlanKind::CountIntersect { tail } => self.add_tail(tail),
            PlanKind::Filter { predicate } if predicate.is_repeatable() => {
                self.read.extend(needs(predicate).slots);
            }
            _ => return None,
        }
        Some(false)
    }

    fn add_unique(&mut self, relationship: usize, unique: &[Used]) {
        let pairs = unique.iter().map(|other| (relationship, other.slot));
        self.unique.extend(pairs);
    }

    fn add_tail(&mut self, tail: &Tail) {
        for arm in &tail.arms {
            self.made.extend([arm.relationship, arm.to]);
            self.read.push(arm.from);
            self.read.extend(arm.unique.iter().map(|used| used.slot));
        }
    }

    /// Whether nothing in it depends on what is found below, but for relationships that must be others.
    fn is_closed(&self, below: &PhysicalPlan) -> bool {
        let mut outside = self.outside();
        self.read.iter().all(|slot| self.made.contains(slot))
            && outside.all(|(_, other)| is_relationship(below, other))
    }

    /// The relationships from below that its own may not be.
    fn outside(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let all = self.unique.iter().copied();
        all.filter(|(_, other)| !self.made.contains(other))
    }

    /// What a condition says must be equal: something from below and something of the part.
    fn key(&self, condition: &Expression) -> Option<(Expression, Expression)> {
        let ExpressionKind::Compare(ComparisonOperator::Equal, left, right) = &condition.kind
        else {
            return None;
        };
        let is_below = |side: &Expression| {
            let slots = needs(side).slots;
            !slots.is_empty() && slots.iter().all(|slot| !self.made.contains(slot))
        };
        if !is_harmless(left) || !is_harmless(right) {
            return None;
        }
        [(left, right), (right, left)]
            .into_iter()
            .find(|(own, other)| is_below(own) && self.holds(other))
            .map(|(own, other)| ((**own).clone(), (**other).clone()))
    }

    /// Whether an expression reads the part and nothing else.
    fn holds(&self, expression: &Expression) -> bool {
        let slots = needs(expression).slots;
        !slots.is_empty()
            && slots.iter().all(|slot| self.made.contains(slot))
            && expression.is_repeatable()
    }

    /// The scan at the bottom.
    fn base<'p>(&self, top: &'p PhysicalPlan) -> &'p PhysicalPlan {
        (1..self.depth).fold(top, |plan, _| &plan.inputs[0])
    }

    /// Makes the part a plan of its own; gives what was below.
    fn cut(&self, top: &mut PhysicalPlan) -> PhysicalPlan {
        let below = self.base(top).inputs[0].rows.max(f64::MIN_POSITIVE);
        let mut plan = top;
        for depth in 1..=self.depth {
            plan.rows /= below;
            if let PlanKind::ExpandAll(expand) | PlanKind::ExpandInto(expand) = &mut plan.kind {
                expand.unique.retain(|used| self.made.contains(&used.slot));
            }
            if depth == self.depth {
                break;
            }
            plan = &mut plan.inputs[0];
        }
        let argument = PhysicalPlan::new(PlanKind::Argument { width: 0 }, vec![], 1.0);
        std::mem::replace(&mut plan.inputs[0], argument)
    }
}

/// Whether a slot holds one relationship, not a list of them.
fn is_relationship(plan: &PhysicalPlan, slot: usize) -> bool {
    let is_own = match &plan.kind {
        PlanKind::ExpandAll(expand) | PlanKind::ExpandInto(expand) => expand.relationship == slot,
        _ => false,
    };
    let inputs = plan.inputs.iter().take(match plan.kind {
        PlanKind::HashJoin(_) => 2,
        _ => 1,
    });
    is_own || inputs.into_iter().any(|input| is_relationship(input, slot))
}

/// Two relationships are not the same.
fn differ((own, other): (usize, usize)) -> Expression {
    let slot = |slot: usize| Box::new(Expression::slot(slot, Span::default()));
    let kind = ExpressionKind::Compare(ComparisonOperator::NotEqual, slot(own), slot(other));
    Expression::new(kind, Span::default())
}

fn all(mut conditions: Vec<Expression>) -> Expression {
    match conditions.len() {
        1 => conditions.remove(0),
        _ => {
            let span = conditions[0].span;
            Expression::new(ExpressionKind::And(conditions), span)
        }
    }
}
