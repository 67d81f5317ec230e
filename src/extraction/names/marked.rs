//! Names between marks: 《…》, and quotations that a head noun follows.

use super::regions::Regions;
use super::text::{Found, Text, length};
use crate::extraction::Label;
use crate::extraction::lexicon::{Classes, Head};

/// Every name between marks.
pub(super) fn find(text: &Text<'_>, regions: &Regions, found: &mut Vec<Found>) {
    for sentence in &text.sentences {
        let mut at = sentence.start;
        while at < sentence.end {
            match text.word(at) {
                "《" => at = title(text, at, sentence.end, found),
                "“" | "\"" => {
                    at = quotation(text, regions, sentence.start, at, sentence.end, found);
                }
                _ => at += 1,
            }
        }
    }
}

/// A title: a policy, where it ends as one.
fn title(text: &Text<'_>, open: usize, end: usize, found: &mut Vec<Found>) -> usize {
    let Some(close) = (open + 1..end).find(|&at| text.word(at) == "》") else {
        return open + 1;
    };
    if close > open + 1 && is_policy_title(text.words(open + 1..close)) {
        let is_head = text.tokens[open + 1].head(text.lexicon).is_some();
        let bare = close == open + 2 && (length(text.word(open + 1)) <= 2 || is_head);
        found.push(text.found(
            open..close + 1,
            Label::Policy,
            if bare { "bare" } else { "title" },
        ));
    }
    open + 1
}

fn is_policy_title(title: &str) -> bool {
    const ENDS: [&str; 41] = [
        "意见",
        "规划",
        "措施",
        "目录",
        "方案",
        "计划",
        "办法",
        "条例",
        "纲要",
        "指南",
        "指引",
        "政策",
        "规定",
        "细则",
        "通知",
        "决定",
        "行动",
        "清单",
        "要点",
        "法",
        "标准",
        "规范",
        "公告",
        "协议",
        "协定",
        "战略",
        "工程",
        "制度",
        "条款",
        "工作报告",
        "施政报告",
        "预算案",
        "公约",
        "宣言",
        "倡议",
        "通告",
        "大纲",
        "体系",
        "若干条",
        "条",
        "批复",
    ];
    let title = title.trim_end_matches([')', '》']);
    let bare = title.rsplit_once('(').map_or(title, |(before, _)| before);
    [title, bare]
        .iter()
        .any(|title| ENDS.iter().any(|end| title.ends_with(end)))
}

/// A quotation: a name with the head noun behind it.
fn quotation(
    text: &Text<'_>,
    regions: &Regions,
    floor: usize,
    open: usize,
    end: usize,
    found: &mut Vec<Found>,
) -> usize {
    let Some(close) = (open + 1..end)
        .take(24)
        .find(|&at| matches!(text.word(at), "”" | "\""))
    else {
        return open + 1;
    };
    let inner = text.words(open + 1..close);
    if !(2..=16).contains(&length(inner)) || inner.contains([',', '。', ';', '!', '?']) {
        return open + 1;
    }
    if let Some(last) = cluster_after(text, inner, close + 1, end) {
        found.push(text.found(open..last + 1, Label::Cluster, "quotation"));
        return open + 1;
    }
    if let Some(head) = text.tokens[close - 1].head(text.lexicon)
        && matches!(
            head.label,
            Label::Event | Label::Park | Label::Organization | Label::Facility | Label::Fund
        )
    {
        return open + 1;
    }
    let ends_as_policy = text.tokens[close - 1]
        .head(text.lexicon)
        .is_some_and(|head| head.label == Label::Policy)
        && matches!(
            text.word(close - 1),
            "计划" | "行动" | "工程" | "政策" | "方案" | "战略" | "倍增计划"
        );
    if ends_as_policy && length(inner) >= 4 {
        found.push(text.found(open..close + 1, Label::Policy, "quotation"));
        return open + 1;
    }
    if let Some((head_at, head)) = head_after(text, close + 1, end) {
        let start = with_region(regions, floor, open);
        let verb = match start > floor + 1 && text.word(start - 1) == "了" {
            true => start - 2,
            false => start.saturating_sub(1),
        };
        let started = start > floor && text.is(verb, Classes::ISSUE_VERB) || start < open;
        if let Some(label) = label_of(text, head, close, head_at, started) {
            found.push(text.found(start..head_at + 1, label, "quotation"));
            return open + 1;
        }
    }
    if is_carried_out(text, floor, open, close, end) && length(inner) >= 4 {
        found.push(text.found(open..close + 1, Label::Policy, "quotation"));
    }
    open + 1
}

/// The region that stands right before a quotation belongs to the name.
fn with_region(regions: &Regions, floor: usize, open: usize) -> usize {
    if open > floor && regions.is_region(open - 1) {
        open - 1
    } else {
        open
    }
}

