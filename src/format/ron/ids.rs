//! What nodes are called in files: the names that people gave them, and those derived for nodes that have none.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{DOCUMENT, HAS_INDICATOR, INDICATOR, NAME, entry};
use crate::evidence::Evidence;
use crate::graph::{Direction, View};
use crate::value::{NodeId, Value};

/// What a graph's files hold beside the graph: the ids of their entries, the comment that they open with, evidence.
///
/// Whoever keeps a graph keeps this with it, so that saving gives back what was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids {
    by_node: FxHashMap<NodeId, Arc<str>>,
    head: String,
    evidence: Arc<Evidence>,
}

impl Ids {
    /// The id that a file gives to a node; `None` for nodes that no file names, or whose id is derived.
    #[must_use]
    pub fn get(&self, node: NodeId) -> Option<&Arc<str>> {
        self.by_node.get(&node)
    }

    /// The comments that the files open with, without a last line break.
    #[must_use]
    pub fn head(&self) -> &str {
        &self.head
    }

    /// The claims that support the graph's facts.
    #[must_use]
    pub fn evidence(&self) -> &Arc<Evidence> {
        &self.evidence
    }

    /// The same with other evidence.
    #[must_use]
    pub fn with_evidence(mut self, evidence: impl Into<Arc<Evidence>>) -> Self {
        self.evidence = evidence.into();
        self
    }

    /// The nodes that files name, with their ids, by node.
    #[must_use]
    pub fn named(&self) -> Vec<(NodeId, Arc<str>)> {
        let mut named: Vec<_> = self
            .by_node
            .iter()
            .map(|(node, id)| (*node, Arc::clone(id)))
            .collect();
        named.sort_unstable_by_key(|(node, _)| *node);
        named
    }

    /// Ids for nodes, and the comment that a file opens with.
    #[must_use]
    pub fn new(ids: impl IntoIterator<Item = (NodeId, Arc<str>)>, head: String) -> Self {
        Self {
            by_node: ids.into_iter().collect(),
            head,
            evidence: Arc::default(),
        }
    }
}

/// An id for every node of a graph, by slot: the file's where there is one, else one derived from the node's content.
///
/// A derived id is the same for the same content, whatever order the nodes were created in; only nodes that have the
/// same labels and properties are told apart by their order.
pub(crate) fn all_ids(view: &View, ids: &Ids) -> Vec<Option<Arc<str>>> {
    let mut all = vec![None; view.node_slots() as usize];
    let mut taken = FxHashSet::default();
    let mut unnamed = Vec::new();
    let mut unnamed_figures = Vec::new();
    for node in view.nodes() {
        match ids.get(node) {
            Some(id) if taken.insert(Arc::clone(id)) => {
                all[node.slot() as usize] = Some(Arc::clone(id));
            }
            _ if entity_owner(view, node).is_some() => unnamed_figures.push(node),
            _ => unnamed.push(node),
        }
    }
    // A figure is called after what it is said of, which must have its own id by then.
    derive(view, &unnamed, &mut all, &mut taken);
    derive(view, &unnamed_figures, &mut all, &mut taken);
    all
}

/// What a figure is said of, where that is one thing only.
pub(super) fn figure_owner(view: &View, node: NodeId) -> Option<NodeId> {
    let has_indicator = view.relationship_type(HAS_INDICATOR)?;
    if !view.has_label(node, view.label(INDICATOR)?) {
        return None;
    }
    match view
        .neighbours(node, has_indicator, Direction::Incoming)
        .nodes
    {
        [owner] => view.node_at(*owner),
        _ => None,
    }
}

/// As [`figure_owner`], where that is no figure itself, so that its id never hangs on that of another figure.
fn entity_owner(view: &View, node: NodeId) -> Option<NodeId> {
    figure_owner(view, node).filter(|owner| figure_owner(view, *owner).is_none())
}

fn derive(
    view: &View,
    nodes: &[NodeId],
    all: &mut [Option<Arc<str>>],
    taken: &mut FxHashSet<Arc<str>>,
) {
    let mut wanted: FxHashMap<String, Vec<NodeId>> = FxHashMap::default();
    let mut order = Vec::new();
    for &node in nodes {
        let id = speaking_id(view, node, all);
        let same = wanted.entry(id.clone()).or_default();
        if same.is_empty() {
            order.push(id);
        }
        same.push(node);
    }
    // Ids that need no hash go first, so that none of them depends on how another one is told apart.
    order.sort_by_key(|id| wanted[id].len() > 1 || taken.contains(id.as_str()));
    for id in order {
        let same = &wanted[&id];
        let is_free = same.len() == 1 && !taken.contains(id.as_str());
        for &node in same {
            let id = if is_free {
                id.as_str().into()
            } else {
                told_apart(&id, &hash(view, node), taken)
            };
            taken.insert(Arc::clone(&id));
            all[node.slot() as usize] = Some(id);
        }
    }
}

fn told_apart(id: &str, hash: &str, taken: &FxHashSet<Arc<str>>) -> Arc<str> {
    let first = if id.ends_with(hash) {
        id.to_owned()
    } else {
        format!("{id}#{hash}")
    };
    let mut rank = 1;
    let mut unique = first.clone();
    while taken.contains(unique.as_str()) {
        rank += 1;
        unique = format!("{first}-{rank}");
    }
    unique.into()
}

/// The id that says most to people: `District/坪山区`, for a figure `坪山区/地区生产总值/2022`, for a document its name.
fn speaking_id(view: &View, node: NodeId, all: &[Option<Arc<str>>]) -> String {
    let labels = entry::labels(view, node);
    let label = labels.first().map_or("node", |label| label);
    let text = |key| {
        let value = view.key(key).map(|key| view.node_property(node, key));
        value.and_then(|value| {
            if let Value::String(text) = value {
                Some(text)
            } else {
                None
            }
        })
    };
    let Some(name) = text(NAME) else {
        return format!("{label}/{}", hash(view, node));
    };
    if labels.len() == 1 && label == DOCUMENT {
        return name.to_string();
    }
    let owner = entity_owner(view, node).and_then(|owner| all[owner.slot() as usize].as_deref());
    match (owner, text("period")) {
        (Some(owner), Some(period)) => format!("{owner}/{name}/{period}"),
        (Some(owner), None) => format!("{owner}/{name}"),
        (None, _) => format!("{label}/{name}"),
    }
}

/// The first digits of the FNV-1a hash of labels and properties as they are written.
fn hash(view: &View, node: NodeId) -> String {
    let content = entry::content(view, node);
    let hash = content
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    format!("{:08x}", hash >> 32)
}
