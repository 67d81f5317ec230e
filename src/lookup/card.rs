//! All that is known of one entity.

use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};

use crate::graph::{Direction, Node, Relationship, Subgraph, TypeId, View};
use crate::render::literal::cell;
use crate::render::{Names, entity_name, quantity};
use crate::value::{Map, NodeId, RelationshipId, Value};

const HAS_INDICATOR: &str = "HAS_INDICATOR";
const MENTIONS: &str = "MENTIONS";
const DOCUMENT: &str = "Document";
const SOURCES: &str = "sources";

/// All that is known of one entity: what it is, what it is related to, its figures, and the documents that say so.
///
/// [`Card::text`] shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The entity.
    pub node: NodeId,
    /// Its labels and properties.
    pub data: Node,
    /// The figures said of it.
    pub indicators: Vec<Indicator>,
    /// Its relationships to others, by type.
    pub outgoing: Vec<Relations>,
    /// The relationships of others to it, by type.
    pub incoming: Vec<Relations>,
    /// The documents that name it, then others that state one of the facts above. The places in this list, from 0, are
    /// what `sources` hold.
    pub documents: Vec<Document>,
}

/// A figure said of an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// Its node.
    pub node: NodeId,
    /// What is measured.
    pub name: String,
    /// How much, when: `>1080亿元 (2022)`.
    pub quantity: String,
    /// The places in [`Card::documents`] of those that state it.
    pub sources: Vec<usize>,
}

/// The relationships of one type and direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Relations {
    /// The type.
    pub relationship_type: Arc<str>,
    /// The relationships with their other ends.
    pub ends: Vec<End>,
}

/// A relationship with its other end.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// The relationship.
    pub relationship: RelationshipId,
    /// The node at the other end.
    pub node: NodeId,
    /// That node's labels and properties.
    pub data: Node,
    /// The relationship's properties, `sources` left out.
    pub properties: Map,
    /// The places in [`Card::documents`] of those that state it.
    pub sources: Vec<usize>,
}

/// A document that says something of an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its node; `None` where the graph holds no node of this name.
    pub node: Option<NodeId>,
    /// The name by which facts refer to it.
    pub name: String,
    /// Its title, else its name.
    pub title: String,
    /// Where it appeared.
    pub outlet: Option<String>,
    /// When it appeared.
    pub date: Option<String>,
}

/// The card of a node; `None` if it is gone.
#[must_use]
pub fn card(view: &View, node: NodeId) -> Option<Card> {
    let mut card = Card {
        node,
        data: view.node(node)?,
        indicators: Vec::new(),
        outgoing: Vec::new(),
        incoming: Vec::new(),
        documents: Vec::new(),
    };
    let mut references = References::new(view, node);
    for t in view.types() {
        for direction in [Direction::Outgoing, Direction::Incoming] {
            let name = view.type_name(t);
            if &**name == MENTIONS && direction == Direction::Incoming {
                continue;
            }
            let ends = ends(view, node, t, direction, &mut references);
            match (&**name, direction) {
                (HAS_INDICATOR, Direction::Outgoing) => {
                    card.indicators.extend(ends.into_iter().map(indicator));
                }
                _ if ends.is_empty() => {}
                _ => card.side(direction).push(Relations {
                    relationship_type: Arc::clone(name),
                    ends,
                }),
            }
        }
    }
    card.documents = references.documents(view);
    Some(card)
}

impl Card {
    fn side(&mut self, direction: Direction) -> &mut Vec<Relations> {
        match direction {
            Direction::Outgoing => &mut self.outgoing,
            Direction::Incoming => &mut self.incoming,
        }
    }
}

fn ends(
    view: &View,
    node: NodeId,
    t: TypeId,
    direction: Direction,
    references: &mut References,
) -> Vec<End> {
    let neighbours = view.neighbours(node, t, direction);
    let slots = neighbours.relationships.iter().zip(neighbours.nodes);
    let mut ends = Vec::with_capacity(neighbours.nodes.len());
    for (relationship, other) in slots {
        let ids = view
            .relationship_at(*relationship)
            .zip(view.node_at(*other));
        let data = ids.and_then(|(relationship, other)| {
            view.relationship(relationship).zip(view.node(other))
        });
        let (Some((relationship, other)), Some((Relationship { mut properties, .. }, data))) =
            (ids, data)
        else {
            continue;
        };
        let sources = properties.shift_remove(SOURCES).unwrap_or_default();
        let sources = references.places(&sources);
        ends.push(End {
            relationship,
            node: other,
            data,
            properties,
            sources,
        });
    }
    ends
}

fn indicator(end: End) -> Indicator {
    Indicator {
        node: end.node,
        name: entity_name(&end.data, Names::Identifiers),
        quantity: quantity(&end.data.properties).unwrap_or_default(),
        sources: end.sources,
    }
}

/// The documents that a card refers to, by name.
struct References(IndexMap<String, Option<NodeId>>);

impl References {
    /// Those that name a node, by date and name.
    fn new(view: &View, node: NodeId) -> Self {
        let mut mentions: Vec<_> = Vec::new();
        if let Some(t) = view.relationship_type(MENTIONS) {
            let slots = view.neighbours(node, t, Direction::Incoming).nodes.iter();
            for id in slots.filter_map(|slot| view.node_at(*slot)) {
                let document = document(view, id);
                mentions.push((document.date, document.name, id));
            }
        }
        mentions.sort_unstable();
        Self(
            mentions
                .into_iter()
                .map(|(_, name, id)| (name, Some(id)))
                .collect(),
        )
    }

    /// The places of the documents that a list of sources names.
    fn places(&mut self, sources: &Value) -> Vec<usize> {
        let Value::List(sources) = sources else {
            return Vec::new();
        };
        let names = sources.iter().filter_map(Value::as_str);
        let places: IndexSet<usize> = names.map(|name| self.place(name)).collect();
        let mut places: Vec<usize> = places.into_iter().collect();
        places.sort_unstable();
        places
    }

    fn resolve(&mut self, name: &str, document: NodeId) {
        if let Some(node) = self.0.get_mut(name) {
            node.get_or_insert(document);
        }
    }

    fn place(&mut self, name: &str) -> usize {
        let entry = self.0.entry(name.to_owned());
        let place = entry.index();
        entry.or_insert(None);
        place
    }

    fn documents(mut self, view: &View) -> Vec<Document> {
        let is_complete = self.0.values().all(Option::is_some);
        if let (false, Some(label), Some(key)) =
            (is_complete, view.label(DOCUMENT), view.key("name"))
        {
            for id in view.nodes_with_label(label) {
                if let Some(name) = view.node_property(id, key).as_str() {
                    self.resolve(name, id);
                }
            }
        }
        let documents = self.0.into_iter().map(|(name, node)| match node {
            Some(node) => document(view, node),
            None => Document {
                node: None,
                title: name.clone(),
                name,
                outlet: None,
                date: None,
            },
        });
        documents.collect()
    }
}

fn document(view: &View, node: NodeId) -> Document {
    let data = view.node(node).unwrap_or_default();
    let text = |key: &str| {
        let value = data.properties.get(key).filter(|value| !value.is_null())?;
        Some(cell(value, &Subgraph::default(), Names::Identifiers))
    };
    let title = entity_name(&data, Names::Identifiers);
    Document {
        node: Some(node),
        name: text("name").unwrap_or_else(|| title.clone()),
        title,
        outlet: text("source"),
        date: text("date"),
    }
}
