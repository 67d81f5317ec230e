//! What in a graph no claim supports: written by a query or by hand. Building and removing never touch it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::Error;
use super::registry::read_if_there;
use crate::evidence::{DOCUMENT, Evidence, Fact, SOURCES};
use crate::format::ron::{self, Ids};
use crate::graph::{Graph, View};
use crate::value::{NodeId, RelationshipId, Value};

/// The keys of nodes that claims decide.
const OF_NODES: [&str; 10] = [
    "name",
    "aliases",
    SOURCES,
    "value",
    "unit",
    "period",
    "qualifier",
    "title",
    "source",
    "date",
];
/// The keys of relationships that claims decide.
const OF_RELATIONSHIPS: [&str; 3] = [SOURCES, "role", "status"];

/// What in a graph no claim supports.
#[derive(Clone, Debug, Default)]
pub struct ByHand {
    head: String,
    nodes: BTreeMap<Arc<str>, Node>,
    /// Nodes without an id, by position; their ends are told by it.
    relationships: Vec<Relationship>,
}

/// A node, or what was added to a node that documents name.
#[derive(Clone, Debug, Default)]
struct Node {
    labels: BTreeSet<Arc<str>>,
    properties: Vec<(Arc<str>, Value)>,
    /// Whether the node itself was written by hand, so that it needs no document.
    is_own: bool,
    /// Whether the id is derived from what the node holds, and so stands in no file.
    has_derived_id: bool,
}

#[derive(Clone, Debug)]
struct Relationship {
    start: Arc<str>,
    type_name: Arc<str>,
    end: Arc<str>,
    properties: Vec<(Arc<str>, Value)>,
    /// Whether it was added to a relationship that documents state.
    is_addition: bool,
}

impl ByHand {
    /// Reads what no claim supports from a graph file; one that is not there holds nothing.
    ///
    /// # Errors
    ///
    /// [`Error::File`], [`Error::Format`].
    pub fn open(path: &Path) -> Result<Self, Error> {
        let Some(text) = read_if_there(path)? else {
            return Ok(Self::default());
        };
        let mut graph = Graph::new();
        let ids = ron::open(&[(&path.display().to_string(), &text)], &mut graph)?;
        Ok(Self::of(graph.view(), &ids))
    }

    /// What no claim supports in a graph.
    #[must_use]
    pub fn of(view: &View, ids: &Ids) -> Self {
        let evidence = ids.evidence();
        let claimed = Claimed::new(view, evidence);
        let all = ron::ids(view, ids);
        let id = |node: NodeId| all[node.slot() as usize].clone();
        let mut found = Self {
            head: ids.head().to_owned(),
            ..Self::default()
        };
        for node in view.nodes() {
            if let Some(id) = id(node) {
                found.take_node(view, evidence, &claimed, node, &id);
                if let Some(entry) = found.nodes.get_mut(&id) {
                    entry.has_derived_id = ids.get(node).is_none();
                }
            }
        }
        for relationship in view.relationships() {
            let ends = view.endpoints(relationship);
            let ends = ends.and_then(|(start, end)| Some((start, id(start)?, end, id(end)?)));
            if let Some((start, start_id, end, end_id)) = ends {
                let properties = properties(view.relationship_properties(relationship), view);
                let is_claimed = claimed.relationships.contains(&relationship)
                    || !evidence.of_relationship(view, relationship).is_empty();
                let properties: Vec<_> = properties
                    .filter(|(key, _)| !is_claimed || !OF_RELATIONSHIPS.contains(&&**key))
                    .collect();
                if is_claimed && properties.is_empty() {
                    continue;
                }
                found.hold(view, start, &start_id);
                found.hold(view, end, &end_id);
                let Some(t) = view.type_of(relationship) else {
                    continue;
                };
                found.relationships.push(Relationship {
                    start: start_id,
                    type_name: Arc::clone(view.type_name(t)),
                    end: end_id,
                    properties,
                    is_addition: is_claimed,
                });
            }
        }
        found
    }

    fn take_node(
        &mut self,
        view: &View,
        evidence: &Evidence,
        claimed: &Claimed,
        node: NodeId,
        id: &Arc<str>,
    ) {
        let is_claimed = claimed.nodes.contains(&node);
        let is_own = !is_claimed || evidence.by_hand.contains(&node);
        let known = [DOCUMENT, "Indicator", "Region"];
        let is_known = |label: &str| {
            known.contains(&label) || crate::extraction::Label::from_name(label).is_some()
        };
        let labels = view
            .node_labels(node)
            .iter()
            .map(|label| view.label_name(*label));
        let labels: BTreeSet<Arc<str>> = labels
            .filter(|label| is_own || !is_known(label))
            .cloned()
            .collect();
        let all = properties(view.node_properties(node), view);
        let added: Vec<_> = all
            .filter(|(key, _)| !is_claimed || !OF_NODES.contains(&&**key))
            .collect();
        if is_own || !labels.is_empty() || !added.is_empty() {
            let entry = self.nodes.entry(Arc::clone(id)).or_default();
            entry.labels = labels;
            entry.properties = added;
            entry.is_own = is_own;
            if is_claimed {
                self.hold(view, node, id);
            }
        }
    }

