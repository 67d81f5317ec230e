//! Functions over lists.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{Context, Function, Range, refuse};
use crate::value::{Equivalent, Type, Value, ValueError, equivalent, order};

const TEXT_OR_LIST: Type = Type::STRING.union(Type::LIST);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "size(list)",
        &[TEXT_OR_LIST],
        Type::INTEGER,
        |_, arguments| match arguments {
            [Value::List(items)] => Ok(count(items.len())),
            [Value::String(text)] => Ok(count(text.chars().count())),
            _ => refuse("size", arguments),
        },
        "Counts the items of a list or the characters of a text.",
    ),
    Function::new(
        "isEmpty(list)",
        &[TEXT_OR_LIST.union(Type::MAP)],
        Type::BOOLEAN,
        |_, arguments| match arguments {
            [Value::List(items)] => Ok(items.is_empty().into()),
            [Value::String(text)] => Ok(text.is_empty().into()),
            [Value::Map(map)] => Ok(map.is_empty().into()),
            _ => refuse("isEmpty", arguments),
        },
        "Tells whether a list, map or text has nothing in it.",
    ),
    Function::new(
        "head(list)",
        &[Type::LIST],
        Type::ANY,
        |_, arguments| match arguments {
            [Value::List(items)] => Ok(items.first().cloned().unwrap_or_default()),
            _ => refuse("head", arguments),
        },
        "Gives the first item of a list, null of an empty one.",
    ),
    Function::new(
        "last(list)",
        &[Type::LIST],
        Type::ANY,
        |_, arguments| match arguments {
            [Value::List(items)] => Ok(items.last().cloned().unwrap_or_default()),
            _ => refuse("last", arguments),
        },
        "Gives the last item of a list, null of an empty one.",
    ),
    Function::new(
        "tail(list)",
        &[Type::LIST],
        Type::LIST,
        |_, arguments| match arguments {
            [Value::List(items)] => Ok(Value::List(items.get(1..).unwrap_or_default().into())),
            _ => refuse("tail", arguments),
        },
        "Gives all items of a list but the first.",
    ),
    Function::new(
        "reverse(list)",
        &[TEXT_OR_LIST],
        TEXT_OR_LIST,
        |_, arguments| match arguments {
            [Value::List(items)] => Ok(Value::List(items.iter().rev().cloned().collect())),
            [Value::String(text)] => Ok(text.chars().rev().collect::<String>().into()),
            _ => refuse("reverse", arguments),
        },
        "Turns a list or a text around.",
    ),
    Function::new(
        // The types are checked when the function runs: the standard asks for a runtime error here.
        "range(start, end [, step])",
        &[Type::ANY, Type::ANY, Type::ANY],
        Type::LIST,
        |ctx, arguments| {
            let range = Range::new(arguments)?;
            let count = usize::try_from(range.count_left()).unwrap_or(usize::MAX);
            ctx.making.make(count.saturating_mul(size_of::<Value>()))?;
            range.into_list()
        },
        "Gives the integers from start to end, both included, in steps of 1 or of step.",
    )
    .optional(1),
    Function::new(
        "coll.distinct(list)",
        &[Type::LIST],
        Type::LIST,
        |_, arguments| match arguments {
            [Value::List(items)] => Ok(distinct(items)),
            _ => refuse("coll.distinct", arguments),
        },
        "Gives each of the items once, in the order of their first places.",
    ),
    Function::new(
        "coll.flatten(list [, depth])",
        &[Type::LIST, Type::INTEGER],
        Type::LIST,
        |ctx, arguments| match arguments {
            [Value::List(items)] => flatten(ctx, items, 1),
            [Value::List(items), Value::Integer(depth)] => flatten(ctx, items, *depth),
            _ => refuse("coll.flatten", arguments),
        },
        "Puts the items of lists in a list in their place, one level deep or depth levels.",
    )
    .optional(1),
    Function::new(
        "coll.indexOf(list, value)",
        &[Type::LIST, Type::ANY],
        Type::INTEGER,
        |_, arguments| match arguments {
            [Value::List(items), value] => {
                let position = items.iter().position(|item| equivalent(item, value));
                Ok(position.map_or(Value::Integer(-1), count))
            }
            _ => refuse("coll.indexOf", arguments),
        },
        "Gives the first position of a value in a list, -1 where it is not in it.",
    ),
    Function::new(
        "coll.max(list)",
        &[Type::LIST],
        Type::ANY,
        |_, arguments| match arguments {
            [Value::List(items)] => Ok(known(items)
                .max_by(|a, b| order(a, b))
                .cloned()
                .unwrap_or_default()),
            _ => refuse("coll.max", arguments),
        },
        "Gives the greatest item of a list, nulls left out.",
    ),
    Function::new(
        "coll.min(list)",
        &[Type::LIST],
        Type::ANY,
        |_, arguments| match arguments {
            [Value::List(items)] => Ok(known(items)
                .min_by(|a, b| order(a, b))
                .cloned()
                .unwrap_or_default()),
            _ => refuse("coll.min", arguments),
        },
        "Gives the least item of a list, nulls left out.",
    ),
    Function::new(
        "coll.sort(list)",
        &[Type::LIST],
        Type::LIST,
        |_, arguments| match arguments {
            [Value::List(items)] => {
                let mut sorted = items.to_vec();
                sorted.sort_by(order);
                Ok(sorted.into())
            }
            _ => refuse("coll.sort", arguments),
        },
        "Sorts a list as ORDER BY does.",
    ),
];

