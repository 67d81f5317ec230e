//! What was known on a day: a graph without the facts that documents stated later.

use rustc_hash::FxHashSet;

use super::evidence::is_known;
use super::{Claim, DOCUMENT, Evidence, Fact, Passage, SOURCES, Status};
use crate::graph::{Graph, GraphError};
use crate::value::{Date, NodeId, RelationshipId, Value};

/// Takes out of a graph what no document had stated by the end of a day; gives the evidence that is left.
///
/// Facts without evidence stay. A document without a date is taken as not yet known. A thing of which nothing is known
/// yet stays where a fact without evidence holds on to it.
///
/// # Errors
///
/// [`GraphError`], which the evidence of this graph rules out.
pub fn keep_known(
    graph: &mut Graph,
    evidence: &Evidence,
    day: Date,
) -> Result<Evidence, GraphError> {
    let known = known(evidence, day);
    let known_facts: FxHashSet<&Fact> = known.claims.iter().map(|claim| &claim.fact).collect();
    let mut relationships: Vec<RelationshipId> = Vec::new();
    let mut nodes: Vec<NodeId> = Vec::new();
    let known_nodes: FxHashSet<NodeId> = known.claims.iter().filter_map(node).collect();
    let known_relationships: FxHashSet<RelationshipId> =
        known.claims.iter().filter_map(relationship).collect();
    for claim in &evidence.claims {
        match &claim.fact {
            Fact::Relationship(id) if !known_relationships.contains(id) => relationships.push(*id),
            Fact::Node(id) | Fact::Alias(id, _)
                if !known_nodes.contains(id) && !evidence.by_hand.contains(id) =>
            {
                nodes.push(*id);
            }
            Fact::Alias(id, alias) if !known_facts.contains(&claim.fact) => {
                forget_alias(graph, *id, alias)?;
            }
            _ => {}
        }
    }
    let late: FxHashSet<&str> = evidence
        .documents
        .iter()
        .filter(|document| !is_known(document, day))
        .map(|document| &*document.id)
        .collect();
    nodes.extend(documents(graph, &late));
    for id in relationships {
        if graph.view().contains_relationship(id) {
            graph.delete_relationship(id)?;
        }
    }
    let claimed: FxHashSet<RelationshipId> =
        evidence.claims.iter().filter_map(relationship).collect();
    for id in nodes {
        remove_node(graph, &claimed, evidence, id)?;
    }
    for id in known_relationships {
        forget_sources(graph, &known, id, &late)?;
    }
    Ok(known)
}

fn node(claim: &Claim) -> Option<NodeId> {
    match claim.fact {
        Fact::Node(node) | Fact::Alias(node, _) => Some(node),
        Fact::Relationship(_) => None,
    }
}

fn relationship(claim: &Claim) -> Option<RelationshipId> {
    match claim.fact {
        Fact::Relationship(relationship) => Some(relationship),
        Fact::Node(_) | Fact::Alias(..) => None,
    }
}

/// The evidence without what was stated later.
fn known(evidence: &Evidence, day: Date) -> Evidence {
    let mut known = Evidence {
        by_hand: evidence.by_hand.clone(),
        ..Evidence::default()
    };
    let mut documents = vec![None; evidence.documents.len()];
    for (at, document) in evidence.documents.iter().enumerate() {
        if is_known(document, day) {
            documents[at] = Some(known.documents.len());
            known.documents.push(document.clone());
        }
    }
    let mut passages = vec![None; evidence.passages.len()];
    for (at, passage) in evidence.passages.iter().enumerate() {
        if let Some(document) = documents[passage.document] {
            passages[at] = Some(known.passages.len());
            known.passages.push(Passage {
                document,
                ..passage.clone()
            });
        }
    }
    for claim in &evidence.claims {
        if let Some(passage) = passages[claim.passage] {
            known.add(Claim {
                passage,
                ..claim.clone()
            });
        }
    }
    known
}

fn forget_alias(graph: &mut Graph, node: NodeId, alias: &str) -> Result<(), GraphError> {
    let Some(key) = graph.view().key("aliases") else {
        return Ok(());
    };
    let Value::List(aliases) = graph.view().node_property(node, key) else {
        return Ok(());
    };
    let left: Vec<Value> = aliases
        .iter()
        .filter(|other| other.as_str() != Some(alias))
        .cloned()
        .collect();
    let left = if left.is_empty() {
        Value::Null
    } else {
        Value::list(left)
    };
    graph.set_node_property(node, key, left)
}

/// The nodes that stand for documents of these names.
fn documents(graph: &Graph, names: &FxHashSet<&str>) -> Vec<NodeId> {
    let view = graph.view();
    let Some((label, key)) = view.label(DOCUMENT).zip(view.key("name")) else {
        return Vec::new();
    };
    let is_late = |node: &NodeId| {
        view.has_label(*node, label)
            && view
                .node_property(*node, key)
                .as_str()
                .is_some_and(|name| names.contains(name))
    };
    view.nodes().filter(is_late).collect()
}

/// Removes a node with what is known of it through documents only.
fn remove_node(
    graph: &mut Graph,
    claimed: &FxHashSet<RelationshipId>,
    evidence: &Evidence,
    node: NodeId,
) -> Result<(), GraphError> {
    if !graph.view().contains_node(node) {
        return Ok(());
    }
    let incident = graph.incident(node);
    let is_held = |id: &RelationshipId| {
        !claimed.contains(id) && evidence.of_relationship(graph.view(), *id).is_empty()
    };
    if incident.iter().any(is_held) {
        return Ok(());
    }
    for id in incident {
        if graph.view().contains_relationship(id) {
            graph.delete_relationship(id)?;
        }
    }
    graph.delete_node(node)
}

/// Takes later documents out of a fact's sources; what was only planned until then is planned again.
fn forget_sources(
    graph: &mut Graph,
    known: &Evidence,
    id: RelationshipId,
    late: &FxHashSet<&str>,
) -> Result<(), GraphError> {
    let (sources, status) = (graph.intern_key(SOURCES), graph.intern_key("status"));
    if let Value::List(all) = graph.view().relationship_property(id, sources) {
        let left = all
            .iter()
            .filter(|name| name.as_str().is_none_or(|name| !late.contains(name)))
            .cloned()
            .collect();
        graph.set_relationship_property(id, sources, Value::list(left))?;
    }
    let claims = known.of_relationship(graph.view(), id);
    if !claims.is_empty() && claims.iter().all(|claim| claim.status == Status::Planned) {
        graph.set_relationship_property(id, status, Status::Planned.name().into())?;
    }
    Ok(())
}
