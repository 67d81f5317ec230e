//! The cheapest relationships that hold all together.

use petgraph::algo::min_spanning_tree;
use petgraph::data::Element;
use petgraph::graph::UnGraph;

use super::Projection;
use crate::value::RelationshipId;

impl Projection {
    /// The relationships, each with its weight, that connect what is connected at the least cost altogether, by weight
    /// and id; direction does not matter.
    ///
    /// # Complexity
    ///
    /// O(nodes + relationships × log relationships): petgraph's version of Kruskal's algorithm.
    #[must_use]
    pub fn spanning_tree(&self) -> Vec<(RelationshipId, f64)> {
        let mut graph =
            UnGraph::<(), (f64, RelationshipId)>::with_capacity(self.nodes.len(), self.edges.len());
        for _ in &self.nodes {
            graph.add_node(());
        }
        for edge in &self.edges {
            graph.add_edge(
                edge.start.into(),
                edge.end.into(),
                (edge.weight, edge.relationship),
            );
        }
        let elements = min_spanning_tree(&graph);
        let edges = elements.filter_map(|element| match element {
            Element::Edge {
                weight: (weight, relationship),
                ..
            } => Some((relationship, weight)),
            Element::Node { .. } => None,
        });
        edges.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Picture;

    /// Of the square a–b–c–d with sides 1, 4, 2, 3 and the diagonal a–c of 5, the sides of 1, 2 and 3 are enough; e–f
    /// is a component of its own, and of its two relationships the cheaper one is taken.
    #[test]
    fn a_square_and_a_pair() {
        let picture = Picture::draw("a-1->b c-4->b c-2->d d-3->a a-5->c e-7->f f-6->e");
        let tree = picture.weighted().spanning_tree();
        let shown: Vec<_> = tree
            .iter()
            .map(|&(id, weight)| format!("{}{weight}", picture.ends(id)))
            .collect();
        assert_eq!(shown, ["ab1", "cd2", "da3", "fe6"]);
    }
}
