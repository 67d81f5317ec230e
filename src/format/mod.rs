//! To be written.
pub mod dot;
