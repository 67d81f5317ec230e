//! kill -9 while a program opens, compacts or makes a file.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Instant;

use tupu::session::Database;
use tupu::value::Map;

use super::Folder;

/// How many kills there are, for each that happens by default.
fn soak() -> u32 {
    std::env::var("TUPU_SOAK").map_or(1, |size| size.parse().unwrap_or(1) * 4)
}

fn spawn(arguments: &[&Path]) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_tupu"))
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

/// Runs a command once to its end, then many times killed after a part of that time.
fn kill_within(kills: u32, arguments: &[&Path], mut check: impl FnMut()) {
    let start = Instant::now();
    assert!(spawn(arguments).wait().expect("it ends").success());
    let length = start.elapsed();
    check();
    for kill in 0..kills {
        let mut child = spawn(arguments);
        sleep(length * (1 + kill * 37 % 100) / 100);
        child.kill().expect("it is ours");
        child.wait().expect("it ends");
        check();
    }
    println!("{kills} kills within {length:?}");
}

/// A graph whose file has much to recover and to compact, and its text.
fn large(path: &Path) -> String {
    let database = Database::open(&[path.to_owned()]).expect("it comes into being");
    let mut session = database.session();
    for text in [
        "UNWIND range(1, 3000) AS 号 CREATE (:点 {号: 号, 文: '企业' + toString(号)})",
        "MATCH (甲:点) WHERE 甲.号 % 2 = 0 DELETE 甲",
        "CREATE INDEX FOR (n:点) ON (n.号)",
    ] {
        session.run(text, &Map::default()).expect("it writes");
    }
    database.to_ron()
}

#[test]
fn a_kill_while_a_file_is_recovered_loses_nothing() {
    let folder = Folder::new("recover");
    let (whole, path) = (folder.file("whole.tupu"), folder.file("graph.tupu"));
    let database = Database::open(std::slice::from_ref(&whole)).expect("it comes into being");
    database
        .session()
        .run(
            "UNWIND range(1, 2000) AS 号 CREATE (:点 {号: 号})",
            &Map::default(),
        )
        .expect("it writes");
    let text = database.to_ron();
    // As a process leaves it that is killed: open, and to be recovered by whoever comes next.
    fs::copy(&whole, &path).expect("it can be copied");
    drop(database);
    let arguments = ["query", "-c", "RETURN 1"].map(Path::new);
    let arguments = [&arguments[..], &[&path]].concat();
    kill_within(10 * soak(), &arguments, || {
        let database = Database::read_store(&path).expect("it can be read after the kill");
        assert_eq!(database.to_ron(), text);
    });
}

#[test]
fn a_kill_while_a_file_is_compacted_loses_nothing() {
    let folder = Folder::new("compacting");
    let (whole, path) = (folder.file("whole.tupu"), folder.file("graph.tupu"));
    let text = large(&whole);
    fs::copy(&whole, &path).expect("it can be copied");
    kill_within(10 * soak(), &[Path::new("compact"), &path], || {
        let database =
            Database::open(std::slice::from_ref(&path)).expect("it opens after the kill");
        assert_eq!(database.to_ron(), text);
        drop(database);
        fs::copy(&whole, &path).expect("it can be copied");
    });
}

#[test]
fn a_kill_while_a_file_is_imported_leaves_the_old_one_or_the_new() {
    let folder = Folder::new("importing");
    let (csv, path) = (folder.file("csv"), folder.file("graph.tupu"));
    fs::create_dir(&csv).expect("a folder");
    let rows: String = (0..2000).map(|id| format!("{id},A,{}\n", id * 7)).collect();
    fs::write(csv.join("nodes.csv"), format!(":ID,:LABEL,k:int\n{rows}")).expect("it is written");
    let open = || Database::open(std::slice::from_ref(&path));
    let old = || {
        let _ = fs::remove_file(&path);
        let database = open().expect("it comes into being");
        database
            .session()
            .run("CREATE (:旧)", &Map::default())
            .expect("it writes");
    };
    old();
    let (mut kept, mut replaced) = (0, 0);
    let arguments = [Path::new("import"), &csv, Path::new("-o"), &path];
    kill_within(10 * soak(), &arguments, || {
        match open().expect("it opens after the kill").view().node_count() {
            1 => kept += 1,
            2000 => replaced += 1,
            other => panic!("{other} nodes: a half of something"),
        }
        old();
    });
    println!("{kept} times the old file, {replaced} times the new one");
}

#[test]
fn a_kill_while_a_durable_graph_is_built_leaves_nothing_half_done() {
    let folder = Folder::new("building-durable");
    let (articles, path) = (folder.file("articles"), folder.file("graph.tupu"));
    // So many that what they claim is kept in several commits.
    fs::create_dir(&articles).expect("a folder");
    for number in 0..150 {
        let text = format!("2024年1月17日，坪山区发布低空经济第{number}号产业规划政策。");
        fs::write(articles.join(format!("{number}.txt")), text).expect("it is written");
    }
    let (mut whole, mut times) = (None, [0; 3]);
    let arguments = [Path::new("build"), &articles, Path::new("-o"), &path];
    kill_within(6 * soak(), &arguments, || {
        let state = match path.exists() {
            false => 0,
            true => {
                let database = Database::read_store(&path).expect("it can be read after the kill");
                let whole = whole.get_or_insert_with(|| database.to_ron());
                match database.view().node_count() {
                    0 => 1,
                    _ => {
                        assert_eq!(database.to_ron(), *whole, "whole, or no graph yet");
                        2
                    }
                }
            }
        };
        times[state] += 1;
        // One that is there is gone on with twice.
        if state == 2 || times[state] % 3 == 0 {
            let _ = fs::remove_file(&path);
        }
    });
    println!("{times:?} times no file, claims without a graph, the graph");
    assert!(spawn(&arguments).wait().expect("it ends").success());
    let database = Database::read_store(&path).expect("it is there");
    assert_eq!(
        Some(database.to_ron()),
        whole,
        "what goes on comes to the same"
    );
}

#[test]
fn a_kill_while_a_graph_is_built_leaves_the_old_one_or_the_new() {
    let folder = Folder::new("building");
    let (articles, path) = (Path::new("examples/articles"), folder.file("graph.ron"));
    let open = || Database::open(std::slice::from_ref(&path)).map(|database| database.to_ron());
    let mut whole = None;
    let arguments = [Path::new("build"), articles, Path::new("-o"), &path];
    kill_within(4 * soak(), &arguments, || {
        if path.exists() {
            let text = open().expect("it opens after the kill");
            let whole = whole.get_or_insert_with(|| text.clone());
            assert_eq!(text, *whole, "whole, or not there");
            fs::remove_file(&path).expect("it is there");
        }
    });
}
