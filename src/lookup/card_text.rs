//! A card as text whose columns line up.

use super::card::{Card, End, Relations};
use crate::graph::Subgraph;
use crate::render::literal::cell;
use crate::render::text::{pad, visible, width, wrap};
use crate::render::{Names, Options, entity_name, primary_label};
use crate::value::Value;

/// The headings of the parts of a card.
struct Headings {
    properties: &'static str,
    indicators: &'static str,
    outgoing: &'static str,
    incoming: &'static str,
    documents: &'static str,
}

const ENGLISH: Headings = Headings {
    properties: "Properties",
    indicators: "Indicators",
    outgoing: "Relationships out",
    incoming: "Relationships in",
    documents: "Documents",
};

const CHINESE: Headings = Headings {
    properties: "属性",
    indicators: "指标",
    outgoing: "指向",
    incoming: "来自",
    documents: "文献",
};

impl Card {
    /// The card as text for people, lines wrapped to the width where one is given. Ends with a line break.
    ///
    /// Numbers in brackets behind a fact tell the documents that state it.
    #[must_use]
    pub fn text(&self, options: &Options) -> String {
        let names = options.names;
        let headings = match names {
            Names::Identifiers => ENGLISH,
            Names::Chinese => CHINESE,
        };
        let mut text = Text {
            text: self.title(names) + "\n",
            terminal: options.width,
        };
        text.part(headings.properties, &self.property_rows(names));
        text.part(headings.indicators, &self.indicator_rows());
        text.part(
            headings.outgoing,
            &relation_rows(&self.outgoing, "→", names),
        );
        text.part(
            headings.incoming,
            &relation_rows(&self.incoming, "←", names),
        );
        text.part(headings.documents, &self.document_rows());
        text.text
    }

    fn title(&self, names: Names) -> String {
        let name = entity_name(&self.data, names);
        let labels: Vec<&str> = self
            .data
            .labels
            .iter()
            .map(|label| names.label(label))
            .collect();
        let title = if labels.is_empty() {
            name
        } else {
            format!("{name} ({})", labels.join(" · "))
        };
        visible(&title).into_owned()
    }

    /// All but the property that stands in the title.
    fn property_rows(&self, names: Names) -> Vec<[String; 2]> {
        let title = entity_name(&self.data, names);
        let properties = self.data.properties.iter();
        let rows = properties.map(|(key, value)| [key.to_string(), property(value, names)]);
        rows.filter(|[key, text]| *text != title || key != "name" && key != "title")
            .collect()
    }

    fn indicator_rows(&self) -> Vec<[String; 2]> {
        let rows = self.indicators.iter().map(|indicator| {
            let quantity = format!("{}{}", indicator.quantity, marks(&indicator.sources));
            [indicator.name.clone(), quantity]
        });
        rows.collect()
    }

    fn document_rows(&self) -> Vec<[String; 2]> {
        let rows = self.documents.iter().enumerate().map(|(place, document)| {
            let details: Vec<&str> = [&document.outlet, &document.date]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect();
            let details = if details.is_empty() {
                String::new()
            } else {
                format!(" ({})", details.join(", "))
            };
            [
                format!("[{}]", place + 1),
                format!("{}{details}", document.title),
            ]
        });
        rows.collect()
    }
}

/// A value for people: the texts of a list stand without quotation marks.
fn property(value: &Value, names: Names) -> String {
    let entities = Subgraph::default();
    match value {
        Value::List(items) => {
            let items: Vec<String> = items
                .iter()
                .map(|item| cell(item, &entities, names))
                .collect();
            items.join(", ")
        }
        _ => cell(value, &entities, names),
    }
}

/// The type stands before the first of its relationships only.
fn relation_rows(relations: &[Relations], arrow: &str, names: Names) -> Vec<[String; 2]> {
    let mut rows = Vec::new();
    for group in relations {
        for (index, end) in group.ends.iter().enumerate() {
            let name = if index == 0 {
                names.relationship_type(&group.relationship_type)
            } else {
                ""
            };
            rows.push([name.to_owned(), format!("{arrow} {}", end_text(end, names))]);
        }
    }
    rows
}

fn end_text(end: &End, names: Names) -> String {
    let mut parts = vec![entity_name(&end.data, names)];
    parts.extend(primary_label(&end.data).map(|label| format!("({})", names.label(label))));
    if !end.properties.is_empty() {
        let properties = Value::from(end.properties.clone());
        parts.push(cell(&properties, &Subgraph::default(), names));
    }
    parts.join(" ") + &marks(&end.sources)
}

/// The numbers of documents behind a fact.
fn marks(sources: &[usize]) -> String {
    let numbers: Vec<String> = sources
        .iter()
        .map(|place| (place + 1).to_string())
        .collect();
    if numbers.is_empty() {
        String::new()
    } else {
        format!(" [{}]", numbers.join(", "))
    }
}

/// The fewest cells that the second column is narrowed to.
const NARROWEST: usize = 16;

struct Text {
    text: String,
    terminal: Option<usize>,
}

impl Text {
    /// A heading with rows of two columns under it; nothing where there are no rows.
    fn part(&mut self, heading: &str, rows: &[[String; 2]]) {
        if rows.is_empty() {
            return;
        }
        let rows: Vec<_> = rows
            .iter()
            .map(|row| row.each_ref().map(|cell| visible(cell)))
            .collect();
        let indent = 4 + rows
            .iter()
            .map(|[first, _]| width(first))
            .max()
            .unwrap_or(0);
        let room = self.terminal.map_or(usize::MAX, |cells| {
            cells.saturating_sub(indent).max(NARROWEST)
        });
        self.text.extend(["\n", heading, "\n"]);
        for [first, second] in &rows {
            let mut line = format!("  {first}");
            for part in wrap(second, room) {
                pad(&mut line, indent);
                line += part;
                self.text += line.trim_end();
                self.text.push('\n');
                line.clear();
            }
        }
    }
}
