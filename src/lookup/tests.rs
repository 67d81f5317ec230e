use expect_test::{Expect, expect};

use super::*;
use crate::graph::{Graph, View};
use crate::render::{Format, Names, Options, write};
use crate::value::{NodeId, Value};

/// Nodes `(label, name, aliases)` and relationships `(start, type, end)` by name.
fn graph(nodes: &[(&str, &str, &[&str])], relationships: &[(&str, &str, &str)]) -> Graph {
    let mut graph = Graph::new();
    let (name, aliases) = (graph.intern_key("name"), graph.intern_key("aliases"));
    for (label, text, others) in nodes {
        let labels: Vec<_> = label
            .split(' ')
            .map(|label| graph.intern_label(label))
            .collect();
        let others = match others {
            [] => Value::Null,
            others => Value::list(others.iter().map(|other| (*other).into()).collect()),
        };
        graph
            .create_node(&labels, &[(name, (*text).into()), (aliases, others)])
            .unwrap();
    }
    for (start, relationship_type, end) in relationships {
        let relationship_type = graph.intern_type(relationship_type);
        let (start, end) = (node(graph.view(), start), node(graph.view(), end));
        graph
            .create_relationship(start, relationship_type, end, &[])
            .unwrap();
    }
    graph.commit();
    graph
}

fn node(view: &View, name: &str) -> NodeId {
    find(view, name)[0].node
}

fn name(view: &View, node: NodeId) -> String {
    view.node_property(node, view.key("name").unwrap())
        .as_str()
        .unwrap()
        .to_owned()
}

fn region() -> Graph {
    graph(
        &[
            ("District Region", "坪山区", &["坪山", "全区"]),
            ("City Region", "深圳市", &["深圳"]),
            ("District Region", "光明区", &["全区"]),
            ("Enterprise", "比亚迪", &["BYD", "比亚迪股份有限公司"]),
            ("Cluster", "新能源", &[]),
            ("Cluster", "“6+3”产业集群", &[]),
            ("Policy", "20+8", &[]),
            ("Organization", "孤立的机构", &[]),
        ],
        &[
            ("坪山区", "LOCATED_IN", "深圳市"),
            ("光明区", "LOCATED_IN", "深圳市"),
            ("比亚迪", "LOCATED_IN", "坪山区"),
            ("比亚迪", "IN_CLUSTER", "新能源"),
            ("坪山区", "FOCUSES_ON", "新能源"),
            ("光明区", "FOCUSES_ON", "新能源"),
            ("新能源", "PART_OF", "“6+3”产业集群"),
            ("深圳市", "ISSUED", "20+8"),
            ("坪山区", "ISSUED", "20+8"),
            ("坪山区", "COOPERATES_WITH", "光明区"),
            ("坪山区", "COOPERATES_WITH", "坪山区"),
        ],
    )
}

#[test]
fn entities_are_found_by_name_and_alias() {
    let graph = region();
    let check = |wanted: &str, expected: Expect| {
        let found = find(graph.view(), wanted).into_iter();
        let found: Vec<String> = found
            .map(|m| format!("{:?} {}", m.how, name(graph.view(), m.node)))
            .collect();
        expected.assert_eq(&found.join(", "));
    };
    check("坪山区", expect!["Name 坪山区"]);
    check(" 坪 山　区", expect!["Name 坪山区"]);
    check("全区", expect!["Alias 坪山区, Alias 光明区"]);
    check("byd", expect!["Alias 比亚迪"]);
    check("ＢＹＤ", expect!["Alias 比亚迪"]);
    check("６＋３产业集群", expect!["Name “6+3”产业集群"]);
    check("广州", expect![""]);
    check("", expect![""]);
}

#[test]
fn the_nearest_names_are_proposed() {
    let graph = region();
    let check = |wanted: &str, expected: Expect| {
        expected.assert_eq(&nearest(graph.view(), wanted, 3).join(", "));
    };
    check("平山区", expect!["坪山区"]);
    check("深圳特区", expect!["深圳, 深圳市"]);
    check("新能源车", expect!["新能源"]);
    check("比亚迪汽车", expect!["比亚迪"]);
    check("亚迪", expect!["比亚迪, 比亚迪股份有限公司"]);
    check("区", expect!["全区, 光明区, 坪山区"]);
    check("产业集群", expect!["“6+3”产业集群"]);
    check("Tesla", expect![""]);
    check("", expect![""]);
}

