//! Figures of a sentence: a number with its unit, how exact it is meant, and what stands around it.

use std::sync::LazyLock;

use super::affix::Affixes;
use super::number::{Number, numbers};
use super::unit::{Dimension, MONEY, PEOPLE, POINTS, Unit, unit_at};
use crate::extraction::Qualifier;

/// A figure.
#[derive(Clone, Debug)]
pub(super) struct Quantity {
    /// Its first byte, a 第 included.
    pub start: usize,
    /// The byte after its unit.
    pub end: usize,
    pub value: f64,
    pub kind: Kind,
    pub unit: &'static str,
    pub qualifier: Qualifier,
    /// The end of a range whose first figure stands right before.
    pub ends_range: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Of(Dimension),
    /// 第38位, 首位
    Rank,
}

/// Nouns that 个, 项 and the like count without saying anything of a thing.
const EMPTY: &[&str] = &[
    "方面",
    "维度",
    "环节",
    "重点",
    "领域",
    "方向",
    "阶段",
    "层面",
    "步骤",
    "月",
    "小时",
    "工作日",
    "版本",
    "主题",
    "篇章",
    "产业集群",
    "季度",
    "字",
    "百分",
    "特色",
    "关键",
    "一批",
    "台阶",
    "新台阶",
    "问题",
    "善于",
    "核心",
    "坚持",
    "目标",
    "特点",
    "优势",
    "年头",
    "层次",
    "星期",
    "人均",
    "主导产业",
    "支柱产业",
    "特色产业",
    "优势产业",
    "重点产业",
    "具备国际竞争力",
    "具有发展潜力",
    "关键词",
    "字节",
    "档次",
    "等级",
    "大类",
    "类别",
    "板块",
    "省份",
    "省市",
    "地市",
    "国家和地区",
];

/// Behind a figure these say that it is no figure: 百强, 千亿级, 突破万亿大关.
const MARKS: [&str; 7] = ["级", "强", "大关", "台阶", "关口", "门槛", "俱乐部"];
const OVER: &[&str] = &[
    "突破",
    "超过",
    "超",
    "逾",
    "高于",
    "大于",
    "不少于",
    "不低于",
    "达到或超过",
    "跨过",
    "站上",
    "至少",
    "高达",
];
const UNDER: &[&str] = &[
    "不足",
    "不到",
    "近",
    "接近",
    "低于",
    "不超过",
    "将近",
    "未到",
];
const ABOUT: &[&str] = &["约", "大约", "约为", "大概", "约达", "左右"];
const TARGET: &[&str] = &[
    "力争",
    "计划",
    "预计",
    "将",
    "争取",
    "目标",
    "拟",
    "到2025年",
    "到2030年",
    "有望",
    "规划",
    "要达",
    "要超",
    "力求",
    "确保",
    "要求",
    "预期",
    "可达",
    "达产后",
    "建成后",
    "届时",
];

static AIMS: LazyLock<Affixes> = LazyLock::new(|| Affixes::heads(TARGET));

/// The figures of a clause, in order; offsets are of `text`.
pub(super) fn quantities(text: &str, dated: &[(usize, usize)]) -> Vec<Quantity> {
    let mut out: Vec<Quantity> = Vec::new();
    let all = numbers(text);
    for (index, number) in all.iter().enumerate() {
        if out.last().is_some_and(|last| number.start < last.end) {
            continue; // 50个亿元
        }
        let in_date = dated
            .iter()
            .any(|(start, end)| *start < number.end && number.start < *end);
        if in_date {
            continue;
        }
        if let Some(rank) = rank(text, *number) {
            out.push(rank);
            continue;
        }
        if let Some(found) = amount(text, *number) {
            let ends_range = ranged(text, &all, index);
            if let Some(before) = ends_range {
                // 8.5亿元至10亿元 is two figures; 6-8亿元 gives its scale and unit to the first.
                out.extend(first_of_range(text, before, *number, &found));
            }
            let row = row_before(text, &all[..index], *number, dated);
            out.extend(row.map(|before| Quantity {
                start: before.start,
                end: before.end,
                value: before.value * found.value / number.value,
                ..found.clone()
            }));
            out.push(Quantity {
                ends_range: ends_range.is_some(),
                ..found
            });
        }
    }
    out.extend(leading(text));
    out.sort_by_key(|quantity| quantity.start);
    out.dedup_by_key(|quantity| quantity.start);
    out
}

