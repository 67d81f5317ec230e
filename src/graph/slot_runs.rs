//! Slots in the order in which they came.

use std::ops::Range;

/// Slots in the order in which they came; those that follow each other are held as one run.
#[derive(Clone, Debug, Default)]
pub(super) struct SlotRuns {
    runs: Vec<Range<u32>>,
    count: usize,
}

impl SlotRuns {
    #[inline]
    pub(super) fn push(&mut self, slot: u32) {
        self.count += 1;
        match self.runs.last_mut() {
            Some(last) if last.end == slot => last.end += 1,
            _ => self.runs.push(slot..slot + 1),
        }
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    #[inline]
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = u32> + Clone + '_ {
        self.runs.iter().cloned().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_keep_their_order() {
        let slots = [3, 4, 5, 9, 8, 7, 0, 1, 1];
        let mut runs = SlotRuns::default();
        for slot in slots {
            runs.push(slot);
        }
        assert_eq!(runs.iter().collect::<Vec<_>>(), slots);
        assert!(runs.iter().rev().eq(slots.into_iter().rev()));
        assert_eq!((runs.runs.len(), runs.count()), (6, slots.len()));
    }
}
