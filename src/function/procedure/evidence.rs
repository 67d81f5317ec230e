//! `tupu.evidence`, `tupu.conflicts`: what supports a fact, and which facts contradict each other.

use super::{Argument, Context, Procedure};
use crate::evidence::{Side, conflicts};
use crate::function::evidence::{COLUMNS, claims, row};
use crate::value::{Type, Value};

pub(super) static EVIDENCE: Procedure = Procedure {
    name: "tupu.evidence",
    arguments: &[Argument::required(
        "entity",
        Type::NODE.union(Type::RELATIONSHIP),
    )],
    columns: &COLUMNS,
    is_write: false,
    summary: "Lists the claims of documents that support a node or relationship: the quotation, where it stands in \
              the original text (in characters), and the rule that found it.",
    body: |ctx, arguments| {
        let claims = claims(ctx, &arguments[0]).unwrap_or_default();
        Ok(claims
            .into_iter()
            .map(|claim| row(ctx, claim).to_vec())
            .collect())
    },
};

pub(super) static CONFLICTS: Procedure = Procedure {
    name: "tupu.conflicts",
    arguments: &[],
    columns: &[
        ("subject", Type::NODE),
        ("measure", Type::STRING),
        ("period", Type::STRING),
        ("value", Type::ANY),
        ("documents", Type::LIST),
        ("quote", Type::STRING),
        ("otherValue", Type::ANY),
        ("otherDocuments", Type::LIST),
        ("otherQuote", Type::STRING),
    ],
    is_write: false,
    summary: "Lists facts that contradict each other: other values of a measure for the same subject and period, \
              or other formulas (6+3 beside 9+2), each with its documents and the first quotation.",
    body: |ctx, _| Ok(rows(ctx)),
};

fn rows(ctx: &Context<'_>) -> Vec<Vec<Value>> {
    let found = conflicts(ctx.view).into_iter().map(|conflict| {
        let mut row = vec![
            conflict.subject.into(),
            Value::String(conflict.measure),
            conflict.period.map_or(Value::Null, Value::String),
        ];
        row.extend(side(ctx, conflict.left));
        row.extend(side(ctx, conflict.right));
        row
    });
    found.collect()
}

fn side(ctx: &Context<'_>, side: Side) -> [Value; 3] {
    let claims = ctx.evidence.of_relationship(ctx.view, side.relationship);
    let quote = claims.first().map(|claim| ctx.evidence.quotation(claim).1);
    let mut documents: Vec<&str> = claims
        .iter()
        .map(|claim| &*ctx.evidence.document(claim).id)
        .collect();
    documents.sort_unstable();
    documents.dedup();
    let documents = documents.into_iter().map(Value::from).collect();
    [side.value, Value::list(documents), quote.into()]
}
