//! What a figure measures: the measure's name as written, without subject, period and filler.

mod count;
mod percentage;
mod rank;
mod words;

pub(super) use count::{counted, noun};
pub(super) use percentage::{Percentage, percentage};
pub(super) use rank::ranked;

use std::sync::LazyLock;

use super::affix::Affixes;
use words::{COMPARED, DECLINE, GROWTH, HEADS, OPENERS, STOPS, TAILS};

/// Takes filler from both ends.
pub(super) fn bare(text: &str) -> &str {
    let text = head_cut(tail_cut(text));
    let opened = LISTS.openers.last_in(text).map(|at| head_cut(&text[at..]));
    // 、、等: the names of a row are cut out of it.
    let text = opened
        .filter(|rest| rest.chars().count() >= 2)
        .unwrap_or(text);
    text.rfind("、、")
        .map_or(text, |at| head_cut(&text[at + "、、".len()..]))
}

/// Takes filler from the end.
pub(super) fn tail_cut(text: &str) -> &str {
    cut(text, |text| text.strip_suffix(LISTS.tails.tail_of(text)?))
}

/// Takes filler from the head.
pub(super) fn head_cut(text: &str) -> &str {
    cut(text, |text| text.strip_prefix(LISTS.heads.head_of(text)?))
}

/// The lists above, ready to be looked up.
struct Lists {
    tails: Affixes,
    heads: Affixes,
    openers: Affixes,
    growth: Affixes,
    decline: Affixes,
    compared: Affixes,
    stops: Affixes,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    tails: Affixes::tails(TAILS),
    heads: Affixes::heads(HEADS),
    openers: Affixes::heads(OPENERS),
    growth: Affixes::tails(GROWTH),
    decline: Affixes::tails(DECLINE),
    compared: Affixes::tails(COMPARED),
    stops: Affixes::heads(STOPS),
});

fn cut<'a>(text: &'a str, once: impl Fn(&'a str) -> Option<&'a str>) -> &'a str {
    let is_edge = |c: char| {
        c.is_whitespace() || matches!(c, ',' | '，' | ';' | '；' | '。' | '…' | '\u{fffd}')
    };
    let mut text = text.trim_matches(is_edge);
    while let Some(shorter) = once(text) {
        text = shorter.trim_matches(is_edge);
    }
    text
}
