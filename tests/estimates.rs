//! How many rows the planner expects, held against how many come: within a factor of ten on the benchmark's kinds of
//! questions, operator by operator. What is expected of a plan that runs beside the stream is not looked at: it runs
//! for many rows at once.

use tupu::session::{Database, Session};
use tupu::value::{Map, Value};

/// A graph of people and one of enterprises, both with hubs.
const GRAPH: [&str; 18] = [
    "CREATE INDEX FOR (n:Person) ON (n.id)",
    "CREATE INDEX FOR (n:City) ON (n.id)",
    "CREATE INDEX FOR (n:Country) ON (n.id)",
    "CREATE INDEX FOR (n:Interest) ON (n.id)",
    "CREATE INDEX FOR (n:Enterprise) ON (n.id)",
    "UNWIND range(1, 2000) AS i CREATE (:Person {id: i, name: 'Person' + i, age: 18 + i * 7 % 60,
     gender: CASE i % 2 WHEN 0 THEN 'male' ELSE 'female' END})",
    "UNWIND range(1, 60) AS i CREATE (:City {id: i, name: 'City' + i})",
    "UNWIND range(1, 10) AS i CREATE (:Country {id: i, name: 'Country' + i})",
    "UNWIND range(1, 10) AS i CREATE (:Interest {id: i, name: 'Interest' + i})",
    "UNWIND range(1, 60) AS i WITH i, 1 + i % 10 AS j MATCH (c:City {id: i}), (n:Country {id: j}) CREATE (c)-[:CITY_IN]->(n)",
    "UNWIND range(1, 2000) AS i WITH i, 1 + i * 13 % 60 AS j MATCH (p:Person {id: i}), (c:City {id: j}) CREATE (p)-[:LIVES_IN]->(c)",
    "UNWIND range(1, 4000) AS i WITH 1 + i % 2000 AS j, 1 + i * 7 % 9 AS k MATCH (p:Person {id: j}), (t:Interest {id: k})
     CREATE (p)-[:HAS_INTEREST]->(t)",
    "UNWIND range(1, 2000) AS i UNWIND range(1, 8) AS k
     WITH i, 1 + (i * 31 + k * k * 97 + i * i % 1009 * k) % (CASE k % 4 WHEN 0 THEN 100 ELSE 2000 END) AS j
     MATCH (a:Person {id: i}), (b:Person {id: j})
     CREATE (a)-[:FOLLOWS]->(b)",
    "UNWIND range(1, 2000) AS i CREATE (:Enterprise {id: i, name: '第' + i + CASE i % 25 WHEN 0 THEN '半导体' ELSE '机械' END + '公司',
     capital: i * 37 % 5000 + 0.5, founded: 1990 + i * 11 % 35, industry: 'I' + i % 20})",
    "UNWIND range(1, 100) AS i CREATE (:District {id: i, name: 'District' + i})",
    "UNWIND range(1, 2000) AS i MATCH (e:Enterprise {id: i}), (d:District) WHERE d.id = 1 + i % 100 CREATE (e)-[:LOCATED_IN]->(d)",
    "MATCH (d:District), (c:City) WHERE c.id = 1 + d.id % 20 CREATE (d)-[:LOCATED_IN]->(c)",
    "UNWIND range(1, 2000) AS i UNWIND range(1, 4) AS k
     WITH i, 1 + (i * 17 + k * k * 131) % (CASE k WHEN 1 THEN 50 ELSE 2000 END) AS j
     MATCH (a:Enterprise {id: i}), (b:Enterprise {id: j})
     CREATE (a)-[:SUPPLIES]->(b)",
];

