//! What a query or a person writes into a built graph stays, whatever is built or removed; corrections hold.

use std::fs;

use tupu::build::Corrections;
use tupu::session::Database;
use tupu::value::{Date, Map};

use crate::toy::{Build, article};

fn change(build: &Build, query: &str) {
    let database = Database::open(std::slice::from_ref(&build.graph)).expect("it was built");
    database
        .session()
        .run(query, &Map::default())
        .unwrap_or_else(|error| panic!("{query}: {error}"));
    database
        .save(&build.graph)
        .expect("the folder can be written");
}

fn count(build: &Build, pattern: &str) -> i64 {
    let database = Database::open(std::slice::from_ref(&build.graph)).expect("it was built");
    let query = format!("MATCH {pattern} RETURN count(*)");
    let result = database
        .session()
        .run(&query, &Map::default())
        .expect(&query);
    result.rows[0][0].as_integer().expect("a count")
}

#[test]
fn what_a_query_wrote_stays() {
    let build = Build::new("stays");
    build.add(&[
        article("a", "2023-01-01", "甲区聚焦集成电路。甲公司位于甲区。"),
        article("b", "2023-01-01", "乙区聚焦低空经济。"),
    ]);
    build.export();
    change(
        &build,
        "MATCH (n {name: '甲区'}), (e {name: '甲公司'}) SET n.note = '重点', n:Watched \
         CREATE (n)-[:TWINNED {since: 2020}]->(:District {name: '丙区'}), (e)-[:LOCATED_IN]->(n)",
    );
    let written = fs::read_to_string(&build.graph).expect("it was saved");
    assert_eq!(build.export(), written, "building again touches nothing");
    build.folder.remove("b").expect("the folder can be written");
    build.export();
    assert_eq!(count(&build, "(:District {name: '乙区'})"), 0);
    assert_eq!(
        count(
            &build,
            "(:Watched {note: '重点'})-[:TWINNED]->(:District {name: '丙区'})"
        ),
        1
    );
    assert_eq!(count(&build, "(:Enterprise)-[:LOCATED_IN]->(:District)"), 2);
    build.folder.remove("a").expect("the folder can be written");
    build.export();
    assert_eq!(
        count(
            &build,
            "(:Watched {name: '甲区', note: '重点'})-[:TWINNED]->()"
        ),
        1
    );
    assert_eq!(count(&build, "(:Enterprise)-[:LOCATED_IN]->(:District)"), 1);
    assert_eq!(count(&build, "(:Cluster)"), 0);
    assert_eq!(count(&build, "(:Document)"), 0);
}

#[test]
fn articles_join_a_graph_that_was_written_by_hand() {
    let build = Build::new("joined");
    let graph = "// Written by hand.\nGraph(version: 1, nodes: [\
                 Node(id: \"District/甲区\", labels: [District, Region], properties: {\"name\": \"甲区\", \"code\": 7}),\
                 ], indicators: [Indicator(of: \"District/甲区\", name: \"面积\", value: 3)])";
    fs::write(&build.graph, graph).expect("the folder can be written");
    build.folder.prepare().expect("the folder can be written");
    let alone = build.export();
    build.add(&[article("a", "2023-01-01", "甲区聚焦集成电路。")]);
    assert!(build.export().starts_with("// Written by hand.\n"));
    assert_eq!(
        count(&build, "(:District {code: 7})-[:FOCUSES_ON]->(:Cluster)"),
        1
    );
    assert_eq!(count(&build, "(:District)"), 1);
    build.folder.remove("a").expect("the folder can be written");
    assert_eq!(build.export(), alone);
}

#[test]
fn corrections_assert_and_deny() {
    let mut build = Build::new("corrected");
    build.add(&[article(
        "a",
        "2023-01-01",
        "甲区聚焦集成电路。甲区聚焦低空经济。甲公司位于甲区。甲区2022年产值达3亿元。",
    )]);
    let before = build.export();
    build.corrections = Corrections::parse(
        "corrections.ron",
        r#"Corrections(
            version: 1,
            assert: [Fact(from: "Enterprise/乙公司", type: "LOCATED_IN", to: "District/甲区", reason: "年报")],
            deny: [
                Fact(from: "District/甲区", type: "FOCUSES_ON", to: "Cluster/低空经济", reason: "另一个区"),
                Fact(of: "Enterprise/甲公司", reason: "不是公司"),
                Fact(of: "District/甲区", indicator: "产值", period: Some("2022"), reason: "错字"),
            ],
        )"#,
    )
    .expect("they are well formed");
    let text = build.export();
    assert_eq!(build.export(), text);
    assert_eq!(count(&build, "(:District)-[:FOCUSES_ON]->(:Cluster)"), 1);
    assert_eq!(count(&build, "(:Enterprise)"), 1);
    assert_eq!(count(&build, "(:Indicator)"), 0);
    let evidence = "MATCH ()-[r:LOCATED_IN]->() RETURN evidence(r)[0].quote AS quote";
    let database = Database::open(std::slice::from_ref(&build.graph)).expect("it was built");
    let result = database
        .session()
        .run(evidence, &Map::default())
        .expect(evidence);
    assert_eq!(result.rows[0][0].as_str(), Some("年报"));
    build.corrections = Corrections::default();
    assert_eq!(
        build.export(),
        before,
        "without corrections all is as it was"
    );
}

#[test]
fn a_wrong_correction_is_shown_with_its_place() {
    let wrong = "Corrections(\n  version: 1,\n  deny: [Fact(of: \"Distrikt/甲区\")],\n)";
    let error = Corrections::parse("c.ron", wrong).expect_err("the label is none");
    assert_eq!(
        error.to_string(),
        "c.ron:3:20: found \"Distrikt/甲区\", expected a label and a name: \"District/坪山区\""
    );
}

#[test]
fn only_what_was_known_on_a_day_is_built() {
    let articles = [
        article("a", "2022-06-01", "甲区将聚焦集成电路。"),
        article("b", "2023-06-01", "甲区聚焦集成电路。乙区聚焦低空经济。"),
        article("c", "none", "丙区聚焦低空经济。"),
    ];
    let mut build = Build::new("as-of");
    build.add(&articles);
    let all = build.export();
    build.day = Date::parse("2022-12-31").ok();
    let early = build.export();
    assert_eq!(early, Build::of("as-of-early", &articles[..1]));
    assert_eq!(count(&build, "()-[:FOCUSES_ON {status: 'planned'}]->()"), 1);
    build.day = None;
    assert_eq!(build.export(), all);
    // The same day, asked of the whole graph.
    let database = Database::open(std::slice::from_ref(&build.graph)).expect("it was built");
    let known = database
        .as_of(Date::parse("2022-12-31").expect("a day"))
        .expect("the evidence fits");
    assert_eq!(known.to_ron(), early);
}
