//! The text of a file of rules → [`RuleFile`].

use pest::Parser as _;
use pest::iterators::Pair;

use super::ast::{
    ClassEntry, Edge, Element, ElementKind, Example, Force, Gap, Kind, Named, Role, RuleEntry,
    RuleFile,
};
use super::grammar::{Grammar, Rule};
use super::{Fault, FaultKind};
use crate::extraction::scene::Labels;
use crate::extraction::{Label, RelationType, Status};
use crate::source::{Span, nearest_name};

/// Reads a file of rules.
///
/// # Errors
///
/// The first place that the grammar does not allow, or the first label or type that the ontology does not have.
pub(super) fn parse(text: &str) -> Result<RuleFile, Fault> {
    let mut pairs = Grammar::parse(Rule::rules, text).map_err(|error| malformed(&error, text))?;
    let file = pairs.next().expect("the grammar's first rule matched");
    let mut out = RuleFile::default();
    for pair in file.into_inner() {
        match pair.as_rule() {
            Rule::words => out.classes.push(class(pair)),
            Rule::rule => out.rules.push(rule(pair)?),
            _ => {}
        }
    }
    Ok(out)
}

fn malformed(error: &pest::error::Error<Rule>, text: &str) -> Fault {
    let (start, end) = match error.location {
        pest::error::InputLocation::Pos(at) => (at, at),
        pest::error::InputLocation::Span(span) => span,
    };
    let expected = match &error.variant {
        pest::error::ErrorVariant::ParsingError { positives, .. } => {
            let mut names: Vec<&str> = positives.iter().map(|part| describe(*part)).collect();
            names.sort_unstable();
            names.dedup();
            names.join(", ")
        }
        pest::error::ErrorVariant::CustomError { message } => message.clone(),
    };
    let end = text[start..]
        .chars()
        .next()
        .map_or(end, |next| start + next.len_utf8());
    Fault::new(FaultKind::Malformed { expected }, Span::new(start, end))
}

/// What a reader of rules calls a part of the grammar.
fn describe(part: Rule) -> &'static str {
    match part {
        Rule::words | Rule::rule | Rule::rules | Rule::EOI => "`words` or `rule`",
        Rule::word | Rule::word_kind => "a word",
        Rule::note => "a note in quotation marks that says what the rule does",
        Rule::pattern | Rule::element | Rule::in_force | Rule::group | Rule::word_class => {
            "`(subject: …)`, `[object: …]` or `<words>`"
        }
        Rule::gap => "`~`, `.`, `..` or `...`",
        Rule::inside => "`holds` or `begins`",
        Rule::holder => "`in` and labels",
        Rule::ending | Rule::edge => "`ending` and a class",
        Rule::role => "`subject`, `object` or `both`",
        Rule::label | Rule::labels => "a label",
        Rule::relation => "a relation type",
        Rule::mode => "`planned` or `default`",
        Rule::example | Rule::finding | Rule::nothing => "an example with what it finds",
        Rule::string | Rule::text => "text in quotation marks",
        Rule::name | Rule::name_char => "a name in lower case",
        Rule::WHITESPACE | Rule::COMMENT => "a blank",
    }
}

fn span(pair: &Pair<'_, Rule>) -> Span {
    Span::new(pair.as_span().start(), pair.as_span().end())
}

fn named(pair: &Pair<'_, Rule>) -> Named {
    Named {
        text: pair.as_str().to_owned(),
        span: span(pair),
    }
}

fn class(pair: Pair<'_, Rule>) -> ClassEntry {
    let mut inner = pair.into_inner();
    let name = named(&inner.next().expect("the grammar puts the name first"));
    let mut kind = Kind::default();
    let (mut words, mut includes) = (Vec::new(), Vec::new());
    for part in inner {
        match (part.as_rule(), part.as_str()) {
            (Rule::word_kind, "verb") => kind.verb = true,
            (Rule::word_kind, "pivot") => kind.pivot = true,
            (Rule::word_kind, _) => kind.preposition = true,
            (Rule::word_class, _) => {
                includes.push(named(
                    &part.into_inner().next().expect("a class has a name"),
                ));
            }
            _ => words.push(named(&part)),
        }
    }
    ClassEntry {
        name,
        kind,
        words,
        includes,
    }
}

