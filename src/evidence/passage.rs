//! Sentences around spans, and bytes as characters.

use crate::source::Span;

/// What ends a sentence.
const ENDS: [char; 8] = ['。', '！', '？', '!', '?', '；', '\n', '\r'];
/// What still belongs to the sentence that has ended.
const CLOSING: [char; 7] = ['”', '’', '》', '）', ')', '"', '」'];

/// The sentences of a text, in order; blanks around them belong to none.
#[must_use]
pub fn sentences(text: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut has_ended = false;
    for (at, c) in text.char_indices() {
        if has_ended && !ENDS.contains(&c) && !CLOSING.contains(&c) {
            push(text, start, at, &mut sentences);
            start = at;
            has_ended = false;
        }
        has_ended |= ENDS.contains(&c);
    }
    push(text, start, text.len(), &mut sentences);
    sentences
}

fn push(text: &str, start: usize, end: usize, sentences: &mut Vec<Span>) {
    let part = &text[start..end];
    let from = start + (part.len() - part.trim_start().len());
    let to = from + part.trim().len();
    if from < to {
        sentences.push(Span::new(from, to));
    }
}

/// The smallest run of sentences that holds a span; the span itself where none does.
#[must_use]
pub fn sentence(sentences: &[Span], span: Span) -> Span {
    let first = sentences.partition_point(|sentence| sentence.end <= span.start);
    let last = sentences.partition_point(|sentence| sentence.start < span.end);
    let held = sentences.get(first..last).unwrap_or_default();
    held.iter().fold(span, |whole, part| whole.to(*part))
}

/// The positions of a text's characters, to turn bytes into characters.
#[derive(Debug)]
pub struct Characters {
    /// The first byte of every character.
    starts: Vec<u32>,
}

impl Characters {
    /// The characters of a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let starts = text.char_indices().map(|(at, _)| Span::new(at, at).start);
        Self {
            starts: starts.collect(),
        }
    }

    /// The number of characters that begin before a byte.
    #[must_use]
    pub fn at(&self, byte: u32) -> u32 {
        let count = self.starts.partition_point(|start| *start < byte);
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// A span in characters: from, to.
    #[must_use]
    pub fn span(&self, span: Span) -> (u32, u32) {
        (self.at(span.start), self.at(span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_people_end_them() {
        let text = "甲区聚焦低空经济。\n\n  他说：“好！”乙区呢？有3.5亿元";
        let found: Vec<_> = sentences(text)
            .into_iter()
            .map(|span| &text[span.range()])
            .collect();
        assert_eq!(
            found,
            [
                "甲区聚焦低空经济。",
                "他说：“好！”",
                "乙区呢？",
                "有3.5亿元"
            ]
        );
    }

    #[test]
    fn a_span_over_two_sentences_takes_both() {
        let text = "一。二。三。";
        let all = sentences(text);
        let span = Span::new(3, 9);
        assert_eq!(&text[sentence(&all, span).range()], "一。二。");
        assert_eq!(Characters::new(text).span(span), (1, 3));
    }
}
