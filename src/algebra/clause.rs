//! One clause after another: each turns the plan and the scope before it into those after it.

use std::sync::Arc;

use super::bind::{Binder, Bound, BoundQuery, Start, fault};
use super::error::SemanticErrorKind;
use super::plan::{LogicalPlan, Match, ProjectItem};
use super::scope::{Scope, Static};
use crate::expression::Expression;
use crate::source::Span;
use crate::syntax::ast;
use crate::value::Type;

/// A plan with the names of its columns, if it gives rows to the user.
pub(crate) type Step = (LogicalPlan, Option<Vec<Arc<str>>>);

impl Binder<'_> {
    pub(crate) fn clause(
        &mut self,
        clause: &ast::Clause,
        input: LogicalPlan,
        scope: &mut Scope,
        is_standalone: bool,
    ) -> Bound<Step> {
        let plan = match clause {
            ast::Clause::Match(clause) => self.match_clause(clause, input, scope)?,
            ast::Clause::Unwind(clause) => self.unwind(clause, input, scope)?,
            ast::Clause::Call(clause) => return self.call(clause, input, scope, is_standalone),
            ast::Clause::Subquery(clause) => self.subquery_clause(clause, input, scope)?,
            ast::Clause::With(clause) => self.with(clause, input, scope)?,
            ast::Clause::Return(clause) => {
                let (plan, columns) = self.return_clause(clause, input, scope)?;
                return Ok((plan, Some(columns)));
            }
            ast::Clause::Create(clause) => self.create(clause, input, scope)?,
            ast::Clause::Merge(clause) => self.merge(clause, input, scope)?,
            ast::Clause::Set(clause) => self.set(clause, input, scope)?,
            ast::Clause::Remove(clause) => self.remove(clause, input, scope)?,
            ast::Clause::Delete(clause) => self.delete(clause, input, scope)?,
            ast::Clause::Finish(_) => LogicalPlan::Drain {
                input: Box::new(input),
            },
        };
        Ok((plan, None))
    }

    pub(crate) fn match_clause(
        &mut self,
        clause: &ast::MatchClause,
        input: LogicalPlan,
        scope: &mut Scope,
    ) -> Bound<LogicalPlan> {
        let input_width = scope.width;
        let mut predicates = Vec::new();
        let pattern = self.pattern(&clause.pattern.parts, scope, &mut predicates)?;
        if let Some(predicate) = &clause.predicate {
            predicates.extend(self.predicate(predicate, scope)?.conjuncts());
        }
        Ok(LogicalPlan::Match(Match {
            input: Box::new(input),
            input_width,
            pattern,
            predicates,
            is_optional: clause.is_optional,
            width: scope.width,
        }))
    }

    /// A condition after `WHERE`: a boolean, in which bare patterns are allowed and aggregates are not.
    pub(crate) fn predicate(
        &mut self,
        predicate: &ast::Expression,
        scope: &mut Scope,
    ) -> Bound<Expression> {
        let outer = std::mem::replace(&mut self.allows_patterns, true);
        let bound = self.expression(predicate, scope);
        self.allows_patterns = outer;
        let (bound, of) = bound?;
        self.require(of, Type::BOOLEAN, "WHERE", predicate.span)?;
        Ok(bound)
    }

    fn unwind(
        &mut self,
        clause: &ast::UnwindClause,
        input: LogicalPlan,
        scope: &mut Scope,
    ) -> Bound<LogicalPlan> {
        let (list, of) = self.expression(&clause.list, scope)?;
        if scope.variable(&clause.variable.text).is_some() {
            let kind = SemanticErrorKind::VariableAlreadyBound {
                name: clause.variable.text.clone(),
            };
            return fault(kind, clause.variable.span);
        }
        let slot = scope.declare(clause.variable.text.clone(), of.item());
        Ok(LogicalPlan::Unwind {
            input: Box::new(input),
            list,
            slot,
            name: clause.variable.text.clone(),
        })
    }

    fn subquery_clause(
        &mut self,
        clause: &ast::SubqueryClause,
        input: LogicalPlan,
        scope: &mut Scope,
    ) -> Bound<LogicalPlan> {
        let mut inside = Scope {
            width: scope.width,
            ..Scope::default()
        };
        let mut sees = scope.clone();
        if clause.imports_all {
            inside = scope.clone();
        } else if let Some(imports) = &clause.imports {
            for name in imports {
                let variable = self.lookup(name, scope)?;
                inside.variables.insert(name.text.clone(), variable);
            }
            sees = inside.clone();
        }
        let start = Start {
            scope: inside,
            sees,
            is_top: false,
        };
        let BoundQuery { plan, columns, .. } = self.query(&clause.query, &start)?;
        let width = scope.width;
        for name in columns.iter().flatten() {
            if scope.variable(name).is_some() {
                return fault(
                    SemanticErrorKind::VariableAlreadyBound { name: name.clone() },
                    clause.span,
                );
            }
            scope.declare(name.clone(), Static::ANY);
        }
        let returns = columns.map(|columns| columns.len());
        let subquery = match returns {
            Some(_) => plan,
            None => LogicalPlan::Drain {
                input: Box::new(plan),
            },
        };
        Ok(LogicalPlan::Apply {
            input: Box::new(input),
            subquery: Box::new(subquery),
            returns,
            width,
        })
    }

    fn call(
        &mut self,
        clause: &ast::CallClause,
        input: LogicalPlan,
        scope: &mut Scope,
        is_standalone: bool,
    ) -> Bound<Step> {
        let signature = self.find_procedure(&clause.procedure)?;
        if clause.arguments.is_none() && !is_standalone {
            return fault(
                SemanticErrorKind::InvalidArgumentPassingMode,
                clause.procedure.span,
            );
        }
        let arguments = self.procedure_arguments(clause, &signature, scope)?;
        let width = scope.width;
        let yields = self.yield_items(clause, &signature, is_standalone)?;
        let mut columns = Vec::new();
        let mut names = Vec::new();
        for (column, variable, span) in yields {
            if scope.variable(&variable).is_some() {
                return fault(
                    SemanticErrorKind::VariableAlreadyBound { name: variable },
                    span,
                );
            }
            scope.declare(variable.clone(), Static::new(signature.columns[column].1));
            columns.push(column);
            names.push(variable);
        }
        let mut plan = LogicalPlan::ProcedureCall {
            input: Box::new(input),
            name: signature.name.clone(),
            arguments,
            columns,
            width,
            names: scope.names(),
            is_void: signature.columns.is_empty(),
            span: clause.procedure.span,
        };
        if let Some(predicate) = clause
            .yields
            .as_ref()
            .and_then(|yields| yields.predicate.as_ref())
        {
            let predicate = self.predicate(predicate, scope)?;
            plan = LogicalPlan::Filter {
                input: Box::new(plan),
                predicate,
            };
        }
        if !is_standalone || names.is_empty() {
            return Ok((plan, None));
        }
        let item = |(at, name): (usize, &Arc<str>)| ProjectItem {
            expression: Expression::slot(width + at, Span::default()),
            name: name.clone(),
        };
        let items = names.iter().enumerate().map(item).collect();
        Ok((
            LogicalPlan::Project {
                input: Box::new(plan),
                items,
            },
            Some(names),
        ))
    }
}
