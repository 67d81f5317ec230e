//! `Union`: the rows of all inputs.

use std::sync::Arc;

use super::operator::Input;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::Batch;

/// The rows of the inputs, one input after the other.
pub(crate) struct Union<'a> {
    inputs: Vec<Input<'a>>,
    at: usize,
}

impl<'a> Union<'a> {
    pub(crate) fn new(inputs: Vec<Input<'a>>) -> Self {
        Self { inputs, at: 0 }
    }
}

impl Operator for Union<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        while let Some(input) = self.inputs.get_mut(self.at) {
            if let Some(batch) = input.next(ctx)? {
                return Ok(Some(batch));
            }
            self.at += 1;
        }
        Ok(None)
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.inputs
            .iter_mut()
            .for_each(|input| input.reset(argument));
        self.at = 0;
    }
}
