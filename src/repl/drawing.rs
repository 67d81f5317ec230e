//! Drawings for Graphviz: of the whole graph, or of what a query returned.

use std::path::Path;

use super::{Conversation, Failure};
use crate::format::dot::{self, Options};
use crate::graph::{Subgraph, View};
use crate::source::Source;
use crate::syntax;

/// Draws the whole graph.
#[must_use]
pub fn of_graph(view: &View, options: &Options) -> String {
    draw(&view.subgraph(), options)
}

/// Draws the nodes, relationships and paths that the last statement of a source returns.
///
/// # Errors
///
/// When a statement fails, or the last returns nothing that can be drawn.
pub fn of_query(
    conversation: &mut Conversation<'_>,
    source: &Source<'_>,
    options: &Options,
) -> Result<String, Failure> {
    let mut graph = Subgraph::default();
    let mut has_rows = false;
    for statement in syntax::statements(source.text()) {
        let result = conversation.run(source, statement.span)?;
        has_rows = !result.rows.is_empty();
        graph = result.entities;
    }
    if graph.nodes.is_empty() && graph.relationships.is_empty() && has_rows {
        return Err(Failure::NothingToDraw);
    }
    add_ends(&mut graph, &conversation.session.view());
    Ok(draw(&graph, options))
}

/// Writes a drawing to a file.
///
/// # Errors
///
/// When the file cannot be written.
pub fn save(path: &Path, drawing: &str) -> Result<(), Failure> {
    std::fs::write(path, drawing).map_err(|error| Failure::Write {
        path: path.to_owned(),
        error,
    })
}

/// A relationship that was returned alone is drawn between its two nodes.
fn add_ends(graph: &mut Subgraph, view: &View) {
    let ends: Vec<_> = graph
        .relationships
        .values()
        .flat_map(|data| [data.start, data.end])
        .collect();
    for end in ends {
        if !graph.nodes.contains_key(&end)
            && let Some(node) = view.node(end)
        {
            graph.nodes.insert(end, node);
        }
    }
}

fn draw(graph: &Subgraph, options: &Options) -> String {
    let mut drawing = Vec::new();
    dot::write(&mut drawing, graph, options).expect("writing to a vector");
    String::from_utf8(drawing).expect("a drawing is text")
}
