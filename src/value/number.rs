//! Numbers across the two types: comparison without loss of precision, and text that reads back as the same number.

use std::cmp::Ordering;

/// Compares an integer with a float by their exact values; `None` for NaN.
pub(super) fn compare_mixed(integer: i64, float: f64) -> Option<Ordering> {
    if float.is_nan() {
        return None;
    }
    Some(match exact_integer(float.trunc()) {
        Some(whole) => integer
            .cmp(&whole)
            .then_with(|| 0.0_f64.total_cmp(&(float.fract() + 0.0))),
        None if float > 0.0 => Ordering::Less,
        None => Ordering::Greater,
    })
}

/// The integer that a float without a fraction stands for, if it fits 64 bits.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    reason = "the bounds are checked before"
)]
pub fn exact_integer(float: f64) -> Option<i64> {
    // Both bounds are powers of two, so they are exact as floats.
    const BOUND: f64 = 9_223_372_036_854_775_808.0;
    (float.fract() == 0.0 && (-BOUND..BOUND).contains(&float)).then_some(float as i64)
}

/// The float nearest to an integer.
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    reason = "the standard converts to the nearest float"
)]
pub fn to_float(integer: i64) -> f64 {
    integer as f64
}

/// The shortest text that reads back as the same float: `1.0`, `0.1`, `1e21`, `NaN`, `-Infinity`.
#[must_use]
pub fn float_text(float: f64) -> String {
    if float.is_infinite() {
        return if float > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    format!("{float:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mixed_comparison_is_exact() {
        let limit = 1_i64 << 53;
        assert_eq!(
            compare_mixed(limit + 1, to_float(limit)),
            Some(Ordering::Greater)
        );
        assert_eq!(compare_mixed(limit, to_float(limit)), Some(Ordering::Equal));
        assert_eq!(
            compare_mixed(i64::MAX, 9_223_372_036_854_775_808.0),
            Some(Ordering::Less)
        );
        assert_eq!(
            compare_mixed(i64::MIN, -9_223_372_036_854_775_808.0),
            Some(Ordering::Equal)
        );
        assert_eq!(compare_mixed(0, -0.0), Some(Ordering::Equal));
        assert_eq!(compare_mixed(-1, -1.5), Some(Ordering::Greater));
        assert_eq!(compare_mixed(1, 1.5), Some(Ordering::Less));
        assert_eq!(compare_mixed(1, f64::NEG_INFINITY), Some(Ordering::Greater));
        assert_eq!(compare_mixed(1, f64::NAN), None);
    }

    #[test]
    fn text_of_floats_reads_back() {
        let texts = [
            1.0,
            -0.0,
            0.1,
            1e21,
            1e-7,
            f64::MAX,
            f64::NAN,
            f64::INFINITY,
        ]
        .map(float_text);
        assert_eq!(
            texts.join(" "),
            "1.0 -0.0 0.1 1e21 1e-7 1.7976931348623157e308 NaN Infinity"
        );
    }
}
