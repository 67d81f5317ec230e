//! Queries and their clauses, projections apart.

use pest::iterators::Pair;

use super::super::ast::{
    CallClause, Clause, CreateClause, DeleteClause, Expression, ExpressionKind, LabelExpression,
    MatchClause, MergeClause, Name, Query, RemoveClause, RemoveItem, SetClause, SetItem,
    SingleQuery, SubqueryClause, Union, UnwindClause, Yield, YieldItem,
};
use super::super::grammar::Rule;
use super::pattern::ParameterUse;
use super::{Builder, Result, composition, only};

impl Builder<'_> {
    pub(super) fn query(&mut self, pair: Pair<'_, Rule>) -> Result<Query> {
        let mut first = None;
        let mut unions = Vec::new();
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::single_query => first = Some(self.single_query(pair)?),
                _ => unions.push(self.union(pair)?),
            }
        }
        let query = Query {
            first: first.expect("a query has a first single query"),
            unions,
        };
        composition::check_unions(&query)?;
        Ok(query)
    }

    fn union(&mut self, pair: Pair<'_, Rule>) -> Result<Union> {
        let mut span = None;
        let mut is_all = false;
        let mut query = None;
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::single_query => query = Some(self.single_query(pair)?),
                rule => {
                    is_all = rule == Rule::ALL;
                    let keyword = self.span(&pair);
                    span =
                        Some(span.map_or(keyword, |first: crate::source::Span| first.to(keyword)));
                }
            }
        }
        Ok(Union {
            is_all,
            query: query.expect("a query follows"),
            span: span.expect("UNION stands first"),
        })
    }

    fn single_query(&mut self, pair: Pair<'_, Rule>) -> Result<SingleQuery> {
        let span = self.span(&pair);
        let clauses = pair
            .into_inner()
            .map(|pair| self.clause(only(pair)))
            .collect::<Result<Vec<_>>>()?;
        composition::check_clauses(&clauses, self.is_read_only, self.ends_freely)?;
        Ok(SingleQuery { clauses, span })
    }

    fn clause(&mut self, pair: Pair<'_, Rule>) -> Result<Clause> {
        Ok(match pair.as_rule() {
            Rule::match_clause => Clause::Match(self.match_clause(pair)?),
            Rule::unwind_clause => Clause::Unwind(self.unwind_clause(pair)?),
            Rule::call_clause => Clause::Call(self.call_clause(pair)?),
            Rule::subquery_clause => Clause::Subquery(self.subquery_clause(pair)?),
            Rule::with_clause => Clause::With(self.with_clause(pair)?),
            Rule::return_clause => Clause::Return(self.projection(pair)?),
            Rule::create_clause => Clause::Create(self.create_clause(pair)?),
            Rule::merge_clause => Clause::Merge(self.merge_clause(pair)?),
            Rule::set_clause => Clause::Set(self.set_clause(pair)?),
            Rule::remove_clause => Clause::Remove(self.remove_clause(pair)?),
            Rule::delete_clause => Clause::Delete(self.delete_clause(pair)?),
            Rule::finish_clause => Clause::Finish(self.span(&pair)),
            rule => unreachable!("{rule:?} is no clause"),
        })
    }

    fn match_clause(&mut self, pair: Pair<'_, Rule>) -> Result<MatchClause> {
        let span = self.span(&pair);
        let (mut is_optional, mut pattern, mut predicate) = (false, None, None);
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::OPTIONAL => is_optional = true,
                Rule::pattern => pattern = Some(self.pattern(pair, ParameterUse::Refused)?),
                Rule::r#where => predicate = Some(self.predicate(pair)?),
                _ => {}
            }
        }
        Ok(MatchClause {
            is_optional,
            pattern: pattern.expect("MATCH has a pattern"),
            predicate,
            span,
        })
    }

    /// The condition of a `WHERE`.
    pub(super) fn predicate(&mut self, pair: Pair<'_, Rule>) -> Result<Expression> {
        let condition = pair.into_inner().last().expect("WHERE has a condition");
        self.condition(condition)
    }

    fn unwind_clause(&mut self, pair: Pair<'_, Rule>) -> Result<UnwindClause> {
        let span = self.span(&pair);
        let mut parts = pair
            .into_inner()
            .filter(|pair| matches!(pair.as_rule(), Rule::expression | Rule::variable));
        let list = self.value(parts.next().expect("UNWIND has a list"))?;
        let variable = self.name(&parts.next().expect("UNWIND has a variable"));
        Ok(UnwindClause {
            list,
            variable,
            span,
        })
    }

    fn call_clause(&mut self, pair: Pair<'_, Rule>) -> Result<CallClause> {
        let span = self.span(&pair);
        let (mut procedure, mut arguments, mut yields) = (None, None, None);
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::procedure_name => procedure = Some(self.dotted_name(pair)),
                Rule::procedure_arguments => arguments = Some(self.values(pair)?),
                Rule::yield_items => yields = Some(self.yield_items(pair)?),
                _ => {}
            }
        }
        Ok(CallClause {
            procedure: procedure.expect("CALL has a name"),
            arguments,
            yields,
            span,
        })
    }

    fn yield_items(&mut self, pair: Pair<'_, Rule>) -> Result<Yield> {
        let span = self.span(&pair);
        let (mut items, mut predicate) = (Some(Vec::new()), None);
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::star => items = None,
                Rule::yield_item => {
                    let item = self.yield_item(pair);
                    items.get_or_insert_default().push(item);
                }
                Rule::r#where => predicate = Some(self.predicate(pair)?),
                _ => {}
            }
        }
        Ok(Yield {
            items,
            predicate,
            span,
        })
    }

    fn yield_item(&self, pair: Pair<'_, Rule>) -> YieldItem {
        let mut parts = pair.into_inner().filter(|pair| pair.as_rule() != Rule::AS);
        let column = self.name(&parts.next().expect("an item names a column"));
        let variable = parts
            .next()
            .map_or_else(|| column.clone(), |alias| self.inner_name(alias));
        YieldItem { column, variable }
    }

    fn subquery_clause(&mut self, pair: Pair<'_, Rule>) -> Result<SubqueryClause> {
        let span = self.span(&pair);
        let (mut imports, mut imports_all, mut query) = (None, false, None);
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::imports => {
                    let mut names = Vec::new();
                    for pair in pair.into_inner() {
                        match pair.as_rule() {
                            Rule::star => imports_all = true,
                            _ => names.push(self.name(&pair)),
                        }
                    }
                    imports = (!imports_all).then_some(names);
                }
                Rule::query => {
                    let ends_freely = std::mem::replace(&mut self.ends_freely, false);
                    let inner = self.query(pair);
                    self.ends_freely = ends_freely;
                    query = Some(inner?);
                }
                _ => {}
            }
        }
        Ok(SubqueryClause {
            imports,
            imports_all,
            query: query.expect("braces hold a query"),
            span,
        })
    }

    fn create_clause(&mut self, pair: Pair<'_, Rule>) -> Result<CreateClause> {
        let span = self.span(&pair);
        let pattern = pair.into_inner().last().expect("CREATE has a pattern");
        Ok(CreateClause {
            pattern: self.pattern(pattern, ParameterUse::Allowed)?,
            span,
        })
    }

    fn merge_clause(&mut self, pair: Pair<'_, Rule>) -> Result<MergeClause> {
        let span = self.span(&pair);
        let (mut part, mut on_create, mut on_match) = (None, Vec::new(), Vec::new());
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::pattern_part => part = Some(self.pattern_part(pair, ParameterUse::Refused)?),
                Rule::on_create => on_create.extend(self.set_items(pair)?),
                Rule::on_match => on_match.extend(self.set_items(pair)?),
                _ => {}
            }
        }
        Ok(MergeClause {
            part: part.expect("MERGE has a pattern"),
            on_create,
            on_match,
            span,
        })
    }

    fn set_clause(&mut self, pair: Pair<'_, Rule>) -> Result<SetClause> {
        let span = self.span(&pair);
        Ok(SetClause {
            items: self.set_items(pair)?,
            span,
        })
    }

    fn set_items(&mut self, pair: Pair<'_, Rule>) -> Result<Vec<SetItem>> {
        pair.into_inner()
            .filter(|pair| pair.as_rule() == Rule::set_item)
            .map(|pair| self.set_item(pair))
            .collect()
    }

    fn set_item(&mut self, pair: Pair<'_, Rule>) -> Result<SetItem> {
        let mut parts = pair.into_inner();
        let target = self.property_expression(parts.next().expect("an item has a target"))?;
        let assignment = parts.next().map(|pair| pair.as_str() == "+=");
        let value = parts.next().map(|pair| self.value(pair)).transpose()?;
        let span = target.span;
        match (target.kind, assignment, value) {
            (ExpressionKind::Property { base, key }, Some(false), Some(value)) => {
                Ok(SetItem::Property {
                    target: *base,
                    key,
                    value,
                })
            }
            (ExpressionKind::Variable(variable), Some(false), Some(value)) => {
                Ok(SetItem::Replace { variable, value })
            }
            (ExpressionKind::Variable(variable), Some(true), Some(value)) => {
                Ok(SetItem::Merge { variable, value })
            }
            (ExpressionKind::HasLabels { base, labels }, None, None) => {
                let (variable, labels) = self.labels(*base, labels)?;
                Ok(SetItem::Labels { variable, labels })
            }
            _ => Err(self.unexpected(
                span,
                "`variable.key = value`, `variable = map`, `variable += map` or `variable:Label`",
            )),
        }
    }

    fn remove_clause(&mut self, pair: Pair<'_, Rule>) -> Result<RemoveClause> {
        let span = self.span(&pair);
        let items = pair
            .into_inner()
            .filter(|pair| pair.as_rule() == Rule::remove_item);
        let items = items
            .map(|pair| self.remove_item(only(pair)))
            .collect::<Result<_>>()?;
        Ok(RemoveClause { items, span })
    }

    fn remove_item(&mut self, pair: Pair<'_, Rule>) -> Result<RemoveItem> {
        let target = self.property_expression(pair)?;
        match target.kind {
            ExpressionKind::Property { base, key } => {
                Ok(RemoveItem::Property { target: *base, key })
            }
            ExpressionKind::HasLabels { base, labels } => {
                let (variable, labels) = self.labels(*base, labels)?;
                Ok(RemoveItem::Labels { variable, labels })
            }
            _ => Err(self.unexpected(target.span, "`variable.key` or `variable:Label`")),
        }
    }

    /// The labels that `SET` and `REMOVE` name: `n:A:B`.
    fn labels(&self, base: Expression, labels: LabelExpression) -> Result<(Name, Vec<Name>)> {
        let parts = match labels {
            LabelExpression::And(parts) => parts,
            label => vec![label],
        };
        let label = |part| match part {
            LabelExpression::Label(name) => Some(name),
            _ => None,
        };
        match (base.kind, parts.into_iter().map(label).collect()) {
            (ExpressionKind::Variable(variable), Some(labels)) => Ok((variable, labels)),
            _ => Err(self.unexpected(
                base.span,
                "a variable with labels to set or remove, as in `variable:Label`",
            )),
        }
    }

    fn delete_clause(&mut self, pair: Pair<'_, Rule>) -> Result<DeleteClause> {
        let span = self.span(&pair);
        let (mut is_detach, mut expressions) = (false, Vec::new());
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::DETACH => is_detach = true,
                Rule::expression => expressions.push(self.value(pair)?),
                _ => {}
            }
        }
        Ok(DeleteClause {
            is_detach,
            expressions,
            span,
        })
    }
}
