//! Which nodes hang together.

use petgraph::algo::kosaraju_scc;
use petgraph::unionfind::UnionFind;

use super::Projection;
use crate::value::NodeId;

impl Projection {
    /// Each node with the number of its weakly connected component: nodes in one component reach each other where
    /// direction does not matter. Components are numbered from 0 by their smallest node.
    ///
    /// # Complexity
    ///
    /// O(nodes + relationships), nearly: petgraph's union–find.
    #[must_use]
    pub fn components(&self) -> Vec<(NodeId, usize)> {
        let mut sets = UnionFind::<usize>::new(self.nodes.len());
        for edge in &self.edges {
            sets.union(edge.start as usize, edge.end as usize);
        }
        self.number(&sets.into_labeling())
    }

    /// Each node with the number of its strongly connected component: nodes in one component reach each other along
    /// the relationships' direction. Components are numbered from 0 by their smallest node.
    ///
    /// # Complexity
    ///
    /// O(nodes + relationships): petgraph's version of Kosaraju's algorithm, which does not recurse.
    #[must_use]
    pub fn strongly_connected_components(&self) -> Vec<(NodeId, usize)> {
        let mut groups = vec![0; self.nodes.len()];
        for (group, members) in kosaraju_scc(&self.directed()).into_iter().enumerate() {
            for member in members {
                groups[member.index()] = group;
            }
        }
        self.number(&groups)
    }

    /// Numbers groups anew, in the order in which the nodes meet them.
    fn number(&self, groups: &[usize]) -> Vec<(NodeId, usize)> {
        let mut numbers = vec![None; self.nodes.len()];
        let mut count = 0;
        let mut number = |group: usize| {
            *numbers[group].get_or_insert_with(|| {
                count += 1;
                count - 1
            })
        };
        self.nodes
            .iter()
            .zip(groups)
            .map(|(&node, &group)| (node, number(group)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Picture;

    fn show(picture: &Picture, components: &[(crate::value::NodeId, usize)]) -> String {
        let shown = components
            .iter()
            .map(|&(node, number)| format!("{}{number}", picture.name(node)));
        shown.collect::<Vec<_>>().join(" ")
    }

    /// a–b–c hang together by relationships in both directions, d stands alone, e–f are a pair.
    #[test]
    fn weakly_connected() {
        let picture = Picture::draw("a d c->b f->e a->b b->b");
        assert_eq!(
            show(&picture, &picture.all().components()),
            "a0 d1 c0 b0 f2 e2"
        );
    }

    /// a → b → c → a is a cycle; c → d leads out of it; d → e → d is another; nothing leads to f again.
    #[test]
    fn strongly_connected() {
        let picture = Picture::draw("f->a a->b b->c c->a c->d d->e e->d");
        let components = picture.all().strongly_connected_components();
        assert_eq!(show(&picture, &components), "f0 a1 b1 c1 d2 e2");
    }

    #[test]
    fn a_long_chain_does_not_exhaust_the_stack() {
        let steps: Vec<String> = (0..100_000)
            .map(|number| format!("n{number}->n{}", number + 1))
            .collect();
        let projection = Picture::draw(&steps.join(" ")).all();
        assert_eq!(
            projection
                .strongly_connected_components()
                .last()
                .map(|last| last.1),
            Some(100_000)
        );
        assert_eq!(projection.articulation_points().len(), 99_999);
        assert_eq!(projection.bridges().len(), 100_000);
        assert_eq!(
            projection.topological_order().map(|order| order.len()),
            Ok(100_001)
        );
    }

    #[test]
    fn nothing_has_no_components() {
        let picture = Picture::draw("");
        assert!(picture.all().components().is_empty());
        assert!(picture.all().strongly_connected_components().is_empty());
    }
}
