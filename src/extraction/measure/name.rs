//! What a figure measures: the measure's name as written, without subject, period and filler.

use std::sync::LazyLock;

use super::affix::Affixes;

/// Filler at the end of what stands before a figure: 达到, 约, 增至.
const TAILS: &[&str] = &[
    "超过",
    "突破",
    "达到",
    "达至",
    "达",
    "约为",
    "约",
    "近",
    "逾",
    "超",
    "为",
    "共计",
    "合计",
    "总计",
    "共有",
    "共",
    "仍达",
    "仍",
    "已达",
    "已",
    "将达到",
    "将达",
    "将",
    "预计",
    "可达",
    "可",
    "至",
    "到",
    "增至",
    "提升至",
    "提高至",
    "提高到",
    "上升至",
    "下降至",
    "扩充至",
    "扩大至",
    "升至",
    "增长至",
    "增加到",
    "增加至",
    "降至",
    "提升到",
    "了",
    "实现",
    "完成",
    "力争",
    "不少于",
    "不低于",
    "不超过",
    "高达",
    "最高达",
    "仅为",
    "仅有",
    "仅",
    "只有",
    "分别",
    "多达",
    "过",
    "是",
    "有",
    "从",
    "由",
    "则",
    "均",
    "也",
    "就",
    "拥有",
    "集聚",
    "汇聚",
    "集聚了",
    "汇聚了",
    "接近",
    "不足",
    "不到",
    "超出",
    "在",
    "与",
    "和",
    "、",
    ":",
    "：",
    "的",
    "还有",
    "设有",
    "建有",
    "占",
    "再",
    "又",
    "要",
    "要达到",
    "左右",
    "上",
    "以",
    "其中",
    "大约",
    "至少",
    "累计达",
    "累计",
    "更是",
    "稳居",
    "排",
    "跃过",
    "跃上",
    "宣布",
];

/// Filler at the head of it.
const HEADS: &[&str] = &[
    "其中",
    "同时",
    "此外",
    "另外",
    "而",
    "但",
    "并",
    "且",
    "也",
    "还",
    "目前",
    "截至目前",
    "截至",
    "截止",
    "全年",
    "累计",
    "预计",
    "力争",
    "计划",
    "共",
    "共计",
    "合计",
    "总计",
    "已",
    "已经",
    "将",
    "仅",
    "的",
    "是",
    "到",
    "据统计",
    "据悉",
    "数据显示",
    "从",
    "在",
    "通过",
    "实现",
    "完成",
    "成功",
    "年内",
    "达",
    "为",
    "了",
    "拥有",
    "集聚了",
    "汇聚了",
    "集聚",
    "汇聚",
    "有",
    "现有",
    "全市",
    "全区",
    "全省",
    "全县",
    "区域内",
    "当前",
    "近年来",
    "新一年",
    "确保",
    "此次",
    "这",
    "该",
    "由于",
    "于",
    "辖区",
    "、",
    "和",
    "以及",
    "及",
    ":",
    "：",
    "\"",
    "”",
    "“",
    "(",
    "（",
    ")",
    "）",
    "•",
    "·",
    "-",
    "—",
    "至",
    "以来",
    "期间",
    "间",
    "又",
    "再",
    "争取",
    "底",
    "末",
    "月",
    "日",
    "年",
    "等",
    "正式",
    "当年",
    "今次",
    "虽然",
];

