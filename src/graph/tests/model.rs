//! Random operations on the graph and on a model of plain maps, compared after each.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::super::*;
use super::check_runs;
use crate::value::{NodeId, RelationshipId, Value};

const NAMES: usize = 3;

#[derive(Clone, Debug)]
enum Operation {
    CreateNode {
        labels: Vec<usize>,
        properties: Vec<(usize, Value)>,
    },
    CreateRelationship {
        start: usize,
        t: usize,
        end: usize,
        properties: Vec<(usize, Value)>,
    },
    CreateRelationships(Vec<(usize, usize, usize)>),
    SetNode {
        node: usize,
        key: usize,
        value: Value,
    },
    SetRelationship {
        relationship: usize,
        key: usize,
        value: Value,
    },
    AddLabel {
        node: usize,
        label: usize,
    },
    RemoveLabel {
        node: usize,
        label: usize,
    },
    DeleteRelationship(usize),
    DeleteRelationships(Vec<usize>),
    DetachDelete(usize),
    Mark,
    Undo,
    Commit,
    Snapshot,
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        1 => Just(Value::Null),
        3 => (0..5i64).prop_map(Value::Integer),
        3 => (0..5).prop_map(|number| Value::from(format!("第{number}家"))),
        1 => (0..3).prop_map(|number| Value::Float(f64::from(number) / 2.0)),
        1 => any::<bool>().prop_map(Value::Boolean),
        1 => (0..3i64).prop_map(|number| Value::list(vec![Value::Integer(number), "项".into()])),
    ]
}

fn operation() -> impl Strategy<Value = Operation> {
    let index = 0..1000usize;
    let name = 0..NAMES;
    let properties = || prop::collection::vec((0..NAMES, value()), 0..3);
    let ends = (index.clone(), name.clone(), index.clone());
    prop_oneof![
        6 => (prop::collection::vec(name.clone(), 0..3), properties())
            .prop_map(|(labels, properties)| Operation::CreateNode { labels, properties }),
        8 => (ends.clone(), properties()).prop_map(|((start, t, end), properties)| {
            Operation::CreateRelationship { start, t, end, properties }
        }),
        1 => prop::collection::vec(ends, 0..20).prop_map(Operation::CreateRelationships),
        4 => (index.clone(), name.clone(), value())
            .prop_map(|(node, key, value)| Operation::SetNode { node, key, value }),
        4 => (index.clone(), name.clone(), value())
            .prop_map(|(relationship, key, value)| Operation::SetRelationship { relationship, key, value }),
        2 => (index.clone(), name.clone()).prop_map(|(node, label)| Operation::AddLabel { node, label }),
        2 => (index.clone(), name).prop_map(|(node, label)| Operation::RemoveLabel { node, label }),
        4 => index.clone().prop_map(Operation::DeleteRelationship),
        1 => prop::collection::vec(index.clone(), 0..10).prop_map(Operation::DeleteRelationships),
        2 => index.prop_map(Operation::DetachDelete),
        2 => Just(Operation::Mark),
        2 => Just(Operation::Undo),
        2 => Just(Operation::Commit),
        1 => Just(Operation::Snapshot),
    ]
}

#[derive(Clone, Debug, Default, PartialEq)]
struct ModelNode {
    labels: BTreeSet<LabelId>,
    properties: BTreeMap<KeyId, Value>,
}

#[derive(Clone, Debug, PartialEq)]
struct ModelRelationship {
    t: TypeId,
    start: NodeId,
    end: NodeId,
    properties: BTreeMap<KeyId, Value>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Model {
    nodes: BTreeMap<NodeId, ModelNode>,
    relationships: BTreeMap<RelationshipId, ModelRelationship>,
}

impl Model {
    /// What a view holds, read through its public methods.
    fn of(view: &View) -> Self {
        let node = |id| ModelNode {
            labels: view.node_labels(id).iter().copied().collect(),
            properties: view.node_properties(id).collect(),
        };
        let relationship = |id| {
            let (start, end) = view.endpoints(id).expect("listed relationships are alive");
            let t = view.type_of(id).expect("listed relationships are alive");
            ModelRelationship {
                t,
                start,
                end,
                properties: view.relationship_properties(id).collect(),
            }
        };
        Self {
            nodes: view.nodes().map(|id| (id, node(id))).collect(),
            relationships: view
                .relationships()
                .map(|id| (id, relationship(id)))
                .collect(),
        }
    }

