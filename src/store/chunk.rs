//! Chunks: the records of neighbouring slots, one after the other, and a checksum behind them.

use super::StoreError;
use super::bytes::{Reader, put_unsigned};
use super::error::damaged;
use super::value;
use crate::graph::{Graph, KeyId, LabelId, Slot, TypeId, View};
use crate::value::{NodeId, RelationshipId, Value};

/// How many slots of nodes a chunk holds.
pub(super) const NODES: u32 = 16;
/// How many slots of relationships a chunk holds.
pub(super) const RELATIONSHIPS: u32 = 64;

/// The chunk of nodes that begins at a slot.
pub(super) fn nodes(graph: &Graph, first: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let view = graph.view();
    for slot in first..first.saturating_add(NODES) {
        let state = graph.node_slot(slot);
        put_state(&mut bytes, state);
        if let Slot::Occupied(generation) = state {
            let node = NodeId::from_parts(slot, generation);
            let labels = view.node_labels(node);
            put_unsigned(&mut bytes, labels.len() as u64);
            for label in labels {
                put_unsigned(&mut bytes, label.0.into());
            }
            put_properties(&mut bytes, view.node_properties(node));
        }
    }
    sealed(bytes)
}

/// The chunk of relationships that begins at a slot.
pub(super) fn relationships(graph: &Graph, first: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let view = graph.view();
    for slot in first..first.saturating_add(RELATIONSHIPS) {
        let state = graph.relationship_slot(slot);
        put_state(&mut bytes, state);
        if let Slot::Occupied(generation) = state {
            let relationship = RelationshipId::from_parts(slot, generation);
            let (start, end) = view.endpoints(relationship).expect("it is alive");
            let t = view.type_of(relationship).expect("it is alive");
            for number in [t.0, start.slot(), end.slot()] {
                put_unsigned(&mut bytes, number.into());
            }
            put_properties(&mut bytes, view.relationship_properties(relationship));
        }
    }
    sealed(bytes)
}

/// Puts the nodes of a chunk into a graph.
pub(super) fn restore_nodes(graph: &mut Graph, bytes: &[u8]) -> Result<(), StoreError> {
    let mut reader = Reader(unsealed(bytes)?);
    for _ in 0..NODES {
        let state = state(&mut reader)?;
        let (mut labels, mut properties) = (Vec::new(), Vec::new());
        if let Slot::Occupied(_) = state {
            for _ in 0..reader.length()? {
                labels.push(known(reader.small()?, graph.view().labels().len()).map(LabelId)?);
            }
            properties = self::properties(&mut reader, graph.view())?;
        }
        let restored = graph.restore_node(state, &labels, &properties);
        restored.map_err(|error| damaged(error.to_string()))?;
    }
    Ok(())
}

/// Puts the relationships of a chunk into a graph.
pub(super) fn restore_relationships(graph: &mut Graph, bytes: &[u8]) -> Result<(), StoreError> {
    let mut reader = Reader(unsealed(bytes)?);
    for _ in 0..RELATIONSHIPS {
        let state = state(&mut reader)?;
        let restored = if let Slot::Occupied(_) = state {
            let t = known(reader.small()?, graph.view().types().len()).map(TypeId)?;
            let (start, end) = (reader.small()?, reader.small()?);
            let properties = properties(&mut reader, graph.view())?;
            graph.restore_relationship(state, start, t, end, &properties)
        } else {
            graph.restore_vacant_relationship(state)
        };
        restored.map_err(|error| damaged(error.to_string()))?;
    }
    Ok(())
}

fn put_state(bytes: &mut Vec<u8>, state: Slot) {
    put_unsigned(
        bytes,
        match state {
            Slot::Unused => 0,
            Slot::Vacant(generation) => (u64::from(generation) << 1) + 1,
            Slot::Occupied(generation) => (u64::from(generation) << 1) + 2,
        },
    );
}

fn state(reader: &mut Reader<'_>) -> Result<Slot, StoreError> {
    let Some(number) = reader.unsigned()?.checked_sub(1) else {
        return Ok(Slot::Unused);
    };
    let generation = u32::try_from(number >> 1).map_err(|_| damaged("a generation over 2^32"))?;
    Ok(match number & 1 {
        0 => Slot::Vacant(generation),
        _ => Slot::Occupied(generation),
    })
}

fn put_properties(bytes: &mut Vec<u8>, properties: impl Iterator<Item = (KeyId, Value)>) {
    let properties: Vec<_> = properties.collect();
    put_unsigned(bytes, properties.len() as u64);
    for (key, value) in properties {
        put_unsigned(bytes, key.0.into());
        value::put(bytes, &value);
    }
}

fn properties(reader: &mut Reader<'_>, view: &View) -> Result<Vec<(KeyId, Value)>, StoreError> {
    let mut properties = Vec::new();
    for _ in 0..reader.length()? {
        let key = known(reader.small()?, view.keys().len()).map(KeyId)?;
        properties.push((key, value::read(reader)?));
    }
    Ok(properties)
}

pub(super) fn known(number: u32, count: usize) -> Result<u32, StoreError> {
    if (number as usize) < count {
        return Ok(number);
    }
    Err(damaged(format!("name {number} of {count}")))
}

pub(super) fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let checksum = crc32fast::hash(&bytes);
    bytes.extend(checksum.to_le_bytes());
    bytes
}

pub(super) fn unsealed(bytes: &[u8]) -> Result<&[u8], StoreError> {
    let (body, checksum) = bytes
        .split_last_chunk::<4>()
        .ok_or_else(|| damaged("an empty record"))?;
    if crc32fast::hash(body) == u32::from_le_bytes(*checksum) {
        return Ok(body);
    }
    Err(damaged("a checksum does not fit"))
}
