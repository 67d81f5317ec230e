//! Graph → text: the same bytes for the same graph.

use std::io;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::entry::{self, Properties};
use super::ids::{all_ids, figure_owner};
use super::value::write_string;
use super::{
    DOCUMENT, DOCUMENT_FIELDS, HAS_INDICATOR, INDICATOR, INDICATOR_FIELDS, Ids, MENTIONS, NAME,
    SOURCES, VERSION,
};
use crate::evidence::{Evidence, Fact};
use crate::graph::{Direction, View};
use crate::value::{NodeId, RelationshipId, Value};

const DEFAULT_HEAD: &str = "// A property graph in the RON format of tupu.";

/// Writes a graph as one RON file, entries sorted by id, with the ids and the opening comment of the files that it was
/// read from.
///
/// Nodes that no file gave an id get one that is derived from their content. Opening the text gives the same graph,
/// and writing that the same text.
#[must_use]
pub fn write(view: &View, ids: &Ids) -> String {
    let writer = Writer::new(view, ids, ids.evidence());
    let mut text = writer.write();
    let mut evidence = String::new();
    writer.evidence(ids.evidence(), &mut evidence);
    writer.by_hand(&mut evidence);
    if !evidence.is_empty() {
        text.push_str("    evidence: [\n");
        text.push_str(&evidence);
        text.push_str("    ],\n");
    }
    text.push_str(")\n");
    text
}

/// Writes a graph as [`write()`] does, its evidence taken from an iterator, document by document in the order of their
/// ids, so that it never stands in memory as a whole. Of the evidence in `ids` only what was written by hand is used.
///
/// # Errors
///
/// What writing fails with, and what the iterator does.
pub fn write_to(
    view: &View,
    ids: &Ids,
    evidence: impl Iterator<Item = io::Result<Evidence>>,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let writer = Writer::new(view, ids, ids.evidence());
    out.write_all(writer.write().as_bytes())?;
    let mut is_open = false;
    let mut section = |text: &str, out: &mut dyn io::Write| {
        if !text.is_empty() && !std::mem::replace(&mut is_open, true) {
            out.write_all(b"    evidence: [\n")?;
        }
        out.write_all(text.as_bytes())
    };
    for document in evidence {
        let mut text = String::new();
        writer.evidence(&document?, &mut text);
        section(&text, out)?;
    }
    let mut text = String::new();
    writer.by_hand(&mut text);
    section(&text, out)?;
    if is_open {
        out.write_all(b"    ],\n")?;
    }
    out.write_all(b")\n")
}

struct Writer<'g> {
    view: &'g View,
    given: &'g Ids,
    /// An id for each node, by slot.
    ids: Vec<Option<Arc<str>>>,
    /// The ids of the nodes that are written as `Document(…)`.
    documents: FxHashSet<Arc<str>>,
    /// The relationships that are written as a part of a document or figure.
    contained: FxHashSet<RelationshipId>,
    /// The nodes that some entry refers to by id.
    referenced: FxHashSet<NodeId>,
}

/// A node's entry in its section, sorted by `order`.
struct Entry {
    order: Vec<Arc<str>>,
    text: String,
}

impl<'g> Writer<'g> {
    fn new(view: &'g View, given: &'g Ids, evidence: &Evidence) -> Self {
        let mut writer = Self {
            view,
            given,
            ids: all_ids(view, given),
            documents: FxHashSet::default(),
            contained: FxHashSet::default(),
            referenced: FxHashSet::default(),
        };
        writer.documents = view
            .nodes()
            .filter(|node| writer.is_document(*node))
            .map(|node| Arc::clone(writer.id(node)))
            .collect();
        let contained = view
            .relationships()
            .filter(|relationship| writer.is_contained(*relationship))
            .collect();
        writer.contained = contained;
        for relationship in view.relationships() {
            let Some((start, end)) = view.endpoints(relationship) else {
                continue;
            };
            writer.referenced.insert(start);
            let is_figure = writer.contained.contains(&relationship)
                && !writer.has_type(relationship, MENTIONS);
            if !is_figure {
                writer.referenced.insert(end);
            }
        }
        let claimed = evidence.claims.iter().filter_map(|claim| match claim.fact {
            Fact::Node(node) | Fact::Alias(node, _) => Some(node),
            Fact::Relationship(_) => None,
        });
        writer.referenced.extend(claimed);
        writer
    }

