//! What one document claims, in the form in which it is kept.

use serde::{Deserialize, Serialize};

use super::Status;
use crate::source::Span;

/// A document: what is known of it beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What names it among the documents of a graph.
    pub id: String,
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The outlet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day on which it appeared, and so on which its facts were stated: `2024-01-17`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// What one document claims. All spans are bytes of `text`; what is claimed refers to entities by their position.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Claims {
    /// The version of this form: [`Claims::VERSION`].
    pub version: u32,
    /// The document.
    pub document: Document,
    /// A hash of the document as found and of everything that its reading depends on.
    pub hash: String,
    /// The original text.
    pub text: String,
    /// The parts of the text that are the site's furniture and were not read.
    #[serde(default)]
    pub skipped: Vec<Span>,
    /// The parts that say who wrote it, when and for whom.
    #[serde(default)]
    pub bylines: Vec<Span>,
    /// The things that it names.
    pub entities: Vec<Entity>,
    /// What it says to hold between them.
    pub relations: Vec<Relation>,
    /// The figures that it says of them.
    pub indicators: Vec<Indicator>,
    /// Claims that did not pass the gate: each a line that says what and why.
    #[serde(default)]
    pub rejected: Vec<String>,
}

impl Claims {
    /// The version of the form in which claims are kept.
    pub const VERSION: u32 = 1;
}

/// A thing that a document names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Its label.
    pub label: String,
    /// The fullest form that the document uses.
    pub name: String,
    /// The other forms.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The official code, where it is certain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The first place of each form, in the order of the text.
    pub mentions: Vec<Mention>,
}

/// A place that names an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The characters that name it.
    pub span: Span,
    /// The form that stands there, folded: the name or one of the aliases.
    pub form: String,
    /// What found it.
    pub rule: String,
}

/// What holds between two entities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// The position of the first entity.
    pub subject: usize,
    /// The relationship type.
    #[serde(rename = "type")]
    pub relation_type: String,
    /// The position of the second entity.
    pub object: usize,
    /// Whether it holds or is meant to.
    #[serde(default)]
    pub status: Status,
    /// The office, for `LEADS`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The characters that state it.
    pub span: Span,
    /// The place that names the subject, where that is before `span`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried_subject: Option<Span>,
    /// The rule that found it.
    pub rule: String,
}

/// A figure said of an entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// The position of what is measured.
    pub subject: usize,
    /// The measure's name.
    pub name: String,
    /// The figure, in the base unit.
    pub value: f64,
    /// The base unit.
    pub unit: String,
    /// What the figure is about: `2022`, `2023-H1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// `=`, `>`, `<`, `~` or `target`.
    pub qualifier: String,
    /// The characters that state it.
    pub span: Span,
    /// The place that names the subject, where that is before `span`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried_subject: Option<Span>,
    /// The rule that found it.
    pub rule: String,
}
