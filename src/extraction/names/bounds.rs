//! Where the name before a head noun begins.

use std::ops::Range;

use super::regions::Regions;
use super::text::{Text, length};
use crate::extraction::Label;
use crate::extraction::lexicon::{Classes, Evidence};

/// The words before a head that belong to its name, and how proper they are.
#[derive(Clone, Debug)]
pub(super) struct Extent {
    pub(super) start: usize,
    pub(super) evidence: Option<Evidence>,
}

/// Words that no name begins with though names hold them.
const LEADING: [&str; 12] = [
    "新", "大", "中", "小", "老", "东", "西", "南", "北", "高", "企业", "项目",
];

/// The most words that a name has before its head.
const LONGEST: usize = 9;

/// Finds where the name of a head at `head` begins, not before `floor`.
pub(super) fn extent(text: &Text<'_>, regions: &Regions, floor: usize, head: usize) -> Extent {
    let habits = Habits::of(text, head);
    let mut start = head;
    while start > floor && head - start < habits.longest {
        let before = start - 1;
        if let Some(open) = quoted(text, floor, before) {
            start = open;
            continue;
        }
        if let Some(open) = bracketed_region(text, regions, floor, before) {
            start = open;
            continue;
        }
        if regions.is_region(before) {
            start = before;
            // 国家甲中心乙市分院: the place stands within the name.
            if before > floor
                && (before + 1 == head && is_body(text, before - 1)
                    || closes_body(text, before - 1))
            {
                start = before - 1;
                if text.is(start, Classes::NAME) {
                    while start > floor && regions.is_region(start - 1) {
                        start -= 1;
                    }
                    break;
                }
                continue;
            }
            while start > floor
                && (regions.is_region(start - 1)
                    || text.is(start - 1, Classes::NAME)
                    || matches!(text.word(start - 1), "中国共产党" | "中共" | "中国"))
            {
                start -= 1;
            }
            start = super::brands::before_region(text, floor, start);
            break;
        }
        if text.is(before, Classes::NAME) {
            start = before;
            while start > floor
                && (regions.is_region(start - 1) || text.is(start - 1, Classes::NAME))
            {
                start -= 1;
            }
            break;
        }
        if joins_parts(text, regions, floor, before, head) {
            start = before;
            continue;
        }
        if !may_belong(text, start, before, head, habits) {
            break;
        }
        start = before;
    }
    let start = trim(text, regions, start, head);
    let evidence = evidence(text, regions, start..head);
    let start = match habits.label {
        // 甲区乙街道: the place around it is none of its name.
        Some(Label::District) => (start..head)
            .find(|&at| !regions.is_region(at) && !text.is(at, Classes::NAME))
            .unwrap_or(start),
        _ => start,
    };
    Extent { start, evidence }
}

/// What names with a head hold beside the usual words.
#[derive(Clone, Copy)]
struct Habits {
    longest: usize,
    also: Classes,
    /// 甲至乙公路
    route: bool,
    label: Option<Label>,
    /// The head alone shows what it names.
    sure: bool,
}

/// 八大, 十大
fn is_kinds(word: &str) -> bool {
    word.ends_with('大')
        && word.starts_with([
            '两', '二', '三', '四', '五', '六', '七', '八', '九', '十', '几',
        ])
}

impl Habits {
    fn of(text: &Text<'_>, head: usize) -> Self {
        let own = text.tokens[head].head(text.lexicon);
        let label = own.map(|head| head.label);
        let sure = own.is_some_and(|head| head.evidence == Evidence::Any);
        let word = text.word(head);
        let numbers = Classes::NUMBER
            .with(Classes::NUMERAL)
            .with(Classes::MEASURE);
        let route = matches!(
            word,
            "公路" | "铁路" | "高速公路" | "高速" | "高铁" | "城际铁路" | "城际"
        );
        let (longest, also) = match label {
            Some(Label::Facility) if word.ends_with("项目") => (14, numbers),
            Some(Label::Event) => (12, numbers.with(Classes::POSITION)),
            _ if route => (LONGEST, Classes::NUMERAL),
            _ => (LONGEST, Classes::default()),
        };
        Self {
            longest,
            also,
            route,
            label,
            sure,
        }
    }

