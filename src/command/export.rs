//! `tupu export`: a graph as text that people can read and version control can compare.

use std::path::PathBuf;

use super::build::failure;
use super::options;
use super::remove::existing;
use crate::build::Folder;
use crate::repl::{Console, Failure};

/// Write a graph, or the decisions kept in it, as a RON file
///
/// What is written can be opened as it is: the same nodes, relationships and sources, with the same ids. The same graph
/// gives the same bytes, whether it comes from a RON file or from a durable one.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The graphs to write together [default: the embedded graphs]
    #[arg(value_name = "GRAPH")]
    graphs: Vec<PathBuf>,
    /// What is written: the graph (ron), or who is who (registry) or which facts people asserted and denied (corrections)
    /// in a graph that was built
    #[arg(long, value_name = "FORMAT", default_value = "ron", value_parser = ["ron", "registry", "corrections"])]
    format: String,
    /// Write it to this file [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let text = match &*self.format {
            "ron" => options::look(&self.graphs)?.to_ron(),
            name => self.decisions(&format!("{name}.ron"))?,
        };
        match self.output {
            Some(path) => {
                std::fs::write(&path, text).map_err(|error| Failure::Write { path, error })
            }
            None => Ok(console.results().write_all(text.as_bytes())?),
        }
    }

    fn decisions(&self, name: &str) -> Result<String, Failure> {
        let [graph] = &self.graphs[..] else {
            let message = "name one graph that was built";
            return Err(Failure::Usage(message.to_owned()));
        };
        let text = existing(graph, Folder::look)?.text(name).map_err(failure)?;
        text.ok_or_else(|| Failure::NotFound(format!("{} keeps no {name}", graph.display())))
    }
}
