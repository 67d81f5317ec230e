//! Relationships of one type in one direction, packed: the run of each slot behind that of the slot before.

use std::ops::Range;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::{Neighbours, narrow};

/// As many relationships as are worth a thread.
const WORTH_A_THREAD: usize = if cfg!(test) { 4 } else { 1 << 16 };

/// A relationship as the adjacency sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) relationship: u32,
}

/// Compressed sparse rows: `offsets[slot - first] .. offsets[slot - first + 1]` is the run of a slot.
#[derive(Clone, Debug, Default)]
pub(super) struct Csr {
    first: u32,
    offsets: Vec<u32>,
    nodes: Vec<u32>,
    relationships: Vec<u32>,
}

/// What all entries have in common.
struct Extent {
    starts: Range<u32>,
    ends: Range<u32>,
    /// Whether they come by start.
    is_sorted: bool,
    last_start: u32,
    loops: usize,
}

impl Default for Extent {
    fn default() -> Self {
        Self {
            starts: 0..0,
            ends: 0..0,
            is_sorted: true,
            last_start: 0,
            loops: 0,
        }
    }
}

impl Extent {
    #[inline]
    fn and(self, entry: Entry) -> Self {
        let with = |range: &Range<u32>, slot: u32| match range.is_empty() {
            true => slot..slot + 1,
            false => range.start.min(slot)..range.end.max(slot + 1),
        };
        Self {
            starts: with(&self.starts, entry.start),
            ends: with(&self.ends, entry.end),
            is_sorted: self.is_sorted && self.last_start <= entry.start,
            last_start: entry.start,
            loops: self.loops + usize::from(entry.start == entry.end),
        }
    }
}

/// Some rows that are being filled.
struct Part<'a> {
    /// The slot of the first row.
    first: u32,
    /// By row, where its next relationship goes.
    next: Vec<u32>,
    nodes: &'a mut [u32],
    relationships: &'a mut [u32],
}

impl Part<'_> {
    /// Places a relationship, if its row is one of these.
    #[inline]
    fn place(&mut self, entry: Entry) {
        let row = entry.start.wrapping_sub(self.first) as usize;
        if let Some(next) = self.next.get_mut(row) {
            self.nodes[*next as usize] = entry.end;
            self.relationships[*next as usize] = entry.relationship;
            *next += 1;
        }
    }
}

impl Entry {
    /// The same relationship seen from the other end.
    #[inline]
    fn reversed(self) -> Self {
        Self {
            start: self.end,
            end: self.start,
            relationship: self.relationship,
        }
    }
}

impl Csr {
    /// Packs relationships in both directions, each run sorted by neighbour, then relationship: the outgoing ones, the
    /// incoming ones, and how many end where they start.
    ///
    /// # Complexity
    ///
    /// O(relationships + slots between the lowest and the highest that occur): two counting sorts where the
    /// relationships come by start, three where they don't.
    pub(super) fn pair(entries: impl Iterator<Item = Entry> + Clone + Sync) -> (Self, Self, usize) {
        let extent = entries.clone().fold(Extent::default(), Extent::and);
        let mut incoming = match extent.is_sorted {
            true => Self::distributed(&entries.map(Entry::reversed), &extent.ends),
            false => Self::distributed(&entries, &extent.starts).transposed(&extent.ends),
        };
        incoming.sort_parallel();
        let outgoing = incoming.transposed(&extent.starts);
        (outgoing, incoming, extent.loops)
    }

    /// The number of relationships.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The slots that may have a run, from the first to one behind the last.
    pub(super) fn slots(&self) -> Range<u32> {
        self.first..self.first + narrow(self.offsets.len().saturating_sub(1))
    }

