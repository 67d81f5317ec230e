//! Functions over values of any type: `coalesce`, `nullIf`, `exists`, `valueType`, `randomUUID`.

use super::{Function, random};
use crate::value::{Type, Value, equals};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "coalesce(value, …)",
        &[Type::ANY],
        Type::ANY,
        |_, arguments| {
            Ok(arguments
                .iter()
                .find(|value| !value.is_null())
                .cloned()
                .unwrap_or_default())
        },
        "Gives the first argument that is not null.",
    )
    .variadic()
    .lenient(),
    Function::new(
        "nullIf(value, other)",
        &[Type::ANY, Type::ANY],
        Type::ANY,
        |_, arguments| match equals(&arguments[0], &arguments[1]) {
            Some(true) => Ok(Value::Null),
            _ => Ok(arguments[0].clone()),
        },
        "Gives null where the two are equal, else the first.",
    )
    .lenient(),
    Function::new(
        "exists(value)",
        &[Type::ANY],
        Type::BOOLEAN,
        |_, arguments| Ok((!arguments[0].is_null()).into()),
        "Tells whether a property is there, that is, not null.",
    )
    .lenient(),
    Function::new(
        "valueType(value)",
        &[Type::ANY],
        Type::STRING,
        |_, arguments| Ok(value_type(&arguments[0]).into()),
        "Names the type of a value: 'INTEGER NOT NULL', 'LIST<STRING NOT NULL> NOT NULL'.",
    )
    .lenient(),
    Function::new(
        "randomUUID()",
        &[],
        Type::STRING,
        |ctx, _| Ok(random::uuid(ctx).into()),
        "Gives a new random UUID.",
    )
    .volatile(),
];

fn value_type(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::List(items) => format!("LIST<{}> NOT NULL", item_types(items)),
        other => format!("{} NOT NULL", precise_name(other)),
    }
}

fn precise_name(value: &Value) -> &'static str {
    match value {
        Value::Time(_) => "ZONED TIME",
        Value::DateTime(_) => "ZONED DATETIME",
        other => other.type_name(),
    }
}

/// The types of all items, each once, in a fixed order; without `NOT NULL` where an item is null.
fn item_types(items: &[Value]) -> String {
    const ORDER: [&str; 14] = [
        "BOOLEAN",
        "STRING",
        "INTEGER",
        "FLOAT",
        "DATE",
        "LOCAL TIME",
        "ZONED TIME",
        "LOCAL DATETIME",
        "ZONED DATETIME",
        "DURATION",
        "NODE",
        "RELATIONSHIP",
        "MAP",
        "PATH",
    ];
    let has_null = items.iter().any(Value::is_null);
    let mut types: Vec<String> = items
        .iter()
        .filter(|item| !item.is_null())
        .map(value_type)
        .collect();
    let place = |name: &str| {
        let name = name.trim_end_matches(" NOT NULL");
        ORDER
            .iter()
            .position(|known| *known == name)
            .unwrap_or(ORDER.len())
    };
    types.sort_by(|left, right| place(left).cmp(&place(right)).then_with(|| left.cmp(right)));
    types.dedup();
    match (types.is_empty(), has_null) {
        (true, true) => "NULL".to_owned(),
        (true, false) => "NOTHING".to_owned(),
        (false, true) => {
            let nullable = types.iter().map(|name| name.trim_end_matches(" NOT NULL"));
            nullable.collect::<Vec<_>>().join(" | ")
        }
        (false, false) => types.join(" | "),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn choices() {
        check(
            "coalesce",
            &[
                ("null, 'x', 1", "'x'"),
                ("null", "null"),
                ("false, true", "false"),
            ],
        );
        check(
            "nullIf",
            &[
                ("1, 1.0", "null"),
                ("1, 2", "1"),
                ("1, null", "1"),
                ("null, 1", "null"),
            ],
        );
        check("exists", &[("null", "false"), ("false", "true")]);
    }

    #[test]
    fn types_of_values() {
        check(
            "valueType",
            &[
                ("null", "'NULL'"),
                ("1", "'INTEGER NOT NULL'"),
                ("[]", "'LIST<NOTHING> NOT NULL'"),
                ("[null]", "'LIST<NULL> NOT NULL'"),
                (
                    "[1, 'a', true, 2]",
                    "'LIST<BOOLEAN NOT NULL | STRING NOT NULL | INTEGER NOT NULL> NOT NULL'",
                ),
                ("[1.5, null]", "'LIST<FLOAT> NOT NULL'"),
                (
                    "[[1], ['a']]",
                    "'LIST<LIST<INTEGER NOT NULL> NOT NULL | LIST<STRING NOT NULL> NOT NULL> NOT NULL'",
                ),
                ("{a: 1}", "'MAP NOT NULL'"),
                ("(#1)", "'NODE NOT NULL'"),
            ],
        );
    }
}
