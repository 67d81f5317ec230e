//! Owns the ontology: the labels and relationship types that graphs of regional industry are made of, their Chinese
//! names, and which ends a type may have.
//!
//! Takes a graph and gives what in it the ontology does not allow. A graph needs no ontology: queries work on any.

mod check;

use std::sync::LazyLock;

use serde::Deserialize;

pub use check::Violation;

/// Labels and relationship types with their names and rules.
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
    /// The labels, the general ones first.
    pub labels: Vec<Label>,
    /// The relationship types.
    pub types: Vec<Type>,
}

/// A label of nodes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The name that queries use.
    pub name: String,
    /// The name that Chinese readers are shown.
    pub name_zh: String,
    /// The more general label that a node with this one bears too.
    #[serde(default)]
    pub kind_of: Option<String>,
    /// What bears it.
    pub description: String,
}

/// A type of relationships.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Type {
    /// The name that queries use.
    pub name: String,
    /// The name that Chinese readers are shown.
    pub name_zh: String,
    /// When it holds.
    pub description: String,
    /// The pairs of ends that it may have.
    pub ends: Vec<Ends>,
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
            ron::from_str(include_str!("regional_industry.ron"))
                .expect("the embedded ontology is well formed")
        });
        &ONTOLOGY
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
        self.labels.iter().find(|label| label.name_zh == name)
    }

    /// The relationship type of a Chinese name.
    #[must_use]
    pub fn type_of_zh(&self, name: &str) -> Option<&Type> {
        self.types.iter().find(|t| t.name_zh == name)
    }

    /// The Chinese name of a label; `None` for one that the ontology does not have.
    #[must_use]
    pub fn label_name_zh(&self, name: &str) -> Option<&str> {
        self.label(name).map(|label| label.name_zh.as_str())
    }

    /// The Chinese name of a relationship type; `None` for one that the ontology does not have.
    #[must_use]
    pub fn type_name_zh(&self, name: &str) -> Option<&str> {
        self.relationship_type(name).map(|t| t.name_zh.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_embedded_ontology_speaks_only_of_what_it_has() {
        let ontology = Ontology::regional_industry();
        let labels: HashSet<_> = ontology
            .labels
            .iter()
            .map(|label| label.name.as_str())
            .collect();
        assert_eq!(labels.len(), ontology.labels.len(), "no label stands twice");
        let types: HashSet<_> = ontology.types.iter().map(|t| t.name.as_str()).collect();
        assert_eq!(types.len(), ontology.types.len(), "no type stands twice");
        let ends = ontology
            .types
            .iter()
            .flat_map(|t| &t.ends)
            .flat_map(|ends| ends.from.iter().chain(&ends.to));
        let kinds = ontology
            .labels
            .iter()
            .filter_map(|label| label.kind_of.as_ref());
        for name in ends.chain(kinds) {
            assert!(labels.contains(name.as_str()), "{name}");
        }
    }
}
