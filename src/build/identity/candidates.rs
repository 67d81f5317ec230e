//! Pairs of things that a person may want to look at.

use std::collections::{BTreeMap, BTreeSet};

use super::names::class;
use super::{Candidate, Thing};
use crate::build::gate::fold;

/// What a person may want to look at: namesakes that stay apart, short forms of several names, names that hold another.
pub(super) fn candidates(
    things: &[Thing],
    ambiguous: &BTreeMap<(&str, String), BTreeSet<String>>,
) -> Vec<Candidate> {
    let mut by_name: BTreeMap<(&str, String), Vec<&Thing>> = BTreeMap::new();
    for thing in things {
        let key = (class(&thing.label), fold(&thing.name));
        by_name.entry(key).or_default().push(thing);
    }
    let mut found = BTreeSet::new();
    let mut add = |left: &Thing, right: &Thing, why: &str| {
        let (left, right) = (
            left.id.clone().min(right.id.clone()),
            left.id.clone().max(right.id.clone()),
        );
        let why = why.to_owned();
        found.insert(Candidate { left, right, why });
    };
    for same in by_name.values() {
        for (at, left) in same.iter().enumerate() {
            for right in &same[at + 1..] {
                add(left, right, "they bear the same name, in different places");
            }
        }
    }
    for ((class, short), longer) in ambiguous {
        let short_things = by_name.get(&(*class, short.clone()));
        for left in short_things.into_iter().flatten() {
            let longer = longer
                .iter()
                .filter_map(|name| by_name.get(&(*class, name.clone())));
            for right in longer.flatten() {
                add(
                    left,
                    right,
                    "the one is a short form of the other, and of others too",
                );
            }
        }
    }
    // A name that ends in another one, with something before it: 深圳市甲中心, 甲中心.
    for ((class, name), left) in &by_name {
        let tails = name.char_indices().skip(2).map(|(at, _)| &name[at..]);
        for tail in tails.filter(|tail| tail.chars().count() >= 4) {
            for right in by_name
                .get(&(*class, tail.to_owned()))
                .into_iter()
                .flatten()
            {
                add(
                    left[0],
                    right,
                    "the one is the other with a place before it",
                );
            }
        }
    }
    found.into_iter().collect()
}
