//! Calls of procedures as text, on one small graph.

use std::cell::Cell;

use expect_test::{Expect, expect};

use super::*;
use crate::evidence::Evidence;
use crate::function::{Making, Memory};
use crate::graph::Graph;
use crate::value::testing::values;

/// Two districts, two enterprises and a cluster; ids in the order of creation, 0 to 4:
///
/// ```text
/// 坪山区:District:Region ←5 km– 比亚迪:Enterprise –合作→ 华大:Enterprise –12 km→ 盐田区:District:Region
///                                     ⇃属于                 ⇃属于
///                                    新能源 (no label)  ←——————
/// ```
fn sample() -> Graph {
    let mut graph = Graph::new();
    let labels = ["District", "Region", "Enterprise", "Gone"].map(|name| graph.intern_label(name));
    let types = ["位于", "合作", "属于", "GONE"].map(|name| graph.intern_type(name));
    let (name, km) = (graph.intern_key("name"), graph.intern_key("km"));
    graph.intern_key("gone");
    let mut node = |labels: &[_], text: &str| {
        graph
            .create_node(labels, &[(name, text.into())])
            .expect("there is room")
    };
    let pingshan = node(&labels[..2], "坪山区");
    let byd = node(&labels[2..3], "比亚迪");
    let bgi = node(&labels[2..3], "华大");
    let yantian = node(&labels[..2], "盐田区");
    let cluster = node(&[], "新能源");
    for (start, t, end, value) in [
        (byd, types[0], pingshan, Value::Integer(5)),
        (byd, types[1], bgi, Value::Null),
        (bgi, types[0], yantian, Value::Float(12.5)),
        (byd, types[2], cluster, Value::Null),
        (bgi, types[2], cluster, Value::Null),
    ] {
        graph
            .create_relationship(start, t, end, &[(km, value)])
            .expect("the ends are there");
    }
    graph
}

/// Calls a procedure; a row is a line.
#[track_caller]
fn check(name: &str, arguments: &str, expected: &Expect) {
    let (graph, random) = (sample(), Cell::new(0));
    let procedure = find(name).expect("a procedure of the table");
    let mut arguments = values(arguments);
    for argument in &procedure.arguments[arguments.len()..] {
        arguments.push(argument.default.expect("the other arguments are given")());
    }
    let ctx = Context {
        view: graph.view(),
        evidence: Evidence::none(),
        now: (0, 0),
        random: &random,
        making: Making {
            memory: &Memory::default(),
            made: &Cell::new(0),
        },
    };
    let text = match (procedure.body)(&ctx, &arguments) {
        Ok(rows) => rows.iter().map(|row| show(procedure, row)).collect(),
        Err(error) => format!("{}: {error}\n", error.detail()),
    };
    expected.assert_eq(&text);
}

fn show(procedure: &Procedure, row: &[Value]) -> String {
    assert_eq!(row.len(), procedure.columns.len());
    for (value, (column, of)) in row.iter().zip(procedure.columns) {
        assert!(Type::of(value).overlaps(*of), "{column} is {of}");
    }
    row.iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(" | ")
        + "\n"
}

