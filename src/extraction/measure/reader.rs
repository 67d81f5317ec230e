//! Reads the figures of an article from left to right, with what stays in force between them.

use std::ops::Range;
use std::sync::Arc;

use super::clause::{
    Clause, bracketed, clauses, leading_blank, row, said_until, without_classes, without_fields,
};
use super::name::{self, Percentage};
use super::period::{self, Calendar, Period};
use super::quantity::{self, Kind, Quantity};
use super::subject::MEASURED;
use super::unit::Dimension;
use crate::extraction::relate::{TokenKind, Tokens, Topics};
use crate::extraction::scene::Scene;
use crate::extraction::{Indicator, Label, Qualifier};
use crate::source::Span;

pub(super) struct Reader<'a> {
    pub scene: &'a Scene<'a>,
    pub tokens: &'a Tokens,
    pub topics: Topics,
    /// The measure that a growth or share without one of its own is of.
    pub measure: String,
    /// The measures of the sentence so far, shares and growths left out.
    pub measures: Vec<String>,
    /// The share, rate or growth that the sentence gave last.
    pub percentage: String,
    /// The noun that the sentence counted last.
    pub counted: String,
    calendar: Calendar,
    /// The period in force, carried over sentences.
    period: Option<String>,
    /// The paragraph that `period` was said in.
    paragraph: usize,
    /// What the last figure of the sentence was said of, as its position among the places.
    pub said_of: Option<usize>,
    /// What the last figure before the sentence was said of, within the paragraph.
    pub said_before: Option<usize>,
    pub found: Vec<Indicator>,
}

/// Words of what is so already.
const TOLD: [&str; 8] = ["已", "现有", "目前", "累计", "拥有", "截至", "成为", "跻身"];

/// A figure with what stands around it in its clause; all offsets are of the text.
pub(super) struct Figure<'a> {
    pub quantity: &'a Quantity,
    pub sentence: usize,
    pub start: usize,
    /// Where what is said of it alone begins.
    from: usize,
    /// What stands before it, without names and periods.
    pub left: String,
    /// What stands between it and the next figure or the end of the clause.
    pub right: &'a str,
    /// Its place in a row of figures that are said of as many things, and the row's length.
    pub row: Option<(usize, usize)>,
}

impl<'a> Reader<'a> {
    /// Before the first sentence.
    pub(super) fn new(scene: &'a Scene<'a>, tokens: &'a Tokens) -> Self {
        let calendar = Calendar {
            year: scene.year.or_else(|| period::year_in(scene.text)),
            month: scene.month,
            is_minguo: ["台湾", "新台币", "民国"]
                .iter()
                .any(|word| scene.text.contains(word)),
            says_half: scene.text.contains("上半年"),
            says_quarter: scene.text.contains("一季度"),
            ..Calendar::default()
        };
        Self {
            scene,
            tokens,
            topics: Topics::new(scene),
            measure: String::new(),
            measures: Vec::new(),
            percentage: String::new(),
            counted: String::new(),
            calendar,
            period: None,
            paragraph: 0,
            said_of: None,
            said_before: None,
            found: Vec::new(),
        }
    }

    pub(super) fn sentence(&mut self, index: usize) {
        let sentence = &self.scene.sentences[index];
        let range = sentence.range.clone();
        let text = &self.scene.text[range.clone()];
        let mut periods = period::periods(text, &mut self.calendar);
        periods.retain(|period| !in_title(text, period.start));
        self.measure.clear();
        self.measures.clear();
        self.percentage.clear();
        self.said_before = self.said_of.take().or(self.said_before);
        self.counted.clear();
        self.enter(index);
        for clause in clauses(text) {
            let within: Vec<(usize, usize)> = periods
                .iter()
                .filter(|found| found.start < clause.end && clause.start < found.end)
                .map(|found| {
                    (
                        found.start.saturating_sub(clause.start),
                        found.end.saturating_sub(clause.start),
                    )
                })
                .collect();
            let words = &text[clause.start..clause.end];
            let figures = quantity::quantities(words, &within);
            let figures = without_classes(words, without_fields(words, figures));
            if figures.is_empty() {
                if let Some(own) = self.date_before(text, &clause, &periods) {
                    periods.remove(own);
                }
                self.period_before(text, &periods, clause.end);
                self.foreshadow(index, &range, &clause, &within);
                continue;
            }
            for position in 0..figures.len() {
                self.period_before(text, &periods, clause.start + figures[position].start);
                let offset = range.start + clause.start;
                let read = self.with_context(index, offset, words, &figures, position, &within);
                self.figure(&read);
            }
            self.period_before(text, &periods, clause.end);
        }
    }

