//! Predicates over one value that is written once: `IS :: INTEGER`, `IS NORMALIZED`, the tests of `CASE`.

use super::bind::{Binder, Bound};
use super::expression::Typed;
use super::scope::{Scope, Static};
use crate::expression::{ComparisonOperator, Expression, ExpressionKind, TypeTest};
use crate::function;
use crate::source::Span;
use crate::syntax::ast::{self, CaseTest, TypeName, ValueType};
use crate::value::{Type, Value};

/// The name of the value that is tested; no text can name it.
const SUBJECT: &str = " subject";

impl Binder<'_> {
    pub(crate) fn is_typed(
        &mut self,
        operand: &ast::Expression,
        value_type: &ValueType,
        is_negated: bool,
        span: Span,
        scope: &mut Scope,
    ) -> Bound<(ExpressionKind, Static)> {
        let (operand, _) = self.expression(operand, scope)?;
        let test = ExpressionKind::IsTyped(Box::new(operand), type_test(value_type));
        Ok((
            negated_if(is_negated, test, span),
            Static::new(Type::BOOLEAN),
        ))
    }

    /// A text is normalized if normalizing it changes nothing; of other values that is unknown.
    pub(crate) fn is_normalized(
        &mut self,
        operand: &ast::Expression,
        form: ast::NormalForm,
        is_negated: bool,
        span: Span,
        scope: &mut Scope,
    ) -> Bound<(ExpressionKind, Static)> {
        let kind = self.with_subject(operand, span, scope, |_, subject, _| {
            let normalize = function::find("normalize").expect("the table has this function");
            let form = Expression::constant(Value::from(form.name()), span);
            let normalized = ExpressionKind::Call(normalize, vec![subject.clone(), form]);
            let is_same = ExpressionKind::Compare(
                ComparisonOperator::Equal,
                Box::new(subject.clone()),
                Box::new(Expression::new(normalized, span)),
            );
            let is_text = TypeTest::Of {
                types: Type::STRING,
                is_required: true,
            };
            let is_text = ExpressionKind::IsTyped(Box::new(subject), is_text);
            Ok(ExpressionKind::Case {
                subject: None,
                branches: vec![(
                    Expression::new(is_text, span),
                    Expression::new(is_same, span),
                )],
                otherwise: None,
            })
        })?;
        Ok((
            negated_if(is_negated, kind, span),
            Static::new(Type::BOOLEAN),
        ))
    }

    /// `CASE subject WHEN 1, < 0 THEN …`: the subject is computed once.
    pub(crate) fn case_of_tests(
        &mut self,
        subject: &ast::Expression,
        branches: &[(ast::Expression, ast::Expression)],
        otherwise: Option<&ast::Expression>,
        span: Span,
        scope: &mut Scope,
    ) -> Bound<(ExpressionKind, Static)> {
        let branches: Vec<_> = branches
            .iter()
            .map(|(condition, result)| {
                let condition = match &condition.kind {
                    ast::ExpressionKind::CaseTests(_) => condition.clone(),
                    _ => ast::Expression {
                        kind: ast::ExpressionKind::CaseTests(vec![CaseTest::Equal(
                            condition.clone(),
                        )]),
                        span: condition.span,
                    },
                };
                (condition, result.clone())
            })
            .collect();
        let mut of = Static::ANY;
        let kind = self.with_subject(subject, span, scope, |binder, _, scope| {
            let (kind, found) = binder.case(None, &branches, otherwise, scope)?;
            of = found;
            Ok(kind)
        })?;
        Ok((kind, of))
    }

    /// The value after `CASE`.
    pub(crate) fn case_subject(&self, span: Span, scope: &Scope) -> Typed {
        let (local, of) = scope
            .local(SUBJECT)
            .expect("a test of CASE stands inside its CASE");
        (Expression::new(ExpressionKind::Local(local), span), of)
    }

    /// Whether one of the tests holds.
    pub(crate) fn case_tests(
        &mut self,
        tests: &[CaseTest],
        span: Span,
        scope: &mut Scope,
    ) -> Bound<(ExpressionKind, Static)> {
        let mut conditions = Vec::with_capacity(tests.len());
        for test in tests {
            conditions.push(match test {
                CaseTest::Predicate(predicate) => self.expression(predicate, scope)?.0,
                CaseTest::Equal(value) => {
                    let value = self.expression(value, scope)?.0;
                    let subject = self.case_subject(span, scope).0;
                    let equal = ExpressionKind::Compare(
                        ComparisonOperator::Equal,
                        Box::new(subject),
                        Box::new(value),
                    );
                    Expression::new(equal, span)
                }
            });
        }
        let kind = match conditions.len() {
            1 => conditions.remove(0).kind,
            _ => ExpressionKind::Or(conditions),
        };
        Ok((kind, Static::new(Type::BOOLEAN)))
    }

    /// An expression over a value that is computed once: `[subject IN [value] | body][0]`.
    fn with_subject(
        &mut self,
        value: &ast::Expression,
        span: Span,
        scope: &mut Scope,
        body: impl FnOnce(&mut Self, Expression, &mut Scope) -> Bound<ExpressionKind>,
    ) -> Bound<ExpressionKind> {
        let (value, of) = self.expression(value, scope)?;
        scope.locals.push((SUBJECT.into(), of));
        let subject = ExpressionKind::Local(scope.locals.len() - 1);
        let bound = body(self, Expression::new(subject, span), scope);
        scope.locals.pop();
        let list = Expression::new(ExpressionKind::List(vec![value]), span);
        let one = ExpressionKind::ListComprehension {
            list: Box::new(list),
            predicate: None,
            projection: Some(Box::new(Expression::new(bound?, span))),
        };
        Ok(ExpressionKind::Index(
            Box::new(Expression::new(one, span)),
            Box::new(Expression::constant(0_i64, span)),
        ))
    }
}

