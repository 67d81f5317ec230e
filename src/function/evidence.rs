//! Functions over the evidence of facts.

use std::sync::Arc;

use super::{Context, Function, refuse};
use crate::evidence::Claim;
use crate::value::{Map, Type, Value};

const ENTITY: Type = Type::NODE.union(Type::RELATIONSHIP);

pub(super) const FUNCTIONS: &[Function] = &[Function::new(
    "evidence(entity)",
    &[ENTITY],
    Type::LIST,
    |ctx, arguments| match claims(ctx, &arguments[0]) {
        Some(claims) => Ok(claims
            .into_iter()
            .map(|claim| {
                let columns = COLUMNS.iter().map(|(name, _)| Arc::from(*name));
                Value::from(columns.zip(row(ctx, claim)).collect::<Map>())
            })
            .collect()),
        None => refuse("evidence", arguments),
    },
    "Gives the claims of documents that support a node or relationship: a list of maps.",
)];

/// What is told of a claim.
pub(super) const COLUMNS: [(&str, Type); 9] = [
    ("document", Type::STRING),
    ("title", Type::STRING),
    ("source", Type::STRING),
    ("date", Type::STRING),
    ("quote", Type::STRING),
    ("start", Type::INTEGER),
    ("end", Type::INTEGER),
    ("rule", Type::STRING),
    ("status", Type::STRING),
];

/// The claims that support an entity; `None` for any other value.
pub(super) fn claims<'c>(ctx: &'c Context<'_>, entity: &Value) -> Option<Vec<&'c Claim>> {
    match entity {
        Value::Node(node) => Some(ctx.evidence.of_node(*node).collect()),
        Value::Relationship(id) => Some(ctx.evidence.of_relationship(ctx.view, *id)),
        _ => None,
    }
}

/// A value for each of the [`COLUMNS`].
pub(super) fn row(ctx: &Context<'_>, claim: &Claim) -> [Value; 9] {
    let document = ctx.evidence.document(claim);
    let (_, quote, _) = ctx.evidence.quotation(claim);
    [
        document.id.as_str().into(),
        document.title.as_deref().into(),
        document.source.as_deref().into(),
        document.date.as_deref().into(),
        quote.into(),
        i64::from(claim.start).into(),
        i64::from(claim.end).into(),
        Value::String(claim.rule.clone()),
        claim.status.name().into(),
    ]
}
