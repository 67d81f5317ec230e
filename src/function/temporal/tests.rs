//! Calls of temporal functions as they stand in a query, with the text of their results.

use std::cell::Cell;

use expect_test::{Expect, expect};

use super::FUNCTIONS;
use crate::evidence::Evidence;
use crate::function::{Context, Making, Memory};
use crate::graph::View;
use crate::value::temporal::{add, component, divide, multiply, subtract};
use crate::value::{Map, Value, ValueError};

/// Reads and evaluates literals, calls, components and one operator: as much of an expression as these tests need.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn eat(&mut self, token: &str) -> bool {
        self.rest = self.rest.trim_start();
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn take(&mut self, is_part: impl Fn(char) -> bool) -> String {
        self.rest = self.rest.trim_start();
        let end = self
            .rest
            .find(|character| !is_part(character))
            .unwrap_or(self.rest.len());
        let (token, rest) = self.rest.split_at(end);
        self.rest = rest;
        token.to_owned()
    }

    fn name(&mut self) -> String {
        self.take(|character| character.is_ascii_alphanumeric())
    }

    fn expression(&mut self) -> Result<Value, ValueError> {
        let left = self.operand()?;
        for (token, operator) in [
            ("+", add as fn(&_, &_) -> _),
            ("-", subtract),
            ("*", multiply),
            ("/", divide),
        ] {
            if self.eat(token) {
                return operator(&left, &self.operand()?).expect("an operand is temporal");
            }
        }
        Ok(left)
    }

    fn operand(&mut self) -> Result<Value, ValueError> {
        let mut value = self.primary()?;
        while self.eat(".") {
            let name = self.name();
            value = component(&value, &name).unwrap_or_default();
        }
        Ok(value)
    }

    fn primary(&mut self) -> Result<Value, ValueError> {
        if self.eat("'") {
            let text = self.take(|character| character != '\'');
            self.eat("'");
            return Ok(Value::from(text));
        }
        if self.eat("{") {
            return self.map();
        }
        let name =
            self.take(|character| character.is_ascii_alphanumeric() || ".-".contains(character));
        if name == "null" {
            return Ok(Value::Null);
        }
        if let Ok(number) = name.parse() {
            return Ok(Value::Integer(number));
        }
        if let Ok(number) = name.parse() {
            return Ok(Value::Float(number));
        }
        assert!(self.eat("("), "a call of {name}");
        self.call(&name)
    }

    fn map(&mut self) -> Result<Value, ValueError> {
        let mut map = Map::new();
        while !self.eat("}") {
            let key = self.name();
            assert!(self.eat(":"), "a value of {key}");
            map.insert(key.into(), self.expression()?);
            self.eat(",");
        }
        Ok(Value::from(map))
    }

    fn call(&mut self, name: &str) -> Result<Value, ValueError> {
        let mut arguments = Vec::new();
        while !self.eat(")") {
            arguments.push(self.expression()?);
            self.eat(",");
        }
        let (view, random) = (View::default(), Cell::new(1));
        let context = Context {
            view: &view,
            evidence: Evidence::none(),
            now: (1_700_000_000, 5_000_000),
            random: &random,
            making: Making {
                memory: &Memory::default(),
                made: &Cell::new(0),
            },
        };
        let function = FUNCTIONS
            .iter()
            .find(|function| function.name == name)
            .expect("a temporal function");
        if arguments.iter().any(Value::is_null) {
            return Ok(Value::Null);
        }
        (function.body)(&context, &arguments)
    }
}

fn show(value: &Value) -> String {
    match value {
        Value::Date(value) => value.to_string(),
        Value::LocalTime(value) => value.to_string(),
        Value::Time(value) => value.to_string(),
        Value::LocalDateTime(value) => value.to_string(),
        Value::DateTime(value) => value.to_string(),
        Value::Duration(value) => value.to_string(),
        Value::String(value) => format!("'{value}'"),
        Value::Integer(value) => value.to_string(),
        other => format!("{other:?}"),
    }
}

fn evaluate(text: &str) -> String {
    let mut reader = Reader { rest: text };
    let value = reader.expression();
    assert!(
        value.is_err() || reader.rest.trim().is_empty(),
        "unread: {}",
        reader.rest
    );
    value.map_or_else(|error| format!("error: {error}"), |value| show(&value))
}

