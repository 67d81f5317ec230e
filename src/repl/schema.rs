//! What a graph is made of, as rows: its kinds of nodes and relationships with their properties, and its counts.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{KeyId, LabelId, Node, TypeId, View};
use crate::render::text::{pad, width as cells, wrap};
use crate::render::{Names, primary_label};
use crate::value::Value;

/// The columns of [`rows`].
pub const KIND_COLUMNS: [&str; 5] = ["kind", "count", "from", "to", "properties"];

/// The columns of [`counts`].
pub const COUNT_COLUMNS: [&str; 3] = ["kind", "name", "count"];

/// A kind of node or relationship.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// As a pattern writes it: `(:District:Region)`, `[:LOCATED_IN]`.
    pub kind: String,
    /// How often it occurs.
    pub count: usize,
    /// For a relationship, the most telling label of each kind of node where it starts.
    pub from: Vec<String>,
    /// The same where it ends.
    pub to: Vec<String>,
    /// The property keys that occur on it.
    pub properties: Vec<String>,
}

/// How often a kind of node or relationship occurs, with which property keys, and between which nodes.
#[derive(Debug, Default)]
struct Kind<'a> {
    count: usize,
    keys: BTreeSet<KeyId>,
    starts: BTreeSet<&'a [LabelId]>,
    ends: BTreeSet<&'a [LabelId]>,
}

/// The graph's schema: an entry for each set of labels that nodes bear, and for each relationship type.
///
/// # Complexity
///
/// Linear in the size of the graph.
#[must_use]
pub fn kinds(view: &View, names: Names) -> Vec<Entry> {
    let mut nodes: BTreeMap<&[LabelId], Kind<'_>> = BTreeMap::new();
    for node in view.nodes() {
        let kind = nodes.entry(view.node_labels(node)).or_default();
        kind.count += 1;
        kind.keys
            .extend(view.node_properties(node).map(|(key, _)| key));
    }
    let mut relationships: BTreeMap<TypeId, Kind<'_>> = BTreeMap::new();
    for relationship in view.relationships() {
        let (Some(of_type), Some((start, end))) =
            (view.type_of(relationship), view.endpoints(relationship))
        else {
            continue;
        };
        let kind = relationships.entry(of_type).or_default();
        kind.count += 1;
        kind.keys.extend(
            view.relationship_properties(relationship)
                .map(|(key, _)| key),
        );
        kind.starts.insert(view.node_labels(start));
        kind.ends.insert(view.node_labels(end));
    }
    let nodes = nodes.into_iter().map(|(labels, kind)| {
        let labels: Vec<_> = labels
            .iter()
            .map(|label| names.label(view.label_name(*label)))
            .collect();
        let colon = if labels.is_empty() { "" } else { ":" };
        kind.entry(view, format!("({colon}{})", labels.join(":")), names)
    });
    let relationships = relationships.into_iter().map(|(of_type, kind)| {
        let of_type = names.relationship_type(view.type_name(of_type));
        kind.entry(view, format!("[:{of_type}]"), names)
    });
    nodes.chain(relationships).collect()
}

/// The schema as rows with the columns [`KIND_COLUMNS`].
#[must_use]
pub fn rows(entries: &[Entry]) -> Vec<Vec<Value>> {
    let row = |entry: &Entry| {
        vec![
            Value::from(entry.kind.as_str()),
            number(entry.count),
            Value::from(entry.from.join(", ")),
            Value::from(entry.to.join(", ")),
            Value::from(entry.properties.join(", ")),
        ]
    };
    entries.iter().map(row).collect()
}

/// The schema as text for people, lines wrapped to the width where one is given.
#[must_use]
pub fn text(entries: &[Entry], width: Option<usize>) -> String {
    /// The fewest cells that the last column is narrowed to.
    const NARROWEST: usize = 24;
    let kind_width = entries.iter().map(|entry| cells(&entry.kind)).max();
    let counts: Vec<_> = entries
        .iter()
        .map(|entry| entry.count.to_string())
        .collect();
    let count_width = counts.iter().map(String::len).max();
    let (kind_width, count_width) = (kind_width.unwrap_or(0), count_width.unwrap_or(0));
    let indent = kind_width + count_width + 4;
    let room = width.map_or(usize::MAX, |width| {
        width.saturating_sub(indent).max(NARROWEST)
    });
    let mut text = String::new();
    for (entry, count) in entries.iter().zip(&counts) {
        let mut line = entry.kind.clone();
        pad(&mut line, kind_width + 2 + count_width - count.len());
        line.push_str(count);
        let description = entry.description();
        for part in wrap(&description, room) {
            pad(&mut line, indent);
            text.push_str((line + part).trim_end());
            text.push('\n');
            line = String::new();
        }
    }
    text
}

