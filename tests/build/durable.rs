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

#[test]
fn what_is_built_passes_the_ontology_of_the_examples() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = |name: &str| root.join(name).display().to_string();
    let (examples, ontology) = (path("examples/articles"), path("examples/ontology.ron"));
    let articles = durable("ontology", 3);
    let made = articles.articles.display().to_string();
    done(&[
        "build",
        &made,
        &examples,
        "-o",
        &articles.graph,
        "--ontology",
        &ontology,
    ]);
    let run = done(&["check", &articles.graph]);
    assert_eq!(run.output, "");
    done(&["build", &made, &examples, "-o", &articles.graph]);
    let refused = tupu(&["query", &articles.graph, "-c", "CREATE (:Foo)"]);
    assert_eq!(refused.status, Some(1), "{}", refused.messages);
}

#[test]
fn a_build_that_its_ontology_refuses_leaves_the_graph_as_it_was() {
    let articles = durable("ontology-refused", 3);
    let ontology = Path::new(&articles.graph).with_extension("ontology.ron");
    std::fs::write(
        &ontology,
        "Ontology(mode: enforce, labels: [Label(name: \"Town\")], types: [])",
    )
    .expect("it is written");
    let ontology = ontology.display().to_string();
    articles.build(&[]);
    let before = exported(&articles.graph);
    let run = articles.build(&["--ontology", &ontology]);
    assert_eq!(run.status, Some(3), "{}", run.messages);
    assert!(
        run.messages.contains("is no label of the ontology") && run.messages.contains("help: "),
        "{}",
        run.messages
    );
    assert_eq!(exported(&articles.graph), before);
    let plain = Articles::new("ontology-refused-plain", 3);
    let run = plain.build(&["--ontology", &ontology]);
    assert_eq!(run.status, Some(3), "{}", run.messages);
    assert!(!Path::new(&plain.graph).exists());
    std::fs::remove_file(ontology).expect("it is there");
}

#[test]
fn a_first_build_that_fails_leaves_no_file() {
    let articles = durable("strict", 0);
    std::fs::create_dir_all(&articles.articles).expect("a folder");
    std::fs::write(articles.articles.join("a.docx"), "no document").expect("it is written");
    let run = articles.build(&["--strict"]);
    assert_ne!(run.status, Some(0), "{}", run.messages);
    assert!(!Path::new(&articles.graph).exists());
}

#[test]
fn who_only_asks_waits_for_nobody_who_writes() {
    let articles = durable("look", 2);
    articles.build(&[]);
    let writer = tupu::session::Database::open(&[articles.graph.clone().into()]);
    let writer = writer.expect("it opens");
    for arguments in [&["report"][..], &["resolve"]] {
        done(&[arguments, &[&*articles.graph]].concat());
    }
    let run = tupu(&["resolve", &articles.graph, "--apart", "a", "b"]);
    assert!(
        run.messages.contains("has the file open"),
        "{}",
        run.messages
    );
    drop(writer);
}
