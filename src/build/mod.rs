//! Owns the way from articles to a graph: what each document claims is kept in a folder, or in the graph's own file where
//! that is durable, and the graph is made of that.
//!
//! Takes articles, a registry of identities and corrections, all as files; gives a graph file in which every fact that
//! documents state is tied to the characters that state it. Nothing depends on the order in which documents come, on
//! threads or on the clock: the same documents give the same bytes.
//!
//! ```text
//! Article ─ extraction::read ─→ Reading ─ gate ─→ Claims ──→ one file a document, in Folder
//!            where wanted, a proposer adds to it ┘               │
//!                                                               │ all of them
//!           Registry ─→ identity: which names are one thing ←───┤
//!           Corrections: asserted and denied facts ─→ assemble ←┘
//!           the graph file as it was ─→ by_hand: what no claim supports ─→ Graph, Ids, Evidence ─→ GRAPH.ron
//! ```

mod assemble;
mod by_hand;
mod corrections;
mod error;
mod folder;
mod gate;
mod identity;
mod proposer;
mod registry;
mod report;
mod run;

pub use assemble::{Assembled, assemble};
pub use by_hand::ByHand;
pub use corrections::Corrections;
pub use error::Error;
pub use folder::Folder;
pub use gate::claims;
pub use identity::{Candidate, Identities};
pub use proposer::{Endpoint, Proposed, Proposer};
pub use registry::{Apart, Merge, Registry};
pub use report::{DocumentReport, Report};
pub use run::{Builder, Opened, Outcome, Propose, Skipped, export};
