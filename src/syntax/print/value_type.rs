//! Types after `IS ::`.

use std::fmt::{self, Display, Formatter};

use super::super::ast::{TypeName, ValueType};
use super::write_joined;

/// Alternatives stand in brackets of their own, since a bar in a list would begin its projection.
impl Display for ValueType {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let is_required = match self {
            Self::Named { name, is_required } => {
                f.write_str(name.name())?;
                *is_required
            }
            Self::List { item, is_required } => {
                write!(f, "LIST<{item}>")?;
                *is_required
            }
            Self::Union(alternatives) => {
                f.write_str("ANY<")?;
                write_joined(f, alternatives, " | ", |f, alternative| alternative.fmt(f))?;
                f.write_str(">")?;
                false
            }
        };
        f.write_str(if is_required { " NOT NULL" } else { "" })
    }
}

impl TypeName {
    /// The name as it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "ANY",
            Self::Nothing => "NOTHING",
            Self::Null => "NULL",
            Self::PropertyValue => "PROPERTY VALUE",
            Self::Boolean => "BOOLEAN",
            Self::String => "STRING",
            Self::Integer => "INTEGER",
            Self::Float => "FLOAT",
            Self::Date => "DATE",
            Self::LocalTime => "LOCAL TIME",
            Self::ZonedTime => "ZONED TIME",
            Self::LocalDateTime => "LOCAL DATETIME",
            Self::ZonedDateTime => "ZONED DATETIME",
            Self::Duration => "DURATION",
            Self::Map => "MAP",
            Self::Node => "NODE",
            Self::Relationship => "RELATIONSHIP",
            Self::Path => "PATH",
        }
    }
}
