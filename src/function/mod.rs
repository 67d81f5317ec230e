//! Owns one table of functions: name, arity, types and body of each. The table feeds binding, evaluation, help and
//! completion alike.
//!
//! Takes values and a [`Context`], gives values or [`ValueError`]s, which know nothing of places in the query. Each
//! family of functions has a file with its part of the table; [`aggregate`] has the functions over many rows,
//! [`property`] and [`element`] read `base.key` and `base[index]`.

pub mod aggregate;
mod conversion;
mod evidence;
mod graph;
mod list;
mod mathematical;
mod memory;
pub mod procedure;
mod procedures;
mod property;
mod random;
mod range;
mod rounding;
mod scalar;
mod string;
pub mod temporal;
#[cfg(test)]
mod testing;
mod trigonometric;

use std::cell::Cell;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::evidence::Evidence;
use crate::graph::View;
use crate::value::{Type, Value, ValueError};

pub use graph::all_properties;
pub use memory::{Bytes, Held, Making, Memory, NoBytes, OverLimit};
pub(crate) use procedures::accepted_argument;
pub use procedures::{Argument, Procedures, Signature};
pub use property::{element, property};
pub use range::Range;

/// What a function may look at besides its arguments.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The graph.
    pub view: &'a View,
    /// What supports its facts.
    pub evidence: &'a Evidence,
    /// The statement's instant: seconds and nanoseconds since 1970-01-01T00:00:00Z, the same for the whole statement.
    pub now: (i64, u32),
    /// The state of the random numbers of `rand()` and `randomUUID()`.
    pub random: &'a Cell<u64>,
    /// To be asked before something large is made.
    pub making: Making<'a>,
}

/// What computes a function's result; called with a number of arguments that fits.
pub type Body = fn(&Context<'_>, &[Value]) -> Result<Value, ValueError>;

/// A scalar function.
#[derive(Debug)]
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
    /// Whether the result depends on the arguments alone, and on the graph where one is an entity. It can be computed
    /// once, while planning, where the arguments are constants then.
    pub is_constant: bool,
    /// Whether a null argument gives null, without the body being called.
    pub is_strict: bool,
    /// For help: the signature with argument names, optional ones in brackets.
    pub signature: &'static str,
    /// For help: one sentence.
    pub summary: &'static str,
    /// The body; [`Function::call`] is the way to call it.
    pub body: Body,
}

impl Function {
    /// A strict, constant function that needs all its arguments; its name stands before the signature's parenthesis.
    const fn new(
        signature: &'static str,
        arguments: &'static [Type],
        returns: Type,
        body: Body,
        summary: &'static str,
    ) -> Self {
        Self {
            name: name(signature),
            arguments,
            required: arguments.len(),
            is_variadic: false,
            returns,
            is_constant: true,
            is_strict: true,
            signature,
            summary,
            body,
        }
    }

    /// The same, with the last `count` arguments optional.
    const fn optional(mut self, count: usize) -> Self {
        self.required = self.arguments.len() - count;
        self
    }

    /// The same, with the last argument repeated at will.
    const fn variadic(mut self) -> Self {
        self.is_variadic = true;
        self
    }

    /// The same, its body seeing nulls.
    const fn lenient(mut self) -> Self {
        self.is_strict = false;
        self
    }

    /// The same, computed anew for each row.
    const fn volatile(mut self) -> Self {
        self.is_constant = false;
        self
    }

    /// Whether the function can be called with so many arguments.
    #[must_use]
    pub fn takes(&self, count: usize) -> bool {
        self.required <= count && (self.is_variadic || count <= self.arguments.len())
    }

    /// The type of the argument at a position, from 0; [`Type::ANY`] for one that the function does not take.
    #[must_use]
    pub fn argument(&self, index: usize) -> Type {
        let repeated = if self.is_variadic {
            self.arguments.last()
        } else {
            None
        };
        self.arguments
            .get(index)
            .or(repeated)
            .copied()
            .unwrap_or(Type::ANY)
    }

    /// Applies the function to a number of arguments that it [takes](Function::takes).
    ///
    /// # Errors
    ///
    /// [`ValueError::UnsupportedArgument`] for an argument of a wrong type, and what the function's own work can fail
    /// with.
    pub fn call(&self, ctx: &Context<'_>, arguments: &[Value]) -> Result<Value, ValueError> {
        if self.is_strict && arguments.iter().any(Value::is_null) {
            return Ok(Value::Null);
        }
        (self.body)(ctx, arguments)
    }
}