/// Whether a branch of `CASE` has more between `WHEN` and `THEN` than one value.
pub(crate) fn has_tests(branches: &[(ast::Expression, ast::Expression)]) -> bool {
    branches
        .iter()
        .any(|(condition, _)| matches!(condition.kind, ast::ExpressionKind::CaseTests(_)))
}

fn negated_if(is_negated: bool, test: ExpressionKind, span: Span) -> ExpressionKind {
    if is_negated {
        ExpressionKind::Not(Box::new(Expression::new(test, span)))
    } else {
        test
    }
}

fn type_test(value_type: &ValueType) -> TypeTest {
    match value_type {
        ValueType::Named { name, is_required } => named(*name, *is_required),
        ValueType::List { item, is_required } => TypeTest::List {
            item: Box::new(type_test(item)),
            is_required: *is_required,
        },
        ValueType::Union(alternatives) => {
            TypeTest::Any(alternatives.iter().map(type_test).collect())
        }
    }
}

fn named(name: TypeName, is_required: bool) -> TypeTest {
    let types = match name {
        TypeName::Any => Type::ANY,
        TypeName::Nothing | TypeName::Null => Type::NULL,
        TypeName::PropertyValue => return property_value(is_required),
        TypeName::Boolean => Type::BOOLEAN,
        TypeName::String => Type::STRING,
        TypeName::Integer => Type::INTEGER,
        TypeName::Float => Type::FLOAT,
        TypeName::Date => Type::DATE,
        TypeName::LocalTime => Type::LOCAL_TIME,
        TypeName::ZonedTime => Type::TIME,
        TypeName::LocalDateTime => Type::LOCAL_DATETIME,
        TypeName::ZonedDateTime => Type::DATETIME,
        TypeName::Duration => Type::DURATION,
        TypeName::Map => Type::MAP,
        TypeName::Node => Type::NODE,
        TypeName::Relationship => Type::RELATIONSHIP,
        TypeName::Path => Type::PATH,
    };
    TypeTest::Of {
        types,
        is_required: is_required || name == TypeName::Nothing,
    }
}

/// What a property can hold: single values and lists of them.
fn property_value(is_required: bool) -> TypeTest {
    let types =
        Type::ANY.without(Type::LIST | Type::MAP | Type::NODE | Type::RELATIONSHIP | Type::PATH);
    let item = TypeTest::Of {
        types,
        is_required: true,
    };
    TypeTest::Any(vec![
        TypeTest::Of { types, is_required },
        TypeTest::List {
            item: Box::new(item),
            is_required,
        },
    ])
}
