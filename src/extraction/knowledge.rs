//! What the reader knows before it reads.

use std::sync::LazyLock;

use super::{Lexicon, LexiconError};

/// Lexicons and rules, compiled once for all articles.
#[derive(Debug)]
pub struct Knowledge {
    lexicon: Lexicon,
}

impl Knowledge {
    /// The lexicons and rules that come with tupu.
    #[must_use]
    pub fn standard() -> &'static Self {
        static STANDARD: LazyLock<Knowledge> = LazyLock::new(|| {
            Knowledge::with(&[]).expect("the lexicons that come with tupu are read by the tests")
        });
        &STANDARD
    }

    /// The lexicons and rules that come with tupu, and further lexicons: names of files with their texts.
    ///
    /// # Errors
    ///
    /// [`LexiconError`] where a file is no lexicon.
    pub fn with(lexicons: &[(String, String)]) -> Result<Self, LexiconError> {
        Ok(Self {
            lexicon: Lexicon::with(lexicons)?,
        })
    }

    /// What is known of words.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }
}
