//! `tupu resolve`: what may be one thing, and decisions about it.

use std::path::PathBuf;

use super::build::{Decisions, failure};
use super::remove::existing;
use crate::build::{Apart, ByHand, Folder, Merge, assemble, export};
use crate::repl::{Console, Failure};

/// List things that may be one and were not certain to be, and write decisions into the registry
///
/// Without --merge and --apart every candidate is a line: two ids and what speaks for one thing. A decision goes into
/// the registry, and the graph is made anew; it is undone by deleting its line and building again.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A graph that was built
    #[arg(value_name = "GRAPH")]
    graph: PathBuf,
    /// Decide that two things are one; the first gives the name
    #[arg(long, num_args = 2, value_names = ["ID", "ID"])]
    merge: Vec<String>,
    /// Decide that two things are not one
    #[arg(long, num_args = 2, value_names = ["ID", "ID"])]
    apart: Vec<String>,
    /// Why
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
    #[command(flatten)]
    decisions: Decisions,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let pairs = |ids: &[String]| ids.chunks(2).map(<[String]>::to_vec).collect::<Vec<_>>();
        let reason = &self.reason;
        let merges: Vec<Merge> = pairs(&self.merge)
            .into_iter()
            .map(|of| Merge {
                of,
                reason: reason.clone(),
            })
            .collect();
        let apart: Vec<Apart> = pairs(&self.apart)
            .into_iter()
            .map(|of| Apart {
                of,
                reason: reason.clone(),
            })
            .collect();
        let is_decided = !(merges.is_empty() && apart.is_empty());
        // What only asks waits for nobody who writes.
        let open = if is_decided { Folder::of } else { Folder::look };
        let folder = existing(&self.graph, open)?;
        if is_decided {
            self.decisions.decide(&folder, &merges, &apart)?;
        }
        let (registry, corrections) = self.decisions.open(&folder)?;
        let day = folder.day().map_err(failure)?;
        let assembled = if is_decided {
            export(&self.graph, &folder, &registry, &corrections, day, None)
        } else {
            assemble(&folder, &registry, &corrections, &ByHand::default(), day)
        };
        let candidates = assembled.map_err(failure)?.identities.candidates;
        // What was decided to be apart is no question any more.
        let is_open = |left: &String, right: &String| {
            !registry
                .apart
                .iter()
                .any(|apart| apart.of.contains(left) && apart.of.contains(right))
        };
        for candidate in candidates.iter().filter(|c| is_open(&c.left, &c.right)) {
            writeln!(
                console.results(),
                "{}\t{}\t{}",
                candidate.left,
                candidate.right,
                candidate.why
            )?;
        }
        Ok(())
    }
}
