//! What nodes are called in the files: ids, by id space.

use std::borrow::Cow;

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use super::super::ron::{FormatError, FormatErrorKind};
use super::cell::Kind;
use super::rows::{Field, File};
use crate::value::NodeId;

/// The id spaces by name; the one without a name is `""`.
#[derive(Debug, Default)]
pub(super) struct Spaces(IndexMap<String, Space>);

/// The ids of one id space with the nodes that bear them.
#[derive(Debug)]
pub(super) struct Space {
    name: String,
    ids: Ids,
    /// The first node of each file, to tell where an id was first defined.
    files: Vec<(u32, String)>,
}

#[derive(Debug)]
enum Ids {
    Integers(Integers),
    Texts(FxHashMap<Box<str>, u32>),
}

/// Integers to slots: an array where they are about as large as they are many, a map for the others.
#[derive(Debug, Default)]
struct Integers {
    dense: Vec<u32>,
    sparse: FxHashMap<i64, u32>,
    count: usize,
}

/// No node.
const NONE: u32 = u32::MAX;

impl Integers {
    #[inline]
    fn get(&self, id: i64) -> Option<u32> {
        let dense = usize::try_from(id).ok().and_then(|id| self.dense.get(id));
        match dense {
            Some(&slot) if slot != NONE => Some(slot),
            _ if self.sparse.is_empty() => None,
            _ => self.sparse.get(&id).copied(),
        }
    }

    fn insert(&mut self, id: i64, slot: u32) {
        self.count += 1;
        let room = 1024 + 4 * self.count;
        match usize::try_from(id) {
            Ok(id) if id < room => {
                if id >= self.dense.len() {
                    self.dense.resize(id + 1, NONE);
                }
                self.dense[id] = slot;
            }
            _ => {
                self.sparse.insert(id, slot);
            }
        }
    }
}

impl Spaces {
    /// The space of a header's column, a new one if the name is new.
    pub(super) fn open(&mut self, name: &str, kind: Kind, file: &str, first: u32) -> &mut Space {
        let space = self.0.entry(name.to_owned()).or_insert_with(|| Space {
            name: name.to_owned(),
            ids: match kind {
                Kind::Integer => Ids::Integers(Integers::default()),
                _ => Ids::Texts(FxHashMap::default()),
            },
            files: Vec::new(),
        });
        space.files.push((first, file.to_owned()));
        space
    }

    /// The space that a relationship's end is looked up in.
    pub(super) fn find(
        &self,
        name: &str,
        file: File<'_>,
        field: Field,
    ) -> Result<&Space, FormatError> {
        self.0.get(name).ok_or_else(|| {
            let known: Vec<String> = self.0.keys().map(|name| format!("`{name}`")).collect();
            let expected = if known.is_empty() {
                "an id space that a file of nodes defines, and there is none".to_owned()
            } else {
                format!(
                    "an id space that a file of nodes defines: {}",
                    known.join(", ")
                )
            };
            file.unexpected(field, expected)
        })
    }
}

impl Space {
    /// Gives a node its id.
    pub(super) fn define(
        &mut self,
        file: File<'_>,
        field: Field,
        node: NodeId,
    ) -> Result<(), FormatError> {
        let slot = node.slot();
        let first = match &mut self.ids {
            Ids::Integers(ids) => {
                let id = integer(file, field)?;
                let first = ids.get(id);
                if first.is_none() {
                    ids.insert(id, slot);
                }
                first
            }
            Ids::Texts(ids) => match text(file, field)? {
                id if ids.contains_key(&*id) => ids.get(&*id).copied(),
                id => ids.insert(id.into(), slot),
            },
        };
        first.map_or(Ok(()), |first| Err(self.defined_twice(file, field, first)))
    }

    /// The node of an id.
    #[inline]
    pub(super) fn node(&self, file: File<'_>, field: Field) -> Result<NodeId, FormatError> {
        let slot = match &self.ids {
            Ids::Integers(ids) => ids.get(integer(file, field)?),
            Ids::Texts(ids) => ids.get(&*text(file, field)?).copied(),
        };
        // A graph that is being imported into gives no slot twice.
        slot.map(|slot| NodeId::from_parts(slot, 0))
            .ok_or_else(|| self.unknown(file, field))
    }

    fn unknown(&self, file: File<'_>, field: Field) -> FormatError {
        let id = file.meaning(field).into_owned();
        let error = file.fault(field, FormatErrorKind::UnknownId { id });
        let files: Vec<&str> = self.files.iter().map(|(_, file)| file.as_str()).collect();
        let (name, files) = (&self.name, files.join(", "));
        error.help(Some(if name.is_empty() {
            format!("ids are defined in {files}")
        } else {
            format!("ids of the space {name} are defined in {files}")
        }))
    }

    fn defined_twice(&self, file: File<'_>, field: Field, first: u32) -> FormatError {
        let id = file.meaning(field).into_owned();
        let error = file.fault(field, FormatErrorKind::DuplicateId { id });
        let before = self.files.iter().rev().find(|(start, _)| *start <= first);
        let before = before.map_or("", |(_, file)| file.as_str());
        error.help(Some(format!(
            "{before} defines it before; nodes of different kinds may share ids in different id spaces: \
             `:ID(Person)`, `:ID(City)`"
        )))
    }
}

#[inline]
fn integer(file: File<'_>, field: Field) -> Result<i64, FormatError> {
    let raw = file.raw(field);
    // Ids of a few digits are by far the most.
    let is_short = (1..=18).contains(&raw.len()) && raw.bytes().all(|byte| byte.is_ascii_digit());
    if is_short {
        return Ok(raw
            .bytes()
            .fold(0, |number, byte| number * 10 + i64::from(byte - b'0')));
    }
    raw.trim()
        .parse()
        .map_err(|_| file.unexpected(field, "an id that is an integer of 64 bits"))
}

fn text(file: File<'_>, field: Field) -> Result<Cow<'_, str>, FormatError> {
    if file.is_missing(field) {
        return Err(file.unexpected(field, "an id"));
    }
    Ok(file.meaning(field))
}
