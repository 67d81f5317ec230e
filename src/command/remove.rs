//! `tupu remove`: takes documents out of a graph.

use std::path::{Path, PathBuf};

use super::build::{Decisions, failure};
use crate::build::{self, Folder, Proposer, export};
use crate::repl::{Console, Failure};
use crate::session::is_store;
use crate::source::nearest_name;

/// Take documents out of a built graph, with every fact that they alone state
///
/// The graph is then, byte for byte, the one that is built without them. What a query wrote into it stays.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The graph
    #[arg(value_name = "GRAPH")]
    graph: PathBuf,
    /// The documents, by id
    #[arg(value_name = "DOCUMENT", required = true)]
    documents: Vec<String>,
    #[command(flatten)]
    decisions: Decisions,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let folder = existing(&self.graph, Folder::of)?;
        let (registry, corrections) = self.decisions.open(&folder)?;
        // All are looked for before any is taken out.
        for document in &self.documents {
            if folder.load(document).map_err(failure)?.is_none() {
                return Err(unknown(&folder, document)?);
            }
        }
        for document in &self.documents {
            folder.remove(document).map_err(failure)?;
        }
        Proposer::forget(&folder.proposals(), &self.documents).map_err(failure)?;
        let day = folder.day().map_err(failure)?;
        let assembled = export(&self.graph, &folder, &registry, &corrections, day, None);
        let assembled = assembled.map_err(failure)?;
        let view = assembled.graph.view();
        console.remark(&format!(
            "{}: {} nodes and {} relationships",
            self.graph.display(),
            view.node_count(),
            view.relationship_count()
        ))?;
        Ok(())
    }
}

/// The folder of a graph that was built, opened for writing or only to look at.
pub(super) fn existing(
    graph: &Path,
    open: fn(&Path) -> Result<Folder, build::Error>,
) -> Result<Folder, Failure> {
    let is_there = graph.exists() || !is_store(graph);
    if is_there {
        let folder = open(graph).map_err(failure)?;
        if folder.exists() {
            return Ok(folder);
        }
    }
    if is_store(graph) {
        return Err(Failure::NotFound(format!(
            "{} was not built: it keeps no claims of documents\nhelp: `tupu build ARTICLES -o {}` makes such a graph",
            graph.display(),
            graph.display()
        )));
    }
    let folder = graph.with_extension("build");
    Err(Failure::NotFound(format!(
        "{} was not built here: there is no folder {}\nhelp: `tupu build ARTICLES -o {}` makes both",
        graph.display(),
        folder.display(),
        graph.display()
    )))
}

fn unknown(folder: &Folder, document: &str) -> Result<Failure, Failure> {
    let names = folder.documents().map_err(failure)?;
    let claims = names.iter().map(|name| folder.read(name));
    let ids = claims.map(|claims| Ok(claims.map_err(failure)?.document.id));
    let ids = ids.collect::<Result<Vec<String>, Failure>>()?;
    let help = match nearest_name(ids.iter().map(String::as_str), document) {
        Some(nearest) => format!("did you mean '{nearest}'?"),
        None => "`MATCH (d:Document) RETURN d.name` lists the documents".to_owned(),
    };
    Ok(Failure::NotFound(format!(
        "the graph has no document '{document}'\nhelp: {help}"
    )))
}
