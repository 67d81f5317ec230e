//! Property values: from the text in a file, and to it.

use std::fmt::Write as _;

use serde::Deserialize;

use super::file::{Properties, Text};
use super::raw::{Mismatch, Raw, Shape};
use crate::value::{
    Date, DateTime, Duration, LocalDateTime, LocalTime, Map, Time, Value, ValueError,
};

/// The value that stands in a file.
pub(super) fn read_value(raw: Raw<'_>) -> Result<Value, Mismatch<'_>> {
    match raw.shape() {
        Shape::Name("None") => Err(raw.mismatch("a value; a property that is null is left out")),
        _ => read_item(raw),
    }
}

/// As [`read_value`], but lists and maps may hold nulls.
fn read_item(raw: Raw<'_>) -> Result<Value, Mismatch<'_>> {
    match raw.shape() {
        Shape::String => Ok(Value::String(raw.string()?.into())),
        Shape::Number(text) => read_number(raw, text),
        Shape::Name("true") => Ok(Value::Boolean(true)),
        Shape::Name("false") => Ok(Value::Boolean(false)),
        Shape::Name("None") => Ok(Value::Null),
        Shape::List => read_list(raw),
        Shape::Map => read_map(raw),
        Shape::Call => read_temporal(raw),
        Shape::Name(_) => Err(raw.mismatch("a value; text stands in double quotes")),
        Shape::Other => {
            Err(raw.mismatch("a number, text in double quotes, a list, a map or a temporal value"))
        }
    }
}

fn read_number<'a>(raw: Raw<'a>, text: &str) -> Result<Value, Mismatch<'a>> {
    let digits = text.trim_start_matches(['+', '-']);
    let is_other_base =
        digits.starts_with("0x") || digits.starts_with("0b") || digits.starts_with("0o");
    if !is_other_base && digits.contains(['.', 'e', 'E', 'f', 'N']) {
        return raw
            .parse("a number that a 64-bit float holds")
            .map(Value::Float);
    }
    match text.parse() {
        Ok(number) => Ok(Value::Integer(number)),
        Err(_) => raw.parse("an integer of 64 bits").map(Value::Integer),
    }
}

