//! Names that the lexicon holds.

use super::regions::Regions;
use super::text::{Found, Text};
use crate::extraction::lexicon::Classes;

/// Every name of the lexicon that is not already known as a division.
pub(super) fn find(text: &Text<'_>, regions: &Regions, found: &mut Vec<Found>) {
    for (at, token) in text.tokens.iter().enumerate() {
        // 统一, 大众: only a row of enterprises shows that the enterprise is meant.
        const COMMON: Classes = Classes::NOUN
            .with(Classes::VERB)
            .with(Classes::ACTION)
            .with(Classes::ADJECTIVE)
            .with(Classes::ADVERB)
            .with(Classes::ATTRIBUTIVE)
            .with(Classes::NO_NAME);
        if token.is(Classes::NAME)
            && !token.is(COMMON)
            && !regions.is_region(at)
            && let Some(label) = token.term(text.lexicon).and_then(|term| term.label)
        {
            found.push(text.found(at..at + 1, label, "lexicon"));
        }
    }
}
