//! Names that end with a head noun: 甲市软件产业园, 甲大学, 乙股份有限公司.

use super::bounds::{Extent, extent};
use super::regions::Regions;
use super::text::{Found, Text, length};
use crate::extraction::Label;
use crate::extraction::lexicon::{Classes, Evidence, Head};

/// Every name that a head noun closes.
pub(super) fn find(text: &Text<'_>, regions: &Regions, found: &mut Vec<Found>) {
    for sentence in &text.sentences {
        for at in sentence.clone() {
            let Some(head) = text.tokens[at].head(text.lexicon) else {
                continue;
            };
            if regions.is_region(at) || head.label == Label::Policy {
                continue;
            }
            let town = matches!(text.word(at), "街道" | "镇" | "乡");
            if !town
                && head.evidence > Evidence::Any
                && (!closes(text, at, sentence.end) || is_verbal(text, at, sentence.end))
            {
                continue;
            }
            let extent = extent(text, regions, sentence.start, at);
            let extent = with_number(text, regions, sentence.start, at, head, extent);
            let extent = opening_project(text, sentence.start, at).unwrap_or(extent);
            let extent = with_ordinal(text, sentence.start, head, extent);
            let extent = with_first_of_two(text, sentence.start, head, extent);
            if extent.start == at && shares_place(text, regions, sentence.start, at) {
                found.push(text.found(at..at + 1, head.label, "shared place"));
                continue;
            }
            if extent.start == at {
                bare(text, regions, at, sentence.clone(), head, found);
                continue;
            }
            let is_park = text.word(at) == "项目" && park_ends(text, at - 1);
            if is_described_by_amount(text, sentence.start, &extent) && !is_park {
                found.push(text.found(extent.start..at + 1, head.label, "head"));
                continue;
            }
            let is_firm = head.label == Label::Enterprise && head.evidence == Evidence::Any;
            if !is_firm && is_counted(text, regions, sentence.start, &extent, at) {
                continue;
            }
            if is_name(text, regions, sentence.start, &extent, at, head) {
                let end = continued(text, regions, at, sentence.end, head.label);
                found.push(text.found(extent.start..end, head.label, "head"));
                owner(text, extent.start, at, head.label, found);
            }
        }
    }
}

/// A project that a clause begins with and goes on about: 甲食品添加剂生产项目由乙公司建设.
fn opening_project(text: &Text<'_>, floor: usize, at: usize) -> Option<Extent> {
    const GOES_ON: [&str; 12] = [
        ",",
        "由",
        "占地",
        "总投资",
        "计划",
        "拟",
        "建成",
        "投资",
        "规划",
        "选址",
        "位于",
        "正式",
    ];
    const NEVER: Classes = Classes::PARTICLE
        .with(Classes::PREPOSITION)
        .with(Classes::PRONOUN)
        .with(Classes::TIME)
        .with(Classes::SIGN)
        .with(Classes::ADVERB)
        .with(Classes::TITLE);
    const LONGEST: usize = 14;
    const SHORTEST: usize = 6;
    if text.word(at) != "项目"
        || !GOES_ON.contains(&text.tokens.get(at + 1).map_or("", |_| text.word(at + 1)))
    {
        return None;
    }
    let start = (floor..at)
        .rev()
        .take_while(|&at| !text.is(at, NEVER))
        .last()?;
    let opens = start == floor || matches!(text.word(start - 1), "。" | "," | ";" | ":");
    let is_plain = text.is(
        start,
        Classes::GENERIC.with(Classes::STOP).with(Classes::NUMBER),
    ) || text.is(start, Classes::NUMERAL.with(Classes::MEASURE));
    let long = length(text.words(start..at)) >= SHORTEST && at - start <= LONGEST;
    (opens && long && !is_plain).then_some(Extent {
        start,
        evidence: Some(Evidence::Proper),
    })
}

