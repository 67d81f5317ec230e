//! Further places that name what the article has named: its name again, a short name that the article introduces,
//! and words that mean the region at hand (全区).

use aho_corasick::{AhoCorasick, MatchKind};

use super::resolve::is_region;
use super::text::{Found, Text, length};
use crate::extraction::{Entity, Label, Mention};
use crate::source::Span;

/// Adds the further places to the entities.
pub(super) fn add(text: &Text<'_>, chosen: &[Found], entities: &mut [Entity]) {
    let mut covered: Vec<(usize, usize)> = chosen.iter().map(|one| (one.start, one.end)).collect();
    covered.sort_unstable();
    introduced(text, entities);
    repeated(text, &covered, entities);
    regional(text, &covered, entities);
    for entity in entities {
        entity.mentions.sort_by_key(|mention| mention.span);
        entity.mentions.dedup_by_key(|mention| mention.span);
    }
}

/// Whether no chosen place meets the bytes.
fn is_free(covered: &[(usize, usize)], start: usize, end: usize) -> bool {
    let next = covered.partition_point(|one| one.0 < end);
    covered[..next]
        .iter()
        .rev()
        .take(8)
        .all(|one| one.1 <= start)
}

fn mention(start: usize, end: usize, rule: &str) -> Mention {
    Mention {
        span: Span::new(start, end),
        rule: rule.into(),
    }
}

/// Takes in short names that stand in brackets behind a name: 甲股份有限公司(下称“乙”).
fn introduced(text: &Text<'_>, entities: &mut [Entity]) {
    const WORDS: [&str; 8] = [
        "以下简称为",
        "以下简称",
        "以下称",
        "下称",
        "简称为",
        "简称",
        "又称",
        "下简称",
    ];
    for entity in entities {
        let mut found = None;
        for one in &entity.mentions {
            let behind = &text.source[one.span.range().end..];
            let Some(inner) = behind
                .strip_prefix('(')
                .and_then(|rest| rest.split_once(')'))
            else {
                continue;
            };
            let Some(named) = WORDS.iter().find_map(|word| inner.0.strip_prefix(word)) else {
                continue;
            };
            let named = named.trim_start_matches([':', ' ']);
            let short = named.trim_matches(['“', '”', '"', '《', '》']);
            if (2..=12).contains(&length(short)) && !short.contains([',', '。']) {
                let start = short.as_ptr() as usize - text.source.as_ptr() as usize;
                found = Some((
                    short.to_owned(),
                    mention(start, start + short.len(), "introduced"),
                ));
                break;
            }
        }
        if let Some((short, place)) = found {
            if entity.name != short && !entity.aliases.contains(&short) {
                entity.aliases.push(short);
                entity.aliases.sort();
            }
            entity.mentions.push(place);
        }
    }
}

/// Finds the names of firms, bodies, persons and places with buildings again where no context shows them.
fn repeated(text: &Text<'_>, covered: &[(usize, usize)], entities: &mut [Entity]) {
    let mut names = Vec::new();
    let mut owners = Vec::new();
    for (at, entity) in entities.iter().enumerate() {
        if is_region(entity.label) || entity.label == Label::Cluster {
            continue;
        }
        for form in std::iter::once(&entity.name).chain(&entity.aliases) {
            if length(form) >= 2 {
                names.push(form.as_str());
                owners.push(at);
            }
        }
    }
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(&names);
    let Ok(automaton) = automaton else { return };
    let mut further = Vec::new();
    for sentence in &text.sentences {
        let Some(first) = text
            .tokens
            .get(sentence.start)
            .filter(|_| !sentence.is_empty())
        else {
            continue;
        };
        let range = first.start..text.tokens[sentence.end - 1].end;
        for one in automaton.find_iter(&text.source[range.clone()]) {
            let (start, end) = (range.start + one.start(), range.start + one.end());
            if is_free(covered, start, end) && text.is_whole(start, end) {
                further.push((
                    owners[one.pattern().as_usize()],
                    mention(start, end, "repeated"),
                ));
            }
        }
    }
    for (owner, place) in further {
        entities[owner].mentions.push(place);
    }
}

/// Words that mean the city, district or province that the article is about.
const REGIONAL: [(&str, &[Label]); 18] = [
    ("全市", &[Label::City]),
    ("我市", &[Label::City]),
    ("该市", &[Label::City]),
    ("本市", &[Label::City]),
    ("全省", &[Label::Province]),
    ("我省", &[Label::Province]),
    ("该省", &[Label::Province]),
    ("本省", &[Label::Province]),
    ("全区", &[Label::District, Label::Zone]),
    ("我区", &[Label::District, Label::Zone]),
    ("该区", &[Label::District, Label::Zone]),
    ("本区", &[Label::District, Label::Zone]),
    ("全县", &[Label::District]),
    ("我县", &[Label::District]),
    ("该县", &[Label::District]),
    ("区管委会", &[Label::Zone]),
    ("市委市政府", &[Label::City]),
    ("区委区政府", &[Label::District]),
];

/// Takes in 全市, 该区 and their like, where one region of the kind is named more often than every other.
fn regional(text: &Text<'_>, covered: &[(usize, usize)], entities: &mut [Entity]) {
    for (word, labels) in REGIONAL {
        let Some(owner) = main_region(entities, word, labels) else {
            continue;
        };
        let mut is_alias = false;
        for sentence in &text.sentences {
            let Some(first) = text
                .tokens
                .get(sentence.start)
                .filter(|_| !sentence.is_empty())
            else {
                continue;
            };
            let range = first.start..text.tokens[sentence.end - 1].end;
            for (at, _) in text.source[range.clone()].match_indices(word) {
                let start = range.start + at;
                if is_free(covered, start, start + word.len()) {
                    entities[owner]
                        .mentions
                        .push(mention(start, start + word.len(), "regional"));
                    is_alias = true;
                }
            }
        }
        if is_alias {
            entities[owner].aliases.push(word.to_owned());
            entities[owner].aliases.sort();
        }
    }
}

/// The region of some labels that is named most often.
fn main_region(entities: &[Entity], word: &str, labels: &[Label]) -> Option<usize> {
    let fits = |entity: &Entity| {
        labels.contains(&entity.label) && (!word.ends_with('县') || entity.name.ends_with('县'))
    };
    let mut best: Option<(usize, usize)> = None;
    let mut tied = false;
    for (at, entity) in entities
        .iter()
        .enumerate()
        .filter(|(_, entity)| fits(entity))
    {
        let count = entity.mentions.len();
        match best {
            Some((_, most)) if count < most => {}
            Some((_, most)) if count == most => tied = true,
            _ => {
                best = Some((at, count));
                tied = false;
            }
        }
    }
    best.filter(|_| !tied).map(|(at, _)| at)
}
