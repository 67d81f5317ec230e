//! `Set`: properties and labels are set and removed.

use std::sync::Arc;

use super::create::dynamic_labels;
use super::operator::Input;
use super::{Execution, ExecutionContext, ExecutionError, Operator};
use crate::algebra::SetOperation;
use crate::expression::{Batch, Expression, LabelRef};
use crate::graph::{GraphError, KeyId, LabelId};
use crate::source::Span;
use crate::value::{Value, ValueError};

/// Sets and removes properties and labels for each row of the input.
pub(crate) struct Set<'a> {
    input: Input<'a>,
    operations: &'a [SetOperation],
}

impl<'a> Set<'a> {
    pub(crate) fn new(input: Input<'a>, operations: &'a [SetOperation]) -> Self {
        Self { input, operations }
    }
}

impl Operator for Set<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        let Some(batch) = self.input.next(ctx)? else {
            return Ok(None);
        };
        for row in 0..batch.len() {
            ctx.check()?;
            apply(ctx, self.operations, &batch, row)?;
        }
        Ok(Some(batch))
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
    }
}

/// Does the operations for one row, in order.
pub(crate) fn apply(
    ctx: &ExecutionContext<'_>,
    operations: &[SetOperation],
    batch: &Batch,
    row: usize,
) -> Execution<()> {
    for operation in operations {
        match operation {
            SetOperation::Property { target, key, value } => {
                let entity = ctx.evaluate(target, batch, row)?;
                let value_now = ctx.evaluate(value, batch, row)?;
                if entity.is_null() {
                    continue;
                }
                storable(&value_now, value.span)?;
                let key = ctx
                    .names()
                    .key(*key)
                    .expect("the names of a statement that writes are all known");
                set_property(ctx, &entity, key, value_now, target.span)?;
            }
            SetOperation::DynamicProperty { target, key, value } => {
                let entity = ctx.evaluate(target, batch, row)?;
                let name = ctx.evaluate(key, batch, row)?;
                let value_now = ctx.evaluate(value, batch, row)?;
                if entity.is_null() {
                    continue;
                }
                storable(&value_now, value.span)?;
                let Value::String(name) = name else {
                    let kind = ValueError::invalid_type("a property key", "a string", &name);
                    return Err(ExecutionError::value(kind, key.span));
                };
                let key = ctx.graph_mut().intern_key(&name);
                set_property(ctx, &entity, key, value_now, target.span)?;
            }
            SetOperation::Properties {
                target,
                value,
                is_replace,
            } => {
                set_properties(ctx, target, value, *is_replace, batch, row)?;
            }
            SetOperation::Labels {
                target,
                labels,
                dynamic,
                is_remove,
            } => {
                let entity = ctx.evaluate(target, batch, row)?;
                let known = |label: &LabelRef| {
                    let label = ctx.names().label(*label);
                    label.expect("the names of a statement that writes are all known")
                };
                let mut labels: Vec<LabelId> = labels.iter().map(known).collect();
                for names in dynamic {
                    labels.extend(dynamic_labels(ctx, names, batch, row)?);
                }
                set_labels(ctx, &entity, &labels, *is_remove, target.span)?;
            }
        }
    }
    Ok(())
}

/// About how many bytes it takes to undo one change.
const UNDOING: usize = 64;

fn set_property(
    ctx: &ExecutionContext<'_>,
    entity: &Value,
    key: KeyId,
    value: Value,
    span: Span,
) -> Execution<()> {
    ctx.hold_written(value.heap_size().saturating_add(UNDOING))?;
    let mut graph = ctx.graph_mut();
    let done = match entity {
        Value::Node(node) => graph.set_node_property(*node, key, value),
        Value::Relationship(relationship) => {
            graph.set_relationship_property(*relationship, key, value)
        }
        other => {
            let kind = ValueError::invalid_type("SET", "a node or relationship", other);
            return Err(ExecutionError::value(kind, span));
        }
    };
    done.map_err(|error| refused(error, span))
}

