//! A build: articles are read in parallel, what each claims is kept as soon as it is known, and the graph is written.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::folder::{hash, write_with};
use super::{Assembled, ByHand, Corrections, Error, Folder, Proposed, Registry, assemble, claims};
use crate::extraction::{Article, Reading};
use crate::format::ron::{self, Ids};
use crate::ontology::{Mode, Ontology};
use crate::store::Contents;
use crate::value::Date;

/// How many files are opened at a time: so many texts stand in memory.
const BATCH: usize = 64;

/// Reads articles and keeps what they claim.
pub struct Builder<'a> {
    /// Where it is kept.
    pub folder: &'a Folder,
    /// Reads one article.
    pub read: &'a (dyn Fn(&Article) -> Reading + Sync),
    /// What readings depend on beside the article: the release, lexicons, rules. With another one all is read anew.
    pub fingerprint: &'a str,
    /// Adds to what an article claims, and says what is missing where that failed.
    pub propose: Option<&'a Propose<'a>>,
    /// Whether the first document that cannot be read ends the build.
    pub is_strict: bool,
}

/// Adds to the reading of an article.
pub type Propose<'a> = dyn Fn(&Article, &mut Reading) -> Proposed + Sync + 'a;

/// What is in a file: articles, and parts that cannot be read.
pub type Opened = Vec<Result<Article, Skipped>>;

/// Something that was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The file or document.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// How a build went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many documents were read.
    pub read: usize,
    /// How many were as they had been read before.
    pub unchanged: usize,
    /// How many claims did not pass the gate.
    pub rejected: usize,
    /// What was not read.
    pub skipped: Vec<Skipped>,
    /// What a proposer should have added, and why it did not.
    pub missing: Vec<Skipped>,
}

/// What became of one article.
enum Step {
    Unchanged,
    Read {
        rejected: usize,
        missing: Option<Skipped>,
    },
}

impl Builder<'_> {
    /// Reads what `open` finds in each of the sources and keeps what it claims; `advance` hears of each source that is
    /// done. What is kept does not depend on threads; a source that was done stays done when the build is interrupted.
    ///
    /// # Errors
    ///
    /// [`Error::File`], [`Error::Claims`]. A document that cannot be read is told in the [`Outcome`].
    pub fn add<S: Send>(
        &self,
        sources: impl Iterator<Item = S>,
        open: impl Fn(S) -> Opened + Sync,
        advance: impl Fn(usize),
    ) -> Result<Outcome, Error> {
        self.folder.prepare()?;
        let mut outcome = Outcome::default();
        let mut seen = BTreeMap::new();
        let mut sources = sources.peekable();
        while sources.peek().is_some() {
            let batch: Vec<S> = sources.by_ref().take(BATCH).collect();
            let count = batch.len();
            let opened: Vec<Opened> = batch.into_par_iter().map(&open).collect();
            let articles = outcome.admit(opened.into_iter().flatten(), &mut seen);
            if self.is_strict && !outcome.skipped.is_empty() {
                return Ok(outcome);
            }
            let steps: Vec<Step> = articles
                .par_iter()
                .map(|article| self.article(article))
                .collect::<Result<_, Error>>()?;
            for step in steps {
                outcome.count(step);
            }
            self.folder.flush()?;
            advance(count);
        }
        Ok(outcome)
    }

    fn article(&self, article: &Article) -> Result<Step, Error> {
        let hash = self.hash(article);
        let known = self.folder.load(&article.id);
        // What was kept by another release is read anew, as is what was damaged.
        if known.is_ok_and(|known| known.is_some_and(|known| known.hash == hash)) {
            return Ok(Step::Unchanged);
        }
        let mut reading = (self.read)(article);
        let proposed = self
            .propose
            .map_or_else(Proposed::default, |propose| propose(article, &mut reading));
        let missing = proposed.missing.map(|reason| Skipped {
            name: article.id.to_string(),
            reason,
        });
        // What is not complete is asked for again by the next build.
        let hash = if missing.is_some() {
            String::new()
        } else {
            hash
        };
        let mut claims = claims(article, &reading, hash);
        claims.rejected.extend(proposed.rejected);
        self.folder.store(&claims)?;
        Ok(Step::Read {
            rejected: claims.rejected.len(),
            missing,
        })
    }

    fn hash(&self, article: &Article) -> String {
        let date = article.date.map(|date| date.to_string());
        let given = [&article.title, &article.source, &date];
        let given = given.map(|text| text.as_deref().map_or(&b""[..], str::as_bytes));
        let parts = [self.fingerprint.as_bytes(), article.text.as_bytes()];
        hash(parts.into_iter().chain(given))
    }
}