/// Words before a figure that say how it changed.
const GROWTH: &[&str] = &[
    "同比增长",
    "同比增加",
    "同比提高",
    "同比提升",
    "同比上升",
    "环比增长",
    "比上年增长",
    "较上年增长",
    "比去年同期增长",
    "增长",
    "增幅达",
    "增速达",
    "增速为",
    "增幅为",
    "增速",
    "增幅",
    "增加",
    "增",
    "上升",
    "涨幅",
    "提高",
    "提升",
    "上涨",
    "增长了",
    "同比增",
    "大增",
    "激增",
    "增速达到",
    "增长达",
    "跃升",
    "复合增长率",
    "增长率",
    "增长率达",
    "增长率为",
    "猛增",
    "劲增",
    "净增",
    "逆势增长",
    "攀升",
];
const DECLINE: &[&str] = &[
    "同比下降",
    "同比减少",
    "环比下降",
    "下降",
    "减少",
    "回落",
    "下滑",
    "降低",
    "降幅",
    "下跌",
    "缩减",
    "下降了",
    "减少了",
    "同比降",
    "负增长",
];
/// Words that compare; the measure stands before them.
const COMPARED: &[&str] = &[
    "同比",
    "环比",
    "比上年同期",
    "比去年同期",
    "较上年同期",
    "比上年",
    "较上年",
    "较去年同期",
    "较去年",
    "比去年",
    "与去年同期相比",
    "分别",
    "实际",
    "累计",
    "名义",
    "可比",
    "按可比价格计算",
    "可比价",
];
const SHARES: &[&str] = &["比重", "比例", "比率", "份额", "占比", "百分比"];

/// Words behind which a new phrase begins: what precedes them is no part of a measure's name.
const OPENERS: &[&str] = &[
    "以来",
    "包括",
    "包含",
    "宣布",
    "已发展成为",
    "发展成为",
    "成为",
    "先后",
    "相继",
    "提出",
    "明确",
    "透露",
    "显示",
    "预计",
    "力争",
    "要求",
    "使得",
    "带动",
    "推动",
    "计划",
    "更是",
];

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

/// What stands before a percentage: how its measure is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Percentage<'a> {
    /// M增速; the base may be left out, `years` is 两年平均 and the like, and the change may be down.
    Growth {
        base: &'a str,
        years: &'static str,
        is_decline: bool,
    },
    /// M占比; M may be left out.
    Share { of: &'a str },
    /// A measure of its own.
    Plain(&'a str),
}

/// Reads what stands before a percentage or a multiple.
pub(super) fn percentage(left: &str) -> Percentage<'_> {
    let trimmed = left.trim_end_matches(|c: char| c.is_whitespace());
    let fillers = [
        "了",
        "约",
        "近",
        "超过",
        "超",
        "达到",
        "达",
        "为",
        "至",
        "到",
        "将",
        "逾",
        "突破",
        "高达",
        "约为",
        "在",
        "仅",
        "仅为",
        "接近",
        "不低于",
        "保持在",
        "保持",
    ];
    let mut tail = trimmed;
    while let Some(shorter) = fillers.iter().find_map(|filler| tail.strip_suffix(filler)) {
        tail = shorter;
    }
    for (words, is_decline) in [(&LISTS.growth, false), (&LISTS.decline, true)] {
        let hit = words.tail_of(tail).and_then(|word| tail.strip_suffix(word));
        // 提升至65.9% of a share is no growth.
        if let Some(base) = hit
            && !share_in(base)
            && !trimmed[tail.len()..].starts_with(['至', '到'])
        {
            let (base, years) = averaged(compared(base));
            return Percentage::Growth {
                base: bare(compared(base)),
                years,
                is_decline,
            };
        }
    }
    match share(tail) {
        Some(of) => Percentage::Share { of: bare(of) },
        None => Percentage::Plain(bare(left)),
    }
}

fn share_in(text: &str) -> bool {
    SHARES.iter().any(|word| text.ends_with(word)) && text.contains('占')
}

/// What a share is of, if the text speaks of one.
fn share(tail: &str) -> Option<&str> {
    if let Some(of) = tail.strip_suffix("占比") {
        return Some(of);
    }
    let at = tail.rfind('占')?;
    let rest = &tail[at + '占'.len_utf8()..];
    (rest.chars().count() <= 24).then_some(&tail[..at])
}

fn compared(text: &str) -> &str {
    cut(text, |text| {
        text.strip_suffix(LISTS.compared.tail_of(text)?)
    })
}

fn averaged(text: &str) -> (&str, &'static str) {
    for years in ["两年平均", "三年平均", "年均", "平均"] {
        if let Some(base) = text.strip_suffix(years) {
            return (base, years);
        }
    }
    (text, "")
}

