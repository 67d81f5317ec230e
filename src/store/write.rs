//! A graph, or what was changed of it → the tables of a file.

use redb::WriteTransaction;
use uuid::Uuid;

use super::StoreError;
use super::chunk::{self, NODES, RELATIONSHIPS};
use super::evidence::{self, EVIDENCE};
use super::file::{
    Contents, FILE_IDS, META, NAMES, NODE_CHUNKS, RELATIONSHIP_CHUNKS, Result, VERSION,
};
use super::read::counts;
use super::schema::{self, SCHEMA};
use crate::graph::{ChangedSlots, Graph};

/// Where in the life of a file a commit stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// What names the graph.
    pub(super) uuid: Uuid,
    /// How many labels, types and keys are in the file.
    pub(super) names: [usize; 3],
    /// The number of this commit.
    pub(super) commits: u64,
}

impl Default for Place {
    /// At the beginning.
    fn default() -> Self {
        Self {
            uuid: Uuid::new_v4(),
            names: [0; 3],
            commits: 1,
        }
    }
}

/// Writes all that was changed of a graph.
pub(super) fn write_changes(
    transaction: &WriteTransaction,
    graph: &Graph,
    changed: &ChangedSlots,
    place: Place,
) -> Result<()> {
    write_tables(transaction, graph, changed, place, None)
}

/// Writes a graph where none is, with its evidence.
pub(super) fn write_whole(
    transaction: &WriteTransaction,
    contents: &Contents,
    place: Place,
) -> Result<()> {
    let all = ChangedSlots {
        nodes: (0..contents.graph.view().node_slots()).collect(),
        relationships: (0..contents.graph.view().relationship_slots()).collect(),
        has_schema: true,
        ..ChangedSlots::default()
    };
    write_tables(transaction, &contents.graph, &all, place, Some(contents))?;
    schema::write_ontology(transaction, contents.ontology.as_deref())?;
    evidence::write(transaction, &contents.evidence)
}

/// Takes the graph out of a file.
pub(super) fn delete_graph(transaction: &WriteTransaction) -> Result<()> {
    for deleted in [
        transaction.delete_table(NAMES),
        transaction.delete_table(NODE_CHUNKS),
        transaction.delete_table(RELATIONSHIP_CHUNKS),
        transaction.delete_table(FILE_IDS),
        transaction.delete_table(SCHEMA),
        transaction.delete_table(EVIDENCE),
    ] {
        deleted.map_err(redb::Error::from)?;
    }
    Ok(())
}

/// Writes where in the life of the file a commit stands.
pub(super) fn write_place(transaction: &WriteTransaction, place: Place) -> Result<()> {
    let mut meta = transaction.open_table(META).map_err(redb::Error::from)?;
    for (key, value) in [
        ("version", &VERSION.to_le_bytes()[..]),
        ("commits", &place.commits.to_le_bytes()),
        ("uuid", place.uuid.as_bytes()),
    ] {
        meta.insert(key, value).map_err(redb::Error::from)?;
    }
    Ok(())
}

fn write_tables(
    transaction: &WriteTransaction,
    graph: &Graph,
    changed: &ChangedSlots,
    place: Place,
    whole: Option<&Contents>,
) -> Result<(), StoreError> {
    let open = |error: redb::TableError| StoreError::from(redb::Error::from(error));
    let put = |error: redb::StorageError| StoreError::from(redb::Error::from(error));
    let view = graph.view();
    let mut table = transaction.open_table(NAMES).map_err(open)?;
    let mut name = |kind, number: u32, name: &str| {
        let is_new = number as usize >= place.names[usize::from(kind)];
        if is_new {
            table.insert((kind, number), name).map_err(put)?;
        }
        Ok::<(), StoreError>(())
    };
    view.labels()
        .try_for_each(|label| name(0, label.0, view.label_name(label)))?;
    view.types()
        .try_for_each(|t| name(1, t.0, view.type_name(t)))?;
    view.keys()
        .try_for_each(|key| name(2, key.0, view.key_name(key)))?;
    let write_chunks =
        |table, slots: &mut dyn Iterator<Item = u32>, size, chunk: fn(&Graph, u32) -> Vec<u8>| {
            let mut table = transaction.open_table(table).map_err(open)?;
            let mut last = None;
            for slot in slots {
                let first = slot / size * size;
                if last != Some(first) {
                    table
                        .insert(first, chunk(graph, first).as_slice())
                        .map_err(put)?;
                    last = Some(first);
                }
            }
            Ok::<(), StoreError>(())
        };
    write_chunks(
        NODE_CHUNKS,
        &mut changed.nodes.iter().copied(),
        NODES,
        chunk::nodes,
    )?;
    let slots = &mut changed.relationships.iter().copied();
    write_chunks(
        RELATIONSHIP_CHUNKS,
        slots,
        RELATIONSHIPS,
        chunk::relationships,
    )?;
    if changed.has_schema {
        schema::write(transaction, view)?;
    }
    write_place(transaction, place)?;
    let mut meta = transaction.open_table(META).map_err(open)?;
    let mut set = |key: &str, value: &[u8]| meta.insert(key, value).map(drop).map_err(put);
    set(
        "counts",
        &counts([view.node_count(), view.relationship_count()]),
    )?;
    let mut table = transaction.open_table(FILE_IDS).map_err(open)?;
    if let Some(contents) = whole {
        set("head", contents.head.as_bytes())?;
        for (node, id) in &contents.file_ids {
            table.insert(node.0, &**id).map_err(put)?;
        }
    }
    Ok(())
}
