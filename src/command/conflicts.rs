//! `tupu conflicts`: facts that contradict each other.

use std::path::PathBuf;

use super::options::{self, Presentation};
use crate::repl::{Console, Conversation, Failure};
use crate::source::{Source, Span};

/// List facts that contradict each other, side by side with the words that state them
///
/// Other values of one measure for the same subject and period, and other formulas: "6+3" beside "9+2". Both stay in
/// the graph; `CALL tupu.conflicts()` lists them in a query.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The graphs to open together [default: the embedded graphs]
    #[arg(value_name = "GRAPH")]
    graphs: Vec<PathBuf>,
    #[command(flatten)]
    presentation: Presentation,
}

const QUESTION: &str = "CALL tupu.conflicts() YIELD subject, measure, period, value, documents, quote, otherValue, \
     otherDocuments, otherQuote RETURN subject.name AS subject, measure, period, value, documents, quote, otherValue, \
     otherDocuments, otherQuote ORDER BY subject, measure, period, toString(value)";

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let database = options::open(&self.graphs)?;
        let settings = self.presentation.settings();
        let mut conversation = Conversation::new(&database, self.graphs, settings, console);
        let source = Source::new("<conflicts>", QUESTION);
        conversation.statement(&source, Span::new(0, QUESTION.len()))
    }
}
