//! What a scenario of the openCypher Technology Compatibility Kit says, read from a line of JSON.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

/// From this initial graph, this query must give this result, these side effects or this error.
#[derive(Debug, Deserialize)]
pub struct Scenario {
    /// The feature file without its ending, the scenario's name, the row of an outline.
    pub id: String,
    /// The folder of the feature file.
    pub folder: String,
    /// Queries that build the initial graph.
    pub setup: Vec<String>,
    /// Procedures that must exist.
    pub procedures: Vec<Procedure>,
    /// Literals by name.
    pub parameters: BTreeMap<String, String>,
    /// The query under test.
    pub query: String,
    /// What it must do.
    pub expect: Expectation,
    /// A second query, to run on the graph that the first one leaves.
    pub control_query: Option<String>,
    /// What the second query must do.
    pub control_expect: Option<Expectation>,
}

/// A procedure that gives the rows whose first columns are its arguments.
#[derive(Debug, Deserialize)]
pub struct Procedure {
    /// `test.my.proc(in :: INTEGER?) :: (out :: STRING?)`.
    pub signature: String,
    /// Rows of literals: inputs, then outputs.
    pub rows: Vec<Vec<String>>,
}

/// What a query must do.
#[derive(Debug, Deserialize)]
pub struct Expectation {
    /// Rows, no rows or an error.
    pub kind: Kind,
    /// The names of the columns, in order.
    pub header: Option<Vec<String>>,
    /// Rows of literals; `None` for an error.
    pub rows: Option<Vec<Vec<String>>>,
    /// Whether the order of rows counts.
    pub ordered: bool,
    /// Whether lists are to be compared as multisets.
    pub ignore_list_order: bool,
    /// What changes in the graph, zero where it is not named; `None` where nothing is said.
    pub side_effects: Option<BTreeMap<String, usize>>,
    /// The error.
    pub error: Option<Fault>,
}

/// What a query answers with.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Columns and rows.
    Rows,
    /// No rows, whatever the columns.
    Empty,
    /// An error.
    Error,
}

/// The error that a query must fail with.
#[derive(Debug, Deserialize)]
pub struct Fault {
    /// `SyntaxError`, `TypeError` …
    #[serde(rename = "type")]
    pub class: String,
    /// `compile time`, `runtime` or `any time`.
    pub phase: String,
    /// `UndefinedVariable` …, or `*` for any.
    pub detail: String,
}

/// All scenarios of a file.
pub fn read(path: &Path) -> Vec<Scenario> {
    let text =
        std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.is_empty());
    lines
        .map(|(line, number)| {
            serde_json::from_str(line)
                .unwrap_or_else(|error| panic!("{}:{number}: {error}", path.display()))
        })
        .collect()
}
