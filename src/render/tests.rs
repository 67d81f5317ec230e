use expect_test::{Expect, expect};
use std::sync::Arc;

use super::*;
use crate::graph::{Node, Relationship};
use crate::value::{Map, NodeId, Path, RelationshipId};

fn map<const N: usize>(entries: [(&str, Value); N]) -> Map {
    entries
        .into_iter()
        .map(|(key, value)| (key.into(), value))
        .collect()
}

/// 比亚迪 lies in 坪山区, and 坪山区 (planned) in nothing that is left: relationship 2 ends in a deleted node.
fn entities() -> Subgraph {
    let node = |labels: &[&str], name: &str| Node {
        labels: labels.iter().map(|label| (*label).into()).collect(),
        properties: map([("name", name.into())]),
    };
    let relationship = |relationship_type: &str, start, end, properties| Relationship {
        relationship_type: relationship_type.into(),
        start: NodeId(start),
        end: NodeId(end),
        properties,
    };
    Subgraph {
        nodes: [
            (NodeId(0), node(&["District", "Region"], "坪山区")),
            (NodeId(1), node(&["Enterprise"], "比亚迪")),
            (NodeId(2), Node::default()),
            (NodeId(3), node(&["My label"], "it's")),
        ]
        .into_iter()
        .collect(),
        relationships: [
            (
                RelationshipId(0),
                relationship("LOCATED_IN", 1, 0, map([("status", "planned".into())])),
            ),
            (RelationshipId(1), relationship("T", 0, 2, Map::new())),
        ]
        .into_iter()
        .collect(),
    }
}

fn path() -> Value {
    let relationships = vec![
        RelationshipId(0),
        RelationshipId(0),
        RelationshipId(1),
        RelationshipId(9),
    ];
    Value::Path(Arc::new(Path::new(
        [0, 1, 0, 2, 9].map(NodeId).to_vec(),
        relationships,
    )))
}

fn awkward() -> (Vec<Arc<str>>, Vec<Vec<Value>>) {
    let columns = ["企业", "n", "any thing"].map(Arc::from).to_vec();
    let rows = vec![
        vec!["比亚迪".into(), 1.into(), Value::Node(NodeId(0))],
        vec![
            "👩‍🔬🇨🇳 e\u{301}".into(),
            2.5.into(),
            Value::Relationship(RelationshipId(0)),
        ],
        vec![
            "a|b\\|c\n\"d\",\t<e>\u{200b}".into(),
            Value::Null,
            Value::list(vec!["x".into(), Value::Null]),
        ],
        vec![
            "".into(),
            i64::MAX.into(),
            Value::from(map([("k", f64::NAN.into()), ("a b", true.into())])),
        ],
        vec![
            "null".into(),
            f64::NEG_INFINITY.into(),
            Value::Path(Arc::new(Path::new(vec![NodeId(2)], vec![]))),
        ],
    ];
    (columns, rows)
}

fn check(format: Format, options: &Options, expected: &Expect) {
    let (columns, rows) = awkward();
    let entities = entities();
    let mut out = Vec::new();
    write(
        &mut out,
        format,
        Rows {
            columns: &columns,
            rows: &rows,
            entities: &entities,
        },
        options,
    )
    .unwrap();
    // What can't be seen must not stand in the expected text.
    let text = String::from_utf8(out)
        .unwrap()
        .replace('\u{200b}', "<U+200B>");
    expected.assert_eq(&text);
}

