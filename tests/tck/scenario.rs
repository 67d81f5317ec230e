//! What a scenario of the openCypher Technology Compatibility Kit says, read from a line of JSON.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

/// From this initial graph, this query must give this result, these side effects or this error.
#[derive(Debug, Deserialize)]
pub(crate) struct Scenario {
    /// The feature file without its ending, the scenario's name, the row of an outline.
    pub(crate) id: String,
    /// The folder of the feature file.
    pub(crate) folder: String,
    /// Queries that build the initial graph.
    pub(crate) setup: Vec<String>,
    /// Procedures that must exist.
    pub(crate) procedures: Vec<Procedure>,
    /// Literals by name.
    pub(crate) parameters: BTreeMap<String, String>,
    /// The query under test.
    pub(crate) query: String,
    /// What it must do.
    pub(crate) expect: Expectation,
    /// A second query, to run on the graph that the first one leaves.
    pub(crate) control_query: Option<String>,
    /// What the second query must do.
    pub(crate) control_expect: Option<Expectation>,
}

/// A procedure that gives the rows whose first columns are its arguments.
#[derive(Debug, Deserialize)]
pub(crate) struct Procedure {
    /// `test.my.proc(in :: INTEGER?) :: (out :: STRING?)`.
    pub(crate) signature: String,
    /// Rows of literals: inputs, then outputs.
    pub(crate) rows: Vec<Vec<String>>,
}

/// What a query must do.
#[derive(Debug, Deserialize)]
pub(crate) struct Expectation {
    /// Rows, no rows or an error.
    pub(crate) kind: Kind,
    /// The names of the columns, in order.
    pub(crate) header: Option<Vec<String>>,
    /// Rows of literals; `None` for an error.
    pub(crate) rows: Option<Vec<Vec<String>>>,
    /// Whether the order of rows counts.
    pub(crate) ordered: bool,
    /// Whether lists are to be compared as multisets.
    pub(crate) ignore_list_order: bool,
    /// What changes in the graph, zero where it is not named; `None` where nothing is said.
    pub(crate) side_effects: Option<BTreeMap<String, usize>>,
    /// The error.
    pub(crate) error: Option<Fault>,
}

/// What a query answers with.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// Columns and rows.
    Rows,
    /// No rows, whatever the columns.
    Empty,
    /// An error.
    Error,
}

/// The error that a query must fail with.
#[derive(Debug, Deserialize)]
pub(crate) struct Fault {
    /// `SyntaxError`, `TypeError` …
    #[serde(rename = "type")]
    pub(crate) class: String,
    /// `compile time`, `runtime` or `any time`.
    pub(crate) phase: String,
    /// `UndefinedVariable` …, or `*` for any.
    pub(crate) detail: String,
}

/// All scenarios of a file.
pub(crate) fn read(path: &Path) -> Vec<Scenario> {
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
