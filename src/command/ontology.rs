//! `tupu ontology`: what a durable graph is held to.

use std::path::PathBuf;

use super::options;
use crate::repl::{Console, Failure};
use crate::session::{Database, is_store};

/// Show, set or drop the ontology that a durable graph is held to (docs/ONTOLOGY.md)
///
/// Every write to the graph is then checked, whoever writes. With `mode: warn` in the ontology what it does not allow is
/// done with a warning, with `mode: enforce` it is refused and leaves nothing.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The file, whose name ends with .tupu
    #[arg(value_name = "GRAPH")]
    graph: PathBuf,
    /// Hold the graph to the ontology of this file from now on
    #[arg(long, value_name = "FILE", conflicts_with = "drop")]
    set: Option<PathBuf>,
    /// Hold the graph to no ontology any more
    #[arg(long)]
    drop: bool,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        if !is_store(&self.graph) {
            let message = "only a durable graph (.tupu) keeps an ontology; give one to other graphs with --ontology";
            return Err(Failure::Usage(message.to_owned()));
        }
        if let Some(path) = &self.set {
            let ontology = options::ontology(path)?;
            let database = options::open(std::slice::from_ref(&self.graph))?;
            return options::hold_to(&database, ontology, console);
        }
        if self.drop {
            let database = options::open(std::slice::from_ref(&self.graph))?;
            let dropped = database.set_ontology(None);
            return dropped.map(drop).map_err(|error| Failure::graph(&error));
        }
        let database = Database::read_store(&self.graph).map_err(|error| Failure::graph(&error))?;
        let ontology = database.ontology().ok_or_else(|| {
            Failure::NotFound(format!(
                "{0} is held to no ontology\nhelp: `tupu ontology {0} --set FILE` sets one",
                self.graph.display()
            ))
        })?;
        let results = console.results();
        Ok(write!(results, "{}", ontology.text())?)
    }
}
