//! `tupu build`: articles as a graph.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use super::options::HeldTo;
use super::proposer::Proposals;
use super::reader::Reader;
use crate::build::{
    self, Apart, Builder, Corrections, Folder, Merge, Outcome, Propose, Proposer, Registry,
    Skipped, export,
};
use crate::extraction::{Article, read};
use crate::input::Inputs;
use crate::repl::{Console, Failure};
use crate::value::Date;

/// Build a graph from articles, each fact tied to the characters that state it (docs/EVIDENCE.md)
///
/// Articles are added to what was built before: one that is as it was costs nothing, one that has changed takes its
/// old place. What each document claims is kept in a folder beside the graph (region.build for region.ron), or in the
/// graph's own file where that is durable (region.tupu), so that an interrupted build goes on where it stopped. Without articles the graph is made anew from what is kept.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Articles: files of any format in docs/ARTICLES.md, folders, patterns, or - for standard input
    #[arg(value_name = "ARTICLE")]
    articles: Vec<PathBuf>,
    /// The graph to write
    #[arg(short, long, value_name = "GRAPH")]
    output: PathBuf,
    /// Stop at the first article that cannot be read
    #[arg(long)]
    strict: bool,
    /// Leave out what documents stated after this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    #[command(flatten)]
    reader: Reader,
    #[command(flatten)]
    decisions: Decisions,
    #[command(flatten)]
    held_to: HeldTo,
    #[command(flatten)]
    proposals: Proposals,
}

/// The files with what people decided.
#[derive(Debug, clap::Args)]
pub(super) struct Decisions {
    /// Who is who [default: registry.ron in the build's folder]. A durable graph keeps it from then on
    #[arg(long, value_name = "FILE")]
    registry: Option<PathBuf>,
    /// Facts asserted and denied [default: corrections.ron in the build's folder]. A durable graph keeps them from then on
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
}

const REGISTRY: &str = "registry.ron";
const CORRECTIONS: &str = "corrections.ron";

impl Decisions {
    /// Reads both files.
    pub(super) fn open(&self, folder: &Folder) -> Result<(Registry, Corrections), Failure> {
        let registry = match text(folder, self.registry.as_deref(), REGISTRY)? {
            (name, Some(text)) => Registry::parse(&name, &text).map_err(failure)?,
            (_, None) => Registry::new(),
        };
        let corrections = match text(folder, self.corrections.as_deref(), CORRECTIONS)? {
            (name, Some(text)) => Corrections::parse(&name, &text).map_err(failure)?,
            (_, None) => Corrections::default(),
        };
        Ok((registry, corrections))
    }

    /// Adds to the registry.
    pub(super) fn decide(
        &self,
        folder: &Folder,
        merges: &[Merge],
        apart: &[Apart],
    ) -> Result<(), Failure> {
        let (name, text) = text(folder, self.registry.as_deref(), REGISTRY)?;
        let text = Registry::add(&name, text, merges, apart).map_err(failure)?;
        let kept = text.clone().into_bytes();
        match &self.registry {
            Some(path) => std::fs::write(path, text).map_err(|error| Failure::Write {
                path: path.clone(),
                error,
            }),
            None => folder.keep(REGISTRY, kept).map_err(failure),
        }
    }
}

