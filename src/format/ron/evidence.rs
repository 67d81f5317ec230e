//! The section `evidence`: in, with every reference checked, and out, one document after the other.
//!
//! ```text
//! Evidence(document: "pingshan-2024-02-20", passages: [
//!     Passage(start: 312, text: "坪山区重点发展智能网联汽车。", claims: [
//!         Claim(of: "District/坪山区", at: (312, 315), rule: "region"),
//!         Claim(from: "District/坪山区", type: FOCUSES_ON, to: "Cluster/智能网联汽车", at: (312, 325), rule: "focus"),
//!     ]),
//! ])
//! ```

use std::fmt::Write as _;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::SOURCES;
use super::entry;
use super::error::{FormatError, FormatErrorKind};
use super::file::{Claim, Text};
use super::raw::Raw;
use super::resolve::{NameIndex, Resolver};
use super::value::write_string;
use crate::evidence::{self, Document, Evidence, Fact, Passage, Status};
use crate::graph::View;
use crate::value::{NodeId, RelationshipId, Value};

/// What one document claims, with positions for nodes and relationships.
pub(super) struct ResolvedEvidence<'a> {
    document: Document,
    passages: Vec<ResolvedPassage<'a>>,
}

struct ResolvedPassage<'a> {
    start: u32,
    text: std::borrow::Cow<'a, str>,
    claims: Vec<ResolvedClaim>,
}

struct ResolvedClaim {
    fact: ResolvedFact,
    at: (u32, u32),
    subject_at: Option<(u32, u32)>,
    rule: Arc<str>,
    status: Status,
}

enum ResolvedFact {
    Node(usize),
    Alias(usize, Arc<str>),
    Relationship(usize),
}

/// The relationships of all files by ends and type.
type Index = FxHashMap<(usize, NameIndex, usize), Vec<usize>>;

/// Resolves the evidence of all files, whose nodes and relationships are resolved.
pub(super) fn resolve(resolver: &mut Resolver<'_>) -> Result<(), FormatError> {
    let mut index = Index::default();
    for (at, relationship) in resolver.resolved.relationships.iter().enumerate() {
        let key = (relationship.from, relationship.type_name, relationship.to);
        index.entry(key).or_default().push(at);
    }
    for file in 0..resolver.files.len() {
        resolver.file = file;
        for evidence in &resolver.files[file].shape.evidence {
            for id in &evidence.by_hand {
                let node = resolver.reference(id)?;
                resolver.resolved.by_hand.push(node);
            }
            let Some(document) = &evidence.document.0 else {
                continue;
            };
            let id = resolver.source(document)?;
            let document = described(resolver, resolver.reference(document)?, &id);
            let mut passages = Vec::with_capacity(evidence.passages.len());
            for passage in &evidence.passages {
                let mut claims = Vec::with_capacity(passage.claims.len());
                for claim in &passage.claims {
                    claims.push(resolve_claim(resolver, &index, &id, claim)?);
                }
                let start = passage.start.parse("a number of characters");
                passages.push(ResolvedPassage {
                    start: resolver.check(start)?,
                    text: resolver.check(passage.text.string())?,
                    claims,
                });
            }
            let evidence = ResolvedEvidence { document, passages };
            resolver.resolved.evidence.push(evidence);
        }
    }
    Ok(())
}

/// A document as its entry describes it.
fn described(resolver: &Resolver<'_>, node: usize, id: &str) -> Document {
    let property = |key: &str| {
        let key = resolver.resolved.keys.get_index_of(key)?;
        let properties = &resolver.resolved.nodes[node].properties;
        let (_, value) = properties.iter().find(|(other, _)| *other == key)?;
        match value {
            Value::String(text) => Some(text.to_string()),
            Value::Date(date) => Some(date.to_string()),
            _ => None,
        }
    };
    Document {
        id: id.to_owned(),
        title: property("title"),
        source: property("source"),
        date: property("date"),
    }
}

