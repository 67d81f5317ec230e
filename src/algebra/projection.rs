//! `WITH` and `RETURN`: new rows, grouped, without duplicates, in order, cut and filtered.

use std::sync::Arc;

use super::aggregation::{Aggregation, find_aggregate};
use super::bind::{Binder, Bound, fault};
use super::error::SemanticErrorKind;
use super::plan::{Aggregate, LogicalPlan, ProjectItem, SortKey};
use super::scope::{Scope, Static, Substitution};
use crate::expression::{Expression, ExpressionKind};
use crate::syntax::ast::{self, ExpressionKind as A};
use crate::value::{Type, Value};

/// A projected item with its name.
struct Item {
    name: Arc<str>,
    expression: Expression,
    of: Static,
    /// The item's text, for finding it again in `ORDER BY`; none for one that `*` stands for.
    source: Option<ast::Expression>,
}

impl Binder<'_> {
    pub(crate) fn with(
        &mut self,
        clause: &ast::ProjectionClause,
        input: LogicalPlan,
        scope: &mut Scope,
    ) -> Bound<LogicalPlan> {
        for item in &clause.items {
            if item.alias.is_none() && !matches!(item.expression.kind, A::Variable(_)) {
                return fault(SemanticErrorKind::NoExpressionAlias, item.expression.span);
            }
        }
        Ok(self.projection(clause, input, scope)?.0)
    }

    pub(crate) fn return_clause(
        &mut self,
        clause: &ast::ProjectionClause,
        input: LogicalPlan,
        scope: &mut Scope,
    ) -> Bound<(LogicalPlan, Vec<Arc<str>>)> {
        if clause.includes_all && scope.variables.is_empty() {
            return fault(SemanticErrorKind::NoVariablesInScope, clause.span);
        }
        self.projection(clause, input, scope)
    }

    fn projection(
        &mut self,
        clause: &ast::ProjectionClause,
        input: LogicalPlan,
        scope: &mut Scope,
    ) -> Bound<(LogicalPlan, Vec<Arc<str>>)> {
        let is_grouped = clause
            .items
            .iter()
            .any(|item| find_aggregate(&item.expression).is_some());
        let (mut plan, items) = match is_grouped {
            true => self.grouped_items(clause, input, scope)?,
            false => (input, self.items(clause, scope)?),
        };
        let names: Vec<Arc<str>> = items.iter().map(|item| item.name.clone()).collect();
        let before = std::mem::take(scope);
        *scope = output_scope(&items);
        if is_grouped {
            scope.hidden = grouped_by(clause, &before);
        }
        let can_look_back = !is_grouped && !clause.is_distinct;
        let ends = self.ends(clause, scope);
        // ORDER BY and WHERE may speak of variables from before the projection: then those are kept until after.
        let (ends, kept) = match ends {
            Ok(ends) => (ends, 0),
            Err(_) if can_look_back => {
                let mut both = both_scopes(&items, &before);
                match self.ends(clause, &mut both) {
                    Ok(ends) => (ends, before.width),
                    Err(error) => return Err(error),
                }
            }
            Err(error) => return Err(error),
        };
        let passed = (0..kept).map(|slot| ProjectItem {
            expression: Expression::slot(slot, clause.span),
            name: "".into(),
        });
        let items: Vec<ProjectItem> = items
            .into_iter()
            .map(|item| ProjectItem {
                expression: item.expression,
                name: item.name,
            })
            .collect();
        plan = LogicalPlan::Project {
            input: Box::new(plan),
            items: passed.chain(items).collect(),
        };
        if clause.is_distinct {
            plan = LogicalPlan::Distinct {
                input: Box::new(plan),
            };
        }
        plan = ends.put_on(plan);
        if kept > 0 {
            let item = |(at, name): (usize, &Arc<str>)| ProjectItem {
                expression: Expression::slot(kept + at, clause.span),
                name: name.clone(),
            };
            let items = names.iter().enumerate().map(item).collect();
            plan = LogicalPlan::Project {
                input: Box::new(plan),
                items,
            };
        }
        scope.substitutions.clear();
        scope.hidden.clear();
        Ok((plan, names))
    }

    /// The items of a projection without aggregates.
    fn items(&mut self, clause: &ast::ProjectionClause, scope: &mut Scope) -> Bound<Vec<Item>> {
        let mut items = all_items(clause, scope);
        for item in &clause.items {
            let (expression, of) = self.expression(&item.expression, scope)?;
            items.push(Item {
                name: self.item_name(item),
                expression,
                of,
                source: Some(item.expression.clone()),
            });
        }
        unique_names(&items, clause)?;
        Ok(items)
    }

    /// The items of a projection with aggregates: the rest are grouping keys.
    fn grouped_items(
        &mut self,
        clause: &ast::ProjectionClause,
        input: LogicalPlan,
        scope: &mut Scope,
    ) -> Bound<(LogicalPlan, Vec<Item>)> {
        let mut keys = all_items(clause, scope);
        for item in clause
            .items
            .iter()
            .filter(|item| find_aggregate(&item.expression).is_none())
        {
            let (expression, of) = self.expression(&item.expression, scope)?;
            keys.push(Item {
                name: self.item_name(item),
                expression,
                of,
                source: Some(item.expression.clone()),
            });
        }
        let mut after = grouped_scope(&keys, scope);
        let outer = self.aggregation.replace(Aggregation {
            input: scope.clone(),
            calls: Vec::new(),
            first_slot: keys.len(),
            is_inside: false,
        });
        let items = self.items_after_grouping(clause, &keys, &mut after);
        let aggregation =
            std::mem::replace(&mut self.aggregation, outer).expect("it was put there above");
        let items = items?;
        unique_names(&items, clause)?;
        let keys = keys
            .into_iter()
            .map(|key| ProjectItem {
                expression: key.expression,
                name: key.name,
            })
            .collect();
        let plan = LogicalPlan::Aggregate(Aggregate {
            input: Box::new(input),
            keys,
            calls: aggregation.calls,
        });
        Ok((plan, items))
    }

    fn items_after_grouping(
        &mut self,
        clause: &ast::ProjectionClause,
        keys: &[Item],
        after: &mut Scope,
    ) -> Bound<Vec<Item>> {
        let from_all = keys.len()
            - clause
                .items
                .iter()
                .filter(|item| find_aggregate(&item.expression).is_none())
                .count();
        let key_item = |at: usize, source: Option<ast::Expression>| Item {
            name: keys[at].name.clone(),
            expression: Expression::slot(at, keys[at].expression.span),
            of: keys[at].of,
            source,
        };
        let mut items: Vec<Item> = (0..from_all).map(|at| key_item(at, None)).collect();
        let mut next_key = from_all;
        for item in &clause.items {
            if find_aggregate(&item.expression).is_none() {
                items.push(key_item(next_key, Some(item.expression.clone())));
                next_key += 1;
                continue;
            }
            let (expression, of) = self.expression(&item.expression, after)?;
            items.push(Item {
                name: self.item_name(item),
                expression,
                of,
                source: Some(item.expression.clone()),
            });
        }
        Ok(items)
    }

    fn item_name(&self, item: &ast::ProjectionItem) -> Arc<str> {
        match (&item.alias, &item.expression.kind) {
            (Some(alias), _) => alias.text.clone(),
            (None, A::Variable(name)) => name.text.clone(),
            _ => self.source(item.expression.span).trim().into(),
        }
    }

    /// What follows the items: order, cut, filter.
    fn ends(&mut self, clause: &ast::ProjectionClause, scope: &mut Scope) -> Bound<Ends> {
        let mut sort = Vec::new();
        for key in &clause.order {
            let expression = match whole(scope, &key.expression) {
                Some(expression) => expression,
                None => self.sort_key(&key.expression, scope)?,
            };
            sort.push(SortKey {
                expression,
                is_descending: key.is_descending,
            });
        }
        let skip = clause
            .skip
            .as_ref()
            .map(|skip| self.row_count(skip, "SKIP"))
            .transpose()?;
        let limit = clause
            .limit
            .as_ref()
            .map(|limit| self.row_count(limit, "LIMIT"))
            .transpose()?;
        let predicate = clause
            .predicate
            .as_ref()
            .map(|predicate| self.predicate(predicate, scope))
            .transpose()?;
        Ok(Ends {
            sort,
            skip,
            limit,
            predicate,
        })
    }

    /// A key that is no projected item as a whole. A variable from before grouping is unknown here, or, beside an
    /// aggregate, no grouping key.
    fn sort_key(&mut self, key: &ast::Expression, scope: &mut Scope) -> Bound<Expression> {
        let hidden = match find_aggregate(key) {
            Some(_) => Vec::new(),
            None => std::mem::take(&mut scope.hidden),
        };
        let bound = self.expression(key, scope);
        scope.hidden.extend(hidden);
        Ok(bound?.0)
    }

    /// The number after `SKIP` or `LIMIT`: an expression without variables.
    fn row_count(&mut self, count: &ast::Expression, operation: &'static str) -> Bound<Expression> {
        if mentions_variable(count) {
            return fault(
                SemanticErrorKind::NonConstantExpression { operation },
                count.span,
            );
        }
        let (bound, of) = self.expression(count, &mut Scope::default())?;
        self.require(of, Type::INTEGER, operation, count.span)?;
        match bound.kind {
            ExpressionKind::Constant(Value::Integer(found)) if found < 0 => fault(
                SemanticErrorKind::NegativeIntegerArgument { operation, found },
                count.span,
            ),
            _ => Ok(bound),
        }
    }
}