    /// Whether it is not a body but a thing.
    fn is_thing(self) -> bool {
        matches!(
            self.label,
            Some(Label::Facility | Label::Park | Label::Zone)
        )
    }

    /// Whether a numeral may be its first character: 五山镇.
    fn may_count(self) -> bool {
        matches!(self.label, Some(Label::District | Label::Enterprise))
    }

    /// Whether it is surely a firm, so that only where it begins is to be found.
    fn is_firm(self) -> bool {
        self.label == Some(Label::Enterprise) && self.sure
    }
}

/// Whether 及 joins two parts of one name: 创新及科技园, 甲院量子信息与量子科技研究院.
fn joins_parts(text: &Text<'_>, regions: &Regions, floor: usize, at: usize, head: usize) -> bool {
    if at <= floor || !matches!(text.word(at), "及" | "与" | "和" | "暨") {
        return false;
    }
    // 甲食品和市规划馆
    if matches!(text.word(at + 1), "市" | "区" | "县" | "省") {
        return false;
    }
    let trade = Classes::INDUSTRY.with(Classes::SECTOR);
    let is_fund = text.tokens[head]
        .head(text.lexicon)
        .is_some_and(|head| head.label == Label::Fund);
    if is_fund && text.is(at - 1, trade) && text.is(at + 1, trade) {
        return true;
    }
    let part = Classes::NAME_PART
        .with(Classes::INDUSTRY)
        .with(Classes::SECTOR);
    if !text.is(at - 1, part) || !text.is(at + 1, part.with(Classes::HEAD)) {
        return false;
    }
    let opens = at >= floor + 2
        && (regions.is_region(at - 2)
            || text.is(at - 2, Classes::NAME)
            || is_organization(text, at - 2));
    opens || at + 1 == head || matches!(text.word(at), "及" | "暨")
}

/// Whether a word closes the name of a body of any kind: 所, 中心.
fn closes_body(text: &Text<'_>, at: usize) -> bool {
    let head = text.tokens[at].head(text.lexicon);
    let label = head.map(|head| head.label);
    text.is(at, Classes::NAME) || matches!(label, Some(Label::Organization | Label::Enterprise))
}

/// Whether a word closes the name of a body: 大学, 研究院.
fn is_organization(text: &Text<'_>, at: usize) -> bool {
    let head = text.tokens[at].head(text.lexicon);
    text.is(at, Classes::NAME)
        || head
            .is_some_and(|head| head.label == Label::Organization && head.evidence == Evidence::Any)
}

/// Whether a word is what bodies are named by.
fn is_body(text: &Text<'_>, at: usize) -> bool {
    text.is(
        at,
        Classes::HEAD
            .with(Classes::INDUSTRY)
            .with(Classes::SECTOR)
            .with(Classes::NAME),
    ) || matches!(text.word(at), "计算" | "技术" | "创新")
}

