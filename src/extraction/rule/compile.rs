//! [`RuleFile`]s → [`Rules`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use daachorse::{CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use super::ast::{Element, ElementKind, Force, Gap, Named, Role, RuleEntry, RuleFile};
use super::{Classes, Compiled, Fault, FaultKind, Inside, Part, PartKind, Rules};
use crate::source::nearest_name;

/// How many classes of words fit into a set.
const MOST_CLASSES: usize = Classes::BITS as usize;

/// A file with its name and text.
type Parsed<'a> = (&'a str, &'a str, RuleFile);

/// Compiles files together: classes of all are known in all.
///
/// # Errors
///
/// The first [`Fault`].
pub(super) fn compile(files: &[Parsed<'_>]) -> Result<Rules, Fault> {
    let classes = classes(files)?;
    let mut rules = Vec::new();
    let mut names = BTreeSet::new();
    for (name, text, file) in files {
        for entry in &file.rules {
            let compiled = taken(&mut names, &entry.name)
                .and_then(|()| rule(entry, rules.len(), &classes))
                .map_err(|fault| fault.within(name, text))?;
            rules.push(compiled);
        }
    }
    Ok(assemble(files, &classes, rules))
}

struct ClassTable<'a> {
    numbers: BTreeMap<&'a str, usize>,
    words: BTreeMap<&'a str, Classes>,
    members: Vec<Vec<String>>,
}

fn classes<'a>(files: &'a [Parsed<'_>]) -> Result<ClassTable<'a>, Fault> {
    let mut table = ClassTable {
        numbers: BTreeMap::new(),
        words: BTreeMap::new(),
        members: Vec::new(),
    };
    for (name, text, file) in files {
        for entry in &file.classes {
            let new = table.members.len();
            let place = |kind| Fault::new(kind, entry.name.span).within(name, text);
            if new == MOST_CLASSES {
                return Err(place(FaultKind::TooManyClasses));
            }
            if table.numbers.insert(&entry.name.text, new).is_some() {
                let name = entry.name.text.clone();
                return Err(place(FaultKind::Twice { name }));
            }
            for word in &entry.words {
                *table.words.entry(word.text.as_str()).or_default() |= 1 << new;
            }
            let own = entry.words.iter().map(|word| word.text.clone());
            let mut members: Vec<String> = own.collect();
            for included in &entry.includes {
                let from = number(included, &table).map_err(|fault| fault.within(name, text))?;
                members.extend(table.members[from].clone());
                for classes in table.words.values_mut().filter(|c| **c & (1 << from) != 0) {
                    *classes |= 1 << new;
                }
            }
            table.members.push(members);
        }
    }
    Ok(table)
}

fn taken<'a>(names: &mut BTreeSet<&'a str>, name: &'a Named) -> Result<(), Fault> {
    if names.insert(&name.text) {
        return Ok(());
    }
    let twice = FaultKind::Twice {
        name: name.text.clone(),
    };
    Err(Fault::new(twice, name.span))
}

