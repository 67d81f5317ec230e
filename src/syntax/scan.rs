//! Owns the lexical pass over a text: its words with their places, before any grammar.
//!
//! Takes any text, also a broken one; gives every word and comment with its place. Splitting a script, highlighting,
//! the limits on nesting, the reading of full-width punctuation and the words in messages all rest on it.

use pest::unicode::{CONNECTOR_PUNCTUATION, WHITE_SPACE, XID_CONTINUE, XID_START};

use crate::source::Span;

/// A word of the text with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lexeme {
    /// What it is.
    pub(super) kind: LexemeKind,
    /// Where it stands.
    pub(super) span: Span,
}

/// The kinds of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LexemeKind {
    /// A keyword or a name.
    Word,
    /// `` `a name` ``
    QuotedName,
    /// `'text'`
    String,
    /// `12`, `1.5`
    Number,
    /// `$name`
    Parameter,
    /// `// …`, `/* … */`
    Comment,
    /// Punctuation, as ASCII writes it.
    Symbol(&'static str),
    /// A character that openCypher does not know here.
    Unknown(char),
    /// A quote that is never closed.
    UnclosedString(char),
    /// A backquote that is never closed.
    UnclosedName,
    /// `/*` without `*/`
    UnclosedComment,
}

/// Cuts the whole text into words.
pub(super) fn scan(text: &str) -> Vec<Lexeme> {
    let mut scanner = Scanner { text, at: 0 };
    let mut lexemes = Vec::with_capacity(text.len() / 3 + 1);
    while let Some(lexeme) = scanner.next_lexeme() {
        lexemes.push(lexeme);
    }
    lexemes
}

