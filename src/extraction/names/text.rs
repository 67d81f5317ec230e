//! What all finders of names look at.

use std::ops::Range;

use super::tokens::{Segmenter, Token};
use crate::extraction::lexicon::{Classes, Lexicon};
use crate::extraction::{Document, Label};

/// A document in words.
pub(super) struct Text<'a> {
    pub(super) source: &'a str,
    pub(super) lexicon: &'a Lexicon,
    pub(super) tokens: Vec<Token>,
    /// The words of each sentence.
    pub(super) sentences: Vec<Range<usize>>,
}

/// A place that names something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) label: Label,
    pub(super) rule: &'static str,
}

impl<'a> Text<'a> {
    pub(super) fn new(document: &'a Document, lexicon: &'a Lexicon) -> Self {
        let text = document.text();
        let mut segmenter = Segmenter::default();
        let mut tokens = Vec::with_capacity(text.len() / 5);
        let mut sentences = Vec::with_capacity(document.segments.sentences.len());
        for sentence in &document.segments.sentences {
            let first = tokens.len();
            let range = sentence.span.range();
            segmenter.cut(&text[range.clone()], range.start, lexicon, &mut tokens);
            for token in &mut tokens[first..] {
                if token.is(Classes::PROPER)
                    && super::known::label_by_end(&text[token.start..token.end]).is_some()
                {
                    token.classes = token.classes.with(Classes::NAME);
                }
            }
            sentences.push(first..tokens.len());
        }
        Self {
            source: text,
            lexicon,
            tokens,
            sentences,
        }
    }

    /// The characters of a word.
    pub(super) fn word(&self, at: usize) -> &'a str {
        let token = &self.tokens[at];
        &self.source[token.start..token.end]
    }

    /// The characters of some words.
    pub(super) fn words(&self, range: Range<usize>) -> &'a str {
        if range.is_empty() {
            return "";
        }
        &self.source[self.tokens[range.start].start..self.tokens[range.end - 1].end]
    }

    pub(super) fn is(&self, at: usize, classes: Classes) -> bool {
        self.tokens[at].is(classes)
    }

    /// Words as a place that names something.
    pub(super) fn found(&self, range: Range<usize>, label: Label, rule: &'static str) -> Found {
        Found {
            start: self.tokens[range.start].start,
            end: self.tokens[range.end - 1].end,
            label,
            rule,
        }
    }

    /// Whether a word ends right before a byte.
    pub(super) fn ends_word(&self, end: usize) -> bool {
        let last = self.token_at(end - 1);
        self.tokens.get(last).is_some_and(|token| token.end == end)
    }

    /// The word at which a sentence's words and a byte meet.
    pub(super) fn token_at(&self, byte: usize) -> usize {
        self.tokens.partition_point(|token| token.end <= byte)
    }
}

/// The number of characters.
pub(super) fn length(text: &str) -> usize {
    text.chars().count()
}
