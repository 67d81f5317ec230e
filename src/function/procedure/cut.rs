//! `algo.articulationPoints`, `algo.bridges`.

use super::options::Options;
use super::{Context, OPTIONS, Procedure};
use crate::value::{Type, Value, ValueError};

pub(super) static ARTICULATION_POINTS: Procedure = Procedure {
    name: "algo.articulationPoints",
    arguments: &[OPTIONS],
    columns: &[("node", Type::NODE)],
    is_write: false,
    summary: "Lists the nodes without which what is connected falls apart. Options: labels, types.",
    body: articulation_points,
};

pub(super) static BRIDGES: Procedure = Procedure {
    name: "algo.bridges",
    arguments: &[OPTIONS],
    columns: &[("relationship", Type::RELATIONSHIP)],
    is_write: false,
    summary: "Lists the relationships without which what is connected falls apart. Options: labels, types.",
    body: bridges,
};

fn articulation_points(
    ctx: &Context<'_>,
    arguments: &[Value],
) -> Result<Vec<Vec<Value>>, ValueError> {
    let options = Options::new(
        ARTICULATION_POINTS.name,
        ctx,
        &arguments[0],
        &["labels", "types"],
    )?;
    let points = options.project()?.articulation_points();
    Ok(points
        .into_iter()
        .map(|node| vec![Value::Node(node)])
        .collect())
}

fn bridges(ctx: &Context<'_>, arguments: &[Value]) -> Result<Vec<Vec<Value>>, ValueError> {
    let options = Options::new(BRIDGES.name, ctx, &arguments[0], &["labels", "types"])?;
    let bridges = options.project()?.bridges();
    Ok(bridges
        .into_iter()
        .map(|relationship| vec![Value::Relationship(relationship)])
        .collect())
}
