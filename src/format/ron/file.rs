//! The shape of a graph file, for serde: entries whose values are still the text that stands in the file.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::raw::Raw;

/// A whole file.
#[derive(Debug, Deserialize)]
#[serde(rename = "Graph", deny_unknown_fields)]
pub(super) struct GraphFile<'a> {
    #[serde(borrow)]
    pub version: Raw<'a>,
    #[serde(borrow, default)]
    pub documents: Vec<Document<'a>>,
    #[serde(borrow, default)]
    pub nodes: Vec<Node<'a>>,
    #[serde(borrow, default)]
    pub relationships: Vec<Relationship<'a>>,
    #[serde(borrow, default)]
    pub indicators: Vec<Indicator<'a>>,
    #[serde(borrow, default)]
    pub evidence: Vec<Raw<'a>>,
}

/// A document that states facts: a node with the label `Document`, and the `MENTIONS` that start at it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document<'a> {
    #[serde(borrow)]
    pub id: Raw<'a>,
    #[serde(borrow, default)]
    pub title: Raw<'a>,
    #[serde(borrow, default)]
    pub source: Raw<'a>,
    #[serde(borrow, default)]
    pub date: Raw<'a>,
    #[serde(borrow, default)]
    pub properties: Properties<'a>,
    #[serde(borrow, default)]
    pub mentions: Vec<Raw<'a>>,
}

/// Any node.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Node<'a> {
    #[serde(borrow)]
    pub id: Raw<'a>,
    #[serde(borrow, default)]
    pub labels: Vec<Raw<'a>>,
    #[serde(borrow, default)]
    pub properties: Properties<'a>,
    #[serde(borrow, default)]
    pub sources: Sources<'a>,
}

/// Any relationship.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "`type` is a keyword")]
pub(super) struct Relationship<'a> {
    #[serde(borrow)]
    pub from: Raw<'a>,
    #[serde(borrow, rename = "type")]
    pub relationship_type: Raw<'a>,
    #[serde(borrow)]
    pub to: Raw<'a>,
    #[serde(borrow, default)]
    pub properties: Properties<'a>,
    #[serde(borrow, default)]
    pub sources: Sources<'a>,
}

/// A figure: a node with the label `Indicator`, and the `HAS_INDICATOR` that ends at it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Indicator<'a> {
    #[serde(borrow, default)]
    pub id: Raw<'a>,
    #[serde(borrow)]
    pub of: Raw<'a>,
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
    pub properties: Properties<'a>,
    #[serde(borrow, default)]
    pub sources: Sources<'a>,
}

/// Property keys and values in the order of the file, also those given twice.
#[derive(Debug, Default)]
pub(super) struct Properties<'a>(pub Vec<(Raw<'a>, Raw<'a>)>);

/// The ids of documents; `None` where the field is not given, which an empty list is not.
#[derive(Debug, Default)]
pub(super) struct Sources<'a>(pub Option<Vec<Raw<'a>>>);

impl<'de: 'a, 'a> Deserialize<'de> for Sources<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(|sources| Self(Some(sources)))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Properties<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PropertiesVisitor)
    }
}

struct PropertiesVisitor;

impl<'de> Visitor<'de> for PropertiesVisitor {
    type Value = Properties<'de>;

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
