//! A text as mentions, words and marks.

use std::ops::Range;

use crate::extraction::Label;
use crate::extraction::rule::Classes;
use crate::extraction::rule::Rules;
use crate::extraction::rule::ast::Kind;
use crate::extraction::scene::Scene;

/// Something in a text that patterns see; what lies between tokens they do not see.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    pub kind: TokenKind,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum TokenKind {
    /// A mention that stands in no other; its position in [`Scene::places`].
    Place(usize),
    /// A word of these classes, and what they do.
    Word(Classes, Kind),
    /// The end of a clause; a strong one ends also what `...` reaches.
    Break { is_strong: bool },
}

/// The tokens of a whole text, sentence by sentence.
#[derive(Debug)]
pub(crate) struct Tokens {
    pub all: Vec<Token>,
    /// The tokens of each sentence.
    pub sentences: Vec<Range<usize>>,
}

impl Tokens {
    /// Cuts a text.
    pub(crate) fn new(scene: &Scene<'_>, rules: &Rules) -> Self {
        let mut all = Vec::new();
        let mut sentences = Vec::with_capacity(scene.sentences.len());
        let mut next_place = 0;
        for sentence in &scene.sentences {
            let first = all.len();
            while next_place < scene.places.len()
                && scene.places[next_place].start < sentence.range.start
            {
                next_place += 1;
            }
            while let Some(place) = scene.places.get(next_place)
                && place.start < sentence.range.end
            {
                if place.holder.is_none() && place.end <= sentence.range.end {
                    all.push(Token {
                        start: place.start,
                        end: place.end,
                        kind: TokenKind::Place(next_place),
                    });
                }
                next_place += 1;
            }
            let places = first..all.len();
            let text = &scene.text[sentence.range.clone()];
            let mut from = sentence.range.start;
            for place in places.clone() {
                let (start, end) = (all[place].start, all[place].end);
                words(scene, rules, from, start, &mut all);
                from = end;
            }
            words(scene, rules, from, sentence.range.end, &mut all);
            breaks(text, sentence.range.start, &mut |at, is_strong| {
                let own = &all[places.clone()];
                if !overlaps(own, at, at + 1) && !is_row(scene, own, at) {
                    let (start, end) = (at, at + 1);
                    let kind = TokenKind::Break { is_strong };
                    all.push(Token { start, end, kind });
                }
            });
            all[first..].sort_by_key(|token| token.start);
            sentences.push(first..all.len());
        }
        Self { all, sentences }
    }
}

/// The words between two places of a text.
///
/// A word that is no verb where it stands loses its force: 发布的《…》, 住房建设、….
fn words(scene: &Scene<'_>, rules: &Rules, from: usize, to: usize, out: &mut Vec<Token>) {
    for (start, end, classes) in rules.words(&scene.text[from..to]) {
        let (start, end) = (start + from, end + from);
        let mut kind = rules.kind(classes);
        let behind = &scene.text[end..];
        // 投资3亿元的: an amount is invested, nothing is built.
        let is_amount = behind.starts_with(|c: char| c.is_ascii_digit())
            && scene.text[start..end].ends_with("投资");
        if is_amount {
            continue;
        }
        let is_relative = behind.starts_with('的');
        if is_relative || behind.starts_with(['、', '等']) {
            kind = Kind::default();
        }
        out.push(Token {
            start,
            end,
            kind: TokenKind::Word(classes, kind),
        });
    }
}

/// Whether a stretch shares a byte with one of the mentions, which are sorted.
fn overlaps(places: &[Token], start: usize, end: usize) -> bool {
    let after = places.partition_point(|place| place.end <= start);
    places.get(after).is_some_and(|place| place.start < end)
}

/// Whether a comma stands between two industries and parts a row of them: 石化,建材等产业.
fn is_row(scene: &Scene<'_>, places: &[Token], comma: usize) -> bool {
    let after = places.partition_point(|place| place.end <= comma);
    let is_cluster = |token: &Token| matches!(token.kind, TokenKind::Place(place) if scene.label(place) == Label::Cluster);
    let Some(before) = after.checked_sub(1) else {
        return false;
    };
    places[before].end == comma
        && places
            .get(after)
            .is_some_and(|next| next.start == comma + 1 && is_cluster(next))
        && is_cluster(&places[before])
}

/// Where clauses end: at a comma, semicolon or colon, unless what follows goes on with the list before it.
fn breaks(text: &str, offset: usize, found: &mut impl FnMut(usize, bool)) {
    for (at, byte) in text.bytes().enumerate() {
        let mark = match byte {
            b',' => 1,
            b';' | b':' | b'!' | b'?' | b'\n' => 1,
            // ， ； ： ！ ？ 。 — as wide forms
            0xEF if text[at..].starts_with(['，', '；', '：', '！', '？']) => 3,
            0xE3 if text[at..].starts_with('。') => 3,
            0xE2 if text[at..].starts_with("——") => 6,
            _ => continue,
        };
        let is_comma = byte == b',' || text[at..].starts_with('，');
        let before = text.as_bytes().get(at.wrapping_sub(1));
        let next = &text[at + mark..];
        let in_number = byte == b','
            && before.is_some_and(u8::is_ascii_digit)
            && next.starts_with(|c: char| c.is_ascii_digit());
        let goes_on = is_comma
            && ["以及", "和", "及", "尤其是", "特别是", "包括", "还有", "即"]
                .iter()
                .any(|word| next.starts_with(word));
        if !in_number && !goes_on {
            let is_strong = text[at..].starts_with([';', '；', '\n']);
            found(offset + at, is_strong);
        }
    }
}
