//! A user's conversation with a database: statements go in, results and remarks come out on the console.
//!
//! Scripts and the prompt run on the same one; they differ in what they do with a failure.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::commands::{self, Flow};
use super::{Console, Failure, Interrupt, schema, summary, why};
use crate::graph::{Subgraph, View};
use crate::render::{self, Format, Names, Rows};
use crate::session::{Database, QueryResult, Session, is_store};
use crate::source::{Source, Span};
use crate::syntax;
use crate::value::{Map, Value};

/// A session with what the user set: parameters, and how results are shown.
pub struct Conversation<'a> {
    /// Runs the statements.
    pub session: Session,
    /// The values of `$name` in statements.
    pub parameters: Map,
    /// How results are shown.
    pub settings: Settings,
    /// Where results and remarks go.
    pub console: &'a mut Console,
    /// Ctrl-C, where it cancels statements instead of ending the program.
    pub interrupt: Option<Interrupt>,
    /// Whether a statement changed the graph since it was opened or saved.
    pub has_unsaved_changes: bool,
    /// The files that the graph was opened from; none for the embedded graphs.
    pub files: Vec<PathBuf>,
    /// The last result that was shown, about which `:why` asks.
    pub last: Option<QueryResult>,
}

/// How results are shown.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// As a table, as JSON …
    pub format: Format,
    /// The language of labels and types in graph values.
    pub names: Names,
    /// The most rows of a result that are shown; `None` for all.
    pub shown_rows: Option<usize>,
    /// Whether a line under each result says how many rows there are.
    pub has_summary: bool,
    /// Whether that line says how long it took.
    pub has_timing: bool,
    /// Whether the sources of a result are listed under it.
    pub has_footnotes: bool,
}

/// What a script does after a statement that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterFailure {
    /// It ends there.
    Stop,
    /// It goes on, and fails at its end.
    Continue,
}

impl<'a> Conversation<'a> {
    /// A conversation with a database that was opened from files.
    #[must_use]
    pub fn new(
        database: &Database,
        files: Vec<PathBuf>,
        settings: Settings,
        console: &'a mut Console,
    ) -> Self {
        Self {
            session: database.session(),
            parameters: Map::new(),
            settings,
            console,
            interrupt: None,
            has_unsaved_changes: false,
            files,
            last: None,
        }
    }

    /// Runs all statements of a text, one after the other, and the prompt's commands between them, each a line.
    ///
    /// A failure within a transaction ends the script in any case: what follows was meant to stand on what failed.
    ///
    /// # Errors
    ///
    /// The first failure; with [`AfterFailure::Continue`] failures of statements are shown, and the last word is how
    /// many there were.
    pub fn script(
        &mut self,
        source: &Source<'_>,
        after_failure: AfterFailure,
    ) -> Result<(), Failure> {
        let statements = syntax::statements(source.text());
        let mut failed = 0;
        for statement in &statements {
            let (flow, place) = self.commands(source, statement.span)?;
            if flow == Flow::Leave {
                break;
            }
            if place.start == place.end {
                continue;
            }
            match self.statement(source, place) {
                Err(failure @ Failure::Statement { status, .. })
                    if after_failure == AfterFailure::Continue
                        && !self.session.is_in_transaction()
                        && status != super::Status::Interrupted =>
                {
                    failed += 1;
                    self.report(&failure)?;
                }
                other => other?,
            }
        }
        if failed == 0 {
            Ok(())
        } else {
            Err(Failure::Script {
                failed,
                count: statements.len(),
            })
        }
    }

    /// Runs the commands that stand at the head of a part of a script; gives what is left of it.
    fn commands(&mut self, source: &Source<'_>, place: Span) -> Result<(Flow, Span), Failure> {
        let end = place.end as usize;
        let mut rest = &source.text()[place.range()];
        let mut flow = Flow::Stay;
        while let Some(command) = commands::recognise(rest).filter(|_| flow == Flow::Stay) {
            let (line, behind) = command.split_once('\n').unwrap_or((command, ""));
            flow = commands::run(self, line)?;
            rest = behind.trim_start();
        }
        Ok((flow, Span::new(end - rest.len(), end)))
    }

