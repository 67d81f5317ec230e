//! The size of a file over many rounds of writing, deleting and compacting.

use std::fs;
use std::path::Path;

use tupu::session::Database;
use tupu::value::Map;

use super::{Folder, tupu};

fn round(path: &Path, number: u64) {
    let database = Database::open(&[path.to_owned()]).expect("it opens");
    let mut session = database.session();
    for text in [
        "UNWIND range(1, 2000) AS 号 CREATE (:轮 {号: 号, 文: '企业' + toString(号)})",
        "MATCH (甲:轮), (乙:轮 {号: 1}) WHERE 甲.号 % 3 = 0 CREATE (甲)-[:连]->(乙)",
        "MATCH (甲:轮) WHERE 甲.号 > 20 DETACH DELETE 甲",
        "MATCH (甲:轮) DETACH DELETE 甲",
    ] {
        if let Err(error) = session.run(text, &Map::default()) {
            panic!("round {number}: {error}");
        }
    }
}

#[test]
fn a_file_stays_small_however_often_it_is_filled_and_emptied() {
    let folder = Folder::new("compact");
    let path = folder.file("graph.tupu");
    let rounds: u64 = std::env::var("TUPU_SOAK").map_or(4, |size| size.parse().unwrap_or(1) * 20);
    let length = || fs::metadata(&path).expect("it is there").len();
    let mut sizes = Vec::new();
    for number in 0..rounds {
        round(&path, number);
        let before = length();
        let output = tupu(&["compact"], &path);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{error}");
        assert!(length() <= before, "round {number}");
        sizes.push(length());
    }
    println!("after compacting: {sizes:?}");
    // What stays is the memory of which ids are spent, which does not grow.
    let first = sizes[0];
    assert!(sizes.iter().all(|size| *size <= first * 2), "{sizes:?}");
    let database = Database::open(&[path]).expect("it opens");
    assert_eq!(database.view().node_count(), 0);
}

#[test]
fn compacting_keeps_the_graph_and_needs_the_file_alone() {
    let folder = Folder::new("compacted");
    let path = folder.file("graph.tupu");
    let database = Database::open(std::slice::from_ref(&path)).expect("it comes into being");
    let text = "UNWIND range(1, 500) AS 号 CREATE (:点 {号: 号})";
    database
        .session()
        .run(text, &Map::default())
        .expect("it writes");
    let whole = database.to_ron();
    let output = tupu(&["compact"], &path);
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{error}");
    assert!(error.contains("has the file open"), "{error}");
    drop(database);
    assert!(tupu(&["compact"], &path).status.success());
    let database = Database::open(&[path]).expect("it opens");
    assert_eq!(database.to_ron(), whole);
}
