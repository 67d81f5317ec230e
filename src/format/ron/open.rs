//! Texts → graph: every file is read and all references resolved before the graph is written to.

use super::error::FormatError;
use super::raw::skip_blanks;
use super::resolve::{File, NameIndex, Resolved, resolve};
use super::{Ids, evidence, syntax};
use crate::evidence::Evidence;
use crate::graph::{Graph, GraphError, NewRelationship};
use crate::value::{NodeId, Value};

/// Reads graph files together as one graph and adds it to what `graph` holds; each file is a name for messages and a
/// text.
///
/// Every id is defined in one file and may be referred to from all. The writes are not committed: the caller does
/// that, or takes them back.
///
/// # Errors
///
/// The first fault found; nothing is added to the graph then.
///
/// # Complexity
///
/// Linear in the length of the texts.
///
/// # Examples
///
/// ```
/// use tupu::format::ron;
/// use tupu::graph::Graph;
///
/// let text = r#"Graph(
///     version: 1,
///     nodes: [
///         Node(id: "坪山区", labels: [District, Region], properties: {"name": "坪山区"}),
///         Node(id: "比亚迪", labels: [Enterprise], properties: {"name": "比亚迪"}),
///     ],
///     relationships: [Relationship(from: "比亚迪", type: LOCATED_IN, to: "坪山区")],
/// )"#;
/// let mut graph = Graph::new();
/// ron::open(&[("pingshan.ron", text)], &mut graph)?;
/// assert_eq!(graph.view().relationship_count(), 1);
///
/// let wrong = text.replace("to: \"坪山区\"", "to: \"坪山去\"");
/// let error = ron::open(&[("pingshan.ron", &wrong)], &mut Graph::new()).unwrap_err();
/// assert_eq!(error.to_string(), "pingshan.ron:7:69: nothing has the id \"坪山去\"");
/// # Ok::<(), ron::FormatError>(())
/// ```
pub fn open(sources: &[(&str, &str)], graph: &mut Graph) -> Result<Ids, FormatError> {
    let mut files = Vec::with_capacity(sources.len());
    for &(name, text) in sources {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        files.push(File {
            name,
            text,
            shape: syntax::read(name, text)?,
        });
    }
    let mut resolved = resolve(&files)?;
    let ids = std::mem::take(&mut resolved.ids);
    let mark = graph.mark();
    match insert(resolved, graph) {
        Ok((nodes, evidence)) => Ok(Ids::new(
            ids.into_iter().map(|(node, id)| (nodes[node], id)),
            head(&files),
        )
        .with_evidence(evidence)),
        Err(error) => {
            graph.undo_to(mark);
            Err(error.into())
        }
    }
}

/// Writes all to the graph; gives the nodes in the order of the files, and what supports the facts.
fn insert(
    resolved: Resolved<'_>,
    graph: &mut Graph,
) -> Result<(Vec<NodeId>, Evidence), GraphError> {
    let labels: Vec<_> = resolved
        .labels
        .iter()
        .map(|name| graph.intern_label(name))
        .collect();
    let types: Vec<_> = resolved
        .types
        .iter()
        .map(|name| graph.intern_type(name))
        .collect();
    let keys: Vec<_> = resolved
        .keys
        .iter()
        .map(|name| graph.intern_key(name))
        .collect();
    let keyed = |properties: Vec<(NameIndex, Value)>| {
        let properties = properties
            .into_iter()
            .map(|(key, value)| (keys[key], value));
        properties.collect::<Vec<_>>()
    };
    let mut nodes = Vec::with_capacity(resolved.nodes.len());
    for node in resolved.nodes {
        let labels: Vec<_> = node.labels.into_iter().map(|label| labels[label]).collect();
        nodes.push(graph.create_node(&labels, &keyed(node.properties))?);
    }
    let relationships = resolved
        .relationships
        .into_iter()
        .map(|relationship| NewRelationship {
            start: nodes[relationship.from],
            relationship_type: types[relationship.type_name],
            end: nodes[relationship.to],
            properties: keyed(relationship.properties),
        });
    let relationships = graph.create_relationships(relationships)?;
    let attached = evidence::attach(resolved.evidence, &resolved.by_hand, &nodes, &relationships);
    Ok((nodes, attached))
}

/// The comments that the files open with.
fn head(files: &[File<'_>]) -> String {
    let heads = files
        .iter()
        .map(|file| file.text[..file.text.len() - skip_blanks(file.text).len()].trim());
    heads
        .filter(|head| !head.is_empty())
        .collect::<Vec<_>>()
        .join("\n//\n")
}
