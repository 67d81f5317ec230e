//! The standard deviation of numbers.

use crate::value::{Value, ValueError, to_float};

/// A running mean and sum of squared distances from it (Welford's algorithm).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Deviation {
    count: i64,
    mean: f64,
    squares: f64,
}

impl Deviation {
    pub(super) fn add(&mut self, operation: &str, value: &Value) -> Result<(), ValueError> {
        let number = value
            .as_float()
            .ok_or_else(|| ValueError::unsupported(operation, "numbers", value))?;
        self.count += 1;
        let distance = number - self.mean;
        self.mean += distance / to_float(self.count);
        self.squares += distance * (number - self.mean);
        Ok(())
    }

    /// The deviation of the population that the numbers are a sample of; 0 of fewer than two.
    pub(super) fn of_sample(self) -> f64 {
        if self.count < 2 {
            0.0
        } else {
            (self.squares / to_float(self.count - 1)).sqrt()
        }
    }

    /// The deviation of the numbers as the whole population; 0 of none.
    pub(super) fn of_population(self) -> f64 {
        if self.count == 0 {
            0.0
        } else {
            (self.squares / to_float(self.count)).sqrt()
        }
    }
}
