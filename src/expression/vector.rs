//! Expressions over many rows at once: loops over typed columns where there are any, row by row where not.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{
    Batch, BinaryOperator, Column, Context, Evaluation, Expression, ExpressionKind, KeyRef, Strings,
};
use crate::graph::Gathered;
use crate::value::Value;

/// The rows of a batch that are looked at: all, or those at the places given.
pub(super) type Rows<'a> = Option<&'a [u32]>;

impl Expression {
    /// The values of the expression in all rows of a batch.
    ///
    /// # Errors
    ///
    /// As [`Expression::evaluate`], for the first row that fails.
    pub fn evaluate_all(&self, ctx: &Context<'_>, batch: &Batch) -> Evaluation<Column> {
        column(self, ctx, batch, None)
    }
}

/// The value of an expression that is the same in all rows and needs no computing.
pub(super) fn constant<'a>(expression: &'a Expression, ctx: &Context<'a>) -> Option<&'a Value> {
    match &expression.kind {
        ExpressionKind::Constant(value) => Some(value),
        ExpressionKind::Parameter(name) => ctx.parameters.get(name),
        _ => None,
    }
}

pub(super) fn count(batch: &Batch, rows: Rows<'_>) -> usize {
    rows.map_or(batch.len(), <[u32]>::len)
}

/// The place in the batch of the row at a place among those looked at.
pub(super) fn row(rows: Rows<'_>, at: usize) -> usize {
    rows.map_or(at, |rows| rows[at] as usize)
}

/// The values of an expression in some rows of a batch.
pub(super) fn column(
    expression: &Expression,
    ctx: &Context<'_>,
    batch: &Batch,
    rows: Rows<'_>,
) -> Evaluation<Column> {
    if let Some(column) = typed(expression, ctx, batch, rows) {
        return Ok(column);
    }
    if let Some(column) = by_code(expression, ctx, batch, rows)? {
        return Ok(column);
    }
    if let Some(column) = subquery(expression, ctx, batch, rows)? {
        return Ok(column);
    }
    let values = (0..count(batch, rows))
        .map(|at| expression.evaluate(ctx, batch, row(rows, at)))
        .collect::<Evaluation<Vec<Value>>>()?;
    Ok(Column::from_values(values))
}

/// The values where a loop over typed columns gives them without failing.
fn typed(
    expression: &Expression,
    ctx: &Context<'_>,
    batch: &Batch,
    rows: Rows<'_>,
) -> Option<Column> {
    if let Some(value) = constant(expression, ctx) {
        return Some(Column::repeat(value, count(batch, rows)));
    }
    match &expression.kind {
        ExpressionKind::Slot(slot) => {
            let column = batch.column(*slot);
            Some(rows.map_or_else(|| column.clone(), |rows| column.take(rows)))
        }
        ExpressionKind::Property { base, key, .. } => match base.kind {
            ExpressionKind::Slot(slot) => property(ctx, batch.column(slot), *key, rows),
            _ => None,
        },
        ExpressionKind::Binary(operator, left, right) => {
            let left = typed(left, ctx, batch, rows)?;
            let right = typed(right, ctx, batch, rows)?;
            arithmetic(*operator, &left, &right)
        }
        _ => None,
    }
}

/// The property of entities, where all have a value of one type.
fn property(ctx: &Context<'_>, base: &Column, key: KeyRef, rows: Rows<'_>) -> Option<Column> {
    fn some<T: Copy>(items: &[T], rows: Rows<'_>) -> Option<Vec<T>> {
        rows.map(|rows| rows.iter().map(|row| items[*row as usize]).collect())
    }
    let key = ctx.names.key(key)?;
    let view = ctx.view();
    let (gathered, shared) = match base {
        Column::Nodes(nodes) => {
            let some = some(nodes, rows);
            let nodes = some.as_deref().unwrap_or(nodes);
            (
                view.gather_node_property(nodes, key)?,
                view.shared_node_column(key),
            )
        }
        Column::Relationships(relationships) => {
            let some = some(relationships, rows);
            let relationships = some.as_deref().unwrap_or(relationships);
            (
                view.gather_relationship_property(relationships, key)?,
                view.shared_relationship_column(key),
            )
        }
        _ => return None,
    };
    Some(match gathered {
        Gathered::Integers(numbers) => Column::Integers(numbers),
        Gathered::Floats(numbers) => Column::Floats(numbers),
        Gathered::Booleans(truths) => Column::Booleans(truths),
        Gathered::Strings(codes) => {
            let column = Arc::clone(shared?);
            let strings = Strings { codes, column };
            match ctx.is_read_only {
                true => Column::Strings(strings),
                // A column that is still referred to would be copied by the write that follows.
                false => Column::Values(Column::Strings(strings).into_values()),
            }
        }
    })
}

