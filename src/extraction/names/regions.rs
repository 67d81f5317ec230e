//! Regions that the lexicon knows.

use rustc_hash::FxHashSet;

use super::text::{Found, Text};
use crate::extraction::Label;
use crate::extraction::lexicon::Classes;

/// Which words of a text are regions.
pub(super) struct Regions {
    /// For each word, the division that it names.
    named: Vec<Option<u32>>,
}

/// Words that are no place though places bear them.
const COMMON: Classes = Classes::NOUN
    .with(Classes::VERB)
    .with(Classes::ACTION)
    .with(Classes::ADJECTIVE)
    .with(Classes::ADVERB)
    .with(Classes::ATTRIBUTIVE)
    .with(Classes::NAME_PART)
    .with(Classes::GENERIC)
    .with(Classes::STOP)
    .with(Classes::NO_NAME)
    .with(Classes::PHRASE);

/// Words behind a place's name with which it means something else: a rank, a piece of land.
const OTHERWISE: [&str; 15] = [
    "商报", "日报", "晚报", "卫视", "网讯", "级", "高原", "平原", "盆地", "山脉", "山区", "半岛",
    "海峡", "沙漠", "草原",
];

/// Whether a place says where a report was written: 甲市3月5日电.
fn is_dateline(text: &Text<'_>, mut at: usize, end: usize) -> bool {
    let mut numbers = 0;
    while at < end && (text.is(at, Classes::NUMBER) || matches!(text.word(at), "月" | "日" | "年"))
    {
        numbers += usize::from(text.is(at, Classes::NUMBER));
        at += 1;
    }
    numbers > 0 && at < end && matches!(text.word(at), "电" | "讯" | "日电")
}

impl Regions {
    pub(super) fn new(text: &Text<'_>) -> Self {
        let written = Written::new(text);
        let mut regions = Self {
            named: vec![None; text.tokens.len()],
        };
        for sentence in &text.sentences {
            for at in sentence.clone() {
                let before = (at > sentence.start)
                    .then(|| regions.named[at - 1])
                    .flatten();
                let is_else = at + 1 < sentence.end
                    && (OTHERWISE.contains(&text.word(at + 1))
                        || is_dateline(text, at + 1, sentence.end));
                regions.named[at] = if is_else {
                    None
                } else {
                    written.resolve(text, at, before)
                };
            }
        }
        regions
    }

    pub(super) fn is_region(&self, at: usize) -> bool {
        self.named[at].is_some()
    }

    /// The division that a word names.
    pub(super) fn division(&self, at: usize) -> Option<u32> {
        self.named[at]
    }

    /// Every word that names a division.
    pub(super) fn find(&self, text: &Text<'_>, found: &mut Vec<Found>) {
        for (at, division) in self.named.iter().enumerate() {
            if let Some(division) = division
                && !is_of_seat(text, at)
            {
                let label = text.lexicon.division(*division).label;
                let mut one = text.found(at..at + 1, label, "division");
                // 甲市长: the last character belongs to the office.
                let is_office = at + 1 < self.named.len() && text.word(at + 1) == "长";
                if is_office
                    && text.word(at).ends_with(['市', '区', '县', '省', '镇'])
                    && text.word(at).len() > 6
                {
                    one.end -= '市'.len_utf8();
                }
                // 天津滨海新区: a district that is a new area bears its city's name.
                if text.word(at).ends_with("新区") && at > 0 && self.is_region(at - 1) {
                    one.start = text.tokens[at - 1].start;
                }
                found.push(one);
            }
        }
    }
}

/// Whether a division says for where a firm has a seat, not where that is: 甲公司乙省总部.
fn is_of_seat(text: &Text<'_>, at: usize) -> bool {
    const SEATS: [&str; 6] = ["总部", "分公司", "分部", "区域总部", "子公司", "办事处"];
    let firm = |at: usize| {
        let term = text.tokens[at].term(text.lexicon);
        term.is_some_and(|term| term.label == Some(Label::Enterprise))
    };
    let last = text.tokens.len().min(at + 4);
    at > 0
        && firm(at - 1)
        && (at + 1..last)
            .take_while(|&at| !text.is(at, Classes::SIGN))
            .any(|at| SEATS.contains(&text.word(at)))
}

