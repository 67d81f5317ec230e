//! The test behind `IS :: INTEGER`.

use std::fmt;

use crate::value::{Type, Value};

/// Which values are of a type. Null is of every type that does not refuse it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeTest {
    /// `INTEGER`, `FLOAT NOT NULL`: a value of one of these types.
    Of {
        /// The types.
        types: Type,
        /// Whether null is refused.
        is_required: bool,
    },
    /// `LIST<INTEGER>`: a list, all of whose items pass.
    List {
        /// The test of each item.
        item: Box<TypeTest>,
        /// Whether null is refused.
        is_required: bool,
    },
    /// `INTEGER | FLOAT`: a value that passes one of them.
    Any(Vec<TypeTest>),
}

impl TypeTest {
    /// Whether a value is of the type.
    #[must_use]
    pub fn holds(&self, value: &Value) -> bool {
        match self {
            Self::Of { is_required, .. } | Self::List { is_required, .. } if value.is_null() => {
                !is_required
            }
            Self::Of { types, .. } => types.intersection(Type::of(value)) != Type::NULL,
            Self::List { item, .. } => match value {
                Value::List(items) => items.iter().all(|value| item.holds(value)),
                _ => false,
            },
            Self::Any(tests) => tests.iter().any(|test| test.holds(value)),
        }
    }
}

impl fmt::Display for TypeTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let suffix = |is_required| if is_required { " NOT NULL" } else { "" };
        match self {
            Self::Of { types, is_required } => write!(f, "{types}{}", suffix(*is_required)),
            Self::List { item, is_required } => write!(f, "LIST<{item}>{}", suffix(*is_required)),
            Self::Any(tests) => {
                for (at, test) in tests.iter().enumerate() {
                    write!(f, "{}{test}", if at == 0 { "" } else { " | " })?;
                }
                Ok(())
            }
        }
    }
}
