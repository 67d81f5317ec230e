//! What the reader knows before it reads.

use std::sync::{Arc, LazyLock};

use super::{Fault, Lexicon, LexiconError, Rules};

/// Lexicons and rules, compiled once for all articles.
#[derive(Debug)]
pub struct Knowledge {
    lexicon: Lexicon,
    rules: Arc<Rules>,
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
            rules: Rules::standard(),
        })
    }

    /// The same with further rules: names of files with their texts.
    ///
    /// # Errors
    ///
    /// [`Fault`] where a file is no file of rules.
    pub fn with_rules(mut self, files: &[(String, String)]) -> Result<Self, Fault> {
        for (name, text) in files {
            self.rules = Arc::new(self.rules.extended(name, text)?);
        }
        Ok(self)
    }

    /// What is known of words.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// How relations are read.
    pub(crate) fn rules(&self) -> &Rules {
        &self.rules
    }
}
