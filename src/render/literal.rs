//! Owns how one value is written, in the manner of openCypher: `[1, 'a']`, `(:District {name: '坪山区'})`.
//!
//! Takes a value and the data of the nodes and relationships in it, gives text on one line.
//! A node or relationship whose data is not given was deleted, and is written `(deleted)` or `[deleted]`.

use std::fmt::{self, Display, Formatter, Write};

use super::Names;
use crate::graph::Subgraph;
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

/// A name as a query writes it: in backquotes where it is no plain identifier.
#[must_use]
pub fn name(name: &str) -> String {
    if is_identifier(name) {
        name.to_owned()
    } else {
        format!("`{}`", name.replace('`', "``"))
    }
}

/// A temporal value's type, as the JSON Lines protocol names it, and its ISO 8601 text; `None` for other values.
#[must_use]
pub fn temporal(value: &Value) -> Option<(&'static str, String)> {
    Some(match value {
        Value::Date(date) => ("Date", date.to_string()),
        Value::LocalTime(time) => ("LocalTime", time.to_string()),
        Value::Time(time) => ("Time", time.to_string()),
        Value::LocalDateTime(datetime) => ("LocalDateTime", datetime.to_string()),
        Value::DateTime(datetime) => ("DateTime", datetime.to_string()),
        Value::Duration(duration) => ("Duration", duration.to_string()),
        _ => return None,
    })
}

/// Runs `step` with room on the stack: values nest as deeply as queries build them.
pub(super) fn with_stack<T>(step: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, step)
}

impl Display for Literal<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self {
            value,
            entities,
            names,
        } = *self;
        with_stack(|| Writing { entities, names }.value(f, value))
    }
}

/// What values are read with while they are written.
#[derive(Clone, Copy)]
struct Writing<'a> {
    entities: &'a Subgraph,
    names: Names,
}

impl<'a> Writing<'a> {
    fn value(self, out: &mut impl Write, value: &'a Value) -> fmt::Result {
        match value {
            Value::List(items) => self.list(out, items),
            Value::Map(map) => self.map(out, map),
            Value::Node(id) => self.node(out, *id),
            Value::Relationship(id) => self.relationship(out, *id),
            Value::Path(path) => self.path(out, path),
            scalar => match temporal(scalar) {
                Some((_, text)) => out.write_str(&text),
                None => write!(out, "{scalar}"),
            },
        }
    }

    fn list(self, out: &mut impl Write, items: &'a [Value]) -> fmt::Result {
        out.write_char('[')?;
        for (index, item) in items.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(out, "{separator}{}", self.nested(item))?;
        }
        out.write_char(']')
    }

    fn map(self, out: &mut impl Write, map: &'a Map) -> fmt::Result {
        out.write_char('{')?;
        for (index, (key, value)) in map.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(out, "{separator}{}: {}", name(key), self.nested(value))?;
        }
        out.write_char('}')
    }

    fn nested(self, value: &'a Value) -> Literal<'a> {
        literal(value, self.entities, self.names)
    }

    fn node(self, out: &mut impl Write, id: NodeId) -> fmt::Result {
        let Some(node) = self.entities.nodes.get(&id) else {
            return out.write_str("(deleted)");
        };
        out.write_char('(')?;
        for label in &node.labels {
            write!(out, ":{}", shown_name(label, self.names.label(label)))?;
        }
        if !node.labels.is_empty() && !node.properties.is_empty() {
            out.write_char(' ')?;
        }
        if !node.properties.is_empty() {
            self.map(out, &node.properties)?;
        }
        out.write_char(')')
    }

    fn relationship(self, out: &mut impl Write, id: RelationshipId) -> fmt::Result {
        let Some(relationship) = self.entities.relationships.get(&id) else {
            return out.write_str("[deleted]");
        };
        let identifier = &relationship.relationship_type;
        let shown = self.names.relationship_type(identifier);
        write!(out, "[:{}", shown_name(identifier, shown))?;
        if !relationship.properties.is_empty() {
            out.write_char(' ')?;
            self.map(out, &relationship.properties)?;
        }
        out.write_char(']')
    }

    fn path(self, out: &mut impl Write, path: &Path) -> fmt::Result {
        self.node(out, path.nodes()[0])?;
        for (index, id) in path.relationships().iter().enumerate() {
            let walked_from = path.nodes()[index];
            let data = self.entities.relationships.get(id);
            let is_backward = data.is_some_and(|data| data.start != walked_from);
            let (before, after) = if is_backward {
                ("<-", "-")
            } else {
                ("-", "->")
            };
            out.write_str(before)?;
            self.relationship(out, *id)?;
            out.write_str(after)?;
            self.node(out, path.nodes()[index + 1])?;
        }
        Ok(())
    }
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
