//! What an evaluation can fail with, and where.

use std::sync::Arc;
use std::time::Duration;

use crate::function::{Bytes, OverLimit};
use crate::source::Span;
use crate::value::ValueError;

/// A fault found while evaluating, with its place in the query.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{kind}")]
pub struct EvaluationError {
    /// What is wrong.
    pub kind: EvaluationErrorKind,
    /// Where.
    pub span: Span,
}

/// What can be wrong in an evaluation.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EvaluationErrorKind {
    /// A value does not fit.
    #[error(transparent)]
    Value(ValueError),
    /// A parameter of the query was not given.
    #[error("the parameter ${name} has no value")]
    MissingParameter {
        /// Its name.
        name: Arc<str>,
    },
    /// The statement was stopped.
    #[error(transparent)]
    Interrupted(#[from] Interruption),
    /// A subquery that must give one column gave another number.
    #[error("MERGE can't look for the property {key} with the value null")]
    MergeReadOwnWrites {
        /// The property.
        key: Arc<str>,
    },
}

/// Why a statement was stopped before its end.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Interruption {
    /// The user cancelled it.
    #[error("the statement was cancelled")]
    Cancelled,
    /// It took longer than allowed.
    #[error("the statement took longer than {} s", limit.as_secs_f64())]
    Timeout {
        /// The time that was allowed.
        limit: Duration,
    },
    /// It gave more rows than allowed.
    #[error("the statement gives more than {limit} rows")]
    RowLimit {
        /// The number that was allowed.
        limit: usize,
    },
    /// One of its values lay too deep in lists and maps.
    #[error("a value is nested more than {limit} lists or maps deep")]
    NestingLimit {
        /// How deep it may be.
        limit: usize,
    },
    /// It needed more memory than allowed.
    #[error("the statement needs more than {} of memory", Bytes(*limit))]
    MemoryLimit {
        /// The bytes that were allowed.
        limit: usize,
    },
    /// It needed more memory than its transaction left.
    #[error(
        "the transaction needs more than {} of memory, of which {} hold what it has changed before this statement",
        Bytes(*limit),
        Bytes(*changed)
    )]
    TransactionMemoryLimit {
        /// The bytes that were allowed.
        limit: usize,
        /// The bytes of what the statements before it have changed.
        changed: usize,
    },
}

impl From<ValueError> for EvaluationErrorKind {
    fn from(error: ValueError) -> Self {
        match error {
            ValueError::MemoryLimit { limit } => Interruption::MemoryLimit { limit }.into(),
            error => Self::Value(error),
        }
    }
}

impl From<OverLimit> for Interruption {
    fn from(error: OverLimit) -> Self {
        Self::MemoryLimit { limit: error.limit }
    }
}

impl EvaluationError {
    /// A fault of a value at a place.
    #[must_use]
    pub fn value(kind: ValueError, span: Span) -> Box<Self> {
        Box::new(Self {
            kind: kind.into(),
            span,
        })
    }

    /// An interruption; it has no place of its own.
    #[must_use]
    pub fn interrupted(interruption: Interruption, span: Span) -> Box<Self> {
        Box::new(Self {
            kind: interruption.into(),
            span,
        })
    }
}
