//! Owns indicators: the figures that an article says of the things it names.
//!
//! Takes a [`Scene`] and the tokens of its sentences; gives indicators with their spans. A clause's figures are read
//! from left to right; measure, subject and period are carried on where the text leaves them out.
//!
//! ```text
//! sentence ─ periods ─┐
//!          ─ clauses ─ quantities ─ name ─ subject, period ─→ Indicator
//! ```

mod affix;
mod figures;
mod name;
mod number;
mod period;
mod quantity;
mod unit;

pub use figures::figures;

use std::sync::{Arc, LazyLock};

use super::relate::{TokenKind, Tokens, Topics};
use super::scene::{Labels, Scene};
use super::{Indicator, Label, Qualifier};
use crate::source::Span;
use affix::Affixes;
use name::Percentage;
use period::Period;
use quantity::{Kind, Quantity};
use unit::Dimension;

/// Labels of what may be measured.
const MEASURED: Labels = Labels::REGIONS.or(Labels::of(&[
    Label::Enterprise,
    Label::Park,
    Label::Facility,
    Label::Fund,
    Label::Organization,
    Label::Event,
]));
/// Labels of what has an area of its own.
const BUILT: Labels = Labels::of(&[Label::Park, Label::Facility, Label::Zone]);
/// Labels of what a figure may describe from before.
const DESCRIBED: Labels =
    Labels::of(&[Label::Park, Label::Facility, Label::Fund, Label::Enterprise]);
const EVENTS: Labels = Labels::of(&[Label::Event]);
/// How many bytes may lie between a name and a figure that is said of it whatever else the clause is about.
const BESIDE: usize = 9;
/// How many bytes may lie between the size of a field and a rank in it.
const FIELD: usize = 36;
/// How many bytes may describe a thing between its figure and its name: 投资15亿元的甲项目.
const ATTRIBUTE: usize = 21;

/// What those do whom an event's figure counts.
static TAKES_PART: LazyLock<Affixes> = LazyLock::new(|| {
    Affixes::heads(&[
        "参加",
        "出席",
        "参会",
        "亮相",
        "参展",
        "到场",
        "齐聚",
        "对接交流",
    ])
});

/// The indicators of an article, in the order of the text; spans are of the scene's text.
pub(crate) fn measure(scene: &Scene<'_>, tokens: &Tokens) -> Vec<Indicator> {
    let mut reader = Reader {
        scene,
        tokens,
        topics: Topics::new(scene),
        measure: String::new(),
        counted: String::new(),
        period: None,
        paragraph: 0,
        found: Vec::new(),
    };
    let mut titles = Vec::new();
    for index in 0..scene.sentences.len() {
        reader.topics.enter(scene, tokens, index);
        if scene.text[scene.sentences[index].range.clone()].contains(has_figure) {
            reader.sentence(index);
            if scene.sentences[index].is_title {
                titles.append(&mut reader.found);
            }
        }
    }
    once(reader.found, titles)
}

fn has_figure(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(
            c,
            '一' | '二'
                | '两'
                | '三'
                | '四'
                | '五'
                | '六'
                | '七'
                | '八'
                | '九'
                | '十'
                | '百'
                | '千'
                | '万'
                | '亿'
                | '首'
        )
}

struct Reader<'a> {
    scene: &'a Scene<'a>,
    tokens: &'a Tokens,
    topics: Topics,
    /// The measure that a growth or share without one of its own is of.
    measure: String,
    /// The noun that the sentence counted last.
    counted: String,
    /// The period in force, carried over sentences.
    period: Option<String>,
    paragraph: usize,
    found: Vec<Indicator>,
}

/// A clause of a sentence; all offsets are of the text.
struct Clause {
    start: usize,
    end: usize,
}

