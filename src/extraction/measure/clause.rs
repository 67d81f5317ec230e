//! The clauses of a sentence, each read for its figures on its own.

use super::quantity::{Kind, Quantity};
use super::unit::Dimension;

/// How many bytes may lie between the size of a field and a rank in it.
const FIELD: usize = 36;

/// A clause of a sentence; all offsets are of the text.
pub(super) struct Clause {
    pub start: usize,
    pub end: usize,
}

/// The clauses of a sentence: at commas and semicolons that stand in no number, and brackets that hold a figure.
pub(super) fn clauses(text: &str) -> Vec<Clause> {
    let mut out = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    let mut in_brackets = false;
    for (at, c) in text.char_indices() {
        let is_end = match c {
            ',' => {
                let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
                !(at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2) && digit(at + 3))
            }
            '，' | ';' | '；' | '。' | '\n' => true,
            '(' | '（' => {
                let inner = bracketed(&text[at..]).unwrap_or_default();
                in_brackets = inner.chars().any(|c| c.is_ascii_digit());
                in_brackets
            }
            ')' | '）' => std::mem::take(&mut in_brackets),
            _ => false,
        };
        if is_end {
            out.push(Clause { start, end: at });
            start = at + c.len_utf8();
        }
    }
    out.push(Clause {
        start,
        end: text.len(),
    });
    out
}

/// What an opening bracket and its closing one hold, both included.
pub(super) fn bracketed(text: &str) -> Option<&str> {
    let end = text.find([')', '）'])?;
    let length = text[end..].chars().next().map_or(1, char::len_utf8);
    Some(&text[..end + length])
}

/// Figures without the size of the field in which a rank is held: 全国169个高新区第11位.
pub(super) fn without_fields(text: &str, mut figures: Vec<Quantity>) -> Vec<Quantity> {
    const HELD: [&str; 8] = ["跻身", "全国", "全省", "全市", "位列", "位居", "名列", "在"];
    let is_field = |figure: &Quantity, next: &Quantity| {
        figure.kind == Kind::Of(Dimension::Count)
            && next.kind == Kind::Rank
            && next.start - figure.end <= FIELD
            && HELD.iter().any(|word| text[..figure.start].ends_with(word))
    };
    let fields: Vec<usize> = figures
        .windows(2)
        .filter(|pair| is_field(&pair[0], &pair[1]))
        .map(|pair| pair[0].start)
        .collect();
    figures.retain(|figure| !fields.contains(&figure.start));
    figures
}

pub(super) fn leading_blank(text: &str) -> usize {
    text.len()
        - text
            .trim_start_matches(|c: char| c.is_whitespace() || ",，、;；".contains(c))
            .len()
}
