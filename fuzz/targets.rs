//! What is held to be true of any text; libFuzzer and `tests/fuzz.rs` both call these. A panic is a finding.

use std::path::Path;
use std::time::Duration;

use redb::{Database as File, TableDefinition};
use tupu::build::{Corrections, Folder, Registry, claims, export};
use tupu::extraction::{Article, Knowledge, read};
use tupu::input::Inputs;
use tupu::plan::Optimization;
use tupu::session::{Database, Error, hush_contained_panics};
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
    // What becomes an error is no finding.
    hush_contained_panics();
    let path = std::env::temp_dir().join(format!("tupu-fuzz-{}.tupu", std::process::id()));
    std::fs::write(&path, bytes).expect("temporary files can be written");
    if let Ok(database) = Database::read_store(&path) {
        let _ = database.to_ron();
    }
    let _ = std::fs::remove_file(&path);
}

/// Bytes that are to be a record of a durable file, which is as it should be but for them, are refused, or hold what the
/// file holds when it was written anew. The first byte says which record they are, the second and the third how many nodes
/// and relationships the file says that it has.
pub(crate) fn record(bytes: &[u8]) {
    let [table, nodes, relationships, record @ ..] = bytes else {
        return;
    };
    hush_contained_panics();
    let path = std::env::temp_dir().join(format!("tupu-fuzz-{}.record.tupu", std::process::id()));
    let again = path.with_extension("again.tupu");
    write_record(&path, *table, [*nodes, *relationships], record).expect("the file can be written");
    if let Ok(database) = Database::read_store(&path) {
        database.save(&again).expect("a graph can be saved");
        let saved = Database::read_store(&again);
        let saved = saved.unwrap_or_else(|error| panic!("{bytes:?} is not read again: {error}"));
        assert_eq!(saved.to_ron(), database.to_ron(), "{bytes:?}");
    }
    for path in [&path, &again] {
        let _ = std::fs::remove_file(path);
    }
}

/// A file of the present version with three names of each kind and a record that has the checksum that it should have.
fn write_record(path: &Path, table: u8, counts: [u8; 2], record: &[u8]) -> Result<(), redb::Error> {
    const META: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("meta");
    const NAMES: TableDefinition<'_, (u8, u32), &str> = TableDefinition::new("names");
    const NODES: TableDefinition<'_, u32, &[u8]> = TableDefinition::new("nodes");
    const RELATIONSHIPS: TableDefinition<'_, u32, &[u8]> = TableDefinition::new("relationships");
    const FILE_IDS: TableDefinition<'_, u64, &str> = TableDefinition::new("file ids");
    const SCHEMA: TableDefinition<'_, (u8, &str), &[u8]> = TableDefinition::new("schema");
    const EVIDENCE: TableDefinition<'_, (u8, u32), &[u8]> = TableDefinition::new("evidence");
    let sealed = |bytes: &[u8]| [bytes, &crc32fast::hash(bytes).to_le_bytes()].concat();
    // Two nodes without labels and properties, and fourteen slots never used.
    let two_nodes = sealed(&[&[2, 0, 0, 2, 0, 0][..], &[0; 14]].concat());
    let _ = std::fs::remove_file(path);
    let file = File::create(path)?;
    let transaction = file.begin_write()?;
    {
        let mut meta = transaction.open_table(META)?;
        meta.insert("version", &2_u32.to_le_bytes()[..])?;
        meta.insert("commits", &1_u64.to_le_bytes()[..])?;
        let counts = counts.map(u64::from).map(u64::to_le_bytes).concat();
        meta.insert("counts", &*counts)?;
        meta.insert("head", &[][..])?;
        let mut names = transaction.open_table(NAMES)?;
        for kind in 0..3 {
            for (number, name) in (0..).zip(["甲", "b", "C"]) {
                names.insert((kind, number), name)?;
            }
        }
        let mut nodes = transaction.open_table(NODES)?;
        let mut relationships = transaction.open_table(RELATIONSHIPS)?;
        transaction.open_table(FILE_IDS)?;
        let mut schema = transaction.open_table(SCHEMA)?;
        let mut evidence = transaction.open_table(EVIDENCE)?;
        let (kind, table) = (table >> 4, table & 15);
        nodes.insert(
            0,
            if table == 0 {
                sealed(record)
            } else {
                two_nodes
            }
            .as_slice(),
        )?;
        match table {
            0 => {}
            1 => drop(relationships.insert(0, sealed(record).as_slice())?),
            2 => {
                // An ontology has no name.
                let name = if kind == 2 { "" } else { "x" };
                drop(schema.insert((kind, name), sealed(record).as_slice())?);
            }
            _ => drop(evidence.insert((kind, 0), sealed(record).as_slice())?),
        }
    }
    transaction.commit()?;
    Ok(())
}

/// A text that is an article goes the whole way to a graph, which is read again as what was written.
pub(crate) fn pipeline(text: &str) {
    let folder = std::env::temp_dir().join(format!("tupu-fuzz-{}-build", std::process::id()));
    std::fs::create_dir_all(&folder).expect("temporary files can be written");
    let article = Article {
        id: "d".into(),
        title: None,
        source: None,
        date: None,
        text: text.into(),
    };
    let graph = folder.join("graph.ron");
    let built = (|| {
        let kept = Folder::of(&graph)?;
        kept.prepare()?;
        let reading = read(&article, Knowledge::standard());
        kept.store(&claims(&article, &reading, String::new()))?;
        export(
            &graph,
            &kept,
            &Registry::new(),
            &Corrections::default(),
            None,
            None,
        )
    })();
    built.unwrap_or_else(|error| panic!("{text:?} makes no graph: {error}"));
    let database = Database::open(std::slice::from_ref(&graph));
    let database = database.unwrap_or_else(|error| panic!("the graph of {text:?}: {error}"));
    let written = std::fs::read_to_string(&graph).expect("it was just written");
    assert_eq!(
        database.to_ron(),
        written,
        "the graph of {text:?} is another when read again"
    );
    let _ = std::fs::remove_dir_all(&folder);
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