/// Whether the word may stand in a name, given that the next one does.
fn may_belong(text: &Text<'_>, next: usize, at: usize, head: usize, habits: Habits) -> bool {
    const NEVER: Classes = Classes::PARTICLE
        .with(Classes::PREPOSITION)
        .with(Classes::CONJUNCTION)
        .with(Classes::PRONOUN)
        .with(Classes::ADVERB)
        .with(Classes::TIME)
        .with(Classes::MEASURE)
        .with(Classes::SIGN)
        .with(Classes::PHRASE)
        .with(Classes::NUMERAL)
        .with(Classes::NUMBER)
        .with(Classes::TITLE);
    const ALWAYS: Classes = Classes::NAME_PART
        .with(Classes::INDUSTRY)
        .with(Classes::SECTOR)
        .with(Classes::FIRM_HEAD);
    let token = &text.tokens[at];
    let single = |at: usize| length(text.word(at)) == 1;
    // 甲公司 + 大湾区: no zone is named by a firm.
    let head_of = |at: usize| text.tokens[at].head(text.lexicon).map(|head| head.label);
    if head_of(head) == Some(Label::Zone) && head_of(at) == Some(Label::Enterprise) {
        return false;
    }
    if next < head && (opens_coined(text, next, at, habits) || is_of_body(text, next, at, NEVER)) {
        return true;
    }
    if habits.is_firm() && !token.is(Classes::SIGN) {
        return may_name_firm(text, at);
    }
    if token.is(Classes::SIGN) {
        // 甲谷·乙园
        let is_region = matches!(
            habits.label,
            Some(Label::District | Label::Zone | Label::City)
        );
        let is_dot = matches!(text.word(at), "·" | "—" | "-")
            && !is_region
            && next < head
            && at > 0
            && !text.is(at - 1, NEVER);
        return habits.longest > 12 && matches!(text.word(at), "×" | "/") || is_dot;
    }
    if token.is(Classes::ISSUE_VERB) && !token.is(Classes::NAME_PART) || is_kinds(text.word(at)) {
        return false;
    }
    // 甲湾一号产业园
    if habits.is_thing()
        && next <= head
        && text.word(at).ends_with('号')
        && length(text.word(at)) <= 3
    {
        return true;
    }
    // 投资建设 + 甲园: what is done to a thing is no part of its name, unless it is what its body does.
    if habits.is_thing()
        && next < head
        && matches!(text.word(at), "建设" | "投资" | "运营" | "管理" | "改造")
    {
        return false;
    }
    let counted = habits.also.has(token.classes)
        && !matches!(
            text.word(at),
            "个" | "一个"
                | "家"
                | "一批"
                | "批"
                | "多个"
                | "大批"
                | "场"
                | "多场"
                | "项"
                | "近"
                | "余"
        );
    let is_phase = habits.longest > 12 && matches!(text.word(at), "一期" | "二期" | "三期" | "期");
    if is_phase || token.is(ALWAYS) || counted || habits.route && text.word(at) == "至" {
        return true;
    }
    if next <= head && is_in_run(text, at) {
        return true;
    }
    if token.is(Classes::STOP.with(NEVER)) {
        return false;
    }
    let coined =
        at > 0 && single(at - 1) && !text.is(at - 1, NEVER.with(Classes::STOP).with(Classes::HEAD));
    !token.is(Classes::VERB) || single(at) && (next < head || coined)
}

/// Whether a character behind a body begins a coined word like a verb: 甲大学超滑研究所.
fn is_of_body(text: &Text<'_>, next: usize, at: usize, never: Classes) -> bool {
    let single = |at: usize| length(text.word(at)) == 1;
    single(at) && single(next) && at > 0 && is_organization(text, at - 1) && !text.is(at, never)
}

/// Whether a character begins a coined word, though by itself it counts, joins or governs.
fn opens_coined(text: &Text<'_>, next: usize, at: usize, habits: Habits) -> bool {
    let single = |at: usize| length(text.word(at)) == 1;
    if !single(at) {
        return false;
    }
    // 当湖街道: right behind what a town lies in.
    let is_town = habits.label == Some(Label::District)
        && single(next)
        && at > 0
        && text.is(at - 1, Classes::DIVISION);
    // 五山镇, 三福化工: nothing is counted without a word of measure.
    let is_count = habits.may_count()
        && text.is(at, Classes::NUMERAL)
        && !matches!(text.word(at), "百" | "千" | "万" | "两" | "几" | "数")
        && single(next)
        && !text.is(next, Classes::MEASURE);
    // 和大集团: where a clause begins nothing is joined.
    let may_open = text.is(at, Classes::CONJUNCTION) || text.word(at) == "至" && single(next);
    is_town || is_count || may_open && opens_clause(text, at)
}

