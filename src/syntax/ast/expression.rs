//! Expressions.

use std::sync::Arc;

use super::{
    BinaryOperator, ComparisonOperator, LabelExpression, Name, PatternElement, PatternPart, Query,
    UnaryOperator, ValueType,
};
use crate::source::Span;

/// An expression with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Where it stands, parentheses around it left out.
    pub span: Span,
}

/// The kinds of expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpressionKind {
    /// `null`, `true`, `12`, `1.5`, `'text'`
    Literal(Literal),
    /// `$name`
    Parameter(Name),
    /// `name`
    Variable(Name),
    /// `[a, b]`
    List(Vec<Expression>),
    /// `{key: value}`
    Map(Vec<(Name, Expression)>),
    /// `base.key`
    Property {
        /// The entity, map or temporal value.
        base: Box<Expression>,
        /// The key.
        key: Name,
    },
    /// `base[index]`
    Index {
        /// The list, map or entity.
        base: Box<Expression>,
        /// The position or key.
        index: Box<Expression>,
    },
    /// `base[from..to]`
    Slice {
        /// The list.
        base: Box<Expression>,
        /// The first position, from 0.
        from: Option<Box<Expression>>,
        /// The position after the last.
        to: Option<Box<Expression>>,
    },
    /// `base:Label`
    HasLabels {
        /// The node or relationship.
        base: Box<Expression>,
        /// The labels or types.
        labels: LabelExpression,
    },
    /// `NOT a`, `-a`, `+a`
    Unary {
        /// The operator.
        operator: UnaryOperator,
        /// The operand.
        operand: Box<Expression>,
    },
    /// `a + b`, `a IN b`, `a STARTS WITH b`
    Binary {
        /// The left operand.
        left: Box<Expression>,
        /// The operator.
        operator: BinaryOperator,
        /// The right operand.
        right: Box<Expression>,
    },
    /// `a AND b AND c`
    And(Vec<Expression>),
    /// `a OR b OR c`
    Or(Vec<Expression>),
    /// `a XOR b XOR c`
    Xor(Vec<Expression>),
    /// `a < b <= c`: each operator compares its two neighbours, all must hold
    Comparison {
        /// The leftmost operand.
        first: Box<Expression>,
        /// Each operator with the operand after it.
        rest: Vec<(ComparisonOperator, Expression)>,
    },
    /// `a IS NULL`, `a IS NOT NULL`
    IsNull {
        /// The operand.
        operand: Box<Expression>,
        /// Whether `NOT` is written.
        is_negated: bool,
    },
    /// `a IS NFC NORMALIZED`, `a IS NOT NORMALIZED`
    IsNormalized {
        /// The operand.
        operand: Box<Expression>,
        /// `NFC` where none is written.
        form: NormalForm,
        /// Whether `NOT` is written.
        is_negated: bool,
    },
    /// `a IS :: INTEGER`, `a IS NOT TYPED LIST<STRING>`
    IsTyped {
        /// The operand.
        operand: Box<Expression>,
        /// The type.
        value_type: ValueType,
        /// Whether `NOT` is written.
        is_negated: bool,
    },
    /// `1, < 3, IS NULL` between `WHEN` and `THEN`, where a single value does not stand alone
    CaseTests(Vec<CaseTest>),
    /// The value after `CASE`, which a [`CaseTest::Predicate`] begins with and nobody writes again
    CaseSubject,
    /// `CASE [subject] WHEN … THEN … ELSE … END`
    Case {
        /// The value after `CASE`.
        subject: Option<Box<Expression>>,
        /// Each condition with its result.
        branches: Vec<(Expression, Expression)>,
        /// The result after `ELSE`.
        otherwise: Option<Box<Expression>>,
    },
    /// `name.space.function(DISTINCT a, b)`
    Call {
        /// The name, its parts joined by dots, as written.
        function: Name,
        /// Whether `DISTINCT` is written.
        is_distinct: bool,
        /// The arguments.
        arguments: Vec<Expression>,
    },
    /// `count(*)`
    CountAll,
    /// `[x IN list WHERE predicate | projection]`
    ListComprehension {
        /// The variable.
        variable: Name,
        /// The list.
        list: Box<Expression>,
        /// The condition.
        predicate: Option<Box<Expression>>,
        /// What each item becomes.
        projection: Option<Box<Expression>>,
    },
    /// `[p = (a)-->(b) WHERE predicate | projection]`
    PatternComprehension {
        /// The path's variable.
        variable: Option<Name>,
        /// The pattern.
        element: Box<PatternElement>,
        /// The condition.
        predicate: Option<Box<Expression>>,
        /// What each match becomes.
        projection: Box<Expression>,
    },
    /// `all(x IN list WHERE predicate)` and `any`, `none`, `single`
    Quantifier {
        /// Which of the four.
        quantifier: Quantifier,
        /// The variable.
        variable: Name,
        /// The list.
        list: Box<Expression>,
        /// The condition; `None` where no `WHERE` is written.
        predicate: Option<Box<Expression>>,
    },
    /// `reduce(sum = 0, x IN list | sum + x)`
    Reduce {
        /// The accumulator's variable.
        accumulator: Name,
        /// Its first value.
        initial: Box<Expression>,
        /// The item's variable.
        variable: Name,
        /// The list.
        list: Box<Expression>,
        /// The accumulator's next value.
        step: Box<Expression>,
    },
    /// `variable {.key, .*, key: value, other}`
    MapProjection {
        /// The entity or map.
        variable: Name,
        /// The items in braces.
        items: Vec<MapProjectionItem>,
    },
    /// `(a)-->(b)` as a predicate
    Pattern(Box<PatternElement>),
    /// `shortestPath((a)-[*]-(b))` as a value
    ShortestPath(Box<PatternPart>),
    /// `EXISTS { … }`, `COUNT { … }`, `COLLECT { … }`
    Subquery {
        /// Which of the three.
        kind: SubqueryKind,
        /// The query in braces. `{ (a)-->(b) WHERE … }` stands as the one clause `MATCH`.
        query: Box<Query>,
    },
}

