//! Owns evidence: which characters of which document support which fact of a graph.
//!
//! Two forms of the same thing live here. [`Claims`] is what one document claims, by the names that the document uses;
//! it is made once for a document and kept. [`Evidence`] is what all documents claim, tied to the nodes and
//! relationships of one graph; queries ask it. A graph needs no evidence: everything works without.
//!
//! ```text
//! Claims (one a document, kept)          Evidence (beside a graph)
//!   text, title, outlet, date              documents ─→ passages ─→ claims
//!   entities, relations, indicators                                 │
//!   with spans of bytes                              node or relationship, characters from … to …
//! ```
//!
//! A durable store keeps a graph's [`Evidence`]; a build keeps the [`Claims`] of each document under the document's id, in
//! a form for serde that has a version.

mod as_of;
mod claims;
mod conflict;
#[expect(
    clippy::module_inception,
    reason = "the file is named after its main item"
)]
mod evidence;
mod passage;

pub use as_of::keep_known;
pub use claims::{Claims, Document, Entity, Indicator, Mention, Relation};
pub use conflict::{Conflict, Side, conflicts};
pub use evidence::{Claim, Evidence, Fact, Passage, Status};
pub use passage::{Characters, sentence, sentences};

/// The property that lists the documents which state a fact.
pub const SOURCES: &str = "sources";
/// The label of nodes that stand for documents.
pub const DOCUMENT: &str = "Document";
/// The label of nodes that stand for figures.
pub const INDICATOR: &str = "Indicator";
/// The type of the relationships from a document to what it names.
pub const MENTIONS: &str = "MENTIONS";
/// The type of the relationships from what is measured to its figures.
pub const HAS_INDICATOR: &str = "HAS_INDICATOR";
