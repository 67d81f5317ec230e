//! Operators: the flat row of an expression becomes a tree by their precedence.

use std::iter::Peekable;

use pest::iterators::{Pair, Pairs};

use super::super::ast::{
    BinaryOperator, ComparisonOperator, Expression, ExpressionKind, NormalForm, UnaryOperator,
};
use super::super::error::{SyntaxError, SyntaxErrorKind};
use super::super::grammar::Rule;
use super::{Builder, Result, check_height, literal, value_type};
use crate::source::Span;

/// An expression while its operators are sorted out.
pub(super) struct Operand {
    pub(super) expression: Expression,
    /// Its place with the parentheses around it.
    pub(super) outer: Span,
    pub(super) height: usize,
}

/// How tight an operator binds its operands, from loose to tight.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Or,
    Xor,
    And,
    Not,
    Comparison,
    Predicate,
    Sum,
    Product,
    Power,
    Sign,
}

impl Level {
    fn tighter(self) -> Self {
        match self {
            Self::Or => Self::Xor,
            Self::Xor => Self::And,
            Self::And => Self::Not,
            Self::Not => Self::Comparison,
            Self::Comparison => Self::Predicate,
            Self::Predicate => Self::Sum,
            Self::Sum => Self::Product,
            Self::Product => Self::Power,
            Self::Power | Self::Sign => Self::Sign,
        }
    }
}

/// An operator after an operand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    Or,
    Xor,
    And,
    Comparison(ComparisonOperator),
    Binary(BinaryOperator),
    /// A predicate that begins with `IS` and has no right operand.
    Is,
}

impl Operator {
    fn of(pair: &Pair<'_, Rule>) -> Self {
        if is_predicate(pair) {
            return Self::Is;
        }
        match pair.as_str() {
            "=" => Self::Comparison(ComparisonOperator::Equal),
            "<>" => Self::Comparison(ComparisonOperator::NotEqual),
            "<" => Self::Comparison(ComparisonOperator::Less),
            "<=" => Self::Comparison(ComparisonOperator::LessOrEqual),
            ">" => Self::Comparison(ComparisonOperator::Greater),
            ">=" => Self::Comparison(ComparisonOperator::GreaterOrEqual),
            "+" => Self::Binary(BinaryOperator::Add),
            "-" => Self::Binary(BinaryOperator::Subtract),
            "*" => Self::Binary(BinaryOperator::Multiply),
            "/" => Self::Binary(BinaryOperator::Divide),
            "%" => Self::Binary(BinaryOperator::Modulo),
            "^" => Self::Binary(BinaryOperator::Power),
            "=~" => Self::Binary(BinaryOperator::Matches),
            "||" => Self::Binary(BinaryOperator::Concatenate),
            word => Self::of_word(word),
        }
    }

    /// The first letter tells the operators in words apart, but for the length of `A…`, `O…` and `X…`.
    fn of_word(word: &str) -> Self {
        match word.as_bytes()[0].to_ascii_uppercase() {
            b'A' => Self::And,
            b'O' => Self::Or,
            b'X' => Self::Xor,
            b'I' => Self::Binary(BinaryOperator::In),
            b'S' => Self::Binary(BinaryOperator::StartsWith),
            b'E' => Self::Binary(BinaryOperator::EndsWith),
            _ => Self::Binary(BinaryOperator::Contains),
        }
    }

    fn level(self) -> Level {
        use BinaryOperator as Binary;
        match self {
            Self::Or => Level::Or,
            Self::Xor => Level::Xor,
            Self::And => Level::And,
            Self::Comparison(_) => Level::Comparison,
            Self::Is => Level::Predicate,
            Self::Binary(operator) => match operator {
                Binary::In
                | Binary::StartsWith
                | Binary::EndsWith
                | Binary::Contains
                | Binary::Matches => Level::Predicate,
                Binary::Add | Binary::Subtract | Binary::Concatenate => Level::Sum,
                Binary::Multiply | Binary::Divide | Binary::Modulo => Level::Product,
                Binary::Power => Level::Power,
            },
        }
    }
}

