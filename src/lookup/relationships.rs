//! What is related to a node, step by step.

use std::str::FromStr;

use rustc_hash::FxHashSet;

use crate::graph::{Direction, LabelId, TypeId, View};
use crate::value::{NodeId, Path, RelationshipId};

/// At which of their ends relationships are followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Side {
    /// From start to end.
    Out,
    /// From end to start.
    In,
    /// Both ways.
    #[default]
    Both,
}

impl Side {
    /// All sides, in the order in which help lists them.
    pub const ALL: [Self; 3] = [Self::Out, Self::In, Self::Both];

    /// The name by which a user asks for the side.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Out => "out",
            Self::In => "in",
            Self::Both => "both",
        }
    }

    fn directions(self) -> &'static [Direction] {
        match self {
            Self::Out => &[Direction::Outgoing],
            Self::In => &[Direction::Incoming],
            Self::Both => &[Direction::Outgoing, Direction::Incoming],
        }
    }
}

impl FromStr for Side {
    type Err = UnknownSide;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL
            .into_iter()
            .find(|side| side.name().eq_ignore_ascii_case(name));
        found.ok_or_else(|| UnknownSide {
            found: name.to_owned(),
        })
    }
}

/// A direction was asked for by a name that none has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no direction '{found}'; the directions are {}", Side::ALL.map(Side::name).join(", "))]
pub struct UnknownSide {
    /// The name that was asked for.
    pub found: String,
}

/// Which relationships are followed, and how far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// The types; none means all.
    pub types: Vec<TypeId>,
    /// In which direction.
    pub side: Side,
    /// How many steps at most.
    pub depth: usize,
    /// Only nodes with this label are answers; others are still passed through.
    pub to: Option<LabelId>,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            types: Vec::new(),
            side: Side::Both,
            depth: 1,
            to: None,
        }
    }
}

/// A node that was reached by a relationship.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The node.
    pub node: NodeId,
    /// The relationship that led to it.
    pub relationship: RelationshipId,
    /// After how many steps.
    pub depth: usize,
    /// The walk from where the search began.
    pub path: Path,
}

/// All relationships by which a node is reached from another in the fewest steps, nearest first; a node that several
/// relationships lead to is listed with each of them. Where the search began is not reached again.
///
/// Among those of one depth the order is that of the nodes they come from, then of types, direction (out before in)
/// and neighbours.
///
/// # Complexity
///
/// Linear in the number of relationships that are followed, times the depth for the paths.
#[must_use]
pub fn relationships(view: &View, from: NodeId, search: &Search) -> Vec<Reached> {
    let types = search.types(view);
    let mut all = Vec::new();
    let mut seen = FxHashSet::from_iter([from]);
    let mut frontier = vec![(from, Path::new(vec![from], Vec::new()))];
    for depth in 1..=search.depth {
        let mut reached_now = FxHashSet::default();
        let mut next = Vec::new();
        for (last, path) in &frontier {
            for (relationship, node) in steps(view, *last, &types, search.side) {
                if seen.contains(&node) {
                    continue;
                }
                let path = extended(path, relationship, node);
                if reached_now.insert(node) {
                    next.push((node, path.clone()));
                }
                all.push(Reached {
                    node,
                    relationship,
                    depth,
                    path,
                });
            }
        }
        if next.is_empty() {
            break;
        }
        seen.extend(reached_now);
        frontier = next;
    }
    if let Some(label) = search.to {
        all.retain(|reached| view.has_label(reached.node, label));
    }
    all
}

impl Search {
    fn types(&self, view: &View) -> Vec<TypeId> {
        if self.types.is_empty() {
            view.types().collect()
        } else {
            self.types.clone()
        }
    }
}

/// The relationships at a node and the nodes at their other ends; a loop once.
pub(super) fn steps(
    view: &View,
    node: NodeId,
    types: &[TypeId],
    side: Side,
) -> impl Iterator<Item = (RelationshipId, NodeId)> {
    let ways = types.iter().flat_map(move |t| {
        side.directions()
            .iter()
            .map(move |direction| (*t, *direction))
    });
    ways.flat_map(move |(t, direction)| {
        let neighbours = view.neighbours(node, t, direction);
        let slots = neighbours.relationships.iter().zip(neighbours.nodes);
        let ids = slots.filter_map(|(relationship, node)| {
            Some((view.relationship_at(*relationship)?, view.node_at(*node)?))
        });
        let skips_loops = side == Side::Both && direction == Direction::Incoming;
        ids.filter(move |(_, other)| !(skips_loops && *other == node))
    })
}

fn extended(path: &Path, relationship: RelationshipId, node: NodeId) -> Path {
    let nodes = path.nodes().iter().copied().chain([node]).collect();
    let relationships = path
        .relationships()
        .iter()
        .copied()
        .chain([relationship])
        .collect();
    Path::new(nodes, relationships)
}
