//! Owns the operators: each takes batches of rows from its input and gives batches of rows.
//!
//! Takes a [`PhysicalQuery`](crate::plan::PhysicalQuery) and a graph; gives rows. Reads and updates run through the
//! same operators.

mod aggregate;
mod apply;
mod argument;
mod bidirectional;
mod breadth_first;
mod context;
mod count_expand;
mod count_intersect;
mod create;
mod delete;
mod distinct;
mod eager;
mod endpoints;
mod error;
mod expand;
mod filter;
mod hash_join;
mod index_seek;
mod limit;
mod merge;
mod node_filter;
mod open;
mod operator;
mod optional;
mod procedure_call;
mod project;
mod pruning_expand;
mod repeat;
mod repetition;
mod scan;
mod select_paths;
mod semi_apply;
mod set;
mod shortest_path;
mod sort;
mod subquery;
mod trail;
mod union;
mod unwind;
mod var_length_expand;

pub use context::{Access, ExecutionContext, Settings};
pub use error::{Execution, ExecutionError};
pub use open::{Profiler, open};
pub use operator::Operator;
pub use subquery::RunningSubquery;
