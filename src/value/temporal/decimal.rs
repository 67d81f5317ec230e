//! Exact decimal numbers for the amounts of durations, so that half a month or 0.1 seconds lose nothing.

use super::{Value, ValueError, impossible};

/// A decimal number with 18 digits after the point; further digits are cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(i128);

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self(0);

    const DIGITS: usize = 18;
    /// What one is multiplied with to become the number kept: a 1 and [`Self::DIGITS`] zeros.
    pub(super) const SCALE: i128 = 1_000_000_000_000_000_000;

    /// The number kept: this one times [`Self::SCALE`].
    pub(super) const fn scaled(self) -> i128 {
        self.0
    }

    /// The number that a float's shortest notation shows, when it is finite and not beyond twenty digits.
    #[must_use]
    pub fn from_float(number: f64) -> Option<Self> {
        let text = Some(number)
            .filter(|number| number.is_finite())?
            .to_string();
        match text.strip_prefix('-') {
            Some(text) => Self::parse(text)?.negated(),
            None => Self::parse(&text),
        }
    }

    /// Reads digits, with a point or comma and further digits where there is a fraction.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
        let is_number =
            |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(whole) || !is_number(fraction) {
            return None;
        }
        let fraction = &fraction[..fraction.len().min(Self::DIGITS)];
        let fraction = format!("{fraction:0<width$}", width = Self::DIGITS)
            .parse::<i128>()
            .ok()?;
        whole
            .parse::<i128>()
            .ok()?
            .checked_mul(Self::SCALE)?
            .checked_add(fraction)
            .map(Self)
    }

    /// An integer or a float as a decimal number.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentType`] for what is no number, [`ValueError::InvalidArgumentValue`] for a number
    /// that is not finite or too large.
    pub fn of(operation: &str, value: &Value) -> Result<Self, ValueError> {
        match value {
            Value::Integer(number) => Ok(Self::from(*number)),
            Value::Float(number) => Self::from_float(*number).ok_or_else(|| {
                impossible(
                    operation,
                    format_args!("{number:e}"),
                    "a duration's amounts are finite and fit 64 bits",
                )
            }),
            other => Err(ValueError::invalid_type(
                operation,
                "INTEGER or FLOAT",
                other,
            )),
        }
    }

    /// The sum with another number, when it is not too large.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The product with an integer, when it is not too large.
    #[must_use]
    pub fn times(self, factor: i64) -> Option<Self> {
        self.0.checked_mul(i128::from(factor)).map(Self)
    }

    /// The quotient with a positive integer.
    #[must_use]
    pub const fn divided_by(self, divisor: u32) -> Self {
        Self(self.0 / divisor as i128)
    }

    /// The number with the other sign, when it is not too large.
    #[must_use]
    pub fn negated(self) -> Option<Self> {
        self.0.checked_neg().map(Self)
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Self(i128::from(number) * Self::SCALE)
    }
}