/// A count as a value.
pub(super) fn count(count: usize) -> Value {
    Value::Integer(i64::try_from(count).expect("what is counted is in memory"))
}

/// Applies a conversion to each item.
pub(super) fn map_items(
    items: &[Value],
    convert: impl Fn(&Value) -> Result<Value, ValueError>,
) -> Result<Value, ValueError> {
    Ok(Value::List(
        items.iter().map(convert).collect::<Result<Arc<[_]>, _>>()?,
    ))
}

fn known(items: &[Value]) -> impl Iterator<Item = &Value> {
    items.iter().filter(|item| !item.is_null())
}

fn distinct(items: &[Value]) -> Value {
    let mut seen = FxHashSet::default();
    let is_new = |item: &&Value| seen.insert(Equivalent((*item).clone()));
    Value::List(items.iter().filter(is_new).cloned().collect())
}

fn flatten(ctx: &Context<'_>, items: &[Value], depth: i64) -> Result<Value, ValueError> {
    let mut flat = items.to_vec();
    for _ in 0..depth {
        if !flat.iter().any(|item| matches!(item, Value::List(_))) {
            break;
        }
        // Lists that are shared multiply when they are written out.
        let lens = flat.iter().map(|item| match item {
            Value::List(items) => items.len(),
            _ => 1,
        });
        let len = lens.fold(0, usize::saturating_add);
        ctx.making.make(len.saturating_mul(size_of::<Value>()))?;
        let mut deeper = Vec::with_capacity(len);
        for item in flat {
            match item {
                Value::List(items) => deeper.extend_from_slice(&items),
                other => deeper.push(other),
            }
        }
        flat = deeper;
    }
    Ok(flat.into())
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn sizes() {
        check(
            "size",
            &[
                ("[1, null]", "2"),
                ("'比亚迪'", "3"),
                ("''", "0"),
                ("null", "null"),
                (
                    "1",
                    "InvalidArgumentValue: size takes STRING or LIST, found INTEGER",
                ),
            ],
        );
        check(
            "isEmpty",
            &[
                ("[]", "true"),
                ("{}", "true"),
                ("' '", "false"),
                ("[null]", "false"),
            ],
        );
    }

    #[test]
    fn parts_of_lists() {
        check("head", &[("[1, 2]", "1"), ("[]", "null"), ("null", "null")]);
        check("last", &[("[1, 2]", "2"), ("[]", "null")]);
        check(
            "tail",
            &[("[1, 2, 3]", "[2, 3]"), ("[1]", "[]"), ("[]", "[]")],
        );
        check(
            "reverse",
            &[
                ("[1, null, 'a']", "['a', null, 1]"),
                ("'比亚迪'", "'迪亚比'"),
            ],
        );
    }

    #[test]
    fn collections() {
        check(
            "coll.distinct",
            &[("[1, 1.0, null, 'a', null]", "[1, null, 'a']")],
        );
        check(
            "coll.flatten",
            &[
                ("[1, [2, [3]]]", "[1, 2, [3]]"),
                ("[1, [2, [3]]], 9223372036854775807", "[1, 2, 3]"),
                ("[[1]], 0", "[[1]]"),
            ],
        );
        check("coll.indexOf", &[("['a', 1], 1.0", "1"), ("[], 1", "-1")]);
        check("coll.max", &[("[1, null, 2.5]", "2.5"), ("[null]", "null")]);
        check("coll.min", &[("[1, null, 'a']", "'a'")]);
        check("coll.sort", &[("[2, null, 'a', 1]", "['a', 1, 2, null]")]);
    }
}
