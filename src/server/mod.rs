//! Owns the ways in which other programs talk to a database.

pub mod jsonl;