#[test]
fn relationships_are_followed_breadth_first() {
    let graph = region();
    let view = graph.view();
    let check = |from: &str, search: &Search, expected: Expect| {
        let reached = relationships(view, node(view, from), search);
        let lines: Vec<String> = reached
            .iter()
            .map(|reached| {
                let t = view.type_name(view.type_of(reached.relationship).unwrap());
                let walk: Vec<String> = reached
                    .path
                    .nodes()
                    .iter()
                    .map(|node| name(view, *node))
                    .collect();
                format!("{} {t} {}\n", reached.depth, walk.join(" "))
            })
            .collect();
        expected.assert_eq(&lines.concat());
    };
    check(
        "坪山区",
        &Search::default(),
        expect![[r#"
        1 LOCATED_IN 坪山区 深圳市
        1 LOCATED_IN 坪山区 比亚迪
        1 FOCUSES_ON 坪山区 新能源
        1 ISSUED 坪山区 20+8
        1 COOPERATES_WITH 坪山区 光明区
    "#]],
    );
    check(
        "坪山区",
        &Search {
            side: Side::In,
            depth: 9,
            ..Search::default()
        },
        expect![[r#"
            1 LOCATED_IN 坪山区 比亚迪
        "#]],
    );
    let types = vec![
        view.relationship_type("FOCUSES_ON").unwrap(),
        view.relationship_type("PART_OF").unwrap(),
    ];
    check(
        "坪山区",
        &Search {
            types,
            side: Side::Out,
            depth: 2,
            to: None,
        },
        expect![[r#"
            1 FOCUSES_ON 坪山区 新能源
            2 PART_OF 坪山区 新能源 “6+3”产业集群
        "#]],
    );
    let to = view.label("Enterprise");
    check(
        "“6+3”产业集群",
        &Search {
            depth: 5,
            to,
            ..Search::default()
        },
        expect![[r#"
            2 IN_CLUSTER “6+3”产业集群 新能源 比亚迪
        "#]],
    );
    check(
        "孤立的机构",
        &Search {
            depth: usize::MAX,
            ..Search::default()
        },
        expect![""],
    );
    check(
        "坪山区",
        &Search {
            depth: 0,
            ..Search::default()
        },
        expect![""],
    );
}

#[test]
fn all_shortest_paths_are_found() {
    let graph = region();
    let view = graph.view();
    let check = |from: &str, to: &str, most: usize, expected: Expect| {
        let types: Vec<_> = view.types().collect();
        let paths = shortest_paths(view, node(view, from), node(view, to), &types, most);
        let answer = paths_answer(view, &paths, Names::Identifiers);
        let lines: Vec<String> = answer
            .rows
            .iter()
            .map(|row| format!("{}\n", row[1].as_str().unwrap()))
            .collect();
        expected.assert_eq(&lines.concat());
    };
    check(
        "比亚迪",
        "光明区",
        10,
        expect![[r#"
        比亚迪 -[LOCATED_IN]-> 坪山区 -[COOPERATES_WITH]-> 光明区
        比亚迪 -[IN_CLUSTER]-> 新能源 <-[FOCUSES_ON]- 光明区
    "#]],
    );
    check(
        "比亚迪",
        "20+8",
        10,
        expect![[r#"
        比亚迪 -[LOCATED_IN]-> 坪山区 -[ISSUED]-> 20+8
    "#]],
    );
    check(
        "“6+3”产业集群",
        "深圳市",
        10,
        expect![[r#"
        “6+3”产业集群 <-[PART_OF]- 新能源 <-[FOCUSES_ON]- 坪山区 -[LOCATED_IN]-> 深圳市
        “6+3”产业集群 <-[PART_OF]- 新能源 <-[FOCUSES_ON]- 光明区 -[LOCATED_IN]-> 深圳市
    "#]],
    );
    check(
        "“6+3”产业集群",
        "深圳市",
        1,
        expect![[r#"
        “6+3”产业集群 <-[PART_OF]- 新能源 <-[FOCUSES_ON]- 坪山区 -[LOCATED_IN]-> 深圳市
    "#]],
    );
    check(
        "坪山区",
        "坪山区",
        10,
        expect![[r#"
        坪山区
    "#]],
    );
    check("坪山区", "孤立的机构", 10, expect![""]);
    check("比亚迪", "光明区", 0, expect![""]);
}

#[test]
fn lookups_are_rows() {
    let graph = region();
    let view = graph.view();
    let search = Search {
        depth: 2,
        side: Side::Both,
        ..Search::default()
    };
    let reached = relationships(view, node(view, "比亚迪"), &search);
    let answer = relationships_answer(view, &reached, Names::Chinese);
    let mut out = Vec::new();
    write(
        &mut out,
        Format::Table,
        answer.as_rows(),
        &Options::default(),
    )
    .unwrap();
    expect![[r#"
        ┌───────┬────────┬──────────┬───────────┬───────────────┬───────┐
        │ depth │ from   │ type     │ direction │ name          │ label │
        ├───────┼────────┼──────────┼───────────┼───────────────┼───────┤
        │     1 │ 比亚迪 │ 位于     │ out       │ 坪山区        │ 区县  │
        │     1 │ 比亚迪 │ 属于产业 │ out       │ 新能源        │ 产业  │
        │     2 │ 坪山区 │ 位于     │ out       │ 深圳市        │ 市    │
        │     2 │ 坪山区 │ 发布     │ out       │ 20+8          │ 政策  │
        │     2 │ 坪山区 │ 合作     │ out       │ 光明区        │ 区县  │
        │     2 │ 新能源 │ 聚焦     │ in        │ 光明区        │ 区县  │
        │     2 │ 新能源 │ 组成     │ out       │ “6+3”产业集群 │ 产业  │
        └───────┴────────┴──────────┴───────────┴───────────────┴───────┘
    "#]]
    .assert_eq(&String::from_utf8(out).unwrap());
}

#[test]
fn sides_are_found_by_name() {
    for side in Side::ALL {
        assert_eq!(side.name().parse(), Ok(side));
    }
    expect!["there is no direction 'left'; the directions are out, in, both"]
        .assert_eq(&"left".parse::<Side>().unwrap_err().to_string());
}

mod cards {
    use super::*;
    use crate::graph::KeyId;

    type Properties<'a> = &'a [(&'a str, Value)];

    fn create(graph: &mut Graph, labels: &[&str], properties: Properties<'_>) -> NodeId {
        let labels: Vec<_> = labels
            .iter()
            .map(|label| graph.intern_label(label))
            .collect();
        let properties = interned(graph, properties);
        graph.create_node(&labels, &properties).unwrap()
    }

    fn relate(
        graph: &mut Graph,
        start: NodeId,
        name: &str,
        end: NodeId,
        properties: Properties<'_>,
    ) {
        let relationship_type = graph.intern_type(name);
        let properties = interned(graph, properties);
        graph
            .create_relationship(start, relationship_type, end, &properties)
            .unwrap();
    }

    fn interned(graph: &mut Graph, properties: Properties<'_>) -> Vec<(KeyId, Value)> {
        properties
            .iter()
            .map(|(name, value)| (graph.intern_key(name), value.clone()))
            .collect()
    }

    fn document(graph: &mut Graph, name: &str, title: &str, date: &str) -> NodeId {
        let outlet = ("source", "南方都市报".into());
        let properties = [
            ("name", name.into()),
            ("title", title.into()),
            outlet,
            ("date", date.into()),
        ];
        create(graph, &["Document"], &properties)
    }

    fn texts(texts: &[&str]) -> Value {
        Value::list(texts.iter().map(|text| (*text).into()).collect())
    }

    /// A district with a figure, a planned relationship, two documents of which one is no node, and hidden characters.
    fn described() -> (Graph, NodeId) {
        let mut graph = Graph::new();
        let aliases = ("aliases", texts(&["坪山", "全\n区"]));
        let properties = [("name", "坪山区".into()), aliases, ("level", "区".into())];
        let district = create(&mut graph, &["Region", "District"], &properties);
        let city = create(&mut graph, &["Region", "City"], &[("name", "深圳".into())]);
        let cluster = create(&mut graph, &["Cluster"], &[("name", "低空经济".into())]);
        let person = create(&mut graph, &["Person"], &[("name", "赵嘉".into())]);
        let figure = [
            ("name", "地区生产总值".into()),
            ("value", 108_000_000_000_i64.into()),
            ("unit", "元".into()),
            ("period", "2022".into()),
            ("qualifier", ">".into()),
        ];
        let figure = create(&mut graph, &["Indicator"], &figure);
        let later = document(&mut graph, "d2", "坪山2024这么干", "2024-01-17");
        let earlier = document(&mut graph, "d1", "“6+3”来了", "2023-08-01");
        document(&mut graph, "d0", "另一篇", "2022-01-01");
        let sources = |names: &[&str]| ("sources", texts(names));
        relate(
            &mut graph,
            district,
            "LOCATED_IN",
            city,
            &[sources(&["d2", "d1"])],
        );
        let planned = [("status", "planned".into()), sources(&["d0", "gone"])];
        relate(&mut graph, district, "FOCUSES_ON", cluster, &planned);
        relate(&mut graph, district, "COOPERATES_WITH", city, &[]);
        relate(
            &mut graph,
            person,
            "LEADS",
            district,
            &[("role", "区长".into()), sources(&["d2"])],
        );
        relate(
            &mut graph,
            district,
            "HAS_INDICATOR",
            figure,
            &[sources(&["d1"])],
        );
        relate(&mut graph, later, "MENTIONS", district, &[]);
        relate(&mut graph, earlier, "MENTIONS", district, &[]);
        graph.commit();
        (graph, district)
    }

    fn check(options: &Options, expected: &Expect) {
        let (graph, district) = described();
        expected.assert_eq(&card(graph.view(), district).unwrap().text(options));
    }

    #[test]
    fn tell_all_that_is_known() {
        check(
            &Options::default(),
            &expect![[r#"
            坪山区 (Region · District)

            Properties
              aliases  坪山, 全↵区
              level    区

            Indicators
              地区生产总值  >1080亿元 (2022) [1]

            Relationships out
              LOCATED_IN       → 深圳 (City) [1, 2]
              FOCUSES_ON       → 低空经济 (Cluster) {status: 'planned'} [3, 4]
              COOPERATES_WITH  → 深圳 (City)

            Relationships in
              LEADS  ← 赵嘉 (Person) {role: '区长'} [2]

            Documents
              [1]  “6+3”来了 (南方都市报, 2023-08-01)
              [2]  坪山2024这么干 (南方都市报, 2024-01-17)
              [3]  另一篇 (南方都市报, 2022-01-01)
              [4]  gone
        "#]],
        );
    }

    #[test]
    fn speak_chinese_and_fit_the_terminal() {
        check(
            &Options {
                width: Some(30),
                names: Names::Chinese,
            },
            &expect![[r#"
                坪山区 (地区 · 区县)

                属性
                  aliases  坪山, 全↵区
                  level    区

                指标
                  地区生产总值  >1080亿元 (2022)
                                [1]

                指向
                  位于  → 深圳 (市) [1, 2]
                  聚焦  → 低空经济 (产业)
                        {status: 'planned'}
                        [3, 4]
                  合作  → 深圳 (市)

                来自
                  任职  ← 赵嘉 (人物) {role:
                        '区长'} [2]

                文献
                  [1]  “6+3”来了 (南方都市报,
                       2023-08-01)
                  [2]  坪山2024这么干
                       (南方都市报,
                       2024-01-17)
                  [3]  另一篇 (南方都市报,
                       2022-01-01)
                  [4]  gone
            "#]],
        );
    }

    #[test]
    fn are_not_given_for_what_is_gone() {
        assert_eq!(card(described().0.view(), NodeId(99)), None);
    }

    #[test]
    fn of_documents_list_what_they_name() {
        let (graph, _) = described();
        let document = find(graph.view(), "坪山2024这么干")[0].node;
        expect![[r#"
            坪山2024这么干 (Document)

            Properties
              name    d2
              source  南方都市报
              date    2024-01-17

            Relationships out
              MENTIONS  → 坪山区 (District)
        "#]]
        .assert_eq(
            &card(graph.view(), document)
                .unwrap()
                .text(&Options::default()),
        );
    }
}
