//! What may stand at the end of a query's text, judged by the words before it.

use super::super::lexeme::{Kind, Lexeme, lexemes};

/// What may stand at the cursor, and where the text that it continues starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Context {
    /// What may stand there.
    pub(super) expected: Expected,
    /// The byte where the begun word starts; the end of the text where none is begun.
    pub(super) start: usize,
}

/// What may stand at a place in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// Nothing that is known: a comment, a number, a new name.
    Nothing,
    /// The inside of a string: an entity's name, perhaps.
    Text {
        /// The quote that opened it.
        quote: char,
    },
    /// `(n:`
    Label,
    /// `[r:`
    RelationshipType,
    /// `n.` and `{`
    Key,
    /// `$`
    Parameter,
    /// `CALL`
    Procedure,
    /// A clause, an operator, a function, a variable.
    Expression,
}

/// What may stand at the end of a text.
pub(super) fn of(text: &str) -> Context {
    let lexemes = lexemes(text);
    let here = text.len();
    let (begun, before) = match lexemes.split_last() {
        Some((last, before)) if last.end == here && last.kind.is_begun() => (Some(last), before),
        _ => (None, lexemes.as_slice()),
    };
    if let Some(start) = procedure_start(&lexemes, here) {
        return Context {
            expected: Expected::Procedure,
            start,
        };
    }
    let start = begun.map_or(here, |lexeme| lexeme.start);
    match begun.map(|lexeme| lexeme.kind) {
        Some(Kind::OpenString(quote)) => Context {
            expected: Expected::Text { quote },
            start: start + quote.len_utf8(),
        },
        Some(Kind::Parameter) => {
            let dollar = text[start..].chars().next().map_or(0, char::len_utf8);
            Context {
                expected: Expected::Parameter,
                start: start + dollar,
            }
        }
        Some(Kind::Comment | Kind::Number) => Context {
            expected: Expected::Nothing,
            start,
        },
        _ => Context {
            expected: after(before),
            start,
        },
    }
}

/// Where a procedure's dotted name starts, if the text ends in one or right before it.
fn procedure_start(lexemes: &[Lexeme<'_>], end: usize) -> Option<usize> {
    let is_part = |lexeme: &Lexeme<'_>| {
        lexeme.symbol() == "." || lexeme.kind == Kind::Word && !lexeme.is_word("CALL")
    };
    let name = lexemes
        .iter()
        .rev()
        .take_while(|lexeme| is_part(lexeme))
        .count();
    let (before, name) = lexemes.split_at(lexemes.len() - name);
    let is_joined = name.windows(2).all(|pair| pair[0].end == pair[1].start)
        && name.last().is_none_or(|last| last.end == end);
    (before.last()?.is_word("CALL") && is_joined)
        .then(|| name.first().map_or(end, |first| first.start))
}

/// What may follow some words.
fn after(before: &[Lexeme<'_>]) -> Expected {
    match before.last().map(Lexeme::symbol) {
        Some(".") => Expected::Key,
        Some("$") => Expected::Parameter,
        Some(":" | "|" | "&" | "!") => names_of_kind(before),
        Some("{" | ",") if is_in_map(before) => Expected::Key,
        _ => Expected::Expression,
    }
}

/// After a colon: labels in a node, types in a relationship, a value in a map.
fn names_of_kind(before: &[Lexeme<'_>]) -> Expected {
    match innermost(before) {
        Some((index, "[")) if is_relationship(&before[..index]) => Expected::RelationshipType,
        Some((index, "{")) if is_properties(&before[..index]) => Expected::Expression,
        Some((_, "[" | "{")) if before.last().is_some_and(|last| last.symbol() != ":") => {
            Expected::Expression
        }
        _ => Expected::Label,
    }
}

fn is_in_map(before: &[Lexeme<'_>]) -> bool {
    innermost(before)
        .is_some_and(|(index, bracket)| bracket == "{" && is_properties(&before[..index]))
}

/// Whether a `{` after these words opens properties, not a subquery.
fn is_properties(before: &[Lexeme<'_>]) -> bool {
    before.last().is_none_or(|last| {
        !["EXISTS", "COUNT", "COLLECT", "CALL"]
            .iter()
            .any(|word| last.text.eq_ignore_ascii_case(word))
    })
}

/// Whether a `[` after these words opens a relationship, not a list.
fn is_relationship(before: &[Lexeme<'_>]) -> bool {
    before.last().is_some_and(|last| last.symbol() == "-")
}

/// The last bracket that is not closed, with its index.
fn innermost<'a>(lexemes: &[Lexeme<'a>]) -> Option<(usize, &'a str)> {
    let mut closed = 0_usize;
    for (index, lexeme) in lexemes.iter().enumerate().rev() {
        match lexeme.symbol() {
            ")" | "]" | "}" => closed += 1,
            "(" | "[" | "{" if closed > 0 => closed -= 1,
            bracket @ ("(" | "[" | "{") => return Some((index, bracket)),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_before_the_cursor_decide() {
        for (text, expected, begun) in [
            ("", Expected::Expression, ""),
            ("MAT", Expected::Expression, "MAT"),
            ("MATCH (n:", Expected::Label, ""),
            ("MATCH (企：Ent", Expected::Label, "Ent"),
            ("MATCH (n:A|", Expected::Label, ""),
            ("MATCH (n)-[:", Expected::RelationshipType, ""),
            (
                "MATCH (n)-[r:LOCATED_IN|FOC",
                Expected::RelationshipType,
                "FOC",
            ),
            ("MATCH (n)－【：", Expected::RelationshipType, ""),
            ("MATCH (n {", Expected::Key, ""),
            ("MATCH (n {name: 1, al", Expected::Key, "al"),
            ("MATCH (n {name: ", Expected::Expression, ""),
            ("MATCH (n {name: '坪", Expected::Text { quote: '\'' }, "坪"),
            ("MATCH (n {name: “坪", Expected::Text { quote: '“' }, "坪"),
            ("RETURN n.", Expected::Key, ""),
            ("RETURN n.na", Expected::Key, "na"),
            ("RETURN $", Expected::Parameter, ""),
            ("RETURN $区", Expected::Parameter, "区"),
            ("RETURN [x IN y | ", Expected::Expression, ""),
            ("RETURN EXISTS { ", Expected::Expression, ""),
            ("WHERE n:Ent", Expected::Label, "Ent"),
            ("RETURN 1 // MAT", Expected::Nothing, "// MAT"),
            ("CALL ", Expected::Procedure, ""),
            ("CALL db.la", Expected::Procedure, "db.la"),
            ("CALL db.labels() YIELD ", Expected::Expression, ""),
            ("RETURN 12", Expected::Nothing, "12"),
        ] {
            let context = of(text);
            assert_eq!(
                (context.expected, &text[context.start..]),
                (expected, begun),
                "{text}"
            );
        }
    }
}