fn assemble(files: &[Parsed<'_>], classes: &ClassTable<'_>, rules: Vec<Compiled>) -> Rules {
    let mut by_class = vec![Vec::new(); classes.members.len()];
    let mut wordless = Vec::new();
    for (index, rule) in rules.iter().enumerate() {
        match rule.parts[rule.anchor].kind {
            PartKind::Word { class } => by_class[class].push(index),
            PartKind::Group { .. } => wordless.push(index),
        }
    }
    // An automaton of nothing cannot be built; a word that no text holds stands in.
    let none = [("\u{0}", 0)];
    let words: Vec<(&str, u32)> = classes.words.keys().copied().zip(0..).collect();
    let patterns: &[(&str, u32)] = if words.is_empty() { &none } else { &words };
    let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build_with_values(patterns.iter().copied())
        .expect("the words are distinct and not empty");
    let special = |name| classes.numbers.get(name).map_or(0, |number| 1 << number);
    let kinds = files
        .iter()
        .flat_map(|(_, _, file)| file.classes.iter().map(|entry| entry.kind))
        .collect();
    Rules {
        automaton,
        words: classes.words.values().copied().collect(),
        kinds,
        compiled: rules,
        by_class,
        wordless,
        planned: special("planned"),
        denied: special("denied"),
        reported: special("reported"),
        files: Vec::new(),
    }
}

fn rule(entry: &RuleEntry, order: usize, classes: &ClassTable<'_>) -> Result<Compiled, Fault> {
    let mut parts: Vec<Part> = Vec::new();
    let mut in_force = Vec::new();
    let mut inside = None;
    for element in &entry.elements {
        match &element.kind {
            ElementKind::InForce { role, labels } => in_force.push((*role, *labels)),
            ElementKind::Inside { begins: true } => inside = Some(Inside::First),
            ElementKind::Inside { begins: false } => inside = Some(Inside::Anywhere),
            _ => parts.push(part(element, inside.take(), classes)?),
        }
    }
    check(entry, &parts, &in_force)?;
    let is_word = |part: &Part| matches!(part.kind, PartKind::Word { .. });
    let anchor = parts.iter().position(is_word).unwrap_or(0);
    Ok(Compiled {
        name: Arc::from(entry.name.text.as_str()),
        relation: entry.relation,
        status: entry.status,
        force: entry.force,
        order,
        parts,
        anchor,
        in_force,
    })
}

fn part(
    element: &Element,
    inside: Option<Inside>,
    classes: &ClassTable<'_>,
) -> Result<Part, Fault> {
    let kind = match &element.kind {
        ElementKind::Word(name) => PartKind::Word {
            class: number(name, classes)?,
        },
        ElementKind::Group {
            role,
            labels,
            holder,
            edges,
        } => PartKind::Group {
            role: *role,
            labels: *labels,
            holder: *holder,
            edges: edges
                .iter()
                .map(|(edge, name)| Ok((*edge, classes.members[number(name, classes)?].clone())))
                .collect::<Result<_, Fault>>()?,
            inside,
        },
        ElementKind::InForce { .. } | ElementKind::Inside { .. } => {
            unreachable!("these have no place in the sentence")
        }
    };
    Ok(Part {
        gap: element.gap,
        kind,
    })
}

fn number(name: &Named, classes: &ClassTable<'_>) -> Result<usize, Fault> {
    classes
        .numbers
        .get(name.text.as_str())
        .copied()
        .ok_or_else(|| {
            let known = classes.numbers.keys().copied();
            let kind = FaultKind::UnknownClass {
                found: name.text.clone(),
                nearest: nearest_name(known, &name.text).map(str::to_owned),
            };
            Fault::new(kind, name.span)
        })
}

/// One subject, one object, and something to start from.
fn check(
    entry: &RuleEntry,
    parts: &[Part],
    in_force: &[(Role, crate::extraction::scene::Labels)],
) -> Result<(), Fault> {
    let count = |wanted: Role| {
        let placed = parts
            .iter()
            .filter(|part| matches!(part.kind, PartKind::Group { role, .. } if role == wanted || role == Role::Both));
        placed.count() + in_force.iter().filter(|(role, _)| *role == wanted).count()
    };
    let fault = |why| Err(Fault::new(FaultKind::Pattern { why }, entry.pattern));
    if count(Role::Subject) != 1 || count(Role::Object) != 1 {
        return fault("a pattern has one subject and one object");
    }
    if in_force.len() == 2 {
        return fault("a pattern places at least one of its ends: write [object: …]");
    }
    let has_word = parts
        .iter()
        .any(|part| matches!(part.kind, PartKind::Word { .. }));
    let adjacent = |pair: &[Part]| match &pair[1].kind {
        PartKind::Group { inside, .. } => inside.is_some() || pair[1].gap == Gap::Beside,
        PartKind::Word { .. } => true,
    };
    let is_pair = parts.len() == 2 && parts.windows(2).all(adjacent);
    let is_own =
        |part: &Part| matches!(&part.kind, PartKind::Group { edges, .. } if !edges.is_empty());
    let is_single = parts.len() == 1 && (is_own(&parts[0]) || entry.force == Force::Default);
    if !(has_word || is_pair || is_single) {
        return fault(
            "a pattern without a word is two mentions beside or inside each other, or one with an ending of its own or in a default rule",
        );
    }
    Ok(())
}
