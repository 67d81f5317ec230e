//! Random transactions on a durable graph and on a plain model in memory, with rollbacks, reopening and crashes between.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use tupu::session::{Database, Session};
use tupu::value::{Map, Value};

use super::{Dice, Folder};

/// The keys of the nodes lie below this.
const KEYS: usize = 24;

/// What a graph should hold.
#[derive(Clone, Debug, Default, PartialEq)]
struct Model {
    /// By key: the value and whether the node is large.
    nodes: BTreeMap<usize, (usize, bool)>,
    /// Start, end and value.
    relationships: BTreeSet<(usize, usize, usize)>,
}

impl Model {
    /// Changes the model at random. Gives the statement that changes a graph likewise.
    fn change(&mut self, dice: &mut Dice) -> String {
        let (one, other, value) = (dice.below(KEYS), dice.below(KEYS), dice.below(1000));
        let has = |key: &usize| self.nodes.contains_key(key);
        match dice.below(9) {
            0..=2 if !has(&one) => {
                self.nodes.insert(one, (value, false));
                format!("CREATE (:点 {{号: {one}, 值: {value}}})")
            }
            0..=3 => {
                if let Some(node) = self.nodes.get_mut(&one) {
                    node.0 = value;
                }
                format!("MATCH (甲:点 {{号: {one}}}) SET 甲.值 = {value}")
            }
            4 => {
                self.nodes.remove(&one);
                self.relationships
                    .retain(|(from, to, _)| ![from, to].contains(&&one));
                format!("MATCH (甲:点 {{号: {one}}}) DETACH DELETE 甲")
            }
            5 => {
                if let Some(node) = self.nodes.get_mut(&one) {
                    node.1 = !node.1;
                }
                format!(
                    "MATCH (甲:点 {{号: {one}}}) WITH 甲, 甲:大 AS 是
                     FOREACH (_ IN CASE WHEN 是 THEN [1] ELSE [] END | REMOVE 甲:大)
                     FOREACH (_ IN CASE WHEN 是 THEN [] ELSE [1] END | SET 甲:大)"
                )
            }
            6 => {
                self.relationships.retain(|(from, ..)| *from != one);
                format!("MATCH (:点 {{号: {one}}})-[连]->() DELETE 连")
            }
            _ => {
                if has(&one) && has(&other) {
                    self.relationships.insert((one, other, value));
                }
                format!(
                    "MATCH (甲:点 {{号: {one}}}), (乙:点 {{号: {other}}})
                     MERGE (甲)-[:连 {{值: {value}}}]->(乙)"
                )
            }
        }
    }

    /// What a graph holds.
    fn of(session: &mut Session) -> Self {
        let number = |value: &Value| {
            let number = value.as_integer().expect("an integer");
            usize::try_from(number).expect("it is not negative")
        };
        let mut rows = |text| session.run(text, &Map::default()).expect("it reads").rows;
        let nodes = rows("MATCH (甲:点) RETURN 甲.号, 甲.值, 甲:大").into_iter();
        let nodes = nodes.map(|row| (number(&row[0]), (number(&row[1]), row[2] == true.into())));
        let nodes = nodes.collect();
        let all = rows("MATCH (甲)-[连:连]->(乙) RETURN 甲.号, 乙.号, 连.值").into_iter();
        let all = all.map(|row| (number(&row[0]), number(&row[1]), number(&row[2])));
        Self {
            nodes,
            relationships: all.collect(),
        }
    }
}

/// The session of a file after what may happen between two transactions.
fn between(session: Session, dice: &mut Dice, path: &mut PathBuf, folder: &Folder) -> Session {
    let open = |path: &Path| {
        let opened = Database::open(&[path.to_owned()]);
        opened.expect("it opens").session()
    };
    match dice.below(6) {
        // Closed and opened again.
        0 => {
            drop(session);
            open(path)
        }
        // What a process would find if this one were killed now.
        1 => {
            let name = format!("{}.tupu", dice.below(1 << 30));
            let copy = folder.file(&name);
            fs::copy(&*path, &copy).expect("it can be copied");
            drop(session);
            fs::remove_file(&*path).expect("it is there");
            *path = copy;
            open(path)
        }
        _ => session,
    }
}

#[test]
fn random_transactions_do_what_they_do_to_a_plain_model() {
    let folder = Folder::new("model");
    let rounds: u64 = std::env::var("TUPU_SOAK").map_or(4, |size| size.parse().unwrap_or(1) * 20);
    for seed in 0..rounds {
        let mut dice = Dice(seed);
        let mut path = folder.file(&format!("graph-{seed}.tupu"));
        let mut session = Database::open(std::slice::from_ref(&path))
            .expect("it comes into being")
            .session();
        let mut model = Model::default();
        for _ in 0..25 {
            let before = model.clone();
            session.begin().expect("none is open");
            for _ in 0..=dice.below(6) {
                let text = model.change(&mut dice);
                if let Err(error) = session.run(&text, &Map::default()) {
                    panic!("seed {seed}: {text}: {error}");
                }
                if dice.below(5) == 0 {
                    // A statement that fails takes back only itself.
                    let failed = session.run("MATCH (甲:点) SET 甲.值 = 1 / 0", &Map::default());
                    assert_eq!(failed.is_err(), !model.nodes.is_empty(), "seed {seed}");
                }
            }
            assert_eq!(Model::of(&mut session), model, "seed {seed}, within");
            match dice.below(4) {
                0 => {
                    session.rollback().expect("one is open");
                    model = before;
                }
                // The program ends, or is killed, within the transaction.
                1 => {
                    session = between(session, &mut dice, &mut path, &folder);
                    if session.is_in_transaction() {
                        session.rollback().expect("one is open");
                    }
                    model = before;
                }
                _ => session.commit().expect("one is open"),
            }
            session = between(session, &mut dice, &mut path, &folder);
            assert_eq!(Model::of(&mut session), model, "seed {seed}, after");
        }
    }
}
