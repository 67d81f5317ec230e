//! Sets of entities that are one thing.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::local::Local;
use super::names::class;
use crate::build::gate::fold;
use crate::build::registry::Registry;

/// Sets of entities that are one thing, never joined against the registry.
pub(super) struct Sets {
    parent: Vec<usize>,
    /// By set: for each decision to keep apart, which of its sides the set holds.
    sides: FxHashMap<usize, BTreeMap<Decision, usize>>,
}

/// What keeps sets apart that are on different sides of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Decision {
    /// A line of the registry, by its position.
    Registry(usize),
    /// Official codes: each code is a side.
    Codes,
}

impl Sets {
    pub(super) fn new(count: usize) -> Self {
        Self {
            parent: (0..count).collect(),
            sides: FxHashMap::default(),
        }
    }

    /// Keeps apart, and makes one, what the registry says.
    pub(super) fn decide(&mut self, references: &References<'_>, registry: &Registry) {
        for (decision, apart) in registry.apart.iter().enumerate() {
            for (side, reference) in apart.of.iter().enumerate() {
                for local in references.matching(reference) {
                    let sides = self.sides.entry(local).or_default();
                    sides.insert(Decision::Registry(decision), side);
                }
            }
        }
        for merge in &registry.merges {
            let named = merge.of.iter().flat_map(|of| references.matching(of));
            let named: Vec<usize> = named.collect();
            for pair in named.windows(2) {
                self.unite(pair[0], pair[1]);
            }
        }
    }

    /// Makes one what has the same code, and keeps apart what has another, unless the registry has made it one.
    pub(super) fn unite_codes(&mut self, locals: &[Local<'_>]) {
        let mut by_code: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, local) in locals.iter().enumerate() {
            if let Some(code) = local.code {
                by_code.entry(code).or_default().push(at);
            }
        }
        for (side, same) in by_code.values().enumerate() {
            for at in same {
                let set = self.find(*at);
                let sides = self.sides.entry(set).or_default();
                sides.entry(Decision::Codes).or_insert(side);
            }
        }
        for same in by_code.values() {
            for pair in same.windows(2) {
                self.unite(pair[0], pair[1]);
            }
        }
    }

    pub(super) fn find(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    pub(super) fn unite(&mut self, left: usize, right: usize) {
        let (left, right) = (self.find(left), self.find(right));
        if left == right {
            return;
        }
        let of_right = self.sides.get(&right).cloned().unwrap_or_default();
        let of_left = self.sides.get(&left).cloned().unwrap_or_default();
        let is_forbidden = of_right
            .iter()
            .any(|(decision, side)| of_left.get(decision).is_some_and(|other| other != side));
        if is_forbidden {
            return;
        }
        let (root, child) = (left.min(right), left.max(right));
        self.parent[child] = root;
        if !(of_left.is_empty() && of_right.is_empty()) {
            self.sides
                .insert(root, of_left.into_iter().chain(of_right).collect());
        }
    }
}

/// The entities by what the registry may call them.
pub(super) struct References<'l> {
    locals: &'l [Local<'l>],
    named: FxHashMap<(&'l str, &'l str), Vec<usize>>,
}

impl<'l> References<'l> {
    pub(super) fn new(locals: &'l [Local<'l>]) -> Self {
        let mut named: FxHashMap<(&str, &str), Vec<usize>> = FxHashMap::default();
        for (at, local) in locals.iter().enumerate() {
            for name in local.folded.iter().chain([&local.key]) {
                let same = named.entry((local.class, name)).or_default();
                if same.last() != Some(&at) {
                    same.push(at);
                }
            }
        }
        Self { locals, named }
    }

    /// The entities that a reference means: `Park/甲园`, `Park/甲园@report-a`, `District/鼓楼区(南京)`.
    pub(super) fn matching(&self, reference: &str) -> Vec<usize> {
        let Some((label, rest)) = reference.split_once('/') else {
            return Vec::new();
        };
        let (name, document) = match rest.rsplit_once('@') {
            Some((name, document)) => (name, Some(document)),
            None => (rest, None),
        };
        let (name, anchor) = match name
            .strip_suffix(')')
            .and_then(|name| name.rsplit_once('('))
        {
            Some((name, anchor)) => (name, Some(anchor)),
            None => (name, None),
        };
        let is_meant = |at: &usize| {
            let local = &self.locals[*at];
            document.is_none_or(|document| document == local.document)
                && anchor.is_none_or(|anchor| local.places().any(|place| place == anchor))
        };
        let name = fold(name);
        let named = self
            .named
            .get(&(class(label), &*name))
            .into_iter()
            .flatten();
        named.copied().filter(is_meant).collect()
    }
}

/// Joins entities of the same name that no document places apart.
pub(super) fn unite_names(locals: &[Local<'_>], sets: &mut Sets) {
    let mut by_name: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (at, local) in locals.iter().enumerate() {
        by_name
            .entry((local.class, &local.key))
            .or_default()
            .push(at);
    }
    for same in by_name.into_values() {
        let mut by_anchor: BTreeMap<&str, usize> = BTreeMap::new();
        for &at in &same {
            let mut first = None;
            for anchor in locals[at].places() {
                let at = *by_anchor.entry(anchor).or_insert(at);
                sets.unite(*first.get_or_insert(at), at);
            }
            if let Some(first) = first {
                sets.unite(first, at);
            }
        }
        let places: BTreeSet<usize> = by_anchor.values().map(|at| sets.find(*at)).collect();
        let mut unplaced = same
            .iter()
            .filter(|at| locals[**at].places().next().is_none());
        // What no document places is the one that is placed, unless there are several.
        let target = match places.len() {
            1 => places.first().copied(),
            _ => unplaced.clone().next().copied(),
        };
        if let Some(target) = target {
            unplaced.by_ref().for_each(|at| sets.unite(target, *at));
        }
    }
}

/// Lets entities that bear the short form of exactly one longer name be compared by that name; gives the short forms
/// that several names have.
pub(super) fn follow_short_forms<'c>(
    locals: &mut [Local<'c>],
) -> BTreeMap<(&'c str, String), BTreeSet<String>> {
    let mut names: FxHashMap<(&str, String), BTreeSet<String>> = FxHashMap::default();
    for local in locals.iter() {
        for short in &local.short {
            let is_other = *short != local.key;
            if is_other {
                let key = (local.class, short.clone());
                names.entry(key).or_default().insert(local.key.clone());
            }
        }
    }
    let mut ambiguous = BTreeMap::new();
    for local in locals {
        let mut seen = BTreeSet::from([local.key.clone()]);
        while let Some(longer) = names.get(&(local.class, local.key.clone())) {
            let mut longer_names = longer.iter();
            match (longer_names.next(), longer_names.next()) {
                (Some(only), None) if seen.insert(only.clone()) => local.key.clone_from(only),
                (Some(_), Some(_)) => {
                    ambiguous.insert((local.class, local.key.clone()), longer.clone());
                    break;
                }
                _ => break,
            }
        }
    }
    ambiguous
}
