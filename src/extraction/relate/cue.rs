//! Cues around a rule's word: what is denied, what is only planned, and the office that a person holds.

use super::pattern::Sentence;
use super::token::TokenKind;
use crate::extraction::Label;
use crate::extraction::rule::{Classes, Rules};
use crate::extraction::scene::Labels;

/// How many bytes may lie between a denial and what it denies.
const DENIAL: usize = 12;
/// How many bytes a mark behind a mention may be away: 加工中心(筹建).
const MARK: usize = 4;

impl Sentence<'_> {
    /// Whether what a word says is denied.
    pub(super) fn is_denied(&self, rules: &Rules, token: usize) -> bool {
        let own = self.tokens.all[token].start;
        self.words_before(token)
            .any(|(classes, end)| classes & rules.denied() != 0 && own - end <= DENIAL)
    }

    /// Whether a clause begins with the word and goes on to say what the act is: 发展甲产业是乙.
    pub(super) fn is_topic_of_remark(&self, token: usize, objects: &[usize]) -> bool {
        const MOST: usize = 24;
        let opens = token == self.first
            || matches!(self.tokens.all[token - 1].kind, TokenKind::Break { .. })
            || matches!(self.tokens.all[token - 1].kind, TokenKind::Word(_, kind) if kind.verb);
        let Some(last) = objects
            .iter()
            .map(|&place| self.scene.places[place].end)
            .max()
        else {
            return false;
        };
        let from = self.tokens.all[token].end;
        let behind = &self.scene.text[last.max(from)..];
        let clause = behind.split(['，', ',', '。', ';', '；', '、']).next();
        let is_said = clause.is_some_and(|clause| {
            clause.find('是').is_some_and(|at| {
                at <= MOST && !clause[..at].ends_with(['于', '就', '正', '只', '还'])
                    || clause.starts_with('是')
            })
        });
        opens && is_said
    }

    /// Whether what a word says is meant, not done.
    pub(super) fn is_planned(&self, rules: &Rules, token: usize) -> bool {
        let own = match self.tokens.all[token].kind {
            TokenKind::Word(classes, _) => classes,
            _ => 0,
        };
        own & rules.planned() != 0
            || self
                .words_before(token)
                .any(|(classes, _)| classes & rules.planned() != 0)
    }

    /// Whether the clause around a mention reports figures.
    pub(super) fn is_reported(&self, rules: &Rules, token: usize) -> bool {
        let is_break = |at: &usize| matches!(self.tokens.all[*at].kind, TokenKind::Break { .. });
        let before = (self.first..token).rev().take_while(|at| !is_break(at));
        let behind = (token + 1..self.end).take_while(|at| !is_break(at));
        before.chain(behind).any(|at| {
            matches!(self.tokens.all[at].kind, TokenKind::Word(classes, _) if classes & rules.reported() != 0)
        })
    }

    /// Whether a mark behind a mention says that it is meant.
    pub(super) fn is_marked_planned(&self, rules: &Rules, end: usize) -> bool {
        let behind = self.tokens.all[self.first..self.end]
            .iter()
            .find(|token| token.start >= end);
        behind.is_some_and(|token| {
            let is_planned =
                matches!(token.kind, TokenKind::Word(classes, _) if classes & rules.planned() != 0);
            let between = &self.scene.text[end..token.start];
            is_planned && between.len() <= MARK && between.starts_with(['(', '（'])
        })
    }

    /// The region whose government or committee a mention names, else the mention itself.
    pub(super) fn governed(&self, place: usize) -> usize {
        const GOVERNMENTS: [&str; 8] = [
            "人民政府",
            "政府",
            "市委",
            "区委",
            "县委",
            "省委",
            "党工委",
            "管委会",
        ];
        let own = self.scene.places[place];
        let text = &self.scene.text[own.start..own.end];
        if self.scene.label(place) != Label::Organization
            || !GOVERNMENTS.iter().any(|end| text.ends_with(end))
        {
            return place;
        }
        let mut region = place;
        for (offset, inner) in self.scene.places[place + 1..].iter().enumerate() {
            if inner.start >= own.end {
                break;
            }
            if Labels::REGIONS.has(self.scene.label(place + 1 + offset)) {
                region = place + 1 + offset;
            }
        }
        region
    }

    /// Whether a body only says whose office the person behind it holds: 甲局 in 甲局局长张三.
    pub(super) fn is_affiliation(&self, place: usize) -> bool {
        const OFFICE: usize = 45;
        let own = self.scene.places[place];
        let behind = self.scene.places[place + 1..]
            .iter()
            .position(|next| next.start >= own.end);
        let Some(next) = behind.map(|offset| place + 1 + offset) else {
            return false;
        };
        let between = &self.scene.text[own.end..self.scene.places[next].start];
        self.scene.label(place) == Label::Organization
            && self.scene.label(next) == Label::Person
            && between.len() <= OFFICE
            && !between.contains(['、', ',', '，', '。'])
    }

    /// The words of the clause before a token, from it on.
    fn words_before(&self, token: usize) -> impl Iterator<Item = (Classes, usize)> {
        self.tokens.all[self.first..token]
            .iter()
            .rev()
            .take_while(|before| !matches!(before.kind, TokenKind::Break { .. }))
            .filter_map(|before| match before.kind {
                TokenKind::Word(classes, _) => Some((classes, before.end)),
                _ => None,
            })
    }

    /// The office as written before a person: all from the mention or mark before it.
    pub(super) fn office(&self, token: usize, person: usize) -> Option<String> {
        let mut start = self.scene.text[..person].len();
        let mut from = self.tokens.all[self.first].start.min(person);
        for before in self.tokens.all[self.first..token].iter().rev() {
            if !matches!(before.kind, TokenKind::Word(..)) {
                from = before.end;
                break;
            }
        }
        if let Some(sentence) = self
            .scene
            .sentences
            .iter()
            .find(|s| s.range.contains(&person))
            && !self.tokens.all[self.first..token]
                .iter()
                .any(|t| !matches!(t.kind, TokenKind::Word(..)))
        {
            from = sentence.range.start;
        }
        start = start.max(from);
        let text =
            self.scene.text[from..start].trim_matches(|c: char| c.is_whitespace() || c == '、');
        (!text.is_empty() && text.chars().count() <= 24).then(|| text.to_owned())
    }
}
