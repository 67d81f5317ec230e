//! The engine and the reference give the same answers.

use tupu::plan::Optimization;
use tupu::session::{Error, Phase, QueryResult};
use tupu::syntax::ast::StatementBody;
use tupu::value::Map;

use crate::choices::Choices;
use crate::compare::{Reading, difference};
use crate::generate;
use crate::graph::World;
use crate::naive::{Answer, Failure, Naive, Row};
use crate::soak::{Verdict, soak};

/// A graph with a query.
struct Case {
    world: World,
    query: String,
    may_fail: bool,
}

fn case(choices: &mut Choices) -> Case {
    let world = generate::graph(choices).into_world();
    let (query, may_fail) = generate::query(choices);
    Case {
        world,
        query,
        may_fail,
    }
}

/// The rows that the engine gives, under one way to plan.
pub(crate) fn run(
    world: &World,
    query: &str,
    optimization: Optimization,
) -> Result<QueryResult, Error> {
    let mut session = world.database.session();
    session.optimization = optimization;
    session.run(query, &Map::default())
}

/// The answer of the reference.
fn reference(world: &World, query: &str) -> Result<Answer, Failure> {
    let statement = tupu::syntax::parse(query);
    let statement = statement.map_err(|error| Failure::Unknown(error.to_string()))?;
    let StatementBody::Query(query) = &statement.body else {
        panic!("{statement} is no query");
    };
    Naive::new(world).query(query, &Row::new())
}

/// What is wrong with the engine's answers to a query, if anything; none where that can't be told.
pub(crate) fn disagreement(world: &World, query: &str, may_fail: bool) -> Verdict {
    let expected = match reference(world, query) {
        Ok(expected) => expected,
        Err(Failure::TooMuch) => return None,
        Err(Failure::Value(_)) if may_fail => return None,
        Err(failure) => return Some(Err(format!("the reference: {failure:?}"))),
    };
    if std::env::var_os("STAT").is_some() {
        eprintln!(
            "STAT {}",
            expected.runs.iter().map(Vec::len).sum::<usize>().min(9)
        );
    }
    let reading = Reading::of(query);
    for optimization in [Optimization::Plain, Optimization::Full] {
        let found = match run(world, query, optimization) {
            Ok(found) => found,
            // Which of the rows that are not part of the answer an expression is evaluated for is left open.
            Err(error)
                if std::env::var_os("RISK").is_none()
                    && may_fail
                    && error.phase() == Phase::Runtime =>
            {
                return None;
            }
            Err(error) => return Some(Err(format!("{optimization:?}: {error}"))),
        };
        let names: Vec<&str> = found.columns.iter().map(|name| &**name).collect();
        // Without rows the reference does not know what `*` stands for.
        if !expected.runs.is_empty() && names != expected.columns {
            return Some(Err(format!(
                "{optimization:?}: columns {names:?}, not {:?}",
                expected.columns
            )));
        }
        if let Some(fault) = difference(reading, &expected, &found.rows) {
            let rows: Vec<String> = found.rows.iter().map(|row| reading.row(row)).collect();
            let wanted: Vec<Vec<String>> =
                expected.runs.iter().map(|run| reading.bag(run)).collect();
            return Some(Err(format!(
                "{optimization:?}: {fault}\nfound {rows:#?}\nexpected {wanted:#?} skip {} limit {}",
                expected.skip, expected.limit
            )));
        }
    }
    Some(Ok(()))
}

#[test]
fn the_engine_agrees_with_the_reference() {
    soak("the_engine_agrees_with_the_reference", 1, |choices| {
        let case = case(choices);
        disagreement(&case.world, &case.query, case.may_fail).map(|outcome| {
            outcome
                .map_err(|fault| format!("{}\n{}\n{fault}", case.world.graph.script(), case.query))
        })
    });
}
