//! `tupu import`: a folder of CSV files as a graph.

use std::path::PathBuf;
use std::time::Instant;

use super::options::HeldTo;
use crate::repl::{Console, Failure};
use crate::session::Database;

/// Read a folder of CSV files with the headers of neo4j-admin's import (docs/IMPORT.md describes them)
///
/// All rows are read and checked before anything is written. Without -o the files are only checked and counted.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The folder; all its files whose names end with .csv are read
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Write the graph to this file
    #[arg(short, long, value_name = "GRAPH")]
    output: Option<PathBuf>,
    #[command(flatten)]
    held_to: HeldTo,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let start = Instant::now();
        let database = Database::import(&self.folder).map_err(|error| Failure::graph(&error))?;
        let view = database.view();
        let (nodes, relationships) = (view.node_count(), view.relationship_count());
        let seconds = start.elapsed().as_secs_f64();
        console.remark(&format!(
            "{nodes} nodes and {relationships} relationships, read in {seconds:.2} s"
        ))?;
        self.held_to.apply(&database, console)?;
        if let Some(path) = &self.output {
            database.save(path).map_err(|error| Failure::save(&error))?;
        }
        Ok(())
    }
}
