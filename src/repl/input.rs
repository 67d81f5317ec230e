//! Splits what was typed or pasted at the prompt into commands and statements, and tells when it is complete.

use super::commands;
use crate::source::Span;
use crate::syntax;

/// A part of what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// A command's line, without the colon.
    Command(&'a str),
    /// One or more statements; the span says where they stand in the whole.
    Statements(Span),
}

/// The parts of an input: a line that starts with a colon is a command wherever no statement is open before it.
#[must_use]
pub(super) fn parts(input: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    // Statements are gathered from here on.
    let mut start = 0;
    let mut at = 0;
    for line in input.split_inclusive('\n') {
        let pending = &input[start..at];
        match commands::recognise(line) {
            Some(command) if is_finished(pending) => {
                push_statements(&mut parts, input, start, at);
                parts.push(Part::Command(command.trim()));
                start = at + line.len();
            }
            _ => {}
        }
        at += line.len();
    }
    push_statements(&mut parts, input, start, at);
    parts
}

/// Whether Enter runs the input, rather than starting a new line of it.
#[must_use]
pub(super) fn is_complete(input: &str) -> bool {
    match parts(input).last() {
        Some(Part::Statements(span)) => is_finished(&input[span.range()]),
        Some(Part::Command(_)) | None => true,
    }
}

/// Where the last part of an input starts, which is the one being typed.
#[must_use]
pub(super) fn last_part(input: &str) -> usize {
    match parts(input).last() {
        Some(Part::Statements(span)) => span.range().start,
        Some(Part::Command(_)) => {
            let line = input
                .trim_end_matches('\n')
                .rfind('\n')
                .map_or(0, |at| at + 1);
            if input.ends_with('\n') {
                input.len()
            } else {
                line
            }
        }
        None => 0,
    }
}

fn push_statements(parts: &mut Vec<Part<'_>>, input: &str, start: usize, end: usize) {
    if !input[start..end].trim().is_empty() {
        parts.push(Part::Statements(Span::new(start, end)));
    }
}

fn is_finished(statements: &str) -> bool {
    statements.trim().is_empty() || syntax::is_complete(statements)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_need_no_semicolon_and_statements_do() {
        for (input, expected) in [
            ("", true),
            (":help", true),
            ("：help", true),
            ("RETURN 1", false),
            ("RETURN 1;", true),
            ("RETURN 1；", true),
            ("RETURN ';", false),
            ("RETURN 1; // done", true),
            ("RETURN 1;\n:help", true),
            ("RETURN 1\n:help", false),
            (":param x 1\nRETURN $x", false),
        ] {
            assert_eq!(is_complete(input), expected, "{input}");
        }
    }

    #[test]
    fn a_pasted_text_may_mix_both() {
        let input = ":param x 1\nRETURN\n$x;\n:quit";
        assert_eq!(
            parts(input),
            [
                Part::Command("param x 1"),
                Part::Statements(Span::new(11, 22)),
                Part::Command("quit")
            ]
        );
    }
}
