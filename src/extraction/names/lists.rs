//! Rows of names: the noun behind 等, or what governs the row, says what they are.

use std::ops::Range;

use super::kinds::{Kind, kind};
use super::regions::Regions;
use super::text::{Found, Text, length};
use crate::extraction::Label;
use crate::extraction::lexicon::{Classes, Evidence};

/// Every member of a row of enterprises, clusters, parks, bodies or acts.
pub(super) fn find(text: &Text<'_>, regions: &Regions, found: &mut Vec<Found>) {
    for sentence in &text.sentences {
        let mut at = sentence.start;
        while at < sentence.end {
            if text.word(at) == "、" {
                let row = Row::around(text, sentence.clone(), at);
                at = row.end.max(at + 1);
                row.name_members(text, regions, sentence.clone(), found);
            } else if text.word(at) == "等"
                && let Some(row) = Row::parted_by_commas(text, sentence.clone(), at)
            {
                row.name_members(text, regions, sentence.clone(), found);
                at += 1;
            } else {
                at += 1;
            }
        }
    }
}

/// A row: its members, and the word after the last.
struct Row {
    members: Vec<Range<usize>>,
    end: usize,
    /// The words for 和 inside a member that may be two: 甲、乙和丙、丁.
    joints: Vec<usize>,
}

impl Row {
    fn around(text: &Text<'_>, sentence: Range<usize>, mark: usize) -> Self {
        let first = start_of_first(text, sentence.start, mark);
        let mut members = Vec::with_capacity(4);
        members.push(first..mark);
        let mut joints = Vec::new();
        let mut at = mark + 1;
        loop {
            let end = end_of_member(text, at, sentence.end);
            members.push(at..end);
            let joins =
                end < sentence.end && matches!(text.word(end), "、" | "和" | "与" | "及" | "以及");
            if !joins {
                members.retain(|member| !member.is_empty());
                join_last(text, &mut members, end, sentence.end);
                return Self {
                    members,
                    end,
                    joints,
                };
            }
            // 甲、乙与丙、丁: the two in the middle are one.
            let after = end_of_member(text, end + 1, sentence.end);
            let middle = text.word(end) != "、" && after < sentence.end && text.word(after) == "、";
            if middle && after > end + 1 {
                if let Some(last) = members.last_mut() {
                    last.end = after;
                    joints.push(end);
                }
                at = after + 1;
                continue;
            }
            at = end + 1;
        }
    }

    /// The row of industries before 等 that commas part: 石化,建材,钢铁等产业.
    fn parted_by_commas(text: &Text<'_>, sentence: Range<usize>, end: usize) -> Option<Self> {
        const FEWEST: usize = 3;
        const LONGEST: usize = 8;
        let mut members: Vec<Range<usize>> = Vec::new();
        let (mut at, mut stop) = (end, end);
        while at > sentence.start {
            let is_comma = text.word(at - 1) == ",";
            if is_comma || closes_member(text, at - 1) {
                if at == stop || length(text.words(at..stop)) > LONGEST {
                    break;
                }
                members.push(at..stop);
                stop = at - 1;
                if !is_comma {
                    break;
                }
            }
            at -= 1;
        }
        members.reverse();
        let row = Self {
            members,
            end,
            joints: Vec::new(),
        };
        let fits = row.members.len() >= FEWEST
            && row.kind_behind(text, sentence) == Some(Kind::Names(Label::Cluster));
        fits.then_some(row)
    }

    fn name_members(
        &self,
        text: &Text<'_>,
        regions: &Regions,
        sentence: Range<usize>,
        found: &mut Vec<Found>,
    ) {
        let Some((label, sure)) = self.label(text, regions, sentence.clone()) else {
            return;
        };
        for (place, member) in self.split(label).into_iter().enumerate() {
            if !sure && label == Label::Enterprise && !is_plain_enterprise(text, member.clone()) {
                continue;
            }
            if !sure && label == Label::Cluster && !self.is_plain_industry(text, member.clone()) {
                continue;
            }
            let member = if place == 0 {
                let first = trimmed(text, member.clone(), label);
                with_verb(text, sentence.start, first, label)
            } else {
                unquoted(text, member.clone())
            };
            // 朗轩眼镜等项目: the project is called by its firm.
            let label = if label == Label::Facility && super::brands::opens_coined(text, &member) {
                Label::Enterprise
            } else {
                label
            };
            if fits(text, regions, member.clone(), label) {
                let mut one = text.found(member, label, "row");
                // 吴海平等: the last character is none of the name's.
                if label == Label::Person && text.source[one.start..one.end].ends_with('等') {
                    one.end -= '等'.len_utf8();
                }
                found.push(one);
            }
        }
    }

