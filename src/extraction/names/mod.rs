//! Owns names: what an article names, of which kind, and which names mean the same.
//!
//! Takes a document in sentences and the lexicon; gives entities with every place that names them.
//!
//! ```text
//! sentences ─ tokens ─→ words ─ regions, known, headed, marked, policies, industries, people, lists ─→ places
//!           least cost                                                     resolve: the longest win, ─→ entities
//!                                                                          one entity for many names
//! ```

mod bounds;
mod brands;
mod codes;
mod events;
mod headed;
mod industries;
mod kinds;
mod known;
mod lists;
mod marked;
mod people;
mod policies;
mod regions;
mod repeats;
mod resolve;
mod text;
mod tokens;

use super::{Document, Knowledge};
use regions::Regions;
pub(super) use resolve::Named;
use text::Text;

/// The entities of an article; spans are of [`Document::text`].
#[must_use]
pub(super) fn entities(document: &Document, knowledge: &Knowledge) -> Named {
    let text = Text::new(document, knowledge.lexicon());
    let regions = Regions::new(&text);
    let mut found = Vec::new();
    regions.find(&text, &mut found);
    known::find(&text, &regions, &mut found);
    marked::find(&text, &regions, &mut found);
    headed::find(&text, &regions, &mut found);
    brands::find(&text, &mut found);
    events::find(&text, &regions, &mut found);
    policies::find(&text, &regions, &mut found);
    industries::find(&text, &regions, &mut found);
    people::find(&text, &regions, &mut found);
    lists::find(&text, &regions, &mut found);
    let chosen = resolve::choose(text.source, found);
    let mut named = resolve::entities(&text, &regions, &chosen);
    repeats::add(&text, &chosen, &mut named.entities);
    codes::add(knowledge.lexicon(), &mut named.entities);
    named
}

#[cfg(test)]
mod tests;
