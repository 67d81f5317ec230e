//! Times that are written with numbers: years, months, days and their spans.

use super::words::PARTS;
use super::{Number, Period, Reader};

/// What joins the two ends of a span.
const JOINTS: [&str; 7] = ["-", "—", "–", "~", "至", "到", "－"];
/// What says that a day ends a span.
const UNTIL: [&str; 4] = ["截至", "截止", "至", "到"];

impl Reader<'_> {
    /// A number that begins an expression of time: a year, a span of years or months, a month, a day.
    pub(super) fn of_number(&mut self, index: usize) -> Option<Period> {
        let number = self.numbers[index];
        let behind = &self.text[number.end..];
        if let Some(of) = self.year(number) {
            let is_alone = behind.starts_with('年') || behind.starts_with("财年");
            let end = number.end + if is_alone { '年'.len_utf8() } else { 0 };
            if let Some((other, end)) = self.second_year(end) {
                self.calendar.named = Some(other);
                let span = format!("{of}/{other}");
                return Some(Period::new(number.start, end, Some(span)));
            }
            if is_alone {
                self.calendar.named = Some(of);
                return Some(self.within(number.start, end, of));
            }
        }
        self.months(index, None)
    }

    /// The year that a number is.
    fn year(&self, number: Number) -> Option<i32> {
        let Number {
            start, end, value, ..
        } = number;
        if end - start == 4 && (1900.0..2100.0).contains(&value) {
            #[expect(clippy::cast_possible_truncation, reason = "a year has four digits")]
            return Some(value as i32);
        }
        let behind = self.text[end..].strip_prefix('年')?;
        // 112年6月 is a date in Taiwan's count wherever it stands.
        let months = behind.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_date = value >= 100.0 && months.len() < behind.len() && months.starts_with('月');
        (!number.is_chinese)
            .then(|| self.calendar.minguo(value, is_date))
            .flatten()
    }

    /// The second year of a span: 2020-2022年, 2020年、2021年.
    fn second_year(&self, from: usize) -> Option<(i32, usize)> {
        let joints = JOINTS.iter().chain(&["、", "年-", "年至", "和"]);
        let joint = joints
            .filter(|joint| self.text[from..].starts_with(**joint))
            .max_by_key(|joint| joint.len())?;
        let other = self.numbers[self.number_at(from + joint.len())?];
        let is_year = self.text[other.end..].starts_with('年');
        let year = self.year(other).filter(|_| is_year)?;
        Some((year, other.end + '年'.len_utf8()))
    }

    /// Months and days: 6月底, 1-8月, 5月24日; `year` is the one that stands before them.
    fn months(&self, index: usize, year: Option<i32>) -> Option<Period> {
        let number = self.numbers[index];
        let first = month(number)?;
        let year_of = |last| year.or_else(|| self.calendar.year_until(last, self.is_ahead));
        let period = |end: usize, value: String| Some(Period::new(number.start, end, Some(value)));
        let is_first = ["前", "头"]
            .iter()
            .any(|word| self.text[..number.start].ends_with(word));
        if let Some((last, end)) = self.last_month(number.end) {
            let of = year_of(last)?;
            return period(end, self.span(of, first, last));
        }
        let behind = &self.text[number.end..];
        if let Some(rest) = behind.strip_prefix("个月") {
            // 前8个月
            let end = self.text.len() - rest.len();
            let of = year_of(first).filter(|_| is_first)?;
            return period(end, self.span(of, 1, first));
        }
        if !behind.starts_with('月') {
            return None;
        }
        let end = number.end + '月'.len_utf8();
        let of = year_of(first)?;
        if is_first {
            return period(end, self.span(of, 1, first));
        }
        if let Some(day) = self.number_at(end).map(|index| self.numbers[index])
            && self.text[day.end..].starts_with(['日', '号'])
        {
            let before = self.text[..number.start]
                .trim_end_matches(|c: char| c.is_ascii_digit() || "年今去".contains(c));
            // The day of an event is no period of its figures.
            let is_end = UNTIL.iter().any(|word| before.ends_with(word));
            let value = is_end.then(|| format!("{of}-{first:02}-{:02}", day.value));
            let end = day.end + '日'.len_utf8();
            return Some(Period::new(number.start, end, value));
        }
        let tail = ["底", "末", "初", "份"]
            .iter()
            .find(|word| self.text[end..].starts_with(**word));
        let end = end + tail.map_or(0, |word| word.len());
        period(end, format!("{of}-{first:02}"))
    }

    /// The months from one to another, as the article calls them.
    fn span(&self, year: i32, first: u32, last: u32) -> String {
        match (first, last) {
            (1, 3) if self.calendar.says_quarter => format!("{year}-Q1"),
            (1, 6) if self.calendar.says_half => format!("{year}-H1"),
            _ => format!("{year}-{first:02}/{year}-{last:02}"),
        }
    }

    /// The month that ends a span, and where it ends: -8月, 月至8月份.
    fn last_month(&self, from: usize) -> Option<(u32, usize)> {
        let rest = self.text[from..].trim_start_matches(['月', '份']);
        let joint = JOINTS.iter().find(|joint| rest.starts_with(**joint))?;
        let at = self.text.len() - rest.len() + joint.len();
        let other = self.numbers[self.number_at(at)?];
        let behind = self.text[other.end..].strip_prefix('月')?;
        let end = self.text.len() - behind.strip_prefix('份').unwrap_or(behind).len();
        Some((month(other)?, end))
    }

    /// A year with the part of it that follows: 2022年上半年, 今年6月底, 2021年底.
    pub(super) fn within(&self, start: usize, end: usize, year: i32) -> Period {
        let behind = self.text[end..]
            .strip_prefix('度')
            .unwrap_or(&self.text[end..]);
        let rest = behind.trim_start_matches(['的', '全']);
        let from = self.text.len() - rest.len();
        if let Some(part) = PARTS.iter().find(|part| rest.starts_with(part.word)) {
            let value = dated(year, part.suffix);
            return Period::new(start, from + part.word.len(), Some(value));
        }
        // 今年前8月
        let months = from + rest.len() - rest.trim_start_matches(['前', '头']).len();
        if let Some(found) = self
            .number_at(months)
            .and_then(|index| self.months(index, Some(year)))
        {
            return Period { start, ..found };
        }
        let tails = [
            "年底", "年末", "年初", "底", "末", "年", "全年", "初", "以来", "期间",
        ];
        let tail = tails.iter().find(|word| rest.starts_with(**word));
        // 2016年全区: what follows belongs to the next word.
        let bare = if behind.starts_with('全') {
            self.text.len() - behind.len()
        } else {
            from
        };
        let end = tail.map_or(bare, |word| from + word.len());
        Period::new(start, end, Some(year.to_string()))
    }
}

/// The month that a number is.
fn month(number: Number) -> Option<u32> {
    let is_month = (1.0..=12.0).contains(&number.value) && number.value.fract() == 0.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is between 1 and 12"
    )]
    let month = number.value as u32;
    (is_month && !number.has_scale).then_some(month)
}

/// A part of a year: `-H1` → `2022-H1`, `-Q1/-Q3` → `2022-Q1/2022-Q3`.
pub(super) fn dated(year: i32, part: &str) -> String {
    let parts: Vec<String> = part
        .split('/')
        .map(|part| format!("{year}{part}"))
        .collect();
    parts.join("/")
}
