//! `tupu query`: runs statements and writes their results.

use std::io::{self, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use super::options::{HeldTo, Presentation, Running};
use crate::repl::{AfterFailure, Console, Conversation, Failure, Interrupt, Second, Settings};
use crate::source::Source;
use crate::value::Date;

/// Run statements and write their results
///
/// Statements are separated by `;`. They come from -c, from -f, or else from standard input. A line between them that
/// begins with `:` is a command of the prompt: `:why 1`. Results go to standard output, everything else to standard
/// error.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The graphs to open together [default: the embedded graphs]
    #[arg(value_name = "GRAPH")]
    graphs: Vec<PathBuf>,
    /// Run these statements
    #[arg(
        short = 'c',
        long = "command",
        value_name = "QUERY",
        conflicts_with = "file"
    )]
    statements: Option<String>,
    /// Run the statements of this file (- for standard input)
    #[arg(short, long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Run all statements, also after one that failed, and fail at the end
    #[arg(long)]
    fail_at_end: bool,
    /// Write the graph to this file after the last statement, unless one failed
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Stop a statement that gives more rows than this
    #[arg(long, value_name = "N")]
    max_rows: Option<usize>,
    /// Number the documents that support each row, and list them under the result
    #[arg(long)]
    footnotes: bool,
    /// Ask what was known on this day: leave out what documents stated later. A durable graph is then only read
    #[arg(long, value_name = "DATE", value_parser = super::build::day)]
    as_of: Option<Date>,
    #[command(flatten)]
    held_to: HeldTo,
    #[command(flatten)]
    running: Running,
    #[command(flatten)]
    presentation: Presentation,
}

impl Arguments {
    /// What `tupu GRAPH < script` means.
    pub(super) fn of_standard_input(arguments: super::prompt::Arguments) -> Self {
        Self {
            graphs: arguments.graphs,
            statements: None,
            file: None,
            fail_at_end: false,
            save: None,
            footnotes: false,
            as_of: arguments.as_of,
            max_rows: arguments.max_rows,
            held_to: arguments.held_to,
            running: arguments.running,
            presentation: arguments.presentation,
        }
    }

    pub(super) fn run(mut self, console: &mut Console) -> Result<(), Failure> {
        let (name, text) = self.script(console)?;
        let database = self.running.open(&self.graphs, self.as_of)?;
        self.held_to.apply(&database, console)?;
        let settings = Settings {
            has_summary: io::stderr().is_terminal(),
            has_timing: true,
            has_footnotes: self.footnotes,
            ..self.presentation.settings()
        };
        let mut conversation = Conversation::new(&database, self.graphs, settings, console);
        self.running.apply(&mut conversation, self.max_rows);
        let interrupt = Interrupt::new(&conversation.session.cancel_handle(), Second::EndsProgram)?;
        conversation.interrupt = Some(interrupt);
        let after_failure = if self.fail_at_end {
            AfterFailure::Continue
        } else {
            AfterFailure::Stop
        };
        conversation.script(&Source::new(&name, &text), after_failure)?;
        conversation.outside_of_transactions()?;
        self.save
            .as_deref()
            .map_or(Ok(()), |path| conversation.save(path))
    }

    /// The statements, and the name under which messages show where they stand.
    fn script(&self, console: &mut Console) -> Result<(String, String), Failure> {
        if let Some(statements) = &self.statements {
            return Ok(("<query>".to_owned(), statements.clone()));
        }
        if let Some(path) = self.file.as_deref().filter(|path| *path != Path::new("-")) {
            let text = std::fs::read_to_string(path).map_err(|error| read(path, error))?;
            return Ok((path.display().to_string(), text));
        }
        if io::stdin().is_terminal() {
            console.remark("reading statements from the terminal; Ctrl-D ends them")?;
        }
        let mut text = String::new();
        io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| read(Path::new("standard input"), error))?;
        Ok(("<stdin>".to_owned(), text))
    }
}

fn read(path: &Path, error: io::Error) -> Failure {
    Failure::Read {
        path: path.to_owned(),
        error,
    }
}
