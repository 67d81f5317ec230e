//! Reading the graph.

use std::fmt;
use std::sync::Arc;

use fixedbitset::FixedBitSet;
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::{EdgeRef, IntoEdgeReferences, IntoNodeReferences, NodeIndexable};

use super::adjacency::{Adjacency, Runs};
use super::column::Column;
use super::constraint::Constraint;
use super::index::Index;
use super::members::Members;
use super::names::{KeyId, LabelId, Names, TypeId};
use super::record::{NodeRecord, Record, RelationshipRecord, node_in};
use super::{Direction, Neighbours, narrow};
use crate::value::{NodeId, RelationshipId, Value};

/// A consistent state of the graph for reading. Cloning is cheap: the parts are shared until one is written.
///
/// A clone stays as it is whatever happens to the graph. The first write to a part that a clone shares copies that
/// part: the graph of record as a whole, the adjacency without its packed runs, a column without its pages.
///
/// Ids of labels, types and keys must come from the same graph. Ids of nodes and relationships may be of entities that
/// are gone: such an entity has no labels, properties or neighbours.
#[derive(Clone, Default)]
pub struct View {
    pub(super) names: Arc<Names>,
    pub(super) record: Arc<Record>,
    /// By label.
    pub(super) members: Vec<Arc<Members>>,
    /// By relationship type.
    pub(super) adjacency: Vec<Arc<Adjacency>>,
    /// By key.
    pub(super) node_columns: Vec<Arc<Column>>,
    /// By key.
    pub(super) relationship_columns: Vec<Arc<Column>>,
    /// By name.
    pub(super) indexes: Vec<Arc<Index>>,
    /// By name.
    pub(super) constraints: Vec<Arc<Constraint>>,
    /// Another one after every change to indexes or constraints.
    pub(super) schema_version: u64,
    pub(super) node_count: usize,
    pub(super) relationship_count: usize,
    /// Whether a node stands in a slot where another stood before; while none does, all generations are zero.
    pub(super) has_reused_nodes: bool,
    /// The same for relationships.
    pub(super) has_reused_relationships: bool,
}

impl fmt::Debug for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("View")
            .field("nodes", &self.node_count)
            .field("relationships", &self.relationship_count)
            .finish_non_exhaustive()
    }
}

/// Names and their numbers.
impl View {
    /// The label of a name; `None` for a name that was never used for a label.
    #[must_use]
    pub fn label(&self, name: &str) -> Option<LabelId> {
        self.names.labels.number(name).map(LabelId)
    }

    /// The relationship type of a name; `None` for a name that was never used for a type.
    #[must_use]
    pub fn relationship_type(&self, name: &str) -> Option<TypeId> {
        self.names.types.number(name).map(TypeId)
    }

    /// The property key of a name; `None` for a name that was never used for a key.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<KeyId> {
        self.names.keys.number(name).map(KeyId)
    }

    /// The name of a label.
    #[must_use]
    pub fn label_name(&self, label: LabelId) -> &Arc<str> {
        self.names.labels.name(label.0)
    }

    /// The name of a relationship type.
    #[must_use]
    pub fn type_name(&self, t: TypeId) -> &Arc<str> {
        self.names.types.name(t.0)
    }

    /// The name of a property key.
    #[must_use]
    pub fn key_name(&self, key: KeyId) -> &Arc<str> {
        self.names.keys.name(key.0)
    }

    /// All labels ever interned, also those that no node bears now.
    pub fn labels(&self) -> impl ExactSizeIterator<Item = LabelId> + use<> {
        (0..narrow(self.names.labels.len())).map(LabelId)
    }

    /// All relationship types ever interned, also those that no relationship has now.
    pub fn types(&self) -> impl ExactSizeIterator<Item = TypeId> + use<> {
        (0..narrow(self.names.types.len())).map(TypeId)
    }

    /// All property keys ever interned, also those that nothing has now.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = KeyId> + use<> {
        (0..narrow(self.names.keys.len())).map(KeyId)
    }
}

