//! Calls functions in tests, so that cases are text.

use std::cell::Cell;

use super::{Context, Function, Making, Memory, find};
use crate::evidence::Evidence;
use crate::graph::{Graph, View};
use crate::value::testing::values;
use crate::value::{NodeId, Path, RelationshipId, Type, Value, ValueError};

/// Runs with a context over an empty graph.
pub(super) fn with_context<T>(run: impl FnOnce(&Context<'_>) -> T) -> T {
    let (view, random) = (View::default(), Cell::new(42));
    run(&Context {
        view: &view,
        evidence: Evidence::none(),
        now: (0, 0),
        random: &random,
        making: Making {
            memory: &Memory::default(),
            made: &Cell::new(0),
        },
    })
}

/// Runs with a graph of `(企业:Enterprise:Listed {name: '比亚迪'})-[:LOCATED_IN {since: 1995}]->(深圳:City)`, the node
/// `(gone:City)` and the relationship `[gone:LOCATED_IN]` from the first to the second being deleted again.
pub(super) fn with_graph<T>(run: impl FnOnce(&Context<'_>) -> T) -> T {
    let mut graph = Graph::new();
    let (enterprise, listed) = (
        graph.intern_label("Enterprise"),
        graph.intern_label("Listed"),
    );
    let (city, located) = (graph.intern_label("City"), graph.intern_type("LOCATED_IN"));
    let (name, since) = (graph.intern_key("name"), graph.intern_key("since"));
    let mut build = || {
        let start = graph.create_node(&[enterprise, listed], &[(name, "比亚迪".into())])?;
        let end = graph.create_node(&[city], &[])?;
        graph.create_relationship(start, located, end, &[(since, 1995.into())])?;
        let (node, relationship) = (
            graph.create_node(&[city], &[])?,
            graph.create_relationship(start, located, end, &[])?,
        );
        graph.delete_relationship(relationship)?;
        graph.delete_node(node)
    };
    build().expect("the ends of all relationships are there");
    let random = Cell::new(42);
    run(&Context {
        view: graph.view(),
        evidence: Evidence::none(),
        now: (0, 0),
        random: &random,
        making: Making {
            memory: &Memory::default(),
            made: &Cell::new(0),
        },
    })
}

/// The result of a call as text: the value, or the error's detail and message.
#[track_caller]
pub(super) fn call(name: &str, arguments: &str) -> String {
    let function = find(name).expect("a function of the table");
    let arguments = values(arguments);
    assert!(
        function.takes(arguments.len()),
        "{name} takes {} arguments",
        arguments.len()
    );
    with_context(|ctx| text(function.call(ctx, &arguments)))
}

/// A result as text: the value, or the error's detail and message.
pub(super) fn text(result: Result<Value, ValueError>) -> String {
    result.map_or_else(
        |error| format!("{}: {error}", error.detail()),
        |value| value.to_string(),
    )
}

/// Calls a function for each pair of arguments and expected result.
#[track_caller]
pub(super) fn check(name: &str, cases: &[(&str, &str)]) {
    for (arguments, expected) in cases {
        assert_eq!(call(name, arguments), *expected, "{name}({arguments})");
    }
}

/// A value of each type that needs no graph behind it.
pub(super) fn specimens() -> Vec<Value> {
    let mut specimens = values("null, true, 0, -1, 9223372036854775807, -9223372036854775808");
    specimens.extend(values(
        "0.0, -1.5, NaN, Infinity, 1e300, '', '企业', [], [null, 1], {a: 1}",
    ));
    specimens.push(Path::new(vec![NodeId(0), NodeId(1)], vec![RelationshipId(0)]).into());
    specimens.extend([NodeId(0).into(), RelationshipId(0).into()]);
    specimens
}

/// Whether a call would look an entity up.
pub(super) fn reads_graph(function: &Function, arguments: &[Value]) -> bool {
    let entity = Type::NODE | Type::RELATIONSHIP;
    let is_entity = |value: &Value| !value.is_null() && entity.overlaps(Type::of(value));
    function.argument(0) != Type::ANY
        && function.argument(0).overlaps(entity)
        && arguments.iter().any(is_entity)
}
