//! Entities and names that a user gives in words: found, or answered with what comes nearest.

use super::Failure;
use crate::graph::{LabelId, TypeId, View};
use crate::lookup;
use crate::render::{Names, entity_name};
use crate::value::NodeId;

/// How many names are proposed where nothing bears the one asked for.
const PROPOSALS: usize = 5;

/// All entities that bear a name or have it as an alias; never empty.
///
/// # Errors
///
/// When there is none; the message proposes the nearest names.
pub fn find(view: &View, name: &str) -> Result<Vec<NodeId>, Failure> {
    let found = lookup::find(view, name);
    if found.is_empty() {
        let nearest = lookup::nearest(view, name, PROPOSALS);
        let help = if nearest.is_empty() {
            "no name in the graph comes near it".to_owned()
        } else {
            format!("the nearest names are {}", nearest.join(", "))
        };
        return Err(Failure::NotFound(format!(
            "nothing is named '{name}'\nhelp: {help}"
        )));
    }
    Ok(found.into_iter().map(|found| found.node).collect())
}

/// A label by its identifier or its Chinese name.
///
/// # Errors
///
/// When the graph has no such label; the message names the nearest.
pub fn label(view: &View, text: &str) -> Result<LabelId, Failure> {
    let names = || view.labels().map(|label| view.label_name(label).as_ref());
    let found = view.labels().find(|label| {
        let name = view.label_name(*label);
        **name == *text || Names::Chinese.label(name) == text
    });
    found.ok_or_else(|| missing("label", text, lookup::nearest_name(names(), text)))
}

/// A relationship type by its identifier or its Chinese name.
///
/// # Errors
///
/// When the graph has no such type; the message names the nearest.
pub fn relationship_type(view: &View, text: &str) -> Result<TypeId, Failure> {
    let names = || view.types().map(|of_type| view.type_name(of_type).as_ref());
    let found = view.types().find(|of_type| {
        let name = view.type_name(*of_type);
        **name == *text || Names::Chinese.relationship_type(name) == text
    });
    found.ok_or_else(|| {
        missing(
            "relationship type",
            text,
            lookup::nearest_name(names(), text),
        )
    })
}

/// An entity in words that tell it from others of its name: `坪山区 (District · Region, 12)`.
#[must_use]
pub fn describe(view: &View, node: NodeId, names: Names) -> String {
    let data = view.node(node).unwrap_or_default();
    let labels: Vec<_> = data.labels.iter().map(|label| names.label(label)).collect();
    format!(
        "{} ({}, {})",
        entity_name(&data, names),
        labels.join(" · "),
        node.0
    )
}

fn missing(what: &str, name: &str, nearest: Option<&str>) -> Failure {
    let help = match nearest {
        Some(nearest) => format!("did you mean '{nearest}'?"),
        None => "`tupu schema` and `:schema` show what there is".to_owned(),
    };
    Failure::NotFound(format!("the graph has no {what} '{name}'\nhelp: {help}"))
}
