//! The rule `fold-constants`: what depends on no row is computed once.

use std::cell::Cell;

use crate::evidence::Evidence;
use crate::expression::{
    Batch, Column, Context, Evaluation, Expression, ExpressionKind, Interrupt, ResolvedNames,
    Subqueries, SubqueryKind,
};
use crate::function;
use crate::graph::View;
use crate::value::{Map, Value};

/// What would take more bytes is left to the statement, which knows how much it may use.
const LARGEST: usize = 1 << 20;

/// Stands where no subquery can be: what is folded holds none.
struct NoSubqueries;

impl Subqueries for NoSubqueries {
    fn run(&self, _: usize, _: SubqueryKind, _: Vec<Value>, _: &[Value]) -> Evaluation<Value> {
        Ok(Value::Null)
    }

    fn run_all(&self, _: usize, _: SubqueryKind, _: Batch) -> Evaluation<Option<Column>> {
        Ok(None)
    }
}

/// Replaces the expression by its value if it has one whatever the row. One that fails stays, to fail when it runs.
pub(crate) fn fold(expression: &mut Expression, view: &View) {
    if matches!(expression.kind, ExpressionKind::Constant(_)) || !is_constant(expression) {
        return;
    }
    let function = function::Context {
        view,
        evidence: Evidence::none(),
        now: (0, 0),
        random: &Cell::new(0),
        making: function::Making {
            memory: &function::Memory::new(Some(LARGEST)),
            made: &Cell::new(0),
        },
    };
    let ctx = Context {
        function: &function,
        parameters: &Map::default(),
        names: &ResolvedNames::default(),
        subqueries: &NoSubqueries,
        interrupt: &Interrupt::default(),
        is_read_only: true,
    };
    if let Ok(value) = expression.evaluate(&ctx, &Batch::unit(), 0) {
        expression.kind = ExpressionKind::Constant(value);
    }
}

/// Whether the value depends on nothing but the text. Comprehensions are left alone: they may be long.
fn is_constant(expression: &Expression) -> bool {
    use ExpressionKind as K;
    let is_own = match &expression.kind {
        K::Call(function, _) => function.is_constant && function.name != "range",
        K::Parameter(_) | K::Slot(_) | K::Local(_) | K::Path(_) | K::Subquery { .. } => false,
        K::ListComprehension { .. }
        | K::Quantifier { .. }
        | K::Reduce { .. }
        | K::MapProjection { .. } => false,
        _ => true,
    };
    is_own && expression.children().into_iter().all(is_constant)
}
