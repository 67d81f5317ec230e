//! Which mention a sentence is about, also where it leaves its subject out.

use super::token::{TokenKind, Tokens};
use crate::extraction::Label;
use crate::extraction::scene::{Labels, Scene};

/// How many sentences a subject that is no region is carried over.
const CARRIED_SENTENCES: usize = 3;

/// A mention that a clause is about.
#[derive(Clone, Copy, Debug)]
struct Topic {
    /// Its position among the tokens.
    token: usize,
    /// Its position in [`Scene::places`].
    place: usize,
    /// It is the subject only of the words right behind it: 支持比亚迪打造….
    is_pivot: bool,
}

/// A subject that later sentences may leave out.
#[derive(Clone, Copy, Debug)]
struct Carried {
    place: usize,
    sentence: usize,
    paragraph: usize,
}

/// The subjects so far, as the sentences are gone through in order.
#[derive(Debug)]
pub(crate) struct Topics {
    sentence: usize,
    here: Vec<Topic>,
    before: Vec<Carried>,
    /// The events so far, each with its token; one is in force wherever in a sentence it is named.
    events: Vec<(usize, usize)>,
    /// The region of which the article speaks most.
    principal: Option<usize>,
    /// Whether it speaks of it far more than of any other.
    is_dominant: bool,
}

impl Topics {
    /// Before the first sentence.
    pub(crate) fn new(scene: &Scene<'_>) -> Self {
        let (principal, is_dominant) = principal(scene);
        Self {
            sentence: 0,
            here: Vec::new(),
            before: Vec::new(),
            events: Vec::new(),
            principal,
            is_dominant,
        }
    }

    /// Goes on to a sentence.
    pub(crate) fn enter(&mut self, scene: &Scene<'_>, tokens: &Tokens, sentence: usize) {
        self.leave(scene);
        self.sentence = sentence;
        let range = tokens.sentences[sentence].clone();
        for token in range.clone() {
            let TokenKind::Place(place) = tokens.all[token].kind else {
                continue;
            };
            if scene.label(place) == Label::Event {
                self.events.push((token, place));
            }
            if let Some(is_pivot) = topical(scene, tokens, range.clone(), token) {
                self.here.push(Topic {
                    token,
                    place,
                    is_pivot,
                });
            }
        }
    }

    /// What the sentence leaves to the next: the first subject of each kind.
    fn leave(&mut self, scene: &Scene<'_>) {
        let mut seen = Labels::default();
        let paragraph = scene
            .sentences
            .get(self.sentence)
            .map_or(0, |s| s.paragraph);
        let mut kept = Vec::new();
        for topic in self.here.drain(..).filter(|topic| !topic.is_pivot) {
            let label = scene.label(topic.place);
            let own = Labels::of(&[label]);
            let kind = if Labels::REGIONS.has(label) {
                Labels::REGIONS
            } else {
                own
            };
            if seen.is_disjoint(kind) {
                seen = seen.or(kind);
                kept.push(Carried {
                    place: topic.place,
                    sentence: self.sentence,
                    paragraph,
                });
            }
        }
        // The first subject of a sentence is the one carried first.
        self.before.extend(kept.into_iter().rev());
    }

    /// The mentions that are the subject at a token, all members of their enumeration, and whether they are carried.
    ///
    /// Carried ones are places of an earlier sentence.
    pub(crate) fn at(
        &self,
        scene: &Scene<'_>,
        tokens: &Tokens,
        token: usize,
        labels: Labels,
    ) -> (Vec<usize>, bool) {
        // The clause has a subject of its own that does not fit: nothing is carried past it.
        let own = self
            .here
            .iter()
            .rev()
            .find(|topic| topic.token < token && same_clause(tokens, topic.token, token));
        if let Some(own) = own
            && !labels.has(scene.label(own.place))
            && !labels.has(Label::Event)
            && !matches!(scene.label(own.place), Label::Cluster | Label::Person)
        {
            return (Vec::new(), false);
        }
        self.around(scene, tokens, token, labels)
    }

