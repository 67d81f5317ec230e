//! What can be wrong with graph files, and how it is told.

use std::fmt;

use crate::graph::GraphError;
use crate::source::{Source, Span};

/// A fault in a graph file: what, where, and what else it has to do with.
///
/// [`Display`](fmt::Display) gives one line; [`FormatError::render`] the whole message with excerpts.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub struct FormatError {
    /// What is wrong.
    pub kind: Box<FormatErrorKind>,
    /// Where; `None` only for a graph that is too large.
    pub place: Option<Box<Place>>,
    /// The other place that it has to do with, and what stands there.
    pub related: Option<Box<(&'static str, Place)>>,
    /// What to do about it.
    pub help: Option<String>,
}

/// The faults that graph files can have.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FormatErrorKind {
    /// The text is not what the format asks for at this place.
    #[error("found {found}, expected {expected}")]
    Unexpected {
        /// What stands there, in words.
        found: String,
        /// What should, in words.
        expected: String,
    },
    /// The file is of a version that this library does not know.
    #[error("the file has version {found} of the format, expected version {expected}")]
    UnknownVersion {
        /// The version that the file names.
        found: String,
        /// The version that is known.
        expected: u32,
    },
    /// An entry has a field that entries of its kind do not have.
    #[error("{entry} has no field `{field}`, expected {expected}")]
    UnknownField {
        /// The entry's kind: `Node`, `Relationship` …
        entry: String,
        /// The field's name.
        field: String,
        /// The fields that there are.
        expected: String,
    },
    /// An entry lacks a field.
    #[error("{entry} ends without the field `{field}`")]
    MissingField {
        /// The entry's kind.
        entry: String,
        /// The field's name.
        field: String,
    },
    /// A field or a property key is given twice in one entry.
    #[error("`{name}` is given twice")]
    GivenTwice {
        /// The field or key.
        name: String,
    },
    /// Two entries have the same id.
    #[error("the id {id:?} is defined twice")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// A reference names an id that no entry has.
    #[error("nothing has the id {id:?}")]
    UnknownId {
        /// The id.
        id: String,
    },
    /// `sources` names an id that no document has.
    #[error("no document has the id {id:?}")]
    UnknownDocument {
        /// The id.
        id: String,
    },
    /// Lists or maps are nested deeper than any graph needs.
    #[error("values are nested too deep")]
    TooDeep,
    /// A claim is about a relationship that the files do not hold.
    #[error("no relationship {relationship_type} leads from {from:?} to {to:?}")]
    UnknownRelationship {
        /// The id where it should start.
        from: String,
        /// Its type.
        relationship_type: String,
        /// The id where it should end.
        to: String,
    },
    /// The graph can't hold what the files do.
    #[error(transparent)]
    Graph(#[from] GraphError),
}

/// A place in a graph file, with the line that stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's name, as the caller gave it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The line with a caret under what is meant.
    pub excerpt: String,
}

impl Place {
    pub(in crate::format) fn new(name: &str, text: &str, span: Span) -> Self {
        Self::of(&Source::new(name, text), span)
    }

    pub(in crate::format) fn of(source: &Source<'_>, span: Span) -> Self {
        let (line, column) = source.position(span.start as usize);
        Self {
            file: source.name().to_owned(),
            line,
            column,
            excerpt: source.excerpt(span),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl FormatError {
    pub(in crate::format) fn new(kind: FormatErrorKind, place: Place) -> Self {
        Self {
            kind: Box::new(kind),
            place: Some(Box::new(place)),
            related: None,
            help: None,
        }
    }

    pub(in crate::format) fn related(mut self, what: &'static str, place: Place) -> Self {
        self.related = Some(Box::new((what, place)));
        self
    }

    pub(in crate::format) fn help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// The whole message for people: kind, place, excerpt with caret, the other place, help; without a last line break.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = self.to_string();
        if let Some(place) = &self.place {
            text = format!("{text}\n{}", place.excerpt);
        }
        if let Some((what, place)) = self.related.as_deref() {
            text = format!("{text}\n{place}: {what}\n{}", place.excerpt);
        }
        if let Some(help) = &self.help {
            text = format!("{text}\nhelp: {help}");
        }
        text
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(f, "{place}: {}", self.kind),
            None => write!(f, "{}", self.kind),
        }
    }
}

impl From<GraphError> for FormatError {
    fn from(error: GraphError) -> Self {
        Self {
            kind: Box::new(error.into()),
            place: None,
            related: None,
            help: None,
        }
    }
}
