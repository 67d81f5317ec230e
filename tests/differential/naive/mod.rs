//! Owns the reference: what a query means, said as plainly as possible and without regard to speed.
//!
//! Takes a syntax tree and a graph of plain vectors; gives the rows. A row is a map from variables to values, a clause
//! is a function from rows to rows, a pattern is matched by trying every node and every relationship in every place.
//! Nothing of the engine's scopes, plans and operators is used, only the operations of its values.

mod aggregate;
mod expression;
mod function;
mod pattern;
mod projection;

use std::cell::Cell;
use std::collections::BTreeMap;

use tupu::syntax::ast::{Clause, MatchClause, Query, SingleQuery, SubqueryClause, UnwindClause};
use tupu::value::{Value, ValueError, equivalent};

use crate::graph::World;

/// The variables of a row with their values.
pub(crate) type Row = BTreeMap<String, Value>;

/// Why there is no answer.
#[derive(Debug)]
#[expect(dead_code, reason = "read by those who read what failed")]
pub(crate) enum Failure {
    /// The query fails.
    Value(ValueError),
    /// The reference does not know the construct: a fault of the generator.
    Unknown(String),
    /// Too many possibilities to try all of them.
    TooMuch,
}

pub(crate) type Outcome<T> = Result<T, Failure>;

impl From<ValueError> for Failure {
    fn from(error: ValueError) -> Self {
        Self::Value(error)
    }
}

/// The answer to a query.
#[derive(Debug)]
pub(crate) struct Answer {
    pub columns: Vec<String>,
    /// The rows in runs: the order of the runs is given by `ORDER BY`, within a run any order is right.
    pub runs: Vec<Vec<Vec<Value>>>,
    /// How many rows `SKIP` leaves out.
    pub skip: usize,
    /// How many rows `LIMIT` leaves at most.
    pub limit: usize,
}

impl Answer {
    fn rows(self) -> Vec<Vec<Value>> {
        self.runs
            .into_iter()
            .flatten()
            .skip(self.skip)
            .take(self.limit)
            .collect()
    }
}

/// The reference evaluator.
pub(crate) struct Naive<'a> {
    world: &'a World,
    steps: Cell<u64>,
}

/// How many steps a case may take before it is left out.
const STEP_LIMIT: u64 = 300_000;

impl<'a> Naive<'a> {
    pub(crate) fn new(world: &'a World) -> Self {
        Self {
            world,
            steps: Cell::new(0),
        }
    }

    fn step(&self) -> Outcome<()> {
        self.steps.set(self.steps.get() + 1);
        match self.steps.get() > STEP_LIMIT {
            true => Err(Failure::TooMuch),
            false => Ok(()),
        }
    }

    /// The answer to a query whose outer variables are those of `outer`.
    pub(crate) fn query(&self, query: &Query, outer: &Row) -> Outcome<Answer> {
        let first = self.single_query(&query.first, outer)?;
        if query.unions.is_empty() {
            return Ok(first);
        }
        let columns = first.columns.clone();
        let mut rows = first.rows();
        for union in &query.unions {
            rows.extend(self.single_query(&union.query, outer)?.rows());
            if !union.is_all {
                rows = distinct(rows, |row| row);
            }
        }
        Ok(Answer {
            columns,
            runs: vec![rows],
            skip: 0,
            limit: usize::MAX,
        })
    }

    fn single_query(&self, query: &SingleQuery, outer: &Row) -> Outcome<Answer> {
        let mut rows = vec![outer.clone()];
        for clause in &query.clauses {
            self.step()?;
            rows = match clause {
                Clause::Match(clause) => self.match_clause(clause, rows)?,
                Clause::Unwind(clause) => self.unwind(clause, rows)?,
                Clause::Subquery(clause) => self.call(clause, rows)?,
                Clause::With(clause) => self.with(clause, rows)?,
                Clause::Return(clause) => return self.return_clause(clause, rows),
                other => return Err(Failure::Unknown(other.keyword().to_owned())),
            };
        }
        // Without RETURN, as in EXISTS { MATCH … }, it only counts how many rows there are.
        let runs = vec![vec![Vec::new(); rows.len()]];
        Ok(Answer {
            columns: Vec::new(),
            runs,
            skip: 0,
            limit: usize::MAX,
        })
    }

    fn match_clause(&self, clause: &MatchClause, rows: Vec<Row>) -> Outcome<Vec<Row>> {
        let mut out = Vec::new();
        for row in rows {
            let before = out.len();
            for found in self.matches(&clause.pattern.parts, &row)? {
                if self.holds(clause.predicate.as_ref(), &found)? {
                    out.push(found);
                }
            }
            if clause.is_optional && out.len() == before {
                let mut row = row;
                for name in pattern::variables(&clause.pattern.parts) {
                    row.entry(name).or_insert(Value::Null);
                }
                out.push(row);
            }
        }
        Ok(out)
    }

    fn unwind(&self, clause: &UnwindClause, rows: Vec<Row>) -> Outcome<Vec<Row>> {
        let mut out = Vec::new();
        for row in rows {
            let items = match self.value(&clause.list, &row)? {
                Value::Null => Vec::new(),
                Value::List(items) => items.to_vec(),
                other => vec![other],
            };
            for item in items {
                self.step()?;
                out.push(with(&row, &clause.variable.text, item));
            }
        }
        Ok(out)
    }

    fn call(&self, clause: &SubqueryClause, rows: Vec<Row>) -> Outcome<Vec<Row>> {
        let mut out = Vec::new();
        for row in rows {
            let mut inner = row.clone();
            if !clause.imports_all {
                let imports = clause.imports.as_deref().unwrap_or_default();
                inner.retain(|name, _| imports.iter().any(|import| *import.text == **name));
            }
            let answer = self.query(&clause.query, &inner)?;
            let columns = answer.columns.clone();
            for found in answer.rows() {
                let mut row = row.clone();
                row.extend(columns.iter().cloned().zip(found));
                out.push(row);
            }
        }
        Ok(out)
    }
}

/// The row with one variable more.
fn with(row: &Row, name: &str, value: Value) -> Row {
    let mut row = row.clone();
    row.insert(name.to_owned(), value);
    row
}

/// The items whose values are equivalent to those of no item before.
fn distinct<T>(items: Vec<T>, values: impl Fn(&T) -> &Vec<Value>) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    for item in items {
        if !kept
            .iter()
            .any(|other| all_equivalent(values(other), values(&item)))
        {
            kept.push(item);
        }
    }
    kept
}

fn all_equivalent(left: &[Value], right: &[Value]) -> bool {
    left.iter()
        .zip(right)
        .all(|(left, right)| equivalent(left, right))
}