/// Takes in the number before a line: 地铁6号线.
fn with_number(
    text: &Text<'_>,
    regions: &Regions,
    floor: usize,
    at: usize,
    head: Head,
    found: Extent,
) -> Extent {
    let numbered = head.label == Label::Facility
        && found.start > floor
        && text.is(found.start - 1, Classes::NUMBER);
    if !numbered || !text.words(found.start..at + 1).contains("号") {
        return found;
    }
    let inner = extent(text, regions, floor, found.start - 1);
    Extent {
        start: inner.start,
        evidence: Some(Evidence::Proper),
    }
}

/// The firm with whose name that of its site begins: 鑫隆集团 of 鑫隆集团物流园.
fn owner(text: &Text<'_>, start: usize, head: usize, label: Label, found: &mut Vec<Found>) {
    if !matches!(label, Label::Park | Label::Facility) {
        return;
    }
    let closes = |&at: &usize| matches!(text.word(at), "集团" | "股份" | "控股" | "公司");
    if let Some(close) = (start + 1..head).find(closes)
        && close + 1 < head
    {
        found.push(text.found(start..close + 1, Label::Enterprise, "owner"));
    }
}

/// The most words of the first of two meetings that are held together.
const LONGEST_FIRST: usize = 14;

/// Takes in the meeting that is held together with one: 甲推进会暨乙大会.
fn with_first_of_two(text: &Text<'_>, floor: usize, head: Head, found: Extent) -> Extent {
    const CLOSES: Classes = Classes::SIGN
        .with(Classes::PREPOSITION)
        .with(Classes::PARTICLE)
        .with(Classes::PRONOUN);
    let joint = found.start.checked_sub(1).filter(|&joint| joint > floor);
    // A plenum has a name of its own whatever it is held with.
    let is_apart = |joint: usize| matches!(text.word(joint - 1), "全会" | "全体会议" | "代表大会");
    let Some(joint) = joint.filter(|&joint| text.word(joint) == "暨" && !is_apart(joint)) else {
        return found;
    };
    if head.label != Label::Event {
        return found;
    }
    let is_outside = |at: usize| {
        text.is(at, CLOSES) && !matches!(text.word(at), "“" | "”")
            || matches!(
                text.word(at),
                "举行" | "举办" | "召开" | "出席" | "参加" | "宣布" | "主持"
            )
    };
    let is_dating = |at: usize| {
        text.is(at, Classes::TIME) || matches!(text.word(at), "月" | "日" | "上午" | "下午" | "了")
    };
    let first = (floor..joint)
        .rev()
        .take(LONGEST_FIRST)
        .take_while(|&at| !is_outside(at))
        .take_while(|&at| !is_dating(at))
        .last();
    match first {
        Some(start) => Extent {
            start,
            evidence: Some(Evidence::Proper),
        },
        None => found,
    }
}

/// Takes in which of its kind an event is: 第四届甲大会.
fn with_ordinal(text: &Text<'_>, floor: usize, head: Head, found: Extent) -> Extent {
    let start = found.start;
    if head.label != Label::Event || found.evidence.is_none() || start <= floor {
        return found;
    }
    let first = match text.word(start - 1) {
        "首届" => Some(start - 1),
        "届" => (floor..start - 1)
            .rev()
            .take(3)
            .find(|&at| text.word(at).starts_with(['第', '首'])),
        "年" if start >= floor + 2
            && text.is(start - 2, Classes::NUMBER)
            && length(text.word(start - 2)) == 4 =>
        {
            Some(start - 2)
        }
        _ => None,
    };
    Extent {
        start: first.unwrap_or(start),
        ..found
    }
}

/// Whether a head of one character is part of a verb: 站在.
fn is_verbal(text: &Text<'_>, at: usize, end: usize) -> bool {
    length(text.word(at)) == 1
        && at + 1 < end
        && matches!(
            text.word(at + 1),
            "在" | "上" | "到" | "起" | "稳" | "住" | "出" | "着" | "了" | "好" | "通"
        )
}

