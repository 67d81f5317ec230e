//! Owns the limits on nesting, which keep every text away from the end of the stack.
//!
//! Takes a text's words before the grammar sees them; gives how deep its brackets nest, or the error that refuses it.

use super::error::{SyntaxError, SyntaxErrorKind};
use super::scan::{Lexeme, LexemeKind};

/// How deep brackets and `CASE` may nest.
pub const NESTING_LIMIT: usize = 200;

/// How high the tree of an expression may be: `1 + 1 + 1` has a height of 3, and so has `NOT NOT a`.
pub const HEIGHT_LIMIT: usize = 1_000;

/// How deep the brackets of a text nest.
pub(super) fn nesting(text: &str, lexemes: &[Lexeme]) -> Result<usize, SyntaxError> {
    let mut open: Vec<&str> = Vec::new();
    let mut deepest = 0;
    let mut before = "";
    for lexeme in lexemes {
        let word = match lexeme.kind {
            LexemeKind::Symbol(symbol) => symbol,
            LexemeKind::Word => &text[lexeme.span.range()],
            _ => "",
        };
        let is_keyword = lexeme.kind == LexemeKind::Word && !matches!(before, "." | ":");
        if matches!(word, "(" | "[" | "{") || is_keyword && word.eq_ignore_ascii_case("CASE") {
            open.push(word);
            deepest = deepest.max(open.len());
            if deepest > NESTING_LIMIT {
                let kind = SyntaxErrorKind::NestingTooDeep {
                    limit: NESTING_LIMIT,
                };
                return Err(SyntaxError::new(kind, lexeme.span));
            }
        } else if matches!(word, ")" | "]" | "}") {
            close(&mut open);
        } else if is_keyword && word.eq_ignore_ascii_case("END") {
            open.pop_if(|opener| opener.eq_ignore_ascii_case("CASE"));
        }
        before = word;
    }
    Ok(deepest)
}

/// A bracket also closes each `CASE` that was opened within it and has no `END`: those were names.
fn close(open: &mut Vec<&str>) {
    while let Some(opener) = open.pop() {
        if !opener.eq_ignore_ascii_case("CASE") {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::scan::scan;
    use super::*;

    fn depth(text: &str) -> Option<usize> {
        nesting(text, &scan(text)).ok()
    }

    #[test]
    fn brackets_and_cases_nest_but_chains_do_not() {
        assert_eq!(depth("RETURN [(1), {a: [2]}]"), Some(3));
        assert_eq!(
            depth("RETURN CASE WHEN CASE WHEN a THEN b END THEN c END"),
            Some(2)
        );
        assert_eq!(depth("RETURN n.case, (case), ':('"), Some(2));
        assert_eq!(depth(&"(".repeat(NESTING_LIMIT)), Some(NESTING_LIMIT));
        assert_eq!(depth(&"(".repeat(NESTING_LIMIT + 1)), None);
        assert_eq!(depth(&"()".repeat(NESTING_LIMIT * 2)), Some(1));
    }
}
