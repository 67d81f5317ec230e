//! How much attention nodes get from their neighbours.

use super::Projection;
use crate::value::NodeId;

/// How much all scores together may still change when the iteration ends.
const TOLERANCE: f64 = 1e-12;

impl Projection {
    /// Each node with its `PageRank`: the share of time that a walker spends there who follows a random relationship
    /// with the probability `damping`, and else, or where none leads on, goes to any node. All scores sum to 1.
    ///
    /// Power iteration over the relationships, at most `iterations` times; it ends when the scores stand still.
    /// petgraph's own `page_rank` (0.8) is not used: it adds only one of link, jump and dead end where all three
    /// count, so that its scores are not those of the definition, and compares every node with every other.
    ///
    /// # Complexity
    ///
    /// O(iterations × (nodes + relationships)).
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "there are fewer than 2⁵³ nodes")]
    pub fn page_rank(&self, damping: f64, iterations: usize) -> Vec<(NodeId, f64)> {
        let count = self.nodes.len() as f64;
        let mut degrees = vec![0.0; self.nodes.len()];
        for edge in &self.edges {
            degrees[edge.start as usize] += 1.0;
        }
        let mut scores = vec![1.0 / count; self.nodes.len()];
        for _ in 0..iterations {
            let pairs = scores.iter().zip(&degrees);
            let at_dead_ends: f64 = pairs
                .filter(|&(_, &degree)| degree == 0.0)
                .map(|(score, _)| score)
                .sum();
            let jump = (1.0 - damping + damping * at_dead_ends) / count;
            let mut next = vec![jump; self.nodes.len()];
            for edge in &self.edges {
                next[edge.end as usize] +=
                    damping * scores[edge.start as usize] / degrees[edge.start as usize];
            }
            let change: f64 = scores
                .iter()
                .zip(&next)
                .map(|(old, new)| (old - new).abs())
                .sum();
            scores = next;
            if change < TOLERANCE {
                break;
            }
        }
        self.nodes.iter().copied().zip(scores).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Picture;

    fn check(text: &str, damping: f64, expected: &[(&str, f64)]) {
        let picture = Picture::draw(text);
        let scores = picture.all().page_rank(damping, 1000);
        assert!((scores.iter().map(|(_, score)| score).sum::<f64>() - 1.0).abs() < 1e-9);
        for (&(node, score), &(name, expected)) in scores.iter().zip(expected) {
            assert_eq!(picture.name(node), name);
            assert!(
                (score - expected).abs() < 1e-6,
                "{name}: {score} is not {expected}"
            );
        }
    }

    /// With the damping ½: a = ¼ + ½·b/2 (b is a dead end, shared by both), and a + b = 1,
    /// so a = ¼ + ¼(1 − a), 5a = 2.
    #[test]
    fn a_dead_end() {
        check("a->b", 0.5, &[("a", 0.4), ("b", 0.6)]);
    }

    /// a = 0.05 + 0.85c; b = 0.05 + 0.425a; c = 0.05 + 0.425a + 0.85b = 0.0925 + 0.78625a;
    /// so a = 0.128625 + 0.6683125a = 0.128625 ÷ 0.3316875.
    #[test]
    fn three_nodes() {
        check(
            "a->b a->c b->c c->a",
            0.85,
            &[("a", 0.387_789_7), ("b", 0.214_810_6), ("c", 0.397_399_7)],
        );
    }

    /// All nodes of a cycle are alike; a node without relationships gets only jumps, and gives its score to all:
    /// with the damping ½ and three nodes, d = (½ + ½d)/3, 5d = 1, and the other two share the rest.
    #[test]
    fn a_cycle_and_a_lone_node() {
        check("a->b b->a d", 0.5, &[("a", 0.4), ("b", 0.4), ("d", 0.2)]);
    }

    #[test]
    fn no_iteration_leaves_all_alike() {
        let picture = Picture::draw("a->b");
        assert!(
            picture
                .all()
                .page_rank(0.85, 0)
                .iter()
                .all(|&(_, score)| (score - 0.5).abs() < f64::EPSILON)
        );
        assert!(Picture::draw("").all().page_rank(0.85, 20).is_empty());
    }
}
