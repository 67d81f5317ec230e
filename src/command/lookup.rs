//! `tupu lookup`: what an entity is related to.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::options::{self, Graphs, Presentation};
use crate::lookup::{self, Answer, Search, Side};
use crate::repl::{Console, Conversation, Failure, entity};
use crate::value::Value;

/// List what an entity is related to
///
/// The entity is named by its name or an alias. Where several bear it, the relations of all are listed, and a first
/// column tells them apart.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The name, or an alias
    name: String,
    #[command(flatten)]
    graphs: Graphs,
    /// Follow relationships of this type only, by its identifier or its Chinese name; may be given several times
    #[arg(long, value_name = "TYPE")]
    via: Vec<String>,
    /// Follow relationships from the entity (out), to it (in), or both
    #[arg(long, value_name = "DIRECTION", default_value = Side::default().name(), value_parser = sides())]
    direction: Side,
    /// Follow so many relationships in a row at most
    #[arg(long, value_name = "N", default_value_t = 1)]
    depth: usize,
    /// List entities with this label only, by its identifier or its Chinese name
    #[arg(long, value_name = "LABEL")]
    to: Option<String>,
    #[command(flatten)]
    presentation: Presentation,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let database = options::look(&self.graphs.graphs)?;
        let view = database.view();
        let entities = entity::find(&view, &self.name)?;
        let types = self
            .via
            .iter()
            .map(|name| entity::relationship_type(&view, name));
        let search = Search {
            types: types.collect::<Result<_, _>>()?,
            side: self.direction,
            depth: self.depth,
            to: self
                .to
                .as_deref()
                .map(|name| entity::label(&view, name))
                .transpose()?,
        };
        let settings = self.presentation.settings();
        let names = settings.names;
        let is_ambiguous = entities.len() > 1;
        let mut all = Answer::default();
        for node in entities {
            let reached = lookup::relationships(&view, node, &search);
            let mut answer = lookup::relationships_answer(&view, &reached, names);
            if is_ambiguous {
                let which = Value::from(entity::describe(&view, node, names));
                answer.columns.insert(0, "entity".into());
                answer
                    .rows
                    .iter_mut()
                    .for_each(|row| row.insert(0, which.clone()));
            }
            all.columns = answer.columns;
            all.rows.append(&mut answer.rows);
        }
        Conversation::new(&database, self.graphs.graphs, settings, console).write(all.as_rows())
    }
}

fn sides() -> impl TypedValueParser<Value = Side> {
    PossibleValuesParser::new(Side::ALL.map(Side::name)).try_map(|name| name.parse::<Side>())
}
