//! Whatever a statement, a file or a limit can fail with.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::TransactionError;
use crate::algebra::{SemanticError, SemanticErrorKind};
use crate::execution::ExecutionError;
use crate::expression::{EvaluationError, EvaluationErrorKind, Interruption};
use crate::format::ron::FormatError;
use crate::graph::GraphError;
use crate::ontology::Finding;
use crate::source::{Source, Span};
use crate::store::StoreError;
use crate::syntax::SyntaxError;

/// Whatever a statement, a file or a limit can fail with.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text is no statement.
    #[error(transparent)]
    Syntax(Box<SyntaxError>),
    /// The statement has no meaning.
    #[error(transparent)]
    Semantic(Box<SemanticError>),
    /// The statement failed while it ran.
    #[error(transparent)]
    Execution(Box<ExecutionError>),
    /// A statement that writes, where only reading is allowed.
    #[error("the statement writes, and this session only reads")]
    ReadOnly,
    /// `BEGIN`, `COMMIT` or `ROLLBACK` where it makes no sense.
    #[error(transparent)]
    Transaction(#[from] TransactionError),
    /// Another transaction was writing all the time that the statement was willing to wait.
    #[error("another transaction is writing, and did not end within {}", seconds(*patience))]
    Busy {
        /// How long the statement waited.
        patience: Duration,
    },
    /// What a statement wrote, or what is in a graph, is not allowed by its ontology.
    #[error("the ontology does not allow this: {}", ontology_faults(findings))]
    Ontology {
        /// The rules that do not hold; never empty.
        findings: Vec<Finding>,
        /// Where in the statement, or nowhere.
        span: Span,
    },
    /// A file is no graph.
    #[error(transparent)]
    Format(Box<FormatError>),
    /// A file can't be read or written.
    #[error("{}: {reason}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// A durable file can't be opened, or does not take a commit.
    #[error("{}: {error}", path.display())]
    Store {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: Box<StoreError>,
    },
    /// A file is not UTF-8.
    #[error("{}: not UTF-8 text (byte {offset})", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
        /// The first byte that is not part of a character.
        offset: usize,
    },
}

/// When a fault was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Before the statement ran.
    CompileTime,
    /// While it ran.
    Runtime,
}

impl Phase {
    /// The phase in the words of the openCypher TCK.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CompileTime => "compile time",
            Self::Runtime => "runtime",
        }
    }
}

impl From<Box<SemanticError>> for Error {
    fn from(error: Box<SemanticError>) -> Self {
        Self::Semantic(error)
    }
}

impl From<Box<ExecutionError>> for Error {
    fn from(error: Box<ExecutionError>) -> Self {
        Self::Execution(error)
    }
}

impl From<SyntaxError> for Error {
    fn from(error: SyntaxError) -> Self {
        Self::Syntax(Box::new(error))
    }
}

impl From<FormatError> for Error {
    fn from(error: FormatError) -> Self {
        Self::Format(Box::new(error))
    }
}

impl From<Interruption> for Error {
    fn from(interruption: Interruption) -> Self {
        Self::Execution(interruption.into())
    }
}

impl Error {
    pub(super) fn file(path: &Path, error: &std::io::Error) -> Self {
        Self::File {
            path: path.to_owned(),
            reason: error.to_string(),
        }
    }

    /// The same where a transaction has changed so many bytes already, which is what there is no memory beside.
    pub(super) fn within_transaction(self, changed: usize) -> Self {
        match self.interruption() {
            Some(&Interruption::MemoryLimit { limit }) if changed > 0 => {
                Interruption::TransactionMemoryLimit { limit, changed }.into()
            }
            _ => self,
        }
    }

    pub(super) fn store(path: &Path, error: StoreError) -> Self {
        Self::Store {
            path: path.to_owned(),
            error: Box::new(error),
        }
    }

    fn evaluation(&self) -> Option<&EvaluationError> {
        match self {
            Self::Execution(error) => match &**error {
                ExecutionError::Evaluation(error) => Some(error),
                ExecutionError::Graph { .. } => None,
            },
            _ => None,
        }
    }

    fn interruption(&self) -> Option<&Interruption> {
        match self.evaluation().map(|error| &error.kind) {
            Some(EvaluationErrorKind::Interrupted(interruption)) => Some(interruption),
            _ => None,
        }
    }

