//! What is written reads back as the same graph, and that is written as the same text.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::super::{Ids, open, write, write_to};
use crate::format::difference::Difference;
use crate::graph::Graph;
use crate::value::Value;

fn read(text: &str) -> (Graph, Ids) {
    let mut graph = Graph::new();
    let ids = open(&[("a.ron", text)], &mut graph)
        .unwrap_or_else(|error| panic!("{}\n{text}", error.render()));
    (graph, ids)
}

/// Writes a graph and checks that nothing of it got lost.
fn write_and_read(graph: &Graph, ids: &Ids) -> String {
    let text = write(graph.view(), ids);
    let (again, ids_again) = read(&text);
    let difference = Difference::between((graph.view(), ids), (again.view(), &ids_again));
    assert_eq!(difference.to_string(), "", "{text}");
    assert_eq!(write(again.view(), &ids_again), text);
    text
}

fn check(text: &str, expected: Expect) {
    let (graph, ids) = read(text);
    expected.assert_eq(&write_and_read(&graph, &ids));
}

#[test]
fn hand_written_forms_are_kept() {
    check(
        r#"
        // Facts about 坪山区.
        // Licence: MIT OR Apache-2.0.

        Graph(version: 1,
            indicators: [
                Indicator(of: "坪山区", name: "地区生产总值", value: 108000000000, unit: "元", period: "2022", sources: ["d"]),
                Indicator(id: "gdp", of: "坪山区", name: "地区生产总值", properties: {"note": "a"}),
            ],
            relationships: [
                (from: "坪山区", type: LOCATED_IN, to: "深圳市", sources: ["d"], properties: {"since": 2009}),
                (from: "坪山区", type: 邻近, to: "坪山区"),
                (from: "坪山区", type: "is near", to: "坪山区"),
                (from: "d", type: MENTIONS, to: "深圳市", properties: {"times": 2}),
            ],
            nodes: [
                Node(id: "深圳市", labels: [Region, City], properties: {"aliases": ["深圳"], "name": "深圳市"}),
                Node(id: "坪山区", labels: [District], sources: [],),
                Node(id: "x", properties: {"sources": ["elsewhere"]}),
            ],
            documents: [
                Document(id: "e", properties: {"pages": 3}),
                Document(id: "d", date: "2024-02-20", title: "坪山", mentions: ["深圳市", "坪山区", "gdp"]),
            ],
        )"#,
        expect![[r#"
            // Facts about 坪山区.
                    // Licence: MIT OR Apache-2.0.
            Graph(
                version: 1,
                documents: [
                    Document(id: "d", title: "坪山", date: "2024-02-20", mentions: [
                        "gdp",
                        "坪山区",
                        "深圳市",
                    ]),
                    Document(id: "e", properties: {"pages": 3}),
                ],
                nodes: [
                    Node(id: "x", properties: {"sources": ["elsewhere"]}),
                    Node(id: "坪山区", labels: [District], sources: []),
                    Node(id: "深圳市", labels: [City, Region], properties: {"name": "深圳市", "aliases": ["深圳"]}),
                ],
                relationships: [
                    Relationship(from: "d", type: MENTIONS, to: "深圳市", properties: {"times": 2}),
                    Relationship(from: "坪山区", type: LOCATED_IN, to: "深圳市", properties: {"since": 2009}, sources: ["d"]),
                    Relationship(from: "坪山区", type: "is near", to: "坪山区"),
                    Relationship(from: "坪山区", type: 邻近, to: "坪山区"),
                ],
                indicators: [
                    Indicator(id: "gdp", of: "坪山区", name: "地区生产总值", properties: {"note": "a"}),
                    Indicator(of: "坪山区", name: "地区生产总值", value: 108000000000, unit: "元", period: "2022", sources: ["d"]),
                ],
            )
        "#]],
    );
}

#[test]
fn the_example_of_the_documentation_opens() {
    let document = include_str!("../../../../docs/FORMAT.md");
    let (_, rest) = document
        .split_once("```ron\n")
        .expect("there is an example");
    let (example, _) = rest.split_once("```").expect("it ends");
    let (graph, ids) = read(example);
    assert_eq!(write_and_read(&graph, &ids), example);
}

#[test]
fn values_may_nest_fifty_deep() {
    let value = format!("{}1{}", "[".repeat(50), "]".repeat(50));
    let text =
        format!("Graph(version: 1, nodes: [Node(id: \"a\", properties: {{\"a\": {value}}})])");
    let (graph, ids) = read(&text);
    write_and_read(&graph, &ids);
}

#[test]
fn an_empty_graph() {
    check(
        "Graph(version: 1)",
        expect![[r#"
        // A property graph in the RON format of tupu.
        Graph(
            version: 1,
        )
    "#]],
    );
}

#[test]
fn nodes_without_an_id_get_one_from_their_content() {
    let mut graph = Graph::new();
    let labels = ["District", "Document", "Indicator"].map(|label| graph.intern_label(label));
    let [name, period, value] = ["name", "period", "value"].map(|key| graph.intern_key(key));
    let has_indicator = graph.intern_type("HAS_INDICATOR");
    let mut node = |labels: &[_], properties: &[_]| {
        graph
            .create_node(labels, properties)
            .expect("there is room")
    };
    let pingshan = node(&labels[..1], &[(name, "坪山区".into())]);
    node(
        &labels[..1],
        &[(name, "坪山区".into()), (value, Value::Integer(1))],
    );
    node(&labels[1..2], &[(name, "news".into())]);
    node(&labels[..2], &[(name, "more news".into())]);
    node(&labels[..1], &[]);
    node(&[], &[]);
    node(&[], &[]);
    let gdp = node(
        &labels[2..],
        &[(name, "GDP".into()), (period, "2022".into())],
    );
    let other = node(&labels[2..], &[(name, "GDP".into())]);
    let create =
        |graph: &mut Graph, start, end| graph.create_relationship(start, has_indicator, end, &[]);
    create(&mut graph, pingshan, gdp).expect("both ends are there");
    create(&mut graph, gdp, other).expect("both ends are there");
    expect![[r#"
        // A property graph in the RON format of tupu.
        Graph(
            version: 1,
            documents: [
                Document(id: "news"),
            ],
            nodes: [
                Node(id: "District/9e82b211", labels: [District]),
                Node(id: "District/more news", labels: [District, Document], properties: {"name": "more news"}),
                Node(id: "District/坪山区#0d95e7b6", labels: [District], properties: {"name": "坪山区"}),
                Node(id: "District/坪山区#e12cab0d", labels: [District], properties: {"name": "坪山区", "value": 1}),
                Node(id: "node/cbf29ce4"),
                Node(id: "node/cbf29ce4-2"),
            ],
            indicators: [
                Indicator(id: "District/坪山区#0d95e7b6/GDP/2022", of: "District/坪山区#0d95e7b6", name: "GDP", period: "2022"),
                Indicator(of: "District/坪山区#0d95e7b6/GDP/2022", name: "GDP"),
            ],
        )
    "#]].assert_eq(&write_and_read(&graph, &Ids::default()));
}

/// Any value that a property can hold, the temporal ones aside.
fn value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        any::<bool>().prop_map(Value::Boolean),
        any::<i64>().prop_map(Value::Integer),
        any::<f64>().prop_map(Value::Float),
        Just(Value::Float(f64::NAN)),
        ".*".prop_map(Value::from),
        "[a-c\u{4e00}-\u{4e03}]{0,2}".prop_map(Value::from),
    ];
    scalar.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(
                prop_oneof![4 => inner.clone(), 1 => Just(Value::Null)],
                0..3
            )
            .prop_map(Value::list),
            prop::collection::vec((".{0,2}", inner), 0..3).prop_map(|entries| Value::from(
                entries
                    .into_iter()
                    .map(|(k, v)| (k.into(), v))
                    .collect::<crate::value::Map>()
            )),
        ]
    })
}

fn properties() -> impl Strategy<Value = Vec<(String, Value)>> {
    let names = prop_oneof![Just("a"), Just("b"), Just("c")].prop_map(Value::from);
    let known = prop_oneof![
        Just("name"),
        Just("title"),
        Just("period"),
        Just("unit"),
        Just("sources"),
        Just("名")
    ];
    let entry = prop_oneof![
        3 => (Just("name".to_owned()), names.clone()),
        2 => (known.prop_map(str::to_owned), prop_oneof![value(), names.clone()]),
        2 => (Just("sources".to_owned()), prop::collection::vec(names, 0..3).prop_map(Value::list)),
        1 => (".{0,3}", value()),
    ];
    prop::collection::vec(entry, 0..4)
}

fn name(known: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![6 => prop::sample::select(known).prop_map(str::to_owned), 1 => ".{0,4}"]
}

type PlainNode = (Vec<String>, Vec<(String, Value)>);
type PlainRelationship = (
    prop::sample::Index,
    String,
    prop::sample::Index,
    Vec<(String, Value)>,
);

fn node() -> impl Strategy<Value = PlainNode> {
    let label = name(&["Document", "Indicator", "企业", "Some", "true"]);
    (prop::collection::vec(label, 0..3), properties())
}

fn relationship() -> impl Strategy<Value = PlainRelationship> {
    let type_name = name(&["MENTIONS", "HAS_INDICATOR", "HAS_INDICATOR", "位于"]);
    let properties = prop_oneof![3 => Just(Vec::new()), 1 => properties()];
    (
        any::<prop::sample::Index>(),
        type_name,
        any::<prop::sample::Index>(),
        properties,
    )
}

/// Adds nodes, and relationships between any nodes that are there.
fn add(graph: &mut Graph, nodes: &[PlainNode], relationships: &[PlainRelationship]) {
    let keyed = |graph: &mut Graph, properties: &[(String, Value)]| {
        let mut keyed: Vec<(_, Value)> = Vec::new();
        for (key, value) in properties {
            let key = graph.intern_key(key);
            keyed.retain(|(other, _)| *other != key);
            keyed.push((key, value.clone()));
        }
        keyed
    };
    for (labels, properties) in nodes {
        let mut labels: Vec<_> = labels
            .iter()
            .map(|label| graph.intern_label(label))
            .collect();
        labels.sort_unstable();
        labels.dedup();
        let properties = keyed(graph, properties);
        graph
            .create_node(&labels, &properties)
            .expect("there is room");
    }
    let all: Vec<_> = graph.view().nodes().collect();
    for (start, type_name, end, properties) in relationships.iter().filter(|_| !all.is_empty()) {
        let type_id = graph.intern_type(type_name);
        let properties = keyed(graph, properties);
        let (start, end) = (*start.get(&all), *end.get(&all));
        graph
            .create_relationship(start, type_id, end, &properties)
            .expect("both ends are there");
    }
}

proptest! {
    #[test]
    fn any_graph(
        nodes in prop::collection::vec(node(), 0..8),
        relationships in prop::collection::vec(relationship(), 0..12),
        more_nodes in prop::collection::vec(node(), 0..3),
        more_relationships in prop::collection::vec(relationship(), 0..4),
        gone in any::<prop::sample::Index>(),
    ) {
        let mut graph = Graph::new();
        add(&mut graph, &nodes, &relationships);
        let text = write_and_read(&graph, &Ids::default());

        let (mut graph, ids) = read(&text);
        let all: Vec<_> = graph.view().nodes().collect();
        if !all.is_empty() {
            let gone = *gone.get(&all);
            for relationship in graph.incident(gone) {
                graph.delete_relationship(relationship).expect("it is there");
            }
            graph.delete_node(gone).expect("nothing hangs on it");
        }
        graph.commit();
        add(&mut graph, &more_nodes, &more_relationships);
        write_and_read(&graph, &ids);
    }

    #[test]
    fn no_text_panics(cut in any::<prop::sample::Index>(), inserted in "[\\PC\n]{0,3}", until in any::<prop::sample::Index>()) {
        const TEXT: &str = r##"// a
            Graph(version: 1, documents: [Document(id: "d", title: "标题", mentions: ["a"])], nodes: [
                Node(id: "a", labels: [A, "b c"], properties: {"名": [1, -2.5, "\u{4e00}\n", r#"x"#], "b": {"c": true}}),
            ], relationships: [Relationship(from: "a", type: R, to: "a", sources: ["d"])])"##;
        let places: Vec<_> = TEXT.char_indices().map(|(at, _)| at).collect();
        let (cut, until) = (*cut.get(&places), *until.get(&places));
        let mut graph = Graph::new();
        let changed = format!("{}{inserted}{}", &TEXT[..cut], &TEXT[until..]);
        if let Err(error) = open(&[("a.ron", &changed)], &mut graph) {
            prop_assert!(!error.render().is_empty());
            prop_assert_eq!(graph.view().node_count(), 0);
        }
    }
}

const CLAIMED: &str = r#"// A graph with evidence.
Graph(
    version: 1,
    documents: [
        Document(id: "d", title: "题", source: "报", date: "2024-02-20", mentions: [
            "坪山区",
            "智能车",
        ]),
        Document(id: "e", date: "2025-01-01"),
    ],
    nodes: [
        Node(id: "坪山区", labels: [District], properties: {"name": "坪山区", "aliases": ["坪山"]}),
        Node(id: "智能车", labels: [Cluster], properties: {"name": "智能车"}),
        Node(id: "张三", labels: [Person], properties: {"name": "张三"}),
    ],
    relationships: [
        Relationship(from: "坪山区", type: FOCUSES_ON, to: "智能车"),
        Relationship(from: "坪山区", type: FOCUSES_ON, to: "智能车", sources: ["d"]),
        Relationship(from: "张三", type: LEADS, to: "坪山区", properties: {"role": "书记"}, sources: ["e"]),
        Relationship(from: "张三", type: LEADS, to: "坪山区", properties: {"role": "区长"}, sources: ["d"]),
    ],
    indicators: [
        Indicator(id: "f", of: "坪山区", name: "增速", value: 3.5, unit: "%", sources: ["d"]),
    ],
    evidence: [
        Evidence(document: "d", passages: [
            Passage(start: 7, text: "坪山发展\"智能车\"，增3.5%。", claims: [
                Claim(of: "坪山区", alias: "坪山", at: (7, 9), rule: "region"),
                Claim(from: "坪山区", type: FOCUSES_ON, to: "智能车", at: (7, 16), rule: "focus", status: planned),
                Claim(of: "f", at: (18, 22), subject_at: (7, 9), rule: "growth"),
            ]),
            Passage(start: 30, text: "区长张三。", claims: [
                Claim(from: "张三", type: LEADS, to: "坪山区", role: "区长", at: (30, 34), rule: "office"),
            ]),
        ]),
        Evidence(document: "e"),
        Evidence(by_hand: ["坪山区"]),
    ],
)
"#;

#[test]
fn evidence_is_kept() {
    let text = CLAIMED;
    let (graph, ids) = read(text);
    let written = write_and_read(&graph, &ids);
    assert_eq!(read(&written).1.evidence(), read(text).1.evidence());
    let evidence = ids.evidence();
    assert_eq!(evidence.documents.len(), 2);
    assert_eq!(evidence.by_hand.len(), 1);
    let quotes: Vec<_> = evidence
        .claims
        .iter()
        .map(|claim| evidence.quotation(claim).1)
        .collect();
    assert_eq!(quotes, ["坪山", "坪山发展\"智能车\"", "3.5%", "区长张三"]);
}

#[test]
fn evidence_that_comes_document_by_document_gives_the_same_text() {
    let (graph, ids) = read(CLAIMED);
    let whole = ids.evidence();
    let single = |index: usize| {
        let mut evidence = crate::evidence::Evidence::default();
        evidence.documents.push(whole.documents[index].clone());
        for claim in &whole.claims {
            let passage = whole.passage(claim);
            if passage.document == index {
                evidence.passages.push(crate::evidence::Passage {
                    document: 0,
                    ..passage.clone()
                });
                let passage = evidence.passages.len() - 1;
                evidence.add(crate::evidence::Claim {
                    passage,
                    ..claim.clone()
                });
            }
        }
        Ok(evidence)
    };
    let mut out = Vec::new();
    write_to(graph.view(), &ids, [1, 0].into_iter().map(single), &mut out)
        .expect("a vector takes all");
    assert!(String::from_utf8(out).is_ok_and(|text| text.contains(
        "    evidence: [\n        Evidence(document: \"e\"),\n        Evidence(document: \"d\""
    )));
}
