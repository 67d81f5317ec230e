//! Calls functions in tests, so that cases are text.

use std::cell::Cell;

use super::{Context, Function, find};
use crate::graph::View;
use crate::value::testing::values;
use crate::value::{NodeId, Path, RelationshipId, Type, Value};

/// Runs with a context over an empty graph.
pub(super) fn with_context<T>(run: impl FnOnce(&Context<'_>) -> T) -> T {
    let (view, random) = (View::default(), Cell::new(42));
    run(&Context {
        view: &view,
        now: (0, 0),
        random: &random,
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
    with_context(|ctx| match function.call(ctx, &arguments) {
        Ok(value) => value.to_string(),
        Err(error) => format!("{}: {error}", error.detail()),
    })
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
