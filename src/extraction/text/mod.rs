//! Owns the text on which everything is computed: one way of writing each character, and the way back.
//!
//! Takes an article's text as found; gives the same text with full-width letters, digits and punctuation made narrow,
//! Traditional characters made Simplified, quotation marks of one kind, and without signs that nobody sees or readings
//! printed behind characters. What the page has lost is a [`LOST`] character.
//!
//! ```text
//! 產(chǎn)業(yè)園　２０２２年，共５家     as found
//! 产业园 2022年,共5家                  as read; the span of 产业 leads back to 產(chǎn)業(yè)
//! ```

mod annotation;
mod fold;
mod repair;

use crate::source::Span;
use fold::Fold;

/// Stands where the page has lost a character.
pub const LOST: char = char::REPLACEMENT_CHARACTER;

/// A text as read, with the exact map back to the text as found.
///
/// # Examples
///
/// ```
/// use tupu::extraction::Normalized;
/// use tupu::source::Span;
///
/// let found = "發(fā)展產(chǎn)業(yè)５家";
/// let normalized = Normalized::new(found);
/// assert_eq!(normalized.text(), "发展产业5家");
/// let span = normalized.original(Span::new("发展".len(), "发展产业".len()));
/// assert_eq!(&found[span.range()], "產(chǎn)業(yè)");
/// ```
#[derive(Clone, Debug)]
pub struct Normalized {
    text: String,
    runs: Vec<Run>,
}

/// From here on, a byte as read is a byte as found, up to the next run.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// Where the run begins in the text as read.
    at: u32,
    /// Where the character there begins in the text as found.
    start: u32,
    /// Where the character before it ends in the text as found.
    end: u32,
}

impl Normalized {
    /// Reads a text.
    ///
    /// # Complexity
    ///
    /// One pass, linear in the text.
    #[must_use]
    pub fn new(found: &str) -> Self {
        let fold = Fold::table();
        let mut builder = Builder::new(found.len());
        let mut at = 0;
        while let Some(c) = found[at..].chars().next() {
            let next = at + c.len_utf8();
            match c {
                '(' | '（' if builder.last.is_alphanumeric() || builder.last == LOST => {
                    match annotation::in_brackets(&found[at..]) {
                        Some(length) => {
                            builder.end = at + length;
                            at += length;
                            continue;
                        }
                        None => builder.push('(', at, next),
                    }
                }
                '?' if builder.is_after_ideograph() => {
                    if let Some(repaired) = repair::repair(found, at, builder.last) {
                        for (c, place) in repaired.characters {
                            if let Some(read) = fold.read(c) {
                                builder.push(read, place.start, place.end);
                            }
                        }
                        at = repaired.end;
                        continue;
                    }
                    if let Some((_, length)) = annotation::closing(&found[next..]) {
                        builder.push(LOST, at, next + length);
                        at = next + length;
                        continue;
                    }
                    builder.push(c, at, next);
                }
                '\n' => builder.push(c, at, next),
                '著' => builder.push(fold::particle(builder.last, &found[next..]), at, next),
                '\r' if !found[next..].starts_with('\n') => builder.push('\n', at, next),
                _ => {
                    if let Some(read) = fold.read(c) {
                        builder.push(read, at, next);
                    }
                }
            }
            at = next;
        }
        builder.finish()
    }

    /// The text as read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a stretch of the text as read stands in the text as found, with the readings printed behind its characters.
    ///
    /// The ends of the span are boundaries of characters of the text as read, those of the result of the text as found.
    #[must_use]
    pub fn original(&self, span: Span) -> Span {
        let start = self.place(span.start, |run| run.start);
        if span.end <= span.start {
            return Span { start, end: start };
        }
        let end = self.place(span.end, |run| run.end);
        Span {
            start,
            end: end.max(start),
        }
    }

    fn place(&self, at: u32, boundary: impl Fn(&Run) -> u32) -> u32 {
        match self.runs.partition_point(|run| run.at <= at).checked_sub(1) {
            None => at,
            Some(index) => {
                let run = &self.runs[index];
                if run.at == at {
                    boundary(run)
                } else {
                    run.start + (at - run.at)
                }
            }
        }
    }
}

/// Puts the text as read together, and the map with it.
struct Builder {
    text: String,
    runs: Vec<Run>,
    /// Where the next character begins in the text as found unless a new run begins.
    expected: usize,
    /// Where the last character ends in the text as found.
    end: usize,
    last: char,
}

impl Builder {
    fn new(length: usize) -> Self {
        Self {
            text: String::with_capacity(length),
            runs: Vec::new(),
            expected: 0,
            end: 0,
            last: '\n',
        }
    }

    /// Adds a character as read that stands at `start..end` in the text as found.
    fn push(&mut self, c: char, start: usize, end: usize) {
        if start != self.expected || self.end != self.expected {
            self.begin_run(start);
        }
        self.text.push(c);
        self.expected = start + c.len_utf8();
        self.end = end;
        self.last = c;
    }

    fn begin_run(&mut self, start: usize) {
        let Span { start, end } = Span::new(start, self.end);
        let at = Span::new(self.text.len(), 0).start;
        self.runs.push(Run { at, start, end });
    }

    fn is_after_ideograph(&self) -> bool {
        is_ideograph(self.last) || self.last == LOST
    }

    fn finish(mut self) -> Normalized {
        if self.end != self.expected {
            self.begin_run(self.end);
        }
        Normalized {
            text: self.text,
            runs: self.runs,
        }
    }
}

/// Whether a character is a Chinese one.
#[must_use]
pub fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{323AF}' | '〇')
}

#[cfg(test)]
mod tests;