impl Reader<'_> {
    fn sentence(&mut self, index: usize) {
        let sentence = &self.scene.sentences[index];
        let range = sentence.range.clone();
        self.paragraph = sentence.paragraph;
        let text = &self.scene.text[range.clone()];
        let periods = period::periods(text, self.scene.year);
        let dated: Vec<(usize, usize)> = periods
            .iter()
            .map(|found| (found.start, found.end))
            .collect();
        self.measure.clear();
        self.counted.clear();
        if let Some((_, year)) = self
            .period
            .as_deref()
            .and_then(|period| period.split_once('/'))
            && year.len() == 4
        {
            self.period = Some(year.to_owned()); // 2020年、2021年两年 spoke of one figure only
        }
        for clause in clauses(text) {
            let within: Vec<(usize, usize)> = dated
                .iter()
                .filter(|(start, end)| *start < clause.end && clause.start < *end)
                .map(|(start, end)| {
                    (
                        start.saturating_sub(clause.start),
                        end.saturating_sub(clause.start),
                    )
                })
                .collect();
            let words = &text[clause.start..clause.end];
            let figures = quantity::quantities(words, &within);
            let figures = without_fields(words, figures);
            for (position, figure) in figures.iter().enumerate() {
                self.period_before(&periods, clause.start + figure.start);
                let before = position
                    .checked_sub(1)
                    .map_or(0, |before| figures[before].end);
                let next = figures
                    .get(position + 1)
                    .map_or(words.len(), |next| next.start);
                self.figure(index, &range, &clause, figure, before, next, &within);
            }
            self.period_before(&periods, clause.end);
            if figures.is_empty() {
                self.foreshadow(index, &range, &clause, &within);
            }
        }
    }

    /// A clause without a figure may name what the next one measures: 投资保持高速,同比增长13%.
    fn foreshadow(
        &mut self,
        sentence: usize,
        range: &std::ops::Range<usize>,
        clause: &Clause,
        dated: &[(usize, usize)],
    ) {
        let (start, end) = (range.start + clause.start, range.start + clause.end);
        let words = self.without_names(sentence, start, start, end, dated);
        let verbs = [
            "保持", "继续", "实现", "快速", "稳步", "持续", "呈", "平稳", "强劲",
        ];
        let named = verbs
            .iter()
            .filter_map(|verb| words.find(verb))
            .min()
            .map(|at| name::bare(&words[..at]));
        if let Some(named) = named.filter(|named| (2..=12).contains(&named.chars().count())) {
            named.clone_into(&mut self.measure);
        }
    }

    /// The last expression of time before a place is in force there.
    fn period_before(&mut self, periods: &[Period], at: usize) {
        let before = periods
            .iter()
            .filter(|period| period.start < at && !period.is_compared);
        if let Some(last) = before.clone().next_back() {
            // 截至2021年底…,累计…: the day stays in force.
            let of_total = before.rev().find(|period| period.value.is_some());
            let in_force = of_total.filter(|_| last.is_total).unwrap_or(last);
            self.period.clone_from(&in_force.value);
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "a figure is read with all that stands around it"
    )]
    fn figure(
        &mut self,
        sentence: usize,
        range: &std::ops::Range<usize>,
        clause: &Clause,
        figure: &Quantity,
        before: usize,
        next: usize,
        dated: &[(usize, usize)],
    ) {
        let offset = range.start + clause.start;
        let (start, end) = (offset + figure.start, offset + figure.end);
        if self.inside_name(sentence, start, end) {
            return;
        }
        let words = &self.scene.text[offset..range.start + clause.end];
        let left = self.without_names(sentence, offset, offset + before, start, dated);
        let right = &words[figure.end..next.max(figure.end)];
        let Some(named) = self.name(figure, &left, right) else {
            return;
        };
        let Some((subject, place, carried)) = self.subject(sentence, start, &named, right, figure)
        else {
            return;
        };
        let mut period = self.period.clone();
        if named.contains("面积") && figure.qualifier != Qualifier::Target {
            period = None;
        }
        if let Some(years) = two_years(&named, period.as_deref()) {
            period = Some(years);
        }
        let value = match figure.kind {
            Kind::Of(Dimension::Percent | Dimension::Times | Dimension::Points)
                if self.declines(figure, &left) =>
            {
                -figure.value
            }
            _ => figure.value,
        };
        let is_ahead = period
            .as_deref()
            .and_then(|period| period.get(..4)?.parse::<i32>().ok())
            .zip(self.scene.year)
            .is_some_and(|(of, year)| of > year);
        let qualifier = if is_ahead {
            Qualifier::Target
        } else {
            figure.qualifier
        };
        let own = Span::new(place.0, place.1);
        let last = offset + figure.end + self.noun_length(figure, right);
        let span = Span::new(
            offset + before.max(leading_blank(&words[before..]) + before),
            last,
        );
        let (span, carried_subject) = match carried {
            true => (span, Some(own)),
            false => (span.to(own), None),
        };
        self.found.push(Indicator {
            subject,
            name: named,
            value,
            unit: figure.unit.to_owned(),
            period,
            qualifier,
            span,
            carried_subject,
            rule: Arc::from("measure"),
        });
    }

    /// How far a count's noun reaches behind it.
    fn noun_length(&self, figure: &Quantity, right: &str) -> usize {
        match figure.kind {
            Kind::Of(Dimension::Count) => {
                right.find(name::noun(right)).unwrap_or(0) + name::noun(right).len()
            }
            _ => 0,
        }
    }

    fn declines(&self, figure: &Quantity, left: &str) -> bool {
        figure.kind != Kind::Rank
            && matches!(
                name::percentage(left),
                Percentage::Growth {
                    is_decline: true,
                    ..
                }
            )
    }

    /// Whether a figure is part of a name.
    fn inside_name(&self, sentence: usize, start: usize, end: usize) -> bool {
        self.tokens.all[self.tokens.sentences[sentence].clone()]
            .iter()
            .any(|token| {
                matches!(token.kind, TokenKind::Place(_)) && token.start < end && start < token.end
            })
    }

    /// What stands before a figure in its clause, without the names of what may be measured and without periods.
    fn without_names(
        &self,
        sentence: usize,
        offset: usize,
        from: usize,
        to: usize,
        dated: &[(usize, usize)],
    ) -> String {
        let mut cuts: Vec<(usize, usize)> = dated
            .iter()
            .map(|(a, b)| (offset + a, offset + b))
            .collect();
        for token in &self.tokens.all[self.tokens.sentences[sentence].clone()] {
            if let TokenKind::Place(place) = token.kind
                && MEASURED.has(self.scene.label(place))
            {
                cuts.push((token.start, token.end));
            }
        }
        let text = &self.scene.text[offset..to];
        for (at, _) in text.match_indices(['(', '（']) {
            if let Some(inner) = bracketed(&text[at..]) {
                cuts.push((offset + at, offset + at + inner.len()));
            }
        }
        cuts.sort_unstable();
        let mut out = String::new();
        let mut at = from;
        for (start, end) in cuts {
            if start >= at && end <= to {
                out.push_str(&self.scene.text[at..start]);
                at = end;
            }
        }
        out.push_str(&self.scene.text[at.min(to)..to]);
        out
    }

    /// The measure's name; none where the figure says nothing.
    fn name(&mut self, figure: &Quantity, left: &str, right: &str) -> Option<String> {
        let named = match figure.kind {
            Kind::Rank => {
                let own = name::ranked(left);
                if own.is_empty()
                    || own.starts_with("增速")
                    || own.starts_with("总量")
                    || own.starts_with("规模")
                {
                    let base = self.measure.clone();
                    format!("{base}{own}")
                } else {
                    own.to_owned()
                }
            }
            Kind::Of(Dimension::Percent | Dimension::Times) => {
                return self.percentage(left, figure);
            }
            Kind::Of(Dimension::Points) => {
                let own = name::head_cut(left);
                let own = own.strip_prefix("增速").unwrap_or(own);
                let base = self.measure.trim_end_matches("增速").to_owned();
                return (!base.is_empty() || !own.is_empty()).then(|| format!("{base}增速{own}"));
            }
            Kind::Of(Dimension::Amount) => self.amount(left, right),
            Kind::Of(Dimension::Count) => self.count(left, right),
        };
        if named.chars().count() < 2 {
            return None;
        }
        if figure.kind != Kind::Rank {
            self.measure.clone_from(&named);
        }
        Some(named)
    }

    fn amount(&mut self, left: &str, right: &str) -> String {
        let own = name::bare(left);
        let is_change =
            own.is_empty() || ["从", "由", "扩充", "增长", "提升", "提高"].contains(&own);
        if is_change && right.starts_with(['的']) {
            return name::noun(right.trim_start_matches('的')).to_owned();
        }
        if is_change && !self.measure.is_empty() {
            return self.measure.clone();
        }
        if own.is_empty() {
            return name::noun(right).to_owned();
        }
        let own = own.replace("完成", "").replace("实现", "");
        let made = [
            "建成", "提供", "新增", "释放", "供应", "整备", "投入", "发放", "撬动", "开建", "落成",
        ];
        match made.iter().any(|verb| own.ends_with(verb)) {
            true => format!("{own}{}", name::noun(right)),
            false => own,
        }
    }

    fn count(&mut self, left: &str, right: &str) -> String {
        let noun = name::noun(right);
        if !noun.is_empty() {
            noun.clone_into(&mut self.counted);
            return name::counted(left, noun);
        }
        let own = name::bare(left);
        if own.is_empty() {
            return self.measure.clone();
        }
        if ["增长", "增加", "净增", "减少"].contains(&own) {
            return String::new(); // 6家,较上年增长3家
        }
        let own = own.trim_end_matches("数量");
        if own.chars().count() <= 2 && !self.counted.is_empty() {
            return format!("{own}{}数", self.counted); // 供应6000套, of what was counted before
        }
        let ends = ["数", "人口", "数量", "总量"]
            .iter()
            .any(|end| own.ends_with(end));
        if ends {
            own.to_owned()
        } else {
            format!("{own}数")
        }
    }

    fn percentage(&mut self, left: &str, figure: &Quantity) -> Option<String> {
        let base = self.measure.trim_end_matches("增速").to_owned();
        match name::percentage(left) {
            Percentage::Growth {
                base: own, years, ..
            } => {
                let of = if own.is_empty() { base } else { own.to_owned() };
                if of.is_empty() {
                    return None;
                }
                self.measure.clone_from(&of);
                Some(format!("{of}{years}增速"))
            }
            Percentage::Share { of } => {
                let of = if of.is_empty() { base } else { of.to_owned() };
                (!of.is_empty()).then(|| format!("{of}占比"))
            }
            Percentage::Plain(own) => {
                let of = match own.is_empty() {
                    true if figure.ends_range => format!("{base}增速"),
                    // 由40.3%提高到41%
                    true if left.ends_with(['到', '至']) && !base.is_empty() => base,
                    true => return None,
                    false => own.to_owned(),
                };
                self.measure.clone_from(&of);
                Some(of)
            }
        }
    }

    /// What is measured: its entity, its place, and whether it is carried over from an earlier sentence.
    fn subject(
        &self,
        sentence: usize,
        at: usize,
        named: &str,
        right: &str,
        figure: &Quantity,
    ) -> Option<(usize, (usize, usize), bool)> {
        let range = self.tokens.sentences[sentence].clone();
        let tokens = &self.tokens.all[range.clone()];
        let token = range.start + tokens.partition_point(|token| token.start < at);
        let answer = |place: usize, carried: bool| {
            let own = self.scene.places[place];
            // What the text has not named yet is no subject.
            (own.start < at).then_some((own.entity, (own.start, own.end), carried))
        };
        let in_force = |labels| {
            let (places, carried) = self.topics.at(self.scene, self.tokens, token, labels);
            places.last().map(|place| (*place, carried))
        };
        if let Some(place) = self.described(token, range.end, right, figure) {
            let own = self.scene.places[place];
            return Some((own.entity, (own.start, own.end), false));
        }
        if TAKES_PART.first_in(right).is_some()
            && let Some((place, carried)) = in_force(EVENTS)
        {
            return answer(place, carried);
        }
        if named.contains("面积") || named.contains("占地") {
            let own = in_force(BUILT).filter(|(_, carried)| !carried);
            let last = self.last_place(range.start..token, BUILT);
            if let Some(place) = own.map(|(place, _)| place).or(last) {
                return answer(place, false);
            }
        }
        if matches!(figure.kind, Kind::Of(Dimension::Count | Dimension::Amount))
            && let Some(place) =
                self.last_place(token.saturating_sub(1).max(range.start)..token, MEASURED)
            && self.scene.text[self.scene.places[place].end..at].len() <= BESIDE
        {
            return answer(place, false); // 东莞1021家
        }
        let (place, carried) = in_force(MEASURED)?;
        // What an office of the region tells is said of the region.
        if self.is_telling_office(place)
            && let Some((region, carried)) = in_force(Labels::REGIONS)
        {
            return answer(region, carried);
        }
        answer(place, carried)
    }

    /// Whether a mention is an office of a government that tells the figures of its region.
    fn is_telling_office(&self, place: usize) -> bool {
        const TELLS: [&str; 12] = [
            "数据",
            "统计",
            "局长",
            "副局长",
            "主任",
            "负责人",
            "相关",
            "有关",
            "公布",
            "透露",
            "介绍",
            "表示",
        ];
        let own = self.scene.places[place];
        let name = &self.scene.text[own.start..own.end];
        let behind = &self.scene.text[own.end..];
        self.scene.label(place) == Label::Organization
            && name.ends_with(['局', '厅', '委', '署', '部', '办', '府'])
            && TELLS.iter().any(|word| behind.starts_with(word))
    }

    /// The thing that a figure stands before as its attribute: 投资15亿元的甲项目, 占地千亩的乙园.
    fn described(&self, from: usize, end: usize, right: &str, figure: &Quantity) -> Option<usize> {
        let is_attribute = right.starts_with('的')
            && matches!(
                figure.kind,
                Kind::Of(Dimension::Amount | Dimension::Count) | Kind::Rank
            );
        let token = self.tokens.all[from..end]
            .iter()
            .find(|token| !matches!(token.kind, TokenKind::Word(..)))?;
        let TokenKind::Place(place) = token.kind else {
            return None;
        };
        let offset = right.as_ptr() as usize - self.scene.text.as_ptr() as usize;
        let between = self.scene.text.get(offset..token.start)?;
        let is_near = between.len() <= ATTRIBUTE && !between.contains([',', '、']);
        (is_attribute && is_near && DESCRIBED.has(self.scene.label(place))).then_some(place)
    }

    /// The last mention of some tokens that has one of the labels.
    fn last_place(&self, range: std::ops::Range<usize>, labels: Labels) -> Option<usize> {
        self.tokens.all[range]
            .iter()
            .rev()
            .find_map(|token| match token.kind {
                TokenKind::Place(place) if labels.has(self.scene.label(place)) => Some(place),
                _ => None,
            })
    }
}

