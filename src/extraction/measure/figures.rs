//! The figures that stand in a stretch of text, whoever they are said of.

use super::number::numbers;
use super::quantity::quantities;
use crate::extraction::Normalized;

/// What the numbers of a text are worth, plain and in the base unit of what they count: `3.5公里` is 3.5 and 3500.
///
/// # Examples
///
/// ```
/// assert!(tupu::extraction::figures("产值达30.5亿元").contains(&3_050_000_000.0));
/// ```
#[must_use]
pub fn figures(text: &str) -> Vec<f64> {
    let normalized = Normalized::new(text);
    let text = normalized.text();
    let plain = numbers(text).into_iter().map(|number| number.value);
    let counted = quantities(text, &[]).into_iter();
    plain
        .chain(counted.map(|quantity| quantity.value))
        .collect()
}
