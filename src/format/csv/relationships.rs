//! Files of relationships.

use std::io::Read;

use super::super::ron::{FormatError, FormatErrorKind};
use super::ImportError;
use super::columns::{Columns, keys};
use super::header::{FileKind, HeaderColumn, Role};
use super::read::Reader;
use super::rows::{Field, File};
use super::spaces::{Space, Spaces};
use crate::graph::{Bulk, Graph, KeyId, TypeId};
use crate::value::NodeId;

/// Where a row holds what a relationship needs.
struct Layout<'a> {
    columns: &'a [HeaderColumn],
    start: (usize, &'a Space),
    end: (usize, &'a Space),
    relationship_type: usize,
}

/// Rows as read.
#[derive(Default)]
struct Batch {
    /// Start, end, and the type's place in `types`.
    ends: Vec<(NodeId, u32, NodeId)>,
    /// The names of types, each once while they repeat.
    types: Vec<String>,
    properties: Columns,
}

/// Reads a file of relationships into the graph.
pub(super) fn create_relationships(
    graph: &mut Graph,
    spaces: &Spaces,
    name: &str,
    length: u64,
    reader: impl Read + Send,
) -> Result<(), ImportError> {
    let reader = Reader::open(name, reader, FileKind::Relationships)?;
    let columns = reader.columns.clone();
    let layout = layout(reader.header(), &columns, spaces)?;
    let keys = keys(graph, &columns);
    graph.reserve(0, reader.rows_of(length));
    graph.create_relationships_with(|bulk| {
        reader.read(
            |batch, file, fields| layout.read(batch, file, fields),
            |_, batch| insert(bulk, &keys, batch),
        )
    })
}

fn layout<'a>(
    file: File<'_>,
    columns: &'a [HeaderColumn],
    spaces: &'a Spaces,
) -> Result<Layout<'a>, FormatError> {
    let find = |is_wanted: fn(&Role) -> bool, expected: &str| {
        let found = columns.iter().position(|column| is_wanted(&column.role));
        found.ok_or_else(|| {
            let kind = FormatErrorKind::Unexpected {
                found: "a header without it".to_owned(),
                expected: format!("a column {expected}"),
            };
            file.fault(columns[0].field, kind)
        })
    };
    let start = find(|role| matches!(role, Role::Start(_)), ":START_ID")?;
    let end = find(|role| matches!(role, Role::End(_)), ":END_ID")?;
    let relationship_type = find(|role| *role == Role::Type, ":TYPE")?;
    let space = |at: usize| match &columns[at].role {
        Role::Start(name) | Role::End(name) => spaces.find(name, file, columns[at].field),
        _ => spaces.find("", file, columns[at].field),
    };
    Ok(Layout {
        columns,
        start: (start, space(start)?),
        end: (end, space(end)?),
        relationship_type,
    })
}

impl Layout<'_> {
    fn read(&self, batch: &mut Batch, file: File<'_>, fields: &[Field]) -> Result<(), FormatError> {
        let start = self.start.1.node(file, fields[self.start.0])?;
        let end = self.end.1.node(file, fields[self.end.0])?;
        let relationship_type = batch.relationship_type(file, fields[self.relationship_type])?;
        batch.properties.push(file, fields, self.columns)?;
        batch.ends.push((start, relationship_type, end));
        Ok(())
    }
}

impl Batch {
    fn relationship_type(&mut self, file: File<'_>, field: Field) -> Result<u32, FormatError> {
        if self.types.last().is_none_or(|last| last != file.raw(field)) {
            let name = file.meaning(field);
            if name.is_empty() {
                return Err(file.unexpected(field, "a relationship type"));
            }
            self.types.push(name.into_owned());
        }
        Ok(u32::try_from(self.types.len() - 1).expect("a batch is small"))
    }
}

fn insert(bulk: &mut Bulk<'_>, keys: &[KeyId], batch: Batch) -> Result<(), FormatError> {
    let types = batch.types.iter().map(|name| bulk.intern_type(name));
    let types: Vec<TypeId> = types.collect();
    let ends = batch.ends.into_iter();
    let ends: Vec<_> = ends
        .map(|(start, t, end)| (start, types[t as usize], end))
        .collect();
    Ok(bulk.create_all(&ends, batch.properties.with_keys(keys))?)
}
