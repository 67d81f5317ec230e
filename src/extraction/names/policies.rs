//! Policies without marks: what a verb of issuing governs, up to a noun of action.

use std::ops::Range;

use super::headed::closes;
use super::regions::Regions;
use super::text::{Found, Text, length};
use crate::extraction::Label;
use crate::extraction::lexicon::{Classes, Evidence};

/// The most words that a policy's name has.
const LONGEST: usize = 16;

/// Every policy that a verb of issuing governs, and every one that a region or a year opens.
pub(super) fn find(text: &Text<'_>, regions: &Regions, found: &mut Vec<Found>) {
    for sentence in &text.sentences {
        for at in sentence.clone() {
            if text.is(at, Classes::ISSUE_VERB) {
                governed(text, regions, at, sentence.end, found);
            }
            let is_head = text.tokens[at]
                .head(text.lexicon)
                .is_some_and(|head| head.label == Label::Policy);
            if is_head && closes(text, at, sentence.end) {
                opened(text, regions, sentence.start, at, found);
            }
        }
    }
}

/// The policies after a verb: 实施甲工程和乙工程.
fn governed(text: &Text<'_>, regions: &Regions, verb: usize, end: usize, found: &mut Vec<Found>) {
    let mut start = verb + 1;
    while start < end
        && matches!(
            text.word(start),
            "了" | "好" | "并" | "实施" | "出台" | "深入"
        )
    {
        start += 1;
    }
    let limit = end.min(start + LONGEST);
    let mut at = start;
    while at < limit {
        let word = text.word(at);
        if matches!(word, "," | "。" | ";" | ":" | "《" | "“" | "!" | "等") {
            return;
        }
        let head = text.tokens[at]
            .head(text.lexicon)
            .filter(|head| head.label == Label::Policy);
        if head.is_some() && closes(text, at, end) {
            let range = trimmed(text, start..at);
            if is_name(text, regions, range.clone(), at) {
                found.push(text.found(range.start..at + 1, Label::Policy, "governed"));
            }
            if at + 1 < limit && matches!(text.word(at + 1), "、" | "和" | "与" | "及") {
                start = at + 2;
                at = start;
                continue;
            }
            return;
        }
        at += 1;
    }
}

fn trimmed(text: &Text<'_>, range: Range<usize>) -> Range<usize> {
    let mut start = range.start;
    while start < range.end {
        let verb = text.is(start, Classes::ISSUE_VERB)
            && !text.is(start, Classes::FOSTER_VERB.with(Classes::NAME_PART));
        if verb {
            start += 1;
            continue;
        }
        let generic = text.is(
            start,
            Classes::GENERIC
                .with(Classes::NUMERAL)
                .with(Classes::MEASURE)
                .with(Classes::ADVERB),
        );
        let keeps = text.is(
            start,
            Classes::NAME_PART
                .with(Classes::INDUSTRY)
                .with(Classes::SECTOR)
                .with(Classes::FOSTER_VERB),
        );
        if !generic || keeps {
            break;
        }
        start += 1;
    }
    start..range.end
}

/// Whether the words before a head make a name with it.
fn is_name(text: &Text<'_>, regions: &Regions, range: Range<usize>, head: usize) -> bool {
    if range.is_empty() {
        return false;
    }
    let words = text.words(range.clone());
    let head_word = text.word(head);
    let whole = length(words) + length(head_word);
    if words.contains("相关")
        || head_word == "体系" && words.ends_with("产业")
        || head_word == "改革" && !words.contains('”')
    {
        return false;
    }
    if words.contains(['的', '、', '其'])
        && !matches!(
            head_word,
            "方案" | "意见" | "指导方案" | "措施" | "办法" | "若干措施" | "规划"
        )
    {
        return false;
    }
    let specific = range
        .clone()
        .filter(|&at| !text.is(at, Classes::GENERIC) || text.is(at, Classes::INDUSTRY))
        .count();
    let loose = matches!(
        head_word,
        "体系"
            | "机制"
            | "制度"
            | "标准"
            | "清单"
            | "改革"
            | "活动"
            | "协议"
            | "规划"
            | "制"
            | "战略"
            | "指标体系"
            | "公告"
            | "通知"
            | "法"
    );
    if loose && super::bounds::evidence(text, regions, range.clone()) < Some(Evidence::Proper) {
        return false;
    }
    let strict = text.tokens[head]
        .head(text.lexicon)
        .is_some_and(|one| one.evidence == Evidence::Any);
    specific >= 1
        && (length(words) >= 3 && whole >= 6 || strict && whole >= 5 && length(words) >= 2)
}

/// A policy that a region or a year opens: 甲市“十四五”规划, 2022年项目清单.
fn opened(text: &Text<'_>, regions: &Regions, floor: usize, head: usize, found: &mut Vec<Found>) {
    let extent = super::bounds::extent(text, regions, floor, head);
    let strict = text.tokens[head]
        .head(text.lexicon)
        .is_some_and(|one| one.evidence == Evidence::Any);
    let region_first = extent.start < head && regions.is_region(extent.start);
    let words = text.words(extent.start..head);
    let year = extent.start > floor + 1
        && text.word(extent.start - 1) == "年"
        && text.is(extent.start - 2, Classes::NUMBER);
    let content = head - extent.start - usize::from(region_first);
    if content == 0 || matches!(text.word(head), "活动" | "协议" | "公告" | "通知") {
        return;
    }
    if strict && (region_first || extent.evidence == Some(Evidence::Proper))
        || region_first && length(words) >= 8
    {
        found.push(text.found(extent.start..head + 1, Label::Policy, "opened"));
    } else if year && strict && length(words) >= 4 {
        found.push(text.found(extent.start - 2..head + 1, Label::Policy, "opened"));
    }
}
