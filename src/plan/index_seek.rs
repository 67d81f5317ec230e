//! `index-seek`: a scan of a label below conditions on its properties becomes a look into an index of these.
//!
//! An index of several keys serves where each of them is asked for by equality; an index of one key also for `IN`,
//! `STARTS WITH` and comparisons. What is compared with must be known before the node and must not fail: a parameter, a
//! constant, a variable or its property. The conditions that the index answers are gone from the filter.

use super::cost::Cost;
use super::physical::{IndexSearch, IndexSeek, PhysicalPlan, PlanKind};
use super::selectivity::Bearer;
use super::slots::needs;
use crate::expression::{
    BinaryOperator, ComparisonOperator, Expression, ExpressionKind, LabelRef, ResolvedNames,
};
use crate::graph::{Constraint, Index, KeyId, SchemaTarget, View};

/// Applies the rule to a plan and all below it.
pub(crate) fn seek_indexes(plan: &mut PhysicalPlan, view: &View, names: &ResolvedNames) {
    if view.indexes().next().is_none() {
        return;
    }
    for input in &mut plan.inputs {
        stacker::maybe_grow(128 * 1024, 1024 * 1024, || {
            seek_indexes(input, view, names);
        });
    }
    let PlanKind::Filter { predicate } = &plan.kind else {
        return;
    };
    let PlanKind::NodeByLabelScan { slot, label } = plan.inputs[0].kind else {
        return;
    };
    let scan = Scan {
        slot,
        label,
        view,
        names,
    };
    let mut conditions = predicate.clone().conjuncts();
    let Some((seek, used)) = scan.best_seek(&conditions) else {
        return;
    };
    let span = predicate.span;
    let mut position = 0;
    conditions.retain(|_| {
        position += 1;
        !used.contains(&(position - 1))
    });
    let rows = plan.rows;
    let scan = plan.inputs.remove(0);
    let found_rows = scan.inputs[0].rows * seek.rows;
    let rows = rows.min(found_rows);
    let names = scan.names.clone();
    let mut found = PhysicalPlan::new(PlanKind::NodeIndexSeek(seek), scan.inputs, found_rows);
    found.names = names;
    *plan = match conditions.len() {
        0 => found,
        _ => {
            let predicate = match conditions.len() {
                1 => conditions.remove(0),
                _ => Expression::new(ExpressionKind::And(conditions), span),
            };
            PhysicalPlan::over(PlanKind::Filter { predicate }, found, rows)
        }
    };
}

/// How many nodes of a label an index is expected to find for the conditions given, where one answers for some.
pub(crate) fn sought_rows<'e>(
    cost: Cost<'_>,
    label: LabelRef,
    slot: usize,
    conditions: impl Iterator<Item = &'e Expression>,
) -> Option<f64> {
    let target = SchemaTarget::Node(cost.names.label(label)?);
    let mut indexes = cost.view.indexes();
    if !indexes.any(|index| index.definition().target == target) {
        return None;
    }
    let conditions: Vec<Expression> = conditions.cloned().collect();
    let scan = Scan {
        slot,
        label,
        view: cost.view,
        names: cost.names,
    };
    scan.best_seek(&conditions).map(|(found, _)| found.rows)
}

/// A scan of a label, to be replaced.
struct Scan<'a> {
    slot: usize,
    label: LabelRef,
    view: &'a View,
    names: &'a ResolvedNames,
}

/// What a condition asks of one key of the node.
struct Asked<'e> {
    key: KeyId,
    test: Test,
    value: &'e Expression,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Test {
    Equal,
    In,
    StartsWith,
    /// From a value on, or from behind it.
    From {
        is_inclusive: bool,
    },
    /// Up to a value, or to before it.
    To {
        is_inclusive: bool,
    },
}

