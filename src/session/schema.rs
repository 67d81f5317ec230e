//! Commands about the schema: `CREATE INDEX`, `SHOW INDEXES` and their like.

use std::sync::Arc;

use super::{Error, QueryResult};
use crate::execution::ExecutionError;
use crate::graph::{Graph, GraphError, Index, IndexDefinition, SchemaTarget, View};
use crate::source::Span;
use crate::syntax::ast::{SchemaCommand, SchemaDrop, SchemaRule};
use crate::value::Value;

/// Whether a command changes anything.
pub(super) fn is_write(command: &SchemaCommand) -> bool {
    !matches!(
        command,
        SchemaCommand::ShowIndexes | SchemaCommand::ShowConstraints
    )
}

/// What a command that only shows shows.
pub(super) fn show(view: &View, command: &SchemaCommand) -> Result<QueryResult, Error> {
    const COLUMNS: [&str; 5] = ["name", "type", "entityType", "labelsOrTypes", "properties"];
    if *command == SchemaCommand::ShowConstraints {
        return Err(no_constraints(Span::default()));
    }
    Ok(QueryResult {
        columns: COLUMNS.map(Into::into).to_vec(),
        rows: view.indexes().map(|index| index_row(view, index)).collect(),
        has_rows: true,
        ..QueryResult::default()
    })
}

/// Changes the graph's schema; a command that fails changes nothing. Constraints are refused: one that is accepted and
/// not kept would let its user rely on it.
pub(super) fn change(graph: &mut Graph, command: &SchemaCommand) -> Result<QueryResult, Error> {
    let mark = graph.mark();
    match command {
        SchemaCommand::CreateIndex(rule) => create_index(graph, rule)?,
        SchemaCommand::DropIndex(drop) => drop_index(graph, drop)?,
        SchemaCommand::CreateConstraint(rule, _) => return Err(no_constraints(rule.target.span)),
        SchemaCommand::DropConstraint(drop) => return Err(no_constraints(drop.name.span)),
        // These only show.
        SchemaCommand::ShowIndexes | SchemaCommand::ShowConstraints => {}
    }
    Ok(QueryResult {
        counters: graph.counters_since(mark),
        ..QueryResult::default()
    })
}

fn no_constraints(span: Span) -> Error {
    Error::NoConstraints { span }
}

fn create_index(graph: &mut Graph, rule: &SchemaRule) -> Result<(), Error> {
    let definition = definition(graph, rule);
    match graph.create_index(definition) {
        Err(GraphError::IndexExists { .. }) if rule.if_not_exists => Ok(()),
        outcome => outcome.map_err(|error| {
            failure(
                error,
                rule.name
                    .as_ref()
                    .map_or(rule.target.span, |name| name.span),
            )
        }),
    }
}

fn drop_index(graph: &mut Graph, drop: &SchemaDrop) -> Result<(), Error> {
    match graph.drop_index(&drop.name.text) {
        Err(GraphError::IndexNotFound { .. }) if drop.if_exists => Ok(()),
        outcome => outcome.map_err(|error| failure(error, drop.name.span)),
    }
}

fn failure(error: GraphError, span: Span) -> Error {
    Box::new(ExecutionError::Graph { error, span }).into()
}

fn definition(graph: &mut Graph, rule: &SchemaRule) -> IndexDefinition {
    let target = match rule.is_relationship {
        true => SchemaTarget::Relationship(graph.intern_type(&rule.target.text)),
        false => SchemaTarget::Node(graph.intern_label(&rule.target.text)),
    };
    let keys = rule.keys.iter().map(|key| graph.intern_key(&key.text));
    let keys = keys.collect();
    let name = match &rule.name {
        Some(name) => Arc::clone(&name.text),
        None => derived_name("index", rule),
    };
    IndexDefinition { name, target, keys }
}

/// `index_Person_name`: the name of an index or a constraint that was given none.
fn derived_name(what: &str, rule: &SchemaRule) -> Arc<str> {
    let keys: Vec<&str> = rule.keys.iter().map(|key| &*key.text).collect();
    format!("{what}_{}_{}", rule.target.text, keys.join("_")).into()
}

fn index_row(view: &View, index: &Index) -> Vec<Value> {
    let definition = index.definition();
    let (entity, target) = match definition.target {
        SchemaTarget::Node(label) => ("NODE", view.label_name(label)),
        SchemaTarget::Relationship(t) => ("RELATIONSHIP", view.type_name(t)),
    };
    let keys = definition
        .keys
        .iter()
        .map(|key| Value::from(Arc::clone(view.key_name(*key))));
    vec![
        Value::from(Arc::clone(&definition.name)),
        Value::from("RANGE"),
        Value::from(entity),
        Value::list(vec![Value::from(Arc::clone(target))]),
        Value::list(keys.collect()),
    ]
}
