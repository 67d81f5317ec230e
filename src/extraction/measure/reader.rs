//! Reads the figures of an article from left to right, with what stays in force between them.

use std::ops::Range;
use std::sync::Arc;

use super::clause::{Clause, bracketed, clauses, leading_blank, without_fields};
use super::name::{self, Percentage};
use super::period::{self, Period};
use super::quantity::{self, Kind, Quantity};
use super::subject::MEASURED;
use super::unit::Dimension;
use crate::extraction::relate::{TokenKind, Tokens, Topics};
use crate::extraction::scene::Scene;
use crate::extraction::{Indicator, Qualifier};
use crate::source::Span;

pub(super) struct Reader<'a> {
    pub scene: &'a Scene<'a>,
    pub tokens: &'a Tokens,
    pub topics: Topics,
    /// The measure that a growth or share without one of its own is of.
    pub measure: String,
    /// The noun that the sentence counted last.
    pub counted: String,
    /// The period in force, carried over sentences.
    period: Option<String>,
    pub found: Vec<Indicator>,
}

impl<'a> Reader<'a> {
    /// Before the first sentence.
    pub(super) fn new(scene: &'a Scene<'a>, tokens: &'a Tokens) -> Self {
        Self {
            scene,
            tokens,
            topics: Topics::new(scene),
            measure: String::new(),
            counted: String::new(),
            period: None,
            found: Vec::new(),
        }
    }

    pub(super) fn sentence(&mut self, index: usize) {
        let sentence = &self.scene.sentences[index];
        let range = sentence.range.clone();
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
        range: &Range<usize>,
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
}

/// A growth over two years speaks of both.
fn two_years(named: &str, period: Option<&str>) -> Option<String> {
    if !named.contains("两年平均") {
        return None;
    }
    let year: i32 = period?.get(..4)?.parse().ok()?;
    (period?.len() == 4).then(|| format!("{}/{year}", year - 1))
}
