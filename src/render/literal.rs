//! Owns how one value is written, in the manner of openCypher: `[1, 'a']`, `(:District {name: '坪山区'})`.
//!
//! Takes a value and the data of the nodes and relationships in it, gives text on one line.
//! A node or relationship whose data is not given was deleted, and is written `(deleted)` or `[deleted]`.

use std::fmt::{self, Display, Formatter, Write};

use super::Names;
use crate::graph::{Node, Relationship, Subgraph};
use crate::value::{Map, NodeId, Path, RelationshipId, Value};

/// A value that displays as a literal; made by [`literal`].
#[derive(Clone, Copy, Debug)]
pub struct Literal<'a> {
    value: &'a Value,
    entities: &'a Subgraph,
    names: Names,
}

/// The value as a literal: text in quotation marks, floats with a point or an exponent, temporal values in ISO 8601.
///
/// # Examples
///
/// ```
/// use tupu::graph::Subgraph;
/// use tupu::render::{Names, literal};
/// use tupu::value::Value;
///
/// let list = Value::list(vec![Value::from(1.0), Value::from("坪山区")]);
/// assert_eq!(literal(&list, &Subgraph::default(), Names::Identifiers).to_string(), "[1.0, '坪山区']");
/// ```
#[must_use]
pub fn literal<'a>(value: &'a Value, entities: &'a Subgraph, names: Names) -> Literal<'a> {
    Literal {
        value,
        entities,
        names,
    }
}

/// The value as it stands in a cell of its own: text as it is, everything else as a literal.
#[must_use]
pub fn cell(value: &Value, entities: &Subgraph, names: Names) -> String {
    match value {
        Value::String(text) => text.to_string(),
        _ => literal(value, entities, names).to_string(),
    }
}

/// A node's data as a literal: `(:District {name: '坪山区'})`.
#[must_use]
pub fn node(node: &Node, names: Names) -> String {
    let mut text = String::new();
    write_node(&mut text, node, &Subgraph::default(), names)
        .expect("a string takes all that is written");
    text
}

/// A text as a string literal in single quotation marks.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    write_quoted(&mut literal, text).expect("a string takes all that is written");
    literal
}

/// A name as a query writes it: in backquotes where it is no plain identifier.
#[must_use]
pub fn name(name: &str) -> String {
    if is_identifier(name) {
        name.to_owned()
    } else {
        format!("`{}`", name.replace('`', "``"))
    }
}

/// A float with a point or an exponent, or `NaN`, `Infinity`, `-Infinity`.
#[must_use]
pub fn float(number: f64) -> String {
    if number.is_infinite() {
        return if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .to_owned();
    }
    format!("{number:?}")
}

/// A temporal value's type, as the JSON Lines protocol names it, and its ISO 8601 text; `None` for other values.
#[must_use]
pub fn temporal(value: &Value) -> Option<(&'static str, String)> {
    Some(match value {
        Value::Date(date) => ("Date", format!("{date:?}")),
        Value::LocalTime(time) => ("LocalTime", format!("{time:?}")),
        Value::Time(time) => ("Time", format!("{time:?}")),
        Value::LocalDateTime(datetime) => ("LocalDateTime", format!("{datetime:?}")),
        Value::DateTime(datetime) => ("DateTime", format!("{datetime:?}")),
        Value::Duration(duration) => ("Duration", format!("{duration:?}")),
        _ => return None,
    })
}

/// Runs `step` with room on the stack: values nest as deeply as queries build them.
pub(super) fn with_stack<T>(step: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, step)
}

impl Display for Literal<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        with_stack(|| write_value(f, self.value, self.entities, self.names))
    }
}

fn write_value(
    out: &mut impl Write,
    value: &Value,
    entities: &Subgraph,
    names: Names,
) -> fmt::Result {
    match value {
        Value::Null => out.write_str("null"),
        Value::Boolean(value) => write!(out, "{value}"),
        Value::Integer(number) => write!(out, "{number}"),
        Value::Float(number) => out.write_str(&float(*number)),
        Value::String(text) => write_quoted(out, text),
        Value::List(items) => write_list(out, items, entities, names),
        Value::Map(map) => write_map(out, map, entities, names),
        Value::Node(node) => write_node_id(out, *node, entities, names),
        Value::Relationship(relationship) => {
            write_relationship_id(out, *relationship, entities, names)
        }
        Value::Path(path) => write_path(out, path, entities, names),
        Value::Date(_)
        | Value::LocalTime(_)
        | Value::Time(_)
        | Value::LocalDateTime(_)
        | Value::DateTime(_)
        | Value::Duration(_) => {
            let (_, text) = temporal(value).expect("the six temporal types are matched here");
            out.write_str(&text)
        }
    }
}

