//! The numbers of labels, relationship types and property keys.

use std::sync::Arc;

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use super::narrow;

/// A label's number within one graph, in the order of first use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LabelId(pub u32);
/// A relationship type's number within one graph, in the order of first use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub u32);
/// A property key's number within one graph, in the order of first use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(pub u32);

/// The three lists of names of a graph. A name once interned stays, also when nothing bears it any more.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    pub(super) labels: NameList,
    pub(super) types: NameList,
    pub(super) keys: NameList,
}

/// Names with their numbers, found by either.
#[derive(Clone, Debug, Default)]
pub(super) struct NameList(IndexSet<Arc<str>, FxBuildHasher>);

impl NameList {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.0.get_index_of(name).map(narrow)
    }

    pub(super) fn name(&self, number: u32) -> &Arc<str> {
        self.0
            .get_index(number as usize)
            .expect("ids of names come from the graph that is asked")
    }

    pub(super) fn add(&mut self, name: &str) -> u32 {
        narrow(self.0.insert_full(name.into()).0)
    }
}
