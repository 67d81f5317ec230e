//! Patterns to be matched: their parts get slots, and what is written inside them becomes conditions.

use std::collections::VecDeque;

use super::bind::{Binder, Bound, fault};
use super::error::SemanticErrorKind;
use super::plan::{
    MentionKind, NamedPath, Pattern, PatternNode, PatternRelationship, Selection, ShortestPath,
};
use super::scope::{Scope, Static};
use crate::expression::{ComparisonOperator, Expression, ExpressionKind, LabelTest, PathStep};
use crate::syntax::ast;
use crate::value::Type;

impl Binder<'_> {
    /// Binds the parts of a pattern. New variables are declared in the scope; conditions are added to `predicates`.
    pub(crate) fn pattern(
        &mut self,
        parts: &[ast::PatternPart],
        scope: &mut Scope,
        predicates: &mut Vec<Expression>,
    ) -> Bound<(Pattern, Option<Selection>)> {
        let mut builder = Builder {
            first_new: scope.width,
            input: scope.clone(),
            ..Builder::default()
        };
        for part in parts {
            if part.selector.is_selection() && parts.len() > 1 {
                let reason = "paths are selected in a MATCH of one path only; put the other patterns into a MATCH of \
                              their own"
                    .to_owned();
                return fault(
                    SemanticErrorKind::InvalidRelationshipPattern { reason },
                    part.span,
                );
            }
            self.pattern_part(part, scope, &mut builder)?;
        }
        // All variables are known now, so that a condition may speak of any of them.
        for part in parts {
            self.part_conditions(&part.element, scope, &mut builder, predicates)?;
            if let Some(predicate) = &part.predicate {
                predicates.extend(self.predicate(predicate, scope)?.conjuncts());
            }
        }
        let selection = parts.first().and_then(|part| builder.selection(part));
        Ok((builder.pattern, selection))
    }

    pub(super) fn pattern_part(
        &mut self,
        part: &ast::PatternPart,
        scope: &mut Scope,
        builder: &mut Builder,
    ) -> Bound<()> {
        let element = &part.element;
        if part.selector.is_function() {
            check_function(part)?;
        }
        let mut left = self.pattern_node(&element.start, scope, builder)?;
        let mut steps = vec![PathStep::Node(builder.pattern.nodes[left].slot)];
        for (relationship, node) in &element.chain {
            // The relationship's variable comes before the node's, as in the text.
            let mut bound = self.link(relationship, part.selector, scope, builder)?;
            let right = self.pattern_node(node, scope, builder)?;
            (bound.left, bound.right) = (left, right);
            steps.push(PathStep::Relationship(bound.slot));
            steps.push(PathStep::Node(builder.pattern.nodes[right].slot));
            builder.add(bound, part.selector);
            left = right;
        }
        if let Some(name) = &part.variable {
            if scope.variable(&name.text).is_some() || scope.local(&name.text).is_some() {
                return fault(
                    SemanticErrorKind::VariableAlreadyBound {
                        name: name.text.clone(),
                    },
                    name.span,
                );
            }
            let slot = scope.declare(name.text.clone(), Static::new(Type::PATH));
            builder.pattern.paths.push(NamedPath {
                slot,
                name: name.text.clone(),
                steps,
            });
        }
        Ok(())
    }

    /// What joins two nodes of a pattern; its ends are set later.
    fn link(
        &mut self,
        relationship: &ast::RelationshipPattern,
        selector: ast::PathSelector,
        scope: &mut Scope,
        builder: &mut Builder,
    ) -> Bound<PatternRelationship> {
        if is_repeated(relationship, selector) {
            return self.quantified(relationship, scope, builder);
        }
        let quantifier = relationship.quantifier;
        let (slot, is_bound) = self.pattern_relationship(relationship, scope, builder)?;
        let length = relationship
            .length
            .map(|length| (length.min.unwrap_or(1), length.max))
            .or(quantifier.map(|quantifier| (quantifier.min, quantifier.max)));
        Ok(PatternRelationship {
            slot,
            name: relationship.variable.as_ref().map(|name| name.text.clone()),
            is_bound,
            left: 0,
            right: 0,
            direction: relationship.direction,
            types: self.written_labels(relationship.types.as_ref(), MentionKind::Type),
            length,
            repeat: None,
            properties: Vec::new(),
            span: relationship.span,
        })
    }

    /// The index of a node of the pattern; one of an earlier part or clause is found again.
    fn pattern_node(
        &mut self,
        node: &ast::NodePattern,
        scope: &mut Scope,
        builder: &mut Builder,
    ) -> Bound<usize> {
        let slot = match &node.variable {
            None => scope.anonymous(),
            Some(name) => match scope.variable(&name.text) {
                None => scope.declare(name.text.clone(), Static::new(Type::NODE)),
                Some(variable) => {
                    conflict(name, variable.of, Type::NODE, "a node")?;
                    variable.slot
                }
            },
        };
        builder.nodes.push_back(slot);
        let labels = self.written_labels(node.labels.as_ref(), MentionKind::Label);
        let index = builder
            .pattern
            .nodes
            .iter()
            .position(|known| known.slot == slot);
        if let Some(index) = index {
            let known = &mut builder.pattern.nodes[index];
            known.labels = both(known.labels.take(), labels);
            return Ok(index);
        }
        builder.pattern.nodes.push(PatternNode {
            slot,
            name: node.variable.as_ref().map(|name| name.text.clone()),
            is_bound: slot < builder.first_new,
            labels,
        });
        Ok(builder.pattern.nodes.len() - 1)
    }

    pub(super) fn pattern_relationship(
        &mut self,
        relationship: &ast::RelationshipPattern,
        scope: &mut Scope,
        builder: &Builder,
    ) -> Bound<(usize, bool)> {
        let of = match relationship.length.is_some() || relationship.quantifier.is_some() {
            true => Static::list(Type::RELATIONSHIP),
            false => Static::new(Type::RELATIONSHIP),
        };
        let Some(name) = &relationship.variable else {
            return Ok((scope.anonymous(), false));
        };
        let Some(variable) = scope.variable(&name.text) else {
            return Ok((scope.declare(name.text.clone(), of), false));
        };
        conflict(name, variable.of, of.of, "a relationship")?;
        if relationship.quantifier.is_some() {
            let name = name.clone();
            return fault(
                SemanticErrorKind::VariableAlreadyBound { name: name.text },
                name.span,
            );
        }
        if variable.slot >= builder.first_new {
            return fault(
                SemanticErrorKind::RelationshipUniquenessViolation {
                    name: name.text.clone(),
                },
                name.span,
            );
        }
        Ok((variable.slot, true))
    }

    pub(super) fn part_conditions(
        &mut self,
        element: &ast::PatternElement,
        scope: &mut Scope,
        builder: &mut Builder,
        predicates: &mut Vec<Expression>,
    ) -> Bound<()> {
        self.node_conditions(&element.start, scope, builder, predicates)?;
        for (relationship, node) in &element.chain {
            self.relationship_conditions(relationship, scope, builder, predicates)?;
            self.node_conditions(node, scope, builder, predicates)?;
        }
        Ok(())
    }

    fn node_conditions(
        &mut self,
        node: &ast::NodePattern,
        scope: &mut Scope,
        builder: &mut Builder,
        predicates: &mut Vec<Expression>,
    ) -> Bound<()> {
        let slot = builder
            .nodes
            .pop_front()
            .expect("each node of the pattern got its slot");
        let labels = node.labels.as_ref();
        let computed = self.computed_labels(slot, labels, MentionKind::Label, node.span, scope)?;
        predicates.extend(computed);
        self.property_conditions(slot, node.properties.as_ref(), scope, predicates)?;
        if let Some(predicate) = &node.predicate {
            predicates.extend(self.predicate(predicate, scope)?.conjuncts());
        }
        Ok(())
    }

    fn relationship_conditions(
        &mut self,
        relationship: &ast::RelationshipPattern,
        scope: &mut Scope,
        builder: &mut Builder,
        predicates: &mut Vec<Expression>,
    ) -> Bound<()> {
        let place = builder
            .relationships
            .pop_front()
            .expect("each relationship of the pattern got its place");
        if builder.relationship(place).repeat.is_some() {
            // Its conditions were bound with it.
            return Ok(());
        }
        if relationship.length.is_none() && relationship.quantifier.is_none() {
            let slot = builder.relationship(place).slot;
            let types = relationship.types.as_ref();
            let span = relationship.span;
            let computed = self.computed_labels(slot, types, MentionKind::Type, span, scope)?;
            predicates.extend(computed);
            self.property_conditions(slot, relationship.properties.as_ref(), scope, predicates)?;
            if let Some(predicate) = &relationship.predicate {
                predicates.extend(self.predicate(predicate, scope)?.conjuncts());
            }
            return Ok(());
        }
        if let Some(predicate) = &relationship.predicate {
            let reason =
                "WHERE inside a relationship pattern with `*` is not supported; write the length behind it, as in \
                 -[r WHERE …]->{1,3}, or use all(r IN relationships(p) WHERE …)"
                    .to_owned();
            return fault(
                SemanticErrorKind::InvalidRelationshipPattern { reason },
                predicate.span,
            );
        }
        for (key, value) in map_entries(relationship.properties.as_ref())? {
            let value = self.expression(value, scope)?.0;
            self.mention(MentionKind::Key, key);
            let key_place = self.names.key(&key.text);
            builder
                .relationship(place)
                .properties
                .push((key_place, key.text.clone(), value));
        }
        Ok(())
    }

    /// `{key: value}` inside a pattern: the property equals the value.
    fn property_conditions(
        &mut self,
        slot: usize,
        properties: Option<&ast::Expression>,
        scope: &mut Scope,
        predicates: &mut Vec<Expression>,
    ) -> Bound<()> {
        for (key, value) in map_entries(properties)? {
            let value_span = value.span;
            let value = self.expression(value, scope)?.0;
            self.mention(MentionKind::Key, key);
            let base = Box::new(Expression::slot(slot, key.span));
            let place = self.names.key(&key.text);
            let property = ExpressionKind::Property {
                base,
                key: place,
                name: key.text.clone(),
            };
            let property = Box::new(Expression::new(property, key.span));
            let equal =
                ExpressionKind::Compare(ComparisonOperator::Equal, property, Box::new(value));
            predicates.push(Expression::new(equal, key.span.to(value_span)));
        }
        Ok(())
    }
}

