//! `Create`: nodes and relationships for each row.

use std::sync::Arc;

use super::operator::Input;
use super::set::storable;
use super::{Execution, ExecutionContext, ExecutionError, Operator};
use crate::algebra::{CreateNode, CreatePattern, CreateRelationship, CreatedType, NamedPath};
use crate::expression::{Batch, Column, Expression, ExpressionKind, label_names};
use crate::graph::{KeyId, LabelId, TypeId};
use crate::source::Span;
use crate::value::{NodeId, Value, ValueError};

/// Creates a pattern for each row of the input.
pub(crate) struct Create<'a> {
    input: Input<'a>,
    pattern: &'a CreatePattern,
}

impl<'a> Create<'a> {
    pub(crate) fn new(input: Input<'a>, pattern: &'a CreatePattern) -> Self {
        Self { input, pattern }
    }
}

impl Operator for Create<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        let Some(mut batch) = self.input.next(ctx)? else {
            return Ok(None);
        };
        ctx.check()?;
        create(ctx, self.pattern, &mut batch)?;
        Ok(Some(batch))
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
    }
}

/// Creates a pattern for each row of a batch; the new slots are filled.
pub(crate) fn create(
    ctx: &ExecutionContext<'_>,
    pattern: &CreatePattern,
    batch: &mut Batch,
) -> Execution<()> {
    batch.widen(pattern.width);
    for node in &pattern.nodes {
        create_nodes(ctx, node, batch)?;
    }
    for relationship in &pattern.relationships {
        create_relationships(ctx, relationship, batch)?;
    }
    for NamedPath { slot, steps, .. } in &pattern.paths {
        let path = Expression::new(ExpressionKind::Path(steps.clone()), Span::default());
        let paths = ctx.evaluate_all(&path, batch)?;
        batch.set(*slot, paths);
    }
    Ok(())
}

/// About how many bytes a created node or relationship takes in the graph and in its undo log.
const ENTITY: usize = 192;

/// About how many bytes properties take.
fn size(properties: &[(KeyId, Value)]) -> usize {
    const PROPERTY: usize = 32;
    let sizes = properties
        .iter()
        .map(|(_, value)| PROPERTY + value.heap_size());
    sizes.fold(0, usize::saturating_add)
}

fn create_nodes(ctx: &ExecutionContext<'_>, node: &CreateNode, batch: &mut Batch) -> Execution<()> {
    let labels: Vec<_> = node
        .labels
        .iter()
        .filter_map(|label| ctx.names().label(*label))
        .collect();
    let mut created = Vec::with_capacity(batch.len());
    for row in 0..batch.len() {
        let properties = properties(ctx, node.properties.as_ref(), batch, row)?;
        let mut labels = labels.clone();
        for names in &node.dynamic_labels {
            labels.extend(dynamic_labels(ctx, names, batch, row)?);
        }
        ctx.hold_written(size(&properties).saturating_add(ENTITY))?;
        let id = ctx.graph_mut().create_node(&labels, &properties);
        created.push(id.map_err(|error| ExecutionError::graph(error, Span::default()))?);
    }
    batch.set(node.slot, Column::Nodes(created));
    Ok(())
}

fn create_relationships(
    ctx: &ExecutionContext<'_>,
    relationship: &CreateRelationship,
    batch: &mut Batch,
) -> Execution<()> {
    let mut created = Vec::with_capacity(batch.len());
    for row in 0..batch.len() {
        let start = end_node(batch, relationship.start, row, relationship.span)?;
        let end = end_node(batch, relationship.end, row, relationship.span)?;
        let t = created_type(ctx, &relationship.relationship_type, batch, row)?;
        let properties = properties(ctx, relationship.properties.as_ref(), batch, row)?;
        ctx.hold_written(size(&properties).saturating_add(ENTITY))?;
        let id = ctx
            .graph_mut()
            .create_relationship(start, t, end, &properties);
        created.push(id.map_err(|error| ExecutionError::graph(error, relationship.span))?);
    }
    batch.set(relationship.slot, Column::Relationships(created));
    Ok(())
}

/// The labels that a string or a list of strings names; new ones get to be known to the graph.
pub(crate) fn dynamic_labels(
    ctx: &ExecutionContext<'_>,
    names: &Expression,
    batch: &Batch,
    row: usize,
) -> Execution<Vec<LabelId>> {
    let names = given_names(ctx, names, "a label", batch, row)?;
    let mut graph = ctx.graph_mut();
    Ok(names.iter().map(|name| graph.intern_label(name)).collect())
}

fn created_type(
    ctx: &ExecutionContext<'_>,
    t: &CreatedType,
    batch: &Batch,
    row: usize,
) -> Execution<TypeId> {
    let names = match t {
        CreatedType::Named(t) => {
            let known = ctx.names().relationship_type(*t);
            return Ok(known.expect("the names of a statement that writes are all known"));
        }
        CreatedType::Dynamic(names) => names,
    };
    match given_names(ctx, names, "a relationship type", batch, row)?.as_slice() {
        [name] => Ok(ctx.graph_mut().intern_type(name)),
        several => {
            let kind = ValueError::InvalidArgumentValue {
                operation: "a relationship to be created".to_owned(),
                found: format!("{} types", several.len()),
                reason: "it needs exactly one type".to_owned(),
            };
            Err(ExecutionError::value(kind, names.span))
        }
    }
}

/// What `$(…)` gives where something is created: strings, none of them empty.
fn given_names(
    ctx: &ExecutionContext<'_>,
    names: &Expression,
    operation: &str,
    batch: &Batch,
    row: usize,
) -> Execution<Vec<Arc<str>>> {
    let value = ctx.evaluate(names, batch, row)?;
    let found =
        label_names(&value, operation).map_err(|kind| ExecutionError::value(kind, names.span))?;
    let refused = match &found {
        None => "null",
        Some(found) if found.iter().any(|name| name.is_empty()) => "''",
        Some(_) => return Ok(found.unwrap_or_default()),
    };
    let kind = ValueError::InvalidArgumentValue {
        operation: operation.to_owned(),
        found: refused.to_owned(),
        reason: "a name is needed".to_owned(),
    };
    Err(ExecutionError::value(kind, names.span))
}

fn end_node(batch: &Batch, slot: usize, row: usize, span: Span) -> Execution<NodeId> {
    match batch.value(slot, row) {
        Value::Node(node) => Ok(node),
        value => {
            let kind = ValueError::InvalidArgumentType {
                operation: "a relationship to be created".to_owned(),
                expected: "a node at each end".to_owned(),
                found: value.type_name().to_owned(),
            };
            Err(ExecutionError::value(kind, span))
        }
    }
}

/// The properties that a map gives, their keys known to the graph.
pub(crate) fn properties(
    ctx: &ExecutionContext<'_>,
    map: Option<&Expression>,
    batch: &Batch,
    row: usize,
) -> Execution<Vec<(KeyId, Value)>> {
    let Some(map) = map else {
        return Ok(Vec::new());
    };
    match ctx.evaluate(map, batch, row)? {
        Value::Null => Ok(Vec::new()),
        Value::Map(entries) => {
            let mut properties = Vec::with_capacity(entries.len());
            for (key, value) in entries.iter() {
                storable(value, map.span)?;
                properties.push((ctx.graph_mut().intern_key(key), value.clone()));
            }
            Ok(properties)
        }
        value => Err(ExecutionError::value(
            ValueError::invalid_type("CREATE", "a map of properties", &value),
            map.span,
        )),
    }
}
