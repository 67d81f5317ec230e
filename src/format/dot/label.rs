//! What nodes and relationships of a drawing say.

use std::fmt::Write;

use super::Options;
use crate::graph::{Node, Relationship, Subgraph};
use crate::render::literal::cell;
use crate::render::text::{shorten, visible, width, wrap};
use crate::render::{Names, entity_name, quantity};
use crate::value::Map;

/// The most cells of one line of a caption.
const LINE: usize = 20;

/// The most characters of one property in a tooltip.
const TOOLTIP_LIMIT: usize = 200;

/// The name of a node in lines of a readable width, and an indicator's quantity under it.
pub(super) fn caption(node: &Node, options: &Options) -> String {
    let name = visible(&entity_name(node, options.names)).into_owned();
    let mut caption = balanced(&shorten(&name, options.label_limit));
    if let Some(quantity) = quantity(&node.properties) {
        caption.push('\n');
        caption.push_str(&visible(&quantity));
    }
    caption
}

/// Breaks a text into lines of about one width.
fn balanced(text: &str) -> String {
    let line_count = width(text).div_ceil(LINE).max(1);
    let line = (width(text).div_ceil(line_count) + 1).min(LINE);
    wrap(text, line).join("\n")
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
