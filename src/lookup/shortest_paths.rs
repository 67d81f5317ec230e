//! The shortest ways from one node to another.

use rustc_hash::FxHashMap;

use super::relationships::{Side, steps};
use crate::graph::{TypeId, View};
use crate::value::{NodeId, Path, RelationshipId};

/// The shortest paths between two nodes, along relationships of some types in either direction; `most` paths at most.
///
/// All are equally long; their order is that of types, direction (out before in) and neighbours at the first node
/// where they part. A node reaches itself without a step; nodes that nothing connects have no path.
///
/// # Complexity
///
/// One breadth-first search from `to`, then the length of the paths that are given.
#[must_use]
pub fn shortest_paths(
    view: &View,
    from: NodeId,
    to: NodeId,
    types: &[TypeId],
    most: usize,
) -> Vec<Path> {
    let Some(distances) = distances(view, to, from, types) else {
        return Vec::new();
    };
    let nearer = |node: NodeId| -> Vec<(RelationshipId, NodeId)> {
        let distance = distances[&node];
        let ways = steps(view, node, types, Side::Both);
        ways.filter(|(_, next)| distances.get(next).is_some_and(|next| next + 1 == distance))
            .collect()
    };
    let mut paths = Vec::new();
    let mut open = vec![(from, vec![from], Vec::new())];
    while paths.len() < most {
        let Some((last, nodes, relationships)) = open.pop() else {
            break;
        };
        if last == to {
            paths.push(Path::new(nodes, relationships));
            continue;
        }
        for (relationship, next) in nearer(last).into_iter().rev() {
            let longer_nodes = nodes.iter().copied().chain([next]).collect();
            let longer_relationships = relationships
                .iter()
                .copied()
                .chain([relationship])
                .collect();
            open.push((next, longer_nodes, longer_relationships));
        }
    }
    paths
}

/// How far nodes are from one, up to the distance of another; `None` where that can't be reached or is gone.
fn distances(
    view: &View,
    from: NodeId,
    until: NodeId,
    types: &[TypeId],
) -> Option<FxHashMap<NodeId, usize>> {
    if !view.contains_node(from) || !view.contains_node(until) {
        return None;
    }
    let mut distances = FxHashMap::from_iter([(from, 0)]);
    let mut frontier = vec![from];
    let mut distance = 0;
    while !distances.contains_key(&until) {
        distance += 1;
        let mut next = Vec::new();
        for node in frontier {
            for (_, other) in steps(view, node, types, Side::Both) {
                distances.entry(other).or_insert_with(|| {
                    next.push(other);
                    distance
                });
            }
        }
        if next.is_empty() {
            return None;
        }
        frontier = next;
    }
    Some(distances)
}
