//! Persons: an office and a name (市长甲某), and who stands in a row with one.

use super::regions::Regions;
use super::text::{Found, Text, length};
use crate::extraction::Label;
use crate::extraction::lexicon::{Classes, Evidence};

/// Words behind a person's name with which a statement begins.
const SAYS: [&str; 14] = [
    "表示", "指出", "说", "强调", "认为", "称", "介绍", "坦言", "透露", "直言", "补充", "解释",
    "告诉", "回应",
];

/// Every person whose office is given.
pub(super) fn find(text: &Text<'_>, regions: &Regions, found: &mut Vec<Found>) {
    for sentence in &text.sentences {
        for at in sentence.clone() {
            speaker(text, sentence.clone(), at, found);
            // 甲市长: the region's last character is the office's first.
            let is_head = text.word(at) == "长"
                && at > sentence.start
                && regions.is_region(at - 1)
                && text.word(at - 1).ends_with(['市', '区', '县', '省', '镇']);
            if !text.is(at, Classes::TITLE) && !is_head {
                continue;
            }
            employer(text, regions, sentence.start, at, found);
            before_office(text, regions, sentence.start, at, found);
            let mut next = named_behind(text, at + 1, sentence.end);
            while let Some(end) = name(text, next, sentence.end) {
                let mut person = text.found(next..end, Label::Person, "office");
                person.end += swallowed(text, next..end, sentence.end);
                found.push(person);
                if end >= sentence.end || !matches!(text.word(end), "、" | "和" | "及") {
                    break;
                }
                next = end + 1;
            }
        }
    }
}

/// A person named before the office, right behind a body or where a clause begins: 甲局李青云局长.
fn before_office(
    text: &Text<'_>,
    regions: &Regions,
    floor: usize,
    title: usize,
    found: &mut Vec<Found>,
) {
    const OFFICES: [&str; 22] = [
        "局长",
        "书记",
        "市长",
        "区长",
        "县长",
        "镇长",
        "主任",
        "主席",
        "院长",
        "校长",
        "所长",
        "会长",
        "董事长",
        "总经理",
        "总裁",
        "部长",
        "厅长",
        "处长",
        "秘书长",
        "行政长官",
        "署长",
        "特首",
    ];
    const NEVER: Classes = Classes::SIGN
        .with(Classes::STOP)
        .with(Classes::HEAD)
        .with(Classes::TITLE);
    const FORMER: [&str; 6] = ["时任", "现任", "曾任", "原任", "历任", "常任"];
    if !OFFICES.contains(&text.word(title)) {
        return;
    }
    let is_surname = |at: usize| {
        at >= floor
            && text.is(at, Classes::SURNAME)
            && length(text.word(at)) == 1
            && (1..=2).contains(&length(text.words(at + 1..title)))
    };
    let start = (2..=3)
        .filter_map(|back| title.checked_sub(back))
        .rev()
        .find(|&at| is_surname(at));
    let Some(start) = start else { return };
    let name = text.words(start..title);
    let opens = start == floor
        || text.is(
            start - 1,
            Classes::SIGN.with(Classes::HEAD).with(Classes::NAME),
        )
        || regions.is_region(start - 1);
    let is_given = (start + 1..title).all(|at| !text.is(at, NEVER))
        && ((start + 1..title).any(|at| text.is(at, Classes::UNKNOWN)) || length(name) == 3);
    if opens
        && text.is(start, Classes::SURNAME)
        && (2..=3).contains(&length(name))
        && is_given
        && !FORMER.contains(&name)
        && !name.ends_with(['副', '总', '委', '任', '党', '原'])
    {
        found.push(text.found(start..title, Label::Person, "before office"));
    }
}

/// A name that no surname begins, right behind an office and before what is said: 旗长希尼说, 主席阿德·万考表示.
fn unusual(text: &Text<'_>, start: usize, end: usize) -> Option<usize> {
    const LONGEST: usize = 12;
    const NEVER: Classes = Classes::SIGN
        .with(Classes::STOP)
        .with(Classes::PARTICLE)
        .with(Classes::PREPOSITION)
        .with(Classes::CONJUNCTION)
        .with(Classes::PRONOUN)
        .with(Classes::ADVERB)
        .with(Classes::NUMERAL);
    let is_part = |at: usize| {
        text.word(at) == "·"
            || length(text.word(at)) == 1 && !text.is(at, NEVER)
            || text.is(at, Classes::UNKNOWN)
    };
    let stop = (start..end.min(start + LONGEST)).find(|&at| !is_part(at))?;
    let name = text.words(start..stop);
    let is_said = SAYS.contains(&text.word(stop))
        || matches!(text.word(stop), "看来" | "," | "、")
        || name.contains('·');
    (is_said && length(name) >= 2 && !name.starts_with('·') && !name.ends_with('·')).then_some(stop)
}

/// How many bytes of the next word are the rest of a given name before 等: 中等 of 李青中等.
fn swallowed(text: &Text<'_>, name: std::ops::Range<usize>, end: usize) -> usize {
    let is_open = name.end < end && length(text.words(name.clone())) == 2;
    let next = if is_open { text.word(name.end) } else { "" };
    match next.strip_suffix('等') {
        Some(rest) if length(rest) == 1 => rest.len(),
        _ => 0,
    }
}

/// Where the person whose office is given begins: right behind it, or behind 为 and a nickname.
fn named_behind(text: &Text<'_>, at: usize, end: usize) -> usize {
    if at >= end || !matches!(text.word(at), "为" | "是") {
        return at;
    }
    let quoted = (at + 1 < end && text.word(at + 1) == "“")
        .then(|| (at + 2..end).take(6).find(|&at| text.word(at) == "”"))
        .flatten();
    quoted.map_or(at + 1, |close| close + 1)
}

