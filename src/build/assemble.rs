//! What all documents claim → one graph, in which each fact stands once, with everything that supports it.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use super::by_hand::ByHand;
use super::{Corrections, Error, Folder, Identities, Registry};
use crate::evidence::{
    Characters, Claim, Claims, Document, Evidence, Fact, HAS_INDICATOR, INDICATOR, Indicator,
    MENTIONS, Passage, Relation, SOURCES, Status, sentence, sentences,
};
use crate::extraction::Label;
use crate::format::ron::Ids;
use crate::graph::{Graph, NewRelationship};
use crate::ontology::Finding;
use crate::source::Span;
use crate::value::{Date, NodeId, RelationshipId, Value};

/// A graph made of claims, and what its evidence is made of.
#[derive(Debug)]
pub struct Assembled {
    /// The graph.
    pub graph: Graph,
    /// The ids of its nodes; their evidence holds only what was written by hand.
    pub ids: Ids,
    /// Which things there are.
    pub identities: Identities,
    /// How many claims a correction denies.
    pub denied: usize,
    /// What an ontology that only warns does not allow in it.
    pub findings: Vec<Finding>,
    folder: Folder,
    files: Vec<Origin>,
    corrections: Corrections,
    things: Vec<Option<NodeId>>,
    relationships: BTreeMap<RelationshipKey, RelationshipId>,
    figures: BTreeMap<FigureKey, NodeId>,
}

/// Where the claims of a document are kept.
#[derive(Debug)]
enum Origin {
    /// By its name in the folder.
    Kept(String),
    Corrections,
}

/// What makes a relationship one: two positions of things, the type, the office.
type RelationshipKey = (usize, String, usize, Option<String>);
/// What makes a figure one: the position of a thing, the measure, the figure, its unit, period and qualifier.
type FigureKey = (usize, String, u64, String, Option<String>, String);

/// What supports a fact.
#[derive(Default)]
struct Support {
    documents: BTreeSet<Arc<str>>,
    is_stated: bool,
}

/// Makes a graph of what all documents of a folder claim, of the corrections, and of what in the graph as it was no
/// claim supports.
///
/// With `day`, only documents count that had appeared by its end.
///
/// # Errors
///
/// [`Error::File`], [`Error::Claims`], [`Error::Graph`].
pub fn assemble(
    folder: &Folder,
    registry: &Registry,
    corrections: &Corrections,
    by_hand: &ByHand,
    day: Option<Date>,
) -> Result<Assembled, Error> {
    let mut documents: Vec<(Claims, Origin)> = Vec::new();
    for name in folder.documents()? {
        let mut claims = folder.read(&name)?;
        forget(&mut claims);
        if day.is_none_or(|day| is_known(&claims.document, day)) {
            documents.push((claims, Origin::Kept(name)));
        }
    }
    if let Some(claims) = corrections.claims() {
        documents.push((claims, Origin::Corrections));
    }
    documents.sort_by(|(left, _), (right, _)| left.document.id.cmp(&right.document.id));
    let (claims, files): (Vec<_>, Vec<_>) = documents.into_iter().unzip();
    let identities = Identities::new(&claims, registry);
    let mut assembly = Assembly {
        identities: &identities,
        corrections,
        relationships: BTreeMap::new(),
        figures: BTreeMap::new(),
        mentions: Vec::new(),
        denied: 0,
    };
    for (index, claims) in claims.iter().enumerate() {
        assembly.document(index, claims);
    }
    let documents: Vec<&Document> = claims.iter().map(|claims| &claims.document).collect();
    let made = assembly.graph(&documents, by_hand)?;
    let denied = assembly.denied;
    Ok(Assembled {
        graph: made.graph,
        ids: made.ids,
        denied,
        findings: Vec::new(),
        folder: folder.clone(),
        files,
        corrections: corrections.clone(),
        things: made.things,
        relationships: made.relationships,
        figures: made.figures,
        identities,
    })
}

/// Drops what only the evidence needs: it is read again when that is written, one document at a time.
fn forget(claims: &mut Claims) {
    claims.text = String::new();
    claims.hash = String::new();
    claims.skipped = Vec::new();
    claims.bylines = Vec::new();
    claims.rejected = Vec::new();
    for entity in &mut claims.entities {
        entity.mentions = Vec::new();
    }
    for rule in claims.relations.iter_mut().map(|one| &mut one.rule) {
        *rule = String::new();
    }
    for rule in claims.indicators.iter_mut().map(|one| &mut one.rule) {
        *rule = String::new();
    }
}

