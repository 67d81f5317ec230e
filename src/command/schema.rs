//! `tupu schema`: what the graphs are made of.

use std::path::PathBuf;

use super::options::{self, Presentation};
use crate::repl::{Console, Conversation, Failure};

/// Show which labels, relationships and properties the graphs have
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The graphs to open together [default: the embedded graphs]
    #[arg(value_name = "GRAPH")]
    graphs: Vec<PathBuf>,
    #[command(flatten)]
    presentation: Presentation,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let database = options::look(&self.graphs)?;
        let settings = self.presentation.settings();
        Conversation::new(&database, self.graphs, settings, console).schema(&database.view())
    }
}
