//! What time a text speaks of.

use super::number::{Number, numbers};

/// An expression of time, and the period that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Period {
    pub start: usize,
    pub end: usize,
    /// The period; none where the text says that none is meant (目前, 累计).
    pub value: Option<String>,
    /// 累计: no period of its own, but none is ended by it.
    pub is_total: bool,
    /// 比去年同期: what is compared with, not what is spoken of.
    pub is_compared: bool,
}

/// Words that stand for no period of their own.
const NONE: &[&str] = &[
    "截至目前",
    "截止目前",
    "目前",
    "近年来",
    "多年来",
    "累计",
    "迄今",
    "至今",
    "当前",
    "如今",
    "近年",
    "现有",
    "建厂以来",
    "成立以来",
];

/// Words for a year, as its distance from the article's.
const YEARS: &[(&str, i32)] = &[
    ("今年", 0),
    ("本年度", 0),
    ("本年", 0),
    ("年内", 0),
    ("全年", 0),
    ("去年", -1),
    ("上年", -1),
    ("前年", -2),
    ("明年", 1),
    ("后年", 2),
];

/// Parts of a year.
const PARTS: &[(&str, &str)] = &[
    ("上半年", "-H1"),
    ("下半年", "-H2"),
    ("前三季度", "-Q1/-Q3"),
    ("前三季", "-Q1/-Q3"),
    ("前两季度", "-H1"),
    ("第一季度", "-Q1"),
    ("第二季度", "-Q2"),
    ("第三季度", "-Q3"),
    ("第四季度", "-Q4"),
    ("一季度", "-Q1"),
    ("二季度", "-Q2"),
    ("三季度", "-Q3"),
    ("四季度", "-Q4"),
    ("1季度", "-Q1"),
    ("首季", "-Q1"),
];

/// The expressions of time in a text, in order.
///
/// `year` is the article's.
pub(super) fn periods(text: &str, year: Option<i32>) -> Vec<Period> {
    let mut out: Vec<Period> = Vec::new();
    let all = numbers(text);
    let mut at = 0;
    let mut last_year = None;
    while at < text.len() {
        let step = text[at..].chars().next().map_or(1, char::len_utf8);
        let spoken_of = last_year;
        if !text[at..].starts_with(may_open) {
            at += step;
        } else if let Some(found) = period_at(text, at, &all, year, &mut last_year) {
            let found = compared(text, found);
            if found.is_compared {
                last_year = spoken_of;
            }
            at = found.end.max(at + step);
            out.push(found);
        } else {
            at += step;
        }
    }
    out
}

/// Whether an expression of time may begin with a character.
fn may_open(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(
            c,
            // the words of the lists above
            '截' | '目' | '近' | '多' | '累' | '迄' | '至' | '当' | '如' | '现' | '建' | '成' | '今' | '本' | '年'
                | '全' | '去' | '上' | '前' | '明' | '后' | '下' | '第' | '首' | '未'
            // numbers
                | '零' | '〇' | '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百'
                | '千' | '几'
        )
}

/// A time with which another is compared, with the words that say so: 比去年同期, 较2019年.
fn compared(text: &str, mut found: Period) -> Period {
    let before = &text[..found.start];
    let word = ["相比", "比", "较", "与", "同"]
        .iter()
        .find(|word| before.ends_with(**word));
    let behind = &text[found.end..];
    let same = ["同期相比", "同期", "相比"]
        .iter()
        .find(|same| behind.starts_with(**same));
    let is_with = word.is_some_and(|word| matches!(*word, "比" | "较" | "相比"));
    if same.is_some() || is_with {
        found.start -= word.map_or(0, |word| word.len());
        found.end += same.map_or(0, |same| same.len());
        found.value = None;
        found.is_compared = true;
    }
    found
}

fn period_at(
    text: &str,
    at: usize,
    numbers: &[Number],
    year: Option<i32>,
    last_year: &mut Option<i32>,
) -> Option<Period> {
    let rest = &text[at..];
    if let Some(word) = NONE.iter().find(|word| rest.starts_with(**word)) {
        return Some(Period {
            start: at,
            end: at + word.len(),
            value: None,
            is_total: *word == "累计",
            is_compared: false,
        });
    }
    if let Some(found) = years_ahead(text, at, numbers, year) {
        return Some(found);
    }
    let number = numbers
        .binary_search_by_key(&at, |number| number.start)
        .ok()
        .map(|index| numbers[index]);
    if let Some((word, distance)) = YEARS.iter().find(|(word, _)| rest.starts_with(word)) {
        // 2009年,…全年…: the year that was named last.
        let named = last_year.filter(|_| *word == "全年");
        let of = named.or(year.map(|year| year + distance))?;
        *last_year = Some(of);
        return Some(within(text, at, at + word.len(), of));
    }
    if let Some(number) = number {
        return of_number(text, number, numbers, year, last_year);
    }
    if let Some((word, part)) = PARTS.iter().find(|(word, _)| rest.starts_with(word)) {
        let of = last_year.or(year)?;
        return Some(Period {
            start: at,
            end: at + word.len(),
            value: Some(dated(of, part)),
            is_total: false,
            is_compared: false,
        });
    }
    None
}

