//! Which year a time means that names none.

/// What an article has said of years so far.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::extraction::measure) struct Calendar {
    /// The year in which the article appeared.
    pub year: Option<i32>,
    /// The month in which it did.
    pub month: Option<u32>,
    /// Whether years are counted as in Taiwan: 105年 is 2016.
    pub is_minguo: bool,
    /// Whether the article calls the first six months 上半年.
    pub says_half: bool,
    /// Whether it calls the first three 一季度.
    pub says_quarter: bool,
    /// The year that the sentence named last.
    pub named: Option<i32>,
    /// The year that an earlier sentence named last.
    pub before: Option<i32>,
}

impl Calendar {
    /// Goes on to the next sentence.
    pub(super) fn next_sentence(&mut self) {
        self.before = self.named.take().or(self.before);
    }

    /// The year of a part of a year that ends with a month.
    ///
    /// What an article tells of is over, unless it speaks of what is to come.
    pub(super) fn year_until(&self, last: u32, is_ahead: bool) -> Option<i32> {
        if self.named.is_some() {
            return self.named;
        }
        let Some(year) = self.year else {
            return self.before;
        };
        let is_over = is_ahead || self.month.is_none_or(|month| last <= month);
        Some(if is_over { year } else { year - 1 })
    }

    /// The year that a number of two or three digits is in Taiwan's count.
    pub(super) fn minguo(&self, value: f64, is_date: bool) -> Option<i32> {
        /// From how long ago to how far ahead an article speaks.
        const SPAN: std::ops::RangeInclusive<i32> = -30..=6;
        if !(self.is_minguo || is_date) || value.fract() != 0.0 || !(60.0..200.0).contains(&value) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "it is less than 200")]
        let year = value as i32 + 1911;
        let is_near = self
            .year
            .map_or(is_date, |own| SPAN.contains(&(year - own)));
        is_near.then_some(year)
    }
}
