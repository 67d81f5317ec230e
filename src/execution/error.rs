//! What running a plan can fail with.

use crate::expression::{EvaluationError, Interruption};
use crate::graph::GraphError;
use crate::source::Span;
use crate::value::ValueError;

/// The result of a step of execution; the error is boxed, since it is rare and large.
pub type Execution<T> = Result<T, Box<ExecutionError>>;

/// A fault found while a plan runs.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ExecutionError {
    /// An expression could not be evaluated, or the statement was interrupted.
    #[error(transparent)]
    Evaluation(EvaluationError),
    /// The graph refused a write.
    #[error("{error}")]
    Graph {
        /// Why.
        error: GraphError,
        /// The place in the query.
        span: Span,
    },
}

impl From<Box<EvaluationError>> for Box<ExecutionError> {
    fn from(error: Box<EvaluationError>) -> Self {
        Box::new(ExecutionError::Evaluation(*error))
    }
}

impl From<Interruption> for Box<ExecutionError> {
    fn from(interruption: Interruption) -> Self {
        EvaluationError::interrupted(interruption, Span::default()).into()
    }
}

impl ExecutionError {
    /// A fault of a value at a place.
    pub(crate) fn value(kind: ValueError, span: Span) -> Box<Self> {
        EvaluationError::value(kind, span).into()
    }

    /// A write that the graph refused.
    pub(crate) fn graph(error: GraphError, span: Span) -> Box<Self> {
        Box::new(Self::Graph { error, span })
    }
}
