//! `tupu path`: how two entities are connected.

use super::options::{self, Graphs, Presentation};
use crate::format::ron;
use crate::graph::{TypeId, View};
use crate::lookup;
use crate::repl::{Console, Conversation, Failure, entity};

/// List the shortest paths between two entities
///
/// Relationships are followed in either direction; that one document mentions two entities does not connect them, unless
/// --documents is given. Where several entities bear a name, all of them are tried.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The name of the first entity, or an alias
    from: String,
    /// The name of the second entity, or an alias
    to: String,
    #[command(flatten)]
    graphs: Graphs,
    /// Follow relationships of this type only, by its identifier or its Chinese name; may be given several times
    #[arg(long, value_name = "TYPE")]
    via: Vec<String>,
    /// Let a document connect the entities that it mentions
    #[arg(long, conflicts_with = "via")]
    documents: bool,
    /// List so many paths at most between two entities
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    presentation: Presentation,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let database = options::look(&self.graphs.graphs)?;
        let view = database.view();
        let (starts, ends) = (
            entity::find(&view, &self.from)?,
            entity::find(&view, &self.to)?,
        );
        let types = self.types(&view)?;
        let mut paths = Vec::new();
        for start in &starts {
            for end in &ends {
                paths.extend(lookup::shortest_paths(
                    &view, *start, *end, &types, self.limit,
                ));
            }
        }
        if paths.is_empty() {
            let hint = match self.via.is_empty() && !self.documents {
                true => "\nhelp: --documents also follows what documents mention together",
                false => "",
            };
            return Err(Failure::NotFound(format!(
                "no path leads from '{}' to '{}'{hint}",
                self.from, self.to
            )));
        }
        let settings = self.presentation.settings();
        let answer = lookup::paths_answer(&view, &paths, settings.names);
        Conversation::new(&database, self.graphs.graphs, settings, console).write(answer.as_rows())
    }

    /// The types that are followed.
    fn types(&self, view: &View) -> Result<Vec<TypeId>, Failure> {
        if self.via.is_empty() {
            let is_followed = |t: &TypeId| self.documents || **view.type_name(*t) != *ron::MENTIONS;
            return Ok(view.types().filter(is_followed).collect());
        }
        let types = self
            .via
            .iter()
            .map(|name| entity::relationship_type(view, name));
        types.collect()
    }
}
