//! Events that a verb of holding governs: the whole of what is held is the name, 召开甲区建设推进会.

use super::bounds::evidence;
use super::regions::Regions;
use super::text::{Found, Text, length};
use crate::extraction::Label;
use crate::extraction::lexicon::{Classes, Evidence};

/// The most words that an event's name has.
const LONGEST: usize = 18;
/// The fewest characters before its head.
const SHORTEST: usize = 5;
/// As many characters before its head make a title of common words.
const TITLED: usize = 9;

/// Every event that is said to be held.
pub(super) fn find(text: &Text<'_>, regions: &Regions, found: &mut Vec<Found>) {
    for sentence in &text.sentences {
        for at in sentence.clone() {
            if matches!(text.word(at), "召开" | "举行" | "举办" | "主办" | "承办") {
                held(text, regions, at + 1, sentence.end, found);
            }
            if matches!(
                text.word(at),
                "召开" | "举行" | "举办" | "开幕" | "启幕" | "落幕" | "闭幕"
            ) {
                takes_place(text, regions, sentence.start, at, found);
            }
        }
    }
}

fn held(text: &Text<'_>, regions: &Regions, from: usize, end: usize, found: &mut Vec<Found>) {
    const CLOSES: Classes = Classes::PARTICLE
        .with(Classes::PREPOSITION)
        .with(Classes::PRONOUN)
        .with(Classes::ADVERB);
    let start = from + usize::from(from < end && text.word(from) == "了");
    // “甲对接会”: the mark is none of the name's; “甲”推进会 begins with it.
    let opens = start < end && text.word(start) == "“";
    let closes = (start..end.min(start + LONGEST)).find(|&at| text.word(at) == "”");
    let is_marked = opens
        && closes.is_none_or(|close| {
            is_meeting(text, close - 1) || close + 1 >= end || text.is(close + 1, Classes::SIGN)
        });
    let start = start + usize::from(is_marked);
    let is_counted = start >= end || text.is(start, Classes::NUMERAL.with(Classes::MEASURE));
    if is_counted {
        return;
    }
    let ends_phrase = |at: usize| {
        matches!(text.word(at), "," | "。" | ";" | ":" | "!" | "?" | "《")
            || text.is(at, CLOSES) && !text.is(at, Classes::NAME_PART)
    };
    let head = (start..end.min(start + LONGEST))
        .take_while(|&at| !ends_phrase(at))
        .find(|&at| is_meeting(text, at) && super::headed::closes(text, at, end));
    let Some(head) = head else { return };
    let is_named = evidence(text, regions, start..head) >= Some(Evidence::Industry)
        || (start..head).any(|at| text.word(at) == "“");
    if is_named && length(text.words(start..head)) >= SHORTEST {
        found.push(text.found(start..head + 1, Label::Event, "held"));
    }
}

/// What a clause that begins with an event says to take place: 甲区月度集中开工活动举行.
fn takes_place(
    text: &Text<'_>,
    regions: &Regions,
    floor: usize,
    verb: usize,
    found: &mut Vec<Found>,
) {
    let clause = (floor..verb)
        .rev()
        .take(LONGEST + 8)
        .find(|&at| matches!(text.word(at), "," | "。" | ";" | ":" | "!"))
        .map_or(floor, |sign| sign + 1);
    // 甲活动(乙市): the place in brackets belongs to the name.
    let last = |head: usize| {
        let is_placed = head + 3 < verb
            && text.word(head + 1) == "("
            && regions.is_region(head + 2)
            && text.word(head + 3) == ")";
        if is_placed { head + 3 } else { head }
    };
    let Some(head) =
        (clause..verb).find(|&at| is_meeting(text, at) && follows(text, last(at) + 1, verb))
    else {
        return;
    };
    let is_dating = |at: usize| {
        text.is(
            at,
            Classes::TIME.with(Classes::NUMBER).with(Classes::MEASURE),
        ) || matches!(text.word(at), "月" | "日" | "上午" | "下午" | "晚")
    };
    let start = (clause..head).find(|&at| !is_dating(at)).unwrap_or(head);
    // 2018年甲推介会: the year belongs to the name.
    let is_year = text.word(start) == "年" && start > clause && text.word(start - 1).len() == 4;
    let start = start - usize::from(is_year);
    let is_named = evidence(text, regions, start..head) >= Some(Evidence::Industry)
        || length(text.words(start..head)) >= TITLED;
    let is_plain = (start..head).any(|at| text.is(at, Classes::PARTICLE.with(Classes::PRONOUN)));
    if is_named
        && !is_plain
        && head - start <= LONGEST
        && length(text.words(start..head)) >= SHORTEST
    {
        found.push(text.found(start..last(head) + 1, Label::Event, "held"));
    }
}

/// Whether nothing but where and how stands between an event and its verb.
fn follows(text: &Text<'_>, from: usize, verb: usize) -> bool {
    let is_dating = |at: usize| {
        text.is(
            at,
            Classes::ADVERB.with(Classes::TIME).with(Classes::NUMBER),
        ) || matches!(
            text.word(at),
            "月" | "日" | "日前" | "近日" | "昨日" | "今日" | "上午" | "下午" | "将"
        )
    };
    let first = (from..verb).find(|&at| !is_dating(at));
    first.is_none_or(|at| {
        matches!(
            text.word(at),
            "在" | "于" | "隆重" | "顺利" | "成功" | "正式"
        )
    })
}

/// Whether a word closes the names of meetings; 会议 alone says too little.
fn is_meeting(text: &Text<'_>, at: usize) -> bool {
    let head = text.tokens[at].head(text.lexicon);
    matches!(text.word(at), "活动" | "对接活动" | "推介活动")
        || head.is_some_and(|head| head.label == Label::Event)
            && length(text.word(at)) >= 2
            && text.word(at) != "会议"
}