fn rule(pair: Pair<'_, Rule>) -> Result<RuleEntry, Fault> {
    let mut inner = pair.into_inner();
    let name = named(&inner.next().expect("the grammar puts the name first"));
    let relation = relation(&inner.next().expect("the relation stands after the name"))?;
    let mut entry = RuleEntry {
        name,
        relation,
        status: Status::Stated,
        force: Force::Alone,
        elements: Vec::new(),
        pattern: Span::default(),
        examples: Vec::new(),
    };
    for part in inner {
        match part.as_rule() {
            Rule::mode => match part.as_str() {
                "default" => entry.force = Force::Default,
                _ => entry.status = Status::Planned,
            },
            Rule::pattern => {
                entry.pattern = span(&part);
                entry.elements = elements(part)?;
            }
            Rule::example => entry.examples.push(example(part)),
            _ => {}
        }
    }
    Ok(entry)
}

fn relation(pair: &Pair<'_, Rule>) -> Result<RelationType, Fault> {
    RelationType::from_name(pair.as_str()).ok_or_else(|| {
        let all = RelationType::ALL.iter().map(|known| known.name());
        let nearest = nearest_name(all, pair.as_str()).map(str::to_owned);
        let found = pair.as_str().to_owned();
        Fault::new(FaultKind::UnknownType { found, nearest }, span(pair))
    })
}

fn elements(pair: Pair<'_, Rule>) -> Result<Vec<Element>, Fault> {
    let mut out = Vec::new();
    let mut gap = Gap::Beside;
    for part in pair.into_inner() {
        let kind = match part.as_rule() {
            Rule::gap => {
                gap = match part.as_str() {
                    "~" => Gap::Near,
                    "." => Gap::Phrase,
                    ".." => Gap::Clause,
                    _ => Gap::Sentence,
                };
                continue;
            }
            Rule::in_force => {
                let (role, labels, _, _) = mention(part)?;
                ElementKind::InForce { role, labels }
            }
            Rule::group => {
                let (role, labels, holder, edges) = mention(part)?;
                ElementKind::Group {
                    role,
                    labels,
                    holder,
                    edges,
                }
            }
            Rule::inside => ElementKind::Inside {
                begins: part.as_str() == "begins",
            },
            _ => ElementKind::Word(named(
                &part.into_inner().next().expect("a class has a name"),
            )),
        };
        out.push(Element {
            gap: std::mem::take(&mut gap),
            kind,
        });
    }
    Ok(out)
}

type MentionParts = (Role, Labels, Option<Labels>, Vec<(Edge, Named)>);

fn mention(pair: Pair<'_, Rule>) -> Result<MentionParts, Fault> {
    let (mut role, mut own, mut holder) = (Role::Subject, Labels::default(), None);
    let mut edges = Vec::new();
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::role if part.as_str() == "object" => role = Role::Object,
            Rule::role if part.as_str() == "both" => role = Role::Both,
            Rule::labels => own = labels(part)?,
            Rule::holder => {
                let inner = part.into_inner().next().expect("`in` has labels");
                holder = Some(labels(inner)?);
            }
            Rule::ending => {
                let mut inner = part.into_inner();
                let edge = match inner
                    .next()
                    .expect("the edge stands before the class")
                    .as_str()
                {
                    "ending" => Edge::Ending,
                    "starting" => Edge::Starting,
                    _ => Edge::NotEnding,
                };
                edges.push((edge, named(&inner.next().expect("an edge has a class"))));
            }
            _ => {}
        }
    }
    Ok((role, own, holder, edges))
}

fn labels(pair: Pair<'_, Rule>) -> Result<Labels, Fault> {
    let mut set = Labels::default();
    for part in pair.into_inner() {
        let one = match part.as_str() {
            "Region" => Labels::REGIONS,
            name => Labels::of(&[Label::from_name(name).ok_or_else(|| unknown_label(&part))?]),
        };
        set = set.or(one);
    }
    Ok(set)
}

fn unknown_label(pair: &Pair<'_, Rule>) -> Fault {
    let known = Label::ALL.iter().map(|label| label.name());
    let nearest = nearest_name(known.chain(["Region"]), pair.as_str()).map(str::to_owned);
    let found = pair.as_str().to_owned();
    Fault::new(FaultKind::UnknownLabel { found, nearest }, span(pair))
}

fn example(pair: Pair<'_, Rule>) -> Example {
    let mut inner = pair.into_inner();
    let text = string(inner.next().expect("an example has its sentence"));
    let findings = inner
        .filter(|part| part.as_rule() == Rule::finding)
        .map(|finding| {
            let mut ends = finding.into_inner().map(|end| string(end).text);
            let subject = ends.next().expect("a finding has a subject");
            (subject, ends.next().expect("a finding has an object"))
        })
        .collect();
    Example { text, findings }
}

/// What stands between the quotation marks.
fn string(pair: Pair<'_, Rule>) -> Named {
    let inner = pair.into_inner().next().expect("a string has its text");
    named(&inner)
}