/// Whether a character stands inside a run of single ones, where none stands for itself: 里 of 苏里格.
fn is_in_run(text: &Text<'_>, at: usize) -> bool {
    const COINED: Classes = Classes::UNKNOWN
        .with(Classes::SURNAME)
        .with(Classes::PLACE)
        .with(Classes::PROPER)
        .with(Classes::NOUN);
    const NEVER: Classes = Classes::STOP.with(Classes::SIGN).with(Classes::TITLE);
    let single = |at: usize| length(text.word(at)) == 1;
    let coined = |at: usize| single(at) && text.is(at, COINED) && !text.is(at, NEVER);
    at > 0
        && single(at)
        && coined(at - 1)
        && !text.is(at, Classes::NUMERAL)
        && (!text.is(at, Classes::POSITION) || single(at + 1) || at > 1 && coined(at - 2))
        && !FUNCTIONAL.contains(&text.word(at))
        && !matches!(text.word(at), "的" | "了" | "着" | "得" | "或")
}

/// Words of one character that govern what follows and stand in no firm's name.
const FUNCTIONAL: [&str; 47] = [
    "同", "跟", "就", "也", "还", "又", "都", "说", "称", "从", "在", "与", "和", "及", "等", "对",
    "以", "为", "名", "批", "项", "户", "间", "是", "有", "将", "被", "把", "让", "使", "已", "正",
    "并", "获", "赴", "到", "引", "该", "本", "此", "我", "他", "其", "由", "家", "个", "给",
];

/// Whether a word may stand before a word that only firms bear: all but what sentences are joined by.
fn may_name_firm(text: &Text<'_>, at: usize) -> bool {
    const NEVER: Classes = Classes::PARTICLE
        .with(Classes::PREPOSITION)
        .with(Classes::CONJUNCTION)
        .with(Classes::PRONOUN)
        .with(Classes::TIME)
        .with(Classes::NUMBER)
        .with(Classes::TITLE);
    const LONG: Classes = Classes::ADVERB
        .with(Classes::MEASURE)
        .with(Classes::NUMERAL)
        .with(Classes::PHRASE);
    const KEPT: Classes = Classes::NAME_PART
        .with(Classes::INDUSTRY)
        .with(Classes::SECTOR)
        .with(Classes::FIRM_HEAD);
    if text.is(at, KEPT) {
        return true;
    }
    if length(text.word(at)) == 1 {
        return !text.is(at, NEVER.with(Classes::NUMERAL)) && !FUNCTIONAL.contains(&text.word(at));
    }
    if text.is(at, NEVER.with(Classes::STOP)) {
        return false;
    }
    !text.is(at, LONG.with(Classes::VERB).with(Classes::ISSUE_VERB))
}

/// Whether what precedes a word leaves nothing for it to join: a sign, or a preposition.
fn opens_clause(text: &Text<'_>, at: usize) -> bool {
    let first = text
        .sentences
        .partition_point(|sentence| sentence.end <= at);
    let opens_sentence = text
        .sentences
        .get(first)
        .is_some_and(|sentence| sentence.start == at);
    opens_sentence
        || at > 0
            && matches!(
                text.word(at - 1),
                "," | "。" | ";" | ":" | "!" | "?" | "、" | "由" | "与" | "在" | "对" | "向"
            )
}

/// Where a quotation that ends with the word begins, where it is short.
fn quoted(text: &Text<'_>, floor: usize, end: usize) -> Option<usize> {
    if !matches!(text.word(end), "”" | "’" | "\"") {
        return None;
    }
    let open = (floor..end)
        .rev()
        .take(12)
        .find(|&at| matches!(text.word(at), "“" | "‘" | "\"" | "”"))?;
    (matches!(text.word(open), "“" | "‘" | "\"") && end > open + 1).then_some(open)
}

/// Where a region in brackets that end with the word begins: 测试区 of 国家测试(甲市)区.
fn bracketed_region(text: &Text<'_>, regions: &Regions, floor: usize, end: usize) -> Option<usize> {
    let is = end >= floor + 3
        && text.word(end) == ")"
        && regions.is_region(end - 1)
        && text.word(end - 2) == "(";
    is.then(|| end - 2)
}

