//! How many rows an operator is expected to give, from the graph's counts.

use crate::algebra::{PatternNode, PatternRelationship};
use crate::expression::{LabelTest, ResolvedNames, TypeRef};
use crate::graph::{self, TypeId, View};
use crate::syntax::ast::Direction;

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

    /// How many relationships of some types set out at nodes that pass a test, in the directions of a pattern.
    fn leaving(
        &self,
        labels: Option<&LabelTest>,
        types: Option<&LabelTest>,
        directions: &[graph::Direction],
    ) -> f64 {
        let label = labels.and_then(|test| self.one_label(test));
        let each = |t: TypeId| -> f64 {
            directions
                .iter()
                .map(|direction| match (label, labels) {
                    (Some(label), _) => self.view.label_type_count(label, t, *direction) as f64,
                    (None, None) => self.view.type_count(t) as f64,
                    (None, Some(_)) => {
                        self.view.type_count(t) as f64 * self.label_selectivity(labels)
                    }
                })
                .sum()
        };
        self.view
            .types()
            .filter(|t| self.has_type(types, *t))
            .map(each)
            .sum()
    }

    /// The share of the relationships from one node that lead to nodes with the labels of another. Where a type joins
    /// nodes of several labels, each label mostly has partners of its own.
    pub(crate) fn end_share(
        &self,
        from: &PatternNode,
        relationship: &PatternRelationship,
        is_reversed: bool,
        to: &PatternNode,
    ) -> f64 {
        if to.labels.is_none() {
            return 1.0;
        }
        if relationship.repeat.is_some() {
            return self.label_selectivity(to.labels.as_ref());
        }
        let (out, back) = directions(relationship.direction, is_reversed);
        let types = relationship.types.as_ref();
        let leaving = self.leaving(from.labels.as_ref(), types, out);
        let arriving = self.leaving(to.labels.as_ref(), types, back);
        if leaving > 0.0 {
            (arriving / leaving).min(1.0)
        } else {
            1.0
        }
    }

    /// How many relationships leave an average node of those that pass the test.
    pub(crate) fn degree(
        &self,
        from: &PatternNode,
        relationship: &PatternRelationship,
        is_reversed: bool,
    ) -> f64 {
        let nodes = self.nodes(from.labels.as_ref()).max(1.0);
        let both = if relationship.direction == Direction::Both {
            2.0
        } else {
            1.0
        };
        let (out, _) = directions(relationship.direction, is_reversed);
        let one = match &relationship.repeat {
            None => self.leaving(from.labels.as_ref(), relationship.types.as_ref(), out) / nodes,
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

/// The directions in which a relationship is walked, and those in which it is walked back.
fn directions(
    direction: Direction,
    is_reversed: bool,
) -> (&'static [graph::Direction], &'static [graph::Direction]) {
    use graph::Direction::{Incoming, Outgoing};
    match (direction, is_reversed) {
        (Direction::Both, _) => (&[Outgoing, Incoming], &[Outgoing, Incoming]),
        (Direction::Outgoing, false) | (Direction::Incoming, true) => (&[Outgoing], &[Incoming]),
        (Direction::Outgoing, true) | (Direction::Incoming, false) => (&[Incoming], &[Outgoing]),
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
