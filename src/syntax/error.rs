//! Owns the errors of the language's form: what was found, where, what was expected, what to do.

use std::fmt;

use crate::source::Span;

/// A text that is no statement.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct SyntaxError {
    /// What is wrong.
    pub kind: SyntaxErrorKind,
    /// The place in the text.
    pub span: Span,
}

impl SyntaxError {
    /// An error at a place.
    #[must_use]
    pub fn new(kind: SyntaxErrorKind, span: Span) -> Self {
        Self { kind, span }
    }

    /// The detail by which the openCypher TCK calls the error; its type is always `SyntaxError`.
    #[must_use]
    pub fn detail(&self) -> &'static str {
        use SyntaxErrorKind as Kind;
        match self.kind {
            Kind::UnexpectedSyntax { .. }
            | Kind::UnclosedText { .. }
            | Kind::PatternAsValue
            | Kind::YieldAllInQuery
            | Kind::UnsupportedSyntax { .. } => "UnexpectedSyntax",
            Kind::InvalidUnicodeCharacter { .. } => "InvalidUnicodeCharacter",
            Kind::InvalidNumberLiteral { .. } => "InvalidNumberLiteral",
            Kind::IntegerOverflow { .. } => "IntegerOverflow",
            Kind::FloatingPointOverflow { .. } => "FloatingPointOverflow",
            Kind::InvalidUnicodeLiteral { .. } => "InvalidUnicodeLiteral",
            Kind::InvalidEscape { .. } => "InvalidEscape",
            Kind::InvalidRelationshipPattern { .. } => "InvalidRelationshipPattern",
            Kind::InvalidParameterUse { .. } => "InvalidParameterUse",
            Kind::NoExpressionAlias { .. } => "NoExpressionAlias",
            Kind::InvalidClauseComposition { .. } => "InvalidClauseComposition",
            Kind::NestingTooDeep { .. } => "NestingTooDeep",
            Kind::ExpressionTooDeep { .. } => "ExpressionTooDeep",
        }
    }

    /// What to do about it, for a line of its own.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        self.kind.help()
    }
}

/// The kinds of syntax errors, most of them by the openCypher TCK's names.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SyntaxErrorKind {
    /// A word that cannot stand where it stands, or the end of the text too soon (`found` is empty then).
    #[error("unexpected {}{}", Found(found), Expected(expected))]
    UnexpectedSyntax {
        /// What stands there.
        found: String,
        /// What could stand there.
        expected: Vec<&'static str>,
        /// What may have been meant.
        hint: Option<Hint>,
    },
    /// A character that openCypher does not know there.
    #[error("unexpected character `{character}` (U+{:04X}){}", u32::from(*character), Expected(expected))]
    InvalidUnicodeCharacter {
        /// The character.
        character: char,
        /// What could stand there.
        expected: Vec<&'static str>,
        /// What to write instead.
        correction: Option<Correction>,
    },
    /// A string, a quoted name or a comment without its end.
    #[error("{text} is opened here and never closed")]
    UnclosedText {
        /// Which of the three.
        text: Text,
    },
    /// `12ab`
    #[error("`{literal}` is not a number")]
    InvalidNumberLiteral {
        /// The number as written.
        literal: String,
    },
    /// `9223372036854775808`
    #[error("the integer `{literal}` does not fit in 64 bits")]
    IntegerOverflow {
        /// The number as written.
        literal: String,
    },
    /// `1e999`
    #[error("the float `{literal}` does not fit in 64 bits")]
    FloatingPointOverflow {
        /// The number as written.
        literal: String,
    },
    /// `'\uH'`
    #[error("`{escape}` names no character")]
    InvalidUnicodeLiteral {
        /// The escape as written.
        escape: String,
    },
    /// `'\q'`
    #[error("`{escape}` is not an escape")]
    InvalidEscape {
        /// The escape as written.
        escape: String,
    },
    /// `-[:KNOWS..3]->`, `-[:KNOWS*-1]->`
    #[error("{fault}")]
    InvalidRelationshipPattern {
        /// What is wrong with it.
        fault: RelationshipFault,
    },
    /// `MATCH (n $properties)`
    #[error(
        "the parameter `${parameter}` cannot stand for the properties of a pattern, whose keys must be written"
    )]
    InvalidParameterUse {
        /// The parameter's name.
        parameter: String,
    },
    /// `WITH n.name`
    #[error("`{expression}` has no name, which `WITH` needs for all but variables")]
    NoExpressionAlias {
        /// The expression as written.
        expression: String,
    },
    /// Clauses in an order that makes no query.
    #[error("{fault}")]
    InvalidClauseComposition {
        /// What is wrong with the order.
        fault: CompositionFault,
    },
    /// `RETURN (a)-->(b)`
    #[error("a pattern is a condition and gives no value here")]
    PatternAsValue,
    /// `CALL p() YIELD * RETURN 1`
    #[error("`YIELD *` can only stand in a `CALL` without other clauses")]
    YieldAllInQuery,
    /// Something other databases have.
    #[error("{feature} is not supported")]
    UnsupportedSyntax {
        /// What it is.
        feature: &'static str,
    },
    /// Brackets within brackets, too many.
    #[error("brackets and `CASE` nest deeper than {limit} levels")]
    NestingTooDeep {
        /// The limit.
        limit: usize,
    },
    /// A chain of operators that is too long.
    #[error("an expression nests or chains more than {limit} operators")]
    ExpressionTooDeep {
        /// The limit.
        limit: usize,
    },
}

