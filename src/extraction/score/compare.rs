//! Which parts of two annotations are the same.

use std::collections::{BTreeMap, HashMap, HashSet};

use unicode_normalization::UnicodeNormalization as _;

use super::{Annotated, AnnotatedEntity, AnnotatedIndicator, Tally};
use crate::extraction::Normalized;

/// The counts over all articles, by what is counted: `entity`, `entity/Park`, `relation`, `relation/LEADS`, `indicator`.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// The counts by name, in the order of the names.
    pub rows: BTreeMap<String, Tally>,
}

const REGIONS: [&str; 5] = ["Province", "City", "District", "Zone", "Region"];
const REGION_SUFFIXES: [&str; 5] = ["自治区", "省", "市", "区", "县"];
const DROPPED: &str = "\"'“”‘’「」『』《》〈〉<>·•";

impl Scores {
    /// The counts of a name; zero where it does not occur.
    #[must_use]
    pub fn row(&self, name: &str) -> Tally {
        self.rows.get(name).copied().unwrap_or_default()
    }

    /// Counts one article: what was read, and the reference.
    pub fn add(&mut self, read: &Annotated, reference: &Annotated) {
        let matches = matches(&read.entities, &reference.entities);
        self.add_entities(read, reference, &matches);
        self.add_relations(read, reference, &matches);
        self.add_indicators(read, reference, &matches);
    }

    /// Adds other counts to these.
    pub fn add_all(&mut self, other: &Self) {
        for (name, tally) in &other.rows {
            let sum = self.rows.entry(name.clone()).or_default();
            sum.true_positives += tally.true_positives;
            sum.false_positives += tally.false_positives;
            sum.false_negatives += tally.false_negatives;
        }
    }

    fn count(&mut self, group: &str, kind: &str, count: impl Fn(&mut Tally)) {
        count(self.rows.entry(group.to_owned()).or_default());
        count(self.rows.entry(format!("{group}/{kind}")).or_default());
    }

    fn add_entities(&mut self, read: &Annotated, reference: &Annotated, matches: &Matches<'_>) {
        for entity in &read.entities {
            let is_right = matches.contains_key(entity.id.as_str());
            self.count("entity", label(entity), |tally| tally.found(is_right));
        }
        let found: HashSet<&str> = matches.values().copied().collect();
        for entity in &reference.entities {
            if !found.contains(entity.id.as_str()) {
                self.count("entity", label(entity), |tally| tally.false_negatives += 1);
            }
        }
    }

    fn add_relations(&mut self, read: &Annotated, reference: &Annotated, matches: &Matches<'_>) {
        type Triple<'t> = (&'t str, &'t str, &'t str);
        let wanted: HashSet<Triple<'_>> = reference
            .relations
            .iter()
            .map(|relation| {
                (
                    relation.s.as_str(),
                    relation.relation_type.as_str(),
                    relation.o.as_str(),
                )
            })
            .collect();
        let mut seen: HashSet<Triple<'_>> = HashSet::new();
        for relation in &read.relations {
            let kind = relation.relation_type.as_str();
            let ends = (
                matches.get(relation.s.as_str()),
                matches.get(relation.o.as_str()),
            );
            let triple = match ends {
                (Some(&s), Some(&o)) => Some((s, kind, o)),
                _ => None,
            };
            // The two who cooperate may be written either way round.
            let triple = triple.map(|(s, kind, o)| {
                let is_turned = kind == "COOPERATES_WITH" && wanted.contains(&(o, kind, s));
                if is_turned {
                    (o, kind, s)
                } else {
                    (s, kind, o)
                }
            });
            if triple.is_some_and(|triple| seen.contains(&triple)) {
                continue;
            }
            let right = triple.filter(|triple| wanted.contains(triple));
            seen.extend(right);
            self.count("relation", kind, |tally| tally.found(right.is_some()));
        }
        for (_, kind, _) in wanted.difference(&seen) {
            self.count("relation", kind, |tally| tally.false_negatives += 1);
        }
    }

    fn add_indicators(&mut self, read: &Annotated, reference: &Annotated, matches: &Matches<'_>) {
        let mut left: Vec<&AnnotatedIndicator> = reference.indicators.iter().collect();
        let row = self.rows.entry("indicator".to_owned()).or_default();
        for indicator in &read.indicators {
            let subject = matches.get(indicator.s.as_str()).copied();
            let right = left.iter().position(|wanted| {
                subject == Some(wanted.s.as_str()) && is_same_figure(indicator, wanted)
            });
            row.found(right.is_some());
            if let Some(right) = right {
                left.remove(right);
            }
        }
        row.false_negatives += left.len();
    }
}