/// The row of an expression's prefixes, operands and operators.
pub(super) struct Row<'i> {
    pairs: Peekable<Pairs<'i, Rule>>,
}

impl<'i> Row<'i> {
    pub(super) fn new(pair: Pair<'i, Rule>) -> Self {
        Self {
            pairs: pair.into_inner().peekable(),
        }
    }

    /// The row of an expression that begins with `variable IN`.
    pub(super) fn after_variable_in(pair: Pair<'i, Rule>) -> Option<Self> {
        let mut ahead = pair.clone().into_inner();
        let is_variable = ahead.next()?.as_rule() == Rule::variable;
        let operator = ahead.next()?;
        let is_in =
            operator.as_rule() == Rule::operator && operator.as_str().eq_ignore_ascii_case("IN");
        (is_variable && is_in).then(|| Self::new(pair))
    }

    pub(super) fn next(&mut self) -> Option<Pair<'i, Rule>> {
        self.pairs.next()
    }

    pub(super) fn next_if_postfix(&mut self) -> Option<Pair<'i, Rule>> {
        self.pairs.next_if(is_postfix)
    }

    pub(super) fn peek_span(&mut self) -> Span {
        self.pairs.peek().map_or(Span::default(), |pair| {
            Span::new(pair.as_span().start(), pair.as_span().end())
        })
    }

    /// The next operator with its pair, if it binds at least as tight as `least`.
    fn next_operator(&mut self, least: Level) -> Option<(Operator, Pair<'i, Rule>)> {
        let operator = Operator::of(self.pairs.peek()?);
        if operator.level() < least {
            return None;
        }
        Some((operator, self.pairs.next()?))
    }

    fn next_if_operator(&mut self, expected: Operator) -> bool {
        self.pairs
            .next_if(|pair| Operator::of(pair) == expected)
            .is_some()
    }

    fn next_if_comparison(&mut self) -> Option<ComparisonOperator> {
        match Operator::of(self.pairs.peek()?) {
            Operator::Comparison(operator) => {
                self.pairs.next();
                Some(operator)
            }
            _ => None,
        }
    }
}

fn is_postfix(pair: &Pair<'_, Rule>) -> bool {
    matches!(
        pair.as_rule(),
        Rule::property_lookup
            | Rule::arguments
            | Rule::index
            | Rule::label_predicate
            | Rule::label_predicate_before_bar
            | Rule::map_projection
    )
}

/// Refuses a pattern where a value must stand.
pub(super) fn checked(expression: Expression) -> Result<Expression> {
    match expression.kind {
        ExpressionKind::Pattern(_) => Err(SyntaxError::new(
            SyntaxErrorKind::PatternAsValue,
            expression.span,
        )),
        _ => Ok(expression),
    }
}

