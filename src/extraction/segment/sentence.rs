//! Where sentences and clauses end.

use crate::source::Span;

/// The sentences of a block, without blanks around them.
pub(super) fn sentences(text: &str, block: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = block.start as usize;
    let mut depth = 0_u32;
    let mut ends = false;
    for (at, c) in text[block.range()].char_indices() {
        let at = at + block.start as usize;
        if ends && !closes(c) {
            push(text, start, at, &mut found);
            start = at;
            ends = false;
        }
        match c {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            '。' | '!' | '?' | '…' if depth == 0 => ends = true,
            _ => {}
        }
    }
    push(text, start, block.end as usize, &mut found);
    found
}

/// The clauses of a sentence, without the signs between them.
pub(super) fn clauses(text: &str, sentence: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = sentence.start as usize;
    let mut depth = 0_u32;
    let mut before = '\n';
    for (at, c) in text[sentence.range()].char_indices() {
        let at = at + sentence.start as usize;
        match c {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            // The comma of 12,500 parts nothing.
            ',' if before.is_ascii_digit()
                && text[at + 1..].starts_with(|c: char| c.is_ascii_digit()) => {}
            ',' | ';' | ':' | '—' if depth == 0 => {
                push(text, start, at, &mut found);
                start = at + c.len_utf8();
            }
            _ => {}
        }
        before = c;
    }
    push(text, start, sentence.end as usize, &mut found);
    found
}

/// Whether a sign still belongs to the sentence that has just ended.
fn closes(c: char) -> bool {
    matches!(
        c,
        '。' | '!' | '?' | '…' | '”' | '’' | '"' | '\'' | ')' | '】' | '》'
    )
}

fn push(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    let piece = &text[start..end];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let start = start + (piece.len() - piece.trim_start().len());
        found.push(Span::new(start, start + trimmed.len()));
    }
}
