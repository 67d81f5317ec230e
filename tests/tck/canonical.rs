//! One text for each value, the same for an expected literal and for the value that the engine gives.
//!
//! Labels and map entries are sorted, lists on request too. Types stay apart (`1` is no `1.0`), except that a temporal
//! value is written as its text, as the scenarios write it.

use std::fmt::Write as _;

use tupu::graph::Subgraph;
use tupu::value::{NodeId, RelationshipId, Value};

use crate::literal::{self, Literal};

/// How texts are made.
#[derive(Clone, Copy)]
pub(crate) struct Canon<'a> {
    /// The data of the entities that values refer to.
    pub(crate) entities: &'a Subgraph,
    /// Whether lists are multisets.
    pub(crate) ignore_list_order: bool,
}

impl Canon<'_> {
    /// The text of a value that the engine gave.
    pub(crate) fn value(&self, value: &Value) -> String {
        match value {
            Value::List(items) => self.list(items.iter().map(|item| self.value(item)).collect()),
            Value::Map(map) => entries(map.iter().map(|(key, item)| (&**key, self.value(item)))),
            Value::Node(node) => self.node(*node),
            Value::Relationship(relationship) => self.relationship(*relationship),
            Value::Path(path) => {
                let mut text = format!("<{}", self.node(path.nodes()[0]));
                let ends = path.nodes().windows(2);
                for (ends, relationship) in ends.zip(path.relationships()) {
                    let data = self.entities.relationships.get(relationship);
                    let is_forward = data.is_some_and(|data| data.start == ends[0]);
                    let relationship = self.relationship(*relationship);
                    step(&mut text, &relationship, is_forward, &self.node(ends[1]));
                }
                text + ">"
            }
            scalar => scalar_text(scalar),
        }
    }

    /// The text of an expected value.
    pub(crate) fn literal(&self, literal: &Literal) -> String {
        match literal {
            Literal::Scalar(value) => scalar_text(value),
            Literal::List(items) => {
                self.list(items.iter().map(|item| self.literal(item)).collect())
            }
            Literal::Map(map) => self.literal_map(map),
            Literal::Node(node) => self.literal_node(node),
            Literal::Relationship(relationship) => self.literal_relationship(relationship),
            Literal::Path(start, steps) => {
                let mut text = format!("<{}", self.literal_node(start));
                for literal::Step {
                    relationship,
                    is_forward,
                    node,
                } in steps
                {
                    let relationship = self.literal_relationship(relationship);
                    step(
                        &mut text,
                        &relationship,
                        *is_forward,
                        &self.literal_node(node),
                    );
                }
                text + ">"
            }
        }
    }

    fn list(&self, mut items: Vec<String>) -> String {
        if self.ignore_list_order {
            items.sort_unstable();
        }
        format!("[{}]", items.join(", "))
    }

    fn node(&self, node: NodeId) -> String {
        let Some(node) = self.entities.nodes.get(&node) else {
            return "() that is deleted".to_owned();
        };
        let properties = node.properties.iter();
        node_text(
            node.labels.iter().map(|label| &**label).collect(),
            &entries(properties.map(|(key, value)| (&**key, self.value(value)))),
        )
    }

    fn relationship(&self, relationship: RelationshipId) -> String {
        let Some(data) = self.entities.relationships.get(&relationship) else {
            return "[] that is deleted".to_owned();
        };
        let properties = data.properties.iter();
        let properties = entries(properties.map(|(key, value)| (&**key, self.value(value))));
        format!("[:{} {properties}]", data.relationship_type)
    }

    fn literal_map(&self, map: &literal::Properties) -> String {
        entries(
            map.iter()
                .map(|(key, item)| (key.as_str(), self.literal(item))),
        )
    }

    fn literal_node(&self, node: &literal::Node) -> String {
        node_text(
            node.labels.iter().map(String::as_str).collect(),
            &self.literal_map(&node.properties),
        )
    }

    fn literal_relationship(&self, relationship: &literal::Relationship) -> String {
        let properties = self.literal_map(&relationship.properties);
        format!("[:{} {properties}]", relationship.relationship_type)
    }
}

fn scalar_text(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(value) => value.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) if *number == 0.0 => "0.0".to_owned(),
        // The kit's own comparison is of decimal text; the fifteenth digit is the last that all floats keep.
        Value::Float(number) => format!("{number:?}"),
        other => {
            let text = other.scalar_text().expect("all else is composed");
            format!("{text:?}")
        }
    }
}

fn entries<'a>(entries: impl Iterator<Item = (&'a str, String)>) -> String {
    let mut entries: Vec<String> = entries
        .map(|(key, text)| format!("{key}: {text}"))
        .collect();
    entries.sort_unstable();
    format!("{{{}}}", entries.join(", "))
}

fn node_text(mut labels: Vec<&str>, properties: &str) -> String {
    labels.sort_unstable();
    let labels: Vec<String> = labels.iter().map(|label| format!(":{label}")).collect();
    format!("({} {properties})", labels.concat())
}

fn step(text: &mut String, relationship: &str, is_forward: bool, node: &str) {
    let (before, after) = if is_forward { ("-", "->") } else { ("<-", "-") };
    write!(text, "{before}{relationship}{after}{node}").expect("a string takes all text");
}