fn write_list(
    out: &mut impl Write,
    items: &[Value],
    entities: &Subgraph,
    names: Names,
) -> fmt::Result {
    out.write_char('[')?;
    for (index, item) in items.iter().enumerate() {
        let separator = if index == 0 { "" } else { ", " };
        write!(out, "{separator}{}", literal(item, entities, names))?;
    }
    out.write_char(']')
}

fn write_map(out: &mut impl Write, map: &Map, entities: &Subgraph, names: Names) -> fmt::Result {
    out.write_char('{')?;
    for (index, (key, value)) in map.iter().enumerate() {
        let separator = if index == 0 { "" } else { ", " };
        write!(
            out,
            "{separator}{}: {}",
            name(key),
            literal(value, entities, names)
        )?;
    }
    out.write_char('}')
}

fn write_node_id(
    out: &mut impl Write,
    id: NodeId,
    entities: &Subgraph,
    names: Names,
) -> fmt::Result {
    match entities.nodes.get(&id) {
        Some(node) => write_node(out, node, entities, names),
        None => out.write_str("(deleted)"),
    }
}

fn write_node(out: &mut impl Write, node: &Node, entities: &Subgraph, names: Names) -> fmt::Result {
    out.write_char('(')?;
    for label in &node.labels {
        write!(out, ":{}", shown_name(label, names.label(label)))?;
    }
    if !node.labels.is_empty() && !node.properties.is_empty() {
        out.write_char(' ')?;
    }
    if !node.properties.is_empty() {
        write_map(out, &node.properties, entities, names)?;
    }
    out.write_char(')')
}

fn write_relationship_id(
    out: &mut impl Write,
    id: RelationshipId,
    entities: &Subgraph,
    names: Names,
) -> fmt::Result {
    match entities.relationships.get(&id) {
        Some(relationship) => write_relationship(out, relationship, entities, names),
        None => out.write_str("[deleted]"),
    }
}

fn write_relationship(
    out: &mut impl Write,
    relationship: &Relationship,
    entities: &Subgraph,
    names: Names,
) -> fmt::Result {
    let identifier = &relationship.relationship_type;
    write!(
        out,
        "[:{}",
        shown_name(identifier, names.relationship_type(identifier))
    )?;
    if !relationship.properties.is_empty() {
        out.write_char(' ')?;
        write_map(out, &relationship.properties, entities, names)?;
    }
    out.write_char(']')
}

fn write_path(out: &mut impl Write, path: &Path, entities: &Subgraph, names: Names) -> fmt::Result {
    write_node_id(out, path.nodes()[0], entities, names)?;
    for (index, id) in path.relationships().iter().enumerate() {
        let walked_from = path.nodes()[index];
        let is_backward = entities
            .relationships
            .get(id)
            .is_some_and(|data| data.start != walked_from);
        let (before, after) = if is_backward {
            ("<-", "-")
        } else {
            ("-", "->")
        };
        out.write_str(before)?;
        write_relationship_id(out, *id, entities, names)?;
        out.write_str(after)?;
        write_node_id(out, path.nodes()[index + 1], entities, names)?;
    }
    Ok(())
}

/// A display name is no part of a query and stands as it is; an identifier gets its backquotes.
fn shown_name(identifier: &str, shown: &str) -> String {
    if shown == identifier {
        name(identifier)
    } else {
        shown.to_owned()
    }
}

fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|character| character.is_alphanumeric() || character == '_')
}

fn write_quoted(out: &mut impl Write, text: &str) -> fmt::Result {
    out.write_char('\'')?;
    for character in text.chars() {
        match character {
            '\'' => out.write_str("\\'")?,
            '\\' => out.write_str("\\\\")?,
            '\n' => out.write_str("\\n")?,
            '\r' => out.write_str("\\r")?,
            '\t' => out.write_str("\\t")?,
            control if control.is_control() => write!(out, "\\u{:04x}", u32::from(control))?,
            other => out.write_char(other)?,
        }
    }
    out.write_char('\'')
}
