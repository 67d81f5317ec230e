//! `tupu dot`: draws a graph for Graphviz.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::options::{self, Naming, Running};
use crate::format::dot::{ClusterBy, Options, RankDirection};
use crate::repl::{Console, Conversation, Failure, Settings, drawing};
use crate::source::Source;

/// Draw the graphs, or what a query returns, for Graphviz
///
/// For a picture: `tupu dot -c "MATCH p = (:Region)-[:FOCUSES_ON]->() RETURN p" | dot -Tsvg -o focus.svg`
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The graphs to open together [default: the embedded graphs]
    #[arg(value_name = "GRAPH")]
    graphs: Vec<PathBuf>,
    /// Draw the nodes, relationships and paths that this query returns
    #[arg(short = 'c', long = "command", value_name = "QUERY")]
    query: Option<String>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Cut names to this many characters
    #[arg(long, value_name = "N", default_value_t = Options::default().label_limit)]
    label_limit: usize,
    /// Lead relationships from left to right (LR), top to bottom (TB) or the other way (RL, BT)
    #[arg(long, value_name = "DIRECTION", default_value = RankDirection::default().name(), value_parser = directions())]
    rankdir: RankDirection,
    /// Draw a frame around the nodes that share their label, or the value of this property
    #[arg(long, value_name = "label|KEY")]
    cluster_by: Option<String>,
    /// Add a legend of the labels
    #[arg(long)]
    legend: bool,
    /// Draw at most this many nodes, and say how many more there are
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    running: Running,
    #[command(flatten)]
    naming: Naming,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let options = Options {
            label_limit: self.label_limit,
            rank_direction: self.rankdir,
            cluster_by: self.cluster_by.as_deref().map(ClusterBy::from),
            has_legend: self.legend,
            limit: self.limit,
            names: self.naming.names,
        };
        let database = options::look(&self.graphs)?;
        let settings = Settings::default();
        let mut conversation = Conversation::new(&database, self.graphs, settings, console);
        self.running.apply(&mut conversation, None);
        let drawing = match &self.query {
            Some(query) => {
                drawing::of_query(&mut conversation, &Source::new("<query>", query), &options)?
            }
            None => drawing::of_graph(&database.view(), &options),
        };
        match &self.output {
            Some(path) => drawing::save(path, &drawing),
            None => conversation.print(&drawing),
        }
    }
}

fn directions() -> impl TypedValueParser<Value = RankDirection> {
    PossibleValuesParser::new(RankDirection::ALL.map(RankDirection::name))
        .try_map(|name| name.parse::<RankDirection>())
}
