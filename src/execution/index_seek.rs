//! `NodeIndexSeek`: the nodes that an index holds for what a row asks for.

use super::{Execution, ExecutionContext};
use crate::expression::{Batch, BinaryOperator, Expression, ExpressionKind};
use crate::graph::{Index, Visit};
use crate::plan::{IndexSearch, IndexSeek};
use crate::value::{Comparison, NodeId, Value, compare, equals};

/// The nodes that an index finds for a row, by slot.
pub(crate) fn seek(
    ctx: &ExecutionContext<'_>,
    seek: &IndexSeek,
    batch: &Batch,
    row: usize,
) -> Execution<Vec<NodeId>> {
    let view = ctx.view();
    let index = view
        .index(&seek.index)
        .expect("a plan is made for the indexes that are there");
    if index.count() == 0 {
        return Ok(Vec::new());
    }
    let value = |expression: &Expression| ctx.evaluate(expression, batch, row);
    let slots = match &seek.search {
        IndexSearch::Equal(values) => {
            let values = values.iter().map(value).collect::<Execution<Vec<_>>>()?;
            equal(index, &values)
        }
        IndexSearch::In(list) => match value(list)? {
            Value::List(items) => {
                let mut slots: Vec<u32> = items
                    .iter()
                    .flat_map(|item| equal(index, std::slice::from_ref(item)))
                    .collect();
                slots.sort_unstable();
                slots.dedup();
                slots
            }
            Value::Null => Vec::new(),
            _ => {
                ctx.evaluate(&no_list(list), batch, row)?;
                Vec::new()
            }
        },
        IndexSearch::StartsWith(prefix) => match value(prefix)? {
            Value::String(prefix) => starts_with(index, &prefix),
            _ => Vec::new(),
        },
        IndexSearch::Range { from, to } => {
            let bound = |bound: &Option<(Expression, bool)>| -> Execution<_> {
                Ok(match bound {
                    Some((expression, is_inclusive)) => Some((value(expression)?, *is_inclusive)),
                    None => None,
                })
            };
            range(index, bound(from)?.as_ref(), bound(to)?.as_ref())
        }
    };
    Ok(slots.into_iter().map(|slot| view.node_id(slot)).collect())
}

/// An expression that fails as `IN` does for what is no list.
fn no_list(list: &Expression) -> Expression {
    let item = Box::new(Expression::constant(false, list.span));
    let kind = ExpressionKind::Binary(BinaryOperator::In, item, Box::new(list.clone()));
    Expression::new(kind, list.span)
}

/// The entries whose keys equal the values, in the sense of `=`.
fn equal(index: &Index, values: &[Value]) -> Vec<u32> {
    // Values that are equal in the sense of `=` stand together, but for those with a time zone and lists of such.
    if values.iter().all(is_plain) {
        return index.equivalent(values);
    }
    index.walk(&[], |key| {
        let is_equal = key
            .iter()
            .zip(values)
            .all(|(own, value)| equals(own, value) == Some(true));
        if is_equal { Visit::Take } else { Visit::Skip }
    })
}

/// Whether all values that equal this one, or can be compared with it, stand together in their order.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::Boolean(_) | Value::Integer(_) | Value::String(_) | Value::Date(_) => true,
        Value::Float(number) => !number.is_nan(),
        Value::LocalTime(_) | Value::LocalDateTime(_) => true,
        _ => false,
    }
}

fn starts_with(index: &Index, prefix: &str) -> Vec<u32> {
    index.walk(&[Value::from(prefix)], |key| match &key[0] {
        Value::String(text) if text.starts_with(prefix) => Visit::Take,
        _ => Visit::Stop,
    })
}

/// A bound of a range, and whether it belongs to it.
type Bound<'a> = Option<&'a (Value, bool)>;

/// The entries whose key stands between two bounds, in the sense of `<` and its like.
fn range(index: &Index, from: Bound<'_>, to: Bound<'_>) -> Vec<u32> {
    let is_within = |key: &Value| {
        let passes = |bound: Bound<'_>, test: fn(Comparison, bool) -> Option<bool>| {
            bound.is_none_or(|(value, is_inclusive)| {
                test(compare(key, value), *is_inclusive) == Some(true)
            })
        };
        passes(from, |comparison, is_inclusive| match is_inclusive {
            true => comparison.is_greater_or_equal(),
            false => comparison.is_greater(),
        }) && passes(to, |comparison, is_inclusive| match is_inclusive {
            true => comparison.is_less_or_equal(),
            false => comparison.is_less(),
        })
    };
    let bounds_are_plain = [from, to]
        .into_iter()
        .flatten()
        .all(|(value, _)| is_plain(value));
    let start = match (from, to) {
        (Some((value, _)), _) if bounds_are_plain => vec![value.clone()],
        (None, Some((Value::Integer(_) | Value::Float(_), _))) if bounds_are_plain => {
            vec![Value::Float(f64::NEG_INFINITY)]
        }
        (None, Some((Value::String(_), _))) => vec![Value::from("")],
        _ => Vec::new(),
    };
    // From the first key on that is of the bounds' type, the walk ends with the first that is beyond them.
    let ends = bounds_are_plain && !start.is_empty();
    index.walk(&start, |key| {
        let key = &key[0];
        if is_within(key) {
            return Visit::Take;
        }
        let is_before = from.is_some_and(|(value, _)| {
            compare(key, value) == Comparison::Ordered(std::cmp::Ordering::Equal)
        });
        if ends && !is_before {
            Visit::Stop
        } else {
            Visit::Skip
        }
    })
}
