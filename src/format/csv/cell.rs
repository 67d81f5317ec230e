//! Cells as values.

use std::sync::Arc;

use super::super::ron::FormatError;
use super::columns::Texts;
use super::header::HeaderColumn;
use super::rows::{Field, File};
use crate::value::{Date, DateTime, Duration, LocalDateTime, LocalTime, Time, Value, ValueError};

/// What a property's type in the header means here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `string`, `char`.
    String,
    /// `long`, `int`, `short`, `byte`.
    Integer,
    /// `double`, `float`.
    Float,
    /// `boolean`.
    Boolean,
    /// `date`.
    Date,
    /// `localtime`.
    LocalTime,
    /// `time`.
    Time,
    /// `localdatetime`.
    LocalDateTime,
    /// `datetime`.
    DateTime,
    /// `duration`.
    Duration,
}

impl Kind {
    /// The kind of a type's name; a property without one is a string.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "" | "string" | "char" => Self::String,
            "long" | "int" | "short" | "byte" => Self::Integer,
            "double" | "float" => Self::Float,
            "boolean" => Self::Boolean,
            "date" => Self::Date,
            "localtime" => Self::LocalTime,
            "time" => Self::Time,
            "localdatetime" => Self::LocalDateTime,
            "datetime" => Self::DateTime,
            "duration" => Self::Duration,
            _ => return None,
        })
    }

    fn expected(self) -> &'static str {
        match self {
            Self::String => "a text",
            Self::Integer => "an integer of 64 bits",
            Self::Float => "a number",
            Self::Boolean => "true or false",
            Self::Date => "a date like 2024-01-17",
            Self::LocalTime => "a time of day like 12:30:00",
            Self::Time => "a time of day with its offset like 12:30:00+08:00",
            Self::LocalDateTime => "a date and time like 2024-01-17T12:30:00",
            Self::DateTime => "a date and time with its zone like 2024-01-17T12:30:00+08:00",
            Self::Duration => "a duration like P1Y2M3DT4H",
        }
    }

    fn value(self, text: &str) -> Option<Value> {
        fn of<T: Into<Value>>(parsed: Result<T, ValueError>) -> Option<Value> {
            parsed.ok().map(Into::into)
        }
        let trimmed = text.trim();
        match self {
            Self::String => Some(Value::String(Arc::from(text))),
            Self::Integer => trimmed.parse().ok().map(Value::Integer),
            Self::Float => trimmed.parse().ok().map(Value::Float),
            Self::Boolean if trimmed.eq_ignore_ascii_case("true") => Some(Value::Boolean(true)),
            Self::Boolean if trimmed.eq_ignore_ascii_case("false") => Some(Value::Boolean(false)),
            Self::Boolean => None,
            Self::Date => of(Date::parse(trimmed)),
            Self::LocalTime => of(LocalTime::parse(trimmed)),
            Self::Time => of(Time::parse(trimmed)),
            Self::LocalDateTime => of(LocalDateTime::parse(trimmed)),
            Self::DateTime => of(DateTime::parse(trimmed)),
            Self::Duration => of(Duration::parse(trimmed)),
        }
    }
}

/// The value of a field; null for one that holds nothing.
pub(super) fn value(
    file: File<'_>,
    field: Field,
    column: &HeaderColumn,
    texts: &mut Texts,
) -> Result<Value, FormatError> {
    if file.is_missing(field) {
        return Ok(Value::Null);
    }
    let text = file.meaning(field);
    let kind = column.kind;
    if !column.is_list {
        if kind == Kind::String {
            return Ok(Value::String(texts.shared(&text)));
        }
        return kind
            .value(&text)
            .ok_or_else(|| file.unexpected(field, kind.expected()));
    }
    if text.is_empty() {
        return Ok(Value::List(Arc::from([])));
    }
    let items = text.split(';').map(|item| kind.value(item));
    let list: Option<Vec<Value>> = items.collect();
    let list = list.ok_or_else(|| {
        file.unexpected(
            field,
            format!(
                "a list with `;` between its items, each {}",
                kind.expected()
            ),
        )
    })?;
    Ok(Value::List(list.into()))
}