#[test]
fn literals() {
    let entities = entities();
    let check = |value: Value, names: Names, expected: Expect| {
        expected.assert_eq(&literal(&value, &entities, names).to_string());
    };
    let identifiers = Names::Identifiers;
    check(Value::Null, identifiers, expect!["null"]);
    check(true.into(), identifiers, expect!["true"]);
    check(
        Value::list(vec![
            1.0.into(),
            1e21.into(),
            1e-9.into(),
            0.1.into(),
            (-0.0).into(),
        ]),
        identifiers,
        expect!["[1.0, 1e21, 1e-9, 0.1, -0.0]"],
    );
    check(
        "it's a \\ \n\t\u{1b}".into(),
        identifiers,
        expect![[r#"'it\'s a \\ \n\t\u001B'"#]],
    );
    check(
        map([("名", 1.into()), ("a b", 2.into()), ("`", 3.into())]).into(),
        identifiers,
        expect!["{名: 1, `a b`: 2, ````: 3}"],
    );
    check(
        Value::Node(NodeId(0)),
        identifiers,
        expect!["(:District:Region {name: '坪山区'})"],
    );
    check(
        Value::Node(NodeId(0)),
        Names::Chinese,
        expect!["(:区县:地区 {name: '坪山区'})"],
    );
    check(Value::Node(NodeId(2)), identifiers, expect!["()"]);
    check(
        Value::Node(NodeId(3)),
        identifiers,
        expect![r"(:`My label` {name: 'it\'s'})"],
    );
    check(Value::Node(NodeId(9)), identifiers, expect!["(deleted)"]);
    check(
        Value::Relationship(RelationshipId(0)),
        identifiers,
        expect!["[:LOCATED_IN {status: 'planned'}]"],
    );
    check(
        Value::Relationship(RelationshipId(0)),
        Names::Chinese,
        expect!["[:位于 {status: 'planned'}]"],
    );
    check(
        path(),
        identifiers,
        expect![
            "(:District:Region {name: '坪山区'})<-[:LOCATED_IN {status: 'planned'}]-(:Enterprise {name: '比亚迪'})-[:LOCATED_IN {status: 'planned'}]->(:District:Region {name: '坪山区'})-[:T]->()-[deleted]->(deleted)"
        ],
    );
}

#[test]
fn tables() {
    check(
        Format::Table,
        &Options::default(),
        &expect![[r#"
            ┌─────────────────────────┬─────────────────────┬─────────────────────────────────────┐
            │ 企业                    │                   n │ any thing                           │
            ├─────────────────────────┼─────────────────────┼─────────────────────────────────────┤
            │ 比亚迪                  │                   1 │ (:District:Region {name: '坪山区'}) │
            │ 👩‍🔬🇨🇳 é                  │                 2.5 │ [:LOCATED_IN {status: 'planned'}]   │
            │ a|b\|c↵"d",⇥<e>\u{200b} │                null │ ['x', null]                         │
            │                         │ 9223372036854775807 │ {k: NaN, `a b`: true}               │
            │ null                    │           -Infinity │ ()                                  │
            └─────────────────────────┴─────────────────────┴─────────────────────────────────────┘
        "#]],
    );
    check(
        Format::Table,
        &Options {
            width: Some(40),
            names: Names::Chinese,
        },
        &expect![[r#"
            ┌────────────┬────────────┬────────────┐
            │ 企业       │          n │ any thing  │
            ├────────────┼────────────┼────────────┤
            │ 比亚迪     │          1 │ (:区县:地… │
            │ 👩‍🔬🇨🇳 é     │        2.5 │ [:位于 {s… │
            │ a|b\|c↵"d… │       null │ ['x', nul… │
            │            │ 922337203… │ {k: NaN, … │
            │ null       │  -Infinity │ ()         │
            └────────────┴────────────┴────────────┘
        "#]],
    );
    check(
        Format::Table,
        &Options {
            width: Some(1),
            names: Names::Identifiers,
        },
        &expect![[r#"
        ┌──────┬──────┬──────┐
        │ 企业 │    n │ any… │
        ├──────┼──────┼──────┤
        │ 比…  │    1 │ (:D… │
        │ 👩‍🔬…  │  2.5 │ [:L… │
        │ a|b… │ null │ ['x… │
        │      │ 922… │ {k:… │
        │ null │ -In… │ ()   │
        └──────┴──────┴──────┘
    "#]],
    );
}

#[test]
fn no_line_of_a_table_is_wider_than_the_terminal() {
    let (columns, rows) = awkward();
    let entities = entities();
    for width in 22..150 {
        let mut out = Vec::new();
        let options = Options {
            width: Some(width),
            names: Names::Identifiers,
        };
        write(
            &mut out,
            Format::Table,
            Rows {
                columns: &columns,
                rows: &rows,
                entities: &entities,
            },
            &options,
        )
        .unwrap();
        let table = String::from_utf8(out).unwrap();
        let widths: Vec<usize> = table.lines().map(text::width).collect();
        assert!(
            widths
                .iter()
                .all(|line| *line == widths[0] && *line <= width),
            "{width}: {widths:?}\n{table}"
        );
    }
}

#[test]
fn json() {
    check(
        Format::Json,
        &Options::default(),
        &expect![[r#"
            [
            {"企业":"比亚迪","n":1,"any thing":{"id":0,"labels":["District","Region"],"properties":{"name":"坪山区"}}},
            {"企业":"👩‍🔬🇨🇳 é","n":2.5,"any thing":{"id":0,"type":"LOCATED_IN","start":1,"end":0,"properties":{"status":"planned"}}},
            {"企业":"a|b\\|c\n\"d\",\t<e><U+200B>","n":null,"any thing":["x",null]},
            {"企业":"","n":9223372036854775807,"any thing":{"k":"NaN","a b":true}},
            {"企业":"null","n":"-Infinity","any thing":{"nodes":[{"id":2,"labels":[],"properties":{}}],"relationships":[]}}
            ]
        "#]],
    );
    check(
        Format::Jsonl,
        &Options {
            width: None,
            names: Names::Chinese,
        },
        &expect![[r#"
            {"企业":"比亚迪","n":1,"any thing":{"id":0,"labels":["区县","地区"],"properties":{"name":"坪山区"}}}
            {"企业":"👩‍🔬🇨🇳 é","n":2.5,"any thing":{"id":0,"type":"位于","start":1,"end":0,"properties":{"status":"planned"}}}
            {"企业":"a|b\\|c\n\"d\",\t<e><U+200B>","n":null,"any thing":["x",null]}
            {"企业":"","n":9223372036854775807,"any thing":{"k":"NaN","a b":true}}
            {"企业":"null","n":"-Infinity","any thing":{"nodes":[{"id":2,"labels":[],"properties":{}}],"relationships":[]}}
        "#]],
    );
}

#[test]
fn separated_values() {
    check(
        Format::Csv,
        &Options::default(),
        &expect![[r#"
            企业,n,any thing
            比亚迪,1,"{""id"":0,""labels"":[""District"",""Region""],""properties"":{""name"":""坪山区""}}"
            👩‍🔬🇨🇳 é,2.5,"{""id"":0,""type"":""LOCATED_IN"",""start"":1,""end"":0,""properties"":{""status"":""planned""}}"
            "a|b\|c
            ""d"",	<e><U+200B>",,"[""x"",null]"
            ,9223372036854775807,"{""k"":""NaN"",""a b"":true}"
            null,-Infinity,"{""nodes"":[{""id"":2,""labels"":[],""properties"":{}}],""relationships"":[]}"
        "#]],
    );
    check(
        Format::Tsv,
        &Options::default(),
        &expect![[r#"
            企业	n	any thing
            比亚迪	1	"{""id"":0,""labels"":[""District"",""Region""],""properties"":{""name"":""坪山区""}}"
            👩‍🔬🇨🇳 é	2.5	"{""id"":0,""type"":""LOCATED_IN"",""start"":1,""end"":0,""properties"":{""status"":""planned""}}"
            "a|b\|c
            ""d"",	<e><U+200B>"		"[""x"",null]"
            	9223372036854775807	"{""k"":""NaN"",""a b"":true}"
            null	-Infinity	"{""nodes"":[{""id"":2,""labels"":[],""properties"":{}}],""relationships"":[]}"
        "#]],
    );
}

#[test]
fn markdown_escapes_its_markup() {
    check(
        Format::Markdown,
        &Options::default(),
        &expect![[r#"
        | 企业 | n | any thing |
        | --- | ---: | --- |
        | 比亚迪 | 1 | (:District:Region {name: '坪山区'}) |
        | 👩‍🔬🇨🇳 é | 2.5 | [:LOCATED_IN {status: 'planned'}] |
        | a\|b\\\|c<br>"d",⇥\<e>\\u{200b} | null | ['x', null] |
        |  | 9223372036854775807 | {k: NaN, \`a b\`: true} |
        | null | -Infinity | () |
    "#]],
    );
}

#[test]
fn ron_reads_back() {
    check(
        Format::Ron,
        &Options::default(),
        &expect![[r#"
        [
            {"企业": "比亚迪", "n": 1, "any thing": Node(id: 0, labels: ["District", "Region"], properties: {"name": "坪山区"})},
            {"企业": "👩\u{200d}🔬🇨🇳 e\u{301}", "n": 2.5, "any thing": Relationship(id: 0, type: "LOCATED_IN", start: 1, end: 0, properties: {"status": "planned"})},
            {"企业": "a|b\\|c\n\"d\",\t<e>\u{200b}", "n": None, "any thing": ["x", None]},
            {"企业": "", "n": 9223372036854775807, "any thing": {"k": NaN, "a b": true}},
            {"企业": "null", "n": -inf, "any thing": Path(nodes: [Node(id: 2, labels: [], properties: {})], relationships: [])},
        ]
    "#]],
    );
    let (columns, mut rows) = awkward();
    for row in &mut rows {
        row.truncate(2);
    }
    let entities = Subgraph::default();
    let mut out = Vec::new();
    write(
        &mut out,
        Format::Ron,
        Rows {
            columns: &columns[..2],
            rows: &rows,
            entities: &entities,
        },
        &Options::default(),
    )
    .unwrap();
    let read: Vec<indexmap::IndexMap<String, ::ron::Value>> =
        ::ron::from_str(str::from_utf8(&out).unwrap()).unwrap();
    assert_eq!(read.len(), 5);
    assert_eq!(
        read[2]["企业"],
        ::ron::Value::String("a|b\\|c\n\"d\",\t<e>\u{200b}".into())
    );
}

#[test]
fn nothing_is_written_without_columns() {
    let entities = Subgraph::default();
    let text = |format| {
        let mut out = Vec::new();
        write(
            &mut out,
            format,
            Rows {
                columns: &[],
                rows: &[],
                entities: &entities,
            },
            &Options::default(),
        )
        .unwrap();
        String::from_utf8(out).unwrap()
    };
    let written = Format::ALL
        .map(|format| format!("{format}: {:?}", text(format)))
        .join("\n");
    expect![[r#"
        table: ""
        json: "[]\n"
        jsonl: ""
        csv: ""
        tsv: ""
        markdown: ""
        ron: "[\n]\n""#]]
    .assert_eq(&written);
}

#[test]
fn deep_values_do_not_overflow_the_stack() {
    let mut value = Value::Null;
    for _ in 0..10_000 {
        value = Value::list(vec![value]);
    }
    let (columns, rows) = ([Arc::from("x")], [vec![value]]);
    for format in Format::ALL {
        let rows = Rows {
            columns: &columns,
            rows: &rows,
            entities: &Subgraph::default(),
        };
        let mut out = Vec::new();
        write(&mut out, format, rows, &Options::default()).unwrap();
        assert!(out.len() > 20_000, "{format}");
    }
}

#[test]
fn formats_are_found_by_name() {
    for format in Format::ALL {
        assert_eq!(format.name().parse(), Ok(format));
    }
    expect![
        "there is no format 'xml'; the formats are table, json, jsonl, csv, tsv, markdown, ron"
    ]
    .assert_eq(&"xml".parse::<Format>().unwrap_err().to_string());
}

mod typed_json {
    use super::super::typed_json::{from_json, typed};
    use super::*;

    fn write(value: &Value, expected: &Expect) {
        expected.assert_eq(&serde_json::to_string(&typed(value, &entities())).unwrap());
    }

    #[test]
    fn writes_what_the_protocol_asks() {
        let numbers = vec![
            1.into(),
            1.0.into(),
            1e21.into(),
            i64::MIN.into(),
            f64::NAN.into(),
            f64::INFINITY.into(),
        ];
        write(
            &Value::list(numbers),
            &expect![[
                r#"[1,1.0,1e+21,-9223372036854775808,{"~float":"NaN"},{"~float":"Infinity"}]"#
            ]],
        );
        write(&map([("a", 1.into())]).into(), &expect![[r#"{"a":1}"#]]);
        write(
            &map([("~a", map([("b", Value::Null)]).into())]).into(),
            &expect![[r#"{"~map":{"~a":{"b":null}}}"#]],
        );
        write(
            &Value::Node(NodeId(0)),
            &expect![[
                r#"{"~node":{"id":0,"labels":["District","Region"],"props":{"name":"坪山区"}}}"#
            ]],
        );
        write(
            &Value::Node(NodeId(9)),
            &expect![[r#"{"~node":{"id":9,"labels":[],"props":{}}}"#]],
        );
        write(
            &Value::Relationship(RelationshipId(0)),
            &expect![[
                r#"{"~rel":{"id":0,"type":"LOCATED_IN","start":1,"end":0,"props":{"status":"planned"}}}"#
            ]],
        );
        write(
            &Value::Relationship(RelationshipId(9)),
            &expect![[r#"{"~rel":{"id":9}}"#]],
        );
        let path = Path::new(vec![NodeId(0), NodeId(2)], vec![RelationshipId(1)]);
        write(
            &Value::Path(Arc::new(path)),
            &expect![[
                r#"{"~path":[{"~node":{"id":0,"labels":["District","Region"],"props":{"name":"坪山区"}}},{"~rel":{"id":1,"type":"T","start":0,"end":2,"props":{}}},{"~node":{"id":2,"labels":[],"props":{}}}]}"#
            ]],
        );
    }

    #[test]
    fn temporal_values_keep_their_type() {
        let temporal = r#"[{"~temporal":"2024-01-17","type":"Date"},{"~temporal":"12:30","type":"LocalTime"},{"~temporal":"12:30+08:00","type":"Time"},{"~temporal":"2024-01-17T12:30","type":"LocalDateTime"},{"~temporal":"2024-01-17T12:30+08:00[Asia/Shanghai]","type":"DateTime"},{"~temporal":"P1Y2DT3S","type":"Duration"}]"#;
        let value = from_json(&serde_json::from_str(temporal).unwrap()).unwrap();
        let entities = Subgraph::default();
        assert_eq!(
            serde_json::to_string(&typed(&value, &entities)).unwrap(),
            temporal
        );
        let text = |format| {
            let mut out = Vec::new();
            let rows = Rows {
                columns: &["t".into()],
                rows: &[vec![value.clone()]],
                entities: &entities,
            };
            super::super::write(&mut out, format, rows, &Options::default()).unwrap();
            String::from_utf8(out).unwrap()
        };
        expect![[r#"
            {"t":["2024-01-17","12:30","12:30+08:00","2024-01-17T12:30","2024-01-17T12:30+08:00[Asia/Shanghai]","P1Y2DT3S"]}
        "#]].assert_eq(&text(Format::Jsonl));
        expect![[r#"
            [
                {"t": [Date("2024-01-17"), LocalTime("12:30"), Time("12:30+08:00"), LocalDateTime("2024-01-17T12:30"), DateTime("2024-01-17T12:30+08:00[Asia/Shanghai]"), Duration("P1Y2DT3S")]},
            ]
        "#]].assert_eq(&text(Format::Ron));
        expect!["[2024-01-17, 12:30, 12:30+08:00, 2024-01-17T12:30, 2024-01-17T12:30+08:00[Asia/Shanghai], P1Y2DT3S]"].assert_eq(&literal(&value, &entities, Names::Identifiers).to_string());
    }

    #[test]
    fn reads_what_it_wrote() {
        let value = Value::list(vec![
            Value::Null,
            1.into(),
            1.0.into(),
            1e300.into(),
            i64::MIN.into(),
            f64::INFINITY.into(),
            map([
                ("~a", map([("b", "深圳".into())]).into()),
                ("b", true.into()),
            ])
            .into(),
        ]);
        let json = serde_json::to_string(&typed(&value, &Subgraph::default())).unwrap();
        assert_eq!(from_json(&serde_json::from_str(&json).unwrap()), Ok(value));
    }

    #[test]
    fn refuses_what_is_no_value() {
        let check = |json: &str, expected: Expect| {
            expected.assert_eq(
                &from_json(&serde_json::from_str(json).unwrap())
                    .unwrap_err()
                    .to_string(),
            );
        };
        check(
            "[9223372036854775808]",
            expect![
                "the number 9223372036854775808 does not fit: integers have 64 bits, floats reach to ±1.8e308"
            ],
        );
        check(
            "1e999",
            expect![
                "the number 1e+999 does not fit: integers have 64 bits, floats reach to ±1.8e308"
            ],
        );
        check(
            r#"{"~float":"1"}"#,
            expect![[r#"~float takes "NaN", "Infinity" or "-Infinity", found "1""#]],
        );
        check(r#"{"~map":[]}"#, expect!["~map takes an object, found []"]);
        check(
            r#"{"~node":{"id":1}}"#,
            expect!["a value given to a query is no ~node: match the entity in the query instead"],
        );
        check(
            r#"{"~temporal":"2024-13-01","type":"Date"}"#,
            expect!["date can't use month 13: month lies between 1 and 12"],
        );
        check(
            r#"{"~temporal":"2024-12-01"}"#,
            expect![
                "~temporal takes a type: Date, LocalTime, Time, LocalDateTime, DateTime or Duration, found null"
            ],
        );
        check(
            r#"{"~temporal":1,"type":"Date"}"#,
            expect!["~temporal takes an ISO 8601 text, found 1"],
        );
        check(
            r#"{"~what":1}"#,
            expect![[
                r#"a key that begins with ~ takes ~float, ~temporal or ~map (a map with such a key is wrapped in ~map), found "~what""#
            ]],
        );
    }
}
