use std::io::Write as _;
use std::process::{Command, Stdio};

use expect_test::{Expect, expect};

use super::*;
use crate::format::ron;
use crate::graph::Graph;
use crate::value::{Map, RelationshipId};

fn node(labels: &[&str], properties: &[(&str, Value)]) -> Node {
    Node {
        labels: labels.iter().map(|label| (*label).into()).collect(),
        properties: map(properties),
    }
}

fn map(entries: &[(&str, Value)]) -> Map {
    entries
        .iter()
        .map(|(key, value)| ((*key).into(), value.clone()))
        .collect()
}

type Properties<'a> = &'a [(&'a str, Value)];

fn graph(nodes: Vec<Node>, relationships: &[(u64, &str, u64, Properties<'_>)]) -> Subgraph {
    let relationships = relationships
        .iter()
        .map(|(start, relationship_type, end, properties)| Relationship {
            relationship_type: (*relationship_type).into(),
            start: NodeId(*start),
            end: NodeId(*end),
            properties: map(properties),
        });
    Subgraph {
        nodes: nodes
            .into_iter()
            .zip(0..)
            .map(|(node, id)| (NodeId(id), node))
            .collect(),
        relationships: relationships
            .zip(0..)
            .map(|(data, id)| (RelationshipId(id), data))
            .collect(),
    }
}

fn small() -> Subgraph {
    graph(
        vec![
            node(
                &["Region", "District"],
                &[("name", "坪山区".into()), ("level", "区".into())],
            ),
            node(
                &["Enterprise"],
                &[
                    ("name", "比亚迪".into()),
                    ("aliases", Value::list(vec!["BYD".into()])),
                ],
            ),
            node(
                &["Indicator"],
                &[
                    ("name", "地区生产总值".into()),
                    ("value", 108_000_000_000_i64.into()),
                    ("unit", "元".into()),
                ],
            ),
        ],
        &[
            (1, "LOCATED_IN", 0, &[("status", "planned".into())]),
            (0, "HAS_INDICATOR", 2, &[]),
            (1, "IN_CLUSTER", 7, &[]),
        ],
    )
}

/// Names that mean something to Graphviz, to XML or to terminals, in every place where a name can stand.
fn hostile() -> Subgraph {
    let names = [
        "\"",
        "\\",
        "a\\",
        "\\\"",
        "\\N\\G\\l",
        "<b>粗</b>",
        "&lt;&amp;&#x4e2d;&",
        "graph",
        "node",
        "strict",
        "\n\r\n\t",
        "\0\u{1}\u{1b}[31m\u{7f}\u{85}",
        "\u{ffff}\u{fffe}\u{202e}\u{200b}",
        "e\u{301}👩‍🔬🇨🇳",
        "{a|<p>b}",
        "",
        " ",
        "//",
        "/*",
        "]; x",
        "--",
        "->",
        "\u{301}",
        "%",
        "{{",
        "${x}",
    ];
    let nodes = names.iter().map(|name| {
        node(
            &[name],
            &[
                ("name", (*name).into()),
                (name, Value::list(vec![(*name).into()])),
            ],
        )
    });
    let nodes: Vec<Node> = nodes.chain([node(&[], &[])]).collect();
    let relationships: Vec<_> = (0..)
        .zip(names)
        .map(|(id, name)| (id, name, id + 1))
        .collect();
    let mut graph = graph(nodes, &[]);
    for (id, relationship_type, end) in relationships {
        let data = Relationship {
            relationship_type: relationship_type.into(),
            start: NodeId(id),
            end: NodeId(end),
            properties: map(&[(relationship_type, relationship_type.into())]),
        };
        graph.relationships.insert(RelationshipId(id), data);
    }
    graph
}

fn draw(graph: &Subgraph, options: &Options) -> String {
    let mut out = Vec::new();
    write(&mut out, graph, options).unwrap();
    String::from_utf8(out).unwrap()
}

fn check(options: &Options, expected: &Expect) {
    expected.assert_eq(&draw(&small(), options));
}

/// What the real Graphviz makes of a drawing, or nothing where it is not installed.
fn graphviz(arguments: &[&str], drawing: &str) -> Option<Vec<u8>> {
    let mut command = Command::new("dot");
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let Ok(mut dot) = command.spawn() else {
        println!("skipped: Graphviz (`dot`) is not installed");
        return None;
    };
    let mut input = dot.stdin.take().expect("the input is a pipe");
    let drawing = drawing.to_owned();
    let writer = std::thread::spawn(move || input.write_all(drawing.as_bytes()));
    let output = dot.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && complaints.is_empty(),
        "Graphviz complains: {complaints}"
    );
    Some(output.stdout)
}

#[test]
fn draws_nodes_relationships_and_missing_ends() {
    check(
        &Options::default(),
        &expect![[r##"
            digraph "tupu" {
              graph [charset="UTF-8", rankdir=LR, fontname="Noto Sans CJK SC,Source Han Sans SC,WenQuanYi Zen Hei,Microsoft YaHei,PingFang SC,sans-serif", fontsize=12, bgcolor="white", pad=0.3, nodesep=0.18, ranksep=1.1, outputorder="edgesfirst"];
              node [fontname="Noto Sans CJK SC,Source Han Sans SC,WenQuanYi Zen Hei,Microsoft YaHei,PingFang SC,sans-serif", fontsize=12, fontcolor="#1A1A1A", color="#00000066", margin="0.18,0.09", height=0.4];
              edge [fontname="Noto Sans CJK SC,Source Han Sans SC,WenQuanYi Zen Hei,Microsoft YaHei,PingFang SC,sans-serif", fontsize=9, fontcolor="#555555", color="#8C8C8C", arrowsize=0.6, penwidth=0.9];
              n0 [label="坪山区", tooltip="Region · District\nname: 坪山区\nlevel: 区", shape="ellipse", style="filled", fillcolor="#99DDFF"];
              n1 [label="比亚迪", tooltip="Enterprise\nname: 比亚迪\naliases: ['BYD']", shape="box", style="filled,rounded", fillcolor="#EE8866"];
              n2 [label="地区生产总值\n1080亿元", tooltip="Indicator\nname: 地区生产总值\nvalue: 108000000000\nunit: 元", shape="box", style="filled,rounded", fillcolor="#FFFFFF"];
              n7 [label="", tooltip="…", shape="circle", style="dashed", width=0.2, height=0.2, fixedsize=true];
              n1 -> n0 [label="LOCATED_IN", tooltip="LOCATED_IN\nstatus: planned", labeltooltip="LOCATED_IN\nstatus: planned", style="dashed"];
              n0 -> n2 [label="HAS_INDICATOR", tooltip="HAS_INDICATOR", labeltooltip="HAS_INDICATOR"];
              n1 -> n7 [label="IN_CLUSTER", tooltip="IN_CLUSTER", labeltooltip="IN_CLUSTER"];
            }
        "##]],
    );
}

#[test]
fn draws_a_legend_frames_and_what_is_left_out() {
    let options = Options {
        label_limit: 4,
        rank_direction: RankDirection::TopToBottom,
        cluster_by: Some("label".into()),
        has_legend: true,
        limit: Some(2),
        names: Names::Chinese,
    };
    check(
        &options,
        &expect![[r##"
            digraph "tupu" {
              graph [charset="UTF-8", rankdir=TB, fontname="Noto Sans CJK SC,Source Han Sans SC,WenQuanYi Zen Hei,Microsoft YaHei,PingFang SC,sans-serif", fontsize=12, bgcolor="white", pad=0.3, nodesep=0.18, ranksep=1.1, outputorder="edgesfirst"];
              node [fontname="Noto Sans CJK SC,Source Han Sans SC,WenQuanYi Zen Hei,Microsoft YaHei,PingFang SC,sans-serif", fontsize=12, fontcolor="#1A1A1A", color="#00000066", margin="0.18,0.09", height=0.4];
              edge [fontname="Noto Sans CJK SC,Source Han Sans SC,WenQuanYi Zen Hei,Microsoft YaHei,PingFang SC,sans-serif", fontsize=9, fontcolor="#555555", color="#8C8C8C", arrowsize=0.6, penwidth=0.9];
              subgraph cluster_0 {
                graph [label="区县", style="rounded", color="#BBBBBB", fontcolor="#555555", margin=14];
                n0 [label="坪山区", tooltip="地区 · 区县\nname: 坪山区\nlevel: 区", shape="ellipse", style="filled", fillcolor="#99DDFF"];
              }
              subgraph cluster_1 {
                graph [label="企业", style="rounded", color="#BBBBBB", fontcolor="#555555", margin=14];
                n1 [label="比亚迪", tooltip="企业\nname: 比亚迪\naliases: ['BYD']", shape="box", style="filled,rounded", fillcolor="#EE8866"];
              }
              n7 [label="", tooltip="…", shape="circle", style="dashed", width=0.2, height=0.2, fixedsize=true];
              n1 -> n0 [label="位于", tooltip="位于\nstatus: planned", labeltooltip="位于\nstatus: planned", style="dashed"];
              n1 -> n7 [label="属于产业", tooltip="属于产业", labeltooltip="属于产业"];
              more [label="… 另有 1 个", tooltip="… 另有 1 个", shape="box", style="rounded,dashed", fontcolor="#555555"];
              subgraph cluster_legend {
                graph [label="图例", style="rounded", color="#BBBBBB", fontcolor="#555555", margin=14];
                legend_0 [label="区县", tooltip="区县", shape="ellipse", style="filled", fillcolor="#99DDFF"];
                legend_1 [label="企业", tooltip="企业", shape="box", style="filled,rounded", fillcolor="#EE8866"];
              }
            }
        "##]],
    );
    let options = Options {
        cluster_by: Some("level".into()),
        ..Options::default()
    };
    assert!(draw(&small(), &options).contains("graph [label=\"区\""));
}

#[test]
fn graphviz_shows_hostile_names_as_they_are() {
    for cluster_by in [None, Some(ClusterBy::Label), Some("name".into())] {
        let options = Options {
            has_legend: true,
            cluster_by,
            ..Options::default()
        };
        let Some(svg) = graphviz(&["-Tsvg"], &draw(&hostile(), &options)) else {
            return;
        };
        let svg = String::from_utf8(svg).unwrap();
        for shown in [
            "&lt;b&gt;粗&lt;/b&gt;",
            "&amp;lt;&amp;amp;&amp;#x4e2d;&amp;",
            ">\\N\\G\\l<",
            ">graph<",
            ">{a|&lt;p&gt;b}<",
        ] {
            assert!(svg.contains(shown), "{shown} is not in the picture:\n{svg}");
        }
        let forbidden =
            |c: char| c != '\n' && c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
        assert!(!svg.contains(forbidden), "a character that XML forbids");
    }
}

#[test]
fn the_embedded_graph_is_drawn_whole() {
    // The simplest of the layouts: what counts is that everything is read.
    let mut graph = Graph::new();
    ron::open(ron::embedded(), &mut graph).unwrap();
    let whole = graph.view().subgraph();
    let drawing = draw(
        &whole,
        &Options {
            has_legend: true,
            ..Options::default()
        },
    );
    if let Some(read) = graphviz(&["-Kpatchwork", "-Tcanon"], &drawing) {
        let read = String::from_utf8(read).unwrap();
        assert_eq!(read.matches(" -> ").count(), whole.relationships.len());
    }
}

#[test]
fn missing_ends_are_added_from_the_graph() {
    let mut graph = Graph::new();
    let ends = [(); 2].map(|()| graph.create_node(&[], &[]).unwrap());
    let relationship_type = graph.intern_type("T");
    graph
        .create_relationship(ends[0], relationship_type, ends[1], &[])
        .unwrap();
    let mut part = graph.view().subgraph();
    part.nodes.clear();
    assert!(with_ends(graph.view(), &part).nodes.keys().eq(&ends));
}

#[test]
fn an_empty_graph_is_a_picture_too() {
    let drawing = draw(
        &Subgraph::default(),
        &Options {
            has_legend: true,
            ..Options::default()
        },
    );
    if let Some(svg) = graphviz(&["-Tsvg"], &drawing) {
        assert!(String::from_utf8(svg).unwrap().contains("<svg"));
    }
}

#[test]
fn the_order_of_a_result_does_not_change_the_picture() {
    let mut turned = small();
    turned.nodes.reverse();
    turned.relationships.reverse();
    assert_eq!(
        draw(&small(), &Options::default()),
        draw(&turned, &Options::default())
    );
}

#[test]
fn captions_break_at_blanks_and_keep_characters_whole() {
    let caption = |name: &str| {
        let options = Options {
            label_limit: 40,
            ..Options::default()
        };
        super::label::caption(&node(&["Policy"], &[("name", name.into())]), &options)
    };
    expect![[r#"
        深圳市坪山区人民
        政府关于促进新能
        源汽车产业高质量
        发展的若干措施"#]]
    .assert_eq(&caption(
        "深圳市坪山区人民政府关于促进新能源汽车产业高质量发展的若干措施",
    ));
    expect![[r#"
        The Greater Bay Area
        Innovation Centre"#]]
    .assert_eq(&caption("The Greater Bay Area Innovation Centre"));
    assert_eq!(caption("坪山\n区"), "坪山↵区");
}

#[test]
fn directions_are_found_by_name() {
    for direction in RankDirection::ALL {
        assert_eq!(direction.name().parse(), Ok(direction));
    }
    expect!["there is no direction 'up'; the directions are LR, TB, RL, BT"]
        .assert_eq(&"up".parse::<RankDirection>().unwrap_err().to_string());
}