/// The numbers right before one that share its unit: 5.4和2.4个百分点, 全国0.7、全省2.3个百分点.
fn row_before<'a>(
    text: &'a str,
    before: &'a [Number],
    last: Number,
    dated: &'a [(usize, usize)],
) -> impl Iterator<Item = Number> + 'a {
    /// How many bytes may stand between two of them.
    const GAP: usize = 12;
    let mut next = last.start;
    let mut row: Vec<Number> = Vec::new();
    for number in before.iter().rev() {
        let gap = &text[number.end..next];
        let is_joined = ["和", "、", "及", "与"].contains(&gap)
            || gap.starts_with('、')
                && gap.len() <= GAP
                && gap.ends_with(['国', '省', '市', '区', '均']);
        let in_date = dated
            .iter()
            .any(|(start, end)| *start < number.end && number.start < *end);
        let is_digits = text[number.start..number.end]
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
        if !is_joined || in_date || !is_digits || last.has_scale {
            break;
        }
        row.push(*number);
        next = number.start;
    }
    row.into_iter().rev()
}

fn amount(text: &str, number: Number) -> Option<Quantity> {
    let before = &text[..number.start];
    let is_name = before.ends_with(['第', '"', '“', '+', '/', '#'])
        || before.ends_with(|c: char| c.is_ascii_alphabetic())
        || before.ends_with(['.', '-'])
            && before.len() > 1
            && before[..before.len() - 1].ends_with(|c: char| c.is_ascii_alphabetic());
    let rest = &text[number.end..];
    // 1亩≈667平方米; 数百家
    let is_vague = before.ends_with(['≈', '=', '几', '时'])
        || number.is_chinese && before.ends_with('数')
        || rest
            .trim_start_matches(char::is_alphabetic)
            .starts_with(['≈', '=']);
    if is_name || is_vague || is_class(text, number) {
        return None;
    }
    if let Some(share) = written_share(text, number) {
        return Some(share);
    }
    if number.is_chinese && number.value <= 10.0 && !number.has_scale {
        return None;
    }
    let (more_before_unit, rest_offset) = match rest.strip_prefix('多') {
        Some(_) => (true, '多'.len_utf8()),
        None => (false, 0),
    };
    let mut end = number.end + rest_offset;
    let (unit, length) = match unit_at(&text[end..]) {
        // 16.9个和14个百分点: nothing is counted in tenths
        Some((unit, length)) if unit.base == "个" && number.value.fract() != 0.0 => {
            (POINTS, length)
        }
        Some(found) => found,
        None if number.has_scale
            && !number.is_chinese
            && text[..number.end].ends_with(['亿', '多', '余']) =>
        {
            (MONEY, 0)
        }
        None if is_population(before) => (PEOPLE, 0),
        None => return None,
    };
    end += length;
    if is_threshold(number, unit, &text[end..]) {
        return None;
    }
    if unit.base == "个"
        && let Some(scaled) = text[end..].strip_prefix('亿')
    {
        // 50个亿元: the measure word before the scale counts nothing.
        let currency = if scaled.starts_with('元') {
            '元'.len_utf8()
        } else {
            0
        };
        return Some(Quantity {
            start: number.start,
            end: end + '亿'.len_utf8() + currency,
            value: number.value * 1e8,
            kind: Kind::Of(Dimension::Amount),
            unit: MONEY.base,
            qualifier: qualifier(text, number.start, end),
            ends_range: false,
        });
    }
    if unit.dimension == Dimension::Count && is_empty_count(number, unit, &text[end..]) {
        return None;
    }
    let mut qualifier = qualifier(text, number.start, end);
    if (number.is_more || more_before_unit) && qualifier == Qualifier::Exact {
        qualifier = Qualifier::Over;
    }
    let is_level = text[end..].starts_with('级') && unit.base != MONEY.base;
    if !is_level && MARKS.iter().any(|mark| text[end..].starts_with(mark)) {
        return None;
    }
    if is_level && qualifier == Qualifier::Exact {
        qualifier = Qualifier::About; // 10万吨级
    }
    Some(Quantity {
        start: number.start,
        end,
        value: number.value * unit.factor,
        kind: Kind::Of(unit.dimension),
        unit: unit.base,
        qualifier,
        ends_range: false,
    })
}