/// Which entities there are.
impl View {
    /// The number of nodes.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.node_count
    }

    /// The number of relationships.
    #[must_use]
    pub fn relationship_count(&self) -> usize {
        self.relationship_count
    }

    /// One more than the highest slot in use by a node.
    #[must_use]
    pub fn node_slots(&self) -> u32 {
        narrow(self.record.node_bound())
    }

    /// One more than the highest slot in use by a relationship.
    #[must_use]
    pub fn relationship_slots(&self) -> u32 {
        self.record
            .edge_references()
            .next_back()
            .map_or(0, |edge| narrow(edge.id().index()) + 1)
    }

    /// The id of the node that now stands in a slot; `None` for a slot that is free.
    #[must_use]
    pub fn node_at(&self, slot: u32) -> Option<NodeId> {
        node_in(&self.record, slot)
    }

    /// The id of the relationship that now stands in a slot; `None` for a slot that is free.
    #[must_use]
    pub fn relationship_at(&self, slot: u32) -> Option<RelationshipId> {
        let lifetime = self.relationship_record(slot)?.lifetime;
        lifetime
            .is_alive()
            .then(|| RelationshipId::from_parts(slot, lifetime.generation()))
    }

    /// The id of the node in a slot that is in use: one that came from neighbours, members or a column.
    ///
    /// As long as no slot was ever given out twice, this touches no memory of the node.
    #[inline]
    #[must_use]
    pub fn node_id(&self, slot: u32) -> NodeId {
        let generation = if self.has_reused_nodes {
            self.node_record(slot)
                .map_or(0, |record| record.lifetime.generation())
        } else {
            0
        };
        NodeId::from_parts(slot, generation)
    }

    /// The id of the relationship in a slot that is in use: one that came from neighbours or a column.
    #[inline]
    #[must_use]
    pub fn relationship_id(&self, slot: u32) -> RelationshipId {
        let generation = if self.has_reused_relationships {
            self.relationship_record(slot)
                .map_or(0, |record| record.lifetime.generation())
        } else {
            0
        };
        RelationshipId::from_parts(slot, generation)
    }

    /// Whether the node is in the graph.
    #[must_use]
    pub fn contains_node(&self, node: NodeId) -> bool {
        self.node_at(node.slot()) == Some(node)
    }

    /// Whether the relationship is in the graph.
    #[must_use]
    pub fn contains_relationship(&self, relationship: RelationshipId) -> bool {
        self.relationship_at(relationship.slot()) == Some(relationship)
    }

    /// All nodes, by slot.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> + '_ {
        let alive = self
            .record
            .node_references()
            .filter(|(_, record)| record.lifetime.is_alive());
        alive.map(|(index, record)| {
            NodeId::from_parts(narrow(index.index()), record.lifetime.generation())
        })
    }

    /// The nodes that bear a label, by slot.
    pub fn nodes_with_label(&self, label: LabelId) -> impl Iterator<Item = NodeId> + '_ {
        self.label_members(label)
            .ones()
            .map(|slot| self.node_id(narrow(slot)))
    }

    /// The slots of the nodes that bear a label.
    #[must_use]
    pub fn label_members(&self, label: LabelId) -> &FixedBitSet {
        self.members[label.0 as usize].slots()
    }

    /// All relationships, by slot.
    pub fn relationships(&self) -> impl Iterator<Item = RelationshipId> + '_ {
        let alive = self
            .record
            .edge_references()
            .filter(|edge| edge.weight().lifetime.is_alive());
        alive.map(|edge| {
            RelationshipId::from_parts(
                narrow(edge.id().index()),
                edge.weight().lifetime.generation(),
            )
        })
    }

    /// The relationships of a type, by the slots of start, end and relationship.
    pub fn relationships_with_type(&self, t: TypeId) -> impl Iterator<Item = RelationshipId> + '_ {
        self.adjacency(t)
            .entries()
            .map(|entry| self.relationship_id(entry.relationship))
    }
}

/// Labels, types and properties.
impl View {
    /// The node's labels, ascending; empty for a node that is gone.
    #[must_use]
    pub fn node_labels(&self, node: NodeId) -> &[LabelId] {
        match self.node_record(node.slot()) {
            Some(record)
                if record.lifetime.is_alive()
                    && record.lifetime.generation() == node.generation() =>
            {
                &record.labels
            }
            _ => &[],
        }
    }

    /// Whether the node bears the label.
    #[inline]
    #[must_use]
    pub fn has_label(&self, node: NodeId, label: LabelId) -> bool {
        self.is_current_node(node) && self.members[label.0 as usize].contains(node.slot())
    }

    /// The node's property; null where it has no such property or is gone.
    #[must_use]
    pub fn node_property(&self, node: NodeId, key: KeyId) -> Value {
        if self.is_current_node(node) {
            self.node_column(key)
                .map_or(Value::Null, |column| column.get(node.slot()))
        } else {
            Value::Null
        }
    }