fn arithmetic(operator: BinaryOperator, left: &Column, right: &Column) -> Option<Column> {
    fn zip<T: Copy>(left: &[T], right: &[T], of: impl Fn(T, T) -> Option<T>) -> Option<Vec<T>> {
        left.iter()
            .zip(right)
            .map(|(left, right)| of(*left, *right))
            .collect()
    }
    use BinaryOperator as O;
    match (left, right) {
        (Column::Integers(left), Column::Integers(right)) => match operator {
            O::Add => zip(left, right, i64::checked_add),
            O::Subtract => zip(left, right, i64::checked_sub),
            O::Multiply => zip(left, right, i64::checked_mul),
            _ => None,
        }
        .map(Column::Integers),
        (Column::Floats(left), Column::Floats(right)) => match operator {
            O::Add => zip(left, right, |left, right| Some(left + right)),
            O::Subtract => zip(left, right, |left, right| Some(left - right)),
            O::Multiply => zip(left, right, |left, right| Some(left * right)),
            O::Divide => zip(left, right, |left, right| Some(left / right)),
            _ => None,
        }
        .map(Column::Floats),
        _ => None,
    }
}

/// The values of an expression that depends on one string property alone: each distinct string is looked at once.
pub(super) fn by_code(
    expression: &Expression,
    ctx: &Context<'_>,
    batch: &Batch,
    rows: Rows<'_>,
) -> Evaluation<Option<Column>> {
    let Some(property) = only_property(expression) else {
        return Ok(None);
    };
    let Some(Column::Strings(strings)) = typed(property, ctx, batch, rows) else {
        return Ok(None);
    };
    let mut known = FxHashMap::<u32, usize>::default();
    let mut values: Vec<Value> = Vec::with_capacity(strings.codes.len());
    for (at, code) in strings.codes.iter().enumerate() {
        let value = match known.get(code) {
            Some(first) => values[*first].clone(),
            None => {
                known.insert(*code, at);
                expression.evaluate(ctx, batch, row(rows, at))?
            }
        };
        values.push(value);
    }
    Ok(Some(Column::from_values(values)))
}

/// The values of a subquery that can be run for many rows at once.
pub(super) fn subquery(
    expression: &Expression,
    ctx: &Context<'_>,
    batch: &Batch,
    rows: Rows<'_>,
) -> Evaluation<Option<Column>> {
    match expression.kind {
        ExpressionKind::Subquery { index, kind } => {
            let rows = rows.map_or_else(|| batch.clone(), |rows| batch.take(rows));
            ctx.subqueries.run_all(index, kind, rows)
        }
        _ => Ok(None),
    }
}

/// The one property of an entity on which the value of an expression depends, besides constants.
fn only_property(expression: &Expression) -> Option<&Expression> {
    let mut found: Option<&Expression> = None;
    is_of_one_property(expression, &mut found).then_some(found)?
}

fn is_of_one_property<'a>(expression: &'a Expression, found: &mut Option<&'a Expression>) -> bool {
    use ExpressionKind as K;
    match &expression.kind {
        K::Constant(_) | K::Parameter(_) => true,
        K::Property { base, key, .. } => match (&base.kind, found.map(|found| &found.kind)) {
            (K::Slot(_), None) => {
                *found = Some(expression);
                true
            }
            (
                K::Slot(slot),
                Some(K::Property {
                    base, key: known, ..
                }),
            ) => key == known && matches!(base.kind, K::Slot(other) if other == *slot),
            _ => false,
        },
        K::Call(function, arguments) => {
            function.is_constant
                && arguments
                    .iter()
                    .all(|argument| is_of_one_property(argument, found))
        }
        K::Not(_)
        | K::Negate(_)
        | K::Plus(_)
        | K::Binary(..)
        | K::Compare(..)
        | K::And(_)
        | K::Or(_)
        | K::Xor(_)
        | K::IsNull(_)
        | K::IsTyped(..)
        | K::Case { .. }
        | K::List(_)
        | K::Index(..) => expression
            .children()
            .into_iter()
            .all(|child| is_of_one_property(child, found)),
        _ => false,
    }
}
