//! Operators in expressions: what they take and what they give.

use super::bind::{Binder, Bound};
use super::scope::{Scope, Static};
use crate::expression::{BinaryOperator, ComparisonOperator, Expression, ExpressionKind};
use crate::source::Span;
use crate::syntax::ast;
use crate::value::Type;

impl Binder<'_> {
    pub(super) fn unary(
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

    pub(super) fn binary(
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

    pub(super) fn comparison(
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
