//! Owns the property graph: petgraph's stable graph is the record that every write goes through, and beside it stand
//! what reads need: contiguous adjacency by relationship type and direction, property columns, label members.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::value::{Map, NodeId, RelationshipId, Value};

/// A label's number within one graph, in the order of first use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LabelId(pub u32);
/// A relationship type's number within one graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub u32);
/// A property key's number within one graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(pub u32);

/// From which end relationships are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From start to end.
    Outgoing,
    /// From end to start.
    Incoming,
}

/// The neighbours of one node by one type and direction: two contiguous runs of the same length, sorted by neighbour
/// slot, then relationship slot.
#[derive(Clone, Copy, Debug, Default)]
pub struct Neighbours<'a> {
    /// The slots of the nodes at the other end.
    pub nodes: &'a [u32],
    /// The slots of the relationships.
    pub relationships: &'a [u32],
}

/// What a write to the graph can be refused for.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum GraphError {
    /// The node was deleted or never was.
    #[error("there is no node {0:?}")]
    NodeNotFound(NodeId),
    /// The relationship was deleted or never was.
    #[error("there is no relationship {0:?}")]
    RelationshipNotFound(RelationshipId),
    /// A node can't go while relationships hang on it.
    #[error("the node still has {count} relationships; delete them first, or use DETACH DELETE")]
    DeleteConnectedNode {
        /// The node.
        node: NodeId,
        /// How many relationships it has.
        count: usize,
    },
    /// 2³² entities of a kind are alive at once.
    #[error("a graph holds at most 4,294,967,295 nodes and as many relationships")]
    Full,
}

/// What has changed since a [`Mark`]; also what a statement did, for its summary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Nodes created.
    pub nodes_created: usize,
    /// Nodes deleted.
    pub nodes_deleted: usize,
    /// Relationships created.
    pub relationships_created: usize,
    /// Relationships deleted.
    pub relationships_deleted: usize,
    /// Properties set, removed ones included.
    pub properties_set: usize,
    /// Labels added to nodes.
    pub labels_added: usize,
    /// Labels removed from nodes.
    pub labels_removed: usize,
}

/// A point in the undo log to which the graph can be taken back.
#[derive(Clone, Copy, Debug)]
pub struct Mark(usize, Counters);

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

/// A consistent state of the graph for reading. Cloning is cheap: the parts are shared until one is written.
#[derive(Clone, Debug, Default)]
pub struct View {}

#[expect(unused_variables, clippy::unused_self, missing_docs, reason = "skeleton")]
impl View {
    pub fn label(&self, name: &str) -> Option<LabelId> { todo!() }
    pub fn relationship_type(&self, name: &str) -> Option<TypeId> { todo!() }
    pub fn key(&self, name: &str) -> Option<KeyId> { todo!() }
    pub fn label_name(&self, label: LabelId) -> &Arc<str> { todo!() }
    pub fn type_name(&self, t: TypeId) -> &Arc<str> { todo!() }
    pub fn key_name(&self, key: KeyId) -> &Arc<str> { todo!() }
    /// All labels ever interned, also those that no node bears now.
    pub fn labels(&self) -> impl ExactSizeIterator<Item = LabelId> + use<> { (0..0).map(LabelId) }
    pub fn types(&self) -> impl ExactSizeIterator<Item = TypeId> + use<> { (0..0).map(TypeId) }
    pub fn keys(&self) -> impl ExactSizeIterator<Item = KeyId> + use<> { (0..0).map(KeyId) }

    pub fn node_count(&self) -> usize { todo!() }
    pub fn relationship_count(&self) -> usize { todo!() }
    /// How many nodes bear the label.
    pub fn label_count(&self, label: LabelId) -> usize { todo!() }
    /// How many relationships have the type.
    pub fn type_count(&self, t: TypeId) -> usize { todo!() }
    /// One more than the highest slot in use by a node.
    pub fn node_slots(&self) -> u32 { todo!() }
    pub fn relationship_slots(&self) -> u32 { todo!() }
    /// The id of the node that now stands in a slot.
    pub fn node_at(&self, slot: u32) -> Option<NodeId> { todo!() }
    pub fn relationship_at(&self, slot: u32) -> Option<RelationshipId> { todo!() }
    pub fn contains_node(&self, node: NodeId) -> bool { todo!() }
    pub fn contains_relationship(&self, relationship: RelationshipId) -> bool { todo!() }

    /// All nodes, by slot.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> + '_ { std::iter::empty() }
    pub fn nodes_with_label(&self, label: LabelId) -> impl Iterator<Item = NodeId> + '_ { std::iter::empty() }
    pub fn relationships(&self) -> impl Iterator<Item = RelationshipId> + '_ { std::iter::empty() }