/// The reference's id for each entity that was found.
type Matches<'a> = HashMap<&'a str, &'a str>;

/// Pairs entities one to one: by the name that was read first, then by its aliases.
fn matches<'a>(read: &'a [AnnotatedEntity], reference: &'a [AnnotatedEntity]) -> Matches<'a> {
    let names: Vec<HashSet<String>> = reference.iter().map(all_names).collect();
    let mut taken = vec![false; reference.len()];
    let mut matches = HashMap::new();
    for by_alias in [false, true] {
        for entity in read {
            if matches.contains_key(entity.id.as_str()) {
                continue;
            }
            let keys = if by_alias {
                all_names(entity)
            } else {
                HashSet::from([key(entity, &entity.name)])
            };
            let pair = (0..reference.len()).find(|&at| {
                !taken[at]
                    && label(&reference[at]) == label(entity)
                    && !names[at].is_disjoint(&keys)
            });
            if let Some(at) = pair {
                taken[at] = true;
                matches.insert(entity.id.as_str(), reference[at].id.as_str());
            }
        }
    }
    matches
}

fn is_same_figure(read: &AnnotatedIndicator, wanted: &AnnotatedIndicator) -> bool {
    let text = |text: &Option<String>| fold(text.as_deref().unwrap_or_default());
    let is_same_value = match (read.value, wanted.value) {
        (Some(read), Some(wanted)) => (read - wanted).abs() <= 1e-6 * wanted.abs().max(1.0),
        _ => false,
    };
    is_same_value
        && text(&read.unit) == text(&wanted.unit)
        && (wanted.period.is_none() || read.period == wanted.period)
        && is_similar(&read.indicator, &wanted.indicator)
}

/// Whether a name shares at least half of the reference's characters.
fn is_similar(read: &str, wanted: &str) -> bool {
    let (read, wanted) = (fold(read), fold(wanted));
    let mut left: Vec<char> = read.chars().collect();
    let length = wanted.chars().count();
    if left.is_empty() || length == 0 {
        return false;
    }
    let mut shared = 0;
    for c in wanted.chars() {
        if let Some(at) = left.iter().position(|&other| other == c) {
            left.swap_remove(at);
            shared += 1;
        }
    }
    shared * 2 >= length
}

/// The label by which entities are compared: all regions count as one.
fn label(entity: &AnnotatedEntity) -> &str {
    if REGIONS.contains(&entity.label.as_str()) {
        "Region"
    } else {
        &entity.label
    }
}

fn all_names(entity: &AnnotatedEntity) -> HashSet<String> {
    let aliases = entity.aliases.iter();
    std::iter::once(&entity.name)
        .chain(aliases)
        .filter(|name| !fold(name).is_empty())
        .map(|name| key(entity, name))
        .collect()
}

/// A name as it is compared; a region's last 省, 市, 区, 县 does not count.
fn key(entity: &AnnotatedEntity, name: &str) -> String {
    let name = fold(name);
    if label(entity) != "Region" {
        return name;
    }
    let short = REGION_SUFFIXES
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix));
    match short {
        Some(short) if short.chars().count() > 1 => short.to_owned(),
        _ => name,
    }
}

/// A text as it is compared: one width, Simplified, without quotation marks and blanks, in small letters.
fn fold(text: &str) -> String {
    let wide: String = text.nfkc().collect();
    let normalized = Normalized::new(&wide);
    let kept = normalized
        .text()
        .chars()
        .filter(|&c| !c.is_whitespace() && !DROPPED.contains(c));
    kept.collect::<String>().to_lowercase()
}
