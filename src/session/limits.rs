//! What bounds a statement, and how it is cancelled.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// What bounds a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest time that a statement may take.
    pub timeout: Option<Duration>,
    /// The most rows that a result may have.
    pub max_rows: Option<usize>,
    /// The longest time that a statement or transaction waits while another is writing; ten seconds by default.
    pub patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: None,
            max_rows: None,
            patience: Duration::from_secs(10),
        }
    }
}

/// Cancels the statement that a session is running, from another thread or a signal handler.
///
/// The statement then fails with [`Error::is_cancelled`](super::Error::is_cancelled) and leaves nothing behind. A
/// handle that is used between two statements has no effect on the next one.
#[derive(Clone, Debug, Default)]
pub struct CancelHandle(pub(super) Arc<AtomicBool>);

impl CancelHandle {
    /// Cancels the running statement, if there is one.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// The flag itself, for a signal handler that can only set one.
    #[must_use]
    pub fn flag(&self) -> Arc<AtomicBool> {
        self.0.clone()
    }
}
