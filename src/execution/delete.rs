//! `Delete`: nodes and relationships go.

use std::sync::Arc;

use indexmap::IndexSet;

use super::operator::{Input, drain};
use super::{Execution, ExecutionContext, ExecutionError, Operator};
use crate::expression::{Batch, Expression};
use crate::function::Held;
use crate::graph::GraphError;
use crate::source::Span;
use crate::value::{NodeId, RelationshipId, Value, ValueError};

/// Deletes what the expressions give for all rows of the input: relationships first, so that a node and its
/// relationships can go in one clause whatever the order of the rows.
pub(crate) struct Delete<'a> {
    input: Input<'a>,
    expressions: &'a [Expression],
    is_detach: bool,
    held: Held,
}

/// What is to go, each with the place that asked for it.
#[derive(Default)]
struct Doomed {
    nodes: IndexSet<(NodeId, Span)>,
    relationships: IndexSet<RelationshipId>,
}

impl<'a> Delete<'a> {
    pub(crate) fn new(input: Input<'a>, expressions: &'a [Expression], is_detach: bool) -> Self {
        Self {
            input,
            expressions,
            is_detach,
            held: Held::default(),
        }
    }

    fn delete(&self, ctx: &ExecutionContext<'_>, doomed: Doomed) -> Execution<()> {
        const UNDOING: usize = 256;
        let mut graph = ctx.graph_mut();
        let mut relationships = doomed.relationships;
        if self.is_detach {
            for (turn, (node, _)) in doomed.nodes.iter().enumerate() {
                if turn % 1024 == 1023 {
                    ctx.check()?;
                }
                relationships.extend(graph.incident(*node));
            }
        }
        // One that is gone already was deleted by an earlier clause.
        relationships.retain(|relationship| graph.view().contains_relationship(*relationship));
        ctx.hold_written((relationships.len() + doomed.nodes.len()) * UNDOING)?;
        let relationships: Vec<RelationshipId> = relationships.into_iter().collect();
        graph
            .delete_relationships(&relationships)
            .map_err(|error| ExecutionError::graph(error, Span::default()))?;
        for (node, span) in doomed.nodes {
            match graph.delete_node(node) {
                Ok(()) | Err(GraphError::NodeNotFound(_)) => {}
                Err(error) => return Err(ExecutionError::graph(error, span)),
            }
        }
        Ok(())
    }
}

impl Doomed {
    fn add(&mut self, value: &Value, span: Span) -> Execution<()> {
        match value {
            Value::Null => {}
            Value::Node(node) => {
                self.nodes.insert((*node, span));
            }
            Value::Relationship(relationship) => {
                self.relationships.insert(*relationship);
            }
            Value::Path(path) => {
                self.nodes
                    .extend(path.nodes().iter().map(|node| (*node, span)));
                self.relationships.extend(path.relationships());
            }
            other => {
                let kind =
                    ValueError::invalid_type("DELETE", "a node, relationship or path", other);
                return Err(ExecutionError::value(kind, span));
            }
        }
        Ok(())
    }
}

impl Operator for Delete<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        let rows = drain(self.input.as_mut(), ctx, &mut self.held)?;
        if rows.is_empty() {
            return Ok(None);
        }
        let mut doomed = Doomed::default();
        for expression in self.expressions {
            for value in ctx.evaluate_all(expression, &rows)?.into_values() {
                doomed.add(&value, expression.span)?;
            }
        }
        self.delete(ctx, doomed)?;
        Ok(Some(rows))
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
    }
}
