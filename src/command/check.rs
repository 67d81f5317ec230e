//! `tupu check`: whether graphs keep to the ontology.

use std::path::PathBuf;

use super::options;
use crate::ontology::Ontology;
use crate::repl::{Console, Failure};

/// Check graphs against the ontology: labels, relationship types and the ends that each type may have
///
/// Every finding is a line on standard output; with any, the exit status is 1.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The graphs to open together [default: the embedded graphs]
    #[arg(value_name = "GRAPH")]
    graphs: Vec<PathBuf>,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let database = options::look(&self.graphs)?;
        let violations = Ontology::regional_industry().check(&database.view());
        for violation in &violations {
            writeln!(console.results(), "{violation}")?;
        }
        if violations.is_empty() {
            Ok(())
        } else {
            Err(Failure::Negative)
        }
    }
}
