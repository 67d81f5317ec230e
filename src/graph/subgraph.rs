//! Parts of a graph, detached from it: what a query returned, or what is to be drawn or written.

use std::sync::Arc;

use indexmap::IndexMap;

use super::View;
use crate::value::{Map, NodeId, RelationshipId};

/// A node's data, detached from the graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// The labels, in the graph's order.
    pub labels: Vec<Arc<str>>,
    /// The properties, in the graph's order of keys.
    pub properties: Map,
}

/// A relationship's data, detached from the graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Relationship {
    /// The type.
    pub relationship_type: Arc<str>,
    /// The node where it starts.
    pub start: NodeId,
    /// The node where it ends.
    pub end: NodeId,
    /// The properties, in the graph's order of keys.
    pub properties: Map,
}

/// A part of a graph, detached from it: what a query returned, or what is to be drawn or written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subgraph {
    /// The nodes.
    pub nodes: IndexMap<NodeId, Node>,
    /// The relationships; their ends need not be among the nodes.
    pub relationships: IndexMap<RelationshipId, Relationship>,
}

impl View {
    /// A detached copy of one node; `None` if it is gone.
    #[must_use]
    pub fn node(&self, node: NodeId) -> Option<Node> {
        self.contains_node(node).then(|| Node {
            labels: self
                .node_labels(node)
                .iter()
                .map(|&label| Arc::clone(self.label_name(label)))
                .collect(),
            properties: self
                .node_properties(node)
                .map(|(key, value)| (Arc::clone(self.key_name(key)), value))
                .collect(),
        })
    }

    /// A detached copy of one relationship; `None` if it is gone.
    #[must_use]
    pub fn relationship(&self, relationship: RelationshipId) -> Option<Relationship> {
        let (start, end) = self.endpoints(relationship)?;
        Some(Relationship {
            relationship_type: Arc::clone(self.type_name(self.type_of(relationship)?)),
            start,
            end,
            properties: self
                .relationship_properties(relationship)
                .map(|(key, value)| (Arc::clone(self.key_name(key)), value))
                .collect(),
        })
    }

    /// A detached copy of everything, by slot.
    ///
    /// # Complexity
    ///
    /// O((nodes + relationships) × property keys).
    #[must_use]
    pub fn subgraph(&self) -> Subgraph {
        Subgraph {
            nodes: self
                .nodes()
                .filter_map(|id| Some((id, self.node(id)?)))
                .collect(),
            relationships: self
                .relationships()
                .filter_map(|id| Some((id, self.relationship(id)?)))
                .collect(),
        }
    }
}
