//! What is wrong with a file of rules.

use std::fmt;

use crate::source::{Source, Span};

/// A fault in a file of rules, with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where in the file.
    pub span: Span,
    place: String,
    excerpt: String,
}

/// What may be wrong with a file of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// The grammar expects something else here.
    Malformed {
        /// What it expects.
        expected: String,
    },
    /// The ontology has no such label.
    UnknownLabel {
        /// The label.
        found: String,
        /// The one that was probably meant.
        nearest: Option<String>,
    },
    /// The ontology has no such relation type.
    UnknownType {
        /// The type.
        found: String,
        /// The one that was probably meant.
        nearest: Option<String>,
    },
    /// No `words` names this class.
    UnknownClass {
        /// The class.
        found: String,
        /// The one that was probably meant.
        nearest: Option<String>,
    },
    /// The name is taken.
    Twice {
        /// The name.
        name: String,
    },
    /// More classes than fit.
    TooManyClasses,
    /// The pattern can find nothing or says the same end twice.
    Pattern {
        /// Why.
        why: &'static str,
    },
    /// No pattern names the class and it does nothing by itself.
    UnusedClass {
        /// The class.
        name: String,
    },
    /// An earlier rule finds all that this one could.
    Shadowed {
        /// The earlier rule.
        by: String,
    },
    /// The example's brackets do not close, or a label in it is unknown.
    Example {
        /// Why.
        why: String,
    },
    /// The example's sentence is read otherwise than it says.
    Finding {
        /// What the rules find in it.
        found: String,
    },
}

impl Fault {
    pub(crate) fn new(kind: FaultKind, span: Span) -> Self {
        Self {
            kind,
            span,
            place: String::new(),
            excerpt: String::new(),
        }
    }

    /// The same fault, knowing the file that it stands in.
    pub(crate) fn within(self, name: &str, text: &str) -> Self {
        let source = Source::new(name, text);
        let (line, column) = source.position(self.span.start as usize);
        Self {
            place: format!("{name}:{line}:{column}"),
            excerpt: source.excerpt(self.span),
            ..self
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n{}", self.place, self.kind, self.excerpt)
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unknown = |f: &mut fmt::Formatter<'_>,
                       what: &str,
                       found: &str,
                       nearest: &Option<String>| {
            match nearest {
                Some(nearest) => write!(f, "there is no {what} {found}; did you mean {nearest}?"),
                None => write!(f, "there is no {what} {found}"),
            }
        };
        match self {
            Self::Malformed { expected } => write!(f, "expected {expected}"),
            Self::UnknownLabel { found, nearest } => unknown(f, "label", found, nearest),
            Self::UnknownType { found, nearest } => unknown(f, "relation type", found, nearest),
            Self::UnknownClass { found, nearest } => unknown(f, "class of words", found, nearest),
            Self::Twice { name } => {
                write!(f, "{name} is defined twice; give this one another name")
            }
            Self::TooManyClasses => f.write_str("there are more than 128 classes of words"),
            Self::Pattern { why } => f.write_str(why),
            Self::UnusedClass { name } => {
                write!(f, "no pattern names <{name}>; use it or take it out")
            }
            Self::Shadowed { by } => {
                write!(
                    f,
                    "{by} finds all that this rule could; take one out or narrow the earlier one"
                )
            }
            Self::Example { why } => f.write_str(why),
            Self::Finding { found } => write!(f, "this sentence is read as {found}"),
        }
    }
}
