//! The operators `+ - * / % ^` and unary minus.
//!
//! Null gives null. Two integers give an integer, an integer and a float give a float.

use super::number::to_float;
use super::{Value, ValueError, temporal};

use Value::{Float, Integer, List, Null, String};

impl Value {
    /// `self + other`: sums of numbers and temporal values, strings and lists joined, an item put before or after a list.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentType`], [`ValueError::IntegerOverflow`].
    pub fn add(&self, other: &Self) -> Result<Self, ValueError> {
        match (self, other) {
            (Integer(left), Integer(right)) => checked(left.checked_add(*right), self, "+", other),
            (Float(left), Float(right)) => Ok(Float(left + right)),
            (Null, _) | (_, Null) => Ok(Null),
            (Integer(left), Float(right)) => Ok(Float(to_float(*left) + right)),
            (Float(left), Integer(right)) => Ok(Float(left + to_float(*right))),
            (List(left), List(right)) => Ok(join(left, right)),
            (List(left), right) => Ok(join(left, std::slice::from_ref(right))),
            (left, List(right)) => Ok(join(std::slice::from_ref(left), right)),
            (String(left), right) => match right.scalar_text() {
                Some(right) => Ok(format!("{left}{right}").into()),
                None => Err(invalid_operands(
                    "+",
                    "a scalar beside a STRING",
                    self,
                    other,
                )),
            },
            (left, String(right)) => match left.scalar_text() {
                Some(left) => Ok(format!("{left}{right}").into()),
                None => Err(invalid_operands(
                    "+",
                    "a scalar beside a STRING",
                    self,
                    other,
                )),
            },
            _ => temporal::add(self, other).unwrap_or_else(|| {
                Err(invalid_operands(
                    "+",
                    "numbers, strings, lists or temporal values",
                    self,
                    other,
                ))
            }),
        }
    }

    /// `self - other`, also a duration before a temporal value's instant.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentType`], [`ValueError::IntegerOverflow`].
    pub fn subtract(&self, other: &Self) -> Result<Self, ValueError> {
        match (self, other) {
            (Integer(left), Integer(right)) => checked(left.checked_sub(*right), self, "-", other),
            (Null, _) | (_, Null) => Ok(Null),
            _ => match floats(self, other) {
                Some((left, right)) => Ok(Float(left - right)),
                None => temporal::subtract(self, other).unwrap_or_else(|| {
                    Err(invalid_operands(
                        "-",
                        "numbers or temporal values",
                        self,
                        other,
                    ))
                }),
            },
        }
    }

    /// `self * other`, also a duration's multiple.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentType`], [`ValueError::IntegerOverflow`].
    pub fn multiply(&self, other: &Self) -> Result<Self, ValueError> {
        match (self, other) {
            (Integer(left), Integer(right)) => checked(left.checked_mul(*right), self, "*", other),
            (Null, _) | (_, Null) => Ok(Null),
            _ => match floats(self, other) {
                Some((left, right)) => Ok(Float(left * right)),
                None => temporal::multiply(self, other).unwrap_or_else(|| {
                    Err(invalid_operands(
                        "*",
                        "numbers or a DURATION and a number",
                        self,
                        other,
                    ))
                }),
            },
        }
    }

    /// `self / other`: towards zero for two integers; also a duration's part.
    ///
    /// # Errors
    ///
    /// [`ValueError::DivisionByZero`] of integers (floats give infinity or NaN), [`ValueError::InvalidArgumentType`],
    /// [`ValueError::IntegerOverflow`].
    pub fn divide(&self, other: &Self) -> Result<Self, ValueError> {
        match (self, other) {
            (Integer(_), Integer(0)) => Err(ValueError::DivisionByZero),
            (Integer(left), Integer(right)) => checked(left.checked_div(*right), self, "/", other),
            (Null, _) | (_, Null) => Ok(Null),
            _ => match floats(self, other) {
                Some((left, right)) => Ok(Float(left / right)),
                None => temporal::divide(self, other).unwrap_or_else(|| {
                    Err(invalid_operands(
                        "/",
                        "numbers or a DURATION and a number",
                        self,
                        other,
                    ))
                }),
            },
        }
    }

    /// `self % other`: the remainder, with the sign of `self`.
    ///
    /// # Errors
    ///
    /// [`ValueError::DivisionByZero`] of integers, [`ValueError::InvalidArgumentType`].
    pub fn modulo(&self, other: &Self) -> Result<Self, ValueError> {
        match (self, other) {
            (Integer(_), Integer(0)) => Err(ValueError::DivisionByZero),
            // The quotient of the smallest integer and -1 does not fit, the remainder does.
            (Integer(left), Integer(right)) => Ok(Integer(left.checked_rem(*right).unwrap_or(0))),
            (Null, _) | (_, Null) => Ok(Null),
            _ => match floats(self, other) {
                Some((left, right)) => Ok(Float(left % right)),
                None => Err(invalid_operands("%", "numbers", self, other)),
            },
        }
    }

    /// `self ^ other`: always a float.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentType`].
    pub fn power(&self, other: &Self) -> Result<Self, ValueError> {
        match (self, other) {
            (Null, _) | (_, Null) => Ok(Null),
            _ => match floats(self, other) {
                Some((left, right)) => Ok(Float(left.powf(right))),
                None => Err(invalid_operands("^", "numbers", self, other)),
            },
        }
    }

