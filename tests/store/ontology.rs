//! The ontology of a durable graph: kept in the file, and held to by whoever writes.

use super::*;

const FIRMS: &str = r#"// Firms and where they are.
Ontology(
    mode: enforce,
    labels: [
        Label(name: "Firm", properties: [Property(name: "name", type: "STRING", required: true)]),
        Label(name: "Town"),
    ],
    types: [Type(name: "LOCATED_IN", ends: [Ends(from: ["Firm"], to: ["Town"])])],
)
"#;

/// A folder with an ontology and a durable graph that is held to it.
fn firms(name: &str) -> (Folder, PathBuf) {
    let folder = Folder::new(name);
    let path = folder.file("图.tupu");
    fs::write(folder.file("firms.ron"), FIRMS).expect("it is written");
    let database = open(&path);
    run(
        &database,
        "CREATE (:Firm {name: '甲'})-[:LOCATED_IN]->(:Town)",
    )
    .expect("it is held to nothing");
    drop(database);
    let ontology = folder.file("firms.ron");
    let set = tupu(
        &["ontology", "--set", ontology.to_str().expect("it is text")],
        &path,
    );
    assert!(set.status.success(), "{set:?}");
    (folder, path)
}

#[test]
fn it_is_in_the_file_and_holds_for_every_process() {
    let (folder, path) = firms("ontology");
    let shown = tupu(&["ontology"], &path);
    assert_eq!(String::from_utf8_lossy(&shown.stdout), FIRMS);
    for (text, part) in [
        ("CREATE (:Firm)", "has no `name`"),
        ("CREATE (:Frim {name: '乙'})", "did you mean `Firm`?"),
        (
            "MATCH (f:Firm)-->(t) CREATE (t)-[:LOCATED_IN]->(f)",
            "ends of other labels",
        ),
    ] {
        let refused = tupu(&["query", "-c", text], &path);
        let message = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(refused.status.code(), Some(1), "{message}");
        assert!(
            message.contains(part) && message.contains('^'),
            "{text}: {message}"
        );
    }
    assert!(
        tupu(&["query", "-c", "CREATE (:Firm {name: '乙'})"], &path)
            .status
            .success()
    );
    assert!(tupu(&["compact"], &path).status.success());
    let copy = folder.file("copy.tupu");
    open(&path).save(&copy).expect("it is saved");
    for path in [&path, &copy] {
        assert!(run(&open(path), "CREATE (:Firm)").is_err());
        assert_eq!(answer(path, "MATCH (n) RETURN count(*) AS n"), "n\n3\n");
    }
    assert!(tupu(&["ontology", "--drop"], &path).status.success());
    assert_eq!(tupu(&["ontology"], &path).status.code(), Some(1));
    run(&open(&path), "CREATE (:Firm)").expect("it is held to nothing");
}

#[test]
fn a_statement_that_it_refuses_leaves_the_transaction_as_it_was() {
    let (_folder, path) = firms("ontology-transaction");
    let database = open(&path);
    let mut session = database.session();
    let mut in_session = |text: &str| session.run(text, &Map::default());
    in_session("BEGIN").expect("none is open");
    in_session("CREATE (:Firm {name: '乙'})").expect("it is allowed");
    in_session("MATCH (f:Firm) SET f.name = 'x' CREATE (:Firm)").expect_err("it is not");
    in_session("COMMIT").expect("one is open");
    in_session("BEGIN").expect("none is open");
    in_session("CREATE (:Firm {name: '丙'})").expect("it is allowed");
    in_session("ROLLBACK").expect("one is open");
    drop(session);
    drop(database);
    let names = "MATCH (f:Firm) RETURN f.name AS name ORDER BY name";
    assert_eq!(answer(&path, names), "name\n乙\n甲\n");
}

#[test]
fn one_that_does_not_hold_is_not_set() {
    let (folder, path) = firms("ontology-refused");
    let towns = folder.file("towns.ron");
    let write = |mode| {
        let text = format!(r#"Ontology(mode: {mode}, labels: [Label(name: "Town")], types: [])"#);
        fs::write(&towns, text).expect("it is written");
        tupu(
            &["ontology", "--set", towns.to_str().expect("it is text")],
            &path,
        )
    };
    let refused = write("enforce");
    let message = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(3), "{message}");
    assert!(message.contains("(甲:Firm) bears `Firm`"), "{message}");
    assert!(message.contains("help: `tupu check"), "{message}");
    assert_eq!(
        String::from_utf8_lossy(&tupu(&["ontology"], &path).stdout),
        FIRMS
    );
    let warned = write("warn");
    let message = String::from_utf8_lossy(&warned.stderr);
    assert!(warned.status.success(), "{message}");
    assert!(
        message.contains("warning: (甲:Firm) bears `Firm`"),
        "{message}"
    );
    let wrong = write("strict");
    let message = String::from_utf8_lossy(&wrong.stderr);
    assert_eq!(wrong.status.code(), Some(3), "{message}");
    assert!(message.contains("towns.ron:1:16"), "{message}");
}

#[test]
fn jsonl_and_scripts_tell_what_it_warns_of() {
    let folder = Folder::new("ontology-warn");
    let path = folder.file("图.tupu");
    let ontology = folder.file("firms.ron");
    fs::write(&ontology, FIRMS.replace("enforce", "warn")).expect("it is written");
    let ontology = ontology.to_str().expect("it is text");
    let statement = "CREATE (:Firm)";
    let output = tupu(&["query", "-c", statement, "--ontology", ontology], &path);
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{message}");
    assert!(
        message.contains("warning: (:Firm) has no `name`"),
        "{message}"
    );
    let request = format!("{{\"op\":\"run\",\"query\":\"{statement}\"}}\n");
    let mut answers = Vec::new();
    serve(
        &open(&path),
        &Limits::default(),
        request.as_bytes(),
        &mut answers,
    )
    .expect("it is answered");
    let answers = String::from_utf8_lossy(&answers);
    assert!(
        answers.contains(r#""warnings":[{"message":"(:Firm) has no `name`"#),
        "{answers}"
    );
}

#[test]
fn a_graph_of_ron_is_held_to_one_that_is_given() {
    let folder = Folder::new("ontology-ron");
    let (ontology, graph) = (folder.file("firms.ron"), folder.file("graph.ron"));
    fs::write(&ontology, FIRMS).expect("it is written");
    fs::write(&graph, "Graph(version: 1)").expect("it is written");
    let ontology = ontology.to_str().expect("it is text");
    let query = |text| tupu(&["query", "-c", text, "--ontology", ontology], &graph);
    assert_eq!(query("CREATE (:Firm)").status.code(), Some(1));
    assert!(query("CREATE (:Firm {name: '甲'})").status.success());
    let refused = tupu(&["ontology"], &graph);
    assert_eq!(refused.status.code(), Some(2));
}
