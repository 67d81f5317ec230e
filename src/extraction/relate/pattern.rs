//! Tries a pattern at a token.

use super::token::{Token, TokenKind, Tokens};
use super::topic::{QUOTES, is_joined};
use crate::extraction::Label;
use crate::extraction::rule::ast::{Edge, Gap, Role};
use crate::extraction::rule::{Compiled, Inside, Part, PartKind};
use crate::extraction::scene::{Labels, Scene};

/// How many bytes `~` lets lie between two parts.
const NEAR: usize = 30;

/// What a pattern holds of a sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Match {
    pub subjects: Vec<usize>,
    pub objects: Vec<usize>,
    /// The words that the pattern names, as bytes of the text.
    pub words: Vec<(usize, usize)>,
}

/// A sentence in which patterns are tried.
pub(super) struct Sentence<'a> {
    pub scene: &'a Scene<'a>,
    pub tokens: &'a Tokens,
    pub first: usize,
    pub end: usize,
}

impl Sentence<'_> {
    /// Tries a pattern whose anchor is the token.
    pub(super) fn matches(&self, rule: &Compiled, token: usize) -> Option<Match> {
        let mut found = Match::default();
        match self.tokens.all[token].kind {
            TokenKind::Word(..) => {
                let own = &self.tokens.all[token];
                found.words.push((own.start, own.end));
                self.rightward(&rule.parts[rule.anchor + 1..], token, &mut found)?;
                self.leftward(&rule.parts, rule.anchor, token, &mut found)?;
            }
            TokenKind::Place(place) => self.pair(&rule.parts, token, place, &mut found)?,
            TokenKind::Break { .. } => return None,
        }
        Some(found)
    }

    fn rightward(&self, parts: &[Part], anchor: usize, found: &mut Match) -> Option<()> {
        let mut at = anchor;
        let mut rest = parts;
        while let Some((part, after)) = rest.split_first() {
            match &part.kind {
                PartKind::Word { class } => {
                    at = self.word_after(at, *class, part.gap)?;
                    found.words.push(self.bytes(at));
                    rest = after;
                }
                PartKind::Group { .. } => match after.split_first() {
                    Some((next, remaining)) => {
                        let PartKind::Word { class } = next.kind else {
                            let members = self.beside_right(part, at)?;
                            at = *members.last()?;
                            self.collect(part, &members, found)?;
                            rest = after;
                            continue;
                        };
                        let gap = part.gap.max(next.gap).max(Gap::Clause);
                        let word = self.word_after(at, class, gap)?;
                        let members = self.between(part, next.gap, at, word);
                        self.collect(part, &members, found)?;
                        found.words.push(self.bytes(word));
                        at = word;
                        rest = remaining;
                    }
                    None => {
                        let members = self.reach_right(part, at);
                        self.collect(part, &members, found)?;
                        rest = after;
                    }
                },
            }
        }
        Some(())
    }

    fn leftward(
        &self,
        parts: &[Part],
        anchor: usize,
        token: usize,
        found: &mut Match,
    ) -> Option<()> {
        let mut at = token;
        let mut index = anchor;
        while index > 0 {
            index -= 1;
            let gap = parts[index + 1].gap;
            let part = &parts[index];
            // The anchor is the first word, so that only groups stand before it.
            let members = self.reach_left(gap, at);
            at = *members.first()?;
            self.collect(part, &members, found)?;
        }
        Some(())
    }

    /// Two mentions beside each other, one in the other's name, or one with an ending of its own.
    fn pair(&self, parts: &[Part], token: usize, place: usize, found: &mut Match) -> Option<()> {
        let (first, rest) = parts.split_first()?;
        if !self.fits(first, place) {
            return None;
        }
        let Some(second) = rest.first() else {
            self.put(first, vec![place], found);
            return Some(());
        };
        let PartKind::Group { inside, .. } = &second.kind else {
            return None;
        };
        let Some(inside) = inside else {
            let members = self.beside_right(second, token)?;
            let TokenKind::Place(nearest) = self.tokens.all[*members.first()?].kind else {
                return None;
            };
            if !self.fits(second, nearest) {
                return None;
            }
            self.collect(second, &members, found)?;
            self.put(first, vec![place], found);
            return Some(());
        };
        let mut within = self.held(place, labels(second));
        if *inside == Inside::First {
            within = self.heading(place, within);
        }
        if within.is_empty() {
            return None;
        }
        self.put(second, within, found);
        self.put(first, vec![place], found);
        Some(())
    }

    /// Of the names inside another, the last of those at its head: 深圳市坪山区….
    fn heading(&self, place: usize, mut within: Vec<usize>) -> Vec<usize> {
        let whole = self.scene.places[place];
        let mut head = whole.start;
        within.retain(|inner| {
            let inner = self.scene.places[*inner];
            let gap = self.scene.text.get(head..inner.start);
            let is_bracket = |c: char| "()（）".contains(c);
            let passed =
                |c: char| QUOTES.contains(c) && !is_bracket(c) || c.is_ascii_digit() || c == '年';
            let own = |gap: &str| ["中国共产党", "中共"].contains(&gap) || gap.chars().all(passed);
            let leads = gap.is_some_and(own) && inner.end < whole.end;
            if leads {
                head = inner.end;
            }
            leads
        });
        within.split_off(within.len().saturating_sub(1))
    }

    /// The mentions of a group among tokens.
    fn collect(&self, part: &Part, members: &[usize], found: &mut Match) -> Option<()> {
        let PartKind::Group { holder, .. } = &part.kind else {
            return None;
        };
        let mut places = Vec::new();
        for member in members {
            let TokenKind::Place(place) = self.tokens.all[*member].kind else {
                continue;
            };
            if !self.fits(part, place) || self.is_modifier(*member) {
                continue;
            }
            match holder {
                Some(_) => places.extend(self.held(place, labels(part))),
                None => places.push(place),
            }
        }
        if places.is_empty() {
            return None;
        }
        self.put(part, places, found);
        Some(())
    }

    /// Whether a region only says where the next name lies: 百色 in 百色田东县, 甲区 in 甲区的乙园.
    fn is_modifier(&self, token: usize) -> bool {
        let TokenKind::Place(place) = self.tokens.all[token].kind else {
            return false;
        };
        let Some(next) = self.tokens.all[token + 1..self.end].first() else {
            return false;
        };
        let TokenKind::Place(following) = next.kind else {
            return false;
        };
        let kind = match &self.scene.text[self.tokens.all[token].end..next.start] {
            "" => Labels::REGIONS,
            "的" => Labels::REGIONS.or(Labels::of(&[Label::Park])),
            _ => return false,
        };
        Labels::REGIONS.has(self.scene.label(place)) && kind.has(self.scene.label(following))
    }

    fn put(&self, part: &Part, places: Vec<usize>, found: &mut Match) {
        match &part.kind {
            PartKind::Group { role, .. } => {
                if *role != Role::Object {
                    found.subjects.clone_from(&places);
                }
                if *role != Role::Subject {
                    found.objects = places;
                }
            }
            PartKind::Word { .. } => {}
        }
    }

    /// The places inside another's name that have one of the labels, the longest where they overlap.
    fn held(&self, place: usize, labels: Labels) -> Vec<usize> {
        let mut out: Vec<usize> = Vec::new();
        for inner in place + 1..self.scene.places.len() {
            let own = self.scene.places[inner];
            if own.holder != Some(place) {
                break;
            }
            let fits = labels.has(self.scene.label(inner))
                && own.entity != self.scene.places[place].entity;
            let is_covered = out
                .iter()
                .any(|other| own.start < self.scene.places[*other].end);
            if fits && !is_covered {
                out.push(inner);
            }
        }
        out
    }

    fn fits(&self, part: &Part, place: usize) -> bool {
        let PartKind::Group {
            labels,
            edges,
            holder,
            ..
        } = &part.kind
        else {
            return false;
        };
        let own = self.scene.places[place];
        let text = &self.scene.text[own.start..own.end];
        let is_such = |(edge, words): &(Edge, Vec<String>)| match edge {
            Edge::Ending => words.iter().any(|word| text.ends_with(word)),
            Edge::Starting => words.iter().any(|word| text.starts_with(word)),
            Edge::NotEnding => !words.iter().any(|word| text.ends_with(word)),
        };
        holder.unwrap_or(*labels).has(self.scene.label(place)) && edges.iter().all(is_such)
    }

    /// The next word of a class.
    fn word_after(&self, token: usize, class: usize, gap: Gap) -> Option<usize> {
        let mut verbs = 0;
        for at in token + 1..self.end {
            let between = self.tokens.all[at].start - self.tokens.all[token].end;
            match self.tokens.all[at].kind {
                TokenKind::Word(classes, _) if classes & (1 << class) != 0 => {
                    let near = match gap {
                        Gap::Beside => self.is_beside(token, at),
                        Gap::Near => between <= NEAR,
                        Gap::Phrase | Gap::Clause | Gap::Sentence => true,
                    };
                    return near.then_some(at);
                }
                TokenKind::Break { is_strong } if is_strong || gap < Gap::Sentence => return None,
                TokenKind::Word(_, kind) if kind.verb => {
                    verbs += 1;
                    if verbs > 1 && gap < Gap::Sentence {
                        return None;
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// The mentions between two words.
    fn between(&self, part: &Part, gap_after: Gap, from: usize, to: usize) -> Vec<usize> {
        let all: Vec<usize> = (from + 1..to).filter(|at| self.is_place(*at)).collect();
        if gap_after <= Gap::Phrase {
            return self.enumeration_left(gap_after, to, from + 1);
        }
        if part.gap <= Gap::Phrase {
            return self.enumeration_right(part.gap, from, to);
        }
        all
    }

    /// The mentions that a last group may take.
    fn reach_right(&self, part: &Part, from: usize) -> Vec<usize> {
        if part.gap <= Gap::Phrase {
            return self.enumeration_right(part.gap, from, self.end);
        }
        // Where the same kind of word begins again, another list does: 甲领域有…,乙领域有….
        let own = match self.tokens.all[from].kind {
            TokenKind::Word(classes, _) => classes,
            _ => 0,
        };
        let mut out = Vec::new();
        for at in from + 1..self.end {
            match self.tokens.all[at].kind {
                TokenKind::Place(_) => out.push(at),
                TokenKind::Break { is_strong } if is_strong || part.gap == Gap::Clause => break,
                TokenKind::Word(classes, _) if part.gap == Gap::Sentence && classes & own != 0 => {
                    break;
                }
                TokenKind::Word(_, kind)
                    if kind.verb
                        && part.gap < Gap::Sentence
                        && !(out.is_empty() && self.is_chained(from, at)) =>
                {
                    break;
                }
                _ => {}
            }
        }
        out
    }

    /// The mentions that a first group may take, from the left.
    fn reach_left(&self, gap: Gap, from: usize) -> Vec<usize> {
        if gap <= Gap::Phrase {
            return self.enumeration_left(gap, from, self.first);
        }
        let mut out = Vec::new();
        for at in (self.first..from).rev() {
            match self.tokens.all[at].kind {
                TokenKind::Place(_) => out.push(at),
                TokenKind::Break { is_strong } if is_strong || gap == Gap::Clause => break,
                TokenKind::Word(_, kind) if kind.verb => break,
                _ => {}
            }
        }
        out.reverse();
        out
    }

    fn beside_right(&self, part: &Part, from: usize) -> Option<Vec<usize>> {
        let found = self.enumeration_right(part.gap, from, self.end);
        (!found.is_empty()).then_some(found)
    }

    /// The enumeration that begins right of a token.
    fn enumeration_right(&self, gap: Gap, from: usize, end: usize) -> Vec<usize> {
        let mut out: Vec<usize> = Vec::new();
        let mut last = from;
        let begin = self.tokens.all[from].end;
        for at in from + 1..end {
            if !self.is_place(at) {
                let token = &self.tokens.all[at];
                // A word may hold the sign itself: 三大产业:….
                let is_break =
                    matches!(token.kind, TokenKind::Break { .. }) && token.start >= begin;
                if out.is_empty() && is_break {
                    break;
                }
                continue;
            }
            let (a, b) = (self.tokens.all[last].end, self.tokens.all[at].start);
            let between = &self.scene.text[a..b];
            let belongs = if out.is_empty() && self.is_place(from) {
                between.chars().all(|c| QUOTES.contains(c) || c == '的')
            } else if out.is_empty() {
                reaches(gap, between)
            } else {
                is_joined(between) || between == "," && self.are_clusters(last, at)
            };
            if !belongs {
                break;
            }
            out.push(at);
            last = at;
        }
        out
    }

    /// The enumeration that ends left of a token.
    fn enumeration_left(&self, gap: Gap, from: usize, first: usize) -> Vec<usize> {
        let mut out: Vec<usize> = Vec::new();
        let mut last = from;
        for at in (first..from).rev() {
            if !self.is_place(at) {
                if out.is_empty() && matches!(self.tokens.all[at].kind, TokenKind::Break { .. }) {
                    break;
                }
                continue;
            }
            let (a, b) = (self.tokens.all[at].end, self.tokens.all[last].start);
            let between = &self.scene.text[a..b];
            let belongs = if out.is_empty() {
                reaches(gap, between)
            } else {
                is_joined(between) || between == "," && self.are_clusters(last, at)
            };
            if !belongs {
                break;
            }
            out.push(at);
            last = at;
        }
        out.reverse();
        out
    }

    /// Whether a verb goes on right behind another: 打造和培育, 加快推进.
    fn is_chained(&self, from: usize, to: usize) -> bool {
        let between = &self.scene.text[self.tokens.all[from].end..self.tokens.all[to].start];
        between.len() <= 6
            || self.tokens.all[from + 1..to]
                .iter()
                .any(|token| matches!(token.kind, TokenKind::Word(_, kind) if kind.verb))
    }

    fn are_clusters(&self, a: usize, b: usize) -> bool {
        [a, b].into_iter().all(|at| {
            matches!(self.tokens.all[at].kind, TokenKind::Place(place) if self.scene.label(place) == Label::Cluster)
        })
    }

    fn is_place(&self, at: usize) -> bool {
        matches!(self.tokens.all[at].kind, TokenKind::Place(_))
    }

    fn is_beside(&self, from: usize, to: usize) -> bool {
        is_bare(&self.scene.text[self.tokens.all[from].end..self.tokens.all[to].start])
    }

    fn bytes(&self, at: usize) -> (usize, usize) {
        let Token { start, end, .. } = self.tokens.all[at];
        (start, end)
    }
}

/// Whether what lies before the first member of an enumeration is no more than a gap allows.
fn reaches(gap: Gap, between: &str) -> bool {
    match gap {
        Gap::Near => between.len() <= NEAR,
        Gap::Phrase => !between.contains(['、', '和', '与', '及', ',']),
        _ => is_bare(between),
    }
}

fn labels(part: &Part) -> Labels {
    match &part.kind {
        PartKind::Group { labels, .. } => *labels,
        PartKind::Word { .. } => Labels::default(),
    }
}

/// Whether a stretch holds nothing that counts.
fn is_bare(between: &str) -> bool {
    between.chars().all(|c| {
        c.is_whitespace() || QUOTES.contains(c) || matches!(c, '了' | '的' | '是' | '在' | '过')
    })
}
