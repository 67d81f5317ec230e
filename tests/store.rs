//! Durable graphs from outside: what is committed survives kill -9, and broken files are refused.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use dice::Dice;
use tupu::server::jsonl::serve;
use tupu::session::{Database, Error, Limits};
use tupu::value::{Map, Value};

mod dice;
#[path = "program/ending.rs"]
mod ending;

#[path = "store/broken.rs"]
mod broken;
#[path = "store/compact.rs"]
mod compact;
#[path = "store/full_disk.rs"]
mod full_disk;
#[path = "store/kill.rs"]
mod kill;
#[path = "store/load.rs"]
mod load;
#[path = "store/model.rs"]
mod model;
#[path = "store/ontology.rs"]
mod ontology;

/// A folder of its own, gone when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tupu-store-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a temporary folder");
        Self(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn tupu(arguments: &[&str], path: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tupu"))
        .arg(arguments[0])
        .arg(path)
        .args(&arguments[1..])
        .output()
        .expect("the program runs")
}

fn answer(path: &Path, query: &str) -> String {
    let output = tupu(
        &["query", "-c", query, "--format", "csv", "--read-only"],
        path,
    );
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    String::from_utf8_lossy(&output.stdout).replace("\r\n", "\n")
}

const SETUP: &str =
    "CREATE (甲:企业 {名称: '甲', 整数: -5, 小数: 1.5, 真: true, 列: [1, 'a', date('2024-02-29')],
    日: date('1984-10-11'), 时: localtime('12:31:14.645'), 时区: time('12:31+01:00'),
    刻: localdatetime('1984-10-11T12:31'), 瞬: datetime('1984-10-11T12:31[Europe/Stockholm]'),
    长: duration('P1Y2M3DT4.5S')})-[:供应 {年: 2020}]->(:企业:大 {名称: '乙'})";

#[test]
fn what_is_committed_is_there_after_reopening() {
    let folder = Folder::new("reopen");
    let path = folder.file("图.tupu");
    let open = || Database::open(std::slice::from_ref(&path)).expect("it opens");
    let run = |database: &Database, text: &str| {
        let result = database.session().run(text, &Map::default());
        result.expect(text).rows
    };
    let database = open();
    run(&database, SETUP);
    let spent = run(&database, "CREATE (丙:临时) RETURN id(丙)");
    run(&database, "MATCH (丙:临时) DELETE 丙");
    run(
        &database,
        "MATCH (企 {名称: '乙'}) SET 企.名称 = '丁' REMOVE 企:大",
    );
    let text = database.to_ron();
    drop(database);
    let database = open();
    assert_eq!(database.to_ron(), text);
    assert_ne!(
        run(&database, "CREATE (丙:临时) RETURN id(丙)"),
        spent,
        "no id returns"
    );
    let mut session = database.session();
    session.begin().expect("none is open");
    session
        .run("MATCH (n) DETACH DELETE n", &Map::default())
        .expect("it runs");
    drop(session);
    drop(database);
    assert_eq!(answer(&path, "MATCH (n) RETURN count(*) AS n"), "n\n3\n");
}

#[test]
fn a_saved_graph_gives_the_same_file_back() {
    let folder = Folder::new("round");
    let path = folder.file("graph.tupu");
    let embedded = Database::embedded().expect("it is well formed");
    embedded.save(&path).expect("it is written");
    let opened = Database::open(&[path]).expect("it opens");
    assert_eq!(opened.to_ron(), embedded.to_ron());
}

#[test]
fn one_process_writes_and_others_read() {
    let folder = Folder::new("holder");
    let path = folder.file("graph.tupu");
    let database = Database::open(std::slice::from_ref(&path)).expect("it comes into being");
    database
        .session()
        .run("CREATE (:企业)", &Map::default())
        .expect("it writes");
    assert_eq!(answer(&path, "MATCH (n) RETURN count(*) AS n"), "n\n1\n");
    let output = tupu(&["query", "-c", "CREATE (:企业)"], &path);
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{error}");
    let holder = format!("process {} has the file open", std::process::id());
    assert!(error.contains(&holder), "{error}");
}