fn is_name(
    text: &Text<'_>,
    regions: &Regions,
    floor: usize,
    extent: &Extent,
    at: usize,
    head: Head,
) -> bool {
    let grand = text.words(extent.start..at) == "国家"
        && head.label == Label::Park
        && length(text.word(at)) >= 5;
    let is_national = text.words(extent.start..at) == "中国"
        && matches!(
            text.word(at),
            "科协" | "贸促会" | "侨联" | "工程院" | "红十字会" | "残联" | "妇联"
        );
    if grand || is_national {
        return true;
    }
    if extent
        .evidence
        .is_none_or(|evidence| evidence < head.evidence)
    {
        return false;
    }
    let only_region = (extent.start..at).all(|at| regions.is_region(at));
    let word = text.word(at);
    let named = (extent.start..at).any(|at| {
        regions.is_region(at)
            || text.is(
                at,
                Classes::NAME
                    .with(Classes::HEAD)
                    .with(Classes::LATIN)
                    .with(Classes::NUMBER)
                    .with(Classes::UNKNOWN),
            )
    });
    let size = length(text.words(extent.start..at));
    if !named
        && (length(word) == 1
            && matches!(head.label, Label::Event | Label::Facility)
            && !matches!(word, "寺" | "庙" | "祠")
            || word == "项目" && size < 4)
    {
        return false;
    }
    match head.label {
        Label::City | Label::District if !matches!(word, "街道" | "镇" | "乡") => {
            (1..=4).contains(&size)
                && !only_region
                && (extent.start..at).all(|at| {
                    length(text.word(at)) == 1 && !text.is(at, Classes::SIGN)
                        || text.is(at, Classes::UNKNOWN)
                })
        }
        // 甲市大会, 甲市项目: the place alone makes no name of these.
        Label::Event if only_region => false,
        Label::Fund if only_region && word == "基金" => false,
        Label::Enterprise
            if only_region && matches!(word, "公司" | "集团" | "企业" | "研究" | "资本") =>
        {
            false
        }
        Label::Organization
            if only_region
                && matches!(
                    word,
                    "学校" | "中心" | "平台" | "办公室" | "部" | "院" | "局" | "委" | "厅"
                ) =>
        {
            false
        }
        // 甲产业园项目 is the park.
        Label::Facility if word == "项目" && park_ends(text, at - 1) => false,
        Label::Facility
            if word.ends_with("项目")
                && !site_ends(text, at - 1)
                && (extent.start..at).all(|at| {
                    regions.is_region(at)
                        || text.is(at, Classes::GENERIC.with(Classes::NAME).with(Classes::HEAD))
                }) =>
        {
            false
        }
        // 省产业园: of a rank, not of a place.
        Label::Park | Label::Zone
            if at == extent.start + 1
                && matches!(text.word(extent.start), "省" | "市" | "区" | "县") =>
        {
            false
        }
        Label::Park if only_region && matches!(word, "基地" | "空间" | "社区") => false,
        // 屏东园区, but not 甲市园区.
        Label::Park if only_region && word == "园区" => {
            at == extent.start + 1 && !text.word(extent.start).ends_with(['市', '区', '县', '省'])
        }
        Label::Organization if GOVERNMENT.contains(&word) => {
            regions.is_region(at - 1) || text.is(at - 1, Classes::NAME) || zone_ends(text, at - 1)
        }
        Label::Zone
            if head.evidence == Evidence::Industry && extent.evidence < Some(Evidence::Proper) =>
        {
            text.word(extent.start).starts_with("国家")
        }
        Label::Zone => !is_wished_for(text, floor, extent, at),
        _ => !is_wished_for(text, floor, extent, at),
    }
}

/// Bodies that are a region's own: without it they mean the region.
const GOVERNMENT: [&str; 18] = [
    "市委",
    "省委",
    "区委",
    "县委",
    "市政府",
    "省政府",
    "区政府",
    "县政府",
    "人民政府",
    "管委会",
    "管理委员会",
    "人大常委会",
    "政协",
    "市政协",
    "省政协",
    "区政协",
    "工委",
    "人民代表大会",
];

