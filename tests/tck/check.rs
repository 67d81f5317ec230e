//! Runs one scenario and holds the engine to what it says.

use std::time::Duration;

use tupu::function::Signature;
use tupu::graph::Subgraph;
use tupu::session::{Database, Error, Limits, QueryResult, Session};
use tupu::value::{Map, Value};

use crate::canonical::Canon;
use crate::literal::Literal;
use crate::scenario::{Expectation, Fault, Kind, Scenario};
use crate::snapshot::Snapshot;

/// The longest time that one query may take.
const TIME_LIMIT: Duration = Duration::from_secs(5);

/// Runs a scenario; the error says in which way the engine fails it.
pub fn check(scenario: &Scenario) -> Result<(), String> {
    let mut session = Database::new().session();
    session.limits = Limits {
        timeout: Some(TIME_LIMIT),
        ..Limits::default()
    };
    for query in &scenario.setup {
        session
            .run(query, &Map::default())
            .map_err(|error| format!("the setup fails: {}", describe(&error)))?;
    }
    for procedure in &scenario.procedures {
        let signature = Signature::parse(&procedure.signature)
            .ok_or_else(|| format!("no signature: {}", procedure.signature))?;
        let rows = procedure
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| value(cell)).collect());
        let rows = rows.collect::<Result<_, _>>()?;
        session.procedures.declare(signature, rows);
    }
    let parameters = scenario
        .parameters
        .iter()
        .map(|(name, literal)| Ok((name.as_str().into(), value(literal)?)))
        .collect::<Result<Map, String>>()?;
    check_query(&mut session, &scenario.query, &parameters, &scenario.expect)?;
    match (&scenario.control_query, &scenario.control_expect) {
        (Some(query), Some(expect)) => check_query(&mut session, query, &parameters, expect)
            .map_err(|reason| format!("the control query: {reason}")),
        _ => Ok(()),
    }
}

fn value(literal: &str) -> Result<Value, String> {
    Literal::parse(literal)?
        .value()
        .ok_or_else(|| format!("no parameter can be {literal}"))
}

fn check_query(
    session: &mut Session,
    query: &str,
    parameters: &Map,
    expect: &Expectation,
) -> Result<(), String> {
    let before = Snapshot::of(&session.database().view());
    let outcome = session.run(query, parameters);
    let after = Snapshot::of(&session.database().view());
    match (outcome, &expect.error) {
        (Ok(_), Some(fault)) => Err(format!("no error, expected {}", fault.class)),
        (Err(error), None) => Err(format!("fails: {}", describe(&error))),
        (Err(error), Some(fault)) => {
            check_error(&error, fault)?;
            same("graph after the error", &before, &after)
        }
        (Ok(result), None) => {
            check_result(&result, expect)?;
            expect.side_effects.as_ref().map_or(Ok(()), |effects| {
                same("side effects", effects, &before.changes(&after))
            })
        }
    }
}

fn check_error(error: &Error, fault: &Fault) -> Result<(), String> {
    let phase = error.phase().name();
    let is_right = error.class() == fault.class
        && (fault.phase == phase || fault.phase == "any time")
        && (fault.detail == error.detail() || fault.detail == "*");
    if is_right {
        return Ok(());
    }
    Err(format!(
        "expected {} at {}: {}, found {}",
        fault.class,
        fault.phase,
        fault.detail,
        describe(error)
    ))
}

fn describe(error: &Error) -> String {
    format!(
        "{} at {}: {} ({error})",
        error.class(),
        error.phase().name(),
        error.detail()
    )
}

fn check_result(result: &QueryResult, expect: &Expectation) -> Result<(), String> {
    if expect.kind == Kind::Empty {
        return same("number of rows", &0, &result.rows.len());
    }
    let columns: Vec<String> = result.columns.iter().map(ToString::to_string).collect();
    same(
        "columns",
        expect.header.as_deref().unwrap_or_default(),
        columns.as_slice(),
    )?;
    let mut expected = expected_rows(expect)?;
    let canon = Canon {
        entities: &result.entities,
        ignore_list_order: expect.ignore_list_order,
    };
    let rows = result.rows.iter();
    let mut found: Vec<Vec<String>> = rows
        .map(|row| row.iter().map(|value| canon.value(value)).collect())
        .collect();
    if !expect.ordered {
        expected.sort_unstable();
        found.sort_unstable();
    }
    same("rows", &expected, &found)
}

fn expected_rows(expect: &Expectation) -> Result<Vec<Vec<String>>, String> {
    let canon = Canon {
        entities: &Subgraph::default(),
        ignore_list_order: expect.ignore_list_order,
    };
    let rows = expect.rows.iter().flatten();
    rows.map(|row| {
        row.iter()
            .map(|cell| Ok(canon.literal(&Literal::parse(cell)?)))
            .collect()
    })
    .collect()
}

fn same<T: PartialEq + std::fmt::Debug + ?Sized>(
    what: &str,
    expected: &T,
    found: &T,
) -> Result<(), String> {
    if expected == found {
        return Ok(());
    }
    Err(format!("{what}: expected {expected:?}, found {found:?}"))
}