    /// What is left in force of a period where another sentence or paragraph begins.
    fn enter(&mut self, sentence: usize) {
        let paragraph = self.scene.sentences[sentence].paragraph;
        let is_new = std::mem::replace(&mut self.paragraph, paragraph) != paragraph;
        if is_new {
            self.said_before = None;
        }
        let Some(period) = self.period.as_deref() else {
            return;
        };
        let is_ahead = year_of(period).zip(self.scene.year);
        let is_told = || {
            let text = &self.scene.text[self.scene.sentences[sentence].range.clone()];
            TOLD.iter().any(|word| text.contains(word))
        };
        if is_new && is_ahead.is_some_and(|(of, year)| of > year) && is_told() {
            self.period = None; // what is aimed at is not what the next paragraph tells
        } else if let Some((_, year)) = period.split_once('/')
            && year.len() == 4
        {
            self.period = Some(year.to_owned()); // 2020年、2021年两年 spoke of one figure only
        }
    }

    /// A period in brackets is that of the figure right before it: 收入113亿元(1-11月).
    fn date_before(&mut self, text: &str, clause: &Clause, periods: &[Period]) -> Option<usize> {
        if !text[..clause.start].ends_with(['(', '（']) {
            return None;
        }
        let is_own = |period: &Period| period.start == clause.start && period.end == clause.end;
        let own = periods.iter().position(is_own)?;
        self.found
            .last_mut()?
            .period
            .clone_from(&periods[own].value);
        Some(own)
    }

