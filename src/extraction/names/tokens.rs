//! A sentence in words.

use crate::extraction::lexicon::{Classes, Head, Lexicon, Term};

/// What a character costs that no word holds; more than any word.
const UNKNOWN_COST: u32 = 32;

/// A word of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) classes: Classes,
    term: Option<u32>,
}

impl Token {
    /// Whether it is of one of the classes.
    pub(super) fn is(&self, classes: Classes) -> bool {
        self.classes.has(classes)
    }

    /// What the lexicon says of it.
    pub(super) fn term<'a>(&self, lexicon: &'a Lexicon) -> Option<&'a Term> {
        self.term.map(|term| lexicon.term(term))
    }

    /// What it heads.
    pub(super) fn head(&self, lexicon: &Lexicon) -> Option<Head> {
        self.term(lexicon)?.head
    }
}

/// Cuts sentences into words; keeps its tables from one to the next.
#[derive(Debug, Default)]
pub(super) struct Segmenter {
    /// For each byte, the least cost of reading up to there, and the last word of that reading.
    best: Vec<(u32, u32, Option<u32>)>,
}

impl Segmenter {
    /// Adds the words of a sentence that begins at `offset`: those whose costs add up to the least.
    pub(super) fn cut(
        &mut self,
        sentence: &str,
        offset: usize,
        lexicon: &Lexicon,
        tokens: &mut Vec<Token>,
    ) {
        self.read(sentence, lexicon);
        let first = tokens.len();
        let mut end = sentence.len();
        while end > 0 {
            let (_, start, term) = self.best[end];
            let start = start as usize;
            let classes = term.map_or_else(
                || class_of(&sentence[start..end]),
                |term| lexicon.term(term).classes,
            );
            tokens.push(Token {
                start: offset + start,
                end: offset + end,
                classes,
                term,
            });
            end = start;
        }
        tokens[first..].reverse();
        join_runs(sentence, offset, tokens, first);
    }

    fn read(&mut self, sentence: &str, lexicon: &Lexicon) {
        const NEVER: (u32, u32, Option<u32>) = (u32::MAX, 0, None);
        self.best.clear();
        self.best.resize(sentence.len() + 1, NEVER);
        self.best[0].0 = 0;
        let mut matches = lexicon.matches(sentence).peekable();
        for (at, c) in sentence.char_indices() {
            let end = at + c.len_utf8();
            let place = u32::try_from(at).unwrap_or(u32::MAX);
            self.best[end] = (self.best[at].0.saturating_add(UNKNOWN_COST), place, None);
            while let Some((start, end, term)) = matches.next_if(|one| one.1 <= end) {
                let cost = self.best[start]
                    .0
                    .saturating_add(u32::from(lexicon.term(term).cost));
                if cost < self.best[end].0 && whole(sentence, start, end) {
                    self.best[end] = (cost, u32::try_from(start).unwrap_or(u32::MAX), Some(term));
                }
            }
        }
    }
}

/// Whether a match does not begin or end inside a run of Latin letters or digits.
fn whole(sentence: &str, start: usize, end: usize) -> bool {
    let bytes = sentence.as_bytes();
    let runs =
        |at: usize| bytes[at - 1].is_ascii_alphanumeric() && bytes[at].is_ascii_alphanumeric();
    (start == 0 || !runs(start)) && (end >= bytes.len() || !runs(end))
}

fn class_of(text: &str) -> Classes {
    match text.chars().next() {
        Some(c) if c.is_ascii_digit() => Classes::NUMBER,
        Some(c) if c.is_alphabetic() && !crate::extraction::is_ideograph(c) => Classes::LATIN,
        Some(c) if c.is_alphabetic() => Classes::UNKNOWN,
        _ => Classes::SIGN,
    }
}

fn text_of<'a>(sentence: &'a str, offset: usize, token: &Token) -> &'a str {
    &sentence[token.start - offset..token.end - offset]
}

/// Joins digits to numbers and letters to words.
fn join_runs(sentence: &str, offset: usize, tokens: &mut Vec<Token>, first: usize) {
    let mut kept = first;
    for at in first..tokens.len() {
        let token = tokens[at];
        let joins = kept > first && {
            let last = tokens[kept - 1];
            let decimal = text_of(sentence, offset, &token) == "."
                && last.classes.has(Classes::NUMBER)
                && tokens
                    .get(at + 1)
                    .is_some_and(|next| next.is(Classes::NUMBER));
            let same = decimal
                || last.classes.has(Classes::NUMBER) && token.is(Classes::NUMBER)
                || last.classes.has(Classes::LATIN) && token.is(Classes::LATIN);
            same && last.term.is_none() && token.term.is_none()
        };
        if joins {
            tokens[kept - 1].end = token.end;
        } else {
            tokens[kept] = token;
            kept += 1;
        }
    }
    tokens.truncate(kept);
}