const QUESTIONS: [&str; 24] = [
    "MATCH (p:Person {id: $one}) RETURN p.name, p.age",
    "MATCH (p:Person {name: 'Person7'}) RETURN p.id, p.age",
    "MATCH (p:Person {id: $one})-[:FOLLOWS]->(x:Person) RETURN x.id, x.name",
    "MATCH (p:Person {id: $one})-[:FOLLOWS]->(:Person)-[:FOLLOWS]->(x:Person) RETURN count(*)",
    "MATCH (p:Person {id: $one})-[:FOLLOWS]->(:Person)-[:FOLLOWS]->(y:Person)-[:FOLLOWS]->(x:Person) WHERE y.id <> $one
     RETURN count(*)",
    "MATCH (f:Person)-[:FOLLOWS]->(p:Person) RETURN p.id AS id, p.name AS name, count(f.id) AS n ORDER BY n DESC, id LIMIT 3",
    "MATCH (p:Person)-[:LIVES_IN]->(c:City)-[:CITY_IN]->(co:Country) WHERE co.name = 'Country3'
     RETURN c.id AS id, avg(p.age) AS a ORDER BY a, id LIMIT 5",
    "MATCH (p:Person)-[:LIVES_IN]->(c:City)-[:CITY_IN]->(co:Country) WHERE p.age >= 30 AND p.age <= 40
     RETURN co.name AS country, count(*) AS n ORDER BY n DESC, country LIMIT 3",
    "MATCH (p:Person)-[:HAS_INTEREST]->(i:Interest) WHERE toLower(i.name) = 'interest3' AND toLower(p.gender) = 'male'
     WITH p, i MATCH (p)-[:LIVES_IN]->(c:City) WHERE c.name = 'City7' RETURN count(p.id)",
    "MATCH (a:Person)-[:FOLLOWS]->(b:Person)-[:FOLLOWS]->(c:Person) RETURN count(*)",
    "MATCH (a:Person)-[:FOLLOWS]->(b:Person)-[:FOLLOWS]->(c:Person) WHERE b.age < 50 AND c.age > 25 RETURN count(*)",
    "MATCH (a:Person)-[:FOLLOWS]->(b:Person)-[:FOLLOWS]->(c:Person)-[:FOLLOWS]->(a) RETURN count(*)",
    "MATCH (p:Person) WHERE NOT EXISTS { MATCH (p)-[:HAS_INTEREST]->(:Interest {name: 'Interest3'}) } RETURN count(*)",
    "MATCH (p:Person) WHERE p.name CONTAINS 'son3' RETURN count(*)",
    "MATCH (e:Enterprise {id: $one})-[s:SUPPLIES]->(x:Enterprise) RETURN x.id, x.name",
    "MATCH (e:Enterprise) RETURN e.industry AS k, count(*) AS n, avg(e.capital) AS a ORDER BY a DESC LIMIT 5",
    "MATCH (e:Enterprise) WHERE e.founded >= 2015 AND e.capital > 2000.0 RETURN e.id, e.name, e.capital",
    "MATCH (e:Enterprise) RETURN e.id AS id, e.capital AS c ORDER BY c DESC, id LIMIT 10",
    "MATCH (e:Enterprise) WHERE e.name CONTAINS '半导体' RETURN count(*)",
    "MATCH (e:Enterprise)-[:LOCATED_IN]->(:District)-[:LOCATED_IN]->(c:City) RETURN c.name AS c, count(*) AS n
     ORDER BY n DESC, c LIMIT 10",
    "MATCH (e:Enterprise) WHERE NOT EXISTS { MATCH (:Enterprise)-[:SUPPLIES]->(e) } RETURN count(*)",
    "MATCH (a:Enterprise)-[:SUPPLIES]->(b:Enterprise)-[:SUPPLIES]->(c:Enterprise), (a)-[:SUPPLIES]->(c) RETURN count(*)",
    "MATCH (e:Enterprise), (p:Person) WHERE e.founded = p.age + 1960 RETURN count(*)",
    "MATCH (e:Enterprise), (p:Person) WHERE e.id = p.id AND p.age < 30 RETURN e.name, p.name",
];

/// Lines of plans that are further off, by how they begin, each with the reason.
const KNOWN: [(&str, &str); 1] = [(
    "AntiSemiExpand (e)<-[:SUPPLIES]-()",
    "how many nodes have a relationship at all is not counted; a fixed share is taken, and here all are supplied",
)];

#[test]
fn estimates_are_within_a_factor_of_ten() {
    let mut session = Database::new().session();
    for statement in GRAPH {
        session
            .run(statement, &Map::default())
            .expect("the graph is made");
    }
    let mut off = Vec::new();
    for question in QUESTIONS {
        off.extend(lines_off(&mut session, question));
    }
    let is_known = |line: &String| KNOWN.iter().any(|(start, _)| line.starts_with(start));
    let unknown: Vec<&String> = off.iter().filter(|line| !is_known(line)).collect();
    assert!(
        unknown.is_empty(),
        "further off than ten times:\n{unknown:#?}"
    );
    for (start, _) in KNOWN {
        let is_off = off.iter().any(|line| line.starts_with(start));
        assert!(is_off, "no longer off, to be taken out: {start}");
    }
}

/// The operators of the stream whose estimate is off by more than a factor of ten.
fn lines_off(session: &mut Session, question: &str) -> Vec<String> {
    let parameters: Map = [("one".into(), Value::Integer(7))].into_iter().collect();
    let result = session
        .run(&format!("PROFILE {question}"), &parameters)
        .expect("the question is right");
    let plan = result.plan.expect("PROFILE gives a plan");
    let stream = plan
        .lines()
        .take_while(|line| !line.starts_with("subquery"));
    let off = stream.filter(|line| !line.starts_with('│')).filter(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let before = |word: &str| {
            let at = words.iter().rposition(|own| *own == word)?;
            words[at - 1].parse::<f64>().ok()
        };
        let (estimated, actual) = before("estimated")
            .zip(before("actual"))
            .expect("both are shown");
        // One row and none are as good as each other.
        let ratio = estimated.max(1.0) / actual.max(1.0);
        !(0.1..=10.0).contains(&ratio)
    });
    off.map(str::to_owned).collect()
}
