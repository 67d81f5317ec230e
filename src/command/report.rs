//! `tupu report`: what of each document became facts.

use std::path::PathBuf;

use super::build::failure;
use super::remove::existing;
use crate::build::{Folder, Report};
use crate::repl::{Console, Failure};

/// Show what of each document was read, skipped as furniture, turned into facts, and left unexplained
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A graph that was built
    #[arg(value_name = "GRAPH")]
    graph: PathBuf,
    /// How the report is written; html is one page that needs nothing else, with the texts marked up
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json", "html"])]
    format: String,
    /// Write it to this file [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Arguments {
    pub(super) fn run(self, console: &mut Console) -> Result<(), Failure> {
        let report = Report::of(&existing(&self.graph, Folder::look)?).map_err(failure)?;
        let text = match &*self.format {
            "json" => {
                serde_json::to_string_pretty(&report).expect("a report has a form in JSON") + "\n"
            }
            "html" => report.html(),
            _ => report.text(),
        };
        match self.output {
            Some(path) => {
                std::fs::write(&path, text).map_err(|error| Failure::Write { path, error })
            }
            None => Ok(console.results().write_all(text.as_bytes())?),
        }
    }
}