    /// The members; 和 between names of firms does not make one of them.
    fn split(&self, label: Label) -> Vec<Range<usize>> {
        if label == Label::Cluster || self.joints.is_empty() {
            return self.members.clone();
        }
        let mut out = Vec::with_capacity(self.members.len() + self.joints.len());
        for member in &self.members {
            let mut start = member.start;
            for &joint in self.joints.iter().filter(|joint| member.contains(joint)) {
                out.push(start..joint);
                start = joint + 1;
            }
            out.push(start..member.end);
        }
        out
    }

    /// Whether all words of a member are ones of industries.
    fn is_plain_industry(&self, text: &Text<'_>, mut member: Range<usize>) -> bool {
        member.all(|at| {
            text.is(
                at,
                Classes::INDUSTRY
                    .with(Classes::SECTOR)
                    .with(Classes::MODIFIER)
                    .with(Classes::SECTOR_HEAD),
            )
        })
    }

    /// What the members are, and whether the text says so.
    fn label(
        &self,
        text: &Text<'_>,
        regions: &Regions,
        sentence: Range<usize>,
    ) -> Option<(Label, bool)> {
        let known = |classes: Classes| {
            self.members
                .iter()
                .filter(|member| (*member).clone().any(|at| text.is(at, classes)))
                .count()
        };
        match self.kind_behind(text, sentence.clone()) {
            Some(Kind::Names(label)) => return Some((label, true)),
            Some(Kind::Nothing) => return None,
            None => {}
        }
        if let Some(label) = self.label_by_frame(text, sentence.clone()) {
            return Some((label, true));
        }
        if let Some(label) = self.label_before(text, sentence.start) {
            return Some((label, true));
        }
        let industries = known(Classes::INDUSTRY);
        let first = self.members.first()?.start;
        let governed = first > sentence.start && text.is(first - 1, Classes::FOSTER_VERB);
        let last = self.members.last()?;
        if governed && last.len() > 1 && text.is(last.end - 1, Classes::SECTOR_HEAD) {
            return Some((Label::Cluster, true));
        }
        let is_field = matches!(text.word(last.end - 1), "领域" | "行业" | "赛道" | "板块");
        if is_field && last.len() > 1 && industries > 0 {
            return Some((Label::Cluster, true));
        }
        let brands = self.members.iter().filter(|member| is_brand(text, member));
        let are_brands = brands.count() * 2 >= self.members.len();
        if industries > 0 && !are_brands && (governed || industries * 2 >= self.members.len()) {
            return Some((Label::Cluster, false));
        }
        let enterprises = self
            .members
            .iter()
            .filter(|member| {
                (*member).clone().any(|at| {
                    text.is(at, Classes::NAME)
                        && text.tokens[at]
                            .term(text.lexicon)
                            .is_some_and(|term| term.label == Some(Label::Enterprise))
                })
            })
            .count();
        let regional = self
            .members
            .iter()
            .any(|member| regions.is_region(member.start) && member.len() == 1);
        let brands = self.members.iter().filter(|member| is_brand(text, member));
        let enterprises = enterprises.max(brands.count());
        (enterprises * 2 >= self.members.len() && enterprises > 0 && !regional)
            .then_some((Label::Enterprise, false))
    }

