//! Watches long work on the graph: whether it is cancelled or late, and what it holds.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use crate::expression::{Interrupt, Interruption};
use crate::function::{Held, Memory};
use crate::graph::{GraphError, Watch};

/// Ends work on the graph that is cancelled, late, or holds too much.
pub(super) struct Watcher {
    interrupt: Interrupt,
    memory: Arc<Memory>,
    held: RefCell<Held>,
    why: Cell<Option<Interruption>>,
}

/// Why watched work failed.
pub(super) enum Watched {
    /// The watcher ended it.
    Interrupted(Interruption),
    /// The graph refused it.
    Refused(GraphError),
}

impl Watcher {
    pub(super) fn new(interrupt: Interrupt, memory: Arc<Memory>) -> Self {
        Self {
            interrupt,
            memory,
            held: RefCell::default(),
            why: Cell::new(None),
        }
    }

    /// Does work under a watch; what it takes is held for as long as this is there.
    pub(super) fn watch<T>(
        &self,
        work: impl FnOnce(Watch<'_>) -> Result<T, GraphError>,
    ) -> Result<T, Watched> {
        let outcome = work(&|bytes| {
            let held = || Ok(self.held.borrow_mut().add(&self.memory, bytes)?);
            let checked = self.interrupt.check().and_then(|()| held());
            let may_go_on = checked.is_ok();
            self.why.set(checked.err());
            may_go_on
        });
        outcome.map_err(|error| match self.why.take() {
            Some(interruption) => Watched::Interrupted(interruption),
            None => Watched::Refused(error),
        })
    }
}