/// Whether a scale alone only says what class is meant: 万元产值, 亿元项目.
fn is_class(text: &str, number: Number) -> bool {
    const MEANT: [&str; 12] = [
        "近", "超", "超过", "过", "逾", "突破", "达", "达到", "上", "约", "破", "以上",
    ];
    let before = &text[..number.start];
    let written = &text[number.start..number.end];
    let is_bare = written.chars().count() == 1 && number.is_chinese && number.value >= 100.0;
    is_bare
        && !MEANT.iter().any(|word| before.ends_with(word))
        && !text[number.end..]
            .chars()
            .skip(1)
            .collect::<String>()
            .starts_with("以上")
}

/// A share that is written out: 近三成, 百分之四十.
fn written_share(text: &str, number: Number) -> Option<Quantity> {
    const WORDS: [&str; 14] = [
        "立", "为", "都", "功", "果", "员", "本", "交", "效", "长", "就", "绩", "套", "熟",
    ];
    let behind = &text[number.end..];
    let tenth = behind
        .strip_prefix('成')
        .is_some_and(|rest| !WORDS.iter().any(|word| rest.starts_with(word)));
    let hundredth = text[..number.start].strip_suffix("百分之");
    let (start, end, value) = match (tenth, hundredth) {
        (true, _) if number.value < 10.0 => {
            let end = number.end + '成'.len_utf8();
            (number.start, end, number.value * 10.0)
        }
        (_, Some(before)) => (before.len(), number.end, number.value),
        _ => return None,
    };
    let mut qualifier = qualifier(text, start, end);
    if text[end..].starts_with(['多', '余']) && qualifier == Qualifier::Exact {
        qualifier = Qualifier::Over;
    }
    Some(Quantity {
        start,
        end,
        value,
        kind: Kind::Of(Dimension::Percent),
        unit: "%",
        qualifier,
        ends_range: false,
    })
}

/// Whether a figure only says which things are meant: 投资亿元以上项目, 税收500万元以上企业.
fn is_threshold(number: Number, unit: Unit, behind: &str) -> bool {
    const THINGS: [&str; 12] = [
        "企业",
        "项目",
        "工业项目",
        "产业项目",
        "重点项目",
        "重大项目",
        "的企业",
        "的项目",
        "的重",
        "的产业",
        "产业集群",
        "的工业",
    ];
    let Some(of) = behind.strip_prefix("以上") else {
        return false;
    };
    let is_bare = number.end - number.start == '亿'.len_utf8();
    unit.dimension == Dimension::Amount
        && (is_bare || THINGS.iter().any(|thing| of.starts_with(thing)))
}

/// Whether what stands before a number speaks of people: 常住人口过千万.
fn is_population(before: &str) -> bool {
    let fillers = [
        "过", "超过", "超", "突破", "达", "达到", "约", "近", "为", "逾", "约为",
    ];
    let bare = fillers
        .iter()
        .filter_map(|filler| before.strip_suffix(filler))
        .min_by_key(|bare| bare.len());
    let bare = bare.unwrap_or(before);
    ["人口", "人数", "从业人员", "员工"]
        .iter()
        .any(|people| bare.ends_with(people))
}

/// Whether a count says nothing of a thing: 三个方面, 一个项目, 2个月.
fn is_empty_count(number: Number, unit: Unit, behind: &str) -> bool {
    let vague = number.is_chinese && number.value < 10.0;
    let empty = EMPTY.iter().any(|noun| behind.starts_with(noun));
    let title = unit.base == "位" && number.value < 2.0;
    vague || empty || title
}

