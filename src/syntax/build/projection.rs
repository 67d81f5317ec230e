//! `WITH` and `RETURN`.

use pest::iterators::Pair;

use super::super::ast::{ExpressionKind, ProjectionClause, ProjectionItem, SortItem};
use super::super::error::{SyntaxError, SyntaxErrorKind};
use super::super::grammar::Rule;
use super::{Builder, Result};

impl Builder<'_> {
    pub(super) fn with_clause(&mut self, pair: Pair<'_, Rule>) -> Result<ProjectionClause> {
        let clause = self.projection(pair)?;
        let is_unnamed = |item: &&ProjectionItem| {
            item.alias.is_none() && !matches!(item.expression.kind, ExpressionKind::Variable(_))
        };
        match clause.items.iter().find(is_unnamed) {
            Some(item) => {
                let span = item.expression.span;
                let expression = self.text[span.range()].to_owned();
                Err(SyntaxError::new(
                    SyntaxErrorKind::NoExpressionAlias { expression },
                    span,
                ))
            }
            None => Ok(clause),
        }
    }

    pub(super) fn projection(&mut self, pair: Pair<'_, Rule>) -> Result<ProjectionClause> {
        let mut clause = ProjectionClause {
            is_distinct: false,
            includes_all: false,
            items: Vec::new(),
            order: Vec::new(),
            skip: None,
            limit: None,
            predicate: None,
            span: self.span(&pair),
        };
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::DISTINCT => clause.is_distinct = true,
                Rule::star => clause.includes_all = true,
                Rule::projection_item => clause.items.push(self.projection_item(pair)?),
                Rule::order_by => clause.order = self.order_by(pair)?,
                Rule::skip_rows => clause.skip = Some(self.row_count(pair)?),
                Rule::limit_rows => clause.limit = Some(self.row_count(pair)?),
                Rule::r#where => clause.predicate = Some(self.predicate(pair)?),
                _ => {}
            }
        }
        Ok(clause)
    }

    fn projection_item(&mut self, pair: Pair<'_, Rule>) -> Result<ProjectionItem> {
        let mut parts = pair.into_inner().filter(|pair| pair.as_rule() != Rule::AS);
        let expression = self.column(parts.next().expect("an item has an expression"))?;
        let alias = parts.next().map(|alias| self.inner_name(alias));
        Ok(ProjectionItem { expression, alias })
    }

    fn order_by(&mut self, pair: Pair<'_, Rule>) -> Result<Vec<SortItem>> {
        pair.into_inner()
            .filter(|pair| pair.as_rule() == Rule::sort_item)
            .map(|pair| self.sort_item(pair))
            .collect()
    }

    fn sort_item(&mut self, pair: Pair<'_, Rule>) -> Result<SortItem> {
        let mut parts = pair.into_inner();
        let expression = self.value(parts.next().expect("a sort item has an expression"))?;
        let is_descending = parts
            .next()
            .is_some_and(|order| order.as_rule() == Rule::DESCENDING);
        Ok(SortItem {
            expression,
            is_descending,
        })
    }

    fn row_count(&mut self, pair: Pair<'_, Rule>) -> Result<super::super::ast::Expression> {
        self.value(pair.into_inner().last().expect("a number of rows follows"))
    }
}
