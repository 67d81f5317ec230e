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

/// Every event that is said to be held.
pub(super) fn find(text: &Text<'_>, regions: &Regions, found: &mut Vec<Found>) {
    for sentence in &text.sentences {
        for at in sentence.clone() {
            if matches!(text.word(at), "召开" | "举行" | "举办" | "主办" | "承办") {
                held(text, regions, at + 1, sentence.end, found);
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

/// Whether a word closes the names of meetings; 会议 alone says too little.
fn is_meeting(text: &Text<'_>, at: usize) -> bool {
    let head = text.tokens[at].head(text.lexicon);
    head.is_some_and(|head| head.label == Label::Event)
        && length(text.word(at)) >= 2
        && text.word(at) != "会议"
}
