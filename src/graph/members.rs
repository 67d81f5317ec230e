//! The set of nodes that bear a label.

use fixedbitset::FixedBitSet;

/// The slots of the nodes that bear a label, with their number.
#[derive(Clone, Debug, Default)]
pub(super) struct Members {
    slots: FixedBitSet,
    count: usize,
}

impl Members {
    pub(super) fn slots(&self) -> &FixedBitSet {
        &self.slots
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn contains(&self, slot: u32) -> bool {
        self.slots.contains(slot as usize)
    }

    pub(super) fn insert(&mut self, slot: u32) {
        if !insert_growing(&mut self.slots, slot) {
            self.count += 1;
        }
    }

    pub(super) fn remove(&mut self, slot: u32) {
        if self.contains(slot) {
            self.slots.remove(slot as usize);
            self.count -= 1;
        }
    }
}

/// Inserts into a set that doubles its room when needed; tells whether the slot was in it before.
pub(super) fn insert_growing(set: &mut FixedBitSet, slot: u32) -> bool {
    let bit = slot as usize;
    if bit >= set.len() {
        set.grow((bit + 1).next_power_of_two());
    }
    set.put(bit)
}
