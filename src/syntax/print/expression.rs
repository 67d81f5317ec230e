//! Expressions, with parentheses where precedence asks for them.

use std::fmt::{self, Display, Formatter, Write as _};

use super::super::ast::{
    BinaryOperator, CaseTest, ComparisonOperator, Expression, ExpressionKind, LabelExpression,
    Literal, MapProjectionItem, Name, PatternElement, Quantifier, SubqueryKind, UnaryOperator,
};
use super::clause::write_where;
use super::{DottedName, Variable, write_joined, write_name};

/// How tight an expression holds together, from loose to tight.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
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
    Atom,
}

/// An expression where one of at least this level must stand.
pub(super) struct Operand<'a>(pub(super) &'a Expression, pub(super) Level);

impl Display for Operand<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.0.level() < self.1 {
            write!(f, "({})", self.0)
        } else {
            self.0.fmt(f)
        }
    }
}

impl Expression {
    fn level(&self) -> Level {
        match &self.kind {
            ExpressionKind::Or(_) => Level::Or,
            ExpressionKind::Xor(_) => Level::Xor,
            ExpressionKind::And(_) => Level::And,
            // What follows a type, such as `<`, could be read as a part of it.
            ExpressionKind::Comparison { .. } | ExpressionKind::IsTyped { .. } => Level::Comparison,
            ExpressionKind::IsNull { .. } | ExpressionKind::IsNormalized { .. } => Level::Predicate,
            ExpressionKind::Binary { operator, .. } => operator.levels().0,
            ExpressionKind::Unary {
                operator: UnaryOperator::Not,
                ..
            } => Level::Not,
            ExpressionKind::Unary { .. } => Level::Sign,
            ExpressionKind::Literal(literal) if literal.is_negative() => Level::Sign,
            _ => Level::Atom,
        }
    }
}

impl Display for Expression {
    #[expect(clippy::too_many_lines, reason = "a flat match over one enum")]
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExpressionKind::Literal(literal) => literal.fmt(f),
            ExpressionKind::Parameter(name) => write_parameter(f, name),
            ExpressionKind::Variable(name) => Variable(name).fmt(f),
            ExpressionKind::List(items) => write_list(f, items),
            ExpressionKind::Map(entries) => write_map(f, entries),
            ExpressionKind::Property { base, key } => {
                write!(f, "{}.{key}", Operand(base, Level::Atom))
            }
            ExpressionKind::Index { base, index } => {
                write!(f, "{}[{index}]", Operand(base, Level::Atom))
            }
            ExpressionKind::Slice { base, from, to } => {
                write_slice(f, base, from.as_deref(), to.as_deref())
            }
            ExpressionKind::HasLabels { base, labels } => write_has_labels(f, base, labels),
            ExpressionKind::Unary { operator, operand } => write_unary(f, *operator, operand),
            ExpressionKind::Binary {
                left,
                operator,
                right,
            } => write_binary(f, left, *operator, right),
            ExpressionKind::And(operands) => write_chain(f, operands, " AND ", Level::Not),
            ExpressionKind::Or(operands) => write_chain(f, operands, " OR ", Level::Xor),
            ExpressionKind::Xor(operands) => write_chain(f, operands, " XOR ", Level::And),
            ExpressionKind::Comparison { first, rest } => write_comparison(f, first, rest),
            ExpressionKind::IsNull {
                operand,
                is_negated,
            } => {
                let predicate = if *is_negated {
                    "IS NOT NULL"
                } else {
                    "IS NULL"
                };
                write!(f, "{} {predicate}", Operand(operand, Level::Predicate))
            }
            ExpressionKind::IsNormalized {
                operand,
                form,
                is_negated,
            } => {
                let (not, form) = (not(*is_negated), form.name());
                let operand = Operand(operand, Level::Predicate);
                write!(f, "{operand} IS {not}{form} NORMALIZED")
            }
            ExpressionKind::IsTyped {
                operand,
                value_type,
                is_negated,
            } => {
                let operand = Operand(operand, Level::Predicate);
                write!(f, "{operand} IS {}:: {value_type}", not(*is_negated))
            }
            ExpressionKind::CaseSubject => Ok(()),
            ExpressionKind::CaseTests(tests) => write_joined(f, tests, ", ", |f, test| test.fmt(f)),
            ExpressionKind::Case {
                subject,
                branches,
                otherwise,
            } => write_case(f, subject.as_deref(), branches, otherwise.as_deref()),
            ExpressionKind::Call {
                function,
                is_distinct,
                arguments,
            } => write_call(f, function, *is_distinct, arguments),
            ExpressionKind::CountAll => f.write_str("count(*)"),
            ExpressionKind::ListComprehension {
                variable,
                list,
                predicate,
                projection,
            } => {
                write!(f, "[{} IN {list}", Variable(variable))?;
                write_rest(f, predicate.as_deref(), projection.as_deref())
            }
            ExpressionKind::PatternComprehension {
                variable,
                element,
                predicate,
                projection,
            } => {
                write_path(f, variable.as_ref(), element)?;
                write_rest(f, predicate.as_deref(), Some(projection))
            }
            ExpressionKind::Quantifier {
                quantifier,
                variable,
                list,
                predicate,
            } => {
                write!(f, "{}({} IN {list}", quantifier.name(), Variable(variable))?;
                write_where(f, predicate.as_deref())?;
                f.write_str(")")
            }
            ExpressionKind::Reduce {
                accumulator,
                initial,
                variable,
                list,
                step,
            } => {
                let (accumulator, variable) = (Variable(accumulator), Variable(variable));
                write!(f, "reduce({accumulator} = {initial}, {variable} IN ")?;
                write!(f, "{list} | {step})")
            }
            ExpressionKind::MapProjection { variable, items } => {
                write_map_projection(f, variable, items)
            }
            ExpressionKind::Pattern(element) => element.fmt(f),
            ExpressionKind::ShortestPath(part) => part.fmt(f),
            ExpressionKind::Subquery { kind, query } => {
                write!(f, "{} {{ {query} }}", kind.keyword())
            }
        }
    }
}

