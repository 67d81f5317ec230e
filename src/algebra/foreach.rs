//! `FOREACH`: updating clauses for each item of a list.

use super::bind::{Binder, Bound, fault};
use super::error::SemanticErrorKind;
use super::plan::LogicalPlan;
use super::scope::Scope;
use crate::syntax::ast;
use crate::value::Type;

impl Binder<'_> {
    /// Each row stays as it is, after all clauses have been done for the first item, then for the next.
    pub(crate) fn foreach(
        &mut self,
        clause: &ast::ForeachClause,
        input: LogicalPlan,
        scope: &mut Scope,
    ) -> Bound<LogicalPlan> {
        let (list, of) = self.expression(&clause.list, scope)?;
        self.require(of, Type::LIST, "FOREACH", clause.list.span)?;
        if scope.variable(&clause.variable.text).is_some() {
            let name = clause.variable.text.clone();
            return fault(
                SemanticErrorKind::VariableAlreadyBound { name },
                clause.variable.span,
            );
        }
        let width = scope.width;
        let mut inside = scope.clone();
        let slot = inside.declare(clause.variable.text.clone(), of.item());
        let item_width = inside.width;
        let mut each = LogicalPlan::Argument {
            names: inside.names(),
        };
        for clause in &clause.clauses {
            (each, _) = self.clause(clause, each, &mut inside, false)?;
        }
        let items = LogicalPlan::Unwind {
            input: Box::new(LogicalPlan::Argument {
                names: scope.names(),
            }),
            list,
            slot,
            name: clause.variable.text.clone(),
        };
        Ok(unit(input, unit(items, each, item_width), width))
    }
}

/// A subquery without a result, which leaves the rows as they are.
fn unit(input: LogicalPlan, subquery: LogicalPlan, width: usize) -> LogicalPlan {
    LogicalPlan::Apply {
        input: Box::new(input),
        subquery: Box::new(LogicalPlan::Drain {
            input: Box::new(subquery),
        }),
        returns: None,
        width,
        is_optional: false,
    }
}
