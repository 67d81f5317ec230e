//! Reading the rows of a file on all cores, in the order of the file.
//!
//! A window of the file is cut into pieces at line ends, and all pieces are read at once. Whether a line end stood
//! inside of quotes is known when the piece before is read: where that ends elsewhere than the next one begins, what
//! comes behind is left to the next window. While one window's rows are taken over, the next one is read.

use std::io::Read;
use std::ops::Range;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::super::ron::FormatError;
use super::ImportError;
use super::header::{FileKind, HeaderColumn, read_header};
use super::rows::{Field, File, Rows};
use super::window::{Window, Windows};

/// How much of a window is read as one piece.
const PIECE: usize = if cfg!(test) { 12 } else { 256 << 10 };

/// A file whose header has been read.
#[derive(Debug)]
pub(super) struct Reader<'a, R> {
    name: &'a str,
    windows: Windows<R>,
    window: Window,
    /// Where in the window the rows begin.
    start: usize,
    pub(super) columns: Vec<HeaderColumn>,
}

/// What a piece or a window was read as.
struct Parsed<T> {
    read: T,
    /// Where the rows end.
    end: usize,
    /// What is wrong with the row there.
    fault: Option<FormatError>,
}

impl<'a, R: Read + Send> Reader<'a, R> {
    /// Reads a file's header.
    pub(super) fn open(name: &'a str, reader: R, kind: FileKind) -> Result<Self, ImportError> {
        let mut windows = Windows::new(reader);
        let mut window = windows.next(&Window::default(), 0)?;
        loop {
            let file = window.file(name);
            // A byte order mark is no part of the first field.
            let start = if file.text.starts_with('\u{feff}') {
                3
            } else {
                0
            };
            let mut rows = Rows::new(file, start..file.text.len(), window.goes_on);
            let columns = read_header(file, &mut rows, kind)?;
            let start = rows.position();
            if !columns.is_empty() || !window.goes_on {
                return Ok(Self {
                    name,
                    windows,
                    window,
                    start,
                    columns,
                });
            }
            window = windows.next(&window, 0)?;
        }
    }

    /// The part of the file that holds the header.
    pub(super) fn header(&self) -> File<'_> {
        self.window.file(self.name)
    }

    /// About how many rows the file has if it is so many bytes long.
    pub(super) fn rows_of(&self, length: u64) -> usize {
        self.window.rows_of(length)
    }

    /// Reads all rows into batches, on all cores, and gives these to `take` in the order of the file. After a fault
    /// nothing more is read, and the rows before it have been taken.
    pub(super) fn read<B: Default + Send>(
        self,
        row: impl Fn(&mut B, File<'_>, &[Field]) -> Result<(), FormatError> + Sync,
        mut take: impl FnMut(File<'_>, B) -> Result<(), FormatError> + Send,
    ) -> Result<(), ImportError> {
        let (name, mut windows, mut window) = (self.name, self.windows, self.window);
        let count = self.columns.len();
        let parse = |window: &Window, start| parse_window(window, name, start, count, &row);
        let mut parsed = parse(&window, self.start);
        loop {
            let (used, fault) = (parsed.end, parsed.fault);
            let is_end =
                fault.is_some() || (!window.goes_on && used == window.file(name).text.len());
            let batches = parsed.read;
            let (taken, next) = rayon::join(
                || {
                    let mut batches = batches.into_iter();
                    batches.try_for_each(|batch| take(window.file(name), batch))
                },
                || {
                    (!is_end).then(|| {
                        let next = windows.next(&window, used)?;
                        let parsed = parse(&next, 0);
                        Ok::<_, ImportError>((next, parsed))
                    })
                },
            );
            taken?;
            fault.map_or(Ok(()), Err)?;
            let Some(next) = next else {
                return Ok(());
            };
            let before;
            (before, (window, parsed)) = (window, next?);
            windows.recycle(before);
        }
    }
}

/// Reads the rows of a window from a place on, as far as it is known that they are rows.
fn parse_window<B: Default + Send>(
    window: &Window,
    name: &str,
    start: usize,
    count: usize,
    row: &(impl Fn(&mut B, File<'_>, &[Field]) -> Result<(), FormatError> + Sync),
) -> Parsed<Vec<B>> {
    let file = window.file(name);
    let pieces = cut(file.text, start).into_par_iter();
    let pieces: Vec<(usize, Parsed<B>)> = pieces
        .map(|range| {
            let start = range.start;
            let rows = Rows::new(file, range, window.goes_on);
            (start, parse_piece(file, rows, count, row))
        })
        .collect();
    let mut whole = Parsed {
        read: Vec::with_capacity(pieces.len()),
        end: start,
        fault: None,
    };
    for (start, piece) in pieces {
        if start != whole.end || whole.fault.is_some() {
            break;
        }
        whole.read.push(piece.read);
        whole.end = piece.end;
        whole.fault = piece.fault;
    }
    whole
}

/// Pieces that end where lines do.
fn cut(text: &str, start: usize) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    let mut from = start;
    while from < bytes.len() {
        let wanted = (from + PIECE).min(bytes.len());
        let line_end = memchr::memchr(b'\n', &bytes[wanted..]);
        let end = line_end.map_or(bytes.len(), |at| wanted + at + 1);
        pieces.push(from..end);
        from = end;
    }
    pieces
}

fn parse_piece<B: Default>(
    file: File<'_>,
    mut rows: Rows<'_>,
    count: usize,
    row: &impl Fn(&mut B, File<'_>, &[Field]) -> Result<(), FormatError>,
) -> Parsed<B> {
    let mut read = B::default();
    let mut fields = Vec::with_capacity(count);
    let fault = loop {
        match rows.read_exactly(count, &mut fields) {
            Ok(true) => {}
            Ok(false) => break None,
            Err(fault) => break Some(fault),
        }
        if let Err(fault) = row(&mut read, file, &fields) {
            break Some(fault);
        }
    };
    Parsed {
        read,
        end: rows.position(),
        fault,
    }
}
