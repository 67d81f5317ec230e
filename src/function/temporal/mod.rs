//! The functions that make and compare temporal values: constructors, truncation, current instants, durations.
//!
//! Takes text, maps of components and temporal values; gives temporal values. What clocks show comes from the
//! statement's [`Context::now`](super::Context::now), told in UTC unless a time zone is named.

mod build;
mod construct;
mod fields;
mod kind;
mod span;
mod truncate;

#[cfg(test)]
mod tests;

use super::{Context, Function};
use crate::value::temporal::{between, in_days, in_months, in_seconds};
use crate::value::{Type, Value, ValueError};
use kind::Kind;

/// The instant of a statement: seconds and nanoseconds since 1970-01-01T00:00Z.
type Now = (i64, u32);

type Body = fn(&Context<'_>, &[Value]) -> Result<Value, ValueError>;

const DATE_SOURCE: Type = Type::STRING
    .union(Type::MAP)
    .union(Type::DATE)
    .union(Type::LOCAL_DATETIME)
    .union(Type::DATETIME);

const TIME_SOURCE: Type = Type::STRING
    .union(Type::MAP)
    .union(Type::LOCAL_TIME)
    .union(Type::TIME)
    .union(Type::LOCAL_DATETIME)
    .union(Type::DATETIME);

const INSTANT: Type = Type::DATE
    .union(Type::LOCAL_TIME)
    .union(Type::TIME)
    .union(Type::LOCAL_DATETIME)
    .union(Type::DATETIME);

const ZONE: &[Type] = &[Type::STRING.union(Type::MAP)];

/// The temporal functions, for the table of all functions.
pub static FUNCTIONS: &[Function] = &[
    constructor(
        "date",
        "date([text | components | value])",
        "The date of a text, of components or of a datetime; today when nothing is given.",
        &[DATE_SOURCE],
        Type::DATE,
        |context, arguments| construct::construct(Kind::Date, context.now, arguments),
    ),
    constructor(
        "localtime",
        "localtime([text | components | value])",
        "The time of day without a zone of a text, of components or of a value; now when nothing is given.",
        &[TIME_SOURCE],
        Type::LOCAL_TIME,
        |context, arguments| construct::construct(Kind::LocalTime, context.now, arguments),
    ),
    constructor(
        "time",
        "time([text | components | value])",
        "The time of day with an offset of a text, of components or of a value; now when nothing is given.",
        &[TIME_SOURCE],
        Type::TIME,
        |context, arguments| construct::construct(Kind::Time, context.now, arguments),
    ),
    constructor(
        "localdatetime",
        "localdatetime([text | components | value])",
        "The date and time without a zone of a text, of components or of a value; now when nothing is given.",
        &[DATE_SOURCE],
        Type::LOCAL_DATETIME,
        |context, arguments| construct::construct(Kind::LocalDateTime, context.now, arguments),
    ),
    constructor(
        "datetime",
        "datetime([text | components | value])",
        "The date and time with a zone of a text, of components or of a value; now when nothing is given.",
        &[DATE_SOURCE],
        Type::DATETIME,
        |context, arguments| construct::construct(Kind::DateTime, context.now, arguments),
    ),
    clock(
        "date.transaction",
        "date.transaction([timezone])",
        Type::DATE,
        |context, arguments| construct::current(Kind::Date, context.now, arguments),
    ),
    clock(
        "date.statement",
        "date.statement([timezone])",
        Type::DATE,
        |context, arguments| construct::current(Kind::Date, context.now, arguments),
    ),
    clock(
        "date.realtime",
        "date.realtime([timezone])",
        Type::DATE,
        |context, arguments| construct::current(Kind::Date, context.now, arguments),
    ),
    clock(
        "localtime.transaction",
        "localtime.transaction([timezone])",
        Type::LOCAL_TIME,
        |context, arguments| construct::current(Kind::LocalTime, context.now, arguments),
    ),
    clock(
        "localtime.statement",
        "localtime.statement([timezone])",
        Type::LOCAL_TIME,
        |context, arguments| construct::current(Kind::LocalTime, context.now, arguments),
    ),
    clock(
        "localtime.realtime",
        "localtime.realtime([timezone])",
        Type::LOCAL_TIME,
        |context, arguments| construct::current(Kind::LocalTime, context.now, arguments),
    ),
    clock(
        "time.transaction",
        "time.transaction([timezone])",
        Type::TIME,
        |context, arguments| construct::current(Kind::Time, context.now, arguments),
    ),
    clock(
        "time.statement",
        "time.statement([timezone])",
        Type::TIME,
        |context, arguments| construct::current(Kind::Time, context.now, arguments),
    ),
    clock(
        "time.realtime",
        "time.realtime([timezone])",
        Type::TIME,
        |context, arguments| construct::current(Kind::Time, context.now, arguments),
    ),
    clock(
        "localdatetime.transaction",
        "localdatetime.transaction([timezone])",
        Type::LOCAL_DATETIME,
        |context, arguments| construct::current(Kind::LocalDateTime, context.now, arguments),
    ),
    clock(
        "localdatetime.statement",
        "localdatetime.statement([timezone])",
        Type::LOCAL_DATETIME,
        |context, arguments| construct::current(Kind::LocalDateTime, context.now, arguments),
    ),
    clock(
        "localdatetime.realtime",
        "localdatetime.realtime([timezone])",
        Type::LOCAL_DATETIME,
        |context, arguments| construct::current(Kind::LocalDateTime, context.now, arguments),
    ),
    clock(
        "datetime.transaction",
        "datetime.transaction([timezone])",
        Type::DATETIME,
        |context, arguments| construct::current(Kind::DateTime, context.now, arguments),
    ),
    clock(
        "datetime.statement",
        "datetime.statement([timezone])",
        Type::DATETIME,
        |context, arguments| construct::current(Kind::DateTime, context.now, arguments),
    ),
    clock(
        "datetime.realtime",
        "datetime.realtime([timezone])",
        Type::DATETIME,
        |context, arguments| construct::current(Kind::DateTime, context.now, arguments),
    ),
    truncation(
        "date.truncate",
        "date.truncate(unit [, value [, components]])",
        &[Type::STRING, DATE_SOURCE, Type::MAP],
        Type::DATE,
        |context, arguments| truncate::truncate(Kind::Date, context.now, arguments),
    ),
    truncation(
        "localtime.truncate",
        "localtime.truncate(unit [, value [, components]])",
        &[Type::STRING, TIME_SOURCE, Type::MAP],
        Type::LOCAL_TIME,
        |context, arguments| truncate::truncate(Kind::LocalTime, context.now, arguments),
    ),
    truncation(
        "time.truncate",
        "time.truncate(unit [, value [, components]])",
        &[Type::STRING, TIME_SOURCE, Type::MAP],
        Type::TIME,
        |context, arguments| truncate::truncate(Kind::Time, context.now, arguments),
    ),
    truncation(
        "localdatetime.truncate",
        "localdatetime.truncate(unit [, value [, components]])",
        &[Type::STRING, DATE_SOURCE, Type::MAP],
        Type::LOCAL_DATETIME,
        |context, arguments| truncate::truncate(Kind::LocalDateTime, context.now, arguments),
    ),
    truncation(
        "datetime.truncate",
        "datetime.truncate(unit [, value [, components]])",
        &[Type::STRING, DATE_SOURCE, Type::MAP],
        Type::DATETIME,
        |context, arguments| truncate::truncate(Kind::DateTime, context.now, arguments),
    ),
    constant(
        "datetime.fromepoch",
        "datetime.fromepoch(seconds [, nanoseconds])",
        "The datetime in UTC some seconds and nanoseconds after 1970-01-01T00:00Z.",
        &[Type::INTEGER, Type::INTEGER],
        Type::DATETIME,
        |_, arguments| construct::from_epoch(arguments),
    ),
    constant(
        "datetime.fromepochmillis",
        "datetime.fromepochmillis(milliseconds)",
        "The datetime in UTC some milliseconds after 1970-01-01T00:00Z.",
        &[Type::INTEGER],
        Type::DATETIME,
        |_, arguments| construct::from_epoch_milliseconds(arguments),
    ),
    constant(
        "duration",
        "duration(text | components)",
        "The duration of a text (`P1Y2M3DT4H`) or of components (`{months: 5, days: 1.5}`).",
        &[Type::STRING.union(Type::MAP).union(Type::DURATION)],
        Type::DURATION,
        |_, arguments| span::duration(arguments),
    ),
    difference(
        "duration.between",
        "duration.between(from, to)",
        "The duration from one value to another, in months, days and time.",
        |_, arguments| between(&arguments[0], &arguments[1]).map(Value::from),
    ),
    difference(
        "duration.inMonths",
        "duration.inMonths(from, to)",
        "The duration from one value to another, in whole months.",
        |_, arguments| in_months(&arguments[0], &arguments[1]).map(Value::from),
    ),
    difference(
        "duration.inDays",
        "duration.inDays(from, to)",
        "The duration from one value to another, in whole days.",
        |_, arguments| in_days(&arguments[0], &arguments[1]).map(Value::from),
    ),
    difference(
        "duration.inSeconds",
        "duration.inSeconds(from, to)",
        "The duration from one value to another, in seconds.",
        |_, arguments| in_seconds(&arguments[0], &arguments[1]).map(Value::from),
    ),
    Function {
        required: 0,
        is_constant: false,
        ..constant(
            "timestamp",
            "timestamp()",
            "The milliseconds from 1970-01-01T00:00Z to the statement's instant.",
            &[],
            Type::INTEGER,
            |context, _| {
                Ok(Value::Integer(
                    context.now.0 * 1_000 + i64::from(context.now.1 / 1_000_000),
                ))
            },
        )
    },
];

/// A function of its arguments alone, of which the first is required.
const fn constant(
    name: &'static str,
    signature: &'static str,
    summary: &'static str,
    arguments: &'static [Type],
    returns: Type,
    body: Body,
) -> Function {
    Function {
        name,
        arguments,
        required: 1,
        is_variadic: false,
        returns,
        is_constant: true,
        is_strict: true,
        signature,
        summary,
        body,
    }
}

/// A constructor: without an argument, or with a time zone alone, it looks at the clock.
const fn constructor(
    name: &'static str,
    signature: &'static str,
    summary: &'static str,
    arguments: &'static [Type],
    returns: Type,
    body: Body,
) -> Function {
    Function {
        required: 0,
        is_constant: false,
        ..constant(name, signature, summary, arguments, returns, body)
    }
}

const fn clock(name: &'static str, signature: &'static str, returns: Type, body: Body) -> Function {
    let summary = "What clocks show at the statement's instant, in UTC or a time zone.";
    constructor(name, signature, summary, ZONE, returns, body)
}

/// A truncation: without a value it looks at the clock.
const fn truncation(
    name: &'static str,
    signature: &'static str,
    arguments: &'static [Type],
    returns: Type,
    body: Body,
) -> Function {
    let summary = "A value (or now) cut down to a unit from millennium to microsecond, smaller components then set.";
    Function {
        is_constant: false,
        ..constant(name, signature, summary, arguments, returns, body)
    }
}

const fn difference(
    name: &'static str,
    signature: &'static str,
    summary: &'static str,
    body: Body,
) -> Function {
    Function {
        required: 2,
        ..constant(
            name,
            signature,
            summary,
            &[INSTANT, INSTANT],
            Type::DURATION,
            body,
        )
    }
}