impl Display for CaseTest {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Equal(value) => value.fmt(f),
            // The subject, which is written as nothing, leaves the blank after it.
            Self::Predicate(predicate) => f.write_str(predicate.to_string().trim_start()),
        }
    }
}

fn not(is_negated: bool) -> &'static str {
    if is_negated { "NOT " } else { "" }
}

fn write_parameter(f: &mut Formatter<'_>, name: &Name) -> fmt::Result {
    let is_position = !name.text.is_empty() && name.text.bytes().all(|byte| byte.is_ascii_digit());
    f.write_str("$")?;
    if is_position {
        f.write_str(&name.text)
    } else {
        write_name(f, &name.text, false)
    }
}

/// A single item stands in parentheses if it could begin as `x IN`, which makes a comprehension.
fn write_list(f: &mut Formatter<'_>, items: &[Expression]) -> fmt::Result {
    let level = if items.len() == 1 {
        Level::Atom
    } else {
        Level::Or
    };
    f.write_str("[")?;
    write_joined(f, items, ", ", |f, item| Operand(item, level).fmt(f))?;
    f.write_str("]")
}

fn write_map(f: &mut Formatter<'_>, entries: &[(Name, Expression)]) -> fmt::Result {
    f.write_str("{")?;
    write_joined(f, entries, ", ", |f, (key, value)| {
        write!(f, "{key}: {value}")
    })?;
    f.write_str("}")
}

fn write_slice(
    f: &mut Formatter<'_>,
    base: &Expression,
    from: Option<&Expression>,
    to: Option<&Expression>,
) -> fmt::Result {
    write!(f, "{}[", Operand(base, Level::Atom))?;
    from.map_or(Ok(()), |from| from.fmt(f))?;
    f.write_str("..")?;
    to.map_or(Ok(()), |to| to.fmt(f))?;
    f.write_str("]")
}

/// Labels after labels would run together, and a bar in a list would begin its projection.
fn write_has_labels(
    f: &mut Formatter<'_>,
    base: &Expression,
    labels: &LabelExpression,
) -> fmt::Result {
    if let ExpressionKind::HasLabels { .. } = base.kind {
        write!(f, "({base}):")?;
    } else {
        write!(f, "{}:", Operand(base, Level::Atom))?;
    }
    labels.write_within(
        f,
        matches!(labels, LabelExpression::Or(_) | LabelExpression::And(_)),
    )
}

/// A bar after labels would be read as one of theirs.
pub(super) fn write_before_bar(f: &mut Formatter<'_>, expression: &Expression) -> fmt::Result {
    match expression.kind {
        ExpressionKind::HasLabels { .. } => write!(f, "({expression})"),
        _ => Operand(expression, Level::Atom).fmt(f),
    }
}

/// A sign before a number would become part of it.
fn write_unary(
    f: &mut Formatter<'_>,
    operator: UnaryOperator,
    operand: &Expression,
) -> fmt::Result {
    let is_number = matches!(
        operand.kind,
        ExpressionKind::Literal(Literal::Integer(_) | Literal::Float(_))
    );
    match operator {
        UnaryOperator::Not => write!(f, "NOT {}", Operand(operand, Level::Not)),
        UnaryOperator::Minus if is_number => write!(f, "-({operand})"),
        UnaryOperator::Minus => write!(f, "-{}", Operand(operand, Level::Sign)),
        UnaryOperator::Plus => write!(f, "+{}", Operand(operand, Level::Sign)),
    }
}

fn write_binary(
    f: &mut Formatter<'_>,
    left: &Expression,
    operator: BinaryOperator,
    right: &Expression,
) -> fmt::Result {
    let (level, tighter) = operator.levels();
    write!(
        f,
        "{} {} {}",
        Operand(left, level),
        operator.symbol(),
        Operand(right, tighter)
    )
}

fn write_chain(
    f: &mut Formatter<'_>,
    operands: &[Expression],
    operator: &str,
    level: Level,
) -> fmt::Result {
    write_joined(f, operands, operator, |f, operand| {
        Operand(operand, level).fmt(f)
    })
}

