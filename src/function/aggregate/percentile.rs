//! The percentiles of numbers.

use crate::value::{Value, ValueError, order};

/// The numbers of a group and the percentile that is asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Percentile {
    numbers: Vec<Value>,
    at: f64,
}

impl Percentile {
    pub(super) fn add(
        &mut self,
        operation: &str,
        value: &Value,
        at: &Value,
    ) -> Result<(), ValueError> {
        let percentile = at
            .as_float()
            .ok_or_else(|| ValueError::unsupported(operation, "a number as percentile", at))?;
        if !(0.0..=1.0).contains(&percentile) {
            return Err(ValueError::NumberOutOfRange {
                operation: operation.to_owned(),
                expected: "a percentile from 0.0 to 1.0".to_owned(),
                found: at.to_string(),
            });
        }
        match value {
            Value::Null => {}
            Value::Integer(_) | Value::Float(_) => {
                self.at = percentile;
                self.numbers.push(value.clone());
            }
            other => return Err(ValueError::unsupported(operation, "numbers", other)),
        }
        Ok(())
    }

    /// The value at the percentile, interpolated between its two neighbours; null of no numbers.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positions are counts of values in memory, and the percentile is from 0 to 1"
    )]
    pub(super) fn continuous(mut self) -> Value {
        self.numbers.sort_by(order);
        let Some(last) = self.numbers.len().checked_sub(1) else {
            return Value::Null;
        };
        let position = self.at * last as f64;
        let number = |index: usize| self.numbers[index.min(last)].as_float().unwrap_or(f64::NAN);
        let (low, high) = (
            number(position.floor() as usize),
            number(position.ceil() as usize),
        );
        let fraction = position.fract();
        // Without a fraction the two are one, which may be infinite.
        if fraction == 0.0 {
            low
        } else {
            low * (1.0 - fraction) + high * fraction
        }
        .into()
    }

    /// The first of the sorted numbers that at least so large a part of all does not exceed; null of no numbers.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positions are counts of values in memory, and the percentile is from 0 to 1"
    )]
    pub(super) fn discrete(mut self) -> Value {
        self.numbers.sort_by(order);
        let position = (self.at * self.numbers.len() as f64).ceil() as usize;
        self.numbers
            .get(position.saturating_sub(1))
            .cloned()
            .unwrap_or_default()
    }
}
