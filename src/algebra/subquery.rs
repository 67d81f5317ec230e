//! Queries and patterns inside expressions: each becomes a plan of its own that runs for one row.

use super::bind::{Binder, Bound, Start, fault};
use super::error::SemanticErrorKind;
use super::plan::{LogicalPlan, Match, ProjectItem, Subquery};
use super::scope::{Scope, Static};
use crate::expression::{Expression, ExpressionKind, SubqueryKind};
use crate::source::Span;
use crate::syntax::ast;
use crate::value::Type;

impl Binder<'_> {
    /// `EXISTS { … }`, `COUNT { … }`, `COLLECT { … }`
    pub(crate) fn subquery(
        &mut self,
        kind: ast::SubqueryKind,
        query: &ast::Query,
        scope: &Scope,
        span: Span,
    ) -> Bound<ExpressionKind> {
        let inner = scope.inner();
        let width = inner.width;
        let start = Start {
            scope: inner.clone(),
            sees: inner,
            is_top: false,
        };
        let outer = std::mem::replace(&mut self.is_read_only, true);
        let aggregation = self.aggregation.take();
        let bound = self.query_in_expression(query, &start);
        self.aggregation = aggregation;
        self.is_read_only = outer;
        let (plan, columns) = bound?;
        let kind = match kind {
            ast::SubqueryKind::Exists => SubqueryKind::Exists,
            ast::SubqueryKind::Count => SubqueryKind::Count,
            ast::SubqueryKind::Collect if columns == Some(1) => SubqueryKind::Collect,
            ast::SubqueryKind::Collect => {
                let reason = "COLLECT { … } needs a RETURN of exactly one column".to_owned();
                return fault(SemanticErrorKind::InvalidClauseComposition { reason }, span);
            }
        };
        Ok(ExpressionKind::Subquery {
            index: self.add_subquery(plan, width, kind),
            kind,
        })
    }

    /// A query whose last clause may be `MATCH`: its rows are what counts.
    fn query_in_expression(
        &mut self,
        query: &ast::Query,
        start: &Start,
    ) -> Bound<(LogicalPlan, Option<usize>)> {
        if let ([ast::Clause::Match(clause)], true) =
            (query.first.clauses.as_slice(), query.unions.is_empty())
        {
            let mut scope = start.scope.clone();
            let input = LogicalPlan::Argument {
                names: scope.names(),
            };
            return Ok((self.match_clause(clause, input, &mut scope)?, None));
        }
        if query.unions.is_empty()
            && !matches!(query.first.clauses.last(), Some(ast::Clause::Return(_)))
        {
            let mut clauses = query.first.clauses.clone();
            let span = query.first.span;
            // The rows before the missing RETURN are what counts: `RETURN 1` keeps their number.
            let one = ast::Expression {
                kind: ast::ExpressionKind::Literal(ast::Literal::Integer(1)),
                span,
            };
            clauses.push(ast::Clause::Return(ast::ProjectionClause {
                is_distinct: false,
                includes_all: false,
                items: vec![ast::ProjectionItem {
                    expression: one,
                    alias: None,
                }],
                order: Vec::new(),
                skip: None,
                limit: None,
                predicate: None,
                span,
            }));
            let first = ast::SingleQuery { clauses, span };
            let query = ast::Query {
                first,
                unions: Vec::new(),
            };
            return Ok((self.query(&query, start)?.plan, None));
        }
        let bound = self.query(query, start)?;
        Ok((bound.plan, bound.columns.map(|columns| columns.len())))
    }

    fn add_subquery(&mut self, plan: LogicalPlan, width: usize, kind: SubqueryKind) -> usize {
        self.subqueries.push(Subquery { plan, width, kind });
        self.subqueries.len() - 1
    }

    /// `(a)-->(b)` as a condition.
    pub(crate) fn pattern_predicate(
        &mut self,
        element: &ast::PatternElement,
        scope: &Scope,
    ) -> Bound<ExpressionKind> {
        let part = ast::PatternPart {
            variable: None,
            selector: ast::PathSelector::All,
            element: element.clone(),
            predicate: None,
            span: element.span,
        };
        self.refuse_new_variables(element, scope)?;
        let mut inner = scope.inner();
        let width = inner.width;
        let plan = self.match_part(&part, None, &mut inner)?;
        Ok(ExpressionKind::Subquery {
            index: self.add_subquery(plan, width, SubqueryKind::Exists),
            kind: SubqueryKind::Exists,
        })
    }

    /// A pattern predicate asks about known things; it can't introduce variables.
    fn refuse_new_variables(&self, element: &ast::PatternElement, scope: &Scope) -> Bound<()> {
        for name in super::quantified::variables(element) {
            if scope.local(&name.text).is_none() {
                self.lookup(name, scope)?;
            }
        }
        Ok(())
    }

    /// `[p = (a)-->(b) WHERE … | …]`
    pub(crate) fn pattern_comprehension(
        &mut self,
        variable: Option<&ast::Name>,
        element: &ast::PatternElement,
        predicate: Option<&ast::Expression>,
        projection: &ast::Expression,
        scope: &Scope,
    ) -> Bound<(ExpressionKind, Static)> {
        let part = ast::PatternPart {
            variable: variable.cloned(),
            selector: ast::PathSelector::All,
            element: element.clone(),
            predicate: None,
            span: element.span,
        };
        let mut inner = scope.inner();
        let width = inner.width;
        let plan = self.match_part(&part, predicate, &mut inner)?;
        let aggregation = self.aggregation.take();
        let bound = self.expression(projection, &mut inner);
        self.aggregation = aggregation;
        let (expression, of) = bound?;
        let items = vec![ProjectItem {
            expression,
            name: self.source(projection.span).into(),
        }];
        let plan = LogicalPlan::Project {
            input: Box::new(plan),
            items,
        };
        Ok((
            ExpressionKind::Subquery {
                index: self.add_subquery(plan, width, SubqueryKind::Collect),
                kind: SubqueryKind::Collect,
            },
            of,
        ))
    }

    /// A plan that gives the paths of a pattern part, one a row.
    pub(crate) fn path_subquery(
        &mut self,
        part: &ast::PatternPart,
        scope: &Scope,
    ) -> Bound<(usize, Static)> {
        let mut inner = scope.inner();
        let width = inner.width;
        let name = ast::Name {
            text: " path".into(),
            span: part.span,
        };
        let part = ast::PatternPart {
            variable: Some(name.clone()),
            ..part.clone()
        };
        let plan = self.match_part(&part, None, &mut inner)?;
        let path = self.lookup(&name, &inner)?;
        let expression = Expression::slot(path.slot, name.span);
        let items = vec![ProjectItem {
            expression,
            name: "path".into(),
        }];
        let plan = LogicalPlan::Project {
            input: Box::new(plan),
            items,
        };
        Ok((
            self.add_subquery(plan, width, SubqueryKind::Collect),
            Static::new(Type::PATH),
        ))
    }

    fn match_part(
        &mut self,
        part: &ast::PatternPart,
        predicate: Option<&ast::Expression>,
        inner: &mut Scope,
    ) -> Bound<LogicalPlan> {
        let input_width = inner.width;
        let argument = LogicalPlan::Argument {
            names: inner.names(),
        };
        let mut predicates = Vec::new();
        let aggregation = self.aggregation.take();
        let pattern = self.pattern(std::slice::from_ref(part), inner, &mut predicates);
        let predicate = predicate
            .map(|predicate| self.predicate(predicate, inner))
            .transpose();
        self.aggregation = aggregation;
        let (pattern, selection) = pattern?;
        predicates.extend(predicate?.into_iter().flat_map(Expression::conjuncts));
        Ok(LogicalPlan::Match(Match {
            input: Box::new(argument),
            input_width,
            pattern,
            predicates,
            is_optional: false,
            selection,
            width: inner.width,
        }))
    }
}