fn read_list(raw: Raw<'_>) -> Result<Value, Mismatch<'_>> {
    let items: Vec<Raw<'_>> = raw.parse("a list in brackets")?;
    items
        .into_iter()
        .map(read_item)
        .collect::<Result<Vec<_>, _>>()
        .map(Value::list)
}

fn read_map(raw: Raw<'_>) -> Result<Value, Mismatch<'_>> {
    let Properties::<Text<'_>>(entries) = raw.parse("a map with text as keys")?;
    let mut map = Map::with_capacity(entries.len());
    for (key, value) in entries {
        if map.insert((*key).into(), read_item(value)?).is_some() {
            return Err(raw.mismatch("a map that has each key once"));
        }
    }
    Ok(map.into())
}

/// A temporal value and the text that it is written as.
#[derive(Deserialize)]
enum Temporal<'a> {
    #[serde(borrow)]
    Date(Raw<'a>),
    Time(Raw<'a>),
    LocalTime(Raw<'a>),
    DateTime(Raw<'a>),
    LocalDateTime(Raw<'a>),
    Duration(Raw<'a>),
}

fn read_temporal(raw: Raw<'_>) -> Result<Value, Mismatch<'_>> {
    const EXPECTED: &str = "a value: `Date(…)`, `Time(…)`, `LocalTime(…)`, `DateTime(…)`, `LocalDateTime(…)` or `Duration(…)`, with text";
    let temporal: Temporal<'_> = raw.parse(EXPECTED)?;
    let (Temporal::Date(text)
    | Temporal::Time(text)
    | Temporal::LocalTime(text)
    | Temporal::DateTime(text)
    | Temporal::LocalDateTime(text)
    | Temporal::Duration(text)) = temporal;
    let string = text.string()?;
    parse_temporal(&temporal, &string).map_err(|_| {
        text.mismatch(match temporal {
            Temporal::Date(_) => "a date like `2024-02-20`",
            Temporal::Time(_) => "a time with an offset like `12:30:00+08:00`",
            Temporal::LocalTime(_) => "a time like `12:30:00`",
            Temporal::DateTime(_) => {
                "a date and time with an offset or zone like `2024-02-20T12:30:00+08:00`"
            }
            Temporal::LocalDateTime(_) => "a date and time like `2024-02-20T12:30:00`",
            Temporal::Duration(_) => "a duration like `P1Y2M3DT4H5M6S`",
        })
    })
}

fn parse_temporal(temporal: &Temporal<'_>, text: &str) -> Result<Value, ValueError> {
    Ok(match temporal {
        Temporal::Date(_) => Value::Date(Date::parse(text)?),
        Temporal::Time(_) => Value::Time(Time::parse(text)?),
        Temporal::LocalTime(_) => Value::LocalTime(LocalTime::parse(text)?),
        Temporal::DateTime(_) => Value::DateTime(DateTime::parse(text)?.into()),
        Temporal::LocalDateTime(_) => Value::LocalDateTime(LocalDateTime::parse(text)?),
        Temporal::Duration(_) => Value::Duration(Duration::parse(text)?.into()),
    })
}

/// Writes a value as it stands in a graph file.
///
/// Nodes, relationships and paths, which no property holds, are written as `None`, like null.
pub fn write_value(text: &mut String, value: &Value) {
    match value {
        Value::Null | Value::Node(_) | Value::Relationship(_) | Value::Path(_) => {
            text.push_str("None");
        }
        Value::Boolean(value) => push(text, format_args!("{value}")),
        Value::Integer(value) => push(text, format_args!("{value}")),
        // Rust's own notation is the shortest that reads back as the same number; RON reads it.
        Value::Float(value) => push(text, format_args!("{value:?}")),
        Value::String(value) => write_string(text, value),
        Value::List(items) => {
            write_separated(text, ('[', ']'), items.iter(), write_value);
        }
        Value::Map(map) => write_separated(text, ('{', '}'), map.iter(), |text, (key, value)| {
            write_string(text, key);
            text.push_str(": ");
            write_value(text, value);
        }),
        Value::Date(value) => push(text, format_args!("Date(\"{value}\")")),
        Value::Time(value) => push(text, format_args!("Time(\"{value}\")")),
        Value::LocalTime(value) => push(text, format_args!("LocalTime(\"{value}\")")),
        Value::DateTime(value) => push(text, format_args!("DateTime(\"{value}\")")),
        Value::LocalDateTime(value) => push(text, format_args!("LocalDateTime(\"{value}\")")),
        Value::Duration(value) => push(text, format_args!("Duration(\"{value}\")")),
    }
}

/// Writes items between brackets, with commas between them.
pub(super) fn write_separated<T>(
    text: &mut String,
    (open, close): (char, char),
    items: impl Iterator<Item = T>,
    mut write: impl FnMut(&mut String, T),
) {
    text.push(open);
    for (index, item) in items.enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        write(text, item);
    }
    text.push(close);
}

/// Writes text in double quotes; what can't be seen is escaped.
pub(super) fn write_string(text: &mut String, string: &str) {
    text.push('"');
    for c in string.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            c if is_invisible(c) => push(text, format_args!("\\u{{{:x}}}", u32::from(c))),
            c => text.push(c),
        }
    }
    text.push('"');
}

/// Control characters and those that change the direction of what follows or leave no mark.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn push(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    text.write_fmt(arguments).expect("writing to a string");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Value, &'static str> {
        read_value(Raw::new(text)).map_err(|mismatch| mismatch.expected)
    }

    #[test]
    fn values_read_back_as_written() {
        let written = [
            "true",
            "-9223372036854775808",
            "1.0",
            "-0.0",
            "1e300",
            "inf",
            "-inf",
            "NaN",
            r#""坪山 \"区\" \\ \n\t\u{0}\u{202e}""#,
            r#"[1, "a", [2.5], None]"#,
            r#"{"a": 1, "乙": {}}"#,
            r#"Date("2024-02-20")"#,
            r#"LocalTime("12:30")"#,
            r#"Time("12:30+08:00")"#,
            r#"LocalDateTime("2024-02-20T12:30")"#,
            r#"DateTime("2024-02-20T12:30+08:00")"#,
            r#"Duration("P1Y2M3DT4H5M6S")"#,
        ];
        for text in written {
            let value = read(text).expect(text);
            let mut again = String::new();
            write_value(&mut again, &value);
            assert_eq!(again, text);
        }
    }

    #[test]
    fn numbers_are_read_in_all_of_rons_notations() {
        let numbers = [
            ("+7", Value::Integer(7)),
            ("1_000", Value::Integer(1000)),
            ("0xff", Value::Integer(255)),
            ("-0x1e", Value::Integer(-30)),
            ("7i64", Value::Integer(7)),
            (".5", Value::Float(0.5)),
            ("1E3", Value::Float(1000.0)),
            ("-inf", Value::Float(f64::NEG_INFINITY)),
        ];
        for (text, value) in numbers {
            assert_eq!(read(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn what_no_property_holds_is_refused() {
        let refused = [
            "None",
            "Some(1)",
            "()",
            "'a'",
            "b\"a\"",
            "(1, 2)",
            "District",
            "9223372036854775808",
            "Date(2024)",
            "Date(\"2024-02-30\")",
            "date(\"2024-02-20\")",
            "{\"a\": 1, \"a\": 2}",
            "{1: 2}",
            "1..2",
        ];
        for text in refused {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
