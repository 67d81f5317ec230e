//! The answer does not depend on the number of threads. In unit tests also small graphs are divided among them.

use super::{Database, Map, Value};

fn database() -> Database {
    let database = Database::new();
    let mut session = database.session();
    for statement in [
        "UNWIND range(0, 499) AS n CREATE (:Person {n: n, x: n * 0.1, city: n % 7})",
        "MATCH (a:Person), (b:Person) WHERE b.n = (a.n * 7 + 1) % 500 OR b.n = (a.n + 1) % 500 OR b.n = a.n / 2 CREATE (a)-[:KNOWS]->(b)",
    ] {
        session
            .run(statement, &Map::default())
            .expect("the statement is right");
    }
    database
}

fn rows(database: &Database, query: &str, threads: usize) -> Vec<Vec<Value>> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.expect("threads can be started").install(|| {
        let result = database.session().run(query, &Map::default());
        result.expect("the query is right").rows
    })
}

#[test]
fn any_number_of_threads_gives_the_same_answer() {
    let database = database();
    for query in [
        "MATCH (a:Person)-[:KNOWS]->(b:Person)-[:KNOWS]->(c:Person) WHERE b.n < 400 AND c.n > 20 RETURN count(*)",
        "MATCH (a:Person)-[:KNOWS]->(b)-[:KNOWS]->(c)-[:KNOWS]->(a) RETURN count(*)",
        "MATCH (a:Person)-[:KNOWS]->(b)-[:KNOWS]->(c) RETURN a.city, sum(c.x), avg(c.x), min(c.n), max(b.x), count(*)",
        "MATCH (a)-[:KNOWS]->(b) WHERE a.n > 9000 RETURN count(*), sum(b.n), avg(b.x)",
    ] {
        let one = rows(&database, query, 1);
        assert_eq!(one, rows(&database, query, 4), "{query}");
    }
}

#[test]
fn pieces_put_together_are_the_whole() {
    let database = database();
    let query = "MATCH (a:Person) RETURN count(*), sum(a.n), min(a.n), max(a.n), avg(a.city)";
    let expected = (0..500_i64).map(|n| n % 7).sum::<i64>();
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let mean = expected as f64 / 500.0;
    let expected: Vec<Value> = vec![
        500.into(),
        124_750.into(),
        0.into(),
        499.into(),
        mean.into(),
    ];
    assert_eq!(rows(&database, query, 3), [expected]);
}
