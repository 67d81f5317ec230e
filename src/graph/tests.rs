//! The graph against a model that keeps everything in plain maps, and what the model does not show.

mod model;

use super::*;
use crate::value::{NodeId, Value};

/// A graph of nodes only, committed.
fn with_nodes(count: usize) -> (Graph, Vec<NodeId>) {
    let mut graph = Graph::new();
    let nodes = (0..count)
        .map(|_| graph.create_node(&[], &[]).expect("there is room"))
        .collect();
    graph.commit();
    (graph, nodes)
}

#[test]
fn names_are_numbered_in_the_order_of_first_use() {
    let mut graph = Graph::new();
    assert_eq!(
        (
            graph.intern_label("企业"),
            graph.intern_label("区"),
            graph.intern_label("企业")
        ),
        { (LabelId(0), LabelId(1), LabelId(0)) }
    );
    let (t, key) = (graph.intern_type("位于"), graph.intern_key("名称"));
    let view = graph.view();
    assert_eq!(
        (view.label("区"), view.label("位于")),
        (Some(LabelId(1)), None)
    );
    assert_eq!(
        (&**view.type_name(t), &**view.key_name(key)),
        ("位于", "名称")
    );
    assert_eq!(
        view.labels()
            .map(|label| &**view.label_name(label))
            .collect::<Vec<_>>(),
        ["企业", "区"]
    );
    assert_eq!((view.type_count(t), view.node_key_count(key)), (0, 0));
}

#[test]
fn a_deleted_entity_has_nothing_and_its_id_never_returns() {
    let (mut graph, nodes) = with_nodes(2);
    let (label, t, key) = (
        graph.intern_label("企业"),
        graph.intern_type("合作"),
        graph.intern_key("name"),
    );
    let node = graph
        .create_node(&[label], &[(key, "比亚迪".into())])
        .expect("there is room");
    let relationship = graph
        .create_relationship(nodes[0], t, node, &[(key, 1.into())])
        .expect("the ends are there");
    graph.commit();
    let connected = GraphError::DeleteConnectedNode { node, count: 1 };
    assert_eq!(graph.delete_node(node), Err(connected));
    graph
        .delete_relationship(relationship)
        .expect("it is there");
    graph.delete_node(node).expect("nothing hangs on it");

    let view = graph.view();
    assert_eq!(
        view.type_of(relationship),
        Some(t),
        "the running transaction still knows the type"
    );
    assert_eq!(
        (
            view.endpoints(relationship),
            view.relationship_property(relationship, key)
        ),
        (None, Value::Null)
    );
    assert_eq!(
        (view.node_labels(node), view.node_property(node, key)),
        (&[][..], Value::Null)
    );
    assert_eq!(
        (view.node(node), view.nodes_with_label(label).count()),
        (None, 0)
    );

    let other = graph.create_node(&[], &[]).expect("there is room");
    assert_ne!(
        other.slot(),
        node.slot(),
        "the deletion may still be undone"
    );
    graph.commit();
    assert_eq!(graph.view().type_of(relationship), None);
    let successor = graph.create_node(&[], &[]).expect("there is room");
    let other_relationship = graph
        .create_relationship(other, t, successor, &[])
        .expect("the ends are there");
    assert_eq!((successor.slot(), successor.generation()), (node.slot(), 1));
    assert_eq!(
        (other_relationship.slot(), other_relationship.generation()),
        (relationship.slot(), 1)
    );
    let view = graph.view();
    assert!(!view.contains_node(node) && view.contains_node(successor));
    assert_eq!(
        (
            view.degree(node, t, Direction::Incoming),
            view.degree(successor, t, Direction::Incoming)
        ),
        (0, 1)
    );
    assert_eq!(view.node_id(node.slot()), successor);
    assert_eq!(
        graph.set_node_property(node, key, 1.into()),
        Err(GraphError::NodeNotFound(node))
    );
    assert_eq!(
        graph.delete_relationship(relationship),
        Err(GraphError::RelationshipNotFound(relationship)),
        "an old id does not reach its successor"
    );
}

#[test]
fn counters_count_assignments_and_survive_commits_but_not_undoing() {
    let mut graph = Graph::new();
    let (label, key, other) = (
        graph.intern_label("A"),
        graph.intern_key("x"),
        graph.intern_key("y"),
    );
    let start = graph.mark();
    let node = graph
        .create_node(&[label, label], &[(key, 1.into()), (other, Value::Null)])
        .expect("there is room");
    graph
        .set_node_property(node, key, 1.into())
        .expect("it is there");
    graph
        .set_node_property(node, other, Value::Null)
        .expect("it is there");
    let created = Counters {
        nodes_created: 1,
        labels_added: 1,
        properties_set: 2,
        ..Counters::default()
    };
    assert_eq!(graph.counters_since(start), created);
    graph.commit();
    let committed = graph.mark();
    graph
        .set_node_property(node, key, Value::Null)
        .expect("it is there");
    assert!(graph.remove_label(node, label).expect("it is there"));
    assert!(!graph.remove_label(node, label).expect("it is there"));
    let removed = Counters {
        labels_removed: 1,
        properties_set: 1,
        ..Counters::default()
    };
    assert_eq!(graph.counters_since(committed), removed);
    graph.undo_to(start);
    assert_eq!(graph.counters_since(start), created, "what is final stays");
    assert!(graph.counters_since(committed).is_empty());
    assert_eq!(graph.view().node_property(node, key), Value::Integer(1));
}