    fn node(&self, index: usize) -> Option<NodeId> {
        self.nodes
            .keys()
            .nth(index % self.nodes.len().max(1))
            .copied()
    }

    fn relationship(&self, index: usize) -> Option<RelationshipId> {
        self.relationships
            .keys()
            .nth(index % self.relationships.len().max(1))
            .copied()
    }
}

fn assign(properties: &mut BTreeMap<KeyId, Value>, key: KeyId, value: Value) {
    if value.is_null() {
        properties.remove(&key);
    } else {
        properties.insert(key, value);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the numbers of names are small"
)]
fn keyed(properties: Vec<(usize, Value)>) -> (Vec<(KeyId, Value)>, BTreeMap<KeyId, Value>) {
    let keyed: Vec<_> = properties
        .into_iter()
        .map(|(key, value)| (KeyId(key as u32), value))
        .collect();
    let mut map = BTreeMap::new();
    for (key, value) in &keyed {
        assign(&mut map, *key, value.clone());
    }
    (keyed, map)
}

/// The graph, the model, and the earlier states of both.
struct Pair {
    graph: Graph,
    model: Model,
    /// Within the running transaction.
    marks: Vec<(Mark, Model)>,
    committed: Model,
    snapshots: Vec<(View, Model)>,
    /// All ids ever seen: none may come twice.
    seen_nodes: BTreeSet<NodeId>,
    seen_relationships: BTreeSet<RelationshipId>,
}

impl Pair {
    fn new() -> Self {
        let mut graph = Graph::new();
        for name in ["甲", "乙", "丙"] {
            graph.intern_label(name);
            graph.intern_type(name);
            graph.intern_key(name);
        }
        let indexes = [
            (SchemaTarget::Node(LabelId(0)), vec![KeyId(0)]),
            (SchemaTarget::Node(LabelId(1)), vec![KeyId(1), KeyId(0)]),
            (SchemaTarget::Relationship(TypeId(0)), vec![KeyId(0)]),
        ];
        for (number, (target, keys)) in indexes.into_iter().enumerate() {
            let name = format!("索引{number}").into();
            graph
                .create_index(IndexDefinition { name, target, keys })
                .expect("each has its own name and keys");
        }
        graph.commit();
        Self {
            graph,
            model: Model::default(),
            marks: Vec::new(),
            committed: Model::default(),
            snapshots: Vec::new(),
            seen_nodes: BTreeSet::new(),
            seen_relationships: BTreeSet::new(),
        }
    }

