//! tupu (图谱) turns what is written about a region's economy into a graph that people can question.
//!
//! # A query's journey
//!
//! [`Session::run`] takes a statement's text. [`syntax::parse`] gives its tree, [`algebra::bind`] its meaning
//! ([`LogicalQuery`]), [`plan::plan()`] the way to the answer ([`PhysicalQuery`]); [`execution::open`] sets operators to
//! work that pass batches of rows from a [`View`] of the graph, and the rows come back as a [`QueryResult`]. What can be
//! wrong on the way is an [`Error`](session::Error) that points into the text.
//!
//! ```
//! use tupu::session::Database;
//! use tupu::value::Map;
//!
//! let database = Database::embedded()?;
//! let question = "MATCH (p:Policy)-[:FOCUSES_ON]->(:Cluster {name: '低空经济'}) RETURN p.name AS 政策 ORDER BY 政策";
//! let answer = database.session().run(question, &Map::default())?;
//! assert_eq!(answer.rows[0][0].as_str(), Some("低空经济专项产业规划政策"));
//! # Ok::<(), tupu::session::Error>(())
//! ```
//!
//! # A fact's journey
//!
//! A fact is written in a RON file beside the document that states it. [`format::ron::open`] reads files as one
//! [`Graph`](graph::Graph), whole or not at all; from there it is questioned, [drawn](format::dot), looked up
//! [without Cypher](lookup), [compared](format::difference), [checked](ontology) and [saved](session::Database::save).
//!
//! # The floors
//!
//! A module imports only from floors below it, and a test holds it to that: [`source`], [`value`] — [`syntax`],
//! [`graph`] — [`evidence`], [`ontology`] — [`function`], [`render`], [`format`](mod@format), [`extraction`] — [`expression`],
//! [`input`] — [`algebra`] —
//! [`plan`](mod@plan) — [`execution`] — [`session`] — [`lookup`], [`build`] — [`repl`], [`server`] — [`command`].
//!
//! [`Session::run`]: session::Session::run
//! [`LogicalQuery`]: algebra::LogicalQuery
//! [`PhysicalQuery`]: plan::PhysicalQuery
//! [`View`]: graph::View
//! [`QueryResult`]: session::QueryResult

#![warn(unreachable_pub)]

pub mod algebra;
pub mod build;
pub mod command;
pub mod evidence;
pub mod execution;
pub mod expression;
pub mod extraction;
pub mod format;
pub mod function;
pub mod graph;
pub mod input;
pub mod lookup;
pub mod ontology;
pub mod plan;
pub mod render;
pub mod repl;
pub mod server;
pub mod session;
pub mod source;
pub mod store;
pub mod syntax;
pub mod value;
