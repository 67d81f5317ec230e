//! An article made ready for reading.

use super::{Article, Metadata, Normalized, Segments};

/// What all stages of reading work on: the text as read, its parts, and what is known of the article.
#[derive(Clone, Debug)]
pub struct Document {
    /// The text as read, with the map to the original.
    pub normalized: Normalized,
    /// Its blocks, sentences and clauses.
    pub segments: Segments,
    /// Title, outlet and date.
    pub metadata: Metadata,
}

impl Document {
    /// Makes an article ready.
    #[must_use]
    pub fn new(article: &Article) -> Self {
        let normalized = Normalized::new(&article.text);
        let title = article.title.as_deref().map(Normalized::new);
        let segments = Segments::new(normalized.text(), title.as_ref().map(Normalized::text));
        let metadata = Metadata::find(article, normalized.text(), &segments);
        Self {
            normalized,
            segments,
            metadata,
        }
    }

    /// The text as read; every span between the stages is one of it.
    #[must_use]
    pub fn text(&self) -> &str {
        self.normalized.text()
    }
}
