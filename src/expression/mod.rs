//! Owns the bound [`Expression`] and its one evaluator.
//!
//! Takes a row of a [`Batch`] and a [`Context`] (the graph, the parameters, the resolved names); gives a value.
//! Filters, projections, constant folding and index bounds all call it; nothing else computes. `evaluate` is the meaning,
//! row by row; `vector` and `select` give the same for a whole batch, in loops over typed columns where there are any.

mod batch;
mod column;
mod error;
mod evaluate;
mod names;
mod select;
mod type_test;
mod vector;

use std::sync::Arc;

pub use batch::{BATCH_SIZE, Batch};
pub use column::{Column, Strings};
pub use error::{EvaluationError, EvaluationErrorKind, Interruption};
pub use evaluate::{
    Context, Evaluation, Interrupt, Locals, Subqueries, check_nesting, label_names,
};
pub use names::{KeyRef, LabelRef, NameTable, ResolvedNames, TypeRef};
pub use type_test::TypeTest;

use crate::function::Function;
use crate::source::Span;
use crate::value::Value;

/// An expression whose variables are places in a row and whose functions are known.
#[derive(Clone, Debug)]
pub struct Expression {
    /// What it computes.
    pub kind: ExpressionKind,
    /// Where it stands in the query.
    pub span: Span,
}

/// The kinds of bound expressions.
#[derive(Clone, Debug)]
pub enum ExpressionKind {
    /// A value known while planning.
    Constant(Value),
    /// `$name`
    Parameter(Arc<str>),
    /// A variable of the row.
    Slot(usize),
    /// A variable of an enclosing comprehension, quantifier or `reduce`.
    Local(usize),
    /// `[a, b]`
    List(Vec<Expression>),
    /// `{key: value}`
    Map(Vec<(Arc<str>, Expression)>),
    /// `base.key`
    Property {
        /// The entity, map or temporal value.
        base: Box<Expression>,
        /// The key, found without hashing in a graph's columns.
        key: KeyRef,
        /// The key's name, for maps and temporal values.
        name: Arc<str>,
    },
    /// `base[index]`
    Index(Box<Expression>, Box<Expression>),
    /// `base[from..to]`
    Slice {
        /// The list.
        base: Box<Expression>,
        /// The first position.
        from: Option<Box<Expression>>,
        /// The position after the last.
        to: Option<Box<Expression>>,
    },
    /// `base:Label`
    HasLabels(Box<Expression>, LabelTest),
    /// `base:$(names)`
    HasDynamicLabels {
        /// The node or relationship.
        base: Box<Expression>,
        /// A string or a list of strings.
        names: Box<Expression>,
        /// Whether one of the names is enough.
        is_any: bool,
    },
    /// `NOT a`
    Not(Box<Expression>),
    /// `-a`
    Negate(Box<Expression>),
    /// `+a`
    Plus(Box<Expression>),
    /// `a + b` and its like
    Binary(BinaryOperator, Box<Expression>, Box<Expression>),
    /// `a < b`
    Compare(ComparisonOperator, Box<Expression>, Box<Expression>),
    /// `a AND b AND c`
    And(Vec<Expression>),
    /// `a OR b OR c`
    Or(Vec<Expression>),
    /// `a XOR b XOR c`
    Xor(Vec<Expression>),
    /// `a IS NULL`
    IsNull(Box<Expression>),
    /// `a IS :: INTEGER`
    IsTyped(Box<Expression>, TypeTest),
    /// `CASE … END`
    Case {
        /// The value after `CASE`.
        subject: Option<Box<Expression>>,
        /// Each condition with its result.
        branches: Vec<(Expression, Expression)>,
        /// The result after `ELSE`.
        otherwise: Option<Box<Expression>>,
    },
    /// A call of a function of the table.
    Call(&'static Function, Vec<Expression>),
    /// `[x IN list WHERE predicate | projection]`
    ListComprehension {
        /// The list.
        list: Box<Expression>,
        /// The condition on the item, a [`ExpressionKind::Local`].
        predicate: Option<Box<Expression>>,
        /// What each item becomes.
        projection: Option<Box<Expression>>,
    },
    /// `all(x IN list WHERE predicate)` and its like
    Quantifier {
        /// Which of the four.
        quantifier: Quantifier,
        /// The list.
        list: Box<Expression>,
        /// The condition on the item.
        predicate: Box<Expression>,
    },
    /// `reduce(a = initial, x IN list | step)`
    Reduce {
        /// The accumulator's first value.
        initial: Box<Expression>,
        /// The list.
        list: Box<Expression>,
        /// The accumulator's next value; the accumulator and the item are the two innermost locals.
        step: Box<Expression>,
    },
    /// `variable {.*, key: value}`
    MapProjection {
        /// The entity or map.
        base: Box<Expression>,
        /// Whether all its properties come first.
        includes_all: bool,
        /// The entries.
        entries: Vec<(Arc<str>, Expression)>,
    },
    /// A path from the slots of its nodes and relationships.
    Path(Vec<PathStep>),
    /// `EXISTS { … }`, `COUNT { … }`, `COLLECT { … }`, a pattern as predicate or comprehension
    Subquery {
        /// Which of the plan's subqueries.
        index: usize,
        /// What its rows are turned into.
        kind: SubqueryKind,
    },
}

/// A part of a path value.
#[derive(Clone, Debug)]
pub enum PathStep {
    /// A slot with a node, or null.
    Node(usize),
    /// A slot with a relationship, or a list of them; the nodes between those of a list are found from their ends.
    Relationship(usize),
}

/// What a subquery expression gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubqueryKind {
    /// Whether there is a row.
    Exists,
    /// How many rows there are.
    Count,
    /// The values of the one column as a list.
    Collect,
}

