//! The map of options that algorithms take: which part of the graph, weights, and numbers.

use super::Context;
use crate::graph::projection::{Projection, ProjectionError, Selection, Weight};
use crate::graph::{Direction, View};
use crate::value::{Map, NodeId, Value, ValueError};

/// The options of one call, checked against the names that the procedure knows.
pub(super) struct Options<'a> {
    procedure: &'static str,
    view: &'a View,
    map: Option<&'a Map>,
}

impl<'a> Options<'a> {
    /// Reads the options of a procedure that knows the names given; null is no options.
    pub(super) fn new(
        procedure: &'static str,
        ctx: &Context<'a>,
        value: &'a Value,
        known: &[&str],
    ) -> Result<Self, ValueError> {
        let map = match value {
            Value::Null => None,
            Value::Map(map) => Some(&**map),
            _ => {
                return Err(ValueError::invalid_type(
                    procedure,
                    "a MAP of options",
                    value,
                ));
            }
        };
        if let Some(name) = map.and_then(|map| map.keys().find(|name| !known.contains(&&***name))) {
            return Err(ValueError::InvalidArgumentValue {
                operation: procedure.to_owned(),
                found: format!("the option '{name}'"),
                reason: format!("it knows {}", known.join(", ")),
            });
        }
        Ok(Self {
            procedure,
            view: ctx.view,
            map,
        })
    }

    /// The part of the graph that `labels`, `types`, `weight` and `defaultWeight` choose.
    pub(super) fn project(&self) -> Result<Projection, ValueError> {
        let labels = self.names("labels", "node", |name| self.view.label(name))?;
        let types = self.names("types", "relationship", |name| {
            self.view.relationship_type(name)
        })?;
        let default = self.number("defaultWeight")?;
        let key = match self.get("weight") {
            Value::Null => None,
            name => Some(
                self.name("weight", "relationship", "a STRING", name, |name| {
                    self.view.key(name)
                })?,
            ),
        };
        let weight = key.map(|key| Weight { key, default });
        Projection::new(
            self.view,
            &Selection {
                labels,
                types,
                weight,
            },
        )
        .map_err(|error| self.refuse(&error))
    }

    /// The `damping` or another share between 0 and 1.
    pub(super) fn share(&self, name: &str, default: f64) -> Result<f64, ValueError> {
        match self.number(name)? {
            None => Ok(default),
            Some(number) if (0.0..=1.0).contains(&number) => Ok(number),
            Some(_) => Err(self.out_of_range(name, "a number from 0 to 1")),
        }
    }

    /// An integer from 1 to a limit.
    pub(super) fn count(
        &self,
        name: &str,
        default: usize,
        limit: usize,
    ) -> Result<usize, ValueError> {
        match self.get(name) {
            Value::Null => Ok(default),
            Value::Integer(number) => usize::try_from(*number)
                .ok()
                .filter(|number| (1..=limit).contains(number))
                .ok_or_else(|| self.out_of_range(name, &format!("an integer from 1 to {limit}"))),
            value => Err(self.invalid_type(name, "an INTEGER", value)),
        }
    }

    /// The `direction`: `out` by default, `in`, or `both`, which is `None`.
    pub(super) fn direction(&self) -> Result<Option<Direction>, ValueError> {
        match self.get("direction") {
            Value::Null => Ok(Some(Direction::Outgoing)),
            Value::String(text) => match &**text {
                "out" => Ok(Some(Direction::Outgoing)),
                "in" => Ok(Some(Direction::Incoming)),
                "both" => Ok(None),
                _ => Err(ValueError::InvalidArgumentValue {
                    operation: self.operation("direction"),
                    found: format!("'{text}'"),
                    reason: "it is 'out', 'in' or 'both'".to_owned(),
                }),
            },
            value => Err(self.invalid_type("direction", "a STRING", value)),
        }
    }

    /// What makes an algorithm impossible on the part chosen, in words.
    pub(super) fn refuse(&self, error: &ProjectionError) -> ValueError {
        let (relationship, found, reason) = match error {
            ProjectionError::WeightIsNoNumber {
                relationship,
                found,
            } => (
                relationship,
                (*found).to_owned(),
                "a weight is a number; 'defaultWeight' stands in where it is missing",
            ),
            ProjectionError::NegativeWeight {
                relationship,
                weight,
            } => (
                relationship,
                weight.to_string(),
                "with a negative weight, no path is the shortest",
            ),
        };
        let (view, relationship) = (self.view, *relationship);
        let t = view.type_of(relationship).map_or("", |t| view.type_name(t));
        ValueError::InvalidArgumentValue {
            operation: self.operation("weight"),
            found: format!(
                "{found}, the weight of the {t} relationship with the id {}",
                relationship.0
            ),
            reason: reason.to_owned(),
        }
    }

    fn get(&self, name: &str) -> &'a Value {
        self.map
            .and_then(|map| map.get(name))
            .unwrap_or(&Value::Null)
    }

    fn number(&self, name: &str) -> Result<Option<f64>, ValueError> {
        match self.get(name) {
            Value::Null => Ok(None),
            Value::Float(number) if number.is_nan() => Err(self.out_of_range(name, "a number")),
            Value::Float(number) => Ok(Some(*number)),
            #[expect(clippy::cast_precision_loss, reason = "options are small numbers")]
            Value::Integer(number) => Ok(Some(*number as f64)),
            value => Err(self.invalid_type(name, "a number", value)),
        }
    }

    /// A name or a list of names, looked up; `None` where the option is left out.
    fn names<T>(
        &self,
        option: &str,
        entity: &str,
        find: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<Vec<T>>, ValueError> {
        let name = |value| self.name(option, entity, "a STRING or a LIST of them", value, &find);
        match self.get(option) {
            Value::Null => Ok(None),
            Value::List(items) => items.iter().map(name).collect::<Result<_, _>>().map(Some),
            value => name(value).map(|found| Some(vec![found])),
        }
    }

    fn name<T>(
        &self,
        option: &str,
        entity: &str,
        expected: &str,
        value: &Value,
        find: impl Fn(&str) -> Option<T>,
    ) -> Result<T, ValueError> {
        let Value::String(text) = value else {
            return Err(self.invalid_type(option, expected, value));
        };
        find(text).ok_or_else(|| ValueError::InvalidArgumentValue {
            operation: self.operation(option),
            found: format!("'{text}'"),
            reason: format!("no {entity} has it"),
        })
    }

    fn operation(&self, option: &str) -> String {
        format!("the option '{option}' of {}", self.procedure)
    }

    fn invalid_type(&self, option: &str, expected: &str, found: &Value) -> ValueError {
        ValueError::invalid_type(&self.operation(option), expected, found)
    }

    fn out_of_range(&self, option: &str, expected: &str) -> ValueError {
        ValueError::NumberOutOfRange {
            operation: self.operation(option),
            expected: expected.to_owned(),
            found: self.get(option).to_string(),
        }
    }
}

/// A node given as an argument; `None` for null.
pub(super) fn node(operation: &str, value: &Value) -> Result<Option<NodeId>, ValueError> {
    match value {
        Value::Null => Ok(None),
        Value::Node(node) => Ok(Some(*node)),
        _ => Err(ValueError::invalid_type(operation, "a NODE", value)),
    }
}
