//! What the static checks can find wrong.

use std::sync::Arc;

use crate::source::Span;

/// A fault in a statement's meaning, found before it runs.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{kind}")]
pub struct SemanticError {
    /// What is wrong.
    pub kind: SemanticErrorKind,
    /// Where.
    pub span: Span,
}

/// What can be wrong; the variants bear the openCypher TCK's names.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SemanticErrorKind {
    /// A variable that no clause before binds.
    #[error("the variable `{name}` is not defined here")]
    UndefinedVariable {
        /// Its name.
        name: Arc<str>,
        /// A variable in scope with a name like it.
        nearest: Option<Arc<str>>,
    },
    /// A variable that is bound already where a new one is needed.
    #[error("the variable `{name}` is already bound")]
    VariableAlreadyBound {
        /// Its name.
        name: Arc<str>,
    },
    /// A variable used as two different kinds of thing.
    #[error("`{name}` is {found}, and {expected} is needed here")]
    VariableTypeConflict {
        /// Its name.
        name: Arc<str>,
        /// What it is, in words.
        found: String,
        /// What is needed, in words.
        expected: String,
    },
    /// An argument that can never have the right type.
    #[error("{operation} takes {expected}, found {found}")]
    InvalidArgumentType {
        /// The operator, function or clause.
        operation: String,
        /// What it takes, in words.
        expected: String,
        /// What it got, in words.
        found: String,
    },
    /// The property of something that has none.
    #[error(".{key} takes a NODE, RELATIONSHIP, MAP or temporal value before it, found {found}")]
    NoProperties {
        /// The property key.
        key: Arc<str>,
        /// The type of what stands before it.
        found: String,
        /// Whether that is a path, which the kit counts among the faults of syntax.
        is_path: bool,
    },
    /// An aggregate function where rows are not grouped.
    #[error("{name} aggregates over rows, which is possible only in WITH and RETURN")]
    InvalidAggregation {
        /// The function.
        name: Arc<str>,
    },
    /// An aggregate function inside another.
    #[error("{name} can't stand inside another aggregating function")]
    NestedAggregation {
        /// The function.
        name: Arc<str>,
    },
    /// An expression mixes an aggregate with something that is no grouping key.
    #[error("`{name}` stands beside an aggregating function and is no grouping key of its own")]
    AmbiguousAggregationExpression {
        /// The variable or property.
        name: Arc<str>,
    },
    /// Two columns of one name.
    #[error("the column `{name}` is there twice")]
    ColumnNameConflict {
        /// The name.
        name: Arc<str>,
    },
    /// `UNION` of queries with different columns.
    #[error("the parts of a UNION need the same columns: {left} and {right}")]
    DifferentColumnsInUnion {
        /// The columns before.
        left: String,
        /// The columns after.
        right: String,
    },
    /// An expression in `WITH` without a name.
    #[error("an expression in WITH needs a name")]
    NoExpressionAlias,
    /// Clauses in an order that has no meaning.
    #[error("{reason}")]
    InvalidClauseComposition {
        /// What is wrong with it, in words.
        reason: String,
    },
    /// `RETURN *` or `WITH *` where there is no variable.
    #[error("`*` stands for all variables, and there is none here")]
    NoVariablesInScope,
    /// A relationship to be created without exactly one type.
    #[error("a relationship to be created needs exactly one type")]
    NoSingleRelationshipType,
    /// A relationship to be created without a direction.
    #[error("a relationship to be created needs a direction")]
    RequiresDirectedRelationship,
    /// A variable length in a pattern to be created.
    #[error("a pattern of variable length can't be created")]
    CreatingVarLength,
    /// A relationship pattern that has no meaning where it stands.
    #[error("{reason}")]
    InvalidRelationshipPattern {
        /// What is wrong with it, in words.
        reason: String,
    },
    /// A relationship variable that stands twice in one pattern.
    #[error(
        "the relationship `{name}` stands twice in one pattern, and a pattern never uses a relationship twice"
    )]
    RelationshipUniquenessViolation {
        /// Its name.
        name: Arc<str>,
    },
    /// A parameter where a map must be written out.
    #[error("a pattern to be matched needs its properties written out, not as a parameter")]
    InvalidParameterUse,
    /// A count of rows that depends on rows.
    #[error("{operation} takes an expression without variables")]
    NonConstantExpression {
        /// `SKIP` or `LIMIT`.
        operation: &'static str,
    },
    /// A negative count of rows.
    #[error("{operation} takes a number of rows from 0, found {found}")]
    NegativeIntegerArgument {
        /// `SKIP` or `LIMIT`.
        operation: &'static str,
        /// The number.
        found: i64,
    },
    /// A function that does not exist.
    #[error("there is no function {name}")]
    UnknownFunction {
        /// Its name.
        name: Arc<str>,
        /// A function with a name like it.
        nearest: Option<Arc<str>>,
    },
    /// A call with too few or too many arguments.
    #[error("{name} takes {expected}, found {found}")]
    InvalidNumberOfArguments {
        /// The function or procedure.
        name: Arc<str>,
        /// How many, in words.
        expected: String,
        /// How many were given.
        found: usize,
    },
    /// A procedure that does not exist.
    #[error("there is no procedure {name}")]
    ProcedureNotFound {
        /// Its name.
        name: Arc<str>,
        /// A procedure with a name like it.
        nearest: Option<Arc<str>>,
    },
    /// A call without parentheses inside a query.
    #[error("inside a query, the arguments of a procedure stand in parentheses")]
    InvalidArgumentPassingMode,
    /// A parameter that was not given.
    #[error("the parameter ${name} has no value")]
    MissingParameter {
        /// The parameter.
        name: Arc<str>,
    },
    /// A call inside a query that does not say which of the procedure's columns it uses.
    #[error("inside a query, a call names the columns that it uses: {procedure} has {columns}")]
    MissingYield {
        /// The procedure.
        procedure: Arc<str>,
        /// The columns that it has.
        columns: String,
    },
    /// A yielded column that the procedure does not have.
    #[error("the procedure {procedure} has no column {name}; it has {columns}")]
    UnknownYield {
        /// The procedure.
        procedure: Arc<str>,
        /// The column.
        name: Arc<str>,
        /// The columns that it has.
        columns: String,
    },
    /// Something that only `MERGE` or only `MATCH` can do.
    #[error("{reason}")]
    InvalidDelete {
        /// What is wrong, in words.
        reason: String,
    },
    /// An expression where it has no meaning.
    #[error("{reason}")]
    UnexpectedSyntax {
        /// What is wrong, in words.
        reason: String,
    },
}

