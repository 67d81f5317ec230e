//! Patterns and labels.

use std::fmt::{self, Display, Formatter};

use super::super::ast::{
    Direction, LabelExpression, Length, NodePattern, ParenthesizedPath, PathQuantifier,
    PathSelector, Pattern, PatternElement, PatternPart, RelationshipPattern,
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
            PathSelector::All => {}
            PathSelector::Shortest => return write!(f, "shortestPath({})", self.element),
            PathSelector::AllShortest => return write!(f, "allShortestPaths({})", self.element),
            PathSelector::AnyPaths(count) => write!(f, "ANY {count} ")?,
            PathSelector::ShortestPaths(count) => write!(f, "SHORTEST {count} ")?,
            PathSelector::ShortestGroups(count) => write!(f, "SHORTEST {count} GROUPS ")?,
        }
        match &self.predicate {
            Some(predicate) => write!(f, "({} WHERE {predicate})", self.element),
            None => self.element.fmt(f),
        }
    }
}

impl Display for ParenthesizedPath {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "({}", self.element)?;
        write_where(f, self.predicate.as_ref())?;
        f.write_str(")")
    }
}

impl Display for PathQuantifier {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match (self.min, self.max) {
            (0, None) => f.write_str("*"),
            (1, None) => f.write_str("+"),
            (min, None) => write!(f, "{{{min},}}"),
            (min, Some(max)) if min == max => write!(f, "{{{min}}}"),
            (min, Some(max)) => write!(f, "{{{min},{max}}}"),
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
        match &self.path {
            Some(path) => path.fmt(f)?,
            None => self.write_alone(f)?,
        }
        match &self.quantifier {
            Some(quantifier) => quantifier.fmt(f),
            None => Ok(()),
        }
    }
}

impl RelationshipPattern {
    /// Writes the arrow with its brackets.
    fn write_alone(&self, f: &mut Formatter<'_>) -> fmt::Result {
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
            Self::Dynamic { names, is_any } => {
                write!(f, "${}({names})", if *is_any { "any" } else { "" })
            }
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
