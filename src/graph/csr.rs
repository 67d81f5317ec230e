//! Relationships of one type in one direction, packed: the run of each slot behind that of the slot before.

use super::{Neighbours, narrow};

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

impl Csr {
    /// Packs relationships in both directions, each run sorted by neighbour, then relationship.
    ///
    /// # Complexity
    ///
    /// O(relationships + slots between the lowest and the highest that occur): three counting sorts.
    pub(super) fn pair(entries: &[Entry]) -> (Self, Self) {
        let by_start = Self::bucket(entries);
        let mut incoming = by_start.transposed();
        drop(by_start);
        incoming.sort_parallel();
        (incoming.transposed(), incoming)
    }

    /// The number of relationships.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The slots that may have a run, from the first to one behind the last.
    pub(super) fn slots(&self) -> std::ops::Range<u32> {
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
        slots: std::ops::Range<u32>,
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

    /// Runs by start, each in the order of the entries.
    fn bucket(entries: &[Entry]) -> Self {
        let starts = entries.iter().map(|entry| entry.start);
        let Some((mut csr, mut next)) = Self::with_counts(starts, entries.len()) else {
            return Self::default();
        };
        for entry in entries {
            csr.place(&mut next, entry.start, entry.end, entry.relationship);
        }
        csr
    }

    /// The same relationships seen from the other end; runs are sorted by neighbour.
    fn transposed(&self) -> Self {
        let Some((mut csr, mut next)) = Self::with_counts(self.nodes.iter().copied(), self.len())
        else {
            return Self::default();
        };
        for slot in self.slots() {
            let run = self.run(slot);
            for (&neighbour, &relationship) in run.nodes.iter().zip(run.relationships) {
                csr.place(&mut next, neighbour, slot, relationship);
            }
        }
        csr
    }

    /// Room for the runs of the slots given, each as long as the slot occurs often, and where each run begins.
    fn with_counts(
        slots: impl Iterator<Item = u32> + Clone,
        len: usize,
    ) -> Option<(Self, Vec<u32>)> {
        let first = slots.clone().min()?;
        let last = slots.clone().max()?;
        let mut offsets = vec![0; (last - first) as usize + 2];
        for slot in slots {
            offsets[(slot - first) as usize + 1] += 1;
        }
        let mut total = 0;
        for offset in &mut offsets {
            total += *offset;
            *offset = total;
        }
        let next = offsets.clone();
        Some((
            Self {
                first,
                offsets,
                nodes: vec![0; len],
                relationships: vec![0; len],
            },
            next,
        ))
    }

    fn place(&mut self, next: &mut [u32], slot: u32, neighbour: u32, relationship: u32) {
        let next = &mut next[(slot - self.first) as usize];
        self.nodes[*next as usize] = neighbour;
        self.relationships[*next as usize] = relationship;
        *next += 1;
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
        let (outgoing, incoming) = Csr::pair(&entries);
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
    fn nothing_packs_to_nothing() {
        let (outgoing, incoming) = Csr::pair(&[]);
        assert_eq!(
            (outgoing.len(), incoming.slots().len(), outgoing.degree(0)),
            (0, 0, 0)
        );
    }
}
