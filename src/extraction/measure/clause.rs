//! The clauses of a sentence, each read for its figures on its own.

use super::quantity::{Kind, Quantity};
use super::unit::Dimension;
use crate::extraction::Qualifier;

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

/// Figures without those that only say which things the next one counts: 年产值超亿元的企业8家.
pub(super) fn without_classes(text: &str, mut figures: Vec<Quantity>) -> Vec<Quantity> {
    let is_class = |figure: &Quantity, next: &Quantity| {
        let between = text.get(figure.end..next.start).unwrap_or_default();
        let thing = between.trim_end_matches(['有', '达', '共', '约', '近', '超', '已']);
        // 签约总投资60亿元的项目12个: so much in all.
        let before = &text[..figure.start];
        let is_total = ["总投资", "总额", "合计", "总金额"]
            .iter()
            .any(|word| before.contains(word))
            && figure.qualifier == Qualifier::Exact;
        figure.kind == Kind::Of(Dimension::Amount)
            && !is_total
            && next.kind == Kind::Of(Dimension::Count)
            && (super::name::is_thing(thing) || ["以上的", "以上"].contains(&thing))
            && !between.contains(['、', '，', ',', ';', '；', '(', '（'])
    };
    let classes: Vec<usize> = figures
        .windows(2)
        .filter(|pair| is_class(&pair[0], &pair[1]))
        .map(|pair| pair[0].start)
        .collect();
    figures.retain(|figure| !classes.contains(&figure.start));
    figures
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

/// The place of a figure in a row that only joints part (19%、40%和57%), and the row's length.
pub(super) fn row(text: &str, figures: &[Quantity], position: usize) -> Option<(usize, usize)> {
    let joined = |pair: &[Quantity]| {
        let is_like = pair[0].kind == pair[1].kind && pair[0].unit == pair[1].unit;
        let between = text.get(pair[0].end..pair[1].start).unwrap_or_default();
        is_like && !pair[1].ends_range && ["、", "和", "及", "与", "以及"].contains(&between)
    };
    let before = figures[..=position]
        .windows(2)
        .rev()
        .take_while(|pair| joined(pair));
    let after = figures[position..]
        .windows(2)
        .take_while(|pair| joined(pair));
    let (before, after) = (before.count(), after.count());
    (before + after > 0).then_some((before, before + after + 1))
}

/// Where what is said of a figure ends, in front of the next: the noun of a count belongs to it.
pub(super) fn said_until(text: &str, figure: &Quantity, next: &Quantity) -> usize {
    let between = text.get(figure.end..next.start).unwrap_or_default();
    let noun = match figure.kind {
        Kind::Of(Dimension::Count) => super::name::noun(between),
        _ => "",
    };
    let end = between.find(noun).unwrap_or(0) + noun.len();
    let is_member = ["、", "和", "及", "与", "以及"]
        .iter()
        .any(|joint| between[end..].starts_with(joint));
    match !noun.is_empty() && is_member {
        true => figure.end + end,
        false => figure.end,
    }
}
