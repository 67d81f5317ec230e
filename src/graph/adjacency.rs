//! Who is connected to whom by one relationship type: packed runs, and beside them the runs changed since packing.
//!
//! A write changes the runs of two nodes in an overlay. When the changes come to a good part of the whole, all is
//! packed anew; so a write costs, over time, what it changes, and a read always gets one contiguous run.

use std::ops::Range;
use std::sync::Arc;

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use super::csr::{Csr, Entry};
use super::members::insert_growing;
use super::names::LabelId;
use super::{Direction, Neighbours};

/// Changes that are never worth packing for; few in tests, so that small graphs are packed there too.
const SMALL: usize = if cfg!(test) { 8 } else { 1024 };

/// The relationships of one type.
#[derive(Clone, Debug, Default)]
pub(super) struct Adjacency {
    outgoing: Runs,
    incoming: Runs,
    count: usize,
    /// How many relationships end where they start.
    loops: usize,
    /// How many relationships start at a node of each label.
    starts: Vec<usize>,
    /// How many relationships end at a node of each label.
    ends: Vec<usize>,
}

impl Adjacency {
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// How many relationships end where they start.
    pub(super) fn loops(&self) -> usize {
        self.loops
    }

    #[inline]
    pub(super) fn runs(&self, direction: Direction) -> &Runs {
        match direction {
            Direction::Outgoing => &self.outgoing,
            Direction::Incoming => &self.incoming,
        }
    }

    /// How many relationships have a node of the label at the end where the direction sets out.
    pub(super) fn label_count(&self, label: LabelId, direction: Direction) -> usize {
        let counts = match direction {
            Direction::Outgoing => &self.starts,
            Direction::Incoming => &self.ends,
        };
        counts.get(label.0 as usize).copied().unwrap_or(0)
    }

    /// How many changes are better made by packing anew than one by one.
    pub(super) fn packing_threshold(&self) -> usize {
        SMALL + self.count / 4
    }

    pub(super) fn insert(&mut self, entry: Entry) {
        self.outgoing
            .insert(entry.start, entry.end, entry.relationship);
        self.incoming
            .insert(entry.end, entry.start, entry.relationship);
        self.count += 1;
        self.loops += usize::from(entry.start == entry.end);
    }

    pub(super) fn remove(&mut self, entry: Entry) {
        self.outgoing
            .remove(entry.start, entry.end, entry.relationship);
        self.incoming
            .remove(entry.end, entry.start, entry.relationship);
        self.count -= 1;
        self.loops -= usize::from(entry.start == entry.end);
    }

    /// All relationships, by start, end and slot.
    pub(super) fn entries(&self) -> impl Iterator<Item = Entry> + Clone + '_ {
        self.outgoing.slots().flat_map(|start| {
            let run = self.outgoing.neighbours(start);
            let pairs = run.nodes.iter().zip(run.relationships);
            pairs.map(move |(&end, &relationship)| Entry {
                start,
                end,
                relationship,
            })
        })
    }

    /// The entries given, packed; label counts start from nothing.
    pub(super) fn packed(entries: impl Iterator<Item = Entry> + Clone + Sync) -> Self {
        let (outgoing, incoming, loops) = Csr::pair(entries);
        Self {
            count: outgoing.len(),
            outgoing: outgoing.into(),
            incoming: incoming.into(),
            loops,
            ..Self::default()
        }
    }

    /// Counts in the relationships of a node that got a label.
    pub(super) fn add_label(&mut self, slot: u32, label: LabelId) {
        self.add_to_label(label, Direction::Outgoing, self.outgoing.degree(slot));
        self.add_to_label(label, Direction::Incoming, self.incoming.degree(slot));
    }

    /// Takes the relationships of a node that lost a label out of the counts.
    pub(super) fn remove_label(&mut self, slot: u32, label: LabelId) {
        self.remove_from_label(label, Direction::Outgoing, self.outgoing.degree(slot));
        self.remove_from_label(label, Direction::Incoming, self.incoming.degree(slot));
    }

    pub(super) fn add_to_label(&mut self, label: LabelId, direction: Direction, number: usize) {
        if number > 0 {
            *self.label_count_mut(label, direction) += number;
        }
    }

    pub(super) fn remove_from_label(
        &mut self,
        label: LabelId,
        direction: Direction,
        number: usize,
    ) {
        if number > 0 {
            *self.label_count_mut(label, direction) -= number;
        }
    }

    fn label_count_mut(&mut self, label: LabelId, direction: Direction) -> &mut usize {
        let counts = match direction {
            Direction::Outgoing => &mut self.starts,
            Direction::Incoming => &mut self.ends,
        };
        let index = label.0 as usize;
        if index >= counts.len() {
            counts.resize(index + 1, 0);
        }
        &mut counts[index]
    }
}

/// The neighbours of all nodes by one relationship type and direction.
///
/// For loops over many nodes: what [`View::neighbours`](super::View::neighbours) looks up on each call is found once.
#[derive(Clone, Debug, Default)]
pub struct Runs {
    packed: Arc<Csr>,
    /// The slots whose run is in `changed`.
    touched: FixedBitSet,
    changed: FxHashMap<u32, Arc<Run>>,
    /// What [`Runs::slots`] gives.
    slots: Range<u32>,
    /// Insertions and removals since packing.
    changes: usize,
}

#[derive(Clone, Debug, Default)]
struct Run {
    nodes: Vec<u32>,
    relationships: Vec<u32>,
}

impl From<Csr> for Runs {
    fn from(packed: Csr) -> Self {
        Self {
            slots: packed.slots(),
            packed: Arc::new(packed),
            ..Self::default()
        }
    }
}

