//! The line index of a text and the excerpt that messages show.

use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::Span;

/// A text with a name, for messages that point into it.
///
/// # Examples
///
/// ```
/// use tupu::source::{Source, Span};
///
/// let source = Source::new("<query>", "RETURN 企业\nRETURN 1 +");
/// assert_eq!(source.position(7), (1, 8));
/// assert_eq!(source.excerpt(Span::new(23, 24)), "2 | RETURN 1 +\n  |          ^");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    name: &'a str,
    text: &'a str,
    /// How many lines stand before the text.
    lines_before: usize,
}

impl<'a> Source<'a> {
    /// A text under the name that messages show: a file's path, `<query>`, `<stdin>`.
    #[must_use]
    pub fn new(name: &'a str, text: &'a str) -> Self {
        Self::part(name, text, 0)
    }

    /// A part of a text, which begins behind so many whole lines.
    #[must_use]
    pub fn part(name: &'a str, text: &'a str, lines_before: usize) -> Self {
        Self {
            name,
            text,
            lines_before,
        }
    }

    /// The name that messages show.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Line and column of a byte offset, both from 1; the column counts characters as people see them.
    ///
    /// An offset inside a character counts as that character; one past the end as the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let (line, start, offset) = self.line_of(offset);
        (line, self.text[start..offset].graphemes(true).count() + 1)
    }

    /// The line that holds the start of the span, with a caret under each cell that the span covers on it.
    ///
    /// A line longer than the excerpt's width is cut around the span, with `…` where it is cut.
    #[must_use]
    pub fn excerpt(&self, span: Span) -> String {
        const WIDTH: usize = 100;
        let (line, start, from) = self.line_of(span.start as usize);
        let end = self.text[start..]
            .find('\n')
            .map_or(self.text.len(), |at| start + at);
        let to = self.floor(span.end as usize).clamp(from, end);
        let (before, marked, after) = (
            &self.text[start..from],
            &self.text[from..to],
            &self.text[to..end],
        );
        let before = shorten_left(before, WIDTH * 2 / 3);
        let marked = shorten_right(marked, WIDTH);
        let after = shorten_right(after.trim_end(), WIDTH / 3);
        let number = line.to_string();
        let mut text = format!("{number} | ");
        text.push_str(&printable(&format!("{before}{marked}{after}")));
        let carets = printable(&marked).width().max(1);
        let indent = printable(&before).width();
        let margin = number.len();
        write!(
            text,
            "\n{:margin$} | {:indent$}{}",
            "",
            "",
            "^".repeat(carets)
        )
        .expect("writing to a string");
        text
    }

    /// The line's number, the offset where it starts, and the offset moved back to a character's start.
    fn line_of(&self, offset: usize) -> (usize, usize, usize) {
        let offset = self.floor(offset);
        let before = &self.text[..offset];
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let line = self.lines_before + line;
        (line, before.rfind('\n').map_or(0, |at| at + 1), offset)
    }

    fn floor(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset)
    }
}

/// Tabs become one blank and other control characters a visible mark, so that the caret stays in its cell.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' => ' ',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

fn shorten_left(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = 0;
    let mut cells = 1;
    for grapheme in text.graphemes(true).rev() {
        cells += grapheme.width();
        if cells > width {
            break;
        }
        kept += grapheme.len();
    }
    format!("…{}", &text[text.len() - kept..])
}

fn shorten_right(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = 0;
    let mut cells = 1;
    for grapheme in text.graphemes(true) {
        cells += grapheme.width();
        if cells > width {
            break;
        }
        kept += grapheme.len();
    }
    format!("{}…", &text[..kept])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caret_stands_under_the_cell_after_chinese() {
        let text = "MATCH (企:Enterprise RETURN 企";
        let at = text.find("RETURN").unwrap_or(0);
        let source = Source::new("<query>", text);
        assert_eq!(source.position(at), (1, 21));
        assert_eq!(
            source.excerpt(Span::new(at, at + 6)),
            "1 | MATCH (企:Enterprise RETURN 企\n  |                      ^^^^^^"
        );
    }

    #[test]
    fn offsets_past_the_end_and_inside_a_character_are_moved() {
        let source = Source::new("<query>", "企");
        assert_eq!(source.position(1), (1, 1));
        assert_eq!(source.position(99), (1, 2));
        assert_eq!(source.excerpt(Span::new(99, 99)), "1 | 企\n  |   ^");
    }
}
