//! What an article says, in the form in which people annotate articles.

use std::sync::Arc;

use serde::{Serialize, Serializer};
use serde_json::Number;

use super::{Entity, Indicator, Reading, Relation, Status};
use crate::source::Span;

/// An article's annotation: an object with `doc`, `title`, `date`, `source`, `entities`, `relations` and `indicators`.
///
/// Entities bear the ids `e1`, `e2`, … in the order of their first mention. Beside what an annotation needs, each
/// mention, relation and indicator has `start`, `end` — characters of the original text, counted from 0, the end not
/// included — and `quote`, the text between them.
///
/// # Examples
///
/// ```
/// use tupu::extraction::{Reading, annotation};
///
/// let reading = Reading::default();
/// let line = serde_json::to_string(&annotation("甲区", &reading, "甲区。"))?;
/// assert!(line.starts_with(r#"{"doc":"甲区","title":null,"#));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[must_use]
pub fn annotation<'a>(doc: &'a str, reading: &'a Reading, original: &'a str) -> Annotation<'a> {
    let quotes = Quotes::new(original);
    Annotation {
        doc,
        title: reading.title.as_deref(),
        date: reading.date.as_deref(),
        source: reading.source.as_deref(),
        entities: (0..)
            .zip(&reading.entities)
            .map(|(number, entity)| quotes.entity(number, entity))
            .collect(),
        relations: reading
            .relations
            .iter()
            .map(|one| quotes.relation(one))
            .collect(),
        indicators: reading
            .indicators
            .iter()
            .map(|one| quotes.indicator(one))
            .collect(),
    }
}

/// What [`annotation`] gives, to be written as JSON.
#[derive(Debug, Serialize)]
pub struct Annotation<'a> {
    doc: &'a str,
    title: Option<&'a str>,
    date: Option<&'a str>,
    source: Option<&'a str>,
    entities: Vec<Named<'a>>,
    relations: Vec<Related<'a>>,
    indicators: Vec<Measured<'a>>,
}

#[derive(Debug, Serialize)]
struct Named<'a> {
    id: Id,
    label: &'static str,
    name: &'a str,
    aliases: &'a [String],
    mentions: Vec<Place<'a>>,
}

#[derive(Debug, Serialize)]
struct Related<'a> {
    s: Id,
    #[serde(rename = "type")]
    relation_type: &'static str,
    o: Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Debug, Serialize)]
struct Measured<'a> {
    s: Id,
    indicator: &'a str,
    value: Option<Number>,
    unit: &'a str,
    period: Option<&'a str>,
    qualifier: &'static str,
    #[serde(flatten)]
    place: Place<'a>,
}

/// Where something stands, and the rule that found it there.
#[derive(Debug, Serialize)]
struct Place<'a> {
    start: usize,
    end: usize,
    quote: &'a str,
    rule: &'a Arc<str>,
}

/// An entity by its place in the reading.
#[derive(Clone, Copy, Debug)]
struct Id(usize);

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("e{}", self.0 + 1))
    }
}

/// How many bytes lie between two places whose position in characters is kept.
const STEP: usize = 512;

/// The original text with the positions of its characters.
struct Quotes<'t> {
    text: &'t str,
    /// The number of characters before each `STEP`th byte.
    counts: Vec<usize>,
}

impl<'t> Quotes<'t> {
    fn new(text: &'t str) -> Self {
        let mut counts = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for piece in text.as_bytes().chunks(STEP) {
            counts.push(count);
            count += characters(piece);
        }
        counts.push(count);
        Self { text, counts }
    }

    fn entity(&self, number: usize, entity: &'t Entity) -> Named<'t> {
        let mentions = entity.mentions.iter();
        Named {
            id: Id(number),
            label: entity.label.name(),
            name: &entity.name,
            aliases: &entity.aliases,
            mentions: mentions
                .map(|mention| self.place(mention.span, &mention.rule))
                .collect(),
        }
    }

    fn relation(&self, relation: &'t Relation) -> Related<'t> {
        Related {
            s: Id(relation.subject),
            relation_type: relation.relation_type.name(),
            o: Id(relation.object),
            status: (relation.status == Status::Planned).then_some("planned"),
            role: relation.role.as_deref(),
            place: self.place(relation.span, &relation.rule),
        }
    }

    fn indicator(&self, indicator: &'t Indicator) -> Measured<'t> {
        Measured {
            s: Id(indicator.subject),
            indicator: &indicator.name,
            value: number(indicator.value),
            unit: &indicator.unit,
            period: indicator.period.as_deref(),
            qualifier: indicator.qualifier.sign(),
            place: self.place(indicator.span, &indicator.rule),
        }
    }

    fn place(&self, span: Span, rule: &'t Arc<str>) -> Place<'t> {
        Place {
            start: self.position(span.start),
            end: self.position(span.end),
            quote: self.text.get(span.range()).unwrap_or_default(),
            rule,
        }
    }

    /// How many characters stand before a byte.
    fn position(&self, byte: u32) -> usize {
        let byte = (byte as usize).min(self.text.len());
        let step = byte / STEP;
        self.counts[step] + characters(&self.text.as_bytes()[step * STEP..byte])
    }
}

/// How many characters begin in a piece of a text.
fn characters(piece: &[u8]) -> usize {
    piece.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

/// A whole figure without a point: 108000000000.
fn number(value: f64) -> Option<Number> {
    value.to_string().parse().ok()
}
