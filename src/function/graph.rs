//! Functions over nodes, relationships, paths and maps.

use super::property::{deleted_node, deleted_relationship};
use super::{Context, Function, list, refuse};
use crate::value::{Map, NodeId, RelationshipId, Type, Value, ValueError};

const ENTITY: Type = Type::NODE.union(Type::RELATIONSHIP);
const ENTITY_OR_MAP: Type = ENTITY.union(Type::MAP);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "id(entity)",
        &[ENTITY],
        Type::INTEGER,
        |_, arguments| match arguments {
            [Value::Node(NodeId(id)) | Value::Relationship(RelationshipId(id))] => {
                Ok(Value::Integer(id.cast_signed()))
            }
            _ => refuse("id", arguments),
        },
        "Gives the number that names a node among nodes or a relationship among relationships.",
    ),
    Function::new(
        "elementId(entity)",
        &[ENTITY],
        Type::STRING,
        |_, arguments| match arguments {
            [Value::Node(NodeId(id))] => Ok(format!("n{id}").into()),
            [Value::Relationship(RelationshipId(id))] => Ok(format!("r{id}").into()),
            _ => refuse("elementId", arguments),
        },
        "Gives the text that names a node or relationship in the whole graph.",
    ),
    Function::new(
        "labels(node)",
        &[Type::NODE],
        Type::LIST,
        |ctx, arguments| match arguments {
            [Value::Node(node)] => labels(ctx, *node),
            _ => refuse("labels", arguments),
        },
        "Gives the labels of a node.",
    ),
    Function::new(
        "type(relationship)",
        &[Type::RELATIONSHIP],
        Type::STRING,
        |ctx, arguments| match arguments {
            [Value::Relationship(relationship)] => match ctx.view.type_of(*relationship) {
                Some(id) => Ok(ctx.view.type_name(id).clone().into()),
                None => Err(deleted_relationship("type")),
            },
            _ => refuse("type", arguments),
        },
        "Gives the type of a relationship.",
    ),
    Function::new(
        "startNode(relationship)",
        &[Type::RELATIONSHIP],
        Type::NODE,
        |ctx, arguments| match arguments {
            [Value::Relationship(relationship)] => match ctx.view.endpoints(*relationship) {
                Some((start, _)) => Ok(start.into()),
                None => Err(deleted_relationship("start node")),
            },
            _ => refuse("startNode", arguments),
        },
        "Gives the node where a relationship starts.",
    ),
    Function::new(
        "endNode(relationship)",
        &[Type::RELATIONSHIP],
        Type::NODE,
        |ctx, arguments| match arguments {
            [Value::Relationship(relationship)] => match ctx.view.endpoints(*relationship) {
                Some((_, end)) => Ok(end.into()),
                None => Err(deleted_relationship("end node")),
            },
            _ => refuse("endNode", arguments),
        },
        "Gives the node where a relationship ends.",
    ),
    Function::new(
        "keys(entity)",
        &[ENTITY_OR_MAP],
        Type::LIST,
        |ctx, arguments| match properties(ctx, &arguments[0], "keys")? {
            Some(map) => Ok(Value::List(
                map.keys().map(|key| key.clone().into()).collect(),
            )),
            None => refuse("keys", arguments),
        },
        "Gives the property keys of a node or relationship, or the keys of a map.",
    ),
    Function::new(
        "properties(entity)",
        &[ENTITY_OR_MAP],
        Type::MAP,
        |ctx, arguments| match (&arguments[0], properties(ctx, &arguments[0], "properties")?) {
            (Value::Map(_), _) => Ok(arguments[0].clone()),
            (_, Some(map)) => Ok(map.into()),
            (_, None) => refuse("properties", arguments),
        },
        "Gives all properties of a node or relationship as a map.",
    ),
    Function::new(
        "nodes(path)",
        &[Type::PATH],
        Type::LIST,
        |_, arguments| match arguments {
            [Value::Path(path)] => Ok(path.nodes().iter().map(|node| Value::from(*node)).collect()),
            _ => refuse("nodes", arguments),
        },
        "Gives the nodes of a path, in order.",
    ),
    Function::new(
        "relationships(path)",
        &[Type::PATH],
        Type::LIST,
        |_, arguments| match arguments {
            [Value::Path(path)] => Ok(path
                .relationships()
                .iter()
                .map(|relationship| Value::from(*relationship))
                .collect()),
            _ => refuse("relationships", arguments),
        },
        "Gives the relationships of a path, in order.",
    ),
    Function::new(
        "length(path)",
        &[Type::PATH],
        Type::INTEGER,
        |_, arguments| match arguments {
            [Value::Path(path)] => Ok(list::count(path.relationships().len())),
            _ => refuse("length", arguments),
        },
        "Counts the relationships of a path.",
    ),
];

fn labels(ctx: &Context<'_>, node: NodeId) -> Result<Value, ValueError> {
    if !ctx.view.contains_node(node) {
        return Err(deleted_node("labels"));
    }
    let names = ctx
        .view
        .node_labels(node)
        .iter()
        .map(|label| ctx.view.label_name(*label));
    Ok(names.map(|name| Value::from(name.clone())).collect())
}

