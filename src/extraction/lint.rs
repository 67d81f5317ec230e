//! What is wrong with rules beyond their grammar: examples that are read otherwise, classes that nothing uses, rules
//! that an earlier one hides.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::relate::{Tokens, relate};
use super::rule::ast::{Element, ElementKind, Example, RuleEntry, RuleFile};
use super::rule::{Fault, FaultKind, Rules};
use super::scene::{Place, Scene, Sentence};
use super::{Label, RelationType};
use crate::source::Span;

/// Every fault of a file of rules, in the order of the file; the standard rules are known beside it.
///
/// Pass `None` to check the standard rules themselves.
#[must_use]
pub fn check_rules(file: Option<(&str, &str)>) -> Vec<Fault> {
    let standard = Rules::standard();
    let Some((name, text)) = file else {
        let files = Rules::standard_files();
        let faults = files
            .iter()
            .flat_map(|(name, text)| check(&standard, name, text));
        return faults.collect();
    };
    match standard.extended(name, text) {
        Ok(rules) => check(&rules, name, text),
        Err(fault) => vec![fault],
    }
}

fn check(rules: &Rules, name: &str, text: &str) -> Vec<Fault> {
    let Ok(file) = Rules::parsed(name, text) else {
        return Vec::new();
    };
    let mut faults = unused(rules, &file);
    for (index, rule) in file.rules.iter().enumerate() {
        faults.extend(shadow(&file.rules[..index], rule));
        faults.extend(
            rule.examples
                .iter()
                .filter_map(|example| try_example(rules, rule, example)),
        );
    }
    faults.sort_by_key(|fault| fault.span.start);
    faults
        .into_iter()
        .map(|fault| fault.within(name, text))
        .collect()
}

/// Classes that no pattern names and that do nothing by themselves.
fn unused(rules: &Rules, file: &RuleFile) -> Vec<Fault> {
    let used: BTreeSet<String> = rules
        .parsed_files()
        .iter()
        .flat_map(|file| &file.rules)
        .flat_map(|rule| &rule.elements)
        .flat_map(|element| match &element.kind {
            ElementKind::Word(name) => vec![name.text.clone()],
            ElementKind::Group { edges, .. } => {
                edges.iter().map(|(_, name)| name.text.clone()).collect()
            }
            _ => Vec::new(),
        })
        .chain(parsed_includes(rules))
        .collect();
    let idle = file.classes.iter().filter(|class| {
        let acts = class.kind.verb || class.kind.pivot || class.kind.preposition;
        let is_cue = ["planned", "denied", "reported"].contains(&class.name.text.as_str());
        !acts && !is_cue && !used.contains(&class.name.text)
    });
    let fault = |class: &super::rule::ast::ClassEntry| {
        let name = class.name.text.clone();
        Fault::new(FaultKind::UnusedClass { name }, class.name.span)
    };
    idle.map(fault).collect()
}

/// The classes whose words another class takes over.
fn parsed_includes(rules: &Rules) -> Vec<String> {
    let files = rules.parsed_files();
    let classes = files.iter().flat_map(|file| &file.classes);
    let includes = classes.flat_map(|class| &class.includes);
    includes.map(|name| name.text.clone()).collect()
}

/// An earlier rule of the same type whose pattern is the same.
fn shadow(earlier: &[RuleEntry], rule: &RuleEntry) -> Option<Fault> {
    let shape = |elements: &[Element]| {
        let mut text = String::new();
        for element in elements {
            let kind = match &element.kind {
                ElementKind::Word(name) => name.text.clone(),
                ElementKind::Group {
                    role,
                    labels,
                    holder,
                    edges,
                } => {
                    let edges: Vec<_> = edges
                        .iter()
                        .map(|(edge, name)| (edge, &name.text))
                        .collect();
                    format!("{role:?} {labels:?} {holder:?} {edges:?}")
                }
                other => format!("{other:?}"),
            };
            write!(text, "{:?} {kind};", element.gap).expect("writing to a string");
        }
        text
    };
    let own = shape(&rule.elements);
    let by = earlier
        .iter()
        .find(|other| other.relation == rule.relation && shape(&other.elements) == own)?;
    let by = by.name.text.clone();
    Some(Fault::new(FaultKind::Shadowed { by }, rule.name.span))
}

