//! The entities of a label or type in the order of some of their properties.
//!
//! Most entries are packed: sorted arrays. Beside them stand those that were added or removed since; when these come to
//! a good part of the whole, all are packed anew. So a write costs, over time, what it changes, and a clone is cheap.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::slice::ParallelSliceMut;
use smallvec::SmallVec;

use super::names::{KeyId, LabelId, TypeId};
use crate::value::{Value, order};

/// Changes that are never worth packing for; few in tests, so that small indexes are packed there too.
const SMALL: usize = if cfg!(test) { 8 } else { 1024 };

/// Which entities an index or a constraint is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SchemaTarget {
    /// The nodes that bear a label.
    Node(LabelId),
    /// The relationships of a type.
    Relationship(TypeId),
}

/// What an index is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexDefinition {
    /// What it is called.
    pub name: Arc<str>,
    /// The entities in it: those that have all keys.
    pub target: SchemaTarget,
    /// The keys, the most significant first.
    pub keys: Vec<KeyId>,
}

/// What a walk through the entries does at one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visit {
    /// The entity is found.
    Take,
    /// It is not, and the walk goes on.
    Skip,
    /// Neither it nor any behind it is.
    Stop,
}

/// The entities of a label or type that have some properties, in the order of these.
#[derive(Clone, Debug)]
pub struct Index {
    definition: IndexDefinition,
    packed: Arc<Packed>,
    added: BTreeSet<Entry>,
    removed: BTreeSet<Entry>,
}

/// The values of an entity's keys.
pub(super) type Key = SmallVec<[Value; 1]>;

/// An entity in an index.
#[derive(Clone, Debug)]
struct Entry {
    key: Key,
    slot: u32,
}

/// Entries in order: the keys of all of them one after the other, and their slots.
#[derive(Debug, Default)]
struct Packed {
    width: usize,
    values: Vec<Value>,
    slots: Vec<u32>,
    distinct: usize,
}

impl Index {
    /// What the index is of.
    #[must_use]
    pub fn definition(&self) -> &IndexDefinition {
        &self.definition
    }

    /// How many entities are in it.
    #[must_use]
    pub fn count(&self) -> usize {
        self.packed.slots.len() + self.added.len() - self.removed.len()
    }

    /// About how many different keys there are: exact where nothing changed since packing.
    #[must_use]
    pub fn distinct(&self) -> usize {
        (self.packed.distinct + self.added.len()).min(self.count())
    }

    /// Whether no two entities are known to share all keys; while changes are not packed, this is not known.
    #[must_use]
    pub fn is_distinct(&self) -> bool {
        let is_packed = self.added.is_empty() && self.removed.is_empty();
        is_packed && self.packed.distinct == self.packed.slots.len()
    }

    /// The slots of the entities that a walk takes, ascending. The walk starts with the first entry whose leading keys
    /// are not less than those given, and sees the keys of each.
    ///
    /// # Complexity
    ///
    /// O(log entries + entries visited + entries taken · log entries taken).
    pub fn walk(&self, from: &[Value], mut visit: impl FnMut(&[Value]) -> Visit) -> Vec<u32> {
        let mut slots = Vec::new();
        for position in self.packed.lower_bound(from)..self.packed.slots.len() {
            let key = self.packed.key(position);
            match visit(key) {
                Visit::Take if self.is_removed(position) => {}
                Visit::Take => slots.push(self.packed.slots[position]),
                Visit::Skip => {}
                Visit::Stop => break,
            }
        }
        let first = Entry {
            key: from.iter().cloned().collect(),
            slot: 0,
        };
        for entry in self.added.range(first..) {
            match visit(&entry.key) {
                Visit::Take => slots.push(entry.slot),
                Visit::Skip => {}
                Visit::Stop => break,
            }
        }
        slots.sort_unstable();
        slots
    }

    /// The slots of the entities whose leading keys are equivalent to those given, ascending.
    #[must_use]
    pub fn equivalent(&self, leading: &[Value]) -> Vec<u32> {
        self.walk(leading, |key| {
            match order_keys(&key[..leading.len()], leading) {
                Ordering::Equal => Visit::Take,
                _ => Visit::Stop,
            }
        })
    }

