//! Paths: their parts in order, quantifiers and selectors.

use std::iter::Peekable;

use pest::iterators::{Pair, Pairs};

use super::super::ast::{
    Direction, Expression, NodePattern, ParenthesizedPath, PathQuantifier, PathSelector,
    PatternElement, RelationshipPattern,
};
use super::super::error::{RelationshipFault, SyntaxError, SyntaxErrorKind};
use super::super::grammar::Rule;
use super::pattern::{ParameterUse, relationship_fault};
use super::{Builder, Result};
use crate::source::Span;

/// A path in parentheses, as it was written.
struct Parentheses {
    path: ParenthesizedPath,
    quantifier: Option<PathQuantifier>,
    span: Span,
}

impl Builder<'_> {
    /// The path of a pattern part with the condition in the parentheses around it.
    pub(super) fn whole_path(
        &mut self,
        pair: Pair<'_, Rule>,
        parameters: ParameterUse,
    ) -> Result<(PatternElement, Option<Expression>)> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner().peekable();
        let is_parenthesized = parts
            .peek()
            .is_some_and(|part| part.as_rule() == Rule::parenthesized_path);
        if !is_parenthesized {
            return Ok((self.path(None, &mut parts, span, parameters)?, None));
        }
        let first = parts.next().expect("it was looked at");
        let first = self.deeper(span, |this| this.parenthesized_path(first, parameters))?;
        if first.quantifier.is_some() || parts.peek().is_some() {
            return Ok((self.path(Some(first), &mut parts, span, parameters)?, None));
        }
        let ParenthesizedPath { element, predicate } = first.path;
        Ok((element, predicate))
    }

    /// A path for which a condition of its own has no place.
    pub(super) fn pattern_element(
        &mut self,
        pair: Pair<'_, Rule>,
        parameters: ParameterUse,
    ) -> Result<PatternElement> {
        match self.whole_path(pair, parameters)? {
            (element, None) => Ok(element),
            (_, Some(predicate)) => {
                Err(self.unexpected(predicate.span, "this condition after the pattern"))
            }
        }
    }

    /// Nodes with what joins them. Beside quantified paths stand nodes, whether they are written or not.
    fn path(
        &mut self,
        first: Option<Parentheses>,
        parts: &mut Peekable<Pairs<'_, Rule>>,
        span: Span,
        parameters: ParameterUse,
    ) -> Result<PatternElement> {
        let mut chain = Vec::new();
        let start = match first {
            Some(first) => {
                let start = NodePattern::empty(Span::new(
                    first.span.start as usize,
                    first.span.start as usize,
                ));
                let end = self.node_after(first.span, parts, parameters)?;
                chain.push((quantified(first)?, end));
                start
            }
            None => {
                let node = parts.next().expect("a path has a first node");
                self.node_pattern(node, parameters)?
            }
        };
        while let Some(part) = parts.next() {
            let link = match part.as_rule() {
                Rule::relationship_pattern => self.relationship_pattern(part, parameters)?,
                _ => {
                    let around = self.span(&part);
                    quantified(
                        self.deeper(around, |this| this.parenthesized_path(part, parameters))?,
                    )?
                }
            };
            let node = self.node_after(link.span, parts, parameters)?;
            chain.push((link, node));
        }
        Ok(PatternElement { start, chain, span })
    }

    /// The node that is written next, or the one that is meant between two quantified paths and after the last.
    fn node_after(
        &mut self,
        before: Span,
        parts: &mut Peekable<Pairs<'_, Rule>>,
        parameters: ParameterUse,
    ) -> Result<NodePattern> {
        match parts.next_if(|part| part.as_rule() == Rule::node_pattern) {
            Some(node) => self.node_pattern(node, parameters),
            None => Ok(NodePattern::empty(Span::new(
                before.end as usize,
                before.end as usize,
            ))),
        }
    }

    fn parenthesized_path(
        &mut self,
        pair: Pair<'_, Rule>,
        parameters: ParameterUse,
    ) -> Result<Parentheses> {
        let span = self.span(&pair);
        let (mut path, mut predicate, mut quantifier) = (None, None, None);
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::r#where => predicate = Some(self.predicate(pair)?),
                Rule::path_quantifier => quantifier = Some(self.path_quantifier(pair)?),
                _ => path = Some(self.whole_path(pair, parameters)?),
            }
        }
        let (element, inner) = path.expect("parentheses hold a path");
        let predicate = match (inner, predicate) {
            (Some(inner), Some(outer)) => {
                let span = inner.span.to(outer.span);
                let kind = super::super::ast::ExpressionKind::And(vec![inner, outer]);
                Some(Expression { kind, span })
            }
            (inner, outer) => inner.or(outer),
        };
        Ok(Parentheses {
            path: ParenthesizedPath { element, predicate },
            quantifier,
            span,
        })
    }

    pub(super) fn path_quantifier(&self, pair: Pair<'_, Rule>) -> Result<PathQuantifier> {
        let span = self.span(&pair);
        let (mut min, mut max, mut has_comma) = (None, None, false);
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::plus => (min, has_comma) = (Some(1), true),
                Rule::star => has_comma = true,
                Rule::comma => has_comma = true,
                _ if has_comma => max = Some(self.bound(&pair)?),
                _ => min = Some(self.bound(&pair)?),
            }
        }
        if !has_comma {
            max = min;
        }
        let min = match (min, max, has_comma) {
            (None, None, false) => return Err(self.unexpected(span, "`{n}`, `{n,m}`, `+` or `*`")),
            (min, ..) => min.unwrap_or(0),
        };
        if max.is_some_and(|max| max < min) {
            return Err(relationship_fault(RelationshipFault::EmptyRange, span));
        }
        Ok(PathQuantifier { min, max, span })
    }

    pub(super) fn path_selector(&self, pair: Pair<'_, Rule>) -> Result<PathSelector> {
        let span = self.span(&pair);
        let (mut is_all, mut is_shortest, mut is_groups, mut count) = (false, false, false, 1);
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::ALL => is_all = true,
                Rule::SHORTEST => is_shortest = true,
                Rule::GROUPS => is_groups = true,
                Rule::path_count => count = self.bound(&pair)?,
                _ => {}
            }
        }
        if count == 0 {
            return Err(relationship_fault(RelationshipFault::NoPaths, span));
        }
        Ok(match (is_all, is_shortest) {
            (true, false) => PathSelector::All,
            (true, true) => PathSelector::ShortestGroups(1),
            (false, true) if is_groups => PathSelector::ShortestGroups(count),
            (false, true) => PathSelector::ShortestPaths(count),
            (false, false) => PathSelector::AnyPaths(count),
        })
    }

    /// A pattern never uses a relationship twice, which is what `TRAIL` says.
    pub(super) fn path_mode(&self, pair: &Pair<'_, Rule>) -> Result<()> {
        if pair.as_str().eq_ignore_ascii_case("TRAIL") {
            return Ok(());
        }
        let kind = SyntaxErrorKind::UnsupportedSyntax {
            feature: "another path mode than `TRAIL`",
            instead: "leave the mode out, and say what the path may not repeat in `WHERE`",
        };
        Err(SyntaxError::new(kind, self.span(pair)))
    }
}

/// A path in parentheses as what joins two nodes.
fn quantified(parentheses: Parentheses) -> Result<RelationshipPattern> {
    let Parentheses {
        path,
        quantifier,
        span,
    } = parentheses;
    if quantifier.is_none() {
        return Err(relationship_fault(
            RelationshipFault::MissingQuantifier,
            span,
        ));
    }
    if path.element.chain.is_empty() {
        return Err(relationship_fault(RelationshipFault::NothingToRepeat, span));
    }
    Ok(RelationshipPattern {
        quantifier,
        path: Some(Box::new(path)),
        direction: Direction::Outgoing,
        ..RelationshipPattern::empty(span)
    })
}

impl NodePattern {
    /// `()`
    fn empty(span: Span) -> Self {
        Self {
            variable: None,
            labels: None,
            properties: None,
            predicate: None,
            span,
        }
    }
}

impl RelationshipPattern {
    /// `--`
    pub(super) fn empty(span: Span) -> Self {
        Self {
            variable: None,
            types: None,
            length: None,
            properties: None,
            predicate: None,
            direction: Direction::Both,
            quantifier: None,
            path: None,
            span,
        }
    }
}
