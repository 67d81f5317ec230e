//! Rows as JSON: an array of objects, or one object a line; and the one description of values that serde formats share.
//!
//! Columns keep their order. Integers keep all their digits, also beyond 2⁵³. JSON has no `NaN` and no infinity: they
//! become the strings `"NaN"`, `"Infinity"` and `"-Infinity"`, as null would claim that nothing is there. Temporal
//! values are ISO 8601 strings. A node is `{"id", "labels", "properties"}`, a relationship
//! `{"id", "type", "start", "end", "properties"}`, a path `{"nodes", "relationships"}`.

use std::io::{self, Write};
use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

use super::literal::{temporal, with_stack};
use super::{Names, Rows};
use crate::graph::Subgraph;
use crate::value::{Map, NodeId, RelationshipId, Value, float_text};

pub(super) fn write_array(out: &mut impl Write, rows: Rows<'_>, names: Names) -> io::Result<()> {
    out.write_all(b"[")?;
    for (index, values) in rows.rows.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &Row::new(rows, values, names, NotFinite::Text))?;
    }
    out.write_all(if rows.rows.is_empty() {
        b"]\n"
    } else {
        b"\n]\n"
    })
}

pub(super) fn write_lines(out: &mut impl Write, rows: Rows<'_>, names: Names) -> io::Result<()> {
    if rows.columns.is_empty() {
        return Ok(());
    }
    for values in rows.rows {
        serde_json::to_writer(&mut *out, &Row::new(rows, values, names, NotFinite::Text))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// How a format takes floats that are no numbers.
#[derive(Clone, Copy)]
pub(super) enum NotFinite {
    /// As strings.
    Text,
    /// As floats like all others.
    Float,
}

/// What the values of one row are read with.
#[derive(Clone, Copy)]
struct Reading<'a> {
    entities: &'a Subgraph,
    names: Names,
    not_finite: NotFinite,
}

/// A row as a map from columns to values.
pub(super) struct Row<'a> {
    columns: &'a [Arc<str>],
    values: &'a [Value],
    reading: Reading<'a>,
}

impl<'a> Row<'a> {
    pub(super) fn new(
        rows: Rows<'a>,
        values: &'a [Value],
        names: Names,
        not_finite: NotFinite,
    ) -> Self {
        Self {
            columns: rows.columns,
            values,
            reading: Reading {
                entities: rows.entities,
                names,
                not_finite,
            },
        }
    }
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.columns.len()))?;
        for (column, value) in self.columns.iter().zip(self.values) {
            map.serialize_entry(
                &**column,
                &Plain {
                    value,
                    reading: self.reading,
                },
            )?;
        }
        map.end()
    }
}

/// A value of any type on one line of JSON.
pub(super) fn compact(value: &Value, entities: &Subgraph, names: Names) -> String {
    let reading = Reading {
        entities,
        names,
        not_finite: NotFinite::Text,
    };
    serde_json::to_string(&Plain { value, reading })
        .expect("all map keys are strings and a string takes all text")
}

struct Plain<'a> {
    value: &'a Value,
    reading: Reading<'a>,
}

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let reading = self.reading;
        with_stack(|| match self.value {
            Value::Null => serializer.serialize_none(),
            Value::Boolean(value) => serializer.serialize_bool(*value),
            Value::Integer(number) => serializer.serialize_i64(*number),
            Value::Float(number) => reading.float(*number, serializer),
            Value::String(text) => serializer.serialize_str(text),
            Value::List(items) => {
                serializer.collect_seq(items.iter().map(|value| Plain { value, reading }))
            }
            Value::Map(map) => Properties { map, reading }.serialize(serializer),
            Value::Node(id) => PlainNode { id: *id, reading }.serialize(serializer),
            Value::Relationship(id) => PlainRelationship { id: *id, reading }.serialize(serializer),
            Value::Path(path) => {
                let nodes = Sequence(path.nodes().iter().map(|id| PlainNode { id: *id, reading }));
                let relationships = Sequence(
                    path.relationships()
                        .iter()
                        .map(|id| PlainRelationship { id: *id, reading }),
                );
                let mut data = serializer.serialize_struct("Path", 2)?;
                data.serialize_field("nodes", &nodes)?;
                data.serialize_field("relationships", &relationships)?;
                data.end()
            }
            temporal_value => {
                let (type_name, text) =
                    temporal(temporal_value).expect("all other types are matched above");
                serializer.serialize_newtype_struct(type_name, &text)
            }
        })
    }
}

impl Reading<'_> {
    fn float<S: Serializer>(self, number: f64, serializer: S) -> Result<S::Ok, S::Error> {
        match self.not_finite {
            NotFinite::Text if !number.is_finite() => serializer.serialize_str(&float_text(number)),
            _ => serializer.serialize_f64(number),
        }
    }
}

struct Sequence<I>(I);

impl<I: Iterator<Item: Serialize> + Clone> Serialize for Sequence<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(self.0.size_hint().1)?;
        for item in self.0.clone() {
            sequence.serialize_element(&item)?;
        }
        sequence.end()
    }
}

struct Properties<'a> {
    map: &'a Map,
    reading: Reading<'a>,
}

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let reading = self.reading;
        serializer.collect_map(
            self.map
                .iter()
                .map(|(key, value)| (&**key, Plain { value, reading })),
        )
    }
}

struct PlainNode<'a> {
    id: NodeId,
    reading: Reading<'a>,
}

impl Serialize for PlainNode<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let reading = self.reading;
        let node = reading.entities.nodes.get(&self.id);
        let labels = node.map_or(&[][..], |node| &node.labels);
        let labels: Vec<&str> = labels
            .iter()
            .map(|label| reading.names.label(label))
            .collect();
        let nothing = Map::new();
        let map = node.map_or(&nothing, |node| &node.properties);
        let mut data = serializer.serialize_struct("Node", 3)?;
        data.serialize_field("id", &self.id.0)?;
        data.serialize_field("labels", &labels)?;
        data.serialize_field("properties", &Properties { map, reading })?;
        data.end()
    }
}

struct PlainRelationship<'a> {
    id: RelationshipId,
    reading: Reading<'a>,
}

impl Serialize for PlainRelationship<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let reading = self.reading;
        let Some(relationship) = reading.entities.relationships.get(&self.id) else {
            let mut data = serializer.serialize_struct("Relationship", 1)?;
            data.serialize_field("id", &self.id.0)?;
            return data.end();
        };
        let map = &relationship.properties;
        let mut data = serializer.serialize_struct("Relationship", 5)?;
        data.serialize_field("id", &self.id.0)?;
        data.serialize_field(
            "type",
            reading
                .names
                .relationship_type(&relationship.relationship_type),
        )?;
        data.serialize_field("start", &relationship.start.0)?;
        data.serialize_field("end", &relationship.end.0)?;
        data.serialize_field("properties", &Properties { map, reading })?;
        data.end()
    }
}