    /// `-self`.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentType`], [`ValueError::IntegerOverflow`].
    pub fn negate(&self) -> Result<Self, ValueError> {
        match self {
            Null => Ok(Null),
            Integer(number) => match number.checked_neg() {
                Some(negated) => Ok(Integer(negated)),
                None => Err(ValueError::IntegerOverflow {
                    operation: format!("-({number})"),
                }),
            },
            Float(number) => Ok(Float(-number)),
            Self::Duration(_) => self.multiply(&Integer(-1)),
            other => Err(ValueError::invalid_type("-", "a number or DURATION", other)),
        }
    }

    /// The number as a float; `None` for anything but a number.
    #[must_use]
    pub fn as_float(&self) -> Option<f64> {
        match self {
            Integer(number) => Some(to_float(*number)),
            Float(number) => Some(*number),
            _ => None,
        }
    }
}

fn floats(left: &Value, right: &Value) -> Option<(f64, f64)> {
    left.as_float().zip(right.as_float())
}

fn join(left: &[Value], right: &[Value]) -> Value {
    List(left.iter().chain(right).cloned().collect())
}

fn checked(
    result: Option<i64>,
    left: &Value,
    operator: &str,
    right: &Value,
) -> Result<Value, ValueError> {
    result
        .map(Integer)
        .ok_or_else(|| ValueError::IntegerOverflow {
            operation: format!("{left} {operator} {right}"),
        })
}

fn invalid_operands(operation: &str, expected: &str, left: &Value, right: &Value) -> ValueError {
    ValueError::InvalidArgumentType {
        operation: operation.to_owned(),
        expected: expected.to_owned(),
        found: format!("{} and {}", left.type_name(), right.type_name()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::values;
    use super::*;

    #[track_caller]
    fn check(
        operation: impl Fn(&Value, &Value) -> Result<Value, ValueError>,
        cases: &[(&str, &str)],
    ) {
        for (text, expected) in cases {
            let pair = values(text);
            let found = operation(&pair[0], &pair[1]);
            let found = found.map_or_else(
                |error| format!("{}: {error}", error.detail()),
                |value| value.to_string(),
            );
            assert_eq!(found, *expected, "{text}");
        }
    }

    #[test]
    fn addition() {
        check(
            Value::add,
            &[
                ("1, 2", "3"),
                ("1, 0.5", "1.5"),
                ("1, null", "null"),
                ("[1], null", "null"),
                ("'企', '业'", "'企业'"),
                ("'第', 2", "'第2'"),
                ("1.5, '亿'", "'1.5亿'"),
                ("[1, 2], [3, null]", "[1, 2, 3, null]"),
                ("[1], 'a'", "[1, 'a']"),
                ("1, [2]", "[1, 2]"),
                (
                    "9223372036854775807, 1",
                    "IntegerOverflow: the result of 9223372036854775807 + 1 does not fit a 64-bit integer",
                ),
                (
                    "1, true",
                    "InvalidArgumentType: + takes numbers, strings, lists or temporal values, \
                     found INTEGER and BOOLEAN",
                ),
                (
                    "'a', {}",
                    "InvalidArgumentType: + takes a scalar beside a STRING, found STRING and MAP",
                ),
            ],
        );
    }

    #[test]
    fn subtraction_and_multiplication() {
        check(
            Value::subtract,
            &[
                ("1, 2", "-1"),
                ("1, 0.5", "0.5"),
                (
                    "-9223372036854775808, 1",
                    "IntegerOverflow: the result of -9223372036854775808 - 1 does not fit a 64-bit integer",
                ),
                (
                    "'a', 1",
                    "InvalidArgumentType: - takes numbers or temporal values, found STRING and INTEGER",
                ),
            ],
        );
        check(
            Value::multiply,
            &[
                ("3, 2", "6"),
                ("3, 0.5", "1.5"),
                ("null, 'a'", "null"),
                (
                    "9223372036854775807, 2",
                    "IntegerOverflow: the result of 9223372036854775807 * 2 does not fit a 64-bit integer",
                ),
            ],
        );
    }

    #[test]
    fn division_and_remainder() {
        check(
            Value::divide,
            &[
                ("7, 2", "3"),
                ("-7, 2", "-3"),
                ("7, 2.0", "3.5"),
                ("1, 0", "DivisionByZero: division by zero"),
                ("1, 0.0", "Infinity"),
                ("0.0, 0.0", "NaN"),
                ("null, 0", "null"),
                (
                    "-9223372036854775808, -1",
                    "IntegerOverflow: the result of -9223372036854775808 / -1 does not fit a 64-bit integer",
                ),
            ],
        );
        check(
            Value::modulo,
            &[
                ("7, 3", "1"),
                ("-7, 3", "-1"),
                ("7.5, 2", "1.5"),
                ("1, 0", "DivisionByZero: division by zero"),
                ("-9223372036854775808, -1", "0"),
            ],
        );
    }

    #[test]
    fn powers_are_floats() {
        check(
            Value::power,
            &[("2, 3", "8.0"), ("4, 0.5", "2.0"), ("2, null", "null")],
        );
    }

    #[test]
    fn negation() {
        assert_eq!(Integer(3).negate(), Ok(Integer(-3)));
        assert_eq!(Null.negate(), Ok(Null));
        assert!(matches!(
            Integer(i64::MIN).negate(),
            Err(ValueError::IntegerOverflow { .. })
        ));
        assert!(matches!(
            Value::from("a").negate(),
            Err(ValueError::InvalidArgumentType { .. })
        ));
    }
}
