//! The variables that a query's text so far has introduced.

use indexmap::IndexSet;

use super::super::lexeme::{Kind, Lexeme, lexemes};

/// The keywords that begin a clause, and so end the items of a `WITH` before it.
const CLAUSES: &[&str] = &[
    "MATCH", "OPTIONAL", "WHERE", "RETURN", "WITH", "ORDER", "SKIP", "OFFSET", "LIMIT", "UNWIND",
    "UNION", "CALL", "CREATE", "MERGE", "SET", "REMOVE", "DELETE", "DETACH",
];

/// The variables in scope at the end of a text, in the order in which they were introduced.
///
/// A guess that suits unfinished text: what stands first in a node or relationship, after `AS`, before `IN`, or before
/// `=` and a pattern. After `WITH` only what it hands on remains.
pub(super) fn variables(text: &str) -> IndexSet<String> {
    let lexemes = lexemes(text);
    let mut scope = IndexSet::new();
    let mut projection: Option<Projection> = None;
    for (index, lexeme) in lexemes.iter().enumerate() {
        if lexeme.symbol() == ";" || lexeme.is_word("UNION") {
            scope.clear();
            projection = None;
            continue;
        }
        let depth_change = match lexeme.symbol() {
            "(" | "[" | "{" => 1,
            ")" | "]" | "}" => -1,
            _ => 0,
        };
        if let Some(items) = &mut projection {
            items.depth += depth_change;
            if items.depth == 0 && CLAUSES.iter().any(|word| lexeme.is_word(word)) {
                if !items.keeps_all {
                    scope.clear();
                }
                scope.append(&mut items.names);
                projection = None;
            } else {
                items.add(&lexemes, index);
            }
        }
        if projection.is_none() && lexeme.is_word("WITH") && !is_operator(&lexemes, index) {
            projection = Some(Projection::default());
        }
        if projection.is_none() && introduces(&lexemes, index) {
            scope.insert(lexeme.name());
        }
    }
    scope
}

/// The items of a `WITH` that is being read.
#[derive(Default)]
struct Projection {
    names: IndexSet<String>,
    keeps_all: bool,
    depth: i32,
}

impl Projection {
    fn add(&mut self, lexemes: &[Lexeme<'_>], index: usize) {
        let lexeme = lexemes[index];
        let before = &lexemes[index - 1];
        let starts_item =
            before.is_word("WITH") || before.is_word("DISTINCT") || before.symbol() == ",";
        if self.depth != 0 {
            return;
        }
        if lexeme.symbol() == "*" && starts_item {
            self.keeps_all = true;
        }
        let ends_item = lexemes.get(index + 1).is_none_or(|next| {
            next.symbol() == "," || CLAUSES.iter().any(|word| next.is_word(word))
        });
        if lexeme.kind == Kind::Word && (before.is_word("AS") || starts_item && ends_item) {
            self.names.insert(lexeme.name());
        }
    }
}

/// `STARTS WITH` and `ENDS WITH` are no clauses.
fn is_operator(lexemes: &[Lexeme<'_>], index: usize) -> bool {
    index > 0 && (lexemes[index - 1].is_word("STARTS") || lexemes[index - 1].is_word("ENDS"))
}

/// Whether the word at an index is a variable that is introduced there.
fn introduces(lexemes: &[Lexeme<'_>], index: usize) -> bool {
    let lexeme = lexemes[index];
    let Some(before) = index.checked_sub(1).map(|index| lexemes[index]) else {
        return false;
    };
    if lexeme.kind != Kind::Word {
        return false;
    }
    let next = |offset: usize| lexemes.get(index + offset).map_or("", Lexeme::symbol);
    match before.symbol() {
        // A function's argument is no variable's introduction, but a variable all the same.
        "(" => matches!(next(1), ":" | ")" | "{" | ""),
        "[" => matches!(next(1), ":" | "]" | "{" | "*" | "") || lexemes[index + 1].is_word("IN"),
        _ if next(1) == "=" && matches!(next(2), "(") => true,
        _ if before.is_word("AS") => true,
        _ => {
            lexemes
                .get(index + 1)
                .is_some_and(|next| next.is_word("IN"))
                && before.symbol() == "("
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_come_from_patterns_and_projections() {
        for (text, expected) in [
            (
                "MATCH (企:Enterprise)-[r:LOCATED_IN]->(区 {name: '坪山区'}) RETURN ",
                "企 r 区",
            ),
            ("MATCH p = (a)-->(b) WHERE ", "p a b"),
            (
                "UNWIND [1, 2] AS x WITH x, x * 2 AS double RETURN ",
                "x double",
            ),
            ("MATCH (a)-->(b) WITH a.name AS name WHERE ", "name"),
            ("MATCH (a)-->(b) WITH *, 1 AS one MATCH ", "a b one"),
            ("MATCH (a) WHERE a.name STARTS WITH 'x' RETURN ", "a"),
            ("MATCH (a) RETURN a; MATCH (b) RETURN ", "b"),
            ("MATCH (`企 业`:A) RETURN ", "企 业"),
        ] {
            let found: Vec<_> = variables(text).into_iter().collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
    }
}