/// The properties of a node, relationship or map as a map; none for null.
///
/// # Errors
///
/// [`ValueError::DeletedEntityAccess`] for an entity that the statement deleted, [`ValueError::InvalidArgumentType`] for
/// a value that has no properties.
pub fn all_properties(ctx: &Context<'_>, value: &Value) -> Result<Map, ValueError> {
    match properties(ctx, value, "properties")? {
        Some(properties) => Ok(properties),
        None if value.is_null() => Ok(Map::default()),
        None => Err(ValueError::invalid_type(
            "reading all properties",
            "a node, relationship or map",
            value,
        )),
    }
}

/// The properties of an entity or map; `None` for a value that has none.
fn properties(ctx: &Context<'_>, value: &Value, asked: &str) -> Result<Option<Map>, ValueError> {
    let view = ctx.view;
    Ok(Some(match value {
        Value::Map(map) => (**map).clone(),
        Value::Node(node) if !view.contains_node(*node) => return Err(deleted_node(asked)),
        Value::Node(node) => view
            .node_properties(*node)
            .map(|(key, value)| (view.key_name(key).clone(), value))
            .collect(),
        Value::Relationship(relationship) if !view.contains_relationship(*relationship) => {
            return Err(deleted_relationship(asked));
        }
        Value::Relationship(relationship) => view
            .relationship_properties(*relationship)
            .map(|(key, value)| (view.key_name(key).clone(), value))
            .collect(),
        _ => return Ok(None),
    }))
}

#[cfg(test)]
mod tests {
    use super::super::find;
    use super::super::testing::{call, check, text, with_graph};
    use crate::value::testing::values;
    use crate::value::{NodeId, Path, RelationshipId};

    #[test]
    fn ids() {
        check("id", &[("(#7)", "7"), ("[#7]", "7"), ("null", "null")]);
        check("elementId", &[("(#7)", "'n7'"), ("[#7]", "'r7'")]);
    }

    #[test]
    fn maps_have_keys_and_properties() {
        check(
            "keys",
            &[
                ("{name: 'a', age: null}", "['name', 'age']"),
                ("{}", "[]"),
                ("null", "null"),
            ],
        );
        check(
            "properties",
            &[("{name: 'a'}", "{name: 'a'}"), ("null", "null")],
        );
    }

    #[test]
    fn only_entities_have_types_and_labels() {
        assert_eq!(
            call("labels", "1"),
            "InvalidArgumentValue: labels takes NODE, found INTEGER"
        );
        assert_eq!(
            call("type", "''"),
            "InvalidArgumentValue: type takes RELATIONSHIP, found STRING"
        );
        assert_eq!(
            call("properties", "[true]"),
            "InvalidArgumentValue: properties takes MAP, NODE or RELATIONSHIP, found LIST"
        );
        assert_eq!(
            call("length", "[1]"),
            "InvalidArgumentValue: length takes PATH, found LIST"
        );
    }

    #[test]
    fn entities_are_read_from_the_graph() {
        with_graph(|ctx| {
            for (name, argument, expected) in [
                ("labels", "(#0)", "['Enterprise', 'Listed']"),
                ("keys", "(#0)", "['name']"),
                ("properties", "(#0)", "{name: '比亚迪'}"),
                ("properties", "[#0]", "{since: 1995}"),
                ("type", "[#0]", "'LOCATED_IN'"),
                ("startNode", "[#0]", "(#0)"),
                ("endNode", "[#0]", "(#1)"),
            ] {
                let function = find(name).expect("a function of the table");
                let found = text(function.call(ctx, &values(argument)));
                assert_eq!(found, expected, "{name}({argument})");
            }
        });
    }

    #[test]
    fn of_a_deleted_entity_only_id_and_type_are_left() {
        let lost = |what: &str| {
            let (entity, asked) = what.split_once(' ').expect("an entity and what was asked");
            format!(
                "DeletedEntityAccess: the {entity} was deleted by this query and has no {asked} any more"
            )
        };
        with_graph(|ctx| {
            for (name, argument, expected) in [
                ("id", "(#2)", "2".to_owned()),
                ("type", "[#1]", "'LOCATED_IN'".to_owned()),
                ("labels", "(#2)", lost("node labels")),
                ("keys", "(#2)", lost("node keys")),
                ("properties", "[#1]", lost("relationship properties")),
                ("endNode", "[#1]", lost("relationship end node")),
            ] {
                let function = find(name).expect("a function of the table");
                let found = text(function.call(ctx, &values(argument)));
                assert_eq!(found, expected, "{name}({argument})");
            }
        });
    }

    #[test]
    fn paths_have_parts() {
        let path = Path::new(vec![NodeId(0), NodeId(1)], vec![RelationshipId(0)]);
        with_graph(|ctx| {
            for (name, expected) in [
                ("nodes", "[(#0), (#1)]"),
                ("relationships", "[[#0]]"),
                ("length", "1"),
            ] {
                let function = find(name).expect("a function of the table");
                assert_eq!(text(function.call(ctx, &[path.clone().into()])), expected);
            }
        });
    }
}
