//! How long the stages of a query take, on the embedded graph and on a made one.
//!
//! ```sh
//! cargo bench                          # all
//! cargo bench -- expand                # those whose names hold a word
//! ```
//!
//! Machines are noisy: compare medians of one run with each other, not times of different days. To compare two versions,
//! keep the text of each (`cargo bench | tee before.txt`), one run right after the other, and hold them against each
//! other with `benches/compare.py before.txt after.txt`.

use std::collections::HashSet;
use std::sync::OnceLock;

use divan::{Bencher, black_box};
use tupu::algebra::bind;
use tupu::format::ron;
use tupu::function::Procedures;
use tupu::graph::{Graph, NewRelationship};
use tupu::plan::{Optimization, plan};
use tupu::session::{Database, Session};
use tupu::syntax::{self, ast::StatementBody};
use tupu::value::{Map, NodeId, Value};

fn main() {
    divan::main();
}

/// People who follow each other and live in cities: 20,000 people, 200 cities, 200,000 relationships.
fn society() -> &'static Database {
    static SOCIETY: OnceLock<Database> = OnceLock::new();
    SOCIETY.get_or_init(|| {
        let text = society_as_ron(20_000, 200_000);
        Database::from_sources(&[("society", &text)]).expect("the made graph is well formed")
    })
}

/// The made graph as a file, so that opening it can be measured too.
fn society_as_ron(people: u64, follows: u64) -> String {
    let mut graph = Graph::new();
    let (person, city) = (graph.intern_label("Person"), graph.intern_label("City"));
    let (name, age) = (graph.intern_key("name"), graph.intern_key("age"));
    let (knows, lives) = (graph.intern_type("FOLLOWS"), graph.intern_type("LIVES_IN"));
    let mut random = Random(42);
    let mut create = |label, properties: &[(_, Value)]| {
        graph
            .create_node(&[label], properties)
            .expect("there is room")
    };
    let cities: Vec<NodeId> = (0..200)
        .map(|at| create(city, &[(name, format!("城市{at}").into())]))
        .collect();
    let people: Vec<NodeId> = (0..people)
        .map(|at| {
            let years = i64::try_from(random.below(80)).expect("a small number");
            create(
                person,
                &[(name, format!("居民{at}").into()), (age, years.into())],
            )
        })
        .collect();
    let mut relationships = Vec::new();
    let mut seen = HashSet::new();
    let relation = |start, relationship_type, end| NewRelationship {
        start,
        relationship_type,
        end,
        properties: Vec::new(),
    };
    for start in &people {
        relationships.push(relation(*start, lives, *random.pick(&cities)));
    }
    while (seen.len() as u64) < follows {
        let pair = (*random.pick(&people), *random.pick(&people));
        if seen.insert(pair) {
            relationships.push(relation(pair.0, knows, pair.1));
        }
    }
    graph
        .create_relationships(relationships)
        .expect("all ends exist");
    graph.commit();
    ron::write(graph.view(), &ron::Ids::default())
}

/// A small generator of numbers, the same on every run (Marsaglia's xorshift, 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        let at = self.below(items.len() as u64);
        &items[usize::try_from(at).expect("below a length")]
    }
}

const TYPICAL: &str = "MATCH (e:Enterprise)-[:LOCATED_IN]->(d:District {name: '坪山区'}) WHERE e.name STARTS WITH '中' \
                       RETURN e.name AS 企业, count(*) AS n ORDER BY n DESC LIMIT 10";

#[divan::bench]
fn parse_typical(bencher: Bencher<'_, '_>) {
    bencher.bench(|| tupu::syntax::parse(black_box(TYPICAL)));
}

#[divan::bench]
fn parse_list_of_100_maps(bencher: Bencher<'_, '_>) {
    let maps: Vec<String> = (0..100)
        .map(|at| format!("{{id: {at}, name: '名{at}'}}"))
        .collect();
    let text = format!("UNWIND [{}] AS row RETURN row.id", maps.join(", "));
    bencher.bench(|| tupu::syntax::parse(black_box(&text)));
}

#[divan::bench]
fn explain_typical(bencher: Bencher<'_, '_>) {
    let database = Database::embedded().expect("it is well formed");
    let text = format!("EXPLAIN {TYPICAL}");
    // A session of its own has no plan of it yet.
    bencher.bench(|| run(&mut database.session(), &text));
}

#[divan::bench(sample_count = 20)]
fn open_embedded() -> Database {
    Database::embedded().expect("it is well formed")
}

#[divan::bench(args = [2_000, 4_000, 8_000], sample_count = 5)]
fn open_ron(bencher: Bencher<'_, '_>, people: u64) {
    let text = society_as_ron(people, people * 5);
    bencher.bench(|| Database::from_sources(&[("society", black_box(&text))]));
}

