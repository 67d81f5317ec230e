//! Claims beside a graph: which passages of which documents support a node or relationship.

use std::sync::{Arc, LazyLock};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::{Document, HAS_INDICATOR, MENTIONS};
use crate::graph::View;
use crate::value::{Date, NodeId, RelationshipId};

/// Which passages of which documents support the facts of a graph.
///
/// It is made with the graph and does not change with it: what a query writes has no evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The documents.
    pub documents: Vec<Document>,
    /// The sentences that hold claims.
    pub passages: Vec<Passage>,
    /// The claims.
    pub claims: Vec<Claim>,
    /// Nodes that documents name, and that were also written by hand or by a query: they stay without documents.
    pub by_hand: FxHashSet<NodeId>,
    pub(super) of_node: FxHashMap<NodeId, Vec<u32>>,
    pub(super) of_relationship: FxHashMap<RelationshipId, Vec<u32>>,
}

/// A sentence of a document, verbatim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The position of the document in [`Evidence::documents`].
    pub document: usize,
    /// Where it starts in the original text, in characters.
    pub start: u32,
    /// What stands there.
    pub text: Arc<str>,
}

/// A stretch of a passage that supports a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The position of the passage in [`Evidence::passages`].
    pub passage: usize,
    /// What it supports.
    pub fact: Fact,
    /// The first character, counted in the original text.
    pub start: u32,
    /// The character after the last.
    pub end: u32,
    /// The characters that name the subject, where they are before `start`.
    pub carried_subject: Option<(u32, u32)>,
    /// The rule that found it.
    pub rule: Arc<str>,
    /// Whether the fact holds or is meant to.
    pub status: Status,
}

/// What a claim supports.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fact {
    /// That there is a thing of this name, or a figure.
    Node(NodeId),
    /// That a thing is also called so.
    Alias(NodeId, Arc<str>),
    /// That something holds between two things.
    Relationship(RelationshipId),
}

/// Whether a fact holds.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It is said to hold.
    #[default]
    Stated,
    /// It is said to be meant.
    Planned,
}

impl Status {
    /// The name in graphs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Planned => "planned",
        }
    }
}

impl Evidence {
    /// The evidence of a graph that has none.
    #[must_use]
    pub fn none() -> &'static Self {
        static NONE: LazyLock<Evidence> = LazyLock::new(Evidence::default);
        &NONE
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Adds a claim, whose passage is there.
    pub fn add(&mut self, claim: Claim) {
        let index = u32::try_from(self.claims.len()).unwrap_or(u32::MAX);
        match claim.fact {
            Fact::Node(node) | Fact::Alias(node, _) => {
                self.of_node.entry(node).or_default().push(index);
            }
            Fact::Relationship(relationship) => {
                self.of_relationship
                    .entry(relationship)
                    .or_default()
                    .push(index);
            }
        }
        self.claims.push(claim);
    }

    /// Takes in what another graph file brought; its nodes and relationships are of the same graph.
    pub fn append(&mut self, other: Self) {
        let documents = self.documents.len();
        let passages = self.passages.len();
        self.documents.extend(other.documents);
        self.passages
            .extend(other.passages.into_iter().map(|mut passage| {
                passage.document += documents;
                passage
            }));
        for mut claim in other.claims {
            claim.passage += passages;
            self.add(claim);
        }
        self.by_hand.extend(other.by_hand);
    }

    /// The claims that support a node, in the order in which they were added.
    pub fn of_node(&self, node: NodeId) -> impl Iterator<Item = &Claim> {
        self.at(self.of_node.get(&node))
    }

    /// The claims that support a relationship: those of the figure for `HAS_INDICATOR`, and of what is named, in that
    /// document, for `MENTIONS`.
    #[must_use]
    pub fn of_relationship(&self, view: &View, relationship: RelationshipId) -> Vec<&Claim> {
        let own: Vec<_> = self.at(self.of_relationship.get(&relationship)).collect();
        let Some((start, end)) = view.endpoints(relationship).filter(|_| own.is_empty()) else {
            return own;
        };
        let type_name = view.type_of(relationship).map(|t| &**view.type_name(t));
        match type_name {
            Some(HAS_INDICATOR) => self.of_node(end).collect(),
            Some(MENTIONS) => {
                let name = view.key("name").map(|key| view.node_property(start, key));
                let Some(name) = name.as_ref().and_then(|name| name.as_str()) else {
                    return own;
                };
                let is_here = |claim: &&Claim| self.document(claim).id == name;
                self.of_node(end).filter(is_here).collect()
            }
            _ => own,
        }
    }

    fn at(&self, indices: Option<&Vec<u32>>) -> impl Iterator<Item = &Claim> {
        let indices = indices.map_or(&[][..], Vec::as_slice);
        indices.iter().map(|index| &self.claims[*index as usize])
    }

    /// The document that makes a claim.
    #[must_use]
    pub fn document(&self, claim: &Claim) -> &Document {
        &self.documents[self.passage(claim).document]
    }

    /// The sentence that makes a claim.
    #[must_use]
    pub fn passage(&self, claim: &Claim) -> &Passage {
        &self.passages[claim.passage]
    }

    /// The sentence that makes a claim, cut into what stands before the quotation, the quotation, and what follows.
    #[must_use]
    pub fn quotation(&self, claim: &Claim) -> (&str, &str, &str) {
        let passage = self.passage(claim);
        let place = |character: u32| {
            let index = character.saturating_sub(passage.start) as usize;
            let mut places = passage.text.char_indices().map(|(at, _)| at);
            places.nth(index).unwrap_or(passage.text.len())
        };
        let (start, end) = (place(claim.start), place(claim.end.max(claim.start)));
        let (before, rest) = passage.text.split_at(start);
        let (quote, after) = rest.split_at(end - start);
        (before, quote, after)
    }
}

/// Whether a document appeared by the end of a day.
pub(super) fn is_known(document: &Document, day: Date) -> bool {
    let date = document
        .date
        .as_deref()
        .and_then(|date| Date::parse(date).ok());
    date.is_some_and(|date| date <= day)
}
