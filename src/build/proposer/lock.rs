//! The lock file: every answer of a model server, one JSON object a line.
//!
//! Answers are written as they come, so that an interrupted build loses none; at its end they are put in order. In
//! memory stands only where each answer is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::Error;
use crate::build::folder::write_with;

#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The file, from the first answer on.
    file: Option<File>,
    /// By question: where its line is.
    lines: BTreeMap<String, Line>,
    /// The end of the last whole line.
    end: u64,
    /// Whether answers were added or forgotten.
    is_changed: bool,
}

#[derive(Clone, Debug)]
struct Line {
    document: String,
    model: String,
    start: u64,
    length: usize,
}

/// A line of the file.
#[derive(Serialize, Deserialize)]
struct Entry {
    document: String,
    model: String,
    question: String,
    answer: String,
}

impl Lock {
    /// Reads where the answers of a file are; what was cut off in the middle is none.
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        let mut state = State::default();
        match File::open(path) {
            Ok(file) => state.read(file).map_err(Error::file(path))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::file(path)(error)),
        }
        Ok(Self {
            path: path.to_owned(),
            state: Mutex::new(state),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Whoever panicked left whole lines behind.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer to a question.
    pub(super) fn get(&self, question: &str) -> Option<String> {
        let mut state = self.state();
        let line = state.lines.get(question)?.clone();
        let bytes = state.bytes(&self.path, &line).ok()?;
        let entry: Entry = serde_json::from_slice(&bytes).ok()?;
        Some(entry.answer)
    }

    /// Keeps an answer.
    pub(super) fn put(
        &self,
        document: &str,
        model: &str,
        question: &str,
        answer: &str,
    ) -> io::Result<()> {
        let entry = Entry {
            document: document.to_owned(),
            model: model.to_owned(),
            question: question.to_owned(),
            answer: answer.to_owned(),
        };
        let mut bytes = serde_json::to_vec(&entry)?;
        bytes.push(b'\n');
        self.state().append(&self.path, entry, &bytes)
    }

    /// Forgets what a model answered about a document, but for these questions.
    pub(super) fn keep_only(&self, document: &str, model: &str, questions: Vec<String>) {
        let questions: BTreeSet<String> = questions.into_iter().collect();
        let mut state = self.state();
        let before = state.lines.len();
        state.lines.retain(|question, line| {
            line.document != document || line.model != model || questions.contains(question)
        });
        state.is_changed |= state.lines.len() < before;
    }

    /// Forgets all that was answered about documents.
    pub(super) fn forget(&self, documents: &[String]) {
        let mut state = self.state();
        let before = state.lines.len();
        state
            .lines
            .retain(|_, line| !documents.contains(&line.document));
        state.is_changed |= state.lines.len() < before;
    }

    /// Writes the answers in the order of their documents, models and questions.
    pub(super) fn close(self) -> Result<(), Error> {
        let mut state = self
            .state
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        if !state.is_changed {
            return Ok(());
        }
        let mut lines: Vec<(String, Line)> = std::mem::take(&mut state.lines).into_iter().collect();
        lines.sort_by(|(left, of_left), (right, of_right)| {
            let key = (&of_left.document, &of_left.model, left);
            key.cmp(&(&of_right.document, &of_right.model, right))
        });
        write_with(&self.path, |out| {
            for (_, line) in &lines {
                out.write_all(&state.bytes(&self.path, line)?)?;
            }
            Ok(())
        })
    }
}

impl State {
    fn read(&mut self, file: File) -> io::Result<()> {
        let mut reader = BufReader::new(file);
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            let length = reader.read_until(b'\n', &mut bytes)?;
            if !bytes.ends_with(b"\n") {
                self.is_changed |= length > 0;
                return Ok(());
            }
            if let Ok(entry) = serde_json::from_slice::<Entry>(&bytes) {
                self.note(entry, length);
            } else {
                self.is_changed = true;
            }
            self.end += length as u64;
        }
    }

    fn note(&mut self, entry: Entry, length: usize) {
        let line = Line {
            document: entry.document,
            model: entry.model,
            start: self.end,
            length,
        };
        self.lines.insert(entry.question, line);
    }

    fn file(&mut self, path: &Path) -> io::Result<&mut File> {
        if self.file.is_none() {
            let mut options = OpenOptions::new();
            let options = options.read(true).write(true).create(true).truncate(false);
            self.file = Some(options.open(path)?);
        }
        Ok(self.file.as_mut().expect("it was just opened"))
    }

    fn bytes(&mut self, path: &Path, line: &Line) -> io::Result<Vec<u8>> {
        let file = self.file(path)?;
        file.seek(SeekFrom::Start(line.start))?;
        let mut bytes = vec![0; line.length];
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn append(&mut self, path: &Path, entry: Entry, bytes: &[u8]) -> io::Result<()> {
        let end = self.end;
        let file = self.file(path)?;
        file.set_len(end)?;
        file.seek(SeekFrom::Start(end))?;
        file.write_all(bytes)?;
        self.note(entry, bytes.len());
        self.end += bytes.len() as u64;
        self.is_changed = true;
        Ok(())
    }
}
