//! Owns the language: the grammar's text becomes an abstract syntax tree with spans.

pub mod ast;

mod ascii;
mod build;
mod error;
mod expectation;
mod grammar;
mod hint;
mod limit;
mod print;
mod scan;
mod statements;
mod tokens;

use pest::Parser as _;

pub use error::{
    CompositionFault, Correction, Hint, RelationshipFault, SyntaxError, SyntaxErrorKind, Text,
};
pub use limit::{HEIGHT_LIMIT, NESTING_LIMIT};
pub use statements::{StatementText, is_complete, statements};
pub use tokens::{KEYWORDS, Token, TokenKind, tokens};

use ast::Statement;
use grammar::{Grammar, Rule};

/// Parses one statement, with or without its `;`.
pub fn parse(text: &str) -> Result<Statement, SyntaxError> {
    let lexemes = scan::scan(text);
    let depth = limit::nesting(text, &lexemes)?;
    let ascii = ascii::ascii(text, &lexemes);
    stacker::maybe_grow(stack_size(depth), stack_size(depth), || {
        let pairs = Grammar::parse(Rule::statement, &ascii)
            .map_err(|error| expectation::explain(&error, text, &lexemes))?;
        build::Builder::new(text, &lexemes).statement(pairs)
    })
}

/// The stack that parsing needs for a depth of brackets.
fn stack_size(depth: usize) -> usize {
    const BASE: usize = 512 * 1024;
    const PER_LEVEL: usize = 64 * 1024;
    BASE + depth * PER_LEVEL
}

#[cfg(test)]
mod tests;
