//! Owns the cutting of a script into statements.
//!
//! Takes a text with any number of statements; gives the place of each, and whether the last one is finished.

use super::scan::{Lexeme, LexemeKind, scan};
use crate::source::Span;

/// One statement of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementText {
    /// Its place, from its first to its last word, without its `;`.
    pub span: Span,
    /// Whether a `;` ends it.
    pub is_terminated: bool,
}

/// The statements of a script, in order; what holds only blanks and comments is none.
///
/// `;` and `；` end a statement outside strings, comments and quoted names.
///
/// # Examples
///
/// ```
/// let script = "MATCH (n) RETURN n.`a;b`； // done\n RETURN ';'";
/// let statements = tupu::syntax::statements(script);
/// assert_eq!(&script[statements[0].span.range()], "MATCH (n) RETURN n.`a;b`");
/// assert_eq!(&script[statements[1].span.range()], "RETURN ';'");
/// assert!(statements[0].is_terminated && !statements[1].is_terminated);
/// ```
#[must_use]
pub fn statements(script: &str) -> Vec<StatementText> {
    let lexemes = scan(script);
    let parts = lexemes.split_inclusive(is_terminator);
    parts.filter_map(statement).collect()
}

/// Whether nothing is missing at the end of a text: its last statement has its `;`, or there is none.
///
/// # Examples
///
/// ```
/// use tupu::syntax::is_complete;
///
/// assert!(is_complete("RETURN 1;"));
/// assert!(is_complete(" // nothing"));
/// assert!(!is_complete("MATCH (n)"));
/// assert!(!is_complete("RETURN ';"));
/// assert!(!is_complete("RETURN 1; /*"));
/// ```
#[must_use]
pub fn is_complete(text: &str) -> bool {
    let lexemes = scan(text);
    let last = lexemes
        .iter()
        .rfind(|lexeme| lexeme.kind != LexemeKind::Comment);
    last.is_none_or(is_terminator)
}

fn statement(part: &[Lexeme]) -> Option<StatementText> {
    let is_word = |lexeme: &&Lexeme| lexeme.kind != LexemeKind::Comment && !is_terminator(lexeme);
    let first = part.iter().find(is_word)?;
    let last = part.iter().rfind(is_word)?;
    Some(StatementText {
        span: first.span.to(last.span),
        is_terminated: part.last().is_some_and(is_terminator),
    })
}

fn is_terminator(lexeme: &Lexeme) -> bool {
    lexeme.kind == LexemeKind::Symbol(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(script: &str, expected: &[&str]) {
        let found: Vec<_> = statements(script)
            .iter()
            .map(|statement| &script[statement.span.range()])
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn empty_statements_are_left_out() {
        check("", &[]);
        check(" ; ;\n// a;\n/* ; */", &[]);
        check(
            "// first\nRETURN 1 // one\n;;RETURN 2",
            &["RETURN 1", "RETURN 2"],
        );
    }

    #[test]
    fn a_semicolon_within_text_ends_nothing() {
        check(
            "RETURN “；”, ';', \"\\\";\", `;`； RETURN 2",
            &["RETURN “；”, ';', \"\\\";\", `;`", "RETURN 2"],
        );
    }

    #[test]
    fn an_open_string_takes_the_rest() {
        check(
            "RETURN 1; RETURN 'a; RETURN 2",
            &["RETURN 1", "RETURN 'a; RETURN 2"],
        );
    }
}
