//! Owns the command line of the `tupu` program: one file for each subcommand.
//!
//! Takes the program's arguments; gives an exit status, with results on standard output and everything else on
//! standard error.

mod build;
mod check;
mod compact;
mod completions;
mod conflicts;
mod diff;
mod dot;
mod eval;
mod export;
mod extract;
mod import;
mod jsonl;
mod lookup;
mod manual;
mod ontology;
mod options;
mod path;
mod prompt;
mod proposer;
mod query;
mod reader;
mod remove;
mod report;
mod resolve;
mod rules;
mod schema;

use std::ffi::OsString;
use std::fmt::Write as _;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::repl::{Console, Failure, Status};
use crate::session::hush_contained_panics;

/// Asks questions of a knowledge graph of regional industry, in openCypher.
///
/// Without a subcommand it opens a prompt on the graphs, or on the embedded ones where none is named. When standard
/// input is not a terminal, the statements there are run instead, as by `tupu query`.
///
/// A graph is a RON file, or a durable one whose name ends with .tupu. One whose name is also that of a subcommand is
/// written with a folder: `./query`.
#[derive(Debug, Parser)]
#[command(
    name = "tupu",
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true
)]
struct CommandLine {
    #[command(flatten)]
    prompt: prompt::Arguments,
    #[command(subcommand)]
    subcommand: Option<Task>,
}

#[derive(Debug, Subcommand)]
enum Task {
    Query(query::Arguments),
    Lookup(lookup::Arguments),
    Path(path::Arguments),
    Schema(schema::Arguments),
    Dot(dot::Arguments),
    Diff(diff::Arguments),
    Import(import::Arguments),
    Export(export::Arguments),
    Check(check::Arguments),
    Ontology(ontology::Arguments),
    Compact(compact::Arguments),
    Build(build::Arguments),
    Remove(remove::Arguments),
    Resolve(resolve::Arguments),
    Conflicts(conflicts::Arguments),
    Report(report::Arguments),
    Extract(extract::Arguments),
    Eval(eval::Arguments),
    Completions(completions::Arguments),
    Man(manual::Arguments),
    Jsonl(jsonl::Arguments),
    Rules(rules::Arguments),
}

/// Does what the arguments say; the first is the program's name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Status {
    hush_contained_panics();
    let parsed = command()
        .try_get_matches_from(arguments)
        .and_then(|matches| CommandLine::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => return explain(&error),
    };
    let mut console = Console::standard();
    let done = arguments
        .run(&mut console)
        .and_then(|()| Ok(console.flush()?));
    match done {
        Ok(()) => Status::Success,
        Err(failure) => {
            if let Some(message) = failure.message() {
                // What was written before the failure may be unwritable too; the status tells enough then.
                drop(console.error(&message));
            }
            failure.status()
        }
    }
}

impl CommandLine {
    fn run(self, console: &mut Console) -> Result<(), Failure> {
        match self.subcommand {
            None => self.prompt.run(console),
            Some(Task::Query(arguments)) => arguments.run(console),
            Some(Task::Lookup(arguments)) => arguments.run(console),
            Some(Task::Path(arguments)) => arguments.run(console),
            Some(Task::Schema(arguments)) => arguments.run(console),
            Some(Task::Dot(arguments)) => arguments.run(console),
            Some(Task::Diff(arguments)) => arguments.run(console),
            Some(Task::Import(arguments)) => arguments.run(console),
            Some(Task::Export(arguments)) => arguments.run(console),
            Some(Task::Check(arguments)) => arguments.run(console),
            Some(Task::Ontology(arguments)) => arguments.run(console),
            Some(Task::Compact(arguments)) => arguments.run(console),
            Some(Task::Build(arguments)) => arguments.run(console),
            Some(Task::Remove(arguments)) => arguments.run(console),
            Some(Task::Resolve(arguments)) => arguments.run(console),
            Some(Task::Conflicts(arguments)) => arguments.run(console),
            Some(Task::Report(arguments)) => arguments.run(console),
            Some(Task::Extract(arguments)) => arguments.run(console),
            Some(Task::Eval(arguments)) => arguments.run(console),
            Some(Task::Completions(arguments)) => arguments.run(console),
            Some(Task::Man(arguments)) => arguments.run(console),
            Some(Task::Jsonl(arguments)) => arguments.run(console),
            Some(Task::Rules(arguments)) => arguments.run(console),
        }
    }
}

/// The whole command line, from which parsing, help, completions and manual are made.
fn command() -> clap::Command {
    CommandLine::command()
        .after_help(exit_statuses())
        .mut_subcommands(|subcommand| subcommand.after_help(exit_statuses()))
}

fn exit_statuses() -> String {
    let mut text = String::from("Exit status:");
    for (status, meaning) in Status::ALL {
        write!(text, "\n  {:<4} {meaning}", status.code()).expect("writing to a string");
    }
    text
}

/// Shows help, the version, or what is wrong with the arguments.
fn explain(error: &clap::Error) -> Status {
    // Whoever closed the stream does not want to read it.
    drop(error.print());
    if error.use_stderr() {
        Status::Usage
    } else {
        Status::Success
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }

    #[test]
    fn a_graph_named_like_a_subcommand_is_written_with_a_folder() {
        let parse = |words: &[&str]| {
            CommandLine::try_parse_from(words).map(|arguments| arguments.subcommand.is_some())
        };
        assert_eq!(parse(&["tupu", "query"]).ok(), Some(true));
        assert_eq!(parse(&["tupu", "./query"]).ok(), Some(false));
        assert_eq!(parse(&["tupu", "a.ron", "query"]).ok(), Some(false));
    }
}
