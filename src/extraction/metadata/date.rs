//! Dates as articles write them.

use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::value::temporal::Date;

/// When an article appeared: the day, or as much of it as can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Published {
    /// The year.
    pub year: i32,
    /// The month from 1 to 12, where it is known.
    pub month: Option<u8>,
    /// The day of the month, where it is known.
    pub day: Option<u8>,
}

impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().map_while(|part| part) {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

impl Published {
    /// The day of a date.
    #[must_use]
    pub fn on(date: Date) -> Self {
        let (year, month, day) = date.calendar();
        let small = |part: i64| u8::try_from(part).ok();
        Self {
            year: i32::try_from(year).unwrap_or_default(),
            month: small(month),
            day: small(day),
        }
    }

    /// The first day that a text names in full, in any of the usual forms.
    ///
    /// # Examples
    ///
    /// ```
    /// use tupu::extraction::Published;
    ///
    /// let date = Published::find("甲报2024年3月5日讯").map(|date| date.to_string());
    /// assert_eq!(date.as_deref(), Some("2024-03-05"));
    /// ```
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        find(text).map(|found| found.date)
    }

    fn day(year: i32, month: u8, day: u8) -> Option<Self> {
        let exists = Date::new(year.into(), month.into(), day.into()).is_ok();
        (exists && (1900..=2100).contains(&year)).then_some(Self {
            year,
            month: Some(month),
            day: Some(day),
        })
    }
}

/// A date and where it stands.
pub(in crate::extraction) struct Found {
    pub(in crate::extraction) date: Published,
    pub(in crate::extraction) span: Range<usize>,
}

/// A way of writing a day, and what reads it.
type Form = (Regex, fn(&Captures<'_>) -> Option<Published>);

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let form = |pattern: &str, read: fn(&Captures<'_>) -> Option<Published>| {
        (
            Regex::new(pattern).expect("the pattern is well formed"),
            read,
        )
    };
    vec![
        form(
            r"(?:^|[^0-9])((?:19|20)[0-9]{2})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})",
            |found| Published::day(number(found, 1)?, number(found, 2)?, number(found, 3)?),
        ),
        form(
            r"(?i)([0-9]{1,2}) (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? ((?:19|20)[0-9]{2})",
            |found| Published::day(number(found, 3)?, month(found, 2)?, number(found, 1)?),
        ),
        form(
            r"(?i)(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? ([0-9]{1,2}),? ((?:19|20)[0-9]{2})",
            |found| Published::day(number(found, 3)?, month(found, 1)?, number(found, 2)?),
        ),
        form(
            r"(?:^|日期|时间|民国|[|:\s])\s*(1[0-9]{2})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})",
            |found| {
                Published::day(
                    number::<i32>(found, 1)? + 1911,
                    number(found, 2)?,
                    number(found, 3)?,
                )
            },
        ),
        form(
            r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日",
            |found| Published::day(digits(&found[1])?, tens(&found[2])?, tens(&found[3])?),
        ),
        form(
            r"(?:^|[^0-9])((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?:$|[^0-9])",
            |found| Published::day(number(found, 1)?, number(found, 2)?, number(found, 3)?),
        ),
    ]
});

/// The first day that a text names in full.
pub(in crate::extraction) fn find(text: &str) -> Option<Found> {
    if !text.contains(|c: char| c.is_ascii_digit() || c == '年') {
        return None;
    }
    FORMS
        .iter()
        .filter_map(|(pattern, read)| {
            let found = pattern.captures(text)?;
            let (first, last) = (found.get(1)?, found.get(3)?);
            Some(Found {
                date: read(&found)?,
                span: first.start()..last.end(),
            })
        })
        .min_by_key(|found| found.span.start)
}

fn number<T: std::str::FromStr>(found: &Captures<'_>, group: usize) -> Option<T> {
    found.get(group)?.as_str().parse().ok()
}

fn month(found: &Captures<'_>, group: usize) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let name = found.get(group)?.as_str().to_ascii_lowercase();
    (1..=12)
        .zip(MONTHS)
        .find(|(_, month)| *month == name)
        .map(|(number, _)| number)
}

fn digit(c: char) -> Option<u8> {
    const DIGITS: &str = "〇一二三四五六七八九";
    let c = if c == '零' { '〇' } else { c };
    DIGITS
        .chars()
        .position(|digit| digit == c)
        .and_then(|digit| u8::try_from(digit).ok())
}

/// 二〇二二
fn digits(text: &str) -> Option<i32> {
    text.chars()
        .try_fold(0, |year, c| Some(year * 10 + i32::from(digit(c)?)))
}

/// 二十六
fn tens(text: &str) -> Option<u8> {
    match text.split_once('十') {
        None => digit(text.chars().next()?),
        Some((tens, ones)) => {
            let tens = tens.chars().next().map_or(Some(1), digit)?;
            let ones = ones.chars().next().map_or(Some(0), digit)?;
            Some(tens * 10 + ones)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_every_usual_form() {
        for (text, date) in [
            ("2024-01-17 20:46", Some("2024-01-17")),
            ("原创2024/1/7", Some("2024-01-07")),
            ("甲报2023年8月1日讯", Some("2023-08-01")),
            ("Thu, 26 May 2022 07:54:49 GMT", Some("2022-05-26")),
            ("March 3rd", None),
            ("Mar 3, 2021", Some("2021-03-03")),
            ("日期|109-12-26", Some("2020-12-26")),
            ("民国109年12月26日", Some("2020-12-26")),
            ("二〇二二年五月二十六日", Some("2022-05-26")),
            ("二零二二年十月十日", Some("2022-10-10")),
            ("20220526", Some("2022-05-26")),
            ("2024-13-01", None),
            ("2024-02-30", None),
            ("010-65363056", None),
            ("粤ICP备2022077823号", None),
        ] {
            let found = find(text).map(|found| found.date.to_string());
            assert_eq!(found.as_deref(), date, "{text}");
        }
    }
}
