//! `tupu jsonl`: requests and answers as JSON, for programs in any language.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use super::options::{self, HeldTo};
use crate::repl::{Console, Failure};
use crate::server::jsonl;
use crate::session::Bytes;

/// Answer requests, one JSON object a line on standard input (docs/JSONL.md describes them)
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The graphs to open together [default: the embedded graphs]
    #[arg(value_name = "GRAPH")]
    graphs: Vec<PathBuf>,
    /// Stop a statement that takes longer than this
    #[arg(long, value_name = "SECONDS", value_parser = options::seconds)]
    timeout: Option<Duration>,
    /// Stop a statement that gives more rows than this
    #[arg(long, value_name = "N")]
    max_rows: Option<usize>,
    /// Stop a statement that needs more memory than this: 800MB, 2GB [default: a quarter of the machine's]
    #[arg(long, value_name = "SIZE")]
    max_memory: Option<Bytes>,
    #[command(flatten)]
    held_to: HeldTo,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let database = options::open(&self.graphs)?;
        self.held_to.apply(&database, console)?;
        Ok(jsonl::serve(
            &database,
            &options::limits(self.timeout, self.max_rows, self.max_memory),
            io::stdin().lock(),
            io::stdout().lock(),
        )?)
    }
}