    /// A figure of a clause with what stands around it.
    fn with_context<'b>(
        &self,
        sentence: usize,
        offset: usize,
        words: &'b str,
        figures: &'b [Quantity],
        position: usize,
        dated: &[(usize, usize)],
    ) -> Figure<'b> {
        let quantity = &figures[position];
        let row = row(words, figures, position);
        let first = position - row.map_or(0, |(at, _)| at);
        let before = first.checked_sub(1).map_or(0, |before| {
            said_until(words, &figures[before], &figures[first])
        });
        let next = figures
            .get(position + 1)
            .map_or(words.len(), |next| next.start);
        let start = offset + figures[first].start;
        Figure {
            quantity,
            sentence,
            start: offset + quantity.start,
            from: offset + before + leading_blank(&words[before..]),
            left: self.without_names(sentence, offset, offset + before, start, dated),
            right: &words[quantity.end..next.max(quantity.end)],
            row,
        }
    }

    /// A clause without a figure may name what the next one measures: 投资保持高速,同比增长13%.
    fn foreshadow(
        &mut self,
        sentence: usize,
        range: &Range<usize>,
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
    fn period_before(&mut self, text: &str, periods: &[Period], at: usize) {
        let before = periods
            .iter()
            .filter(|period| period.start < at && !period.is_compared);
        if let Some(last) = before.clone().next_back() {
            // 截至2021年底…,累计…: the day stays in force.
            let before_last = before.clone().rev().nth(1);
            let of_total = before.rev().find(|period| period.value.is_some());
            let in_force = of_total.filter(|_| last.is_total).unwrap_or(last);
            // 截至11月底,甲园今年…: the year adds nothing.
            let is_whole = |value: &str| value.len() == 4;
            let narrower = before_last.filter(|narrow| {
                let (narrow, whole) = (narrow.value.as_deref(), in_force.value.as_deref());
                narrow.zip(whole).is_some_and(|(narrow, whole)| {
                    is_whole(whole) && !is_whole(narrow) && narrow.starts_with(whole)
                }) && text[in_force.start..].starts_with("今年")
                    && in_force.end - in_force.start == "今年".len()
            });
            self.period.clone_from(&narrower.unwrap_or(in_force).value);
        }
    }

    fn figure(&mut self, figure: &Figure<'_>) {
        let quantity = figure.quantity;
        let (start, end) = (figure.start, figure.start + quantity.end - quantity.start);
        if let Some(place) = self.inside_name(figure.sentence, start, end) {
            self.of_name(place, quantity, start, end);
            return;
        }
        let Some(named) = self.name(figure) else {
            return;
        };
        let Some(subject) = self.subject(figure, &named) else {
            return;
        };
        self.said_of = Some(subject.place);
        let own = self.scene.places[subject.place];
        let value = match quantity.kind {
            Kind::Of(Dimension::Percent | Dimension::Times | Dimension::Points)
                if self.declines(quantity, &figure.left) =>
            {
                -quantity.value
            }
            _ => quantity.value,
        };
        let period = self.period_of(&named, quantity);
        let is_ahead = period.as_deref().and_then(year_of).zip(self.scene.year);
        let qualifier = match is_ahead.is_some_and(|(of, year)| of > year) {
            true => Qualifier::Target,
            false => quantity.qualifier,
        };
        let last = end + self.noun_length(quantity, figure.right);
        let span = Span::new(figure.from.min(start), last);
        let named_at = Span::new(own.start, own.end);
        let (span, carried_subject) = match subject.is_carried {
            true => (span, Some(named_at)),
            false => (span.to(named_at), None),
        };
        self.found.push(Indicator {
            subject: own.entity,
            name: named,
            value,
            unit: quantity.unit.to_owned(),
            period,
            qualifier,
            span,
            carried_subject,
            rule: Arc::from("measure"),
        });
    }

    /// The period that a figure is of.
    fn period_of(&self, named: &str, quantity: &Quantity) -> Option<String> {
        const LASTING: [&str; 5] = ["建筑面积", "占地", "用地", "总面积", "区域面积"];
        let lasts = LASTING.iter().any(|word| named.contains(word));
        if lasts && quantity.qualifier != Qualifier::Target {
            return None;
        }
        two_years(named, self.period.as_deref()).or_else(|| self.period.clone())
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

    /// The name that a figure is part of.
    fn inside_name(&self, sentence: usize, start: usize, end: usize) -> Option<usize> {
        self.tokens.all[self.tokens.sentences[sentence].clone()]
            .iter()
            .filter(|token| token.start < end && start < token.end)
            .find_map(|token| match token.kind {
                TokenKind::Place(place) => Some(place),
                _ => None,
            })
    }

    /// What the name of a project says of its output: 年产20万吨甲醇项目.
    fn of_name(&mut self, place: usize, quantity: &Quantity, start: usize, end: usize) {
        const WORKS: [&str; 8] = [
            "项目",
            "生产线",
            "工程",
            "基地",
            "装置",
            "加工",
            "生产",
            "建设",
        ];
        let own = self.scene.places[place];
        let is_output = matches!(
            quantity.kind,
            Kind::Of(Dimension::Amount | Dimension::Count)
        ) && !quantity.unit.ends_with(['元', '里', '米', '亩', '顷']);
        let said = &self.scene.text[own.start..start.max(own.start)];
        let is_yearly = ["年产", "年处理", "年加工"]
            .iter()
            .any(|word| said.ends_with(word));
        let is_project = self.scene.label(place) == Label::Facility;
        if !is_project || !is_output || !is_yearly || end > own.end {
            return;
        }
        let rest = &self.scene.text[end..own.end];
        let until = WORKS
            .iter()
            .filter_map(|word| rest.find(word))
            .chain(rest.find(|c: char| c.is_ascii_digit()))
            .min();
        let product = &rest[..until.unwrap_or(rest.len())];
        let is_known =
            |found: &Indicator| found.subject == own.entity && found.name.contains(product);
        if product.chars().count() < 2 || self.found.iter().any(is_known) {
            return;
        }
        self.found.push(Indicator {
            subject: own.entity,
            name: format!("{product}年产量"),
            value: quantity.value,
            unit: quantity.unit.to_owned(),
            period: None,
            qualifier: quantity.qualifier,
            span: Span::new(start.min(own.start), own.end),
            carried_subject: None,
            rule: Arc::from("measure"),
        });
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
                if out.ends_with('的') {
                    out.clear(); // 同城的乙区: it only describes what is named
                }
            }
        }
        out.push_str(&self.scene.text[at.min(to)..to]);
        out
    }
}

/// A growth over two years speaks of both.
fn two_years(named: &str, period: Option<&str>) -> Option<String> {
    if !named.contains("两年平均") {
        return None;
    }
    let year: i32 = period?.get(..4)?.parse().ok()?;
    (period?.len() == 4).then(|| format!("{}/{year}", year - 1))
}

/// The year that a period begins in.
fn year_of(period: &str) -> Option<i32> {
    period.get(..4)?.parse().ok()
}

/// Whether a place stands between 《 and 》.
fn in_title(text: &str, at: usize) -> bool {
    let before = &text[..at];
    before.rfind('《') > before.rfind('》')
}
