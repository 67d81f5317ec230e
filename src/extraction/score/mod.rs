//! Owns the comparison of what was read with what people annotated.
//!
//! Takes annotations of the same articles, read and reference; gives precision, recall and F1 of entities, relations and
//! indicators, micro-averaged over all articles.

mod annotated;
mod compare;
mod tally;

pub use annotated::{Annotated, AnnotatedEntity, AnnotatedIndicator, AnnotatedRelation};
pub use compare::Scores;
pub use tally::Tally;
