//! `algo.shortestPath`, `algo.distances`.

use std::sync::Arc;

use super::options::{Options, node};
use super::{Argument, Context, OPTIONS, Procedure};
use crate::value::{Type, Value, ValueError};

const KNOWN: [&str; 5] = ["labels", "types", "weight", "defaultWeight", "direction"];

pub(super) static SHORTEST_PATH: Procedure = Procedure {
    name: "algo.shortestPath",
    arguments: &[
        Argument::required("start", Type::NODE),
        Argument::required("end", Type::NODE),
        OPTIONS,
    ],
    columns: &[("path", Type::PATH), ("cost", Type::FLOAT)],
    is_write: false,
    summary: "Finds the path of the least cost; no row where there is none. \
              Options: labels, types, weight (the property that holds the cost of a relationship; 1 where not given), \
              defaultWeight (where the property is missing), direction ('out', 'in' or 'both').",
    body: shortest_path,
};

pub(super) static DISTANCES: Procedure = Procedure {
    name: "algo.distances",
    arguments: &[Argument::required("start", Type::NODE), OPTIONS],
    columns: &[("node", Type::NODE), ("cost", Type::FLOAT)],
    is_write: false,
    summary: "Lists the nodes that can be reached, each with the cost of the cheapest way there. \
              Options: labels, types, weight, defaultWeight, direction, as in algo.shortestPath.",
    body: distances,
};

fn shortest_path(ctx: &Context<'_>, arguments: &[Value]) -> Result<Vec<Vec<Value>>, ValueError> {
    let (start, end) = (
        node(SHORTEST_PATH.name, &arguments[0])?,
        node(SHORTEST_PATH.name, &arguments[1])?,
    );
    let options = Options::new(SHORTEST_PATH.name, ctx, &arguments[2], &KNOWN)?;
    let direction = options.direction()?;
    let projection = options.project()?;
    let Some((start, end)) = start.zip(end) else {
        return Ok(Vec::new());
    };
    let found = projection
        .shortest_path(start, end, direction)
        .map_err(|error| options.refuse(&error))?;
    Ok(found
        .into_iter()
        .map(|(path, cost)| vec![Value::Path(Arc::new(path)), Value::Float(cost)])
        .collect())
}

fn distances(ctx: &Context<'_>, arguments: &[Value]) -> Result<Vec<Vec<Value>>, ValueError> {
    let start = node(DISTANCES.name, &arguments[0])?;
    let options = Options::new(DISTANCES.name, ctx, &arguments[1], &KNOWN)?;
    let direction = options.direction()?;
    let projection = options.project()?;
    let Some(start) = start else {
        return Ok(Vec::new());
    };
    let distances = projection
        .distances(start, direction)
        .map_err(|error| options.refuse(&error))?;
    Ok(distances
        .into_iter()
        .map(|(node, cost)| vec![Value::Node(node), Value::Float(cost)])
        .collect())
}
