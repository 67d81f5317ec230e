//! Owns ontologies: the labels and relationship types that a graph is made of, their Chinese names, which ends a type may
//! have and which properties must be there; and the one of regional industry, which is compiled in.
//!
//! Takes a graph, or what was changed in it, and gives what the ontology does not allow. A graph needs no ontology: queries
//! work on any. One that has an ontology is held to it by every write ([`Mode`]).

mod check;
mod parse;
mod violation;

use std::sync::{Arc, LazyLock};

use serde::Deserialize;

pub use check::Finding;
pub use parse::OntologyError;
pub use violation::Violation;

use crate::value::Type as ValueType;

/// Labels and relationship types with their names and rules, as a RON file says them (docs/ONTOLOGY.md).
///
/// # Examples
///
/// ```
/// use tupu::ontology::Ontology;
///
/// let ontology = Ontology::regional_industry();
/// assert_eq!(ontology.label_name_zh("Cluster"), Some("产业"));
/// assert_eq!(ontology.type_name_zh("LOCATED_IN"), Some("位于"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ontology {
    /// What becomes of a write that it does not allow.
    #[serde(default)]
    pub mode: Mode,
    /// The labels, the general ones first.
    pub labels: Vec<Label>,
    /// The relationship types.
    pub types: Vec<Type>,
    /// The file that it was read from.
    #[serde(skip)]
    text: Arc<str>,
}

/// What becomes of a write that an ontology does not allow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// It is done, with a warning.
    #[default]
    Warn,
    /// It is refused, and leaves nothing.
    Enforce,
}

/// A label of nodes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The name that queries use.
    pub name: String,
    /// The name that Chinese readers are shown.
    #[serde(default)]
    pub name_zh: Option<String>,
    /// The more general label that a node with this one bears too.
    #[serde(default)]
    pub kind_of: Option<String>,
    /// What bears it.
    #[serde(default)]
    pub description: String,
    /// The properties of nodes that bear it; they may have others.
    #[serde(default)]
    pub properties: Vec<Property>,
}

/// A type of relationships.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Type {
    /// The name that queries use.
    pub name: String,
    /// The name that Chinese readers are shown.
    #[serde(default)]
    pub name_zh: Option<String>,
    /// When it holds.
    #[serde(default)]
    pub description: String,
    /// The pairs of ends that it may have, of which one is enough: its domain and its range.
    pub ends: Vec<Ends>,
    /// The properties of its relationships; they may have others.
    #[serde(default)]
    pub properties: Vec<Property>,
}

/// A property that is known of a label or a type.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Property {
    /// The key.
    pub name: String,
    /// The types that its values may have: `STRING`, `INTEGER | FLOAT`.
    #[serde(
        default = "parse::any_type",
        rename = "type",
        deserialize_with = "parse::value_type"
    )]
    pub value_type: ValueType,
    /// Whether it must be there.
    #[serde(default)]
    pub required: bool,
}

/// Labels that may stand at the start of a relationship together with those that may stand at its end.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ends {
    /// The labels at the start, of which one is enough.
    pub from: Vec<String>,
    /// The labels at the end, of which one is enough.
    pub to: Vec<String>,
}

impl Ontology {
    /// The ontology of regional industry, which is compiled into the library.
    ///
    /// # Panics
    ///
    /// Never: a test reads the same text.
    #[must_use]
    pub fn regional_industry() -> &'static Self {
        static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| {
            Ontology::parse(
                "regional_industry.ron",
                include_str!("regional_industry.ron"),
            )
            .expect("the embedded ontology is well formed")
        });
        &ONTOLOGY
    }

    /// The text that it was read from.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The label of a name.
    #[must_use]
    pub fn label(&self, name: &str) -> Option<&Label> {
        self.labels.iter().find(|label| label.name == name)
    }

    /// The relationship type of a name.
    #[must_use]
    pub fn relationship_type(&self, name: &str) -> Option<&Type> {
        self.types.iter().find(|t| t.name == name)
    }

    /// The label of a Chinese name.
    #[must_use]
    pub fn label_of_zh(&self, name: &str) -> Option<&Label> {
        self.labels
            .iter()
            .find(|label| label.name_zh.as_deref() == Some(name))
    }

    /// The relationship type of a Chinese name.
    #[must_use]
    pub fn type_of_zh(&self, name: &str) -> Option<&Type> {
        self.types
            .iter()
            .find(|t| t.name_zh.as_deref() == Some(name))
    }

    /// The Chinese name of a label; `None` for one that the ontology does not have.
    #[must_use]
    pub fn label_name_zh(&self, name: &str) -> Option<&str> {
        self.label(name)?.name_zh.as_deref()
    }

    /// The Chinese name of a relationship type; `None` for one that the ontology does not have.
    #[must_use]
    pub fn type_name_zh(&self, name: &str) -> Option<&str> {
        self.relationship_type(name)?.name_zh.as_deref()
    }
}