/// The year in which a number of years to come ends: 未来五年, 今后3年.
fn years_ahead(text: &str, at: usize, numbers: &[Number], year: Option<i32>) -> Option<Period> {
    let word = ["未来", "今后"]
        .iter()
        .find(|word| text[at..].starts_with(**word))?;
    let index = numbers
        .binary_search_by_key(&(at + word.len()), |number| number.start)
        .ok()?;
    let number = numbers[index];
    if !text[number.end..].starts_with('年') || !(1.0..=30.0).contains(&number.value) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "it is at most thirty")]
    let last = year? + number.value as i32;
    Some(Period {
        start: at,
        end: number.end + '年'.len_utf8(),
        value: Some(last.to_string()),
        is_total: false,
        is_compared: false,
    })
}

/// A number that begins an expression of time: a year, a span of years or months, a month, a day.
fn of_number(
    text: &str,
    number: Number,
    numbers: &[Number],
    year: Option<i32>,
    last_year: &mut Option<i32>,
) -> Option<Period> {
    let behind = &text[number.end..];
    let value = number.value;
    if is_year(number) && (behind.starts_with('年') || behind.starts_with("财年")) {
        #[expect(clippy::cast_possible_truncation, reason = "a year has four digits")]
        let of = value as i32;
        let end = number.end + '年'.len_utf8();
        if let Some((other, end)) = second_year(text, end, numbers) {
            *last_year = Some(other);
            return Some(Period {
                start: number.start,
                end,
                value: Some(format!("{of}/{other}")),
                is_total: false,
                is_compared: false,
            });
        }
        *last_year = Some(of);
        return Some(within(text, number.start, end, of));
    }
    if is_year(number)
        && let Some((other, end)) = second_year(text, number.end, numbers)
    {
        return Some(Period {
            start: number.start,
            end,
            value: Some(format!("{}/{other}", number.value)),
            is_total: false,
            is_compared: false,
        });
    }
    let of = last_year.or(year)?;
    months(text, number, numbers, of)
}

fn is_year(number: Number) -> bool {
    let Number {
        start, end, value, ..
    } = number;
    end - start == 4 && (1900.0..2100.0).contains(&value)
}

