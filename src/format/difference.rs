//! Owns what two graphs differ in, entry by entry, in an order that depends on nothing but the graphs.
//!
//! Takes two graphs with the ids of their files; nodes with the same id are the same node. Gives the entries that only
//! one graph has or that differ, and prints them as lines in the manner of `diff`.
//!
//! ```text
//! - (荣耀:Enterprise {name: "荣耀"})
//! ~ (坪山区:District:Region)
//!     ~ area: 166.0 → 167.0
//! + (比亚迪)-[:LOCATED_IN {status: "planned"}]->(坪山区)
//! ```

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::Arc;

use super::ron::{Ids, all_ids, entry, write_value};
use crate::graph::View;
use crate::value::Value;

/// What one graph has that another has not, or has differently.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// The nodes, by id.
    pub nodes: Vec<Entry>,
    /// The relationships, by the ids of their ends and their type.
    pub relationships: Vec<Entry>,
}

/// One node or relationship that is not the same in both graphs.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What differs.
    pub subject: Subject,
    /// How.
    pub change: Change,
}

/// A node or relationship, by the ids that files use.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A node.
    Node {
        /// Its id.
        id: Arc<str>,
    },
    /// A relationship.
    Relationship {
        /// The id of the node where it starts.
        from: Arc<str>,
        /// Its type.
        relationship_type: Arc<str>,
        /// The id of the node where it ends.
        to: Arc<str>,
    },
}

/// How an entry differs.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Only the old graph has it.
    Removed(Content),
    /// Only the new graph has it.
    Added(Content),
    /// Both have it, with different content.
    Changed {
        /// What the new graph has.
        new: Content,
        /// In what it differs from the old one.
        details: Vec<Detail>,
    },
}

/// What an entry holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content {
    /// The labels of a node, sorted.
    pub labels: Vec<Arc<str>>,
    /// The properties, the name first, then by key.
    pub properties: Vec<(Arc<str>, Value)>,
}

/// One difference within an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    /// Only the old node bears the label.
    LabelRemoved(Arc<str>),
    /// Only the new node bears the label.
    LabelAdded(Arc<str>),
    /// A property has another value; null stands for none.
    Property {
        /// The key.
        key: Arc<str>,
        /// The old value.
        old: Value,
        /// The new value.
        new: Value,
    },
}

/// The entries of the old and the new graph that could be the same one: at most one each for a node, any number for
/// parallel relationships.
type Candidates = BTreeMap<Subject, [Vec<Content>; 2]>;

impl Difference {
    /// What must change in the old graph to get the new one; each comes with the ids of the files that it was read from.
    #[must_use]
    pub fn between(old: (&View, &Ids), new: (&View, &Ids)) -> Self {
        let mut nodes = Candidates::new();
        let mut relationships = Candidates::new();
        for (side, (view, ids)) in [old, new].into_iter().enumerate() {
            collect(view, ids, side, &mut nodes, &mut relationships);
        }
        Self {
            nodes: differing(nodes),
            relationships: differing(relationships),
        }
    }

    /// Whether the graphs are the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.relationships.is_empty()
    }
}

fn collect(
    view: &View,
    ids: &Ids,
    side: usize,
    nodes: &mut Candidates,
    relationships: &mut Candidates,
) {
    let ids = all_ids(view, ids);
    let id = |slot: u32| {
        Arc::clone(
            ids[slot as usize]
                .as_ref()
                .expect("every node of the view has an id"),
        )
    };
    for node in view.nodes() {
        let content = Content {
            labels: entry::labels(view, node),
            properties: entry::node_properties(view, node),
        };
        nodes
            .entry(Subject::Node {
                id: id(node.slot()),
            })
            .or_default()[side]
            .push(content);
    }
    for relationship in view.relationships() {
        let (Some((start, end)), Some(t)) =
            (view.endpoints(relationship), view.type_of(relationship))
        else {
            continue;
        };
        let subject = Subject::Relationship {
            from: id(start.slot()),
            relationship_type: Arc::clone(view.type_name(t)),
            to: id(end.slot()),
        };
        let content = Content {
            labels: Vec::new(),
            properties: entry::relationship_properties(view, relationship),
        };
        relationships.entry(subject).or_default()[side].push(content);
    }
}

fn differing(candidates: Candidates) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (subject, [old, new]) in candidates {
        let changes = match_up(old, new).into_iter();
        entries.extend(changes.map(|change| Entry {
            subject: subject.clone(),
            change,
        }));
    }
    entries
}

/// Pairs what is equal, then what is left in the order of its text.
fn match_up(old: Vec<Content>, new: Vec<Content>) -> Vec<Change> {
    let by_text = |contents: Vec<Content>| {
        let mut by_text: Vec<_> = contents
            .into_iter()
            .map(|content| (content.to_string(), content))
            .collect();
        by_text.sort_by(|(left, _), (right, _)| left.cmp(right));
        by_text
    };
    let (mut old, mut new) = (
        by_text(old).into_iter().peekable(),
        by_text(new).into_iter().peekable(),
    );
    let (mut only_old, mut only_new) = (VecDeque::new(), VecDeque::new());
    while let (Some((old_text, _)), Some((new_text, _))) = (old.peek(), new.peek()) {
        let order = old_text.cmp(new_text);
        let from_old = old.next_if(|_| order.is_le());
        let from_new = new.next_if(|_| order.is_ge());
        if order.is_ne() {
            only_old.extend(from_old);
            only_new.extend(from_new);
        }
    }
    only_old.extend(old);
    only_new.extend(new);
    let mut changes = Vec::new();
    loop {
        changes.push(match (only_old.pop_front(), only_new.pop_front()) {
            (Some((_, old)), Some((_, new))) => Change::Changed {
                details: details(&old, &new),
                new,
            },
            (Some((_, old)), None) => Change::Removed(old),
            (None, Some((_, new))) => Change::Added(new),
            (None, None) => return changes,
        });
    }
}