    /// The openCypher TCK's error type: `SyntaxError`, `TypeError` …; our own names where the TCK has none.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self {
            Self::Syntax(_) => "SyntaxError",
            Self::Semantic(error) => error.class(),
            Self::Execution(error) => match &**error {
                ExecutionError::Evaluation(error) => match &error.kind {
                    EvaluationErrorKind::Value(kind) => kind.class(),
                    EvaluationErrorKind::MissingParameter { .. } => "ParameterMissing",
                    EvaluationErrorKind::MergeReadOwnWrites { .. } => "SemanticError",
                    EvaluationErrorKind::Interrupted(_) => "LimitError",
                },
                ExecutionError::Graph {
                    error: GraphError::DeleteConnectedNode { .. },
                    ..
                } => "ConstraintVerificationFailed",
                ExecutionError::Graph { error, .. } => match error {
                    GraphError::Violated(violation) if violation.is_creation => {
                        "ConstraintVerificationFailed"
                    }
                    GraphError::Violated(_) => "ConstraintValidationFailed",
                    _ if schema_detail(error).is_some() => "SchemaError",
                    _ => "EntityNotFound",
                },
            },
            Self::Ontology { .. } => "ConstraintValidationFailed",
            Self::ReadOnly => "AccessError",
            Self::Transaction(_) | Self::Busy { .. } => "TransactionError",
            Self::Format(_) => "FormatError",
            Self::File { .. } | Self::Store { .. } | Self::NotText { .. } => "FileError",
        }
    }

    /// When the fault was found.
    #[must_use]
    pub fn phase(&self) -> Phase {
        match self {
            Self::Execution(_)
            | Self::Ontology { .. }
            | Self::Transaction(_)
            | Self::Busy { .. } => Phase::Runtime,
            _ => Phase::CompileTime,
        }
    }

    /// The openCypher TCK's error detail; our own names where the TCK has none.
    #[must_use]
    pub fn detail(&self) -> &'static str {
        match self {
            Self::Syntax(error) => error.detail(),
            Self::Semantic(error) => error.detail(),
            Self::Execution(error) => match &**error {
                ExecutionError::Evaluation(error) => match &error.kind {
                    EvaluationErrorKind::Value(kind) => kind.detail(),
                    EvaluationErrorKind::MissingParameter { .. } => "MissingParameter",
                    EvaluationErrorKind::MergeReadOwnWrites { .. } => "MergeReadOwnWrites",
                    EvaluationErrorKind::Interrupted(Interruption::Cancelled) => "Cancelled",
                    EvaluationErrorKind::Interrupted(Interruption::Timeout { .. }) => "Timeout",
                    EvaluationErrorKind::Interrupted(Interruption::RowLimit { .. }) => "RowLimit",
                    EvaluationErrorKind::Interrupted(Interruption::NestingLimit { .. }) => {
                        "NestingLimit"
                    }
                    EvaluationErrorKind::Interrupted(
                        Interruption::MemoryLimit { .. }
                        | Interruption::TransactionMemoryLimit { .. },
                    ) => "MemoryLimit",
                },
                ExecutionError::Graph {
                    error: GraphError::DeleteConnectedNode { .. },
                    ..
                } => "DeleteConnectedNode",
                ExecutionError::Graph { error, .. } => {
                    schema_detail(error).unwrap_or("GraphRefused")
                }
            },
            Self::Ontology { .. } => "NotInOntology",
            Self::ReadOnly => "ReadOnly",
            Self::Transaction(TransactionError::AlreadyOpen) => "AlreadyOpen",
            Self::Transaction(TransactionError::NotOpen) => "NotOpen",
            Self::Busy { .. } => "Busy",
            Self::Format(_) => "InvalidGraph",
            Self::File { .. } => "Unreadable",
            Self::Store { .. } => "Store",
            Self::NotText { .. } => "NotText",
        }
    }

    /// Where in the statement's text; `None` for a fault that is not about its text.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        let span = match self {
            Self::Syntax(error) => error.span,
            Self::Semantic(error) => error.span,
            Self::Execution(error) => match &**error {
                ExecutionError::Evaluation(error) => error.span,
                ExecutionError::Graph { span, .. } => *span,
            },
            Self::Ontology { span, .. } => *span,
            _ => return None,
        };
        (span != Span::default() || matches!(self, Self::Syntax(_))).then_some(span)
    }

    /// What to do about it, where that can be said.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Syntax(error) => error.help(),
            Self::Semantic(error) => match &error.kind {
                SemanticErrorKind::MissingParameter { name } => Some(format!(
                    "give it a value: `-P {name}=…`, or `:param {name} => …` at the prompt"
                )),
                _ => error.help(),
            },
            Self::Execution(error) => match (&**error, self.interruption()) {
                (ExecutionError::Graph { error, .. }, _) => schema_help(error),
                (_, Some(Interruption::Timeout { .. })) => {
                    Some("allow more time (--timeout), or ask for less".to_owned())
                }
                (_, Some(Interruption::RowLimit { .. })) => {
                    Some("allow more rows (--max-rows), or add LIMIT".to_owned())
                }
                (_, Some(Interruption::MemoryLimit { .. })) => {
                    Some("allow more memory (--max-memory), or ask for less".to_owned())
                }
                (_, Some(Interruption::TransactionMemoryLimit { .. })) => Some(
                    "COMMIT more often, allow more memory (--max-memory), or ask for less"
                        .to_owned(),
                ),
                _ => None,
            },
            Self::Ontology { findings, .. } => findings.first().map(|one| one.violation.help()),
            Self::Transaction(error) => Some(error.help().to_owned()),
            Self::Busy { .. } => Some("try again, or keep transactions shorter".to_owned()),
            Self::ReadOnly => Some(
                "leave out --read-only, and --as-of for a durable graph, to allow writing"
                    .to_owned(),
            ),
            Self::Format(error) => error.help.clone(),
            _ => None,
        }
    }

    /// Whether the statement was stopped by a limit of time, rows or memory.
    #[must_use]
    pub fn is_limit(&self) -> bool {
        self.interruption()
            .is_some_and(|interruption| *interruption != Interruption::Cancelled)
    }

    /// Whether the statement was cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.interruption() == Some(&Interruption::Cancelled)
    }

    /// The whole message for people: what, where with an excerpt, and help. It ends without a line break.
    ///
    /// `offset` is where the statement starts in the source, which may be a script of many statements.
    #[must_use]
    pub fn render(&self, source: &Source<'_>, offset: usize) -> String {
        if let Self::Format(error) = self {
            return error.render();
        }
        render(
            "error",
            &self.to_string(),
            self.span(),
            self.help().as_deref(),
            source,
            offset,
        )
    }
}

