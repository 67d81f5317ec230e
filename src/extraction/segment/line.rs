//! A line and what can be seen of it without reading it.

use crate::extraction::is_ideograph;
use crate::source::Span;

/// A line without blanks around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
    /// Its length in characters.
    pub(super) length: usize,
    /// Whether it has the end of a sentence in it.
    pub(super) has_sentence: bool,
}

/// The lines of a text that are not blank.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            lines.push(Line::new(trimmed, start));
        }
        at += line.len() + 1;
    }
    lines
}

impl<'t> Line<'t> {
    pub(super) fn new(text: &'t str, start: usize) -> Self {
        Self {
            text,
            span: Span::new(start, start + text.len()),
            length: text.chars().count(),
            has_sentence: text.contains(['。', '!', '?']),
        }
    }

    /// Whether it is running text: long, or a whole sentence.
    pub(super) fn is_running(&self) -> bool {
        self.has_sentence && self.length >= 30 || self.length >= 80
    }

    /// The text without the marks of a heading or of emphasis, and without brackets that stand before it.
    pub(super) fn bare(&self) -> &'t str {
        self.text
            .trim_start_matches(['#', '*', '>', ' ', '(', '【', '[', '■', '●'])
            .trim_end_matches(['*', '#', ' '])
    }

    /// Whether it is an item of a list: a bullet or a number stands before it.
    pub(super) fn is_item(&self) -> bool {
        let Some(first) = self.text.chars().next() else {
            return false;
        };
        if "·-*●■◆◇○□➢▶►★☆✓".contains(first) {
            return self.length > 2 && !self.text.starts_with("**") && !self.text.starts_with("--");
        }
        let rest = self.text.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < self.text.len()
            && self.text.len() - rest.len() <= 2
            && rest.starts_with(['、', ')'])
    }

    /// Whether it is a rule across the page.
    pub(super) fn is_rule(&self) -> bool {
        self.length >= 3
            && self
                .text
                .chars()
                .all(|c| matches!(c, '-' | '=' | '_' | '*' | '—' | '─'))
    }

    /// Whether it is nothing but a few short words side by side, as in a menu.
    pub(super) fn is_menu(&self) -> bool {
        let mut count = 0;
        for word in self.text.split([' ', '|']).filter(|word| !word.is_empty()) {
            count += 1;
            let is_word = word.chars().count() <= 6
                && word
                    .chars()
                    .all(|c| is_ideograph(c) || c.is_ascii_alphabetic() || c == '>');
            if !is_word {
                return false;
            }
        }
        count >= 3 && !self.has_sentence
    }
}
