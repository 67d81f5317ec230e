//! Expressions: variables become slots, functions are found, and types that can never fit are refused.

use std::sync::Arc;

use super::bind::{Binder, Bound, fault};
use super::error::SemanticErrorKind;
use super::plan::MentionKind;
use super::scope::{Scope, Static, Variable};
use super::type_predicate::has_tests;
use crate::expression::{Expression, ExpressionKind, SubqueryKind};
use crate::source::{Span, nearest_name};
use crate::syntax::ast::{self, ExpressionKind as A};
use crate::value::{Type, Value};

pub(crate) type Typed = (Expression, Static);

impl Binder<'_> {
    /// Binds an expression and tells what is known of its type.
    pub(crate) fn expression(
        &mut self,
        expression: &ast::Expression,
        scope: &mut Scope,
    ) -> Bound<Typed> {
        if let Some(found) = self.substitute(expression, scope) {
            return Ok(found);
        }
        stacker::maybe_grow(128 * 1024, 1024 * 1024, || {
            self.bind_kind(expression, scope)
        })
    }

    /// What already stands for the expression: a grouping key or a projected item.
    fn substitute(&self, expression: &ast::Expression, scope: &Scope) -> Option<Typed> {
        if scope.substitutions.is_empty() || matches!(expression.kind, A::Literal(_)) {
            return None;
        }
        let text = expression.to_string();
        let found = scope
            .substitutions
            .iter()
            .find(|substitution| substitution.is_simple && substitution.text == text)?;
        Some((found.expression.clone(), found.of))
    }

    #[expect(clippy::too_many_lines, reason = "a flat match over one enum")]
    fn bind_kind(&mut self, expression: &ast::Expression, scope: &mut Scope) -> Bound<Typed> {
        use ExpressionKind as K;
        let span = expression.span;
        let (kind, of) = match &expression.kind {
            A::Literal(literal) => {
                let value = literal_value(literal);
                let of = Static::new(Type::of(&value));
                (K::Constant(value), of)
            }
            A::Parameter(name) => (self.parameter(&name.text, span), Static::ANY),
            A::Variable(name) => return self.variable(name, scope),
            A::List(items) => self.list(items, scope)?,
            A::Map(entries) => (
                K::Map(self.entries(entries, scope)?),
                Static::new(Type::MAP),
            ),
            A::Property { base, key } => self.property(base, key, scope)?,
            A::Index { base, index } => self.index(base, index, scope)?,
            A::Slice { base, from, to } => {
                let (base, of) = self.expression(base, scope)?;
                let from = self.optional(from.as_deref(), scope)?.map(Box::new);
                let to = self.optional(to.as_deref(), scope)?.map(Box::new);
                (
                    K::Slice {
                        base: Box::new(base),
                        from,
                        to,
                    },
                    of,
                )
            }
            A::HasLabels { base, labels } => self.has_labels(base, labels, span, scope)?,
            A::Unary { operator, operand } => self.unary(*operator, operand, scope)?,
            A::Binary {
                left,
                operator,
                right,
            } => self.binary(left, *operator, right, span, scope)?,
            A::And(items) => (
                K::And(self.conditions(items, "AND", scope)?),
                Static::new(Type::BOOLEAN),
            ),
            A::Or(items) => (
                K::Or(self.conditions(items, "OR", scope)?),
                Static::new(Type::BOOLEAN),
            ),
            A::Xor(items) => (
                K::Xor(self.conditions(items, "XOR", scope)?),
                Static::new(Type::BOOLEAN),
            ),
            A::Comparison { first, rest } => self.comparison(first, rest, span, scope)?,
            A::IsNull {
                operand,
                is_negated,
            } => {
                let (operand, _) = self.expression(operand, scope)?;
                let test = K::IsNull(Box::new(operand));
                let kind = if *is_negated {
                    K::Not(Box::new(Expression::new(test, span)))
                } else {
                    test
                };
                (kind, Static::new(Type::BOOLEAN))
            }
            A::IsNormalized {
                operand,
                form,
                is_negated,
            } => self.is_normalized(operand, *form, *is_negated, span, scope)?,
            A::IsTyped {
                operand,
                value_type,
                is_negated,
            } => self.is_typed(operand, value_type, *is_negated, span, scope)?,
            A::CaseSubject => return Ok(self.case_subject(span, scope)),
            A::CaseTests(tests) => self.case_tests(tests, span, scope)?,
            A::Case {
                subject: Some(subject),
                branches,
                otherwise,
            } if has_tests(branches) => {
                self.case_of_tests(subject, branches, otherwise.as_deref(), span, scope)?
            }
            A::Case {
                subject,
                branches,
                otherwise,
            } => self.case(subject.as_deref(), branches, otherwise.as_deref(), scope)?,
            A::Call {
                function,
                is_distinct,
                arguments,
            } => {
                return self.function_call(expression, function, *is_distinct, arguments, scope);
            }
            A::CountAll => return self.aggregate_call(expression, "count", false, &[], scope),
            A::ListComprehension {
                variable,
                list,
                predicate,
                projection,
            } => self.list_comprehension(
                variable,
                list,
                predicate.as_deref(),
                projection.as_deref(),
                scope,
            )?,
            A::Quantifier {
                quantifier,
                variable,
                list,
                predicate,
            } => self.quantifier(*quantifier, variable, list, predicate.as_deref(), scope)?,
            A::Reduce {
                accumulator,
                initial,
                variable,
                list,
                step,
            } => {
                let (initial, of) = self.expression(initial, scope)?;
                let (list, items) = self.expression(list, scope)?;
                self.require(items, Type::LIST, "reduce", list.span)?;
                scope.locals.push((accumulator.text.clone(), Static::ANY));
                scope.locals.push((variable.text.clone(), items.item()));
                let step = self.expression(step, scope);
                scope.locals.truncate(scope.locals.len() - 2);
                let (step, next) = step?;
                let kind = K::Reduce {
                    initial: Box::new(initial),
                    list: Box::new(list),
                    step: Box::new(step),
                };
                (kind, of.either(next))
            }
            A::MapProjection { variable, items } => self.map_projection(variable, items, scope)?,
            A::Pattern(element) => {
                if !self.allows_patterns {
                    let reason = "a pattern is a condition and can stand only in WHERE; use EXISTS { … } or a pattern \
                                  comprehension"
                        .to_owned();
                    return fault(SemanticErrorKind::UnexpectedSyntax { reason }, span);
                }
                (
                    self.pattern_predicate(element, scope)?,
                    Static::new(Type::BOOLEAN),
                )
            }
            A::PatternComprehension {
                variable,
                element,
                predicate,
                projection,
            } => {
                let (kind, of) = self.pattern_comprehension(
                    variable.as_ref(),
                    element,
                    predicate.as_deref(),
                    projection,
                    scope,
                )?;
                (kind, Static::list(of.of))
            }
            A::ShortestPath(part) => self.shortest_path_value(part, scope, span)?,
            A::Subquery { kind, query } => {
                let bound = self.subquery(*kind, query, scope, span)?;
                let of = match kind {
                    ast::SubqueryKind::Exists => Static::new(Type::BOOLEAN),
                    ast::SubqueryKind::Count => Static::new(Type::INTEGER),
                    ast::SubqueryKind::Collect => Static::new(Type::LIST),
                };
                (bound, of)
            }
        };
        Ok((Expression::new(kind, span), of))
    }

    pub(crate) fn parameter(&mut self, name: &Arc<str>, span: Span) -> ExpressionKind {
        self.parameters.push((name.clone(), span));
        ExpressionKind::Parameter(name.clone())
    }

    pub(super) fn variable(&mut self, name: &ast::Name, scope: &Scope) -> Bound<Typed> {
        if let Some((local, of)) = scope.local(&name.text) {
            return Ok((Expression::new(ExpressionKind::Local(local), name.span), of));
        }
        let variable = self.lookup(name, scope)?;
        Ok((Expression::slot(variable.slot, name.span), variable.of))
    }

    /// The variable of the row that a name means.
    pub(crate) fn lookup(&self, name: &ast::Name, scope: &Scope) -> Bound<Variable> {
        if let Some(variable) = scope.variable(&name.text) {
            return Ok(variable);
        }
        if scope.hidden.contains(&name.text) {
            return fault(
                SemanticErrorKind::AmbiguousAggregationExpression {
                    name: name.text.clone(),
                },
                name.span,
            );
        }
        let names = scope.variables.keys().map(|name| &**name);
        let kind = SemanticErrorKind::UndefinedVariable {
            name: name.text.clone(),
            nearest: nearest_name(names, &name.text).map(Into::into),
        };
        fault(kind, name.span)
    }

    /// Refuses an operand that can never have one of the types.
    pub(crate) fn require(
        &self,
        of: Static,
        expected: Type,
        operation: &str,
        span: Span,
    ) -> Bound<()> {
        if of.of.overlaps(expected) {
            return Ok(());
        }
        let kind = SemanticErrorKind::InvalidArgumentType {
            operation: operation.to_owned(),
            expected: expected.to_string(),
            found: of.of.to_string(),
        };
        fault(kind, span)
    }

    pub(super) fn optional(
        &mut self,
        expression: Option<&ast::Expression>,
        scope: &mut Scope,
    ) -> Bound<Option<Expression>> {
        expression
            .map(|expression| Ok(self.expression(expression, scope)?.0))
            .transpose()
    }

    fn list(
        &mut self,
        items: &[ast::Expression],
        scope: &mut Scope,
    ) -> Bound<(ExpressionKind, Static)> {
        let mut element = Type::NULL;
        let mut bound = Vec::with_capacity(items.len());
        for item in items {
            let (item, of) = self.expression(item, scope)?;
            element = element | of.of;
            bound.push(item);
        }
        let values: Option<Vec<Value>> = bound
            .iter()
            .map(|item| match &item.kind {
                ExpressionKind::Constant(value) => Some(value.clone()),
                _ => None,
            })
            .collect();
        let kind = match values {
            Some(values) => ExpressionKind::Constant(Value::list(values)),
            None => ExpressionKind::List(bound),
        };
        Ok((kind, Static::list(element)))
    }

    pub(crate) fn entries(
        &mut self,
        entries: &[(ast::Name, ast::Expression)],
        scope: &mut Scope,
    ) -> Bound<Vec<(Arc<str>, Expression)>> {
        entries
            .iter()
            .map(|(key, value)| Ok((key.text.clone(), self.expression(value, scope)?.0)))
            .collect()
    }

    fn property(
        &mut self,
        base: &ast::Expression,
        key: &ast::Name,
        scope: &mut Scope,
    ) -> Bound<(ExpressionKind, Static)> {
        let (base, of) = self.expression(base, scope)?;
        let accepted = Type::ANY
            .without(Type::BOOLEAN | Type::NUMBER | Type::STRING | Type::LIST | Type::PATH);
        if !of.of.overlaps(accepted) {
            let kind = SemanticErrorKind::NoProperties {
                key: key.text.clone(),
                found: of.of.to_string(),
                is_path: of.of == Type::PATH,
            };
            return fault(kind, base.span);
        }
        if of.of == Type::NODE || of.of == Type::RELATIONSHIP {
            self.mention(MentionKind::Key, key);
        }
        let name = key.text.clone();
        let key = self.names.key(&name);
        Ok((
            ExpressionKind::Property {
                base: Box::new(base),
                key,
                name,
            },
            Static::ANY,
        ))
    }

    fn index(
        &mut self,
        base: &ast::Expression,
        index: &ast::Expression,
        scope: &mut Scope,
    ) -> Bound<(ExpressionKind, Static)> {
        let (base, of) = self.expression(base, scope)?;
        let (index, _) = self.expression(index, scope)?;
        let item = if of.of == Type::LIST {
            of.item()
        } else {
            Static::ANY
        };
        Ok((ExpressionKind::Index(Box::new(base), Box::new(index)), item))
    }

    pub(crate) fn case(
        &mut self,
        subject: Option<&ast::Expression>,
        branches: &[(ast::Expression, ast::Expression)],
        otherwise: Option<&ast::Expression>,
        scope: &mut Scope,
    ) -> Bound<(ExpressionKind, Static)> {
        let subject = self.optional(subject, scope)?.map(Box::new);
        let mut of = Static {
            of: Type::NULL,
            element: Type::NULL,
        };
        let mut bound = Vec::with_capacity(branches.len());
        for (condition, result) in branches {
            let condition = self.expression(condition, scope)?.0;
            let (result, result_of) = self.expression(result, scope)?;
            of = of.either(result_of);
            bound.push((condition, result));
        }
        let otherwise = match otherwise {
            Some(otherwise) => {
                let (otherwise, otherwise_of) = self.expression(otherwise, scope)?;
                of = of.either(otherwise_of);
                Some(Box::new(otherwise))
            }
            None => None,
        };
        Ok((
            ExpressionKind::Case {
                subject,
                branches: bound,
                otherwise,
            },
            of,
        ))
    }

    fn shortest_path_value(
        &mut self,
        part: &ast::PatternPart,
        scope: &mut Scope,
        span: Span,
    ) -> Bound<(ExpressionKind, Static)> {
        let (index, of) = self.path_subquery(part, scope)?;
        let collected = ExpressionKind::Subquery {
            index,
            kind: SubqueryKind::Collect,
        };
        if part.selector == ast::PathSelector::AllShortest {
            return Ok((collected, Static::list(of.of)));
        }
        let first = Expression::constant(0_i64, span);
        Ok((
            ExpressionKind::Index(Box::new(Expression::new(collected, span)), Box::new(first)),
            of,
        ))
    }
}

fn literal_value(literal: &ast::Literal) -> Value {
    match literal {
        ast::Literal::Null => Value::Null,
        ast::Literal::Boolean(value) => Value::Boolean(*value),
        ast::Literal::Integer(value) => Value::Integer(*value),
        ast::Literal::Float(value) => Value::Float(*value),
        ast::Literal::String(value) => Value::String(value.clone()),
    }
}
