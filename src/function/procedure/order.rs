//! `algo.topologicalSort`, `algo.isCyclic`.

use super::options::Options;
use super::{Context, OPTIONS, Procedure, integer};
use crate::value::{Type, Value, ValueError};

pub(super) static TOPOLOGICAL_SORT: Procedure = Procedure {
    name: "algo.topologicalSort",
    arguments: &[OPTIONS],
    columns: &[("node", Type::NODE), ("position", Type::INTEGER)],
    is_write: false,
    summary: "Orders nodes, from 0, so that each comes before those that its relationships lead to; \
              an error where a cycle makes that impossible. Options: labels, types.",
    body: topological_sort,
};

pub(super) static IS_CYCLIC: Procedure = Procedure {
    name: "algo.isCyclic",
    arguments: &[OPTIONS],
    columns: &[("isCyclic", Type::BOOLEAN)],
    is_write: false,
    summary: "Tells whether relationships lead from some node back to it. Options: labels, types.",
    body: is_cyclic,
};

fn topological_sort(ctx: &Context<'_>, arguments: &[Value]) -> Result<Vec<Vec<Value>>, ValueError> {
    let options = Options::new(
        TOPOLOGICAL_SORT.name,
        ctx,
        &arguments[0],
        &["labels", "types"],
    )?;
    let order = options.project()?.topological_order();
    let order = order.map_err(|node| ValueError::InvalidArgumentValue {
        operation: TOPOLOGICAL_SORT.name.to_owned(),
        found: format!("a cycle through the node with the id {}", node.0),
        reason: "no order puts each node of a cycle before the next".to_owned(),
    })?;
    let numbered = order.into_iter().enumerate();
    Ok(numbered
        .map(|(position, node)| vec![Value::Node(node), integer(position)])
        .collect())
}

fn is_cyclic(ctx: &Context<'_>, arguments: &[Value]) -> Result<Vec<Vec<Value>>, ValueError> {
    let options = Options::new(IS_CYCLIC.name, ctx, &arguments[0], &["labels", "types"])?;
    Ok(vec![vec![Value::Boolean(
        options.project()?.topological_order().is_err(),
    )]])
}