/// The second year of a span: 2020-2022年, 2020年、2021年.
fn second_year(text: &str, from: usize, numbers: &[Number]) -> Option<(i32, usize)> {
    let joint = ["-", "—", "–", "~", "至", "到", "、", "年-", "年至", "和"]
        .iter()
        .filter(|joint| text[from..].starts_with(**joint))
        .max_by_key(|joint| joint.len())?;
    let at = from + joint.len();
    let index = numbers
        .binary_search_by_key(&at, |number| number.start)
        .ok()?;
    let other = numbers[index];
    if !is_year(other) || !text[other.end..].starts_with('年') {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a year has four digits")]
    Some((other.value as i32, other.end + '年'.len_utf8()))
}

/// Months and days: 6月底, 1-8月, 5月24日.
fn months(text: &str, number: Number, numbers: &[Number], year: i32) -> Option<Period> {
    let first = number.value;
    if !(1.0..=12.0).contains(&first) || number.has_scale {
        return None;
    }
    let behind = &text[number.end..];
    let period = |end: usize, value: String| {
        Some(Period {
            start: number.start,
            end,
            value: Some(value),
            is_total: false,
            is_compared: false,
        })
    };
    if let Some(joint) = ["-", "—", "–", "~", "至", "到"]
        .iter()
        .find(|joint| behind.starts_with(**joint))
    {
        let at = number.end + joint.len();
        let index = numbers
            .binary_search_by_key(&at, |number| number.start)
            .ok()?;
        let other = numbers[index];
        if text[other.end..].starts_with('月') && (1.0..=12.0).contains(&other.value) {
            let span = format!("{year}-{first:02}/{year}-{:02}", other.value);
            return period(other.end + '月'.len_utf8(), span);
        }
        return None;
    }
    if !behind.starts_with('月') && !behind.starts_with("个月") {
        return None;
    }
    if behind.starts_with("个月") {
        // 前8个月
        let is_span = text[..number.start].ends_with('前') || text[..number.start].ends_with('头');
        let end = number.end + "个月".len();
        return is_span
            .then(|| period(end, format!("{year}-01/{year}-{first:02}")))
            .flatten();
    }
    let end = number.end + '月'.len_utf8();
    if let Ok(index) = numbers.binary_search_by_key(&end, |number| number.start)
        && text[numbers[index].end..].starts_with(['日', '号'])
    {
        let day = numbers[index];
        let end = day.end + '日'.len_utf8();
        let is_end = ["截至", "截止", "至", "到"].iter().any(|word| {
            text[..number.start]
                .trim_end_matches(|c: char| c.is_ascii_digit() || c == '年')
                .ends_with(word)
        });
        // The day of an event is no period of its figures.
        return Some(Period {
            start: number.start,
            end,
            value: is_end.then(|| format!("{year}-{first:02}-{:02}", day.value)),
            is_total: false,
            is_compared: false,
        });
    }
    let tail = ["底", "末", "初", "份"]
        .iter()
        .find(|word| text[end..].starts_with(**word));
    period(
        end + tail.map_or(0, |word| word.len()),
        format!("{year}-{first:02}"),
    )
}

/// A year with the part of it that follows: 2022年上半年, 今年6月底, 2021年底.
fn within(text: &str, start: usize, end: usize, year: i32) -> Period {
    let behind = &text[end..];
    let skipped = behind.len() - behind.trim_start_matches(['的', '全']).len();
    let rest = &behind[skipped..];
    if let Some((word, part)) = PARTS.iter().find(|(word, _)| rest.starts_with(word)) {
        return Period {
            start,
            end: end + skipped + word.len(),
            value: Some(dated(year, part)),
            is_total: false,
            is_compared: false,
        };
    }
    let all = numbers(&rest[..rest.floor_char_boundary(24)]);
    if let Some(number) = all.first().filter(|number| number.start == 0)
        && let Some(found) = months(rest, *number, &all, year)
    {
        let is_until = ["截至", "截止", "至", "到"]
            .iter()
            .any(|word| text[..start].ends_with(word));
        let day = rest[..found.end].ends_with(['日', '号']) && is_until;
        let value = match (found.value, day) {
            (None, true) => {
                let month = number.value;
                all.get(1)
                    .map(|day| format!("{year}-{month:02}-{:02}", day.value))
            }
            (value, _) => value,
        };
        return Period {
            start,
            end: end + skipped + found.end,
            value,
            is_total: false,
            is_compared: false,
        };
    }
    let tail = [
        "年底", "年末", "年初", "底", "末", "年", "全年", "初", "以来",
    ];
    let tail = tail
        .iter()
        .find(|word| rest.starts_with(**word))
        .map_or(0, |word| word.len());
    Period {
        start,
        end: end + skipped + tail,
        value: Some(year.to_string()),
        is_total: false,
        is_compared: false,
    }
}

/// A part of a year: `-H1` → `2022-H1`, `-Q1/-Q3` → `2022-Q1/2022-Q3`.
fn dated(year: i32, part: &str) -> String {
    let parts: Vec<String> = part
        .split('/')
        .map(|part| format!("{year}{part}"))
        .collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_may_open() {
        let words = NONE.iter().copied();
        let words = words
            .chain(YEARS.iter().map(|one| one.0))
            .chain(PARTS.iter().map(|one| one.0));
        for word in words {
            assert!(word.starts_with(may_open), "{word}");
        }
    }

    #[test]
    fn every_form_is_read() {
        let cases = [
            ("2022年", Some("2022")),
            ("2022年上半年", Some("2022-H1")),
            ("今年一季度", Some("2023-Q1")),
            ("去年", Some("2022")),
            ("今年6月底", Some("2023-06")),
            ("1-8月", Some("2023-01/2023-08")),
            ("今年1至8月", Some("2023-01/2023-08")),
            ("2021年底", Some("2021")),
            ("上半年", Some("2023-H1")),
            ("2020年、2021年", Some("2020/2021")),
            ("2020—2022年", Some("2020/2022")),
            ("5月24日", None),
            ("2021年前三季度", Some("2021-Q1/2021-Q3")),
            ("目前", None),
            ("未来五年", Some("2028")),
            ("比去年同期", None),
            ("较2019年", None),
        ];
        for (text, value) in cases {
            let found = periods(text, Some(2023));
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].value.as_deref(), value, "{text}");
            assert_eq!(found[0].end, text.len(), "{text}");
        }
        let until = periods("截至2023年6月30日", Some(2023));
        assert_eq!(until[0].value.as_deref(), Some("2023-06-30"));
    }
}
