//! What nodes and relationships of a drawing say.

use std::fmt::Write;

use unicode_segmentation::UnicodeSegmentation;

use super::Options;
use crate::graph::{Node, Relationship, Subgraph};
use crate::render::literal::cell;
use crate::render::text::{shorten, visible, width};
use crate::render::{Names, quantity};
use crate::value::{Map, Value};

/// A label that says less than those beside it.
const GENERAL_LABEL: &str = "Region";

/// The most cells of one line of a caption.
const LINE: usize = 20;

/// The most characters of one property in a tooltip.
const TOOLTIP_LIMIT: usize = 200;

/// The label that says most: the first that is not the general one beside others.
pub(super) fn primary_label(node: &Node) -> Option<&str> {
    let specific = node.labels.iter().find(|label| &***label != GENERAL_LABEL);
    specific.or(node.labels.first()).map(|label| &**label)
}

/// The name of a node in lines of a readable width, and an indicator's quantity under it.
pub(super) fn caption(node: &Node, options: &Options) -> String {
    let name = visible(&name(node, options.names)).into_owned();
    let mut caption = wrap(&shorten(&name, options.label_limit));
    if let Some(quantity) = quantity(&node.properties) {
        caption.push('\n');
        caption.push_str(&visible(&quantity));
    }
    caption
}

/// The property `name` or `title`, else the first text, else the label.
fn name(node: &Node, names: Names) -> String {
    let properties = &node.properties;
    let text = ["name", "title"]
        .iter()
        .find_map(|key| properties.get(*key));
    let text = text.or_else(|| {
        properties
            .values()
            .find(|value| matches!(value, Value::String(_)))
    });
    match (text, primary_label(node)) {
        (Some(value), _) => cell(value, &Subgraph::default(), names),
        (None, Some(label)) => names.label(label).to_owned(),
        (None, None) => String::new(),
    }
}

/// Breaks a text into lines of about one width, at a blank where there is one in the line.
fn wrap(text: &str) -> String {
    let line_count = width(text).div_ceil(LINE).max(1);
    let line = (width(text).div_ceil(line_count) + 1).min(LINE);
    let mut lines = String::with_capacity(text.len() + line_count);
    let mut rest = text;
    while width(rest) > line {
        let fitting = fitting(rest, line);
        let end = match rest[..fitting].rfind(' ') {
            Some(blank) if blank > 0 && !rest[fitting..].starts_with(' ') => blank,
            _ => fitting,
        };
        lines.push_str(rest[..end].trim_end());
        lines.push('\n');
        rest = rest[end..].trim_start();
    }
    lines.push_str(rest);
    lines
}

/// How many bytes of a text fit into some cells.
fn fitting(text: &str, cells: usize) -> usize {
    let mut used = 0;
    let fitting = text.graphemes(true).take_while(|grapheme| {
        used += width(grapheme);
        used <= cells
    });
    fitting.map(str::len).sum()
}

/// All labels, then a line for each property.
pub(super) fn tooltip(node: &Node, names: Names) -> String {
    let labels: Vec<_> = node
        .labels
        .iter()
        .map(|label| visible(names.label(label)))
        .collect();
    labels.join(" · ") + &properties(&node.properties, names)
}

/// The type, then a line for each property.
pub(super) fn relationship_tooltip(relationship: &Relationship, names: Names) -> String {
    let name = visible(names.relationship_type(&relationship.relationship_type));
    name.into_owned() + &properties(&relationship.properties, names)
}

fn properties(properties: &Map, names: Names) -> String {
    let mut lines = String::new();
    for (key, value) in properties {
        let value = cell(value, &Subgraph::default(), names);
        let value = visible(&value);
        write!(
            lines,
            "\n{}: {}",
            visible(key),
            shorten(&value, TOOLTIP_LIMIT)
        )
        .expect("a string takes all that is written");
    }
    lines
}