    fn saw(&mut self, relationship: RelationshipId, t: TypeId, start: NodeId, end: NodeId) {
        assert!(
            self.seen_relationships.insert(relationship),
            "{relationship:?} came twice"
        );
        let properties = BTreeMap::new();
        self.model.relationships.insert(
            relationship,
            ModelRelationship {
                t,
                start,
                end,
                properties,
            },
        );
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "the numbers of names are small"
    )]
    #[expect(clippy::too_many_lines, reason = "one arm for each operation")]
    fn apply(&mut self, operation: Operation) {
        match operation {
            Operation::CreateNode { labels, properties } => {
                let labels: Vec<_> = labels
                    .into_iter()
                    .map(|label| LabelId(label as u32))
                    .collect();
                let (keyed, properties) = keyed(properties);
                let node = self
                    .graph
                    .create_node(&labels, &keyed)
                    .expect("there is room");
                assert!(self.seen_nodes.insert(node), "{node:?} came twice");
                self.model.nodes.insert(
                    node,
                    ModelNode {
                        labels: labels.into_iter().collect(),
                        properties,
                    },
                );
            }
            Operation::CreateRelationship {
                start,
                t,
                end,
                properties,
            } => {
                let Some((start, end)) = self.model.node(start).zip(self.model.node(end)) else {
                    return;
                };
                let t = TypeId(t as u32);
                let (keyed, properties) = keyed(properties);
                let created = self
                    .graph
                    .create_relationship(start, t, end, &keyed)
                    .expect("the ends are there");
                self.saw(created, t, start, end);
                self.model
                    .relationships
                    .get_mut(&created)
                    .expect("just seen")
                    .properties = properties;
            }
            Operation::CreateRelationships(ends) => {
                let new = |&(start, t, end): &(usize, usize, usize)| {
                    Some(NewRelationship {
                        start: self.model.node(start)?,
                        relationship_type: TypeId(t as u32),
                        end: self.model.node(end)?,
                        properties: Vec::new(),
                    })
                };
                let new: Vec<_> = ends.iter().filter_map(new).collect();
                let created = self
                    .graph
                    .create_relationships(new.clone())
                    .expect("the ends are there");
                for (id, new) in created.into_iter().zip(new) {
                    self.saw(id, new.relationship_type, new.start, new.end);
                }
            }
            Operation::SetNode { node, key, value } => {
                let Some(node) = self.model.node(node) else {
                    return;
                };
                let key = KeyId(key as u32);
                self.graph
                    .set_node_property(node, key, value.clone())
                    .expect("it is there");
                assign(
                    &mut self
                        .model
                        .nodes
                        .get_mut(&node)
                        .expect("it is there")
                        .properties,
                    key,
                    value,
                );
            }
            Operation::SetRelationship {
                relationship,
                key,
                value,
            } => {
                let Some(id) = self.model.relationship(relationship) else {
                    return;
                };
                let key = KeyId(key as u32);
                self.graph
                    .set_relationship_property(id, key, value.clone())
                    .expect("it is there");
                let relationship = self.model.relationships.get_mut(&id).expect("it is there");
                assign(&mut relationship.properties, key, value);
            }
            Operation::AddLabel { node, label } => {
                let Some(node) = self.model.node(node) else {
                    return;
                };
                let label = LabelId(label as u32);
                let is_new = self.graph.add_label(node, label).expect("it is there");
                let labels = &mut self.model.nodes.get_mut(&node).expect("it is there").labels;
                assert_eq!(is_new, labels.insert(label));
            }
            Operation::RemoveLabel { node, label } => {
                let Some(node) = self.model.node(node) else {
                    return;
                };
                let label = LabelId(label as u32);
                let was_there = self.graph.remove_label(node, label).expect("it is there");
                let labels = &mut self.model.nodes.get_mut(&node).expect("it is there").labels;
                assert_eq!(was_there, labels.remove(&label));
            }
            Operation::DeleteRelationship(relationship) => {
                let Some(id) = self.model.relationship(relationship) else {
                    return;
                };
                self.graph.delete_relationship(id).expect("it is there");
                let t = self.model.relationships.remove(&id).expect("it is there").t;
                assert_eq!(self.graph.view().type_of(id), Some(t));
            }
            Operation::DeleteRelationships(relationships) => {
                let ids: Vec<_> = relationships
                    .into_iter()
                    .filter_map(|id| self.model.relationship(id))
                    .collect();
                self.graph
                    .delete_relationships(&ids)
                    .expect("they are there");
                self.model.relationships.retain(|id, _| !ids.contains(id));
            }
            Operation::DetachDelete(node) => {
                let Some(node) = self.model.node(node) else {
                    return;
                };
                let incident: BTreeSet<_> = self.graph.incident(node).into_iter().collect();
                self.model.relationships.retain(|id, relationship| {
                    let hangs_on_it = relationship.start == node || relationship.end == node;
                    assert_eq!(hangs_on_it, incident.contains(id));
                    !hangs_on_it
                });
                for id in incident {
                    self.graph.delete_relationship(id).expect("it is there");
                }
                self.graph.delete_node(node).expect("nothing hangs on it");
                self.model.nodes.remove(&node);
            }
            Operation::Mark => self.marks.push((self.graph.mark(), self.model.clone())),
            Operation::Undo => {
                if let Some((mark, model)) = self.marks.pop() {
                    self.graph.undo_to(mark);
                    assert!(self.graph.counters_since(mark).is_empty());
                    self.model = model;
                }
            }
            Operation::Commit => {
                self.graph.commit();
                self.marks.clear();
                self.committed = self.model.clone();
            }
            Operation::Snapshot => self
                .snapshots
                .push((self.graph.view().clone(), self.model.clone())),
        }
    }

