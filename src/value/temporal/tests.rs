//! Notations of temporal values, and that no value or text leads to a panic.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

fn check<T: fmt::Display>(
    parse: fn(&str) -> Result<T, ValueError>,
    texts: &[&str],
    expected: &Expect,
) {
    let show = |text: &&str| match parse(text) {
        Ok(value) => format!("{text} = {value}\n"),
        Err(error) => format!("{text} ! {error}\n"),
    };
    expected.assert_eq(&texts.iter().map(show).collect::<String>());
}

#[test]
fn dates_are_read_in_all_notations() {
    let texts = [
        "2015-07-21",
        "20150721",
        "2015-07",
        "201507",
        "2015-W30-2",
        "2015W302",
        "2015-W30",
        "2015W30",
        "2015-Q3-21",
        "2015Q321",
        "2015-Q3",
        "2015-202",
        "2015202",
        "2015",
        "-0001-01-01",
        "+12345-06-07",
        "+999999999-12-31",
        "2015-02-29",
        "2015-13",
        "2015-W54",
        "+1000000000-01-01",
        "2015-07-21T",
        "15-07-21",
        "",
        "二〇一五年",
    ];
    check(
        Date::parse,
        &texts,
        &expect![[r#"
        2015-07-21 = 2015-07-21
        20150721 = 2015-07-21
        2015-07 = 2015-07-01
        201507 = 2015-07-01
        2015-W30-2 = 2015-07-21
        2015W302 = 2015-07-21
        2015-W30 = 2015-07-20
        2015W30 = 2015-07-20
        2015-Q3-21 = 2015-07-21
        2015Q321 = 2015-07-21
        2015-Q3 = 2015-07-01
        2015-202 = 2015-07-21
        2015202 = 2015-07-21
        2015 = 2015-01-01
        -0001-01-01 = -0001-01-01
        +12345-06-07 = +12345-06-07
        +999999999-12-31 = +999999999-12-31
        2015-02-29 ! date can't use day 29: month 2 of 2015 has 28 days
        2015-13 ! date can't use month 13: month lies between 1 and 12
        2015-W54 ! date can't use week 54: week lies between 1 and 53
        +1000000000-01-01 ! date can't use '+1000000000-01-01': a date is written like 2015-07-21, 2015-W30-2, 2015-Q3-21 or 2015-202
        2015-07-21T ! date can't use '2015-07-21T': a date is written like 2015-07-21, 2015-W30-2, 2015-Q3-21 or 2015-202
        15-07-21 ! date can't use '15-07-21': a date is written like 2015-07-21, 2015-W30-2, 2015-Q3-21 or 2015-202
         ! date can't use '': a date is written like 2015-07-21, 2015-W30-2, 2015-Q3-21 or 2015-202
        二〇一五年 ! date can't use '二〇一五年': a date is written like 2015-07-21, 2015-W30-2, 2015-Q3-21 or 2015-202
    "#]],
    );
}

#[test]
fn times_are_read_in_all_notations() {
    let texts = [
        "21:40:32.142",
        "214032.142",
        "21:40:32",
        "2140",
        "21",
        "9:05",
        "21:40:32,000000007",
        "24:00",
        "21:60",
        "21:4a",
        "21:40:32.1234567890",
    ];
    check(
        LocalTime::parse,
        &texts,
        &expect![[r#"
        21:40:32.142 = 21:40:32.142
        214032.142 = 21:40:32.142
        21:40:32 = 21:40:32
        2140 = 21:40
        21 = 21:00
        9:05 = 09:05
        21:40:32,000000007 = 21:40:32.000000007
        24:00 ! time can't use hour 24: hour lies between 0 and 23
        21:60 ! time can't use minute 60: minute lies between 0 and 59
        21:4a ! localtime can't use '21:4a': a local time is written like 21:40:32.142 or 214032
        21:40:32.1234567890 ! localtime can't use '21:40:32.1234567890': a local time is written like 21:40:32.142 or 214032
    "#]],
    );
    let texts = [
        "214032.142Z",
        "21:40:32+01:00",
        "2140-02",
        "21:40-00:00",
        "22+18:00",
        "22+18:01",
        "12:00-02:05:07",
    ];
    check(
        Time::parse,
        &texts,
        &expect![[r#"
        214032.142Z = 21:40:32.142Z
        21:40:32+01:00 = 21:40:32+01:00
        2140-02 = 21:40-02:00
        21:40-00:00 = 21:40Z
        22+18:00 = 22:00+18:00
        22+18:01 ! time can't use '22+18:01': a time is written like 21:40:32.142+01:00 or 214032Z
        12:00-02:05:07 = 12:00-02:05:07
    "#]],
    );
}

#[test]
fn datetimes_are_read_in_all_notations() {
    check(
        LocalDateTime::parse,
        &[
            "2015-W30-2T214032.142",
            "2015202T21",
            "2015-07-21",
            "2015-07-21 21:40",
        ],
        &expect![[r#"
            2015-W30-2T214032.142 = 2015-07-21T21:40:32.142
            2015202T21 = 2015-07-21T21:00
            2015-07-21 = 2015-07-21T00:00
            2015-07-21 21:40 ! localdatetime can't use '2015-07-21 21:40': a local datetime is written like 2015-07-21T21:40:32.142 or 20150721T2140
        "#]],
    );
    let texts = [
        "2015-07-21T21:40:32.142+0845[Australia/Eucla]",
        "2015-07-21T21:40:32.142[Europe/London]",
        "1818-07-21T21:40:32.142[Europe/Stockholm]",
        "2015-07-21T21:40",
        "2017-03-26T02:30[Europe/Stockholm]",
        "2017-10-29T02:30[Europe/Stockholm]",
        "2017-10-29T02:30+01:00[Europe/Stockholm]",
        "1940-06-01T12:00[Asia/Shanghai]",
        "+12015-07-21T12:00[Europe/Stockholm]",
        "-99999-07-21T12:00[Europe/Stockholm]",
        "2015-07-21T12:00[utc]",
        "2015-07-21T21:40+05:00[Europe/London]",
        "2015-07-21T21:40[Europe/Nowhere]",
        "2015-07-21T21:40[Europe/London",
    ];
    check(
        DateTime::parse,
        &texts,
        &expect![[r#"
        2015-07-21T21:40:32.142+0845[Australia/Eucla] = 2015-07-21T21:40:32.142+08:45[Australia/Eucla]
        2015-07-21T21:40:32.142[Europe/London] = 2015-07-21T21:40:32.142+01:00[Europe/London]
        1818-07-21T21:40:32.142[Europe/Stockholm] = 1818-07-21T21:40:32.142+00:53:28[Europe/Stockholm]
        2015-07-21T21:40 = 2015-07-21T21:40Z
        2017-03-26T02:30[Europe/Stockholm] = 2017-03-26T03:30+02:00[Europe/Stockholm]
        2017-10-29T02:30[Europe/Stockholm] = 2017-10-29T02:30+02:00[Europe/Stockholm]
        2017-10-29T02:30+01:00[Europe/Stockholm] = 2017-10-29T02:30+01:00[Europe/Stockholm]
        1940-06-01T12:00[Asia/Shanghai] = 1940-06-01T12:00+09:00[Asia/Shanghai]
        +12015-07-21T12:00[Europe/Stockholm] = +12015-07-21T12:00+02:00[Europe/Stockholm]
        -99999-07-21T12:00[Europe/Stockholm] = -99999-07-21T12:00+00:53:28[Europe/Stockholm]
        2015-07-21T12:00[utc] = 2015-07-21T12:00Z[UTC]
        2015-07-21T21:40+05:00[Europe/London] ! datetime can't use '2015-07-21T21:40+05:00[Europe/London]': the offset there and then is +01:00
        2015-07-21T21:40[Europe/Nowhere] ! timezone can't use 'Europe/Nowhere': a time zone is an offset like +08:00 or a name like Asia/Shanghai
        2015-07-21T21:40[Europe/London ! datetime can't use '2015-07-21T21:40[Europe/London': a datetime is written like 2015-07-21T21:40:32.142+02:00[Europe/Stockholm]
    "#]],
    );
}

#[test]
fn durations_are_read_in_all_notations() {
    let texts = [
        "P14DT16H12M",
        "P5M1.5D",
        "P0.75M",
        "PT0.75M",
        "P2.5W",
        "P12Y5M14DT16H12M70S",
        "P2012-02-02T14:37:21.545",
        "P20120202T143721",
        "-P1Y2M",
        "PT-0.5S",
        "P-1Y2M",
        "PT0S",
        "PT1.100S",
        "P",
        "PT",
        "P1",
        "P1D1M",
        "P1DT",
        "1D",
        "P9223372036854775808M",
        "P99999999999999999999999999999999999999999M",
        "P2012-0202",
        "PT1S1S",
        "P1.D",
    ];
    check(
        Duration::parse,
        &texts,
        &expect![[r#"
        P14DT16H12M = P14DT16H12M
        P5M1.5D = P5M1DT12H
        P0.75M = P22DT19H51M49.5S
        PT0.75M = PT45S
        P2.5W = P17DT12H
        P12Y5M14DT16H12M70S = P12Y5M14DT16H13M10S
        P2012-02-02T14:37:21.545 = P2012Y2M2DT14H37M21.545S
        P20120202T143721 = P2012Y2M2DT14H37M21S
        -P1Y2M = P-1Y-2M
        PT-0.5S = PT-0.5S
        P-1Y2M = P-10M
        PT0S = PT0S
        PT1.100S = PT1.1S
        P ! duration can't use 'P': a duration is written like P1Y2M3DT4H5M6.7S or P2012-02-02T14:37:21.545
        PT ! duration can't use 'PT': a duration is written like P1Y2M3DT4H5M6.7S or P2012-02-02T14:37:21.545
        P1 ! duration can't use 'P1': a duration is written like P1Y2M3DT4H5M6.7S or P2012-02-02T14:37:21.545
        P1D1M ! duration can't use 'P1D1M': a duration is written like P1Y2M3DT4H5M6.7S or P2012-02-02T14:37:21.545
        P1DT ! duration can't use 'P1DT': a duration is written like P1Y2M3DT4H5M6.7S or P2012-02-02T14:37:21.545
        1D ! duration can't use '1D': a duration is written like P1Y2M3DT4H5M6.7S or P2012-02-02T14:37:21.545
        P9223372036854775808M ! the result of duration does not fit a 64-bit integer
        P99999999999999999999999999999999999999999M ! duration can't use 'P99999999999999999999999999999999999999999M': a duration is written like P1Y2M3DT4H5M6.7S or P2012-02-02T14:37:21.545
        P2012-0202 ! duration can't use 'P2012-0202': a duration is written like P1Y2M3DT4H5M6.7S or P2012-02-02T14:37:21.545
        PT1S1S ! duration can't use 'PT1S1S': a duration is written like P1Y2M3DT4H5M6.7S or P2012-02-02T14:37:21.545
        P1.D ! duration can't use 'P1.D': a duration is written like P1Y2M3DT4H5M6.7S or P2012-02-02T14:37:21.545
    "#]],
    );
}

#[test]
fn times_and_datetimes_are_ordered_by_instant() {
    let time = |text: &str| Time::parse(text).expect("a time");
    assert!(time("10:00+01:00") < time("09:35Z"));
    assert!(time("10:00+01:00") != time("09:00Z"));
    let date_time = |text: &str| DateTime::parse(text).expect("a datetime");
    assert!(date_time("1984-10-11T12:31:14+05:00") < date_time("1984-10-11T12:00Z"));
    assert!(date_time("1984-10-11T12:00+01:00") < date_time("1984-10-11T12:00[Europe/Stockholm]"));
    let duration = |text: &str| Duration::parse(text).expect("a duration");
    assert!(duration("P1M").order(&duration("P30D")).is_gt());
    assert!(duration("P1M").order(&duration("P31D")).is_lt());
    assert!(duration("PT24H").order(&duration("P1D")).is_lt());
}

prop_compose! {
    fn dates()(day in Date::MIN.epoch_day()..=Date::MAX.epoch_day(), near in -800_000_i64..800_000, is_near: bool) -> Date {
        Date::from_epoch_day(if is_near { near } else { day }).expect("in range")
    }
}

prop_compose! {
    fn local_date_times()(date in dates(), nanosecond: i64) -> LocalDateTime {
        LocalDateTime::new(date, LocalTime::from_nanosecond_of_day(nanosecond))
    }
}

fn zones() -> impl Strategy<Value = Zone> {
    let names = [
        "Europe/Stockholm",
        "Asia/Shanghai",
        "America/New_York",
        "Pacific/Apia",
        "Africa/Monrovia",
    ];
    let named =
        prop::sample::select(names.to_vec()).prop_map(|name| Zone::parse(name).expect("a zone"));
    let fixed = (-64_800_i64..=64_800)
        .prop_map(|seconds| Zone::Offset(Offset::from_seconds(seconds).expect("in range")));
    prop_oneof![named, fixed]
}

prop_compose! {
    fn date_times()(local in local_date_times(), zone in zones()) -> Option<DateTime> {
        DateTime::new(local, zone, None).ok()
    }
}

fn numbers() -> impl Strategy<Value = i64> {
    prop_oneof![
        any::<i64>(),
        -100_000_i64..100_000,
        Just(i64::MIN),
        Just(i64::MAX)
    ]
}

prop_compose! {
    fn durations()(months in numbers(), days in numbers(), seconds in numbers(), nanoseconds in numbers()) -> Duration {
        Duration::new(months, days, seconds, nanoseconds).unwrap_or_default()
    }
}

fn temporal_values() -> impl Strategy<Value = Value> {
    prop_oneof![
        dates().prop_map(Value::from),
        local_date_times().prop_map(Value::from),
        local_date_times().prop_map(|local| Value::from(local.time())),
        (local_date_times(), -64_800_i64..=64_800).prop_map(|(local, seconds)| {
            Value::from(Time::new(
                local.time(),
                Offset::from_seconds(seconds).expect("in range"),
            ))
        }),
        date_times().prop_map(|date_time| date_time.map_or(Value::Null, Value::from)),
    ]
}

proptest! {
    #[test]
    fn a_date_is_what_its_text_says(date in dates()) {
        prop_assert_eq!(Date::parse(&date.to_string()), Ok(date));
        let (year, month, day) = date.calendar();
        prop_assert_eq!(Date::new(year, month, day), Ok(date));
        prop_assert_eq!(Date::from_ordinal(year, date.ordinal_day()), Ok(date));
        prop_assert_eq!(Date::from_quarter(year, date.quarter(), date.day_of_quarter()), Ok(date));
    }

    #[test]
    fn a_datetime_is_what_its_text_says(date_time in date_times()) {
        if let Some(date_time) = date_time {
            prop_assert_eq!(DateTime::parse(&date_time.to_string()), Ok(date_time.clone()));
            if let Ok(again) = date_time.in_zone(date_time.zone()) {
                prop_assert_eq!(again, date_time);
            }
        }
    }

    #[test]
    fn a_duration_is_what_its_text_says(duration in durations()) {
        if duration.months() != i64::MIN && duration.days() != i64::MIN {
            prop_assert_eq!(Duration::parse(&duration.to_string()), Ok(duration));
        }
    }

    #[test]
    fn nothing_is_lost_between_two_datetimes(from in local_date_times(), to in local_date_times()) {
        let duration = between(&from.into(), &to.into()).expect("two datetimes");
        prop_assert_eq!(from.add_duration(&duration), Ok(to));
    }

    #[test]
    fn extreme_operands_do_not_panic(value in temporal_values(), other in temporal_values(), duration in durations(), factor: f64, whole in numbers()) {
        let duration = Value::from(duration);
        for (left, right) in [(&value, &duration), (&duration, &value), (&duration, &duration)] {
            for operator in [add, subtract, multiply, divide] {
                if let Some(Ok(result)) = operator(left, right) {
                    let _ = component(&result, "epochMillis");
                    let _ = component(&result, "nanoseconds");
                }
            }
        }
        for number in [Value::Float(factor), Value::Float(factor.recip()), Value::Integer(whole)] {
            for operator in [multiply, divide] {
                drop(operator(&duration, &number));
            }
        }
        for difference in [between, in_months, in_days, in_seconds] {
            drop(difference(&value, &other));
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[-+PTWQYMDHS0-9:.,Z/\\[\\]a-c中]{0,24}") {
        drop(Date::parse(&text));
        drop(Time::parse(&text));
        drop(LocalTime::parse(&text));
        drop(DateTime::parse(&text));
        drop(LocalDateTime::parse(&text));
        drop(Duration::parse(&text));
        drop(Zone::parse(&text));
    }
}