    /// The node's labels, ascending; empty for a node that is gone.
    pub fn node_labels(&self, node: NodeId) -> &[LabelId] { todo!() }
    pub fn has_label(&self, node: NodeId, label: LabelId) -> bool { todo!() }
    /// Null where the node has no such property or is gone.
    pub fn node_property(&self, node: NodeId, key: KeyId) -> Value { todo!() }
    /// In the order of key ids.
    pub fn node_properties(&self, node: NodeId) -> impl Iterator<Item = (KeyId, Value)> + '_ { std::iter::empty() }

    /// The type; also of a relationship that the running statement deleted. `None` for one that never was.
    pub fn type_of(&self, relationship: RelationshipId) -> Option<TypeId> { todo!() }
    /// Start and end; `None` for a relationship that is gone.
    pub fn endpoints(&self, relationship: RelationshipId) -> Option<(NodeId, NodeId)> { todo!() }
    pub fn relationship_property(&self, relationship: RelationshipId, key: KeyId) -> Value { todo!() }
    pub fn relationship_properties(&self, relationship: RelationshipId) -> impl Iterator<Item = (KeyId, Value)> + '_ { std::iter::empty() }

    /// The neighbours by one type and direction; a self-loop is in both directions.
    pub fn neighbours(&self, node: NodeId, t: TypeId, direction: Direction) -> Neighbours<'_> { todo!() }
    /// The number of neighbours, in constant time.
    pub fn degree(&self, node: NodeId, t: TypeId, direction: Direction) -> usize { todo!() }

    /// A detached copy of one node; `None` if it is gone.
    pub fn node(&self, node: NodeId) -> Option<Node> { todo!() }
    pub fn relationship(&self, relationship: RelationshipId) -> Option<Relationship> { todo!() }
    /// A detached copy of everything, by slot.
    pub fn subgraph(&self) -> Subgraph { todo!() }
}

/// The graph for writing; [`Graph::view`] is the graph for reading.
#[derive(Debug, Default)]
pub struct Graph {}

/// A relationship to be created in bulk.
#[derive(Clone, Debug)]
pub struct NewRelationship {
    /// The node where it starts.
    pub start: NodeId,
    /// The type.
    pub relationship_type: TypeId,
    /// The node where it ends.
    pub end: NodeId,
    /// The properties.
    pub properties: Vec<(KeyId, Value)>,
}

#[expect(unused_variables, clippy::unused_self, missing_docs, clippy::needless_pass_by_value, reason = "skeleton")]
impl Graph {
    pub fn new() -> Self { Self::default() }
    pub fn view(&self) -> &View { todo!() }
    /// The label's number, a new one if the name is new.
    pub fn intern_label(&mut self, name: &str) -> LabelId { todo!() }
    pub fn intern_type(&mut self, name: &str) -> TypeId { todo!() }
    pub fn intern_key(&mut self, name: &str) -> KeyId { todo!() }
    /// Null properties are left out.
    pub fn create_node(&mut self, labels: &[LabelId], properties: &[(KeyId, Value)]) -> Result<NodeId, GraphError> { todo!() }
    pub fn create_relationship(&mut self, start: NodeId, t: TypeId, end: NodeId, properties: &[(KeyId, Value)]) -> Result<RelationshipId, GraphError> { todo!() }
    /// Creates many at once: the adjacency is rebuilt in linear time instead of being kept right one by one.
    pub fn create_relationships(&mut self, relationships: Vec<NewRelationship>) -> Result<Vec<RelationshipId>, GraphError> { todo!() }
    /// Null removes the property.
    pub fn set_node_property(&mut self, node: NodeId, key: KeyId, value: Value) -> Result<(), GraphError> { todo!() }
    pub fn set_relationship_property(&mut self, relationship: RelationshipId, key: KeyId, value: Value) -> Result<(), GraphError> { todo!() }
    /// Whether the node did not bear it before.
    pub fn add_label(&mut self, node: NodeId, label: LabelId) -> Result<bool, GraphError> { todo!() }
    pub fn remove_label(&mut self, node: NodeId, label: LabelId) -> Result<bool, GraphError> { todo!() }
    pub fn delete_relationship(&mut self, relationship: RelationshipId) -> Result<(), GraphError> { todo!() }
    pub fn delete_node(&mut self, node: NodeId) -> Result<(), GraphError> { todo!() }
    /// The relationships at a node, self-loops once.
    pub fn incident(&self, node: NodeId) -> Vec<RelationshipId> { todo!() }

    /// The present point of the undo log.
    pub fn mark(&self) -> Mark { todo!() }
    /// What was changed since the mark.
    pub fn counters_since(&self, mark: Mark) -> Counters { todo!() }
    /// Takes everything back to the mark, in time proportional to what was changed.
    pub fn undo_to(&mut self, mark: Mark) { todo!() }
    /// Makes all changes final and empties the undo log; slots of deleted entities may be given out again from now on.
    pub fn commit(&mut self) { todo!() }
}