fn is_known(document: &Document, day: Date) -> bool {
    let date = document
        .date
        .as_deref()
        .and_then(|date| Date::parse(date).ok());
    date.is_some_and(|date| date <= day)
}

struct Assembly<'a> {
    identities: &'a Identities,
    corrections: &'a Corrections,
    relationships: BTreeMap<RelationshipKey, Support>,
    figures: BTreeMap<FigureKey, Support>,
    /// By document: the things that it names.
    mentions: Vec<BTreeSet<usize>>,
    denied: usize,
}

struct Made {
    graph: Graph,
    ids: Ids,
    things: Vec<Option<NodeId>>,
    relationships: BTreeMap<RelationshipKey, RelationshipId>,
    figures: BTreeMap<FigureKey, NodeId>,
}

impl Assembly<'_> {
    fn document(&mut self, index: usize, claims: &Claims) {
        let name: Arc<str> = claims.document.id.as_str().into();
        let named = 0..claims.entities.len();
        let named = named.map(|entity| self.identities.thing(index, entity));
        let named: BTreeSet<usize> = named.filter(|thing| !self.is_denied(*thing)).collect();
        self.mentions.push(named);
        for relation in &claims.relations {
            match relationship_key(self.identities, self.corrections, index, relation) {
                Some(key) => {
                    let support = self.relationships.entry(key).or_default();
                    support.documents.insert(Arc::clone(&name));
                    support.is_stated |= relation.status == Status::Stated;
                }
                None => self.denied += 1,
            }
        }
        for indicator in &claims.indicators {
            match figure_key(self.identities, self.corrections, index, indicator) {
                Some(key) => {
                    let support = self.figures.entry(key).or_default();
                    support.documents.insert(Arc::clone(&name));
                }
                None => self.denied += 1,
            }
        }
    }

    fn is_denied(&self, thing: usize) -> bool {
        let id = &self.identities.things[thing].id;
        self.corrections
            .deny
            .iter()
            .any(|fact| fact.denies_entity(id))
    }

    fn graph(&self, documents: &[&Document], by_hand: &ByHand) -> Result<Made, Error> {
        let mut maker = Maker::new(by_hand);
        let named: BTreeSet<usize> = self.mentions.iter().flatten().copied().collect();
        let mut things = vec![None; self.identities.things.len()];
        for thing in named {
            let (label, name) = {
                let thing = &self.identities.things[thing];
                (&thing.label, &thing.name)
            };
            let mut labels = vec![label.as_str()];
            let is_region = matches!(
                Label::from_name(label),
                Some(Label::Province | Label::City | Label::District | Label::Zone)
            );
            labels.extend(is_region.then_some("Region"));
            let mut properties = vec![("name", Value::from(name.as_str()))];
            let aliases = &self.identities.things[thing].aliases;
            let aliases = aliases.iter().map(|alias| Value::from(alias.as_str()));
            let aliases: Vec<Value> = aliases.collect();
            if !aliases.is_empty() {
                properties.push(("aliases", Value::list(aliases)));
            }
            let id = &self.identities.things[thing].id;
            things[thing] = Some(maker.node(id, &labels, properties)?);
        }
        let mut figures = BTreeMap::new();
        for (key, support) in &self.figures {
            let Some(owner) = things[key.0] else {
                continue;
            };
            let id = self.figure_id(key);
            let node = maker.node(&id, &[INDICATOR], figure_properties(key, support))?;
            let sources = vec![(SOURCES, support.sources())];
            maker.relate(owner, HAS_INDICATOR, node, sources);
            figures.insert(key.clone(), node);
        }
        let mut relationships = BTreeMap::new();
        for (key, support) in &self.relationships {
            let (start, t, end, role) = key;
            let Some((start, end)) = things[*start].zip(things[*end]) else {
                continue;
            };
            let mut properties = vec![(SOURCES, support.sources())];
            if let Some(role) = role {
                properties.push(("role", role.as_str().into()));
            }
            if !support.is_stated {
                properties.push(("status", Status::Planned.name().into()));
            }
            relationships.insert(key.clone(), maker.relate(start, t, end, properties));
        }
        for (document, named) in documents.iter().zip(&self.mentions) {
            let node = maker.document(document)?;
            for thing in named {
                if let Some(thing) = things[*thing] {
                    maker.relate(node, MENTIONS, thing, Vec::new());
                }
            }
        }
        maker.finish(things, relationships, figures)
    }

    fn figure_id(&self, key: &FigureKey) -> String {
        let (owner, name, value, unit, period, qualifier) = key;
        let owner = &self.identities.things[*owner].id;
        let period = period.as_deref().unwrap_or("-");
        let sign = if qualifier == "=" { "" } else { qualifier };
        let value = f64::from_bits(*value);
        format!("{owner}/{name}/{period}/{sign}{value}{unit}")
    }
}

