//! Functions over texts. They count and cut by Unicode characters, never by bytes.

use unicode_normalization::UnicodeNormalization;

use super::{Context, Function, list, refuse};
use crate::value::{Type, Value, ValueError};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "left(text, length)",
        &[Type::STRING, Type::INTEGER],
        Type::STRING,
        |_, arguments| match arguments {
            [Value::String(text), Value::Integer(length)] => {
                let length = from_zero("left", "a length", *length)?;
                Ok(text[..offset(text, length)].into())
            }
            _ => refuse("left", arguments),
        },
        "Gives the first characters of a text.",
    ),
    Function::new(
        "right(text, length)",
        &[Type::STRING, Type::INTEGER],
        Type::STRING,
        |_, arguments| match arguments {
            [Value::String(text), Value::Integer(length)] => {
                let length = from_zero("right", "a length", *length)?;
                let skipped = text.chars().count().saturating_sub(length);
                Ok(text[offset(text, skipped)..].into())
            }
            _ => refuse("right", arguments),
        },
        "Gives the last characters of a text.",
    ),
    Function::new(
        "substring(text, start [, length])",
        &[Type::STRING, Type::INTEGER, Type::INTEGER],
        Type::STRING,
        |_, arguments| match arguments {
            [Value::String(text), Value::Integer(start)] => substring(text, *start, None),
            [Value::String(text), Value::Integer(start), Value::Integer(length)] => {
                substring(text, *start, Some(*length))
            }
            _ => refuse("substring", arguments),
        },
        "Gives the characters from a position, counted from 0, to the end or so many of them.",
    )
    .optional(1),
    Function::new(
        "trim(text)",
        &[Type::STRING],
        Type::STRING,
        |_, arguments| trim("trim", arguments, Ends::Both),
        "Takes blanks off both ends of a text.",
    ),
    Function::new(
        "btrim(text [, characters])",
        &[Type::STRING, Type::STRING],
        Type::STRING,
        |_, arguments| trim("btrim", arguments, Ends::Both),
        "Takes blanks, or any of the characters, off both ends of a text.",
    )
    .optional(1),
    Function::new(
        "lTrim(text [, characters])",
        &[Type::STRING, Type::STRING],
        Type::STRING,
        |_, arguments| trim("lTrim", arguments, Ends::Start),
        "Takes blanks, or any of the characters, off the start of a text.",
    )
    .optional(1),
    Function::new(
        "rTrim(text [, characters])",
        &[Type::STRING, Type::STRING],
        Type::STRING,
        |_, arguments| trim("rTrim", arguments, Ends::End),
        "Takes blanks, or any of the characters, off the end of a text.",
    )
    .optional(1),
    Function::new(
        "replace(text, search, replacement [, limit])",
        &[Type::STRING, Type::STRING, Type::STRING, Type::INTEGER],
        Type::STRING,
        |ctx, arguments| match arguments {
            [Value::String(text), Value::String(search), Value::String(replacement)] => {
                ctx.making.make(replaced(text, search, replacement, usize::MAX))?;
                Ok(text.replace(&**search, replacement).into())
            }
            [Value::String(text), Value::String(search), Value::String(replacement), Value::Integer(limit)] => {
                let limit = from_zero("replace", "a limit", *limit)?;
                ctx.making.make(replaced(text, search, replacement, limit))?;
                Ok(text.replacen(&**search, replacement, limit).into())
            }
            _ => refuse("replace", arguments),
        },
        "Puts the replacement wherever the searched text stands, or at most so many times.",
    )
    .optional(1),
    Function::new(
        "split(text, delimiter)",
        &[Type::STRING, Type::STRING.union(Type::LIST)],
        Type::LIST,
        |ctx, arguments| match arguments {
            [Value::String(text), Value::String(delimiter)] => split(ctx, text, &[delimiter]),
            [Value::String(text), Value::List(delimiters)] => {
                let texts: Option<Vec<&str>> = delimiters.iter().map(Value::as_str).collect();
                match texts {
                    Some(texts) => split(ctx, text, &texts),
                    None => Err(ValueError::unsupported("split", "a LIST of STRING", &arguments[1])),
                }
            }
            _ => refuse("split", arguments),
        },
        "Cuts a text at each delimiter (one, or a list of them); an empty delimiter cuts between all characters.",
    ),
    Function::new(
        "toUpper(text)",
        &[Type::STRING],
        Type::STRING,
        |_, arguments| convert("toUpper", arguments, str::to_uppercase),
        "Writes a text in capital letters.",
    ),
    Function::new(
        "upper(text)",
        &[Type::STRING],
        Type::STRING,
        |_, arguments| convert("upper", arguments, str::to_uppercase),
        "Writes a text in capital letters, as toUpper.",
    ),
    Function::new(
        "toLower(text)",
        &[Type::STRING],
        Type::STRING,
        |_, arguments| convert("toLower", arguments, str::to_lowercase),
        "Writes a text in small letters.",
    ),
    Function::new(
        "lower(text)",
        &[Type::STRING],
        Type::STRING,
        |_, arguments| convert("lower", arguments, str::to_lowercase),
        "Writes a text in small letters, as toLower.",
    ),
    Function::new(
        "char_length(text)",
        &[Type::STRING],
        Type::INTEGER,
        |_, arguments| match arguments {
            [Value::String(text)] => Ok(list::count(text.chars().count())),
            _ => refuse("char_length", arguments),
        },
        "Counts the characters of a text.",
    ),
    Function::new(
        "character_length(text)",
        &[Type::STRING],
        Type::INTEGER,
        |_, arguments| match arguments {
            [Value::String(text)] => Ok(list::count(text.chars().count())),
            _ => refuse("character_length", arguments),
        },
        "Counts the characters of a text.",
    ),
    Function::new(
        "normalize(text [, form])",
        &[Type::STRING, Type::STRING],
        Type::STRING,
        |_, arguments| match arguments {
            [Value::String(text)] => normalize(text, "NFC"),
            [Value::String(text), Value::String(form)] => normalize(text, form),
            _ => refuse("normalize", arguments),
        },
        "Gives the Unicode normal form NFC of a text, or 'NFD', 'NFKC' (full-width letters become plain), 'NFKD'.",
    )
    .optional(1),
];

