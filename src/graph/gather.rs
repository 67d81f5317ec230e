//! The properties of many entities at once, in one typed run where all have a value of one type.

use std::ops::Range;

use super::View;
use super::column::Column;
use super::names::{KeyId, LabelId};
use super::narrow;
use super::page::{PAGE_SLOTS, PageValues};
use crate::value::{NodeId, RelationshipId};

/// The values of one key for many entities, none of them missing and all of one type.
#[derive(Clone, Debug)]
pub enum Gathered {
    /// Integers.
    Integers(Vec<i64>),
    /// Floats.
    Floats(Vec<f64>),
    /// Booleans.
    Booleans(Vec<bool>),
    /// Strings, as codes of the column's dictionary.
    Strings(Vec<u32>),
}

impl View {
    /// The values of a key for nodes; `None` where one is missing or they are not all of one type that has a run of its
    /// own.
    #[must_use]
    pub fn gather_node_property(&self, nodes: &[NodeId], key: KeyId) -> Option<Gathered> {
        let is_current = !self.has_reused_nodes
            || nodes
                .iter()
                .all(|node| self.node_id(node.slot()) == *node && self.contains_node(*node));
        is_current.then_some(())?;
        gather(self.node_column(key)?, nodes.iter().map(|node| node.slot()))
    }

    /// The values of a key for relationships; `None` as for [`View::gather_node_property`].
    #[must_use]
    pub fn gather_relationship_property(
        &self,
        relationships: &[RelationshipId],
        key: KeyId,
    ) -> Option<Gathered> {
        let is_current = !self.has_reused_relationships
            || relationships
                .iter()
                .all(|relationship| self.contains_relationship(*relationship));
        is_current.then_some(())?;
        let slots = relationships.iter().map(|relationship| relationship.slot());
        gather(self.relationship_column(key)?, slots)
    }
}

fn gather(column: &Column, slots: impl ExactSizeIterator<Item = u32> + Clone) -> Option<Gathered> {
    let first = column.page_of(slots.clone().next()?)?;
    match first.values() {
        PageValues::Integers(_) => run(column, slots, |values| match values {
            PageValues::Integers(values) => Some(values),
            _ => None,
        })
        .map(Gathered::Integers),
        PageValues::Floats(_) => run(column, slots, |values| match values {
            PageValues::Floats(values) => Some(values),
            _ => None,
        })
        .map(Gathered::Floats),
        PageValues::Booleans(_) => run(column, slots, |values| match values {
            PageValues::Booleans(values) => Some(values),
            _ => None,
        })
        .map(Gathered::Booleans),
        PageValues::Strings(_) => run(column, slots, |values| match values {
            PageValues::Strings(codes) => Some(codes),
            _ => None,
        })
        .map(Gathered::Strings),
        PageValues::Mixed(_) => None,
    }
}

/// The values in the slots, as long as each has one in a page of the type. Slots that follow each other mostly share a
/// page, which is looked up once; where each is the next one, as those that a scan finds are, all are copied at once.
fn run<'a, T: Copy + 'a>(
    column: &'a Column,
    slots: impl ExactSizeIterator<Item = u32> + Clone,
    of_type: impl Fn(&'a PageValues) -> Option<&'a Vec<T>>,
) -> Option<Vec<T>> {
    let len = slots.len();
    let mut gathered = Vec::with_capacity(len);
    let first = slots.clone().next()?;
    if (first..)
        .zip(slots.clone())
        .all(|(next, slot)| next == slot)
    {
        let end = first + narrow(len);
        let mut from = first;
        while from < end {
            let page = column.page_of(from)?;
            let start = from as usize % PAGE_SLOTS;
            let to = PAGE_SLOTS.min(start + (end - from) as usize);
            if !page.has_all(start..to) {
                return None;
            }
            gathered.extend_from_slice(&of_type(page.values())?[start..to]);
            from += narrow(to - start);
        }
        return Some(gathered);
    }
    let mut number = usize::MAX;
    let mut page: Option<(&[u64; PAGE_SLOTS / 64], &[T])> = None;
    for slot in slots {
        let own = slot as usize / PAGE_SLOTS;
        if own != number {
            number = own;
            let found = column.page_of(slot)?;
            page = Some((found.presence(), of_type(found.values())?));
        }
        let (present, values) = page?;
        let position = slot as usize % PAGE_SLOTS;
        if present[position / 64] >> (position % 64) & 1 == 0 {
            return None;
        }
        gathered.push(values[position]);
    }
    Some(gathered)
}

impl View {
    /// Appends nodes that bear a label, by slot among those given, until `nodes` holds `len`; gives the slot from which
    /// to go on, none at the end.
    pub fn append_labelled(
        &self,
        label: LabelId,
        slots: Range<u32>,
        len: usize,
        nodes: &mut Vec<NodeId>,
    ) -> Option<u32> {
        let words = self.label_members(label).as_slice();
        let bits = usize::BITS as usize;
        let (first, end) = (slots.start as usize, slots.end as usize);
        let mut mask = usize::MAX << (first % bits);
        let words = &words[..words.len().min(end.div_ceil(bits))];
        for (at, word) in words.iter().enumerate().skip(first / bits) {
            let mut word = word & mask;
            mask = usize::MAX;
            while word != 0 {
                let slot = narrow(at * bits + word.trailing_zeros() as usize);
                if slot >= slots.end {
                    return None;
                }
                if nodes.len() >= len {
                    return Some(slot);
                }
                nodes.push(self.node_id(slot));
                word &= word - 1;
            }
        }
        None
    }

    /// Appends nodes of any labels, as [`View::append_labelled`].
    pub fn append_nodes(
        &self,
        slots: Range<u32>,
        len: usize,
        nodes: &mut Vec<NodeId>,
    ) -> Option<u32> {
        for slot in slots.start..slots.end.min(self.node_slots()) {
            if nodes.len() >= len {
                return Some(slot);
            }
            nodes.extend(self.node_at(slot));
        }
        None
    }
}

impl View {
    /// Whether every node that bears a label has a property of the key.
    ///
    /// # Complexity
    ///
    /// O(slots / 64).
    #[must_use]
    pub fn all_labelled_have(&self, label: LabelId, key: KeyId) -> bool {
        const BITS: u32 = usize::BITS;
        let Some(column) = self.node_column(key) else {
            return self.label_count(label) == 0;
        };
        let members = self.label_members(label).as_slice().iter().zip(0_u32..);
        members
            .filter(|(word, _)| **word != 0)
            .all(|(word, at)| match BITS {
                64 => {
                    let first = at * BITS;
                    let present = column
                        .page_of(first)
                        .map_or(0, |page| page.presence()[first as usize % PAGE_SLOTS / 64]);
                    *word as u64 & !present == 0
                }
                _ => {
                    let mut positions = (0..BITS).filter(|bit| word >> bit & 1 == 1);
                    positions.all(|bit| column.is_present(at * BITS + bit))
                }
            })
    }
}