impl Scan<'_> {
    /// The look into an index that finds the fewest nodes, and the positions of the conditions that it answers.
    fn best_seek(&self, conditions: &[Expression]) -> Option<(IndexSeek, Vec<usize>)> {
        let label = self.names.label(self.label)?;
        let asked: Vec<Option<Asked<'_>>> = conditions
            .iter()
            .map(|condition| self.asked(condition))
            .collect();
        let indexes = self
            .view
            .indexes()
            .filter(|index| index.definition().target == SchemaTarget::Node(label));
        let seeks = indexes.filter_map(|index| self.seek(index, conditions, &asked));
        seeks.min_by(|(left, left_used), (right, right_used)| {
            let fewest = left.rows.total_cmp(&right.rows);
            fewest.then(right_used.len().cmp(&left_used.len()))
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "estimates")]
    fn seek(
        &self,
        index: &Index,
        conditions: &[Expression],
        asked: &[Option<Asked<'_>>],
    ) -> Option<(IndexSeek, Vec<usize>)> {
        let find = |key: KeyId, is_sought: &dyn Fn(Test) -> bool| {
            asked.iter().enumerate().find_map(|(at, asked)| {
                let asked = asked.as_ref()?;
                (asked.key == key && is_sought(asked.test)).then_some((at, asked))
            })
        };
        let count = index.count() as f64;
        let each = count / (index.distinct() as f64).max(1.0);
        let name = &index.definition().name;
        let owner = self.view.constraint(name);
        let is_unique = owner.is_some_and(Constraint::is_unique);
        let each = if is_unique { each.min(1.0) } else { each };
        let keys = &index.definition().keys;
        let equal: Option<Vec<_>> = keys
            .iter()
            .map(|key| find(*key, &|test| test == Test::Equal))
            .collect();
        let (search, used, rows) = if let Some(equal) = equal {
            let values = equal.iter().map(|(_, asked)| asked.value.clone()).collect();
            let used = equal.iter().map(|(at, _)| *at).collect();
            (IndexSearch::Equal(values), used, each)
        } else if let [key] = keys[..] {
            if let Some((at, asked)) = find(key, &|test| test == Test::In) {
                let items = match &asked.value.kind {
                    ExpressionKind::List(items) => items.len() as f64,
                    _ => 10.0,
                };
                (
                    IndexSearch::In(asked.value.clone()),
                    vec![at],
                    (each * items).min(count),
                )
            } else if let Some((at, asked)) = find(key, &|test| test == Test::StartsWith) {
                let search = IndexSearch::StartsWith(asked.value.clone());
                (search, vec![at], self.kept(conditions, &[at]).min(count))
            } else {
                let from = find(key, &|test| matches!(test, Test::From { .. }));
                let to = find(key, &|test| matches!(test, Test::To { .. }));
                let used: Vec<usize> = from.iter().chain(&to).map(|(at, _)| *at).collect();
                if used.is_empty() {
                    return None;
                }
                let rows = self.kept(conditions, &used).min(count);
                let bound = |found: Option<(usize, &Asked<'_>)>| {
                    found.map(|(_, asked)| (asked.value.clone(), asked.test.is_inclusive()))
                };
                let search = IndexSearch::Range {
                    from: bound(from),
                    to: bound(to),
                };
                (search, used, rows)
            }
        } else {
            return None;
        };
        let mut answered: Vec<Expression> = used.iter().map(|at| conditions[*at].clone()).collect();
        let predicate = match answered.len() {
            1 => answered.remove(0),
            _ => {
                let span = answered[0].span;
                Expression::new(ExpressionKind::And(answered), span)
            }
        };
        let seek = IndexSeek {
            slot: self.slot,
            label: self.label,
            index: index.definition().name.clone(),
            search,
            predicate,
            rows,
        };
        Some((seek, used))
    }

    /// How many nodes of the label some of the conditions are expected to keep.
    #[expect(clippy::cast_precision_loss, reason = "estimates")]
    fn kept(&self, conditions: &[Expression], used: &[usize]) -> f64 {
        let cost = Cost {
            view: self.view,
            names: self.names,
        };
        let label = self.names.label(self.label);
        let bearers = |slot: usize| match slot == self.slot {
            true => Bearer::Node(label),
            false => Bearer::Unknown,
        };
        let shares = used
            .iter()
            .map(|at| cost.selectivity(&conditions[*at], &bearers));
        let all = label.map_or(0, |label| self.view.label_count(label));
        shares.product::<f64>() * all as f64
    }

    /// What a condition asks of the node's key, if it is one that an index can answer.
    fn asked<'e>(&self, condition: &'e Expression) -> Option<Asked<'e>> {
        use ComparisonOperator as C;
        let (left, right, test, turned) = match &condition.kind {
            ExpressionKind::Compare(operator, left, right) => {
                let (test, turned) = match operator {
                    C::Equal => (Test::Equal, Test::Equal),
                    C::Less => (
                        Test::To {
                            is_inclusive: false,
                        },
                        Test::From {
                            is_inclusive: false,
                        },
                    ),
                    C::LessOrEqual => (
                        Test::To { is_inclusive: true },
                        Test::From { is_inclusive: true },
                    ),
                    C::Greater => (
                        Test::From {
                            is_inclusive: false,
                        },
                        Test::To {
                            is_inclusive: false,
                        },
                    ),
                    C::GreaterOrEqual => (
                        Test::From { is_inclusive: true },
                        Test::To { is_inclusive: true },
                    ),
                    C::NotEqual => return None,
                };
                (left, right, test, Some(turned))
            }
            ExpressionKind::Binary(BinaryOperator::In, left, right) => {
                (left, right, Test::In, None)
            }
            ExpressionKind::Binary(BinaryOperator::StartsWith, left, right) => {
                (left, right, Test::StartsWith, None)
            }
            _ => return None,
        };
        let sides = [(left, right, Some(test)), (right, left, turned)];
        sides.into_iter().find_map(|(own, value, test)| {
            let key = self.own_key(own)?;
            let is_known = is_harmless(value) && !needs(value).slots.contains(&self.slot);
            is_known.then_some(Asked {
                key,
                test: test?,
                value,
            })
        })
    }

    fn own_key(&self, expression: &Expression) -> Option<KeyId> {
        match &expression.kind {
            ExpressionKind::Property { base, key, .. } => match base.kind {
                ExpressionKind::Slot(slot) if slot == self.slot => self.names.key(*key),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Test {
    fn is_inclusive(self) -> bool {
        matches!(
            self,
            Self::From { is_inclusive: true } | Self::To { is_inclusive: true }
        )
    }
}

/// Whether an expression is computed at no cost, and fails, if at all, for all nodes alike.
pub(crate) fn is_harmless(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Constant(_) | ExpressionKind::Parameter(_) | ExpressionKind::Slot(_) => {
            true
        }
        ExpressionKind::List(items) => items.iter().all(is_harmless),
        ExpressionKind::Property { base, .. } => matches!(base.kind, ExpressionKind::Slot(_)),
        _ => false,
    }
}
