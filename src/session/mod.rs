//! Owns the front door: a [`Database`], its [`Session`]s, their results and the public [`Error`].
//!
//! Takes statements as text with parameters; gives a [`QueryResult`]. This is where the stages of a query meet:
//! [`syntax::parse`](crate::syntax::parse), [`algebra::bind`](crate::algebra::bind()), [`plan::plan`](crate::plan::plan()),
//! [`execution::open`](crate::execution::open()).

mod database;
mod error;
mod import;
mod limits;
mod ontology;
mod place;
mod plans;
mod result;
mod run;
mod schema;
mod shared;
mod transaction;
mod warning;
mod watch;

pub use database::Database;
pub use error::{Error, Phase};
pub use limits::{CancelHandle, Limits};
pub use result::QueryResult;
pub use run::Session;
pub use transaction::TransactionError;
pub use warning::Warning;

pub use crate::function::Bytes;
pub use crate::store::{hush_contained_panics, is_store};

#[cfg(test)]
mod tests;