/// The byte where the character at a position starts; the end for one past the last.
fn offset(text: &str, position: usize) -> usize {
    text.char_indices()
        .nth(position)
        .map_or(text.len(), |(offset, _)| offset)
}

fn from_zero(operation: &str, what: &str, number: i64) -> Result<usize, ValueError> {
    if number < 0 {
        return Err(ValueError::NumberOutOfRange {
            operation: operation.to_owned(),
            expected: format!("{what} from 0"),
            found: number.to_string(),
        });
    }
    Ok(usize::try_from(number).unwrap_or(usize::MAX))
}

fn substring(text: &str, start: i64, length: Option<i64>) -> Result<Value, ValueError> {
    let start = from_zero("substring", "a start", start)?;
    let rest = &text[offset(text, start)..];
    match length {
        None => Ok(rest.into()),
        Some(length) => {
            let length = from_zero("substring", "a length", length)?;
            Ok(rest[..offset(rest, length)].into())
        }
    }
}

fn convert(
    name: &str,
    arguments: &[Value],
    convert: fn(&str) -> String,
) -> Result<Value, ValueError> {
    match arguments {
        [Value::String(text)] => Ok(convert(text).into()),
        _ => refuse(name, arguments),
    }
}

#[derive(Clone, Copy)]
enum Ends {
    Start,
    End,
    Both,
}

/// Takes blanks, or the characters of the second argument, off the ends of the first.
fn trim(name: &str, arguments: &[Value], ends: Ends) -> Result<Value, ValueError> {
    let (text, characters) = match arguments {
        [Value::String(text)] => (text, None),
        [Value::String(text), Value::String(characters)] => (text, Some(characters)),
        _ => return refuse(name, arguments),
    };
    let is_taken = |character: char| match characters {
        Some(characters) => characters.contains(character),
        None => character.is_whitespace(),
    };
    let trimmed = match ends {
        Ends::Start => text.trim_start_matches(is_taken),
        Ends::End => text.trim_end_matches(is_taken),
        Ends::Both => text.trim_matches(is_taken),
    };
    Ok(trimmed.into())
}

/// The bytes of a text with some of its parts replaced.
fn replaced(text: &str, search: &str, replacement: &str, limit: usize) -> usize {
    if replacement.len() <= search.len() {
        return text.len();
    }
    let count = text.matches(search).count().min(limit);
    let more = count.saturating_mul(replacement.len() - search.len());
    text.len().saturating_add(more)
}