/// Figures without the size of the field in which a rank is held: 全国169个高新区第11位.
fn without_fields(text: &str, mut figures: Vec<Quantity>) -> Vec<Quantity> {
    const HELD: [&str; 8] = ["跻身", "全国", "全省", "全市", "位列", "位居", "名列", "在"];
    let is_field = |figure: &Quantity, next: &Quantity| {
        figure.kind == Kind::Of(Dimension::Count)
            && next.kind == Kind::Rank
            && next.start - figure.end <= FIELD
            && HELD.iter().any(|word| text[..figure.start].ends_with(word))
    };
    let fields: Vec<usize> = figures
        .windows(2)
        .filter(|pair| is_field(&pair[0], &pair[1]))
        .map(|pair| pair[0].start)
        .collect();
    figures.retain(|figure| !fields.contains(&figure.start));
    figures
}

fn leading_blank(text: &str) -> usize {
    text.len()
        - text
            .trim_start_matches(|c: char| c.is_whitespace() || ",，、;；".contains(c))
            .len()
}

/// The clauses of a sentence: at commas and semicolons that stand in no number, and brackets that hold a figure.
fn clauses(text: &str) -> Vec<Clause> {
    let mut out = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    let mut in_brackets = false;
    for (at, c) in text.char_indices() {
        let is_end = match c {
            ',' => {
                let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
                !(at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2) && digit(at + 3))
            }
            '，' | ';' | '；' | '。' | '\n' => true,
            '(' | '（' => {
                let inner = bracketed(&text[at..]).unwrap_or_default();
                in_brackets = inner.chars().any(|c| c.is_ascii_digit());
                in_brackets
            }
            ')' | '）' => std::mem::take(&mut in_brackets),
            _ => false,
        };
        if is_end {
            out.push(Clause { start, end: at });
            start = at + c.len_utf8();
        }
    }
    out.push(Clause {
        start,
        end: text.len(),
    });
    out
}

