//! `tupu`: opens the prompt, or runs what stands on standard input.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use super::options::{HeldTo, Presentation, Running};
use super::query;
use crate::repl::{self, Console, Conversation, Failure, Settings};
use crate::value::Date;

/// How many rows of a result the prompt shows.
const SHOWN_ROWS: usize = 1000;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The graphs to open together [default: the embedded graphs]
    #[arg(value_name = "GRAPH")]
    pub(super) graphs: Vec<PathBuf>,
    /// Show at most this many rows of a result; without a prompt, stop a statement that has more
    #[arg(long, value_name = "N")]
    pub(super) max_rows: Option<usize>,
    /// Ask what was known on this day: leave out what documents stated later. A durable graph is then only read
    #[arg(long, value_name = "DATE", value_parser = super::build::day)]
    pub(super) as_of: Option<Date>,
    #[command(flatten)]
    pub(super) held_to: HeldTo,
    #[command(flatten)]
    pub(super) running: Running,
    #[command(flatten)]
    pub(super) presentation: Presentation,
}

impl Arguments {
    pub(super) fn run(mut self, console: &mut Console) -> Result<(), Failure> {
        if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
            return query::Arguments::of_standard_input(self).run(console);
        }
        let database = self.running.open(&self.graphs, self.as_of)?;
        self.held_to.apply(&database, console)?;
        let settings = Settings {
            shown_rows: Some(self.max_rows.unwrap_or(SHOWN_ROWS)),
            has_summary: true,
            has_timing: true,
            ..self.presentation.settings()
        };
        let mut conversation = Conversation::new(&database, self.graphs, settings, console);
        self.running.apply(&mut conversation, None);
        repl::run(&mut conversation)
    }
}