impl Outcome {
    /// The articles to be read; of two with one id the first.
    fn admit(
        &mut self,
        opened: impl Iterator<Item = Result<Article, Skipped>>,
        seen: &mut BTreeMap<std::sync::Arc<str>, String>,
    ) -> Vec<Article> {
        let mut articles = Vec::new();
        for found in opened {
            let article = match found {
                Ok(article) => article,
                Err(skipped) => {
                    self.skipped.push(skipped);
                    continue;
                }
            };
            let text = hash([article.text.as_bytes()]);
            match seen.get(&article.id) {
                None => {
                    seen.insert(article.id.clone(), text);
                    articles.push(article);
                }
                // The same article twice is no more than that.
                Some(first) if *first == text => {}
                Some(_) => self.skipped.push(Skipped {
                    name: article.id.to_string(),
                    reason:
                        "another document of this build has the same id; rename one, or give ids"
                            .to_owned(),
                }),
            }
        }
        articles
    }

    fn count(&mut self, step: Step) {
        match step {
            Step::Unchanged => self.unchanged += 1,
            Step::Read { rejected, missing } => {
                self.read += 1;
                self.rejected += rejected;
                self.missing.extend(missing);
            }
        }
    }
}

/// Makes the graph of a folder's claims and writes it to its file, with what in that file no claim supports. It is held to
/// an ontology where one is given, and otherwise to the one that a durable graph has; a durable graph keeps it.
///
/// # Errors
///
/// [`Error`]; the file then holds what it held.
pub fn export(
    graph: &Path,
    folder: &Folder,
    registry: &Registry,
    corrections: &Corrections,
    day: Option<Date>,
    ontology: Option<Arc<Ontology>>,
) -> Result<Assembled, Error> {
    if let Some(old) = folder.graph() {
        return export_within(old?, folder, registry, corrections, day, ontology);
    }
    let by_hand = ByHand::open(graph)?;
    let mut assembled = assemble(folder, registry, corrections, &by_hand, day)?;
    assembled.hold_to(ontology.as_deref())?;
    write_with(graph, |out| {
        ron::write_to(
            assembled.graph.view(),
            &assembled.ids,
            assembled.evidence(),
            out,
        )
    })?;
    Ok(assembled)
}

impl Assembled {
    /// Finds out what in the graph an ontology does not allow.
    fn hold_to(&mut self, ontology: Option<&Ontology>) -> Result<(), Error> {
        let Some(ontology) = ontology else {
            return Ok(());
        };
        let go_on = || Ok::<(), Error>(());
        let findings = ontology.findings(self.graph.view(), None, go_on)?;
        if ontology.mode == Mode::Enforce && !findings.is_empty() {
            return Err(Error::Ontology(findings));
        }
        self.findings = findings;
        Ok(())
    }
}

/// As [`export`], for a folder within the graph: indexes and constraints stay, and must hold.
fn export_within(
    old: Contents,
    folder: &Folder,
    registry: &Registry,
    corrections: &Corrections,
    day: Option<Date>,
    ontology: Option<Arc<Ontology>>,
) -> Result<Assembled, Error> {
    let ontology = ontology.or(old.ontology);
    let ids = Ids::new(old.file_ids, old.head).with_evidence(old.evidence);
    let by_hand = ByHand::of(old.graph.view(), &ids);
    let mut assembled = assemble(folder, registry, corrections, &by_hand, day)?;
    assembled.graph.copy_schema(old.graph.view())?;
    assembled.hold_to(ontology.as_deref())?;
    assembled.graph.commit();
    let evidence = assembled.whole_evidence();
    let mut evidence = evidence.map_err(Error::file(folder.path()))?;
    let written = assembled.ids.evidence().by_hand.iter();
    evidence.by_hand.extend(written);
    let mut contents = Contents {
        graph: std::mem::take(&mut assembled.graph),
        file_ids: assembled.ids.named(),
        head: assembled.ids.head().to_owned(),
        evidence: Arc::new(evidence),
        ontology,
        ..Contents::default()
    };
    let replaced = folder.replace_graph(&contents);
    assembled.graph = std::mem::take(&mut contents.graph);
    replaced?;
    Ok(assembled)
}