#[test]
fn a_self_loop_is_in_both_directions_and_incident_once() {
    let (mut graph, nodes) = with_nodes(2);
    let t = graph.intern_type("T");
    let there = graph
        .create_relationship(nodes[0], t, nodes[1], &[])
        .expect("the ends are there");
    let back = graph
        .create_relationship(nodes[1], t, nodes[0], &[])
        .expect("the ends are there");
    let self_loop = graph
        .create_relationship(nodes[0], t, nodes[0], &[])
        .expect("the ends are there");
    let view = graph.view();
    for direction in [Direction::Outgoing, Direction::Incoming] {
        assert_eq!(view.neighbours(nodes[0], t, direction).nodes, [0, 1]);
    }
    assert_eq!(graph.incident(nodes[0]), [self_loop, there, back]);
    assert_eq!(
        graph.delete_node(nodes[0]),
        Err(GraphError::DeleteConnectedNode {
            node: nodes[0],
            count: 3
        })
    );
}

#[test]
fn a_failed_bulk_leaves_nothing() {
    let (mut graph, nodes) = with_nodes(3);
    let (t, key) = (graph.intern_type("T"), graph.intern_key("x"));
    let gone = NodeId::from_parts(9, 0);
    let new = |end| NewRelationship {
        start: nodes[0],
        relationship_type: t,
        end,
        properties: vec![(key, 1.into())],
    };
    let start = graph.mark();
    let outcome = graph.create_relationships([new(nodes[1]), new(nodes[2]), new(gone)]);
    assert_eq!(outcome, Err(GraphError::NodeNotFound(gone)));
    assert!(graph.counters_since(start).is_empty());
    assert_eq!(
        (
            graph.view().relationship_count(),
            graph.view().relationship_key_count(key)
        ),
        (0, 0)
    );
}

#[test]
fn a_large_load_can_be_extended_deleted_and_undone() {
    let (mut graph, nodes) = with_nodes(100_000);
    let (types, label) = (
        [graph.intern_type("A"), graph.intern_type("B")],
        graph.intern_label("偶"),
    );
    for &node in nodes.iter().step_by(2) {
        graph.add_label(node, label).expect("it is there");
    }
    let new = |number: usize| NewRelationship {
        start: nodes[number * 7 % nodes.len()],
        relationship_type: types[number % 2],
        end: nodes[number * 31 % 50_000],
        properties: Vec::new(),
    };
    let created = graph
        .create_relationships((0..500_000).map(new))
        .expect("the ends are there");
    graph.commit();
    check_runs(graph.view());
    let before = graph.view().clone();

    let mark = graph.mark();
    graph
        .delete_relationships(&created[..300_000])
        .expect("they are there");
    graph
        .create_relationships((0..200_000).map(new))
        .expect("the ends are there");
    graph
        .create_relationships((0..10).map(new))
        .expect("the ends are there");
    check_runs(graph.view());
    assert_eq!(graph.view().relationship_count(), 400_010);
    graph.undo_to(mark);
    check_runs(graph.view());
    for t in types {
        assert!(
            before
                .relationships_with_type(t)
                .eq(graph.view().relationships_with_type(t))
        );
        assert_eq!(
            before.label_type_count(label, t, Direction::Outgoing),
            graph.view().label_type_count(label, t, Direction::Outgoing)
        );
    }
}

/// Checks every run and every count of a view against its record.
fn check_runs(view: &View) {
    let mut number = 0;
    for t in view.types() {
        let outgoing: usize = view
            .nodes()
            .map(|node| view.degree(node, t, Direction::Outgoing))
            .sum();
        let incoming: usize = view
            .nodes()
            .map(|node| view.degree(node, t, Direction::Incoming))
            .sum();
        assert_eq!(
            (outgoing, incoming),
            (view.type_count(t), view.type_count(t))
        );
        number += outgoing;
        for direction in [Direction::Outgoing, Direction::Incoming] {
            view.nodes()
                .for_each(|node| check_run(view, node, t, direction));
            for label in view.labels() {
                let expected: usize = view
                    .nodes_with_label(label)
                    .map(|node| view.degree(node, t, direction))
                    .sum();
                assert_eq!(view.label_type_count(label, t, direction), expected);
            }
        }
    }
    assert_eq!(number, view.relationship_count());
}

fn check_run(view: &View, node: NodeId, t: TypeId, direction: Direction) {
    let run = view.neighbours(node, t, direction);
    assert_eq!(run.nodes.len(), run.relationships.len());
    let pairs: Vec<_> = run.nodes.iter().zip(run.relationships).collect();
    assert!(pairs.is_sorted(), "runs are sorted");
    for (&neighbour, &slot) in pairs {
        let relationship = view.relationship_at(slot).expect("runs hold what is alive");
        let neighbour = view.node_at(neighbour).expect("runs hold what is alive");
        assert_eq!(view.type_of(relationship), Some(t));
        let ends = view
            .endpoints(relationship)
            .expect("runs hold what is alive");
        assert_eq!(
            ends,
            match direction {
                Direction::Outgoing => (node, neighbour),
                Direction::Incoming => (neighbour, node),
            }
        );
    }
}
