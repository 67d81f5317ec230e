//! Literals: numbers and the escapes of strings.

use std::sync::Arc;

use super::super::ast::Literal;
use super::super::error::{SyntaxError, SyntaxErrorKind};
use super::Result;
use crate::source::Span;

/// `null`, `true`, `false`, `NaN`, `Infinity`
pub(super) fn constant(text: &str) -> Literal {
    match text.as_bytes()[1].to_ascii_lowercase() {
        b'u' => Literal::Null,
        b'r' => Literal::Boolean(true),
        b'n' => Literal::Float(f64::INFINITY),
        _ if text == "NaN" => Literal::Float(f64::NAN),
        _ => Literal::Boolean(false),
    }
}

/// An integer or a float; `is_negative` when a minus stands before it.
pub(super) fn number(text: &str, is_negative: bool, span: Span) -> Result<Literal> {
    let fail = |kind: fn(String) -> SyntaxErrorKind| {
        Err(SyntaxError::new(kind(written(text, is_negative)), span))
    };
    match parse(text) {
        Number::Integer { digits, radix } => match integer(digits, radix, is_negative) {
            Some(value) => Ok(Literal::Integer(value)),
            None => fail(|literal| SyntaxErrorKind::IntegerOverflow { literal }),
        },
        Number::Float(value) if value.is_infinite() => {
            fail(|literal| SyntaxErrorKind::FloatingPointOverflow { literal })
        }
        Number::Float(value) => Ok(Literal::Float(if is_negative { -value } else { value })),
        Number::Invalid => fail(|literal| SyntaxErrorKind::InvalidNumberLiteral { literal }),
    }
}

enum Number<'a> {
    Integer { digits: &'a str, radix: u32 },
    Float(f64),
    Invalid,
}

fn parse(text: &str) -> Number<'_> {
    let lower = text.get(..2).map(str::to_ascii_lowercase);
    let (digits, radix) = match lower.as_deref() {
        Some("0x") => (&text[2..], 16),
        Some("0o") => (&text[2..], 8),
        _ => (text, 10),
    };
    if !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix)) {
        let has_leading_zero = radix == 10 && digits.len() > 1 && digits.starts_with('0');
        return if has_leading_zero {
            Number::Invalid
        } else {
            Number::Integer { digits, radix }
        };
    }
    let is_float = radix == 10
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'-' | b'+'));
    match text.parse() {
        Ok(value) if is_float => Number::Float(value),
        _ => Number::Invalid,
    }
}

/// The least integer has no positive counterpart, so that the sign must be known here.
fn integer(digits: &str, radix: u32, is_negative: bool) -> Option<i64> {
    let magnitude = u64::from_str_radix(digits, radix).ok()?;
    if is_negative {
        0_i64.checked_sub_unsigned(magnitude)
    } else {
        i64::try_from(magnitude).ok()
    }
}

fn written(text: &str, is_negative: bool) -> String {
    if is_negative {
        format!("-{text}")
    } else {
        text.to_owned()
    }
}

/// The text between the quotes, its escapes resolved.
pub(super) fn string(quoted: &str, span: Span) -> Result<Arc<str>> {
    let quote = quoted.chars().next().map_or(1, char::len_utf8);
    let inner = &quoted[quote..quoted.len() - quote];
    if !inner.contains('\\') {
        return Ok(inner.into());
    }
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        let escape = &rest[at..];
        let place = span.start as usize + quote + (inner.len() - escape.len());
        let (c, length) = unescape(escape).map_err(|fault| {
            let length = escape
                .char_indices()
                .nth(fault.length)
                .map_or(escape.len(), |(length, _)| length);
            SyntaxError::new(
                (fault.kind)(escape[..length].to_owned()),
                Span::new(place, place + length),
            )
        })?;
        text.push(c);
        rest = &escape[length..];
    }
    text.push_str(rest);
    Ok(text.into())
}

/// What is wrong with an escape, and how many of its characters show it.
struct EscapeFault {
    kind: fn(String) -> SyntaxErrorKind,
    length: usize,
}

