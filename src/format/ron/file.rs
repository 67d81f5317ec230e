//! The shape of a graph file, for serde.
//!
//! Values, labels and types are still the text that stands in the file; ids and keys are a `T`: [`Text`] to read a
//! file, [`Raw`] to find out where one stands that has escapes in it.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::raw::Raw;

/// A whole file.
#[derive(Debug, Deserialize)]
#[serde(rename = "Graph", deny_unknown_fields)]
pub(super) struct GraphFile<'a, T> {
    #[serde(borrow)]
    pub version: Raw<'a>,
    #[serde(borrow, default)]
    pub documents: Vec<Document<'a, T>>,
    #[serde(borrow, default)]
    pub nodes: Vec<Node<'a, T>>,
    #[serde(borrow, default)]
    pub relationships: Vec<Relationship<'a, T>>,
    #[serde(borrow, default)]
    pub indicators: Vec<Indicator<'a, T>>,
    #[serde(borrow, default)]
    pub evidence: Vec<Evidence<'a, T>>,
}

/// A document that states facts: a node with the label `Document`, and the `MENTIONS` that start at it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document<'a, T> {
    pub id: T,
    #[serde(borrow, default)]
    pub title: Raw<'a>,
    #[serde(borrow, default)]
    pub source: Raw<'a>,
    #[serde(borrow, default)]
    pub date: Raw<'a>,
    #[serde(borrow, default)]
    pub properties: Properties<'a, T>,
    #[serde(default)]
    pub mentions: Vec<T>,
}

/// Any node.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Node<'a, T> {
    pub id: T,
    #[serde(borrow, default)]
    pub labels: Vec<Raw<'a>>,
    #[serde(borrow, default)]
    pub properties: Properties<'a, T>,
    #[serde(default)]
    pub sources: Sources<T>,
}

/// Any relationship.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "`type` is a keyword")]
pub(super) struct Relationship<'a, T> {
    pub from: T,
    #[serde(borrow, rename = "type")]
    pub relationship_type: Raw<'a>,
    pub to: T,
    #[serde(borrow, default)]
    pub properties: Properties<'a, T>,
    #[serde(default)]
    pub sources: Sources<T>,
}

/// A figure: a node with the label `Indicator`, and the `HAS_INDICATOR` that ends at it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Indicator<'a, T> {
    #[serde(default)]
    pub id: Given<T>,
    pub of: T,
    #[serde(borrow, default)]
    pub name: Raw<'a>,
    #[serde(borrow, default)]
    pub value: Raw<'a>,
    #[serde(borrow, default)]
    pub unit: Raw<'a>,
    #[serde(borrow, default)]
    pub period: Raw<'a>,
    #[serde(borrow, default)]
    pub qualifier: Raw<'a>,
    #[serde(borrow, default)]
    pub properties: Properties<'a, T>,
    #[serde(default)]
    pub sources: Sources<T>,
}

/// What a document claims; without one, what was also written by hand.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Evidence<'a, T> {
    #[serde(default)]
    pub document: Given<T>,
    #[serde(borrow, default)]
    pub passages: Vec<Passage<'a, T>>,
    #[serde(default)]
    pub by_hand: Vec<T>,
}

/// A sentence with the claims in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Passage<'a, T> {
    #[serde(borrow)]
    pub start: Raw<'a>,
    #[serde(borrow)]
    pub text: Raw<'a>,
    #[serde(borrow, default)]
    pub claims: Vec<Claim<'a, T>>,
}

/// A stretch of a passage that supports a fact: a node, one of its aliases, or a relationship.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Claim<'a, T> {
    #[serde(default)]
    pub of: Given<T>,
    #[serde(borrow, default)]
    pub alias: Raw<'a>,
    #[serde(default)]
    pub from: Given<T>,
    #[serde(borrow, default, rename = "type")]
    pub relationship_type: Raw<'a>,
    #[serde(default)]
    pub to: Given<T>,
    #[serde(borrow, default)]
    pub role: Raw<'a>,
    #[serde(borrow)]
    pub at: Raw<'a>,
    #[serde(borrow, default)]
    pub subject_at: Raw<'a>,
    #[serde(borrow)]
    pub rule: Raw<'a>,
    #[serde(borrow, default)]
    pub status: Raw<'a>,
}

/// Text in quotes: a part of the file's text, unless there are escapes in it.
#[derive(Debug, Default)]
pub(super) struct Text<'a>(pub Cow<'a, str>);

/// A field that may be left out, without the `Some(…)` that RON wants around an option.
#[derive(Debug)]
pub(super) struct Given<T>(pub Option<T>);

/// Property keys and values in the order of the file, also those given twice.
#[derive(Debug)]
pub(super) struct Properties<'a, T>(pub Vec<(T, Raw<'a>)>);

/// The ids of documents; `None` where the field is not given, which an empty list is not.
pub(super) type Sources<T> = Given<Vec<T>>;

impl<T> GraphFile<'_, T> {
    /// All ids and keys, in an order that is the same for every `T`.
    pub(super) fn texts(&self) -> impl Iterator<Item = &T> {
        let documents = self.documents.iter().flat_map(|document| {
            let id = std::iter::once(&document.id);
            id.chain(document.properties.keys())
                .chain(&document.mentions)
        });
        let nodes = self.nodes.iter().flat_map(|node| {
            let id = std::iter::once(&node.id);
            id.chain(node.properties.keys())
                .chain(node.sources.0.iter().flatten())
        });
        let relationships = self.relationships.iter().flat_map(|relationship| {
            let ends = [&relationship.from, &relationship.to].into_iter();
            ends.chain(relationship.properties.keys())
                .chain(relationship.sources.0.iter().flatten())
        });
        let indicators = self.indicators.iter().flat_map(|indicator| {
            let ids = std::iter::once(&indicator.of).chain(&indicator.id.0);
            ids.chain(indicator.properties.keys())
                .chain(indicator.sources.0.iter().flatten())
        });
        let evidence = self.evidence.iter().flat_map(|evidence| {
            let claims = evidence
                .passages
                .iter()
                .flat_map(|passage| &passage.claims)
                .flat_map(|claim| {
                    let (of, from, to) = (&claim.of.0, &claim.from.0, &claim.to.0);
                    of.iter().chain(from).chain(to)
                });
            let document = evidence.document.0.iter();
            document.chain(&evidence.by_hand).chain(claims)
        });
        documents
            .chain(nodes)
            .chain(relationships)
            .chain(indicators)
            .chain(evidence)
    }
}

impl<T> Properties<'_, T> {
    fn keys(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(key, _)| key)
    }
}

impl<T> Default for Given<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Default for Properties<'_, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text in double quotes")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text)))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(|value| Self(Some(value)))
    }
}

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for Properties<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PropertiesVisitor(PhantomData))
    }
}

struct PropertiesVisitor<'a, T>(PhantomData<(&'a (), T)>);

impl<'de: 'a, 'a, T: Deserialize<'de>> Visitor<'de> for PropertiesVisitor<'a, T> {
    type Value = Properties<'a, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map from property keys to values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Properties(entries))
    }
}
