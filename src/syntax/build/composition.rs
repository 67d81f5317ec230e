//! Which clauses may follow each other, and which must end a query.

use super::super::ast::{Clause, Query};
use super::super::error::{CompositionFault, SyntaxError, SyntaxErrorKind};
use super::Result;
use crate::source::Span;

/// Refuses `UNION` beside `UNION ALL`.
pub(super) fn check_unions(query: &Query) -> Result<()> {
    let Some(first) = query.unions.first() else {
        return Ok(());
    };
    match query
        .unions
        .iter()
        .find(|union| union.is_all != first.is_all)
    {
        Some(union) => Err(fault(CompositionFault::MixedUnions, union.span)),
        None => Ok(()),
    }
}

/// Refuses clauses after `RETURN`, queries that end in the middle, `YIELD *` beside other clauses, and writing where
/// only reading is possible.
pub(super) fn check_clauses(
    clauses: &[Clause],
    is_read_only: bool,
    ends_freely: bool,
) -> Result<()> {
    for (index, clause) in clauses.iter().enumerate() {
        let next = clauses.get(index + 1);
        if let (Clause::Return(_) | Clause::Finish(_), Some(next)) = (clause, next) {
            return Err(fault(
                CompositionFault::AfterReturn {
                    clause: clause.keyword(),
                },
                next.span(),
            ));
        }
        if is_read_only && clause.is_updating() {
            return Err(fault(
                CompositionFault::WriteInExpression {
                    clause: clause.keyword(),
                },
                clause.span(),
            ));
        }
        check_yield(clause, clauses.len())?;
    }
    match clauses.last() {
        Some(last @ (Clause::Match(_) | Clause::Unwind(_) | Clause::With(_))) if !ends_freely => {
            Err(fault(
                CompositionFault::NoReturn {
                    clause: last.keyword(),
                },
                last.span(),
            ))
        }
        _ => Ok(()),
    }
}

fn check_yield(clause: &Clause, clause_count: usize) -> Result<()> {
    let Clause::Call(call) = clause else {
        return Ok(());
    };
    match &call.yields {
        Some(yields) if yields.items.is_none() && clause_count > 1 => Err(SyntaxError::new(
            SyntaxErrorKind::YieldAllInQuery,
            yields.span,
        )),
        _ => Ok(()),
    }
}

fn fault(fault: CompositionFault, span: Span) -> SyntaxError {
    SyntaxError::new(SyntaxErrorKind::InvalidClauseComposition { fault }, span)
}
