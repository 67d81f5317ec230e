//! Reads the ISO 8601 notations of dates, times of day, offsets and zones, basic and extended.
//!
//! [`Scanner`] consumes text from the left and says `None` where a notation breaks off; whether the numbers make sense
//! is judged by the constructors of the values.

use super::{Date, LocalTime, NANOSECONDS_PER_SECOND, Offset, ValueError, Zone};

/// The ways to name a day.
#[derive(Clone, Copy, Debug)]
pub(super) enum DateNotation {
    /// `2015`, `2015-07`, `2015-07-21`.
    Calendar { year: i64, month: i64, day: i64 },
    /// `2015-W30`, `2015-W30-2`.
    Week { year: i64, week: i64, day: i64 },
    /// `2015-Q2`, `2015-Q2-60`.
    Quarter { year: i64, quarter: i64, day: i64 },
    /// `2015-202`.
    Ordinal { year: i64, day: i64 },
}

impl DateNotation {
    pub(super) fn resolve(self) -> Result<Date, ValueError> {
        match self {
            Self::Calendar { year, month, day } => Date::new(year, month, day),
            Self::Week { year, week, day } => Date::from_week(year, week, day),
            Self::Quarter { year, quarter, day } => Date::from_quarter(year, quarter, day),
            Self::Ordinal { year, day } => Date::from_ordinal(year, day),
        }
    }
}

/// A time of day as written, not yet checked.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeNotation {
    hour: i64,
    minute: i64,
    second: i64,
    nanosecond: i64,
}

impl TimeNotation {
    pub(super) const MIDNIGHT: Self = Self {
        hour: 0,
        minute: 0,
        second: 0,
        nanosecond: 0,
    };

    pub(super) fn resolve(self) -> Result<LocalTime, ValueError> {
        LocalTime::new(self.hour, self.minute, self.second, self.nanosecond)
    }
}