/// What an opening bracket and its closing one hold, both included.
fn bracketed(text: &str) -> Option<&str> {
    let end = text.find([')', '）'])?;
    let length = text[end..].chars().next().map_or(1, char::len_utf8);
    Some(&text[..end + length])
}

/// A growth over two years speaks of both.
fn two_years(named: &str, period: Option<&str>) -> Option<String> {
    if !named.contains("两年平均") {
        return None;
    }
    let year: i32 = period?.get(..4)?.parse().ok()?;
    (period?.len() == 4).then(|| format!("{}/{year}", year - 1))
}

/// Says each figure once, the fullest first; a title's only where the article does not say it again.
fn once(found: Vec<Indicator>, titles: Vec<Indicator>) -> Vec<Indicator> {
    let same_figure = |one: &Indicator, other: &Indicator| {
        one.subject == other.subject
            && one.unit == other.unit
            && (one.value - other.value).abs() <= f64::EPSILON * one.value.abs()
    };
    let mut out: Vec<Indicator> = Vec::new();
    for indicator in found {
        let same = |known: &Indicator| {
            let same_time = known.period == indicator.period
                || known.period.is_none()
                || indicator.period.is_none();
            let same_name = known.name == indicator.name
                || indicator.unit != "%" && shared(&known.name, &indicator.name);
            same_figure(known, &indicator) && same_time && same_name
        };
        let rounds = |known: &Indicator| restates(&indicator, known);
        if !out.iter().any(same) && !out.iter().any(rounds) {
            out.push(indicator);
        }
    }
    for title in titles {
        let is_known = out
            .iter()
            .any(|known| same_figure(known, &title) || restates(&title, known));
        if !is_known {
            out.push(title);
        }
    }
    out.sort_by_key(|indicator| (indicator.span.start, indicator.span.end));
    out
}

/// Whether a figure only rounds one that is exact: 突破5000亿元 beside 5008.81亿元.
fn restates(round: &Indicator, exact: &Indicator) -> bool {
    round.qualifier == Qualifier::Over
        && round.subject == exact.subject
        && round.unit == exact.unit
        && round.unit == "元"
        && exact.qualifier == Qualifier::Exact
        && (1.0..1.2).contains(&(exact.value / round.value))
}

/// Whether two names have most of their characters in common.
fn shared(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let common = crate::source::shared_characters(&one, &other);
    common * 2 > one.len().min(other.len())
}