    /// What the noun behind 等 says that the members are.
    fn kind_behind(&self, text: &Text<'_>, sentence: Range<usize>) -> Option<Kind> {
        let end = sentence.end;
        if self.end < end && matches!(text.word(self.end), "”" | "\"") {
            let named = (self.end + 1..end.min(self.end + 6))
                .take_while(|&at| !text.is(at, Classes::SIGN))
                .any(|at| text.is(at, Classes::SECTOR_HEAD));
            return named.then_some(Kind::Names(Label::Cluster));
        }
        let made = self.end < end && MADE_INTO.contains(&text.word(self.end));
        let counted = self.end + usize::from(made);
        if let Some((_, after)) = tally(text, counted, end) {
            let kind = kind_of_phrase(text, after..end.min(after + 6), end);
            return kind.filter(|kind| *kind == Kind::Names(Label::Cluster));
        }
        if self.end >= end || !matches!(text.word(self.end), "等" | "等等") {
            return None;
        }
        // 甲、乙等为代表的…: the frame says what they are.
        if self.end + 1 < end && matches!(text.word(self.end + 1), "为" | "作为" | "为代表") {
            return None;
        }
        if self.end + 1 < end && text.word(self.end + 1) == "片区" {
            return Some(Kind::Names(Label::Zone));
        }
        if self.end + 1 < end && matches!(text.word(self.end + 1), "领域" | "行业" | "产业") {
            // In these fields something is used; on them something is built.
            let first = self.members.first().map_or(0, |member| member.start);
            let within = first > sentence.start && matches!(text.word(first - 1), "在" | "于");
            // 甲、乙等行业龙头: firms; 甲、乙等行业企业: industries.
            let leading = self.end + 2 < end && LEADERS.contains(&text.word(self.end + 2));
            if leading {
                return Some(Kind::Names(Label::Enterprise));
            }
            return (!within).then_some(Kind::Names(Label::Cluster));
        }
        kind_of_phrase(text, self.end + 1..end.min(self.end + 16), end)
    }

    /// What the noun before the row says: 龙头企业为甲、乙.
    fn label_before(&self, text: &Text<'_>, floor: usize) -> Option<Label> {
        const OPENS: [&str; 13] = [
            "还有",
            "为",
            "有",
            "是",
            "如",
            "包括",
            "包含",
            "涵盖",
            "含",
            "即",
            "例如",
            "主要有",
            ":",
        ];
        let first = self.members.first()?.start;
        let mut at = first.checked_sub(1).filter(|&at| at > floor)?;
        if !OPENS.contains(&text.word(at)) {
            return None;
        }
        while at > floor + 1 && matches!(text.word(at - 1), "主要" | "分别" | "中") {
            at -= 1;
        }
        let firms = || {
            let brands = self.members.iter().filter(|member| is_brand(text, member));
            brands.count() * 2 >= self.members.len()
        };
        match kind(text.word(at - 1))? {
            Kind::Names(label @ (Label::Enterprise | Label::Person)) => Some(label),
            // 甲领域有乙科技、丙集团
            Kind::Names(Label::Cluster) if firms() => Some(Label::Enterprise),
            Kind::Names(Label::Cluster) if text.word(first - 1) != "有" => Some(Label::Cluster),
            _ => None,
        }
    }

    /// The label that a frame gives: 以甲、乙为龙头.
    fn label_by_frame(&self, text: &Text<'_>, sentence: Range<usize>) -> Option<Label> {
        let first = self.members.first()?.start;
        let opened = first > sentence.start && matches!(text.word(first - 1), "以" | "由");
        let mut at = self.end;
        while at < sentence.end && matches!(text.word(at), "等" | "为" | "作为" | "的") {
            at += 1;
        }
        if !opened || at == self.end || at >= sentence.end {
            return None;
        }
        match text.word(at) {
            "龙头" | "代表" | "骨干" | "引领" | "链主" => self
                .members
                .iter()
                .all(|member| !member.clone().any(|at| text.is(at, Classes::INDUSTRY)))
                .then_some(Label::Enterprise),
            "主导" | "主体" | "主攻" | "主攻方向" | "重点" | "支柱" => {
                Some(Label::Cluster)
            }
            _ => None,
        }
    }
}

/// Whether a word closes the names of firms: 科技, 公司.
fn closes_firm(text: &Text<'_>, at: usize) -> bool {
    let head = text.tokens[at].head(text.lexicon);
    text.is(at, Classes::FIRM_HEAD) || head.is_some_and(|head| head.label == Label::Enterprise)
}

/// Whether a member ends with a firm's trade and begins with no industry's name: 瑞庆时代科技.
fn is_brand(text: &Text<'_>, member: &Range<usize>) -> bool {
    const INDUSTRY: Classes = Classes::INDUSTRY
        .with(Classes::SECTOR)
        .with(Classes::MODIFIER)
        .with(Classes::GENERIC)
        .with(Classes::NAME_PART)
        .with(Classes::HEAD);
    let known = member.len() == 1
        && text.tokens[member.start]
            .term(text.lexicon)
            .is_some_and(|term| term.label == Some(Label::Enterprise));
    known
        || member.len() > 1 && closes_firm(text, member.end - 1) && !text.is(member.start, INDUSTRY)
}

