//! What the handles of a database share: the graph in the hands of whoever writes, and the last state for all who read.
//!
//! There is one [`Writer`]. It lies in the cell while nobody writes and belongs to a [`Turn`] while somebody does.
//! Readers share a [`Snapshot`]: one that the first of them takes of the writer where it lies in the cell, else the one
//! that the turn left behind.

use std::ops::{Deref, DerefMut};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Error;
use crate::expression::Interrupt;
use crate::format::ron::Ids;
use crate::graph::{Graph, Mark, View};
use crate::ontology::Ontology;
use crate::store::Store;

/// How long a statement sleeps before it looks again whether it was cancelled while it waits for its turn.
const GLANCE: Duration = Duration::from_millis(20);

/// What the handles of a database share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    cell: Mutex<Cell>,
    returned: Condvar,
}

#[derive(Debug)]
struct Cell {
    /// The writer, while nobody writes.
    writer: Option<Box<Writer>>,
    /// What readers see: the state since the last turn, once somebody asked for it, or the one before this turn.
    published: Option<Arc<Snapshot>>,
    sessions: usize,
    /// How many wait for the writer, or for the end of a turn.
    waiting: usize,
}

impl Default for Cell {
    fn default() -> Self {
        Self {
            writer: Some(Box::default()),
            published: None,
            sessions: 0,
            waiting: 0,
        }
    }
}

/// All that a write may change.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub graph: Graph,
    /// The names that files give to nodes.
    pub ids: Arc<Ids>,
    /// What the graph is held to.
    pub ontology: Option<Arc<Ontology>>,
    /// The file that the graph lives in.
    pub store: Option<(PathBuf, Store)>,
}

/// One consistent state, for reading.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    pub view: View,
    pub ids: Arc<Ids>,
    pub ontology: Option<Arc<Ontology>>,
}

/// Who can read while a turn lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Company {
    /// All others, for as long as the turn may last.
    Readers,
    /// All others where there are other sessions. A lone session's statement has the graph to itself, so that no part
    /// of it is copied; whoever asks for a view meanwhile waits for the end of that statement.
    OtherSessions,
}

impl Shared {
    pub(super) fn new(writer: Writer) -> Self {
        let cell = Cell {
            writer: Some(Box::new(writer)),
            ..Cell::default()
        };
        Self {
            cell: Mutex::new(cell),
            returned: Condvar::new(),
        }
    }

    /// The last state whose changes are final.
    pub(super) fn snapshot(&self) -> Arc<Snapshot> {
        let mut cell = self.cell();
        loop {
            if let Some(published) = &cell.published {
                return Arc::clone(published);
            }
            if let Some(writer) = &cell.writer {
                let snapshot = Arc::new(writer.snapshot());
                return Arc::clone(cell.published.insert(snapshot));
            }
            cell.waiting += 1;
            cell = self
                .returned
                .wait(cell)
                .unwrap_or_else(PoisonError::into_inner);
            cell.waiting -= 1;
        }
    }

    /// The names of the last state whose changes are final.
    pub(super) fn ids(&self) -> Arc<Ids> {
        let cell = self.cell();
        match (&cell.writer, &cell.published) {
            (Some(writer), _) => Arc::clone(&writer.ids),
            (None, Some(published)) => Arc::clone(&published.ids),
            (None, None) => {
                drop(cell);
                Arc::clone(&self.snapshot().ids)
            }
        }
    }

    /// Waits until nobody else writes, at most for so long.
    pub(super) fn turn(
        self: &Arc<Self>,
        company: Company,
        patience: Duration,
        interrupt: &Interrupt,
    ) -> Result<Turn, Error> {
        let start = Instant::now();
        let mut cell = self.cell();
        loop {
            if let Some(writer) = cell.writer.take() {
                let is_watched = company == Company::Readers || cell.sessions > 1;
                let before = cell.published.take();
                cell.published =
                    is_watched.then(|| before.unwrap_or_else(|| Arc::new(writer.snapshot())));
                return Ok(Turn {
                    mark: writer.graph.mark(),
                    shared: Arc::clone(self),
                    writer: Some(writer),
                    held: 0,
                });
            }
            interrupt.check()?;
            let left = patience.saturating_sub(start.elapsed());
            if left.is_zero() {
                return Err(Error::Busy { patience });
            }
            cell.waiting += 1;
            let waited = self.returned.wait_timeout(cell, left.min(GLANCE));
            cell = waited.unwrap_or_else(PoisonError::into_inner).0;
            cell.waiting -= 1;
        }
    }

    pub(super) fn enter_session(&self) {
        self.cell().sessions += 1;
    }

    pub(super) fn leave_session(&self) {
        self.cell().sessions -= 1;
    }

    // Nothing that can panic runs while the lock is held.
    fn cell(&self) -> MutexGuard<'_, Cell> {
        self.cell.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Writer {
    fn snapshot(&self) -> Snapshot {
        Snapshot {
            view: self.graph.view().clone(),
            ids: Arc::clone(&self.ids),
            ontology: self.ontology.clone(),
        }
    }
}

/// The right to write, which one at a time has. Dropped, it takes back what was not committed.
#[derive(Debug)]
pub(super) struct Turn {
    shared: Arc<Shared>,
    /// Until the turn is over.
    writer: Option<Box<Writer>>,
    mark: Mark,
    /// The bytes of what was changed and is not final.
    pub held: usize,
}

impl Turn {
    /// Makes all changes final.
    ///
    /// Where the file that the graph lives in refuses them, the turn ends here and takes all of them back.
    pub(super) fn commit(mut self) -> Result<(), Error> {
        let writer = &mut **self.writer.as_mut().expect("the turn is not over");
        if let Some((path, store)) = &mut writer.store {
            let written = store.commit(&writer.graph);
            written.map_err(|error| Error::store(path, error))?;
        }
        self.graph.commit();
        self.mark = self.graph.mark();
        Ok(())
    }
}

impl Deref for Turn {
    type Target = Writer;

    fn deref(&self) -> &Writer {
        self.writer.as_ref().expect("the turn is not over")
    }
}

impl DerefMut for Turn {
    fn deref_mut(&mut self) -> &mut Writer {
        self.writer.as_mut().expect("the turn is not over")
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mark = self.mark;
        self.graph.undo_to(mark);
        let mut cell = self.shared.cell();
        cell.writer = self.writer.take();
        cell.published = None;
        let is_awaited = cell.waiting > 0;
        drop(cell);
        if is_awaited {
            self.shared.returned.notify_all();
        }
    }
}