impl SyntaxErrorKind {
    fn help(&self) -> Option<String> {
        Some(match self {
            Self::UnexpectedSyntax { hint, .. } => hint.as_ref()?.to_string(),
            Self::InvalidUnicodeCharacter { correction, .. } => correction.as_ref()?.to_string(),
            Self::UnclosedText { text: Text::Name } => "close it with a backquote".to_owned(),
            Self::UnclosedText { text } => format!("close it with `{}`", text.closer()),
            Self::InvalidNumberLiteral { literal } if literal.starts_with('0') => {
                "integers are written without a leading zero, hexadecimal ones as `0x1F`, octal ones as `0o17`".to_owned()
            }
            Self::InvalidNumberLiteral { .. } => "names that begin with a digit stand in backquotes".to_owned(),
            Self::InvalidUnicodeLiteral { .. } => "write `\\u` with four or `\\U` with eight hexadecimal digits".to_owned(),
            Self::InvalidEscape { .. } => "write a backslash itself as `\\\\`".to_owned(),
            Self::InvalidRelationshipPattern { fault } => fault.help().to_owned(),
            Self::InvalidParameterUse { parameter } => {
                format!("write the keys, as in `{{name: ${parameter}.name}}`")
            }
            Self::NoExpressionAlias { expression } => format!("name it: `{expression} AS …`"),
            Self::InvalidClauseComposition { fault } => fault.help()?.to_owned(),
            Self::PatternAsValue => "ask whether it exists with `EXISTS { … }`, or list its matches with `[… | …]`".to_owned(),
            Self::YieldAllInQuery => "name the columns: `YIELD a, b`".to_owned(),
            Self::ExpressionTooDeep { .. } => "put the operands into a list, as in `x IN [1, 2, 3]`".to_owned(),
            Self::IntegerOverflow { .. }
            | Self::FloatingPointOverflow { .. }
            | Self::UnsupportedSyntax { .. }
            | Self::NestingTooDeep { .. } => return None,
        })
    }
}

/// What may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// A word that is spelt nearly so.
    Misspelt(&'static str),
    /// Another spelling, such as `<>` for `!=`.
    Instead(&'static str),
    /// A bracket that is still open there.
    Unclosed {
        /// The bracket with what follows it.
        opened: String,
        /// The bracket's place.
        span: Span,
    },
    /// A sentence that says what to do.
    Advice(&'static str),
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Misspelt(word) => write!(f, "did you mean `{word}`?"),
            Self::Instead(spelling) => write!(f, "write `{spelling}`"),
            Self::Unclosed { opened, .. } => write!(f, "close `{opened}`"),
            Self::Advice(advice) => f.write_str(advice),
        }
    }
}

