//! `WITH` and `RETURN`: new rows, grouped, without duplicates, in order, cut and filtered.

use std::cmp::Ordering;

use tupu::syntax::ast::{Expression, ExpressionKind, ProjectionClause};
use tupu::value::{Value, order};

use super::aggregate::has_aggregate;
use super::expression::Place;
use super::{Answer, Failure, Naive, Outcome, Row, all_equivalent, distinct};

/// A row on its way through a projection.
struct Projected {
    values: Vec<Value>,
    /// What `ORDER BY` and `WHERE` can speak of: the new variables over the old ones.
    seen: Row,
    group: Option<Vec<Row>>,
    keys: Vec<Value>,
}

impl Naive<'_> {
    pub(crate) fn with(&self, clause: &ProjectionClause, rows: Vec<Row>) -> Outcome<Vec<Row>> {
        let columns = columns(clause, &rows);
        let mut out = Vec::new();
        let (skip, limit) = self.window(clause)?;
        for projected in self
            .projected(clause, &columns, rows)?
            .into_iter()
            .skip(skip)
            .take(limit)
        {
            if self.holds(clause.predicate.as_ref(), &projected.seen)? {
                out.push(columns.iter().cloned().zip(projected.values).collect());
            }
        }
        Ok(out)
    }

    pub(crate) fn return_clause(
        &self,
        clause: &ProjectionClause,
        rows: Vec<Row>,
    ) -> Outcome<Answer> {
        let columns = columns(clause, &rows);
        let mut runs: Vec<Vec<Vec<Value>>> = Vec::new();
        let mut last: Option<Vec<Value>> = None;
        for projected in self.projected(clause, &columns, rows)? {
            let is_tie = last.is_some_and(|last| {
                let mut pairs = last.iter().zip(&projected.keys);
                pairs.all(|(left, right)| order(left, right) == Ordering::Equal)
            });
            last = Some(projected.keys);
            match runs.last_mut() {
                Some(run) if is_tie => run.push(projected.values),
                _ => runs.push(vec![projected.values]),
            }
        }
        let (skip, limit) = self.window(clause)?;
        Ok(Answer {
            columns,
            runs,
            skip,
            limit,
        })
    }

    fn window(&self, clause: &ProjectionClause) -> Outcome<(usize, usize)> {
        let number = |count: &Option<Expression>, default: usize| {
            let Some(count) = count else {
                return Ok(default);
            };
            match self.value(count, &Row::new())? {
                Value::Integer(count) => Ok(usize::try_from(count).expect("never negative")),
                other => Err(Failure::Unknown(format!("a count of {other}"))),
            }
        };
        Ok((number(&clause.skip, 0)?, number(&clause.limit, usize::MAX)?))
    }

    /// The projected rows in order, before they are cut.
    fn projected(
        &self,
        clause: &ProjectionClause,
        columns: &[String],
        rows: Vec<Row>,
    ) -> Outcome<Vec<Projected>> {
        let is_grouped = clause
            .items
            .iter()
            .any(|item| has_aggregate(&item.expression));
        let groups: Vec<(Row, Option<Vec<Row>>)> = match is_grouped {
            false => rows.into_iter().map(|row| (row, None)).collect(),
            true => self.groups(clause, rows)?,
        };
        let mut projected = Vec::new();
        for (row, group) in groups {
            let place = Place {
                row: &row,
                group: group.as_deref(),
            };
            let passed = columns.len() - clause.items.len();
            let mut values: Vec<Value> = columns[..passed]
                .iter()
                .map(|name| row[name].clone())
                .collect();
            for item in &clause.items {
                values.push(self.evaluate(&item.expression, place)?);
            }
            let mut seen = row;
            seen.extend(columns.iter().cloned().zip(values.iter().cloned()));
            projected.push(Projected {
                values,
                seen,
                group,
                keys: Vec::new(),
            });
        }
        if clause.is_distinct {
            projected = distinct(projected, |projected| &projected.values);
        }
        for projected in &mut projected {
            let place = Place {
                row: &projected.seen,
                group: projected.group.as_deref(),
            };
            let keys = clause
                .order
                .iter()
                .map(|key| self.evaluate(&key.expression, place));
            projected.keys = keys.collect::<Outcome<_>>()?;
        }
        projected.sort_by(|left, right| {
            let orders = left.keys.iter().zip(&right.keys).zip(&clause.order);
            let mut orders = orders.map(|((left, right), key)| match key.is_descending {
                true => order(right, left),
                false => order(left, right),
            });
            orders
                .find(|order| order.is_ne())
                .unwrap_or(Ordering::Equal)
        });
        Ok(projected)
    }

    /// The rows grouped by the items without aggregates, each group with one of its rows.
    fn groups(
        &self,
        clause: &ProjectionClause,
        rows: Vec<Row>,
    ) -> Outcome<Vec<(Row, Option<Vec<Row>>)>> {
        let is_key = |expression: &Expression| !has_aggregate(expression);
        let has_keys =
            clause.includes_all || clause.items.iter().any(|item| is_key(&item.expression));
        if !has_keys {
            let first = rows.first().cloned().unwrap_or_default();
            return Ok(vec![(first, Some(rows))]);
        }
        let mut groups: Vec<(Vec<Value>, Vec<Row>)> = Vec::new();
        for row in rows {
            self.step()?;
            let mut keys = Vec::new();
            if clause.includes_all {
                keys.extend(row.values().cloned());
            }
            for item in clause.items.iter().filter(|item| is_key(&item.expression)) {
                keys.push(self.value(&item.expression, &row)?);
            }
            match groups
                .iter_mut()
                .find(|(known, _)| all_equivalent(known, &keys))
            {
                Some((_, group)) => group.push(row),
                None => groups.push((keys, vec![row])),
            }
        }
        Ok(groups
            .into_iter()
            .map(|(_, rows)| (rows[0].clone(), Some(rows)))
            .collect())
    }
}

/// The names of the columns, those of `*` first.
fn columns(clause: &ProjectionClause, rows: &[Row]) -> Vec<String> {
    let mut columns = Vec::new();
    if clause.includes_all {
        columns.extend(rows.first().into_iter().flat_map(|row| row.keys().cloned()));
    }
    let name = |item: &tupu::syntax::ast::ProjectionItem| match (&item.alias, &item.expression.kind)
    {
        (Some(alias), _) => alias.text.to_string(),
        (None, ExpressionKind::Variable(name)) => name.text.to_string(),
        // The engine names it by its text, which the generator never leaves it to do.
        (None, _) => String::new(),
    };
    columns.extend(clause.items.iter().map(name));
    columns
}
