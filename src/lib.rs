//! tupu (图谱) turns what is written about a region's economy into a graph that people can question.

pub mod algebra;
pub mod command;
pub mod execution;
pub mod expression;
pub mod format;
pub mod function;
pub mod graph;
pub mod lookup;
pub mod ontology;
pub mod plan;
pub mod render;
pub mod repl;
pub mod server;
pub mod session;
pub mod source;
pub mod syntax;
pub mod value;