/// A child acknowledges each commit; whenever it is killed, all that it acknowledged is there and nothing is half done.
#[test]
fn kill_dash_nine_loses_nothing_that_was_acknowledged() {
    let folder = Folder::new("kill");
    let path = folder.file("graph.tupu");
    let kills: u64 = std::env::var("TUPU_SOAK").map_or(6, |size| size.parse().unwrap_or(1) * 100);
    let mut acknowledged = 0;
    for kill in 0..kills {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tupu"))
            .arg("jsonl")
            .arg(&path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut input = child.stdin.take().expect("it is piped");
        let output = BufReader::new(child.stdout.take().expect("it is piped"));
        let writer = std::thread::spawn(move || {
            // Two nodes and what joins them: all three or none.
            let line = "{\"op\":\"run\",\"query\":\"CREATE (:半 {号: 1})-[:合]->(:半 {号: 2})\"}\n";
            while input.write_all(line.as_bytes()).is_ok() {}
        });
        let reader = std::thread::spawn(move || {
            output
                .lines()
                .map_while(Result::ok)
                .filter(|line| line.contains("\"stats\""))
                .count()
        });
        sleep(Duration::from_millis(20 + kill * 37 % 150));
        child.kill().expect("it runs");
        child.wait().expect("it ends");
        writer.join().expect("the writer ends with the pipe");
        acknowledged += reader.join().expect("the reader ends with the pipe");
        if !path.exists() {
            continue;
        }
        let database =
            Database::open(std::slice::from_ref(&path)).expect("it opens after the kill");
        let view = database.view();
        let pairs = view.relationship_count();
        assert_eq!(view.node_count(), 2 * pairs, "nothing is half done");
        assert!(pairs >= acknowledged, "{pairs} of {acknowledged} are there");
        acknowledged = pairs;
    }
    println!("{kills} kills, {acknowledged} commits");
}

#[test]
fn broken_files_are_refused_with_status_three() {
    let folder = Folder::new("broken");
    let (whole, broken) = (folder.file("whole.tupu"), folder.file("broken.tupu"));
    let database = Database::open(std::slice::from_ref(&whole)).expect("it comes into being");
    database
        .session()
        .run(SETUP, &Map::default())
        .expect("it writes");
    let text = database.to_ron();
    drop(database);
    let bytes = fs::read(&whole).expect("it is there");
    let mut cases = vec![
        Vec::new(),
        b"no graph".to_vec(),
        bytes[..bytes.len() / 2].to_vec(),
    ];
    let mut wrong = bytes.clone();
    wrong[..16].fill(b'x');
    cases.push(wrong);
    for (number, case) in cases.iter().enumerate() {
        fs::write(&broken, case).expect("it is written");
        let output = tupu(&["query", "-c", "RETURN 1"], &broken);
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "case {number}: {error}");
    }
    let directory = folder.file("folder.tupu");
    fs::create_dir(&directory).expect("a folder");
    let output = tupu(&["query", "-c", "RETURN 1"], &directory);
    assert_eq!(output.status.code(), Some(3));
    // A flipped bit is noticed, or it stands where nothing is kept and the graph is whole.
    let step = if std::env::var("TUPU_SOAK").is_ok() {
        61
    } else {
        bytes.len() / 23
    };
    for at in (0..bytes.len()).step_by(step) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        fs::write(&broken, &flipped).expect("it is written");
        if let Ok(database) = Database::open(std::slice::from_ref(&broken)) {
            assert_eq!(database.to_ron(), text, "byte {at}");
        }
    }
}

fn run(database: &Database, text: &str) -> Result<Vec<Vec<Value>>, Error> {
    let result = database.session().run(text, &Map::default())?;
    Ok(result.rows)
}

fn open(path: &Path) -> Database {
    Database::open(&[path.to_owned()]).expect("it opens")
}

const SCHEMA: [&str; 5] = [
    "CREATE (:企业 {名称: '甲', 号: 1})-[:供应 {年: 2020}]->(:企业 {名称: '乙', 号: 2})",
    "CREATE INDEX 号 FOR (n:企业) ON (n.号)",
    "CREATE CONSTRAINT 名 FOR (n:企业) REQUIRE n.名称 IS UNIQUE",
    "CREATE CONSTRAINT 键 FOR ()-[r:供应]-() REQUIRE r.年 IS RELATIONSHIP KEY",
    "CREATE CONSTRAINT 有 FOR (n:企业) REQUIRE n.名称 IS NOT NULL",
];

