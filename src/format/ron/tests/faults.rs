//! What is said about files that can't be opened.

use expect_test::{Expect, expect};

use super::super::open;
use crate::graph::Graph;

fn check(files: &[(&str, &str)], expected: Expect) {
    let mut graph = Graph::new();
    let error = open(files, &mut graph).expect_err("the files are faulty");
    expected.assert_eq(&error.render());
}

fn check_one(text: &str, expected: Expect) {
    check(&[("a.ron", text)], expected);
}

/// A file with one entry in the section `nodes`.
fn check_node(entry: &str, expected: Expect) {
    check_one(
        &format!("Graph(version: 1, nodes: [\n{entry}\n])"),
        expected,
    );
}

#[test]
fn what_is_no_graph() {
    check_one(
        "",
        expect![[r#"
        a.ron:1:1: found the end of the file, expected `Graph(`
        1 | 
          | ^"#]],
    );
    check_one(
        "{\"nodes\": []}",
        expect![[r#"
        a.ron:1:1: found `{`, expected `Graph(`
        1 | {"nodes": []}
          | ^"#]],
    );
    check_one(
        "Grpah(version: 1)",
        expect![[r#"
        a.ron:1:1: found `Grpah`, expected `Graph(`
        1 | Grpah(version: 1)
          | ^^^^^"#]],
    );
    check_one(
        "Graph(version: 1) Graph(version: 1)",
        expect![[r#"
        a.ron:1:19: found `Graph`, expected the end of the file
        1 | Graph(version: 1) Graph(version: 1)
          |                   ^^^^^"#]],
    );
    check_one(
        "Graph(version: 1, nodes: [",
        expect![[r#"
        a.ron:1:27: found the end of the file, expected `Node(`
        1 | Graph(version: 1, nodes: [
          |                           ^"#]],
    );
    check_one(
        "Graph(version: 1, /* nodes: []",
        expect![[r#"
        a.ron:1:31: found the end of the file, expected a comment that ends with `*/`
        1 | Graph(version: 1, /* nodes: []
          |                               ^"#]],
    );
    check_one(
        "Graph(\n    version: 1,\n    nodes: [\n        Node(id: \"坪山区),\n    ],\n)",
        expect![[r#"
        a.ron:4:18: found `"`, expected a text that ends with a double quote
        4 |         Node(id: "坪山区),
          |                  ^"#]],
    );
}

#[test]
fn versions() {
    check_one(
        "Graph(nodes: [])",
        expect![[r#"
        a.ron:1:16: Graph ends without the field `version`
        1 | Graph(nodes: [])
          |                ^
        help: write `version: 1,` as the first field"#]],
    );
    check_one(
        "Graph(version: 2, claims: [Claim(of: 1)])",
        expect![[r#"
        a.ron:1:16: the file has version 2 of the format, expected version 1
        1 | Graph(version: 2, claims: [Claim(of: 1)])
          |                ^
        help: a later release wrote this file: open it with that release"#]],
    );
    check_one(
        "Graph(version: \"1\")",
        expect![[r#"
        a.ron:1:16: the file has version "1" of the format, expected version 1
        1 | Graph(version: "1")
          |                ^^^
        help: the first field of a file is `version: 1`"#]],
    );
}

#[test]
fn fields() {
    check_one(
        "Graph(version: 1, node: [])",
        expect![[r#"
        a.ron:1:19: Graph has no field `node`, expected `version`, `documents`, `nodes`, `relationships`, `indicators`, `evidence`
        1 | Graph(version: 1, node: [])
          |                   ^^^^
        help: did you mean `nodes`?"#]],
    );
    check_node(
        "Node(id: \"坪山区\", lables: [District])",
        expect![[r#"
        a.ron:2:17: Node has no field `lables`, expected `id`, `labels`, `properties`, `sources`
        2 | Node(id: "坪山区", lables: [District])
          |                    ^^^^^^
        help: did you mean `labels`?"#]],
    );
    check_node(
        "Node(id: \"坪山区\", weather: \"fine\")",
        expect![[r#"
        a.ron:2:17: Node has no field `weather`, expected `id`, `labels`, `properties`, `sources`
        2 | Node(id: "坪山区", weather: "fine")
          |                    ^^^^^^^"#]],
    );
    check_node(
        "Node(labels: [District])",
        expect![[r#"
        a.ron:2:24: Node ends without the field `id`
        2 | Node(labels: [District])
          |                        ^"#]],
    );
    check_node(
        "Node(id: \"a\", id: \"b\")",
        expect![[r#"
        a.ron:2:15: `id` is given twice
        2 | Node(id: "a", id: "b")
          |               ^^"#]],
    );
    check_node(
        "Node(id: \"a\", properties: {\"名\": 1, \"名\": 2})",
        expect![[r#"
        a.ron:2:36: `名` is given twice
        2 | Node(id: "a", properties: {"名": 1, "名": 2})
          |                                     ^^^^"#]],
    );
    check_one(
        "Graph(version: 1, relationships: [Relationship(from: \"a\", to: \"b\")])",
        expect![[r#"
        a.ron:1:66: Relationship ends without the field `type`
        1 | Graph(version: 1, relationships: [Relationship(from: "a", to: "b")])
          |                                                                  ^"#]],
    );
    check_one(
        "Graph(version: 1, relationships: [Node(id: \"a\")])",
        expect![[r#"
        a.ron:1:35: found `Node`, expected `Relationship(`
        1 | Graph(version: 1, relationships: [Node(id: "a")])
          |                                   ^^^^"#]],
    );
}

#[test]
fn values() {
    check_node(
        "Node(id: 坪山区)",
        expect![[r#"
        a.ron:2:10: found `坪山区`, expected text in double quotes
        2 | Node(id: 坪山区)
          |          ^^^^^^"#]],
    );
    check_node(
        "Node(id: \"a\", labels: District)",
        expect![[r#"
        a.ron:2:23: found `District`, expected a list in brackets
        2 | Node(id: "a", labels: District)
          |                       ^^^^^^^^"#]],
    );
    check_node(
        "Node(id: \"a\", labels: [5])",
        expect![[r#"
        a.ron:2:24: found `5`, expected a name, or text in double quotes
        2 | Node(id: "a", labels: [5])
          |                        ^"#]],
    );
    check_node(
        "Node(id: \"a\", properties: {name: \"a\"})",
        expect![[r#"
        a.ron:2:28: found `name`, expected text in double quotes
        2 | Node(id: "a", properties: {name: "a"})
          |                            ^^^^"#]],
    );
    check_node(
        "Node(id: \"a\", properties: {\"name\": None})",
        expect![[r#"
        a.ron:2:36: found `None`, expected a value; a property that is null is left out
        2 | Node(id: "a", properties: {"name": None})
          |                                    ^^^^"#]],
    );
    check_node(
        "Node(id: \"a\", properties: {\"name\": 深圳})",
        expect![[r#"
        a.ron:2:36: found `深圳`, expected a value; text stands in double quotes
        2 | Node(id: "a", properties: {"name": 深圳})
          |                                    ^^^^"#]],
    );
    check_node(
        "Node(id: \"a\", properties: {\"date\": Date(\"2024-02-30\")})",
        expect![[r#"
        a.ron:2:41: found `"2024-02-30"`, expected a date like `2024-02-20`
        2 | Node(id: "a", properties: {"date": Date("2024-02-30")})
          |                                         ^^^^^^^^^^^^"#]],
    );
    check_node(
        "Node(id: \"a\", properties: {\"day\": Day(\"2024-02-20\")})",
        expect![[r#"
        a.ron:2:35: found `Day`, expected a value: `Date(…)`, `Time(…)`, `LocalTime(…)`, `DateTime(…)`, `LocalDateTime(…)` or `Duration(…)`, with text
        2 | Node(id: "a", properties: {"day": Day("2024-02-20")})
          |                                   ^^^"#]],
    );
    check_node(
        "Node(id: \"a\", properties: {\"value\": [1, [99999999999999999999]]})",
        expect![[r#"
        a.ron:2:42: found `99999999999999999999`, expected an integer of 64 bits
        2 | Node(id: "a", properties: {"value": [1, [99999999999999999999]]})
          |                                          ^^^^^^^^^^^^^^^^^^^^"#]],
    );
    check_node(
        "Node(id: \"a\", properties: {\"name\": \"a\\q\"})",
        expect![[r#"
        a.ron:2:37: found `a\q`, expected an escape: `\"`, `\\`, `\n`, `\r`, `\t` or `\u{…}`
        2 | Node(id: "a", properties: {"name": "a\q"})
          |                                     ^^^"#]],
    );
}

#[test]
fn punctuation_of_a_chinese_input_method() {
    check_node(
        "Node(id: “坪山区”)",
        expect![[r#"
            a.ron:2:10: found `“`, expected text in double quotes
            2 | Node(id: “坪山区”)
              |          ^
            help: `“` is full width; RON takes the half-width `"`"#]],
    );
    check_node(
        "Node(id: \"坪山区\"，labels: [District])",
        expect![[r#"
        a.ron:2:15: found `，`, expected `,`
        2 | Node(id: "坪山区"，labels: [District])
          |                  ^^
        help: `，` is full width; RON takes the half-width `,`"#]],
    );
    check_node(
        "Node（id: \"坪山区\"）",
        expect![[r#"
        a.ron:2:5: found `（`, expected `Node(`
        2 | Node（id: "坪山区"）
          |     ^^
        help: `（` is full width; RON takes the half-width `(`"#]],
    );
}

#[test]
fn an_id_defined_twice() {
    let first = "Graph(version: 1, nodes: [Node(id: \"坪山区\")])";
    let second =
        "// Another file.\nGraph(\n    version: 1,\n    documents: [Document(id: \"坪山区\")],\n)";
    check(
        &[("a.ron", first), ("b.ron", second)],
        expect![[r#"
        b.ron:4:30: the id "坪山区" is defined twice
        4 |     documents: [Document(id: "坪山区")],
          |                              ^^^^^^^^
        a.ron:1:36: it is defined here first
        1 | Graph(version: 1, nodes: [Node(id: "坪山区")])
          |                                    ^^^^^^^^"#]],
    );
    check_node(
        "Node(id: \"a\"), Node(id: \"\\u{61}\")",
        expect![[r#"
        a.ron:2:25: the id "a" is defined twice
        2 | Node(id: "a"), Node(id: "\u{61}")
          |                         ^^^^^^^^
        a.ron:2:10: it is defined here first
        2 | Node(id: "a"), Node(id: "\u{61}")
          |          ^^^"#]],
    );
}

#[test]
fn references_to_nothing() {
    let nodes = "Graph(version: 1, nodes: [Node(id: \"坪山区\"), Node(id: \"深圳市\")])";
    let relationships = "Graph(version: 1, relationships: [\n    Relationship(from: \"坪山去\", type: LOCATED_IN, to: \"深圳市\"),\n])";
    check(
        &[("a.ron", nodes), ("b.ron", relationships)],
        expect![[r#"
        b.ron:2:24: nothing has the id "坪山去"
        2 |     Relationship(from: "坪山去", type: LOCATED_IN, to: "深圳市"…
          |                        ^^^^^^^^
        a.ron:1:36: this is the nearest id
        1 | Graph(version: 1, nodes: [Node(id: "坪山区"), Node(id: "深圳市")])
          |                                    ^^^^^^^^
        help: did you mean "坪山区"?"#]],
    );
    check(
        &[("b.ron", relationships)],
        expect![[r#"
        b.ron:2:24: nothing has the id "坪山去"
        2 |     Relationship(from: "坪山去", type: LOCATED_IN, to: "深圳市"…
          |                        ^^^^^^^^
        help: define it in one of the files that are opened together"#]],
    );
    check_one(
        "Graph(version: 1, documents: [Document(id: \"d\", mentions: [\"坪山区\"])])",
        expect![[r#"
        a.ron:1:60: nothing has the id "坪山区"
        1 | Graph(version: 1, documents: [Document(id: "d", mentions: ["坪山区"])])
          |                                                            ^^^^^^^^
        help: define it in one of the files that are opened together"#]],
    );
    check_one(
        "Graph(version: 1, indicators: [Indicator(of: \"坪山区\")])",
        expect![[r#"
        a.ron:1:46: nothing has the id "坪山区"
        1 | Graph(version: 1, indicators: [Indicator(of: "坪山区")])
          |                                              ^^^^^^^^
        help: define it in one of the files that are opened together"#]],
    );
}

#[test]
fn sources_that_are_no_documents() {
    check_node(
        "Node(id: \"a\", sources: [\"d\"])",
        expect![[r#"
        a.ron:2:25: no document has the id "d"
        2 | Node(id: "a", sources: ["d"])
          |                         ^^^
        help: define it in one of the files that are opened together"#]],
    );
    check_node(
        "Node(id: \"a\", sources: [\"a\"])",
        expect![[r#"
        a.ron:2:25: no document has the id "a"
        2 | Node(id: "a", sources: ["a"])
          |                         ^^^
        a.ron:2:10: what has the id is no Document(…)
        2 | Node(id: "a", sources: ["a"])
          |          ^^^"#]],
    );
    check_one(
        "Graph(version: 1, documents: [Document(id: \"d\")], nodes: [\n    Node(id: \"a\", properties: {\"sources\": 1}, sources: [\"d\"]),\n])",
        expect![[r#"
            a.ron:2:32: `sources` is given twice
            2 |     Node(id: "a", properties: {"sources": 1}, sources: ["d"]),
              |                                ^^^^^^^^^"#]],
    );
}

#[test]
fn places_of_ids_with_escapes() {
    check_node(
        "Node(id: \"a\\n\", sources: [\"a\\n\"])",
        expect![[r#"
        a.ron:2:27: no document has the id "a\n"
        2 | Node(id: "a\n", sources: ["a\n"])
          |                           ^^^^^
        a.ron:2:10: what has the id is no Document(…)
        2 | Node(id: "a\n", sources: ["a\n"])
          |          ^^^^^"#]],
    );
    check_node(
        "Node(id: \"b\", properties: {\"\\u{4e00}\": 1, \"一\": 2}), Node(id: \"b\\\"\", sources: [\"b\\\\\"])",
        expect![[r#"
            a.ron:2:43: `一` is given twice
            2 | Node(id: "b", properties: {"\u{4e00}": 1, "一": 2}), Node(id: "b\"", sources: …
              |                                           ^^^^"#]],
    );
}

#[test]
fn claims_are_about_what_is_there() {
    let check_claim = |claim: &str, expected| {
        let text = format!(
            "Graph(version: 1, documents: [Document(id: \"d\")], nodes: [Node(id: \"坪山区\"), Node(id: \"b\")],\n\
             relationships: [(from: \"坪山区\", type: T, to: \"b\")],\n\
             evidence: [Evidence(document: \"d\", passages: [Passage(start: 0, text: \"坪山区\", claims: [\n\
             {claim}])])])"
        );
        check_one(&text, expected);
    };
    check_claim(
        "Claim(of: \"坪山去\", at: (0, 3), rule: \"r\")",
        expect![[r#"
            a.ron:4:11: nothing has the id "坪山去"
            4 | Claim(of: "坪山去", at: (0, 3), rule: "r")])])])
              |           ^^^^^^^^
            a.ron:1:68: this is the nearest id
            1 | …aph(version: 1, documents: [Document(id: "d")], nodes: [Node(id: "坪山区"), Node(id: "b")],
              |                                                                   ^^^^^^^^
            help: did you mean "坪山区"?"#]],
    );
    check_claim(
        "Claim(from: \"b\", type: T, to: \"坪山区\", at: (0, 3), rule: \"r\")",
        expect![[r#"
            a.ron:4:13: no relationship T leads from "b" to "坪山区"
            4 | Claim(from: "b", type: T, to: "坪山区", at: (0,…
              |             ^^^
            help: define the relationship in one of the files that are opened together, or take the claim out"#]],
    );
    check_claim(
        "Claim(at: (0, 3), rule: \"r\")",
        expect![[r#"
        a.ron:4:11: found `(`, expected a claim with `of`, or with `from`, `type` and `to`
        4 | Claim(at: (0, 3), rule: "r")])])])
          |           ^"#]],
    );
    check_claim(
        "Claim(of: \"b\", at: 3, rule: \"r\")",
        expect![[r#"
        a.ron:4:20: found `3`, expected the first character and the one after the last: (3, 8)
        4 | Claim(of: "b", at: 3, rule: "r")])])])
          |                    ^"#]],
    );
    check_claim(
        "Claim(of: \"b\", at: (0, 3), rule: \"r\", status: hoped)",
        expect![[r#"
            a.ron:4:47: found `hoped`, expected `stated` or `planned`
            4 | Claim(of: "b", at: (0, 3), rule: "r", status: hoped)])])])
              |                                               ^^^^^"#]],
    );
    check_one(
        "Graph(version: 1, evidence: [Evidence(document: \"d\")])",
        expect![[r#"
            a.ron:1:49: no document has the id "d"
            1 | Graph(version: 1, evidence: [Evidence(document: "d")])
              |                                                 ^^^
            help: define it in one of the files that are opened together"#]],
    );
}

#[test]
fn deep_nesting_is_refused() {
    for (open, close) in [("[", "]"), ("{\"a\": ", "}"), ("(", ")"), ("Some(", ")")] {
        let depth = 100_000;
        let value = format!("{}1{}", open.repeat(depth), close.repeat(depth));
        let text =
            format!("Graph(version: 1, nodes: [Node(id: \"a\", properties: {{\"a\": {value}}})])");
        let error = open_text(&text);
        assert!(error.contains("values are nested too deep"), "{error}");
    }
    let comment = "/*".repeat(100_000);
    assert!(open_text(&format!("Graph(version: 1, {comment}")).contains("a comment that ends"));
}

fn open_text(text: &str) -> String {
    open(&[("a.ron", text)], &mut Graph::new())
        .expect_err("the file is faulty")
        .to_string()
}