/// One of the alternatives between `WHEN` and `THEN`.
#[derive(Clone, Debug, PartialEq)]
pub enum CaseTest {
    /// `1`: the value after `CASE` equals it
    Equal(Expression),
    /// `< 3`, `IS NULL`: a predicate whose leftmost operand is [`ExpressionKind::CaseSubject`]
    Predicate(Expression),
}

/// A form of Unicode normalization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NormalForm {
    /// `NFC`
    Nfc,
    /// `NFD`
    Nfd,
    /// `NFKC`
    Nfkc,
    /// `NFKD`
    Nfkd,
}

impl NormalForm {
    /// The form's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Nfc => "NFC",
            Self::Nfd => "NFD",
            Self::Nfkc => "NFKC",
            Self::Nfkd => "NFKD",
        }
    }
}

/// A literal of a scalar.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// `42`, `0x2A`, `0o52`; a minus before it is already part of it
    Integer(i64),
    /// `1.5`, `.5`, `1e9`, `Infinity`, `NaN`
    Float(f64),
    /// `'text'`, `"text"`, `“text”`, escapes resolved
    String(Arc<str>),
}

/// An item of a map projection.
#[derive(Clone, Debug, PartialEq)]
pub enum MapProjectionItem {
    /// `.key`
    Property(Name),
    /// `.*`
    AllProperties(Span),
    /// `variable`
    Variable(Name),
    /// `key: value`
    Entry(Name, Expression),
}

/// The predicates over a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// `all(…)`
    All,
    /// `any(…)`
    Any,
    /// `none(…)`
    None,
    /// `single(…)`
    Single,
}

/// What a subquery expression gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubqueryKind {
    /// `EXISTS { … }`: whether there is a row.
    Exists,
    /// `COUNT { … }`: how many rows.
    Count,
    /// `COLLECT { … }`: the one column as a list.
    Collect,
}
