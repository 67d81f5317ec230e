//! What time a text speaks of.

mod calendar;
mod dates;
mod words;

pub(super) use calendar::Calendar;

use super::number::{Number, numbers};
use words::{AHEAD, NONE, PARTS, PLANS, YEARS};

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

impl Period {
    fn new(start: usize, end: usize, value: Option<String>) -> Self {
        Self {
            start,
            end,
            value,
            is_total: false,
            is_compared: false,
        }
    }
}

/// The expressions of time in a sentence, in order.
pub(super) fn periods(text: &str, calendar: &mut Calendar) -> Vec<Period> {
    calendar.next_sentence();
    let mut reader = Reader {
        text,
        numbers: numbers(text),
        is_ahead: AHEAD.iter().any(|word| text.contains(word)),
        calendar,
    };
    let mut out: Vec<Period> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let step = text[at..].chars().next().map_or(1, char::len_utf8);
        let spoken_of = reader.calendar.named;
        if !text[at..].starts_with(may_open) {
            at += step;
        } else if let Some(found) = reader.period_at(at) {
            let mut found = compared(text, found);
            if let Some(last) = out.last().filter(|last| last.is_compared)
                && ["、", "和", "与"].contains(&&text[last.end..found.start])
            {
                // 比去年同期、去年末提高: both are compared with
                found.value = None;
                found.is_compared = true;
            }
            if found.is_compared {
                reader.calendar.named = spoken_of;
            }
            at = found.end.max(at + step);
            out.push(found);
        } else {
            at += step;
        }
    }
    out
}

/// The year that a text names most often; of several the latest.
pub(super) fn year_in(text: &str) -> Option<i32> {
    let mut counts = std::collections::BTreeMap::<i32, usize>::new();
    for (at, _) in text.match_indices("20") {
        let digits = text.get(at..at + 4).and_then(|digits| digits.parse().ok());
        let is_whole = !text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.')
            && !text[at..]
                .chars()
                .nth(4)
                .is_some_and(|c| c.is_ascii_digit() || c == '.');
        if let Some(year) = digits.filter(|year| is_whole && (2000..2100).contains(year)) {
            *counts.entry(year).or_default() += 1;
        }
    }
    let most = counts
        .into_iter()
        .max_by_key(|(year, count)| (*count, *year));
    most.map(|(year, _)| year)
}

/// Whether an expression of time may begin with a character.
fn may_open(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(
            c,
            // the words of the lists
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

/// A sentence, read for its times.
struct Reader<'a> {
    text: &'a str,
    numbers: Vec<Number>,
    /// Whether it speaks of what is to come.
    is_ahead: bool,
    calendar: &'a mut Calendar,
}

impl Reader<'_> {
    fn period_at(&mut self, at: usize) -> Option<Period> {
        let rest = &self.text[at..];
        if let Some(word) = NONE.iter().find(|word| rest.starts_with(**word))
            && !(word.ends_with('今') && rest[word.len()..].starts_with(['年', '天', '日']))
        {
            let found = Period::new(at, at + word.len(), None);
            return Some(Period {
                is_total: *word == "累计",
                ..found
            });
        }
        if let Some(found) = self.years_ahead(at).or_else(|| self.plan(at)) {
            return Some(found);
        }
        if let Some((word, distance)) = YEARS.iter().find(|(word, _)| rest.starts_with(word)) {
            // Without a date the year that was named last is the article's.
            let this = self.calendar.year.or(self.calendar.before);
            let of = this.map(|year| year + distance)?;
            self.calendar.named = Some(of);
            return Some(self.within(at, at + word.len(), of));
        }
        if let Some(part) = PARTS.iter().find(|part| rest.starts_with(part.word)) {
            let of = self.calendar.year_until(part.last, self.is_ahead)?;
            let value = dates::dated(of, part.suffix);
            return Some(Period::new(at, at + part.word.len(), Some(value)));
        }
        self.of_number(self.number_at(at)?)
    }

    /// The number that begins at a place, as its position among all.
    fn number_at(&self, at: usize) -> Option<usize> {
        let by_start = |number: &Number| number.start;
        self.numbers.binary_search_by_key(&at, by_start).ok()
    }

    /// The year in which a number of years to come ends: 未来五年, 今后3年.
    fn years_ahead(&self, at: usize) -> Option<Period> {
        let word = ["未来", "今后"]
            .iter()
            .find(|word| self.text[at..].starts_with(**word))?;
        let number = self.numbers[self.number_at(at + word.len())?];
        if !self.text[number.end..].starts_with('年') || !(1.0..=30.0).contains(&number.value) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "it is at most thirty")]
        let last = self.calendar.year? + number.value as i32;
        let end = number.end + '年'.len_utf8();
        Some(Period::new(at, end, Some(last.to_string())))
    }

    /// The last year of a five-year plan: 十四五末, “十四五”期间.
    fn plan(&self, at: usize) -> Option<Period> {
        let rest = &self.text[at..];
        let (word, last) = PLANS.iter().find(|(word, _)| rest.starts_with(word))?;
        let behind = rest[word.len()..].trim_start_matches(['”', '"', '」']);
        let tail = ["期末", "末", "期间", "时期"]
            .iter()
            .find(|tail| behind.starts_with(**tail))?;
        let end = at + rest.len() - behind.len() + tail.len();
        Some(Period::new(at, end, Some(last.to_string())))
    }
}

#[cfg(test)]
mod tests;