/// Evaluates one expression a line.
fn check(lines: &str, expected: &Expect) {
    let answers: Vec<String> = lines
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| format!("{line}\n  {}\n", evaluate(line)))
        .collect();
    expected.assert_eq(&answers.concat());
}

#[test]
fn components_name_a_day() {
    check(
        "date({year: 1984})
         date({year: 1984, month: 2, day: 29})
         date({year: 1984, week: 10, dayOfWeek: 3})
         date({year: 1984, quarter: 3, dayOfQuarter: 45})
         date({year: 1984, ordinalDay: 202})
         date({year: -1, month: 3})
         date({year: 1984, month: null})
         date({year: 1983, month: 2, day: 29})
         date({year: 1984, week: 53})
         date({year: 1984, day: 3})
         date({year: 1984, month: 3, week: 2})
         date({month: 3})
         date({year: '1984'})
         date({year: 1984, hour: 3})
         date({})",
        &expect![[r#"
            date({year: 1984})
              1984-01-01
            date({year: 1984, month: 2, day: 29})
              1984-02-29
            date({year: 1984, week: 10, dayOfWeek: 3})
              1984-03-07
            date({year: 1984, quarter: 3, dayOfQuarter: 45})
              1984-08-14
            date({year: 1984, ordinalDay: 202})
              1984-07-20
            date({year: -1, month: 3})
              -0001-03-01
            date({year: 1984, month: null})
              Null
            date({year: 1983, month: 2, day: 29})
              error: date can't use day 29: month 2 of 1983 has 28 days
            date({year: 1984, week: 53})
              error: date can't use week 53: 1984 has 52 weeks
            date({year: 1984, day: 3})
              error: date can't use day without month: no component may be left out between others
            date({year: 1984, month: 3, week: 2})
              error: date can't use month beside week: a day is named by month and day, week and dayOfWeek, quarter and dayOfQuarter, or ordinalDay
            date({month: 3})
              error: date can't use components without a year: the year comes first, then what is smaller
            date({year: '1984'})
              error: year of date takes INTEGER, found STRING
            date({year: 1984, hour: 3})
              error: date can't use hour: its components are year, quarter, month, week, day, dayOfWeek, dayOfQuarter, ordinalDay, date, datetime, timezone
            date({})
              error: date can't use an empty map: at least one component is needed
        "#]],
    );
}

#[test]
fn components_name_a_time() {
    check(
        "localtime({hour: 12, minute: 31, second: 14, millisecond: 123, microsecond: 456, nanosecond: 789})
         localtime({hour: 12, minute: 31, second: 14, millisecond: 1, nanosecond: 7})
         localtime({hour: 12, minute: 31, second: 14, microsecond: 645876})
         time({hour: 12, timezone: '-02:05:07'})
         localtime({hour: 24})
         localtime({hour: 12, second: 14})
         localtime({minute: 12})
         localtime({hour: 12, minute: 31, second: 14, millisecond: 1, microsecond: 1000})
         time({hour: 12, timezone: '+19:00'})",
        &expect![[r#"
            localtime({hour: 12, minute: 31, second: 14, millisecond: 123, microsecond: 456, nanosecond: 789})
              12:31:14.123456789
            localtime({hour: 12, minute: 31, second: 14, millisecond: 1, nanosecond: 7})
              12:31:14.001000007
            localtime({hour: 12, minute: 31, second: 14, microsecond: 645876})
              12:31:14.645876
            time({hour: 12, timezone: '-02:05:07'})
              12:00-02:05:07
            localtime({hour: 24})
              error: time can't use hour 24: hour lies between 0 and 23
            localtime({hour: 12, second: 14})
              error: localtime can't use second without minute: no component may be left out between others
            localtime({minute: 12})
              error: localtime can't use components without an hour: the hour comes first, then what is smaller
            localtime({hour: 12, minute: 31, second: 14, millisecond: 1, microsecond: 1000})
              error: localtime can't use microsecond 1000: microsecond lies between 0 and 999
            time({hour: 12, timezone: '+19:00'})
              error: timezone can't use '+19:00': a time zone is an offset like +08:00 or a name like Asia/Shanghai
        "#]],
    );
}

#[test]
fn components_name_an_instant() {
    check(
        "datetime({year: 1984, month: 10, day: 11, hour: 12, timezone: 'Europe/Stockholm'})
         datetime({year: 2026, month: 5, day: 1, timezone: 'asia/shanghai'})
         datetime({year: 1990, month: 7, day: 1, timezone: 'Asia/Shanghai'})
         datetime({epochSeconds: 416779, nanosecond: 123456789})
         datetime({epochMillis: 237821673987, timezone: 'Europe/Stockholm'})
         datetime({epochMillis: -1, microsecond: 5})
         datetime.fromepoch(416779, 999999999)
         datetime.fromepochmillis(237821673987)
         datetime({year: 1984, timezone: 'Europe/Nowhere'})
         datetime({epochSeconds: 1, year: 1984})
         datetime.fromepoch(9223372036854775807, 0)",
        &expect![[r#"
            datetime({year: 1984, month: 10, day: 11, hour: 12, timezone: 'Europe/Stockholm'})
              1984-10-11T12:00+01:00[Europe/Stockholm]
            datetime({year: 2026, month: 5, day: 1, timezone: 'asia/shanghai'})
              2026-05-01T00:00+08:00[Asia/Shanghai]
            datetime({year: 1990, month: 7, day: 1, timezone: 'Asia/Shanghai'})
              1990-07-01T00:00+09:00[Asia/Shanghai]
            datetime({epochSeconds: 416779, nanosecond: 123456789})
              1970-01-05T19:46:19.123456789Z
            datetime({epochMillis: 237821673987, timezone: 'Europe/Stockholm'})
              1977-07-15T14:34:33.987+01:00[Europe/Stockholm]
            datetime({epochMillis: -1, microsecond: 5})
              1969-12-31T23:59:59.999005Z
            datetime.fromepoch(416779, 999999999)
              1970-01-05T19:46:19.999999999Z
            datetime.fromepochmillis(237821673987)
              1977-07-15T13:34:33.987Z
            datetime({year: 1984, timezone: 'Europe/Nowhere'})
              error: timezone can't use 'Europe/Nowhere': a time zone is an offset like +08:00 or a name like Asia/Shanghai
            datetime({epochSeconds: 1, year: 1984})
              error: datetime can't use year: beside seconds since 1970 stand only fractions of a second and timezone
            datetime.fromepoch(9223372036854775807, 0)
              error: date can't use 106751991167300 days from 1970-01-01: years lie between -999999999 and 999999999
        "#]],
    );
}

#[test]
fn values_are_selected_from_other_values() {
    check(
        "date(datetime('2015-07-21T21:40:32.142+01:00'))
         localtime(datetime('2015-07-21T21:40:32.142+01:00'))
         time(datetime('2015-07-21T21:40:32.142[Europe/Stockholm]'))
         time(localtime('12:30'))
         localdatetime(datetime('2015-07-21T21:40:32.142+01:00'))
         datetime(localdatetime('2015-07-21T21:40'))
         date({date: date('1984-11-11'), year: 28})
         date({date: date('2020-02-29'), year: 2021})
         date({date: date('1984-11-11'), day: 28})
         date({date: date('1984-11-11'), week: 1})
         date({date: date('1984-11-11'), ordinalDay: 28})
         date({date: date('1984-11-11'), quarter: 3})
         date({date: date('1984-08-31'), quarter: 4, dayOfQuarter: 3})
         date({date: date('1816-12-31'), week: 2})
         time({time: localtime('12:31:14.645'), second: 42, timezone: '+05:00'})
         time({time: time('12:31:14.645+01:00'), second: 42, timezone: '+05:00'})
         localdatetime({date: date('1984-10-11'), time: time('12:31:14+01:00'), day: 28, second: 42})
         localdatetime({date: date('1984-10-11'), hour: 10, minute: 10})
         datetime({date: date('1984-10-11'), time: time('12:31:14.645+01:00'), day: 28})
         datetime({date: date('1984-10-11'), time: time('12:31:14+01:00'), timezone: 'Pacific/Honolulu'})
         datetime({date: date('1984-10-11'), time: localtime('12:31:14'), timezone: 'Pacific/Honolulu'})
         datetime({date: date('1984-03-11'), time: datetime('1984-07-11T12:00[Europe/Stockholm]')})
         datetime({datetime: datetime('1984-10-11T12:00[Europe/Stockholm]'), day: 28, timezone: '+05:00'})
         datetime({datetime: localdatetime('1984-10-11T12:00'), timezone: '+05:00'})
         date(localtime('12:00'))
         datetime({date: localtime('12:00')})
         datetime({datetime: date('1984-10-11'), date: date('1984-10-11')})",
        &expect![[r#"
            date(datetime('2015-07-21T21:40:32.142+01:00'))
              2015-07-21
            localtime(datetime('2015-07-21T21:40:32.142+01:00'))
              21:40:32.142
            time(datetime('2015-07-21T21:40:32.142[Europe/Stockholm]'))
              21:40:32.142+02:00
            time(localtime('12:30'))
              12:30Z
            localdatetime(datetime('2015-07-21T21:40:32.142+01:00'))
              2015-07-21T21:40:32.142
            datetime(localdatetime('2015-07-21T21:40'))
              2015-07-21T21:40Z
            date({date: date('1984-11-11'), year: 28})
              0028-11-11
            date({date: date('2020-02-29'), year: 2021})
              2021-02-28
            date({date: date('1984-11-11'), day: 28})
              1984-11-28
            date({date: date('1984-11-11'), week: 1})
              1984-01-08
            date({date: date('1984-11-11'), ordinalDay: 28})
              1984-01-28
            date({date: date('1984-11-11'), quarter: 3})
              1984-08-11
            date({date: date('1984-08-31'), quarter: 4, dayOfQuarter: 3})
              1984-10-03
            date({date: date('1816-12-31'), week: 2})
              1817-01-07
            time({time: localtime('12:31:14.645'), second: 42, timezone: '+05:00'})
              12:31:42.645+05:00
            time({time: time('12:31:14.645+01:00'), second: 42, timezone: '+05:00'})
              16:31:42.645+05:00
            localdatetime({date: date('1984-10-11'), time: time('12:31:14+01:00'), day: 28, second: 42})
              1984-10-28T12:31:42
            localdatetime({date: date('1984-10-11'), hour: 10, minute: 10})
              1984-10-11T10:10
            datetime({date: date('1984-10-11'), time: time('12:31:14.645+01:00'), day: 28})
              1984-10-28T12:31:14.645+01:00
            datetime({date: date('1984-10-11'), time: time('12:31:14+01:00'), timezone: 'Pacific/Honolulu'})
              1984-10-11T01:31:14-10:00[Pacific/Honolulu]
            datetime({date: date('1984-10-11'), time: localtime('12:31:14'), timezone: 'Pacific/Honolulu'})
              1984-10-11T12:31:14-10:00[Pacific/Honolulu]
            datetime({date: date('1984-03-11'), time: datetime('1984-07-11T12:00[Europe/Stockholm]')})
              1984-03-11T12:00+01:00[Europe/Stockholm]
            datetime({datetime: datetime('1984-10-11T12:00[Europe/Stockholm]'), day: 28, timezone: '+05:00'})
              1984-10-28T16:00+05:00
            datetime({datetime: localdatetime('1984-10-11T12:00'), timezone: '+05:00'})
              1984-10-11T12:00+05:00
            date(localtime('12:00'))
              error: date takes DATE, LOCAL DATETIME or DATETIME, found LOCAL TIME
            datetime({date: localtime('12:00')})
              error: date of datetime takes DATE, LOCAL DATETIME or DATETIME, found LOCAL TIME
            datetime({datetime: date('1984-10-11'), date: date('1984-10-11')})
              error: datetime can't use datetime beside date or time: it stands for both
        "#]],
    );
}

#[test]
fn clocks_show_the_statement_s_instant() {
    check(
        "date()
         localtime()
         time()
         localdatetime.statement()
         datetime.transaction()
         datetime.realtime('Asia/Shanghai')
         datetime({timezone: 'America/Los Angeles'})
         date.statement('Pacific/Kiritimati')
         time.statement('Asia/Kolkata')
         timestamp()
         duration.inSeconds(localtime(), localtime())",
        &expect![[r#"
            date()
              2023-11-14
            localtime()
              22:13:20.005
            time()
              22:13:20.005Z
            localdatetime.statement()
              2023-11-14T22:13:20.005
            datetime.transaction()
              2023-11-14T22:13:20.005Z
            datetime.realtime('Asia/Shanghai')
              2023-11-15T06:13:20.005+08:00[Asia/Shanghai]
            datetime({timezone: 'America/Los Angeles'})
              2023-11-14T14:13:20.005-08:00[America/Los_Angeles]
            date.statement('Pacific/Kiritimati')
              2023-11-15
            time.statement('Asia/Kolkata')
              03:43:20.005+05:30
            timestamp()
              1700000000005
            duration.inSeconds(localtime(), localtime())
              PT0S
        "#]],
    );
}

#[test]
fn values_are_truncated() {
    check(
        "date.truncate('millennium', date('-0001-05-05'))
         date.truncate('century', date('1984-10-11'), {month: 2})
         date.truncate('decade', date('1984-10-11'), {day: 2})
         date.truncate('weekYear', date('1984-01-01'), {})
         date.truncate('quarter', datetime('1984-11-11T12:00Z'))
         date.truncate('week', date('1984-10-11'), {dayOfWeek: 2})
         localdatetime.truncate('day', date('1984-10-11'), {nanosecond: 2})
         datetime.truncate('hour', datetime('1984-10-11T12:31:14-01:00'), {timezone: 'Europe/Stockholm'})
         time.truncate('millisecond', time('12:31:14.645876123-01:00'), {nanosecond: 2})
         time.truncate('microsecond', time('12:31:14.645876123-01:00'), {nanosecond: 2})
         time.truncate('millisecond', time('12:31:14.645876123-01:00'), {microsecond: 7})
         localtime.truncate('minute')
         time.truncate('day', datetime('1984-10-11T12:31:14[Europe/Stockholm]'))
         date.truncate('hour', date('1984-10-11'))
         localtime.truncate('month', localtime('12:00'))
         date.truncate('fortnight', date('1984-10-11'))
         date.truncate('day', localtime('12:00'))
         date.truncate('day', null)",
        &expect![[r#"
            date.truncate('millennium', date('-0001-05-05'))
              -1000-01-01
            date.truncate('century', date('1984-10-11'), {month: 2})
              1900-02-01
            date.truncate('decade', date('1984-10-11'), {day: 2})
              1980-01-02
            date.truncate('weekYear', date('1984-01-01'), {})
              1983-01-03
            date.truncate('quarter', datetime('1984-11-11T12:00Z'))
              1984-10-01
            date.truncate('week', date('1984-10-11'), {dayOfWeek: 2})
              1984-10-09
            localdatetime.truncate('day', date('1984-10-11'), {nanosecond: 2})
              1984-10-11T00:00:00.000000002
            datetime.truncate('hour', datetime('1984-10-11T12:31:14-01:00'), {timezone: 'Europe/Stockholm'})
              1984-10-11T12:00+01:00[Europe/Stockholm]
            time.truncate('millisecond', time('12:31:14.645876123-01:00'), {nanosecond: 2})
              12:31:14.645000002-01:00
            time.truncate('microsecond', time('12:31:14.645876123-01:00'), {nanosecond: 2})
              12:31:14.645876002-01:00
            time.truncate('millisecond', time('12:31:14.645876123-01:00'), {microsecond: 7})
              12:31:14.645007-01:00
            localtime.truncate('minute')
              22:13
            time.truncate('day', datetime('1984-10-11T12:31:14[Europe/Stockholm]'))
              00:00+01:00
            date.truncate('hour', date('1984-10-11'))
              error: date.truncate can't use 'hour': its units are millennium, century, decade, year, weekYear, quarter, month, week, day
            localtime.truncate('month', localtime('12:00'))
              error: localtime.truncate can't use 'month': its units are day, hour, minute, second, millisecond, microsecond
            date.truncate('fortnight', date('1984-10-11'))
              error: date.truncate can't use 'fortnight': its units are millennium, century, decade, year, weekYear, quarter, month, week, day
            date.truncate('day', localtime('12:00'))
              error: date.truncate takes DATE, LOCAL DATETIME or DATETIME, found LOCAL TIME
            date.truncate('day', null)
              Null
        "#]],
    );
}

#[test]
fn amounts_make_a_duration() {
    check(
        "duration({months: 5, days: 1.5})
         duration({months: 0.75})
         duration({weeks: 2.5})
         duration({years: 12.5, months: 5.5, days: 14.5, hours: 16.5, minutes: 12.5, seconds: 70.5, nanoseconds: 3})
         duration({seconds: 0.1, milliseconds: 0.001})
         duration({days: 1, milliseconds: -1})
         duration({seconds: 60, milliseconds: -1})
         duration({seconds: -60, milliseconds: 1})
         duration({seconds: -60, milliseconds: -1})
         duration({minutes: 12, seconds: -60})
         duration({years: 12, months: -5, days: -14})
         duration({days: 1.2, months: -0.01})
         duration({days: null})
         duration({day: 1})
         duration({days: '1'})
         duration({years: 9223372036854775807})
         duration({})",
        &expect![[r#"
            duration({months: 5, days: 1.5})
              P5M1DT12H
            duration({months: 0.75})
              P22DT19H51M49.5S
            duration({weeks: 2.5})
              P17DT12H
            duration({years: 12.5, months: 5.5, days: 14.5, hours: 16.5, minutes: 12.5, seconds: 70.5, nanoseconds: 3})
              P12Y11M29DT33H58M13.500000003S
            duration({seconds: 0.1, milliseconds: 0.001})
              PT0.100001S
            duration({days: 1, milliseconds: -1})
              P1DT-0.001S
            duration({seconds: 60, milliseconds: -1})
              PT59.999S
            duration({seconds: -60, milliseconds: 1})
              PT-59.999S
            duration({seconds: -60, milliseconds: -1})
              PT-1M-0.001S
            duration({minutes: 12, seconds: -60})
              PT11M
            duration({years: 12, months: -5, days: -14})
              P11Y7M-14D
            duration({days: 1.2, months: -0.01})
              PT21H29M42.54S
            duration({days: null})
              Null
            duration({day: 1})
              error: duration can't use day: a duration's units are years, quarters, months, weeks, days, hours, minutes, seconds, milliseconds, microseconds, nanoseconds
            duration({days: '1'})
              error: days of duration takes INTEGER or FLOAT, found STRING
            duration({years: 9223372036854775807})
              error: the result of duration does not fit a 64-bit integer
            duration({})
              error: duration can't use an empty map: at least one amount is needed
        "#]],
    );
}

#[test]
fn operators_compute() {
    check(
        "date('1984-10-11') + duration('P12Y5M14DT16H13M10S')
         date('1984-10-11') - duration('P12Y5M14DT16H13M10S')
         date('1984-10-11') + duration('P12Y11M29DT33H58M13.5S')
         date('1984-10-11') - duration('P12Y11M29DT33H58M13.5S')
         duration('P1M') + date('2023-01-31')
         localtime('12:31:14.000000001') + duration('P1DT16H13M10.000000001S')
         time('00:30+01:00') - duration('PT1H')
         localdatetime('1984-10-11T12:31:14.000000001') - duration('P1M-14DT16H-12M70S')
         datetime('2017-10-28T12:00[Europe/Stockholm]') + duration('P1D')
         datetime('2017-10-28T12:00[Europe/Stockholm]') + duration('PT24H')
         datetime('2017-03-25T02:30[Europe/Stockholm]') + duration('P1D')
         datetime('2017-10-29T02:30+02:00[Europe/Stockholm]') + duration('PT1H')
         duration('P12Y5M14DT16H13M10.000000001S') + duration('P1M-14DT16H')
         duration('P12Y5M14DT16H13M10.000000001S') - duration('P1M-14DT16H')
         duration('P12Y5M14DT16H13M10.000000001S') * 2
         0.5 * duration('P12Y5M14DT16H13M10.000000001S')
         duration('P12Y5M14DT16H13M10.000000001S') / 2
         duration('P1M') / 3
         duration('PT1S') / -0.1
         duration('P1D') / 0
         date('+999999999-12-31') + duration('P1D')
         duration('P9223372036854775807M') + duration('P1M')
         duration('PT1S') * 1e300
         date('1984-10-11') - date('1984-10-10')
         date('1984-10-11') + 1
         1 / duration('P1D')",
        &expect![[r#"
            date('1984-10-11') + duration('P12Y5M14DT16H13M10S')
              1997-03-25
            date('1984-10-11') - duration('P12Y5M14DT16H13M10S')
              1972-04-27
            date('1984-10-11') + duration('P12Y11M29DT33H58M13.5S')
              1997-10-11
            date('1984-10-11') - duration('P12Y11M29DT33H58M13.5S')
              1971-10-12
            duration('P1M') + date('2023-01-31')
              2023-02-28
            localtime('12:31:14.000000001') + duration('P1DT16H13M10.000000001S')
              04:44:24.000000002
            time('00:30+01:00') - duration('PT1H')
              23:30+01:00
            localdatetime('1984-10-11T12:31:14.000000001') - duration('P1M-14DT16H-12M70S')
              1984-09-24T20:42:04.000000001
            datetime('2017-10-28T12:00[Europe/Stockholm]') + duration('P1D')
              2017-10-29T12:00+01:00[Europe/Stockholm]
            datetime('2017-10-28T12:00[Europe/Stockholm]') + duration('PT24H')
              2017-10-29T11:00+01:00[Europe/Stockholm]
            datetime('2017-03-25T02:30[Europe/Stockholm]') + duration('P1D')
              2017-03-26T03:30+02:00[Europe/Stockholm]
            datetime('2017-10-29T02:30+02:00[Europe/Stockholm]') + duration('PT1H')
              2017-10-29T02:30+01:00[Europe/Stockholm]
            duration('P12Y5M14DT16H13M10.000000001S') + duration('P1M-14DT16H')
              P12Y6MT32H13M10.000000001S
            duration('P12Y5M14DT16H13M10.000000001S') - duration('P1M-14DT16H')
              P12Y4M28DT13M10.000000001S
            duration('P12Y5M14DT16H13M10.000000001S') * 2
              P24Y10M28DT32H26M20.000000002S
            0.5 * duration('P12Y5M14DT16H13M10.000000001S')
              P6Y2M22DT13H21M8S
            duration('P12Y5M14DT16H13M10.000000001S') / 2
              P6Y2M22DT13H21M8S
            duration('P1M') / 3
              P10DT3H29M42S
            duration('PT1S') / -0.1
              PT-10S
            duration('P1D') / 0
              error: division by zero
            date('+999999999-12-31') + duration('P1D')
              error: date can't use +999999999-12-31 and 1 days: years lie between -999999999 and 999999999
            duration('P9223372036854775807M') + duration('P1M')
              error: the result of + does not fit a 64-bit integer
            duration('PT1S') * 1e300
              error: * can't use 1e300: a duration's amounts are finite and fit 64 bits
            date('1984-10-11') - date('1984-10-10')
              error: - takes a DURATION to subtract (see duration.between()), found DATE
            date('1984-10-11') + 1
              error: + takes a DURATION, found INTEGER
            1 / duration('P1D')
              error: / takes a DURATION divided by a number, found INTEGER
        "#]],
    );
}

#[test]
fn durations_lie_between_values() {
    check(
        "duration.between(date('1984-10-11'), date('2015-06-24'))
         duration.between(date('2015-06-24'), date('1984-10-11'))
         duration.between(date('1984-10-11'), localdatetime('2016-07-21T21:45:22.142'))
         duration.between(date('1984-10-11'), localtime('16:30'))
         duration.between(localtime('14:30'), date('2015-06-24'))
         duration.between(localtime('14:30'), time('16:30+0100'))
         duration.between(time('14:30'), time('16:30+0100'))
         duration.between(datetime('2014-07-21T21:40:36.143+0200'), localdatetime('2016-07-21T21:45:22.142'))
         duration.between(localdatetime('2018-01-02T10:00:00.1'), localdatetime('2018-01-01T10:00:00.2'))
         duration.between(localdatetime('2018-01-02T10:00:00.1'), localdatetime('2018-01-01T10:00:00.2')).seconds
         duration.between(datetime('2017-10-28T23:00+02:00[Europe/Stockholm]'), datetime('2017-10-29T04:00+01:00[Europe/Stockholm]'))
         duration.between(date('-999999999-01-01'), date('+999999999-12-31'))
         duration.inMonths(date('1984-10-11'), datetime('2015-06-24T12:00Z'))
         duration.inMonths(localtime('14:30'), localtime('16:30'))
         duration.inDays(localdatetime('2015-07-21T21:40'), date('2015-07-24'))
         duration.inSeconds(datetime('2017-10-29T00:00[Europe/Stockholm]'), localtime('04:00'))
         duration.inSeconds(datetime('2017-10-29T00:00[Europe/Stockholm]'), date('2017-10-30'))
         duration.inSeconds(localdatetime('-999999999-01-01'), localdatetime('+999999999-12-31T23:59:59'))
         duration.between(date('1984-10-11'), null)
         duration.between(date('1984-10-11'), duration('P1D'))",
        &expect![[r#"
            duration.between(date('1984-10-11'), date('2015-06-24'))
              P30Y8M13D
            duration.between(date('2015-06-24'), date('1984-10-11'))
              P-30Y-8M-13D
            duration.between(date('1984-10-11'), localdatetime('2016-07-21T21:45:22.142'))
              P31Y9M10DT21H45M22.142S
            duration.between(date('1984-10-11'), localtime('16:30'))
              PT16H30M
            duration.between(localtime('14:30'), date('2015-06-24'))
              PT-14H-30M
            duration.between(localtime('14:30'), time('16:30+0100'))
              PT2H
            duration.between(time('14:30'), time('16:30+0100'))
              PT1H
            duration.between(datetime('2014-07-21T21:40:36.143+0200'), localdatetime('2016-07-21T21:45:22.142'))
              P2YT4M45.999S
            duration.between(localdatetime('2018-01-02T10:00:00.1'), localdatetime('2018-01-01T10:00:00.2'))
              PT-23H-59M-59.9S
            duration.between(localdatetime('2018-01-02T10:00:00.1'), localdatetime('2018-01-01T10:00:00.2')).seconds
              -86400
            duration.between(datetime('2017-10-28T23:00+02:00[Europe/Stockholm]'), datetime('2017-10-29T04:00+01:00[Europe/Stockholm]'))
              PT6H
            duration.between(date('-999999999-01-01'), date('+999999999-12-31'))
              P1999999998Y11M30D
            duration.inMonths(date('1984-10-11'), datetime('2015-06-24T12:00Z'))
              P30Y8M
            duration.inMonths(localtime('14:30'), localtime('16:30'))
              PT0S
            duration.inDays(localdatetime('2015-07-21T21:40'), date('2015-07-24'))
              P2D
            duration.inSeconds(datetime('2017-10-29T00:00[Europe/Stockholm]'), localtime('04:00'))
              PT5H
            duration.inSeconds(datetime('2017-10-29T00:00[Europe/Stockholm]'), date('2017-10-30'))
              PT25H
            duration.inSeconds(localdatetime('-999999999-01-01'), localdatetime('+999999999-12-31T23:59:59'))
              PT17531639991215H59M59S
            duration.between(date('1984-10-11'), null)
              Null
            duration.between(date('1984-10-11'), duration('P1D'))
              error: duration.between takes DATE, LOCAL TIME, TIME, LOCAL DATETIME or DATETIME, found DURATION
        "#]],
    );
}

#[test]
fn components_are_read() {
    check(
        "date('1984-01-01').weekYear
         date('1984-01-01').week
         date('1984-01-01').dayOfQuarter
         datetime('1984-11-11T12:31:14.645876123[Europe/Stockholm]').epochMillis
         datetime('1984-11-11T12:31:14.645876123[Europe/Stockholm]').timezone
         time('12:00-02:05:07').offset
         datetime('1969-12-31T23:59:59.999Z').epochMillis
         datetime('+999999999-01-01T00:00Z').epochMillis
         duration('P1Y4M10DT1H1M1.111111111S').quartersOfYear
         duration('PT-1.5S').seconds
         duration('PT-1.5S').millisecondsOfSecond
         date('1984-01-01').hour",
        &expect![[r#"
            date('1984-01-01').weekYear
              1983
            date('1984-01-01').week
              52
            date('1984-01-01').dayOfQuarter
              1
            datetime('1984-11-11T12:31:14.645876123[Europe/Stockholm]').epochMillis
              469020674645
            datetime('1984-11-11T12:31:14.645876123[Europe/Stockholm]').timezone
              'Europe/Stockholm'
            time('12:00-02:05:07').offset
              '-02:05:07'
            datetime('1969-12-31T23:59:59.999Z').epochMillis
              -1
            datetime('+999999999-01-01T00:00Z').epochMillis
              Null
            duration('P1Y4M10DT1H1M1.111111111S').quartersOfYear
              1
            duration('PT-1.5S').seconds
              -2
            duration('PT-1.5S').millisecondsOfSecond
              500
            date('1984-01-01').hour
              Null
        "#]],
    );
}
