//! Clauses that read and project.

use super::{
    CreateClause, DeleteClause, Expression, ForeachClause, MergeClause, Name, Pattern, Query,
    RemoveClause, SetClause,
};
use crate::source::Span;

/// A clause of a query.
#[derive(Clone, Debug, PartialEq)]
pub enum Clause {
    /// `[OPTIONAL] MATCH pattern [WHERE …]`
    Match(MatchClause),
    /// `UNWIND expression AS variable`
    Unwind(UnwindClause),
    /// `CALL procedure(…) [YIELD …]`
    Call(CallClause),
    /// `CALL { … }` or `CALL (a, b) { … }`
    Subquery(SubqueryClause),
    /// `WITH … [ORDER BY …] [SKIP …] [LIMIT …] [WHERE …]`
    With(ProjectionClause),
    /// `RETURN … [ORDER BY …] [SKIP …] [LIMIT …]`
    Return(ProjectionClause),
    /// `CREATE pattern`
    Create(CreateClause),
    /// `MERGE part [ON CREATE SET …] [ON MATCH SET …]`
    Merge(MergeClause),
    /// `SET item, …`
    Set(SetClause),
    /// `REMOVE item, …`
    Remove(RemoveClause),
    /// `[DETACH] DELETE expression, …`
    Delete(DeleteClause),
    /// `FOREACH (variable IN list | updating clauses)`
    Foreach(ForeachClause),
    /// `FINISH`
    Finish(Span),
}

impl Clause {
    /// All of the clause.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Match(clause) => clause.span,
            Self::Unwind(clause) => clause.span,
            Self::Call(clause) => clause.span,
            Self::Subquery(clause) => clause.span,
            Self::With(clause) | Self::Return(clause) => clause.span,
            Self::Create(clause) => clause.span,
            Self::Merge(clause) => clause.span,
            Self::Set(clause) => clause.span,
            Self::Remove(clause) => clause.span,
            Self::Delete(clause) => clause.span,
            Self::Foreach(clause) => clause.span,
            Self::Finish(span) => *span,
        }
    }

    /// The word that the clause is called by.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match self {
            Self::Match(_) => "MATCH",
            Self::Unwind(_) => "UNWIND",
            Self::Call(_) | Self::Subquery(_) => "CALL",
            Self::With(_) => "WITH",
            Self::Return(_) => "RETURN",
            Self::Create(_) => "CREATE",
            Self::Merge(_) => "MERGE",
            Self::Set(_) => "SET",
            Self::Remove(_) => "REMOVE",
            Self::Delete(_) => "DELETE",
            Self::Foreach(_) => "FOREACH",
            Self::Finish(_) => "FINISH",
        }
    }

    /// Whether the clause itself writes to the graph; what a subquery or a procedure does is not looked at.
    #[must_use]
    pub fn is_updating(&self) -> bool {
        matches!(
            self,
            Self::Create(_)
                | Self::Merge(_)
                | Self::Set(_)
                | Self::Remove(_)
                | Self::Delete(_)
                | Self::Foreach(_)
        )
    }
}

/// `[OPTIONAL] MATCH pattern [WHERE predicate]`
#[derive(Clone, Debug, PartialEq)]
pub struct MatchClause {
    /// Whether `OPTIONAL` stands before it.
    pub is_optional: bool,
    /// What is to be matched.
    pub pattern: Pattern,
    /// The condition after `WHERE`.
    pub predicate: Option<Expression>,
    /// All of it.
    pub span: Span,
}

/// `UNWIND list AS variable`
#[derive(Clone, Debug, PartialEq)]
pub struct UnwindClause {
    /// The list.
    pub list: Expression,
    /// The variable that takes each item.
    pub variable: Name,
    /// All of it.
    pub span: Span,
}

/// `[OPTIONAL] CALL name(arguments) YIELD a AS b WHERE …`
#[derive(Clone, Debug, PartialEq)]
pub struct CallClause {
    /// Whether `OPTIONAL` stands before it: a row for which nothing is yielded stays, with nulls.
    pub is_optional: bool,
    /// The procedure's name, its parts joined by dots.
    pub procedure: Name,
    /// The arguments; `None` where no parentheses are written (they are taken from parameters then).
    pub arguments: Option<Vec<Expression>>,
    /// What is yielded; `None` where `YIELD` is not written.
    pub yields: Option<Yield>,
    /// All of it.
    pub span: Span,
}

/// `YIELD *` or `YIELD column AS variable, … WHERE …`
#[derive(Clone, Debug, PartialEq)]
pub struct Yield {
    /// The items; `None` for `*` (and for `-`, an empty list).
    pub items: Option<Vec<YieldItem>>,
    /// The condition after `WHERE`.
    pub predicate: Option<Expression>,
    /// All of it.
    pub span: Span,
}

/// `column [AS variable]`
#[derive(Clone, Debug, PartialEq)]
pub struct YieldItem {
    /// The procedure's column.
    pub column: Name,
    /// The variable; the column's own name where no `AS` is written.
    pub variable: Name,
}

/// `[OPTIONAL] CALL { … }`, `CALL (a, b) { … }`, `CALL (*) { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct SubqueryClause {
    /// Whether `OPTIONAL` stands before it: a row for which nothing is returned stays, with nulls.
    pub is_optional: bool,
    /// The variables in parentheses; `None` where none are written.
    pub imports: Option<Vec<Name>>,
    /// Whether `(*)` is written: all variables.
    pub imports_all: bool,
    /// The query in braces.
    pub query: Query,
    /// All of it.
    pub span: Span,
}

/// The body of `WITH` and `RETURN`.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectionClause {
    /// `DISTINCT`
    pub is_distinct: bool,
    /// `*`, possibly followed by items.
    pub includes_all: bool,
    /// The items.
    pub items: Vec<ProjectionItem>,
    /// `ORDER BY …`
    pub order: Vec<SortItem>,
    /// `SKIP …` or `OFFSET …`
    pub skip: Option<Expression>,
    /// `LIMIT …`
    pub limit: Option<Expression>,
    /// `WHERE …`, after `WITH` only.
    pub predicate: Option<Expression>,
    /// All of it.
    pub span: Span,
}

/// `expression [AS alias]`
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectionItem {
    /// What is computed. Its span's text is the column's name where there is no alias.
    pub expression: Expression,
    /// The name after `AS`.
    pub alias: Option<Name>,
}

/// `expression [ASC | DESC]`
#[derive(Clone, Debug, PartialEq)]
pub struct SortItem {
    /// The key.
    pub expression: Expression,
    /// Whether `DESC` is written.
    pub is_descending: bool,
}