    /// The same whatever else the clause is about.
    pub(crate) fn around(
        &self,
        scene: &Scene<'_>,
        tokens: &Tokens,
        token: usize,
        labels: Labels,
    ) -> (Vec<usize>, bool) {
        let fits = |topic: &&Topic| topic.token < token && labels.has(scene.label(topic.place));
        let in_reach = |topic: &&Topic| !topic.is_pivot || same_clause(tokens, topic.token, token);
        if let Some(last) = self.here.iter().rev().filter(fits).find(in_reach) {
            let mut members = vec![last.place];
            let mut first = last.token;
            for topic in self
                .here
                .iter()
                .rev()
                .filter(|topic| topic.token < last.token)
            {
                let of_cluster = |place: usize| scene.label(place) == Label::Cluster;
                if of_cluster(topic.place) && !labels.has(Label::Cluster) {
                    continue; // it only describes the next member
                }
                let (a, b) = (tokens.all[topic.token].end, tokens.all[first].start);
                let describes = |between: &super::token::Token| matches!(between.kind, TokenKind::Place(place) if of_cluster(place));
                let is_beside = tokens.all[topic.token + 1..first].iter().all(describes);
                if !is_beside || !is_joined(&scene.text[a..b]) {
                    break;
                }
                first = topic.token;
                if labels.has(scene.label(topic.place)) {
                    members.push(topic.place);
                }
            }
            members.reverse();
            return (members, false);
        }
        if let Some(next) = self.following(scene, tokens, token, labels) {
            return (vec![next], false);
        }
        if let Some(event) = self.event(tokens, token, labels) {
            return event;
        }
        (self.carried(scene, labels).into_iter().collect(), true)
    }

    /// Where a thing is of which no place is told: in the region that the article is about, if about one, else in the
    /// one in force.
    pub(crate) fn ground(
        &self,
        scene: &Scene<'_>,
        tokens: &Tokens,
        token: usize,
        labels: Labels,
    ) -> (Vec<usize>, bool) {
        let own = self.principal.filter(|_| self.is_dominant);
        match own.filter(|&place| labels.has(scene.label(place))) {
            Some(place) if !labels.has(Label::Park) => (vec![place], true),
            _ => self.around(scene, tokens, token, labels),
        }
    }

    /// The last event before a token, else the first behind it in the sentence.
    fn event(&self, tokens: &Tokens, token: usize, labels: Labels) -> Option<(Vec<usize>, bool)> {
        if labels != Labels::of(&[Label::Event]) {
            return None;
        }
        let before = self.events.iter().rev().find(|(at, _)| *at < token);
        let (at, place) = before.or(self.events.first())?;
        let is_carried = *at < tokens.sentences[self.sentence].start;
        Some((vec![*place], is_carried))
    }

    /// A subject that stands behind the words said of it: 聚焦新能源,甲区….
    fn following(
        &self,
        scene: &Scene<'_>,
        tokens: &Tokens,
        token: usize,
        labels: Labels,
    ) -> Option<usize> {
        let first = self.here.first()?;
        let head = tokens.all.get(first.token.checked_sub(1)?)?;
        let is_next_clause = first.token > token
            && matches!(head.kind, TokenKind::Break { .. })
            && tokens.all[token..first.token - 1]
                .iter()
                .all(|between| !matches!(between.kind, TokenKind::Break { .. }));
        (is_next_clause && labels.has(scene.label(first.place))).then_some(first.place)
    }

    fn carried(&self, scene: &Scene<'_>, labels: Labels) -> Option<usize> {
        let paragraph = scene.sentences[self.sentence].paragraph;
        let found = self.before.iter().rev().find(|carried| {
            let label = scene.label(carried.place);
            let near = self.sentence - carried.sentence <= CARRIED_SENTENCES
                && (carried.paragraph == paragraph || paragraph - carried.paragraph == 1);
            labels.has(label) && (near || Labels::REGIONS.has(label))
        });
        let principal = self
            .principal
            .filter(|place| labels.has(scene.label(*place)));
        // A new paragraph goes back to the region that the article is about.
        let returns = found.is_some_and(|carried| {
            carried.paragraph != paragraph && Labels::REGIONS.has(scene.label(carried.place))
        });
        let principal_first = principal.filter(|_| returns && self.is_dominant);
        principal_first
            .or(found.map(|carried| carried.place))
            .or(principal)
    }
}

/// Whether two tokens stand in one clause.
fn same_clause(tokens: &Tokens, from: usize, to: usize) -> bool {
    tokens.all[from..to]
        .iter()
        .all(|token| !matches!(token.kind, TokenKind::Break { .. }))
}

