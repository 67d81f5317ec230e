//! The sum and mean of numbers or durations.

use crate::value::{Value, ValueError, to_float};

/// A running sum: integers exactly, floats with the lost low bits kept (Neumaier's algorithm), so that the result
/// depends on the order of the rows as little as possible.
#[derive(Clone, Debug, Default)]
pub struct Sum {
    count: i64,
    integers: i128,
    floats: Option<Compensated>,
    durations: Option<Value>,
}

impl Sum {
    /// Takes a number or duration that counts so many times.
    ///
    /// # Errors
    ///
    /// As for values one by one: [`ValueError::UnsupportedArgument`] for another type, or numbers beside durations.
    pub fn add_times(
        &mut self,
        operation: &str,
        value: &Value,
        times: i64,
    ) -> Result<(), ValueError> {
        match value {
            Value::Integer(number) => self.add_integer(operation, *number, times),
            Value::Float(number) => self.add_float(operation, *number, times),
            value => {
                for _ in 0..times {
                    self.add(operation, value)?;
                }
                Ok(())
            }
        }
    }

    /// Takes an integer that counts so many times.
    ///
    /// # Errors
    ///
    /// [`ValueError::UnsupportedArgument`] beside durations.
    #[inline]
    pub fn add_integer(
        &mut self,
        operation: &str,
        number: i64,
        times: i64,
    ) -> Result<(), ValueError> {
        if self.durations.is_some() {
            return self.add(operation, &number.into());
        }
        self.integers += i128::from(number) * i128::from(times);
        self.count += times;
        Ok(())
    }

    /// Takes a float that counts so many times.
    ///
    /// # Errors
    ///
    /// [`ValueError::UnsupportedArgument`] beside durations.
    #[inline]
    pub fn add_float(
        &mut self,
        operation: &str,
        number: f64,
        times: i64,
    ) -> Result<(), ValueError> {
        if self.durations.is_some() {
            return self.add(operation, &number.into());
        }
        let number = if times == 1 {
            number
        } else {
            number * to_float(times)
        };
        self.floats.get_or_insert_default().add(number);
        self.count += times;
        Ok(())
    }

    /// Takes what another sum has taken.
    ///
    /// # Errors
    ///
    /// [`ValueError::UnsupportedArgument`] where one holds numbers and the other durations.
    pub fn merge(&mut self, operation: &str, other: &Self) -> Result<(), ValueError> {
        if let Some(duration) = &other.durations {
            self.add(operation, duration)?;
            self.count += other.count - 1;
            return Ok(());
        }
        if other.count > 0 && self.durations.is_some() {
            return self.add(operation, &Value::Integer(0));
        }
        self.integers += other.integers;
        self.count += other.count;
        if let Some(floats) = other.floats {
            let own = self.floats.get_or_insert_default();
            own.add(floats.sum);
            own.lost += floats.lost;
        }
        Ok(())
    }

    pub(super) fn add(&mut self, operation: &str, value: &Value) -> Result<(), ValueError> {
        let has_numbers = self.count > 0 && self.durations.is_none();
        match (value, &self.durations) {
            (Value::Integer(number), None) => self.integers += i128::from(*number),
            (Value::Float(number), None) => self.floats.get_or_insert_default().add(*number),
            (Value::Duration(_), None) if !has_numbers => self.durations = Some(value.clone()),
            (Value::Duration(_), Some(sum)) => self.durations = Some(sum.add(value)?),
            (Value::Duration(_), None) => {
                return Err(ValueError::unsupported(
                    operation,
                    "numbers beside numbers",
                    value,
                ));
            }
            (Value::Integer(_) | Value::Float(_), Some(_)) => {
                return Err(ValueError::unsupported(
                    operation,
                    "durations beside durations",
                    value,
                ));
            }
            _ => {
                return Err(ValueError::unsupported(
                    operation,
                    "numbers or durations",
                    value,
                ));
            }
        }
        self.count += 1;
        Ok(())
    }

    /// The sum; the integer 0 of nothing.
    ///
    /// # Errors
    ///
    /// [`ValueError::IntegerOverflow`] for integers whose sum does not fit.
    pub fn total(self) -> Result<Value, ValueError> {
        match (&self.durations, self.floats) {
            (Some(sum), _) => Ok(sum.clone()),
            (None, Some(_)) => Ok(self.float_total().into()),
            (None, None) => i64::try_from(self.integers)
                .map(Value::Integer)
                .map_err(|_| ValueError::IntegerOverflow {
                    operation: "sum".to_owned(),
                }),
        }
    }

    /// The mean; null of nothing.
    ///
    /// # Errors
    ///
    /// [`ValueError::IntegerOverflow`] for durations whose parts do not fit.
    pub fn mean(self) -> Result<Value, ValueError> {
        if self.count == 0 {
            return Ok(Value::Null);
        }
        match &self.durations {
            Some(sum) => sum.divide(&self.count.into()),
            None => Ok((self.float_total() / to_float(self.count)).into()),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "the total is a float")]
    fn float_total(&self) -> f64 {
        let mut total = self.floats.unwrap_or_default();
        total.add(self.integers as f64);
        total.value()
    }
}

/// A sum of floats with what rounding took from it.
#[derive(Clone, Copy, Debug, Default)]
struct Compensated {
    sum: f64,
    lost: f64,
}

impl Compensated {
    #[inline]
    fn add(&mut self, number: f64) {
        let sum = self.sum + number;
        self.lost += if self.sum.abs() >= number.abs() {
            (self.sum - sum) + number
        } else {
            (number - sum) + self.sum
        };
        self.sum = sum;
    }

    /// An infinite sum has lost nothing that could be added back.
    fn value(self) -> f64 {
        if self.sum.is_finite() {
            self.sum + self.lost
        } else {
            self.sum
        }
    }
}