/// What follows the items of a projection.
struct Ends {
    sort: Vec<SortKey>,
    skip: Option<Expression>,
    limit: Option<Expression>,
    predicate: Option<Expression>,
}

impl Ends {
    fn put_on(self, mut plan: LogicalPlan) -> LogicalPlan {
        if !self.sort.is_empty() {
            plan = LogicalPlan::Sort {
                input: Box::new(plan),
                keys: self.sort,
            };
        }
        if let Some(count) = self.skip {
            plan = LogicalPlan::Skip {
                input: Box::new(plan),
                count,
            };
        }
        if let Some(count) = self.limit {
            plan = LogicalPlan::Limit {
                input: Box::new(plan),
                count,
            };
        }
        if let Some(predicate) = self.predicate {
            plan = LogicalPlan::Filter {
                input: Box::new(plan),
                predicate,
            };
        }
        plan
    }
}

/// What `*` stands for.
fn all_items(clause: &ast::ProjectionClause, scope: &Scope) -> Vec<Item> {
    if !clause.includes_all {
        return Vec::new();
    }
    let mut variables: Vec<_> = scope.variables.iter().collect();
    // The standard leaves the order open; by name is what users of other engines see.
    variables.sort_by(|left, right| left.0.cmp(right.0));
    let item = |(name, variable): (&Arc<str>, &super::scope::Variable)| Item {
        name: name.clone(),
        expression: Expression::slot(variable.slot, clause.span),
        of: variable.of,
        source: None,
    };
    variables.into_iter().map(item).collect()
}

