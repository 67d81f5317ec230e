//! The cheapest ways between nodes.

use petgraph::Undirected;
use petgraph::algo::{astar, dijkstra};
use petgraph::graph::{Graph, NodeIndex};
use petgraph::visit::{EdgeRef, Reversed};

use super::{Edge, Projection, ProjectionError};
use crate::graph::Direction;
use crate::value::{NodeId, Path, RelationshipId};

impl Projection {
    /// The cheapest path from one node to another and what it costs; `None` where there is no way, or where one of the
    /// two is not in the projection. Without a direction, relationships are walked both ways. Of parallel
    /// relationships that cost the same, the smallest id is taken.
    ///
    /// # Errors
    ///
    /// [`ProjectionError::NegativeWeight`], wherever in the projection it is.
    ///
    /// # Complexity
    ///
    /// O((nodes + relationships) × log nodes): petgraph's A*, without an estimate, which is Dijkstra's algorithm.
    pub fn shortest_path(
        &self,
        start: NodeId,
        end: NodeId,
        direction: Option<Direction>,
    ) -> Result<Option<(Path, f64)>, ProjectionError> {
        self.check_weights()?;
        let Some((start, end)) = self.index(start).zip(self.index(end)) else {
            return Ok(None);
        };
        let cost = |position: u32| self.edges[position as usize].weight;
        let is_end = |index| index == end;
        let found = match direction {
            Some(Direction::Outgoing) => astar(
                &self.directed(),
                start,
                is_end,
                |edge| cost(*edge.weight()),
                |_| 0.0,
            ),
            Some(Direction::Incoming) => astar(
                Reversed(&self.directed()),
                start,
                is_end,
                |edge| cost(*edge.weight()),
                |_| 0.0,
            ),
            None => astar(
                &self.undirected(),
                start,
                is_end,
                |edge| cost(*edge.weight()),
                |_| 0.0,
            ),
        };
        let Some((cost, indices)) = found else {
            return Ok(None);
        };
        let graph = self.undirected();
        let steps = indices
            .windows(2)
            .map(|step| self.cheapest(&graph, step[0], step[1], direction))
            .collect();
        let nodes = indices
            .iter()
            .map(|index| self.nodes[index.index()])
            .collect();
        Ok(Some((Path::new(nodes, steps), cost)))
    }

    /// The nodes that can be reached from a node, ascending, each with the cost of the cheapest way there.
    ///
    /// # Errors
    ///
    /// [`ProjectionError::NegativeWeight`], wherever in the projection it is.
    ///
    /// # Complexity
    ///
    /// O((nodes + relationships) × log nodes): petgraph's version of Dijkstra's algorithm.
    pub fn distances(
        &self,
        start: NodeId,
        direction: Option<Direction>,
    ) -> Result<Vec<(NodeId, f64)>, ProjectionError> {
        self.check_weights()?;
        let Some(start) = self.index(start) else {
            return Ok(Vec::new());
        };
        let cost = |position: u32| self.edges[position as usize].weight;
        let costs = match direction {
            Some(Direction::Outgoing) => {
                dijkstra(&self.directed(), start, None, |edge| cost(*edge.weight()))
            }
            Some(Direction::Incoming) => {
                dijkstra(Reversed(&self.directed()), start, None, |edge| {
                    cost(*edge.weight())
                })
            }
            None => dijkstra(&self.undirected(), start, None, |edge| cost(*edge.weight())),
        };
        let mut distances: Vec<_> = costs
            .into_iter()
            .map(|(index, cost)| (self.nodes[index.index()], cost))
            .collect();
        distances.sort_unstable_by_key(|&(node, _)| node);
        Ok(distances)
    }

    fn index(&self, node: NodeId) -> Option<NodeIndex> {
        self.nodes.binary_search(&node).ok().map(NodeIndex::new)
    }

    fn check_weights(&self) -> Result<(), ProjectionError> {
        match self.edges.iter().find(|edge| edge.weight < 0.0) {
            Some(&Edge {
                relationship,
                weight,
                ..
            }) => Err(ProjectionError::NegativeWeight {
                relationship,
                weight,
            }),
            None => Ok(()),
        }
    }

