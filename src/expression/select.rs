//! Conditions over many rows at once: the rows for which one holds.

use std::cmp::Ordering;

use memchr::memmem;
use rustc_hash::FxHashSet;

use super::evaluate::compare;
use super::vector::{Rows, by_code, column, constant, count, row, subquery};
use super::{
    Batch, BinaryOperator, Column, ComparisonOperator, Context, Evaluation, Expression,
    ExpressionKind, LabelTest, Strings,
};
use crate::value::{NodeId, Value, exact_integer, to_float};

impl Expression {
    /// The rows of a batch in which the expression holds, ascending; null counts as no. Of conditions joined by `AND`,
    /// each is only looked at where those before it hold.
    ///
    /// # Errors
    ///
    /// As [`Expression::holds`], for the first row that fails.
    pub fn select(&self, ctx: &Context<'_>, batch: &Batch) -> Evaluation<Vec<u32>> {
        select(self, ctx, batch, None)
    }
}

fn select(
    expression: &Expression,
    ctx: &Context<'_>,
    batch: &Batch,
    rows: Rows<'_>,
) -> Evaluation<Vec<u32>> {
    if count(batch, rows) == 0 {
        return Ok(Vec::new());
    }
    match &expression.kind {
        ExpressionKind::And(items) => {
            let mut kept = rows.map(<[u32]>::to_vec);
            for item in items {
                kept = Some(select(item, ctx, batch, kept.as_deref())?);
            }
            return Ok(kept.unwrap_or_else(|| all(batch, rows)));
        }
        ExpressionKind::Or(items) => return any(items, ctx, batch, rows),
        ExpressionKind::Constant(Value::Boolean(true)) => return Ok(all(batch, rows)),
        _ => {}
    }
    if let Some(kept) = typed(expression, ctx, batch, rows)? {
        return Ok(kept);
    }
    if let Some(Column::Booleans(truths)) = by_code(expression, ctx, batch, rows)? {
        return Ok(keep(&truths, rows, |truth| truth));
    }
    let (condition, is_negated) = match &expression.kind {
        ExpressionKind::Not(operand) => (&**operand, true),
        _ => (expression, false),
    };
    if let Some(Column::Booleans(truths)) = subquery(condition, ctx, batch, rows)? {
        return Ok(keep(&truths, rows, |truth| truth != is_negated));
    }
    let mut kept = Vec::new();
    for at in 0..count(batch, rows) {
        let row = row(rows, at);
        if expression.holds(ctx, batch, row)? {
            kept.push(narrow(row));
        }
    }
    Ok(kept)
}

fn narrow(row: usize) -> u32 {
    u32::try_from(row).expect("a batch has fewer than 2³² rows")
}

fn all(batch: &Batch, rows: Rows<'_>) -> Vec<u32> {
    rows.map_or_else(|| (0..narrow(batch.len())).collect(), <[u32]>::to_vec)
}

/// `OR`: each condition is only looked at where none before it holds.
fn any(
    items: &[Expression],
    ctx: &Context<'_>,
    batch: &Batch,
    rows: Rows<'_>,
) -> Evaluation<Vec<u32>> {
    let mut holds = vec![false; batch.len()];
    let mut open = all(batch, rows);
    for item in items {
        for row in select(item, ctx, batch, Some(&open))? {
            holds[row as usize] = true;
        }
        open.retain(|row| !holds[*row as usize]);
    }
    let mut kept = all(batch, rows);
    kept.retain(|row| holds[*row as usize]);
    Ok(kept)
}

/// The rows whose item passes a test. Rows are written whether they pass or not, since a branch on data costs more.
fn keep<T: Copy>(items: &[T], rows: Rows<'_>, test: impl Fn(T) -> bool) -> Vec<u32> {
    let mut kept = vec![0_u32; items.len()];
    let mut len = 0;
    match rows {
        None => {
            for (row, item) in (0..).zip(items) {
                kept[len] = row;
                len += usize::from(test(*item));
            }
        }
        Some(rows) => {
            for (row, item) in rows.iter().zip(items) {
                kept[len] = *row;
                len += usize::from(test(*item));
            }
        }
    }
    kept.truncate(len);
    kept
}