impl Runs {
    /// The neighbours of the node in a slot, sorted by slot, then relationship slot.
    #[inline]
    #[must_use]
    pub fn neighbours(&self, slot: u32) -> Neighbours<'_> {
        if self.touched.contains(slot as usize) {
            let run = &self.changed[&slot];
            return Neighbours {
                nodes: &run.nodes,
                relationships: &run.relationships,
            };
        }
        self.packed.run(slot)
    }

    /// The number of neighbours of the node in a slot, in constant time.
    #[inline]
    #[must_use]
    pub fn degree(&self, slot: u32) -> usize {
        if self.touched.contains(slot as usize) {
            return self.changed[&slot].nodes.len();
        }
        self.packed.degree(slot)
    }

    /// The slots outside of which no node has a neighbour.
    #[must_use]
    pub fn slots(&self) -> Range<u32> {
        self.slots.clone()
    }

    fn insert(&mut self, slot: u32, neighbour: u32, relationship: u32) {
        let run = self.run_mut(slot);
        match run.nodes.last().zip(run.relationships.last()) {
            Some(last) if last > (&neighbour, &relationship) => {
                let place = run.place(neighbour, relationship);
                run.nodes.insert(place, neighbour);
                run.relationships.insert(place, relationship);
            }
            _ => {
                run.nodes.push(neighbour);
                run.relationships.push(relationship);
            }
        }
        self.changed_once();
    }

    fn remove(&mut self, slot: u32, neighbour: u32, relationship: u32) {
        let run = self.run_mut(slot);
        let place = run.place(neighbour, relationship);
        debug_assert_eq!(
            run.relationships.get(place),
            Some(&relationship),
            "what is removed is there"
        );
        run.nodes.remove(place);
        run.relationships.remove(place);
        self.changed_once();
    }

    fn run_mut(&mut self, slot: u32) -> &mut Run {
        if !insert_growing(&mut self.touched, slot) {
            let Neighbours {
                nodes,
                relationships,
            } = self.packed.run(slot);
            let run = Run {
                nodes: nodes.to_vec(),
                relationships: relationships.to_vec(),
            };
            self.changed.insert(slot, Arc::new(run));
            self.slots = if self.slots.is_empty() {
                slot..slot + 1
            } else {
                self.slots.start.min(slot)..self.slots.end.max(slot + 1)
            };
        }
        Arc::make_mut(
            self.changed
                .get_mut(&slot)
                .expect("a marked run is in the map"),
        )
    }

    fn changed_once(&mut self) {
        self.changes += 1;
        if self.changes > SMALL + (self.packed.len() + self.slots.len()) / 4 {
            let packed = Csr::from_runs(self.slots(), self.packed.len() + self.changes, |slot| {
                self.neighbours(slot)
            });
            *self = packed.into();
        }
    }
}

impl Run {
    /// Where a relationship stands, or where it belongs.
    fn place(&self, neighbour: u32, relationship: u32) -> usize {
        let from = self.nodes.partition_point(|&node| node < neighbour);
        let length = self.nodes[from..].partition_point(|&node| node == neighbour);
        from + self.relationships[from..from + length]
            .partition_point(|&other| other < relationship)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(adjacency: &Adjacency, slot: u32, direction: Direction) -> Vec<(u32, u32)> {
        let run = adjacency.runs(direction).neighbours(slot);
        assert_eq!(adjacency.runs(direction).degree(slot), run.nodes.len());
        run.nodes
            .iter()
            .copied()
            .zip(run.relationships.iter().copied())
            .collect()
    }

    #[test]
    fn changed_runs_stay_sorted() {
        let mut adjacency = Adjacency::default();
        for (relationship, end) in [(0, 5), (1, 2), (2, 5), (3, 9), (4, 2)] {
            adjacency.insert(Entry {
                start: 4,
                end,
                relationship,
            });
        }
        adjacency.remove(Entry {
            start: 4,
            end: 5,
            relationship: 0,
        });
        assert_eq!(
            run(&adjacency, 4, Direction::Outgoing),
            [(2, 1), (2, 4), (5, 2), (9, 3)]
        );
        assert_eq!(run(&adjacency, 2, Direction::Incoming), [(4, 1), (4, 4)]);
        assert_eq!(adjacency.runs(Direction::Outgoing).slots(), 4..5);
        assert_eq!(adjacency.count(), 4);
    }

    #[test]
    fn many_changes_are_packed() {
        let mut adjacency = Adjacency::default();
        let entry = |number: u32| Entry {
            start: 10 + number % 100,
            end: 1000 - number / 7,
            relationship: number,
        };
        for number in 0..5000 {
            adjacency.insert(entry(number));
        }
        let outgoing = adjacency.runs(Direction::Outgoing);
        assert!(
            outgoing.packed.len() > 3000,
            "{} are packed",
            outgoing.packed.len()
        );
        let mut expected: Vec<Entry> = (0..5000).map(entry).collect();
        expected.sort_unstable();
        assert_eq!(adjacency.entries().collect::<Vec<_>>(), expected);
        let (packed, _, _) = Csr::pair(expected.iter().copied());
        assert!(
            packed
                .slots()
                .all(|slot| packed.run(slot).nodes == outgoing.neighbours(slot).nodes)
        );
    }

    #[test]
    fn everything_removed_leaves_nothing() {
        let entries: Vec<Entry> = (0..4000)
            .map(|number| Entry {
                start: number % 50,
                end: number % 70,
                relationship: number,
            })
            .collect();
        let mut adjacency = Adjacency::packed(entries.iter().copied());
        for &entry in entries.iter().rev() {
            adjacency.remove(entry);
        }
        assert_eq!((adjacency.count(), adjacency.entries().count()), (0, 0));
    }
}
