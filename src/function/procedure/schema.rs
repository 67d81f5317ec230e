//! `db.schema`, `db.schema.properties`: what is connected with what, and what is known of it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Procedure, integer};
use crate::graph::{Column, Direction, KeyId, LabelId, TypeId, View};
use crate::value::{NodeId, RelationshipId, Type, Value};

pub(super) static SCHEMA: Procedure = Procedure {
    name: "db.schema",
    arguments: &[],
    columns: &[
        ("from", Type::STRING),
        ("type", Type::STRING),
        ("to", Type::STRING),
        ("count", Type::INTEGER),
    ],
    is_write: false,
    summary: "Lists which labels each relationship type connects, and how often. \
              A node with several labels counts under each of them, one without under null.",
    body: |ctx, _| Ok(schema(ctx.view)),
};

pub(super) static PROPERTIES: Procedure = Procedure {
    name: "db.schema.properties",
    arguments: &[],
    columns: &[
        ("entity", Type::STRING),
        ("name", Type::STRING),
        ("key", Type::STRING),
        ("types", Type::LIST),
        ("count", Type::INTEGER),
    ],
    is_write: false,
    summary: "Lists the properties that the nodes of each label and the relationships of each type have: \
              the key, the types of the values, and how many entities have it.",
    body: |ctx, _| Ok(properties(ctx.view)),
};

/// O(relationships × labels at their ends).
fn schema(view: &View) -> Vec<Vec<Value>> {
    let mut counts = BTreeMap::<(TypeId, Option<LabelId>, Option<LabelId>), usize>::new();
    for start in view.nodes() {
        for t in view.types() {
            for &end in view.neighbours(start, t, Direction::Outgoing).nodes {
                for from in labels_or_none(view, start) {
                    for to in labels_or_none(view, view.node_id(end)) {
                        *counts.entry((t, from, to)).or_default() += 1;
                    }
                }
            }
        }
    }
    let label = |label: Option<LabelId>| Value::from(label.map(|label| &**view.label_name(label)));
    let row = |((t, from, to), count)| {
        vec![
            label(from),
            Value::String(view.type_name(t).clone()),
            label(to),
            integer(count),
        ]
    };
    counts.into_iter().map(row).collect()
}

/// The labels of a node, or the one thing that counts for a node without labels.
fn labels_or_none(view: &View, node: NodeId) -> impl Iterator<Item = Option<LabelId>> + '_ {
    let labels = view.node_labels(node);
    labels
        .iter()
        .copied()
        .map(Some)
        .chain(labels.is_empty().then_some(None))
}

/// Where the values of a property are, how many, and of which types.
#[derive(Default)]
struct Property {
    count: usize,
    types: BTreeSet<&'static str>,
}

impl Property {
    fn add(&mut self, value: &Value) {
        self.count += 1;
        self.types.insert(value.type_name());
    }

    fn row(self, entity: &str, name: Value, key: &str) -> Vec<Value> {
        let types = Value::list(self.types.into_iter().map(Value::from).collect());
        vec![entity.into(), name, key.into(), types, integer(self.count)]
    }
}

/// O(properties × labels).
fn properties(view: &View) -> Vec<Vec<Value>> {
    let mut of_nodes = BTreeMap::<(Option<LabelId>, KeyId), Property>::new();
    let mut of_relationships = BTreeMap::<(Option<TypeId>, KeyId), Property>::new();
    for key in view.keys() {
        for (slot, value) in view.node_column(key).into_iter().flat_map(Column::entries) {
            let node: NodeId = view.node_id(slot);
            for label in labels_or_none(view, node) {
                of_nodes.entry((label, key)).or_default().add(&value);
            }
        }
        for (slot, value) in view
            .relationship_column(key)
            .into_iter()
            .flat_map(Column::entries)
        {
            let relationship: RelationshipId = view.relationship_id(slot);
            of_relationships
                .entry((view.type_of(relationship), key))
                .or_default()
                .add(&value);
        }
    }
    let of_nodes = of_nodes.into_iter().map(|((label, key), property)| {
        let name = Value::from(label.map(|label| &**view.label_name(label)));
        property.row("node", name, view.key_name(key))
    });
    let of_relationships = of_relationships.into_iter().map(|((t, key), property)| {
        let name = Value::from(t.map(|t| &**view.type_name(t)));
        property.row("relationship", name, view.key_name(key))
    });
    of_nodes.chain(of_relationships).collect()
}