/// What the schema shows, and what it refuses.
fn check_schema(database: &Database, indexes: &[&str], constraints: &[&str]) {
    let names = |text| {
        let rows = run(database, text).expect(text);
        let names = rows.into_iter().map(|row| row[0].to_string());
        names.collect::<Vec<_>>()
    };
    assert_eq!(names("SHOW INDEXES"), indexes);
    assert_eq!(names("SHOW CONSTRAINTS"), constraints);
    let refused = run(database, "CREATE (:企业 {名称: '甲'})").expect_err("甲 is there");
    assert_eq!(refused.class(), "ConstraintValidationFailed");
    let plan = database.session().run(
        "EXPLAIN MATCH (n:企业 {名称: '甲'}) RETURN n",
        &Map::default(),
    );
    let plan = plan.expect("it is planned").plan.expect("that is shown");
    assert!(plan.contains("NodeIndexSeek"), "{plan}");
}

#[test]
fn indexes_and_constraints_are_there_after_reopening() {
    let folder = Folder::new("schema");
    let path = folder.file("图.tupu");
    let database = open(&path);
    for text in SCHEMA {
        run(&database, text).expect(text);
    }
    check_schema(
        &database,
        &["'号'", "'名'", "'键'"],
        &["'名'", "'有'", "'键'"],
    );
    drop(database);
    let database = open(&path);
    check_schema(
        &database,
        &["'号'", "'名'", "'键'"],
        &["'名'", "'有'", "'键'"],
    );
    // What is rolled back, and what is dropped.
    let mut session = database.session();
    for text in [
        "BEGIN",
        "DROP CONSTRAINT 名",
        "CREATE INDEX 年 FOR ()-[r:供应]-() ON (r.年, r.月)",
        "ROLLBACK",
        "DROP CONSTRAINT 键",
        "DROP INDEX 号",
    ] {
        session.run(text, &Map::default()).expect(text);
    }
    drop(session);
    drop(database);
    check_schema(&open(&path), &["'名'"], &["'名'", "'有'"]);
    // A copy made by saving has them too.
    let copy = folder.file("副.tupu");
    open(&path).save(&copy).expect("it is saved");
    check_schema(&open(&copy), &["'名'"], &["'名'", "'有'"]);
}

#[test]
fn a_file_of_version_1_opens_and_is_written_to() {
    let folder = Folder::new("version-1");
    let path = folder.file("图.tupu");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/version-1.tupu");
    fs::copy(kept, &path).expect("it is copied");
    let rows =
        "MATCH (a)-[r:供应]->(b) RETURN a.名称, r.年, b.名称, id(a), id(b), b.列, toString(b.瞬)";
    let found = answer(&path, rows);
    let expected = r#"a.名称,r.年,b.名称,id(a),id(b),b.列,toString(b.瞬)
乙,2021,甲,1,0,"[1,""a"",""2024-02-29""]",1984-10-11T12:31+01:00[Europe/Stockholm]
"#;
    assert_eq!(found, expected);
    assert_eq!(answer(&path, "SHOW CONSTRAINTS").lines().count(), 1);
    let database = open(&path);
    run(
        &database,
        "CREATE CONSTRAINT FOR (n:企业) REQUIRE n.名称 IS UNIQUE",
    )
    .expect("it holds");
    drop(database);
    assert_eq!(answer(&path, rows), found);
    assert_eq!(answer(&path, "SHOW CONSTRAINTS").lines().count(), 2);
}

#[test]
fn a_file_of_version_2_opens_with_all_that_it_keeps() {
    let folder = Folder::new("version-2");
    let path = folder.file("图.tupu");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/version-2.tupu");
    fs::copy(kept, &path).expect("it is copied");
    let found = answer(
        &path,
        "MATCH (d:District) WHERE d.列 IS NOT NULL RETURN d.name, d.列, toString(d.瞬)",
    );
    let expected = r#"d.name,d.列,toString(d.瞬)
澜汀区,"[1,""a"",""2024-02-29""]",1984-10-11T12:31+01:00[Europe/Stockholm]
"#;
    assert_eq!(found, expected);
    assert_eq!(answer(&path, "SHOW INDEXES").lines().count(), 3);
    let supported = "MATCH ()-[r:LOCATED_IN]->() RETURN count(evidence(r)) AS n";
    assert_eq!(answer(&path, supported), "n\n2\n");
    let report = tupu(&["report"], &path);
    assert!(report.status.success(), "{report:?}");
    let database = open(&path);
    let refused = run(&database, "CREATE (:District:Region {name: '澜汀区'})");
    assert!(
        refused.is_err_and(|error| error.detail() == "CreateBlockedByConstraint"),
        "the constraint holds"
    );
    let refused = run(&database, "CREATE (:Foo {name: '某'})");
    assert!(
        refused.is_err_and(|error| error.detail() == "NotInOntology"),
        "the ontology holds"
    );
}

