//! Chunks whose bytes make no sense, though their checksum is right.

use super::chunk::{self, NODES, sealed, unsealed};
use super::{bytes, value};
use crate::graph::{ChangedSlots, Graph, View};
use crate::value::{Date, Duration, LocalTime, Value};

/// A graph with each kind of value that a property can have.
fn sample() -> Graph {
    let mut graph = Graph::new();
    let (label, t) = (graph.intern_label("点"), graph.intern_type("连"));
    let date = Date::from_epoch_day(19_000).expect("a day of our time");
    let time = LocalTime::from_nanosecond_of_day(1_234_567_890);
    let values: [Value; 9] = [
        true.into(),
        (-5).into(),
        1.5.into(),
        "文".into(),
        Value::list(vec![1.into(), Value::list(vec!["甲".into()])]),
        date.into(),
        time.into(),
        crate::value::LocalDateTime::new(date, time).into(),
        Duration::new(1, 2, 3, 4).expect("it is small").into(),
    ];
    let properties: Vec<_> = (0..)
        .zip(values)
        .map(|(number, value)| (graph.intern_key(&format!("键{number}")), value))
        .collect();
    let mut last = None;
    for _ in 0..20 {
        let node = graph.create_node(&[label], &properties).expect("it is new");
        if let Some(before) = last.replace(node) {
            let made = graph.create_relationship(before, t, node, &properties[..3]);
            made.expect("both ends are there");
        }
    }
    graph.commit();
    graph
}

/// A graph without entities that knows the same names.
fn bare(view: &View) -> Graph {
    let mut graph = Graph::new();
    for label in view.labels() {
        graph.intern_label(view.label_name(label));
    }
    for t in view.types() {
        graph.intern_type(view.type_name(t));
    }
    for key in view.keys() {
        graph.intern_key(view.key_name(key));
    }
    graph
}

/// Some of the bytes changed, after a seed, with the checksum that fits.
fn spoilt(chunk: &[u8], mut seed: u64) -> Vec<u8> {
    let mut next = |below: usize| {
        seed = seed
            .wrapping_mul(0x5851_f42d_4c95_7f2d)
            .wrapping_add(0x1405_7b7e_f767_814f);
        usize::try_from(seed >> 33).expect("31 bits") % below.max(1)
    };
    let mut body = unsealed(chunk).expect("it is whole").to_vec();
    for _ in 0..=next(4) {
        let at = next(body.len());
        match next(4) {
            0 => body.truncate(at),
            1 => body.insert(at, u8::try_from(next(256)).expect("a byte")),
            2 => body.splice(at..at, [0xff; 9]).for_each(drop),
            _ => {
                if let Some(byte) = body.get_mut(at) {
                    *byte = u8::try_from(next(256)).expect("a byte");
                }
            }
        }
    }
    sealed(body)
}

#[test]
fn whatever_a_chunk_holds_it_is_read_or_refused() {
    let graph = sample();
    let (nodes, relationships) = (chunk::nodes(&graph, 0), chunk::relationships(&graph, 0));
    let seeds = std::env::var("TUPU_SOAK").map_or(2_000, |size| size.parse().unwrap_or(1) * 20_000);
    let (mut read, mut refused) = (0, 0);
    for seed in 0..seeds {
        let mut other = bare(graph.view());
        let outcome = chunk::restore_nodes(&mut other, &spoilt(&nodes, seed)).and_then(|()| {
            chunk::restore_nodes(&mut other, &chunk::nodes(&graph, NODES))?;
            chunk::restore_relationships(&mut other, &spoilt(&relationships, seed + 1))
        });
        if outcome.is_err() {
            refused += 1;
            continue;
        }
        read += 1;
        other.finish_restoring();
        let view = other.view();
        for node in view.nodes() {
            for (_, value) in view.node_properties(node) {
                assert!(!value.to_string().is_empty());
            }
        }
        let all = ChangedSlots {
            nodes: (0..view.node_slots()).collect(),
            ..ChangedSlots::default()
        };
        for first in all.nodes.iter().step_by(NODES as usize) {
            assert!(unsealed(&chunk::nodes(&other, *first)).is_ok());
        }
    }
    println!("{read} read, {refused} refused");
    assert!(read > 0 && refused > seeds / 10);
}

#[test]
fn lists_that_lie_too_deep_are_refused() {
    let mut deep = vec![5, 0];
    for _ in 0..2_000 {
        let mut outer = vec![5];
        bytes::put_unsigned(&mut outer, deep.len() as u64);
        outer.extend(&deep);
        deep = outer;
    }
    let error = value::read(&mut bytes::Reader(&deep)).expect_err("it is too deep");
    assert_eq!(
        error.to_string(),
        "the file is damaged: lists lie too deep in each other; restore it from a copy"
    );
}
