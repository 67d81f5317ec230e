//! Indexes, constraints and the ontology in the file: one record each, by kind and name; the index of a constraint has
//! none, and the ontology no name.

use std::sync::Arc;

use redb::{ReadTransaction, TableDefinition, TableError, WriteTransaction};

use super::StoreError;
use super::bytes::{Reader, put_unsigned, text};
use super::chunk::{known, sealed, unsealed};
use super::error::damaged;
use crate::graph::{
    Constraint, Graph, IndexDefinition, KeyId, LabelId, Requirement, SchemaTarget, TypeId, View,
};
use crate::ontology::Ontology;

pub(super) const SCHEMA: TableDefinition<'_, (u8, &str), &[u8]> = TableDefinition::new("schema");
const INDEX: u8 = 0;
const CONSTRAINT: u8 = 1;
const ONTOLOGY: u8 = 2;

/// Writes all indexes and constraints anew, and takes the ontology out.
pub(super) fn write(transaction: &WriteTransaction, view: &View) -> Result<(), StoreError> {
    let mut table = transaction.open_table(SCHEMA).map_err(redb::Error::from)?;
    table.retain(|_, _| false).map_err(redb::Error::from)?;
    let owned = |name| view.constraint(name).is_some_and(Constraint::is_unique);
    for index in view.indexes() {
        let IndexDefinition { name, target, keys } = index.definition();
        if !owned(name) {
            let record = record(*target, keys, None);
            let inserted = table.insert((INDEX, &**name), &*record);
            inserted.map_err(redb::Error::from)?;
        }
    }
    for constraint in view.constraints() {
        let requirement = Some(constraint.requirement);
        let record = record(constraint.target, &constraint.keys, requirement);
        let inserted = table.insert((CONSTRAINT, &*constraint.name), &*record);
        inserted.map_err(redb::Error::from)?;
    }
    Ok(())
}

/// Writes the ontology where none is.
pub(super) fn write_ontology(
    transaction: &WriteTransaction,
    ontology: Option<&Ontology>,
) -> Result<(), StoreError> {
    let mut table = transaction.open_table(SCHEMA).map_err(redb::Error::from)?;
    if let Some(ontology) = ontology {
        let record = sealed(ontology.text().as_bytes().to_vec());
        let inserted = table.insert((ONTOLOGY, ""), &*record);
        inserted.map_err(redb::Error::from)?;
    }
    Ok(())
}

/// Reads the ontology, where there is one.
pub(super) fn read_ontology(
    transaction: &ReadTransaction,
) -> Result<Option<Arc<Ontology>>, StoreError> {
    let table = match transaction.open_table(SCHEMA) {
        Err(TableError::TableDoesNotExist(_)) => return Ok(None),
        table => table.map_err(redb::Error::from)?,
    };
    let Some(record) = table.get((ONTOLOGY, "")).map_err(redb::Error::from)? else {
        return Ok(None);
    };
    let ontology = Ontology::parse("ontology", text(unsealed(record.value())?)?);
    let ontology = ontology.map_err(|error| damaged(error.to_string()))?;
    Ok(Some(Arc::new(ontology)))
}

/// Gives a graph that is put together its indexes and constraints.
pub(super) fn read(transaction: &ReadTransaction, graph: &mut Graph) -> Result<(), StoreError> {
    let table = match transaction.open_table(SCHEMA) {
        // A file of version 1.
        Err(TableError::TableDoesNotExist(_)) => return Ok(()),
        table => table.map_err(redb::Error::from)?,
    };
    let (mut indexes, mut constraints) = (Vec::new(), Vec::new());
    for entry in redb::ReadableTable::iter(&table).map_err(redb::Error::from)? {
        let (key, record) = entry.map_err(redb::Error::from)?;
        let (kind, name) = key.value();
        let name: Arc<str> = name.into();
        let reader = &mut Reader(unsealed(record.value())?);
        let requirement = match kind {
            INDEX => None,
            CONSTRAINT => Some(requirement(reader.byte()?)?),
            ONTOLOGY if name.is_empty() => continue,
            _ => return Err(unknown("schema entry", kind)),
        };
        let (target, keys) = parts(reader, graph.view())?;
        match requirement {
            None => indexes.push(IndexDefinition { name, target, keys }),
            Some(requirement) => constraints.push(Constraint {
                name,
                target,
                keys,
                requirement,
            }),
        }
    }
    let restored = graph.restore_schema(indexes, constraints);
    restored.map_err(|error| damaged(error.to_string()))
}

fn record(target: SchemaTarget, keys: &[KeyId], requirement: Option<Requirement>) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(requirement.map(|requirement| match requirement {
        Requirement::Unique => 0,
        Requirement::Present => 1,
        Requirement::Key => 2,
    }));
    let (kind, number) = match target {
        SchemaTarget::Node(label) => (0, label.0),
        SchemaTarget::Relationship(t) => (1, t.0),
    };
    bytes.push(kind);
    put_unsigned(&mut bytes, number.into());
    put_unsigned(&mut bytes, keys.len() as u64);
    for key in keys {
        put_unsigned(&mut bytes, key.0.into());
    }
    sealed(bytes)
}

fn requirement(byte: u8) -> Result<Requirement, StoreError> {
    match byte {
        0 => Ok(Requirement::Unique),
        1 => Ok(Requirement::Present),
        2 => Ok(Requirement::Key),
        _ => Err(unknown("constraint", byte)),
    }
}

fn parts(reader: &mut Reader<'_>, view: &View) -> Result<(SchemaTarget, Vec<KeyId>), StoreError> {
    let target = match reader.byte()? {
        0 => SchemaTarget::Node(known(reader.small()?, view.labels().len()).map(LabelId)?),
        1 => SchemaTarget::Relationship(known(reader.small()?, view.types().len()).map(TypeId)?),
        kind => return Err(unknown("target", kind)),
    };
    let mut keys = Vec::new();
    for _ in 0..reader.length()? {
        keys.push(known(reader.small()?, view.keys().len()).map(KeyId)?);
    }
    Ok((target, keys))
}

fn unknown(what: &str, kind: u8) -> StoreError {
    damaged(format!(
        "a {what} of the unknown kind {kind}, perhaps of a newer tupu"
    ))
}
