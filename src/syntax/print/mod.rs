//! Owns the way back: a syntax tree is written as openCypher, so that parsing it gives the same tree.
//!
//! Takes any tree that the parser makes; gives one line, with parentheses and backquotes only where they are needed.

mod clause;
mod expression;
mod pattern;
mod schema;
mod value_type;

use std::fmt::{self, Display, Formatter, Write as _};

use pest::unicode::{CONNECTOR_PUNCTUATION, XID_CONTINUE, XID_START};

use super::ast::{Mode, Name, Statement, StatementBody, TransactionCommand};

/// Words that a variable or function can only be called in backquotes.
const QUOTED: [&str; 38] = [
    "AND",
    "AS",
    "CASE",
    "CREATE",
    "DELETE",
    "DETACH",
    "DISTINCT",
    "ELSE",
    "FALSE",
    "IN",
    "IS",
    "MATCH",
    "MERGE",
    "NOT",
    "NULL",
    "OPTIONAL",
    "OR",
    "REMOVE",
    "RETURN",
    "SET",
    "THEN",
    "TRUE",
    "UNION",
    "UNWIND",
    "WHEN",
    "WHERE",
    "WITH",
    "XOR",
    "ALL",
    "ANY",
    "NONE",
    "SINGLE",
    "REDUCE",
    "SHORTESTPATH",
    "ALLSHORTESTPATHS",
    "NAN",
    "INFINITY",
    "CONTAINS",
];

impl Display for Statement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.mode {
            Mode::Run => {}
            Mode::Explain => f.write_str("EXPLAIN ")?,
            Mode::Profile => f.write_str("PROFILE ")?,
        }
        match &self.body {
            StatementBody::Query(query) => query.fmt(f),
            StatementBody::Schema(command) => command.fmt(f),
            StatementBody::Transaction(command) => f.write_str(match command {
                TransactionCommand::Begin => "BEGIN",
                TransactionCommand::Commit => "COMMIT",
                TransactionCommand::Rollback => "ROLLBACK",
            }),
        }
    }
}

/// The name as a label, type, key or alias: in backquotes unless it is a word.
impl Display for Name {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_name(f, &self.text, false)
    }
}

/// A name as a variable: in backquotes also where it would be read as a keyword.
struct Variable<'a>(&'a Name);

impl Display for Variable<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_name(f, &self.0.text, is_quoted(&self.0.text))
    }
}

fn is_quoted(text: &str) -> bool {
    QUOTED.iter().any(|word| word.eq_ignore_ascii_case(text))
        || ["COUNT", "COLLECT", "EXISTS"]
            .iter()
            .any(|word| word.eq_ignore_ascii_case(text))
}

/// A function's or procedure's name, each part for itself.
struct DottedName<'a>(&'a Name);

impl Display for DottedName<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (index, part) in self.0.text.split('.').enumerate() {
            if index > 0 {
                f.write_char('.')?;
            }
            write_name(
                f,
                part,
                index == 0 && QUOTED.iter().any(|word| word.eq_ignore_ascii_case(part)),
            )?;
        }
        Ok(())
    }
}

fn write_name(f: &mut Formatter<'_>, text: &str, is_quoted: bool) -> fmt::Result {
    let is_start = |c| XID_START(c) || CONNECTOR_PUNCTUATION(c);
    if !is_quoted && text.starts_with(is_start) && text.chars().all(XID_CONTINUE) {
        return f.write_str(text);
    }
    write!(f, "`{}`", text.replace('`', "``"))
}

/// Writes items with a text between each two.
fn write_joined<T>(
    f: &mut Formatter<'_>,
    items: &[T],
    separator: &str,
    mut write: impl FnMut(&mut Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            f.write_str(separator)?;
        }
        write(f, item)?;
    }
    Ok(())
}
