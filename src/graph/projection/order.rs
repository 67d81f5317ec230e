//! Orders that respect the relationships' direction.

use petgraph::algo::toposort;

use super::Projection;
use crate::value::NodeId;

impl Projection {
    /// All nodes, each before the nodes that its relationships lead to.
    ///
    /// # Errors
    ///
    /// A node on a cycle, where there is one; then no such order exists.
    ///
    /// # Complexity
    ///
    /// O(nodes + relationships): petgraph's depth-first search, which does not recurse.
    pub fn topological_order(&self) -> Result<Vec<NodeId>, NodeId> {
        match toposort(&self.directed(), None) {
            Ok(order) => Ok(order
                .into_iter()
                .map(|index| self.nodes[index.index()])
                .collect()),
            Err(cycle) => Err(self.nodes[cycle.node_id().index()]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Picture;

    /// d → b → a and d → c → a leave the order of b and c open; all else follows.
    #[test]
    fn an_order_where_there_is_one() {
        let picture = Picture::draw("a b c d b->a c->a d->b d->c");
        let order = picture
            .all()
            .topological_order()
            .map(|order| picture.names(&order));
        assert!(matches!(order.as_deref(), Ok("dbca" | "dcba")), "{order:?}");
        assert_eq!(
            order,
            picture
                .all()
                .topological_order()
                .map(|order| picture.names(&order)),
            "it never changes"
        );
    }

    /// b → c → b is the only cycle.
    #[test]
    fn a_cycle_is_named() {
        let picture = Picture::draw("a->b b->c c->b c->d");
        let on_cycle = picture
            .all()
            .topological_order()
            .map_err(|node| picture.name(node).to_owned());
        assert!(
            matches!(on_cycle.as_ref().map_err(String::as_str), Err("b" | "c")),
            "{on_cycle:?}"
        );
        let picture = Picture::draw("a->a");
        assert_eq!(
            picture.all().topological_order(),
            Err(picture.id("a")),
            "a self-loop is a cycle"
        );
    }
}