/// An operator between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOperator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
    /// `^`
    Power,
    /// `IN`
    In,
    /// `STARTS WITH`
    StartsWith,
    /// `ENDS WITH`
    EndsWith,
    /// `CONTAINS`
    Contains,
    /// `=~`
    Matches,
    /// `||`
    Concatenate,
}

/// A comparison of two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComparisonOperator {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
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

/// What labels a node, or what type a relationship, must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabelTest {
    /// `:Name`, as a label and as a type.
    Label(LabelRef, TypeRef),
    /// `:%`
    Any,
    /// `:A&B`
    And(Vec<LabelTest>),
    /// `:A|B`
    Or(Vec<LabelTest>),
    /// `:!A`
    Not(Box<LabelTest>),
}

impl Expression {
    /// An expression at a place.
    #[must_use]
    pub fn new(kind: ExpressionKind, span: Span) -> Self {
        Self { kind, span }
    }

    /// A value known while planning.
    #[must_use]
    pub fn constant(value: impl Into<Value>, span: Span) -> Self {
        Self::new(ExpressionKind::Constant(value.into()), span)
    }

    /// A variable of the row.
    #[must_use]
    pub fn slot(slot: usize, span: Span) -> Self {
        Self::new(ExpressionKind::Slot(slot), span)
    }

    /// The expressions directly inside.
    pub fn children(&self) -> Vec<&Expression> {
        use ExpressionKind as K;
        match &self.kind {
            K::Constant(_)
            | K::Parameter(_)
            | K::Slot(_)
            | K::Local(_)
            | K::Path(_)
            | K::Subquery { .. } => vec![],
            K::List(items) | K::And(items) | K::Or(items) | K::Xor(items) | K::Call(_, items) => {
                items.iter().collect()
            }
            K::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
            K::Property { base, .. } | K::HasLabels(base, _) => vec![base],
            K::HasDynamicLabels { base, names, .. } => vec![base, names],
            K::Not(operand)
            | K::Negate(operand)
            | K::Plus(operand)
            | K::IsNull(operand)
            | K::IsTyped(operand, _) => {
                vec![operand]
            }
            K::Index(left, right) | K::Binary(_, left, right) | K::Compare(_, left, right) => {
                vec![left, right]
            }
            K::Slice { base, from, to } => [Some(base), from.as_ref(), to.as_ref()]
                .into_iter()
                .flatten()
                .map(AsRef::as_ref)
                .collect(),
            K::Case {
                subject,
                branches,
                otherwise,
            } => {
                let ends = subject.iter().chain(otherwise.iter()).map(AsRef::as_ref);
                branches
                    .iter()
                    .flat_map(|(condition, result)| [condition, result])
                    .chain(ends)
                    .collect()
            }
            K::ListComprehension {
                list,
                predicate,
                projection,
            } => [Some(list), predicate.as_ref(), projection.as_ref()]
                .into_iter()
                .flatten()
                .map(AsRef::as_ref)
                .collect(),
            K::Quantifier {
                list, predicate, ..
            } => vec![list, predicate],
            K::Reduce {
                initial,
                list,
                step,
            } => vec![initial, list, step],
            K::MapProjection { base, entries, .. } => std::iter::once(base.as_ref())
                .chain(entries.iter().map(|(_, value)| value))
                .collect(),
        }
    }

    /// Whether it has the same value whenever and wherever it is computed for the same row, and needs no other plan.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        let mut is_repeatable = true;
        self.walk(&mut |part| match &part.kind {
            ExpressionKind::Call(function, _) => is_repeatable &= function.is_constant,
            ExpressionKind::Subquery { .. } => is_repeatable = false,
            _ => {}
        });
        is_repeatable
    }

    /// Calls `visit` on this expression and all inside it, parents first.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Expression)) {
        visit(self);
        for child in self.children() {
            child.walk(visit);
        }
    }

    /// The conditions that must all hold for this one to hold.
    #[must_use]
    pub fn conjuncts(self) -> Vec<Expression> {
        match self.kind {
            ExpressionKind::And(items) => {
                items.into_iter().flat_map(Expression::conjuncts).collect()
            }
            _ => vec![self],
        }
    }
}
