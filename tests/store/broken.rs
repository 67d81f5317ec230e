//! Files that are no graph, or not the graph that was written: every command refuses them, in words, and ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use tupu::session::Database;
use tupu::value::Map;

use super::ending::ended;
use super::{Dice, Folder, SETUP};

/// What ending may take on a loaded machine.
const BOUND: Duration = Duration::from_mins(1);

/// What is done to a file's bytes.
fn broken(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    const PAGE: usize = 4096;
    let mut cases = vec![
        ("empty".to_owned(), Vec::new()),
        ("one byte".to_owned(), vec![b'r']),
        ("text".to_owned(), b"Graph(version: 1)".to_vec()),
        ("zeros".to_owned(), vec![0; bytes.len()]),
        ("the magic number alone".to_owned(), bytes[..9].to_vec()),
    ];
    let mut wrong = bytes.to_vec();
    wrong[..4].fill(b'x');
    cases.push(("another magic number".to_owned(), wrong));
    for parts in [2, 3, 7] {
        cases.push((
            format!("1/{parts} of it"),
            bytes[..bytes.len() / parts].to_vec(),
        ));
    }
    let mut header = bytes.to_vec();
    header[9..320].fill(0xff);
    cases.push(("no header".to_owned(), header));
    let mut rest = bytes.to_vec();
    rest[PAGE..].fill(0xa5);
    cases.push(("nothing but a header".to_owned(), rest));
    cases
}

/// What may still be whole: the damage can lie where nothing is kept.
fn doubtful(bytes: &[u8], seed: u64) -> Vec<u8> {
    const PAGE: usize = 4096;
    let mut dice = Dice(seed);
    let mut changed = bytes.to_vec();
    let pages = bytes.len() / PAGE;
    // The pages that hold something come first.
    let page = |dice: &mut Dice| dice.below(pages.min(40)) * PAGE;
    match dice.below(6) {
        0 | 1 => {
            for _ in 0..=dice.below(8) {
                let at = page(&mut dice) + dice.below(PAGE);
                changed[at] ^= 1 << dice.below(8);
            }
        }
        2 => {
            let at = page(&mut dice);
            changed[at..at + PAGE].fill(0);
        }
        3 => {
            let (one, other) = (page(&mut dice), page(&mut dice));
            let kept = changed[one..one + PAGE].to_vec();
            changed.copy_within(other..other + PAGE, one);
            changed[other..other + PAGE].copy_from_slice(&kept);
        }
        4 => changed.truncate(dice.below(bytes.len())),
        _ => {
            let more = dice.below(3 * PAGE);
            changed.extend(std::iter::repeat_n(0x5a, more));
        }
    }
    changed
}

/// Each command that opens or replaces a file.
fn commands(path: &Path, folder: &Folder) -> Vec<Command> {
    let csv = folder.file("csv");
    let commands: [&[&str]; 6] = [
        &["query", "-c", "RETURN 1", "FILE"],
        &["query", "--read-only", "-c", "RETURN 1", "FILE"],
        &["FILE"],
        &["jsonl", "FILE"],
        &["compact", "FILE"],
        &["import", "CSV", "-o", "FILE"],
    ];
    commands
        .into_iter()
        .map(|words| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_tupu"));
            for word in words {
                match *word {
                    "FILE" => command.arg(path),
                    "CSV" => command.arg(&csv),
                    word => command.arg(word),
                };
            }
            command
        })
        .collect()
}

#[track_caller]
fn check_refused(name: &str, command: &mut Command) {
    let output = ended(command, BOUND);
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        output.status.code(),
        Some(3),
        "{name}: {command:?}: {error}"
    );
    assert!(
        error.lines().any(|line| line.starts_with("error: ")),
        "{name}: {error}"
    );
    assert!(!error.contains("panicked"), "{name}: {error}");
    assert!(output.stdout.is_empty(), "{name}");
}

