//! Firms that are known by a coined word and their trade: 芯澜微电子, 拓朴生物.

use super::text::{Found, Text, length};
use crate::extraction::Label;
use crate::extraction::lexicon::Classes;

/// The fewest and the most characters of the coined word.
const COINED: std::ops::RangeInclusive<usize> = 2..=4;

/// Every firm that a coined word before a word of trade names.
pub(super) fn find(text: &Text<'_>, found: &mut Vec<Found>) {
    for sentence in &text.sentences {
        for at in sentence.clone() {
            // 碳硅基新材料 + 产业: an industry.
            let is_trade = at + 1 < sentence.end
                && text.is(at + 1, Classes::SECTOR_HEAD.with(Classes::SECTOR_WEAK_HEAD));
            if !text.is(at, Classes::FIRM_HEAD)
                || is_trade
                || !super::headed::closes(text, at, sentence.end)
            {
                continue;
            }
            if let Some(start) = start_of_coined(text, sentence.start, at) {
                found.push(text.found(start..at + 1, Label::Enterprise, "brand"));
            }
        }
        for at in sentence.clone() {
            if text.word(at) == "总部" {
                seated(text, sentence.start, at, found);
            }
        }
    }
}

/// The firm whose seat is named: 阿特斯 of 阿特斯全球供应链总部.
fn seated(text: &Text<'_>, floor: usize, seat: usize, found: &mut Vec<Found>) {
    const OF_SEATS: [&str; 12] = [
        "全球",
        "供应链",
        "区域",
        "研发",
        "生产",
        "国际",
        "中国",
        "销售",
        "运营",
        "华东",
        "华南",
        "制造",
    ];
    let mut end = seat;
    while end > floor && OF_SEATS.contains(&text.word(end - 1)) {
        end -= 1;
    }
    let trade = end > floor && text.is(end - 1, Classes::FIRM_HEAD);
    let run = (floor..end - usize::from(trade))
        .rev()
        .take_while(|&before| is_coined(text, before));
    let Some(start) = run.last() else { return };
    let is_bound = start == floor || text.is(start - 1, BOUNDS);
    if is_bound && COINED.contains(&length(text.words(start..end - usize::from(trade)))) {
        found.push(text.found(start..end, Label::Enterprise, "seat"));
    }
}

/// Where the coined word begins that stands before a region in the name of its site: 宜化 of 宜化甲市公司.
pub(super) fn before_region(text: &Text<'_>, floor: usize, region: usize) -> usize {
    let run = (floor..region)
        .rev()
        .take_while(|&before| is_coined(text, before));
    let start = run.last().unwrap_or(region);
    let is_verbal = |at: usize| text.is(at, Classes::VERB.with(Classes::ACTION));
    // 中航通飞甲市基地
    let is_national = start > floor && text.word(start - 1) == "中";
    let start = start - usize::from(is_national);
    let size = region - start;
    let is_name = size == 2 && !(start..region).any(is_verbal) || (3..=4).contains(&size);
    if is_name { start } else { region }
}

/// Where the coined word before a trade begins, if there is one.
fn start_of_coined(text: &Text<'_>, floor: usize, at: usize) -> Option<usize> {
    const VERBS: Classes = Classes::VERB.with(Classes::ACTION);
    let mut start = (floor..at)
        .rev()
        .take_while(|&before| is_coined(text, before))
        .last()?;
    // 引德琪医药: a verb belongs to the name only where nothing else can govern it.
    let opens = start == floor || text.is(start - 1, BOUNDS);
    if text.is(start, VERBS) && !opens {
        start += 1;
    }
    let own = (start..at).filter(|&one| !text.is(one, VERBS)).count();
    let rare = (start..at).any(|one| text.is(one, Classes::UNKNOWN));
    (COINED.contains(&length(text.words(start..at)))
        && (own >= 2 || own >= 1 && rare || opens && own >= 1))
        .then_some(start)
}

/// Whether a member of a row begins with a coined word: 朗轩 of 朗轩眼镜.
pub(super) fn opens_coined(text: &Text<'_>, member: &std::ops::Range<usize>) -> bool {
    const LONGEST: usize = 8;
    let run = member.clone().take_while(|&at| is_coined(text, at)).count();
    let ends_as_site = text.tokens[member.end - 1].head(text.lexicon).is_some();
    run >= 2 && !ends_as_site && length(text.words(member.clone())) <= LONGEST
}

/// What a name may stand right behind.
const BOUNDS: Classes = Classes::SIGN
    .with(Classes::PARTICLE)
    .with(Classes::CONJUNCTION)
    .with(Classes::PREPOSITION);

/// Whether a word is a single character that no sentence needs: what a coined word is cut into.
fn is_coined(text: &Text<'_>, at: usize) -> bool {
    const NEVER: Classes = BOUNDS
        .with(Classes::ADVERB)
        .with(Classes::PRONOUN)
        .with(Classes::NUMERAL)
        .with(Classes::NUMBER)
        .with(Classes::LATIN)
        .with(Classes::MEASURE)
        .with(Classes::POSITION)
        .with(Classes::TIME)
        .with(Classes::STOP)
        .with(Classes::GENERIC)
        .with(Classes::HEAD)
        .with(Classes::SECTOR)
        .with(Classes::TITLE);
    length(text.word(at)) == 1 && !text.is(at, NEVER)
}