fn try_example(rules: &Rules, rule: &RuleEntry, example: &Example) -> Option<Fault> {
    let fault = |kind| Some(Fault::new(kind, example.text.span));
    let read = match Marked::read(&example.text.text) {
        Ok(read) => read,
        Err((why, at)) => {
            let start = example.text.span.start as usize + at;
            let span = Span::new(start, start + 1);
            return Some(Fault::new(FaultKind::Example { why }, span));
        }
    };
    let found = read.findings(rules, rule.relation, &rule.name.text);
    if found.iter().collect::<BTreeSet<_>>() == example.findings.iter().collect() {
        return None;
    }
    let mut text = String::new();
    for (subject, object) in &found {
        let separator = if text.is_empty() { "" } else { ", " };
        write!(text, "{separator}\"{subject}\" \"{object}\"").expect("writing to a string");
    }
    if text.is_empty() {
        text.push_str("nothing");
    }
    fault(FaultKind::Finding { found: text })
}

/// A sentence whose mentions are marked: `[甲市:City]发展[新能源:Cluster]`.
pub(crate) struct Marked {
    text: String,
    places: Vec<Place>,
    names: Vec<String>,
    labels: Vec<Label>,
}

impl Marked {
    /// Reads the marks; the error tells where in the example.
    pub(crate) fn read(example: &str) -> Result<Self, (String, usize)> {
        let mut out = Self {
            text: String::new(),
            places: Vec::new(),
            names: Vec::new(),
            labels: Vec::new(),
        };
        let mut open: Vec<usize> = Vec::new();
        let mut at = 0;
        while let Some(c) = example[at..].chars().next() {
            match c {
                '[' => open.push(out.text.len()),
                ':' if !open.is_empty() => {
                    let length = example[at..]
                        .find(']')
                        .ok_or(("this mention is not closed with `]`".to_owned(), at))?;
                    out.close(&mut open, &example[at + 1..at + length])
                        .map_err(|why| (why, at + 1))?;
                    at += length;
                }
                c => out.text.push(c),
            }
            at += example[at..].chars().next().map_or(1, char::len_utf8);
        }
        match open.is_empty() {
            true => Ok(out),
            false => Err((
                "a mention is written `[name:Label]`".to_owned(),
                example.len() - 1,
            )),
        }
    }

    fn close(&mut self, open: &mut Vec<usize>, label: &str) -> Result<(), String> {
        let start = open.pop().expect("the caller saw an open mention");
        let label = Label::from_name(label).ok_or_else(|| format!("there is no label {label}"))?;
        let name = self.text[start..].to_owned();
        let entity = match self.names.iter().position(|known| *known == name) {
            Some(entity) => entity,
            None => {
                self.names.push(name);
                self.labels.push(label);
                self.names.len() - 1
            }
        };
        self.places.push(Place::new(start, self.text.len(), entity));
        Ok(())
    }

    /// The scene of it, each `。` ending a sentence.
    pub(crate) fn scene(&self, date: Option<&str>) -> Scene<'_> {
        let mut sentences = Vec::new();
        let mut start = 0;
        for part in self.text.split_inclusive('。') {
            sentences.push(Sentence {
                range: start..start + part.len(),
                paragraph: 0,
                is_title: false,
            });
            start += part.len();
        }
        let (places, labels) = (self.places.clone(), self.labels.clone());
        Scene::new(&self.text, sentences, places, labels, date)
    }

    /// The name of an entity.
    pub(crate) fn name(&self, entity: usize) -> &str {
        &self.names[entity]
    }

    fn findings(&self, rules: &Rules, relation: RelationType, rule: &str) -> Vec<(String, String)> {
        let scene = self.scene(None);
        let found = relate(&scene, &Tokens::new(&scene, rules), rules);
        let own = found
            .iter()
            .filter(|found| found.relation_type == relation && &*found.rule == rule);
        own.map(|found| {
            let subject = self.name(found.subject).to_owned();
            (subject, self.name(found.object).to_owned())
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_rules_have_no_fault() {
        let faults = check_rules(None);
        let text: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(faults.is_empty(), "{}", text.join("\n"));
    }
}
