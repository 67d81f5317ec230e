//! A part of a graph, chosen by labels and types, on which petgraph's algorithms run.
//!
//! Takes a [`View`]; gives nodes and relationships by their ids, so that no petgraph index is seen outside. All results
//! are in an order that depends on the ids alone.

mod components;
mod cut;
mod order;
mod rank;
mod shortest;
mod tree;

#[cfg(test)]
mod testing;

use petgraph::{Directed, EdgeType, Graph, Undirected};

use super::{KeyId, LabelId, TypeId, View, narrow};
use crate::value::{NodeId, RelationshipId, Value};

/// Which part of a graph an algorithm is to see.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Nodes that bear one of these labels; `None` for all nodes.
    pub labels: Option<Vec<LabelId>>,
    /// Relationships of these types; `None` for all types.
    pub types: Option<Vec<TypeId>>,
    /// What relationships weigh; `None` for one each.
    pub weight: Option<Weight>,
}

/// What relationships weigh.
#[derive(Clone, Copy, Debug)]
pub struct Weight {
    /// The property that holds the weight.
    pub key: KeyId,
    /// The weight of relationships without that property; `None` where all must have it.
    pub default: Option<f64>,
}

/// Why an algorithm can't run on a part of a graph.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ProjectionError {
    /// A relationship has no weight, or one that is no number.
    #[error("relationship {relationship:?} has {found} as its weight")]
    WeightIsNoNumber {
        /// The relationship.
        relationship: RelationshipId,
        /// The type of what was found.
        found: &'static str,
    },
    /// A shortest path has no meaning where walking on makes it shorter.
    #[error("relationship {relationship:?} has the negative weight {weight}")]
    NegativeWeight {
        /// The relationship.
        relationship: RelationshipId,
        /// The weight.
        weight: f64,
    },
}

/// A part of a graph, detached from it.
#[derive(Clone, Debug)]
pub struct Projection {
    /// Ascending.
    nodes: Vec<NodeId>,
    /// By type, start, end and slot; parallel ones and self-loops included.
    edges: Vec<Edge>,
}

/// A relationship of a projection; its ends are positions among the projection's nodes.
#[derive(Clone, Copy, Debug)]
struct Edge {
    start: u32,
    end: u32,
    relationship: RelationshipId,
    weight: f64,
}

impl Projection {
    /// The part of a graph that a selection names: its nodes, and the relationships that both start and end at them.
    ///
    /// # Errors
    ///
    /// [`ProjectionError::WeightIsNoNumber`] where a weight is asked for and a relationship has none.
    ///
    /// # Complexity
    ///
    /// O(node slots + relationships of the types selected).
    pub fn new(view: &View, selection: &Selection) -> Result<Self, ProjectionError> {
        let nodes = select_nodes(view, selection);
        let mut positions = vec![u32::MAX; view.node_slots() as usize];
        for (position, node) in nodes.iter().enumerate() {
            positions[node.slot() as usize] = narrow(position);
        }
        let mut types = selection
            .types
            .clone()
            .unwrap_or_else(|| view.types().collect());
        types.sort_unstable();
        types.dedup();
        let mut edges = Vec::new();
        for t in types {
            for entry in view.adjacency(t).entries() {
                let (start, end) = (
                    positions[entry.start as usize],
                    positions[entry.end as usize],
                );
                if start != u32::MAX && end != u32::MAX {
                    let relationship = view.relationship_id(entry.relationship);
                    let weight = selection
                        .weight
                        .map_or(Ok(1.0), |weight| weight.of(view, relationship))?;
                    edges.push(Edge {
                        start,
                        end,
                        relationship,
                        weight,
                    });
                }
            }
        }
        Ok(Self { nodes, edges })
    }

    /// The nodes, ascending.
    #[must_use]
    pub fn nodes(&self) -> &[NodeId] {
        &self.nodes
    }

    /// The number of relationships.
    #[must_use]
    pub fn relationship_count(&self) -> usize {
        self.edges.len()
    }

    /// As petgraph's graph: a node's index is its position, an edge's weight is its position.
    fn directed(&self) -> Graph<(), u32, Directed> {
        self.as_petgraph()
    }

    fn undirected(&self) -> Graph<(), u32, Undirected> {
        self.as_petgraph()
    }

    fn as_petgraph<Way: EdgeType>(&self) -> Graph<(), u32, Way> {
        let mut graph = Graph::with_capacity(self.nodes.len(), self.edges.len());
        for _ in &self.nodes {
            graph.add_node(());
        }
        for (position, edge) in self.edges.iter().enumerate() {
            graph.add_edge(edge.start.into(), edge.end.into(), narrow(position));
        }
        graph
    }
}

impl Weight {
    fn of(self, view: &View, relationship: RelationshipId) -> Result<f64, ProjectionError> {
        let value = view.relationship_property(relationship, self.key);
        #[expect(clippy::cast_precision_loss, reason = "weights are compared as floats")]
        let number = match (&value, self.default) {
            (Value::Integer(number), _) => Some(*number as f64),
            (Value::Float(number), _) => Some(*number).filter(|number| !number.is_nan()),
            (Value::Null, default) => default,
            _ => None,
        };
        let found = if matches!(value, Value::Float(_)) {
            "NaN"
        } else {
            value.type_name()
        };
        number.ok_or(ProjectionError::WeightIsNoNumber {
            relationship,
            found,
        })
    }
}

fn select_nodes(view: &View, selection: &Selection) -> Vec<NodeId> {
    let mut nodes: Vec<NodeId> = match &selection.labels {
        Some(labels) => labels
            .iter()
            .flat_map(|&label| view.nodes_with_label(label))
            .collect(),
        None => view.nodes().collect(),
    };
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

#[cfg(test)]
mod tests {
    use super::testing::Picture;
    use super::*;

    #[test]
    fn labels_and_types_choose_the_part() {
        let picture = Picture::draw("a:A-T->b:B b-U->c:A a-T->c c-T->c");
        let count = |selection: Selection| {
            let projection = picture.project(&selection).expect("nothing is weighed");
            (projection.nodes().len(), projection.relationship_count())
        };
        let labels = Some(vec![picture.label("A")]);
        let types = Some(vec![picture.relationship_type("T")]);
        assert_eq!(count(Selection::default()), (3, 4));
        assert_eq!(
            count(Selection {
                labels: labels.clone(),
                ..Selection::default()
            }),
            (2, 2)
        );
        assert_eq!(
            count(Selection {
                types: types.clone(),
                ..Selection::default()
            }),
            (3, 3)
        );
        assert_eq!(
            count(Selection {
                labels: Some(vec![]),
                types,
                weight: None
            }),
            (0, 0)
        );
    }

    #[test]
    fn a_weight_must_be_a_number() {
        let picture = Picture::draw("a-3->b b->c");
        let key = picture.key("weight");
        let weigh = |default| {
            let weight = Some(Weight { key, default });
            picture.project(&Selection {
                weight,
                ..Selection::default()
            })
        };
        let weights: Vec<f64> = weigh(Some(0.5))
            .expect("all weigh")
            .edges
            .iter()
            .map(|edge| edge.weight)
            .collect();
        assert_eq!(weights, [3.0, 0.5]);
        let relationship = RelationshipId::from_parts(1, 0);
        let error = ProjectionError::WeightIsNoNumber {
            relationship,
            found: "NULL",
        };
        assert_eq!(weigh(None).expect_err("one has none"), error);
    }
}
