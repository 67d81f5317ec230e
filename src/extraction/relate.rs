//! What holds between entities.

use super::{Document, Entity, Knowledge, Relation};

/// The relations of an article in the order of the text; spans are of [`Document::text`].
#[must_use]
pub(super) fn relations(
    _document: &Document,
    _entities: &[Entity],
    _knowledge: &Knowledge,
) -> Vec<Relation> {
    Vec::new()
}
