//! Owns the JSON of the JSON Lines protocol, in which every value keeps its type.
//!
//! Takes values and gives JSON, and back. Null, booleans, numbers, strings, lists and maps are JSON's own; a number
//! with a point or an exponent is a float and any other an integer. What JSON does not have is an object of one
//! marked key:
//!
//! ```text
//! {"~float":"NaN"}
//! {"~node":{"id":1,"labels":["District"],"props":{"name":"坪山区"}}}
//! {"~rel":{"id":1,"type":"LOCATED_IN","start":1,"end":2,"props":{}}}
//! {"~path":[NODE,RELATIONSHIP,NODE]}
//! {"~temporal":"2024-01-17","type":"Date"}
//! {"~map":{"~key":1}}                        a map with a key that begins with ~
//! ```

use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use serde_json::Value as Json;

use super::literal::{temporal, with_stack};
use crate::graph::Subgraph;
use crate::value::{
    Date, DateTime, Duration, LocalDateTime, LocalTime, Map, NodeId, Path, RelationshipId, Time,
    Value, ValueError, float_text,
};

/// A value that serializes in the protocol's form; made by [`typed`].
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a> {
    value: &'a Value,
    entities: &'a Subgraph,
}

/// The value in the protocol's form, for any of `serde_json`'s writers.
///
/// A node whose data is not given was deleted: it has no labels and no properties, and a relationship no type.
///
/// # Examples
///
/// ```
/// use tupu::graph::Subgraph;
/// use tupu::render::typed_json::typed;
/// use tupu::value::Value;
///
/// let value = Value::from(f64::NAN);
/// assert_eq!(serde_json::to_string(&typed(&value, &Subgraph::default())).unwrap(), r#"{"~float":"NaN"}"#);
/// ```
#[must_use]
pub fn typed<'a>(value: &'a Value, entities: &'a Subgraph) -> Typed<'a> {
    Typed { value, entities }
}

impl Serialize for Typed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entities = self.entities;
        with_stack(|| match self.value {
            Value::Null => serializer.serialize_none(),
            Value::Boolean(value) => serializer.serialize_bool(*value),
            Value::Integer(number) => serializer.serialize_i64(*number),
            Value::Float(number) if number.is_finite() => serializer.serialize_f64(*number),
            Value::Float(number) => marked(serializer, "~float", &float_text(*number)),
            Value::String(text) => serializer.serialize_str(text),
            Value::List(items) => {
                serializer.collect_seq(items.iter().map(|item| typed(item, entities)))
            }
            Value::Map(map) if map.keys().any(|key| key.starts_with('~')) => {
                marked(serializer, "~map", &TypedMap { map, entities })
            }
            Value::Map(map) => TypedMap { map, entities }.serialize(serializer),
            Value::Node(id) => TypedNode { id: *id, entities }.serialize(serializer),
            Value::Relationship(id) => {
                TypedRelationship { id: *id, entities }.serialize(serializer)
            }
            Value::Path(path) => marked(serializer, "~path", &TypedPath { path, entities }),
            temporal_value => {
                let (type_name, text) =
                    temporal(temporal_value).expect("all other types are matched above");
                let mut object = serializer.serialize_map(Some(2))?;
                object.serialize_entry("~temporal", &text)?;
                object.serialize_entry("type", type_name)?;
                object.end()
            }
        })
    }
}

fn marked<S: Serializer>(
    serializer: S,
    mark: &str,
    content: &impl Serialize,
) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_map(Some(1))?;
    object.serialize_entry(mark, content)?;
    object.end()
}

struct TypedMap<'a> {
    map: &'a Map,
    entities: &'a Subgraph,
}

impl Serialize for TypedMap<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.map
                .iter()
                .map(|(key, value)| (&**key, typed(value, self.entities))),
        )
    }
}

struct TypedNode<'a> {
    id: NodeId,
    entities: &'a Subgraph,
}

impl Serialize for TypedNode<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        marked(serializer, "~node", &NodeData(self))
    }
}

struct NodeData<'a>(&'a TypedNode<'a>);

impl Serialize for NodeData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let TypedNode { id, entities } = *self.0;
        let node = entities.nodes.get(&id);
        let nothing = Map::new();
        let map = node.map_or(&nothing, |node| &node.properties);
        let mut data = serializer.serialize_struct("Node", 3)?;
        data.serialize_field("id", &id.0)?;
        data.serialize_field("labels", node.map_or(&[][..], |node| &node.labels))?;
        data.serialize_field("props", &TypedMap { map, entities })?;
        data.end()
    }
}

struct TypedRelationship<'a> {
    id: RelationshipId,
    entities: &'a Subgraph,
}

impl Serialize for TypedRelationship<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        marked(serializer, "~rel", &RelationshipData(self))
    }
}

struct RelationshipData<'a>(&'a TypedRelationship<'a>);

impl Serialize for RelationshipData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let TypedRelationship { id, entities } = *self.0;
        let Some(relationship) = entities.relationships.get(&id) else {
            let mut data = serializer.serialize_struct("Relationship", 1)?;
            data.serialize_field("id", &id.0)?;
            return data.end();
        };
        let map = &relationship.properties;
        let mut data = serializer.serialize_struct("Relationship", 5)?;
        data.serialize_field("id", &id.0)?;
        data.serialize_field("type", &relationship.relationship_type)?;
        data.serialize_field("start", &relationship.start.0)?;
        data.serialize_field("end", &relationship.end.0)?;
        data.serialize_field("props", &TypedMap { map, entities })?;
        data.end()
    }
}

struct TypedPath<'a> {
    path: &'a Path,
    entities: &'a Subgraph,
}

