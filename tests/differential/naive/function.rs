//! The functions that the generator uses.

use tupu::value::{Map, NodeId, Value};

use super::{Failure, Naive, Outcome};

impl Naive<'_> {
    /// The value of a function, by its name in small letters.
    pub(crate) fn function(&self, name: &str, arguments: &[Value]) -> Outcome<Value> {
        if name == "coalesce" {
            return Ok(arguments
                .iter()
                .find(|value| !value.is_null())
                .cloned()
                .unwrap_or_default());
        }
        if name == "range" {
            return range(arguments);
        }
        let [argument] = arguments else {
            return Err(unknown(name, arguments));
        };
        Ok(match (name, argument) {
            (_, Value::Null) => Value::Null,
            ("size", Value::List(items)) => count(items.len()),
            ("size", Value::String(text)) => count(text.chars().count()),
            ("head", Value::List(items)) => items.first().cloned().unwrap_or_default(),
            ("last", Value::List(items)) => items.last().cloned().unwrap_or_default(),
            ("tail", Value::List(items)) => items.iter().skip(1).cloned().collect(),
            ("reverse", Value::List(items)) => items.iter().rev().cloned().collect(),
            ("abs", Value::Integer(number)) => number.abs().into(),
            ("tostring", value) => value.scalar_text().into(),
            ("toupper", Value::String(text)) => text.to_uppercase().into(),
            ("length", Value::Path(path)) => count(path.relationships().len()),
            ("nodes", Value::Path(path)) => path.nodes().iter().copied().map(Value::from).collect(),
            ("relationships", Value::Path(path)) => path
                .relationships()
                .iter()
                .copied()
                .map(Value::from)
                .collect(),
            ("labels", Value::Node(node)) => {
                let labels = &self.world.graph.nodes[self.node_place(*node)].labels;
                labels.iter().copied().map(Value::from).collect()
            }
            ("id", Value::Node(node)) => {
                Value::Integer(i64::try_from(node.0).expect("ids are small"))
            }
            ("type", Value::Relationship(relationship)) => {
                let at = self.relationship_place(*relationship);
                self.world.graph.relationships[at].kind.into()
            }
            ("startnode", Value::Relationship(relationship)) => {
                let at = self.relationship_place(*relationship);
                self.node_at(self.world.graph.relationships[at].from).into()
            }
            ("endnode", Value::Relationship(relationship)) => {
                let at = self.relationship_place(*relationship);
                self.node_at(self.world.graph.relationships[at].to).into()
            }
            ("keys", Value::Node(_) | Value::Relationship(_)) => self
                .known(argument)
                .map(|(key, _)| Value::from(key))
                .collect(),
            ("properties", Value::Node(_) | Value::Relationship(_)) => {
                let own = self.known(argument);
                own.map(|(key, value)| (key.into(), value))
                    .collect::<Map>()
                    .into()
            }
            _ => return Err(unknown(name, arguments)),
        })
    }

    /// The properties of an entity that it has: null means that there is none.
    fn known(&self, entity: &Value) -> impl Iterator<Item = (&'static str, Value)> {
        let own = self.properties(entity).iter();
        own.filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (*key, value.clone()))
    }

    fn node_at(&self, at: usize) -> NodeId {
        self.world.nodes[at]
    }
}

/// A number of things as a value.
pub(crate) fn count(count: usize) -> Value {
    Value::Integer(i64::try_from(count).expect("cases are small"))
}

fn range(arguments: &[Value]) -> Outcome<Value> {
    let numbers: Option<Vec<i64>> = arguments.iter().map(Value::as_integer).collect();
    match numbers.as_deref() {
        Some([from, to]) => Ok((*from..=*to).map(Value::Integer).collect()),
        _ => Err(unknown("range", arguments)),
    }
}

fn unknown(name: &str, arguments: &[Value]) -> Failure {
    Failure::Unknown(format!("{name} of {}", Value::list(arguments.to_vec())))
}
