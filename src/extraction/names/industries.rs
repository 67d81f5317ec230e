//! Clusters: industries of the lexicon, and what a word for 产业 makes one.

use super::regions::Regions;
use super::resolve::WITHIN;
use super::text::{Found, Text, length};
use crate::extraction::Label;
use crate::extraction::lexicon::Classes;

/// Words behind an industry that belong to its name: 芯片 + 制造.
const PARTS: [&str; 15] = [
    "制造",
    "装备",
    "设备",
    "零部件",
    "材料",
    "服务",
    "应用",
    "设计",
    "器件",
    "加工",
    "制造业",
    "服务业",
    "技术",
    "整机",
    "及零部件",
];

/// What ranks an industry without naming it: 特色 + 产业.
const RANKS: [&str; 9] = [
    "特色", "新", "现代", "细分", "关键", "核心", "基础", "先进", "高端",
];

/// Every cluster.
pub(super) fn find(text: &Text<'_>, regions: &Regions, found: &mut Vec<Found>) {
    for sentence in &text.sentences {
        let mut at = sentence.start;
        while at < sentence.end {
            if let Some(close) = slogan(text, at, sentence.end) {
                at = close + 1;
                continue;
            }
            within(text, at, sentence.end, found);
            if text.is(at, Classes::INDUSTRY) {
                at = industry(text, sentence.start, at, sentence.end, found);
                continue;
            }
            if text.is(at, Classes::SECTOR_HEAD) {
                composed(text, regions, sentence.start, at, found);
            } else if text.is(at, Classes::SECTOR) {
                sector(text, sentence.start, at, sentence.end, found);
            }
            at += 1;
        }
    }
}

/// A sector in the name of what is built, founded or held for it: 甲市软件园, 乙市物流协会.
fn within(text: &Text<'_>, at: usize, end: usize, found: &mut Vec<Found>) {
    const BETWEEN: [&str; 8] = [
        "产业", "科技", "技术", "创新", "国际", "创业", "行业", "智能",
    ];
    let is_park = text.tokens[at]
        .head(text.lexicon)
        .is_some_and(|head| head.label == Label::Park);
    let follows = at > 0 && text.is(at - 1, Classes::SECTOR);
    if is_park
        && !follows
        && let Some(end) = opening_trade(text, at)
    {
        found.push(Found {
            start: text.tokens[at].start,
            end,
            label: Label::Cluster,
            rule: WITHIN,
        });
    }
    let is_trade = |at: usize| text.is(at, Classes::SECTOR) && !text.is(at, Classes::INDUSTRY);
    if !is_trade(at) || !names_trade(text.word(at)) {
        return;
    }
    // 医药物流园区: trades in a row are one.
    let last = (at + 1..end).find(|&one| !is_trade(one)).unwrap_or(end);
    let head = (last..end).find(|&one| !BETWEEN.contains(&text.word(one)));
    let Some(head) = head.filter(|&head| covers_trade(text, head)) else {
        return;
    };
    if last == at + 1 && LOOSE.contains(&text.word(at)) {
        return;
    }
    let mut one = text.found(at..last, Label::Cluster, WITHIN);
    if let Some(opening) = opening_trade(text, head).filter(|_| head == last) {
        one.end = opening;
    }
    found.push(one);
}

/// Whether a word closes the names of what is built, founded or held for a trade.
fn covers_trade(text: &Text<'_>, head: usize) -> bool {
    let guild = matches!(
        text.word(head),
        "协会" | "联盟" | "商会" | "学会" | "促进会"
    );
    let label = text.tokens[head].head(text.lexicon).map(|head| head.label);
    guild || matches!(label, Some(Label::Park | Label::Fund | Label::Event))
}

/// Trades that by themselves say little of what a site is for: 文化创新产业园.
const LOOSE: [&str; 8] = [
    "文化", "设计", "教育", "体育", "商业", "科研", "应急", "建筑",
];

