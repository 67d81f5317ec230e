//! A scripted session on a disk that fails at every one of its operations, in every way.

use std::path::Path;

use super::run;
use crate::session::{Database, Error};
use crate::store::faulty::{Disk, Fault, sweep};
use crate::store::{Contents, Store};

/// Each line is one transaction.
const SCRIPT: [&[&str]; 7] = [
    &["UNWIND range(1, 40) AS 号 CREATE (:点 {号: 号, 文: toString(号)})"],
    &[
        "MATCH (甲:点), (乙:点) WHERE 甲.号 + 1 = 乙.号 CREATE (甲)-[:连 {号: 甲.号}]->(乙)",
        "MATCH (甲:点 {号: 7}) SET 甲:大, 甲.新 = [1, 'a']",
    ],
    &["CREATE INDEX 号 FOR (n:点) ON (n.号)"],
    &["MATCH (甲:点) WHERE 甲.号 % 3 = 0 DETACH DELETE 甲"],
    &["UNWIND range(1, 300) AS 号 CREATE (:大 {文: toString(号 * 1234567)})"],
    &["MATCH (甲:大) REMOVE 甲:大 SET 甲.文 = null"],
    &["CREATE (:末 {号: 0})"],
];

fn file() -> Vec<u8> {
    let path = std::env::temp_dir().join(format!("tupu-disk-{}.tupu", std::process::id()));
    Store::create(&path, &Contents::default()).expect("an empty graph is written");
    let bytes = std::fs::read(&path).expect("it is there");
    std::fs::remove_file(&path).expect("it is there");
    bytes
}

fn open(disk: &Disk) -> Result<Database, Error> {
    let path = Path::new("disk.tupu");
    let opened = Store::open_faulty(path, disk.clone());
    let (store, contents) = opened.map_err(|error| Error::store(path, error))?;
    Ok(Database::from_store(path, store, contents))
}

/// All that can be asked of a graph.
fn state(database: &Database) -> String {
    let mut session = database.session();
    let indexes = run(&mut session, "SHOW INDEXES").expect("they can be shown");
    format!("{}{:?}", database.to_ron(), indexes.rows)
}

fn transaction(database: &Database, statements: &[&str]) -> Result<(), Error> {
    let mut session = database.session();
    session.begin()?;
    for text in statements {
        run(&mut session, text)?;
    }
    session.commit()
}

/// The states between the transactions, the empty graph first.
fn states() -> Vec<String> {
    let database = Database::new();
    let mut states = vec![state(&database)];
    for statements in SCRIPT {
        transaction(&database, statements).expect("nothing fails in memory");
        states.push(state(&database));
    }
    states
}

/// Goes through the script. Gives the states one of which must be found afterwards: what was acknowledged last, or what
/// was about to be.
fn play(disk: &Disk, fault: Fault, states: &[String]) -> Vec<String> {
    let Ok(database) = open(disk) else {
        return states[..1].to_vec();
    };
    for (statements, states) in SCRIPT.iter().zip(states.windows(2)) {
        let before = state(&database);
        if transaction(&database, statements).is_ok() {
            continue;
        }
        assert_eq!(
            state(&database),
            before,
            "what failed is taken back in memory"
        );
        if !fault.is_survived() {
            return states.to_vec();
        }
        disk.make_room();
        transaction(&database, statements).expect("the disk works again");
    }
    vec![state(&database)]
}

#[test]
fn whatever_a_disk_does_what_was_acknowledged_is_there_and_nothing_is_half_done() {
    let file = file();
    let whole = Disk::new(file.clone(), None);
    let states = states();
    if let Err(error) = open(&whole) {
        panic!("{error}");
    }
    play(&whole, Fault::Once, &states);
    sweep(&file, &whole, |disk, fault, place| {
        let expected = play(disk, fault, &states);
        let again = Disk::new(disk.afterwards(), None);
        let database = open(&again).unwrap_or_else(|error| panic!("{place}: {error}"));
        let found = state(&database);
        assert!(expected.contains(&found), "{place}:\n{found}");
        transaction(&database, &["CREATE (:后)"]).expect("writing goes on");
    });
}