fn details(old: &Content, new: &Content) -> Vec<Detail> {
    let removed = old
        .labels
        .iter()
        .filter(|label| !new.labels.contains(label));
    let added = new
        .labels
        .iter()
        .filter(|label| !old.labels.contains(label));
    let mut details: Vec<_> = removed
        .map(|label| Detail::LabelRemoved(Arc::clone(label)))
        .collect();
    details.extend(added.map(|label| Detail::LabelAdded(Arc::clone(label))));
    let mut values: BTreeMap<&Arc<str>, [Value; 2]> = BTreeMap::new();
    for (side, content) in [old, new].into_iter().enumerate() {
        for (key, value) in &content.properties {
            values.entry(key).or_default()[side] = value.clone();
        }
    }
    // By their text, by which NaN is NaN and 1 is not 1.0.
    let different = values
        .into_iter()
        .filter(|(_, [old, new])| text(old) != text(new));
    details.extend(different.map(|(key, [old, new])| Detail::Property {
        key: Arc::clone(key),
        old,
        new,
    }));
    details
}

fn text(value: &Value) -> String {
    let mut text = String::new();
    write_value(&mut text, value);
    text
}

/// `:District:Region {name: "坪山区"}`
impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for label in &self.labels {
            write!(f, ":{label}")?;
        }
        for (index, (key, value)) in self.properties.iter().enumerate() {
            f.write_str(if index == 0 { " {" } else { ", " })?;
            write!(f, "{key}: {}", text(value))?;
        }
        if self.properties.is_empty() {
            Ok(())
        } else {
            f.write_str("}")
        }
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LabelRemoved(label) => write!(f, "- :{label}"),
            Self::LabelAdded(label) => write!(f, "+ :{label}"),
            Self::Property {
                key,
                old,
                new: Value::Null,
            } => write!(f, "- {key}: {}", text(old)),
            Self::Property {
                key,
                old: Value::Null,
                new,
            } => write!(f, "+ {key}: {}", text(new)),
            Self::Property { key, old, new } => write!(f, "~ {key}: {} → {}", text(old), text(new)),
        }
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, content) = match &self.change {
            Change::Removed(content) => ('-', content.clone()),
            Change::Added(content) => ('+', content.clone()),
            Change::Changed { new, .. } => (
                '~',
                Content {
                    labels: new.labels.clone(),
                    properties: Vec::new(),
                },
            ),
        };
        match &self.subject {
            Subject::Node { id } => write!(f, "{sign} ({id}{content})")?,
            Subject::Relationship {
                from,
                relationship_type,
                to,
            } => {
                write!(f, "{sign} ({from})-[:{relationship_type}{content}]->({to})")?;
            }
        }
        if let Change::Changed { details, .. } = &self.change {
            for detail in details {
                write!(f, "\n    {detail}")?;
            }
        }
        Ok(())
    }
}

/// One line for each entry, and one for each of its details.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for entry in self.nodes.iter().chain(&self.relationships) {
            writeln!(f, "{entry}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::ron::open;
    use super::*;
    use crate::graph::Graph;

    fn check(old: &str, new: &str, expected: Expect) {
        let read = |text: &str| {
            let mut graph = Graph::new();
            let text = format!("Graph(version: 1, nodes: [{text})");
            let ids = open(&[("a.ron", &text)], &mut graph)
                .unwrap_or_else(|error| panic!("{}", error.render()));
            (graph, ids)
        };
        let ((old, old_ids), (new, new_ids)) = (read(old), read(new));
        let difference = Difference::between((old.view(), &old_ids), (new.view(), &new_ids));
        assert_eq!(difference.is_empty(), difference.to_string().is_empty());
        expected.assert_eq(&difference.to_string());
    }

    #[test]
    fn the_same_graph_in_another_order() {
        check(
            r#"Node(id: "a", labels: [A, B], properties: {"x": NaN, "y": 1}), Node(id: "b")]"#,
            r#"Node(id: "b"), Node(id: "a", labels: [B, A], properties: {"y": 1, "x": NaN})]"#,
            expect![[""]],
        );
    }

    #[test]
    fn nodes() {
        check(
            r#"Node(id: "荣耀", labels: [Enterprise], properties: {"name": "荣耀"}), Node(id: "坪山区", labels: [District], properties: {"a": 1, "b": 2})]"#,
            r#"Node(id: "坪山区", labels: [District, Region], properties: {"a": 1.0, "c": Date("2024-02-20")}), Node(id: "比亚迪")]"#,
            expect![[r#"
                ~ (坪山区:District:Region)
                    + :Region
                    ~ a: 1 → 1.0
                    - b: 2
                    + c: Date("2024-02-20")
                + (比亚迪)
                - (荣耀:Enterprise {name: "荣耀"})
            "#]],
        );
    }

    #[test]
    fn relationships() {
        check(
            r#"Node(id: "a"), Node(id: "b")], relationships: [
                Relationship(from: "a", type: R, to: "b"),
                Relationship(from: "a", type: R, to: "b", properties: {"x": 1}),
                Relationship(from: "b", type: R, to: "a"),
            ]"#,
            r#"Node(id: "a"), Node(id: "b")], relationships: [
                Relationship(from: "a", type: R, to: "b", properties: {"x": 2}),
                Relationship(from: "a", type: R, to: "b"),
                Relationship(from: "a", type: S, to: "b"),
            ]"#,
            expect![[r#"
                ~ (a)-[:R]->(b)
                    ~ x: 1 → 2
                + (a)-[:S]->(b)
                - (b)-[:R]->(a)
            "#]],
        );
    }
}