fn write_comparison(
    f: &mut Formatter<'_>,
    first: &Expression,
    rest: &[(ComparisonOperator, Expression)],
) -> fmt::Result {
    Operand(first, Level::Predicate).fmt(f)?;
    rest.iter().try_for_each(|(operator, operand)| {
        write!(
            f,
            " {} {}",
            operator.symbol(),
            Operand(operand, Level::Predicate)
        )
    })
}

fn write_case(
    f: &mut Formatter<'_>,
    subject: Option<&Expression>,
    branches: &[(Expression, Expression)],
    otherwise: Option<&Expression>,
) -> fmt::Result {
    f.write_str("CASE")?;
    subject.map_or(Ok(()), |subject| write!(f, " {subject}"))?;
    branches
        .iter()
        .try_for_each(|(condition, result)| write!(f, " WHEN {condition} THEN {result}"))?;
    otherwise.map_or(Ok(()), |result| write!(f, " ELSE {result}"))?;
    f.write_str(" END")
}

fn write_call(
    f: &mut Formatter<'_>,
    function: &Name,
    is_distinct: bool,
    arguments: &[Expression],
) -> fmt::Result {
    write!(f, "{}(", DottedName(function))?;
    if is_distinct {
        f.write_str("DISTINCT ")?;
    }
    write_joined(f, arguments, ", ", |f, argument| argument.fmt(f))?;
    f.write_str(")")
}

fn write_map_projection(
    f: &mut Formatter<'_>,
    variable: &Name,
    items: &[MapProjectionItem],
) -> fmt::Result {
    write!(f, "{} {{", Variable(variable))?;
    write_joined(f, items, ", ", |f, item| item.fmt(f))?;
    f.write_str("}")
}

/// The begin of a pattern comprehension.
fn write_path(
    f: &mut Formatter<'_>,
    variable: Option<&Name>,
    element: &PatternElement,
) -> fmt::Result {
    f.write_str("[")?;
    if let Some(variable) = variable {
        write!(f, "{} = ", Variable(variable))?;
    }
    element.fmt(f)
}

/// The end of a comprehension.
fn write_rest(
    f: &mut Formatter<'_>,
    predicate: Option<&Expression>,
    projection: Option<&Expression>,
) -> fmt::Result {
    write_where(f, predicate)?;
    projection.map_or(Ok(()), |projection| write!(f, " | {projection}"))?;
    f.write_str("]")
}

impl Literal {
    fn is_negative(&self) -> bool {
        match self {
            Self::Integer(value) => *value < 0,
            Self::Float(value) => value.is_sign_negative(),
            _ => false,
        }
    }
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => value.fmt(f),
            Self::Integer(value) => value.fmt(f),
            Self::Float(value) if value.is_nan() => f.write_str("NaN"),
            Self::Float(value) if value.is_infinite() => f.write_str(if *value < 0.0 {
                "-Infinity"
            } else {
                "Infinity"
            }),
            Self::Float(value) => write!(f, "{value:?}"),
            Self::String(text) => write_string(f, text),
        }
    }
}

fn write_string(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('\'')?;
    for c in text.chars() {
        match c {
            '\'' | '\\' => write!(f, "\\{c}")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            c if c.is_control() => write!(f, "\\u{:04X}", u32::from(c))?,
            c => f.write_char(c)?,
        }
    }
    f.write_char('\'')
}

impl Display for MapProjectionItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Property(key) => write!(f, ".{key}"),
            Self::AllProperties(_) => f.write_str(".*"),
            Self::Variable(name) => Variable(name).fmt(f),
            Self::Entry(key, value) => write!(f, "{key}: {value}"),
        }
    }
}

impl BinaryOperator {
    /// The operator as it is written.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Modulo => "%",
            Self::Power => "^",
            Self::In => "IN",
            Self::StartsWith => "STARTS WITH",
            Self::EndsWith => "ENDS WITH",
            Self::Contains => "CONTAINS",
            Self::Matches => "=~",
            Self::Concatenate => "||",
        }
    }

    /// The least levels of its left and of its right operand.
    fn levels(self) -> (Level, Level) {
        match self {
            Self::In | Self::StartsWith | Self::EndsWith | Self::Contains | Self::Matches => {
                (Level::Predicate, Level::Sum)
            }
            Self::Add | Self::Subtract | Self::Concatenate => (Level::Sum, Level::Product),
            Self::Multiply | Self::Divide | Self::Modulo => (Level::Product, Level::Power),
            Self::Power => (Level::Power, Level::Sign),
        }
    }
}

impl ComparisonOperator {
    /// The operator as it is written.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "<>",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}

impl Quantifier {
    /// The name as it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
            Self::None => "none",
            Self::Single => "single",
        }
    }
}

impl SubqueryKind {
    /// The keyword as it is written.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Exists => "EXISTS",
            Self::Count => "COUNT",
            Self::Collect => "COLLECT",
        }
    }
}