fn run(session: &mut Session, text: &str) -> usize {
    session
        .run(text, &Map::default())
        .expect("the query is right")
        .rows
        .len()
}

/// Each query by the plan's rules and, beside it, without them: what the rules are worth.
const QUERIES: [(&str, &str); 18] = [
    ("scan_count", "MATCH (p:Person) RETURN count(*)"),
    (
        "filter",
        "MATCH (p:Person) WHERE p.age > 40 AND p.name CONTAINS '99' RETURN p.name",
    ),
    (
        "expand_two_hops",
        "MATCH (:City {name: '城市7'})<-[:LIVES_IN]-(p)-[:FOLLOWS]->(q) RETURN count(*)",
    ),
    (
        "group",
        "MATCH (p:Person)-[:LIVES_IN]->(c:City) RETURN c.name, count(*) AS n, avg(p.age)",
    ),
    (
        "top",
        "MATCH (p:Person) RETURN p.name ORDER BY p.age DESC, p.name LIMIT 10",
    ),
    (
        "anti_join",
        "MATCH (p:Person) WHERE NOT ()-[:FOLLOWS]->(p) RETURN count(*)",
    ),
    (
        "top_groups",
        "MATCH (p:Person)<-[:FOLLOWS]-(q:Person) RETURN p.name, p.age, count(q) AS n ORDER BY n DESC, p.name LIMIT 3",
    ),
    (
        "count_subquery",
        "MATCH (p:Person) WHERE COUNT { (p)<-[:FOLLOWS]-() } > 20 RETURN count(*)",
    ),
    (
        "optional_count",
        "MATCH (p:Person) OPTIONAL MATCH (p)-[f:FOLLOWS]->() RETURN p.age, count(f), count(*)",
    ),
    (
        "mutual",
        "MATCH (p:Person)-[:FOLLOWS]->(q:Person)-[:FOLLOWS]->(p) RETURN count(*)",
    ),
    (
        "selective_end",
        "MATCH (p:Person)-[:LIVES_IN]->(c:City) WHERE c.name = '城市7' RETURN count(*)",
    ),
    ("point", "MATCH (p:Person {name: '居民77'}) RETURN p.age"),
    (
        "three_hops",
        "MATCH (:Person {name: '居民77'})-[:FOLLOWS]->()-[:FOLLOWS]->()-[:FOLLOWS]->(q) RETURN count(*)",
    ),
    (
        "hash_join",
        "MATCH (a:Person), (b:Person) WHERE a.name = b.name AND a.age < 2 RETURN count(*)",
    ),
    (
        "pairs_of_hops",
        "MATCH (a:Person)-[:FOLLOWS]->(b:Person)-[:FOLLOWS]->(c:Person) WHERE c.age > 25 RETURN count(*)",
    ),
    (
        "triangles",
        "MATCH (a:Person)-[:FOLLOWS]->(b)-[:FOLLOWS]->(c)-[:FOLLOWS]->(a) WHERE a.age < 8 RETURN count(*)",
    ),
    (
        "reach",
        "MATCH (:Person {name: '居民77'})-[:FOLLOWS*1..4]->(q) RETURN count(DISTINCT q)",
    ),
    (
        "shortest_path",
        "MATCH p = shortestPath((:Person {name: '居民77'})-[:FOLLOWS*]->(:Person {name: '居民99'})) RETURN length(p)",
    ),
];

#[divan::bench(args = QUERIES.map(|(name, _)| name), sample_count = 10)]
fn query(bencher: Bencher<'_, '_>, name: &str) {
    measure(bencher, name, Optimization::Full);
}

#[divan::bench(args = QUERIES.map(|(name, _)| name), sample_count = 10)]
fn query_plain(bencher: Bencher<'_, '_>, name: &str) {
    measure(bencher, name, Optimization::Plain);
}

/// What a query takes before its first row when it comes for the first time: read, bound and planned.
#[divan::bench(args = QUERIES.map(|(name, _)| name), sample_count = 50)]
fn first_time(bencher: Bencher<'_, '_>, name: &str) {
    let text = text_of(name);
    let view = society().view();
    let procedures = Procedures::default();
    bencher.bench_local(|| {
        let statement = syntax::parse(black_box(text)).expect("the query is right");
        let StatementBody::Query(query) = &statement.body else {
            unreachable!("all of them are queries");
        };
        let bound = bind(text, query, &procedures).expect("the query is right");
        plan(&bound, &view, Optimization::Full)
    });
}

fn text_of(name: &str) -> &'static str {
    let mut queries = QUERIES.iter();
    let found = queries.find(|(known, _)| *known == name);
    found.expect("it is in the list").1
}

fn measure(bencher: Bencher<'_, '_>, name: &str, optimization: Optimization) {
    let text = text_of(name);
    let mut session = society().session();
    session.optimization = optimization;
    bencher.bench_local(|| run(&mut session, text));
}
