//! The same documents give the same bytes, in whatever order they came and whatever was there in between.

use std::collections::BTreeMap;
use std::fs;

use expect_test::expect;
use proptest::prelude::*;
use tupu::extraction::Article;
use tupu::session::Database;
use tupu::value::{Map, Value};

use crate::toy::{Build, article};

#[test]
fn a_graph_tells_which_characters_state_a_fact() {
    let text = Build::of(
        "whole",
        &[
            article(
                "a",
                "2023-01-01",
                "甲区聚焦集成电路。甲区2022年产值达30亿元。",
            ),
            article("b", "2024-01-01", "甲区聚焦集成电路。张三任甲区书记。"),
        ],
    );
    expect![[r#"
        // A property graph in the RON format of tupu.
        Graph(
            version: 1,
            documents: [
                Document(id: "a", title: "a的报道", source: "测试报", date: "2023-01-01", mentions: [
                    "Cluster/集成电路",
                    "District/甲区",
                ]),
                Document(id: "b", title: "b的报道", source: "测试报", date: "2024-01-01", mentions: [
                    "Cluster/集成电路",
                    "District/甲区",
                    "Person/张三",
                ]),
            ],
            nodes: [
                Node(id: "Cluster/集成电路", labels: [Cluster], properties: {"name": "集成电路"}),
                Node(id: "District/甲区", labels: [District, Region], properties: {"name": "甲区"}),
                Node(id: "Person/张三", labels: [Person], properties: {"name": "张三"}),
            ],
            relationships: [
                Relationship(from: "District/甲区", type: FOCUSES_ON, to: "Cluster/集成电路", sources: ["a", "b"]),
                Relationship(from: "Person/张三", type: LEADS, to: "District/甲区", properties: {"role": "书记"}, sources: ["b"]),
            ],
            indicators: [
                Indicator(id: "District/甲区/产值/2022/3000000000元", of: "District/甲区", name: "产值", value: 3000000000, unit: "元", period: "2022", qualifier: "=", sources: ["a"]),
            ],
            evidence: [
                Evidence(document: "a", passages: [
                    Passage(start: 0, text: "甲区聚焦集成电路。", claims: [
                        Claim(of: "District/甲区", at: (0, 2), rule: "toy"),
                        Claim(from: "District/甲区", type: FOCUSES_ON, to: "Cluster/集成电路", at: (0, 8), rule: "toy"),
                        Claim(of: "Cluster/集成电路", at: (4, 8), rule: "toy"),
                    ]),
                    Passage(start: 9, text: "甲区2022年产值达30亿元。", claims: [
                        Claim(of: "District/甲区/产值/2022/3000000000元", at: (9, 23), rule: "toy"),
                    ]),
                ]),
                Evidence(document: "b", passages: [
                    Passage(start: 0, text: "甲区聚焦集成电路。", claims: [
                        Claim(of: "District/甲区", at: (0, 2), rule: "toy"),
                        Claim(from: "District/甲区", type: FOCUSES_ON, to: "Cluster/集成电路", at: (0, 8), rule: "toy"),
                        Claim(of: "Cluster/集成电路", at: (4, 8), rule: "toy"),
                    ]),
                    Passage(start: 9, text: "张三任甲区书记。", claims: [
                        Claim(of: "Person/张三", at: (9, 11), rule: "toy"),
                        Claim(from: "Person/张三", type: LEADS, to: "District/甲区", role: "书记", at: (9, 16), rule: "toy"),
                    ]),
                ]),
            ],
        )
    "#]].assert_eq(&text);
}

#[test]
fn evidence_is_asked_for_in_queries() {
    let build = Build::new("queries");
    build.add(&[
        article("a", "2023-01-01", "甲区聚焦集成电路。甲区聚焦低空经济。"),
        article("b", "2024-01-01", "甲区聚焦集成电路。"),
    ]);
    build.export();
    let database = Database::open(&[build.graph]).expect("it was just written");
    let ask = |query: &str| {
        let result = database.session().run(query, &Map::default());
        let rows = result
            .unwrap_or_else(|error| panic!("{query}: {error}"))
            .rows;
        let rows = rows.iter().map(|row| {
            row.iter()
                .map(Value::to_string)
                .collect::<Vec<_>>()
                .join(" | ")
        });
        rows.collect::<Vec<_>>().join("\n")
    };
    let twice = "MATCH (:District)-[r:FOCUSES_ON]->(c) WHERE size(evidence(r)) > 1 RETURN c.name, evidence(r)[1]";
    expect!["'集成电路' | {document: 'b', title: 'b的报道', source: '测试报', date: '2024-01-01', quote: '甲区聚焦集成电路', start: 0, end: 8, rule: 'toy', status: 'stated'}"].assert_eq(&ask(twice));
    let call = "MATCH (d:District {name: '甲区'}) CALL tupu.evidence(d) YIELD document, quote, start, end \
                RETURN document, quote, start, end ORDER BY document";
    expect![[r#"
        'a' | '甲区' | 0 | 2
        'b' | '甲区' | 0 | 2"#]]
    .assert_eq(&ask(call));
    let written = "CREATE (n:District {name: '乙区'}) RETURN evidence(n)";
    assert_eq!(ask(written), "[]");
}

const NAMES: [&str; 4] = ["甲区", "乙区", "丙市甲区", "丁市"];
const FIRMS: [&str; 4] = ["甲科技公司", "甲科技", "乙科技公司", "乙科技"];
const CLUSTERS: [&str; 3] = ["集成电路", "低空经济", "生物医药"];

fn sentence() -> impl Strategy<Value = String> {
    let name = prop::sample::select(&NAMES[..]);
    let firm = prop::sample::select(&FIRMS[..]);
    let cluster = prop::sample::select(&CLUSTERS[..]);
    prop_oneof![
        (name.clone(), cluster).prop_map(|(name, cluster)| format!("{name}聚焦{cluster}。")),
        (name.clone(), prop::sample::select(&CLUSTERS[..]))
            .prop_map(|(name, cluster)| format!("{name}将聚焦{cluster}。")),
        (firm.clone(), name.clone()).prop_map(|(firm, name)| format!("{firm}位于{name}。")),
        (name.clone(), prop::sample::select(&["丙市", "丁市"][..]))
            .prop_map(|(name, city)| format!("{name}位于{city}。")),
        (name.clone(), 2020..2023, 1..4)
            .prop_map(|(name, year, value)| format!("{name}{year}年产值达{value}亿元。")),
        (prop::sample::select(&["张三", "李四"][..]), name)
            .prop_map(|(person, name)| format!("{person}任{name}书记。")),
        (firm.clone(), firm).prop_map(|(left, right)| format!("{left}合作{right}。")),
        Just("甲科技公司(简称甲科技)。".to_owned()),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(sentence(), 1..6).prop_map(|sentences| sentences.concat())
}

/// What happens to a graph: a document comes, or comes in another version, or goes.
fn steps() -> impl Strategy<Value = Vec<(u8, Option<String>)>> {
    prop::collection::vec((0..5_u8, prop::option::weighted(0.75, text())), 1..12)
}

fn numbered(number: u8, text: &str) -> Article {
    article(&format!("d{number}"), &format!("202{number}-01-01"), text)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn only_the_documents_that_are_left_count(steps in steps(), exports in prop::collection::vec(any::<bool>(), 12)) {
        let build = Build::new("steps");
        let mut left: BTreeMap<u8, String> = BTreeMap::new();
        build.folder.prepare().expect("the folder can be written");
        for ((number, text), is_exported) in steps.into_iter().zip(exports) {
            match text {
                Some(text) => {
                    build.add(&[numbered(number, &text)]);
                    left.insert(number, text);
                }
                None => {
                    let was_there = build.folder.remove(&format!("d{number}")).expect("the folder can be written");
                    prop_assert_eq!(was_there, left.remove(&number).is_some());
                }
            }
            if is_exported {
                build.export();
            }
        }
        let articles: Vec<Article> = left.iter().map(|(number, text)| numbered(*number, text)).collect();
        let fresh = Build::new("fresh");
        fresh.add(&articles);
        let expected = fresh.export();
        let found = build.export();
        prop_assert_eq!(&found, &expected);
        prop_assert_eq!(build.export(), expected, "running again");
        let backwards = Build::new("backwards");
        backwards.add(&articles.into_iter().rev().collect::<Vec<_>>());
        prop_assert_eq!(backwards.export(), found);
    }
}

#[test]
fn what_is_as_it_was_is_not_read_again() {
    let build = Build::new("unchanged");
    let first = article("a", "2023-01-01", "甲区聚焦集成电路。");
    let second = article("b", "2023-01-01", "甲区聚焦低空经济。");
    assert_eq!(build.add(std::slice::from_ref(&first)).read, 1);
    let outcome = build.add(&[first, second]);
    assert_eq!((outcome.read, outcome.unchanged), (1, 1));
    let changed = article("a", "2023-01-02", "甲区聚焦集成电路。");
    assert_eq!(build.add(&[changed]).read, 1);
    // Damage is healed by reading anew.
    let name = &build.folder.documents().expect("they were just written")[0];
    fs::write(build.folder.path().join(name), "{").expect("the folder can be written");
    let changed = article("a", "2023-01-02", "甲区聚焦集成电路。");
    assert_eq!(build.add(&[changed]).read, 1);
}
