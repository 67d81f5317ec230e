//! Parameters as users write them on a command line or at the prompt: a name and a literal.

use std::sync::Arc;

use crate::syntax;
use crate::syntax::ast::{
    Clause, Expression, ExpressionKind, Literal, StatementBody, UnaryOperator,
};
use crate::value::{Map, Value};

/// The value that a text stands for: what a literal of openCypher says, or else the text itself.
///
/// # Examples
///
/// ```
/// use tupu::repl::parameter::value;
/// use tupu::value::Value;
///
/// assert_eq!(value("2023"), Value::Integer(2023));
/// assert_eq!(value("[1, 'a']"), Value::list(vec![Value::Integer(1), Value::from("a")]));
/// assert_eq!(value("'2023'"), Value::from("2023"));
/// assert_eq!(value("坪山区"), Value::from("坪山区"));
/// ```
#[must_use]
pub fn value(text: &str) -> Value {
    literal(text).unwrap_or_else(|| Value::from(text))
}

/// Splits `name=value` and reads the value as [`value`] does; `None` where there is no name.
#[must_use]
pub fn assignment(text: &str) -> Option<(Arc<str>, Value)> {
    let (name, text) = text.split_once(['=', '＝'])?;
    Some((self::name(name)?, value(text.trim())))
}

/// A parameter's name as typed, with or without `$`.
#[must_use]
pub fn name(text: &str) -> Option<Arc<str>> {
    let text = text.trim();
    let text = text
        .strip_prefix(['$', '＄', '￥'])
        .unwrap_or(text)
        .trim_matches('`');
    (!text.is_empty()).then(|| text.into())
}

/// The value of a text that is a literal: a number, a string, `true`, `null`, a list or a map of literals.
fn literal(text: &str) -> Option<Value> {
    // The line breaks end a comment that the text may hold.
    let query = format!("RETURN (\n{text}\n)");
    let StatementBody::Query(query) = syntax::parse(&query).ok()?.body else {
        return None;
    };
    let [Clause::Return(projection)] = query.first.clauses.as_slice() else {
        return None;
    };
    match projection.items.as_slice() {
        [item] if item.alias.is_none() && query.unions.is_empty() => constant(&item.expression),
        _ => None,
    }
}

fn constant(expression: &Expression) -> Option<Value> {
    match &expression.kind {
        ExpressionKind::Literal(literal) => Some(match literal {
            Literal::Null => Value::Null,
            Literal::Boolean(value) => Value::Boolean(*value),
            Literal::Integer(value) => Value::Integer(*value),
            Literal::Float(value) => Value::Float(*value),
            Literal::String(value) => Value::String(Arc::clone(value)),
        }),
        ExpressionKind::List(items) => items
            .iter()
            .map(constant)
            .collect::<Option<Vec<_>>>()
            .map(Value::list),
        ExpressionKind::Map(entries) => entries
            .iter()
            .map(|(key, value)| Some((Arc::clone(&key.text), constant(value)?)))
            .collect::<Option<Map>>()
            .map(Value::from),
        ExpressionKind::Unary {
            operator: UnaryOperator::Minus,
            operand,
        } => match constant(operand)? {
            Value::Integer(value) => value.checked_neg().map(Value::Integer),
            Value::Float(value) => Some(Value::Float(-value)),
            _ => None,
        },
        ExpressionKind::Unary {
            operator: UnaryOperator::Plus,
            operand,
        } => constant(operand).filter(|value| matches!(value, Value::Integer(_) | Value::Float(_))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_read_and_everything_else_is_text() {
        for (text, expected) in [
            ("-7", Value::Integer(-7)),
            ("1.5", Value::Float(1.5)),
            ("true", Value::Boolean(true)),
            ("null", Value::Null),
            (
                "{城市: '深圳'}",
                Value::from(Map::from_iter([("城市".into(), Value::from("深圳"))])),
            ),
            ("1 + 1", Value::from("1 + 1")),
            ("date('2023-08-01')", Value::from("date('2023-08-01')")),
            ("1) AS a, (2", Value::from("1) AS a, (2")),
            ("", Value::from("")),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }

    #[test]
    fn names_are_taken_with_or_without_the_dollar() {
        assert_eq!(
            assignment("区=坪山区"),
            Some(("区".into(), Value::from("坪山区")))
        );
        assert_eq!(assignment("$n = 3"), Some(("n".into(), Value::Integer(3))));
        assert_eq!(assignment("=3"), None);
        assert_eq!(assignment("n"), None);
    }
}
