//! Functions that turn a value into one of another type: `toInteger`, `toFloat`, `toString`, `toBoolean`, each also
//! as `…OrNull` (null instead of an error) and `…List` (item by item).

use super::{Function, list, refuse};
use crate::value::{Type, Value, ValueError, exact_integer, to_float};

// The arguments are typed `ANY`: the standard asks for a runtime error where a conversion is impossible.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "toInteger(value)",
        &[Type::ANY],
        Type::INTEGER,
        |_, arguments| to_integer(&arguments[0]),
        "Turns a number, boolean or text into an integer, cutting off a fraction; null for a text that is no number.",
    ),
    Function::new(
        "toIntegerOrNull(value)",
        &[Type::ANY],
        Type::INTEGER,
        |_, arguments| Ok(to_integer(&arguments[0]).unwrap_or_default()),
        "Does as toInteger, with null for whatever can't be converted.",
    ),
    Function::new(
        "toIntegerList(list)",
        &[Type::LIST],
        Type::LIST,
        |_, arguments| each("toIntegerList", arguments, to_integer),
        "Turns each item into an integer, into null where that is impossible.",
    ),
    Function::new(
        "toFloat(value)",
        &[Type::ANY],
        Type::FLOAT,
        |_, arguments| to_float_value(&arguments[0]),
        "Turns a number or text into a float; null for a text that is no number.",
    ),
    Function::new(
        "toFloatOrNull(value)",
        &[Type::ANY],
        Type::FLOAT,
        |_, arguments| Ok(to_float_value(&arguments[0]).unwrap_or_default()),
        "Does as toFloat, with null for whatever can't be converted.",
    ),
    Function::new(
        "toFloatList(list)",
        &[Type::LIST],
        Type::LIST,
        |_, arguments| each("toFloatList", arguments, to_float_value),
        "Turns each item into a float, into null where that is impossible.",
    ),
    Function::new(
        "toBoolean(value)",
        &[Type::ANY],
        Type::BOOLEAN,
        |_, arguments| to_boolean(&arguments[0]),
        "Turns 'true', 'false' (whatever the case) or an integer (0 is false) into a boolean; null for another text.",
    ),
    Function::new(
        "toBooleanOrNull(value)",
        &[Type::ANY],
        Type::BOOLEAN,
        |_, arguments| Ok(to_boolean(&arguments[0]).unwrap_or_default()),
        "Does as toBoolean, with null for whatever can't be converted.",
    ),
    Function::new(
        "toBooleanList(list)",
        &[Type::LIST],
        Type::LIST,
        |_, arguments| each("toBooleanList", arguments, to_boolean),
        "Turns each item into a boolean, into null where that is impossible.",
    ),
    Function::new(
        "toString(value)",
        &[Type::ANY],
        Type::STRING,
        |_, arguments| to_string(&arguments[0]),
        "Writes a number, boolean or temporal value as text.",
    ),
    Function::new(
        "toStringOrNull(value)",
        &[Type::ANY],
        Type::STRING,
        |_, arguments| Ok(to_string(&arguments[0]).unwrap_or_default()),
        "Does as toString, with null for whatever can't be converted.",
    ),
    Function::new(
        "toStringList(list)",
        &[Type::LIST],
        Type::LIST,
        |_, arguments| each("toStringList", arguments, to_string),
        "Turns each item into a text, into null where that is impossible.",
    ),
];

fn to_integer(value: &Value) -> Result<Value, ValueError> {
    match value {
        Value::Integer(_) => Ok(value.clone()),
        Value::Float(float) => truncate(*float),
        Value::Boolean(truth) => Ok(Value::Integer(i64::from(*truth))),
        Value::String(text) => {
            let text = plain(text);
            match (text.parse::<i64>(), decimal(&text)) {
                (Ok(integer), _) => Ok(Value::Integer(integer)),
                (Err(_), Some(float)) => truncate(float),
                (Err(_), None) => Ok(Value::Null),
            }
        }
        other => Err(ValueError::unsupported(
            "toInteger",
            "a number, BOOLEAN or STRING",
            other,
        )),
    }
}

fn truncate(float: f64) -> Result<Value, ValueError> {
    let integer = exact_integer(float.trunc());
    integer
        .map(Value::Integer)
        .ok_or_else(|| ValueError::IntegerOverflow {
            operation: format!("toInteger({})", Value::Float(float)),
        })
}

fn to_float_value(value: &Value) -> Result<Value, ValueError> {
    match value {
        Value::Float(_) => Ok(value.clone()),
        Value::Integer(integer) => Ok(to_float(*integer).into()),
        Value::String(text) => Ok(match plain(text).as_str() {
            "NaN" => f64::NAN.into(),
            "Infinity" => f64::INFINITY.into(),
            "-Infinity" => f64::NEG_INFINITY.into(),
            text => decimal(text).into(),
        }),
        other => Err(ValueError::unsupported(
            "toFloat",
            "a number or STRING",
            other,
        )),
    }
}

