use std::fs;
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};

use super::*;
use crate::repl::testing::Transcript;
use crate::repl::{AfterFailure, Console, Settings};
use crate::session::Database;
use crate::source::Source;

#[test]
fn commands_are_recognised_with_either_colon() {
    assert_eq!(recognise("  :help"), Some("help"));
    assert_eq!(recognise("：模式"), Some("模式"));
    assert_eq!(recognise("RETURN 1"), None);
}

#[test]
fn names_and_aliases_are_found_and_unique() {
    assert_eq!(find("EXIT").map(|command| command.name), Some("quit"));
    assert!(find("").is_none());
    let mut names: Vec<_> = COMMANDS
        .iter()
        .flat_map(|command| [Some(command.name), command.alias])
        .flatten()
        .collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn an_unknown_command_is_answered_with_the_nearest() {
    assert_eq!(
        unknown("shcema").to_string(),
        "there is no command `:shcema`\nhelp: did you mean `:schema`?"
    );
    assert_eq!(
        unknown("坪山").to_string(),
        "there is no command `:坪山`\nhelp: `:help` lists the commands"
    );
}

const GRAPH: &str = r#"Graph(
    version: 1,
    nodes: [
        Node(id: "坪山区", labels: [District, Region], properties: {"name": "坪山区"}),
        Node(id: "比亚迪", labels: [Enterprise], properties: {"name": "比亚迪"}),
    ],
    relationships: [Relationship(from: "比亚迪", type: LOCATED_IN, to: "坪山区")],
)
"#;

/// Runs commands and statements, one a line, and compares all that is said.
fn check(lines: &str, expected: Expect) {
    let database =
        Database::from_sources(&[("test.ron", GRAPH)]).expect("the graph is well formed");
    let transcript = Transcript::default();
    let mut console = Console::new(transcript.clone(), transcript.clone(), Some(60));
    let settings = Settings {
        has_summary: true,
        ..Settings::default()
    };
    let mut conversation = Conversation::new(&database, Vec::new(), settings, &mut console);
    for line in lines.lines().map(str::trim) {
        let done = match recognise(line) {
            Some(command) => run(&mut conversation, command).map(drop),
            None => conversation.script(&Source::new("<prompt>", line), AfterFailure::Stop),
        };
        if let Err(failure) = done {
            conversation.report(&failure).expect("writing to memory");
        }
    }
    let folder = folder().display().to_string();
    expected.assert_eq(&transcript.text().replace(&folder, "FOLDER"));
}

/// A folder of these tests' own.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp/commands");
    fs::create_dir_all(&folder).expect("the build folder can be written");
    folder
}

/// A file in it, as a user would write its path.
fn file(name: &str) -> String {
    folder().join(name).display().to_string()
}

#[test]
fn parameters_are_set_computed_shown_and_forgotten() {
    check(
        ":param 区 坪山区
         :param n => 40 + 2
         :params
         RETURN $n AS n
         :param n
         :param m
         :params clear
         :params
         :param wrong => 1 +",
        expect![[r#"
            $区 = '坪山区'
            $n = 42
            ┌───────────┬────────┐
            │ parameter │ value  │
            ├───────────┼────────┤
            │ $区       │ 坪山区 │
            │ $n        │     42 │
            └───────────┴────────┘
            ┌────┐
            │  n │
            ├────┤
            │ 42 │
            └────┘
            1 row
            ┌───────────┬───────┐
            │ parameter │ value │
            ├───────────┼───────┤
            │ $n        │    42 │
            └───────────┴───────┘
            error: there is no parameter $m; `:params` lists them
            there are no parameters; `:param 区 坪山区` sets one
            error: unexpected `AS`, expected an expression
             --> <parameter>:1:12
            1 | RETURN 1 + AS value
              |            ^^
        "#]],
    );
}

#[test]
fn settings_change_how_results_are_shown() {
    check(
        ":mode csv
         :max-rows 1
         UNWIND [1, 2, 3] AS n RETURN n
         :max-rows none
         :mode xml
         :timing off
         :names zh
         MATCH (d:District) RETURN d",
        expect![[r#"
            results are shown as csv
            at most 1 row of a result are shown
            n
            1
            1 of 3 rows
            2 more: `:max-rows all` shows every row
            error: say how many: `:max-rows 100`, or `:max-rows all`
            error: there is no format 'xml'; the formats are table, json, jsonl, csv, tsv, markdown, ron
            timing is off
            labels and types are shown by their Chinese names / 标签和类型显示中文名
            d
            "{""id"":0,""labels"":[""区县"",""地区""],""properties"":{""name"":""坪山区""}}"
            1 row
        "#]],
    );
}

#[test]
fn an_entity_is_shown_with_its_relations() {
    check(
        ":show 坪山区
         :show 坪山
         :show",
        expect![[r#"
            坪山区 (District · Region)

            Relationships in
              LOCATED_IN  ← 比亚迪 (Enterprise)
            error: nothing is named '坪山'
            help: the nearest names are 坪山区
            error: say what to show: `:show 比亚迪`
        "#]],
    );
}

#[test]
fn what_a_query_returns_is_drawn() {
    let path = file("drawn.dot");
    check(
        &format!(":dot {path} MATCH ()-[r]->() RETURN r\n:mode table"),
        expect![[r#"
            drawn in FOLDER/drawn.dot; `dot -Tsvg FOLDER/drawn.dot -o graph.svg` makes it a picture
            results are shown as table
        "#]],
    );
}

#[test]
fn graphs_are_saved_and_opened_without_losing_changes() {
    let path = file("saved.ron");
    check(
        &format!(
            "CREATE (:Enterprise {{name: '新企业'}})
             :open {path}
             :save
             :save \"{path}\"
             :open {path}
             MATCH (n) RETURN count(n) AS n
             :open no-such-graph.ron"
        ),
        expect![[r#"
            1 node created, 1 property set, 1 label added
            error: the graph has unsaved changes
            help: `:save FILE` keeps them, `:open --discard FILE` drops them
            error: say where: `:save FILE`
            saved to FOLDER/saved.ron
            3 nodes, 1 relationship
            ┌───┐
            │ n │
            ├───┤
            │ 3 │
            └───┘
            1 row
            error: cannot open the graph: no-such-graph.ron: No such file or directory (os error 2)
        "#]],
    );
}

#[test]
fn scripts_and_plans() {
    let path = file("script.cypher");
    fs::write(&path, "RETURN 1 AS n;\nRETURN x;\n").expect("the build folder can be written");
    check(
        &format!(":mode csv\n:source {path}\n:source\n:explain\n:explain RETURN x"),
        expect![[r#"
            results are shown as csv
            n
            1
            1 row
            error: the variable `x` is not defined here
             --> FOLDER/script.cypher:2:8
            2 | RETURN x;
              |        ^
            error: say which file: `:source questions.cypher`
            error: say which query: `:explain MATCH (n) RETURN count(n)`
            error: the variable `x` is not defined here
             --> <prompt>:1:16
            1 | EXPLAIN RETURN x
              |                ^
        "#]],
    );
}