/// Cuts at the delimiter that comes first; the first in the list where several stand at one place.
fn split(ctx: &Context<'_>, text: &str, delimiters: &[&str]) -> Result<Value, ValueError> {
    const PART: usize = 2 * size_of::<Value>();
    let cuts = delimiters
        .iter()
        .map(|delimiter| text.matches(delimiter).count());
    let parts = cuts.fold(1, usize::saturating_add);
    ctx.making
        .make(text.len().saturating_add(parts.saturating_mul(PART)))?;
    if delimiters.contains(&"") {
        return Ok(text
            .chars()
            .map(|character| Value::from(character.to_string()))
            .collect());
    }
    let mut parts = Vec::new();
    let mut rest = text;
    let first = |rest: &str| {
        let places = delimiters
            .iter()
            .filter_map(|delimiter| Some((rest.find(delimiter)?, delimiter.len())));
        places.min_by_key(|(at, _)| *at)
    };
    while let Some((at, len)) = first(rest) {
        parts.push(Value::from(&rest[..at]));
        rest = &rest[at + len..];
    }
    parts.push(rest.into());
    Ok(parts.into())
}

fn normalize(text: &str, form: &str) -> Result<Value, ValueError> {
    let normal: String = match form.to_ascii_uppercase().as_str() {
        "NFC" => text.nfc().collect(),
        "NFD" => text.nfd().collect(),
        "NFKC" => text.nfkc().collect(),
        "NFKD" => text.nfkd().collect(),
        _ => {
            return Err(ValueError::InvalidArgumentValue {
                operation: "normalize".to_owned(),
                found: Value::from(form).to_string(),
                reason: "the forms are NFC, NFD, NFKC and NFKD".to_owned(),
            });
        }
    };
    Ok(normal.into())
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn parts_are_counted_in_characters() {
        check(
            "left",
            &[
                ("'比亚迪股份', 3", "'比亚迪'"),
                ("'ab', 5", "'ab'"),
                ("'ab', 0", "''"),
                ("null, 1", "null"),
                (
                    "'ab', -1",
                    "NumberOutOfRange: left takes a length from 0, found -1",
                ),
                (
                    "1, 1",
                    "InvalidArgumentValue: left takes STRING, found INTEGER",
                ),
            ],
        );
        check(
            "right",
            &[
                ("'比亚迪股份', 2", "'股份'"),
                ("'ab', 5", "'ab'"),
                ("'ab', 0", "''"),
            ],
        );
        check(
            "substring",
            &[
                ("'0123456789', 1", "'123456789'"),
                ("'比亚迪股份', 1, 2", "'亚迪'"),
                ("'ab', 5", "''"),
                ("'ab', 1, 9223372036854775807", "'b'"),
                (
                    "'ab', -1",
                    "NumberOutOfRange: substring takes a start from 0, found -1",
                ),
            ],
        );
        check("char_length", &[("'深圳'", "2")]);
        check("character_length", &[("'深圳'", "2")]);
    }

    #[test]
    fn ends_are_trimmed() {
        check("trim", &[("'\u{3000} 深圳 \n'", "'深圳'")]);
        check(
            "btrim",
            &[("' a '", "'a'"), ("'「深圳」', '「」'", "'深圳'")],
        );
        check("lTrim", &[("' a '", "'a '"), ("'xxax', 'x'", "'ax'")]);
        check("rTrim", &[("' a '", "' a'"), ("'xaxx', 'x'", "'xa'")]);
    }

    #[test]
    fn replacing_and_splitting() {
        check(
            "replace",
            &[
                ("'aaa', 'a', 'b'", "'bbb'"),
                ("'aaa', 'a', 'b', 2", "'bba'"),
            ],
        );
        check(
            "split",
            &[
                ("'one1two', '1'", "['one', 'two']"),
                (
                    "'深圳、广州，东莞', ['、', '，']",
                    "['深圳', '广州', '东莞']",
                ),
                ("'深圳', ''", "['深', '圳']"),
                ("'', ','", "['']"),
                ("',', ','", "['', '']"),
                (
                    "'a', [1]",
                    "InvalidArgumentValue: split takes a LIST of STRING, found LIST",
                ),
            ],
        );
    }

    #[test]
    fn letters() {
        check("toUpper", &[("'byd比亚迪ß'", "'BYD比亚迪SS'")]);
        check("upper", &[("'byd'", "'BYD'")]);
        check(
            "toLower",
            &[
                ("'BYD'", "'byd'"),
                (
                    "1",
                    "InvalidArgumentValue: toLower takes STRING, found INTEGER",
                ),
            ],
        );
        check("lower", &[("'BYD'", "'byd'")]);
        check(
            "normalize",
            &[
                ("'e\u{301}'", "'é'"),
                ("'ＢＹＤ１', 'nfkc'", "'BYD1'"),
                (
                    "'a', 'x'",
                    "InvalidArgumentValue: normalize can't use 'x': the forms are NFC, NFD, NFKC and NFKD",
                ),
            ],
        );
    }
}