/// Whether a mention may be what its clause is about, and if so whether only as a pivot.
fn topical(
    scene: &Scene<'_>,
    tokens: &Tokens,
    sentence: std::ops::Range<usize>,
    token: usize,
) -> Option<bool> {
    let own = &tokens.all[token];
    if let Some(next) = tokens.all[token + 1..sentence.end].first()
        && matches!(next.kind, TokenKind::Place(_))
        && next.start == own.end
    {
        return None; // 广东东莞: the second is meant
    }
    let ahead = &scene.text[tokens.all[sentence.start].start..own.start];
    if ahead.rfind(['(', '（']) > ahead.rfind([')', '）']) {
        return None; // 甲区(含乙园): what brackets add
    }
    // 占甲市全区: names that touch are looked at as one.
    let first = tokens.all[sentence.start..=token]
        .windows(2)
        .rev()
        .take_while(|pair| {
            matches!(pair[0].kind, TokenKind::Place(_)) && pair[0].end == pair[1].start
        })
        .last()
        .map_or(own.start, |pair| pair[0].start);
    if scene.text[..first].ends_with(['居', '占', '列', '由']) {
        return None; // 居全省第二: the field of a rank or a share
    }
    // 位于乙市的甲区: what stands before 的 only describes it.
    let mut described = scene.text[..own.start].ends_with('的');
    let mut passed = false;
    for before in tokens.all[sentence.start..token].iter().rev() {
        match before.kind {
            TokenKind::Break { .. } => return Some(false),
            TokenKind::Place(_) if passed => return None,
            TokenKind::Word(_, kind) if kind.pivot => return Some(true),
            TokenKind::Word(_, kind) if described && kind.verb => {
                if scene.text[..before.start].ends_with('、') {
                    return Some(false);
                }
                described = false;
                passed = true;
            }
            TokenKind::Word(_, kind) if kind.verb || kind.preposition => return None,
            TokenKind::Word(..) | TokenKind::Place(_) => {}
        }
    }
    Some(false)
}

/// Whether the text between two mentions makes them members of one enumeration.
pub(crate) fn is_joined(between: &str) -> bool {
    const JOINTS: [&str; 8] = ["、", "和", "与", "及", "以及", "暨", "或", "/"];
    const MOST: usize = 36;
    if between.len() > MOST || between.contains([',', '，', ';', '；']) {
        return false;
    }
    let quotes = |c: char| c.is_whitespace() || QUOTES.contains(c);
    let bare = between.trim_matches(quotes);
    if bare.is_empty() {
        return between.trim().starts_with(CLOSING);
    }
    JOINTS.iter().any(|joint| {
        bare.starts_with(joint)
            || bare.ends_with(joint)
            || bare
                .split_once(joint)
                .is_some_and(|(before, after)| before.len() <= 12 && after.len() <= 12)
    })
}

/// Signs that end what stands in marks.
const CLOSING: [char; 9] = ['"', '\'', '”', '’', '」', '』', '》', '>', '/'];

/// Signs that stand around a name without being part of it.
pub(crate) const QUOTES: &str = "\"'“”‘’「」『』《》〈〉<>•·*()（）[]【】";

/// The first place of the region that the article names most often, and whether far more often than any other.
fn principal(scene: &Scene<'_>) -> (Option<usize>, bool) {
    const FAR_MORE: usize = 3;
    let mut counts = vec![0usize; scene.labels.len()];
    for place in scene.places.iter().filter(|place| place.holder.is_none()) {
        counts[place.entity] += 1;
    }
    let regions = || {
        (0..counts.len())
            .filter(|&entity| Labels::REGIONS.has(scene.labels[entity]) && counts[entity] > 0)
    };
    let best = regions().max_by_key(|&entity| (counts[entity], std::cmp::Reverse(entity)));
    let Some(best) = best else {
        return (None, false);
    };
    let second = regions()
        .filter(|&entity| entity != best)
        .map(|entity| counts[entity])
        .max();
    let is_dominant = counts[best] >= second.unwrap_or(0) * FAR_MORE;
    let first = scene.places.iter().position(|place| place.entity == best);
    (first, is_dominant)
}
