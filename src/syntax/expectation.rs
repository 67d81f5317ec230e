//! Owns the words for what the grammar found and expected.

use pest::error::{Error, InputLocation};

use super::error::{SyntaxError, SyntaxErrorKind};
use super::grammar::Rule;
use super::scan::Lexeme;
use crate::source::Span;

/// The error that the grammar's failure means.
pub(super) fn explain(error: &Error<Rule>, text: &str, lexemes: &[Lexeme]) -> SyntaxError {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let lexeme = lexemes.iter().find(|lexeme| lexeme.span.end as usize > at);
    let span = lexeme.map_or(Span::new(text.len(), text.len()), |lexeme| lexeme.span);
    let found = text[span.range()].to_owned();
    SyntaxError::new(
        SyntaxErrorKind::UnexpectedSyntax {
            found,
            expected: Vec::new(),
            hint: None,
        },
        span,
    )
}
