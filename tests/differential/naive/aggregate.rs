//! Aggregates: all values of a group at once.

use tupu::syntax::ast::{Expression, ExpressionKind as E, MapProjectionItem};
use tupu::value::{Value, equivalent, order};

use super::expression::Place;
use super::function::count;
use super::{Failure, Naive, Outcome};

/// Whether a function, by its name in small letters, aggregates.
pub(crate) fn is_aggregate(name: &str) -> bool {
    ["count", "sum", "avg", "min", "max", "collect"].contains(&name)
}

/// Whether an aggregate stands anywhere in an expression, queries inside it left out.
pub(crate) fn has_aggregate(expression: &Expression) -> bool {
    let own = match &expression.kind {
        E::CountAll => true,
        E::Call { function, .. } => is_aggregate(&function.text.to_lowercase()),
        _ => false,
    };
    own || children(expression).into_iter().any(has_aggregate)
}

impl Naive<'_> {
    /// The value of an aggregate; without an argument it counts rows.
    pub(crate) fn aggregate(
        &self,
        name: &str,
        is_distinct: bool,
        argument: Option<&Expression>,
        place: Place<'_>,
    ) -> Outcome<Value> {
        let Some(group) = place.group else {
            return Err(Failure::Unknown(format!("{name} without groups")));
        };
        let Some(argument) = argument else {
            return Ok(count(group.len()));
        };
        let mut values: Vec<Value> = Vec::new();
        for row in group {
            let value = self.value(argument, row)?;
            let is_known = is_distinct && values.iter().any(|other| equivalent(other, &value));
            if !value.is_null() && !is_known {
                values.push(value);
            }
        }
        let first = |descending: bool| {
            let better = |left: &Value, right: &Value| match descending {
                false => order(left, right).is_lt(),
                true => order(left, right).is_gt(),
            };
            let choose = |best: Value, value: &Value| match better(value, &best) {
                true => value.clone(),
                false => best,
            };
            let rest = values.iter().skip(1);
            values
                .first()
                .map(|first| rest.fold(first.clone(), choose))
                .unwrap_or_default()
        };
        let sum = || {
            values
                .iter()
                .try_fold(Value::Integer(0), |sum, value| sum.add(value))
        };
        Ok(match name {
            "count" => count(values.len()),
            "collect" => Value::list(values),
            "min" => first(false),
            "max" => first(true),
            "sum" => sum()?,
            _ if values.is_empty() => Value::Null,
            _ => sum()?
                .multiply(&Value::Float(1.0))?
                .divide(&count(values.len()))?,
        })
    }
}

/// The expressions directly inside an expression.
fn children(expression: &Expression) -> Vec<&Expression> {
    let mut children: Vec<&Expression> = Vec::new();
    match &expression.kind {
        E::Literal(_) | E::Parameter(_) | E::Variable(_) | E::CountAll => {}
        // These have rows of their own.
        E::Pattern(_)
        | E::PatternComprehension { .. }
        | E::ShortestPath(_)
        | E::Subquery { .. } => {}
        E::List(items) | E::And(items) | E::Or(items) | E::Xor(items) => children.extend(items),
        E::Call { arguments, .. } => children.extend(arguments),
        E::Map(entries) => children.extend(entries.iter().map(|(_, value)| value)),
        E::Property { base, .. } | E::HasLabels { base, .. } => children.push(base),
        E::Index { base, index } => children.extend([&**base, &**index]),
        E::Slice { base, from, to } => {
            children.push(base);
            children.extend(from.as_deref());
            children.extend(to.as_deref());
        }
        E::Unary { operand, .. } | E::IsNull { operand, .. } => children.push(operand),
        E::Binary { left, right, .. } => children.extend([&**left, &**right]),
        E::Comparison { first, rest } => {
            children.push(first);
            children.extend(rest.iter().map(|(_, right)| right));
        }
        E::Case {
            subject,
            branches,
            otherwise,
        } => {
            children.extend(subject.as_deref());
            children.extend(
                branches
                    .iter()
                    .flat_map(|(condition, result)| [condition, result]),
            );
            children.extend(otherwise.as_deref());
        }
        E::ListComprehension {
            list,
            predicate,
            projection,
            ..
        } => {
            children.push(list);
            children.extend(predicate.as_deref());
            children.extend(projection.as_deref());
        }
        E::Quantifier {
            list, predicate, ..
        } => {
            children.push(list);
            children.extend(predicate.as_deref());
        }
        E::Reduce {
            initial,
            list,
            step,
            ..
        } => children.extend([&**initial, &**list, &**step]),
        E::MapProjection { items, .. } => {
            children.extend(items.iter().filter_map(|item| match item {
                MapProjectionItem::Entry(_, value) => Some(value),
                _ => None,
            }));
        }
        // Not among what is generated.
        _ => {}
    }
    children
}
