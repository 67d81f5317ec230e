//! One value as it stands in the file: its text, of which the place follows, not yet turned into anything.

use std::borrow::Cow;

use ron::value::RawValue;
use serde::{Deserialize, Deserializer};

use crate::source::Span;

/// A value's text inside the file's text, from its first character on; empty for a field that is not given.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Raw<'a>(&'a str);

/// What a value is, by its first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape<'a> {
    /// `"…"` or `r"…"`.
    String,
    /// `[…]`
    List,
    /// `{…}`
    Map,
    /// Digits, signs, `inf` and `NaN`, suffixes included.
    Number(&'a str),
    /// A name that no parenthesis follows: `District`, `true`, `None`.
    Name(&'a str),
    /// A name with something in parentheses: `Date("2024-02-20")`.
    Call,
    /// What no value of a graph looks like: a tuple, a character, bytes.
    Other,
}

/// A value that is not what it should be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mismatch<'a> {
    /// The value.
    pub at: Raw<'a>,
    /// What was expected, in words.
    pub expected: &'static str,
}

impl<'de: 'a, 'a> Deserialize<'de> for Raw<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw: &'a RawValue = Deserialize::deserialize(deserializer)?;
        Ok(Self(skip_blanks(raw.get_ron())))
    }
}

impl<'a> Raw<'a> {
    #[cfg(test)]
    pub(super) fn new(text: &'a str) -> Self {
        Self(skip_blanks(text))
    }

    /// Whether the field was given.
    pub(super) fn is_given(self) -> bool {
        !self.0.is_empty()
    }

    /// Where the value stands in the text that it is a part of.
    pub(super) fn span(self, text: &str) -> Span {
        let start = self.0.as_ptr().addr() - text.as_ptr().addr();
        Span::new(start, start + token_length(self.0))
    }

    /// The fault of being something else than what was expected.
    pub(super) fn mismatch(self, expected: &'static str) -> Mismatch<'a> {
        Mismatch { at: self, expected }
    }

    /// What the value looks like.
    pub(super) fn shape(self) -> Shape<'a> {
        let text = self.0;
        let bytes = text.as_bytes();
        match bytes.first() {
            Some(b'"') => Shape::String,
            Some(b'r') if is_raw_string(text) => Shape::String,
            Some(b'b') if matches!(bytes.get(1), Some(b'"' | b'\'')) || text.starts_with("br#") => {
                Shape::Other
            }
            Some(b'[') => Shape::List,
            Some(b'{') => Shape::Map,
            Some(b'0'..=b'9' | b'+' | b'-' | b'.') => Shape::Number(&text[..token_length(text)]),
            None | Some(b'(' | b'\'') => Shape::Other,
            Some(_) => name_shape(text),
        }
    }

    /// The text of a string.
    pub(super) fn string(self) -> Result<Cow<'a, str>, Mismatch<'a>> {
        if let Some(rest) = self.0.strip_prefix('"')
            && let Some(end) = rest.find(['"', '\\'])
            && rest.as_bytes()[end] == b'"'
        {
            return Ok(Cow::Borrowed(&rest[..end]));
        }
        self.parse("text in double quotes").map(Cow::Owned)
    }

    /// A label or type: a bare name or, for what is no name in RON, a string.
    pub(super) fn name(self) -> Result<Cow<'a, str>, Mismatch<'a>> {
        match self.shape() {
            Shape::Name(name) => Ok(Cow::Borrowed(name.strip_prefix("r#").unwrap_or(name))),
            Shape::String => self.string(),
            Shape::Number(text @ ("inf" | "NaN")) => Ok(Cow::Borrowed(text)),
            _ => Err(self.mismatch("a name, or text in double quotes")),
        }
    }

    /// The value as ron deserializes it.
    pub(super) fn parse<T: Deserialize<'a>>(
        self,
        expected: &'static str,
    ) -> Result<T, Mismatch<'a>> {
        ron::from_str(self.0).map_err(|_| self.mismatch(expected))
    }
}

fn is_raw_string(text: &str) -> bool {
    let rest = &text[1..];
    rest.starts_with('"')
        || (rest.starts_with('#') && rest.trim_start_matches('#').starts_with('"'))
}

fn name_shape(text: &str) -> Shape<'_> {
    let name = &text[..token_length(text)];
    match name {
        "inf" | "inff32" | "inff64" | "NaN" | "NaNf32" | "NaNf64" => Shape::Number(name),
        _ if skip_blanks(&text[name.len()..]).starts_with('(') => Shape::Call,
        _ => Shape::Name(name),
    }
}

/// How long the first token is: a whole string, a whole word, or one bracket.
pub(super) fn token_length(text: &str) -> usize {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '+' | '-' | '.' | '#');
    if let Some(rest) = text.strip_prefix('"') {
        let mut is_escaped = false;
        let end = rest.find(|c| {
            let is_end = c == '"' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            is_end
        });
        return end.map_or(1, |end| end + 2);
    }
    match text.find(|c| !is_word(c)) {
        None => text.len(),
        Some(0) => text.chars().next().map_or(0, char::len_utf8),
        Some(end) => end,
    }
}

/// The text without the blanks and comments that it begins with.
pub(super) fn skip_blanks(mut text: &str) -> &str {
    loop {
        text = text.trim_start_matches(is_blank);
        text = if let Some(comment) = text.strip_prefix("//") {
            comment.find('\n').map_or("", |end| &comment[end..])
        } else if let Some(comment) = text.strip_prefix("/*") {
            skip_block_comment(comment)
        } else {
            return text;
        };
    }
}

/// Block comments nest in RON.
fn skip_block_comment(mut text: &str) -> &str {
    let mut depth = 1;
    while depth > 0 {
        let Some(at) = text.find(['*', '/']) else {
            return "";
        };
        text = &text[at..];
        let (change, length) = match text.as_bytes() {
            [b'*', b'/', ..] => (-1, 2),
            [b'/', b'*', ..] => (1, 2),
            _ => (0, 1),
        };
        depth += change;
        text = &text[length..];
    }
    text
}

/// What RON counts as a blank.
fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t'
            | '\n'
            | '\r'
            | '\x0B'
            | '\x0C'
            | '\u{85}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{2028}'
            | '\u{2029}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_told_by_the_first_character() {
        let shapes = [
            ("\"a\" // b", Shape::String),
            ("r#\"a\"#", Shape::String),
            ("[1, 2]", Shape::List),
            ("/* a /* b */ */ {}", Shape::Map),
            ("-1.5e3 /* a */", Shape::Number("-1.5e3")),
            ("inf", Shape::Number("inf")),
            ("企业 // a", Shape::Name("企业")),
            ("r#a.b", Shape::Name("r#a.b")),
            ("Date /* a */ (\"\")", Shape::Call),
            ("'a'", Shape::Other),
            ("b\"a\"", Shape::Other),
            ("()", Shape::Other),
        ];
        for (text, shape) in shapes {
            assert_eq!(Raw::new(text).shape(), shape, "{text}");
        }
    }

    #[test]
    fn a_span_covers_the_token() {
        let text = "[  \"a\\\"b\" ]";
        let items: Vec<Raw<'_>> = Raw::new(text).parse("a list").expect("a list");
        assert_eq!(items[0].span(text), Span::new(3, 9));
        assert_eq!(items[0].string().expect("a string"), "a\"b");
    }
}
