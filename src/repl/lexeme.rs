//! The words of a text as completion looks at them: punctuation as ASCII writes it.

use crate::syntax::{self, TokenKind};

/// A word with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lexeme<'a> {
    /// What it is.
    pub(super) kind: Kind,
    /// As it was written.
    pub(super) text: &'a str,
    /// Its first byte.
    pub(super) start: usize,
    /// The byte after its last.
    pub(super) end: usize,
}

/// The kinds of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword or name, also in backquotes.
    Word,
    /// A string that is closed.
    String,
    /// A string that is not, with the quote that opened it.
    OpenString(char),
    /// A number.
    Number,
    /// `$name`
    Parameter,
    /// A comment.
    Comment,
    /// Anything else.
    Symbol,
}

impl Kind {
    /// Whether more of the word may follow at the end of a text.
    pub(super) fn is_begun(self) -> bool {
        matches!(
            self,
            Self::Word | Self::OpenString(_) | Self::Number | Self::Parameter | Self::Comment
        )
    }
}

impl Lexeme<'_> {
    /// The punctuation as ASCII writes it; empty for anything else.
    pub(super) fn symbol(&self) -> &'static str {
        if self.kind == Kind::Symbol {
            ascii(self.text)
        } else {
            ""
        }
    }

    /// Whether this is the word, whatever the case.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(word)
    }

    /// The name without its backquotes.
    pub(super) fn name(&self) -> String {
        let inner = self
            .text
            .strip_prefix('`')
            .and_then(|text| text.strip_suffix('`'));
        inner.map_or_else(|| self.text.to_owned(), |inner| inner.replace("``", "`"))
    }
}

/// The words of a text, closed comments left out.
pub(super) fn lexemes(text: &str) -> Vec<Lexeme<'_>> {
    let end = text.len();
    syntax::tokens(text)
        .into_iter()
        .filter_map(|token| {
            let word = &text[token.span.range()];
            let kind = match token.kind {
                TokenKind::Keyword
                | TokenKind::Variable
                | TokenKind::Function
                | TokenKind::Label
                | TokenKind::Key => Kind::Word,
                TokenKind::String => string(word),
                TokenKind::Number => Kind::Number,
                TokenKind::Parameter => Kind::Parameter,
                TokenKind::Comment => Kind::Comment,
                TokenKind::Punctuation | TokenKind::Unknown => Kind::Symbol,
            };
            let lexeme = Lexeme {
                kind,
                text: word,
                start: token.span.range().start,
                end: token.span.range().end,
            };
            (kind != Kind::Comment || lexeme.end == end).then_some(lexeme)
        })
        .collect()
}

/// Whether a string is closed: its last character closes what its first opened.
fn string(text: &str) -> Kind {
    let mut chars = text.chars();
    let Some(quote) = chars.next() else {
        return Kind::Symbol;
    };
    let close = match quote {
        '“' | '”' => '”',
        '‘' | '’' => '’',
        other => other,
    };
    let mut is_escaped = false;
    for c in chars {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == close => return Kind::String,
            _ => {}
        }
    }
    Kind::OpenString(quote)
}

fn ascii(text: &str) -> &'static str {
    match text {
        "(" | "（" => "(",
        ")" | "）" => ")",
        "[" | "［" | "【" | "〔" | "〖" => "[",
        "]" | "］" | "】" | "〕" | "〗" => "]",
        "{" | "｛" => "{",
        "}" | "｝" => "}",
        ":" | "：" => ":",
        ";" | "；" => ";",
        "," | "，" => ",",
        "." | "．" => ".",
        "|" | "｜" => "|",
        "&" | "＆" => "&",
        "!" | "！" => "!",
        "=" | "＝" => "=",
        "*" | "＊" => "*",
        "$" | "＄" => "$",
        "-" | "－" | "\u{ad}" | "‐" | "‑" | "‒" | "–" | "—" | "―" | "−" | "﹘" | "﹣" => {
            "-"
        }
        _ => "",
    }
}
