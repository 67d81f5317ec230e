//! `tupu path`: how two entities are connected.

use super::options::{self, Graphs, Presentation};
use crate::lookup;
use crate::repl::{Console, Conversation, Failure, entity};

/// List the shortest paths between two entities
///
/// Relationships are followed in either direction. Where several entities bear a name, all of them are tried.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The name of the first entity, or an alias
    from: String,
    /// The name of the second entity, or an alias
    to: String,
    #[command(flatten)]
    graphs: Graphs,
    /// List so many paths at most between two entities
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    presentation: Presentation,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let database = options::open(&self.graphs.graphs)?;
        let view = database.view();
        let (starts, ends) = (
            entity::find(&view, &self.from)?,
            entity::find(&view, &self.to)?,
        );
        let mut paths = Vec::new();
        for start in &starts {
            for end in &ends {
                paths.extend(lookup::shortest_paths(&view, *start, *end, self.limit));
            }
        }
        if paths.is_empty() {
            return Err(Failure::NotFound(format!(
                "no path leads from '{}' to '{}'",
                self.from, self.to
            )));
        }
        let settings = self.presentation.settings();
        let answer = lookup::paths_answer(&view, &paths, settings.names);
        Conversation::new(&database, self.graphs.graphs, settings, console).write(answer.as_rows())
    }
}
