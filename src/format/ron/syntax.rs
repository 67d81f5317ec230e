//! Text → the shape of a file, and ron's errors → ours, with their place.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use ron::error::{Error, Position, SpannedError};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::VERSION;
use super::error::{FormatError, FormatErrorKind, Place};
use super::file::{GraphFile, Text};
use super::raw::{Raw, Shape, token_length};
use crate::source::{Span, nearest_name};

/// Reads one file as far as serde can tell what is right.
pub(super) fn read<'a>(name: &str, text: &'a str) -> Result<GraphFile<'a, Text<'a>>, FormatError> {
    let file: Result<GraphFile<'a, Text<'a>>, _> = ron::from_str(text);
    // A file of another version is not measured by this version's rules.
    let version = file
        .as_ref()
        .map_or_else(|_| version(text), |file| Some(file.version));
    if let Some(version) = version {
        check_version(name, text, version)?;
    }
    file.map_err(|error| explain(name, text, error))
}

fn check_version(name: &str, text: &str, version: Raw<'_>) -> Result<(), FormatError> {
    let found = match version.shape() {
        Shape::Number(number) if number.parse() == Ok(VERSION) => return Ok(()),
        _ => &text[version.span(text).range()],
    };
    let help = match found.parse::<u64>() {
        Ok(number) if number > u64::from(VERSION) => {
            "a later release wrote this file: open it with that release"
        }
        _ => "the first field of a file is `version: 1`",
    };
    let kind = FormatErrorKind::UnknownVersion {
        found: found.to_owned(),
        expected: VERSION,
    };
    Err(
        FormatError::new(kind, Place::new(name, text, version.span(text)))
            .help(Some(help.to_owned())),
    )
}

/// The version that a file names, also of one that is not right otherwise.
fn version(text: &str) -> Option<Raw<'_>> {
    let found = Cell::new(None);
    let mut deserializer = ron::Deserializer::from_str(text).ok()?;
    // What comes after the version is of no interest here, so neither is whether it is right.
    let _ = VersionSeed(&found).deserialize(&mut deserializer);
    found.get()
}

struct VersionSeed<'c, 'a>(&'c Cell<Option<Raw<'a>>>);

impl<'a> DeserializeSeed<'a> for VersionSeed<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_struct("Graph", &[], self)
    }
}

