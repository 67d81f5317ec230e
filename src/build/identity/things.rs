//! One thing for each set of entities: its label, name, aliases and id.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::Thing;
use super::local::Local;
use super::names::is_lasting;
use super::sets::{References, Sets};
use crate::build::gate::fold;
use crate::build::registry::Registry;
use crate::extraction::Label;

/// By entity: the name that a merge gives it, behind the merge's position.
pub(super) type Given<'r> = FxHashMap<usize, (usize, &'r str)>;

/// The names that merges give: that of the first of what they merge.
pub(super) fn given<'r>(references: &References<'_>, registry: &'r Registry) -> Given<'r> {
    let mut given = Given::default();
    for (at, merge) in registry.merges.iter().enumerate() {
        let first = merge.of.first();
        let Some((first, (_, name))) = first.and_then(|of| Some((of, of.split_once('/')?))) else {
            continue;
        };
        let name = name.split(['@', '(']).next().unwrap_or(name);
        for local in references.matching(first) {
            given.entry(local).or_insert((at, name));
        }
    }
    given
}

/// One thing for each set, sorted by id, and the position of each entity's.
pub(super) fn things(
    locals: &[Local<'_>],
    sets: &mut Sets,
    given: &Given<'_>,
) -> (Vec<Thing>, Vec<usize>) {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..locals.len() {
        members.entry(sets.find(at)).or_default().push(at);
    }
    let mut named: Vec<(Thing, Vec<usize>)> = members
        .into_values()
        .map(|members| (thing(locals, &members, given), members))
        .collect();
    tell_apart(locals, &mut named);
    named.sort_by(|(left, _), (right, _)| left.id.cmp(&right.id));
    let mut position = vec![0; locals.len()];
    for (at, (_, members)) in named.iter().enumerate() {
        for member in members {
            position[*member] = at;
        }
    }
    (
        named.into_iter().map(|(thing, _)| thing).collect(),
        position,
    )
}

fn thing(locals: &[Local<'_>], members: &[usize], given: &Given<'_>) -> Thing {
    let of = || members.iter().map(|at| &locals[*at]);
    let mut labels: BTreeMap<&str, usize> = BTreeMap::new();
    for local in of() {
        *labels.entry(local.label).or_default() += 1;
    }
    let order = |label: &str| Label::ALL.iter().position(|known| known.name() == label);
    let label = labels
        .iter()
        .min_by_key(|(label, count)| (std::cmp::Reverse(**count), order(label)))
        .map_or("", |(label, _)| *label);
    let registered = of().filter_map(|local| local.registered).min();
    let merged = || members.iter().filter_map(|at| given.get(at)).min();
    let merged = || merged().map(|(_, name)| *name);
    // Of the names that are compared, the longest; of its spellings, the most frequent.
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for local in of() {
        *names.entry(local.name).or_default() += 1;
    }
    let spelled = || {
        let is_key = |name: &str| {
            let name = fold(name);
            of().any(|local| local.key == name)
        };
        let rank = |name: &str, count: usize| (is_key(name), name.chars().count(), count);
        names
            .iter()
            .max_by(|(left, left_count), (right, right_count)| {
                rank(left, **left_count)
                    .cmp(&rank(right, **right_count))
                    .then_with(|| right.cmp(left))
            })
            .map_or("", |(name, _)| *name)
    };
    let name = registered
        .or_else(merged)
        .unwrap_or_else(spelled)
        .to_owned();
    let aliases: BTreeSet<&str> = of()
        .flat_map(|local| local.forms.iter().copied())
        .filter(|form| *form != name && is_lasting(form))
        .collect();
    Thing {
        id: format!("{label}/{name}"),
        label: label.to_owned(),
        aliases: aliases.into_iter().map(str::to_owned).collect(),
        name,
    }
}

/// Adds to the ids of namesakes what tells them apart: the place, else the first document.
fn tell_apart(locals: &[Local<'_>], things: &mut [(Thing, Vec<usize>)]) {
    let mut by_id: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, (thing, _)) in things.iter().enumerate() {
        by_id.entry(thing.id.clone()).or_default().push(at);
    }
    for (id, same) in by_id.into_iter().filter(|(_, same)| same.len() > 1) {
        let mut taken = BTreeSet::new();
        let is_placed = |at: &usize| {
            let members = &things[*at].1;
            members
                .iter()
                .any(|member| locals[*member].places().next().is_some())
        };
        let unplaced: Vec<usize> = same.iter().copied().filter(|at| !is_placed(at)).collect();
        for at in same {
            // The one that no document places keeps the plain id.
            if unplaced == [at] {
                continue;
            }
            let (thing, members) = &mut things[at];
            let of = || members.iter().map(|member| &locals[*member]);
            let anchor = of().flat_map(|local| &local.anchors).min();
            let place = anchor.map(String::as_str);
            let place = place.or_else(|| of().filter_map(|local| local.code).min());
            let place = place.map(|place| format!("{id}({place})"));
            let document = of().map(|local| local.document).min();
            let own = place.filter(|own| taken.insert(own.clone()));
            thing.id = own.unwrap_or_else(|| {
                let own = format!("{id}@{}", document.unwrap_or_default());
                taken.insert(own.clone());
                own
            });
        }
    }
}
