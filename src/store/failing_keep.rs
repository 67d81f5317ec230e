//! What a build keeps, on a disk that fails at every one of its operations, in every way.

use std::path::Path;
use std::sync::Arc;

use super::faulty::{Disk, Fault, sweep};
use super::{Changes, Contents, Store, StoreError};
use crate::graph::Graph;
use crate::ontology::Ontology;

/// What one step writes.
enum Step {
    Keep(&'static [(&'static str, Option<&'static str>)]),
    /// A graph of so many nodes in the place of the one that is there.
    Replace(usize, &'static [(&'static str, Option<&'static str>)]),
    /// A label that the graph is held to.
    Hold(Option<&'static str>),
}

const SCRIPT: [Step; 8] = [
    Step::Keep(&[("claims/a", Some("一")), ("claims/b", Some("二"))]),
    Step::Replace(40, &[("as-of", Some("2026-01-01"))]),
    Step::Hold(Some("点")),
    Step::Keep(&[("claims/a", Some("三")), ("claims/b", None)]),
    Step::Replace(300, &[]),
    Step::Hold(None),
    Step::Replace(0, &[("as-of", None)]),
    Step::Keep(&[("claims/c", Some("四"))]),
];

fn graph(nodes: usize) -> Graph {
    let mut graph = Graph::new();
    let (label, key) = (graph.intern_label("点"), graph.intern_key("号"));
    for number in 0..nodes {
        let number = i64::try_from(number).expect("it is small");
        graph
            .create_node(&[label], &[(key, number.into())])
            .expect("there is room");
    }
    graph.commit();
    graph
}

fn changes(parts: &[(&str, Option<&str>)]) -> Changes {
    let parts = parts.iter();
    parts
        .map(|(name, text)| {
            (
                (*name).to_owned(),
                text.map(|text| text.as_bytes().to_vec()),
            )
        })
        .collect()
}

fn play(store: &mut Store, step: &Step) -> Result<(), StoreError> {
    match step {
        Step::Keep(parts) => store.keep(&changes(parts)),
        Step::Replace(nodes, parts) => {
            let contents = Contents {
                graph: graph(*nodes),
                ontology: store.contents()?.ontology,
                ..Contents::default()
            };
            store.replace(&contents, &changes(parts))
        }
        Step::Hold(label) => {
            let text = |label| format!("Ontology(labels: [Label(name: \"{label}\")], types: [])");
            let ontology = label.map(|label| Ontology::parse("o", &text(label)));
            let ontology = ontology.map(|parsed| Arc::new(parsed.expect("it is one")));
            let contents = store.contents()?;
            store.set_ontology(&contents.graph, ontology)
        }
    }
}

fn open(disk: &Disk) -> Result<Store, StoreError> {
    Store::open_faulty(Path::new("disk.tupu"), disk.clone()).map(|(store, _)| store)
}

/// All that can be asked of a file.
fn state(store: &mut Store) -> Result<String, StoreError> {
    let contents = store.contents()?;
    let mut kept = Vec::new();
    for name in store.kept_names()? {
        kept.push((store.kept(&name)?, name));
    }
    let ontology = contents
        .ontology
        .map(|ontology| Arc::clone(ontology.text()));
    Ok(format!(
        "{} {ontology:?} {kept:?}",
        contents.graph.view().node_count()
    ))
}

fn empty() -> Vec<u8> {
    let path = std::env::temp_dir().join(format!("tupu-keep-{}.tupu", std::process::id()));
    Store::create(&path, &Contents::default()).expect("an empty graph is written");
    let bytes = std::fs::read(&path).expect("it is there");
    std::fs::remove_file(&path).expect("it is there");
    bytes
}

/// Goes through the script; gives the states one of which must be found afterwards.
fn run(disk: &Disk, fault: Fault, states: &[String]) -> Vec<String> {
    let Ok(mut store) = open(disk) else {
        return states[..1].to_vec();
    };
    for (step, states) in SCRIPT.iter().zip(states.windows(2)) {
        if play(&mut store, step).is_ok() {
            continue;
        }
        if !fault.is_survived() {
            return states.to_vec();
        }
        disk.make_room();
        play(&mut store, step).expect("the disk works again");
    }
    states[states.len() - 1..].to_vec()
}

#[test]
fn whatever_a_disk_does_what_a_build_keeps_is_there_or_was_never_acknowledged() {
    let file = empty();
    let whole = Disk::new(file.clone(), None);
    let mut store = open(&whole).expect("the disk works");
    let mut states = vec![state(&mut store).expect("it can be read")];
    for step in &SCRIPT {
        play(&mut store, step).expect("the disk works");
        states.push(state(&mut store).expect("it can be read"));
    }
    drop(store);
    sweep(&file, &whole, |disk, fault, place| {
        let expected = run(disk, fault, &states);
        let again = Disk::new(disk.afterwards(), None);
        let mut store = open(&again).unwrap_or_else(|error| panic!("{place}: {error}"));
        let found = state(&mut store).expect("it can be read");
        assert!(expected.contains(&found), "{place}:\n{found}\n{expected:?}");
        play(&mut store, &SCRIPT[0]).expect("keeping goes on");
    });
}