fn set_properties(
    ctx: &ExecutionContext<'_>,
    target: &Expression,
    value: &Expression,
    is_replace: bool,
    batch: &Batch,
    row: usize,
) -> Execution<()> {
    let entity = ctx.evaluate(target, batch, row)?;
    let new = ctx.evaluate(value, batch, row)?;
    if entity.is_null() {
        return Ok(());
    }
    let entries = ctx
        .evaluation(|evaluation| crate::function::all_properties(evaluation.function, &new))
        .map_err(|kind| ExecutionError::value(kind, value.span))?;
    if is_replace {
        let old: Vec<KeyId> = {
            let view = ctx.view();
            match &entity {
                Value::Node(node) => view.node_properties(*node).map(|(key, _)| key).collect(),
                Value::Relationship(relationship) => view
                    .relationship_properties(*relationship)
                    .map(|(key, _)| key)
                    .collect(),
                _ => Vec::new(),
            }
        };
        let kept: Vec<KeyId> = {
            let view = ctx.view();
            entries
                .iter()
                .filter(|(_, value)| !value.is_null())
                .filter_map(|(key, _)| view.key(key))
                .collect()
        };
        for key in old.into_iter().filter(|key| !kept.contains(key)) {
            set_property(ctx, &entity, key, Value::Null, target.span)?;
        }
    }
    for (key, entry) in entries {
        storable(&entry, value.span)?;
        let key = ctx.graph_mut().intern_key(&key);
        set_property(ctx, &entity, key, entry, target.span)?;
    }
    Ok(())
}

fn set_labels(
    ctx: &ExecutionContext<'_>,
    entity: &Value,
    labels: &[LabelId],
    is_remove: bool,
    span: Span,
) -> Execution<()> {
    let node = match entity {
        Value::Null => return Ok(()),
        Value::Node(node) => *node,
        other => {
            return Err(ExecutionError::value(
                ValueError::invalid_type("SET", "a node", other),
                span,
            ));
        }
    };
    ctx.hold_written(labels.len() * UNDOING)?;
    for label in labels {
        let mut graph = ctx.graph_mut();
        let done = if is_remove {
            graph.remove_label(node, *label)
        } else {
            graph.add_label(node, *label)
        };
        done.map_err(|error| refused(error, span))?;
    }
    Ok(())
}

/// An entity that is gone was deleted by this statement: nothing else can have given its id.
fn refused(error: GraphError, span: Span) -> Box<ExecutionError> {
    let entity = match error {
        GraphError::NodeNotFound(_) => "node",
        GraphError::RelationshipNotFound(_) => "relationship",
        other => return ExecutionError::graph(other, span),
    };
    ExecutionError::value(
        ValueError::DeletedEntityAccess {
            entity,
            asked: "properties to be set".to_owned(),
        },
        span,
    )
}

/// Refuses a value that no property can hold.
pub(crate) fn storable(value: &Value, span: Span) -> Execution<()> {
    /// How deep lists may lie in lists.
    const DEEPEST: usize = 100;
    fn unfit(value: &Value, deepest: usize) -> Option<&'static str> {
        match value {
            Value::Map(_) | Value::Node(_) | Value::Relationship(_) | Value::Path(_) => {
                Some(value.type_name())
            }
            Value::List(_) if deepest == 0 => Some("LIST within 100 others"),
            Value::List(items) => items.iter().find_map(|item| unfit(item, deepest - 1)),
            _ => None,
        }
    }
    match unfit(value, DEEPEST) {
        None => Ok(()),
        Some(found) => {
            let found = if matches!(value, Value::List(_)) {
                format!("a list with a {found}")
            } else {
                found.to_owned()
            };
            Err(ExecutionError::value(
                ValueError::InvalidPropertyType { found },
                span,
            ))
        }
    }
}