fn resolve_claim<'f>(
    resolver: &Resolver<'f>,
    index: &Index,
    document: &str,
    claim: &'f Claim<'f, Text<'f>>,
) -> Result<ResolvedClaim, FormatError> {
    const PLACE: &str = "the first character and the one after the last: (3, 8)";
    let place = |at: Raw<'f>| resolver.check(at.parse::<(u32, u32)>(PLACE));
    let status = if claim.status.is_given() {
        match &*resolver.check(claim.status.name())? {
            "stated" => Status::Stated,
            "planned" => Status::Planned,
            _ => return resolver.check(Err(claim.status.mismatch("`stated` or `planned`"))),
        }
    } else {
        Status::Stated
    };
    Ok(ResolvedClaim {
        fact: resolve_fact(resolver, index, document, claim)?,
        at: place(claim.at)?,
        subject_at: match claim.subject_at.is_given() {
            true => Some(place(claim.subject_at)?),
            false => None,
        },
        rule: resolver.check(claim.rule.string())?.into(),
        status,
    })
}

fn resolve_fact<'f>(
    resolver: &Resolver<'f>,
    index: &Index,
    document: &str,
    claim: &'f Claim<'f, Text<'f>>,
) -> Result<ResolvedFact, FormatError> {
    if let Some(of) = &claim.of.0 {
        let node = resolver.reference(of)?;
        return Ok(match claim.alias.is_given() {
            true => ResolvedFact::Alias(node, resolver.check(claim.alias.string())?.into()),
            false => ResolvedFact::Node(node),
        });
    }
    let (Some(from), Some(to)) = (&claim.from.0, &claim.to.0) else {
        let expected = "a claim with `of`, or with `from`, `type` and `to`";
        return resolver.check(Err(claim.at.mismatch(expected)));
    };
    let type_name = resolver.check(claim.relationship_type.name())?;
    let role = match claim.role.is_given() {
        true => Some(resolver.check(claim.role.string())?),
        false => None,
    };
    let (start, end) = (resolver.reference(from)?, resolver.reference(to)?);
    let key = resolver.resolved.types.get_index_of(&type_name);
    let found = key.and_then(|key| index.get(&(start, key, end)));
    let fits = |at: &&usize| has_role(resolver, **at, role.as_deref());
    let fitting = found.into_iter().flatten().filter(fits);
    // Of several, the one that names the document is meant; a query may have written another beside it.
    let named = fitting.clone().find(|at| names(resolver, **at, document));
    match named.or_else(|| fitting.clone().next()) {
        Some(at) => Ok(ResolvedFact::Relationship(*at)),
        None => {
            let kind = FormatErrorKind::UnknownRelationship {
                from: from.to_string(),
                relationship_type: type_name.into_owned(),
                to: to.to_string(),
            };
            let place = resolver.text_place(resolver.file, from);
            let help = "define the relationship in one of the files that are opened together, or take the claim out";
            Err(FormatError::new(kind, place).help(Some(help.to_owned())))
        }
    }
}

fn property<'r>(resolver: &'r Resolver<'_>, at: usize, key: &str) -> Option<&'r Value> {
    let key = resolver.resolved.keys.get_index_of(key)?;
    let properties = &resolver.resolved.relationships[at].properties;
    let found = properties.iter().find(|(other, _)| *other == key);
    found.map(|(_, value)| value)
}

fn has_role(resolver: &Resolver<'_>, at: usize, role: Option<&str>) -> bool {
    property(resolver, at, "role").and_then(Value::as_str) == role
}

fn names(resolver: &Resolver<'_>, at: usize, document: &str) -> bool {
    match property(resolver, at, SOURCES) {
        Some(Value::List(sources)) => sources.iter().any(|name| name.as_str() == Some(document)),
        _ => false,
    }
}

/// Ties evidence to the nodes and relationships that were made of the files' entries.
pub(super) fn attach(
    resolved: Vec<ResolvedEvidence<'_>>,
    by_hand: &[usize],
    nodes: &[NodeId],
    relationships: &[RelationshipId],
) -> Evidence {
    let mut evidence = Evidence::default();
    evidence.by_hand = by_hand.iter().map(|node| nodes[*node]).collect();
    for ResolvedEvidence { document, passages } in resolved {
        let document = {
            evidence.documents.push(document);
            evidence.documents.len() - 1
        };
        for ResolvedPassage {
            start,
            text,
            claims,
        } in passages
        {
            let text = text.into();
            evidence.passages.push(Passage {
                document,
                start,
                text,
            });
            let passage = evidence.passages.len() - 1;
            for claim in claims {
                evidence.add(evidence::Claim {
                    passage,
                    fact: match claim.fact {
                        ResolvedFact::Node(node) => Fact::Node(nodes[node]),
                        ResolvedFact::Alias(node, alias) => Fact::Alias(nodes[node], alias),
                        ResolvedFact::Relationship(at) => Fact::Relationship(relationships[at]),
                    },
                    start: claim.at.0,
                    end: claim.at.1,
                    carried_subject: claim.subject_at,
                    rule: claim.rule,
                    status: claim.status,
                });
            }
        }
    }
    evidence
}

