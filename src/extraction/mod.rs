//! Owns reading: what the text of an article says of a region's economy.
//!
//! Takes an [`Article`] and gives a [`Reading`]: entities with every place that names them, relations, and indicators,
//! each with the span of the original text that states it. It knows no graph and no query; who calls makes claims of it.
//!
//! ```text
//! Article ─ text::Normalized ─→ segment::Segments ─→ mentions ─→ entities ─→ relations, indicators
//!           folded, with a map   blocks, sentences    name, type   one for     rules over sentences
//!           back to the original                                   many names
//! ```
//!
//! [`read`] is the whole way. Between the stages everything speaks of the text as read, [`Document::text`]; only what
//! leaves [`read`] points into the original.

mod annotation;
mod article;
mod document;
mod knowledge;
mod lexicon;
mod lint;
mod measure;
mod metadata;
mod names;
#[cfg(test)]
mod oracle;
mod read;
mod reading;
mod relate;
mod rule;
mod scene;
pub mod score;
mod segment;
mod text;

pub use annotation::{Annotation, annotation};
pub use article::Article;
pub use document::Document;
pub use knowledge::Knowledge;
pub use lexicon::{Lexicon, LexiconError};
pub use lint::check_rules;
pub use measure::figures;
pub use metadata::{Metadata, Published};
pub use read::read;
pub use reading::{
    Entity, Indicator, Label, Mention, Qualifier, Reading, Relation, RelationType, Status,
};
pub use rule::{Fault, FaultKind, Rules};
pub use segment::{Block, BlockKind, Reason, Segments, Sentence};
pub use text::{LOST, Normalized, is_ideograph};
