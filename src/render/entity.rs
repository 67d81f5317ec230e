//! What nodes are called when there is no room for all of their data.

use super::Names;
use super::literal::cell;
use crate::graph::{Node, Subgraph};
use crate::value::Value;

/// A label that says less than those beside it.
const GENERAL_LABEL: &str = "Region";

/// The label that says most: the first that is not the general `Region` beside others.
#[must_use]
pub fn primary_label(node: &Node) -> Option<&str> {
    let specific = node.labels.iter().find(|label| &***label != GENERAL_LABEL);
    specific.or(node.labels.first()).map(|label| &**label)
}

/// What a node is called: its property `name` (of a document, `title`), else its first text, else its label; empty for
/// a node that has none of these.
#[must_use]
pub fn entity_name(node: &Node, names: Names) -> String {
    let properties = &node.properties;
    let keys = match primary_label(node) {
        Some("Document") => ["title", "name"],
        _ => ["name", "title"],
    };
    let text = keys.iter().find_map(|key| properties.get(*key));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_is_called_by_what_it_has() {
        let name = |labels: &[&str], properties: &[(&str, Value)]| {
            let labels = labels.iter().map(|label| (*label).into()).collect();
            let properties = properties
                .iter()
                .map(|(key, value)| ((*key).into(), value.clone()))
                .collect();
            entity_name(&Node { labels, properties }, Names::Identifiers)
        };
        assert_eq!(
            name(
                &["Region", "City"],
                &[("level", "市".into()), ("name", "深圳".into())]
            ),
            "深圳"
        );
        assert_eq!(
            name(
                &["Document"],
                &[("name", "d1".into()), ("title", "题".into())]
            ),
            "题"
        );
        assert_eq!(
            name(
                &["Region", "City"],
                &[("x", 1.into()), ("code", "440300".into())]
            ),
            "440300"
        );
        assert_eq!(name(&["Region", "City"], &[]), "City");
        assert_eq!(name(&["Region"], &[]), "Region");
        assert_eq!(name(&[], &[]), "");
    }
}