/// A person who says something where a clause begins: 甲某表示.
fn speaker(text: &Text<'_>, sentence: std::ops::Range<usize>, at: usize, found: &mut Vec<Found>) {
    let opens = at == sentence.start || text.is(at - 1, Classes::SIGN);
    if !opens || !text.is(at, Classes::SURNAME) {
        return;
    }
    if let Some(end) = name(text, at, sentence.end)
        && end < sentence.end
        && SAYS.contains(&text.word(end))
        && (at + 1..end).all(|at| {
            text.is(at, Classes::UNKNOWN)
                || length(text.word(at)) == 1 && !text.is(at, Classes::STOP)
        })
        && length(text.words(at..end)) == 3
    {
        found.push(text.found(at..end, Label::Person, "speaker"));
    }
}

/// The firm before an office that only firms have: 甲电器董事长.
fn employer(
    text: &Text<'_>,
    regions: &Regions,
    floor: usize,
    title: usize,
    found: &mut Vec<Found>,
) {
    const OFFICES: [&str; 12] = [
        "董事长",
        "副董事长",
        "总裁",
        "副总裁",
        "总经理",
        "副总经理",
        "首席执行官",
        "创始人",
        "联合创始人",
        "董事总经理",
        "董事经理",
        "执行董事",
    ];
    let office = text.word(title);
    if !OFFICES.iter().any(|one| office.ends_with(one)) {
        return;
    }
    let extent = super::bounds::extent(text, regions, floor, title);
    let only_region = (extent.start..title).all(|at| regions.is_region(at));
    let headed = title > floor && text.is(title - 1, Classes::HEAD.with(Classes::NAME));
    if !only_region && !headed && extent.evidence == Some(Evidence::Proper) {
        found.push(text.found(extent.start..title, Label::Enterprise, "employer"));
    }
}

/// The word after a personal name that begins here.
fn name(text: &Text<'_>, start: usize, end: usize) -> Option<usize> {
    if start >= end {
        return None;
    }
    usual(text, start, end).or_else(|| unusual(text, start, end))
}

/// The word after a surname and a given name.
fn usual(text: &Text<'_>, start: usize, end: usize) -> Option<usize> {
    if !text.is(start, Classes::SURNAME) || length(text.word(start)) > 2 {
        return None;
    }
    let mut given = 0;
    let mut at = start + 1;
    // 罗范淑芬: the husband's surname before one's own.
    let is_joined = at + 2 < end
        && length(text.word(start)) == 1
        && (at..at + 3).all(|at| length(text.word(at)) == 1 && !text.is(at, Classes::STOP))
        && text.is(at, Classes::SURNAME)
        && text.is(at + 2, Classes::UNKNOWN.with(Classes::NOUN))
        && !text.is(
            at + 2,
            Classes::VERB
                .with(Classes::PREPOSITION)
                .with(Classes::ADVERB),
        );
    if is_joined && text.is(at + 1, Classes::UNKNOWN) {
        return Some(at + 3);
    }
    // 周先旺、: two characters up to a sign are a given name, whatever else they mean.
    let is_whole = at + 2 < end
        && (at..at + 2).all(|at| length(text.word(at)) == 1 && !text.is(at, Classes::SIGN))
        && !matches!(
            text.word(at),
            "在" | "和" | "与" | "的" | "等" | "说" | "称"
        )
        && !matches!(text.word(at + 1), "等" | "说" | "称" | "的" | "了")
        && matches!(text.word(at + 2), "、" | "," | "。" | ")");
    if is_whole {
        return Some(at + 2);
    }
    while at < end && given < 2 {
        let size = length(text.word(at));
        let verbal = size == 2
            && given == 0
            && text.is(at, Classes::VERB)
            && at + 1 < end
            && text.is(at + 1, Classes::PREPOSITION)
            && !text.is(at, Classes::STOP);
        if given + size > 2 || !(verbal || may_be_given(text, at, size)) {
            break;
        }
        given += size;
        at += 1;
    }
    let ends_well = at >= end || !text.is(at, Classes::UNKNOWN);
    (given > 0 && ends_well).then_some(at)
}

fn may_be_given(text: &Text<'_>, at: usize, size: usize) -> bool {
    const NEVER: Classes = Classes::SIGN
        .with(Classes::NUMBER)
        .with(Classes::LATIN)
        .with(Classes::PARTICLE)
        .with(Classes::PREPOSITION)
        .with(Classes::CONJUNCTION)
        .with(Classes::PRONOUN)
        .with(Classes::TITLE)
        .with(Classes::HEAD);
    if text.is(at, Classes::SIGN)
        || size == 2
            && text.is(
                at,
                NEVER
                    .with(Classes::STOP)
                    .with(Classes::VERB)
                    .with(Classes::ADVERB),
            )
    {
        return false;
    }
    let functional = matches!(
        text.word(at),
        "在" | "对"
            | "和"
            | "与"
            | "及"
            | "等"
            | "说"
            | "称"
            | "指"
            | "向"
            | "将"
            | "并"
            | "的"
            | "就"
            | "为"
            | "也"
            | "还"
            | "又"
            | "是"
            | "从"
            | "以"
            | "于"
            | "到"
            | "率"
            | "率队"
            | "曾"
            | "已"
            | "未"
            | "则"
            | "均"
            | "先"
            | "撰"
    );
    !functional && !text.is(at, Classes::NUMBER.with(Classes::LATIN))
}
