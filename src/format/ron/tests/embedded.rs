//! The graphs that are compiled in.

use super::super::file::{GraphFile, Text};
use super::super::{embedded, open, syntax, write};
use crate::graph::Graph;
use crate::ontology::Ontology;

fn embedded_graph() -> Graph {
    let mut graph = Graph::new();
    open(embedded(), &mut graph).unwrap_or_else(|error| panic!("{}", error.render()));
    graph
}

#[test]
fn they_open_together_and_obey_the_ontology() {
    let graph = embedded_graph();
    let violations = Ontology::regional_industry().check(graph.view());
    assert!(
        violations.is_empty(),
        "{}",
        violations
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    );
    let count = |label: &str| {
        graph
            .view()
            .label(label)
            .map_or(0, |label| graph.view().label_count(label))
    };
    assert_eq!(
        ["Document", "Indicator", "Region", "Cluster"].map(count),
        [5, 68, 43, 77]
    );
    assert_eq!(
        (graph.view().node_count(), graph.view().relationship_count()),
        (344, 744)
    );
}

#[test]
fn each_file_is_sorted_and_opens_with_a_comment() {
    for (name, text) in embedded() {
        assert!(text.starts_with("// "), "{name}");
        let file: GraphFile<'_, Text<'_>> =
            syntax::read(name, text).unwrap_or_else(|error| panic!("{}", error.render()));
        let relationship_types = file
            .relationships
            .iter()
            .map(|r| r.relationship_type.name());
        let types: Vec<_> = relationship_types.map(|t| t.expect("a name")).collect();
        let relationships = file
            .relationships
            .iter()
            .zip(&types)
            .map(|(r, t)| (&*r.from, t, &*r.to));
        assert!(
            file.nodes.iter().map(|node| &*node.id).is_sorted(),
            "{name}"
        );
        assert!(
            relationships.is_sorted_by(|left, right| left < right),
            "{name}"
        );
        assert!(
            file.indicators
                .iter()
                .map(|indicator| &*indicator.of)
                .is_sorted(),
            "{name}"
        );
        for document in &file.documents {
            assert!(
                document.mentions.iter().map(|id| &**id).is_sorted(),
                "{name}"
            );
        }
    }
}

#[test]
fn every_file_opens_with_those_before_it() {
    for end in 1..=embedded().len() {
        let error = open(&embedded()[..end], &mut Graph::new()).err();
        assert!(
            error.is_none(),
            "{}",
            error.map_or_else(String::new, |error| error.render())
        );
    }
}

#[test]
fn every_relationship_and_figure_has_its_sources() {
    let graph = embedded_graph();
    let view = graph.view();
    let sources = view.key("sources").expect("facts have sources");
    for relationship in view.relationships() {
        let type_name = view.type_of(relationship).map(|t| &**view.type_name(t));
        let has_sources = !view.relationship_property(relationship, sources).is_null();
        assert_eq!(has_sources, type_name != Some("MENTIONS"));
    }
    let indicator = view.label("Indicator").expect("there are figures");
    assert!(
        view.nodes_with_label(indicator)
            .all(|node| !view.node_property(node, sources).is_null())
    );
}

#[test]
fn they_can_be_saved_as_one_file() {
    let mut graph = Graph::new();
    let ids = open(embedded(), &mut graph).expect("the embedded graphs are right");
    let text = write(graph.view(), &ids);
    let mut again = Graph::new();
    let ids = open(&[("all.ron", &text)], &mut again)
        .unwrap_or_else(|error| panic!("{}", error.render()));
    assert_eq!(write(again.view(), &ids), text);
    assert!(
        embedded()
            .iter()
            .all(|(_, file)| file.lines().take(4).all(|line| text.contains(line)))
    );
}
