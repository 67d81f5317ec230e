//! Expressions: variables become slots, functions are found, and types that can never fit are refused.

use std::sync::Arc;

use super::bind::{Binder, Bound, fault};
use super::error::SemanticErrorKind;
use super::plan::MentionKind;
use super::scope::{Scope, Static, Variable};
use super::type_predicate::has_tests;
use crate::expression::{
    BinaryOperator, ComparisonOperator, Expression, ExpressionKind, Quantifier, SubqueryKind,
};
use crate::function;
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

    fn variable(&mut self, name: &ast::Name, scope: &Scope) -> Bound<Typed> {
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

    fn optional(
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

    fn unary(
        &mut self,
        operator: ast::UnaryOperator,
        operand: &ast::Expression,
        scope: &mut Scope,
    ) -> Bound<(ExpressionKind, Static)> {
        let (operand, of) = self.expression(operand, scope)?;
        let number = Type::NUMBER | Type::DURATION;
        match operator {
            ast::UnaryOperator::Not => {
                self.require(of, Type::BOOLEAN, "NOT", operand.span)?;
                Ok((
                    ExpressionKind::Not(Box::new(operand)),
                    Static::new(Type::BOOLEAN),
                ))
            }
            ast::UnaryOperator::Minus => {
                self.require(of, number, "-", operand.span)?;
                Ok((
                    ExpressionKind::Negate(Box::new(operand)),
                    Static::new(of.of.intersection(number)),
                ))
            }
            ast::UnaryOperator::Plus => {
                self.require(of, number, "+", operand.span)?;
                Ok((
                    ExpressionKind::Plus(Box::new(operand)),
                    Static::new(of.of.intersection(number)),
                ))
            }
        }
    }

    fn binary(
        &mut self,
        left: &ast::Expression,
        operator: ast::BinaryOperator,
        right: &ast::Expression,
        span: Span,
        scope: &mut Scope,
    ) -> Bound<(ExpressionKind, Static)> {
        let (left, left_of) = self.expression(left, scope)?;
        let (right, right_of) = self.expression(right, scope)?;
        let (operator, of) = match operator {
            ast::BinaryOperator::Add => (BinaryOperator::Add, sum(left_of, right_of)),
            ast::BinaryOperator::Subtract => (
                BinaryOperator::Subtract,
                self.arithmetic(left_of, right_of, "-", span)?,
            ),
            ast::BinaryOperator::Multiply => (
                BinaryOperator::Multiply,
                self.arithmetic(left_of, right_of, "*", span)?,
            ),
            ast::BinaryOperator::Divide => (
                BinaryOperator::Divide,
                self.arithmetic(left_of, right_of, "/", span)?,
            ),
            ast::BinaryOperator::Modulo => (
                BinaryOperator::Modulo,
                self.arithmetic(left_of, right_of, "%", span)?,
            ),
            ast::BinaryOperator::Power => {
                self.arithmetic(left_of, right_of, "^", span)?;
                (BinaryOperator::Power, Static::new(Type::FLOAT))
            }
            ast::BinaryOperator::Concatenate => {
                for (of, span) in [(left_of, left.span), (right_of, right.span)] {
                    self.require(of, Type::STRING | Type::LIST, "||", span)?;
                }
                let of = Static {
                    of: left_of
                        .of
                        .intersection(right_of.of)
                        .intersection(Type::STRING | Type::LIST),
                    element: left_of.element | right_of.element,
                };
                (BinaryOperator::Concatenate, of)
            }
            ast::BinaryOperator::In => {
                self.require(right_of, Type::LIST, "IN", right.span)?;
                (BinaryOperator::In, Static::new(Type::BOOLEAN))
            }
            ast::BinaryOperator::StartsWith => {
                (BinaryOperator::StartsWith, Static::new(Type::BOOLEAN))
            }
            ast::BinaryOperator::EndsWith => (BinaryOperator::EndsWith, Static::new(Type::BOOLEAN)),
            ast::BinaryOperator::Contains => (BinaryOperator::Contains, Static::new(Type::BOOLEAN)),
            ast::BinaryOperator::Matches => (BinaryOperator::Matches, Static::new(Type::BOOLEAN)),
        };
        Ok((
            ExpressionKind::Binary(operator, Box::new(left), Box::new(right)),
            of,
        ))
    }

    /// Subtraction, multiplication and their like: numbers and temporal values only.
    fn arithmetic(
        &self,
        left: Static,
        right: Static,
        operation: &str,
        span: Span,
    ) -> Bound<Static> {
        let instant =
            Type::DATE | Type::LOCAL_TIME | Type::TIME | Type::LOCAL_DATETIME | Type::DATETIME;
        let accepted = match operation {
            "%" | "^" => Type::NUMBER,
            "*" | "/" => Type::NUMBER | Type::DURATION,
            _ => Type::NUMBER | Type::DURATION | instant,
        };
        for of in [left, right] {
            self.require(of, accepted, operation, span)?;
        }
        Ok(Static::new(arithmetic_type(left.of, right.of)))
    }

    pub(crate) fn conditions(
        &mut self,
        items: &[ast::Expression],
        operation: &str,
        scope: &mut Scope,
    ) -> Bound<Vec<Expression>> {
        let mut conditions = Vec::with_capacity(items.len());
        for item in items {
            let (condition, of) = self.expression(item, scope)?;
            self.require(of, Type::BOOLEAN, operation, item.span)?;
            conditions.push(condition);
        }
        Ok(conditions)
    }

    fn comparison(
        &mut self,
        first: &ast::Expression,
        rest: &[(ast::ComparisonOperator, ast::Expression)],
        span: Span,
        scope: &mut Scope,
    ) -> Bound<(ExpressionKind, Static)> {
        let mut left = self.expression(first, scope)?.0;
        let mut conditions = Vec::new();
        for (operator, right) in rest {
            let right = self.expression(right, scope)?.0;
            let operator = match operator {
                ast::ComparisonOperator::Equal => ComparisonOperator::Equal,
                ast::ComparisonOperator::NotEqual => ComparisonOperator::NotEqual,
                ast::ComparisonOperator::Less => ComparisonOperator::Less,
                ast::ComparisonOperator::LessOrEqual => ComparisonOperator::LessOrEqual,
                ast::ComparisonOperator::Greater => ComparisonOperator::Greater,
                ast::ComparisonOperator::GreaterOrEqual => ComparisonOperator::GreaterOrEqual,
            };
            conditions.push(ExpressionKind::Compare(
                operator,
                Box::new(left),
                Box::new(right.clone()),
            ));
            left = right;
        }
        let kind = match conditions.len() {
            1 => conditions.remove(0),
            _ => ExpressionKind::And(
                conditions
                    .into_iter()
                    .map(|kind| Expression::new(kind, span))
                    .collect(),
            ),
        };
        Ok((kind, Static::new(Type::BOOLEAN)))
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

    fn function_call(
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

    fn list_comprehension(
        &mut self,
        variable: &ast::Name,
        list: &ast::Expression,
        predicate: Option<&ast::Expression>,
        projection: Option<&ast::Expression>,
        scope: &mut Scope,
    ) -> Bound<(ExpressionKind, Static)> {
        let (list, of) = self.expression(list, scope)?;
        self.require(of, Type::LIST, "a list comprehension", list.span)?;
        self.refuse_aggregates(predicate.into_iter().chain(projection))?;
        scope.locals.push((variable.text.clone(), of.item()));
        let bound = self.inside_comprehension(predicate, projection, scope);
        scope.locals.pop();
        let (predicate, projection, projected) = bound?;
        let of = projected.map_or(of, |of| Static::list(of.of));
        let kind = ExpressionKind::ListComprehension {
            list: Box::new(list),
            predicate,
            projection,
        };
        Ok((
            kind,
            Static {
                of: Type::LIST,
                element: of.element,
            },
        ))
    }

    #[expect(
        clippy::type_complexity,
        reason = "the two optional parts of a comprehension"
    )]
    fn inside_comprehension(
        &mut self,
        predicate: Option<&ast::Expression>,
        projection: Option<&ast::Expression>,
        scope: &mut Scope,
    ) -> Bound<(
        Option<Box<Expression>>,
        Option<Box<Expression>>,
        Option<Static>,
    )> {
        let predicate = predicate
            .map(|predicate| self.predicate(predicate, scope))
            .transpose()?
            .map(Box::new);
        let projection = projection
            .map(|projection| self.expression(projection, scope))
            .transpose()?;
        let of = projection.as_ref().map(|(_, of)| *of);
        Ok((
            predicate,
            projection.map(|(projection, _)| Box::new(projection)),
            of,
        ))
    }

    fn quantifier(
        &mut self,
        quantifier: ast::Quantifier,
        variable: &ast::Name,
        list: &ast::Expression,
        predicate: Option<&ast::Expression>,
        scope: &mut Scope,
    ) -> Bound<(ExpressionKind, Static)> {
        let (list, of) = self.expression(list, scope)?;
        self.require(of, Type::LIST, "a quantifier", list.span)?;
        scope.locals.push((variable.text.clone(), of.item()));
        let own = ast::Expression {
            kind: A::Variable(variable.clone()),
            span: variable.span,
        };
        let predicate = self.predicate(predicate.unwrap_or(&own), scope);
        scope.locals.pop();
        let quantifier = match quantifier {
            ast::Quantifier::All => Quantifier::All,
            ast::Quantifier::Any => Quantifier::Any,
            ast::Quantifier::None => Quantifier::None,
            ast::Quantifier::Single => Quantifier::Single,
        };
        let kind = ExpressionKind::Quantifier {
            quantifier,
            list: Box::new(list),
            predicate: Box::new(predicate?),
        };
        Ok((kind, Static::new(Type::BOOLEAN)))
    }

    fn map_projection(
        &mut self,
        variable: &ast::Name,
        items: &[ast::MapProjectionItem],
        scope: &mut Scope,
    ) -> Bound<(ExpressionKind, Static)> {
        let (base, of) = self.variable(variable, scope)?;
        self.require(
            of,
            Type::MAP | Type::NODE | Type::RELATIONSHIP,
            "a map projection",
            variable.span,
        )?;
        let mut includes_all = false;
        let mut entries = Vec::new();
        for item in items {
            match item {
                ast::MapProjectionItem::AllProperties(_) => includes_all = true,
                ast::MapProjectionItem::Property(name) => {
                    let key = self.names.key(&name.text);
                    let base = Box::new(base.clone());
                    let kind = ExpressionKind::Property {
                        base,
                        key,
                        name: name.text.clone(),
                    };
                    entries.push((name.text.clone(), Expression::new(kind, name.span)));
                }
                ast::MapProjectionItem::Variable(name) => {
                    entries.push((name.text.clone(), self.variable(name, scope)?.0));
                }
                ast::MapProjectionItem::Entry(name, value) => {
                    entries.push((name.text.clone(), self.expression(value, scope)?.0));
                }
            }
        }
        let kind = ExpressionKind::MapProjection {
            base: Box::new(base),
            includes_all,
            entries,
        };
        Ok((kind, Static::new(Type::MAP)))
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

/// `between 1 and 3 arguments`, `2 arguments`, `at least 1 argument`.
pub(crate) fn count_in_words(least: usize, most: Option<usize>) -> String {
    let plural = |count: usize| if count == 1 { "argument" } else { "arguments" };
    match most {
        Some(most) if most == least => format!("{least} {}", plural(least)),
        Some(most) => format!("between {least} and {most} arguments"),
        None => format!("at least {least} {}", plural(least)),
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

fn arithmetic_type(left: Type, right: Type) -> Type {
    match (left, right) {
        (Type::INTEGER, Type::INTEGER) => Type::INTEGER,
        (Type::FLOAT, Type::NUMBER | Type::INTEGER | Type::FLOAT)
        | (Type::INTEGER | Type::NUMBER, Type::FLOAT) => Type::FLOAT,
        _ => Type::ANY,
    }
}

/// The type of `a + b`: lists take anything, strings and numbers add up to their like.
fn sum(left: Static, right: Static) -> Static {
    match (left.of, right.of) {
        (Type::LIST, Type::LIST) => Static::list(left.element | right.element),
        (Type::LIST, other) => Static::list(left.element | other),
        (other, Type::LIST) => Static::list(right.element | other),
        (Type::STRING, Type::STRING) => Static::new(Type::STRING),
        (left, right) => Static::new(arithmetic_type(left, right)),
    }
}