/// The rows that are kept, where typed columns tell without failing.
fn typed(
    expression: &Expression,
    ctx: &Context<'_>,
    batch: &Batch,
    rows: Rows<'_>,
) -> Evaluation<Option<Vec<u32>>> {
    use ExpressionKind as K;
    Ok(match &expression.kind {
        K::Compare(operator, left, right) => match (constant(left, ctx), constant(right, ctx)) {
            (None, Some(value)) => {
                let left = column(left, ctx, batch, rows)?;
                Some(with_constant(*operator, &left, value, rows))
            }
            (Some(value), None) => {
                let right = column(right, ctx, batch, rows)?;
                Some(with_constant(turned(*operator), &right, value, rows))
            }
            _ => {
                let left = column(left, ctx, batch, rows)?;
                let right = column(right, ctx, batch, rows)?;
                Some(between(*operator, &left, &right, rows))
            }
        },
        K::Binary(operator, left, right) => match constant(right, ctx) {
            Some(Value::String(text)) => match column(left, ctx, batch, rows)? {
                Column::Strings(strings) => of_text(*operator, &strings, text, rows),
                _ => None,
            },
            Some(Value::List(items)) if *operator == BinaryOperator::In => {
                within(&column(left, ctx, batch, rows)?, items, rows)
            }
            _ => None,
        },
        K::HasLabels(base, LabelTest::Label(label, _)) => match base.kind {
            K::Slot(slot) => match batch.column(slot) {
                Column::Nodes(nodes) if ctx.is_read_only => {
                    let label = ctx.names.label(*label);
                    let has =
                        |node: NodeId| label.is_some_and(|label| ctx.view().has_label(node, label));
                    Some(match rows {
                        None => keep(nodes, None, has),
                        Some(rows) => {
                            let mut kept = rows.to_vec();
                            kept.retain(|row| has(nodes[*row as usize]));
                            kept
                        }
                    })
                }
                _ => None,
            },
            _ => None,
        },
        K::Not(operand) => match &operand.kind {
            // A typed run holds no null.
            K::IsNull(operand) => match column(operand, ctx, batch, rows)? {
                Column::Values(values) => {
                    let present: Vec<bool> = values.iter().map(|value| !value.is_null()).collect();
                    Some(keep(&present, rows, |present| present))
                }
                Column::Nulls(_) => Some(Vec::new()),
                _ => Some(all(batch, rows)),
            },
            _ => None,
        },
        _ => None,
    })
}

/// The operator that holds for the operands in the other order.
fn turned(operator: ComparisonOperator) -> ComparisonOperator {
    use ComparisonOperator as O;
    match operator {
        O::Less => O::Greater,
        O::LessOrEqual => O::GreaterOrEqual,
        O::Greater => O::Less,
        O::GreaterOrEqual => O::LessOrEqual,
        same => same,
    }
}

/// The rows whose item compares with a constant, or with the item of another column, as asked for.
fn ordered<T: Copy + PartialOrd>(
    operator: ComparisonOperator,
    items: &[T],
    constant: T,
    rows: Rows<'_>,
) -> Vec<u32> {
    use ComparisonOperator as O;
    match operator {
        O::Equal => keep(items, rows, |item| item == constant),
        O::NotEqual => keep(items, rows, |item| item != constant),
        O::Less => keep(items, rows, |item| item < constant),
        O::LessOrEqual => keep(items, rows, |item| item <= constant),
        O::Greater => keep(items, rows, |item| item > constant),
        O::GreaterOrEqual => keep(items, rows, |item| item >= constant),
    }
}

/// A number as one of a column's type, where it compares the same with all of them.
fn of_type(column: &Column, value: &Value) -> Option<Value> {
    const EXACT: i64 = 1 << f64::MANTISSA_DIGITS;
    match (column, value) {
        (Column::Integers(_), Value::Float(number)) => exact_integer(*number).map(Value::Integer),
        (Column::Floats(_), Value::Integer(number)) if (-EXACT..=EXACT).contains(number) => {
            Some(Value::Float(to_float(*number)))
        }
        _ => None,
    }
}

fn with_constant(
    operator: ComparisonOperator,
    column: &Column,
    value: &Value,
    rows: Rows<'_>,
) -> Vec<u32> {
    use ComparisonOperator as O;
    let same = of_type(column, value);
    match (column, same.as_ref().unwrap_or(value)) {
        (Column::Integers(items), Value::Integer(number)) => {
            ordered(operator, items, *number, rows)
        }
        (Column::Floats(items), Value::Float(number)) => ordered(operator, items, *number, rows),
        (Column::Booleans(items), Value::Boolean(truth)) => ordered(operator, items, *truth, rows),
        (Column::Nodes(items), Value::Node(node)) if matches!(operator, O::Equal | O::NotEqual) => {
            ordered(operator, items, *node, rows)
        }
        (Column::Strings(strings), Value::String(text))
            if matches!(operator, O::Equal | O::NotEqual) =>
        {
            let code = strings.column.dictionary().code(text);
            let is_equal = operator == O::Equal;
            keep(&strings.codes, rows, |item| {
                (Some(item) == code) == is_equal
            })
        }
        (Column::Strings(strings), Value::String(text)) => keep(&strings.codes, rows, |code| {
            let order = strings.text_of(code).as_ref().cmp(text.as_ref());
            accepts(operator, order)
        }),
        (column, value) => {
            let places: Vec<usize> = (0..column.len()).collect();
            keep(&places, rows, |at| {
                compare(operator, &column.value(at), value) == Some(true)
            })
        }
    }
}

