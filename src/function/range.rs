//! The numbers of `range(start, end, step)`.

use crate::value::{Value, ValueError};

/// An arithmetic progression of integers, both ends included; iterates without building a list.
///
/// # Examples
///
/// ```
/// use tupu::function::Range;
///
/// let range = Range::new(&[10.into(), 0.into(), (-5).into()])?;
/// assert_eq!(range.collect::<Vec<_>>(), [10, 5, 0]);
/// # Ok::<(), tupu::value::ValueError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Range {
    next: i64,
    step: i64,
    remaining: u64,
}

impl Range {
    /// The most numbers that the function `range` makes a list of.
    pub const MAX_LIST: u64 = 10_000_000;

    /// From the two or three arguments of `range`.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidRangeArgument`] for what is no integer, [`ValueError::NumberOutOfRange`] for a step of 0.
    pub fn new(arguments: &[Value]) -> Result<Self, ValueError> {
        let integer = |argument: &Value| match argument {
            Value::Integer(integer) => Ok(*integer),
            other => Err(ValueError::InvalidRangeArgument {
                found: other.type_name().to_owned(),
            }),
        };
        let step = arguments.get(2).map_or(Ok(1), integer)?;
        let (start, end) = (integer(&arguments[0])?, integer(&arguments[1])?);
        if step == 0 {
            return Err(ValueError::NumberOutOfRange {
                operation: "range".to_owned(),
                expected: "a step other than 0".to_owned(),
                found: "0".to_owned(),
            });
        }
        let is_empty = if step > 0 { start > end } else { start < end };
        let steps = start.abs_diff(end) / step.unsigned_abs();
        let remaining = if is_empty { 0 } else { steps.saturating_add(1) };
        Ok(Self {
            next: start,
            step,
            remaining,
        })
    }

    /// How many numbers are left.
    #[must_use]
    pub fn count_left(&self) -> u64 {
        self.remaining
    }

    /// The numbers as a list.
    ///
    /// # Errors
    ///
    /// [`ValueError::NumberOutOfRange`] for more than [`Range::MAX_LIST`] numbers.
    pub fn into_list(self) -> Result<Value, ValueError> {
        if self.remaining > Self::MAX_LIST {
            return Err(ValueError::NumberOutOfRange {
                operation: "range".to_owned(),
                expected: format!("bounds for at most {} numbers", Self::MAX_LIST),
                found: format!("bounds for {}", self.remaining),
            });
        }
        Ok(Value::List(self.map(Value::Integer).collect()))
    }
}

impl Iterator for Range {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        let number = self.next;
        self.remaining = self.remaining.checked_sub(1)?;
        // The step after the last number may leave the integers; it is never given then.
        self.next = number.wrapping_add(self.step);
        Some(number)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let remaining = usize::try_from(self.remaining);
        (remaining.unwrap_or(usize::MAX), remaining.ok())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn ranges_include_both_ends() {
        check(
            "range",
            &[
                ("0, 3", "[0, 1, 2, 3]"),
                ("3, 0", "[]"),
                ("0, 10, 4", "[0, 4, 8]"),
                ("10, 0, -5", "[10, 5, 0]"),
                ("0, 10, -1", "[]"),
                ("5, 5, -1", "[5]"),
                (
                    "9223372036854775806, 9223372036854775807",
                    "[9223372036854775806, 9223372036854775807]",
                ),
                (
                    "-9223372036854775808, 9223372036854775807, 9223372036854775807",
                    "[-9223372036854775808, -1, 9223372036854775806]",
                ),
                ("0, null", "null"),
            ],
        );
    }

    #[test]
    fn arguments_are_integers_and_the_step_is_not_zero() {
        check(
            "range",
            &[
                (
                    "0, 0.0, 1",
                    "InvalidArgumentType: range takes integers, found FLOAT",
                ),
                (
                    "'xyz', 1",
                    "InvalidArgumentType: range takes integers, found STRING",
                ),
                (
                    "0, 1, [1]",
                    "InvalidArgumentType: range takes integers, found LIST",
                ),
                (
                    "2, 8, 0",
                    "NumberOutOfRange: range takes a step other than 0, found 0",
                ),
                (
                    "-9223372036854775808, 9223372036854775807",
                    "NumberOutOfRange: range takes bounds for at most 10000000 numbers, \
                     found bounds for 18446744073709551615",
                ),
            ],
        );
    }
}