/// Words that say of firms that they lead a field.
const LEADERS: [&str; 8] = [
    "龙头",
    "龙头企业",
    "领军",
    "领军企业",
    "巨头",
    "知名",
    "知名企业",
    "头部",
];

/// Makes one of the last two where the text counts one less: 甲、乙、丙与丁三大产业.
fn join_last(text: &Text<'_>, members: &mut Vec<Range<usize>>, at: usize, end: usize) {
    let Some((count, _)) = tally(text, at, end) else {
        return;
    };
    if let [.., before, last] = members.as_slice()
        && members.len() == count + 1
        && last.start == before.end + 1
        && text.word(before.end) != "、"
    {
        let joined = before.start..last.end;
        members.truncate(members.len() - 2);
        members.push(joined);
    }
}

/// What a row is made into: 甲、乙定为三大产业.
const MADE_INTO: [&str; 6] = ["定为", "列为", "作为", "确定为", "定位为", "选为"];

/// How many members words count, and the word after them: 三大, 3大.
fn tally(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, usize)> {
    if at >= end {
        return None;
    }
    let word = text.word(at);
    let is_two = at + 1 < end && matches!(text.word(at + 1), "大" | "个");
    let number = if is_two {
        word
    } else {
        word.strip_suffix(['大', '个'])?
    };
    let count = match number {
        "两" | "2" => 2,
        "三" | "3" => 3,
        "四" | "4" => 4,
        "五" | "5" => 5,
        "六" | "6" => 6,
        "七" | "7" => 7,
        "八" | "8" => 8,
        "九" | "9" => 9,
        "十" | "10" => 10,
        _ => return None,
    };
    Some((count, at + 1 + usize::from(is_two)))
}

/// What the noun phrase in some words says that the names before it are: its last noun decides.
fn kind_of_phrase(text: &Text<'_>, words: Range<usize>, end: usize) -> Option<Kind> {
    let mut label = None;
    for at in words {
        let word = text.word(at);
        if matches!(word, "," | "。" | ";" | "、" | ":" | "!" | "?" | "(") {
            break;
        }
        let noun = if text.is(at, Classes::INDUSTRY) && !closes_row(text, at, end) {
            None
        } else {
            kind(word)
        };
        if noun.is_none()
            && text.is(at, Classes::VERB)
            && text.is(at, Classes::STOP)
            && label.is_some()
        {
            break;
        }
        if let Some(noun) = noun {
            label = Some(noun);
            let goes_on = at + 1 < end
                && text.is(at + 1, Classes::NOUN.with(Classes::HEAD))
                && !text.is(at + 1, Classes::STOP);
            if !goes_on {
                break;
            }
            if kind(text.word(at + 1)).is_none() {
                label = None;
            }
        }
    }
    label
}

/// Whether an official category ends the phrase: 甲、乙等未来产业.
fn closes_row(text: &Text<'_>, at: usize, end: usize) -> bool {
    text.word(at).ends_with("产业") && (at + 1 >= end || text.is(at + 1, Classes::SIGN))
}

fn start_of_first(text: &Text<'_>, floor: usize, mark: usize) -> usize {
    let mut start = mark;
    while start > floor && mark - start < 10 {
        let before = start - 1;
        if closes_member(text, before) || opens_quotation(text, before, mark) {
            break;
        }
        start = before;
    }
    start
}

/// Whether the quotation that a word opens goes on behind the mark.
fn opens_quotation(text: &Text<'_>, at: usize, mark: usize) -> bool {
    matches!(text.word(at), "“" | "\"") && !(at..mark).any(|at| text.word(at) == "”")
}

/// Whether all words of a member may be an enterprise's name, though nothing says that it is one.
fn is_plain_enterprise(text: &Text<'_>, mut member: Range<usize>) -> bool {
    let known = member.len() == 1 && text.is(member.start, Classes::NAME);
    known
        || !member.any(|at| {
            text.is(at, Classes::STOP.with(Classes::VERB)) && length(text.word(at)) > 1
                || text.is(at, Classes::HEAD) && !closes_firm(text, at)
                || text.word(at) == "城"
        })
}

