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
    Expand, HashJoin, IndexSearch, IndexSeek, Keep, KeepCounted, Merge, PhysicalPlan,
    PhysicalQuery, PlanKind, ProjectEndpoints, Repeat, SelectPaths, ShortestPath, SubqueryPlan,
    Tail, Used, VarLengthExpand,
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
        asked: 1.0,
    };
    let hash_join = hash_join::Rule {
        cost: lowering.cost(),
        is_write: query.is_write,
    };
    let rewrite = |plan: &mut PhysicalPlan, asked: Option<f64>| {
        if optimization == Optimization::Full {
            rules::apply(plan, view);
            hash_join.apply(plan, asked);
            index_seek::seek_indexes(plan, view, &lowering.names);
        }
    };
    let mut root = lowering.lower(&query.root);
    rewrite(&mut root, None);
    // How often a subquery is asked is not known before the operators that ask: at most for each of all rows. Where the
    // graph changes meanwhile, nothing that it finds is kept from one row to the next.
    let asked = match query.is_write {
        true => 1.0,
        false => root.most_rows(),
    };
    let asking = lower::Lowering {
        asked,
        names: lowering.names.clone(),
        ..lowering
    };
    let subqueries = query.subqueries.iter().map(|subquery| {
        let mut plan = asking.subquery(subquery);
        rewrite(&mut plan.root, Some(asked));
        plan
    });
    let mut subqueries: Vec<_> = subqueries.collect();
    if optimization == Optimization::Full {
        let replaced = rules::semi_apply(&mut root, &subqueries);
        rules::drop_subqueries(&mut subqueries, &replaced);
        unused_columns::drop_unused_columns(&mut root);
        for subquery in &mut subqueries {
            unused_columns::drop_unused_columns_of_subquery(subquery);
        }
    }
    PhysicalQuery {
        root,
        columns: query.columns.clone(),
        names: query.names.clone(),
        subqueries,
        is_write: query.is_write,
    }
}