/// The head noun that closes what follows a quotation, with at most three words between.
fn head_after(text: &Text<'_>, from: usize, end: usize) -> Option<(usize, Head)> {
    const BETWEEN: Classes = Classes::NOUN
        .with(Classes::ACTION)
        .with(Classes::NAME_PART)
        .with(Classes::INDUSTRY)
        .with(Classes::SECTOR)
        .with(Classes::ATTRIBUTIVE)
        .with(Classes::GENERIC)
        .with(Classes::SHORT);
    let mut best = None;
    for at in from..end.min(from + 5) {
        if let Some(head) = text.tokens[at].head(text.lexicon) {
            best = Some((at, head));
        } else if !text.is(at, BETWEEN)
            || text.is(at, Classes::STOP) && !text.is(at, Classes::NAME_PART)
        {
            break;
        }
    }
    best.filter(|&(at, head)| head.label != Label::Policy || super::headed::closes(text, at, end))
}

/// Characters that count.
const COUNTS: [char; 14] = [
    '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '双', '百', '千', '万',
];

/// The word that ends a bundle of clusters behind a quotation: “6+3”产业集群.
fn cluster_after(text: &Text<'_>, inner: &str, from: usize, end: usize) -> Option<usize> {
    let coded = inner.contains(|c: char| c.is_ascii_digit()) && inner.contains('+')
        || (3..=6).contains(&inner.len()) && inner.bytes().all(|byte| byte.is_ascii_digit())
        || (3..=5).contains(&length(inner)) && inner.starts_with(COUNTS);
    // “八大产业集群”
    if inner.starts_with(COUNTS) && (inner.ends_with("产业集群") || inner.ends_with("产业体系"))
    {
        return Some(from - 1);
    }
    if !coded {
        return None;
    }
    let limit = end.min(from + 6);
    let stops = |at: usize| {
        text.is(
            at,
            Classes::SIGN
                .with(Classes::PARTICLE)
                .with(Classes::PREPOSITION),
        ) || text.is(at, Classes::VERB.with(Classes::STOP))
            && !text.is(at, Classes::NAME_PART.with(Classes::CONJUNCTION))
            && text.word(at) != "和"
    };
    let mut last = None;
    for at in from..limit {
        if text.tokens[at]
            .head(text.lexicon)
            .is_some_and(|head| head.label == Label::Policy && text.word(at) != "体系")
        {
            return None;
        }
        if stops(at) {
            break;
        }
        if text.is(at, Classes::SECTOR_HEAD)
            || text.is(at, Classes::INDUSTRY) && text.word(at).ends_with("产业")
        {
            last = Some(at);
        }
        if text.word(at) == "体系" && last.is_some() {
            last = Some(at);
        }
    }
    let goes_on = |at: usize| {
        at + 1 < end
            && text.tokens[at + 1]
                .head(text.lexicon)
                .is_some_and(|head| head.label == Label::Policy)
    };
    last.filter(|&at| !goes_on(at) || text.word(at) == "体系")
}

fn label_of(
    text: &Text<'_>,
    head: Head,
    close: usize,
    head_at: usize,
    started: bool,
) -> Option<Label> {
    let word = text.word(head_at);
    let between = text.words(close + 1..head_at);
    match head.label {
        Label::Policy if word == "活动" && head_at > close + 1 => None,
        Label::Policy if between.contains("产业体系") => Some(Label::Cluster),
        Label::Zone | Label::Enterprise | Label::District => None,
        Label::Facility if word.ends_with("项目") && !started => None,
        label => Some(label),
    }
}

/// Whether a quotation is what someone carries out: 实施“…”; 开展“…”“…”等行动.
fn is_carried_out(text: &Text<'_>, floor: usize, open: usize, close: usize, end: usize) -> bool {
    let mut before = open;
    // A row of quotations shares the verb before the first and the noun behind the last.
    while before > floor && matches!(text.word(before - 1), "”" | "、") {
        let Some(first) = (floor..before - 1)
            .rev()
            .take(14)
            .find(|&at| text.word(at) == "“")
        else {
            break;
        };
        before = first;
    }
    let governed = before > floor && text.is(before - 1, Classes::ISSUE_VERB);
    let mut after = close + 1;
    while after < end && matches!(text.word(after), "“" | "、") {
        let Some(last) = (after + 1..end).take(14).find(|&at| text.word(at) == "”") else {
            break;
        };
        after = last + 1;
    }
    let names_policy = after + 1 < end
        && text.word(after) == "等"
        && (after + 1..end.min(after + 4)).any(|at| {
            matches!(
                text.word(at),
                "行动" | "工程" | "计划" | "政策" | "机制" | "改革" | "专项行动" | "活动"
            )
        });
    let alone = after >= end || matches!(text.word(after), "。" | "," | ";" | "、" | "等" | "!");
    names_policy || governed && alone && verb_of_acts(text.word(before - 1))
}

fn verb_of_acts(word: &str) -> bool {
    matches!(
        word,
        "实施"
            | "开展"
            | "深入实施"
            | "启动"
            | "推行"
            | "全面实施"
            | "推出"
            | "落实"
            | "组织实施"
            | "执行"
            | "深化"
            | "推进"
    )
}
