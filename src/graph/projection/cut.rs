//! What falls apart when one node or one relationship goes.

use std::collections::BTreeMap;

use petgraph::algo::articulation_points::articulation_points;
use petgraph::algo::bridges;
use petgraph::graph::UnGraph;

use super::Projection;
use crate::value::{NodeId, RelationshipId};

impl Projection {
    /// The nodes without which their component falls apart, ascending; direction does not matter.
    ///
    /// # Complexity
    ///
    /// O(nodes + relationships): petgraph's version of Tarjan's algorithm, which does not recurse.
    #[must_use]
    pub fn articulation_points(&self) -> Vec<NodeId> {
        let points = articulation_points(&self.undirected());
        let mut nodes: Vec<NodeId> = points
            .into_iter()
            .map(|index| self.nodes[index.index()])
            .collect();
        nodes.sort_unstable();
        nodes
    }

    /// The relationships without which their component falls apart, ascending; direction does not matter. Of parallel
    /// relationships none is a bridge.
    ///
    /// # Complexity
    ///
    /// O(nodes + relationships × log relationships).
    #[must_use]
    pub fn bridges(&self) -> Vec<RelationshipId> {
        // petgraph asks for a simple graph.
        let mut between = BTreeMap::<(u32, u32), Vec<RelationshipId>>::new();
        for edge in self.edges.iter().filter(|edge| edge.start != edge.end) {
            let ends = (edge.start.min(edge.end), edge.start.max(edge.end));
            between.entry(ends).or_default().push(edge.relationship);
        }
        let mut simple =
            UnGraph::<(), &[RelationshipId]>::with_capacity(self.nodes.len(), between.len());
        for _ in &self.nodes {
            simple.add_node(());
        }
        for (&(low, high), relationships) in &between {
            simple.add_edge(low.into(), high.into(), relationships);
        }
        let mut found: Vec<RelationshipId> = bridges(&simple)
            .filter_map(|edge| match edge.weight() {
                [relationship] => Some(*relationship),
                _ => None,
            })
            .collect();
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Picture;

    /// Two triangles a–b–c and d–e–f joined by c–d, with g hanging on f: the triangles hold together without any one
    /// of their relationships, but c, d and f are the only way between their sides.
    #[test]
    fn two_triangles() {
        let picture = Picture::draw("a->b b->c c->a c->d d->e e->f f->d f->g");
        assert_eq!(picture.names(&picture.all().articulation_points()), "cdf");
        let bridges = picture.all().bridges();
        assert_eq!(
            bridges
                .iter()
                .map(|&bridge| picture.ends(bridge))
                .collect::<Vec<_>>(),
            ["cd", "fg"]
        );
    }

    /// a ⇄ b is joined twice, so that either relationship may go; b–c only once. Self-loops join nothing.
    #[test]
    fn parallel_relationships_and_self_loops() {
        let picture = Picture::draw("a->b b->a b->c c->c a->a");
        assert_eq!(picture.names(&picture.all().articulation_points()), "b");
        let bridges = picture.all().bridges();
        assert_eq!(
            bridges
                .iter()
                .map(|&bridge| picture.ends(bridge))
                .collect::<Vec<_>>(),
            ["bc"]
        );
    }
}
