//! A reader that gives out no more than one row may have.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use super::LARGEST;

/// How much has been read since the last row.
#[derive(Clone, Debug, Default)]
pub(super) struct Meter(Rc<Cell<u64>>);

impl Meter {
    /// A row has ended.
    pub(super) fn reset(&self) {
        self.0.set(0);
    }
}

/// Reads from another reader until a row is too large.
pub(super) struct Metered<R> {
    reader: R,
    meter: Meter,
}

impl<R: Read> Metered<R> {
    pub(super) fn new(reader: R) -> (Self, Meter) {
        let meter = Meter::default();
        (
            Self {
                reader,
                meter: meter.clone(),
            },
            meter,
        )
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.meter.0.get() > LARGEST {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                super::Reason::TooLarge.to_string(),
            ));
        }
        let count = self.reader.read(buffer)?;
        self.meter.0.set(self.meter.0.get() + count as u64);
        Ok(count)
    }
}
