//! A RON file → an ontology that speaks only of what it has.

use std::collections::BTreeSet;

use ron::extensions::Extensions;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::{Ends, Label, Ontology, ValueType};
use crate::source::{Source, Span, nearest_name};

/// A file that is no ontology: what was found where, and what was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct OntologyError(Box<str>);

impl Ontology {
    /// Reads an ontology; `name` is what messages call its file.
    ///
    /// # Errors
    ///
    /// [`OntologyError`] where the text is no ontology, defines a name twice, or speaks of a label that it does not have.
    ///
    /// # Examples
    ///
    /// ```
    /// use tupu::ontology::{Mode, Ontology};
    ///
    /// let ontology = Ontology::parse(
    ///     "ontology.ron",
    ///     r#"Ontology(
    ///         mode: enforce,
    ///         labels: [
    ///             Label(name: "Firm", properties: [Property(name: "name", type: "STRING", required: true)]),
    ///             Label(name: "Town"),
    ///         ],
    ///         types: [Type(name: "LOCATED_IN", ends: [Ends(from: ["Firm"], to: ["Town"])])],
    ///     )"#,
    /// )?;
    /// assert_eq!(ontology.mode, Mode::Enforce);
    ///
    /// let error = Ontology::parse("o.ron", r#"Ontology(labels: [Label(name: "A", kind_of: "B")], types: [])"#);
    /// assert!(error.is_err_and(|error| error.to_string().starts_with("o.ron:1:")));
    /// # Ok::<(), tupu::ontology::OntologyError>(())
    /// ```
    pub fn parse(name: &str, text: &str) -> Result<Self, OntologyError> {
        let source = Source::new(name, text);
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let mut ontology: Self = options
            .from_str(text)
            .map_err(|error| syntax(source, &error))?;
        ontology.text = text.into();
        match ontology.fault() {
            None => Ok(ontology),
            Some(fault) => Err(fault.in_text(source)),
        }
    }

    /// The first name that is defined twice, or that should be a label and is none.
    fn fault(&self) -> Option<Fault<'_>> {
        let mut known = BTreeSet::new();
        let twice = self.labels.iter().find(|label| !known.insert(&*label.name));
        if let Some(label) = twice {
            return Some(Fault::Twice("label", &label.name));
        }
        let mut types = BTreeSet::new();
        if let Some(t) = self.types.iter().find(|t| !types.insert(&*t.name)) {
            return Some(Fault::Twice("type", &t.name));
        }
        let kinds = self
            .labels
            .iter()
            .filter_map(|label| label.kind_of.as_ref());
        let ends = self.types.iter().flat_map(|t| &t.ends);
        let ends = ends.flat_map(|Ends { from, to }| from.iter().chain(to));
        let unknown = kinds
            .chain(ends)
            .find(|name| !known.contains(name.as_str()))?;
        Some(Fault::Unknown(unknown, &self.labels))
    }
}

enum Fault<'a> {
    /// What kind of name, and the name.
    Twice(&'static str, &'a str),
    /// A name, and the labels that there are.
    Unknown(&'a str, &'a [Label]),
}

impl Fault<'_> {
    fn in_text(&self, source: Source<'_>) -> OntologyError {
        let (name, which, message) = match self {
            Self::Twice(kind, name) => (*name, 1, format!("the {kind} {name:?} is defined twice")),
            Self::Unknown(name, labels) => {
                let nearest = nearest_name(labels.iter().map(|label| &*label.name), name);
                let help = nearest.map_or("define it under `labels`".to_owned(), |nearest| {
                    format!("did you mean {nearest:?}?")
                });
                (*name, 0, format!("no label is called {name:?}; {help}"))
            }
        };
        // As most files write it; one with other escapes is shown from its beginning.
        let quoted = format!("{name:?}");
        let found = source.text().match_indices(&quoted).nth(which);
        let (start, length) = found.map_or((0, 1), |(at, _)| (at, quoted.len()));
        placed(source, Span::new(start, start + length), &message)
    }
}

fn syntax(source: Source<'_>, error: &ron::error::SpannedError) -> OntologyError {
    let start = error.span.start;
    let lines = source.text().split_inclusive('\n');
    let before: usize = lines.take(start.line.saturating_sub(1)).map(str::len).sum();
    let line = source.text()[before..].lines().next().unwrap_or_default();
    let column = line.char_indices().nth(start.col.saturating_sub(1));
    let at = before + column.map_or(line.len(), |(at, _)| at);
    placed(source, Span::new(at, at + 1), &error.code.to_string())
}

fn placed(source: Source<'_>, span: Span, message: &str) -> OntologyError {
    let (line, column) = source.position(span.start as usize);
    let (name, excerpt) = (source.name(), source.excerpt(span));
    OntologyError(format!("{name}:{line}:{column}: {message}\n{excerpt}").into())
}

/// The types of a property of which the file says nothing.
pub(super) fn any_type() -> ValueType {
    ValueType::ANY
}

/// `STRING`, `INTEGER | FLOAT`.
pub(super) fn value_type<'de, D: Deserializer<'de>>(from: D) -> Result<ValueType, D::Error> {
    let text = String::deserialize(from)?;
    let mut types = ValueType::NULL;
    for name in text.split('|').map(str::trim) {
        let known = ValueType::parse(name).ok_or_else(|| {
            D::Error::custom(format!(
                "{name:?} is no type of properties; expected BOOLEAN, INTEGER, FLOAT, STRING, LIST, DATE, LOCAL TIME, \
                 TIME, LOCAL DATETIME, DATETIME, DURATION, or several with | between them"
            ))
        })?;
        types = types | known;
    }
    Ok(types)
}
