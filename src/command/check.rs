//! `tupu check`: whether graphs keep to the ontology.

use std::path::PathBuf;

use super::options;
use crate::ontology::Ontology;
use crate::repl::{Console, Failure};

/// Check graphs against an ontology: labels, relationship types, the ends that each type may have, and properties
///
/// The ontology is that of --ontology, or else the one that a durable graph keeps, or else that of regional industry.
/// Every finding is a line on standard output; with any, the exit status is 1.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The graphs to open together [default: the embedded graphs]
    #[arg(value_name = "GRAPH")]
    graphs: Vec<PathBuf>,
    /// Check against the ontology of this file (docs/ONTOLOGY.md)
    #[arg(long, value_name = "FILE")]
    ontology: Option<PathBuf>,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let database = options::look(&self.graphs)?;
        let given = self
            .ontology
            .as_deref()
            .map(options::ontology)
            .transpose()?;
        let kept = database.ontology();
        let ontology = given.as_ref().or(kept.as_deref());
        let ontology = ontology.unwrap_or(Ontology::regional_industry());
        let violations = ontology.check(&database.view());
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
