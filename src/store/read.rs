//! The tables of a file → a graph with its evidence.

use std::sync::Arc;

use redb::{ReadTransaction, ReadableTable as _};
use uuid::Uuid;

use super::chunk::{self, NODES, RELATIONSHIPS};
use super::error::damaged;
use super::file::{
    Contents, FILE_IDS, META, NAMES, NODE_CHUNKS, RELATIONSHIP_CHUNKS, Result, VERSION,
};
use super::{StoreError, evidence, schema};
use crate::graph::Graph;
use crate::value::NodeId;

pub(super) fn names(graph: &Graph) -> [usize; 3] {
    let view = graph.view();
    [view.labels().len(), view.types().len(), view.keys().len()]
}

pub(super) fn commits(transaction: &ReadTransaction) -> Result<u64> {
    let meta = transaction.open_table(META).map_err(redb::Error::from)?;
    let found = meta.get("commits").map_err(redb::Error::from)?;
    let bytes = found.and_then(|found| found.value().try_into().ok());
    Ok(u64::from_le_bytes(
        bytes.ok_or_else(|| damaged("no number of commits"))?,
    ))
}

/// The format version, which is one that this code reads.
pub(super) fn version(transaction: &ReadTransaction) -> Result<u32> {
    let meta = transaction.open_table(META).map_err(redb::Error::from)?;
    let version = meta.get("version").map_err(redb::Error::from)?;
    let version = version.and_then(|found| found.value().try_into().ok());
    let found = u32::from_le_bytes(version.ok_or_else(|| damaged("no format version"))?);
    match found > VERSION {
        true => Err(StoreError::Newer {
            found,
            known: VERSION,
        }),
        false => Ok(found),
    }
}

/// The graph and what belongs to it.
pub(super) fn read(transaction: &ReadTransaction) -> Result<Contents> {
    let meta = transaction.open_table(META).map_err(redb::Error::from)?;
    version(transaction)?;
    let mut contents = Contents::default();
    if let Some(head) = meta.get("head").map_err(redb::Error::from)? {
        contents.head = String::from_utf8_lossy(head.value()).into_owned();
    }
    if let Some(uuid) = meta.get("uuid").map_err(redb::Error::from)? {
        let uuid = Uuid::from_slice(uuid.value());
        contents.uuid = uuid.map_err(|_| damaged("no UUID"))?;
    }
    let graph = &mut contents.graph;
    let table = transaction.open_table(NAMES).map_err(redb::Error::from)?;
    for entry in table.iter().map_err(redb::Error::from)? {
        let (key, name) = entry.map_err(redb::Error::from)?;
        let (kind, number) = key.value();
        let interned = match kind {
            0 => graph.intern_label(name.value()).0,
            1 => graph.intern_type(name.value()).0,
            2 => graph.intern_key(name.value()).0,
            _ => return Err(damaged(format!("names of the unknown kind {kind}"))),
        };
        if interned != number {
            return Err(damaged("names are missing or repeated"));
        }
    }
    let mut restore = |table, size: u32, into: fn(&mut Graph, &[u8]) -> Result<()>| {
        let table = transaction.open_table(table).map_err(redb::Error::from)?;
        for (at, entry) in table.iter().map_err(redb::Error::from)?.enumerate() {
            let (first, bytes) = entry.map_err(redb::Error::from)?;
            if u64::from(first.value()) != at as u64 * u64::from(size) {
                return Err(damaged("a chunk is missing"));
            }
            into(graph, bytes.value())?;
        }
        Ok(())
    };
    restore(NODE_CHUNKS, NODES, chunk::restore_nodes)?;
    restore(
        RELATIONSHIP_CHUNKS,
        RELATIONSHIPS,
        chunk::restore_relationships,
    )?;
    let view = graph.view();
    let counted = [view.node_count(), view.relationship_count()];
    if meta
        .get("counts")
        .map_err(redb::Error::from)?
        .map(|found| found.value().to_vec())
        != Some(counts(counted))
    {
        return Err(damaged("the numbers of nodes and relationships do not fit"));
    }
    graph.finish_restoring();
    schema::read(transaction, graph)?;
    contents.ontology = schema::read_ontology(transaction)?;
    contents.evidence = Arc::new(evidence::read(transaction)?);
    let table = transaction
        .open_table(FILE_IDS)
        .map_err(redb::Error::from)?;
    for entry in table.iter().map_err(redb::Error::from)? {
        let (node, id) = entry.map_err(redb::Error::from)?;
        contents
            .file_ids
            .push((NodeId(node.value()), id.value().into()));
    }
    Ok(contents)
}

pub(super) fn counts([nodes, relationships]: [usize; 2]) -> Vec<u8> {
    [nodes as u64, relationships as u64]
        .map(u64::to_le_bytes)
        .concat()
}
