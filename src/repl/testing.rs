//! Output that tests can read while it is written.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// A stream in memory; clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Transcript(Rc<RefCell<Vec<u8>>>);

impl Transcript {
    /// What was written so far; it is forgotten.
    pub(crate) fn text(&self) -> String {
        String::from_utf8(std::mem::take(&mut *self.0.borrow_mut())).expect("output is text")
    }
}

impl Write for Transcript {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