/// A pattern in the making.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) pattern: Pattern,
    /// The first slot that earlier clauses did not bind.
    pub(super) first_new: usize,
    /// The variables that earlier clauses bound.
    pub(super) input: Scope,
    /// The slots of the nodes, in the order of the text.
    nodes: VecDeque<usize>,
    /// The places of the relationships, in the order of the text: whether among the shortest paths, and where.
    relationships: VecDeque<(bool, usize)>,
}

impl Builder {
    fn add(&mut self, bound: PatternRelationship, selector: ast::PathSelector) {
        if !selector.is_function() {
            self.relationships
                .push_back((false, self.pattern.relationships.len()));
            self.pattern.relationships.push(bound);
            return;
        }
        let relationship = PatternRelationship {
            length: bound.length.or(Some((1, Some(1)))),
            ..bound
        };
        self.relationships
            .push_back((true, self.pattern.shortest_paths.len()));
        self.pattern.shortest_paths.push(ShortestPath {
            relationship,
            selector,
        });
    }

    /// What stays of the paths of the one part that a pattern with a selector has.
    fn selection(&self, part: &ast::PatternPart) -> Option<Selection> {
        let (count, is_groups) = match part.selector {
            ast::PathSelector::AnyPaths(count) | ast::PathSelector::ShortestPaths(count) => {
                (count, false)
            }
            ast::PathSelector::ShortestGroups(count) => (count, true),
            _ => return None,
        };
        let relationships = &self.pattern.relationships;
        let slot = |node: usize| self.pattern.nodes[node].slot;
        let (first, last) = (relationships.first(), relationships.last());
        Some(Selection {
            start: slot(first.map_or(0, |relationship| relationship.left)),
            end: slot(last.map_or(0, |relationship| relationship.right)),
            relationships: relationships.iter().map(|bound| bound.slot).collect(),
            count,
            is_groups,
            predicates: Vec::new(),
        })
    }

