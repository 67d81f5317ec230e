//! What the reader knows before it reads.

use std::sync::{Arc, LazyLock};

use sha2::{Digest as _, Sha256};

use super::{Fault, Lexicon, LexiconError, Rules};

/// The automaton of the lexicons that come with tupu.
const AUTOMATON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.automaton"));

/// Lexicons and rules, compiled once for all articles.
#[derive(Debug)]
pub struct Knowledge {
    lexicon: Lexicon,
    rules: Arc<Rules>,
    fingerprint: String,
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
        let texts = lexicons.iter().map(|(_, text)| text.as_str());
        Ok(Self {
            lexicon: match lexicons {
                [] => Lexicon::standard(AUTOMATON)?,
                further => Lexicon::with(further)?,
            },
            rules: Rules::standard(),
            fingerprint: extended(env!("TUPU_READER"), "lexicon", texts),
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
        let texts = files.iter().map(|(_, text)| text.as_str());
        self.fingerprint = extended(&self.fingerprint, "rules", texts);
        Ok(self)
    }

    /// What names the state of the reader: with the same fingerprint an article is read to the same.
    ///
    /// It changes with the code of the reader, with the rules and lexicons that come with tupu, and with further ones.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
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

/// A fingerprint of a state of the reader and of further texts.
fn extended<'t>(fingerprint: &str, kind: &str, texts: impl Iterator<Item = &'t str>) -> String {
    let mut fingerprint = fingerprint.to_owned();
    for text in texts {
        fingerprint.push_str(&format!("+{kind}:"));
        let digest = Sha256::digest(text);
        fingerprint.extend(digest.iter().take(16).map(|byte| format!("{byte:02x}")));
    }
    fingerprint
}
