//! `tupu compact`: makes a durable file as small as what it holds allows.

use std::path::PathBuf;

use crate::repl::{Console, Failure};
use crate::session::{Bytes, Database};

/// Make a durable graph's file as small as what it holds allows
///
/// Nobody else may have the file open meanwhile. It holds the same graph at every moment, also when this is interrupted.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The file, whose name ends with .tupu
    #[arg(value_name = "GRAPH")]
    graph: PathBuf,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let [before, after] =
            Database::compact_store(&self.graph).map_err(|error| Failure::graph(&error))?;
        let size = |bytes: u64| Bytes(usize::try_from(bytes).unwrap_or(usize::MAX));
        let (before, after) = (size(before), size(after));
        Ok(console.remark(&format!("{}: {before} → {after}", self.graph.display()))?)
    }
}
