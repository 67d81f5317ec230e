//! What a figure measures: the measure's name as written, without subject, period and filler.

mod count;
mod percentage;
mod rank;
mod words;

pub(super) use count::{counted, is_thing, noun};
pub(super) use percentage::{Percentage, percentage};
pub(super) use rank::{list, ranked};

use std::sync::LazyLock;

use super::affix::Affixes;
use words::{
    COMPARED, DECLINE, ENDS, GROWTH, HEADS, OPENERS, STOPS, TAILS, WHOLE_HEADS, WHOLE_TAILS,
};

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
    cut(text, |text| match LISTS.whole_tails.tail_of(text) {
        Some(_) => None,
        None => text.strip_suffix(LISTS.tails.tail_of(text)?),
    })
}

/// Takes filler from the head.
pub(super) fn head_cut(text: &str) -> &str {
    cut(text, |text| match LISTS.whole_heads.head_of(text) {
        Some(_) => None,
        None => text.strip_prefix(LISTS.heads.head_of(text)?),
    })
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
    ends: Affixes,
    whole_heads: Affixes,
    whole_tails: Affixes,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    tails: Affixes::tails(TAILS),
    heads: Affixes::heads(HEADS),
    openers: Affixes::heads(OPENERS),
    growth: Affixes::tails(GROWTH),
    decline: Affixes::tails(DECLINE),
    compared: Affixes::tails(COMPARED),
    stops: Affixes::heads(STOPS),
    ends: Affixes::heads(ENDS),
    whole_heads: Affixes::heads(WHOLE_HEADS),
    whole_tails: Affixes::tails(WHOLE_TAILS),
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

/// The members of a row, if it has so many: 利税、利润, 产值和税收及利润.
pub(super) fn parts(text: &str, count: usize) -> Option<Vec<&str>> {
    let text = text.trim_end_matches("分别");
    let by_any: Vec<&str> = text.split(['、', '和', '与', '及']).collect();
    let parts = if by_any.len() == count {
        by_any
    } else {
        let mut by_comma: Vec<&str> = text.split('、').collect();
        let last = by_comma.pop()?;
        by_comma.extend(
            last.rsplitn(2, ['和', '与', '及'])
                .collect::<Vec<_>>()
                .into_iter()
                .rev(),
        );
        by_comma
    };
    let is_whole = parts.len() == count && parts.iter().all(|part| !part.trim().is_empty());
    is_whole.then_some(parts)
}