    /// The slots of packed entries whose keys are those of the entry before.
    pub(super) fn repeated(&self) -> impl Iterator<Item = u32> + '_ {
        let packed = &self.packed;
        let positions = 1..packed.slots.len();
        let repeated = positions.filter(|at| {
            let (before, own) = (packed.key(at - 1), packed.key(*at));
            order_keys(before, own).is_eq()
        });
        repeated.map(|at| packed.slots[at])
    }

    /// An index of entries in any order.
    pub(super) fn new(definition: IndexDefinition, entries: Vec<(Key, u32)>) -> Self {
        let entries = entries.into_iter().map(|(key, slot)| Entry { key, slot });
        let mut entries: Vec<Entry> = entries.collect();
        entries.par_sort_unstable();
        let mut packed = Packed::with_room(definition.keys.len(), entries.len());
        for entry in entries {
            packed.push(&entry.key, entry.slot);
        }
        Self {
            definition,
            packed: Arc::new(packed),
            added: BTreeSet::new(),
            removed: BTreeSet::new(),
        }
    }

    pub(super) fn insert(&mut self, key: Key, slot: u32) {
        let entry = Entry { key, slot };
        if !self.removed.remove(&entry) {
            self.added.insert(entry);
        }
        self.changed_once();
    }

    pub(super) fn remove(&mut self, key: Key, slot: u32) {
        let entry = Entry { key, slot };
        if !self.added.remove(&entry) {
            self.removed.insert(entry);
        }
        self.changed_once();
    }

    fn is_removed(&self, position: usize) -> bool {
        !self.removed.is_empty()
            && self.removed.contains(&Entry {
                key: self.packed.key(position).iter().cloned().collect(),
                slot: self.packed.slots[position],
            })
    }

    fn changed_once(&mut self) {
        let changes = self.added.len() + self.removed.len();
        if changes > SMALL + self.packed.slots.len() / 4 {
            self.pack();
        }
    }

    fn pack(&mut self) {
        let mut packed = Packed::with_room(self.definition.keys.len(), self.count());
        let mut added = std::mem::take(&mut self.added).into_iter().peekable();
        for position in 0..self.packed.slots.len() {
            if self.is_removed(position) {
                continue;
            }
            let (key, slot) = (self.packed.key(position), self.packed.slots[position]);
            while let Some(entry) =
                added.next_if(|entry| order_entries((&entry.key, entry.slot), (key, slot)).is_lt())
            {
                packed.push(&entry.key, entry.slot);
            }
            packed.push(key, slot);
        }
        for entry in added {
            packed.push(&entry.key, entry.slot);
        }
        self.removed.clear();
        self.packed = Arc::new(packed);
    }
}

impl Packed {
    fn with_room(width: usize, count: usize) -> Self {
        Self {
            width,
            values: Vec::with_capacity(width * count),
            slots: Vec::with_capacity(count),
            distinct: 0,
        }
    }

    fn key(&self, position: usize) -> &[Value] {
        &self.values[position * self.width..(position + 1) * self.width]
    }

    /// The first entry whose leading keys are not less than those given.
    fn lower_bound(&self, from: &[Value]) -> usize {
        let (mut low, mut high) = (0, self.slots.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if order_keys(&self.key(middle)[..from.len()], from).is_lt() {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn push(&mut self, key: &[Value], slot: u32) {
        let last = self.slots.len().checked_sub(1).map(|last| self.key(last));
        if last.is_none_or(|last| order_keys(last, key).is_ne()) {
            self.distinct += 1;
        }
        self.values.extend_from_slice(key);
        self.slots.push(slot);
    }
}

/// The order of keys of one length, or of a key and one of which it is the beginning.
fn order_keys(left: &[Value], right: &[Value]) -> Ordering {
    // Most indexes are of one key.
    if let ([left], [right]) = (left, right) {
        return order(left, right);
    }
    let mut orders = left
        .iter()
        .zip(right)
        .map(|(left, right)| order(left, right));
    let difference = orders.find(|order| order.is_ne());
    difference.unwrap_or_else(|| left.len().cmp(&right.len()))
}

fn order_entries(left: (&[Value], u32), right: (&[Value], u32)) -> Ordering {
    order_keys(left.0, right.0).then(left.1.cmp(&right.1))
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        order_entries((&self.key, self.slot), (&other.key, other.slot))
    }
}