fn end_of_member(text: &Text<'_>, start: usize, end: usize) -> usize {
    let mut at = start;
    while at < end && at - start < 12 {
        if text.word(at) == "”" && !(start..at).any(|at| text.word(at) == "“") {
            return at;
        }
        if matches!(
            text.word(at),
            "、" | "等" | "等等" | "和" | "与" | "及" | "以及"
        ) || at > start
            && !is_last_word(text, at, end)
            && (closes_member(text, at) || tally(text, at, end).is_some())
        {
            return at;
        }
        at += 1;
    }
    at
}

/// Whether a verb is the last word of a member: 起重 of 甲起重、乙.
fn is_last_word(text: &Text<'_>, at: usize, end: usize) -> bool {
    at + 1 < end
        && matches!(text.word(at + 1), "、" | "等")
        && length(text.word(at)) > 1
        && text.is(at, Classes::VERB)
        && !text.is(
            at,
            Classes::STOP
                .with(Classes::ISSUE_VERB)
                .with(Classes::FOSTER_VERB),
        )
}

/// Words of one character that no name in a row holds.
const HARD: [&str; 40] = [
    "出", "起", "过", "的", "了", "是", "在", "与", "和", "及", "等", "将", "对", "以", "为", "由",
    "把", "被", "从", "向", "于", "有", "并", "家", "个", "届", "是", "到", "让", "使", "项", "也",
    "都", "位", "条", "座", "批", "款", "户", "场",
];

/// Whether a word ends what may be a name in a row.
fn closes_member(text: &Text<'_>, at: usize) -> bool {
    const KEEPS: Classes = Classes::NAME_PART
        .with(Classes::INDUSTRY)
        .with(Classes::SECTOR)
        .with(Classes::NAME);
    const CLOSES: Classes = Classes::PARTICLE
        .with(Classes::PREPOSITION)
        .with(Classes::CONJUNCTION)
        .with(Classes::MEASURE)
        .with(Classes::PRONOUN)
        .with(Classes::TIME);
    let word = text.word(at);
    if text.is(at, Classes::SIGN) {
        return !matches!(word, "“" | "”" | "(" | ")" | "·" | "-" | "+");
    }
    if text.is(
        at,
        Classes::INDUSTRY.with(Classes::SECTOR).with(Classes::NAME),
    ) {
        return false;
    }
    if text.is(at, Classes::NUMBER) || text.is(at, Classes::NUMERAL) && length(word) > 1 {
        return true;
    }
    if length(word) == 1 {
        // Coined names hold what are verbs elsewhere.
        return text.is(at, CLOSES) && !text.is(at, Classes::SURNAME.with(Classes::MEASURE))
            || HARD.contains(&word);
    }
    text.is(
        at,
        CLOSES
            .with(Classes::STOP)
            .with(Classes::ISSUE_VERB)
            .with(Classes::FOSTER_VERB),
    ) || text.is(at, Classes::VERB) && !text.is(at, KEEPS)
        || text.is(at, Classes::NUMBER.with(Classes::NUMERAL))
}

/// A member without words of rank before it and nouns of its kind behind it.
fn trimmed(text: &Text<'_>, mut member: Range<usize>, label: Label) -> Range<usize> {
    let keeps = |at: usize| {
        text.is(
            at,
            Classes::INDUSTRY
                .with(Classes::SECTOR)
                .with(Classes::NAME)
                .with(Classes::MODIFIER),
        )
    };
    while member.len() > 1
        && text.is(member.start, Classes::GENERIC)
        && !keeps(member.start)
        && label != Label::Cluster
    {
        member.start += 1;
    }
    if label == Label::Cluster {
        member.start = start_of_industry(text, member.clone());
    }
    unquoted(text, member)
}

/// Where a first member begins once what governs the row is left out: 引育 + 智能硬件.
fn start_of_industry(text: &Text<'_>, member: Range<usize>) -> usize {
    const TRADE: Classes = Classes::INDUSTRY
        .with(Classes::SECTOR)
        .with(Classes::MODIFIER);
    let governs = |at: usize| {
        text.is(
            at,
            Classes::VERB.with(Classes::STOP).with(Classes::FOSTER_VERB),
        )
    };
    let first = member.clone().find(|&at| text.is(at, TRADE));
    match first {
        Some(first) if (member.start..first).any(governs) => first,
        _ => member.start,
    }
}

