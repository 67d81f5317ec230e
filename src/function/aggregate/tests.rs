//! Aggregates over rows written as lists of arguments.

use super::*;
use crate::value::testing::values;

fn run(aggregate: &Aggregate, is_distinct: bool, rows: &str) -> Result<Value, ValueError> {
    let mut accumulator = aggregate.accumulator(is_distinct);
    for row in values(rows) {
        match row {
            Value::List(arguments) if aggregate.arguments.len() == 2 => {
                accumulator.add(&arguments)?;
            }
            value => accumulator.add(std::slice::from_ref(&value))?,
        }
    }
    accumulator.finish()
}

#[track_caller]
fn check(call: &str, expected: &str) {
    let (name, rows) = call.split_once(": ").expect("a case names its function");
    let (name, is_distinct) = match name.strip_suffix(" DISTINCT") {
        Some(name) => (name, true),
        None => (name, false),
    };
    let aggregate = find(name).expect("an aggregate function");
    let found = match run(aggregate, is_distinct, rows) {
        Ok(value) => value.to_string(),
        Err(error) => format!("{}: {error}", error.detail()),
    };
    assert_eq!(found, expected, "{call}");
}

#[test]
fn the_table_is_sorted() {
    assert!(
        all()
            .map(|aggregate| aggregate.name.to_lowercase())
            .is_sorted()
    );
    assert_eq!(
        find("PERCENTILEDISC").map(|aggregate| aggregate.kind),
        Some(Kind::PercentileDiscrete)
    );
    assert!(find("head").is_none());
}

#[test]
fn counting() {
    check("count: 1, null, 'a', 1.0", "3");
    check("count DISTINCT: 1, null, 'a', 1.0, null", "2");
    check("count: ", "0");
    let mut rows = COUNT_ALL.accumulator(false);
    rows.add(&[]).expect("rows are counted");
    rows.add(&[]).expect("rows are counted");
    assert_eq!(rows.finish(), Ok(2.into()));
}

#[test]
fn sums() {
    check("sum: 33, null, 42", "75");
    check("sum: ", "0");
    check("sum DISTINCT: 1, 1.0, 2", "3");
    check("sum: 1, 0.5", "1.5");
    check("sum: 1e100, 1.0, -1e100", "1.0");
    check(
        "sum: 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1",
        "1.0",
    );
    check("sum: Infinity, 1.0", "Infinity");
    check("sum: 9223372036854775807, 1, -1", "9223372036854775807");
    check(
        "sum: 9223372036854775807, 1",
        "IntegerOverflow: the result of sum does not fit a 64-bit integer",
    );
    check(
        "sum: 'a'",
        "InvalidArgumentValue: sum takes numbers or durations, found STRING",
    );
}

#[test]
fn means() {
    check("avg: 1, 2, null", "1.5");
    check("avg: ", "null");
    check(
        "avg: 9223372036854775807, 9223372036854775807",
        "9.223372036854776e18",
    );
    check("avg DISTINCT: 1, 1, 4", "2.5");
}

#[test]
fn extremes() {
    check("max: 1, 'a', null, [1, 2], 0.2, 'b'", "1");
    check("min: 1, 'a', null, [1, 2], 0.2, 'b'", "[1, 2]");
    check("max: [1], [2], [2, 1]", "[2, 1]");
    check("min: 'a', 'b', 'B', null, 'abc'", "'B'");
    check("max: 1, NaN", "NaN");
    check("min: null", "null");
    assert!(find("max").is_some_and(|max| max.accumulator(true).seen.is_none()));
}

#[test]
fn collecting() {
    check("collect: 1, null, 'a', 1", "[1, 'a', 1]");
    check("collect DISTINCT: null, 1, null, 1.0, NaN, NaN", "[1, NaN]");
    check("collect: ", "[]");
}

#[test]
fn deviations() {
    check("stDev: 2, 4, 4, 4, 5, 5, 7, 9", "2.138089935299395");
    check("stDevP: 2, 4, 4, 4, 5, 5, 7, 9", "2.0");
    check("stDev: 1", "0.0");
    check("stDevP: ", "0.0");
    check(
        "stDev: 'a'",
        "InvalidArgumentValue: stDev takes numbers, found STRING",
    );
}

#[test]
fn percentiles() {
    for (at, expected) in [("0.0", "10.0"), ("0.5", "20.0"), ("1.0", "30.0")] {
        for name in ["percentileDisc", "percentileCont"] {
            check(
                &format!("{name}: [10.0, {at}], [20.0, {at}], [30.0, {at}], [null, {at}]"),
                expected,
            );
        }
    }
    check("percentileDisc: [1, 0.5], [2, 0.5]", "1");
    check("percentileCont: [1, 0.5], [2, 0.5]", "1.5");
    check("percentileCont: [Infinity, 0], [1, 0]", "1.0");
    check("percentileDisc: [null, 0.5]", "null");
    check(
        "percentileDisc: [10.0, 1000]",
        "NumberOutOfRange: percentileDisc takes a percentile from 0.0 to 1.0, found 1000",
    );
    check(
        "percentileCont: [10.0, -1]",
        "NumberOutOfRange: percentileCont takes a percentile from 0.0 to 1.0, found -1",
    );
    check(
        "percentileCont: ['a', 0.5]",
        "InvalidArgumentValue: percentileCont takes numbers, found STRING",
    );
}
