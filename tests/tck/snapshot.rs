//! The whole graph at one time, and what differs between two times.

use std::collections::{BTreeMap, BTreeSet};

use tupu::graph::View;
use tupu::value::{NodeId, RelationshipId};

/// The whole graph at one time.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Snapshot {
    nodes: BTreeSet<NodeId>,
    relationships: BTreeSet<RelationshipId>,
    /// The labels that some node bears.
    labels: BTreeSet<String>,
    /// Entity, key and value of each property.
    properties: BTreeSet<(Entity, String, String)>,
    /// Node and label of each label that a node bears.
    label_members: BTreeSet<(NodeId, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Entity {
    Node(NodeId),
    Relationship(RelationshipId),
}

impl Snapshot {
    /// Reads the graph.
    pub(crate) fn of(view: &View) -> Self {
        let graph = view.subgraph();
        let nodes = graph
            .nodes
            .iter()
            .map(|(id, node)| (Entity::Node(*id), &node.properties));
        let relationships = graph
            .relationships
            .iter()
            .map(|(id, data)| (Entity::Relationship(*id), &data.properties));
        let properties = nodes.chain(relationships).flat_map(|(entity, properties)| {
            properties
                .iter()
                .map(move |(key, value)| (entity, key.to_string(), format!("{value:?}")))
        });
        let label_members: BTreeSet<_> = graph
            .nodes
            .iter()
            .flat_map(|(id, node)| node.labels.iter().map(|label| (*id, label.to_string())))
            .collect();
        Self {
            nodes: graph.nodes.keys().copied().collect(),
            relationships: graph.relationships.keys().copied().collect(),
            labels: label_members
                .iter()
                .map(|(_, label)| label.clone())
                .collect(),
            properties: properties.collect(),
            label_members,
        }
    }

    /// What was added and taken away up to a later time, by the names of the scenarios; what is zero is left out.
    pub(crate) fn changes(&self, after: &Self) -> BTreeMap<String, usize> {
        let pairs = [
            ("nodes", differences(&self.nodes, &after.nodes)),
            (
                "relationships",
                differences(&self.relationships, &after.relationships),
            ),
            ("labels", differences(&self.labels, &after.labels)),
            (
                "properties",
                differences(&self.properties, &after.properties),
            ),
        ];
        let counts = pairs.into_iter().flat_map(|(name, (added, removed))| {
            [(format!("+{name}"), added), (format!("-{name}"), removed)]
        });
        counts.filter(|(_, count)| *count > 0).collect()
    }
}

/// How many are only in the later set, and how many only in the earlier one.
fn differences<T: Ord>(before: &BTreeSet<T>, after: &BTreeSet<T>) -> (usize, usize) {
    (
        after.difference(before).count(),
        before.difference(after).count(),
    )
}
