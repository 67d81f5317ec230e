//! Functions over numbers, those over angles apart.

use super::rounding::{self, Mode};
use super::{Function, random, refuse};
use crate::value::{Type, Value, ValueError};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "abs(number)",
        &[Type::NUMBER],
        Type::NUMBER,
        |_, arguments| match arguments {
            [Value::Integer(number)] => {
                number.checked_abs().map(Value::Integer).ok_or_else(|| ValueError::IntegerOverflow {
                    operation: format!("abs({number})"),
                })
            }
            [Value::Float(number)] => Ok(number.abs().into()),
            _ => refuse("abs", arguments),
        },
        "Gives a number without its sign.",
    ),
    Function::new(
        "sign(number)",
        &[Type::NUMBER],
        Type::INTEGER,
        |_, arguments| match arguments {
            [Value::Integer(number)] => Ok(number.signum().into()),
            [Value::Float(number)] if number.is_nan() => Ok(Value::Null),
            [Value::Float(number)] => Ok((i64::from(*number > 0.0) - i64::from(*number < 0.0)).into()),
            _ => refuse("sign", arguments),
        },
        "Gives -1, 0 or 1 for a negative number, zero or a positive number.",
    ),
    Function::new(
        "ceil(number)",
        &[Type::NUMBER],
        Type::FLOAT,
        |_, arguments| of_float("ceil", arguments, f64::ceil),
        "Gives the least whole number that is not less, as a float.",
    ),
    Function::new(
        "floor(number)",
        &[Type::NUMBER],
        Type::FLOAT,
        |_, arguments| of_float("floor", arguments, f64::floor),
        "Gives the greatest whole number that is not greater, as a float.",
    ),
    Function::new(
        "round(number [, precision [, mode]])",
        &[Type::NUMBER, Type::INTEGER, Type::STRING],
        Type::FLOAT,
        |_, arguments| match arguments {
            [number] => of_float("round", std::slice::from_ref(number), round_whole),
            [number, Value::Integer(places)] => round(arguments, number, *places, Mode::HalfUp),
            [number, Value::Integer(places), Value::String(mode)] => {
                round(arguments, number, *places, Mode::from_name(mode)?)
            }
            _ => refuse("round", arguments),
        },
        "Rounds to a whole number, a half up, or to so many decimal places, by a mode such as 'HALF_EVEN'.",
    )
    .optional(2),
    Function::new(
        "sqrt(number)",
        &[Type::NUMBER],
        Type::FLOAT,
        |_, arguments| of_float("sqrt", arguments, f64::sqrt),
        "Gives the square root.",
    ),
    Function::new(
        "exp(number)",
        &[Type::NUMBER],
        Type::FLOAT,
        |_, arguments| of_float("exp", arguments, f64::exp),
        "Gives e to the power of a number.",
    ),
    Function::new(
        "log(number)",
        &[Type::NUMBER],
        Type::FLOAT,
        |_, arguments| of_float("log", arguments, f64::ln),
        "Gives the natural logarithm.",
    ),
    Function::new(
        "log10(number)",
        &[Type::NUMBER],
        Type::FLOAT,
        |_, arguments| of_float("log10", arguments, f64::log10),
        "Gives the logarithm to base 10.",
    ),
    Function::new(
        "isNaN(number)",
        &[Type::NUMBER],
        Type::BOOLEAN,
        |_, arguments| match arguments {
            [Value::Integer(_)] => Ok(false.into()),
            [Value::Float(number)] => Ok(number.is_nan().into()),
            _ => refuse("isNaN", arguments),
        },
        "Tells whether a number is NaN, the result of 0.0 / 0.0 and its like.",
    ),
    Function::new(
        "e()",
        &[],
        Type::FLOAT,
        |_, _| Ok(std::f64::consts::E.into()),
        "Gives the base of the natural logarithm.",
    ),
    Function::new(
        "pi()",
        &[],
        Type::FLOAT,
        |_, _| Ok(std::f64::consts::PI.into()),
        "Gives the ratio of a circle's circumference to its diameter.",
    ),
    Function::new(
        "rand()",
        &[],
        Type::FLOAT,
        |ctx, _| Ok(random::float(ctx).into()),
        "Gives a random number from 0 (included) to 1 (excluded).",
    )
    .volatile(),
];

/// Applies a function of floats to one number.
pub(super) fn of_float(
    name: &str,
    arguments: &[Value],
    function: fn(f64) -> f64,
) -> Result<Value, ValueError> {
    match arguments {
        [Value::Float(number)] => Ok(function(*number).into()),
        [number] => match number.as_float() {
            Some(number) => Ok(function(number).into()),
            None => refuse(name, arguments),
        },
        _ => refuse(name, arguments),
    }
}

/// To the nearest whole number, a half towards positive infinity.
fn round_whole(number: f64) -> f64 {
    let floor = number.floor();
    if number - floor < 0.5 {
        floor
    } else {
        number.ceil()
    }
}

fn round(
    arguments: &[Value],
    number: &Value,
    places: i64,
    mode: Mode,
) -> Result<Value, ValueError> {
    let Some(number) = number.as_float() else {
        return refuse("round", arguments);
    };
    if places < 0 {
        return Err(ValueError::NumberOutOfRange {
            operation: "round".to_owned(),
            expected: "a precision from 0".to_owned(),
            found: places.to_string(),
        });
    }
    let places = u32::try_from(places).unwrap_or(u32::MAX);
    Ok(rounding::round(number, places, mode).into())
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn integers_stay_integers_where_they_can() {
        check(
            "abs",
            &[
                ("-1", "1"),
                ("-1.5", "1.5"),
                (
                    "-9223372036854775808",
                    "IntegerOverflow: the result of abs(-9223372036854775808) does not fit a 64-bit integer",
                ),
                (
                    "'a'",
                    "InvalidArgumentValue: abs takes INTEGER or FLOAT, found STRING",
                ),
            ],
        );
        check(
            "sign",
            &[
                ("-7", "-1"),
                ("0", "0"),
                ("0.5", "1"),
                ("-0.0", "0"),
                ("NaN", "null"),
            ],
        );
        check(
            "isNaN",
            &[("1", "false"), ("NaN", "true"), ("null", "null")],
        );
    }

    #[test]
    fn floats() {
        check("ceil", &[("1.7", "2.0"), ("-1.7", "-1.0"), ("3", "3.0")]);
        check("floor", &[("1.7", "1.0"), ("-1.7", "-2.0")]);
        check("sqrt", &[("9", "3.0"), ("-1", "NaN")]);
        check("exp", &[("0", "1.0")]);
        check("log", &[("1", "0.0"), ("0", "-Infinity")]);
        check("log10", &[("1000", "3.0")]);
        check("e", &[("", "2.718281828459045")]);
        check("pi", &[("", "3.141592653589793")]);
    }
}
