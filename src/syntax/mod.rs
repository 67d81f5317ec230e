//! Owns the language: the grammar's text becomes an abstract syntax tree with spans.

pub mod ast;
