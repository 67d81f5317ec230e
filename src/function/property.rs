//! Reads `base.key` and `base[index]`.

use super::Context;
use crate::value::{NodeId, RelationshipId, Value, ValueError};

/// `base.key`: a property of a node or relationship, an entry of a map, a component of a temporal value; null where
/// there is none.
///
/// # Errors
///
/// [`ValueError::DeletedEntityAccess`] for an entity that the statement deleted, [`ValueError::InvalidArgumentValue`]
/// for a component that the temporal value does not have, [`ValueError::InvalidArgumentType`] for any other value.
pub fn property(ctx: &Context<'_>, base: &Value, key: &str) -> Result<Value, ValueError> {
    match base {
        Value::Null => Ok(Value::Null),
        Value::Map(map) => Ok(map.get(key).cloned().unwrap_or_default()),
        Value::Node(node) => node_property(ctx, *node, key),
        Value::Relationship(relationship) => relationship_property(ctx, *relationship, key),
        Value::Date(_)
        | Value::LocalTime(_)
        | Value::Time(_)
        | Value::LocalDateTime(_)
        | Value::DateTime(_)
        | Value::Duration(_) => {
            base.component(key)
                .ok_or_else(|| ValueError::InvalidArgumentValue {
                    operation: format!(".{key}"),
                    found: base.to_string(),
                    reason: format!("a {} has no such component", base.type_name()),
                })
        }
        Value::Boolean(_)
        | Value::Integer(_)
        | Value::Float(_)
        | Value::String(_)
        | Value::List(_)
        | Value::Path(_) => Err(ValueError::invalid_type(
            &format!(".{key}"),
            "a NODE, RELATIONSHIP, MAP or temporal value before it",
            base,
        )),
    }
}

/// `base[index]`: an item of a list, an entry of a map, or the property of an entity whose key is computed.
///
/// # Errors
///
/// As [`property`] and [`Value::index`]; [`ValueError::MapElementAccessByNonString`] for an entity's key that is no
/// string.
pub fn element(ctx: &Context<'_>, base: &Value, index: &Value) -> Result<Value, ValueError> {
    match (base, index) {
        (Value::Node(_) | Value::Relationship(_), Value::String(key)) => property(ctx, base, key),
        (Value::Node(_) | Value::Relationship(_), Value::Null) => Ok(Value::Null),
        (Value::Node(_) | Value::Relationship(_), other) => {
            Err(ValueError::MapElementAccessByNonString {
                found: other.type_name().to_owned(),
            })
        }
        _ => base.index(index),
    }
}

fn node_property(ctx: &Context<'_>, node: NodeId, key: &str) -> Result<Value, ValueError> {
    if !ctx.view.contains_node(node) {
        return Err(deleted_node(&format!("property {key}")));
    }
    let key = ctx.view.key(key);
    Ok(key.map_or(Value::Null, |key| ctx.view.node_property(node, key)))
}

fn relationship_property(
    ctx: &Context<'_>,
    relationship: RelationshipId,
    key: &str,
) -> Result<Value, ValueError> {
    if !ctx.view.contains_relationship(relationship) {
        return Err(deleted_relationship(&format!("property {key}")));
    }
    let key = ctx.view.key(key);
    Ok(key.map_or(Value::Null, |key| {
        ctx.view.relationship_property(relationship, key)
    }))
}

pub(super) fn deleted_node(asked: &str) -> ValueError {
    ValueError::DeletedEntityAccess {
        entity: "node",
        asked: asked.to_owned(),
    }
}

pub(super) fn deleted_relationship(asked: &str) -> ValueError {
    ValueError::DeletedEntityAccess {
        entity: "relationship",
        asked: asked.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{text, with_graph};
    use super::*;
    use crate::value::testing::values;

    #[test]
    fn properties() {
        with_graph(|ctx| {
            for (base, key, expected) in [
                ("(#0)", "name", "'比亚迪'"),
                ("(#0)", "since", "null"),
                ("(#0)", "never", "null"),
                ("[#0]", "since", "1995"),
                ("{name: 1}", "name", "1"),
                ("{name: 1}", "other", "null"),
                ("null", "name", "null"),
                (
                    "(#2)",
                    "name",
                    "DeletedEntityAccess: the node was deleted by this query and has no property name any more",
                ),
                (
                    "[#1]",
                    "since",
                    "DeletedEntityAccess: \
                     the relationship was deleted by this query and has no property since any more",
                ),
                (
                    "1",
                    "name",
                    "InvalidArgumentType: \
                     .name takes a NODE, RELATIONSHIP, MAP or temporal value before it, found INTEGER",
                ),
            ] {
                assert_eq!(
                    text(property(ctx, &values(base)[0], key)),
                    expected,
                    "{base}.{key}"
                );
            }
        });
    }

    #[test]
    fn elements() {
        with_graph(|ctx| {
            for (pair, expected) in [
                ("(#0), 'name'", "'比亚迪'"),
                ("(#0), null", "null"),
                ("[1, 2], 1", "2"),
                ("{a: 1}, 'a'", "1"),
                (
                    "[#0], 1",
                    "MapElementAccessByNonString: a map's key is a string, found INTEGER",
                ),
            ] {
                let values = values(pair);
                assert_eq!(
                    text(element(ctx, &values[0], &values[1])),
                    expected,
                    "{pair}"
                );
            }
        });
    }
}
