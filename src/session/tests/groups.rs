//! Groups by properties that tell nodes apart, and what happens when they do not.

use super::{Database, Map, Value};

/// The groups by a property that tells nodes apart, as long as it does, and by values computed from it.
fn check(setup: &[&str]) {
    let mut session = Database::new().session();
    let mut rows = |text: &str| {
        let result = session.run(text, &Map::default());
        result.expect("the statement runs").rows
    };
    rows("CREATE INDEX FOR (c:City) ON (c.id)");
    rows("CREATE INDEX FOR (p:Person) ON (p.id)");
    rows("UNWIND range(0, 999) AS x CREATE (:Person {id: x, name: 'n' + x % 300, city: x % 7})");
    rows("MATCH (p:Person), (q:Person) WHERE q.id = p.id * 3 % 1000 CREATE (p)-[:KNOWS]->(q)");
    for statement in setup {
        rows(statement);
    }
    let by_node = "MATCH (p) OPTIONAL MATCH (p)-->(q) WITH p, q WHERE p.id IS NOT NULL
        RETURN p.id AS id, p.name AS name, count(q) AS n, sum(q.city) AS s ORDER BY id, name, n, s";
    let by_value = by_node.replace("p.id AS id", "p.id + 0 AS id");
    let (grouped, expected) = (rows(by_node), rows(&by_value));
    assert!(grouped.len() > 900 && grouped == expected);
    let counted = rows("MATCH (p:Person)<-[:KNOWS]-(q) RETURN p.id, p.name, count(*) AS n");
    let sum: i64 = counted.iter().filter_map(|row| row[2].as_integer()).sum();
    assert_eq!(
        rows("MATCH ()-[k:KNOWS]->() RETURN count(k)"),
        [[Value::Integer(sum)]]
    );
}

#[test]
fn groups_by_a_property_that_tells_nodes_apart_are_groups_by_node() {
    check(&[]);
}

#[test]
fn two_nodes_with_the_same_values_are_one_group() {
    check(&["CREATE (:Person {id: 3, name: 'n3', city: 1})"]);
    // Of another label, met after some that the index tells apart.
    check(&["CREATE (:City {id: 5, name: 'n5'})-[:IN]->(:City {id: 6})"]);
    check(&[
        "MATCH (p:Person {id: 8}) REMOVE p.id",
        "CREATE (:Person {name: 'n9'})",
    ]);
}