fn whole(folder: &Folder) -> (Vec<u8>, String) {
    fs::create_dir(folder.file("csv")).expect("a folder");
    fs::write(folder.file("csv/nodes.csv"), ":ID,:LABEL\n1,A\n").expect("it is written");
    let path = folder.file("whole.tupu");
    let database = Database::open(std::slice::from_ref(&path)).expect("it comes into being");
    let mut session = database.session();
    let more = "UNWIND range(1, 2000) AS 号 CREATE (:点 {号: 号, 文: toString(号)})";
    for text in [SETUP, more, "CREATE INDEX FOR (n:点) ON (n.号)"] {
        session.run(text, &Map::default()).expect("it writes");
    }
    drop(session);
    let text = database.to_ron();
    drop(database);
    (fs::read(&path).expect("it is there"), text)
}

#[test]
fn every_command_refuses_what_is_no_graph() {
    let folder = Folder::new("refused");
    let (bytes, _) = whole(&folder);
    let path = folder.file("broken.tupu");
    for (name, case) in broken(&bytes) {
        for mut command in commands(&path, &folder) {
            fs::write(&path, &case).expect("it is written");
            check_refused(&name, &mut command);
            assert_eq!(
                fs::read(&path).expect("it is there"),
                case,
                "{name}: the file stays"
            );
        }
    }
}

#[test]
fn what_is_no_file_is_refused_at_once() {
    let folder = Folder::new("nofile");
    whole(&folder);
    let (directory, fifo) = (folder.file("folder.tupu"), folder.file("pipe.tupu"));
    fs::create_dir(&directory).expect("a folder");
    for mut command in commands(&directory, &folder) {
        check_refused("a folder", &mut command);
    }
    let made = Command::new("mkfifo").arg(&fifo).status();
    if made.is_ok_and(|status| status.success()) {
        for mut command in commands(&fifo, &folder) {
            check_refused("a pipe", &mut command);
        }
    } else {
        println!("skipped: there is no mkfifo here");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new("permission");
    let (bytes, _) = whole(&folder);
    let path: PathBuf = folder.file("closed.tupu");
    fs::write(&path, bytes).expect("it is written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("it is ours");
    if fs::File::open(&path).is_ok() {
        println!("skipped: this user may read every file");
        return;
    }
    for mut command in commands(&path, &folder) {
        check_refused("no permission", &mut command);
    }
}

/// Whatever is damaged: the graph is whole, or there is none.
#[test]
fn damage_is_noticed_or_does_no_harm() {
    let folder = Folder::new("damage");
    let (bytes, text) = whole(&folder);
    let path = folder.file("damaged.tupu");
    let seeds: u64 = std::env::var("TUPU_SOAK").map_or(60, |size| size.parse().unwrap_or(1) * 500);
    let (mut refused, mut unharmed) = (0, 0);
    for seed in 0..seeds {
        fs::write(&path, doubtful(&bytes, seed)).expect("it is written");
        match Database::read_store(&path) {
            Ok(database) => {
                assert_eq!(database.to_ron(), text, "seed {seed}");
                unharmed += 1;
            }
            Err(_) => refused += 1,
        }
        if let Ok(database) = Database::open(std::slice::from_ref(&path)) {
            assert_eq!(database.to_ron(), text, "seed {seed}");
        }
        if seed % 20 == 0 {
            fs::write(&path, doubtful(&bytes, seed)).expect("it is written");
            let output = ended(&mut commands(&path, &folder)[0], BOUND);
            let error = String::from_utf8_lossy(&output.stderr);
            assert!(
                matches!(output.status.code(), Some(0 | 3)),
                "seed {seed}: {error}"
            );
            assert!(!error.contains("panicked"), "seed {seed}: {error}");
        }
    }
    println!("{seeds} damaged files: {refused} refused, {unharmed} unharmed");
    assert!(refused > seeds / 4 && unharmed > 0);
}