impl SemanticError {
    /// A fault at a place.
    #[must_use]
    pub fn new(kind: SemanticErrorKind, span: Span) -> Self {
        Self { kind, span }
    }

    /// The TCK's error type.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self.kind {
            SemanticErrorKind::ProcedureNotFound { .. } => "ProcedureError",
            SemanticErrorKind::MissingParameter { .. } => "ParameterMissing",
            SemanticErrorKind::NoProperties { is_path: false, .. } => "TypeError",
            _ => "SyntaxError",
        }
    }

    /// The TCK's error detail.
    #[must_use]
    pub fn detail(&self) -> &'static str {
        use SemanticErrorKind as K;
        match self.kind {
            K::UndefinedVariable { .. } | K::UnknownYield { .. } | K::MissingYield { .. } => {
                "UndefinedVariable"
            }
            K::VariableAlreadyBound { .. } => "VariableAlreadyBound",
            K::VariableTypeConflict { .. } => "VariableTypeConflict",
            K::InvalidArgumentType { .. } | K::NoProperties { .. } => "InvalidArgumentType",
            K::InvalidAggregation { .. } => "InvalidAggregation",
            K::NestedAggregation { .. } => "NestedAggregation",
            K::AmbiguousAggregationExpression { .. } => "AmbiguousAggregationExpression",
            K::ColumnNameConflict { .. } => "ColumnNameConflict",
            K::DifferentColumnsInUnion { .. } => "DifferentColumnsInUnion",
            K::NoExpressionAlias => "NoExpressionAlias",
            K::InvalidClauseComposition { .. } => "InvalidClauseComposition",
            K::NoVariablesInScope => "NoVariablesInScope",
            K::NoSingleRelationshipType => "NoSingleRelationshipType",
            K::RequiresDirectedRelationship => "RequiresDirectedRelationship",
            K::CreatingVarLength => "CreatingVarLength",
            K::InvalidRelationshipPattern { .. } => "InvalidRelationshipPattern",
            K::RelationshipUniquenessViolation { .. } => "RelationshipUniquenessViolation",
            K::InvalidParameterUse => "InvalidParameterUse",
            K::NonConstantExpression { .. } => "NonConstantExpression",
            K::NegativeIntegerArgument { .. } => "NegativeIntegerArgument",
            K::UnknownFunction { .. } => "UnknownFunction",
            K::InvalidNumberOfArguments { .. } => "InvalidNumberOfArguments",
            K::ProcedureNotFound { .. } => "ProcedureNotFound",
            K::InvalidArgumentPassingMode => "InvalidArgumentPassingMode",
            K::MissingParameter { .. } => "MissingParameter",
            K::InvalidDelete { .. } => "InvalidDelete",
            K::UnexpectedSyntax { .. } => "UnexpectedSyntax",
        }
    }

    /// What to do about it, where that can be guessed.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        use SemanticErrorKind as K;
        match &self.kind {
            K::UndefinedVariable {
                nearest: Some(name),
                ..
            }
            | K::UnknownFunction {
                nearest: Some(name),
                ..
            }
            | K::ProcedureNotFound {
                nearest: Some(name),
                ..
            } => Some(format!("did you mean `{name}`?")),
            K::MissingYield { .. } => Some("write `YIELD` and the columns behind it".to_owned()),
            K::NoExpressionAlias => Some("write `expression AS name`".to_owned()),
            K::InvalidAggregation { name } => Some(format!(
                "compute it first: `WITH …, {name}(…) AS x`, then use `x` in the next clause"
            )),
            K::AmbiguousAggregationExpression { name } => Some(format!(
                "make it a grouping key first: `WITH {name} AS key, …`"
            )),
            _ => None,
        }
    }
}