/// Whether a word closes the name of a building: 酒店 of 甲酒店项目.
fn site_ends(text: &Text<'_>, at: usize) -> bool {
    text.tokens[at]
        .head(text.lexicon)
        .is_some_and(|head| matches!(head.label, Label::Facility | Label::Park))
}

fn park_ends(text: &Text<'_>, at: usize) -> bool {
    text.tokens[at]
        .head(text.lexicon)
        .is_some_and(|head| head.label == Label::Park && head.evidence == Evidence::Any)
}

fn zone_ends(text: &Text<'_>, at: usize) -> bool {
    text.tokens[at]
        .head(text.lexicon)
        .is_some_and(|head| head.label == Label::Zone)
}

/// Whether nothing behind a head goes on with the name.
pub(super) fn closes(text: &Text<'_>, head: usize, end: usize) -> bool {
    const GOES_ON: Classes = Classes::NOUN
        .with(Classes::HEAD)
        .with(Classes::ACTION)
        .with(Classes::ATTRIBUTIVE)
        .with(Classes::UNKNOWN);
    let next = head + 1;
    next >= end
        || !text.is(next, GOES_ON)
        || text.is(next, Classes::STOP.with(Classes::TITLE))
        || text.word(next) == "项目"
        || is_phase(text.word(next))
}

/// Whether the name is what something is to become: 打造全国先进制造业基地.
fn is_wished_for(text: &Text<'_>, floor: usize, extent: &Extent, at: usize) -> bool {
    const WISHES: [&str; 13] = [
        "打造",
        "创建",
        "争创",
        "建成",
        "成为",
        "打造成",
        "建设成",
        "建设成为",
        "迈向",
        "争当",
        "打造成为",
        "构筑",
        "塑造",
    ];
    const ENDS: [&str; 13] = [
        "示范区",
        "先行区",
        "集聚区",
        "核心区",
        "高地",
        "先导区",
        "承载区",
        "新城",
        "度假区",
        "制造基地",
        "中心",
        "产业基地",
        "制造业基地",
    ];
    let word = text.word(at);
    let national = text.words(extent.start..at).starts_with("国家");
    if !(ENDS.iter().any(|end| word.ends_with(end)) && word != "研发中心" && word != "测试中心")
        || national
    {
        return false;
    }
    (floor..extent.start)
        .rev()
        .take(8)
        .any(|before| WISHES.contains(&text.word(before)))
}

/// A head without a name before it, where it is a name of its own in the article: 高新区, 大湾区.
fn bare(
    text: &Text<'_>,
    regions: &Regions,
    at: usize,
    sentence: std::ops::Range<usize>,
    head: Head,
    found: &mut Vec<Found>,
) {
    let word = text.word(at);
    let known = match head.label {
        Label::Zone => matches!(
            word,
            "高新区"
                | "大湾区"
                | "湾区"
                | "经开区"
                | "自贸区"
                | "开发区"
                | "综保区"
                | "新区"
                | "合作区"
                | "高新技术产业开发区"
                | "经济技术开发区"
        ),
        Label::Park => matches!(
            word,
            "科技园"
                | "科学园"
                | "创科园"
                | "软件园"
                | "工业园"
                | "产业园"
                | "工业园区"
                | "科技园区"
        ),
        _ => false,
    };
    let counted = at > sentence.start
        && text.is(
            at - 1,
            Classes::MEASURE
                .with(Classes::NUMERAL)
                .with(Classes::GENERIC)
                .with(Classes::PARTICLE)
                .with(Classes::ADJECTIVE)
                .with(Classes::NUMBER),
        );
    let goes_on = at + 1 < sentence.end && text.is(at + 1, Classes::UNKNOWN.with(Classes::HEAD));
    let ends = if head.label == Label::Zone {
        !goes_on
    } else {
        closes(text, at, sentence.end)
    };
    if known && !counted && ends {
        let end = continued(text, regions, at, sentence.end, head.label);
        let rule = if end > at + 1 { "head" } else { "bare" };
        found.push(text.found(at..end, head.label, rule));
    }
}

