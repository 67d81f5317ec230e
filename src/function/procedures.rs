//! The procedures that a statement can call: the built-in ones, and those that a program declares with their rows.

use std::sync::Arc;

use indexmap::IndexMap;

use super::{Context, procedure};
use crate::value::{Type, Value, ValueError, equivalent};

/// What a procedure takes and gives.
#[derive(Clone, Debug)]
pub struct Signature {
    /// The name, with its namespace.
    pub name: Arc<str>,
    /// The arguments.
    pub arguments: Vec<Argument>,
    /// The columns: name and type.
    pub columns: Vec<(Arc<str>, Type)>,
}

/// An argument of a procedure.
#[derive(Clone, Debug)]
pub struct Argument {
    /// The name; also of the parameter that gives it where no arguments are written.
    pub name: Arc<str>,
    /// The types that it takes.
    pub of: Type,
    /// The value where it is left out; `None` where it must be given.
    pub default: Option<Value>,
}

impl Signature {
    /// Reads a signature in the notation of the standard: `my.proc(a :: INTEGER?) :: (b :: STRING?)`, its columns `VOID`
    /// for a procedure without any. `None` where it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (name, rest) = text.split_once('(')?;
        let (arguments, rest) = rest.split_once(')')?;
        let columns = rest.trim().strip_prefix("::")?.trim();
        let columns = match columns {
            "VOID" => "",
            columns => columns.strip_prefix('(')?.strip_suffix(')')?,
        };
        let arguments = fields(arguments)?
            .into_iter()
            .map(|(name, of)| Argument {
                name,
                of,
                default: None,
            })
            .collect();
        Some(Self {
            name: name.trim().into(),
            arguments,
            columns: fields(columns)?,
        })
    }
}

/// The fields of a list such as `a :: INTEGER?, b :: STRING?`.
fn fields(text: &str) -> Option<Vec<(Arc<str>, Type)>> {
    let fields = text
        .split(',')
        .map(str::trim)
        .filter(|field| !field.is_empty());
    fields
        .map(|field| {
            let (name, of) = field.split_once("::")?;
            Some((
                name.trim().into(),
                Type::parse(of.trim().trim_end_matches('?'))?,
            ))
        })
        .collect()
}

/// All procedures that can be called.
#[derive(Clone, Debug, Default)]
pub struct Procedures {
    declared: IndexMap<Arc<str>, Declared>,
}

#[derive(Clone, Debug)]
struct Declared {
    signature: Signature,
    rows: Vec<Vec<Value>>,
}

impl Procedures {
    /// Finds a procedure by name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Signature> {
        match self.declared.get(name) {
            Some(declared) => Some(declared.signature.clone()),
            None => procedure::find(name).map(signature),
        }
    }

    /// The names of all procedures.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.declared
            .keys()
            .map(|name| &**name)
            .chain(procedure::all().map(|procedure| procedure.name))
    }

    /// Declares a procedure whose calls give those of the rows that begin with the arguments.
    pub fn declare(&mut self, signature: Signature, rows: Vec<Vec<Value>>) {
        self.declared
            .insert(signature.name.clone(), Declared { signature, rows });
    }

    /// The rows that a procedure gives.
    ///
    /// # Errors
    ///
    /// Whatever the procedure finds wrong with its arguments.
    pub fn call(
        &self,
        name: &str,
        ctx: &Context<'_>,
        arguments: &[Value],
    ) -> Result<Vec<Vec<Value>>, ValueError> {
        let Some(declared) = self.declared.get(name) else {
            let Some(procedure) = procedure::find(name) else {
                return Ok(Vec::new());
            };
            let types = procedure.arguments.iter().map(|argument| argument.of);
            check(name, types, arguments)?;
            return (procedure.body)(ctx, arguments);
        };
        let types = declared.signature.arguments.iter();
        check(name, types.map(|argument| argument.of), arguments)?;
        let count = declared.signature.arguments.len();
        let fits = |row: &&Vec<Value>| {
            row.iter()
                .zip(arguments)
                .all(|(cell, argument)| equivalent(cell, argument))
        };
        Ok(declared
            .rows
            .iter()
            .filter(fits)
            .map(|row| row[count..].to_vec())
            .collect())
    }
}

/// Refuses arguments of types that the procedure does not take.
fn check(
    name: &str,
    types: impl Iterator<Item = Type>,
    arguments: &[Value],
) -> Result<(), ValueError> {
    for (of, argument) in types.zip(arguments) {
        if !argument.is_null() && !accepted_argument(of).overlaps(Type::of(argument)) {
            let expected = accepted_argument(of).to_string();
            return Err(ValueError::invalid_type(name, &expected, argument));
        }
    }
    Ok(())
}

/// The types that are taken where one is declared: an integer too where a float is asked for.
pub(crate) fn accepted_argument(declared: Type) -> Type {
    if declared == Type::FLOAT {
        Type::NUMBER
    } else {
        declared
    }
}

fn signature(procedure: &procedure::Procedure) -> Signature {
    let argument = |argument: &procedure::Argument| Argument {
        name: argument.name.into(),
        of: argument.of,
        default: argument.default.map(|value| value()),
    };
    Signature {
        name: procedure.name.into(),
        arguments: procedure.arguments.iter().map(argument).collect(),
        columns: procedure
            .columns
            .iter()
            .map(|(name, of)| ((*name).into(), *of))
            .collect(),
    }
}
