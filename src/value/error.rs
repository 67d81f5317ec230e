//! What can be wrong with a value, without a place: `expression` adds where in the query it happened.

/// A fault found while computing with values.
///
/// The variants bear the openCypher TCK's names; [`ValueError::class`] gives the TCK's error type.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ValueError {
    /// An operator or function got a value of a type that it does not take.
    #[error("{operation} takes {expected}, found {found}")]
    InvalidArgumentType {
        /// The operator or function, as a user writes it.
        operation: String,
        /// The types that it takes, in words.
        expected: String,
        /// The type or value that it got.
        found: String,
    },
    /// A function got a value of a type that it can't take, where only the value at hand shows it.
    #[error("{operation} takes {expected}, found {found}")]
    UnsupportedArgument {
        /// The function, as a user writes it.
        operation: String,
        /// The types that it takes, in words.
        expected: String,
        /// The type that it got.
        found: String,
    },
    /// `range()` got a bound or step that is no integer.
    #[error("range takes integers, found {found}")]
    InvalidRangeArgument {
        /// The type of the argument.
        found: String,
    },
    /// `SKIP` or `LIMIT` got something that is no integer.
    #[error("{operation} takes an integer, found {found}")]
    InvalidRowCount {
        /// `SKIP` or `LIMIT`.
        operation: String,
        /// The type of the argument.
        found: String,
    },
    /// A conversion or constructor got a value of the right type that makes no sense.
    #[error("{operation} can't use {found}: {reason}")]
    InvalidArgumentValue {
        /// The operator or function.
        operation: String,
        /// The value as a literal.
        found: String,
        /// Why not.
        reason: String,
    },
    /// A number lies outside of what an operation takes: a step of zero, a percentile above one.
    #[error("{operation} takes {expected}, found {found}")]
    NumberOutOfRange {
        /// The operator or function.
        operation: String,
        /// The range, in words.
        expected: String,
        /// The number.
        found: String,
    },
    /// An integer result does not fit 64 bits.
    #[error("the result of {operation} does not fit a 64-bit integer")]
    IntegerOverflow {
        /// The operation with its operands.
        operation: String,
    },
    /// Integer division or modulo by zero.
    #[error("division by zero")]
    DivisionByZero,
    /// `SKIP` or `LIMIT` got a negative number.
    #[error("{operation} takes a number of rows from 0, found {found}")]
    NegativeIntegerArgument {
        /// `SKIP` or `LIMIT`.
        operation: String,
        /// The number.
        found: i64,
    },
    /// A map was indexed with something that is no string.
    #[error("a map's key is a string, found {found}")]
    MapElementAccessByNonString {
        /// The type of the key.
        found: String,
    },
    /// A list was indexed with something that is no integer.
    #[error("a list's index is an integer, found {found}")]
    ListElementAccessByNonInteger {
        /// The type of the index.
        found: String,
    },
    /// A value can't be stored as a property: a map, an entity, or a list of such.
    #[error("a property holds a scalar, a temporal value or a list of them, found {found}")]
    InvalidPropertyType {
        /// The type of the value.
        found: String,
    },
    /// A value, or all that a statement holds, would take more memory than allowed.
    #[error("the statement needs more than {limit} bytes of memory")]
    MemoryLimit {
        /// The bytes that are allowed.
        limit: usize,
    },
    /// A property or label of an entity was read after the entity was deleted.
    #[error("the {entity} was deleted by this query and has no {asked} any more")]
    DeletedEntityAccess {
        /// `node` or `relationship`.
        entity: &'static str,
        /// What was asked for: `property name`, `labels`.
        asked: String,
    },
}

impl ValueError {
    /// The TCK's error type: `TypeError`, `ArgumentError`, `ArithmeticError`, `EntityNotFound`, `SyntaxError`.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self {
            Self::InvalidArgumentType { .. }
            | Self::InvalidArgumentValue { .. }
            | Self::UnsupportedArgument { .. }
            | Self::MapElementAccessByNonString { .. }
            | Self::ListElementAccessByNonInteger { .. }
            | Self::InvalidPropertyType { .. } => "TypeError",
            Self::NumberOutOfRange { .. } | Self::InvalidRangeArgument { .. } => "ArgumentError",
            Self::IntegerOverflow { .. } | Self::DivisionByZero => "ArithmeticError",
            Self::NegativeIntegerArgument { .. } | Self::InvalidRowCount { .. } => "SyntaxError",
            Self::DeletedEntityAccess { .. } => "EntityNotFound",
            Self::MemoryLimit { .. } => "LimitError",
        }
    }

    /// The TCK's error detail: the name of the variant.
    #[must_use]
    pub fn detail(&self) -> &'static str {
        match self {
            Self::InvalidArgumentType { .. }
            | Self::InvalidRangeArgument { .. }
            | Self::InvalidRowCount { .. } => "InvalidArgumentType",
            Self::InvalidArgumentValue { .. } | Self::UnsupportedArgument { .. } => {
                "InvalidArgumentValue"
            }
            Self::NumberOutOfRange { .. } => "NumberOutOfRange",
            Self::IntegerOverflow { .. } => "IntegerOverflow",
            Self::DivisionByZero => "DivisionByZero",
            Self::NegativeIntegerArgument { .. } => "NegativeIntegerArgument",
            Self::MapElementAccessByNonString { .. } => "MapElementAccessByNonString",
            Self::ListElementAccessByNonInteger { .. } => "ListElementAccessByNonInteger",
            Self::InvalidPropertyType { .. } => "InvalidPropertyType",
            Self::DeletedEntityAccess { .. } => "DeletedEntityAccess",
            Self::MemoryLimit { .. } => "MemoryLimit",
        }
    }

    /// The common fault of a function that got a value of a type it does not take, as only the value at hand shows.
    #[must_use]
    pub fn unsupported(operation: &str, expected: &str, found: &super::Value) -> Self {
        Self::UnsupportedArgument {
            operation: operation.to_owned(),
            expected: expected.to_owned(),
            found: found.type_name().to_owned(),
        }
    }

    /// The common fault of an operation that got a value of a type it does not take.
    #[must_use]
    pub fn invalid_type(operation: &str, expected: &str, found: &super::Value) -> Self {
        Self::InvalidArgumentType {
            operation: operation.to_owned(),
            expected: expected.to_owned(),
            found: found.type_name().to_owned(),
        }
    }
}
