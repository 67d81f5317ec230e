//! `algo.components`, `algo.stronglyConnectedComponents`.

use super::options::Options;
use super::{Context, OPTIONS, Procedure, integer};
use crate::value::{NodeId, Type, Value, ValueError};

pub(super) static COMPONENTS: Procedure = Procedure {
    name: "algo.components",
    arguments: &[OPTIONS],
    columns: &[("node", Type::NODE), ("component", Type::INTEGER)],
    is_write: false,
    summary: "Numbers, from 0, the groups of nodes that are connected whatever the direction. Options: labels, types.",
    body: components,
};

pub(super) static STRONGLY_CONNECTED_COMPONENTS: Procedure = Procedure {
    name: "algo.stronglyConnectedComponents",
    arguments: &[OPTIONS],
    columns: &[("node", Type::NODE), ("component", Type::INTEGER)],
    is_write: false,
    summary: "Numbers, from 0, the groups of nodes that reach each other along the direction. Options: labels, types.",
    body: strongly_connected_components,
};

fn components(ctx: &Context<'_>, arguments: &[Value]) -> Result<Vec<Vec<Value>>, ValueError> {
    let options = Options::new(COMPONENTS.name, ctx, &arguments[0], &["labels", "types"])?;
    Ok(rows(options.project()?.components()))
}

fn strongly_connected_components(
    ctx: &Context<'_>,
    arguments: &[Value],
) -> Result<Vec<Vec<Value>>, ValueError> {
    let options = Options::new(
        STRONGLY_CONNECTED_COMPONENTS.name,
        ctx,
        &arguments[0],
        &["labels", "types"],
    )?;
    Ok(rows(options.project()?.strongly_connected_components()))
}

fn rows(components: Vec<(NodeId, usize)>) -> Vec<Vec<Value>> {
    components
        .into_iter()
        .map(|(node, component)| vec![Value::Node(node), integer(component)])
        .collect()
}
