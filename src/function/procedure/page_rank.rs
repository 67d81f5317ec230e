//! `algo.pageRank`.

use super::options::Options;
use super::{Context, OPTIONS, Procedure};
use crate::value::{Type, Value, ValueError};

pub(super) static PAGE_RANK: Procedure = Procedure {
    name: "algo.pageRank",
    arguments: &[OPTIONS],
    columns: &[("node", Type::NODE), ("score", Type::FLOAT)],
    is_write: false,
    summary: "Scores nodes by how much of a random walk's time is spent at them; all scores sum to 1. \
              Options: labels, types, damping (0.85), iterations (at most; 100).",
    body,
};

fn body(ctx: &Context<'_>, arguments: &[Value]) -> Result<Vec<Vec<Value>>, ValueError> {
    let known = ["labels", "types", "damping", "iterations"];
    let options = Options::new(PAGE_RANK.name, ctx, &arguments[0], &known)?;
    let (damping, iterations) = (
        options.share("damping", 0.85)?,
        options.count("iterations", 100, 10_000)?,
    );
    let scores = options.project()?.page_rank(damping, iterations);
    Ok(scores
        .into_iter()
        .map(|(node, score)| vec![Value::Node(node), Value::Float(score)])
        .collect())
}