/// The ASCII character that a full-width or Chinese one stands for, or the character itself.
pub(super) fn fold(c: char) -> char {
    match c {
        '【' | '〔' | '〖' => '[',
        '】' | '〕' | '〗' => ']',
        '＂' | '＇' | '｀' => c,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Whether a character separates words: the Unicode blanks and what editors and copied text leave invisibly behind.
pub(super) fn is_blank(c: char) -> bool {
    match c {
        ' ' | '\n' | '\r' | '\t' => true,
        '\u{1c}'..='\u{1f}' | '\u{180e}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => true,
        c if c.is_ascii_graphic() => false,
        _ => WHITE_SPACE(c),
    }
}

/// The quote that closes a string which begins with this one.
fn closing_quote(open: char) -> Option<char> {
    match open {
        '\'' | '"' | '＂' | '＇' => Some(open),
        '“' | '”' => Some('”'),
        '‘' | '’' => Some('’'),
        _ => None,
    }
}

fn starts_name(c: char) -> bool {
    c.is_ascii_alphabetic() || XID_START(c) || CONNECTOR_PUNCTUATION(c)
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl Scanner<'_> {
    fn next_lexeme(&mut self) -> Option<Lexeme> {
        self.skip_while(is_blank);
        let start = self.at;
        let first = self.bump()?;
        let kind = self.kind(first, start);
        Some(Lexeme {
            kind,
            span: Span::new(start, self.at),
        })
    }

    fn kind(&mut self, first: char, start: usize) -> LexemeKind {
        if let Some(close) = closing_quote(first) {
            return self.string(first, close);
        }
        match (fold(first), self.peek().map(fold)) {
            ('`', _) => self.quoted_name(),
            ('$', Some(next)) if next == '`' || next.is_ascii_digit() || starts_name(next) => {
                self.parameter(next)
            }
            ('/', Some('/')) if self.text[start..].starts_with("//") => self.line_comment(),
            ('/', Some('*')) if self.text[start..].starts_with("/*") => self.block_comment(),
            (c, _) if c.is_ascii_digit() => self.number(c),
            ('.', Some(next)) if next.is_ascii_digit() => {
                self.bump();
                self.digits();
                LexemeKind::Number
            }
            _ if starts_name(first) => {
                self.skip_while(XID_CONTINUE);
                LexemeKind::Word
            }
            (c, next) => self.symbol(first, c, next),
        }
    }

    fn string(&mut self, open: char, close: char) -> LexemeKind {
        while let Some(c) = self.bump() {
            if c == '\\' {
                self.bump();
            } else if c == close {
                return LexemeKind::String;
            }
        }
        LexemeKind::UnclosedString(open)
    }

    fn quoted_name(&mut self) -> LexemeKind {
        while let Some(c) = self.bump() {
            if c == '`' && self.peek() == Some('`') {
                self.bump();
            } else if c == '`' {
                return LexemeKind::QuotedName;
            }
        }
        LexemeKind::UnclosedName
    }

    fn parameter(&mut self, next: char) -> LexemeKind {
        self.bump();
        match next {
            '`' => match self.quoted_name() {
                LexemeKind::QuotedName => LexemeKind::Parameter,
                unclosed => unclosed,
            },
            c if c.is_ascii_digit() => {
                self.skip_while(|c| fold(c).is_ascii_digit());
                LexemeKind::Parameter
            }
            _ => {
                self.skip_while(XID_CONTINUE);
                LexemeKind::Parameter
            }
        }
    }

    fn line_comment(&mut self) -> LexemeKind {
        self.skip_while(|c| c != '\n' && c != '\r');
        LexemeKind::Comment
    }

    fn block_comment(&mut self) -> LexemeKind {
        self.bump();
        if let Some(length) = self.text[self.at..].find("*/") {
            self.at += length + 2;
            return LexemeKind::Comment;
        }
        self.at = self.text.len();
        LexemeKind::UnclosedComment
    }

    fn number(&mut self, first: char) -> LexemeKind {
        if first == '0' && self.peek().map(fold).is_some_and(|c| c == 'x' || c == 'X') {
            self.skip_while(XID_CONTINUE);
            return LexemeKind::Number;
        }
        self.digits();
        let mut ahead = self.text[self.at..].chars().map(fold);
        if ahead.next() == Some('.') && ahead.next().is_some_and(|c| c.is_ascii_digit()) {
            self.bump();
            self.digits();
        }
        LexemeKind::Number
    }

    /// Digits with the letters that stick to them; a sign only after `e`.
    fn digits(&mut self) {
        while let Some(c) = self.peek().filter(|c| XID_CONTINUE(*c)) {
            self.bump();
            let mut ahead = self.text[self.at..].chars().map(fold);
            let has_sign = matches!(fold(c), 'e' | 'E') && matches!(ahead.next(), Some('-' | '+'));
            if has_sign && ahead.next().is_some_and(|c| c.is_ascii_digit()) {
                self.bump();
            }
        }
    }

    fn symbol(&mut self, first: char, c: char, next: Option<char>) -> LexemeKind {
        const SINGLES: &str = "()[]{},;:.+-*/%^=<>|&!$";
        const PAIRS: [(char, char, &str); 6] = [
            ('<', '=', "<="),
            ('<', '>', "<>"),
            ('>', '=', ">="),
            ('=', '~', "=~"),
            ('+', '=', "+="),
            ('.', '.', ".."),
        ];
        if matches!(first, '…' | '‥') {
            self.skip_while(|c| c == first);
            return LexemeKind::Symbol("..");
        }
        if let Some((.., symbol)) = PAIRS.iter().find(|(a, b, _)| *a == c && Some(*b) == next) {
            self.bump();
            return LexemeKind::Symbol(symbol);
        }
        match SINGLES.find(c) {
            Some(at) => LexemeKind::Symbol(&SINGLES[at..=at]),
            None => LexemeKind::Unknown(first),
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn skip_while(&mut self, is_part: impl Fn(char) -> bool) {
        let rest = &self.text[self.at..];
        self.at += rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expected: &Expect) {
        let words: Vec<_> = scan(text)
            .iter()
            .map(|l| format!("{:?} {}", l.kind, &text[l.span.range()]))
            .collect();
        expected.assert_eq(&words.join("\n"));
    }

    #[test]
    fn full_width_words_are_read_as_ascii() {
        check(
            "（企：Ｅ）－[*１…３]－＞ ＜＝ １．５e－３，“a\\”b” ＄名",
            &expect![[r#"
                Symbol("(") （
                Word 企
                Symbol(":") ：
                Word Ｅ
                Symbol(")") ）
                Symbol("-") －
                Symbol("[") [
                Symbol("*") *
                Number １
                Symbol("..") …
                Number ３
                Symbol("]") ]
                Symbol("-") －
                Symbol(">") ＞
                Symbol("<=") ＜＝
                Number １．５e－３
                Symbol(",") ，
                String “a\”b”
                Parameter ＄名"#]],
        );
    }

    #[test]
    fn what_is_never_closed_is_said_so() {
        check("'a", &expect![[r#"UnclosedString('\'') 'a"#]]);
        check("`a``", &expect!["UnclosedName `a``"]);
        check(
            "1 /* a",
            &expect![[r"
            Number 1
            UnclosedComment /* a"]],
        );
    }

    #[test]
    fn numbers_end_before_two_dots() {
        check(
            "[1..2, 0x1F-3, 1a, .5, 2.x]",
            &expect![[r#"
            Symbol("[") [
            Number 1
            Symbol("..") ..
            Number 2
            Symbol(",") ,
            Number 0x1F
            Symbol("-") -
            Number 3
            Symbol(",") ,
            Number 1a
            Symbol(",") ,
            Number .5
            Symbol(",") ,
            Number 2
            Symbol(".") .
            Word x
            Symbol("]") ]"#]],
        );
    }
}
