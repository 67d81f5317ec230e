//! The program on the command line: what it writes where, and how it ends.

#[cfg(unix)]
#[path = "program/ending.rs"]
mod ending;
#[cfg(unix)]
#[path = "command/interrupt.rs"]
mod interrupt;
mod program;

use std::fs;
use std::process::Stdio;

use program::{Run, folder, program, tupu, tupu_with_input};

const GRAPH: &str = r#"Graph(
    version: 1,
    nodes: [
        Node(id: "坪山区", labels: [District, Region], properties: {"name": "坪山区", "aliases": ["坪山"]}),
        Node(id: "比亚迪", labels: [Enterprise], properties: {"name": "比亚迪"}),
        Node(id: "荣耀", labels: [Enterprise], properties: {"name": "荣耀"}),
    ],
    relationships: [
        Relationship(from: "比亚迪", type: LOCATED_IN, to: "坪山区"),
        Relationship(from: "荣耀", type: LOCATED_IN, to: "坪山区"),
    ],
)
"#;

/// A graph file of a test's own.
fn graph(test: &str, contents: &str) -> String {
    let path = folder(test).join("graph.ron");
    fs::write(&path, contents).expect("the test's folder can be written");
    path.display().to_string()
}

#[test]
fn results_go_to_standard_output_and_nothing_else_does() {
    let run = tupu(&[
        "query",
        "-c",
        "RETURN 1 AS one; RETURN '坪山区' AS 区",
        "--format",
        "csv",
    ]);
    assert_eq!(run, Run::success("one\n1\n区\n坪山区\n"));
}

#[test]
fn statements_come_from_a_file_or_from_standard_input() {
    let script = folder("statements").join("script.cypher");
    fs::write(&script, "// two\nRETURN 1 AS n；RETURN 2 AS n;")
        .expect("the test's folder can be written");
    let expected = Run::success("n\n1\nn\n2\n");
    let path = script.display().to_string();
    assert_eq!(tupu(&["query", "-f", &path, "--format", "csv"]), expected);
    let text = fs::read_to_string(&script).expect("it was just written");
    assert_eq!(
        tupu_with_input(&["query", "--format", "csv"], &text),
        expected
    );
    assert_eq!(
        tupu_with_input(&["query", "-f", "-", "--format", "csv"], &text),
        expected
    );
    assert_eq!(tupu_with_input(&["--format", "csv"], &text), expected);
    assert_eq!(tupu_with_input(&[], ""), Run::success(""));
}

#[test]
fn graphs_named_on_the_command_line_are_opened() {
    let path = graph("named", GRAPH);
    let question = "MATCH (企:Enterprise)-[:LOCATED_IN]->(区 {name: '坪山区'}) RETURN 企.name AS 企业 ORDER BY 企业";
    let run = tupu(&["query", &path, "-c", question, "--format", "csv"]);
    assert_eq!(run, Run::success("企业\n比亚迪\n荣耀\n"));
}

#[test]
fn parameters_are_literals_or_text() {
    let question = "RETURN $n + 1 AS n, $区 AS 区, $list[0] AS first, $text AS text";
    let run = tupu(&[
        "query",
        "-c",
        question,
        "-P",
        "n=41",
        "-P",
        "区=坪山区",
        "-P",
        "list=['a']",
        "-P",
        "text='41'",
        "--format",
        "csv",
    ]);
    assert_eq!(run, Run::success("n,区,first,text\n42,坪山区,a,41\n"));
}

#[test]
fn a_script_may_hold_commands_of_the_prompt() {
    let script = "RETURN 1 AS n; // one\n\n:param 数 => 2\n：param 名 => '甲'\nRETURN $数 AS n, $名 AS 名;\n:quit\nRETURN 3 AS n";
    let run = tupu_with_input(&["query", "--format", "csv"], script);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    assert_eq!(run.output, "n\n1\nn,名\n2,甲\n");
    let run = tupu(&[
        "query",
        "-c",
        "RETURN 1 AS n;\n:wy 1;\nRETURN 2 AS n",
        "--format",
        "csv",
    ]);
    assert_eq!(run.status, Some(2), "{}", run.messages);
    assert_eq!(run.output, "n\n1\n");
    assert!(
        run.messages.contains("did you mean `:why`?"),
        "{}",
        run.messages
    );
}