#[test]
fn procedures_are_found_whatever_the_case() {
    assert_eq!(
        find("DB.Labels").map(|procedure| procedure.name),
        Some("db.labels")
    );
    assert!(find("db.label").is_none());
    assert!(all().map(|procedure| procedure.name).is_sorted());
    let signatures: Vec<String> = all().map(ToString::to_string).collect();
    expect![[r#"
        algo.articulationPoints(options = {} :: MAP) :: (node :: NODE)
        algo.bridges(options = {} :: MAP) :: (relationship :: RELATIONSHIP)
        algo.components(options = {} :: MAP) :: (node :: NODE, component :: INTEGER)
        algo.distances(start :: NODE, options = {} :: MAP) :: (node :: NODE, cost :: FLOAT)
        algo.isCyclic(options = {} :: MAP) :: (isCyclic :: BOOLEAN)
        algo.pageRank(options = {} :: MAP) :: (node :: NODE, score :: FLOAT)
        algo.shortestPath(start :: NODE, end :: NODE, options = {} :: MAP) :: (path :: PATH, cost :: FLOAT)
        algo.spanningTree(options = {} :: MAP) :: (relationship :: RELATIONSHIP, weight :: FLOAT)
        algo.stronglyConnectedComponents(options = {} :: MAP) :: (node :: NODE, component :: INTEGER)
        algo.topologicalSort(options = {} :: MAP) :: (node :: NODE, position :: INTEGER)
        db.labels() :: (label :: STRING)
        db.propertyKeys() :: (propertyKey :: STRING)
        db.relationshipTypes() :: (relationshipType :: STRING)
        db.schema() :: (from :: STRING, type :: STRING, to :: STRING, count :: INTEGER)
        db.schema.properties() :: (entity :: STRING, name :: STRING, key :: STRING, types :: LIST, count :: INTEGER)
        tupu.conflicts() :: (subject :: NODE, measure :: STRING, period :: STRING, value :: ANY, documents :: LIST, quote :: STRING, otherValue :: ANY, otherDocuments :: LIST, otherQuote :: STRING)
        tupu.evidence(entity :: NODE or RELATIONSHIP) :: (document :: STRING, title :: STRING, source :: STRING, date :: STRING, quote :: STRING, start :: INTEGER, end :: INTEGER, rule :: STRING, status :: STRING)"#]].assert_eq(&signatures.join("\n"));
}

#[test]
fn names_in_use_are_listed() {
    check(
        "db.labels",
        "",
        &expect![[r#"
        'District'
        'Region'
        'Enterprise'
    "#]],
    );
    check(
        "db.relationshipTypes",
        "",
        &expect![[r#"
        '位于'
        '合作'
        '属于'
    "#]],
    );
    check(
        "db.propertyKeys",
        "",
        &expect![[r#"
        'name'
        'km'
    "#]],
    );
}

#[test]
fn the_schema_shows_connections_and_properties() {
    check(
        "db.schema",
        "",
        &expect![[r#"
        'Enterprise' | '位于' | 'District' | 2
        'Enterprise' | '位于' | 'Region' | 2
        'Enterprise' | '合作' | 'Enterprise' | 1
        'Enterprise' | '属于' | null | 2
    "#]],
    );
    check(
        "db.schema.properties",
        "",
        &expect![[r#"
        'node' | null | 'name' | ['STRING'] | 1
        'node' | 'District' | 'name' | ['STRING'] | 2
        'node' | 'Region' | 'name' | ['STRING'] | 2
        'node' | 'Enterprise' | 'name' | ['STRING'] | 2
        'relationship' | '位于' | 'km' | ['FLOAT', 'INTEGER'] | 2
    "#]],
    );
}

/// Between the enterprises alone there is one relationship, a → b: a = ¼ + ½·b/2 and a + b = 1, so a = 0.4.
#[test]
fn page_rank() {
    check(
        "algo.pageRank",
        "{labels: ['Enterprise'], damping: 0.5}",
        &expect![[r#"
            (#1) | 0.40000000000009095
            (#2) | 0.599999999999909
        "#]],
    );
    check(
        "algo.pageRank",
        "{damping: 2}",
        &expect![[r#"
        NumberOutOfRange: the option 'damping' of algo.pageRank takes a number from 0 to 1, found 2
    "#]],
    );
    check(
        "algo.pageRank",
        "{iterations: 0}",
        &expect![[r#"
        NumberOutOfRange: the option 'iterations' of algo.pageRank takes an integer from 1 to 10000, found 0
    "#]],
    );
    check(
        "algo.pageRank",
        "{depth: 2}",
        &expect![[r#"
        InvalidArgumentValue: algo.pageRank can't use the option 'depth': it knows labels, types, damping, iterations
    "#]],
    );
    check(
        "algo.pageRank",
        "3",
        &expect![[r#"
        InvalidArgumentType: algo.pageRank takes a MAP of options, found INTEGER
    "#]],
    );
}

/// All hangs together; by 位于 alone, each enterprise only with its district. No cycle, so each node is strongly
/// connected only with itself.
#[test]
fn components() {
    check(
        "algo.components",
        "",
        &expect![[r#"
        (#0) | 0
        (#1) | 0
        (#2) | 0
        (#3) | 0
        (#4) | 0
    "#]],
    );
    check(
        "algo.components",
        "{types: '位于'}",
        &expect![[r#"
        (#0) | 0
        (#1) | 0
        (#2) | 1
        (#3) | 1
        (#4) | 2
    "#]],
    );
    check(
        "algo.stronglyConnectedComponents",
        "{labels: ['Enterprise', 'District']}",
        &expect![[r#"
            (#0) | 0
            (#1) | 1
            (#2) | 2
            (#3) | 3
        "#]],
    );
    check(
        "algo.components",
        "{labels: '企业'}",
        &expect![[r#"
        InvalidArgumentValue: the option 'labels' of algo.components can't use '企业': no node has it
    "#]],
    );
    check(
        "algo.components",
        "{types: [1]}",
        &expect![[r#"
        InvalidArgumentType: the option 'types' of algo.components takes a STRING or a LIST of them, found INTEGER
    "#]],
    );
}

/// The enterprises and the cluster are a triangle; each district hangs on it by one enterprise.
#[test]
fn articulation_points_and_bridges() {
    check(
        "algo.articulationPoints",
        "",
        &expect![[r#"
        (#1)
        (#2)
    "#]],
    );
    check(
        "algo.bridges",
        "",
        &expect![[r#"
        [#0]
        [#2]
    "#]],
    );
}

/// From one district to the other: 5 + 1 + 12.5 by way of both enterprises (合作), 1 more by way of the cluster.
#[test]
fn shortest_path() {
    let options = "{weight: 'km', defaultWeight: 1, direction: 'both'}";
    check(
        "algo.shortestPath",
        &format!("(#0), (#3), {options}"),
        &expect![[r#"
            <(#0)-[#0]-(#1)-[#1]-(#2)-[#2]-(#3)> | 18.5
        "#]],
    );
    check("algo.shortestPath", "(#0), (#3)", &expect![[""]]);
    check(
        "algo.shortestPath",
        "(#1), (#3), {types: ['合作', '位于']}",
        &expect![[r#"
            <(#1)-[#1]-(#2)-[#2]-(#3)> | 2.0
        "#]],
    );
    check(
        "algo.shortestPath",
        "(#3), (#1), {direction: 'in'}",
        &expect![[r#"
            <(#3)-[#2]-(#2)-[#1]-(#1)> | 2.0
        "#]],
    );
    check("algo.shortestPath", "(#1), null", &expect![[""]]);
    check("algo.shortestPath", "(#1), (#99)", &expect![[""]]);
    check(
        "algo.shortestPath",
        "(#1), (#3), {weight: ['km']}",
        &expect![[r#"
            InvalidArgumentType: the option 'weight' of algo.shortestPath takes a STRING, found LIST
        "#]],
    );
    check(
        "algo.shortestPath",
        "(#1), (#3), {weight: '公里'}",
        &expect![[r#"
            InvalidArgumentValue: the option 'weight' of algo.shortestPath can't use '公里': no relationship has it
        "#]],
    );
    check(
        "algo.shortestPath",
        "(#1), 1",
        &expect![[r#"
        InvalidArgumentType: algo.shortestPath takes a NODE, found INTEGER
    "#]],
    );
    check(
        "algo.shortestPath",
        "(#1), (#3), {weight: 'km'}",
        &expect![[r#"
            InvalidArgumentValue: the option 'weight' of algo.shortestPath can't use NULL, the weight of the 合作 relationship with the id 1: a weight is a number; 'defaultWeight' stands in where it is missing
        "#]],
    );
    check(
        "algo.shortestPath",
        "(#1), (#3), {weight: 'km', defaultWeight: -1}",
        &expect![[r#"
            InvalidArgumentValue: the option 'weight' of algo.shortestPath can't use -1, the weight of the 合作 relationship with the id 1: with a negative weight, no path is the shortest
        "#]],
    );
    check(
        "algo.shortestPath",
        "(#1), (#3), {direction: 'left'}",
        &expect![[r#"
            InvalidArgumentValue: the option 'direction' of algo.shortestPath can't use 'left': it is 'out', 'in' or 'both'
        "#]],
    );
    check(
        "algo.distances",
        &format!("(#4), {options}"),
        &expect![[r#"
            (#0) | 6.0
            (#1) | 1.0
            (#2) | 1.0
            (#3) | 13.5
            (#4) | 0.0
        "#]],
    );
}

#[test]
fn order() {
    check(
        "algo.topologicalSort",
        "{labels: 'Enterprise'}",
        &expect![[r#"
            (#1) | 0
            (#2) | 1
        "#]],
    );
    check(
        "algo.isCyclic",
        "",
        &expect![[r#"
        false
    "#]],
    );
}

/// The triangle loses one of its three sides, the last by id, as all weigh the same.
#[test]
fn spanning_tree() {
    check(
        "algo.spanningTree",
        "{weight: 'km', defaultWeight: 1}",
        &expect![[r#"
            [#1] | 1.0
            [#3] | 1.0
            [#0] | 5.0
            [#2] | 12.5
        "#]],
    );
}
