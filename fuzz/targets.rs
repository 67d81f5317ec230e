//! What is held to be true of any text; libFuzzer and `tests/fuzz.rs` both call these. A panic is a finding.

use std::time::Duration;

use tupu::input::Inputs;
use tupu::plan::Optimization;
use tupu::session::{Database, Error};
use tupu::source::Source;
use tupu::value::Map;

/// What stands in the graph that statements run on.
const GRAPH: &str =
    "CREATE (a:A:企业 {k: 1, name: '甲', x: [1, 'a']})-[:R {k: 2}]->(b:B {k: 2, name: '乙'}),
     (b)-[:R]->(c:A {k: 3, d: date('2024-01-17')}), (c)-[:S {k: 1.5}]->(a), (c)-[:S]->(c), (:C)";

/// A text is refused with a place that lies in it, or read; what is read prints to a text that reads as the same.
pub(crate) fn parse(text: &str) {
    match tupu::syntax::parse(text) {
        Ok(statement) => {
            let printed = statement.to_string();
            let again = tupu::syntax::parse(&printed)
                .unwrap_or_else(|error| panic!("{text:?} prints as {printed:?}: {error}"));
            assert_eq!(
                again.to_string(),
                printed,
                "{text:?} is another when read again"
            );
        }
        Err(error) => {
            let _ = Source::new("fuzz", text).excerpt(error.span);
        }
    }
}

/// A text that is refused or fails leaves the graph as it was, and both plans agree on whether it is refused.
pub(crate) fn query(text: &str) {
    let outcomes = [Optimization::Plain, Optimization::Full].map(|optimization| {
        let database = Database::new();
        let mut session = database.session();
        session
            .run(GRAPH, &Map::default())
            .expect("the graph is set up");
        let before = database.to_ron();
        session.optimization = optimization;
        session.limits.timeout = Some(Duration::from_millis(100));
        session.limits.max_rows = Some(100_000);
        let outcome = session.run(text, &Map::default()).map(|_| ());
        if let Err(error) = &outcome {
            let _ = error.render(&Source::new("fuzz", text), 0);
            assert_eq!(
                database.to_ron(),
                before,
                "{text:?} failed and left a change"
            );
        }
        outcome
    });
    let refusal = |outcome: &Result<(), Error>| {
        let error = outcome.as_ref().err();
        error
            .filter(|error| error.phase() == tupu::session::Phase::CompileTime)
            .map(ToString::to_string)
    };
    assert_eq!(refusal(&outcomes[0]), refusal(&outcomes[1]), "{text:?}");
}

/// Bytes that are to be a durable file are refused, or hold a graph.
pub(crate) fn store(bytes: &[u8]) {
    let path = std::env::temp_dir().join(format!("tupu-fuzz-{}.tupu", std::process::id()));
    std::fs::write(&path, bytes).expect("temporary files can be written");
    if let Ok(database) = Database::read_store(&path) {
        let _ = database.to_ron();
    }
    let _ = std::fs::remove_file(&path);
}

/// A text that is to be a RON file is refused, or gives the same text back once it was written.
pub(crate) fn ron(text: &str) {
    match Database::from_sources(&[("fuzz", text)]) {
        Ok(database) => {
            let written = database.to_ron();
            let again = Database::from_sources(&[("fuzz", &written)]);
            let again =
                again.unwrap_or_else(|error| panic!("{text:?} is written as {written:?}: {error}"));
            assert_eq!(
                again.to_ron(),
                written,
                "{text:?} is another when read again"
            );
        }
        Err(error) => {
            let _ = error.render(&Source::new("fuzz", text), 0);
        }
    }
}

/// Bytes that are to be articles, of whatever format, are refused or read.
pub(crate) fn article(bytes: &[u8]) {
    for ending in [
        "html", "csv", "txt", "md", "jsonl", "json", "docx", "pdf", "xlsx",
    ] {
        let name = format!("tupu-fuzz-{}.{ending}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, bytes).expect("temporary files can be written");
        for article in Inputs::new([&path]).take(100) {
            match article {
                Ok(article) => assert!(!article.id.is_empty()),
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        }
        let _ = std::fs::remove_file(&path);
    }
}

/// Bytes that are to be a CSV file of nodes are refused, or give a graph.
pub(crate) fn csv(bytes: &[u8]) {
    let folder = std::env::temp_dir().join(format!("tupu-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("temporary files can be written");
    std::fs::write(folder.join("nodes.csv"), bytes).expect("temporary files can be written");
    match Database::import(&folder) {
        Ok(database) => assert!(!database.to_ron().is_empty()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    let _ = std::fs::remove_dir_all(&folder);
}