impl<'a> Visitor<'a> for VersionSeed<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a graph")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(field) = map.next_key_seed(FieldName)? {
            if field == "version" {
                self.0.set(Some(map.next_value()?));
                return Ok(());
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

struct FieldName;

impl<'a> DeserializeSeed<'a> for FieldName {
    type Value = &'a str;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<&'a str, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'a> Visitor<'a> for FieldName {
    type Value = &'a str;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field's name")
    }

    fn visit_borrowed_str<E>(self, name: &'a str) -> Result<&'a str, E> {
        Ok(name)
    }
}

/// Where an id or key stands in the text that a file was read from.
pub(super) fn find(text: &str, file: &GraphFile<'_, Text<'_>>, wanted: &Text<'_>) -> Span {
    if let Cow::Borrowed(part) = wanted.0 {
        let start = part.as_ptr().addr() - text.as_ptr().addr();
        return Span::new(start - 1, start + part.len() + 1);
    }
    // With escapes it is no part of the text: the file is read once more, for places instead of contents.
    let index = file.texts().position(|other| std::ptr::eq(other, wanted));
    let places: Option<GraphFile<'_, Raw<'_>>> = ron::from_str(text).ok();
    let place = index
        .zip(places)
        .and_then(|(index, places)| places.texts().nth(index).copied());
    place.map_or_else(Span::default, |place| place.span(text))
}

/// Says in our words what ron found wrong.
fn explain(name: &str, text: &str, error: SpannedError) -> FormatError {
    let before = offset(text, error.span.start);
    let at = offset(text, error.span.end);
    // ron has already read past what it calls by name; of everything else it stands in front.
    let span = match &error.code {
        Error::NoSuchStructField { .. }
        | Error::DuplicateStructField { .. }
        | Error::ExpectedDifferentStructName { .. }
        | Error::ExpectedStringEnd
        | Error::InvalidEscape(_) => {
            Span::new(before, at.max(before + token_length(&text[before..])))
        }
        _ => token(text, at),
    };
    let help = help(text, span, &error.code);
    FormatError::new(kind(text, span, error.code), Place::new(name, text, span)).help(help)
}

fn kind(text: &str, span: Span, error: Error) -> FormatErrorKind {
    let entry = |outer: Option<String>| outer.unwrap_or_else(|| "the entry".to_owned());
    match error {
        Error::NoSuchStructField {
            expected,
            found,
            outer,
        } => FormatErrorKind::UnknownField {
            entry: entry(outer),
            field: found,
            expected: expected
                .iter()
                .map(|field| format!("`{field}`"))
                .collect::<Vec<_>>()
                .join(", "),
        },
        Error::MissingStructField { field, outer } => FormatErrorKind::MissingField {
            entry: entry(outer),
            field: field.to_owned(),
        },
        Error::DuplicateStructField { field, .. } => FormatErrorKind::GivenTwice {
            name: field.to_owned(),
        },
        Error::ExceededRecursionLimit => FormatErrorKind::TooDeep,
        error => FormatErrorKind::Unexpected {
            found: describe(text, span),
            expected: expected(&error),
        },
    }
}

fn expected(error: &Error) -> String {
    match error {
        Error::ExpectedNamedStructLike(name)
        | Error::ExpectedDifferentStructName { expected: name, .. } => {
            return format!("`{name}(`");
        }
        Error::ExpectedArray => "a list in brackets",
        Error::ExpectedArrayEnd => "`]`",
        Error::ExpectedComma => "`,`",
        Error::ExpectedMap => "a map in braces",
        Error::ExpectedMapColon => "`:`",
        Error::ExpectedMapEnd => "`}`",
        Error::ExpectedStructLike => "`(`",
        Error::ExpectedStructLikeEnd => "`)`",
        Error::ExpectedString => "text in double quotes",
        Error::ExpectedStringEnd => "a text that ends with a double quote",
        Error::ExpectedIdentifier => "a field's name",
        Error::InvalidEscape(_) => r#"an escape: `\"`, `\\`, `\n`, `\r`, `\t` or `\u{…}`"#,
        Error::UnexpectedChar(_) | Error::Eof => "a value",
        Error::UnclosedBlockComment => "a comment that ends with `*/`",
        Error::TrailingCharacters => "the end of the file",
        Error::ExpectedInteger
        | Error::ExpectedFloat
        | Error::IntegerOutOfBounds
        | Error::UnderscoreAtBeginning => "a number",
        _ => return format!("what RON allows here ({error})"),
    }
    .to_owned()
}

fn help(text: &str, span: Span, error: &Error) -> Option<String> {
    match error {
        Error::NoSuchStructField {
            expected, found, ..
        } => nearest_name(expected.iter().copied(), found)
            .map(|field| format!("did you mean `{field}`?")),
        Error::MissingStructField {
            field: "version", ..
        } => Some(format!("write `version: {VERSION},` as the first field")),
        Error::SuggestRawIdentifier(name) => {
            Some(format!("a name like this is written as text: \"{name}\""))
        }
        _ => half_width(text[span.range()].chars().next()?).map(|(full, half)| {
            format!("`{full}` is full width; RON takes the half-width `{half}`")
        }),
    }
}

/// The punctuation of a Chinese input method and what it stands for in RON.
fn half_width(full: char) -> Option<(char, char)> {
    let half = match full {
        '，' | '、' => ',',
        '：' => ':',
        '（' => '(',
        '）' => ')',
        '［' | '【' => '[',
        '］' | '】' => ']',
        '｛' => '{',
        '｝' => '}',
        '“' | '”' | '＂' | '「' | '」' => '"',
        _ => return None,
    };
    Some((full, half))
}

/// What stands at a span, in words.
pub(super) fn describe(text: &str, span: Span) -> String {
    const LONGEST: usize = 40;
    let found = &text[span.range()];
    if found.is_empty() {
        return "the end of the file".to_owned();
    }
    let line = found.lines().next().unwrap_or_default();
    if line.len() == found.len() && line.chars().count() <= LONGEST {
        return format!("`{found}`");
    }
    format!("`{}…`", line.chars().take(LONGEST).collect::<String>())
}

fn token(text: &str, at: usize) -> Span {
    Span::new(at, at + token_length(&text[at..]))
}

/// The byte offset of ron's position, which counts lines and characters from 1.
fn offset(text: &str, position: Position) -> usize {
    let line: usize = text
        .split_inclusive('\n')
        .take(position.line - 1)
        .map(str::len)
        .sum();
    let column: usize = text[line..]
        .chars()
        .take(position.col - 1)
        .map(char::len_utf8)
        .sum();
    line + column
}
