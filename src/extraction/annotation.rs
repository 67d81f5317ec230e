//! What an article says, in the form in which people annotate articles.

use serde_json::{Map, Number, Value, json};

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
/// let found = annotation("甲区", &Reading::default(), "甲区。");
/// assert_eq!(found["doc"], "甲区");
/// ```
#[must_use]
pub fn annotation(doc: &str, reading: &Reading, original: &str) -> Value {
    let quotes = Quotes::new(original);
    let entities: Vec<Value> = (1..)
        .zip(&reading.entities)
        .map(|(number, entity)| quotes.entity(number, entity))
        .collect();
    let relations: Vec<Value> = reading
        .relations
        .iter()
        .map(|relation| quotes.relation(relation))
        .collect();
    let indicators: Vec<Value> = reading
        .indicators
        .iter()
        .map(|indicator| quotes.indicator(indicator))
        .collect();
    json!({
        "doc": doc,
        "title": reading.title,
        "date": reading.date,
        "source": reading.source,
        "entities": entities,
        "relations": relations,
        "indicators": indicators,
    })
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

    fn entity(&self, number: usize, entity: &Entity) -> Value {
        let mentions: Vec<Value> = entity
            .mentions
            .iter()
            .map(|mention| {
                let mut fields = Map::new();
                self.place(mention.span, &mut fields);
                fields.insert("rule".to_owned(), (*mention.rule).into());
                Value::Object(fields)
            })
            .collect();
        json!({
            "id": id(number - 1),
            "label": entity.label.name(),
            "name": entity.name,
            "aliases": entity.aliases,
            "mentions": mentions,
        })
    }

    fn relation(&self, relation: &Relation) -> Value {
        let mut fields = Map::new();
        fields.insert("s".to_owned(), id(relation.subject));
        fields.insert("type".to_owned(), relation.relation_type.name().into());
        fields.insert("o".to_owned(), id(relation.object));
        if relation.status == Status::Planned {
            fields.insert("status".to_owned(), "planned".into());
        }
        if let Some(role) = &relation.role {
            fields.insert("role".to_owned(), role.as_str().into());
        }
        self.place(relation.span, &mut fields);
        fields.insert("rule".to_owned(), (*relation.rule).into());
        Value::Object(fields)
    }

    fn indicator(&self, indicator: &Indicator) -> Value {
        let mut fields = Map::new();
        fields.insert("s".to_owned(), id(indicator.subject));
        fields.insert("indicator".to_owned(), indicator.name.as_str().into());
        fields.insert("value".to_owned(), number(indicator.value));
        fields.insert("unit".to_owned(), indicator.unit.as_str().into());
        fields.insert("period".to_owned(), indicator.period.as_deref().into());
        fields.insert("qualifier".to_owned(), indicator.qualifier.sign().into());
        self.place(indicator.span, &mut fields);
        fields.insert("rule".to_owned(), (*indicator.rule).into());
        Value::Object(fields)
    }

    fn place(&self, span: Span, fields: &mut Map<String, Value>) {
        fields.insert("start".to_owned(), self.position(span.start).into());
        fields.insert("end".to_owned(), self.position(span.end).into());
        let quote = self.text.get(span.range()).unwrap_or_default();
        fields.insert("quote".to_owned(), quote.into());
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

fn id(index: usize) -> Value {
    format!("e{}", index + 1).into()
}

/// A whole figure without a point: 108000000000.
fn number(value: f64) -> Value {
    let text = value.to_string();
    text.parse::<Number>().map_or(Value::Null, Value::Number)
}
