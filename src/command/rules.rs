//! `tupu rules`: the rules by which relations are read.

use std::fs;
use std::path::PathBuf;

use crate::extraction::check_rules;
use crate::repl::{Console, Failure};

/// Work with the rules by which relations are read from articles
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, clap::Subcommand)]
enum Task {
    Check(Check),
}

/// Check rules: grammar, names, rules that an earlier one hides, and examples that are read otherwise
///
/// Every fault is shown on standard output with its place; with any, the exit status is 1.
#[derive(Debug, clap::Args)]
struct Check {
    /// A file of rules that extends the standard ones [default: the standard rules]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let Task::Check(Check { file }) = self.task;
        let faults = match file {
            None => check_rules(None),
            Some(path) => {
                let text = fs::read_to_string(&path).map_err(|error| Failure::Read {
                    path: path.clone(),
                    error,
                })?;
                check_rules(Some((&path.display().to_string(), &text)))
            }
        };
        for fault in &faults {
            writeln!(console.results(), "{fault}")?;
        }
        match faults.is_empty() {
            true => Ok(()),
            false => Err(Failure::Negative),
        }
    }
}
