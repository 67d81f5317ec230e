//! Identity: which names of which documents are one thing.
//!
//! A cascade, in this order, every step of it certain or not taken: what the registry says; a code; the same folded
//! name; an alias or short form that an article itself introduces, where only one thing bears it; a name with its region
//! before it. Namesakes are never guessed to be one: where documents place two of the same name in different cities, or
//! at the head of different bodies, they stay apart, and `tupu resolve` shows them.
//!
//! The result depends on the set of documents, not on their order.

mod candidates;
mod local;
mod names;
mod sets;
mod things;

use super::registry::Registry;
use crate::evidence::Claims;
use local::{Known, Local};
use sets::{References, Sets};

/// Which things there are, and which one each entity of each document is.
#[derive(Clone, Debug, Default)]
pub struct Identities {
    /// The things, sorted by id.
    pub things: Vec<Thing>,
    /// The position of the thing for each entity of each document.
    of: Vec<Vec<usize>>,
    /// What may be one thing, but was not certain.
    pub candidates: Vec<Candidate>,
}

/// A thing that documents name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// Its id in graph files: `District/坪山区`, with what tells it from a namesake: `District/鼓楼区(南京)`.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Its name.
    pub name: String,
    /// Its other names that mean it outside of one article, sorted.
    pub aliases: Vec<String>,
}

/// Two things that a person may want to look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// The id of the one.
    pub left: String,
    /// The id of the other.
    pub right: String,
    /// What speaks for one thing.
    pub why: String,
}

impl Identities {
    /// Finds out which things there are. Documents are in the order of their ids.
    ///
    /// # Complexity
    ///
    /// O(n log n) for n entities of documents.
    #[must_use]
    pub fn new(documents: &[Claims], registry: &Registry) -> Self {
        let known = Known::new(registry);
        let mut locals = Vec::new();
        let mut of = Vec::with_capacity(documents.len());
        for claims in documents {
            let first = locals.len();
            locals.extend((0..claims.entities.len()).map(|at| Local::new(claims, at, &known)));
            of.push((first..locals.len()).collect::<Vec<_>>());
        }
        let ambiguous = sets::follow_short_forms(&mut locals);
        let references = References::new(&locals);
        let mut sets = Sets::new(locals.len());
        sets.decide(&references, registry);
        sets.unite_codes(&locals);
        sets::unite_names(&locals, &mut sets);
        let given = things::given(&references, registry);
        let (things, position) = things::things(&locals, &mut sets, &given);
        for entity in of.iter_mut().flatten() {
            *entity = position[*entity];
        }
        let candidates = candidates::candidates(&things, &ambiguous);
        Self {
            things,
            of,
            candidates,
        }
    }

    /// The position of the thing that an entity of a document is.
    #[must_use]
    pub fn thing(&self, document: usize, entity: usize) -> usize {
        self.of[document][entity]
    }
}
