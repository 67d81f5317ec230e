//! Quantities as people read them: `1080亿元`, `218万平方米`, `14%`.

use super::Names;
use super::literal::cell;
use crate::graph::Subgraph;
use crate::value::{Map, Value};

/// The quantity that an indicator's properties tell, without its name: `value` with its `unit`, behind the sign of its
/// `qualifier`, and its `period`. `None` where there is no `value`.
///
/// # Examples
///
/// ```
/// use tupu::render::quantity;
/// use tupu::value::{Map, Value};
///
/// let indicator = Map::from_iter([
///     ("value".into(), Value::from(108_000_000_000)),
///     ("unit".into(), Value::from("元")),
///     ("period".into(), Value::from("2022")),
///     ("qualifier".into(), Value::from(">")),
/// ]);
/// assert_eq!(quantity(&indicator).unwrap(), ">1080亿元 (2022)");
/// ```
#[must_use]
pub fn quantity(indicator: &Map) -> Option<String> {
    let value = indicator.get("value").filter(|value| !value.is_null())?;
    let text = |key: &str| indicator.get(key).and_then(Value::as_str);
    let sign = match text("qualifier") {
        Some("=") | None => "",
        Some("~") => "≈",
        Some("target") => "目标",
        Some(other) => other,
    };
    let period = text("period").map(|period| format!(" ({period})"));
    Some(format!(
        "{sign}{}{}{}",
        number(value),
        text("unit").unwrap_or(""),
        period.unwrap_or_default()
    ))
}

/// The number in 亿 or 万 where four decimals hold all of it.
fn number(value: &Value) -> String {
    let exact = match value {
        Value::Integer(number) => number.to_string(),
        Value::Float(number) if number.is_finite() => format!("{number}"),
        _ => return cell(value, &Subgraph::default(), Names::Identifiers),
    };
    let (sign, digits) = exact
        .strip_prefix('-')
        .map_or(("", &*exact), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let (zeros, name) = match whole.len() {
        9.. => (8, "亿"),
        5..=8 => (4, "万"),
        _ => return exact,
    };
    let (head, tail) = whole.split_at(whole.len() - zeros);
    let tail = format!("{tail}{fraction}");
    match tail.trim_end_matches('0') {
        "" => format!("{sign}{head}{name}"),
        tail if tail.len() <= 4 => format!("{sign}{head}.{tail}{name}"),
        _ => exact,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_value() {
        let check = |value: Value, expected: &str| assert_eq!(number(&value), expected);
        check(108_000_000_000_i64.into(), "1080亿");
        check(2_180_000.into(), "218万");
        check(2_185_500.into(), "218.55万");
        check(123_456_789.into(), "123456789");
        check(1_234_567_891_i64.into(), "1234567891");
        check(12_345_678_912_345_i64.into(), "12345678912345");
        check(9_999.into(), "9999");
        check(10_000.into(), "1万");
        check((-250_000_000).into(), "-2.5亿");
        check(14.0.into(), "14");
        check(14.5.into(), "14.5");
        check(108_000_000_000.5.into(), "108000000000.5");
        check(f64::NAN.into(), "NaN");
        check("许多".into(), "许多");
    }
}