/// The character that an escape stands for, with the escape's length in bytes.
fn unescape(escape: &str) -> std::result::Result<(char, usize), EscapeFault> {
    let letter = escape.chars().nth(1).unwrap_or('\\');
    let c = match letter {
        'b' | 'B' => '\u{8}',
        'f' | 'F' => '\u{c}',
        'n' | 'N' => '\n',
        'r' | 'R' => '\r',
        't' | 'T' => '\t',
        '\\' | '\'' | '"' | '`' | '“' | '”' | '‘' | '’' | '＂' | '＇' => letter,
        'u' => return unicode(escape, 4),
        'U' => return unicode(escape, 8),
        _ => {
            return Err(EscapeFault {
                kind: |escape| SyntaxErrorKind::InvalidEscape { escape },
                length: 2,
            });
        }
    };
    Ok((c, 1 + letter.len_utf8()))
}

/// `\uXXXX` (two of them for a surrogate pair) or `\UXXXXXXXX`.
fn unicode(escape: &str, digits: usize) -> std::result::Result<(char, usize), EscapeFault> {
    let length = 2 + digits;
    let invalid = || EscapeFault {
        kind: |escape| SyntaxErrorKind::InvalidUnicodeLiteral { escape },
        length,
    };
    let code = hexadecimal(escape.get(2..length)).ok_or_else(invalid)?;
    if let Some(c) = char::from_u32(code) {
        return Ok((c, length));
    }
    let low = escape[length..]
        .strip_prefix("\\u")
        .and_then(|rest| hexadecimal(rest.get(..4)))
        .ok_or_else(invalid)?;
    let pair = [u16::try_from(code).ok(), u16::try_from(low).ok()].map(Option::unwrap_or_default);
    match char::decode_utf16(pair).next() {
        Some(Ok(c)) => Ok((c, 2 * length)),
        _ => Err(invalid()),
    }
}

fn hexadecimal(digits: Option<&str>) -> Option<u32> {
    let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn integer_of(text: &str, is_negative: bool) -> String {
        match number(text, is_negative, Span::default()) {
            Ok(literal) => format!("{literal:?}"),
            Err(error) => error.detail().to_owned(),
        }
    }

    #[test]
    fn integers_reach_both_ends_of_their_range() {
        assert_eq!(
            integer_of("9223372036854775807", false),
            "Integer(9223372036854775807)"
        );
        assert_eq!(
            integer_of("9223372036854775808", true),
            "Integer(-9223372036854775808)"
        );
        assert_eq!(integer_of("9223372036854775808", false), "IntegerOverflow");
        assert_eq!(
            integer_of("0x8000000000000000", true),
            "Integer(-9223372036854775808)"
        );
        assert_eq!(integer_of("0o17", false), "Integer(15)");
    }

    #[test]
    fn numbers_that_are_none_are_refused() {
        for text in [
            "12ab", "0x", "0xfg", "0o8", "1_000", "007", "1e", "1.2.3", "０",
        ] {
            assert_eq!(integer_of(text, false), "InvalidNumberLiteral", "{text}");
        }
        assert_eq!(integer_of("1e999", false), "FloatingPointOverflow");
        assert_eq!(integer_of(".5e-1", true), "Float(-0.05)");
    }

    #[test]
    fn escapes_are_resolved_where_they_stand() {
        let text = |quoted: &str| {
            string(quoted, Span::default()).map_err(|error| (error.detail(), error.span))
        };
        assert_eq!(
            text(r"'a\'\\\n\u4F01\U0001F600\uD83D\uDE00'"),
            Ok("a'\\\n企😀😀".into())
        );
        assert_eq!(text(r"“企\”业”"), Ok("企”业".into()));
        assert_eq!(
            text(r"'ab\uH'"),
            Err(("InvalidUnicodeLiteral", Span::new(3, 6)))
        );
        assert_eq!(
            text(r"'\uD83D'"),
            Err(("InvalidUnicodeLiteral", Span::new(1, 7)))
        );
        assert_eq!(text(r"'\q'"), Err(("InvalidEscape", Span::new(1, 3))));
    }
}
