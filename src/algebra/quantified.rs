//! Quantified paths: one repetition is a pattern of its own, whose variables are lists outside.

use super::bind::{Binder, Bound, fault};
use super::error::SemanticErrorKind;
use super::pattern::Builder;
use super::plan::{GroupVariable, PatternRelationship, Repeat};
use super::scope::{Scope, Static};
use crate::source::Span;
use crate::syntax::ast::{self, Direction, NodePattern, PatternElement, RelationshipPattern};

impl Binder<'_> {
    /// Binds what is repeated between two nodes. Its ends are set by the caller.
    pub(super) fn quantified(
        &mut self,
        relationship: &RelationshipPattern,
        scope: &mut Scope,
        builder: &Builder,
    ) -> Bound<PatternRelationship> {
        let slot = match (&relationship.variable, &relationship.path) {
            (Some(_), None) => self.pattern_relationship(relationship, scope, builder)?,
            _ => (scope.anonymous(), false),
        };
        if let (Some(name), (_, true)) = (&relationship.variable, slot) {
            let kind = SemanticErrorKind::VariableAlreadyBound {
                name: name.text.clone(),
            };
            return fault(kind, name.span);
        }
        let (element, predicate) = match &relationship.path {
            Some(path) => (path.element.clone(), path.predicate.as_ref()),
            None => (alone(relationship), None),
        };
        if relationship.path.is_some() {
            check_repetition(&element, scope)?;
        }
        let repeat = self.repetition(&element, predicate, scope, builder)?;
        let repeat = match relationship.path {
            Some(_) => self.grouped(&element, repeat, scope),
            // The relationship's variable is the list of relationships itself.
            None => repeat.0,
        };
        let length = match (relationship.quantifier, relationship.length) {
            (Some(quantifier), _) => (quantifier.min, quantifier.max),
            (None, Some(length)) => (length.min.unwrap_or(1), length.max),
            (None, None) => (1, Some(1)),
        };
        Ok(PatternRelationship {
            slot: slot.0,
            name: relationship.variable.as_ref().map(|name| name.text.clone()),
            is_bound: false,
            left: 0,
            right: 0,
            direction: repeated_direction(&element),
            types: None,
            length: Some(length),
            repeat: Some(Box::new(repeat)),
            properties: Vec::new(),
            span: relationship.span,
        })
    }

    /// One repetition. It sees the variables of earlier clauses, and none of the pattern around it.
    fn repetition(
        &mut self,
        element: &PatternElement,
        predicate: Option<&ast::Expression>,
        scope: &mut Scope,
        builder: &Builder,
    ) -> Bound<(Repeat, Scope)> {
        let mut inner = builder.input.clone();
        inner.width = scope.width;
        let part = ast::PatternPart {
            variable: None,
            selector: ast::PathSelector::All,
            element: element.clone(),
            predicate: predicate.cloned().map(Box::new),
            span: element.span,
        };
        let mut predicates = Vec::new();
        let parts = std::slice::from_ref(&part);
        let (pattern, _) = self.pattern(parts, &mut inner, &mut predicates)?;
        scope.width = inner.width;
        let node = |at: usize| pattern.nodes[at].slot;
        let ends = pattern
            .relationships
            .first()
            .zip(pattern.relationships.last());
        let (first, last) = ends.expect("a repetition has a relationship");
        let repeat = Repeat {
            first: node(first.left),
            last: node(last.right),
            relationships: pattern
                .relationships
                .iter()
                .map(|relationship| relationship.slot)
                .collect(),
            groups: Vec::new(),
            pattern,
            predicates,
        };
        Ok((repeat, inner))
    }

    /// Outside, each variable of a repetition is a list.
    fn grouped(
        &self,
        element: &PatternElement,
        (mut repeat, inner): (Repeat, Scope),
        scope: &mut Scope,
    ) -> Repeat {
        for name in variables(element) {
            if scope.variable(&name.text).is_some() {
                continue;
            }
            let variable = inner
                .variable(&name.text)
                .expect("the repetition declares its variables");
            let slot = scope.declare(name.text.clone(), Static::list(variable.of.of));
            repeat.groups.push(GroupVariable {
                name: name.text.clone(),
                slot: variable.slot,
                list: slot,
            });
        }
        repeat
    }
}

/// The variables of a pattern in the order of the text, those of quantified paths included.
pub(super) fn variables(element: &PatternElement) -> Vec<&ast::Name> {
    let mut names = Vec::new();
    names.extend(&element.start.variable);
    for (relationship, node) in &element.chain {
        names.extend(&relationship.variable);
        if let Some(path) = &relationship.path {
            names.extend(variables(&path.element));
        }
        names.extend(&node.variable);
    }
    names
}

/// Refuses repetitions within repetitions and variables that mean something outside.
fn check_repetition(element: &PatternElement, scope: &Scope) -> Bound<()> {
    for (relationship, _) in &element.chain {
        let length = relationship.length.map(|length| length.span);
        let quantifier = relationship.quantifier.map(|quantifier| quantifier.span);
        if let Some(span) = length.or(quantifier) {
            let reason = "a quantified path can't hold another repetition".to_owned();
            return fault(
                SemanticErrorKind::InvalidRelationshipPattern { reason },
                span,
            );
        }
    }
    for name in variables(element) {
        if scope.variable(&name.text).is_some() || scope.local(&name.text).is_some() {
            let kind = SemanticErrorKind::VariableAlreadyBound {
                name: name.text.clone(),
            };
            return fault(kind, name.span);
        }
    }
    Ok(())
}

/// `()-[r]->()`: a quantified relationship as the path that is repeated.
fn alone(relationship: &RelationshipPattern) -> PatternElement {
    let node = |at: u32| NodePattern {
        variable: None,
        labels: None,
        properties: None,
        predicate: None,
        span: Span { start: at, end: at },
    };
    let span = relationship.span;
    let once = RelationshipPattern {
        length: None,
        quantifier: None,
        ..relationship.clone()
    };
    PatternElement {
        start: node(span.start),
        chain: vec![(once, node(span.end))],
        span,
    }
}

/// The direction of a repetition: that of its relationships if they all point one way.
fn repeated_direction(element: &PatternElement) -> Direction {
    let mut directions = element
        .chain
        .iter()
        .map(|(relationship, _)| relationship.direction);
    let first = directions.next().unwrap_or(Direction::Both);
    match directions.all(|direction| direction == first) {
        true => first,
        false => Direction::Both,
    }
}