#[test]
fn a_statement_that_fails_ends_the_script_with_1_and_its_place() {
    let script = folder("fails").join("script.cypher");
    fs::write(&script, "RETURN 1 AS n;\n\nRETURN 企业;\nRETURN 2 AS n;")
        .expect("the test's folder can be written");
    let path = script.display().to_string();
    let run = tupu(&["query", "-f", &path, "--format", "csv"]);
    assert_eq!((run.status, run.output.as_str()), (Some(1), "n\n1\n"));
    assert!(
        run.messages.contains("script.cypher:3:8"),
        "{}",
        run.messages
    );
    assert!(run.messages.contains("3 | RETURN 企业"), "{}", run.messages);
    let run = tupu(&["query", "-f", &path, "--format", "csv", "--fail-at-end"]);
    assert_eq!((run.status, run.output.as_str()), (Some(1), "n\n1\nn\n2\n"));
    assert!(
        run.messages.contains("1 of 3 statements failed"),
        "{}",
        run.messages
    );
}

#[test]
fn a_command_line_that_means_nothing_ends_with_2() {
    for arguments in [
        &["--no-such-flag"][..],
        &["query", "--format", "xml"],
        &["query", "-P", "novalue"],
        &["query", "--timeout", "soon"],
        &["query", "-c", "RETURN 1", "-f", "script"],
        &["man", "nothing"],
    ] {
        let run = tupu(arguments);
        assert_eq!(
            (run.status, run.output.as_str()),
            (Some(2), ""),
            "{arguments:?}"
        );
        assert!(!run.messages.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_graph_that_cannot_be_opened_ends_with_3_and_its_place() {
    assert_eq!(
        tupu(&["query", "no-such-graph.ron", "-c", "RETURN 1"]).status,
        Some(3)
    );
    assert_eq!(
        tupu(&["query", "-f", "no-such-script.cypher"]).status,
        Some(3)
    );
    let path = graph(
        "dangling",
        &GRAPH.replace("to: \"坪山区\"", "to: \"坪山去\""),
    );
    let run = tupu(&["query", &path, "-c", "RETURN 1"]);
    assert_eq!((run.status, run.output.as_str()), (Some(3), ""));
    assert!(
        run.messages.contains("graph.ron:9:") && run.messages.contains("坪山去"),
        "{}",
        run.messages
    );
}

#[test]
fn a_limit_ends_with_4() {
    let run = tupu(&[
        "query",
        "--timeout",
        "0.05",
        "-c",
        "UNWIND range(1, 1000000000) AS x RETURN count(x)",
    ]);
    assert_eq!(run.status, Some(4), "{}", run.messages);
    let run = tupu(&[
        "query",
        "--max-rows",
        "2",
        "-c",
        "UNWIND range(1, 3) AS x RETURN x",
    ]);
    assert_eq!(
        (run.status, run.output.as_str()),
        (Some(4), ""),
        "{}",
        run.messages
    );
}

#[test]
fn a_read_only_run_refuses_to_write() {
    let run = tupu(&["query", "--read-only", "-c", "CREATE (:Enterprise)"]);
    assert_eq!(run.status, Some(1), "{}", run.messages);
}

#[test]
fn changes_are_saved_where_asked_and_only_then() {
    let path = graph("saved", GRAPH);
    let saved = folder("saved").join("saved.ron").display().to_string();
    let run = tupu(&[
        "query",
        &path,
        "-c",
        "CREATE (:Enterprise {name: '新企业'})",
        "--save",
        &saved,
    ]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    assert_eq!(fs::read_to_string(&path).expect("it is still there"), GRAPH);
    let run = tupu(&[
        "query",
        &saved,
        "-c",
        "MATCH (e:Enterprise) RETURN count(e) AS n",
        "--format",
        "csv",
    ]);
    assert_eq!(run, Run::success("n\n3\n"));
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    for format in ["table", "json", "jsonl", "csv", "markdown", "ron"] {
        let mut child = program(&[
            "query",
            "-c",
            "UNWIND range(1, 50000) AS n RETURN n",
            "--format",
            format,
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
        drop(child.stdout.take());
        let ended = child.wait_with_output().expect("the program was started");
        let messages = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(
            (ended.status.code(), messages.as_str()),
            (Some(0), ""),
            "{format}"
        );
    }
}

#[test]
fn an_entity_is_looked_up_by_name_or_alias() {
    let path = graph("lookup", GRAPH);
    let expected = "depth,from,type,direction,name,label\n\
                    1,坪山区,LOCATED_IN,in,比亚迪,Enterprise\n\
                    1,坪山区,LOCATED_IN,in,荣耀,Enterprise\n";
    let lookup = |arguments: &[&str]| {
        let all: Vec<_> = ["lookup"]
            .iter()
            .chain(arguments)
            .chain(&["--graph", &path, "--format", "csv"])
            .copied()
            .collect();
        tupu(&all)
    };
    assert_eq!(lookup(&["坪山区"]), Run::success(expected));
    assert_eq!(
        lookup(&["坪山", "--via", "位于", "--direction", "in", "--to", "企业"]),
        Run::success(expected)
    );
    assert_eq!(
        lookup(&["坪山区", "--direction", "out"])
            .output
            .lines()
            .count(),
        1
    );
    assert!(
        lookup(&["比亚迪", "--depth", "2"])
            .output
            .contains("2,坪山区,LOCATED_IN,in,荣耀,Enterprise")
    );
    let missed = lookup(&["坪山驱"]);
    assert_eq!((missed.status, missed.output.as_str()), (Some(1), ""));
    assert!(missed.messages.contains("坪山区"), "{}", missed.messages);
    assert_eq!(lookup(&["坪山区", "--via", "LOCATED_ON"]).status, Some(1));
}

#[test]
fn entities_of_one_name_are_all_listed() {
    let path = graph(
        "ambiguous",
        &GRAPH.replace("\"name\": \"荣耀\"", "\"name\": \"比亚迪\""),
    );
    let run = tupu(&["lookup", "比亚迪", "--graph", &path, "--format", "csv"]);
    assert_eq!(run.status, Some(0));
    assert_eq!(run.output.lines().count(), 3, "{}", run.output);
    assert!(run.output.starts_with("entity,depth,"), "{}", run.output);
}

#[test]
fn paths_between_entities_are_listed() {
    let path = graph("path", GRAPH);
    let run = tupu(&[
        "path",
        "比亚迪",
        "荣耀",
        "--graph",
        &path,
        "--format",
        "csv",
    ]);
    assert_eq!(
        run,
        Run::success("length,path\n2,比亚迪 -[LOCATED_IN]-> 坪山区 <-[LOCATED_IN]- 荣耀\n")
    );
}

#[test]
fn differences_are_shown_and_end_with_1() {
    let (old, new) = (
        graph("old", GRAPH),
        graph(
            "new",
            &GRAPH.replace("\"name\": \"荣耀\"", "\"name\": \"荣誉\""),
        ),
    );
    assert_eq!(tupu(&["diff", &old, &old]), Run::success(""));
    let run = tupu(&["diff", &old, &new]);
    assert_eq!((run.status, run.messages.as_str()), (Some(1), ""));
    assert!(run.output.contains("荣誉"), "{}", run.output);
    assert_eq!(tupu(&["diff", &old, "no-such-graph.ron"]).status, Some(3));
}

#[test]
fn graphs_are_checked_against_the_ontology() {
    assert_eq!(tupu(&["check"]), Run::success(""));
    let wrong = GRAPH.replace("type: LOCATED_IN, to", "type: LOCATED_ON, to");
    let run = tupu(&["check", &graph("check", &wrong)]);
    assert_eq!((run.status, run.messages.as_str()), (Some(1), ""));
    assert!(run.output.contains("LOCATED_ON"), "{}", run.output);
}

#[test]
fn drawings_go_to_standard_output_or_a_file() {
    let path = graph("dot", GRAPH);
    let run = tupu(&["dot", &path]);
    assert_eq!((run.status, run.messages.as_str()), (Some(0), ""));
    assert!(
        run.output.starts_with("digraph") && run.output.contains("坪山区"),
        "{}",
        run.output
    );
    let file = folder("dot").join("graph.dot");
    let run = tupu(&[
        "dot",
        &path,
        "-c",
        "MATCH p = (:Enterprise)-->() RETURN p LIMIT 1",
        "-o",
        &file.display().to_string(),
    ]);
    assert_eq!(run, Run::success(""));
    assert!(
        fs::read_to_string(file).is_ok_and(|drawing| drawing.matches("LOCATED_IN").count() > 0)
    );
    let run = tupu(&["dot", &path, "-c", "RETURN 1"]);
    assert_eq!((run.status, run.output.as_str()), (Some(1), ""));
    assert!(
        run.messages.contains("MATCH p = (a)-->(b) RETURN p"),
        "{}",
        run.messages
    );
}

#[test]
fn help_version_manual_and_completions_tell_of_every_exit_status() {
    assert_eq!(
        tupu(&["--version"]),
        Run::success(concat!("tupu ", env!("CARGO_PKG_VERSION"), "\n"))
    );
    for arguments in [
        &["--help"][..],
        &["query", "--help"],
        &["man"],
        &["man", "query"],
    ] {
        let run = tupu(arguments);
        assert_eq!(
            (run.status, run.messages.as_str()),
            (Some(0), ""),
            "{arguments:?}"
        );
        for status in ["0", "1", "2", "3", "4", "130"] {
            assert!(run.output.contains(status), "{arguments:?} {status}");
        }
    }
    assert!(tupu(&["completions", "bash"]).output.contains("lookup"));
}

#[test]
fn nothing_is_coloured_outside_of_a_terminal() {
    let run = tupu(&["query", "-c", "RETURN 企业"]);
    assert!(
        !run.messages.contains('\x1b') && !run.output.contains('\x1b'),
        "{}",
        run.messages
    );
}

#[test]
fn a_folder_of_csv_files_is_imported_whole_or_not_at_all() {
    let data = folder("import/data");
    let text = |path: &std::path::Path| path.display().to_string();
    let write = |name: &str, text: &str| {
        fs::write(data.join(name), text).expect("the test's folder can be written");
    };
    write("cities.csv", ":ID(City),name,:LABEL\n1,深圳市,City\n");
    write("persons.csv", ":ID(Person),name,:LABEL\n1,王一,Person\n");
    write(
        "lives.csv",
        ":START_ID(Person),:END_ID(City),since:long,:TYPE\n1,1,2009,LIVES_IN\n",
    );
    let output = folder("import").join("people.ron");
    let run = tupu(&["import", &text(&data), "-o", &text(&output)]);
    assert_eq!((run.status, run.output.as_str()), (Some(0), ""));
    assert!(
        run.messages.starts_with("2 nodes and 1 relationships"),
        "{}",
        run.messages
    );
    let durable = output.with_extension("tupu");
    let run = tupu(&["import", &text(&data), "-o", &text(&durable)]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    // A graph is exported as the file that it is opened from, whichever it comes from.
    let ron = fs::read_to_string(&output).expect("it was written");
    for graph in [&output, &durable] {
        let run = tupu(&["export", &text(graph)]);
        assert_eq!((run.status, &run.output), (Some(0), &ron));
    }
    let question = "MATCH (p)-[l:LIVES_IN]->(c) RETURN p.name, l.since, c.name";
    for graph in [&output, &data, &durable] {
        assert_eq!(
            tupu(&["query", &text(graph), "-c", question, "--format", "csv"]),
            Run::success("p.name,l.since,c.name\n王一,2009,深圳市\n")
        );
    }

    write(
        "lives.csv",
        ":START_ID(Person),:END_ID(City),:TYPE\n1,1,LIVES_IN\n1,2,LIVES_IN\n",
    );
    fs::remove_file(&output).expect("it was written");
    let run = tupu(&["import", &text(&data), "-o", &text(&output)]);
    assert_eq!(run.status, Some(3));
    assert!(
        run.messages
            .contains("lives.csv:3:3: nothing has the id \"2\""),
        "{}",
        run.messages
    );
    assert!(!output.exists());
}

#[test]
fn faults_of_rules_are_shown_with_their_place() {
    assert_eq!(tupu(&["rules", "check"]), Run::success(""));
    let file = folder("rules").join("mine.rules");
    let rule = "rule mine: LOCATED_IN {\n    \"note\"\n    [object: Citty] [subject: Park];\n    \"甲\" => nothing;\n}\n";
    fs::write(&file, rule).expect("the test's folder can be written");
    let path = file.display().to_string();
    let run = tupu(&["rules", "check", &path]);
    assert_eq!(run.status, Some(1));
    assert!(
        run.output
            .contains("mine.rules:3:14: there is no label Citty; did you mean City?"),
        "{run:?}"
    );
}

#[test]
fn a_statement_that_needs_too_much_memory_ends_with_4() {
    let greedy = "UNWIND range(1, 100000000) AS 甲 RETURN collect(甲)";
    let output = tupu(&["query", "--max-memory", "4MB", "-c", greedy]);
    assert_eq!(output.status, Some(4));
    let error = output.messages;
    assert!(error.contains("needs more than 4 MB of memory"), "{error}");
    assert!(error.contains("--max-memory"), "{error}");
}