/// The divisions that a text writes out, or that can only be meant.
struct Written {
    full: FxHashSet<u32>,
    /// Those and the short forms of provinces and cities.
    known: FxHashSet<u32>,
    /// Divisions that only one place can bear, named again and again by their short form.
    recurring: FxHashSet<u32>,
}

impl Written {
    fn new(text: &Text<'_>) -> Self {
        let mut written = Self {
            full: FxHashSet::default(),
            known: FxHashSet::default(),
            recurring: FxHashSet::default(),
        };
        let mut once = FxHashSet::default();
        for token in &text.tokens {
            let Some(term) = token.term(text.lexicon) else {
                continue;
            };
            let bearers = text.lexicon.bearers(term);
            if token.is(Classes::DIVISION) {
                written.full.extend(bearers);
                written.known.extend(bearers);
            } else if token.is(Classes::DIVISION_SHORT) && !token.is(COMMON) {
                written
                    .known
                    .extend(bearers.iter().filter(|&&one| is_large(text, one)));
                if let [only] = bearers
                    && !once.insert(*only)
                {
                    written.recurring.insert(*only);
                }
            }
        }
        written
    }

    /// The division that a word names after one that the word before names.
    fn resolve(&self, text: &Text<'_>, at: usize, before: Option<u32>) -> Option<u32> {
        let token = &text.tokens[at];
        if !token.is(Classes::DIVISION.with(Classes::DIVISION_SHORT)) {
            return None;
        }
        let bearers = text.lexicon.bearers(token.term(text.lexicon)?);
        let inside = |outer: u32| {
            bearers
                .iter()
                .copied()
                .find(|&one| lies_in(text, one, outer))
        };
        if let Some(one) = before.and_then(inside) {
            return Some(one);
        }
        let around = bearers
            .iter()
            .copied()
            .find(|&one| self.knows_around(text, one));
        if token.is(Classes::DIVISION) {
            // 城区, 东区: names that are words as well need their city right before them.
            let sure = !token.is(COMMON) && token.end - token.start > "东区".len();
            return around.or(bearers.first().copied()).filter(|_| sure);
        }
        let full = |one: &u32| self.full.contains(one);
        if let Some(one) = around.filter(full).or(bearers.iter().copied().find(full)) {
            return Some(one);
        }
        if token.is(COMMON) {
            return None;
        }
        let large = bearers.iter().copied().find(|&one| is_large(text, one));
        // 昆山: a county that is known without its city.
        let famous = bearers.first().copied().filter(|_| token.is(Classes::NAME));
        let recurring = bearers.first().copied();
        // 李修武: not where a surname stands before it.
        let is_given = at > 0 && text.is(at - 1, Classes::SURNAME) && text.word(at - 1).len() == 3;
        let recurring = recurring.filter(|one| self.recurring.contains(one) && !is_given);
        large.or(around).or(famous).or(recurring)
    }

    /// Whether the text names what a division lies in.
    fn knows_around(&self, text: &Text<'_>, division: u32) -> bool {
        let mut parent = text.lexicon.division(division).parent;
        while let Some(at) = parent {
            let outer = u32::try_from(at).unwrap_or(u32::MAX);
            if self.known.contains(&outer) {
                return true;
            }
            parent = text.lexicon.division(outer).parent;
        }
        false
    }
}

/// Whether a division is a province or a city.
fn is_large(text: &Text<'_>, division: u32) -> bool {
    let one = text.lexicon.division(division);
    one.code.as_ref().is_some_and(|code| code.ends_with("00"))
        || one.code.is_none()
            && one
                .parent
                .is_none_or(|parent| parent_is_province(text, parent))
}

fn parent_is_province(text: &Text<'_>, parent: usize) -> bool {
    let parent = text
        .lexicon
        .division(u32::try_from(parent).unwrap_or(u32::MAX));
    parent
        .code
        .as_ref()
        .is_some_and(|code| code.ends_with("0000"))
}

fn lies_in(text: &Text<'_>, division: u32, outer: u32) -> bool {
    let mut parent = text.lexicon.division(division).parent;
    while let Some(at) = parent {
        if at == outer as usize {
            return true;
        }
        parent = text
            .lexicon
            .division(u32::try_from(at).unwrap_or(u32::MAX))
            .parent;
    }
    false
}
