//! The JSON Lines protocol: one request a line, one answer a line, for programs in any language.
//!
//! Takes requests from a stream and gives an answer to each, in order, on another. Whatever a line holds, there is an
//! answer and the next line is read; the conversation ends where the input does, or where nobody reads any more.
//!
//! ```text
//! {"op":"run","query":"RETURN $x + 1 AS y","params":{"x":1}}
//! {"columns":["y"],"rows":[[2]],"stats":{…},"elapsed_ms":0.1}
//! ```

mod answer;
mod line;
mod memory;
mod request;
#[cfg(test)]
mod tests;

use std::io::{BufRead, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use answer::Answer;
use line::{Line, read_line};
use request::{Refusal, Request};

use crate::function::Procedures;
use crate::session::{Database, Error, Limits, Session, is_store};
use crate::value::Map;

/// The longest line that is read, in bytes.
const LONGEST_LINE: usize = 256 * 1024 * 1024;

/// Answers requests until the input ends or the output is closed. The limits bound each statement.
///
/// # Errors
///
/// What reading or writing the streams fails with, an output that nobody reads any more excepted.
///
/// # Examples
///
/// ```
/// use tupu::server::jsonl::serve;
/// use tupu::session::{Database, Limits};
///
/// let requests = r#"{"op":"run","query":"RETURN $区 AS 区","params":{"区":"坪山区"}}"#;
/// let mut answers = Vec::new();
/// serve(&Database::new(), &Limits::default(), requests.as_bytes(), &mut answers)?;
/// assert!(answers.starts_with(r#"{"columns":["区"],"rows":[["坪山区"]]"#.as_bytes()));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn serve(
    database: &Database,
    limits: &Limits,
    input: impl BufRead,
    output: impl Write,
) -> std::io::Result<()> {
    match converse(database, limits, input, output, LONGEST_LINE) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}

fn converse(
    database: &Database,
    limits: &Limits,
    mut input: impl BufRead,
    mut output: impl Write,
    longest: usize,
) -> std::io::Result<()> {
    let mut session = database.session();
    session.limits = limits.clone();
    let mut answer = Vec::new();
    loop {
        let line = read_line(&mut input, longest)?;
        answer.clear();
        match line {
            Line::End => return Ok(()),
            Line::Text(text) if text.iter().all(u8::is_ascii_whitespace) => continue,
            Line::Text(text) => serve_line(&mut session, &text).write(&mut answer)?,
            Line::TooLong => Answer::Refusal(Refusal::TooLong { longest }).write(&mut answer)?,
        }
        answer.push(b'\n');
        output.write_all(&answer)?;
        output.flush()?;
    }
}

fn serve_line(session: &mut Session, line: &[u8]) -> Answer {
    match Request::read(line) {
        Ok(Request::Reset) => {
            change(session, &Database::new());
            session.procedures = Procedures::default();
            Answer::Done
        }
        Ok(Request::Load { folder }) => load(session, &folder),
        Ok(Request::Open { path, is_read_only }) => done(open(session, path, is_read_only)),
        Ok(Request::Begin) => done(session.begin()),
        Ok(Request::Commit) => done(session.commit()),
        Ok(Request::Rollback) => done(session.rollback()),
        Ok(Request::Run { query, parameters }) => run(session, query, &parameters),
        Ok(Request::RunMany { query, parameters }) => run_many(session, query, &parameters),
        Ok(Request::Procedure { signature, rows }) => {
            session.procedures.declare(signature, rows);
            Answer::Done
        }
        Err(refusal) => Answer::Refusal(refusal),
    }
}

/// Puts the graph of a folder in the place of the one before; that stays when the folder can't be read.
fn load(session: &mut Session, folder: &Path) -> Answer {
    let start = Instant::now();
    match Database::import(folder) {
        Ok(database) => {
            let view = database.view();
            change(session, &database);
            session.procedures = Procedures::default();
            Answer::Loaded {
                nodes: view.node_count(),
                relationships: view.relationship_count(),
                elapsed: start.elapsed(),
                resident: memory::resident(),
            }
        }
        Err(error) => Answer::Fault {
            error,
            query: String::new(),
            index: None,
        },
    }
}

/// Opens another graph; the one before stays where that fails. Declared procedures are kept.
fn open(session: &mut Session, path: PathBuf, is_read_only: bool) -> Result<(), Error> {
    // Before the new one is opened, which may be the same file.
    if session.is_in_transaction() {
        session.rollback()?;
    }
    let database = match is_read_only && is_store(&path) {
        true => Database::read_store(&path)?,
        false => Database::open(&[path])?,
    };
    change(session, &database);
    session.is_read_only = is_read_only;
    Ok(())
}

/// Goes on with another database, under the same limits and with the same procedures.
fn change(session: &mut Session, database: &Database) {
    let mut changed = database.session();
    changed.limits = session.limits.clone();
    changed.procedures = std::mem::take(&mut session.procedures);
    *session = changed;
}

/// The answer to what has no result but its success.
fn done(outcome: Result<(), Error>) -> Answer {
    match outcome {
        Ok(()) => Answer::Done,
        Err(error) => Answer::Fault {
            error,
            query: String::new(),
            index: None,
        },
    }
}

fn run(session: &mut Session, query: String, parameters: &Map) -> Answer {
    match session.run(&query, parameters) {
        Ok(result) => Answer::Result {
            query,
            result: Box::new(result),
        },
        Err(error) => Answer::Fault {
            error,
            query,
            index: None,
        },
    }
}

/// Runs one statement for each map of parameters; the first that fails ends it, and those before it stay done.
fn run_many(session: &mut Session, query: String, parameters: &[Map]) -> Answer {
    let start = Instant::now();
    for (index, parameters) in parameters.iter().enumerate() {
        if let Err(error) = session.run(&query, parameters) {
            return Answer::Fault {
                error,
                query,
                index: Some(index),
            };
        }
    }
    Answer::Elapsed(start.elapsed())
}