    /// The indexes hold the entities that have all keys, each once, and find them by these.
    fn check_indexes(&self) {
        let view = self.graph.view();
        for index in view.indexes() {
            let definition = index.definition();
            let value = |slot: u32, key: KeyId| match definition.target {
                SchemaTarget::Node(_) => view.node_property(view.node_id(slot), key),
                SchemaTarget::Relationship(_) => {
                    view.relationship_property(view.relationship_id(slot), key)
                }
            };
            let key = |slot: u32| -> Vec<Value> {
                let keys = definition.keys.iter();
                keys.map(|key| value(slot, *key)).collect()
            };
            let slots: Vec<u32> = match definition.target {
                SchemaTarget::Node(label) => {
                    view.nodes_with_label(label).map(NodeId::slot).collect()
                }
                SchemaTarget::Relationship(t) => view
                    .relationships_with_type(t)
                    .map(RelationshipId::slot)
                    .collect(),
            };
            let mut expected: Vec<u32> = slots
                .into_iter()
                .filter(|slot| !key(*slot).iter().any(Value::is_null))
                .collect();
            expected.sort_unstable();
            assert_eq!(index.count(), expected.len());
            assert_eq!(index.walk(&[], |_| Visit::Take), expected);
            for &slot in &expected {
                assert!(index.equivalent(&key(slot)).contains(&slot));
            }
        }
    }

    fn check(&self) {
        self.check_indexes();
        let view = self.graph.view();
        assert_eq!(Model::of(view), self.model);
        assert_eq!(view.node_count(), self.model.nodes.len());
        assert_eq!(view.relationship_count(), self.model.relationships.len());
        for label in view.labels() {
            let expected: Vec<_> = self
                .model
                .nodes
                .iter()
                .filter(|(_, node)| node.labels.contains(&label))
                .collect();
            assert_eq!(view.label_count(label), expected.len());
            assert!(
                view.nodes_with_label(label)
                    .all(|node| view.has_label(node, label))
            );
        }
        for key in view.keys() {
            let expected = self
                .model
                .nodes
                .values()
                .filter(|node| node.properties.contains_key(&key))
                .count();
            assert_eq!(view.node_key_count(key), expected);
        }
        for node in self
            .seen_nodes
            .iter()
            .filter(|node| !self.model.nodes.contains_key(node))
        {
            assert!(!view.contains_node(*node) && view.node_labels(*node).is_empty());
            assert!(
                view.node_properties(*node).next().is_none() && view.incident(*node).is_empty()
            );
        }
    }
}

proptest! {
    #[test]
    fn the_graph_does_what_plain_maps_do(operations in prop::collection::vec(operation(), 0..80)) {
        let mut pair = Pair::new();
        for operation in operations {
            pair.apply(operation);
            pair.check();
        }
        check_runs(pair.graph.view());
        for (view, model) in &pair.snapshots {
            assert_eq!(&Model::of(view), model, "a snapshot stays as it was");
            check_runs(view);
        }
        pair.graph.undo_to(Graph::new().mark());
        prop_assert_eq!(Model::of(pair.graph.view()), pair.committed);
    }
}