/// What to write for a character that openCypher does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Correction {
    /// The whole text with all such characters replaced.
    Text(String),
    /// The characters to write instead of this one.
    Character(&'static str),
}

impl fmt::Display for Correction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "write: {text}"),
            Self::Character(characters) => write!(f, "write `{characters}`"),
        }
    }
}

/// A text that ends by a mark of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// A string, with the quote that opens it.
    String(char),
    /// A name in backquotes.
    Name,
    /// `/* … */`
    Comment,
}

impl Text {
    fn closer(self) -> String {
        match self {
            Self::String('“' | '”') => '”'.into(),
            Self::String('‘' | '’') => '’'.into(),
            Self::String(quote) => quote.into(),
            Self::Name => '`'.into(),
            Self::Comment => "*/".into(),
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::String(_) => "a string",
            Self::Name => "a name in backquotes",
            Self::Comment => "a comment",
        })
    }
}

/// What is wrong with a relationship pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationshipFault {
    /// `[:KNOWS..3]`
    MissingStar,
    /// `[:KNOWS*-1]`
    NegativeLength,
}

impl RelationshipFault {
    fn help(self) -> &'static str {
        match self {
            Self::MissingStar => "put a star before the numbers, as in `*1..3`",
            Self::NegativeLength => "a length is 0 or more",
        }
    }
}

impl fmt::Display for RelationshipFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MissingStar => "a length begins with `*`",
            Self::NegativeLength => "a length cannot be negative",
        })
    }
}

/// What is wrong with the order of clauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompositionFault {
    /// `UNION` beside `UNION ALL`
    MixedUnions,
    /// A clause after `RETURN` or `FINISH`
    AfterReturn {
        /// The clause that must come last.
        clause: &'static str,
    },
    /// A query that ends with a clause that only reads.
    NoReturn {
        /// The last clause.
        clause: &'static str,
    },
    /// `EXISTS { CREATE … }`
    WriteInExpression {
        /// The clause that writes.
        clause: &'static str,
    },
}

impl CompositionFault {
    fn help(self) -> Option<&'static str> {
        match self {
            Self::MixedUnions => Some("write `UNION` everywhere or `UNION ALL` everywhere"),
            Self::AfterReturn { .. } => {
                Some("pass rows on with `WITH`, or end the statement with `;`")
            }
            Self::NoReturn { .. } => Some("add `RETURN …`"),
            Self::WriteInExpression { .. } => None,
        }
    }
}

impl fmt::Display for CompositionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MixedUnions => f.write_str("`UNION` and `UNION ALL` cannot stand in one query"),
            Self::AfterReturn { clause } => write!(f, "nothing can follow `{clause}` in a query"),
            Self::NoReturn { clause } => {
                write!(
                    f,
                    "a query cannot end with `{clause}`, expected `RETURN` or a clause that writes"
                )
            }
            Self::WriteInExpression { clause } => {
                write!(f, "`{clause}` writes, and an expression only reads")
            }
        }
    }
}

/// Shows a piece of text, or the text's end.
struct Found<'a>(&'a str);

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 30;
        if self.0.is_empty() {
            return f.write_str("end of the statement");
        }
        match self.0.char_indices().nth(LONGEST) {
            Some((end, _)) => write!(f, "`{}…`", &self.0[..end]),
            None => write!(f, "`{}`", self.0),
        }
    }
}

/// Shows alternatives, the last after `or`.
struct Expected<'a>(&'a [&'static str]);

impl fmt::Display for Expected<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [] => Ok(()),
            [one] => write!(f, ", expected {one}"),
            [first @ .., last] => write!(f, ", expected {} or {last}", first.join(", ")),
        }
    }
}