impl Support {
    fn sources(&self) -> Value {
        let sources = self.documents.iter();
        Value::list(
            sources
                .map(|name| Value::String(Arc::clone(name)))
                .collect(),
        )
    }
}

/// What makes a relation one fact; `None` where it says nothing, or is denied.
fn relationship_key(
    identities: &Identities,
    corrections: &Corrections,
    document: usize,
    relation: &Relation,
) -> Option<RelationshipKey> {
    let mut start = identities.thing(document, relation.subject);
    let mut end = identities.thing(document, relation.object);
    let t = &relation.relation_type;
    // Cooperation has no direction; the graph shows it in one.
    if t == "COOPERATES_WITH" && end < start {
        std::mem::swap(&mut start, &mut end);
    }
    let id = |thing: usize| identities.things[thing].id.as_str();
    let is_denied = corrections.deny.iter().any(|fact| {
        fact.denies_relationship(id(start), t, id(end))
            || fact.denies_entity(id(start))
            || fact.denies_entity(id(end))
    });
    (start != end && !is_denied).then(|| (start, t.clone(), end, relation.role.clone()))
}

/// What makes a figure one fact; `None` where it is denied.
fn figure_key(
    identities: &Identities,
    corrections: &Corrections,
    document: usize,
    indicator: &Indicator,
) -> Option<FigureKey> {
    let owner = identities.thing(document, indicator.subject);
    let id = &identities.things[owner].id;
    let mut denied = corrections.deny.iter();
    let is_denied =
        denied.any(|fact| fact.denies_indicator(id, indicator) || fact.denies_entity(id));
    (!is_denied).then(|| {
        (
            owner,
            indicator.name.clone(),
            // There is one zero only.
            (indicator.value + 0.0).to_bits(),
            indicator.unit.clone(),
            indicator.period.clone(),
            indicator.qualifier.clone(),
        )
    })
}

fn figure_properties<'k>(key: &'k FigureKey, support: &Support) -> Vec<(&'k str, Value)> {
    let (_, name, value, unit, period, qualifier) = key;
    let mut properties = vec![
        ("name", name.as_str().into()),
        ("value", number(f64::from_bits(*value))),
        ("unit", unit.as_str().into()),
        ("qualifier", qualifier.as_str().into()),
        (SOURCES, support.sources()),
    ];
    properties.extend(period.as_deref().map(|period| ("period", period.into())));
    properties
}

/// A whole number as an integer where that is exact.
#[expect(
    clippy::cast_possible_truncation,
    reason = "whole and below 2^53, so that nothing is cut off"
)]
fn number(value: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract().abs() < f64::EPSILON && value.abs() < EXACT {
        Value::Integer(value as i64)
    } else {
        Value::Float(value)
    }
}

/// Writes nodes and relationships into a graph, joined with what stands there by hand.
struct Maker<'h> {
    graph: Graph,
    by_hand: &'h ByHand,
    ids: BTreeMap<Arc<str>, NodeId>,
    relationships: Vec<NewRelationship>,
}

impl<'h> Maker<'h> {
    fn new(by_hand: &'h ByHand) -> Self {
        Self {
            graph: Graph::new(),
            by_hand,
            ids: BTreeMap::new(),
            relationships: Vec::new(),
        }
    }

    fn node(
        &mut self,
        id: &str,
        labels: &[&str],
        properties: Vec<(&str, Value)>,
    ) -> Result<NodeId, Error> {
        let labels: Vec<_> = labels
            .iter()
            .map(|label| self.graph.intern_label(label))
            .collect();
        let properties: Vec<_> = properties
            .into_iter()
            .map(|(key, value)| (self.graph.intern_key(key), value))
            .collect();
        let node = self.graph.create_node(&labels, &properties)?;
        self.ids.insert(id.into(), node);
        Ok(node)
    }

    fn document(&mut self, document: &Document) -> Result<NodeId, Error> {
        let mut properties = vec![("name", Value::from(document.id.as_str()))];
        for (key, value) in [
            ("title", &document.title),
            ("source", &document.source),
            ("date", &document.date),
        ] {
            properties.extend(value.as_deref().map(|value| (key, value.into())));
        }
        self.node(&document.id, &[crate::evidence::DOCUMENT], properties)
    }

    /// Adds a relationship; its id follows from its place among them.
    fn relate(
        &mut self,
        start: NodeId,
        type_name: &str,
        end: NodeId,
        properties: Vec<(&str, Value)>,
    ) -> usize {
        let properties = properties
            .into_iter()
            .map(|(key, value)| (self.graph.intern_key(key), value))
            .collect();
        self.relationships.push(NewRelationship {
            start,
            relationship_type: self.graph.intern_type(type_name),
            end,
            properties,
        });
        self.relationships.len() - 1
    }