fn trim(text: &Text<'_>, regions: &Regions, mut start: usize, head: usize) -> usize {
    while start < head {
        let generic = text.is(start, Classes::GENERIC)
            && !text.is(
                start,
                Classes::NAME_PART
                    .with(Classes::INDUSTRY)
                    .with(Classes::NAME),
            );
        // What is done to the thing is no part of its name: 建设 + 甲园.
        let generic = generic
            || text.is(start, Classes::STOP.with(Classes::ISSUE_VERB))
                && !text.is(start, Classes::INDUSTRY.with(Classes::NAME));
        // 新磊: before a single character it is part of a coined word.
        let is_coined = length(text.word(start + 1)) == 1 && start + 1 < head;
        let is_coined = is_coined && LEADING.contains(&text.word(start));
        let leading = LEADING.contains(&text.word(start)) && start + 1 < head;
        // 改造成“甲”园区
        let is_rest = length(text.word(start)) == 1
            && (FUNCTIONAL.contains(&text.word(start))
                || matches!(text.word(start), "成" | "出" | "起"))
            && (text.is(start + 1, Classes::SIGN) || length(text.word(start + 1)) > 1)
            && start + 1 < head;
        if is_rest {
            start += 1;
            continue;
        }
        if regions.is_region(start)
            || is_coined
            || !(generic || leading && !text.is(start + 1, Classes::UNKNOWN))
        {
            break;
        }
        start += 1;
    }
    start
}

/// How proper some words are.
pub(super) fn evidence(
    text: &Text<'_>,
    regions: &Regions,
    range: Range<usize>,
) -> Option<Evidence> {
    const WORD: Classes = Classes::NOUN
        .with(Classes::ACTION)
        .with(Classes::NAME_PART)
        .with(Classes::GENERIC)
        .with(Classes::STOP);
    let first = range.start;
    let mut best = None;
    let mut singles = 0;
    let mut characters = 0;
    let mut nation = false;
    for at in range {
        let word = text.word(at);
        let ours = at == first && matches!(word, "市" | "区" | "省" | "县" | "州");
        let single = length(word) == 1
            && text.is(
                at,
                Classes::UNKNOWN.with(Classes::SURNAME).with(Classes::NOUN),
            )
            && !text.is(
                at,
                Classes::HEAD
                    .with(Classes::GENERIC)
                    .with(Classes::NAME_PART),
            )
            || length(word) == 1 && !text.is(at, WORD);
        // 中创: the name of a firm may begin so.
        // 新吉工业区, 树谷园区
        let single = single
            || at == first && length(word) == 1 && LEADING.contains(&word)
            || singles > 0 && length(word) == 1 && text.is(at, Classes::HEAD);
        singles = if single && !text.is(at, Classes::SIGN) {
            singles + 1
        } else {
            0
        };
        let coined = text.is(at, Classes::UNKNOWN) || singles >= 2;
        let national = matches!(
            word,
            "国家" | "国家级" | "中国" | "世界" | "国际" | "亚洲" | "全国" | "全球"
        );
        if national {
            nation = true;
            continue;
        }
        let plain = text.is(
            at,
            Classes::GENERIC
                .with(Classes::NAME_PART)
                .with(Classes::INDUSTRY)
                .with(Classes::SECTOR),
        );
        let proper = Classes::NAME
            .with(Classes::PROPER)
            .with(Classes::PLACE)
            .with(Classes::LATIN)
            .with(Classes::SHORT);
        let firm = text.tokens[at]
            .head(text.lexicon)
            .is_some_and(|head| matches!(head.label, Label::Enterprise | Label::Organization))
            && length(word) > 1;
        if firm
            || regions.is_region(at)
            || ours
            || coined
            || text.is(at, proper)
                && (!plain || text.is(at, Classes::NAME))
                && !text.is(at, Classes::NO_NAME)
        {
            return Some(Evidence::Proper);
        }
        let industry = text.is(at, Classes::INDUSTRY)
            || text.is(at, Classes::SECTOR) && !text.is(at, Classes::NAME_PART);
        if industry {
            best = Some(Evidence::Industry);
        } else if !text.is(at, Classes::GENERIC) {
            characters += length(word);
            if characters >= 2 && best.is_none() {
                best = Some(Evidence::Any);
            }
        }
    }
    // 国家 makes proper what it does not stand alone in.
    if nation {
        best.map(|best| best.max(Evidence::Industry))
    } else {
        best
    }
}