impl Kind<'_> {
    fn entry(&self, view: &View, kind: String, names: Names) -> Entry {
        let keys = self.keys.iter();
        Entry {
            kind,
            count: self.count,
            from: ends(view, &self.starts, names),
            to: ends(view, &self.ends, names),
            properties: keys.map(|key| view.key_name(*key).to_string()).collect(),
        }
    }
}

impl Entry {
    /// `Enterprise, Park → Region {sources, status}`
    fn description(&self) -> String {
        let properties = if self.properties.is_empty() {
            String::new()
        } else {
            format!("{{{}}}", self.properties.join(", "))
        };
        if self.from.is_empty() {
            properties
        } else {
            format!(
                "{} → {} {properties}",
                self.from.join(", "),
                self.to.join(", ")
            )
        }
    }
}

/// The most telling label of each kind of node.
fn ends(view: &View, kinds: &BTreeSet<&[LabelId]>, names: Names) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for kind in kinds {
        let node = Node {
            labels: kind
                .iter()
                .map(|label| view.label_name(*label).clone())
                .collect(),
            ..Node::default()
        };
        let label = primary_label(&node)
            .map_or_else(|| "()".to_owned(), |label| names.label(label).to_owned());
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

/// How many nodes and relationships the graph has, altogether and by label and type.
#[must_use]
pub fn counts(view: &View, names: Names) -> Vec<Vec<Value>> {
    let labels = view.labels().map(|label| {
        (
            "label",
            names.label(view.label_name(label)).to_owned(),
            view.label_count(label),
        )
    });
    let types = view.types().map(|of_type| {
        (
            "type",
            names.relationship_type(view.type_name(of_type)).to_owned(),
            view.type_count(of_type),
        )
    });
    std::iter::once(("nodes", String::new(), view.node_count()))
        .chain(labels)
        .chain([("relationships", String::new(), view.relationship_count())])
        .chain(types)
        .filter(|(_, name, count)| name.is_empty() || *count > 0)
        .map(|(kind, name, count)| vec![Value::from(kind), Value::from(name), number(count)])
        .collect()
}

fn number(count: usize) -> Value {
    Value::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::graph::{Graph, Subgraph};
    use crate::render::{self, Format, Rows};

    fn graph() -> Graph {
        let mut graph = Graph::new();
        let labels =
            ["District", "Region", "Enterprise", "Unused"].map(|name| graph.intern_label(name));
        let (located_in, name) = (graph.intern_type("LOCATED_IN"), graph.intern_key("name"));
        let named = |text: &str| [(name, Value::from(text))];
        let district = graph
            .create_node(&labels[..2], &named("坪山区"))
            .expect("there is room");
        let enterprise = graph
            .create_node(&labels[2..3], &named("比亚迪"))
            .expect("there is room");
        graph
            .create_relationship(enterprise, located_in, district, &[])
            .expect("both ends are there");
        graph.commit();
        graph
    }

    fn csv(columns: &[&str], rows: &[Vec<Value>]) -> String {
        let columns: Vec<_> = columns.iter().map(|name| (*name).into()).collect();
        let rows = Rows {
            columns: &columns,
            rows,
            entities: &Subgraph::default(),
        };
        let mut text = Vec::new();
        render::write(&mut text, Format::Csv, rows, &render::Options::default())
            .expect("writing to memory");
        String::from_utf8(text).expect("rows are text")
    }

    #[test]
    fn kinds_are_named_in_either_language() {
        let graph = graph();
        let entries = kinds(graph.view(), Names::Identifiers);
        expect![[r"
            kind,count,from,to,properties
            (:District:Region),1,,,name
            (:Enterprise),1,,,name
            [:LOCATED_IN],1,Enterprise,District,
        "]]
        .assert_eq(&csv(&KIND_COLUMNS, &rows(&entries)));
        expect![[r#"
            (:District:Region)  1  {name}
            (:Enterprise)       1  {name}
            [:LOCATED_IN]       1  Enterprise → District
        "#]]
        .assert_eq(&text(&entries, Some(40)));
        expect![[r"
            kind,name,count
            nodes,,2
            label,区县,1
            label,地区,1
            label,企业,1
            relationships,,1
            type,位于,1
        "]]
        .assert_eq(&csv(&COUNT_COLUMNS, &counts(graph.view(), Names::Chinese)));
    }
}
