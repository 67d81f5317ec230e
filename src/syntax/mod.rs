//! Owns the language: the grammar's text becomes an abstract syntax tree with spans.
//!
//! Takes the text of a statement; gives its [`ast::Statement`] or a [`SyntaxError`] that points at the text. Nothing is
//! resolved here: whether a variable is bound, a function known or a type right is asked later.
//!
//! ```text
//! text ── scan ──▶ words ── limit ──▶ depth is bounded
//!                    │
//!                    ├─ ascii ──▶ text in ASCII punctuation ── grammar (pest) ──▶ pairs ── build ──▶ tree
//!                    │                                            └─ expectation, hint ──▶ SyntaxError
//!                    └─ statements, tokens ──▶ scripts, highlighting, completion
//! ```
//!
//! - `scan` cuts any text into words, by hand; all else asks it where words begin and end.
//! - `ascii` writes full-width punctuation as ASCII without moving a byte, so that spans hold for the text as written.
//! - The rules stand in `grammar/*.pest`. An expression is a flat row there; precedence is applied by `build`.
//! - `print` is the way back: [`Display`](std::fmt::Display) of a tree is openCypher that parses to the same tree.
//!
//! Trees are at most [`HEIGHT_LIMIT`] expressions high, so that recursion over one is bounded.

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
///
/// # Errors
///
/// A [`SyntaxError`] when the text is no statement; its [`detail`](SyntaxError::detail) is the openCypher TCK's.
///
/// # Examples
///
/// ```
/// use tupu::syntax::parse;
///
/// let statement = parse("MATCH （企：Enterprise） RETURN 企.name AS 企业；")?;
/// assert_eq!(statement.to_string(), "MATCH (企:Enterprise) RETURN 企.name AS 企业");
///
/// let error = parse("MACTH (n) RETURN n").expect_err("the keyword is misspelt");
/// assert_eq!(error.to_string(), "unexpected `MACTH`, expected a clause");
/// assert_eq!(error.help().as_deref(), Some("did you mean `MATCH`?"));
/// # Ok::<(), tupu::syntax::SyntaxError>(())
/// ```
///
/// # Complexity
///
/// Linear in the length of the text for all but parentheses that look like nodes, `({key: …})`, which are looked at
/// once for each level of them; there are at most [`NESTING_LIMIT`].
pub fn parse(text: &str) -> Result<Statement, SyntaxError> {
    let lexemes = scan::scan(text);
    let depth = limit::nesting(text, &lexemes)?;
    let ascii = ascii::ascii(text, &lexemes);
    stacker::maybe_grow(stack_size(depth), stack_size(depth), || {
        let parsed = Grammar::parse(Rule::statement, &ascii);
        let pairs = parsed.map_err(|error| expectation::explain(&error, text, &lexemes))?;
        build::Builder::new(text, &lexemes).statement(pairs)
    })
}

/// The stack that parsing takes for a depth of brackets, with room to spare; measured without optimization.
fn stack_size(depth: usize) -> usize {
    const BASE: usize = 512 * 1024;
    const PER_LEVEL: usize = 64 * 1024;
    BASE + depth * PER_LEVEL
}

#[cfg(test)]
mod tests;
