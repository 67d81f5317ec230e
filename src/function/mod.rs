//! Owns one table of functions: name, arity, types and body of each. The table feeds binding, evaluation, help and
//! completion alike.

pub(crate) mod temporal;

use std::cell::Cell;

use crate::graph::View;
use crate::value::{Type, Value, ValueError};

/// What a function may look at besides its arguments.
pub struct Context<'a> {
    /// The graph.
    pub view: &'a View,
    /// The statement's instant: seconds and nanoseconds since 1970-01-01T00:00:00Z, the same for the whole statement.
    pub now: (i64, u32),
    /// The state of the random numbers of `rand()` and `randomUUID()`.
    pub random: &'a Cell<u64>,
}

/// A scalar function.
pub struct Function {
    /// The name as the standard writes it; found whatever the case.
    pub name: &'static str,
    /// The types of the arguments, those of the optional ones included; the last repeats where `is_variadic`.
    pub arguments: &'static [Type],
    /// How many arguments must be given.
    pub required: usize,
    /// Whether any number of further arguments may follow.
    pub is_variadic: bool,
    /// The type of the result.
    pub returns: Type,
    /// Whether the result depends on the arguments alone (then it can be computed once, while planning).
    pub is_constant: bool,
    /// Whether a null argument gives null, without the body being called.
    pub is_strict: bool,
    /// For help: the signature with argument names.
    pub signature: &'static str,
    /// For help: one sentence.
    pub summary: &'static str,
    /// The body; called with a number of arguments that fits.
    pub body: fn(&Context<'_>, &[Value]) -> Result<Value, ValueError>,
}

/// Finds a function by name, whatever the case.
#[must_use]
pub fn find(_name: &str) -> Option<&'static Function> {
    todo!()
}
