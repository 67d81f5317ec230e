//! Aggregating calls: where they may stand, and how they are collected.

use std::sync::Arc;

use super::bind::{Binder, Bound, fault};
use super::error::SemanticErrorKind;
use super::plan::AggregateCall;
use super::scope::{Scope, Static};
use crate::expression::Expression;
use crate::function::aggregate;
use crate::syntax::ast::{self, ExpressionKind as A};

/// The grouping of one `WITH` or `RETURN` while its items are bound.
#[derive(Debug)]
pub(crate) struct Aggregation {
    /// The variables before grouping, which the arguments of aggregates see.
    pub input: Scope,
    /// The calls found so far.
    pub calls: Vec<AggregateCall>,
    /// The slot of the first call's result; the grouping keys come before it.
    pub first_slot: usize,
    /// Whether the argument of an aggregate is being bound.
    pub is_inside: bool,
}

impl Binder<'_> {
    /// A call of an aggregate function becomes the slot of its result.
    pub(crate) fn aggregate_call(
        &mut self,
        expression: &ast::Expression,
        name: &str,
        is_distinct: bool,
        arguments: &[ast::Expression],
        _scope: &mut Scope,
    ) -> Bound<(Expression, Static)> {
        let span = expression.span;
        let Some(mut aggregation) = self.aggregation.take() else {
            return fault(
                SemanticErrorKind::InvalidAggregation { name: name.into() },
                span,
            );
        };
        if aggregation.is_inside {
            self.aggregation = Some(aggregation);
            return fault(
                SemanticErrorKind::NestedAggregation { name: name.into() },
                span,
            );
        }
        let function = match arguments.is_empty() && matches!(expression.kind, A::CountAll) {
            true => &aggregate::COUNT_ALL,
            false => aggregate::find(name).expect("the caller found the function"),
        };
        let mut input = std::mem::take(&mut aggregation.input);
        aggregation.is_inside = true;
        self.aggregation = Some(aggregation);
        let bound = self.aggregate_arguments(function, arguments, &mut input, span);
        let aggregation = self.aggregation.as_mut().expect("it was put there above");
        aggregation.is_inside = false;
        aggregation.input = input;
        let (arguments, of) = bound?;
        let text: Arc<str> = expression.to_string().into();
        let at = aggregation
            .calls
            .iter()
            .position(|call| call.name == text)
            .unwrap_or_else(|| {
                aggregation.calls.push(AggregateCall {
                    function,
                    arguments,
                    is_distinct,
                    name: text,
                    span,
                });
                aggregation.calls.len() - 1
            });
        Ok((Expression::slot(aggregation.first_slot + at, span), of))
    }

    fn aggregate_arguments(
        &mut self,
        function: &'static aggregate::Aggregate,
        arguments: &[ast::Expression],
        input: &mut Scope,
        span: crate::source::Span,
    ) -> Bound<(Vec<Expression>, Static)> {
        let (least, most) = (function.arguments.len(), function.arguments.len());
        if arguments.len() < least || arguments.len() > most {
            let kind = SemanticErrorKind::InvalidNumberOfArguments {
                name: function.name.into(),
                expected: super::call::count_in_words(least, Some(most)),
                found: arguments.len(),
            };
            return fault(kind, span);
        }
        let mut first = Static::ANY;
        let mut bound = Vec::with_capacity(arguments.len());
        for (at, argument) in arguments.iter().enumerate() {
            let (argument, of) = self.expression(argument, input)?;
            self.require(of, function.arguments[at], function.name, argument.span)?;
            if at == 0 {
                first = of;
            }
            bound.push(argument);
        }
        let of = match function.name {
            "collect" => Static::list(first.of),
            "min" | "max" => first,
            _ => Static::new(function.returns),
        };
        Ok((bound, of))
    }

    /// Refuses aggregates inside comprehensions, where there are no rows to aggregate over.
    pub(crate) fn refuse_aggregates<'e>(
        &self,
        expressions: impl Iterator<Item = &'e ast::Expression>,
    ) -> Bound<()> {
        for expression in expressions {
            if let Some((name, span)) = find_aggregate(expression) {
                return fault(SemanticErrorKind::InvalidAggregation { name }, span);
            }
        }
        Ok(())
    }
}

/// The first aggregating call in an expression, subqueries left out.
pub(crate) fn find_aggregate(
    expression: &ast::Expression,
) -> Option<(Arc<str>, crate::source::Span)> {
    match &expression.kind {
        A::CountAll => Some(("count".into(), expression.span)),
        A::Call { function, .. } if aggregate::find(&function.text).is_some() => {
            Some((function.text.clone(), expression.span))
        }
        _ => children(expression).into_iter().find_map(find_aggregate),
    }
}

/// The expressions directly inside, subqueries and patterns left out.
pub(crate) fn children(expression: &ast::Expression) -> Vec<&ast::Expression> {
    match &expression.kind {
        A::Literal(_)
        | A::Parameter(_)
        | A::Variable(_)
        | A::CountAll
        | A::CaseSubject
        | A::Pattern(_)
        | A::ShortestPath(_) => vec![],
        A::Subquery { .. } | A::PatternComprehension { .. } => vec![],
        A::List(items)
        | A::And(items)
        | A::Or(items)
        | A::Xor(items)
        | A::Call {
            arguments: items, ..
        } => items.iter().collect(),
        A::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
        A::Property { base, .. } => vec![base],
        A::HasLabels { base, labels } => {
            let mut children = vec![&**base];
            labels.names_computed(&mut children);
            children
        }
        A::CaseTests(tests) => tests
            .iter()
            .map(|test| match test {
                ast::CaseTest::Equal(expression) | ast::CaseTest::Predicate(expression) => {
                    expression
                }
            })
            .collect(),
        A::Unary { operand, .. }
        | A::IsNull { operand, .. }
        | A::IsNormalized { operand, .. }
        | A::IsTyped { operand, .. } => vec![operand],
        A::Index {
            base: left,
            index: right,
        }
        | A::Binary { left, right, .. } => vec![left, right],
        A::Slice { base, from, to } => std::iter::once(base)
            .chain(from)
            .chain(to)
            .map(AsRef::as_ref)
            .collect(),
        A::Comparison { first, rest } => std::iter::once(&**first)
            .chain(rest.iter().map(|(_, right)| right))
            .collect(),
        A::Case {
            subject,
            branches,
            otherwise,
        } => {
            let ends = subject.iter().chain(otherwise).map(AsRef::as_ref);
            branches
                .iter()
                .flat_map(|(condition, result)| [condition, result])
                .chain(ends)
                .collect()
        }
        A::ListComprehension {
            list,
            predicate,
            projection,
            ..
        } => std::iter::once(list)
            .chain(predicate)
            .chain(projection)
            .map(AsRef::as_ref)
            .collect(),
        A::Quantifier {
            list, predicate, ..
        } => std::iter::once(list)
            .chain(predicate)
            .map(AsRef::as_ref)
            .collect(),
        A::Reduce {
            initial,
            list,
            step,
            ..
        } => vec![initial, list, step],
        A::MapProjection { items, .. } => items
            .iter()
            .filter_map(|item| match item {
                ast::MapProjectionItem::Entry(_, value) => Some(value),
                _ => None,
            })
            .collect(),
    }
}
