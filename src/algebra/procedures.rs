//! Calls of procedures: their arguments and the columns that they yield.

use std::sync::Arc;

use super::bind::{Binder, Bound, fault};
use super::error::SemanticErrorKind;
use super::scope::Scope;
use crate::expression::Expression;
use crate::function::{Argument, Signature, accepted_argument};
use crate::source::Span;
use crate::syntax::ast;
use crate::value::Type;

impl Binder<'_> {
    pub(crate) fn find_procedure(&self, name: &ast::Name) -> Bound<Signature> {
        self.procedures.find(&name.text).ok_or_else(|| {
            let kind = SemanticErrorKind::ProcedureNotFound {
                name: name.text.clone(),
                nearest: crate::source::nearest_name(self.procedures.names(), &name.text)
                    .map(Into::into),
            };
            Box::new(super::SemanticError::new(kind, name.span))
        })
    }

    pub(crate) fn procedure_arguments(
        &mut self,
        clause: &ast::CallClause,
        signature: &Signature,
        scope: &mut Scope,
    ) -> Bound<Vec<Expression>> {
        let Some(arguments) = &clause.arguments else {
            let span = clause.procedure.span;
            let given = |argument: &Argument| match &argument.default {
                Some(default) => Expression::constant(default.clone(), span),
                None => Expression::new(self.parameter(&argument.name, span), span),
            };
            return Ok(signature.arguments.iter().map(given).collect());
        };
        let required = signature
            .arguments
            .iter()
            .filter(|argument| argument.default.is_none())
            .count();
        if arguments.len() < required || arguments.len() > signature.arguments.len() {
            let kind = SemanticErrorKind::InvalidNumberOfArguments {
                name: signature.name.clone(),
                expected: super::call::count_in_words(required, Some(signature.arguments.len())),
                found: arguments.len(),
            };
            return fault(kind, clause.procedure.span);
        }
        let mut bound = Vec::new();
        for (argument, parameter) in arguments.iter().zip(&signature.arguments) {
            let (expression, of) = self.expression(argument, scope)?;
            let accepted = accepted_argument(parameter.of);
            self.require(of, accepted, &signature.name, argument.span)?;
            bound.push(expression);
        }
        for parameter in &signature.arguments[arguments.len()..] {
            let default = parameter.default.clone().unwrap_or_default();
            bound.push(Expression::constant(default, clause.procedure.span));
        }
        Ok(bound)
    }

    /// The procedure's columns that are used, each with its variable.
    pub(crate) fn yield_items(
        &self,
        clause: &ast::CallClause,
        signature: &Signature,
        is_standalone: bool,
    ) -> Bound<Vec<(usize, Arc<str>, Span)>> {
        let all = || {
            let column =
                |(at, (name, _)): (usize, &(Arc<str>, Type))| (at, name.clone(), clause.span);
            signature.columns.iter().enumerate().map(column).collect()
        };
        let Some(yields) = &clause.yields else {
            if is_standalone || signature.columns.is_empty() {
                return Ok(all());
            }
            let kind = SemanticErrorKind::MissingYield {
                procedure: signature.name.clone(),
                columns: column_names(signature),
            };
            return fault(kind, clause.span);
        };
        let Some(items) = &yields.items else {
            if !is_standalone {
                let reason =
                    "YIELD * is possible only where CALL is the whole statement; name the columns"
                        .to_owned();
                return fault(SemanticErrorKind::UnexpectedSyntax { reason }, yields.span);
            }
            return Ok(all());
        };
        let mut found: Vec<(usize, Arc<str>, Span)> = Vec::new();
        for item in items {
            let Some(column) = signature
                .columns
                .iter()
                .position(|(name, _)| *name == item.column.text)
            else {
                let kind = SemanticErrorKind::UnknownYield {
                    procedure: signature.name.clone(),
                    name: item.column.text.clone(),
                    columns: column_names(signature),
                };
                return fault(kind, item.column.span);
            };
            if found
                .iter()
                .any(|(_, variable, _)| *variable == item.variable.text)
            {
                let kind = SemanticErrorKind::VariableAlreadyBound {
                    name: item.variable.text.clone(),
                };
                return fault(kind, item.variable.span);
            }
            found.push((column, item.variable.text.clone(), item.variable.span));
        }
        Ok(found)
    }
}

fn column_names(signature: &Signature) -> String {
    let names: Vec<&str> = signature.columns.iter().map(|(name, _)| &**name).collect();
    names.join(", ")
}
