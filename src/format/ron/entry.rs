//! Labels, properties and sources of one entry, in the order in which they are written.

use std::sync::Arc;

use super::raw::{Raw, Shape};
use super::value::{write_separated, write_string, write_value};
use super::{NAME, SOURCES};
use crate::graph::{KeyId, View};
use crate::value::{NodeId, RelationshipId, Value};

/// Property keys and values, the name first, then by key.
pub(in crate::format) type Properties = Vec<(Arc<str>, Value)>;

/// The node's labels by name.
pub(in crate::format) fn labels(view: &View, node: NodeId) -> Vec<Arc<str>> {
    let mut labels: Vec<_> = view
        .node_labels(node)
        .iter()
        .map(|label| Arc::clone(view.label_name(*label)))
        .collect();
    labels.sort_unstable();
    labels
}

pub(in crate::format) fn node_properties(view: &View, node: NodeId) -> Properties {
    in_order(view, view.node_properties(node))
}

pub(in crate::format) fn relationship_properties(
    view: &View,
    relationship: RelationshipId,
) -> Properties {
    in_order(view, view.relationship_properties(relationship))
}

fn in_order(view: &View, properties: impl Iterator<Item = (KeyId, Value)>) -> Properties {
    let mut properties: Properties = properties
        .map(|(key, value)| (Arc::clone(view.key_name(key)), value))
        .collect();
    properties.sort_unstable_by(|(left, _), (right, _)| {
        (&**left != NAME, left).cmp(&(&**right != NAME, right))
    });
    properties
}

/// Takes a property out.
pub(super) fn take(properties: &mut Properties, key: &str) -> Option<Value> {
    let index = properties.iter().position(|(other, _)| &**other == key)?;
    Some(properties.remove(index).1)
}

/// Labels and properties as they are written: the same text for the same content.
pub(in crate::format) fn content(view: &View, node: NodeId) -> String {
    let mut text = String::new();
    write_labels(&mut text, &labels(view, node));
    write_properties(&mut text, &node_properties(view, node));
    text
}

pub(super) fn write_labels(text: &mut String, labels: &[Arc<str>]) {
    if !labels.is_empty() {
        text.push_str(", labels: ");
        write_separated(text, ('[', ']'), labels.iter(), |text, label| {
            write_name(text, label);
        });
    }
}

pub(super) fn write_properties(text: &mut String, properties: &Properties) {
    if !properties.is_empty() {
        text.push_str(", properties: ");
        write_separated(text, ('{', '}'), properties.iter(), |text, (key, value)| {
            write_string(text, key);
            text.push_str(": ");
            write_value(text, value);
        });
    }
}

pub(super) fn write_sources(text: &mut String, sources: Option<&Value>) {
    if let Some(sources) = sources {
        write_field(text, SOURCES, sources);
    }
}

pub(super) fn write_field(text: &mut String, field: &str, value: &Value) {
    text.push_str(", ");
    text.push_str(field);
    text.push_str(": ");
    write_value(text, value);
}

/// Writes a label or type: bare where RON takes it for a name, else in quotes.
pub(super) fn write_name(text: &mut String, name: &str) {
    let is_bare = !name.starts_with("r#")
        && ron::from_str::<Raw<'_>>(name).is_ok_and(|raw| {
            matches!(raw.shape(), Shape::Name(word) if word == name)
                && raw.name().is_ok_and(|read| read == name)
        });
    if is_bare {
        text.push_str(name);
    } else {
        write_string(text, name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_bare_where_ron_allows() {
        let names = [
            ("District", "District"),
            ("LOCATED_IN", "LOCATED_IN"),
            ("企业", "企业"),
            ("r", "r"),
            ("true", "true"),
            ("a-b", "\"a-b\""),
            ("a b", "\"a b\""),
            ("6+3", "\"6+3\""),
            ("Some", "\"Some\""),
            ("inf", "\"inf\""),
            ("()", "\"()\""),
            ("", "\"\""),
            ("r#a", "\"r#a\""),
            ("a // b", "\"a // b\""),
            ("a(b)", "\"a(b)\""),
        ];
        for (name, expected) in names {
            let mut text = String::new();
            write_name(&mut text, name);
            assert_eq!(text, expected);
            let raw: Raw<'_> = ron::from_str(&text).expect(&text);
            assert_eq!(raw.name().expect(&text), name);
        }
    }
}