/// What is left to read of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// Consumes one of some ASCII characters.
    pub(super) fn eat(&mut self, characters: &[char]) -> Option<char> {
        let character = self
            .rest
            .chars()
            .next()
            .filter(|character| characters.contains(character))?;
        self.rest = &self.rest[character.len_utf8()..];
        Some(character)
    }

    /// How many digits come next.
    fn run(&self) -> usize {
        self.rest.bytes().take_while(u8::is_ascii_digit).count()
    }

    /// Consumes a number of digits that is known to be there.
    fn take(&mut self, count: usize) -> Option<&'a str> {
        if self.run() < count {
            return None;
        }
        let (digits, rest) = self.rest.split_at(count);
        self.rest = rest;
        Some(digits)
    }

    /// Consumes exactly `count` digits.
    pub(super) fn number(&mut self, count: usize) -> Option<i64> {
        self.take(count)?.parse().ok()
    }

    /// Consumes the whole run of digits, which must be one or two.
    fn one_or_two(&mut self) -> Option<i64> {
        match self.run() {
            count @ 1..=2 => self.number(count),
            _ => None,
        }
    }

    /// A date in any notation.
    pub(super) fn date(&mut self) -> Option<DateNotation> {
        let year = self.year()?;
        if self.rest.starts_with('-') {
            self.eat(&['-']);
            return self.extended_date(year);
        }
        self.basic_date(year)
    }

    /// Four digits, or a sign and up to nine; a signed year must be set off, since its length does not tell its end.
    fn year(&mut self) -> Option<i64> {
        let Some(sign) = self.eat(&['+', '-']) else {
            return self.number(4);
        };
        let count = self.run();
        if !(1..=9).contains(&count) {
            return None;
        }
        let year = self.number(count)?;
        Some(if sign == '-' { -year } else { year })
    }

    fn extended_date(&mut self, year: i64) -> Option<DateNotation> {
        if self.eat(&['W']).is_some() {
            let week = self.one_or_two()?;
            let day = if self.eat(&['-']).is_some() {
                self.number(1)?
            } else {
                1
            };
            return Some(DateNotation::Week { year, week, day });
        }
        if self.eat(&['Q']).is_some() {
            let quarter = self.number(1)?;
            let day = if self.eat(&['-']).is_some() {
                self.one_or_two()?
            } else {
                1
            };
            return Some(DateNotation::Quarter { year, quarter, day });
        }
        if self.run() == 3 {
            return Some(DateNotation::Ordinal {
                year,
                day: self.number(3)?,
            });
        }
        let month = self.one_or_two()?;
        let day = if self.eat(&['-']).is_some() {
            self.one_or_two()?
        } else {
            1
        };
        Some(DateNotation::Calendar { year, month, day })
    }

    fn basic_date(&mut self, year: i64) -> Option<DateNotation> {
        if self.eat(&['W']).is_some() {
            let week = self.number(2)?;
            let day = if self.run() == 1 { self.number(1)? } else { 1 };
            return Some(DateNotation::Week { year, week, day });
        }
        if self.eat(&['Q']).is_some() {
            let quarter = self.number(1)?;
            let day = if self.run() == 2 { self.number(2)? } else { 1 };
            return Some(DateNotation::Quarter { year, quarter, day });
        }
        match self.run() {
            0 => Some(DateNotation::Calendar {
                year,
                month: 1,
                day: 1,
            }),
            2 => Some(DateNotation::Calendar {
                year,
                month: self.number(2)?,
                day: 1,
            }),
            3 => Some(DateNotation::Ordinal {
                year,
                day: self.number(3)?,
            }),
            4 => Some(DateNotation::Calendar {
                year,
                month: self.number(2)?,
                day: self.number(2)?,
            }),
            _ => None,
        }
    }

    /// A time of day in any notation.
    pub(super) fn time(&mut self) -> Option<TimeNotation> {
        let mut time = TimeNotation::MIDNIGHT;
        match self.run() {
            1..=2 => {
                time.hour = self.one_or_two()?;
                if self.eat(&[':']).is_some() {
                    time.minute = self.one_or_two()?;
                    if self.eat(&[':']).is_some() {
                        time.second = self.one_or_two()?;
                        time.nanosecond = self.fraction()?;
                    }
                }
            }
            4 => {
                time.hour = self.number(2)?;
                time.minute = self.number(2)?;
            }
            6 => {
                time.hour = self.number(2)?;
                time.minute = self.number(2)?;
                time.second = self.number(2)?;
                time.nanosecond = self.fraction()?;
            }
            _ => return None,
        }
        Some(time)
    }

    /// The nanoseconds of a fraction of one to nine digits, or 0 when none follows.
    fn fraction(&mut self) -> Option<i64> {
        if self.eat(&['.', ',']).is_none() {
            return Some(0);
        }
        let digits = match self.run() {
            count @ 1..=9 => self.take(count)?,
            _ => return None,
        };
        let scale = (0..digits.len()).fold(NANOSECONDS_PER_SECOND, |scale, _| scale / 10);
        Some(digits.parse::<i64>().ok()? * scale)
    }

    /// An offset from UTC where one follows: `Z`, `+01`, `+0100`, `+01:00`, `-02:05:07`.
    #[expect(
        clippy::option_option,
        reason = "absent and malformed are different answers"
    )]
    pub(super) fn offset(&mut self) -> Option<Option<Offset>> {
        if self.eat(&['Z', 'z']).is_some() {
            return Some(Some(Offset::UTC));
        }
        let Some(sign) = self.eat(&['+', '-']) else {
            return Some(None);
        };
        let (mut minutes, mut seconds) = (0, 0);
        let hours = match self.run() {
            4 => {
                let hours = self.number(2)?;
                minutes = self.number(2)?;
                hours
            }
            6 => {
                let hours = self.number(2)?;
                minutes = self.number(2)?;
                seconds = self.number(2)?;
                hours
            }
            _ => {
                let hours = self.one_or_two()?;
                if self.eat(&[':']).is_some() {
                    minutes = self.number(2)?;
                    if self.eat(&[':']).is_some() {
                        seconds = self.number(2)?;
                    }
                }
                hours
            }
        };
        if minutes > 59 || seconds > 59 {
            return None;
        }
        let total = hours * 3_600 + minutes * 60 + seconds;
        Offset::from_seconds(if sign == '-' { -total } else { total }).map(Some)
    }

    /// The zone that an offset and a name in brackets give together: `+01:00[Europe/Stockholm]`, either or none.
    pub(super) fn zone(&mut self) -> Option<(Option<Offset>, Option<&'a str>)> {
        let offset = self.offset()?;
        if self.eat(&['[']).is_none() {
            return Some((offset, None));
        }
        let (name, rest) = self.rest.split_once(']')?;
        self.rest = rest;
        Some((offset, Some(name)))
    }
}

/// Reads a whole text as a zone: an offset or a name.
pub(super) fn zone(text: &str) -> Result<Zone, ValueError> {
    let mut scanner = Scanner::new(text);
    match scanner.offset() {
        Some(Some(offset)) if scanner.is_done() => Ok(Zone::Offset(offset)),
        _ => super::NamedZone::find(text).map(Zone::Named),
    }
}