/// Where the trade ends with which a word that closes names begins: 物流 of 物流园区.
fn opening_trade(text: &Text<'_>, head: usize) -> Option<usize> {
    let own = text.tokens[head];
    let word = text.word(head);
    let trades = text.lexicon.matches(word).filter(|&(start, end, term)| {
        let classes = text.lexicon.term(term).classes;
        start == 0
            && end < word.len()
            && names_trade(&word[..end])
            && classes.has(Classes::SECTOR.with(Classes::INDUSTRY))
    });
    trades.map(|one| own.start + one.1).max()
}

/// Whether a sector says more than that something is made: not 工业 of 工业园, nor 5G, which is a technique.
fn names_trade(word: &str) -> bool {
    word != "工业" && !word.starts_with(|c: char| c.is_ascii())
}

/// The end of a quotation that says something instead of naming it: “制造业当家”.
fn slogan(text: &Text<'_>, open: usize, end: usize) -> Option<usize> {
    if !matches!(text.word(open), "“" | "\"") {
        return None;
    }
    let close = (open + 1..end)
        .take(12)
        .find(|&at| matches!(text.word(at), "”" | "\""))?;
    let says = (open + 1..close).any(|at| {
        text.is(at, Classes::VERB)
            && !text.is(
                at,
                Classes::NAME_PART
                    .with(Classes::INDUSTRY)
                    .with(Classes::SECTOR),
            )
    });
    let names = (open + 1..close).any(|at| text.word(at) == "、");
    (says && !names).then_some(close)
}

/// An industry of the lexicon, with modifiers before and parts behind; gives the word after it.
fn industry(text: &Text<'_>, floor: usize, at: usize, end: usize, found: &mut Vec<Found>) -> usize {
    let mut start = at;
    while start > floor && is_modifier(text, start - 1) {
        start -= 1;
    }
    let mut last = at + 1;
    while last < end
        && (text.is(last, Classes::INDUSTRY)
            || PARTS.contains(&text.word(last)) && ends_well(text, last + 1, end))
    {
        last += 1;
    }
    // 新能源汽车电气设备产业: trades before the word for 产业 are one with it.
    let trades = (last..end)
        .find(|&one| !text.is(one, Classes::SECTOR))
        .unwrap_or(end);
    if trades < end && matches!(text.word(trades), "产业" | "产业集群") {
        last = trades;
    }
    if last < end && text.is(last, Classes::SECTOR_HEAD) && text.word(last) != "产业链" {
        // 碳硅基新材料产业
        start = super::brands::before_region(text, floor, start);
        last += 1;
    }
    if last - at > 1
        && last < end
        && opens_name(text, last, end)
        && !text.is(last - 1, Classes::SECTOR_HEAD)
    {
        last = at + 1;
    }
    found.push(text.found(start..last, Label::Cluster, "industry"));
    last
}

/// Whether a word that closes a name follows.
fn opens_name(text: &Text<'_>, at: usize, end: usize) -> bool {
    at < end && text.is(at, Classes::HEAD)
}

/// Whether an industry's name may end before a word.
fn ends_well(text: &Text<'_>, at: usize, end: usize) -> bool {
    const OPEN: Classes = Classes::SIGN
        .with(Classes::CONJUNCTION)
        .with(Classes::PARTICLE)
        .with(Classes::SECTOR_HEAD)
        .with(Classes::SECTOR_WEAK_HEAD)
        .with(Classes::STOP)
        .with(Classes::INDUSTRY);
    at >= end || text.is(at, OPEN) && !opens_name(text, at, end)
}

fn is_modifier(text: &Text<'_>, at: usize) -> bool {
    const WEAK: [&str; 8] = ["新", "特色", "细分", "关键", "核心", "未来", "基础", "都市"];
    text.is(at, Classes::MODIFIER) && !WEAK.contains(&text.word(at))
        || text.is(at, Classes::INDUSTRY.with(Classes::SECTOR))
}

