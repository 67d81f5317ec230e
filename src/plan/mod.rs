//! Owns the way from what a statement means to how it is done: pattern order by cost, named rewrite rules, and the
//! text of `EXPLAIN`.
//!
//! Takes a [`LogicalQuery`] and the graph's statistics; gives a [`PhysicalPlan`]. It sees counts, never rows.

mod cost;
mod explain;
mod fold;
mod hash_join;
mod index_seek;
mod label_condition;
mod lower;
mod pattern;
mod physical;
mod rules;
mod selection;
mod selectivity;
mod slots;
mod tail;
mod unused_columns;

pub use explain::{Profile, explain};
pub use physical::{
    Expand, HashJoin, IndexSearch, IndexSeek, Keep, Merge, PhysicalPlan, PhysicalQuery, PlanKind,
    ProjectEndpoints, Repeat, SelectPaths, ShortestPath, Tail, VarLengthExpand,
};

use crate::algebra::LogicalQuery;
use crate::graph::View;

/// Which rules may change a plan; tests switch them off to compare answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Optimization {
    /// Patterns in the order of the text, no rewriting.
    Plain,
    /// Pattern order by cost and all rules.
    Full,
}

/// Plans a statement for a graph.
#[must_use]
pub fn plan(query: &LogicalQuery, view: &View, optimization: Optimization) -> PhysicalQuery {
    let lowering = lower::Lowering {
        view,
        names: query.names.resolve(view),
        optimization,
        is_write: query.is_write,
    };
    let mut root = lowering.lower(&query.root);
    let mut subqueries: Vec<_> = query
        .subqueries
        .iter()
        .map(|subquery| (lowering.subquery(subquery), subquery.width))
        .collect();
    if optimization == Optimization::Full {
        let hash_join = hash_join::Rule {
            cost: lowering.cost(),
            is_write: query.is_write,
        };
        let plans = std::iter::once(&mut root).chain(subqueries.iter_mut().map(|(plan, _)| plan));
        for (at, plan) in plans.enumerate() {
            rules::apply(plan, view);
            hash_join.apply(plan, at > 0);
            index_seek::seek_indexes(plan, view, &lowering.names);
        }
        let replaced = rules::semi_apply(&mut root, &subqueries);
        rules::drop_subqueries(&mut subqueries, &replaced);
        unused_columns::drop_unused_columns(&mut root);
    }
    PhysicalQuery {
        root,
        columns: query.columns.clone(),
        names: query.names.clone(),
        subqueries,
        is_write: query.is_write,
    }
}
