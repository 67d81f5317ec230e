//! Evidence in the file: documents, passages and claims in chunks of neighbouring ones.

use std::sync::Arc;

use redb::{ReadTransaction, ReadableTable as _, TableDefinition, TableError, WriteTransaction};

use super::StoreError;
use super::bytes::{Reader, put_unsigned, text};
use super::chunk::{sealed, unsealed};
use super::error::damaged;
use crate::evidence::{Claim, Document, Evidence, Fact, Passage, Status};
use crate::value::{NodeId, RelationshipId};

/// By kind and the position of the first record of the chunk.
pub(super) const EVIDENCE: TableDefinition<'_, (u8, u32), &[u8]> = TableDefinition::new("evidence");
const DOCUMENTS: u8 = 0;
const PASSAGES: u8 = 1;
const CLAIMS: u8 = 2;
const BY_HAND: u8 = 3;
/// How many records a chunk holds.
const RECORDS: usize = 64;

/// Writes the evidence of a graph into a file that has none.
pub(super) fn write(transaction: &WriteTransaction, evidence: &Evidence) -> Result<(), StoreError> {
    let mut table = transaction
        .open_table(EVIDENCE)
        .map_err(redb::Error::from)?;
    let mut by_hand: Vec<u64> = evidence.by_hand.iter().map(|node| node.0).collect();
    by_hand.sort_unstable();
    let mut put = |kind, records: &mut dyn Iterator<Item = Vec<u8>>| {
        let (mut first, mut count, mut chunk) = (0, 0, Vec::new());
        loop {
            let record = records.next();
            if count == RECORDS || record.is_none() && count > 0 {
                let bytes = sealed(std::mem::take(&mut chunk));
                let inserted = table.insert((kind, first), &*bytes);
                inserted.map_err(redb::Error::from)?;
                first += u32::try_from(count).expect("a chunk is small");
                count = 0;
            }
            let Some(record) = record else {
                return Ok::<(), StoreError>(());
            };
            chunk.extend(record);
            count += 1;
        }
    };
    put(DOCUMENTS, &mut evidence.documents.iter().map(document))?;
    put(PASSAGES, &mut evidence.passages.iter().map(passage))?;
    put(CLAIMS, &mut evidence.claims.iter().map(claim))?;
    put(BY_HAND, &mut by_hand.into_iter().map(number))
}

/// Reads the evidence of a graph.
pub(super) fn read(transaction: &ReadTransaction) -> Result<Evidence, StoreError> {
    let mut evidence = Evidence::default();
    let table = match transaction.open_table(EVIDENCE) {
        // A file of version 1.
        Err(TableError::TableDoesNotExist(_)) => return Ok(evidence),
        table => table.map_err(redb::Error::from)?,
    };
    let mut read = [0; 4];
    for entry in table.iter().map_err(redb::Error::from)? {
        let (key, chunk) = entry.map_err(redb::Error::from)?;
        let (kind, first) = key.value();
        let count = read.get_mut(usize::from(kind)).ok_or_else(|| {
            damaged(format!(
                "evidence of the unknown kind {kind}, perhaps of a newer tupu"
            ))
        })?;
        if *count != first {
            return Err(damaged("evidence is missing"));
        }
        let reader = &mut Reader(unsealed(chunk.value())?);
        while !reader.is_done() {
            read_record(kind, reader, &mut evidence)?;
            *count += 1;
        }
    }
    Ok(evidence)
}

fn read_record(
    kind: u8,
    reader: &mut Reader<'_>,
    evidence: &mut Evidence,
) -> Result<(), StoreError> {
    match kind {
        DOCUMENTS => evidence.documents.push(read_document(reader)?),
        PASSAGES => {
            let document = reader.length()?;
            if document >= evidence.documents.len() {
                return Err(damaged("a passage of no document"));
            }
            evidence.passages.push(Passage {
                document,
                start: reader.small()?,
                text: read_text(reader)?.into(),
            });
        }
        CLAIMS => {
            let claim = read_claim(reader)?;
            if claim.passage >= evidence.passages.len() {
                return Err(damaged("a claim of no passage"));
            }
            evidence.add(claim);
        }
        _ => {
            evidence.by_hand.insert(NodeId(reader.unsigned()?));
        }
    }
    Ok(())
}

fn number(number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    put_unsigned(&mut bytes, number);
    bytes
}

fn document(document: &Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    put_text(&mut bytes, &document.id);
    for part in [&document.title, &document.source, &document.date] {
        bytes.push(u8::from(part.is_some()));
        if let Some(part) = part {
            put_text(&mut bytes, part);
        }
    }
    bytes
}

fn read_document(reader: &mut Reader<'_>) -> Result<Document, StoreError> {
    let id = read_text(reader)?.to_owned();
    let mut part = || {
        let is_there = reader.byte()? != 0;
        let text = is_there.then(|| read_text(reader).map(str::to_owned));
        text.transpose()
    };
    Ok(Document {
        id,
        title: part()?,
        source: part()?,
        date: part()?,
    })
}

fn passage(passage: &Passage) -> Vec<u8> {
    let mut bytes = number(passage.document as u64);
    put_unsigned(&mut bytes, passage.start.into());
    put_text(&mut bytes, &passage.text);
    bytes
}

fn claim(claim: &Claim) -> Vec<u8> {
    let mut bytes = number(claim.passage as u64);
    let (kind, id, alias) = match &claim.fact {
        Fact::Node(node) => (0, node.0, None),
        Fact::Alias(node, alias) => (1, node.0, Some(alias)),
        Fact::Relationship(relationship) => (2, relationship.0, None),
    };
    bytes.push(kind);
    put_unsigned(&mut bytes, id);
    if let Some(alias) = alias {
        put_text(&mut bytes, alias);
    }
    put_unsigned(&mut bytes, claim.start.into());
    put_unsigned(&mut bytes, claim.end.into());
    bytes.push(u8::from(claim.carried_subject.is_some()));
    if let Some((start, end)) = claim.carried_subject {
        put_unsigned(&mut bytes, start.into());
        put_unsigned(&mut bytes, end.into());
    }
    put_text(&mut bytes, &claim.rule);
    bytes.push(match claim.status {
        Status::Stated => 0,
        Status::Planned => 1,
    });
    bytes
}

fn read_claim(reader: &mut Reader<'_>) -> Result<Claim, StoreError> {
    let passage = reader.length()?;
    let kind = reader.byte()?;
    let id = reader.unsigned()?;
    let fact = match kind {
        0 => Fact::Node(NodeId(id)),
        1 => Fact::Alias(NodeId(id), read_text(reader)?.into()),
        2 => Fact::Relationship(RelationshipId(id)),
        _ => return Err(damaged(format!("a claim of the unknown kind {kind}"))),
    };
    let (start, end) = (reader.small()?, reader.small()?);
    let carried_subject = match reader.byte()? {
        0 => None,
        _ => Some((reader.small()?, reader.small()?)),
    };
    let rule: Arc<str> = read_text(reader)?.into();
    let status = match reader.byte()? {
        0 => Status::Stated,
        1 => Status::Planned,
        status => return Err(damaged(format!("a claim of the unknown status {status}"))),
    };
    Ok(Claim {
        passage,
        fact,
        start,
        end,
        carried_subject,
        rule,
        status,
    })
}

fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put_unsigned(bytes, text.len() as u64);
    bytes.extend(text.as_bytes());
}

fn read_text<'a>(reader: &mut Reader<'a>) -> Result<&'a str, StoreError> {
    let length = reader.length()?;
    text(reader.take(length)?)
}
