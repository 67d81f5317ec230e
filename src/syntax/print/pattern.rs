//! Patterns and labels.

use std::fmt::{self, Display, Formatter};

use super::super::ast::{
    Direction, LabelExpression, Length, NodePattern, PathSelector, Pattern, PatternElement,
    PatternPart, RelationshipPattern,
};
use super::clause::write_where;
use super::{Variable, write_joined};

impl Display for Pattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_joined(f, &self.parts, ", ", |f, part| part.fmt(f))
    }
}

impl Display for PatternPart {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(variable) = &self.variable {
            write!(f, "{} = ", Variable(variable))?;
        }
        match self.selector {
            PathSelector::All => self.element.fmt(f),
            PathSelector::Shortest => write!(f, "shortestPath({})", self.element),
            PathSelector::AllShortest => write!(f, "allShortestPaths({})", self.element),
        }
    }
}

impl Display for PatternElement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.start.fmt(f)?;
        self.chain
            .iter()
            .try_for_each(|(relationship, node)| write!(f, "{relationship}{node}"))
    }
}

impl Display for NodePattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("(")?;
        if let Some(variable) = &self.variable {
            Variable(variable).fmt(f)?;
        }
        if let Some(labels) = &self.labels {
            write!(f, ":{labels}")?;
        }
        if let Some(properties) = &self.properties {
            write!(f, " {properties}")?;
        }
        write_where(f, self.predicate.as_deref())?;
        f.write_str(")")
    }
}

impl Display for RelationshipPattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.direction == Direction::Incoming {
            "<-["
        } else {
            "-["
        })?;
        if let Some(variable) = &self.variable {
            Variable(variable).fmt(f)?;
        }
        if let Some(types) = &self.types {
            write!(f, ":{types}")?;
        }
        if let Some(length) = &self.length {
            length.fmt(f)?;
        }
        if let Some(properties) = &self.properties {
            write!(f, " {properties}")?;
        }
        write_where(f, self.predicate.as_deref())?;
        f.write_str(if self.direction == Direction::Outgoing {
            "]->"
        } else {
            "]-"
        })
    }
}

impl Display for Length {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("*")?;
        match (self.min, self.max) {
            (None, None) => Ok(()),
            (Some(min), Some(max)) if min == max => write!(f, "{min}"),
            (min, max) => {
                min.map_or(Ok(()), |min| write!(f, "{min}"))?;
                f.write_str("..")?;
                max.map_or(Ok(()), |max| write!(f, "{max}"))
            }
        }
    }
}

impl Display for LabelExpression {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Label(name) => name.fmt(f),
            Self::Any(_) => f.write_str("%"),
            Self::Or(parts) => write_joined(f, parts, "|", |f, part| {
                part.write_within(f, matches!(part, Self::Or(_)))
            }),
            Self::And(parts) => write_joined(f, parts, "&", |f, part| {
                part.write_within(f, matches!(part, Self::Or(_) | Self::And(_)))
            }),
            Self::Not(part) => {
                f.write_str("!")?;
                part.write_within(f, matches!(**part, Self::Or(_) | Self::And(_)))
            }
        }
    }
}

impl LabelExpression {
    /// Writes the labels as a part of others.
    pub(super) fn write_within(
        &self,
        f: &mut Formatter<'_>,
        needs_parentheses: bool,
    ) -> fmt::Result {
        if needs_parentheses {
            write!(f, "({self})")
        } else {
            self.fmt(f)
        }
    }
}
