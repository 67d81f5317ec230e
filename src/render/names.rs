//! By which names labels and relationship types are shown.

use crate::ontology::Ontology;

/// Which names of labels and relationship types people are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Names {
    /// The identifiers that a query uses: `District`, `LOCATED_IN`.
    #[default]
    Identifiers,
    /// The Chinese display names of the ontology, and the identifier where it has none: `区县`, `位于`.
    Chinese,
}

impl Names {
    /// The name of a label.
    #[must_use]
    pub fn label(self, label: &str) -> &str {
        match self {
            Self::Identifiers => label,
            Self::Chinese => Ontology::regional_industry()
                .label_name_zh(label)
                .unwrap_or(label),
        }
    }

    /// The name of a relationship type.
    #[must_use]
    pub fn relationship_type(self, relationship_type: &str) -> &str {
        match self {
            Self::Identifiers => relationship_type,
            Self::Chinese => Ontology::regional_industry()
                .type_name_zh(relationship_type)
                .unwrap_or(relationship_type),
        }
    }
}