    /// Runs the statement that stands in a part of the source, and shows its result.
    ///
    /// # Errors
    ///
    /// When the statement fails, or its result cannot be written.
    pub fn statement(&mut self, source: &Source<'_>, place: Span) -> Result<(), Failure> {
        let result = self.run(source, place)?;
        self.show(result)
    }

    /// Runs the statement that stands in a part of the source, and shows its warnings only.
    ///
    /// # Errors
    ///
    /// When the statement fails, or Ctrl-C was pressed before it.
    pub fn run(&mut self, source: &Source<'_>, place: Span) -> Result<QueryResult, Failure> {
        if self.interrupt.as_ref().is_some_and(Interrupt::is_pressed) {
            return Err(Failure::Interrupted);
        }
        let offset = place.start as usize;
        let result = self
            .session
            .run(&source.text()[place.range()], &self.parameters)
            .map_err(|error| Failure::statement(&error, source, offset))?;
        let is_durable = self.files.iter().any(|path| is_store(path));
        self.has_unsaved_changes |= !is_durable && !summary::changes(&result.counters).is_empty();
        for warning in &result.warnings {
            self.console.warning(&warning.render(source, offset))?;
        }
        Ok(result)
    }

    /// Shows a result.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn show(&mut self, mut result: QueryResult) -> Result<(), Failure> {
        let count = result.rows.len();
        let shown = self
            .settings
            .shown_rows
            .map_or(count, |most| most.min(count));
        let line = summary::line(&result, shown, self.settings.has_timing);
        result.rows.truncate(shown);
        let kept = result.clone();
        let notes = self.footnotes(&mut result);
        match &result.plan {
            Some(plan) if !result.has_rows => self.print(plan)?,
            _ => self.write(Rows {
                columns: &result.columns,
                rows: &result.rows,
                entities: &result.entities,
            })?,
        }
        match self.settings.format {
            _ if notes.is_empty() => {}
            Format::Table | Format::Markdown => self.print(&notes)?,
            // Programs read these: the list of sources is no part of them.
            _ => self.console.message(notes.trim_end())?,
        }
        self.last = kept.has_rows.then_some(kept);
        if self.settings.has_summary {
            self.console.remark(&line)?;
        }
        if shown < count {
            self.console.remark(&format!(
                "{} more: `:max-rows all` shows every row",
                count - shown
            ))?;
        }
        Ok(())
    }

    /// Numbers the sources of a result where the user wants them; gives their list.
    fn footnotes(&self, result: &mut QueryResult) -> String {
        if !self.settings.has_footnotes || !result.has_rows {
            return String::new();
        }
        let database = self.session.database();
        why::footnotes(&database.view(), &database.evidence(), result)
    }

    /// Why a row of the last result holds, counted from 1.
    ///
    /// # Errors
    ///
    /// When there is no such row.
    pub fn why(&self, row: usize) -> Result<String, Failure> {
        let last = self.last.as_ref().filter(|last| !last.rows.is_empty());
        let Some(last) = last else {
            return Err(Failure::Usage(
                "there is no result to ask about\nhelp: run a query first, then `:why 1`"
                    .to_owned(),
            ));
        };
        if row == 0 || row > last.rows.len() {
            return Err(Failure::Usage(format!(
                "the last result has no row {row}\nhelp: its rows are 1 to {}",
                last.rows.len()
            )));
        }
        let database = self.session.database();
        let (view, evidence) = (database.view(), database.evidence());
        Ok(why::text(
            &view,
            &evidence,
            last,
            row - 1,
            self.settings.names,
        ))
    }

    /// Shows rows that no statement gave.
    ///
    /// # Errors
    ///
    /// When they cannot be written.
    pub fn table(&mut self, columns: &[&str], rows: &[Vec<Value>]) -> Result<(), Failure> {
        let columns: Vec<Arc<str>> = columns.iter().map(|name| Arc::from(*name)).collect();
        self.write(Rows {
            columns: &columns,
            rows,
            entities: &Subgraph::default(),
        })
    }

    /// Shows what a graph is made of.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn schema(&mut self, view: &View) -> Result<(), Failure> {
        let entries = schema::kinds(view, self.settings.names);
        match self.settings.format {
            Format::Table => self.print(&schema::text(&entries, self.console.width())),
            _ => self.table(&schema::KIND_COLUMNS, &schema::rows(&entries)),
        }
    }

    /// How the console and the user want answers.
    #[must_use]
    pub fn options(&self) -> render::Options {
        render::Options {
            width: self.console.width(),
            names: self.settings.names,
        }
    }

    /// Shows an answer.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&mut self, rows: Rows<'_>) -> Result<(), Failure> {
        let options = self.options();
        render::write(
            &mut self.console.results(),
            self.settings.format,
            rows,
            &options,
        )?;
        Ok(self.console.flush()?)
    }

    /// Opens other graphs in place of this one, with the same limits; the embedded ones where none is named.
    ///
    /// # Errors
    ///
    /// When a graph cannot be opened or a transaction is open; the present graph stays then.
    pub fn open(&mut self, files: Vec<PathBuf>) -> Result<(), Failure> {
        self.outside_of_transactions()?;
        let opened = if files.is_empty() {
            Database::embedded()
        } else {
            Database::open(&files)
        };
        let mut session = opened.map_err(|error| Failure::graph(&error))?.session();
        session.limits = self.session.limits.clone();
        session.is_read_only = self.session.is_read_only;
        if let Some(interrupt) = &mut self.interrupt {
            *interrupt = interrupt.of(&session.cancel_handle())?;
        }
        self.session = session;
        self.files = files;
        self.has_unsaved_changes = false;
        Ok(())
    }

    /// Writes the graph to a file.
    ///
    /// # Errors
    ///
    /// When it cannot be written, or a transaction is open.
    pub fn save(&mut self, path: &Path) -> Result<(), Failure> {
        self.outside_of_transactions()?;
        self.session
            .database()
            .save(path)
            .map_err(|error| Failure::save(&error))?;
        self.has_unsaved_changes = false;
        if self.settings.has_summary {
            self.console
                .remark(&format!("saved to {}", path.display()))?;
        }
        Ok(())
    }

    /// Refuses what is not meant within a transaction.
    ///
    /// # Errors
    ///
    /// [`Failure::OpenTransaction`] while one is open.
    pub fn outside_of_transactions(&self) -> Result<(), Failure> {
        if self.session.is_in_transaction() {
            return Err(Failure::OpenTransaction);
        }
        Ok(())
    }

    /// How large the graph is, in words.
    #[must_use]
    pub fn size(&self) -> String {
        let view = self.session.view();
        let nodes = summary::counted(view.node_count(), "node");
        let relationships = summary::counted(view.relationship_count(), "relationship");
        format!("{nodes}, {relationships}")
    }

    /// Tells the user about a failure.
    ///
    /// # Errors
    ///
    /// When the results so far cannot be written.
    pub fn report(&mut self, failure: &Failure) -> Result<(), Failure> {
        if let Some(message) = failure.message() {
            self.console.error(&message)?;
        }
        Ok(())
    }

    /// Writes a text as a result.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn print(&mut self, text: &str) -> Result<(), Failure> {
        let results = self.console.results();
        results.write_all(text.as_bytes())?;
        if !text.is_empty() && !text.ends_with('\n') {
            results.write_all(b"\n")?;
        }
        Ok(self.console.flush()?)
    }
}
