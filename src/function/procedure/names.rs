//! `db.labels`, `db.relationshipTypes`, `db.propertyKeys`: the names in use.

use super::Procedure;
use crate::graph::View;
use crate::value::{Type, Value};

pub(super) static LABELS: Procedure = Procedure {
    name: "db.labels",
    arguments: &[],
    columns: &[("label", Type::STRING)],
    is_write: false,
    summary: "Lists the labels that nodes bear, in the order of first use.",
    body: |ctx, _| Ok(labels(ctx.view)),
};

pub(super) static RELATIONSHIP_TYPES: Procedure = Procedure {
    name: "db.relationshipTypes",
    arguments: &[],
    columns: &[("relationshipType", Type::STRING)],
    is_write: false,
    summary: "Lists the types of the relationships, in the order of first use.",
    body: |ctx, _| Ok(relationship_types(ctx.view)),
};

pub(super) static PROPERTY_KEYS: Procedure = Procedure {
    name: "db.propertyKeys",
    arguments: &[],
    columns: &[("propertyKey", Type::STRING)],
    is_write: false,
    summary: "Lists the keys of all properties, in the order of first use.",
    body: |ctx, _| Ok(property_keys(ctx.view)),
};

fn labels(view: &View) -> Vec<Vec<Value>> {
    let in_use = view.labels().filter(|&label| view.label_count(label) > 0);
    in_use
        .map(|label| vec![Value::String(view.label_name(label).clone())])
        .collect()
}

fn relationship_types(view: &View) -> Vec<Vec<Value>> {
    let in_use = view.types().filter(|&t| view.type_count(t) > 0);
    in_use
        .map(|t| vec![Value::String(view.type_name(t).clone())])
        .collect()
}

fn property_keys(view: &View) -> Vec<Vec<Value>> {
    let in_use = view
        .keys()
        .filter(|&key| view.node_key_count(key) + view.relationship_key_count(key) > 0);
    in_use
        .map(|key| vec![Value::String(view.key_name(key).clone())])
        .collect()
}
