//! A file's text, stretch by stretch, so that no file is ever held as a whole.

use std::io::Read;

use super::ImportError;
use super::rows::File;

/// How much of a file is held at once; little in tests, so that rows there are cut as well.
const WINDOW: usize = if cfg!(test) { 48 } else { 4 << 20 };

/// A stretch of a file's text, which begins where a row does.
#[derive(Debug, Default)]
pub(super) struct Window {
    text: String,
    /// The bytes up to the last line end, or all of them at the end of the file.
    whole: usize,
    /// How many lines of the file stand before it.
    lines_before: usize,
    /// How many bytes of the file stand before it.
    offset: usize,
    /// Whether the file goes on behind it.
    pub(super) goes_on: bool,
}

impl Window {
    /// The whole lines of the window.
    pub(super) fn file<'a>(&'a self, name: &'a str) -> File<'a> {
        File {
            name,
            text: &self.text[..self.whole],
            lines_before: self.lines_before,
        }
    }

    /// About how many rows a file has of so many bytes that begins with this window.
    pub(super) fn rows_of(&self, length: u64) -> usize {
        let lines = line_count(&self.text) as u64;
        let rows = match self.goes_on {
            true => lines.saturating_mul(length) / self.text.len().max(1) as u64,
            false => lines,
        };
        usize::try_from(rows).unwrap_or_default()
    }
}

/// What of a file has not been read yet.
#[derive(Debug)]
pub(super) struct Windows<R> {
    reader: R,
    /// The beginning of a character that the last window was too short for.
    cut: Vec<u8>,
    /// Room that a window left behind.
    spare: Vec<u8>,
}

impl<R: Read> Windows<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader,
            cut: Vec::new(),
            spare: Vec::new(),
        }
    }

    /// Takes the room of a window that is no longer needed.
    pub(super) fn recycle(&mut self, window: Window) {
        self.spare = window.text.into_bytes();
    }

    /// The window behind another, of which so many bytes have been read as rows. It grows as long as no row fits.
    pub(super) fn next(&mut self, before: &Window, used: usize) -> Result<Window, ImportError> {
        let (read, rest) = before.text.split_at(used);
        let mut bytes = std::mem::take(&mut self.spare);
        bytes.clear();
        bytes.extend_from_slice(rest.as_bytes());
        bytes.append(&mut self.cut);
        let wanted = WINDOW.max(2 * rest.len()) - rest.len();
        bytes.reserve(wanted);
        let mut limited = (&mut self.reader).take(wanted as u64);
        let got = limited.read_to_end(&mut bytes).map_err(ImportError::Read)?;
        let offset = before.offset + used;
        let goes_on = got == wanted;
        let text = self.decode(bytes, goes_on, offset)?;
        let whole = match text.rfind('\n') {
            Some(at) if goes_on => at + 1,
            None if goes_on => 0,
            _ => text.len(),
        };
        Ok(Window {
            whole,
            text,
            lines_before: before.lines_before + line_count(read),
            offset,
            goes_on,
        })
    }

    fn decode(
        &mut self,
        bytes: Vec<u8>,
        goes_on: bool,
        offset: usize,
    ) -> Result<String, ImportError> {
        String::from_utf8(bytes).or_else(|error| {
            let fault = error.utf8_error();
            let is_cut = goes_on && fault.error_len().is_none();
            let mut bytes = error.into_bytes();
            if is_cut {
                self.cut = bytes.split_off(fault.valid_up_to());
            }
            let offset = offset + fault.valid_up_to();
            String::from_utf8(bytes).map_err(|_| ImportError::NotText { offset })
        })
    }
}

fn line_count(text: &str) -> usize {
    text.bytes().filter(|&byte| byte == b'\n').count()
}
