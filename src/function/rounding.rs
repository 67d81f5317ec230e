//! Rounding of floats to decimal places, by the digits that the float is written with.
//!
//! `2.675` is stored as a little less than it says; people expect `round(2.675, 2)` to give `2.68`, so the digits of the
//! shortest text that reads back as the float are what is rounded.

use crate::value::{Value, ValueError};

/// What happens to the digits that are cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
    /// Towards positive infinity.
    Ceiling,
    /// Towards negative infinity.
    Floor,
    /// To the nearest, a half away from zero.
    HalfUp,
    /// To the nearest, a half towards zero.
    HalfDown,
    /// To the nearest, a half to the even digit.
    HalfEven,
}

impl Mode {
    const NAMES: [(&'static str, Self); 7] = [
        ("UP", Self::Up),
        ("DOWN", Self::Down),
        ("CEILING", Self::Ceiling),
        ("FLOOR", Self::Floor),
        ("HALF_UP", Self::HalfUp),
        ("HALF_DOWN", Self::HalfDown),
        ("HALF_EVEN", Self::HalfEven),
    ];

    /// The mode of a name, whatever the case.
    pub(super) fn from_name(name: &str) -> Result<Self, ValueError> {
        let found = Self::NAMES
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found
            .map(|(_, mode)| *mode)
            .ok_or_else(|| ValueError::InvalidArgumentValue {
                operation: "round".to_owned(),
                found: Value::from(name).to_string(),
                reason: "the modes are UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN and HALF_EVEN"
                    .to_owned(),
            })
    }

    /// Whether the kept digits grow by one. `rest` are the digits cut off, `last` the digit before them.
    fn grows(self, is_negative: bool, last: u8, rest: &[u8]) -> bool {
        let is_exact = rest.iter().all(|digit| *digit == b'0');
        let half = match rest.split_first() {
            Some((b'5', after)) if after.iter().all(|digit| *digit == b'0') => Half::Exactly,
            Some((b'5'.., _)) => Half::More,
            _ => Half::Less,
        };
        match self {
            Self::Up => !is_exact,
            Self::Down => false,
            Self::Ceiling => !is_exact && !is_negative,
            Self::Floor => !is_exact && is_negative,
            Self::HalfUp => half != Half::Less,
            Self::HalfDown => half == Half::More,
            Self::HalfEven => half == Half::More || (half == Half::Exactly && last % 2 == 1),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Less,
    Exactly,
    More,
}

/// Rounds to so many places after the decimal point.
pub(super) fn round(float: f64, places: u32, mode: Mode) -> f64 {
    let is_negative = float.is_sign_negative();
    // The decimal notation of a float has at most some 340 digits before or after its point.
    let text = format!("{}", float.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let kept = usize::try_from(places).unwrap_or(usize::MAX);
    if !float.is_finite() || fraction.len() <= kept {
        return float;
    }
    let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes().take(kept)).collect();
    let last = digits.last().map_or(0, |digit| digit - b'0');
    if mode.grows(is_negative, last, &fraction.as_bytes()[kept..]) {
        increment(&mut digits);
    }
    digits.insert(digits.len() - kept, b'.');
    let text = String::from_utf8(digits).expect("digits and a point are text");
    let rounded: f64 = text.parse().expect("digits and a point are a number");
    rounded.copysign(float)
}

/// Adds one to a number written in decimal digits.
fn increment(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn whole_numbers() {
        check(
            "round",
            &[
                ("3.141592", "3.0"),
                ("2.5", "3.0"),
                ("-2.5", "-2.0"),
                ("-1.6", "-2.0"),
                ("0.49999999999999994", "0.0"),
                ("7", "7.0"),
                ("NaN", "NaN"),
                ("-Infinity", "-Infinity"),
                ("null", "null"),
            ],
        );
    }

    #[test]
    fn decimal_places() {
        check(
            "round",
            &[
                ("3.141592, 3", "3.142"),
                ("2.675, 2", "2.68"),
                ("-1.55, 1", "-1.6"),
                ("9.99, 1", "10.0"),
                ("1.5, 9223372036854775807", "1.5"),
                ("1e-7, 3", "0.0"),
                ("1e300, 2", "1e300"),
                (
                    "1.5, -1",
                    "NumberOutOfRange: round takes a precision from 0, found -1",
                ),
            ],
        );
    }

    #[test]
    fn modes() {
        let cases = |mode: &str| {
            let numbers = ["1.249", "1.251", "1.25", "1.35", "-1.25"];
            numbers
                .map(|number| {
                    super::super::testing::call("round", &format!("{number}, 1, '{mode}'"))
                })
                .join(" ")
        };
        assert_eq!(cases("UP"), "1.3 1.3 1.3 1.4 -1.3");
        assert_eq!(cases("DOWN"), "1.2 1.2 1.2 1.3 -1.2");
        assert_eq!(cases("ceiling"), "1.3 1.3 1.3 1.4 -1.2");
        assert_eq!(cases("FLOOR"), "1.2 1.2 1.2 1.3 -1.3");
        assert_eq!(cases("HALF_UP"), "1.2 1.3 1.3 1.4 -1.3");
        assert_eq!(cases("HALF_DOWN"), "1.2 1.3 1.2 1.3 -1.2");
        assert_eq!(cases("HALF_EVEN"), "1.2 1.3 1.2 1.4 -1.2");
        check(
            "round",
            &[(
                "1.5, 0, 'X'",
                "InvalidArgumentValue: round can't use 'X': \
                 the modes are UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN and HALF_EVEN",
            )],
        );
    }
}
