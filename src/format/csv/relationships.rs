//! Files of relationships: one thread reads rows, another puts them into the graph.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::super::ron::{FormatError, FormatErrorKind};
use super::cell;
use super::header::{FileKind, HeaderColumn, Role, read_header};
use super::import::{keys, line_count};
use super::rows::{Field, File, Rows};
use super::spaces::{Space, Spaces};
use crate::graph::{Bulk, Graph, KeyId, TypeId};
use crate::value::{NodeId, Value};

/// How many rows go from one thread to the other at once.
const BATCH: usize = 4096;
/// How many batches may wait.
const WAITING: usize = 16;

/// Where a row holds what a relationship needs.
struct Layout<'a> {
    file: File<'a>,
    columns: &'a [HeaderColumn],
    start: (usize, &'a Space),
    end: (usize, &'a Space),
    relationship_type: usize,
}

/// Rows as read.
#[derive(Default)]
struct Batch {
    /// Start, end, and the type's place in `types`.
    ends: Vec<(NodeId, NodeId, u32)>,
    /// The values of the property columns, row after row.
    values: Vec<Value>,
    /// The names of types, each once while they repeat.
    types: Vec<String>,
}

/// Reads a file of relationships into the graph.
pub(super) fn create_relationships(
    graph: &mut Graph,
    spaces: &Spaces,
    file: File<'_>,
) -> Result<(), FormatError> {
    let mut rows = Rows::new(file);
    let columns = read_header(file, &mut rows, FileKind::Relationships)?;
    let layout = layout(file, &columns, spaces)?;
    let keys: Vec<KeyId> = keys(graph, &columns).into_iter().flatten().collect();
    graph.reserve(0, line_count(file.text));
    let (sender, receiver) = sync_channel(WAITING);
    std::thread::scope(|scope| {
        scope.spawn(move || layout.read(rows, &sender));
        graph.create_relationships_with(|bulk| insert(bulk, &keys, &receiver))
    })
}

fn layout<'a>(
    file: File<'a>,
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
        file,
        columns,
        start: (start, space(start)?),
        end: (end, space(end)?),
        relationship_type,
    })
}

impl Layout<'_> {
    /// Reads all rows and sends them in batches; after a fault nothing more.
    fn read(&self, mut rows: Rows<'_>, sender: &SyncSender<Result<Batch, FormatError>>) {
        let mut fields = Vec::with_capacity(self.columns.len());
        loop {
            let batch = self.batch(&mut rows, &mut fields);
            let is_last = !matches!(&batch, Ok(batch) if !batch.ends.is_empty());
            // The other side is gone only when the graph is full; it tells so itself.
            if sender.send(batch).is_err() || is_last {
                return;
            }
        }
    }

    fn batch(&self, rows: &mut Rows<'_>, fields: &mut Vec<Field>) -> Result<Batch, FormatError> {
        let file = self.file;
        let mut batch = Batch::default();
        batch.ends.reserve(BATCH);
        while batch.ends.len() < BATCH && rows.read_exactly(self.columns.len(), fields)? {
            let start = self.start.1.node(file, fields[self.start.0])?;
            let end = self.end.1.node(file, fields[self.end.0])?;
            let relationship_type =
                batch.relationship_type(file, fields[self.relationship_type])?;
            batch.ends.push((start, end, relationship_type));
            for (&field, column) in fields.iter().zip(self.columns) {
                if column.key.is_some() && column.role != Role::Ignore {
                    batch.values.push(cell::value(file, field, column)?);
                }
            }
        }
        Ok(batch)
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

/// Puts the rows into the graph as they come.
fn insert(
    bulk: &mut Bulk<'_>,
    keys: &[KeyId],
    receiver: &Receiver<Result<Batch, FormatError>>,
) -> Result<(), FormatError> {
    let mut properties = Vec::with_capacity(keys.len());
    for batch in receiver {
        let batch = batch?;
        let types = batch.types.iter().map(|name| bulk.intern_type(name));
        let types: Vec<TypeId> = types.collect();
        let mut values = batch.values.into_iter();
        for (start, end, relationship_type) in batch.ends {
            properties.clear();
            properties.extend(keys.iter().copied().zip(values.by_ref()));
            bulk.create(start, types[relationship_type as usize], end, &properties)?;
        }
    }
    Ok(())
}