/// A word for 产业 with what precedes it: 时尚产业.
fn composed(text: &Text<'_>, regions: &Regions, floor: usize, head: usize, found: &mut Vec<Found>) {
    const INSIDE: Classes = Classes::NOUN
        .with(Classes::ACTION)
        .with(Classes::MODIFIER)
        .with(Classes::SECTOR)
        .with(Classes::INDUSTRY)
        .with(Classes::ATTRIBUTIVE)
        .with(Classes::UNKNOWN)
        .with(Classes::LATIN)
        .with(Classes::SHORT);
    const OUTSIDE: Classes = Classes::STOP
        .with(Classes::MEASURE)
        .with(Classes::HEAD)
        .with(Classes::TITLE)
        .with(Classes::PRONOUN);
    let mut start = head;
    while start > floor && head - start < 4 {
        let before = start - 1;
        if text.is(before, Classes::INDUSTRY) && start < head || text.is(before, Classes::NO_NAME) {
            break;
        }
        // 沪皖产业: of two places, not of a trade.
        if text.is(before, Classes::SHORT) && length(text.word(before)) == 1 {
            break;
        }
        let belongs = text.is(before, INSIDE)
            && (!text.is(before, OUTSIDE)
                || text.is(before, Classes::MODIFIER.with(Classes::SECTOR)));
        if !belongs || regions.is_region(before) || text.is(before, Classes::NAME) {
            break;
        }
        start = before;
    }
    while start < head
        && text.is(start, Classes::GENERIC)
        && !text.is(start, Classes::INDUSTRY.with(Classes::SECTOR))
        && !(text.is(start, Classes::MODIFIER) && start + 1 < head)
    {
        start += 1;
    }
    let specific = (start..head).any(|at| {
        text.is(at, Classes::SECTOR.with(Classes::INDUSTRY))
            || !text.is(at, Classes::GENERIC.with(Classes::NAME_PART))
    });
    let content = length(text.words(start..head));
    let broken = (start..head).any(|at| {
        text.is(at, Classes::STOP.with(Classes::VERB))
            && !text.is(
                at,
                Classes::SECTOR
                    .with(Classes::INDUSTRY)
                    .with(Classes::MODIFIER),
            )
    });
    let plain = !broken && matches!(text.word(head), "产业" | "产业集群" | "行业");
    let ranked = start < head
        && (text.is(head - 1, Classes::GENERIC)
            && !text.is(
                head - 1,
                Classes::MODIFIER
                    .with(Classes::SECTOR)
                    .with(Classes::INDUSTRY),
            )
            || RANKS.contains(&text.word(head - 1))
            || text.word(head - 1).ends_with(['型', '化', '级', '性']));
    if start < head && !ranked && specific && plain && (2..=10).contains(&content) {
        found.push(text.found(start..head + 1, Label::Cluster, "composed"));
    }
}

/// A sector that the text treats as an industry.
fn sector(text: &Text<'_>, floor: usize, at: usize, end: usize, found: &mut Vec<Found>) {
    let next = (at + 1 < end).then(|| text.word(at + 1));
    let before = (at > floor).then(|| at - 1);
    let headed = matches!(
        next,
        Some("领域" | "业" | "赛道" | "制造业" | "服务业" | "加工业" | "制品业" | "板块")
    );
    let fostered = before.is_some_and(|before| {
        text.is(before, Classes::FOSTER_VERB)
            && matches!(
                text.word(before),
                "聚焦" | "发展" | "布局" | "做大做强" | "主攻" | "培育" | "大力发展" | "重点发展"
            )
    }) && next
        .is_none_or(|next| matches!(next, "、" | "," | "。" | "等" | "和" | "及" | "与"));
    if !headed && !fostered {
        return;
    }
    let mut start = at;
    while start > floor && (is_modifier(text, start - 1)) {
        start -= 1;
    }
    let with_head = matches!(next, Some("业" | "制造业" | "服务业" | "加工业" | "制品业"));
    found.push(text.found(
        start..at + 1 + usize::from(with_head),
        Label::Cluster,
        "sector",
    ));
}
