//! Owns the forms in which graphs travel: RON files in and out, CSV in, DOT out, and what two graphs differ in.
//!
//! Takes texts and gives a [`Graph`](crate::graph::Graph), or takes a [`View`](crate::graph::View) and gives text.
//! Nothing here opens a file: the caller reads and writes.

pub mod csv;
pub mod difference;
pub mod dot;
pub mod ron;