    fn evidence(&self, evidence: &Evidence, text: &mut String) {
        let is_document = |name: &str| self.documents.contains(name);
        super::evidence::write(text, self.view, evidence, is_document, |node| {
            let id = self.ids.get(node.slot() as usize)?.as_ref();
            id.filter(|_| self.view.contains_node(node))
        });
    }

    fn by_hand(&self, text: &mut String) {
        let nodes = self.given.evidence().by_hand.iter();
        let alive = nodes.filter(|node| self.view.contains_node(**node));
        let ids = alive.map(|node| self.id(*node)).collect();
        super::evidence::write_by_hand(text, ids);
    }

    fn write(&self) -> String {
        let mut documents = Vec::new();
        let mut nodes = Vec::new();
        let mut indicators = Vec::new();
        for node in self.view.nodes() {
            if self.documents.contains(self.id(node)) {
                documents.push(self.document(node));
            } else if let Some((owner, relationship)) = self.figure(node)
                && self.contained.contains(&relationship)
            {
                indicators.push(self.indicator(node, owner));
            } else {
                nodes.push(self.node(node));
            }
        }
        let outside = self
            .view
            .relationships()
            .filter(|relationship| !self.contained.contains(relationship));
        let relationships = outside
            .filter_map(|relationship| self.relationship(relationship))
            .collect();

        let head = if self.given.head().is_empty() {
            DEFAULT_HEAD
        } else {
            self.given.head()
        };
        let mut text = format!("{head}\nGraph(\n    version: {VERSION},\n");
        write_section(&mut text, "documents", documents);
        write_section(&mut text, "nodes", nodes);
        write_section(&mut text, "relationships", relationships);
        write_section(&mut text, "indicators", indicators);
        text
    }

    fn id(&self, node: NodeId) -> &Arc<str> {
        self.ids[node.slot() as usize]
            .as_ref()
            .expect("every node of the view has an id")
    }

    /// Whether a node is no more than a document: its one label, and its id for a name.
    fn is_document(&self, node: NodeId) -> bool {
        let name = self
            .view
            .key(NAME)
            .map(|key| self.view.node_property(node, key));
        self.has_only_label(node, DOCUMENT)
            && name.is_some_and(|name| name.as_str() == Some(self.id(node)))
    }

    fn has_only_label(&self, node: NodeId, label: &str) -> bool {
        match self.view.node_labels(node) {
            [only] => &**self.view.label_name(*only) == label,
            _ => false,
        }
    }

    /// What a node that may be written as a figure is said of, and by which relationship.
    fn figure(&self, node: NodeId) -> Option<(NodeId, RelationshipId)> {
        let owner =
            figure_owner(self.view, node).filter(|_| self.has_only_label(node, INDICATOR))?;
        let has_indicator = self.view.relationship_type(HAS_INDICATOR)?;
        let relationships = self
            .view
            .neighbours(node, has_indicator, Direction::Incoming)
            .relationships;
        Some((owner, self.view.relationship_at(*relationships.first()?)?))
    }

    /// Whether a relationship says nothing that the entry of the document or figure at its end does not.
    fn is_contained(&self, relationship: RelationshipId) -> bool {
        let Some((start, end)) = self.view.endpoints(relationship) else {
            return false;
        };
        let properties = entry::relationship_properties(self.view, relationship);
        if self.has_type(relationship, MENTIONS) {
            return self.documents.contains(self.id(start)) && properties.is_empty();
        }
        if !self.has_type(relationship, HAS_INDICATOR) || self.figure(end).is_none() {
            return false;
        }
        let mut of_figure = entry::node_properties(self.view, end);
        match entry::take(&mut of_figure, SOURCES) {
            None => properties.is_empty(),
            Some(sources) => {
                self.names_documents(&sources) && properties == [(Arc::from(SOURCES), sources)]
            }
        }
    }

    fn has_type(&self, relationship: RelationshipId, type_name: &str) -> bool {
        self.view
            .type_of(relationship)
            .is_some_and(|t| &**self.view.type_name(t) == type_name)
    }

    /// Whether a value can stand in the field `sources`.
    fn names_documents(&self, value: &Value) -> bool {
        let Value::List(items) = value else {
            return false;
        };
        items
            .iter()
            .all(|item| item.as_str().is_some_and(|id| self.documents.contains(id)))
    }

    /// Takes the property `sources` out where it can stand in the field of that name.
    fn take_sources(&self, properties: &mut Properties) -> Option<Value> {
        let (_, sources) = properties.iter().find(|(key, _)| &**key == SOURCES)?;
        if self.names_documents(sources) {
            entry::take(properties, SOURCES)
        } else {
            None
        }
    }