impl Builder<'_> {
    /// An expression that may be a bare pattern: what stands after `WHERE`.
    pub(super) fn condition(&mut self, pair: Pair<'_, Rule>) -> Result<Expression> {
        Ok(self.row(&mut Row::new(pair))?.expression)
    }

    /// An expression that is no bare pattern.
    pub(super) fn value(&mut self, pair: Pair<'_, Rule>) -> Result<Expression> {
        self.value_of(&mut Row::new(pair))
    }

    /// What is left of a row, as a value.
    pub(super) fn value_of(&mut self, row: &mut Row<'_>) -> Result<Expression> {
        let operand = self.row(row)?;
        checked(operand.expression)
    }

    /// A value whose span has the parentheses around it, as a column's name does.
    pub(super) fn column(&mut self, pair: Pair<'_, Rule>) -> Result<Expression> {
        let operand = self.row(&mut Row::new(pair))?;
        let expression = checked(operand.expression)?;
        Ok(Expression {
            span: operand.outer,
            ..expression
        })
    }

    fn row(&mut self, row: &mut Row<'_>) -> Result<Operand> {
        let span = row.peek_span();
        let operand = self.deeper(span, |this| this.climb(row, Level::Or))?;
        self.height = self.height.max(operand.height);
        Ok(operand)
    }

    /// Takes operands and the operators that bind at least as tight as `least`.
    fn climb(&mut self, row: &mut Row<'_>, least: Level) -> Result<Operand> {
        let mut left = self.prefixed(row)?;
        while let Some((operator, pair)) = row.next_operator(least) {
            left = match operator {
                Operator::Or | Operator::Xor | Operator::And => self.chain(left, operator, row)?,
                Operator::Comparison(first) => self.comparison(left, first, row)?,
                Operator::Binary(binary) => self.binary(left, binary, operator.level(), row)?,
                Operator::Is => self.is_predicate(left, pair)?,
            };
            check_height(left.height, left.outer)?;
        }
        Ok(left)
    }

    /// A predicate over the value after `CASE`, which is not written again: `< 3`, `IS NULL`.
    pub(super) fn case_predicate(&mut self, pair: Pair<'_, Rule>) -> Result<Expression> {
        let start = self.span(&pair);
        let subject = Operand {
            expression: Expression {
                kind: ExpressionKind::CaseSubject,
                span: Span::new(start.start as usize, start.start as usize),
            },
            outer: Span::new(start.start as usize, start.start as usize),
            height: 1,
        };
        if is_predicate(&pair) {
            return Ok(self.is_predicate(subject, pair)?.expression);
        }
        let mut parts = pair.into_inner();
        let operator = Operator::of(&parts.next().expect("an operator stands first"));
        let mut row = Row::new(parts.next().expect("its operand follows"));
        let built = self.deeper(start, |this| match operator {
            Operator::Comparison(first) => this.comparison(subject, first, &mut row),
            Operator::Binary(binary) => this.binary(subject, binary, operator.level(), &mut row),
            _ => unreachable!("the grammar has no other operator here"),
        })?;
        self.height = self.height.max(built.height);
        match row.pairs.peek() {
            Some(rest) => Err(self.unexpected(self.span(rest), "`,` or `THEN`")),
            None => Ok(built.expression),
        }
    }

    fn prefixed(&mut self, row: &mut Row<'_>) -> Result<Operand> {
        let Some(prefix) = row.pairs.next_if(|pair| pair.as_rule() == Rule::prefix) else {
            return self.operand(row);
        };
        let start = self.span(&prefix);
        let (operator, level) = match prefix.as_str() {
            "-" => (UnaryOperator::Minus, Level::Sign),
            "+" => (UnaryOperator::Plus, Level::Sign),
            _ => (UnaryOperator::Not, Level::Not),
        };
        if operator == UnaryOperator::Minus
            && let Some(number) = self.negative_number(start, row)?
        {
            return Ok(number);
        }
        let operand = self.deeper(start, |this| this.climb(row, level))?;
        let expression = if operator == UnaryOperator::Not {
            operand.expression
        } else {
            checked(operand.expression)?
        };
        let outer = start.to(operand.outer);
        let height = operand.height + 1;
        check_height(height, outer)?;
        let kind = ExpressionKind::Unary {
            operator,
            operand: Box::new(expression),
        };
        Ok(Operand {
            expression: Expression { kind, span: outer },
            outer,
            height,
        })
    }

    /// `-12` is one literal, so that the least integer can be written; `-12.key` is not.
    fn negative_number(&mut self, minus: Span, row: &mut Row<'_>) -> Result<Option<Operand>> {
        let mut ahead = row.pairs.clone();
        let Some(number) = ahead.next().filter(|pair| pair.as_rule() == Rule::number) else {
            return Ok(None);
        };
        if ahead.next().is_some_and(|pair| is_postfix(&pair)) {
            return Ok(None);
        }
        row.next();
        let span = minus.to(self.span(&number));
        let kind = ExpressionKind::Literal(literal::number(number.as_str(), true, span)?);
        Ok(Some(Operand {
            expression: Expression { kind, span },
            outer: span,
            height: 1,
        }))
    }

    fn chain(&mut self, left: Operand, operator: Operator, row: &mut Row<'_>) -> Result<Operand> {
        let Operand {
            expression,
            mut outer,
            mut height,
        } = left;
        let mut operands = vec![expression];
        loop {
            let right = self.climb(row, operator.level().tighter())?;
            outer = outer.to(right.outer);
            height = height.max(right.height);
            operands.push(right.expression);
            if !row.next_if_operator(operator) {
                break;
            }
        }
        let kind = match operator {
            Operator::Or => ExpressionKind::Or(operands),
            Operator::Xor => ExpressionKind::Xor(operands),
            _ => ExpressionKind::And(operands),
        };
        Ok(Operand {
            expression: Expression { kind, span: outer },
            outer,
            height: height + 1,
        })
    }

    fn comparison(
        &mut self,
        left: Operand,
        first: ComparisonOperator,
        row: &mut Row<'_>,
    ) -> Result<Operand> {
        let Operand {
            expression,
            mut outer,
            mut height,
        } = left;
        let left = checked(expression)?;
        let mut rest = Vec::new();
        let mut next = Some(first);
        while let Some(operator) = next {
            let right = self.climb(row, Level::Predicate)?;
            outer = outer.to(right.outer);
            height = height.max(right.height);
            rest.push((operator, checked(right.expression)?));
            next = row.next_if_comparison();
        }
        let kind = ExpressionKind::Comparison {
            first: Box::new(left),
            rest,
        };
        Ok(Operand {
            expression: Expression { kind, span: outer },
            outer,
            height: height + 1,
        })
    }

    fn binary(
        &mut self,
        left: Operand,
        operator: BinaryOperator,
        level: Level,
        row: &mut Row<'_>,
    ) -> Result<Operand> {
        let right = self.climb(row, level.tighter())?;
        let outer = left.outer.to(right.outer);
        let height = left.height.max(right.height) + 1;
        let left = Box::new(checked(left.expression)?);
        let right = Box::new(checked(right.expression)?);
        let kind = ExpressionKind::Binary {
            left,
            operator,
            right,
        };
        Ok(Operand {
            expression: Expression { kind, span: outer },
            outer,
            height,
        })
    }
}

