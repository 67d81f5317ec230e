//! What bounds a statement, and how it is cancelled.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

/// What bounds a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest time that a statement may take.
    pub timeout: Option<Duration>,
    /// The most rows that a result may have.
    pub max_rows: Option<usize>,
    /// The most bytes of memory that a statement may use for its rows, groups, paths, values and changes, by an
    /// estimate; by default a quarter of the machine's memory.
    pub max_memory: Option<usize>,
    /// The longest time that a statement or transaction waits while another is writing; ten seconds by default.
    pub patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: None,
            max_rows: None,
            max_memory: Some(quarter_of_memory()),
            patience: Duration::from_secs(10),
        }
    }
}

/// A quarter of the memory that the machine has, or of what its container may use; of 8 GB where nothing tells.
fn quarter_of_memory() -> usize {
    static QUARTER: LazyLock<usize> = LazyLock::new(|| {
        let number = |path: &str| -> Option<usize> {
            let text = std::fs::read_to_string(path).ok()?;
            text.trim().parse().ok()
        };
        let machine = std::fs::read_to_string("/proc/meminfo")
            .ok()
            .and_then(|text| {
                let line = text
                    .lines()
                    .find_map(|line| line.strip_prefix("MemTotal:"))?;
                let kilobytes: usize = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
                kilobytes.checked_mul(1024)
            });
        let containers = [
            "/sys/fs/cgroup/memory.max",
            "/sys/fs/cgroup/memory/memory.limit_in_bytes",
        ];
        let all = containers.into_iter().filter_map(number).chain(machine);
        all.min().unwrap_or(8 << 30) / 4
    });
    *QUARTER
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
