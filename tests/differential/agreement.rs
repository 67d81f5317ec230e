//! The engine and the reference give the same answers.

use tupu::plan::Optimization;
use tupu::session::QueryResult;
use tupu::syntax::ast::StatementBody;
use tupu::value::Map;

use crate::choices::Choices;
use crate::compare::{Reading, difference};
use crate::generate;
use crate::graph::World;
use crate::naive::{Answer, Failure, Naive, Row};
use crate::soak::soak;

/// A graph with a query.
struct Case {
    world: World,
    query: String,
}

fn case(choices: &mut Choices) -> Case {
    let world = generate::graph(choices).into_world();
    Case {
        world,
        query: generate::query(choices),
    }
}

/// The rows that the engine gives, under one way to plan.
pub fn run(world: &World, query: &str, optimization: Optimization) -> Result<QueryResult, String> {
    let mut session = world.database.session();
    session.optimization = optimization;
    session
        .run(query, &Map::default())
        .map_err(|error| format!("{optimization:?}: {error}"))
}

/// The answer of the reference; none where there are too many possibilities to try.
fn reference(world: &World, query: &str) -> Result<Option<Answer>, String> {
    let statement = tupu::syntax::parse(query).map_err(|error| format!("syntax: {error}"))?;
    let StatementBody::Query(query) = &statement.body;
    match Naive::new(world).query(query, &Row::new()) {
        Ok(answer) => Ok(Some(answer)),
        Err(Failure::TooMuch) => Ok(None),
        Err(failure) => Err(format!("the reference: {failure:?}")),
    }
}

/// What is wrong with the engine's answers to a query, if anything; none where that can't be told.
pub fn disagreement(world: &World, query: &str) -> Option<Result<(), String>> {
    let expected = match reference(world, query) {
        Ok(None) => return None,
        Ok(Some(expected)) => expected,
        Err(error) => return Some(Err(error)),
    };
    let reading = Reading::of(query);
    for optimization in [Optimization::Plain, Optimization::Full] {
        let found = match run(world, query, optimization) {
            Ok(found) => found,
            Err(error) => return Some(Err(error)),
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
        disagreement(&case.world, &case.query).map(|outcome| {
            outcome.map_err(|fault| {
                format!(
                    "{}\n{}\n{fault}",
                    case.world.graph.create_statement(),
                    case.query
                )
            })
        })
    });
}