    fn relationship(&mut self, (is_shortest, at): (bool, usize)) -> &mut PatternRelationship {
        match is_shortest {
            true => &mut self.pattern.shortest_paths[at].relationship,
            false => &mut self.pattern.relationships[at],
        }
    }
}

/// `shortestPath(…)` looks along one relationship pattern.
fn check_function(part: &ast::PatternPart) -> Bound<()> {
    let reason = match part.element.chain.as_slice() {
        [(relationship, _)] if relationship.quantifier.is_none() => return Ok(()),
        [_] => {
            "shortestPath takes a length in brackets, as in (a)-[*1..3]-(b); a quantified path is selected by \
             SHORTEST 1 or ALL SHORTEST before it"
        }
        _ => {
            "shortestPath looks along one relationship pattern, (a)-[*]-(b); of other paths the shortest are selected \
             by SHORTEST 1 or ALL SHORTEST before them"
        }
    };
    let reason = reason.to_owned();
    fault(
        SemanticErrorKind::InvalidRelationshipPattern { reason },
        part.span,
    )
}

/// Whether what joins two nodes has to be searched repetition by repetition: it is more than a chain of relationships
/// of some types and properties, or the shortest paths are to be found level by level.
fn is_repeated(relationship: &ast::RelationshipPattern, selector: ast::PathSelector) -> bool {
    let has_length = relationship.length.is_some() || relationship.quantifier.is_some();
    let is_computed = relationship
        .types
        .as_ref()
        .is_some_and(ast::LabelExpression::is_dynamic);
    let has_condition = relationship.quantifier.is_some() && relationship.predicate.is_some();
    relationship.path.is_some()
        || has_length
            && (is_computed
                || has_condition
                || selector.is_selection() && relationship.predicate.is_none())
}

