//! `tupu jsonl`: requests and answers as JSON, for programs in any language.

use std::io;
use std::path::PathBuf;

use super::options;
use crate::repl::{Console, Failure};
use crate::server::jsonl;

/// Answer requests, one JSON object a line on standard input (docs/JSONL.md describes them)
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The graphs to open together [default: the embedded graphs]
    #[arg(value_name = "GRAPH")]
    graphs: Vec<PathBuf>,
}

impl Arguments {
    pub(super) fn run(self, _console: &mut Console) -> Result<(), Failure> {
        let database = options::open(&self.graphs)?;
        Ok(jsonl::serve(
            &database,
            io::stdin().lock(),
            io::stdout().lock(),
        )?)
    }
}
