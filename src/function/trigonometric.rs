//! Functions over angles, in radians.

use super::mathematical::of_float;
use super::{Body, Function, refuse};
use crate::value::Type;

pub(super) const FUNCTIONS: &[Function] = &[
    angle(
        "sin(angle)",
        |_, a| of_float("sin", a, f64::sin),
        "Gives the sine.",
    ),
    angle(
        "cos(angle)",
        |_, a| of_float("cos", a, f64::cos),
        "Gives the cosine.",
    ),
    angle(
        "tan(angle)",
        |_, a| of_float("tan", a, f64::tan),
        "Gives the tangent.",
    ),
    angle(
        "cot(angle)",
        |_, a| of_float("cot", a, |x| x.tan().recip()),
        "Gives the cotangent.",
    ),
    angle(
        "asin(number)",
        |_, a| of_float("asin", a, f64::asin),
        "Gives the angle of a sine.",
    ),
    angle(
        "acos(number)",
        |_, a| of_float("acos", a, f64::acos),
        "Gives the angle of a cosine.",
    ),
    angle(
        "atan(number)",
        |_, a| of_float("atan", a, f64::atan),
        "Gives the angle of a tangent.",
    ),
    angle(
        "sinh(number)",
        |_, a| of_float("sinh", a, f64::sinh),
        "Gives the hyperbolic sine.",
    ),
    angle(
        "cosh(number)",
        |_, a| of_float("cosh", a, f64::cosh),
        "Gives the hyperbolic cosine.",
    ),
    angle(
        "tanh(number)",
        |_, a| of_float("tanh", a, f64::tanh),
        "Gives the hyperbolic tangent.",
    ),
    angle(
        "coth(number)",
        |_, a| of_float("coth", a, |x| x.tanh().recip()),
        "Gives the hyperbolic cotangent.",
    ),
    angle(
        "degrees(angle)",
        |_, a| of_float("degrees", a, f64::to_degrees),
        "Turns radians into degrees.",
    ),
    angle(
        "radians(degrees)",
        |_, a| of_float("radians", a, f64::to_radians),
        "Turns degrees into radians.",
    ),
    angle(
        "haversin(angle)",
        |_, a| of_float("haversin", a, |x| (x / 2.0).sin().powi(2)),
        "Gives half the versed sine, for distances on a sphere.",
    ),
    Function::new(
        "atan2(y, x)",
        &[Type::NUMBER, Type::NUMBER],
        Type::FLOAT,
        |_, arguments| match arguments {
            [y, x] => match y.as_float().zip(x.as_float()) {
                Some((y, x)) => Ok(y.atan2(x).into()),
                None => refuse("atan2", arguments),
            },
            _ => refuse("atan2", arguments),
        },
        "Gives the angle of the point (x, y).",
    ),
];

const fn angle(signature: &'static str, body: Body, summary: &'static str) -> Function {
    Function::new(signature, &[Type::NUMBER], Type::FLOAT, body, summary)
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn known_points() {
        for name in [
            "sin", "tan", "asin", "atan", "sinh", "tanh", "degrees", "radians", "haversin",
        ] {
            check(name, &[("0", "0.0"), ("null", "null")]);
        }
        for name in ["cos", "cosh"] {
            check(name, &[("0.0", "1.0")]);
        }
        check("acos", &[("1", "0.0"), ("2", "NaN")]);
        check("cot", &[("0", "Infinity")]);
        check("coth", &[("0", "Infinity")]);
        check("degrees", &[("3.141592653589793", "180.0")]);
        check("haversin", &[("3.141592653589793", "1.0")]);
        check(
            "atan2",
            &[
                ("0, 1", "0.0"),
                (
                    "1, 'x'",
                    "InvalidArgumentValue: atan2 takes INTEGER or FLOAT, found STRING",
                ),
            ],
        );
    }
}
