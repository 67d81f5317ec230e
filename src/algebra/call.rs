//! Calls of functions in expressions.

use super::bind::{Binder, Bound, fault};
use super::error::SemanticErrorKind;
use super::expression::Typed;
use super::scope::{Scope, Static};
use crate::expression::{Expression, ExpressionKind};
use crate::function;
use crate::source::{Span, nearest_name};
use crate::syntax::ast::{self, ExpressionKind as A};
use crate::value::Type;

impl Binder<'_> {
    pub(super) fn function_call(
        &mut self,
        expression: &ast::Expression,
        name: &ast::Name,
        is_distinct: bool,
        arguments: &[ast::Expression],
        scope: &mut Scope,
    ) -> Bound<Typed> {
        if function::aggregate::find(&name.text).is_some() {
            return self.aggregate_call(expression, &name.text, is_distinct, arguments, scope);
        }
        if name.text.eq_ignore_ascii_case("exists") && arguments.len() == 1 {
            return self.exists_function(&arguments[0], expression.span, scope);
        }
        let Some(found) = function::find(&name.text) else {
            let names = function::all().map(|function| function.name);
            let kind = SemanticErrorKind::UnknownFunction {
                name: name.text.clone(),
                nearest: nearest_name(names, &name.text).map(Into::into),
            };
            return fault(kind, name.span);
        };
        let most = (!found.is_variadic).then_some(found.arguments.len());
        if arguments.len() < found.required || most.is_some_and(|most| arguments.len() > most) {
            let kind = SemanticErrorKind::InvalidNumberOfArguments {
                name: found.name.into(),
                expected: count_in_words(found.required, most),
                found: arguments.len(),
            };
            return fault(kind, expression.span);
        }
        if self
            .aggregation
            .as_ref()
            .is_some_and(|aggregation| aggregation.is_inside)
            && !found.is_constant
        {
            let is_random = found.name == "rand" || found.name == "randomUUID";
            if is_random {
                let operation = "an aggregating function";
                return fault(
                    SemanticErrorKind::NonConstantExpression { operation },
                    expression.span,
                );
            }
        }
        let outer = std::mem::replace(&mut self.allows_patterns, false);
        let bound = self.arguments(found, arguments, scope);
        self.allows_patterns = outer;
        let (bound, first) = bound?;
        let of = match found.name {
            // These keep what is known of their argument's items.
            "head" | "last" => first.map_or(Static::ANY, Static::item),
            "tail" | "reverse" => first
                .filter(|of| of.of == Type::LIST)
                .unwrap_or(Static::new(found.returns)),
            "nodes" => Static::list(Type::NODE),
            "relationships" => Static::list(Type::RELATIONSHIP),
            "labels" | "keys" => Static::list(Type::STRING),
            "range" => Static::list(Type::INTEGER),
            _ => Static::new(found.returns),
        };
        Ok((
            Expression::new(ExpressionKind::Call(found, bound), expression.span),
            of,
        ))
    }

    fn arguments(
        &mut self,
        found: &function::Function,
        arguments: &[ast::Expression],
        scope: &mut Scope,
    ) -> Bound<(Vec<Expression>, Option<Static>)> {
        let mut bound = Vec::with_capacity(arguments.len());
        let mut first = None;
        for (at, argument) in arguments.iter().enumerate() {
            let (argument, of) = self.expression(argument, scope)?;
            let accepted = found
                .arguments
                .get(at)
                .or(found.arguments.last())
                .copied()
                .unwrap_or(Type::ANY);
            self.require(of, accepted, found.name, argument.span)?;
            first = first.or(Some(of));
            bound.push(argument);
        }
        Ok((bound, first))
    }

    /// `exists(n.key)` and `exists((a)-->(b))`, the older forms.
    fn exists_function(
        &mut self,
        argument: &ast::Expression,
        span: Span,
        scope: &mut Scope,
    ) -> Bound<Typed> {
        let of = Static::new(Type::BOOLEAN);
        if let A::Pattern(element) = &argument.kind {
            return Ok((
                Expression::new(self.pattern_predicate(element, scope)?, span),
                of,
            ));
        }
        if !matches!(argument.kind, A::Property { .. } | A::Index { .. }) {
            let kind = SemanticErrorKind::InvalidArgumentType {
                operation: "exists".to_owned(),
                expected: "a property or a pattern".to_owned(),
                found: format!("`{}`", self.source(argument.span)),
            };
            return fault(kind, argument.span);
        }
        let operand = Box::new(self.expression(argument, scope)?.0);
        let is_null = Expression::new(ExpressionKind::IsNull(operand), span);
        Ok((
            Expression::new(ExpressionKind::Not(Box::new(is_null)), span),
            of,
        ))
    }
}

/// `between 1 and 3 arguments`, `2 arguments`, `at least 1 argument`.
pub(crate) fn count_in_words(least: usize, most: Option<usize>) -> String {
    let plural = |count: usize| if count == 1 { "argument" } else { "arguments" };
    match most {
        Some(most) if most == least => format!("{least} {}", plural(least)),
        Some(most) => format!("between {least} and {most} arguments"),
        None => format!("at least {least} {}", plural(least)),
    }
}
