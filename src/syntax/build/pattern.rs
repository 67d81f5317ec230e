//! Patterns: nodes, relationships, lengths and labels.

use pest::iterators::Pair;

use super::super::ast::{
    Direction, Expression, ExpressionKind, LabelExpression, Length, NodePattern, PathSelector,
    Pattern, PatternElement, PatternPart, RelationshipPattern,
};
use super::super::error::{RelationshipFault, SyntaxError, SyntaxErrorKind};
use super::super::grammar::Rule;
use super::super::limit::NESTING_LIMIT;
use super::{Builder, Result, only};
use crate::source::Span;

/// Whether `(n $properties)` may stand in a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ParameterUse {
    /// In `CREATE`, which takes any map.
    Allowed,
    /// Where the keys must be known before the query runs.
    Refused,
}

impl Builder<'_> {
    pub(super) fn pattern(
        &mut self,
        pair: Pair<'_, Rule>,
        parameters: ParameterUse,
    ) -> Result<Pattern> {
        let parts = pair
            .into_inner()
            .map(|part| self.pattern_part(part, parameters))
            .collect::<Result<_>>()?;
        Ok(Pattern { parts })
    }

    pub(super) fn pattern_part(
        &mut self,
        pair: Pair<'_, Rule>,
        parameters: ParameterUse,
    ) -> Result<PatternPart> {
        let span = self.span(&pair);
        let (mut variable, mut selector) = (None, None);
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::variable => variable = Some(self.name(&pair)),
                Rule::path_selector => selector = Some(self.path_selector(pair)?),
                Rule::path_mode => self.path_mode(&pair)?,
                Rule::shortest_path => {
                    if selector.is_some() {
                        return Err(relationship_fault(RelationshipFault::SelectedTwice, span));
                    }
                    let part = self.shortest_path(pair, parameters)?;
                    return Ok(PatternPart {
                        variable,
                        span,
                        ..part
                    });
                }
                _ => {
                    let (element, predicate) = self.whole_path(pair, parameters)?;
                    return Ok(PatternPart {
                        variable,
                        selector: selector.unwrap_or(PathSelector::All),
                        element,
                        predicate: predicate.map(Box::new),
                        span,
                    });
                }
            }
        }
        unreachable!("a pattern part has a path")
    }

    pub(super) fn shortest_path(
        &mut self,
        pair: Pair<'_, Rule>,
        parameters: ParameterUse,
    ) -> Result<PatternPart> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let name = parts.next().expect("the function's name stands first");
        let is_all = name.as_str().to_ascii_lowercase().starts_with("all");
        let selector = if is_all {
            PathSelector::AllShortest
        } else {
            PathSelector::Shortest
        };
        let element = parts.next().expect("the path follows");
        let element = self.pattern_element(element, parameters)?;
        Ok(PatternPart {
            variable: None,
            selector,
            element,
            predicate: None,
            span,
        })
    }

    /// A pattern within an expression.
    pub(super) fn pattern_of_expression(&mut self, pair: Pair<'_, Rule>) -> Result<PatternElement> {
        self.pattern_element(pair, ParameterUse::Refused)
    }

    pub(super) fn node_pattern(
        &mut self,
        pair: Pair<'_, Rule>,
        parameters: ParameterUse,
    ) -> Result<NodePattern> {
        let span = self.span(&pair);
        let mut node = NodePattern {
            variable: None,
            labels: None,
            properties: None,
            predicate: None,
            span,
        };
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::variable => node.variable = Some(self.name(&pair)),
                Rule::label_expression => node.labels = Some(self.label_expression(pair)?),
                Rule::properties => node.properties = Some(self.properties(pair, parameters)?),
                _ => node.predicate = Some(Box::new(self.predicate(pair)?)),
            }
        }
        Ok(node)
    }

    pub(super) fn relationship_pattern(
        &mut self,
        pair: Pair<'_, Rule>,
        parameters: ParameterUse,
    ) -> Result<RelationshipPattern> {
        let span = self.span(&pair);
        let mut relationship = RelationshipPattern {
            direction: Direction::Both,
            ..RelationshipPattern::empty(span)
        };
        let (mut points_left, mut points_right) = (false, false);
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::left_arrow_head => points_left = true,
                Rule::right_arrow_head => points_right = true,
                Rule::dash => {}
                Rule::path_quantifier => {
                    relationship.quantifier = Some(self.path_quantifier(pair)?);
                }
                _ => self.relationship_detail(pair, parameters, &mut relationship)?,
            }
        }
        if let (Some(_), Some(quantifier)) = (relationship.length, relationship.quantifier) {
            return Err(relationship_fault(
                RelationshipFault::LengthAndQuantifier,
                quantifier.span,
            ));
        }
        relationship.direction = match (points_left, points_right) {
            (true, false) => Direction::Incoming,
            (false, true) => Direction::Outgoing,
            _ => Direction::Both,
        };
        Ok(relationship)
    }

    fn relationship_detail(
        &mut self,
        pair: Pair<'_, Rule>,
        parameters: ParameterUse,
        relationship: &mut RelationshipPattern,
    ) -> Result<()> {
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::variable => relationship.variable = Some(self.name(&pair)),
                Rule::label_expression => relationship.types = Some(self.label_expression(pair)?),
                Rule::length => relationship.length = Some(self.length(pair)?),
                Rule::length_without_star => {
                    return Err(relationship_fault(
                        RelationshipFault::MissingStar,
                        self.span(&pair),
                    ));
                }
                Rule::properties => {
                    relationship.properties = Some(self.properties(pair, parameters)?);
                }
                _ => relationship.predicate = Some(Box::new(self.predicate(pair)?)),
            }
        }
        Ok(())
    }

    fn length(&self, pair: Pair<'_, Rule>) -> Result<Length> {
        let span = self.span(&pair);
        let mut length = Length {
            min: None,
            max: None,
            span,
        };
        let Some(range) = pair.into_inner().next() else {
            return Ok(length);
        };
        let mut is_open = false;
        for pair in range.into_inner() {
            match pair.as_rule() {
                Rule::dots => is_open = true,
                _ if is_open => length.max = Some(self.bound(&pair)?),
                _ => length.min = Some(self.bound(&pair)?),
            }
        }
        if !is_open {
            length.max = length.min;
        }
        Ok(length)
    }

    pub(super) fn bound(&self, pair: &Pair<'_, Rule>) -> Result<u32> {
        let span = self.span(pair);
        let written = pair.as_str();
        if written.starts_with('-') {
            return Err(relationship_fault(RelationshipFault::NegativeLength, span));
        }
        written.parse().map_err(|_| {
            SyntaxError::new(
                SyntaxErrorKind::IntegerOverflow {
                    literal: written.to_owned(),
                },
                span,
            )
        })
    }

    fn properties(&mut self, pair: Pair<'_, Rule>, parameters: ParameterUse) -> Result<Expression> {
        let pair = only(pair);
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::map => self
                .deeper(span, |this| this.map(pair))
                .map(ExpressionKind::Map)?,
            _ => ExpressionKind::Parameter(self.parameter(pair)),
        };
        match (&kind, parameters) {
            (ExpressionKind::Parameter(name), ParameterUse::Refused) => {
                let parameter = name.text.to_string();
                Err(SyntaxError::new(
                    SyntaxErrorKind::InvalidParameterUse { parameter },
                    span,
                ))
            }
            _ => Ok(Expression { kind, span }),
        }
    }

    /// What follows the colon.
    pub(super) fn label_expression(&mut self, pair: Pair<'_, Rule>) -> Result<LabelExpression> {
        let labels = pair.into_inner().last().expect("labels follow");
        match labels.as_rule() {
            Rule::label_conjunction => self.label_conjunction(labels),
            _ => self.label_disjunction(labels),
        }
    }

    fn label_disjunction(&mut self, pair: Pair<'_, Rule>) -> Result<LabelExpression> {
        let parts = pair
            .into_inner()
            .map(|part| self.label_conjunction(part))
            .collect::<Result<_>>()?;
        Ok(one_or(parts, LabelExpression::Or))
    }

    fn label_conjunction(&mut self, pair: Pair<'_, Rule>) -> Result<LabelExpression> {
        let parts = pair
            .into_inner()
            .map(|part| self.label_negation(part))
            .collect::<Result<_>>()?;
        Ok(one_or(parts, LabelExpression::And))
    }

    fn label_negation(&mut self, pair: Pair<'_, Rule>) -> Result<LabelExpression> {
        let span = self.span(&pair);
        let mut parts: Vec<_> = pair.into_inner().collect();
        let label = parts.pop().expect("a label stands last");
        if parts.len() > NESTING_LIMIT {
            return Err(SyntaxError::new(
                SyntaxErrorKind::NestingTooDeep {
                    limit: NESTING_LIMIT,
                },
                span,
            ));
        }
        let label = match label.as_rule() {
            Rule::any_label => LabelExpression::Any(self.span(&label)),
            Rule::name => LabelExpression::Label(self.name(&label)),
            Rule::dynamic_label => self.dynamic_label(label)?,
            _ => self.label_disjunction(label)?,
        };
        Ok(parts
            .iter()
            .fold(label, |label, _| LabelExpression::Not(Box::new(label))))
    }
}

impl Builder<'_> {
    fn dynamic_label(&mut self, pair: Pair<'_, Rule>) -> Result<LabelExpression> {
        let (mut is_any, mut names) = (false, None);
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::label_choice => is_any = pair.as_str().eq_ignore_ascii_case("any"),
                _ => names = Some(Box::new(self.value(pair)?)),
            }
        }
        Ok(LabelExpression::Dynamic {
            names: names.expect("parentheses hold an expression"),
            is_any,
        })
    }
}

fn one_or(
    mut parts: Vec<LabelExpression>,
    all: fn(Vec<LabelExpression>) -> LabelExpression,
) -> LabelExpression {
    if parts.len() == 1 {
        parts.remove(0)
    } else {
        all(parts)
    }
}

pub(super) fn relationship_fault(fault: RelationshipFault, span: Span) -> SyntaxError {
    SyntaxError::new(SyntaxErrorKind::InvalidRelationshipPattern { fault }, span)
}