    /// The cheapest relationship that leads from one node to another.
    fn cheapest(
        &self,
        graph: &Graph<(), u32, Undirected>,
        from: NodeIndex,
        to: NodeIndex,
        direction: Option<Direction>,
    ) -> RelationshipId {
        let leads = |edge: &&Edge| match direction {
            Some(Direction::Outgoing) => edge.end as usize == to.index(),
            Some(Direction::Incoming) => edge.start as usize == to.index(),
            None => true,
        };
        let between = graph
            .edges_connecting(from, to)
            .map(|edge| &self.edges[*edge.weight() as usize]);
        let cheapest = between.filter(leads).min_by(|left, right| {
            left.weight
                .total_cmp(&right.weight)
                .then(left.relationship.cmp(&right.relationship))
        });
        cheapest
            .expect("consecutive nodes of a path are connected")
            .relationship
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Picture;
    use super::*;

    const BOTH: Option<Direction> = None;
    const OUT: Option<Direction> = Some(Direction::Outgoing);
    const IN: Option<Direction> = Some(Direction::Incoming);

    fn check(
        picture: &Picture,
        ends: (&str, &str),
        direction: Option<Direction>,
        expected: Option<(&str, f64)>,
    ) {
        let (start, end) = (picture.id(ends.0), picture.id(ends.1));
        let found = picture
            .weighted()
            .shortest_path(start, end, direction)
            .expect("no weight is negative");
        let shown = found
            .as_ref()
            .map(|(path, cost)| (picture.names(path.nodes()), *cost));
        assert_eq!(
            shown,
            expected.map(|(names, cost)| (names.to_owned(), cost))
        );
    }

    /// a → b → c costs 2 + 2, less than 5 at once; against the arrows only d → a leads into a, and only its own
    /// relationship out of d.
    #[test]
    fn the_cheapest_way_wins_over_the_shortest() {
        let picture = Picture::draw("a-2->b b-2->c a-5->c d-1->a e");
        check(&picture, ("a", "c"), OUT, Some(("abc", 4.0)));
        check(&picture, ("c", "a"), OUT, None);
        check(&picture, ("c", "d"), IN, Some(("cbad", 5.0)));
        check(&picture, ("c", "d"), BOTH, Some(("cbad", 5.0)));
        check(&picture, ("a", "a"), OUT, Some(("a", 0.0)));
        check(&picture, ("a", "e"), BOTH, None);
    }

    /// Three relationships join a and b: the second and third cost 1, but the third leads back.
    #[test]
    fn of_parallel_relationships_the_cheapest_that_leads_there_is_taken() {
        let picture = Picture::draw("a-4->b a-2->b b-1->a");
        let step = |direction| {
            let found =
                picture
                    .weighted()
                    .shortest_path(picture.id("a"), picture.id("b"), direction);
            found
                .expect("no weight is negative")
                .expect("there is a way")
                .0
                .relationships()[0]
                .slot()
        };
        assert_eq!((step(OUT), step(IN), step(BOTH)), (1, 2, 2));
    }

    /// b is 2 away, c by way of b 4; nothing leads to d.
    #[test]
    fn distances_of_all_that_can_be_reached() {
        let picture = Picture::draw("a-2->b b-2->c a-5->c d-1->a");
        let show = |direction| {
            let distances = picture
                .weighted()
                .distances(picture.id("a"), direction)
                .expect("no weight is negative");
            let shown = distances
                .iter()
                .map(|&(node, cost)| format!("{}{cost}", picture.name(node)));
            shown.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            (show(OUT), show(IN), show(BOTH)),
            ("a0 b2 c4".into(), "a0 d1".into(), "a0 b2 c4 d1".into())
        );
    }

    #[test]
    fn a_negative_weight_is_refused_and_no_weight_counts_one() {
        let picture = Picture::draw("a--1->b");
        let (a, b) = (picture.id("a"), picture.id("b"));
        let unweighted = picture
            .all()
            .shortest_path(a, b, OUT)
            .expect("nothing is weighed");
        assert_eq!(unweighted.map(|(_, cost)| cost), Some(1.0));
        let error = ProjectionError::NegativeWeight {
            relationship: RelationshipId::from_parts(0, 0),
            weight: -1.0,
        };
        assert_eq!(
            picture.weighted().shortest_path(a, b, OUT),
            Err(error.clone())
        );
        assert_eq!(picture.weighted().distances(a, OUT), Err(error));
    }
}
