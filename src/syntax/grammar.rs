//! Owns the parser that pest makes of the files in `grammar/`.

/// The parser; [`Rule`] names the grammar's rules.
#[derive(pest_derive::Parser)]
#[grammar = "grammar/lexical.pest"]
#[grammar = "grammar/clause.pest"]
#[grammar = "grammar/pattern.pest"]
#[grammar = "grammar/expression.pest"]
#[grammar = "grammar/schema.pest"]
pub(super) struct Grammar;