/// The detail of an error about indexes and constraints.
fn schema_detail(error: &GraphError) -> Option<&'static str> {
    Some(match error {
        GraphError::IndexExists { .. } => "IndexExists",
        GraphError::IndexNotFound { .. } => "IndexNotFound",
        GraphError::IndexOwned { .. } => "IndexOwned",
        GraphError::ConstraintExists { .. } => "ConstraintExists",
        GraphError::ConstraintNotFound { .. } => "ConstraintNotFound",
        GraphError::Violated(violation) if violation.is_creation => "ConstraintCreationFailed",
        GraphError::Violated(_) => "CreateBlockedByConstraint",
        _ => return None,
    })
}

/// What to do about an error about indexes and constraints.
fn schema_help(error: &GraphError) -> Option<String> {
    match error {
        GraphError::IndexExists { name } => {
            Some(format!("use it as it is, or `DROP INDEX {name}` first"))
        }
        GraphError::IndexNotFound { .. } => Some("SHOW INDEXES lists them".to_owned()),
        GraphError::IndexOwned { name } => Some(format!("`DROP CONSTRAINT {name}` drops both")),
        GraphError::ConstraintExists { name } => Some(format!(
            "use it as it is, or `DROP CONSTRAINT {name}` first"
        )),
        GraphError::ConstraintNotFound { .. } => Some("SHOW CONSTRAINTS lists them".to_owned()),
        GraphError::Violated(violation) => Some(violation.help()),
        _ => None,
    }
}

/// The first rules that do not hold.
fn ontology_faults(findings: &[Finding]) -> String {
    const SHOWN: usize = 3;
    let shown = findings.iter().take(SHOWN).map(ToString::to_string);
    let shown = shown.collect::<Vec<_>>().join("; and ");
    match findings.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown}; and {more} more rules do not hold"),
    }
}

/// `10 s`, `0.05 s`.
fn seconds(duration: Duration) -> String {
    format!("{} s", duration.as_secs_f64())
}

/// A message with its place, excerpt and help.
pub(super) fn render(
    severity: &str,
    message: &str,
    span: Option<Span>,
    help: Option<&str>,
    source: &Source<'_>,
    offset: usize,
) -> String {
    let mut text = format!("{severity}: {message}");
    if let Some(span) = span {
        let span = Span::new(span.start as usize + offset, span.end as usize + offset);
        let (line, column) = source.position(span.start as usize);
        let (name, excerpt) = (source.name(), source.excerpt(span));
        write!(text, "\n --> {name}:{line}:{column}\n{excerpt}").expect("writing to a string");
    }
    if let Some(help) = help {
        write!(text, "\nhelp: {help}").expect("writing to a string");
    }
    text
}
