//! `Argument`: the rows from outside.

use std::sync::Arc;

use super::{Execution, ExecutionContext, Operator};
use crate::expression::Batch;

/// Gives the rows from outside, once.
pub(crate) struct Argument {
    rows: Option<Arc<Batch>>,
}

impl Argument {
    pub(crate) fn new(width: usize) -> Self {
        let mut rows = Batch::unit();
        rows.widen(width);
        Self {
            rows: Some(Arc::new(rows)),
        }
    }
}

impl Operator for Argument {
    fn next(&mut self, _: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        Ok(self
            .rows
            .take()
            .map(Arc::unwrap_or_clone)
            .filter(|batch| !batch.is_empty()))
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.rows = Some(argument.clone());
    }
}