impl Serialize for TypedPath<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { path, entities } = *self;
        let mut items =
            serializer.serialize_seq(Some(path.nodes().len() + path.relationships().len()))?;
        items.serialize_element(&TypedNode {
            id: path.nodes()[0],
            entities,
        })?;
        for (node, relationship) in path.nodes()[1..].iter().zip(path.relationships()) {
            items.serialize_element(&TypedRelationship {
                id: *relationship,
                entities,
            })?;
            items.serialize_element(&TypedNode {
                id: *node,
                entities,
            })?;
        }
        items.end()
    }
}

/// Why JSON is no value.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TypedJsonError {
    /// An integer lies outside of 64 bits, or a float outside of what a float can hold.
    #[error("the number {found} does not fit: integers have 64 bits, floats reach to ±1.8e308")]
    NumberOutOfRange {
        /// The number as it was written.
        found: String,
    },
    /// A node, relationship or path was given; they exist only in the graph.
    #[error("a value given to a query is no {mark}: match the entity in the query instead")]
    EntityNotAllowed {
        /// `~node`, `~rel` or `~path`.
        mark: String,
    },
    /// A text is not of the temporal type that it is marked with.
    #[error(transparent)]
    InvalidTemporal(ValueError),
    /// A mark holds something that it does not take.
    #[error("{mark} takes {expected}, found {found}")]
    InvalidMark {
        /// The mark: `~float`, `~temporal`, `~map`.
        mark: &'static str,
        /// What the mark takes.
        expected: &'static str,
        /// What it holds, as JSON.
        found: String,
    },
}

/// The value that JSON stands for.
///
/// # Errors
///
/// [`TypedJsonError`] where a number does not fit, an entity is given or a mark is not filled as it should be.
///
/// # Examples
///
/// ```
/// use tupu::render::typed_json::from_json;
/// use tupu::value::Value;
///
/// assert_eq!(from_json(&serde_json::json!([1, 1.0])).unwrap(), Value::list(vec![Value::from(1), Value::from(1.0)]));
/// ```
pub fn from_json(json: &Json) -> Result<Value, TypedJsonError> {
    with_stack(|| match json {
        Json::Null => Ok(Value::Null),
        Json::Bool(value) => Ok(Value::Boolean(*value)),
        Json::Number(number) => number_from(number),
        Json::String(text) => Ok(Value::from(text.as_str())),
        Json::Array(items) => Ok(Value::list(
            items.iter().map(from_json).collect::<Result<_, _>>()?,
        )),
        Json::Object(object) => match object.keys().find(|key| key.starts_with('~')) {
            Some(mark) => marked_from(mark, object),
            None => map_from(object),
        },
    })
}

fn number_from(number: &serde_json::Number) -> Result<Value, TypedJsonError> {
    let text = number.to_string();
    let value = if text.contains(['.', 'e', 'E']) {
        text.parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
            .map(Value::Float)
    } else {
        text.parse().ok().map(Value::Integer)
    };
    value.ok_or(TypedJsonError::NumberOutOfRange { found: text })
}

fn map_from(object: &serde_json::Map<String, Json>) -> Result<Value, TypedJsonError> {
    let entries = object
        .iter()
        .map(|(key, json)| Ok((key.as_str().into(), from_json(json)?)));
    entries.collect::<Result<Map, _>>().map(Value::from)
}

fn marked_from(
    mark: &str,
    object: &serde_json::Map<String, Json>,
) -> Result<Value, TypedJsonError> {
    let content = &object[mark];
    match mark {
        "~float" => float_from(content),
        "~temporal" => temporal_from(content, object.get("type")),
        "~map" => match content {
            Json::Object(map) => map_from(map),
            _ => Err(invalid("~map", "an object", content)),
        },
        "~node" | "~rel" | "~path" => Err(TypedJsonError::EntityNotAllowed {
            mark: mark.to_owned(),
        }),
        _ => Err(invalid(
            "a key that begins with ~",
            "~float, ~temporal or ~map (a map with such a key is wrapped in ~map)",
            &Json::from(mark),
        )),
    }
}

fn float_from(content: &Json) -> Result<Value, TypedJsonError> {
    match content.as_str() {
        Some("NaN") => Ok(Value::Float(f64::NAN)),
        Some("Infinity") => Ok(Value::Float(f64::INFINITY)),
        Some("-Infinity") => Ok(Value::Float(f64::NEG_INFINITY)),
        _ => Err(invalid(
            "~float",
            "\"NaN\", \"Infinity\" or \"-Infinity\"",
            content,
        )),
    }
}

fn temporal_from(content: &Json, type_name: Option<&Json>) -> Result<Value, TypedJsonError> {
    let Some(text) = content.as_str() else {
        return Err(invalid("~temporal", "an ISO 8601 text", content));
    };
    let value = match type_name.and_then(Json::as_str) {
        Some("Date") => Date::parse(text).map(Value::Date),
        Some("LocalTime") => LocalTime::parse(text).map(Value::LocalTime),
        Some("Time") => Time::parse(text).map(Value::Time),
        Some("LocalDateTime") => LocalDateTime::parse(text).map(Value::LocalDateTime),
        Some("DateTime") => DateTime::parse(text).map(|value| Value::DateTime(value.into())),
        Some("Duration") => Duration::parse(text).map(|value| Value::Duration(value.into())),
        _ => {
            let expected = "a type: Date, LocalTime, Time, LocalDateTime, DateTime or Duration";
            return Err(invalid(
                "~temporal",
                expected,
                type_name.unwrap_or(&Json::Null),
            ));
        }
    };
    value.map_err(TypedJsonError::InvalidTemporal)
}

fn invalid(mark: &'static str, expected: &'static str, found: &Json) -> TypedJsonError {
    TypedJsonError::InvalidMark {
        mark,
        expected,
        found: found.to_string(),
    }
}
