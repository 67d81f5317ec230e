//! Figures that are said of entities.

use super::{Document, Entity, Indicator, Knowledge};

/// The indicators of an article in the order of the text; spans are of [`Document::text`].
#[must_use]
pub(super) fn indicators(
    _document: &Document,
    _entities: &[Entity],
    _knowledge: &Knowledge,
) -> Vec<Indicator> {
    Vec::new()
}
