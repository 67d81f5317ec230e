//! Owns the classes of words, for highlighting and completion.
//!
//! Takes any text, also an unfinished one; gives every word and comment with its place and what it seems to be.

use super::scan::{Lexeme, LexemeKind, scan};
use crate::source::Span;

/// The keywords of the language.
pub const KEYWORDS: [&str; 62] = [
    "ALL",
    "AND",
    "AS",
    "ASC",
    "ASCENDING",
    "BEGIN",
    "BY",
    "CALL",
    "CASE",
    "COLLECT",
    "COMMIT",
    "CONTAINS",
    "COUNT",
    "CREATE",
    "DELETE",
    "DESC",
    "DESCENDING",
    "DETACH",
    "DISTINCT",
    "ELSE",
    "END",
    "ENDS",
    "EXISTS",
    "EXPLAIN",
    "FALSE",
    "FINISH",
    "IN",
    "IS",
    "LIMIT",
    "MATCH",
    "MERGE",
    "NOT",
    "NULL",
    "OFFSET",
    "ON",
    "OPTIONAL",
    "OR",
    "ORDER",
    "PROFILE",
    "REMOVE",
    "RETURN",
    "ROLLBACK",
    "SET",
    "SKIP",
    "STARTS",
    "THEN",
    "TRANSACTION",
    "TRUE",
    "UNION",
    "UNWIND",
    "WHEN",
    "WHERE",
    "WITH",
    "XOR",
    "YIELD",
    "ANY",
    "NONE",
    "SINGLE",
    "REDUCE",
    "SHORTESTPATH",
    "ALLSHORTESTPATHS",
    "NAN",
];

/// The keywords that are called like functions.
const CALLED: [&str; 9] = [
    "ALL",
    "ANY",
    "NONE",
    "SINGLE",
    "COUNT",
    "COLLECT",
    "EXISTS",
    "REDUCE",
    "SHORTESTPATH",
];

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it seems to be.
    pub kind: TokenKind,
    /// Where it stands.
    pub span: Span,
}

/// What a word seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// `MATCH`
    Keyword,
    /// `n`
    Variable,
    /// `count` before a parenthesis, also with its namespace
    Function,
    /// A label or type after a colon
    Label,
    /// A property's key after a dot, or before a colon in braces
    Key,
    /// `'text'`, closed or not
    String,
    /// `12`
    Number,
    /// `$name`
    Parameter,
    /// `// …`, `/* … */`
    Comment,
    /// Operators, brackets and separators
    Punctuation,
    /// A character that belongs to nothing
    Unknown,
}

/// The words of a text, in order.
///
/// # Examples
///
/// ```
/// use tupu::syntax::{TokenKind, tokens};
///
/// let kinds: Vec<_> = tokens("MATCH (n:District").iter().map(|token| token.kind).collect();
/// assert_eq!(kinds[0], TokenKind::Keyword);
/// assert_eq!(kinds[2], TokenKind::Variable);
/// assert_eq!(kinds[4], TokenKind::Label);
/// ```
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let lexemes = scan(text);
    let mut tokens = Vec::with_capacity(lexemes.len());
    let mut context = Context {
        text,
        brackets: Vec::new(),
        before: Vec::new(),
        in_labels: false,
    };
    for (index, lexeme) in lexemes.iter().enumerate() {
        let kind = context.classify(lexeme, &lexemes[index + 1..]);
        context.advance(lexeme, kind);
        tokens.push(Token {
            kind,
            span: lexeme.span,
        });
    }
    tokens
}

/// What was read before a word.
struct Context<'a> {
    text: &'a str,
    /// The open brackets, each with the word before it.
    brackets: Vec<(&'static str, &'a str)>,
    /// The words before, without comments.
    before: Vec<&'a str>,
    /// Whether the words since the last colon make labels.
    in_labels: bool,
}

impl<'a> Context<'a> {
    fn classify(&self, lexeme: &Lexeme, after: &[Lexeme]) -> TokenKind {
        match lexeme.kind {
            LexemeKind::Word | LexemeKind::QuotedName | LexemeKind::UnclosedName => {
                self.name(lexeme, after)
            }
            LexemeKind::String | LexemeKind::UnclosedString(_) => TokenKind::String,
            LexemeKind::Number => TokenKind::Number,
            LexemeKind::Parameter => TokenKind::Parameter,
            LexemeKind::Comment | LexemeKind::UnclosedComment => TokenKind::Comment,
            LexemeKind::Symbol(_) => TokenKind::Punctuation,
            LexemeKind::Unknown(_) => TokenKind::Unknown,
        }
    }

    fn name(&self, lexeme: &Lexeme, after: &[Lexeme]) -> TokenKind {
        let is_keyword = lexeme.kind == LexemeKind::Word && is_in(&KEYWORDS, self.word(lexeme));
        let is_called = lexeme.kind == LexemeKind::Word && self.is_called(after);
        match self.word_before(0) {
            "." if is_called => TokenKind::Function,
            "." => TokenKind::Key,
            ":" | "|" | "&" | "!" | "(" if self.in_labels => TokenKind::Label,
            "{" | "," if self.is_before_colon(after) => TokenKind::Key,
            before if before.eq_ignore_ascii_case("AS") => TokenKind::Variable,
            _ if is_called && (!is_keyword || is_in(&CALLED, self.word(lexeme))) => {
                TokenKind::Function
            }
            _ if is_keyword => TokenKind::Keyword,
            _ => TokenKind::Variable,
        }
    }

