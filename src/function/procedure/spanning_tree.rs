//! `algo.spanningTree`.

use super::options::Options;
use super::{Context, OPTIONS, Procedure};
use crate::value::{Type, Value, ValueError};

pub(super) static SPANNING_TREE: Procedure = Procedure {
    name: "algo.spanningTree",
    arguments: &[OPTIONS],
    columns: &[
        ("relationship", Type::RELATIONSHIP),
        ("weight", Type::FLOAT),
    ],
    is_write: false,
    summary: "Lists the relationships that keep connected what is connected, at the least weight altogether. \
              Options: labels, types, weight, defaultWeight.",
    body,
};

fn body(ctx: &Context<'_>, arguments: &[Value]) -> Result<Vec<Vec<Value>>, ValueError> {
    let known = ["labels", "types", "weight", "defaultWeight"];
    let options = Options::new(SPANNING_TREE.name, ctx, &arguments[0], &known)?;
    let tree = options.project()?.spanning_tree();
    Ok(tree
        .into_iter()
        .map(|(relationship, weight)| vec![Value::Relationship(relationship), weight.into()])
        .collect())
}