fn to_boolean(value: &Value) -> Result<Value, ValueError> {
    match value {
        Value::Boolean(_) => Ok(value.clone()),
        Value::Integer(integer) => Ok((*integer != 0).into()),
        Value::String(text) => Ok(match text.trim().to_lowercase().as_str() {
            "true" => true.into(),
            "false" => false.into(),
            _ => Value::Null,
        }),
        other => Err(ValueError::unsupported(
            "toBoolean",
            "a BOOLEAN, INTEGER or STRING",
            other,
        )),
    }
}

fn to_string(value: &Value) -> Result<Value, ValueError> {
    let text = value.scalar_text().map(Value::String);
    text.ok_or_else(|| ValueError::unsupported("toString", "a scalar or temporal value", value))
}

fn each(
    name: &str,
    arguments: &[Value],
    convert: fn(&Value) -> Result<Value, ValueError>,
) -> Result<Value, ValueError> {
    match arguments {
        [Value::List(items)] => {
            list::map_items(items, |item| Ok(convert(item).unwrap_or_default()))
        }
        _ => refuse(name, arguments),
    }
}

/// The text without blanks around it, full-width digits, signs and letters made plain.
fn plain(text: &str) -> String {
    let plain = |character: char| match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0)
            .expect("the full-width forms mirror ASCII"),
        other => other,
    };
    text.trim().chars().map(plain).collect()
}

/// A decimal number, possibly with fraction and exponent; `None` for any other text.
fn decimal(text: &str) -> Option<f64> {
    let is_decimal = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    if is_decimal { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{call, check};

    #[test]
    fn integers() {
        check(
            "toInteger",
            &[
                ("82.9", "82"),
                ("-82.9", "-82"),
                ("'42'", "42"),
                ("'2.9'", "2"),
                ("' 1e3 '", "1000"),
                ("'９００'", "900"),
                ("'foo'", "null"),
                ("''", "null"),
                ("'inf'", "null"),
                ("true", "1"),
                ("null", "null"),
                ("'9223372036854775807'", "9223372036854775807"),
                (
                    "'9223372036854775808'",
                    "IntegerOverflow: the result of toInteger(9.223372036854776e18) does not fit a 64-bit integer",
                ),
                (
                    "1e300",
                    "IntegerOverflow: the result of toInteger(1e300) does not fit a 64-bit integer",
                ),
                (
                    "[]",
                    "InvalidArgumentValue: toInteger takes a number, BOOLEAN or STRING, found LIST",
                ),
            ],
        );
        check(
            "toIntegerOrNull",
            &[("[]", "null"), ("'7'", "7"), ("NaN", "null")],
        );
        check(
            "toIntegerList",
            &[("['1', 2.5, {}, null]", "[1, 2, null, null]")],
        );
    }

    #[test]
    fn floats() {
        check(
            "toFloat",
            &[
                ("1", "1.0"),
                ("'3.5'", "3.5"),
                ("'.5'", "0.5"),
                ("'-Infinity'", "-Infinity"),
                ("'foo'", "null"),
                (
                    "true",
                    "InvalidArgumentValue: toFloat takes a number or STRING, found BOOLEAN",
                ),
            ],
        );
        check("toFloatOrNull", &[("true", "null")]);
        check("toFloatList", &[("[1, 'x']", "[1.0, null]")]);
    }

    #[test]
    fn booleans() {
        check(
            "toBoolean",
            &[
                ("true", "true"),
                ("' False '", "false"),
                ("'是'", "null"),
                ("0", "false"),
                (
                    "1.0",
                    "InvalidArgumentValue: toBoolean takes a BOOLEAN, INTEGER or STRING, found FLOAT",
                ),
            ],
        );
        check("toBooleanOrNull", &[("1.0", "null")]);
        check(
            "toBooleanList",
            &[("['true', 2, []]", "[true, true, null]")],
        );
    }

    #[test]
    fn strings() {
        check(
            "toString",
            &[
                ("42", "'42'"),
                ("2.3", "'2.3'"),
                ("1.0", "'1.0'"),
                ("false", "'false'"),
                ("'apa'", "'apa'"),
                (
                    "{}",
                    "InvalidArgumentValue: toString takes a scalar or temporal value, found MAP",
                ),
            ],
        );
        check("toStringOrNull", &[("[1]", "null")]);
        check("toStringList", &[("[1, [1]]", "['1', null]")]);
        assert_eq!(
            call("toStringList", "1"),
            "InvalidArgumentValue: toStringList takes LIST, found INTEGER"
        );
    }
}
