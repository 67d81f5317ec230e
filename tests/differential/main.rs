//! Random graphs and queries: the engine against a reference that tries all possibilities, and against itself.
//!
//! `TUPU_SOAK=200000 cargo test --release --test differential -- --nocapture` runs as many cases of each test; a case
//! that fails is printed as the statement that creates its graph and the query, made small, with its seed.

mod agreement;
mod choices;
mod compare;
mod findings;
mod generate;
mod graph;
mod metamorphic;
mod naive;
mod soak;
mod updates;