/// Writes evidence as it stands in the section, documents by id and claims in the order of the text; `id` gives the id
/// of a node that is still there. A document that a query deleted takes its claims with it.
pub(super) fn write<'i>(
    text: &mut String,
    view: &View,
    evidence: &Evidence,
    is_document: impl Fn(&str) -> bool,
    id: impl Fn(NodeId) -> Option<&'i Arc<str>>,
) {
    let mut by_passage: Vec<Vec<String>> = vec![Vec::new(); evidence.passages.len()];
    let mut claims: Vec<&evidence::Claim> = evidence.claims.iter().collect();
    claims.sort_by_key(|claim| (claim.start, claim.end));
    for claim in claims {
        if let Some(line) = write_claim(view, claim, &id) {
            by_passage[claim.passage].push(line);
        }
    }
    let is_there = |index: &usize| is_document(&evidence.documents[*index].id);
    let mut order: Vec<usize> = (0..evidence.documents.len()).filter(is_there).collect();
    order.sort_by_key(|index| &evidence.documents[*index].id);
    for document in order {
        text.push_str("        Evidence(document: ");
        write_string(text, &evidence.documents[document].id);
        let mut passages: Vec<usize> = (0..evidence.passages.len())
            .filter(|at| evidence.passages[*at].document == document && !by_passage[*at].is_empty())
            .collect();
        passages.sort_by_key(|at| (evidence.passages[*at].start, *at));
        if !passages.is_empty() {
            text.push_str(", passages: [\n");
            for at in passages {
                write_passage(text, &evidence.passages[at], &mut by_passage[at]);
            }
            text.push_str("        ]");
        }
        text.push_str("),\n");
    }
}

/// Writes which nodes were also written by hand.
pub(super) fn write_by_hand(text: &mut String, mut ids: Vec<&Arc<str>>) {
    ids.sort_unstable();
    if !ids.is_empty() {
        text.push_str("        Evidence(by_hand: ");
        super::value::write_separated(text, ('[', ']'), ids.iter(), |text, id| {
            write_string(text, id);
        });
        text.push_str("),\n");
    }
}

fn write_passage(text: &mut String, passage: &Passage, claims: &mut Vec<String>) {
    write!(text, "            Passage(start: {}, text: ", passage.start)
        .expect("writing to a string");
    write_string(text, &passage.text);
    text.push_str(", claims: [\n");
    claims.dedup();
    for claim in claims {
        text.push_str("                ");
        text.push_str(claim);
        text.push_str(",\n");
    }
    text.push_str("            ]),\n");
}

/// A claim's entry; `None` where what it supports is gone.
fn write_claim<'i>(
    view: &View,
    claim: &evidence::Claim,
    id: &impl Fn(NodeId) -> Option<&'i Arc<str>>,
) -> Option<String> {
    let mut text = "Claim(".to_owned();
    match &claim.fact {
        Fact::Node(node) => {
            text.push_str("of: ");
            write_string(&mut text, id(*node)?);
        }
        Fact::Alias(node, alias) => {
            text.push_str("of: ");
            write_string(&mut text, id(*node)?);
            text.push_str(", alias: ");
            write_string(&mut text, alias);
        }
        Fact::Relationship(relationship) => {
            let (start, end) = view.endpoints(*relationship)?;
            text.push_str("from: ");
            write_string(&mut text, id(start)?);
            text.push_str(", type: ");
            entry::write_name(&mut text, view.type_name(view.type_of(*relationship)?));
            text.push_str(", to: ");
            write_string(&mut text, id(end)?);
            let role = view
                .key("role")
                .map(|key| view.relationship_property(*relationship, key));
            if let Some(Value::String(role)) = role {
                text.push_str(", role: ");
                write_string(&mut text, &role);
            }
        }
    }
    write!(text, ", at: ({}, {})", claim.start, claim.end).expect("writing to a string");
    if let Some((start, end)) = claim.carried_subject {
        write!(text, ", subject_at: ({start}, {end})").expect("writing to a string");
    }
    text.push_str(", rule: ");
    write_string(&mut text, &claim.rule);
    if claim.status == Status::Planned {
        text.push_str(", status: planned");
    }
    text.push(')');
    Some(text)
}
