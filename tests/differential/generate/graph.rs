//! Random graphs: few nodes, loops, parallel relationships, sparse properties of all kinds.

use tupu::value::Value;

use super::{KEYS, LABELS, TYPES};
use crate::choices::Choices;
use crate::graph::{Graph, Node, Properties, Relationship};

/// A graph of up to eight nodes.
pub(crate) fn graph(choices: &mut Choices) -> Graph {
    let node_count = *choices.pick(&[1, 2, 3, 4, 5, 6, 7, 8, 0, 3, 4]);
    let nodes = (0..node_count).map(|_| node(choices)).collect();
    let mut relationships = Vec::new();
    if node_count > 0 {
        let relationship_count = choices.below(node_count * 2 + 3);
        relationships.extend((0..relationship_count).map(|_| Relationship {
            from: choices.below(node_count),
            to: choices.below(node_count),
            kind: choices.pick::<&str>(&TYPES),
            properties: properties(choices),
        }));
    }
    let deleted = if choices.chance(15) {
        1 + choices.below(3)
    } else {
        0
    };
    Graph {
        nodes,
        relationships,
        deleted,
        indexes: indexes(choices),
    }
}

/// No index in half of all cases, else up to three.
fn indexes(choices: &mut Choices) -> Vec<String> {
    let count = *choices.pick(&[0, 0, 0, 1, 2, 3]);
    (0..count).map(|_| create_index(choices)).collect()
}

/// `CREATE INDEX` over one key or two, of nodes or relationships.
pub(crate) fn create_index(choices: &mut Choices) -> String {
    let first = *choices.pick(&KEYS);
    let second = *choices.pick(&KEYS);
    let keys = match choices.chance(30) && first != second {
        true => format!("(e.{first}, e.{second})"),
        false => format!("(e.{first})"),
    };
    let target = match choices.chance(15) {
        true => format!("()-[e:{}]-()", choices.pick(&TYPES)),
        false => format!("(e:{})", choices.pick(&LABELS)),
    };
    format!("CREATE INDEX IF NOT EXISTS FOR {target} ON {keys}")
}

fn node(choices: &mut Choices) -> Node {
    let labels = LABELS.into_iter().filter(|_| choices.chance(50)).collect();
    Node {
        labels,
        properties: properties(choices),
    }
}

fn properties(choices: &mut Choices) -> Properties {
    let mut properties = Properties::new();
    if choices.chance(50) {
        properties.push(("k", integer(choices)));
    }
    if choices.chance(30) {
        properties.push(("名称", text(choices)));
    }
    if choices.chance(25) {
        properties.push(("b", Value::Boolean(choices.chance(50))));
    }
    if choices.chance(20) {
        properties.push(("l", list(choices)));
    }
    if choices.chance(40) {
        properties.push(("x", anything(choices)));
    }
    properties
}

fn integer(choices: &mut Choices) -> Value {
    let number = *choices.pick(&[0, 1, 2, 3, -1]);
    Value::Integer(number)
}

fn text(choices: &mut Choices) -> Value {
    Value::from(*choices.pick(&["a", "b", "比亚迪", "", "ab", "坪山区", "a'b"]))
}

fn list(choices: &mut Choices) -> Value {
    let item = match choices.below(2) {
        0 => integer,
        _ => text,
    };
    (0..choices.below(4)).map(|_| item(choices)).collect()
}

/// A value of any kind that a property can have; null is none.
fn anything(choices: &mut Choices) -> Value {
    match choices.below(9) {
        0 => integer(choices),
        1 => text(choices),
        2 => Value::Boolean(choices.chance(50)),
        3 => Value::Float(*choices.pick(&[0.5, 1.5, -0.5, f64::INFINITY])),
        4 => Value::Float(f64::NAN),
        5 => list(choices),
        6 => Value::Null,
        7 => Value::Integer(*choices.pick(&[i64::MAX, i64::MIN])),
        _ => integer(choices),
    }
}
