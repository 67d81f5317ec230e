//! Which slots of a row an expression reads.

use crate::expression::{Expression, ExpressionKind, PathStep};

/// What an expression needs of its row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Needs {
    /// The slots that it names.
    pub slots: Vec<usize>,
    /// Whether it holds a subquery, which may look at the whole row.
    pub has_subquery: bool,
}

pub(crate) fn needs(expression: &Expression) -> Needs {
    let mut needs = Needs::default();
    expression.walk(&mut |expression| match &expression.kind {
        ExpressionKind::Slot(slot) => needs.slots.push(*slot),
        ExpressionKind::Path(steps) => needs.slots.extend(steps.iter().map(|step| match step {
            PathStep::Node(slot) | PathStep::Relationship(slot) => *slot,
        })),
        ExpressionKind::Subquery { .. } => needs.has_subquery = true,
        _ => {}
    });
    needs
}
