//! The abstract syntax tree: what was written, with spans; nothing is resolved here.
//!
//! Every type bears the name of the grammar rule that it comes from, and each variant shows its query text.

mod clause;
mod expression;
mod operator;
mod pattern;
mod schema;
mod update;
mod value_type;

use std::sync::Arc;

pub use clause::{
    CallClause, Clause, MatchClause, ProjectionClause, ProjectionItem, SortItem, SubqueryClause,
    UnwindClause, Yield, YieldItem,
};
pub use expression::{
    CaseTest, Expression, ExpressionKind, Literal, MapProjectionItem, NormalForm, Quantifier,
    SubqueryKind,
};
pub use operator::{BinaryOperator, ComparisonOperator, UnaryOperator};
pub use pattern::{
    Direction, LabelExpression, Length, NodePattern, ParenthesizedPath, PathQuantifier,
    PathSelector, Pattern, PatternElement, PatternPart, RelationshipPattern,
};
pub use schema::{Requirement, SchemaCommand, SchemaDrop, SchemaRule};
pub use update::{
    CreateClause, DeleteClause, ForeachClause, MergeClause, RemoveClause, RemoveItem, SetClause,
    SetItem,
};
pub use value_type::{TypeName, ValueType};

use crate::source::Span;

/// A variable, label, type, key, parameter or function name, without its backquotes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    /// The name itself.
    pub text: Arc<str>,
    /// Where it stands.
    pub span: Span,
}

/// One statement, up to its `;`.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// `EXPLAIN`, `PROFILE` or neither.
    pub mode: Mode,
    /// What is to be run.
    pub body: StatementBody,
    /// The whole statement.
    pub span: Span,
}

/// Whether a statement is run, explained or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Run it and give its rows.
    Run,
    /// `EXPLAIN …`: give the plan, run nothing.
    Explain,
    /// `PROFILE …`: run it and give the plan with actual rows.
    Profile,
}

/// The kinds of statements.
#[derive(Clone, Debug, PartialEq)]
pub enum StatementBody {
    /// `MATCH … RETURN …` and its like.
    Query(Query),
    /// `CREATE INDEX …`, `SHOW CONSTRAINTS` and their like.
    Schema(Box<SchemaCommand>),
    /// `BEGIN`, `COMMIT` or `ROLLBACK`.
    Transaction(TransactionCommand),
}

/// What opens or ends a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransactionCommand {
    /// `BEGIN [TRANSACTION]`
    Begin,
    /// `COMMIT [TRANSACTION]`
    Commit,
    /// `ROLLBACK [TRANSACTION]`
    Rollback,
}

/// `q1 UNION q2 UNION ALL q3`.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The first single query.
    pub first: SingleQuery,
    /// The further ones, each with the `UNION` before it.
    pub unions: Vec<Union>,
}

/// `UNION [ALL] query`.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// Whether duplicates stay.
    pub is_all: bool,
    /// The query after it.
    pub query: SingleQuery,
    /// The keyword or keywords.
    pub span: Span,
}

/// A chain of clauses; never empty.
#[derive(Clone, Debug, PartialEq)]
pub struct SingleQuery {
    /// The clauses, in order.
    pub clauses: Vec<Clause>,
    /// All of it.
    pub span: Span,
}
