//! Lookups as rows, to be shown in any format.

use std::sync::Arc;

use super::Reached;
use crate::graph::{Node, Subgraph, View};
use crate::render::{Names, Rows, entity_name, primary_label};
use crate::value::{NodeId, Path, RelationshipId, Value};

/// Rows with their columns and the data of what occurs in them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The names of the columns.
    pub columns: Vec<Arc<str>>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
    /// The data of the nodes and relationships on the way.
    pub entities: Subgraph,
}

impl Answer {
    /// The answer as it is rendered.
    #[must_use]
    pub fn as_rows(&self) -> Rows<'_> {
        Rows {
            columns: &self.columns,
            rows: &self.rows,
            entities: &self.entities,
        }
    }

    fn new<const N: usize>(columns: [&str; N]) -> Self {
        Self {
            columns: columns.map(Arc::from).to_vec(),
            ..Self::default()
        }
    }

    fn add_path(&mut self, view: &View, path: &Path) {
        add_entities(&mut self.entities, view, path.nodes(), path.relationships());
    }
}

fn add_entities(
    entities: &mut Subgraph,
    view: &View,
    nodes: &[NodeId],
    relationships: &[RelationshipId],
) {
    for id in nodes {
        if !entities.nodes.contains_key(id) {
            entities
                .nodes
                .extend(view.node(*id).map(|node| (*id, node)));
        }
    }
    for id in relationships {
        if !entities.relationships.contains_key(id) {
            entities
                .relationships
                .extend(view.relationship(*id).map(|data| (*id, data)));
        }
    }
}

/// What a search reached: `depth`, `from` (the name of the node before), `type`, `direction` (`out` or `in`), `name`
/// and `label`.
#[must_use]
pub fn relationships_answer(view: &View, reached: &[Reached], names: Names) -> Answer {
    let mut answer = Answer::new(["depth", "from", "type", "direction", "name", "label"]);
    for step in reached {
        answer.add_path(view, &step.path);
        let before = step.path.nodes()[step.path.nodes().len() - 2];
        let data = answer.entities.relationships.get(&step.relationship);
        let relationship_type = data.map(|data| names.relationship_type(&data.relationship_type));
        let direction = data.map(|data| if data.start == before { "out" } else { "in" });
        let node = |id| answer.entities.nodes.get(id);
        let name = |id| node(id).map(|node: &Node| entity_name(node, names));
        let label = node(&step.node)
            .and_then(primary_label)
            .map(|label| names.label(label));
        answer.rows.push(vec![
            i64::try_from(step.depth).unwrap_or(i64::MAX).into(),
            name(&before).into(),
            relationship_type.into(),
            direction.into(),
            name(&step.node).into(),
            label.into(),
        ]);
    }
    answer
}

/// Paths by `length` and as text, see [`path_text`].
#[must_use]
pub fn paths_answer(view: &View, paths: &[Path], names: Names) -> Answer {
    let mut answer = Answer::new(["length", "path"]);
    for path in paths {
        answer.add_path(view, path);
        let length = i64::try_from(path.relationships().len()).unwrap_or(i64::MAX);
        let text = path_text(path, &answer.entities, names);
        answer.rows.push(vec![length.into(), text.into()]);
    }
    answer
}

/// A path by the names of its nodes: `比亚迪 -[LOCATED_IN]-> 坪山区 <-[ISSUED]- …`.
#[must_use]
pub fn path_text(path: &Path, entities: &Subgraph, names: Names) -> String {
    let name = |id| {
        entities
            .nodes
            .get(id)
            .map_or_else(|| "…".to_owned(), |node| entity_name(node, names))
    };
    let mut parts = vec![name(&path.nodes()[0])];
    for (index, id) in path.relationships().iter().enumerate() {
        let data = entities.relationships.get(id);
        let relationship_type = data.map_or("…", |data| {
            names.relationship_type(&data.relationship_type)
        });
        let is_backward = data.is_some_and(|data| data.start != path.nodes()[index]);
        let (before, after) = if is_backward {
            ("<-", "-")
        } else {
            ("-", "->")
        };
        parts.push(format!("{before}[{relationship_type}]{after}"));
        parts.push(name(&path.nodes()[index + 1]));
    }
    parts.join(" ")
}