    /// Whether a name, or the dotted name that it begins, stands before a parenthesis.
    fn is_called(&self, after: &[Lexeme]) -> bool {
        let mut rest = after;
        while let [dot, name, following @ ..] = rest
            && dot.kind == LexemeKind::Symbol(".")
            && name.kind == LexemeKind::Word
        {
            rest = following;
        }
        let is_procedure = self.word_before(0).eq_ignore_ascii_case("CALL");
        is_procedure
            || rest
                .first()
                .is_some_and(|next| next.kind == LexemeKind::Symbol("("))
    }

    fn is_before_colon(&self, after: &[Lexeme]) -> bool {
        let is_colon = after
            .first()
            .is_some_and(|next| next.kind == LexemeKind::Symbol(":"));
        is_colon
            && self
                .brackets
                .last()
                .is_some_and(|(bracket, _)| *bracket == "{")
    }

    fn advance(&mut self, lexeme: &Lexeme, kind: TokenKind) {
        if let LexemeKind::Symbol(symbol) = lexeme.kind {
            self.in_labels = match symbol {
                ":" => !self.is_entry_colon(),
                "&" | "!" | "(" | ")" | "%" => self.in_labels,
                "|" => self.in_labels && self.is_in_pattern(),
                _ => false,
            };
            match symbol {
                "(" | "[" | "{" => self.brackets.push((symbol, self.word_before(0))),
                ")" | "]" | "}" => {
                    self.brackets.pop();
                }
                _ => {}
            }
        } else if kind != TokenKind::Label && kind != TokenKind::Comment {
            self.in_labels = false;
        }
        if kind != TokenKind::Comment {
            self.before.push(self.word(lexeme));
        }
    }

    /// Whether a colon stands between a map's key and its value.
    fn is_entry_colon(&self) -> bool {
        let is_in_braces = self
            .brackets
            .last()
            .is_some_and(|(bracket, _)| *bracket == "{");
        is_in_braces && matches!(self.word_before(1), "{" | ",")
    }

    /// Whether a bar separates labels here and does not begin a list's projection.
    fn is_in_pattern(&self) -> bool {
        self.brackets
            .last()
            .is_none_or(|(bracket, before)| *bracket != "[" || *before == "-")
    }

    fn word_before(&self, distance: usize) -> &'a str {
        self.before
            .iter()
            .rev()
            .nth(distance)
            .copied()
            .unwrap_or_default()
    }

    fn word(&self, lexeme: &Lexeme) -> &'a str {
        match lexeme.kind {
            LexemeKind::Symbol(symbol) => symbol,
            _ => &self.text[lexeme.span.range()],
        }
    }
}

fn is_in(words: &[&str], word: &str) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expected: &Expect) {
        let words = tokens(text)
            .into_iter()
            .filter(|token| token.kind != TokenKind::Punctuation);
        let words: Vec<_> = words
            .map(|token| format!("{:?} {}", token.kind, &text[token.span.range()]))
            .collect();
        expected.assert_eq(&words.join("\n"));
    }

    #[test]
    fn names_are_told_apart_by_their_neighbours() {
        check(
            "MATCH （企：Enterprise｜!Park {name: $名})-[r:A|B]->() // c\nRETURN count(企.name) AS order, {k: 企}",
            &expect![[r#"
                Keyword MATCH
                Variable 企
                Label Enterprise
                Label Park
                Key name
                Parameter $名
                Variable r
                Label A
                Label B
                Comment // c
                Keyword RETURN
                Function count
                Variable 企
                Key name
                Keyword AS
                Variable order
                Key k
                Variable 企"#]],
        );
    }

    #[test]
    fn dotted_names_before_parentheses_are_functions() {
        check(
            "CALL algo.pageRank('x') YIELD node RETURN algo.f(1), n.`k`, exists(n.x), [x IN xs WHERE x:A | x]",
            &expect![[r#"
            Keyword CALL
            Function algo
            Function pageRank
            String 'x'
            Keyword YIELD
            Variable node
            Keyword RETURN
            Function algo
            Function f
            Number 1
            Variable n
            Key `k`
            Function exists
            Variable n
            Key x
            Variable x
            Keyword IN
            Variable xs
            Keyword WHERE
            Variable x
            Label A
            Variable x"#]],
        );
    }

    #[test]
    fn an_unfinished_text_is_classified_too() {
        check(
            "MATCH (n:",
            &expect![[r#"
            Keyword MATCH
            Variable n"#]],
        );
        check(
            "RETURN 'abc",
            &expect![[r#"
            Keyword RETURN
            String 'abc"#]],
        );
        check(
            "RETURN n、m",
            &expect![[r#"
            Keyword RETURN
            Variable n
            Unknown 、
            Variable m"#]],
        );
    }
}
