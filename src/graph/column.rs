//! The values of one property key for all nodes, or for all relationships.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::dictionary::Dictionary;
use super::narrow;
use super::page::{PAGE_SLOTS, Page, PageValues};
use crate::value::Value;

/// The values of one property key for all entities of a kind, by slot.
///
/// Pages of [`PAGE_SLOTS`] slots come into being where there are values. Cloning shares the pages.
#[derive(Clone, Debug, Default)]
pub struct Column {
    pages: Vec<Option<Arc<Page>>>,
    dictionary: Dictionary,
    count: usize,
}

impl Column {
    /// How many entities have the property.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The distinct strings of the pages that hold nothing but strings.
    #[must_use]
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// The pages that hold values, each with its first slot, ascending.
    pub fn pages(&self) -> impl Iterator<Item = (u32, &Page)> + '_ {
        let numbered = self.pages.iter().enumerate();
        numbered.filter_map(|(number, page)| Some((narrow(number * PAGE_SLOTS), page.as_deref()?)))
    }

    /// The page that a slot belongs to; `None` where it would be empty.
    #[must_use]
    pub fn page_of(&self, slot: u32) -> Option<&Page> {
        self.pages.get(slot as usize / PAGE_SLOTS)?.as_deref()
    }

    /// The value of the entity in a slot; null where it has none.
    #[must_use]
    pub fn get(&self, slot: u32) -> Value {
        self.page_of(slot).map_or(Value::Null, |page| {
            page.get(slot as usize % PAGE_SLOTS, &self.dictionary)
        })
    }

    /// Whether the entity in a slot has the property.
    #[must_use]
    pub fn is_present(&self, slot: u32) -> bool {
        self.page_of(slot)
            .is_some_and(|page| page.is_present(slot as usize % PAGE_SLOTS))
    }

    /// The string in a slot; `None` where there is none or the value is no string.
    #[must_use]
    pub fn string_at(&self, slot: u32) -> Option<&Arc<str>> {
        let (page, position) = self.present_at(slot)?;
        match page.values() {
            PageValues::Strings(codes) => self.dictionary.text(codes[position]),
            PageValues::Mixed(values) => match &values[position] {
                Value::String(text) => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    /// The integer in a slot; `None` where there is none or the value is no integer.
    #[must_use]
    pub fn integer_at(&self, slot: u32) -> Option<i64> {
        let (page, position) = self.present_at(slot)?;
        match page.values() {
            PageValues::Integers(values) => Some(values[position]),
            PageValues::Mixed(values) => values[position].as_integer(),
            _ => None,
        }
    }

    /// The float in a slot; `None` where there is none or the value is no float.
    #[must_use]
    pub fn float_at(&self, slot: u32) -> Option<f64> {
        let (page, position) = self.present_at(slot)?;
        match page.values() {
            PageValues::Floats(values) => Some(values[position]),
            PageValues::Mixed(values) => match values[position] {
                Value::Float(number) => Some(number),
                _ => None,
            },
            _ => None,
        }
    }

    /// The slots that have a value, with it, ascending.
    pub fn entries(&self) -> impl Iterator<Item = (u32, Value)> + '_ {
        self.pages().flat_map(move |(first, page)| {
            page.positions().map(move |position| {
                (
                    first + narrow(position),
                    page.get(position, &self.dictionary),
                )
            })
        })
    }

    /// About how many distinct values there are: exact where all are strings, else from a sample.
    ///
    /// # Complexity
    ///
    /// O(pages), with at most 16 of them looked into.
    #[must_use]
    pub fn distinct_estimate(&self) -> usize {
        const SAMPLED_PAGES: usize = 16;
        const SAMPLED_VALUES: usize = 64;
        let is_of_others = |page: &&Page| !matches!(page.values(), PageValues::Strings(_));
        let others: Vec<&Page> = self
            .pages()
            .map(|(_, page)| page)
            .filter(is_of_others)
            .collect();
        let population: usize = others.iter().map(|page| page.count()).sum();
        let page_step = others.len().div_ceil(SAMPLED_PAGES).max(1);
        let mut frequencies = FxHashMap::<(u8, u64), usize>::default();
        let mut unlike = 0;
        for (number, &page) in others.iter().enumerate().step_by(page_step) {
            let scattered = scattered(number);
            for position in scattered
                .filter(|&position| page.is_present(position))
                .take(SAMPLED_VALUES)
            {
                match bits(page, position) {
                    Some(key) => *frequencies.entry(key).or_default() += 1,
                    None => unlike += 1,
                }
            }
        }
        // Chao's estimator: from how many values were seen once and twice follows how many were not seen.
        let once = unlike
            + frequencies
                .values()
                .filter(|&&frequency| frequency == 1)
                .count();
        let twice = frequencies
            .values()
            .filter(|&&frequency| frequency == 2)
            .count();
        let unseen = once * once.saturating_sub(1) / (2 * (twice + 1));
        (unlike + frequencies.len() + unseen).min(population) + self.dictionary.len()
    }

    /// Puts a value in a slot, null for none; gives what was there before.
    pub(super) fn replace(&mut self, slot: u32, value: Value) -> Value {
        let old = self.take(slot);
        if !value.is_null() {
            self.put(slot, value);
        }
        old
    }

    /// Takes the value in a slot away; null where there is none.
    pub(super) fn take(&mut self, slot: u32) -> Value {
        if !self.is_present(slot) {
            return Value::Null;
        }
        let number = slot as usize / PAGE_SLOTS;
        let page = Arc::make_mut(
            self.pages[number]
                .as_mut()
                .expect("a present value has a page"),
        );
        let old = page.take(slot as usize % PAGE_SLOTS, &mut self.dictionary);
        self.count -= 1;
        if page.count() == 0 {
            self.pages[number] = None;
        }
        old
    }

    fn put(&mut self, slot: u32, value: Value) {
        let number = slot as usize / PAGE_SLOTS;
        if number >= self.pages.len() {
            self.pages.resize(number + 1, None);
        }
        let page = self.pages[number].get_or_insert_with(|| Arc::new(Page::for_value(&value)));
        Arc::make_mut(page).put(slot as usize % PAGE_SLOTS, value, &mut self.dictionary);
        self.count += 1;
    }

    fn present_at(&self, slot: u32) -> Option<(&Page, usize)> {
        let position = slot as usize % PAGE_SLOTS;
        self.page_of(slot)
            .filter(|page| page.is_present(position))
            .map(|page| (page, position))
    }
}

/// What two equal scalars share; `None` for values that are taken to be all different.
fn bits(page: &Page, position: usize) -> Option<(u8, u64)> {
    match page.values() {
        PageValues::Integers(values) => Some((0, values[position].cast_unsigned())),
        PageValues::Floats(values) => Some((1, values[position].to_bits())),
        PageValues::Booleans(values) => Some((2, u64::from(values[position]))),
        PageValues::Strings(codes) => Some((3, u64::from(codes[position]))),
        PageValues::Mixed(_) => None,
    }
}

/// All positions of a page in an order that differs from page to page, so that no period in the values is met again in
/// each of them.
fn scattered(page: usize) -> impl Iterator<Item = usize> {
    // The mixing step of SplitMix64 (Steele, Lea and Flood 2014).
    let mixed = (page as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = usize::try_from((mixed ^ (mixed >> 27)) & 0xffff_ffff).unwrap_or_default();
    // An odd stride meets every position of a page, whose size is a power of two.
    let (stride, first) = (bits | 1, bits >> 16);
    (0..PAGE_SLOTS)
        .map(move |number| (number.wrapping_mul(stride).wrapping_add(first)) % PAGE_SLOTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(values: impl IntoIterator<Item = Value>) -> Column {
        let mut column = Column::default();
        for (slot, value) in values.into_iter().enumerate() {
            column.replace(narrow(slot), value);
        }
        column
    }

    #[test]
    fn a_page_of_one_type_becomes_mixed_on_a_mismatch() {
        let mut column = filled(["甲", "乙", "甲"].map(Value::from));
        assert_eq!(column.dictionary().len(), 2);
        assert_eq!(column.replace(1, Value::Integer(7)), Value::from("乙"));
        assert_eq!(
            column.dictionary().len(),
            0,
            "a mixed page holds its strings itself"
        );
        assert_eq!(column.get(0), Value::from("甲"));
        assert_eq!(column.string_at(2).map(|text| &**text), Some("甲"));
        assert_eq!(
            (column.integer_at(1), column.integer_at(0)),
            (Some(7), None)
        );
        assert_eq!(column.count(), 3);
    }

    #[test]
    fn pages_come_and_go_with_their_values() {
        let mut column = Column::default();
        column.replace(5000, Value::Float(2.5));
        assert_eq!(
            column
                .pages()
                .map(|(first, page)| (first, page.count()))
                .collect::<Vec<_>>(),
            [(4096, 1)]
        );
        assert_eq!(
            (
                column.float_at(5000),
                column.float_at(4096),
                column.float_at(0)
            ),
            (Some(2.5), None, None)
        );
        assert_eq!(column.replace(5000, Value::Null), Value::Float(2.5));
        assert_eq!((column.pages().count(), column.count()), (0, 0));
    }

    #[test]
    fn a_clone_keeps_its_values() {
        let mut column = filled((0..3000).map(Value::Integer));
        let clone = column.clone();
        column.replace(1500, Value::Boolean(true));
        assert_eq!(clone.get(1500), Value::Integer(1500));
        assert_eq!(column.get(1500), Value::Boolean(true));
        assert_eq!(clone.entries().count(), 3000);
    }

    #[test]
    fn distinct_values_are_estimated() {
        let check = |column: Column, low: usize, high: usize| {
            let estimate = column.distinct_estimate();
            assert!(
                (low..=high).contains(&estimate),
                "{estimate} is not in {low}..={high}"
            );
        };
        check(
            filled((0..50_000).map(|number| Value::from(format!("第{}家", number % 700)))),
            700,
            700,
        );
        check(
            filled((0..50_000).map(|number| Value::Integer(number % 10))),
            10,
            10,
        );
        check(filled((0..50_000).map(Value::Integer)), 50_000, 50_000);
        check(
            filled((0..50_000).map(|number| Value::Integer(number * 7919 % 2000))),
            1_500,
            2_500,
        );
        check(filled([Value::Boolean(true), Value::Boolean(false)]), 2, 2);
        check(Column::default(), 0, 0);
    }
}