/// The entries of a map written out in a pattern.
fn map_entries(properties: Option<&ast::Expression>) -> Bound<&[(ast::Name, ast::Expression)]> {
    match properties {
        None => Ok(&[]),
        Some(ast::Expression {
            kind: ast::ExpressionKind::Map(entries),
            ..
        }) => Ok(entries),
        Some(other) => fault(SemanticErrorKind::InvalidParameterUse, other.span),
    }
}

/// Refuses a variable that holds something else than is needed.
pub(crate) fn conflict(name: &ast::Name, of: Static, expected: Type, words: &str) -> Bound<()> {
    let is_null = of.of == Type::NULL;
    let is_list_of_others =
        expected == Type::LIST && of.of == Type::LIST && !of.element.overlaps(Type::RELATIONSHIP);
    if (of.of.overlaps(expected) || is_null) && !is_list_of_others {
        return Ok(());
    }
    let kind = SemanticErrorKind::VariableTypeConflict {
        name: name.text.clone(),
        found: in_words(of.of),
        expected: words.to_owned(),
    };
    fault(kind, name.span)
}

fn in_words(of: Type) -> String {
    match of {
        Type::NODE => "a node".to_owned(),
        Type::RELATIONSHIP => "a relationship".to_owned(),
        Type::PATH => "a path".to_owned(),
        Type::LIST => "a list".to_owned(),
        other => format!("of type {other}"),
    }
}

fn both(left: Option<LabelTest>, right: Option<LabelTest>) -> Option<LabelTest> {
    match (left, right) {
        (Some(left), Some(right)) if left == right => Some(left),
        (Some(left), Some(right)) => Some(LabelTest::And(vec![left, right])),
        (left, right) => left.or(right),
    }
}