    fn finish(
        mut self,
        things: Vec<Option<NodeId>>,
        relationships: BTreeMap<RelationshipKey, usize>,
        figures: BTreeMap<FigureKey, NodeId>,
    ) -> Result<Made, Error> {
        let made = self
            .graph
            .create_relationships(std::mem::take(&mut self.relationships))?;
        let ids = self.by_hand.write(&mut self.graph, self.ids)?;
        self.graph.commit();
        Ok(Made {
            graph: self.graph,
            ids,
            things,
            relationships: relationships
                .into_iter()
                .map(|(key, at)| (key, made[at]))
                .collect(),
            figures,
        })
    }
}

impl Assembled {
    /// The evidence, document by document in the order of their ids.
    pub fn evidence(&self) -> impl Iterator<Item = io::Result<Evidence>> + '_ {
        self.files.iter().enumerate().map(|(index, origin)| {
            let claims = match origin {
                Origin::Kept(name) => self.folder.read(name).map_err(io::Error::other)?,
                Origin::Corrections => self.corrections.claims().unwrap_or_default(),
            };
            Ok(self.evidence_of(index, &claims))
        })
    }

    /// The evidence of all documents at once.
    ///
    /// # Errors
    ///
    /// What reading the kept claims fails with.
    pub fn whole_evidence(&self) -> io::Result<Evidence> {
        let mut whole = Evidence::default();
        for evidence in self.evidence() {
            whole.append(evidence?);
        }
        Ok(whole)
    }

    fn evidence_of(&self, index: usize, claims: &Claims) -> Evidence {
        let mut writer = EvidenceWriter::new(claims);
        for (at, entity) in claims.entities.iter().enumerate() {
            let thing = self.identities.thing(index, at);
            let Some(node) = self.things[thing] else {
                continue;
            };
            let thing = &self.identities.things[thing];
            for mention in &entity.mentions {
                let is_alias = mention.form != thing.name && thing.aliases.contains(&mention.form);
                let fact = match is_alias {
                    true => Fact::Alias(node, mention.form.as_str().into()),
                    false => Fact::Node(node),
                };
                writer.add(fact, mention.span, None, &mention.rule, Status::Stated);
            }
        }
        for relation in &claims.relations {
            let key = relationship_key(&self.identities, &self.corrections, index, relation);
            if let Some(id) = key.and_then(|key| self.relationships.get(&key)) {
                let (span, carried) = (relation.span, relation.carried_subject);
                writer.add(
                    Fact::Relationship(*id),
                    span,
                    carried,
                    &relation.rule,
                    relation.status,
                );
            }
        }
        for indicator in &claims.indicators {
            let key = figure_key(&self.identities, &self.corrections, index, indicator);
            if let Some(id) = key.and_then(|key| self.figures.get(&key)) {
                let (span, carried) = (indicator.span, indicator.carried_subject);
                writer.add(
                    Fact::Node(*id),
                    span,
                    carried,
                    &indicator.rule,
                    Status::Stated,
                );
            }
        }
        writer.evidence
    }
}

/// Ties claims to the sentences that hold them.
struct EvidenceWriter<'c> {
    text: &'c str,
    sentences: Vec<Span>,
    characters: Characters,
    passages: BTreeMap<Span, usize>,
    evidence: Evidence,
}

impl<'c> EvidenceWriter<'c> {
    fn new(claims: &'c Claims) -> Self {
        let mut evidence = Evidence::default();
        evidence.documents.push(claims.document.clone());
        Self {
            text: &claims.text,
            sentences: sentences(&claims.text),
            characters: Characters::new(&claims.text),
            passages: BTreeMap::new(),
            evidence,
        }
    }

    fn add(&mut self, fact: Fact, span: Span, carried: Option<Span>, rule: &str, status: Status) {
        let place = sentence(&self.sentences, span);
        let passages = &mut self.evidence.passages;
        let passage = *self.passages.entry(place).or_insert_with(|| {
            passages.push(Passage {
                document: 0,
                start: self.characters.at(place.start),
                text: self.text.get(place.range()).unwrap_or_default().into(),
            });
            passages.len() - 1
        });
        let (start, end) = self.characters.span(span);
        self.evidence.add(Claim {
            passage,
            fact,
            start,
            end,
            carried_subject: carried.map(|span| self.characters.span(span)),
            rule: rule.into(),
            status,
        });
    }
}
