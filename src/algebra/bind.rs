//! Statements and queries: the frame in which clauses are bound.

use std::sync::Arc;

use super::aggregation::Aggregation;
use super::error::{SemanticError, SemanticErrorKind};
use super::plan::{LogicalPlan, LogicalQuery, Mention, MentionKind, ProjectItem, Subquery};
use super::scope::Scope;
use crate::expression::{Expression, NameTable};
use crate::function::Procedures;
use crate::source::Span;
use crate::syntax::ast;

/// The result of binding; the error is boxed, since it is rare and large.
pub(crate) type Bound<T> = Result<T, Box<SemanticError>>;

/// Binds a statement: resolves its variables and functions, checks what can be checked before it runs, and gives its
/// logical plan. `text` is the text that the spans point into; columns without an alias are named after it.
///
/// # Errors
///
/// [`SemanticError`] with the first fault in the order of the text.
pub fn bind(
    text: &str,
    query: &ast::Query,
    procedures: &Procedures,
) -> Result<LogicalQuery, Box<SemanticError>> {
    let mut binder = Binder {
        text,
        procedures,
        names: NameTable::default(),
        subqueries: Vec::new(),
        mentions: Vec::new(),
        written: Vec::new(),
        updates: Vec::new(),
        parameters: Vec::new(),
        aggregation: None,
        allows_patterns: false,
        is_write: false,
        is_read_only: false,
    };
    let start = Start {
        scope: Scope::default(),
        sees: Scope::default(),
        is_top: true,
    };
    let bound = binder.query(query, &start)?;
    let root = match bound.columns {
        Some(_) => bound.plan,
        None => LogicalPlan::Drain {
            input: Box::new(bound.plan),
        },
    };
    // What the statement itself may create is no name that it got wrong.
    let (mut mentions, written) = (binder.mentions, binder.written);
    mentions.retain(|mention| {
        let mut written = written.iter();
        !written.any(|one| one.kind == mention.kind && one.name == mention.name)
    });
    Ok(LogicalQuery {
        root,
        columns: bound.columns.unwrap_or_default(),
        names: binder.names,
        subqueries: binder.subqueries,
        is_write: binder.is_write,
        mentions,
        written,
        updates: binder.updates,
        parameters: binder.parameters,
    })
}

/// What is carried along while one statement is bound.
pub(crate) struct Binder<'a> {
    pub text: &'a str,
    pub procedures: &'a Procedures,
    pub names: NameTable,
    pub subqueries: Vec<Subquery>,
    /// The names that are read from the graph.
    pub mentions: Vec<Mention>,
    /// The names that are written to it.
    pub written: Vec<Mention>,
    /// The updating clauses.
    pub updates: Vec<Span>,
    /// The parameters that the statement reads.
    pub parameters: Vec<(Arc<str>, Span)>,
    /// The grouping in which an expression stands, where aggregates are allowed.
    pub aggregation: Option<Aggregation>,
    /// Whether a bare pattern may stand as a predicate.
    pub allows_patterns: bool,
    pub is_write: bool,
    /// Whether updating clauses are refused: inside a subquery expression.
    pub is_read_only: bool,
}

/// Where a query begins: at the top of a statement or inside another query.
#[derive(Clone)]
pub(crate) struct Start {
    /// The variables that its first clause sees.
    pub scope: Scope,
    /// The variables that a leading `WITH` may import.
    pub sees: Scope,
    /// Whether this is the whole statement.
    pub is_top: bool,
}

/// A bound query.
pub(crate) struct BoundQuery {
    pub plan: LogicalPlan,
    /// The names of its columns; `None` where it has no `RETURN`.
    pub columns: Option<Vec<Arc<str>>>,
    /// The variables after its last clause, for a query without `RETURN`; the columns as variables otherwise.
    pub scope: Scope,
}

pub(crate) fn fault<T>(kind: SemanticErrorKind, span: Span) -> Bound<T> {
    Err(Box::new(SemanticError::new(kind, span)))
}

