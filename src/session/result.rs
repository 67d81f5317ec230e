//! The answer to a statement.

use std::sync::Arc;
use std::time::Duration;

use super::Warning;
use crate::expression::{Interrupt, Interruption};
use crate::function::{Held, Memory};
use crate::graph::{Counters, Subgraph, View};
use crate::value::Value;

/// The answer to a statement.
#[derive(Clone, Debug, Default)]
pub struct QueryResult {
    /// The names of the columns.
    pub columns: Vec<Arc<str>>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
    /// The data of all nodes and relationships that occur in the rows, as they were when the statement ended.
    pub entities: Subgraph,
    /// What the statement changed.
    pub counters: Counters,
    /// The plan as text, for `EXPLAIN` and `PROFILE`.
    pub plan: Option<String>,
    /// Remarks that do not stop the statement: a label that nothing bears, say.
    pub warnings: Vec<Warning>,
    /// How long it took, parsing and planning included.
    pub elapsed: Duration,
    /// Whether the statement gives rows at all; `false` for one that only writes, and for `EXPLAIN`.
    pub has_rows: bool,
}

/// Copies the data of all entities in the rows out of the graph.
pub(super) fn entities(
    view: &View,
    rows: &[Vec<Value>],
    interrupt: &Interrupt,
    memory: &Arc<Memory>,
) -> Result<Subgraph, Interruption> {
    /// About how many bytes the data of an entity takes.
    const ENTITY: usize = 256;
    let mut held = Held::default();
    let mut entities = Subgraph::default();
    for rows in rows.chunks(1024) {
        interrupt.check()?;
        for value in rows.iter().flatten() {
            collect(view, value, &mut entities);
        }
        let count = entities.nodes.len() + entities.relationships.len();
        held.set(memory, count * ENTITY)?;
    }
    Ok(entities)
}

fn collect(view: &View, value: &Value, entities: &mut Subgraph) {
    match value {
        Value::Node(node) => {
            if !entities.nodes.contains_key(node)
                && let Some(data) = view.node(*node)
            {
                entities.nodes.insert(*node, data);
            }
        }
        Value::Relationship(relationship) => {
            if !entities.relationships.contains_key(relationship)
                && let Some(data) = view.relationship(*relationship)
            {
                entities.relationships.insert(*relationship, data);
            }
        }
        Value::Path(path) => {
            path.nodes()
                .iter()
                .for_each(|node| collect(view, &Value::Node(*node), entities));
            let relationships = path.relationships().iter();
            relationships.for_each(|relationship| {
                collect(view, &Value::Relationship(*relationship), entities);
            });
        }
        Value::List(items) => items.iter().for_each(|item| collect(view, item, entities)),
        Value::Map(map) => map.values().for_each(|item| collect(view, item, entities)),
        _ => {}
    }
}
