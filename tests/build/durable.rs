//! Builds into a durable graph: the file holds all that a build's folder does.

use std::path::Path;

use crate::articles::Articles;
use crate::run::{Run, tupu};

/// Articles whose graph is durable.
fn durable(test: &str, count: usize) -> Articles {
    let mut articles = Articles::new(test, count);
    articles.graph = articles.graph.replace(".ron", ".tupu");
    articles
}

fn done(arguments: &[&str]) -> Run {
    let run = tupu(arguments);
    assert_eq!(run.status, Some(0), "{arguments:?}: {}", run.messages);
    run
}

fn exported(graph: &str) -> String {
    done(&["export", graph]).output
}

#[test]
fn a_durable_build_is_the_same_graph_and_keeps_all_in_one_file() {
    let articles = durable("durable", 3);
    let run = articles.build(&[]);
    assert_eq!(run.status, Some(0), "{}", run.messages);
    let plain = Articles::new("durable-plain", 3);
    plain.build(&[]);
    assert_eq!(exported(&articles.graph), plain.graph());
    let folder = Path::new(&articles.graph).with_extension("build");
    assert!(!folder.exists());
    let run = articles.build(&[]);
    assert!(
        run.messages.contains("0 read, 3 unchanged"),
        "{}",
        run.messages
    );
    assert_eq!(exported(&articles.graph), plain.graph());
}

#[test]
fn a_document_is_taken_out_of_a_durable_graph_without_a_trace() {
    let all = durable("durable-remove", 3);
    all.build(&[]);
    let run = tupu(&["remove", &all.graph, "a00"]);
    assert!(
        run.messages.contains("did you mean 'a00"),
        "{}",
        run.messages
    );
    done(&["remove", &all.graph, "a002"]);
    let fewer = Articles::new("durable-fewer", 2);
    fewer.build(&[]);
    assert_eq!(exported(&all.graph), fewer.graph());
    let run = done(&["report", &all.graph]);
    assert!(run.output.contains("a001"), "{}", run.output);
    assert!(!run.output.contains("a002"), "{}", run.output);
}

#[test]
fn a_durable_graph_answers_with_its_sources() {
    let articles = durable("durable-sources", 2);
    articles.build(&[]);
    let question = "MATCH (d:District)-[r:FOCUSES_ON]->() RETURN evidence(r)[0].quote AS quote, size(evidence(r)) AS n";
    let run = done(&["query", &articles.graph, "-c", question, "--format", "csv"]);
    assert!(run.output.contains("集成电路"), "{}", run.output);
    assert!(run.output.trim_end().ends_with(",2"), "{}", run.output);
    // Still so after a query has written, and what it wrote stays when the graph is made anew.
    let mark = "MATCH (d:District) SET d.seen = true CREATE (:Note {text: '手记'})";
    done(&["query", &articles.graph, "-c", mark]);
    let constraint = "CREATE CONSTRAINT 名 FOR (n:Note) REQUIRE n.text IS UNIQUE";
    done(&["query", &articles.graph, "-c", constraint]);
    let before = exported(&articles.graph);
    assert!(before.contains("手记"), "{before}");
    articles.build(&[]);
    assert_eq!(exported(&articles.graph), before);
    let again = done(&["query", &articles.graph, "-c", question, "--format", "csv"]);
    assert_eq!(again.output, run.output);
    let broken = tupu(&[
        "query",
        &articles.graph,
        "-c",
        "CREATE (:Note {text: '手记'})",
    ]);
    assert!(
        broken.messages.contains("the constraint `名`"),
        "{}",
        broken.messages
    );
    done(&["conflicts", &articles.graph]);
}

#[test]
fn a_copy_of_a_built_graph_keeps_its_sources() {
    let plain = Articles::new("durable-copy", 2);
    plain.build(&[]);
    let copy = plain.graph.replace(".ron", "-copy.tupu");
    done(&["query", &plain.graph, "-c", "RETURN 1", "--save", &copy]);
    assert_eq!(exported(&copy), plain.graph());
    let run = tupu(&["remove", &copy, "a001"]);
    assert!(run.messages.contains("keeps no claims"), "{}", run.messages);
}

#[test]
fn decisions_are_kept_in_the_durable_graph() {
    let articles = durable("durable-decisions", 2);
    let registry = articles.beside(
        "who.ron",
        r#"Registry(version: 1, entities: [Entity(label: "District", name: "坪山", aliases: ["坪山区", "深圳市坪山区"])])"#,
    );
    articles.build(&["--registry", &registry]);
    assert!(exported(&articles.graph).contains("District/坪山\""));
    // The file is not asked any more.
    articles.build(&[]);
    assert!(exported(&articles.graph).contains("District/坪山\""));
    done(&[
        "resolve",
        &articles.graph,
        "--apart",
        "District/坪山",
        "Park/坪山",
        "--reason",
        "区与园",
    ]);
    let kept = done(&["export", &articles.graph, "--format", "registry"]).output;
    assert!(
        kept.contains("区与园") && kept.contains("Entity("),
        "{kept}"
    );
}

#[test]
fn a_day_makes_a_durable_graph_one_that_is_only_read() {
    let articles = durable("durable-day", 2);
    articles.build(&[]);
    let before = exported(&articles.graph);
    let day = ["--as-of", "2024-01-01"];
    let write = ["query", &articles.graph, "-c", "CREATE (:Note)"];
    let run = tupu(&[&write[..], &day].concat());
    assert_ne!(run.status, Some(0));
    assert!(run.messages.contains("only reads"), "{}", run.messages);
    assert_eq!(exported(&articles.graph), before);
    let count = "MATCH (d:Document) RETURN count(*) AS n";
    let read = ["query", &articles.graph, "-c", count, "--format", "csv"];
    assert_eq!(
        done(&[&read[..], &day].concat())
            .output
            .trim_end()
            .replace('\r', ""),
        "n\n1"
    );
}