fn unique_names(items: &[Item], clause: &ast::ProjectionClause) -> Bound<()> {
    for (at, item) in items.iter().enumerate() {
        if items[..at].iter().any(|other| other.name == item.name) {
            let span = item
                .source
                .as_ref()
                .map_or(clause.span, |source| source.span);
            return fault(
                SemanticErrorKind::ColumnNameConflict {
                    name: item.name.clone(),
                },
                span,
            );
        }
    }
    Ok(())
}

/// The variables after a projection: its names, and its expressions wherever they are written out again.
fn output_scope(items: &[Item]) -> Scope {
    let mut scope = Scope::default();
    for item in items {
        let slot = scope.declare(item.name.clone(), item.of);
        substitute(&mut scope, item, slot);
    }
    scope
}

/// The variables that stand in grouping keys: parts of what is still known, yet unknown by themselves.
fn grouped_by(clause: &ast::ProjectionClause, before: &Scope) -> Vec<Arc<str>> {
    let is_in_key = |name: &str| {
        let mut keys = clause.items.iter().map(|item| &item.expression);
        keys.any(|key| find_aggregate(key).is_none() && mentions(key, name))
    };
    let names = before.variables.keys();
    names.filter(|name| is_in_key(name)).cloned().collect()
}

/// The variables before a projection with its names behind them.
fn both_scopes(items: &[Item], before: &Scope) -> Scope {
    let mut scope = before.clone();
    for item in items {
        let slot = scope.declare(item.name.clone(), item.of);
        substitute(&mut scope, item, slot);
    }
    scope
}

/// The variables between grouping and projection: only the keys are reachable.
fn grouped_scope(keys: &[Item], before: &Scope) -> Scope {
    let mut scope = Scope {
        hidden: before.variables.keys().cloned().collect(),
        ..Scope::default()
    };
    for (at, key) in keys.iter().enumerate() {
        match &key.source {
            // A variable that is a key keeps its own name here, whatever its alias.
            Some(ast::Expression {
                kind: A::Variable(name),
                ..
            }) => {
                scope.variables.insert(
                    name.text.clone(),
                    super::scope::Variable {
                        slot: at,
                        of: key.of,
                    },
                );
            }
            None => {
                scope.variables.insert(
                    key.name.clone(),
                    super::scope::Variable {
                        slot: at,
                        of: key.of,
                    },
                );
            }
            Some(_) => substitute(&mut scope, key, at),
        }
    }
    scope.width = keys.len();
    scope
}

fn substitute(scope: &mut Scope, item: &Item, slot: usize) {
    let Some(source) = &item.source else {
        return;
    };
    if matches!(source.kind, A::Variable(_) | A::Literal(_)) {
        return;
    }
    scope.substitutions.push(Substitution {
        text: source.to_string(),
        expression: Expression::slot(slot, source.span),
        of: item.of,
        is_simple: is_simple(source) || find_aggregate(source).is_some(),
    });
}

/// Whether an expression that is a grouping key may stand inside a larger one: a variable's property, say.
fn is_simple(expression: &ast::Expression) -> bool {
    match &expression.kind {
        A::Property { base, .. } => is_simple(base),
        A::Variable(_) | A::Parameter(_) => true,
        A::Index { base, index } => {
            is_simple(base) && matches!(index.kind, A::Literal(_) | A::Parameter(_))
        }
        _ => false,
    }
}

/// The projected item that a sort key is, as a whole.
fn whole(scope: &Scope, expression: &ast::Expression) -> Option<Expression> {
    if scope.substitutions.is_empty() {
        return None;
    }
    let text = expression.to_string();
    scope
        .substitutions
        .iter()
        .find(|substitution| substitution.text == text)
        .map(|found| found.expression.clone())
}

fn mentions(expression: &ast::Expression, name: &str) -> bool {
    matches!(&expression.kind, A::Variable(variable) if *variable.text == *name)
        || super::aggregation::children(expression)
            .into_iter()
            .any(|child| mentions(child, name))
}

fn mentions_variable(expression: &ast::Expression) -> bool {
    matches!(expression.kind, A::Variable(_))
        || super::aggregation::children(expression)
            .into_iter()
            .any(mentions_variable)
}
