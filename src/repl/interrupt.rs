//! Ctrl-C while statements run: the signal cancels the statement, which stops by itself.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::SigId;
use signal_hook::consts::SIGINT;
use signal_hook::flag;

use crate::session::CancelHandle;

/// What a second Ctrl-C does while the statement has not yet stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Second {
    /// Nothing more: whoever types at a prompt keeps the session.
    Waits,
    /// Ends the program with status 130.
    EndsProgram,
}

/// Ties Ctrl-C to a session for as long as this value lives.
#[derive(Debug)]
pub struct Interrupt {
    is_pressed: Arc<AtomicBool>,
    second: Second,
    registrations: Vec<SigId>,
}

impl Interrupt {
    /// From now on Ctrl-C cancels what the session runs, and no longer ends the program.
    ///
    /// # Errors
    ///
    /// When the operating system refuses the signal handler.
    pub fn new(handle: &CancelHandle, second: Second) -> io::Result<Self> {
        let mut interrupt = Self {
            is_pressed: Arc::default(),
            second,
            registrations: Vec::new(),
        };
        if second == Second::EndsProgram {
            let is_second = Arc::clone(&interrupt.is_pressed);
            interrupt
                .registrations
                .push(flag::register_conditional_shutdown(SIGINT, 130, is_second)?);
        }
        // The session forgets its flag with every statement; this one stays until it has been acted upon.
        for told in [Arc::clone(&interrupt.is_pressed), handle.flag()] {
            interrupt.registrations.push(flag::register(SIGINT, told)?);
        }
        Ok(interrupt)
    }

    /// The same for another session; this one's ends when it is dropped.
    ///
    /// # Errors
    ///
    /// As [`Interrupt::new`].
    pub fn of(&self, handle: &CancelHandle) -> io::Result<Self> {
        Self::new(handle, self.second)
    }

    /// Whether Ctrl-C was pressed since the last [`Interrupt::clear`].
    #[must_use]
    pub fn is_pressed(&self) -> bool {
        self.is_pressed.load(Ordering::SeqCst)
    }

    /// Forgets an earlier Ctrl-C, so that it does not stop the next statement.
    pub fn clear(&self) {
        self.is_pressed.store(false, Ordering::SeqCst);
    }
}

impl Drop for Interrupt {
    fn drop(&mut self) {
        for registration in self.registrations.drain(..) {
            signal_hook::low_level::unregister(registration);
        }
    }
}