/// Changes a file as no tupu would.
fn tamper(path: &Path, change: impl FnOnce(&redb::WriteTransaction)) {
    let database = redb::Database::open(path).expect("it is a database");
    let transaction = database.begin_write().expect("nobody else writes");
    change(&transaction);
    transaction.commit().expect("it is written");
}

#[test]
fn what_a_newer_tupu_wrote_is_refused_with_what_to_do() {
    let folder = Folder::new("newer");
    let path = folder.file("图.tupu");
    run(&open(&path), "CREATE (:企业 {名称: '甲'})").expect("it is written");
    let refusal = || {
        let output = tupu(&["query", "-c", "RETURN 1"], &path);
        assert_eq!(output.status.code(), Some(3));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    tamper(&path, |transaction| {
        let table = redb::TableDefinition::<u32, &[u8]>::new("nodes");
        let mut table = transaction.open_table(table).expect("there are nodes");
        let mut chunk = redb::ReadableTable::get(&table, 0)
            .expect("read")
            .expect("a chunk")
            .value()
            .to_vec();
        // The tag of the only value stands before its length and three bytes of UTF-8.
        let at = chunk.windows(3).position(|bytes| bytes == "甲".as_bytes());
        chunk[at.expect("it is there") - 2] = 99;
        let body = chunk.len() - 4;
        let checksum = crc32fast::hash(&chunk[..body]);
        chunk[body..].copy_from_slice(&checksum.to_le_bytes());
        table.insert(0, &*chunk).expect("written");
    });
    let error = refusal();
    assert!(error.contains("a value of the unknown kind 99"), "{error}");
    assert!(error.contains("a newer tupu"), "{error}");
    tamper(&path, |transaction| {
        let table = redb::TableDefinition::<&str, &[u8]>::new("meta");
        let mut table = transaction.open_table(table).expect("there is a head");
        table
            .insert("version", &99_u32.to_le_bytes()[..])
            .expect("written");
    });
    let error = refusal();
    assert!(
        error.contains("format version 99, and this tupu reads up to 2; open it with a newer tupu"),
        "{error}"
    );
}

#[test]
fn a_second_reader_over_json_lines_sees_what_was_committed() {
    let folder = Folder::new("jsonl");
    let path = folder.file("图.tupu");
    let writer = open(&path);
    run(&writer, "CREATE (:企业 {名称: '甲'})").expect("it is written");
    let open = |more| {
        format!(
            "{{\"op\":\"open\",\"path\":{:?}{more}}}\n",
            path.display().to_string()
        )
    };
    let count = r#"{"op":"run","query":"MATCH (n) RETURN count(*) AS n"}"#;
    let write = r#"{"op":"run","query":"CREATE (:企业)"}"#;
    let requests = open("")
        + &open(",\"read_only\":true")
        + count
        + "\n"
        + write
        + "\n"
        + &open(",\"read_only\":1");
    let mut answers = Vec::new();
    let served = serve(
        &Database::new(),
        &Limits::default(),
        requests.as_bytes(),
        &mut answers,
    );
    served.expect("the answers are taken");
    let answers = String::from_utf8(answers).expect("answers are text");
    let answers: Vec<&str> = answers.lines().collect();
    assert!(answers[0].contains("has the file open"), "{}", answers[0]);
    assert_eq!(answers[1], r#"{"ok":true}"#);
    assert!(answers[2].contains(r#""rows":[[1]]"#), "{}", answers[2]);
    assert!(answers[3].contains("AccessError"), "{}", answers[3]);
    assert!(answers[4].contains("read_only"), "{}", answers[4]);
}

/// What a node of the model has: `a`, `b` and `c`.
type Row = [Option<u64>; 3];

/// Whether `a` is unique, `b` is there, and `b` with `c` is a key.
fn holds(model: &BTreeMap<u64, Row>) -> bool {
    let rows = || model.values();
    let unique: Vec<u64> = rows().filter_map(|row| row[0]).collect();
    let keys: Vec<_> = rows().filter_map(|row| row[1].zip(row[2])).collect();
    let different: BTreeSet<u64> = unique.iter().copied().collect();
    let different_keys: BTreeSet<_> = keys.iter().copied().collect();
    different.len() == unique.len()
        && different_keys.len() == keys.len()
        && keys.len() == model.len()
}

/// A random statement, and what it makes of the model.
fn statement(
    random: &mut impl FnMut(u64) -> u64,
    model: &BTreeMap<u64, Row>,
) -> (String, BTreeMap<u64, Row>) {
    let mut changed = model.clone();
    let (key, other) = (random(12), random(12));
    let mut row = || [6, 7, 7].map(|below| Some(random(below)).filter(|v| *v > 0));
    let literal = |value: Option<u64>| value.map_or("null".to_owned(), |v| v.to_string());
    let text = match (changed.get(&key).copied(), changed.get(&other).copied()) {
        (None, _) => {
            let row = row();
            changed.insert(key, row);
            let [a, b, c] = row.map(literal);
            format!("CREATE (:N {{k: {key}, a: {a}, b: {b}, c: {c}}})")
        }
        (Some(own), Some(others)) if own[0] != others[0] => {
            changed.insert(key, [others[0], own[1], own[2]]);
            changed.insert(other, [own[0], others[1], others[2]]);
            format!(
                "MATCH (n:N {{k: {key}}}), (m:N {{k: {other}}}) WITH n, m, n.a AS x, m.a AS y SET n.a = y, m.a = x"
            )
        }
        (Some(own), None) => {
            let new = row();
            changed.insert(key, [new[0], new[1], own[2]]);
            let [a, b, _] = new.map(literal);
            format!("MATCH (n:N {{k: {key}}}) SET n.a = {a}, n.b = {b}")
        }
        _ => {
            changed.remove(&key);
            format!("MATCH (n:N {{k: {key}}}) DELETE n")
        }
    };
    (text, changed)
}

/// The graph's nodes as the model would show them.
fn shown(model: &BTreeMap<u64, Row>) -> Vec<Vec<Value>> {
    let value = |value: Option<u64>| {
        let value = value.map(|value| i64::try_from(value).expect("it is small"));
        value.map_or(Value::Null, Value::from)
    };
    let rows = model.iter().map(|(key, row)| {
        let cells = std::iter::once(Some(*key)).chain(*row);
        cells.map(value).collect()
    });
    rows.collect()
}

#[test]
fn constraints_hold_over_random_statements_transactions_and_reopening() {
    let folder = Folder::new("constraints");
    let path = folder.file("图.tupu");
    let mut database = open(&path);
    for text in [
        "CREATE CONSTRAINT FOR (n:N) REQUIRE n.a IS UNIQUE",
        "CREATE CONSTRAINT FOR (n:N) REQUIRE n.b IS NOT NULL",
        "CREATE CONSTRAINT FOR (n:N) REQUIRE (n.b, n.c) IS NODE KEY",
    ] {
        run(&database, text).expect(text);
    }
    let mut state = 7_u64;
    let mut random = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % below
    };
    let mut model = BTreeMap::new();
    let (mut refused, mut kept) = (0, 0);
    for round in 0..40 {
        let before = model.clone();
        let mut session = database.session();
        session.begin().expect("nobody else writes");
        for _ in 0..20 {
            let (text, changed) = statement(&mut random, &model);
            match session.run(&text, &Map::default()) {
                Ok(_) => {
                    assert!(holds(&changed), "accepted: {text}");
                    model = changed;
                    kept += 1;
                }
                Err(error) => {
                    assert_eq!(error.class(), "ConstraintValidationFailed", "{text}");
                    assert!(!holds(&changed), "refused: {text}: {error}");
                    refused += 1;
                }
            }
        }
        if round % 3 == 0 {
            session.rollback().expect("it is open");
            model = before;
        } else {
            session.commit().expect("it is open");
        }
        drop(session);
        if round % 5 == 0 {
            drop(database);
            database = open(&path);
        }
        let rows = run(
            &database,
            "MATCH (n:N) RETURN n.k, n.a, n.b, n.c ORDER BY n.k",
        );
        let rows = rows.expect("it is read");
        assert_eq!(rows, shown(&model), "round {round}");
    }
    assert!(refused > 50 && kept > 50, "{refused} refused, {kept} kept");
}
