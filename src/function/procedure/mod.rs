//! Owns the table of procedures that `CALL` finds: the graph's schema, and petgraph's algorithms on the graph or a part.
//!
//! Takes values and a [`Context`], gives rows of values. Each family has a file with its part of the table.

mod components;
mod cut;
mod evidence;
mod names;
mod options;
mod order;
mod page_rank;
mod schema;
mod shortest_path;
mod spanning_tree;

#[cfg(test)]
mod tests;

use std::fmt;

use super::Context;
use crate::value::{Map, Type, Value, ValueError};

/// What computes a procedure's rows; called with a value for each argument.
pub type Body = fn(&Context<'_>, &[Value]) -> Result<Vec<Vec<Value>>, ValueError>;

/// A procedure.
#[derive(Debug)]
pub struct Procedure {
    /// The name with its namespace; found whatever the case.
    pub name: &'static str,
    /// The arguments; those with a default come last.
    pub arguments: &'static [Argument],
    /// The columns: name and type.
    pub columns: &'static [(&'static str, Type)],
    /// Whether it may change the graph.
    pub is_write: bool,
    /// For help: one or two sentences, the options of the last argument included.
    pub summary: &'static str,
    /// The body; each row it gives is as long as `columns`.
    pub body: Body,
}

/// An argument of a procedure.
#[derive(Debug)]
pub struct Argument {
    /// The name; also of the parameter that gives it where no arguments are written.
    pub name: &'static str,
    /// The types that it takes.
    pub of: Type,
    /// Gives the value where the argument is left out; `None` where it must be given.
    pub default: Option<fn() -> Value>,
}

impl Argument {
    const fn required(name: &'static str, of: Type) -> Self {
        Self {
            name,
            of,
            default: None,
        }
    }
}

/// The argument of procedures that take nothing but options.
const OPTIONS: Argument = Argument {
    name: "options",
    of: Type::MAP,
    default: Some(|| Value::from(Map::default())),
};

/// The signature, as help shows it: `algo.components(options = {} :: MAP) :: (node :: NODE, component :: INTEGER)`.
impl fmt::Display for Procedure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arguments = self
            .arguments
            .iter()
            .map(|argument| match argument.default {
                Some(default) => format!("{} = {} :: {}", argument.name, default(), argument.of),
                None => format!("{} :: {}", argument.name, argument.of),
            });
        let columns = self
            .columns
            .iter()
            .map(|(name, of)| format!("{name} :: {of}"));
        let arguments = arguments.collect::<Vec<_>>().join(", ");
        write!(
            f,
            "{}({arguments}) :: ({})",
            self.name,
            columns.collect::<Vec<_>>().join(", ")
        )
    }
}

/// All procedures, by name.
static ALL: [&Procedure; 17] = [
    &cut::ARTICULATION_POINTS,
    &cut::BRIDGES,
    &components::COMPONENTS,
    &shortest_path::DISTANCES,
    &order::IS_CYCLIC,
    &page_rank::PAGE_RANK,
    &shortest_path::SHORTEST_PATH,
    &spanning_tree::SPANNING_TREE,
    &components::STRONGLY_CONNECTED_COMPONENTS,
    &order::TOPOLOGICAL_SORT,
    &names::LABELS,
    &names::PROPERTY_KEYS,
    &names::RELATIONSHIP_TYPES,
    &schema::SCHEMA,
    &schema::PROPERTIES,
    &evidence::CONFLICTS,
    &evidence::EVIDENCE,
];

/// All procedures, by name.
#[must_use]
pub fn all() -> impl ExactSizeIterator<Item = &'static Procedure> {
    ALL.into_iter()
}

/// Finds a procedure by name, whatever the case.
#[must_use]
pub fn find(name: &str) -> Option<&'static Procedure> {
    all().find(|procedure| procedure.name.eq_ignore_ascii_case(name))
}

/// A count or number as a value.
fn integer(number: usize) -> Value {
    Value::Integer(i64::try_from(number).expect("counts of what is in memory fit 63 bits"))
}
