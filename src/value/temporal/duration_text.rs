//! Durations as ISO 8601 text.

use std::fmt;

use super::text::Scanner;
use super::{Amounts, Decimal, Duration, NANOSECONDS_PER_SECOND, ValueError, malformed};

const DATE_UNITS: [(char, &str); 4] = [
    ('Y', "years"),
    ('M', "months"),
    ('W', "weeks"),
    ('D', "days"),
];
const TIME_UNITS: [(char, &str); 3] = [('H', "hours"), ('M', "minutes"), ('S', "seconds")];

impl Duration {
    /// Reads ISO 8601 text: amounts with units (`P5M1.5D`, `PT-0.5S`, `-P1Y`) or the notation of dates and times
    /// (`P2012-02-02T14:37:21.545`).
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] when the text is no duration, [`ValueError::IntegerOverflow`] when a part
    /// does not fit 64 bits.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let reason = "a duration is written like P1Y2M3DT4H5M6.7S or P2012-02-02T14:37:21.545";
        let (is_negative, rest) = match text.strip_prefix(['-', '+']) {
            Some(rest) => (text.starts_with('-'), rest),
            None => (false, text),
        };
        let body = rest
            .strip_prefix('P')
            .ok_or_else(|| malformed("duration", text, reason))?;
        let amounts = amounts_by_unit(body).or_else(|| amounts_by_place(body));
        let mut total = Amounts::NONE;
        for (unit, amount) in amounts.ok_or_else(|| malformed("duration", text, reason))? {
            total.add(unit, amount)?;
        }
        let duration = total.total()?;
        if is_negative {
            duration.negated()
        } else {
            Ok(duration)
        }
    }
}

type NamedAmounts = Vec<(&'static str, Decimal)>;

/// `5M1.5DT4H`: at least one amount, each unit once and in order, `T` only before a time unit.
fn amounts_by_unit(body: &str) -> Option<NamedAmounts> {
    let (date, time) = match body.split_once('T') {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None => (body, ""),
    };
    let mut amounts = Vec::new();
    read_amounts(date, &DATE_UNITS, &mut amounts)?;
    read_amounts(time, &TIME_UNITS, &mut amounts)?;
    Some(amounts).filter(|amounts| !amounts.is_empty())
}

fn read_amounts(
    mut text: &str,
    mut units: &[(char, &'static str)],
    amounts: &mut NamedAmounts,
) -> Option<()> {
    while !text.is_empty() {
        let end = text.find(|character: char| character.is_ascii_alphabetic())?;
        let (number, rest) = text.split_at(end);
        let place = units
            .iter()
            .position(|(letter, _)| rest.starts_with(*letter))?;
        let (_, unit) = units[place];
        amounts.push((unit, signed(number)?));
        units = &units[place + 1..];
        text = &rest[1..];
    }
    Some(())
}

fn signed(number: &str) -> Option<Decimal> {
    match number.strip_prefix('-') {
        Some(digits) => Decimal::parse(digits)?.negated(),
        None => Decimal::parse(number.strip_prefix('+').unwrap_or(number)),
    }
}

/// `2012-02-02T14:37:21.545` or `20120202T143721.545`: date and time notation, read as amounts.
fn amounts_by_place(body: &str) -> Option<NamedAmounts> {
    let (date, time) = match body.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (body, None),
    };
    let mut amounts = Vec::new();
    let mut scanner = Scanner::new(date);
    read_places(
        &mut scanner,
        &[(4, "years"), (2, "months"), (2, "days")],
        '-',
        &mut amounts,
    )?;
    if !scanner.is_done() {
        return None;
    }
    let Some(time) = time else {
        return Some(amounts);
    };
    let (time, fraction) = time
        .find(['.', ','])
        .map_or((time, None), |end| (&time[..end], Some(&time[end + 1..])));
    let mut scanner = Scanner::new(time);
    read_places(
        &mut scanner,
        &[(2, "hours"), (2, "minutes"), (2, "seconds")],
        ':',
        &mut amounts,
    )?;
    if let Some(fraction) = fraction {
        amounts.push(("seconds", Decimal::parse(&format!("0.{fraction}"))?));
    }
    scanner.is_done().then_some(amounts)
}

/// Numbers of fixed lengths, all set off by a separator or none.
fn read_places(
    scanner: &mut Scanner<'_>,
    places: &[(usize, &'static str)],
    separator: char,
    amounts: &mut NamedAmounts,
) -> Option<()> {
    let mut is_separated = None;
    for (index, &(length, unit)) in places.iter().enumerate() {
        if index > 0 {
            let found = scanner.eat(&[separator]).is_some();
            if *is_separated.get_or_insert(found) != found {
                return None;
            }
        }
        amounts.push((unit, Decimal::from(scanner.number(length)?)));
    }
    Some(())
}

impl fmt::Display for Duration {
    /// Leaves out what is zero; each unit has its own sign; the fraction of seconds ends with its last digit above 0.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let second = i128::from(NANOSECONDS_PER_SECOND);
        let time = self.nanoseconds_of_time();
        if self.months() == 0 && self.days() == 0 && time == 0 {
            return f.write_str("PT0S");
        }
        f.write_str("P")?;
        write_amount(f, (self.months() / 12).into(), 'Y')?;
        write_amount(f, (self.months() % 12).into(), 'M')?;
        write_amount(f, self.days().into(), 'D')?;
        if time == 0 {
            return Ok(());
        }
        f.write_str("T")?;
        write_amount(f, time / (3_600 * second), 'H')?;
        write_amount(f, time / (60 * second) % 60, 'M')?;
        let rest = time % (60 * second);
        if rest == 0 {
            return Ok(());
        }
        let sign = if rest < 0 { "-" } else { "" };
        write!(f, "{sign}{}", (rest / second).abs())?;
        let fraction = (rest % second).abs();
        if fraction != 0 {
            write!(f, ".{}", format!("{fraction:09}").trim_end_matches('0'))?;
        }
        f.write_str("S")
    }
}

fn write_amount(f: &mut fmt::Formatter<'_>, amount: i128, unit: char) -> fmt::Result {
    if amount == 0 {
        Ok(())
    } else {
        write!(f, "{amount}{unit}")
    }
}