fn accepts(operator: ComparisonOperator, order: Ordering) -> bool {
    use ComparisonOperator as O;
    match operator {
        O::Equal => order.is_eq(),
        O::NotEqual => order.is_ne(),
        O::Less => order.is_lt(),
        O::LessOrEqual => order.is_le(),
        O::Greater => order.is_gt(),
        O::GreaterOrEqual => order.is_ge(),
    }
}

fn between(
    operator: ComparisonOperator,
    left: &Column,
    right: &Column,
    rows: Rows<'_>,
) -> Vec<u32> {
    use ComparisonOperator as O;
    fn zipped<T: Copy + PartialOrd>(
        operator: ComparisonOperator,
        left: &[T],
        right: &[T],
        rows: Rows<'_>,
    ) -> Vec<u32> {
        let pairs: Vec<(T, T)> = left.iter().copied().zip(right.iter().copied()).collect();
        keep(&pairs, rows, |(left, right)| match operator {
            O::Equal => left == right,
            O::NotEqual => left != right,
            O::Less => left < right,
            O::LessOrEqual => left <= right,
            O::Greater => left > right,
            O::GreaterOrEqual => left >= right,
        })
    }
    match (left, right) {
        (Column::Integers(left), Column::Integers(right)) => zipped(operator, left, right, rows),
        (Column::Floats(left), Column::Floats(right)) => zipped(operator, left, right, rows),
        (Column::Nodes(left), Column::Nodes(right))
            if matches!(operator, O::Equal | O::NotEqual) =>
        {
            zipped(operator, left, right, rows)
        }
        (Column::Strings(left), Column::Strings(right))
            if left.shares_codes_with(right) && matches!(operator, O::Equal | O::NotEqual) =>
        {
            zipped(operator, &left.codes, &right.codes, rows)
        }
        (left, right) => {
            let places: Vec<usize> = (0..left.len()).collect();
            keep(&places, rows, |at| {
                compare(operator, &left.value(at), &right.value(at)) == Some(true)
            })
        }
    }
}

/// `STARTS WITH`, `ENDS WITH` and `CONTAINS` with a text that is known.
fn of_text(
    operator: BinaryOperator,
    strings: &Strings,
    text: &str,
    rows: Rows<'_>,
) -> Option<Vec<u32>> {
    let codes = &strings.codes;
    Some(match operator {
        BinaryOperator::StartsWith => {
            keep(codes, rows, |code| strings.text_of(code).starts_with(text))
        }
        BinaryOperator::EndsWith => keep(codes, rows, |code| strings.text_of(code).ends_with(text)),
        BinaryOperator::Contains => {
            let finder = memmem::Finder::new(text);
            keep(codes, rows, |code| {
                finder.find(strings.text_of(code).as_bytes()).is_some()
            })
        }
        _ => return None,
    })
}

/// `IN` a list that is known, where an item can be told apart by its number or code.
fn within(column: &Column, items: &[Value], rows: Rows<'_>) -> Option<Vec<u32>> {
    match column {
        Column::Integers(numbers) => {
            let wanted = items.iter().map(|item| match item {
                Value::Float(_) | Value::List(_) => None,
                item => Some(item.as_integer()),
            });
            let wanted: FxHashSet<i64> = wanted
                .collect::<Option<Vec<_>>>()?
                .into_iter()
                .flatten()
                .collect();
            Some(keep(numbers, rows, |number| wanted.contains(&number)))
        }
        Column::Strings(strings) => {
            let dictionary = strings.column.dictionary();
            let texts = items.iter().filter_map(Value::as_str);
            let wanted: FxHashSet<u32> = texts.filter_map(|text| dictionary.code(text)).collect();
            Some(keep(&strings.codes, rows, |code| wanted.contains(&code)))
        }
        _ => None,
    }
}
