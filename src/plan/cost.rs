//! How many rows an operator is expected to give, from the graph's counts.

use crate::algebra::{PatternNode, PatternRelationship};
use crate::expression::{
    ComparisonOperator, Expression, ExpressionKind, LabelTest, ResolvedNames, TypeRef,
};
use crate::graph::{TypeId, View};
use crate::syntax::ast::Direction;

/// The share of rows that a condition of unknown effect is taken to keep.
pub(crate) const UNKNOWN_SELECTIVITY: f64 = 0.3;
/// The share of rows that an equality is taken to keep where nothing is known of the values.
pub(crate) const EQUALITY_SELECTIVITY: f64 = 0.1;

/// The graph's counts, as the planner asks for them.
#[derive(Clone, Copy)]
pub(crate) struct Cost<'a> {
    pub view: &'a View,
    pub names: &'a ResolvedNames,
}

#[expect(clippy::cast_precision_loss, reason = "estimates")]
impl Cost<'_> {
    /// How many nodes the graph has.
    pub(crate) fn all_nodes(&self) -> f64 {
        self.view.node_count() as f64
    }

    /// How many nodes pass a label test.
    pub(crate) fn nodes(&self, labels: Option<&LabelTest>) -> f64 {
        match labels {
            None | Some(LabelTest::Any) => self.all_nodes(),
            Some(LabelTest::Label(label, _)) => self
                .names
                .label(*label)
                .map_or(0.0, |label| self.view.label_count(label) as f64),
            Some(LabelTest::And(tests)) => tests
                .iter()
                .map(|test| self.nodes(Some(test)))
                .fold(self.all_nodes(), f64::min),
            Some(LabelTest::Or(tests)) => tests
                .iter()
                .map(|test| self.nodes(Some(test)))
                .sum::<f64>()
                .min(self.all_nodes()),
            Some(LabelTest::Not(test)) => (self.all_nodes() - self.nodes(Some(test))).max(0.0),
        }
    }

    /// How many relationships have one of the types.
    pub(crate) fn relationships(&self, types: Option<&LabelTest>) -> f64 {
        self.view
            .types()
            .filter(|t| self.has_type(types, *t))
            .map(|t| self.view.type_count(t) as f64)
            .sum()
    }

    fn has_type(&self, types: Option<&LabelTest>, own: TypeId) -> bool {
        types.is_none_or(|test| {
            test.holds(true, &|_, reference| {
                self.names.relationship_type(reference) == Some(own)
            })
        })
    }

    /// Whether a relationship can pass both tests. Only the tests are looked at: when the pattern is matched there may be
    /// types that there are not yet.
    pub(crate) fn shares_types(&self, left: Option<&LabelTest>, right: Option<&LabelTest>) -> bool {
        let mut named = vec![None];
        for test in [left, right].into_iter().flatten() {
            type_names(test, &mut named);
        }
        named.into_iter().any(|own| {
            let passes = |test: &LabelTest| test.holds(true, &|_, name| Some(name) == own);
            left.is_none_or(passes) && right.is_none_or(passes)
        })
    }

    /// How many relationships leave an average node of those that pass the test.
    pub(crate) fn degree(&self, from: &PatternNode, relationship: &PatternRelationship) -> f64 {
        let nodes = self.nodes(from.labels.as_ref()).max(1.0);
        let both = if relationship.direction == Direction::Both {
            2.0
        } else {
            1.0
        };
        let one = match &relationship.repeat {
            None => self.relationships(relationship.types.as_ref()) * both / nodes,
            Some(repeat) => repeat
                .pattern
                .relationships
                .iter()
                .map(|step| self.relationships(step.types.as_ref()) * both / nodes)
                .product(),
        };
        match relationship.length {
            None => one,
            Some((min, max)) => {
                let longest = max.unwrap_or(u32::MAX).min(min.saturating_add(3)).min(8);
                (min..=longest.max(min))
                    .map(|steps| one.powi(steps.min(8).try_into().unwrap_or(8)))
                    .sum()
            }
        }
    }

    /// The share of nodes that pass a label test.
    pub(crate) fn label_selectivity(&self, labels: Option<&LabelTest>) -> f64 {
        match labels {
            None => 1.0,
            Some(_) => self.nodes(labels) / self.all_nodes().max(1.0),
        }
    }
}

/// Adds the types that a test names.
fn type_names(test: &LabelTest, names: &mut Vec<Option<TypeRef>>) {
    match test {
        LabelTest::Label(_, name) => names.push(Some(*name)),
        LabelTest::Any => {}
        LabelTest::And(tests) | LabelTest::Or(tests) => {
            for test in tests {
                type_names(test, names);
            }
        }
        LabelTest::Not(test) => type_names(test, names),
    }
}

/// The share of rows that a condition is taken to keep.
pub(crate) fn selectivity(predicate: &Expression) -> f64 {
    match &predicate.kind {
        ExpressionKind::Compare(ComparisonOperator::Equal, ..) => EQUALITY_SELECTIVITY,
        ExpressionKind::Constant(crate::value::Value::Boolean(true)) => 1.0,
        ExpressionKind::And(items) => items.iter().map(selectivity).product(),
        ExpressionKind::Or(items) => items.iter().map(selectivity).sum::<f64>().min(1.0),
        ExpressionKind::Not(operand) => 1.0 - selectivity(operand),
        _ => UNKNOWN_SELECTIVITY,
    }
}
