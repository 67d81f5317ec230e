//! Labels and types: tests of names that are written, conditions where names are computed.

use super::bind::{Binder, Bound};
use super::plan::MentionKind;
use super::scope::{Scope, Static};
use crate::expression::{Expression, ExpressionKind, LabelTest};
use crate::source::Span;
use crate::syntax::ast::{self, LabelExpression};
use crate::value::Type;

impl Binder<'_> {
    /// `base:Label`
    pub(crate) fn has_labels(
        &mut self,
        base: &ast::Expression,
        labels: &LabelExpression,
        span: Span,
        scope: &mut Scope,
    ) -> Bound<(ExpressionKind, Static)> {
        let (base, of) = self.expression(base, scope)?;
        self.require(
            of,
            Type::NODE | Type::RELATIONSHIP,
            "a label predicate",
            span,
        )?;
        let kind = match of.of {
            Type::RELATIONSHIP => MentionKind::Type,
            _ => MentionKind::Label,
        };
        let condition = self.label_condition(&base, labels, kind, span, scope)?;
        Ok((condition.kind, Static::new(Type::BOOLEAN)))
    }

    /// The condition that an entity bears labels, or is of a type.
    pub(crate) fn label_condition(
        &mut self,
        base: &Expression,
        labels: &LabelExpression,
        kind: MentionKind,
        span: Span,
        scope: &mut Scope,
    ) -> Bound<Expression> {
        if !labels.is_dynamic() {
            let test = self.label_test(labels, kind);
            let kind = ExpressionKind::HasLabels(Box::new(base.clone()), test);
            return Ok(Expression::new(kind, span));
        }
        let mut conditions = |binder: &mut Self, parts: &[LabelExpression]| {
            parts
                .iter()
                .map(|part| binder.label_condition(base, part, kind, span, scope))
                .collect::<Bound<Vec<_>>>()
        };
        let condition = match labels {
            LabelExpression::And(parts) => ExpressionKind::And(conditions(self, parts)?),
            LabelExpression::Or(parts) => ExpressionKind::Or(conditions(self, parts)?),
            LabelExpression::Not(part) => {
                let part = self.label_condition(base, part, kind, span, scope)?;
                ExpressionKind::Not(Box::new(part))
            }
            LabelExpression::Dynamic { names, is_any } => ExpressionKind::HasDynamicLabels {
                base: Box::new(base.clone()),
                names: Box::new(self.label_names(names, scope)?),
                is_any: *is_any,
            },
            LabelExpression::Label(_) | LabelExpression::Any(_) => {
                unreachable!("a written label is not computed")
            }
        };
        Ok(Expression::new(condition, span))
    }

    /// The expression of `:$(…)`: a string or a list.
    pub(crate) fn label_names(
        &mut self,
        names: &ast::Expression,
        scope: &mut Scope,
    ) -> Bound<Expression> {
        let (bound, of) = self.expression(names, scope)?;
        self.require(of, Type::STRING | Type::LIST, "a label or type", names.span)?;
        Ok(bound)
    }

    /// The test of the labels of a pattern that are written. Those that are computed become
    /// [conditions](Binder::computed_labels).
    pub(crate) fn written_labels(
        &mut self,
        labels: Option<&LabelExpression>,
        kind: MentionKind,
    ) -> Option<LabelTest> {
        let written: Vec<_> = conjuncts(labels?)
            .iter()
            .filter(|part| !part.is_dynamic())
            .collect();
        let mut tests: Vec<_> = written
            .into_iter()
            .map(|part| self.label_test(part, kind))
            .collect();
        match tests.len() {
            0 => None,
            1 => tests.pop(),
            _ => Some(LabelTest::And(tests)),
        }
    }

    /// The conditions for the labels of a pattern that are computed.
    pub(crate) fn computed_labels(
        &mut self,
        slot: usize,
        labels: Option<&LabelExpression>,
        kind: MentionKind,
        span: Span,
        scope: &mut Scope,
    ) -> Bound<Vec<Expression>> {
        let Some(labels) = labels else {
            return Ok(Vec::new());
        };
        let own = Expression::slot(slot, span);
        conjuncts(labels)
            .iter()
            .filter(|part| part.is_dynamic())
            .map(|part| self.label_condition(&own, part, kind, span, scope))
            .collect()
    }

    pub(crate) fn label_test(&mut self, labels: &LabelExpression, kind: MentionKind) -> LabelTest {
        let mut tests = |parts: &[LabelExpression]| {
            parts
                .iter()
                .map(|part| self.label_test(part, kind))
                .collect()
        };
        match labels {
            LabelExpression::Label(name) => {
                self.mention(kind, name);
                LabelTest::Label(
                    self.names.label(&name.text),
                    self.names.relationship_type(&name.text),
                )
            }
            LabelExpression::Any(_) => LabelTest::Any,
            LabelExpression::And(parts) => LabelTest::And(tests(parts)),
            LabelExpression::Or(parts) => LabelTest::Or(tests(parts)),
            LabelExpression::Not(part) => LabelTest::Not(Box::new(self.label_test(part, kind))),
            LabelExpression::Dynamic { .. } => {
                unreachable!("computed labels are conditions, not tests")
            }
        }
    }
}

/// The labels all of which are needed.
fn conjuncts(labels: &LabelExpression) -> &[LabelExpression] {
    match labels {
        LabelExpression::And(parts) => parts,
        label => std::slice::from_ref(label),
    }
}