/// A first member that is a common word by itself begins with the verb before it, where a clause begins: 分享通信.
fn with_verb(text: &Text<'_>, floor: usize, member: Range<usize>, label: Label) -> Range<usize> {
    let common = member.len() == 1
        && text.is(
            member.start,
            Classes::GENERIC
                .with(Classes::SECTOR)
                .with(Classes::NAME_PART),
        )
        && !text.is(member.start, Classes::NAME);
    let before = member
        .start
        .checked_sub(1)
        .filter(|&at| at >= floor && text.is(at, Classes::VERB));
    let opens = |at: usize| at == floor || text.is(at - 1, Classes::SIGN);
    match before {
        Some(before) if common && label == Label::Enterprise && opens(before) => before..member.end,
        _ => member,
    }
}

/// A member without marks around it and nouns of its kind behind it.
fn unquoted(text: &Text<'_>, mut member: Range<usize>) -> Range<usize> {
    while member.len() > 1 && matches!(text.word(member.start), "“" | "\"") {
        member.start += 1;
    }
    while member.len() > 1
        && matches!(
            text.word(member.end - 1),
            "”" | "\"" | "领域" | "行业" | "企业"
        )
    {
        member.end -= 1;
    }
    member
}

fn fits(text: &Text<'_>, regions: &Regions, member: Range<usize>, label: Label) -> bool {
    if member.is_empty() {
        return false;
    }
    let words = text.words(member.clone());
    let size = length(words);
    let region = member.len() == 1 && regions.is_region(member.start);
    let number = text.is(member.start, Classes::NUMBER)
        || text.is(member.start, Classes::NUMERAL) && !text.is(member.start, Classes::SURNAME);
    let broken = words.contains([',', '。', ':', '的', '“', '”']);
    if region || broken || size < 2 || words.ends_with("总部") || words.ends_with("总部基地")
    {
        return false;
    }
    let has = |classes: Classes| member.clone().any(|at| text.is(at, classes));
    match label {
        Label::Enterprise => {
            let noun = kind(words).is_some()
                || text.is(member.end - 1, Classes::HEAD)
                    && !has(Classes::NAME)
                    && ends_as_body(text, member.end - 1);
            let common = member.len() == 1
                && text.is(
                    member.start,
                    Classes::GENERIC
                        .with(Classes::NAME_PART)
                        .with(Classes::STOP),
                )
                && !has(Classes::NAME);
            let alone = member.len() == 1 && has(Classes::INDUSTRY);
            let barred = common || number || noun || alone || has(Classes::TITLE);
            size <= 14 && !barred
        }
        Label::Cluster => {
            let known = member.len() == 1 && has(Classes::INDUSTRY.with(Classes::SECTOR));
            if !known && words.ends_with(['型', '化', '性', '级', '区']) {
                return false;
            }
            let ends_in_act = text.is(
                member.end - 1,
                Classes::STOP
                    .with(Classes::FOSTER_VERB)
                    .with(Classes::PHRASE),
            ) && !text
                .is(member.end - 1, Classes::INDUSTRY.with(Classes::SECTOR));
            if ends_in_act {
                return false;
            }
            let generic = member.clone().all(|at| {
                text.is(at, Classes::GENERIC.with(Classes::STOP))
                    && !text.is(at, Classes::INDUSTRY.with(Classes::SECTOR))
            });
            !number
                && !generic
                && size <= 12
                && !has(Classes::TITLE)
                && !has(Classes::NAME)
                && !regions.is_region(member.start)
        }
        Label::Facility | Label::Park => {
            let evidence = super::bounds::evidence(text, regions, member.clone());
            let opens_proper = regions.is_region(member.start)
                || text.is(member.start, Classes::NAME.with(Classes::PLACE));
            !number
                && size >= 4
                && opens_proper
                && evidence == Some(Evidence::Proper)
                && !has(Classes::TITLE.with(Classes::NAME))
                && !text.is(member.end - 1, Classes::HEAD)
        }
        Label::Person => {
            (2..=4).contains(&size)
                && text.is(member.start, Classes::SURNAME)
                && !has(Classes::TITLE.with(Classes::HEAD).with(Classes::SIGN))
        }
        Label::Zone => !number && size <= 8,
        _ => false,
    }
}

fn ends_as_body(text: &Text<'_>, at: usize) -> bool {
    text.tokens[at]
        .head(text.lexicon)
        .is_some_and(|head| !matches!(head.label, Label::Enterprise))
}