/// Whether an amount tells which thing is meant: 投资30亿元的智能科技产业园.
fn is_described_by_amount(text: &Text<'_>, floor: usize, extent: &Extent) -> bool {
    const UNITS: [&str; 6] = ["元", "亿元", "万元", "美元", "亿美元", "万美元"];
    let start = extent.start;
    start >= floor + 3
        && text.word(start - 1) == "的"
        && UNITS
            .iter()
            .any(|unit| text.word(start - 2).ends_with(unit))
        && extent.evidence.is_some()
}

/// Whether what a name would begin with is counted or described: 一批产业园, 集甲乙于一体的产业园.
fn is_counted(
    text: &Text<'_>,
    regions: &Regions,
    floor: usize,
    extent: &Extent,
    at: usize,
) -> bool {
    let proper = |at: usize| {
        regions.is_region(at)
            || text.is(
                at,
                Classes::NAME
                    .with(Classes::UNKNOWN)
                    .with(Classes::LATIN)
                    .with(Classes::NUMBER),
            )
    };
    if extent.start == floor || text.word(extent.start) == "国家" || (extent.start..at).any(proper)
    {
        return false;
    }
    let before = text.word(extent.start - 1);
    let counted = text.is(extent.start - 1, Classes::MEASURE.with(Classes::NUMERAL))
        || matches!(before, "首个" | "一批" | "一个" | "多个" | "个");
    counted && extent.evidence < Some(Evidence::Proper)
        || matches!(before, "型" | "的")
        || is_of_batch(text, floor, extent.start)
}

/// Whether a row that is counted as a whole goes on: 一批甲平台和乙中心.
fn is_of_batch(text: &Text<'_>, floor: usize, start: usize) -> bool {
    const BATCHES: [&str; 8] = [
        "一批",
        "一批批",
        "一系列",
        "若干",
        "多个",
        "一大批",
        "多家",
        "一批次",
    ];
    if !matches!(text.word(start - 1), "和" | "、" | "与" | "及") {
        return false;
    }
    (floor..start)
        .rev()
        .take(12)
        .take_while(|&at| !matches!(text.word(at), "," | ";" | "。" | ":"))
        .any(|at| BATCHES.contains(&text.word(at)))
}

/// Whether a body stands in a row with one of the same place: 甲市委、市政府.
fn shares_place(text: &Text<'_>, regions: &Regions, floor: usize, at: usize) -> bool {
    GOVERNMENT.contains(&text.word(at))
        && at >= floor + 3
        && text.word(at - 1) == "、"
        && GOVERNMENT.contains(&text.word(at - 2))
        && regions.is_region(at - 3)
}

fn is_phase(word: &str) -> bool {
    matches!(
        word,
        "一期" | "二期" | "三期" | "四期" | "五期" | "北段" | "南段" | "东段" | "西段"
    )
}

/// The word after what goes on with a name: a phase, the part of a zone in brackets.
fn continued(text: &Text<'_>, regions: &Regions, at: usize, end: usize, label: Label) -> usize {
    let next = at + 1;
    if label == Label::Zone
        && next + 2 < end
        && text.word(next) == "("
        && text.word(next + 2) == ")"
        && (regions.is_region(next + 1) || text.word(next + 1).ends_with('区'))
    {
        return next + 3;
    }
    phase(text, next, end, label)
}

/// The word after the phase that a name is followed by: 产业园(二期).
fn phase(text: &Text<'_>, at: usize, end: usize, label: Label) -> usize {
    if !matches!(label, Label::Facility | Label::Park) || at >= end {
        return at;
    }
    if is_phase(text.word(at)) {
        return at + 1;
    }
    if at + 2 < end
        && text.word(at) == "("
        && is_phase(text.word(at + 1))
        && text.word(at + 2) == ")"
    {
        return at + 3;
    }
    at
}
