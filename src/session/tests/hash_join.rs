//! What is joined by hash is what a filter of all pairs keeps.

use super::{run, session};
use crate::plan::Optimization;
use crate::value::{Value, order};

/// Values that are equal across types, that equal nothing, and that come often.
const GRAPH: &str = "WITH [null, 0, 1, 1.0, 2, 2.5, -0.0, 0.0 / 0.0, '1', 'a', '', true, false, [1, 2], [1.0, 2], [1, null], [],
        date('2024-01-17'), datetime('2024-01-17T12:00:00+08:00'), datetime('2024-01-17T04:00:00Z'), duration('P1D'),
        9007199254740993, 9007199254740992.0] AS 值
     UNWIND range(0, 91) AS 号
     CREATE (:左 {号: 号, 值: 值[号 % 23], 名: 'x' + 号 % 5})-[:连]->(:右 {号: 号, 值: 值[号 * 7 % 23], 名: 'x' + 号 % 3})";

const QUERIES: [&str; 9] = [
    "MATCH (甲:左), (乙:右) WHERE 甲.值 = 乙.值 RETURN 甲.号, 乙.号",
    "MATCH (甲:左), (乙:右) WHERE 甲.值 = 乙.值 AND 乙.名 = 甲.名 RETURN 甲.号, 乙.号",
    "MATCH (甲:左), (乙:右) WHERE 甲.名 = 乙.名 AND 甲.号 < 乙.号 RETURN 甲.号, 乙.号",
    "MATCH (甲:左)-[:连]->(乙), (丙:左)-[:连]->(丁) WHERE 乙.值 = 丁.值 RETURN 甲.号, 丙.号",
    "MATCH (甲)-[:连]->(乙), (丙)-[:连]->(丁) WHERE 甲.值 = 丁.值 RETURN 甲.号, 乙.号, 丙.号, 丁.号",
    "MATCH (甲:左) WHERE EXISTS { (乙:右) WHERE 乙.值 = 甲.值 } RETURN 甲.号, 0",
    "MATCH (甲:左) WHERE NOT EXISTS { (乙:右) WHERE 乙.值 = 甲.值 AND 乙.号 > 30 } RETURN 甲.号, 0",
    "MATCH (甲:左) RETURN 甲.号, COUNT { (乙:右)<-[:连]-() WHERE 甲.值 = 乙.值 }",
    "MATCH (甲:左) OPTIONAL MATCH (乙:右) WHERE 乙.值 = 甲.值 RETURN 甲.号, 乙.号",
];

#[test]
fn joined_by_hash_is_as_filtered() {
    let mut session = session(GRAPH);
    for query in QUERIES {
        session.optimization = Optimization::Full;
        let plan = run(&mut session, &format!("EXPLAIN {query}"))
            .expect(query)
            .plan;
        assert!(
            plan.is_some_and(|plan| plan.contains("HashJoin")),
            "{query}"
        );
        let mut sorted = |optimization| {
            session.optimization = optimization;
            let mut rows: Vec<Vec<Value>> = run(&mut session, query).expect(query).rows;
            rows.sort_by(|left, right| {
                let pairs = left.iter().zip(right);
                let mut orders = pairs.map(|(left, right)| order(left, right));
                orders
                    .find(|order| order.is_ne())
                    .unwrap_or(std::cmp::Ordering::Equal)
            });
            rows
        };
        let (full, plain) = (sorted(Optimization::Full), sorted(Optimization::Plain));
        assert!(!full.is_empty(), "{query}");
        assert_eq!(full, plain, "{query}");
    }
}

#[test]
fn a_table_is_made_anew_where_rows_before_changed_the_graph() {
    let mut session = session(GRAPH);
    let text = "MATCH (甲:左) WHERE 甲.号 < 20 CALL (甲) { MATCH (乙:右) WHERE 乙.号 = 甲.号 CREATE (:右 {号: 甲.号 + 1}) }
                WITH count(*) AS 行 MATCH (乙:右) RETURN count(*)";
    let mut counts = Vec::new();
    for optimization in [Optimization::Full, Optimization::Plain] {
        session.optimization = optimization;
        session.begin().expect("none is open");
        counts.push(run(&mut session, text).expect(text).rows);
        session.rollback().expect("one is open");
    }
    assert_eq!(counts[0], counts[1]);
}