    fn document(&self, node: NodeId) -> Entry {
        let mut text = format!("Document(id: {}", quoted(self.id(node)));
        let mut properties = entry::node_properties(self.view, node);
        entry::take(&mut properties, NAME);
        write_fields(&mut text, &DOCUMENT_FIELDS, &mut properties);
        entry::write_properties(&mut text, &properties);
        let mut mentions = self.mentions(node);
        if !mentions.is_empty() {
            mentions.sort_unstable();
            text.push_str(", mentions: [\n");
            for id in mentions {
                text.push_str("            ");
                write_string(&mut text, &id);
                text.push_str(",\n");
            }
            text.push_str("        ]");
        }
        text.push(')');
        Entry {
            order: vec![Arc::clone(self.id(node))],
            text,
        }
    }

    fn mentions(&self, document: NodeId) -> Vec<Arc<str>> {
        let Some(mentions) = self.view.relationship_type(MENTIONS) else {
            return Vec::new();
        };
        let neighbours = self
            .view
            .neighbours(document, mentions, Direction::Outgoing);
        let contained = neighbours.relationships.iter().filter_map(|slot| {
            let relationship = self.view.relationship_at(*slot)?;
            let (_, end) = self
                .view
                .endpoints(relationship)
                .filter(|_| self.contained.contains(&relationship))?;
            Some(Arc::clone(self.id(end)))
        });
        contained.collect()
    }

    fn node(&self, node: NodeId) -> Entry {
        let mut text = format!("Node(id: {}", quoted(self.id(node)));
        let mut properties = entry::node_properties(self.view, node);
        let sources = self.take_sources(&mut properties);
        entry::write_labels(&mut text, &entry::labels(self.view, node));
        entry::write_properties(&mut text, &properties);
        entry::write_sources(&mut text, sources.as_ref());
        text.push(')');
        Entry {
            order: vec![Arc::clone(self.id(node))],
            text,
        }
    }

    fn indicator(&self, node: NodeId, owner: NodeId) -> Entry {
        let mut text = "Indicator(".to_owned();
        if self.given.get(node).is_some() || self.referenced.contains(&node) {
            text = format!("{text}id: {}, ", quoted(self.id(node)));
        }
        text = format!("{text}of: {}", quoted(self.id(owner)));
        let mut properties = entry::node_properties(self.view, node);
        let sources = self.take_sources(&mut properties);
        write_fields(&mut text, &INDICATOR_FIELDS, &mut properties);
        entry::write_properties(&mut text, &properties);
        entry::write_sources(&mut text, sources.as_ref());
        text.push(')');
        Entry {
            order: vec![Arc::clone(self.id(owner))],
            text,
        }
    }

    fn relationship(&self, relationship: RelationshipId) -> Option<Entry> {
        let (start, end) = self.view.endpoints(relationship)?;
        let relationship_type = self.view.type_name(self.view.type_of(relationship)?);
        let mut text = format!("Relationship(from: {}, type: ", quoted(self.id(start)));
        entry::write_name(&mut text, relationship_type);
        text.push_str(", to: ");
        write_string(&mut text, self.id(end));
        let mut properties = entry::relationship_properties(self.view, relationship);
        let sources = self.take_sources(&mut properties);
        entry::write_properties(&mut text, &properties);
        entry::write_sources(&mut text, sources.as_ref());
        text.push(')');
        let order = vec![
            Arc::clone(self.id(start)),
            Arc::clone(relationship_type),
            Arc::clone(self.id(end)),
        ];
        Some(Entry { order, text })
    }
}

/// Writes the properties that have a field of their own.
fn write_fields(text: &mut String, fields: &[&str], properties: &mut Properties) {
    for field in fields {
        if let Some(value) = entry::take(properties, field) {
            entry::write_field(text, field, &value);
        }
    }
}

fn write_section(text: &mut String, name: &str, mut entries: Vec<Entry>) {
    if entries.is_empty() {
        return;
    }
    entries.sort_unstable_by(|left, right| {
        (&left.order, &left.text).cmp(&(&right.order, &right.text))
    });
    text.push_str("    ");
    text.push_str(name);
    text.push_str(": [\n");
    for entry in entries {
        text.push_str("        ");
        text.push_str(&entry.text);
        text.push_str(",\n");
    }
    text.push_str("    ],\n");
}

fn quoted(string: &str) -> String {
    let mut text = String::new();
    write_string(&mut text, string);
    text
}