impl Binder<'_> {
    pub(crate) fn query(&mut self, query: &ast::Query, start: &Start) -> Bound<BoundQuery> {
        let first = self.single_query(&query.first, start, query.unions.is_empty())?;
        if query.unions.is_empty() {
            return Ok(first);
        }
        if let Some(mixed) = query
            .unions
            .iter()
            .find(|union| union.is_all != query.unions[0].is_all)
        {
            let reason = "UNION and UNION ALL can't be mixed in one query".to_owned();
            return fault(
                SemanticErrorKind::InvalidClauseComposition { reason },
                mixed.span,
            );
        }
        let columns = first.columns.clone();
        let mut inputs = vec![first.plan];
        for union in &query.unions {
            let next = self.single_query(&union.query, start, false)?;
            inputs.push(align(columns.as_deref(), next, union.span)?);
        }
        let mut plan = LogicalPlan::Union { inputs };
        if !query.unions[0].is_all {
            plan = LogicalPlan::Distinct {
                input: Box::new(plan),
            };
        }
        Ok(BoundQuery {
            plan,
            columns,
            scope: first.scope,
        })
    }

    fn single_query(
        &mut self,
        query: &ast::SingleQuery,
        start: &Start,
        is_alone: bool,
    ) -> Bound<BoundQuery> {
        let mut scope = start.scope.clone();
        let mut plan = LogicalPlan::Argument {
            names: start.sees.names(),
        };
        if matches!(query.clauses.first(), Some(ast::Clause::With(_))) {
            scope = start.sees.clone();
        }
        let mut columns = None;
        let last = query.clauses.len().saturating_sub(1);
        for (at, clause) in query.clauses.iter().enumerate() {
            self.check_order(query, at, is_alone && start.is_top)?;
            (plan, columns) = self.clause(
                clause,
                plan,
                &mut scope,
                at == last && at == 0 && start.is_top,
            )?;
        }
        Ok(BoundQuery {
            plan,
            columns,
            scope,
        })
    }

    /// `RETURN` ends a query, and a query ends with `RETURN`, an updating clause or a call.
    fn check_order(&self, query: &ast::SingleQuery, at: usize, is_alone: bool) -> Bound<()> {
        let refuse = |reason: &str, span| {
            fault(
                SemanticErrorKind::InvalidClauseComposition {
                    reason: reason.to_owned(),
                },
                span,
            )
        };
        let is_last = at + 1 == query.clauses.len();
        match &query.clauses[at] {
            ast::Clause::Return(clause) if !is_last => {
                refuse("RETURN must be the last clause", clause.span)
            }
            ast::Clause::Finish(span) if !is_last => {
                refuse("FINISH must be the last clause", *span)
            }
            ast::Clause::Match(clause) if is_last => refuse(
                "a query can't end with MATCH; add RETURN or an updating clause",
                clause.span,
            ),
            ast::Clause::With(clause) if is_last => {
                refuse("a query can't end with WITH; add RETURN", clause.span)
            }
            ast::Clause::Unwind(clause) if is_last => refuse(
                "a query can't end with UNWIND; add RETURN or an updating clause",
                clause.span,
            ),
            ast::Clause::Call(clause) if is_last && query.clauses.len() > 1 && !is_alone => {
                refuse("a part of a UNION needs RETURN", clause.span)
            }
            _ => Ok(()),
        }
    }

    /// Remembers a name that is read from the graph.
    pub(crate) fn mention(&mut self, kind: MentionKind, name: &ast::Name) {
        self.mentions.push(Mention {
            kind,
            name: name.text.clone(),
            span: name.span,
        });
    }

    /// Remembers a name that is written to the graph.
    pub(crate) fn write_name(&mut self, kind: MentionKind, name: &ast::Name) {
        self.written.push(Mention {
            kind,
            name: name.text.clone(),
            span: name.span,
        });
    }

    pub(crate) fn source(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

/// A further part of a `UNION` with its columns in the order of the first's.
fn align(columns: Option<&[Arc<str>]>, next: BoundQuery, span: Span) -> Bound<LogicalPlan> {
    let (left, right) = (
        columns.unwrap_or_default(),
        next.columns.as_deref().unwrap_or_default(),
    );
    if left == right {
        return Ok(next.plan);
    }
    let places: Option<Vec<usize>> = left
        .iter()
        .map(|name| right.iter().position(|other| other == name))
        .collect();
    match places {
        Some(places) if left.len() == right.len() => {
            let item = |(at, name): (usize, &Arc<str>)| ProjectItem {
                expression: Expression::slot(at, span),
                name: name.clone(),
            };
            let items = places.into_iter().zip(left).map(item).collect();
            Ok(LogicalPlan::Project {
                input: Box::new(next.plan),
                items,
            })
        }
        _ => {
            let kind = SemanticErrorKind::DifferentColumnsInUnion {
                left: left.join(", "),
                right: right.join(", "),
            };
            fault(kind, span)
        }
    }
}
