//! The proleptic Gregorian calendar as plain arithmetic on days counted from 1970-01-01.
//!
//! Years are taken as they come; whoever calls keeps them within [`YEARS`], so that nothing here can overflow.

use std::ops::RangeInclusive;

/// The years that a date may have.
pub(super) const YEARS: RangeInclusive<i64> = -999_999_999..=999_999_999;

/// After how many years the calendar repeats, weekdays included.
const YEARS_PER_CYCLE: i64 = 400;

/// The days of those years.
pub(super) const DAYS_PER_CYCLE: i64 = 146_097;

/// From 0000-03-01 to 1970-01-01.
const DAYS_BEFORE_EPOCH: i64 = 719_468;

/// The day of a year, month and day of month.
pub(super) const fn epoch_day(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March have their leap day at the end, which makes month lengths a straight line.
    let year = if month < 3 { year - 1 } else { year };
    let cycle = year.div_euclid(YEARS_PER_CYCLE);
    let year_of_cycle = year.rem_euclid(YEARS_PER_CYCLE);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
    cycle * DAYS_PER_CYCLE + day_of_cycle - DAYS_BEFORE_EPOCH
}

/// The year, month and day of month of a day.
pub(super) const fn civil(epoch_day: i64) -> (i64, i64, i64) {
    let day = epoch_day + DAYS_BEFORE_EPOCH;
    let cycle = day.div_euclid(DAYS_PER_CYCLE);
    let day_of_cycle = day.rem_euclid(DAYS_PER_CYCLE);
    let leap_days =
        day_of_cycle / 1_460 - day_of_cycle / 36_524 + day_of_cycle / (DAYS_PER_CYCLE - 1);
    let year_of_cycle = (day_of_cycle - leap_days) / 365;
    let day_of_year =
        day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = cycle * YEARS_PER_CYCLE + year_of_cycle + (month < 3) as i64;
    (year, month, day_of_month)
}

/// Whether a year has a 29 February.
pub(super) const fn is_leap_year(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// How many days a year has.
pub(super) const fn days_in_year(year: i64) -> i64 {
    365 + is_leap_year(year) as i64
}

/// How many days a month has.
pub(super) const fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + is_leap_year(year) as i64,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day of the week, from Monday as 1 to Sunday as 7.
pub(super) const fn day_of_week(epoch_day: i64) -> i64 {
    (epoch_day + 3).rem_euclid(7) + 1
}

/// The Monday of the first ISO week of a week-based year: the week that holds 4 January.
pub(super) const fn first_monday(week_year: i64) -> i64 {
    let fourth = epoch_day(week_year, 1, 4);
    fourth - (day_of_week(fourth) - 1)
}

/// How many ISO weeks a week-based year has.
pub(super) const fn weeks_in_year(week_year: i64) -> i64 {
    (first_monday(week_year + 1) - first_monday(week_year)) / 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_civil_dates_are_inverse() {
        assert_eq!(epoch_day(1970, 1, 1), 0);
        assert_eq!(epoch_day(2000, 3, 1), 11_017);
        for start in [-800_000, -146_097, 0, 10_957, 365_241_780_471 - 800] {
            let mut expected = civil(start);
            for day in start..start + 800 {
                assert_eq!(civil(day), expected);
                assert_eq!(epoch_day(expected.0, expected.1, expected.2), day);
                expected = following(expected);
            }
        }
    }

    fn following((year, month, day): (i64, i64, i64)) -> (i64, i64, i64) {
        if day < days_in_month(year, month) {
            (year, month, day + 1)
        } else if month < 12 {
            (year, month + 1, 1)
        } else {
            (year + 1, 1, 1)
        }
    }

    #[test]
    fn weeks_follow_iso() {
        assert_eq!(day_of_week(0), 4);
        assert_eq!(weeks_in_year(2015), 53);
        assert_eq!(weeks_in_year(2016), 52);
        assert_eq!(first_monday(1817), epoch_day(1816, 12, 30));
    }
}