    #[inline]
    pub(super) fn run(&self, slot: u32) -> Neighbours<'_> {
        let row = slot.wrapping_sub(self.first) as usize;
        match self.offsets.get(row..).and_then(|rest| rest.first_chunk()) {
            Some(&[from, to]) => {
                let range = from as usize..to as usize;
                Neighbours {
                    nodes: &self.nodes[range.clone()],
                    relationships: &self.relationships[range],
                }
            }
            None => Neighbours::default(),
        }
    }

    #[inline]
    pub(super) fn degree(&self, slot: u32) -> usize {
        let row = slot.wrapping_sub(self.first) as usize;
        match self.offsets.get(row..).and_then(|rest| rest.first_chunk()) {
            Some(&[from, to]) => (to - from) as usize,
            None => 0,
        }
    }

    /// Packs runs that are given slot by slot, for all slots of a range.
    pub(super) fn from_runs<'a>(
        slots: Range<u32>,
        len: usize,
        run: impl Fn(u32) -> Neighbours<'a>,
    ) -> Self {
        let mut csr = Self {
            first: slots.start,
            offsets: Vec::with_capacity(slots.len() + 1),
            nodes: Vec::with_capacity(len),
            relationships: Vec::with_capacity(len),
        };
        csr.offsets.push(0);
        for slot in slots {
            let run = run(slot);
            csr.nodes.extend_from_slice(run.nodes);
            csr.relationships.extend_from_slice(run.relationships);
            csr.offsets.push(narrow(csr.nodes.len()));
        }
        csr
    }

    /// The same relationships seen from the other end, where they start in the slots given; runs are sorted by
    /// neighbour.
    fn transposed(&self, slots: &Range<u32>) -> Self {
        Self::distributed(&self.entries().map(Entry::reversed), slots)
    }

    fn entries(&self) -> impl Iterator<Item = Entry> + Clone + Sync + '_ {
        self.slots().flat_map(move |start| {
            let run = self.run(start);
            let pairs = run.nodes.iter().zip(run.relationships);
            pairs.map(move |(&end, &relationship)| Entry {
                start,
                end,
                relationship,
            })
        })
    }

    /// Runs by start, each in the order of the entries, which start in the slots given.
    fn distributed<E: Iterator<Item = Entry> + Clone + Sync>(
        entries: &E,
        slots: &Range<u32>,
    ) -> Self {
        let first = slots.start;
        if slots.is_empty() {
            return Self::default();
        }
        let mut offsets = vec![0; slots.len() + 1];
        entries
            .clone()
            .for_each(|entry| offsets[(entry.start - first) as usize + 1] += 1);
        let mut total = 0;
        for offset in &mut offsets {
            total += *offset;
            *offset = total;
        }
        let mut csr = Self {
            first,
            offsets,
            nodes: vec![0; total as usize],
            relationships: vec![0; total as usize],
        };
        csr.parts()
            .into_par_iter()
            .for_each(|mut part| entries.clone().for_each(|entry| part.place(entry)));
        csr
    }

    /// The rows in parts of about as many relationships, one for each thread where it is worth it.
    fn parts(&mut self) -> Vec<Part<'_>> {
        let total = self.nodes.len();
        let count = rayon::current_num_threads().min(total / WORTH_A_THREAD + 1);
        let (mut nodes, mut relationships) = (&mut self.nodes[..], &mut self.relationships[..]);
        let mut row = 0;
        let parts = (1..=count).map(|number| {
            let wanted = narrow(total / count * number);
            let end = match number == count {
                true => self.offsets.len() - 1,
                false => self
                    .offsets
                    .partition_point(|&offset| offset < wanted)
                    .max(row),
            };
            let base = self.offsets[row];
            let len = (self.offsets[end] - base) as usize;
            let next = self.offsets[row..end].iter().map(|offset| offset - base);
            let part = Part {
                first: self.first + narrow(row),
                next: next.collect(),
                nodes: nodes.split_off_mut(..len).unwrap_or_default(),
                relationships: relationships.split_off_mut(..len).unwrap_or_default(),
            };
            row = end;
            part
        });
        parts.collect()
    }

    /// Sorts the relationships between the same two nodes, in runs that are sorted by neighbour.
    fn sort_parallel(&mut self) {
        for row in 1..self.offsets.len() {
            let mut from = self.offsets[row - 1] as usize;
            let to = self.offsets[row] as usize;
            while from < to {
                let neighbour = self.nodes[from];
                let length = self.nodes[from..to]
                    .iter()
                    .take_while(|&&other| other == neighbour)
                    .count();
                if length > 1 {
                    self.relationships[from..from + length].sort_unstable();
                }
                from += length;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_sorts_runs_by_neighbour_then_relationship() {
        let entries = [(7, 5, 9), (7, 3, 4), (7, 5, 2), (5, 5, 1), (9, 3, 0)];
        let entries = entries.map(|(start, end, relationship)| Entry {
            start,
            end,
            relationship,
        });
        let (outgoing, incoming, loops) = Csr::pair(entries.into_iter());
        assert_eq!(loops, 1);
        let run = |csr: &Csr, slot| {
            let run = csr.run(slot);
            assert_eq!(csr.degree(slot), run.nodes.len());
            run.nodes
                .iter()
                .copied()
                .zip(run.relationships.iter().copied())
                .collect::<Vec<_>>()
        };
        assert_eq!(run(&outgoing, 7), [(3, 4), (5, 2), (5, 9)]);
        assert_eq!(run(&incoming, 5), [(5, 1), (7, 2), (7, 9)]);
        assert_eq!(run(&incoming, 3), [(7, 4), (9, 0)]);
        for slot in [0, 4, 6, 8, 10, u32::MAX] {
            assert_eq!(run(&outgoing, slot), []);
        }
        assert_eq!((outgoing.slots(), incoming.slots()), (5..10, 3..6));
    }

    #[test]
    fn many_parts_pack_as_one() {
        for count in [7_u32, 100, 1000] {
            let entries = (0..count).map(|number| Entry {
                start: 3 + number * 31 % 17,
                end: 40 - number * number % 23,
                relationship: number,
            });
            let mut sorted: Vec<Entry> = entries.clone().collect();
            sorted.sort_unstable();
            let (outgoing, incoming, _) = Csr::pair(entries);
            assert!(outgoing.entries().eq(sorted.iter().copied()));
            let (again, other, _) = Csr::pair(sorted.iter().copied());
            assert!(again.entries().eq(outgoing.entries()));
            assert!(other.entries().eq(incoming.entries()));
            sorted.sort_unstable_by_key(|own| (own.end, own.start, own.relationship));
            assert!(incoming.entries().map(Entry::reversed).eq(sorted));
        }
    }

    #[test]
    fn nothing_packs_to_nothing() {
        let (outgoing, incoming, _) = Csr::pair(std::iter::empty());
        assert_eq!(
            (outgoing.len(), incoming.slots().len(), outgoing.degree(0)),
            (0, 0, 0)
        );
    }
}