/// The part of a signature before its parenthesis.
const fn name(signature: &'static str) -> &'static str {
    let mut end = 0;
    while end < signature.len() && signature.as_bytes()[end] != b'(' {
        end += 1;
    }
    signature.split_at(end).0
}

/// Finds a function by name, whatever the case.
///
/// # Examples
///
/// ```
/// use tupu::function::find;
///
/// let function = find("TOUPPER").expect("the function exists");
/// assert_eq!(function.name, "toUpper");
/// assert_eq!(function.signature, "toUpper(text)");
/// assert!(find("foo").is_none());
/// ```
#[must_use]
pub fn find(name: &str) -> Option<&'static Function> {
    TABLE.by_name.get(name.to_lowercase().as_str()).copied()
}

/// All functions, sorted by name.
#[must_use]
pub fn all() -> impl ExactSizeIterator<Item = &'static Function> {
    TABLE.sorted.iter().copied()
}

struct Table {
    sorted: Vec<&'static Function>,
    by_name: FxHashMap<String, &'static Function>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let families = [
        scalar::FUNCTIONS,
        list::FUNCTIONS,
        string::FUNCTIONS,
        conversion::FUNCTIONS,
        mathematical::FUNCTIONS,
        trigonometric::FUNCTIONS,
        graph::FUNCTIONS,
        evidence::FUNCTIONS,
        temporal::FUNCTIONS,
    ];
    let mut sorted: Vec<&'static Function> = families.into_iter().flatten().collect();
    sorted.sort_by_key(|function| function.name.to_lowercase());
    let by_name = sorted
        .iter()
        .map(|function| (function.name.to_lowercase(), *function))
        .collect();
    Table { sorted, by_name }
});

/// The fault of the first argument whose type does not fit; where a body ends that found no case for its arguments.
fn refuse(name: &str, arguments: &[Value]) -> Result<Value, ValueError> {
    let function = find(name).expect("a body names a function of the table");
    let misfit = |(index, argument): &(usize, &Value)| {
        argument.is_null() || !function.argument(*index).overlaps(Type::of(argument))
    };
    let (index, argument) = arguments
        .iter()
        .enumerate()
        .find(misfit)
        .expect("a body has a case for each list of arguments of fitting types");
    Err(ValueError::unsupported(
        function.name,
        &function.argument(index).to_string(),
        argument,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_without_doubles() {
        let names: Vec<_> = all().map(|function| function.name.to_lowercase()).collect();
        assert!(names.is_sorted());
        assert_eq!(TABLE.by_name.len(), names.len());
    }

    #[test]
    fn every_function_is_documented() {
        for function in all() {
            assert!(function.summary.ends_with('.'), "{}", function.name);
            assert!(function.signature.ends_with(')'), "{}", function.name);
            assert_eq!(name(function.signature), function.name);
            let written = function
                .signature
                .split_once('(')
                .map_or("", |(_, rest)| rest);
            let count = written.split(',').filter(|name| name.trim() != ")").count();
            let expected = function.arguments.len();
            let is_right = count == expected || function.is_variadic;
            assert!(
                is_right,
                "{} names {count} of {expected} arguments",
                function.signature
            );
        }
    }

    #[test]
    fn every_body_answers_wrong_types_with_an_error() {
        testing::with_context(|ctx| {
            for function in all() {
                for wrong in testing::specimens() {
                    let most = if function.is_variadic {
                        3
                    } else {
                        function.arguments.len()
                    };
                    for count in function.required..=most {
                        let arguments = vec![wrong.clone(); count];
                        if testing::reads_graph(function, &arguments) {
                            continue;
                        }
                        let fits =
                            (0..count).all(|at| function.argument(at).overlaps(Type::of(&wrong)));
                        let result = function.call(ctx, &arguments);
                        assert!(
                            fits || result.is_err(),
                            "{}({wrong}, …) gives {result:?}",
                            function.name
                        );
                    }
                }
            }
        });
    }

    #[test]
    fn arity() {
        let arity = |name, counts: std::ops::Range<usize>| -> Vec<_> {
            let function = find(name).expect("a function of the table");
            counts.filter(|count| function.takes(*count)).collect()
        };
        assert_eq!(arity("round", 0..6), [1, 2, 3]);
        assert_eq!(arity("coalesce", 0..6), [1, 2, 3, 4, 5]);
        assert_eq!(arity("pi", 0..6), [0]);
    }
}
