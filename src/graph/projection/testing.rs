//! Small graphs drawn in text, for tests.

use indexmap::IndexMap;

use super::{Projection, ProjectionError, Selection};
use crate::graph::{Graph, KeyId, LabelId, TypeId};
use crate::value::{NodeId, RelationshipId, Value};

/// A graph whose nodes have names.
pub(super) struct Picture {
    graph: Graph,
    nodes: IndexMap<String, NodeId>,
}

impl Picture {
    /// Reads `a:Label-T->b`, `a-3->b` (a number is a weight), `a->b` and lone nodes, parted by blanks. A type that is
    /// not given is `R`; node ids follow the order of first mention.
    pub(super) fn draw(text: &str) -> Self {
        let mut picture = Self {
            graph: Graph::new(),
            nodes: IndexMap::new(),
        };
        for piece in text.split_whitespace() {
            let Some((left, end)) = piece.split_once("->") else {
                picture.node(piece);
                continue;
            };
            let (start, of) = left.split_once('-').unwrap_or((left, ""));
            let (start, end) = (picture.node(start), picture.node(end));
            let weight = of.parse::<i64>().ok();
            let t = picture
                .graph
                .intern_type(if weight.is_some() || of.is_empty() {
                    "R"
                } else {
                    of
                });
            let properties = [(picture.graph.intern_key("weight"), Value::from(weight))];
            picture
                .graph
                .create_relationship(start, t, end, &properties)
                .expect("the ends are there");
        }
        picture
    }

    fn node(&mut self, text: &str) -> NodeId {
        let (name, label) = text.split_once(':').unwrap_or((text, ""));
        if let Some(&node) = self.nodes.get(name) {
            return node;
        }
        let labels: Vec<LabelId> = Some(label)
            .filter(|label| !label.is_empty())
            .map(|label| self.graph.intern_label(label))
            .into_iter()
            .collect();
        let node = self.graph.create_node(&labels, &[]).expect("there is room");
        self.nodes.insert(name.to_owned(), node);
        node
    }

    pub(super) fn project(&self, selection: &Selection) -> Result<Projection, ProjectionError> {
        Projection::new(self.graph.view(), selection)
    }

    /// Everything, unweighted.
    pub(super) fn all(&self) -> Projection {
        self.project(&Selection::default())
            .expect("nothing is weighed")
    }

    /// Everything, with weights.
    pub(super) fn weighted(&self) -> Projection {
        let weight = Some(super::Weight {
            key: self.key("weight"),
            default: None,
        });
        self.project(&Selection {
            weight,
            ..Selection::default()
        })
        .expect("all weigh something")
    }

    pub(super) fn id(&self, name: &str) -> NodeId {
        self.nodes[name]
    }

    pub(super) fn name(&self, node: NodeId) -> &str {
        self.nodes
            .get_index(node.slot() as usize)
            .expect("a node of the picture")
            .0
    }

    /// The names of nodes, joined.
    pub(super) fn names(&self, nodes: &[NodeId]) -> String {
        nodes.iter().map(|&node| self.name(node)).collect()
    }

    /// A relationship as the names of its ends.
    pub(super) fn ends(&self, relationship: RelationshipId) -> String {
        let (start, end) = self
            .graph
            .view()
            .endpoints(relationship)
            .expect("a relationship of the picture");
        self.names(&[start, end])
    }

    pub(super) fn label(&self, name: &str) -> LabelId {
        self.graph
            .view()
            .label(name)
            .expect("a label of the picture")
    }

    pub(super) fn relationship_type(&self, name: &str) -> TypeId {
        self.graph
            .view()
            .relationship_type(name)
            .expect("a type of the picture")
    }

    pub(super) fn key(&self, name: &str) -> KeyId {
        self.graph.view().key(name).expect("a key of the picture")
    }
}
