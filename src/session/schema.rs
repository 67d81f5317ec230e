//! Commands about the schema: `CREATE INDEX`, `SHOW CONSTRAINTS` and their like.

use std::sync::Arc;

use super::watch::{Watched, Watcher};
use super::{Error, QueryResult};
use crate::execution::ExecutionError;
use crate::graph::{
    Constraint, Graph, GraphError, Index, IndexDefinition, KeyId, Requirement, SchemaTarget, View,
};
use crate::source::Span;
use crate::syntax::ast::{self, SchemaCommand, SchemaDrop, SchemaRule};
use crate::value::Value;

/// Whether a command changes anything.
pub(super) fn is_write(command: &SchemaCommand) -> bool {
    !matches!(
        command,
        SchemaCommand::ShowIndexes | SchemaCommand::ShowConstraints
    )
}

/// What a command that only shows shows.
pub(super) fn show(view: &View, command: &SchemaCommand) -> QueryResult {
    let (last, rows) = if *command == SchemaCommand::ShowConstraints {
        let constraints = view.constraints();
        let rows = constraints.map(|constraint| constraint_row(view, constraint));
        ("ownedIndex", rows.collect())
    } else {
        let rows = view.indexes().map(|index| index_row(view, index));
        ("owningConstraint", rows.collect())
    };
    let columns = [
        "name",
        "type",
        "entityType",
        "labelsOrTypes",
        "properties",
        last,
    ];
    QueryResult {
        columns: columns.map(Into::into).to_vec(),
        rows,
        has_rows: true,
        ..QueryResult::default()
    }
}

/// Changes the graph's schema; a command that fails changes nothing.
pub(super) fn change(
    graph: &mut Graph,
    command: &SchemaCommand,
    watcher: &Watcher,
) -> Result<QueryResult, Error> {
    let mark = graph.mark();
    match command {
        SchemaCommand::CreateIndex(rule) => create_index(graph, rule, watcher)?,
        SchemaCommand::DropIndex(drop) => drop_index(graph, drop)?,
        SchemaCommand::CreateConstraint(rule, requirement) => {
            create_constraint(graph, rule, *requirement, watcher)?;
        }
        SchemaCommand::DropConstraint(drop) => drop_constraint(graph, drop)?,
        // These only show.
        SchemaCommand::ShowIndexes | SchemaCommand::ShowConstraints => {}
    }
    Ok(QueryResult {
        counters: graph.counters_since(mark),
        ..QueryResult::default()
    })
}

fn create_index(graph: &mut Graph, rule: &SchemaRule, watcher: &Watcher) -> Result<(), Error> {
    let (name, target, keys) = parts(graph, "index", rule);
    let definition = IndexDefinition { name, target, keys };
    match watcher.watch(|watch| graph.create_index_watched(definition, watch)) {
        Err(Watched::Refused(GraphError::IndexExists { .. })) if rule.if_not_exists => Ok(()),
        outcome => outcome.map_err(|error| watched(error, rule)),
    }
}

fn create_constraint(
    graph: &mut Graph,
    rule: &SchemaRule,
    requirement: ast::Requirement,
    watcher: &Watcher,
) -> Result<(), Error> {
    let (name, target, keys) = parts(graph, "constraint", rule);
    let constraint = Constraint {
        name,
        target,
        keys,
        requirement: match requirement {
            ast::Requirement::Unique => Requirement::Unique,
            ast::Requirement::NotNull => Requirement::Present,
            ast::Requirement::NodeKey => Requirement::Key,
        },
    };
    match watcher.watch(|watch| graph.create_constraint_watched(constraint, watch)) {
        Err(Watched::Refused(GraphError::ConstraintExists { .. })) if rule.if_not_exists => Ok(()),
        outcome => outcome.map_err(|error| watched(error, rule)),
    }
}

fn watched(error: Watched, rule: &SchemaRule) -> Error {
    match error {
        Watched::Interrupted(interruption) => interruption.into(),
        Watched::Refused(error) => failure(error, place(rule)),
    }
}

/// Where a rule is named, or else what it is about.
fn place(rule: &SchemaRule) -> Span {
    rule.name.as_ref().unwrap_or(&rule.target).span
}

fn drop_constraint(graph: &mut Graph, drop: &SchemaDrop) -> Result<(), Error> {
    match graph.drop_constraint(&drop.name.text) {
        Err(GraphError::ConstraintNotFound { .. }) if drop.if_exists => Ok(()),
        outcome => outcome.map_err(|error| failure(error, drop.name.span)),
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

/// Name, target and keys of a rule.
fn parts(graph: &mut Graph, what: &str, rule: &SchemaRule) -> (Arc<str>, SchemaTarget, Vec<KeyId>) {
    let target = match rule.is_relationship {
        true => SchemaTarget::Relationship(graph.intern_type(&rule.target.text)),
        false => SchemaTarget::Node(graph.intern_label(&rule.target.text)),
    };
    let keys = rule.keys.iter().map(|key| graph.intern_key(&key.text));
    let keys = keys.collect();
    let name = match &rule.name {
        Some(name) => Arc::clone(&name.text),
        None => derived_name(what, rule),
    };
    (name, target, keys)
}

/// `index_Person_name`: the name of an index or a constraint that was given none.
fn derived_name(what: &str, rule: &SchemaRule) -> Arc<str> {
    let keys: Vec<&str> = rule.keys.iter().map(|key| &*key.text).collect();
    format!("{what}_{}_{}", rule.target.text, keys.join("_")).into()
}

fn index_row(view: &View, index: &Index) -> Vec<Value> {
    let IndexDefinition { name, target, keys } = index.definition();
    let owner = view.constraint(name).filter(|owner| owner.is_unique());
    let owner = owner.map(|owner| Value::from(Arc::clone(&owner.name)));
    let mut row = vec![Value::from(Arc::clone(name)), Value::from("RANGE")];
    row.extend(about(view, *target, keys));
    row.push(owner.unwrap_or(Value::Null));
    row
}

fn constraint_row(view: &View, constraint: &Constraint) -> Vec<Value> {
    let name = || Value::from(Arc::clone(&constraint.name));
    let entity = entity(constraint.target);
    let kind = match constraint.requirement {
        Requirement::Unique => format!("{entity}_PROPERTY_UNIQUENESS"),
        Requirement::Present => format!("{entity}_PROPERTY_EXISTENCE"),
        Requirement::Key => format!("{entity}_KEY"),
    };
    let mut row = vec![name(), Value::from(kind)];
    row.extend(about(view, constraint.target, &constraint.keys));
    row.push(if constraint.is_unique() {
        name()
    } else {
        Value::Null
    });
    row
}

fn entity(target: SchemaTarget) -> &'static str {
    match target {
        SchemaTarget::Node(_) => "NODE",
        SchemaTarget::Relationship(_) => "RELATIONSHIP",
    }
}

/// The kind of entity, the label or type, and the keys.
fn about(view: &View, target: SchemaTarget, keys: &[KeyId]) -> [Value; 3] {
    let name = match target {
        SchemaTarget::Node(label) => view.label_name(label),
        SchemaTarget::Relationship(t) => view.type_name(t),
    };
    let keys = keys
        .iter()
        .map(|key| Arc::clone(view.key_name(*key)).into());
    [
        Value::from(entity(target)),
        Value::list(vec![Value::from(Arc::clone(name))]),
        Value::list(keys.collect()),
    ]
}
