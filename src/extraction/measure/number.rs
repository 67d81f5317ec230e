//! Numbers in all the forms in which articles write them.

/// A number in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last, its scale (万, 亿) and 多 or 余 included.
    pub end: usize,
    /// What it is worth.
    pub value: f64,
    /// Whether 多, 余 or 几 says that it is more.
    pub is_more: bool,
    /// Whether it is written with a scale: 亿 alone stands for 亿元.
    pub has_scale: bool,
    /// Whether it is written in Chinese digits alone.
    pub is_chinese: bool,
}

/// The numbers of a text, in order.
pub(super) fn numbers(text: &str) -> Vec<Number> {
    let mut out = Vec::new();
    let mut at = 0;
    let bytes = text.as_bytes();
    while at < text.len() {
        let found = match bytes[at] {
            b'0'..=b'9' => arabic(text, at),
            0xE3..=0xE9 => text[at..]
                .chars()
                .next()
                .filter(|c| is_chinese(*c))
                .and_then(|_| chinese(text, at)),
            _ => None,
        };
        match found {
            Some(number) => {
                at = number.end;
                out.push(number);
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    out
}

fn arabic(text: &str, start: usize) -> Option<Number> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = start;
    let mut digits = String::new();
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'0'..=b'9' => digits.push(char::from(*byte)),
            // 1,000: three digits behind a comma, and no fourth.
            b',' if (1..=3).all(|n| is_digit(end + n)) && !is_digit(end + 4) => {}
            b'.' if is_digit(end + 1) && !digits.contains('.') => digits.push('.'),
            _ => break,
        }
        end += 1;
    }
    let number = Number {
        start,
        end,
        value: digits.parse().ok()?,
        is_more: false,
        has_scale: false,
        is_chinese: false,
    };
    Some(scaled(text, number, &digits))
}

/// Takes the scale behind a number, and 多 or 余 on either side of it.
fn scaled(text: &str, mut number: Number, digits: &str) -> Number {
    let mut zeros = 0;
    loop {
        let rest = &text[number.end..];
        let skipped = rest.len() - rest.trim_start_matches(' ').len();
        let Some(c) = rest[skipped..].chars().next() else {
            break;
        };
        let factor: u32 = match c {
            '多' | '余' if !number.is_more => {
                number.is_more = true;
                number.end += skipped + c.len_utf8();
                continue;
            }
            '十' => 1,
            '百' => 2,
            '千' => 3,
            '万' => 4,
            '亿' => 8,
            '兆' => 12,
            _ => break,
        };
        if of_unit(c, &rest[skipped + c.len_utf8()..]) {
            break;
        }
        zeros += factor;
        number.has_scale |= factor >= 4;
        number.end += skipped + c.len_utf8();
    }
    // Written out with its zeros the number is the nearest to what the text says: 317.96亿.
    if let Ok(value) = format!("{digits}e{zeros}").parse() {
        number.value = value;
    }
    rest_of(text, number)
}

/// Whether a scale belongs to the unit: 5千瓦, 3百分点, 2兆瓦.
fn of_unit(scale: char, behind: &str) -> bool {
    match scale {
        '千' => behind.starts_with(['瓦', '米', '克', '伏', '升', '卡']),
        '百' => behind.starts_with('分'),
        '兆' => behind.starts_with(['瓦', '赫', '字', '比']),
        _ => false,
    }
}

/// Adds the part of a number that is written with a smaller scale: 1兆780亿, 26万3649.
fn rest_of(text: &str, mut number: Number) -> Number {
    let scale = text[..number.end].chars().next_back();
    let most = match scale {
        Some('兆') => 1e12,
        Some('亿') => 1e8,
        Some('万') => 1e4,
        _ => return number,
    };
    let is_followed = text[number.end..].starts_with(|c: char| c.is_ascii_digit());
    if let Some(rest) = is_followed.then(|| arabic(text, number.end)).flatten()
        && rest.value < most
        && !text[rest.end..].starts_with(['年', '月'])
    {
        number.value += rest.value;
        number.end = rest.end;
        number.is_more |= rest.is_more;
    }
    number
}

fn digit(c: char) -> Option<f64> {
    Some(match c {
        '零' | '〇' | '○' => 0.0,
        '一' => 1.0,
        '二' | '两' => 2.0,
        '三' => 3.0,
        '四' => 4.0,
        '五' => 5.0,
        '六' => 6.0,
        '七' => 7.0,
        '八' => 8.0,
        '九' => 9.0,
        _ => return None,
    })
}

fn scale(c: char) -> Option<f64> {
    Some(match c {
        '十' => 1e1,
        '百' => 1e2,
        '千' => 1e3,
        '万' => 1e4,
        '亿' => 1e8,
        '兆' => 1e12,
        _ => return None,
    })
}

fn is_chinese(c: char) -> bool {
    digit(c).is_some() || scale(c).is_some()
}

fn chinese(text: &str, start: usize) -> Option<Number> {
    let (mut total, mut section, mut current) = (0.0f64, 0.0f64, None::<f64>);
    let mut end = start;
    let mut is_more = false;
    let mut has_scale = false;
    for c in text[start..].chars() {
        if let Some(value) = digit(c) {
            // 二〇二二: digits in a row are a year or a number of a thing.
            current = Some(current.map_or(value, |before| before * 10.0 + value));
        } else if let Some(factor) = scale(c) {
            let behind = &text[end + c.len_utf8()..];
            if of_unit(c, behind) {
                break;
            }
            if factor >= 1e4 {
                let below = section + current.take().unwrap_or(0.0);
                total = (total
                    + if below == 0.0 && total == 0.0 {
                        1.0
                    } else {
                        below
                    })
                    * factor;
                section = 0.0;
                has_scale = true;
            } else {
                section += current.take().unwrap_or(1.0) * factor;
            }
        } else if matches!(c, '多' | '余') && !is_more {
            is_more = true;
        } else {
            break;
        }
        end += c.len_utf8();
    }
    let value = total + section + current.unwrap_or(0.0);
    (end > start && value > 0.0).then_some(Number {
        start,
        end,
        value,
        is_more,
        has_scale,
        is_chinese: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        let cases = [
            ("1080", 1080.0, false),
            ("4222.91亿", 422_291_000_000.0, false),
            ("14.0", 14.0, false),
            ("1,234", 1234.0, false),
            ("1.13万", 11_300.0, false),
            ("1.7万亿", 1_700_000_000_000.0, false),
            ("1兆780亿", 1_078_000_000_000.0, false),
            ("4兆2,664.5亿", 4_266_450_000_000.0, false),
            ("26万3,649", 263_649.0, false),
            ("三万七千多", 37_000.0, true),
            ("1100余", 1100.0, true),
            ("20多亿", 2_000_000_000.0, true),
            ("两百多", 200.0, true),
            ("百", 100.0, false),
            ("千万", 10_000_000.0, false),
            ("万亿", 1_000_000_000_000.0, false),
            ("一百五十亿", 15_000_000_000.0, false),
            ("4000万", 40_000_000.0, false),
            ("二千十五", 2015.0, false),
        ];
        for (text, value, is_more) in cases {
            let found = numbers(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(
                (found[0].value - value).abs() < 1e-6 * value,
                "{text}: {found:?}"
            );
            assert_eq!(
                (found[0].is_more, found[0].end),
                (is_more, text.len()),
                "{text}"
            );
        }
    }
}