    /// The node's properties, in the order of key ids.
    pub fn node_properties(&self, node: NodeId) -> impl Iterator<Item = (KeyId, Value)> + '_ {
        let columns = if self.is_current_node(node) {
            self.node_columns.as_slice()
        } else {
            &[]
        };
        properties(columns, node.slot())
    }

    /// The values of a key for all nodes; `None` where no node has it.
    #[must_use]
    pub fn node_column(&self, key: KeyId) -> Option<&Column> {
        self.node_columns
            .get(key.0 as usize)
            .map(|column| &**column)
            .filter(|column| column.count() > 0)
    }

    /// The values of a key for all nodes, to be kept; `None` where no node has it. A column that is kept is copied by
    /// the next write to it.
    #[must_use]
    pub fn shared_node_column(&self, key: KeyId) -> Option<&Arc<Column>> {
        self.node_columns.get(key.0 as usize)
    }

    /// The values of a key for all relationships, to be kept, as [`View::shared_node_column`].
    #[must_use]
    pub fn shared_relationship_column(&self, key: KeyId) -> Option<&Arc<Column>> {
        self.relationship_columns.get(key.0 as usize)
    }

    /// The relationship's type; also of one whose deletion is not committed. `None` for one that is long gone or never
    /// was.
    #[must_use]
    pub fn type_of(&self, relationship: RelationshipId) -> Option<TypeId> {
        let record = self.relationship_record(relationship.slot())?;
        (record.lifetime.generation() == relationship.generation())
            .then_some(record.relationship_type)
    }

    /// Start and end; `None` for a relationship that is gone.
    #[must_use]
    pub fn endpoints(&self, relationship: RelationshipId) -> Option<(NodeId, NodeId)> {
        if !self.contains_relationship(relationship) {
            return None;
        }
        let (start, end) = self
            .record
            .edge_endpoints(EdgeIndex::from(relationship.slot()))?;
        Some((
            self.node_id(narrow(start.index())),
            self.node_id(narrow(end.index())),
        ))
    }

    /// The relationship's property; null where it has no such property or is gone.
    #[must_use]
    pub fn relationship_property(&self, relationship: RelationshipId, key: KeyId) -> Value {
        if self.is_current_relationship(relationship) {
            self.relationship_column(key)
                .map_or(Value::Null, |column| column.get(relationship.slot()))
        } else {
            Value::Null
        }
    }

    /// The relationship's properties, in the order of key ids.
    pub fn relationship_properties(
        &self,
        relationship: RelationshipId,
    ) -> impl Iterator<Item = (KeyId, Value)> + '_ {
        let is_current = self.is_current_relationship(relationship);
        let columns = if is_current {
            self.relationship_columns.as_slice()
        } else {
            &[]
        };
        properties(columns, relationship.slot())
    }

    /// The values of a key for all relationships; `None` where no relationship has it.
    #[must_use]
    pub fn relationship_column(&self, key: KeyId) -> Option<&Column> {
        self.relationship_columns
            .get(key.0 as usize)
            .map(|column| &**column)
            .filter(|column| column.count() > 0)
    }
}

/// Who is connected to whom.
impl View {
    /// The neighbours by one type and direction; a self-loop is in both directions.
    #[inline]
    #[must_use]
    pub fn neighbours(&self, node: NodeId, t: TypeId, direction: Direction) -> Neighbours<'_> {
        if self.is_current_node(node) {
            self.runs(t, direction).neighbours(node.slot())
        } else {
            Neighbours::default()
        }
    }

    /// The number of neighbours, in constant time.
    #[inline]
    #[must_use]
    pub fn degree(&self, node: NodeId, t: TypeId, direction: Direction) -> usize {
        if self.is_current_node(node) {
            self.runs(t, direction).degree(node.slot())
        } else {
            0
        }
    }

    /// The neighbours of all nodes by one type and direction, for loops over many nodes.
    #[inline]
    #[must_use]
    pub fn runs(&self, t: TypeId, direction: Direction) -> &Runs {
        self.adjacency(t).runs(direction)
    }

    /// The relationships at a node, self-loops once: by type, the outgoing ones first.
    #[must_use]
    pub fn incident(&self, node: NodeId) -> Vec<RelationshipId> {
        let mut incident = Vec::new();
        for t in self.types() {
            let outgoing = self.neighbours(node, t, Direction::Outgoing);
            incident.extend(
                outgoing
                    .relationships
                    .iter()
                    .map(|&slot| self.relationship_id(slot)),
            );
            let incoming = self.neighbours(node, t, Direction::Incoming);
            let pairs = incoming.nodes.iter().zip(incoming.relationships);
            let from_others = pairs.filter(|&(&neighbour, _)| neighbour != node.slot());
            incident.extend(from_others.map(|(_, &slot)| self.relationship_id(slot)));
        }
        incident
    }
}

impl View {
    pub(super) fn adjacency(&self, t: TypeId) -> &Adjacency {
        &self.adjacency[t.0 as usize]
    }

    pub(super) fn node_record(&self, slot: u32) -> Option<&NodeRecord> {
        self.record.node_weight(NodeIndex::from(slot))
    }

    pub(super) fn relationship_record(&self, slot: u32) -> Option<&RelationshipRecord> {
        self.record.edge_weight(EdgeIndex::from(slot))
    }

    /// Whether what is found at the node's slot is the node's own. A deleted node's slot has nothing to find.
    #[inline]
    fn is_current_node(&self, node: NodeId) -> bool {
        if self.has_reused_nodes {
            self.contains_node(node)
        } else {
            node.generation() == 0
        }
    }

    #[inline]
    fn is_current_relationship(&self, relationship: RelationshipId) -> bool {
        if self.has_reused_relationships {
            self.contains_relationship(relationship)
        } else {
            relationship.generation() == 0
        }
    }
}

fn properties(columns: &[Arc<Column>], slot: u32) -> impl Iterator<Item = (KeyId, Value)> + '_ {
    let values = columns
        .iter()
        .enumerate()
        .map(move |(key, column)| (KeyId(narrow(key)), column.get(slot)));
    values.filter(|(_, value)| !value.is_null())
}
