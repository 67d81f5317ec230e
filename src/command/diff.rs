//! `tupu diff`: what two graphs differ in.

use std::path::PathBuf;

use super::options;
use crate::format::difference::Difference;
use crate::repl::{Console, Failure};

/// Show what two graphs differ in: nodes, relationships, labels and properties
///
/// Lines start with - for what only the first graph has, + for what only the second has, ~ for what differs. With any
/// difference the exit status is 1.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The first graph
    #[arg(value_name = "A")]
    old: PathBuf,
    /// The second graph
    #[arg(value_name = "B")]
    new: PathBuf,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let (old, new) = (options::look(&[self.old])?, options::look(&[self.new])?);
        let difference = Difference::between((&old.view(), &old.ids()), (&new.view(), &new.ids()));
        write!(console.results(), "{difference}")?;
        if difference.is_empty() {
            Ok(())
        } else {
            Err(Failure::Negative)
        }
    }
}
