//! The official codes of regions, where it is certain which region is meant.

use rustc_hash::FxHashSet;

use crate::extraction::lexicon::{Classes, Lexicon};
use crate::extraction::{Entity, Label};

/// Gives regions their codes: a name that one division alone bears, or one alone of those inside of what the article
/// names with certainty.
pub(super) fn add(lexicon: &Lexicon, entities: &mut [Entity]) {
    let borne: Vec<Vec<u32>> = entities
        .iter()
        .map(|entity| match entity.label {
            Label::Province | Label::City | Label::District | Label::Zone => {
                bearers(lexicon, &entity.name)
            }
            _ => Vec::new(),
        })
        .collect();
    let is_one = |divisions: &&Vec<u32>| divisions.len() == 1;
    let certain: FxHashSet<u32> = borne.iter().filter(is_one).flatten().copied().collect();
    for (entity, divisions) in entities.iter_mut().zip(&borne) {
        let around = || {
            let inside = |one: &u32| outer(lexicon, *one).any(|outer| certain.contains(&outer));
            only(divisions.iter().copied().filter(inside))
        };
        let division = only(divisions.iter().copied()).or_else(around);
        entity.code =
            division.and_then(|one| lexicon.division(one).code.as_deref().map(Into::into));
    }
}

/// The divisions that bear a name, with or without what they lie in before it.
fn bearers(lexicon: &Lexicon, name: &str) -> Vec<u32> {
    let ending = |start: usize| {
        let matches = lexicon.matches(name);
        let there = matches.filter(move |(from, to, _)| *from == start && *to == name.len());
        there.flat_map(|(.., term)| {
            let term = lexicon.term(term);
            let is_division = term
                .classes
                .has(Classes::DIVISION.with(Classes::DIVISION_SHORT));
            let bearers = lexicon.bearers(term);
            bearers.iter().copied().filter(move |_| is_division)
        })
    };
    let whole: Vec<u32> = ending(0).collect();
    if !whole.is_empty() {
        return whole;
    }
    let before = |one: u32| {
        let of = &lexicon.division(one).name;
        outer(lexicon, one).any(|outer| {
            let start = lexicon.division(outer).name.len();
            name.starts_with(&lexicon.division(outer).name) && name[start..] == **of
        })
    };
    let starts = name.char_indices().skip(1).map(|(at, _)| at);
    starts.flat_map(ending).filter(|one| before(*one)).collect()
}

/// What a division lies in, from the inside out.
fn outer(lexicon: &Lexicon, division: u32) -> impl Iterator<Item = u32> + '_ {
    let parent = move |one: &u32| {
        let parent = lexicon.division(*one).parent?;
        u32::try_from(parent).ok()
    };
    std::iter::successors(parent(&division), parent)
}

/// The one of some divisions that are all the same.
fn only(mut divisions: impl Iterator<Item = u32>) -> Option<u32> {
    let first = divisions.next()?;
    divisions.all(|other| other == first).then_some(first)
}
