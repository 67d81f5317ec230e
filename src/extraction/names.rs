//! What an article names: mentions, their types, and one entity for many names.

use super::{Document, Entity, Knowledge};

/// The entities of an article in the order of their first mention; spans are of [`Document::text`].
#[must_use]
pub(super) fn entities(_document: &Document, _knowledge: &Knowledge) -> Vec<Entity> {
    Vec::new()
}