/// 第38位, 第11, 第二名.
fn rank(text: &str, number: Number) -> Option<Quantity> {
    let before = &text[..number.start];
    let head = before.strip_suffix('第')?;
    let behind = &text[number.end..];
    let unit = ["位", "名"].iter().find(|unit| behind.starts_with(**unit));
    let ranks = [
        "居", "列", "排", "排名", "升至", "至", "为", "全国", "全省", "全市", "全球", "世界",
        "国内", ")", "）", "区", "位",
    ];
    let is_ranked = ranks.iter().any(|word| head.ends_with(word));
    let ends = behind.is_empty()
        || behind.starts_with(['，', ',', '。', '、', ';', '；', '\n', ')', '）']);
    if unit.is_none() && !(is_ranked && ends) {
        return None;
    }
    Some(ranked(
        number.start - '第'.len_utf8(),
        number.end + unit.map_or(0, |unit| unit.len()),
        number.value,
    ))
}

/// 首位, 榜首, 第一 without a number.
fn leading(text: &str) -> Vec<Quantity> {
    /// How many bytes may lie between the verb and 首位.
    const NEAR: usize = 45;
    if !text.contains('首') {
        return Vec::new();
    }
    // 居首, 稳居全国百强县首位
    let found = text.match_indices('首').filter_map(|(at, first)| {
        let end = at + first.len();
        let before = &text[text.floor_char_boundary(at.saturating_sub(NEAR))..at];
        let verb = before.rfind(['居', '列'])?;
        let field = &before[verb + '居'.len_utf8()..];
        let end = match &text[end..] {
            rest if rest.starts_with('位') => end + '位'.len_utf8(),
            rest if field.is_empty() && !rest.starts_with(char::is_alphanumeric) => end,
            _ if before.ends_with('榜') => end,
            _ => return None,
        };
        let is_field =
            !field.contains([',', '，', '、', ';', '；', '。']) && !field.starts_with('民');
        is_field.then_some((at, end))
    });
    let mut all: Vec<Quantity> = found.map(|(start, end)| ranked(start, end, 1.0)).collect();
    all.sort_by_key(|quantity| (quantity.start, std::cmp::Reverse(quantity.end)));
    all.dedup_by_key(|quantity| quantity.start);
    all
}

fn ranked(start: usize, end: usize, value: f64) -> Quantity {
    Quantity {
        start,
        end,
        value,
        kind: Kind::Rank,
        unit: "位",
        qualifier: Qualifier::Exact,
        ends_range: false,
    }
}

/// The number that begins a range which this one ends.
fn ranged(text: &str, all: &[Number], index: usize) -> Option<Number> {
    let before = *all.get(index.checked_sub(1)?)?;
    let between = &text[before.end..all[index].start];
    let between = unit_at(between).map_or(between, |(_, length)| &between[length..]);
    let is_range = ["-", "—", "–", "~", "至", "到", "－", "--", "——"].contains(&between);
    is_range.then_some(before)
}

fn first_of_range(text: &str, before: Number, last: Number, found: &Quantity) -> Option<Quantity> {
    if amount(text, before).is_some()
        || text[..before.start].ends_with(|c: char| c.is_ascii_alphabetic())
    {
        return None;
    }
    let scale = if before.has_scale {
        1.0
    } else {
        found.value / last.value * scale_of(text, last)
    };
    Some(Quantity {
        start: before.start,
        end: found.end,
        value: before.value * scale,
        ends_range: false,
        ..found.clone()
    })
}

/// What the scale in a number's text multiplies it with.
fn scale_of(text: &str, number: Number) -> f64 {
    let digits = text[number.start..number.end].trim_end_matches(|c: char| !c.is_ascii_digit());
    digits
        .parse::<f64>()
        .ok()
        .filter(|bare| *bare != 0.0)
        .map_or(1.0, |bare| number.value / bare)
}

fn qualifier(text: &str, start: usize, end: usize) -> Qualifier {
    let before = text[..start].trim_end_matches(|c: char| c.is_whitespace());
    let behind = &text[end..];
    if AIMS.first_in(before).is_some() {
        return Qualifier::Target;
    }
    let directly = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    if directly(ABOUT) || behind.starts_with("左右") || behind.starts_with("上下") {
        Qualifier::About
    } else if directly(UNDER) || behind.starts_with("以下") {
        Qualifier::Under
    } else if directly(OVER)
        || behind.starts_with("以上")
        || behind.starts_with('多')
        || before.ends_with("过") && !before.ends_with("通过")
    {
        Qualifier::Over
    } else {
        Qualifier::Exact
    }
}
