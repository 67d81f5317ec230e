//! Owns the parser that pest makes of `grammar/rule.pest`.

/// The parser; [`Rule`] names the grammar's rules.
#[derive(pest_derive::Parser)]
#[grammar = "grammar/rule.pest"]
pub(super) struct Grammar;