fn is_predicate(pair: &Pair<'_, Rule>) -> bool {
    matches!(
        pair.as_rule(),
        Rule::null_predicate | Rule::type_predicate | Rule::normal_form_predicate
    )
}

impl Builder<'_> {
    /// `a IS NULL`, `a IS :: INTEGER`, `a IS NORMALIZED`
    fn is_predicate(&self, operand: Operand, pair: Pair<'_, Rule>) -> Result<Operand> {
        let outer = operand.outer.to(self.span(&pair));
        let inner = Box::new(checked(operand.expression)?);
        let kind = match pair.as_rule() {
            Rule::null_predicate => ExpressionKind::IsNull {
                operand: inner,
                is_negated: pair
                    .as_str()
                    .split(|c: char| !c.is_alphabetic())
                    .any(|word| word.eq_ignore_ascii_case("NOT")),
            },
            Rule::type_predicate => {
                let (is_negated, value_type) = value_type::predicate(pair);
                ExpressionKind::IsTyped {
                    operand: inner,
                    value_type,
                    is_negated,
                }
            }
            _ => normal_form(inner, pair),
        };
        Ok(Operand {
            expression: Expression { kind, span: outer },
            outer,
            height: operand.height + 1,
        })
    }
}

fn normal_form(operand: Box<Expression>, pair: Pair<'_, Rule>) -> ExpressionKind {
    let (mut is_negated, mut form) = (false, NormalForm::Nfc);
    for pair in pair.into_inner() {
        match (pair.as_rule(), pair.as_str().to_ascii_uppercase().as_str()) {
            (Rule::negation, _) => is_negated = true,
            (Rule::normal_form, "NFD") => form = NormalForm::Nfd,
            (Rule::normal_form, "NFKC") => form = NormalForm::Nfkc,
            (Rule::normal_form, "NFKD") => form = NormalForm::Nfkd,
            _ => {}
        }
    }
    ExpressionKind::IsNormalized {
        operand,
        form,
        is_negated,
    }
}
