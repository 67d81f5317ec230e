//! The proposer: a model server that is asked for further claims, where the user wants that.
//!
//! Takes an article and its reading, and adds to the reading what the server proposes and the text bears out; the gate
//! then judges it like everything else. Every answer is kept in a lock file: a rebuild asks for nothing that was
//! answered before, and gives the same bytes.
//!
//! ```text
//! Article ─ question ─→ pieces of text with what is asked of them
//!                        │ lock: answered before?      no ─→ client: chat completions, with time limit and retries
//!                        └─→ answer: JSON in the ontology's terms ─→ Reading, and what is rejected
//! ```

mod answer;
mod client;
mod lock;
mod question;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::Error;
use crate::extraction::{Article, Reading};
use answer::Answer;
use client::Client;
use lock::Lock;
use question::Question;

/// Where questions go, and how patient one is.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// The base of the interface, `http://localhost:8000/v1`, or the whole address of its chat completions.
    pub url: String,
    /// The model's name.
    pub model: String,
    /// The key that the server wants.
    pub key: Option<String>,
    /// How long one answer may take.
    pub timeout: Duration,
    /// How often a question is asked again that was not answered.
    pub retries: u32,
}

/// What came of asking about one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposed {
    /// Proposals that the text does not bear out: each a line that says what and why.
    pub rejected: Vec<String>,
    /// Why the article was not asked about, or not in full.
    pub missing: Option<String>,
}

/// Asks a model server for further claims.
#[derive(Debug)]
pub struct Proposer {
    client: Client,
    lock: Lock,
    model: String,
    rule: Arc<str>,
}

impl Proposer {
    /// A proposer with what the lock file holds; one that is not there holds nothing.
    ///
    /// # Errors
    ///
    /// [`Error::File`].
    pub fn open(endpoint: Endpoint, lock: &Path) -> Result<Self, Error> {
        Ok(Self {
            lock: Lock::open(lock)?,
            rule: format!("proposer:{}", endpoint.model).into(),
            model: endpoint.model.clone(),
            client: Client::new(endpoint),
        })
    }

    /// What names the state of the proposer: with another one an article is asked about anew.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        format!("{}/{}", self.rule, question::fingerprint())
    }

    /// Adds to the reading of an article what the server proposes.
    pub fn propose(&self, article: &Article, reading: &mut Reading) -> Proposed {
        let mut proposed = Proposed::default();
        let mut asked = Vec::new();
        for question in Question::all(article, &self.model) {
            asked.push(question.id.clone());
            match self.answer(article, &question) {
                Ok(answer) => {
                    let rejected = answer.add_to(reading, article, question.place, &self.rule);
                    proposed.rejected.extend(rejected);
                }
                Err(reason) => proposed.missing = Some(reason),
            }
        }
        self.lock.keep_only(&article.id, &self.model, asked);
        proposed
    }

    fn answer(&self, article: &Article, question: &Question) -> Result<Answer, String> {
        if let Some(answer) = self
            .lock
            .get(&question.id)
            .as_deref()
            .and_then(Answer::parse)
        {
            return Ok(answer);
        }
        let (text, answer) = self
            .client
            .ask(&question.body(&self.model), Answer::parse)?;
        let kept = self.lock.put(&article.id, &self.model, &question.id, &text);
        kept.map_err(|error| format!("the answer cannot be kept: {error}"))?;
        Ok(answer)
    }

    /// Takes what was answered about documents out of a lock file; one that is not there stays so.
    ///
    /// # Errors
    ///
    /// [`Error::File`].
    pub fn forget(lock: &Path, documents: &[String]) -> Result<(), Error> {
        let lock = Lock::open(lock)?;
        lock.forget(documents);
        lock.close()
    }

    /// Puts the lock file in order, so that it does not depend on when answers came.
    ///
    /// # Errors
    ///
    /// [`Error::File`].
    pub fn close(self) -> Result<(), Error> {
        self.lock.close()
    }
}