    /// Keeps what names a node, since something by hand holds on to it.
    fn hold(&mut self, view: &View, node: NodeId, id: &Arc<str>) {
        let entry = self.nodes.entry(Arc::clone(id)).or_default();
        let labels = view.node_labels(node).iter();
        entry
            .labels
            .extend(labels.map(|label| Arc::clone(view.label_name(*label))));
        let has_name = entry.properties.iter().any(|(key, _)| &**key == "name");
        if let Some(key) = view.key("name").filter(|_| !has_name) {
            let name = view.node_property(node, key);
            if !name.is_null() {
                entry.properties.push(("name".into(), name));
            }
        }
    }

    /// Writes into a graph of claims, whose nodes have these ids; gives the ids of all.
    pub(super) fn write(
        &self,
        graph: &mut Graph,
        mut ids: BTreeMap<Arc<str>, NodeId>,
    ) -> Result<Ids, Error> {
        let mut evidence = Evidence::default();
        for (id, node) in &self.nodes {
            let keys = node.properties.iter();
            let keys: Vec<_> = keys
                .map(|(key, value)| (graph.intern_key(key), value.clone()))
                .collect();
            let labels: Vec<_> = node
                .labels
                .iter()
                .map(|label| graph.intern_label(label))
                .collect();
            if let Some(&there) = ids.get(id) {
                for label in labels {
                    graph.add_label(there, label)?;
                }
                for (key, value) in keys {
                    // What documents say of the node goes first.
                    if graph.view().node_property(there, key).is_null() {
                        graph.set_node_property(there, key, value)?;
                    }
                }
                if node.is_own {
                    evidence.by_hand.insert(there);
                }
            } else {
                ids.insert(Arc::clone(id), graph.create_node(&labels, &keys)?);
            }
        }
        for relationship in &self.relationships {
            self.write_relationship(graph, &ids, relationship)?;
        }
        let is_derived = |id: &Arc<str>| {
            let node = self.nodes.get(id);
            node.is_some_and(|node| node.is_own && node.has_derived_id)
        };
        let ids = ids.into_iter().filter(|(id, _)| !is_derived(id));
        let ids = ids.map(|(id, node)| (node, id));
        Ok(Ids::new(ids, self.head.clone()).with_evidence(evidence))
    }

    fn write_relationship(
        &self,
        graph: &mut Graph,
        ids: &BTreeMap<Arc<str>, NodeId>,
        relationship: &Relationship,
    ) -> Result<(), Error> {
        let ends = ids.get(&relationship.start).zip(ids.get(&relationship.end));
        let Some((&start, &end)) = ends else {
            return Ok(());
        };
        let t = graph.intern_type(&relationship.type_name);
        let properties: Vec<_> = relationship
            .properties
            .iter()
            .map(|(key, value)| (graph.intern_key(key), value.clone()))
            .collect();
        let there = graph.incident(start).into_iter().find(|id| {
            let view = graph.view();
            view.endpoints(*id) == Some((start, end)) && view.type_of(*id) == Some(t)
        });
        match there.filter(|_| relationship.is_addition) {
            Some(id) => {
                for (key, value) in properties {
                    graph.set_relationship_property(id, key, value)?;
                }
            }
            None => {
                graph.create_relationship(start, t, end, &properties)?;
            }
        }
        Ok(())
    }
}

fn properties<'v>(
    properties: impl Iterator<Item = (crate::graph::KeyId, Value)> + 'v,
    view: &'v View,
) -> impl Iterator<Item = (Arc<str>, Value)> + 'v {
    let mut all: Vec<_> = properties
        .map(|(key, value)| (Arc::clone(view.key_name(key)), value))
        .collect();
    all.sort_by(|(left, _), (right, _)| left.cmp(right));
    all.into_iter()
}

/// What claims support.
struct Claimed {
    nodes: FxHashSet<NodeId>,
    relationships: FxHashSet<RelationshipId>,
}

impl Claimed {
    fn new(view: &View, evidence: &Evidence) -> Self {
        let mut claimed = Self {
            nodes: FxHashSet::default(),
            relationships: FxHashSet::default(),
        };
        for claim in &evidence.claims {
            match claim.fact {
                Fact::Node(node) | Fact::Alias(node, _) => claimed.nodes.insert(node),
                Fact::Relationship(relationship) => claimed.relationships.insert(relationship),
            };
        }
        let names: BTreeSet<&str> = evidence.documents.iter().map(|d| &*d.id).collect();
        if let Some((label, key)) = view.label(DOCUMENT).zip(view.key("name")) {
            let documents = view.nodes_with_label(label).filter(|node| {
                let name = view.node_property(*node, key);
                name.as_str().is_some_and(|name| names.contains(name))
            });
            claimed.nodes.extend(documents);
        }
        claimed
    }
}
