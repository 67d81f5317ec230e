//! Types after `IS ::`.

use pest::iterators::Pair;

use super::super::ast::{TypeName, ValueType};
use super::super::grammar::Rule;

/// What stands after the operand: whether `NOT` is written, and the type.
pub(super) fn predicate(pair: Pair<'_, Rule>) -> (bool, ValueType) {
    let (mut is_negated, mut value_type) = (false, None);
    for pair in pair.into_inner() {
        match pair.as_rule() {
            Rule::negation => is_negated = true,
            Rule::value_type => value_type = Some(union(pair)),
            _ => {}
        }
    }
    (is_negated, value_type.expect("a type predicate has a type"))
}

/// The alternatives directly within a rule as one type.
fn union(pair: Pair<'_, Rule>) -> ValueType {
    let mut alternatives: Vec<_> = pair
        .into_inner()
        .filter(|pair| pair.as_rule() == Rule::one_type)
        .map(one_type)
        .collect();
    match alternatives.len() {
        1 => alternatives.remove(0),
        _ => ValueType::Union(alternatives),
    }
}

fn one_type(pair: Pair<'_, Rule>) -> ValueType {
    let mut parts = pair.into_inner();
    let value_type = parts.next().expect("a type stands first");
    let is_required = parts.next().is_some();
    match value_type.as_rule() {
        Rule::list_type => ValueType::List {
            item: Box::new(union(value_type)),
            is_required,
        },
        Rule::any_of => match (union(value_type), is_required) {
            (union, false) => union,
            (union, true) => required(union),
        },
        _ => ValueType::Named {
            name: named(value_type.as_str()),
            is_required,
        },
    }
}

/// `ANY<A | B> NOT NULL`: none of the alternatives is null.
fn required(value_type: ValueType) -> ValueType {
    match value_type {
        ValueType::Named { name, .. } => ValueType::Named {
            name,
            is_required: true,
        },
        ValueType::List { item, .. } => ValueType::List {
            item,
            is_required: true,
        },
        ValueType::Union(alternatives) => {
            ValueType::Union(alternatives.into_iter().map(required).collect())
        }
    }
}

fn named(written: &str) -> TypeName {
    let words: Vec<String> = written
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_uppercase)
        .collect();
    match words.join(" ").as_str() {
        "NOTHING" => TypeName::Nothing,
        "NULL" => TypeName::Null,
        "PROPERTY VALUE" => TypeName::PropertyValue,
        "BOOLEAN" | "BOOL" => TypeName::Boolean,
        "STRING" | "VARCHAR" => TypeName::String,
        "INTEGER" | "SIGNED INTEGER" | "INT" | "INT64" => TypeName::Integer,
        "FLOAT" | "FLOAT64" => TypeName::Float,
        "DATE" => TypeName::Date,
        "LOCAL TIME" | "TIME WITHOUT TIMEZONE" | "TIME WITHOUT TIME ZONE" => TypeName::LocalTime,
        "ZONED TIME" | "TIME" | "TIME WITH TIMEZONE" | "TIME WITH TIME ZONE" => TypeName::ZonedTime,
        "LOCAL DATETIME" | "TIMESTAMP WITHOUT TIMEZONE" | "TIMESTAMP WITHOUT TIME ZONE" => {
            TypeName::LocalDateTime
        }
        "ZONED DATETIME" | "DATETIME" | "TIMESTAMP WITH TIMEZONE" | "TIMESTAMP WITH TIME ZONE" => {
            TypeName::ZonedDateTime
        }
        "DURATION" => TypeName::Duration,
        "MAP" | "ANY MAP" => TypeName::Map,
        "NODE" | "ANY NODE" | "VERTEX" | "ANY VERTEX" => TypeName::Node,
        "RELATIONSHIP" | "ANY RELATIONSHIP" | "EDGE" | "ANY EDGE" => TypeName::Relationship,
        "PATH" => TypeName::Path,
        _ => TypeName::Any,
    }
}