/// The text of a file that was given, or else of the one in the build's folder, with its name. One that was given is
/// kept where the folder is within a graph.
fn text(
    folder: &Folder,
    given: Option<&Path>,
    name: &str,
) -> Result<(String, Option<String>), Failure> {
    let Some(path) = given else {
        let own = folder.path().join(name).display().to_string();
        return Ok((own, folder.text(name).map_err(failure)?));
    };
    let text = match std::fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            return Err(Failure::Read {
                path: path.to_owned(),
                error,
            });
        }
    };
    if let Some(text) = text.as_ref().filter(|_| folder.is_within_graph()) {
        let kept = folder.keep(name, text.clone().into_bytes());
        kept.map_err(failure)?;
    }
    Ok((path.display().to_string(), text))
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let start = Instant::now();
        let folder = Folder::of(&self.output).map_err(failure)?;
        let (registry, corrections) = self.decisions.open(&folder)?;
        let knowledge = self.reader.knowledge()?;
        let ontology = self.held_to.read()?.map(Arc::new);
        let proposer = self.proposals.open(&folder)?;
        let mut fingerprint = knowledge.fingerprint().to_owned();
        fingerprint.extend(proposer.as_ref().map(Proposer::fingerprint));
        let propose = proposer.as_ref().map(|proposer| {
            |article: &Article, reading: &mut _| proposer.propose(article, reading)
        });
        let builder = Builder {
            folder: &folder,
            read: &|article| read(article, &knowledge),
            fingerprint: &fingerprint,
            propose: propose.as_ref().map(|propose| -> &Propose<'_> { propose }),
            is_strict: self.strict,
        };
        let bar = progress(&self.articles);
        let advance = |count: usize| bar.inc(count as u64);
        let open = |article| vec![article];
        let outcome = builder
            .add(articles(self.articles), open, advance)
            .map_err(failure)?;
        bar.finish_and_clear();
        proposer.map_or(Ok(()), Proposer::close).map_err(failure)?;
        for Skipped { name, reason } in &outcome.skipped {
            console.error(&format!("skipped: {name}: {reason}"))?;
        }
        let count = outcome.skipped.len();
        if self.strict && count > 0 {
            return Err(Failure::Skipped { count });
        }
        folder.keep_day(self.as_of).map_err(failure)?;
        let assembled = export(
            &self.output,
            &folder,
            &registry,
            &corrections,
            self.as_of,
            ontology,
        );
        let assembled = assembled.map_err(failure)?;
        for finding in &assembled.findings {
            console.message(&format!("warning: {finding}"))?;
        }
        let view = assembled.graph.view();
        console.remark(&format!(
            "{}: {} nodes and {} relationships, in {:.1} s",
            self.output.display(),
            view.node_count(),
            view.relationship_count(),
            start.elapsed().as_secs_f64()
        ))?;
        tell(&outcome, assembled.denied, console)?;
        match (count, outcome.missing.len()) {
            (0, 0) => Ok(()),
            (0, count) => Err(Failure::Unproposed { count }),
            (count, _) => Err(Failure::Skipped { count }),
        }
    }
}

/// The articles of some paths, and why what is none was skipped.
fn articles(paths: Vec<PathBuf>) -> impl Iterator<Item = Result<Article, Skipped>> {
    Inputs::new(paths).map(|article| {
        article.map_err(|error| Skipped {
            name: error.place(),
            reason: error.reason.to_string(),
        })
    })
}

/// Says how the build went.
fn tell(outcome: &Outcome, denied: usize, console: &mut Console) -> io::Result<()> {
    let Outcome {
        read,
        unchanged,
        rejected,
        missing,
        ..
    } = outcome;
    console.remark(&format!(
        "{read} read, {unchanged} unchanged; {rejected} claims rejected at the gate, {denied} denied by corrections"
    ))?;
    for Skipped { name, reason } in missing {
        console.message(&format!("without all proposals: {name}: {reason}"))?;
    }
    Ok(())
}

/// A bar with the rate, and with the time left where that can be told; only where a terminal shows it.
fn progress(articles: &[PathBuf]) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let count = Inputs::count(articles).filter(|count| *count > 0);
    let (bar, template) = match count {
        Some(count) => (
            ProgressBar::new(count as u64),
            "{bar:30} {pos} of {len} read, {per_sec}, {eta} left",
        ),
        None => (
            ProgressBar::new_spinner(),
            "{spinner} {pos} read, {per_sec}, {elapsed}",
        ),
    };
    let style = ProgressStyle::with_template(template);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

/// The failure to build.
pub(super) fn failure(error: build::Error) -> Failure {
    match error {
        build::Error::File { path, error } => Failure::Read { path, error },
        build::Error::Format(error) => Failure::Graph(error.render()),
        build::Error::NotFound(what) => Failure::NotFound(what),
        other => Failure::Graph(other.to_string()),
    }
}

/// A day, as the user writes it.
pub(super) fn day(text: &str) -> Result<Date, &'static str> {
    Date::parse(text).map_err(|_| "write a day as 2024-01-31")
}
