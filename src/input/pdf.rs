//! The text of a PDF file that has a text layer.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::thread;

use super::Reason;

/// The stack of the thread that reads a PDF: its objects may be nested deeply.
const STACK: usize = 64 << 20;

/// The name of that thread, by which its panics are known.
const THREAD: &str = "pdf";

/// The share of a page's widest line, in percent, from which on a line is taken to go on in the next.
const FULL: usize = 75;

/// The text of all pages, lines that were broken by the page joined again.
pub(super) fn read(bytes: Vec<u8>) -> Result<String, Reason> {
    be_quiet();
    // The parser is not ours: what makes it panic is a damaged file, not the end of a run.
    let read = move || {
        catch_unwind(AssertUnwindSafe(|| {
            pdf_extract::extract_text_from_mem(&bytes)
        }))
    };
    let thread = thread::Builder::new()
        .name(THREAD.to_owned())
        .stack_size(STACK)
        .spawn(read)?;
    let damaged = |reason: &str| Reason::Damaged(reason.to_owned());
    let text = thread
        .join()
        .and_then(|caught| caught)
        .map_err(|_| damaged("its objects cannot be read"))?
        .map_err(|error| damaged(&error.to_string()))?;
    if text.trim().is_empty() {
        return Err(damaged(
            "it has no text layer; a scanned page must be recognised first",
        ));
    }
    Ok(joined(&text))
}

/// Keeps panics of the parser out of the user's sight; all others are told as ever.
fn be_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let told = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if thread::current().name() != Some(THREAD) {
                told(panic);
            }
        }));
    });
}

/// Joins the lines of a paragraph.
fn joined(text: &str) -> String {
    let widest = text
        .lines()
        .map(|line| line.trim().chars().count())
        .max()
        .unwrap_or(0);
    let mut joined = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim();
        joined.push_str(line);
        let is_full = line.chars().count() * 100 >= widest.min(60) * FULL;
        if !is_full || line.ends_with(['。', '！', '？', '：', '；']) {
            joined.push('\n');
        }
    }
    joined
}
