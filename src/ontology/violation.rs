//! What can be wrong with a graph, and how it is told.

use std::fmt;

/// Something in a graph that the ontology does not allow; nodes and relationships are given as text,
/// `(坪山区:District:Region)`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Violation {
    /// A node bears no label.
    NoLabel {
        /// The node.
        node: String,
    },
    /// A node bears a label that the ontology does not have.
    UnknownLabel {
        /// The node.
        node: String,
        /// The label.
        label: String,
        /// The label of the ontology that was probably meant.
        nearest: Option<String>,
    },
    /// A node bears a label, but not the more general one that goes with it.
    MissingLabel {
        /// The node.
        node: String,
        /// The label that it bears.
        label: String,
        /// The label that it should bear too.
        missing: String,
    },
    /// A relationship has a type that the ontology does not have.
    UnknownType {
        /// The relationship with its ends.
        relationship: String,
        /// The type.
        relationship_type: String,
        /// The type of the ontology that was probably meant.
        nearest: Option<String>,
    },
    /// A relationship's ends are not among those that its type may have.
    Ends {
        /// The relationship with its ends.
        relationship: String,
        /// The relationship's type.
        relationship_type: String,
        /// The ends that its type may have.
        expected: String,
    },
    /// A property that must be there is not.
    MissingProperty {
        /// The node or relationship.
        entity: String,
        /// The label or type that asks for it.
        bearer: String,
        /// The key.
        key: String,
    },
    /// A property's value has another type than it may.
    PropertyType {
        /// The node or relationship.
        entity: String,
        /// The label or type that asks for it.
        bearer: String,
        /// The key.
        key: String,
        /// The type of the value.
        found: String,
        /// The types that it may have.
        expected: String,
    },
    /// Several relationships of one type lead from one node to one other.
    Duplicate {
        /// The relationship with its ends.
        relationship: String,
        /// How many there are.
        count: usize,
    },
}

impl Violation {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::NoLabel { .. } => "give it a label of the ontology".to_owned(),
            Self::UnknownLabel { .. } => {
                "use a label of the ontology, or add this one to it".to_owned()
            }
            Self::UnknownType { .. } => {
                "use a type of the ontology, or add this one to it".to_owned()
            }
            Self::MissingLabel { missing, .. } => {
                format!("add it in the same statement: `SET n:{missing}`")
            }
            Self::Ends { .. } => {
                "turn it around, give its ends other labels, or allow them in the ontology"
                    .to_owned()
            }
            Self::MissingProperty { key, .. } => {
                format!("give it a value in the same statement: `SET n.{key} = …`")
            }
            Self::PropertyType { expected, .. } => format!("give it a value of type {expected}"),
            Self::Duplicate { .. } => "keep one of them, with all its sources".to_owned(),
        }
    }

    /// The names that it is about: a label or type, and a key.
    #[must_use]
    pub fn names(&self) -> (Option<&str>, Option<&str>) {
        match self {
            Self::NoLabel { .. } | Self::Duplicate { .. } => (None, None),
            Self::UnknownLabel { label, .. } | Self::MissingLabel { label, .. } => {
                (Some(label), None)
            }
            Self::UnknownType {
                relationship_type, ..
            }
            | Self::Ends {
                relationship_type, ..
            } => (Some(relationship_type), None),
            Self::MissingProperty { bearer, key, .. } | Self::PropertyType { bearer, key, .. } => {
                (Some(bearer), Some(key))
            }
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLabel { node } => write!(f, "{node} bears no label"),
            Self::UnknownLabel {
                node,
                label,
                nearest,
            } => {
                write!(
                    f,
                    "{node} bears `{label}`, which is no label of the ontology"
                )?;
                write_nearest(f, nearest.as_deref())
            }
            Self::MissingLabel {
                node,
                label,
                missing,
            } => write!(f, "{node} bears `{label}` without `{missing}`"),
            Self::UnknownType {
                relationship,
                relationship_type,
                nearest,
            } => {
                write!(
                    f,
                    "{relationship} has `{relationship_type}`, which is no type of the ontology"
                )?;
                write_nearest(f, nearest.as_deref())
            }
            Self::Ends {
                relationship,
                expected,
                ..
            } => write!(f, "{relationship} has ends of other labels than {expected}"),
            Self::MissingProperty {
                entity,
                bearer,
                key,
            } => write!(f, "{entity} has no `{key}`, which `{bearer}` asks for"),
            Self::PropertyType {
                entity,
                bearer,
                key,
                found,
                expected,
            } => write!(
                f,
                "{entity} has {found} as its `{key}`, and `{bearer}` asks for {expected}"
            ),
            Self::Duplicate {
                relationship,
                count,
            } => {
                write!(
                    f,
                    "{relationship} stands {count} times; one relationship names all its sources"
                )
            }
        }
    }
}

fn write_nearest(f: &mut fmt::Formatter<'_>, nearest: Option<&str>) -> fmt::Result {
    match nearest {
        Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
        None => Ok(()),
    }
}