/// The measure that a rank is of: what stands before 居, 位列 and the like, or the list that it stands in.
pub(super) fn ranked(left: &str) -> &str {
    const VERBS: &[&str] = &[
        "位居",
        "居",
        "位列",
        "名列",
        "排名",
        "排在",
        "排",
        "跃居",
        "列",
        "跃升至",
        "跻身",
        "升至",
        "位于",
        "成为",
        "攀升至",
        "上升至",
        "升",
    ];
    let hit = VERBS
        .iter()
        .filter_map(|verb| left.rfind(verb).map(|at| (at, at + verb.len())))
        .max_by_key(|(at, end)| (*end, std::cmp::Reverse(*at)));
    let Some((at, end)) = hit else {
        return bare(left);
    };
    let (measure, list) = (bare(&left[..at]), bare(&left[end..]));
    let is_list = [
        "强区", "强县", "强", "榜", "榜单", "名单", "百强", "指数", "排行",
    ]
    .iter()
    .any(|word| list.contains(word));
    match is_list || measure.is_empty() {
        true if is_list => list,
        _ => measure,
    }
}

/// Words that end a noun phrase.
const STOPS: &[&str] = &[
    ",",
    "，",
    "。",
    ";",
    "；",
    "、",
    "(",
    "（",
    ":",
    "：",
    "!",
    "\n",
    "和",
    "以及",
    "并",
    "已",
    "正在",
    "将",
    "其中",
    "入驻",
    "参加",
    "被",
    "为",
    "达",
    "占",
    "均",
    "共",
    "获",
    "分别",
    "位居",
    "名列",
    "来自",
    "提供",
    "等",
    "相继",
    "陆续",
    "集中",
    "投入",
    "总投资",
    "投资",
    "总产值",
];

/// Where a noun phrase behind a count ends.
pub(super) fn noun(right: &str) -> &str {
    let right = ["以上", "左右", "以内"]
        .iter()
        .find_map(|word| right.strip_prefix(word))
        .unwrap_or(right);
    let end = LISTS.stops.first_in(right).unwrap_or(right.len());
    let noun = right[..end].trim_matches(|c: char| c.is_whitespace());
    ["当中", "中", "里", "内"]
        .iter()
        .find_map(|tail| noun.strip_suffix(tail))
        .unwrap_or(noun)
}

/// Nouns that name a thing only together with what is said of it.
const GENERIC: &[&str] = &[
    "企业", "项目", "人才", "机构", "单位", "公司", "产品", "人", "学校", "基地", "平台", "园区",
];

/// The name of a count: the noun, with what is done to it where the noun alone says little.
pub(super) fn counted(left: &str, noun: &str) -> String {
    let generic = GENERIC
        .iter()
        .filter(|word| noun.starts_with(**word))
        .max_by_key(|word| word.len());
    let done = bare(left);
    if ["数", "数量"].iter().any(|end| noun.ends_with(end)) {
        return format!("{done}{}", noun.trim_end_matches('量'));
    }
    if let Some(word) = generic {
        let rest = noun[word.len()..].trim_start_matches(['的', '了']);
        let rest = tail_cut(rest);
        return format!("{done}{rest}{word}数");
    }
    format!("{done}{}数", noun.trim_start_matches('的'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_told_apart() {
        let growth = |base, years, is_decline| Percentage::Growth {
            base,
            years,
            is_decline,
        };
        let cases = [
            ("同比增长", growth("", "", false)),
            ("出口增长", growth("出口", "", false)),
            ("进口同比下降", growth("进口", "", true)),
            ("两年平均增长", growth("", "两年平均", false)),
            ("增速为", growth("", "", false)),
            ("投资增速达到", growth("投资", "", false)),
            (
                "工业占地区生产总值的比重提升至",
                Percentage::Share { of: "工业" },
            ),
            ("(占规上工业比重为", Percentage::Share { of: "" }),
            ("产业占比约", Percentage::Share { of: "产业" }),
            ("投产率达", Percentage::Plain("投产率")),
        ];
        for (text, expected) in cases {
            assert_eq!(percentage(text), expected, "{text}");
        }
    }

    #[test]
    fn ranks_have_names() {
        assert_eq!(ranked("经济总量居全国"), "经济总量");
        assert_eq!(ranked("跃升至中国工业百强区"), "中国工业百强区");
    }
}
