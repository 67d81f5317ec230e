//! The physical plan: the operators that will run, in a tree.

use std::sync::Arc;

use crate::algebra::{
    AggregateCall, CreatePattern, GroupVariable, ProjectItem, SetOperation, SortKey,
};
use crate::expression::{Expression, KeyRef, LabelRef, LabelTest, NameTable, PathStep};
use crate::source::Span;
use crate::syntax::ast::Direction;

/// A planned statement.
#[derive(Clone, Debug)]
pub struct PhysicalQuery {
    /// The operators.
    pub root: PhysicalPlan,
    /// The names of the result's columns.
    pub columns: Vec<Arc<str>>,
    /// The labels, types and keys that the statement names.
    pub names: NameTable,
    /// The plans that expressions run, by index.
    pub subqueries: Vec<SubqueryPlan>,
    /// Whether any operator writes.
    pub is_write: bool,
}

/// A plan that an expression runs.
#[derive(Clone, Debug)]
pub struct SubqueryPlan {
    /// The operators.
    pub root: PhysicalPlan,
    /// How many slots its argument has.
    pub width: usize,
    /// The slots whose numbers, multiplied, tell how many rows a row stands for.
    pub weights: Vec<usize>,
}

/// An operator with its inputs.
#[derive(Clone, Debug)]
pub struct PhysicalPlan {
    /// What it does.
    pub kind: PlanKind,
    /// Where its rows come from: the first input is the stream, a second one runs for each of its rows.
    pub inputs: Vec<PhysicalPlan>,
    /// How many rows are expected to come out.
    pub rows: f64,
    /// The variables in the slots of the rows that come out, for showing the plan; none for an anonymous one.
    pub names: Arc<[Option<Arc<str>>]>,
}

/// The operators, under the names that `EXPLAIN` shows.
#[derive(Clone, Debug)]
pub enum PlanKind {
    /// The row from outside.
    Argument {
        /// How many slots it has.
        width: usize,
    },
    /// Each row with each node of the graph.
    AllNodesScan {
        /// The node's slot.
        slot: usize,
    },
    /// Each row with each node that bears a label.
    NodeByLabelScan {
        /// The node's slot.
        slot: usize,
        /// The label.
        label: LabelRef,
    },
    /// Each row with the nodes that an index finds.
    NodeIndexSeek(IndexSeek),
    /// Each row with the nodes of given ids.
    NodeByIdSeek {
        /// The node's slot.
        slot: usize,
        /// An id or a list of ids.
        ids: Expression,
    },
    /// Each row with each relationship at a node, and the node at its other end.
    ExpandAll(Expand),
    /// Each row with each relationship between two known nodes.
    ExpandInto(Expand),
    /// Each row with the number of relationships at a node, or of pairs of two different ones. A further input gives the
    /// nodes that count at the other end.
    CountExpand {
        /// What is counted; the number of pairs where it is two.
        tails: Vec<Tail>,
        /// What becomes of the rows.
        keep: KeepCounted,
    },
    /// Each row with the number of nodes that several known ones are joined to, where it is not 0; a node counts once
    /// for each choice of relationships. A second input gives the nodes that count.
    CountIntersect {
        /// What is counted.
        tail: Tail,
    },
    /// Each row with each trail of relationships from a node.
    VarLengthExpand(VarLengthExpand),
    /// Each row with each trail of repetitions of the second input's pattern from a node.
    Repeat(Repeat),
    /// For each row, the paths of the second input that stay between each two ends.
    SelectPaths(SelectPaths),
    /// Each row with the ends of a relationship, or list of relationships, that is known already.
    ProjectEndpoints(ProjectEndpoints),
    /// Each row with the shortest trails between two known nodes.
    ShortestPath(ShortestPath),
    /// The rows for which a condition holds.
    Filter {
        /// The condition.
        predicate: Expression,
    },
    /// Each row with a path put together from its parts.
    ProjectPath {
        /// The path's slot.
        slot: usize,
        /// Its parts.
        steps: Vec<PathStep>,
    },
    /// Each row with each row of the second input, or with nulls where there is none.
    Optional {
        /// How many slots a row has before.
        input_width: usize,
        /// How many slots a row has afterwards.
        width: usize,
    },
    /// Each row with each row of the second input whose keys equal its own.
    HashJoin(HashJoin),
    /// The rows for which the second input has a row.
    SemiApply,
    /// The rows for which the second input has no row.
    AntiSemiApply,
    /// Each row with each row of the second input, run for it.
    Apply {
        /// How many columns of the second input are put behind the row; `None` leaves the rows as they are.
        returns: Option<usize>,
        /// How many slots a row has before.
        width: usize,
        /// Whether a row without any row of the second input stays, with nulls.
        is_optional: bool,
    },
    /// Each row with each item of a list.
    Unwind {
        /// The list.
        list: Expression,
        /// The item's slot.
        slot: usize,
    },
    /// A new row from each row.
    Project {
        /// The new slots.
        items: Vec<ProjectItem>,
    },
    /// A new row for each group of rows.
    HashAggregate {
        /// The grouping keys.
        keys: Vec<ProjectItem>,
        /// The aggregates.
        calls: Vec<AggregateCall>,
        /// For each aggregate, the slots whose numbers, multiplied, tell how many times a row counts.
        weights: Vec<Vec<usize>>,
    },
    /// One of each of equivalent rows, in the order of their first.
    Distinct,
    /// The rows in order; equal ones stay as they came.
    Sort {
        /// The keys, most significant first.
        keys: Vec<SortKey>,
    },
    /// The first rows in order.
    Top {
        /// The keys, most significant first.
        keys: Vec<SortKey>,
        /// How many more, which a `Skip` above takes off again.
        skipped: Option<Expression>,
        /// How many rows.
        count: Expression,
    },
    /// The rows but the first.
    Skip {
        /// How many.
        count: Expression,
    },
    /// The first rows.
    Limit {
        /// How many.
        count: Expression,
    },
    /// The rows of all inputs, one after the other.
    Union,
    /// Each row with each row that a procedure gives for it.
    ProcedureCall {
        /// The procedure's name.
        name: Arc<str>,
        /// The arguments.
        arguments: Vec<Expression>,
        /// Which of its columns are put behind the row.
        columns: Vec<usize>,
        /// How many slots a row has before.
        width: usize,
        /// Whether the rows pass unchanged.
        is_void: bool,
        /// Where it is called.
        span: Span,
    },
    /// Creates for each row.
    Create(CreatePattern),
    /// Looks for a pattern (the second input) for each row, and creates it where it is not found.
    Merge(Merge),
    /// Sets and removes properties and labels for each row.
    Set {
        /// What is done, in order.
        operations: Vec<SetOperation>,
    },
    /// Deletes for all rows, relationships first.
    Delete {
        /// What is deleted.
        expressions: Vec<Expression>,
        /// Whether nodes take their relationships along.
        is_detach: bool,
    },
    /// All rows are there before the first goes on: reads before do not meet writes after.
    Eager,
    /// All rows are computed and none is given.
    Drain,
}

/// A look into an index.
#[derive(Clone, Debug)]
pub struct IndexSeek {
    /// The node's slot.
    pub slot: usize,
    /// The label that all nodes in the index bear.
    pub label: LabelRef,
    /// The name of the index.
    pub index: Arc<str>,
    /// What is looked for.
    pub search: IndexSearch,
    /// The same as a condition on the node.
    pub predicate: Expression,
    /// How many nodes it is expected to find.
    pub rows: f64,
}

/// What is looked for in an index.
#[derive(Clone, Debug)]
pub enum IndexSearch {
    /// All keys of the index have these values.
    Equal(Vec<Expression>),
    /// The key has one of the values of a list.
    In(Expression),
    /// The key begins with a text.
    StartsWith(Expression),
    /// The key stands between bounds, each with whether it belongs to them.
    Range {
        /// The lower bound.
        from: Option<(Expression, bool)>,
        /// The upper bound.
        to: Option<(Expression, bool)>,
    },
}

/// Two parts of a pattern that only equalities join.
#[derive(Clone, Debug)]
pub struct HashJoin {
    /// What is equal: a key of the rows and one of the second input's, which depends on no row of the first.
    pub keys: Vec<(Expression, Expression)>,
    /// The slots that the second input fills.
    pub slots: Vec<usize>,
    /// Whether the rows of the first input are looked up for those of the second, not the other way round.
    pub builds_input: bool,
    /// Whether the second input gives the same rows whenever it runs.
    pub is_read_only: bool,
    /// The equalities as a condition.
    pub predicate: Expression,
}

/// How relationships are followed from one node to another.
#[derive(Clone, Debug)]
pub struct Expand {
    /// The slot of the node that is known.
    pub from: usize,
    /// The slot of the relationship.
    pub relationship: usize,
    /// The slot of the node at the other end.
    pub to: usize,
    /// Where the arrow points, seen from the known node.
    pub direction: Direction,
    /// The types that count.
    pub types: Option<LabelTest>,
    /// The relationships, or lists of them, that may not be used again.
    pub unique: Vec<Used>,
    /// The slots, its own among them, that nothing reads afterwards.
    pub unused: Vec<usize>,
}

/// A relationship, or list of relationships, that was found before and may not be used again.
#[derive(Clone, Debug)]
pub struct Used {
    /// Its slot.
    pub slot: usize,
    /// The slots of nodes: it can only be met from one of them.
    pub at: Vec<usize>,
}

/// A node with its relationships to known nodes, to be counted instead of found.
#[derive(Clone, Debug)]
pub struct Tail {
    /// The relationships, each from a known node; the number goes to the slot of the first.
    pub arms: Vec<Expand>,
    /// The label that the node must bear.
    pub label: Option<LabelRef>,
    /// Whether an input of its own gives the nodes that count.
    pub has_plan: bool,
    /// Whether the relationships that may not be used again join the known nodes with each other.
    pub joins_ends: bool,
    /// The key of which the number of nodes that have it goes to the node's slot.
    pub present: Option<KeyRef>,
}

/// What becomes of the rows for which matches are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepCounted {
    /// Those with a match stay, with the number of their matches.
    Numbers,
    /// Those with a match stay, as they are.
    Matched,
    /// Those without a match stay, as they are.
    Unmatched,
    /// All stay, with the number of their matches.
    All {
        /// The slot that gets the number of rows that an optional match makes of each: at least 1.
        rows: usize,
    },
}

/// How trails of relationships are followed.
#[derive(Clone, Debug)]
pub struct VarLengthExpand {
    /// The ends, the types and what may not be used again; the relationship's slot gets a list.
    pub expand: Expand,
    /// The fewest relationships.
    pub min: u32,
    /// The most relationships.
    pub max: Option<u32>,
    /// What each relationship must satisfy.
    pub properties: Vec<(KeyRef, Arc<str>, Expression)>,
    /// Whether the node at the other end is known.
    pub is_into: bool,
    /// Whether the list is given from the far end: the pattern is followed from right to left.
    pub is_reversed: bool,
    /// Whether each end is found once and no list is given.
    pub is_pruning: bool,
}

/// How a pattern is repeated from one node to another. The second input matches one repetition; its argument is the
/// row with the node at which the repetition starts.
#[derive(Clone, Debug)]
pub struct Repeat {
    /// The slot of the node that is known.
    pub from: usize,
    /// The slot of the node at the other end.
    pub to: usize,
    /// The slot that gets the list of all relationships.
    pub relationships: usize,
    /// Within a repetition, the slots of the node where it starts and of the one where it ends.
    pub ends: (usize, usize),
    /// Within a repetition, the slots of the relationships, from left to right.
    pub steps: Vec<usize>,
    /// The variables of what is repeated.
    pub groups: Vec<GroupVariable>,
    /// The fewest repetitions.
    pub min: u32,
    /// The most repetitions.
    pub max: Option<u32>,
    /// The relationships, or lists of them, that may not be used again.
    pub unique: Vec<usize>,
    /// Whether the node at the other end is known.
    pub is_into: bool,
    /// Whether the pattern is followed from right to left, so that lists are given from the far end.
    pub is_reversed: bool,
    /// Which of the trails are given.
    pub keep: Keep,
    /// How many slots a row of the clause has.
    pub width: usize,
}

/// Which of the trails between two nodes a [`Repeat`] gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// All of them.
    All,
    /// The first of the shortest, found breadth first without visiting a node twice.
    Shortest {
        /// Whether all of the shortest are given, not only the first.
        is_all: bool,
        /// Whether relationships are walked in both directions, so that the way back to the start needs care.
        is_undirected: bool,
    },
    /// The shortest in order, found breadth first between two known nodes.
    First {
        /// How many trails, or of how many lengths.
        count: u32,
        /// Whether lengths are counted, not trails.
        is_groups: bool,
    },
}

/// Which paths stay between each two ends.
#[derive(Clone, Debug)]
pub struct SelectPaths {
    /// The slot of the first node.
    pub start: usize,
    /// The slot of the last node.
    pub end: usize,
    /// The slots of the relationships, or of lists of them, whose number is a path's length.
    pub relationships: Vec<usize>,
    /// How many paths, or of how many lengths.
    pub count: u32,
    /// Whether lengths are counted, not paths.
    pub is_groups: bool,
    /// How many slots a row has afterwards.
    pub width: usize,
}

/// A relationship that is known before its ends.
#[derive(Clone, Debug)]
pub struct ProjectEndpoints {
    /// The slot of the relationship or list of relationships.
    pub relationship: usize,
    /// The slot of the node on the left, and whether it is known.
    pub left: (usize, bool),
    /// The slot of the node on the right, and whether it is known.
    pub right: (usize, bool),
    /// Where the arrow points, read from left to right.
    pub direction: Direction,
    /// The types that count.
    pub types: Option<LabelTest>,
    /// The bounds of a variable length.
    pub length: Option<(u32, Option<u32>)>,
    /// The relationships, or lists of them, that may not be used again.
    pub unique: Vec<usize>,
}

/// A search for the shortest trails between two nodes.
#[derive(Clone, Debug)]
pub struct ShortestPath {
    /// The ends and the types; the relationship's slot gets a list.
    pub expand: Expand,
    /// The fewest relationships: 0 or 1, or more for a search trail by trail.
    pub min: u32,
    /// The most relationships.
    pub max: Option<u32>,
    /// What each relationship must satisfy.
    pub properties: Vec<(KeyRef, Arc<str>, Expression)>,
    /// Whether all of the shortest are given, not only one.
    pub is_all: bool,
}

/// What `MERGE` does for each row.
#[derive(Clone, Debug)]
pub struct Merge {
    /// What is created where nothing is found.
    pub create: CreatePattern,
    /// What is done with what was created.
    pub on_create: Vec<SetOperation>,
    /// What is done with what was found.
    pub on_match: Vec<SetOperation>,
    /// The properties of the pattern, none of which may be null.
    pub required: Vec<(Arc<str>, Expression)>,
}

impl PhysicalQuery {
    /// Whether a procedure is called anywhere.
    #[must_use]
    pub fn calls_procedure(&self) -> bool {
        let subqueries = self.subqueries.iter().map(|subquery| &subquery.root);
        let mut plans = subqueries.chain([&self.root]);
        plans.any(PhysicalPlan::calls_procedure)
    }
}

impl PhysicalPlan {
    fn calls_procedure(&self) -> bool {
        matches!(self.kind, PlanKind::ProcedureCall { .. })
            || self.inputs.iter().any(Self::calls_procedure)
    }

    /// An operator over one input.
    #[must_use]
    pub fn over(kind: PlanKind, input: PhysicalPlan, rows: f64) -> Self {
        Self::new(kind, vec![input], rows)
    }

    /// An operator over any inputs; its rows have the variables of the first one's.
    #[must_use]
    pub fn new(kind: PlanKind, inputs: Vec<PhysicalPlan>, rows: f64) -> Self {
        let names = inputs
            .first()
            .map_or_else(|| [].into(), |input| input.names.clone());
        Self {
            kind,
            inputs,
            rows,
            names,
        }
    }

    /// Whether its rows are those from outside.
    pub(crate) fn is_argument(&self) -> bool {
        matches!(self.kind, PlanKind::Argument { .. })
    }

    /// The most rows that are expected to come out of this operator or one below.
    pub(crate) fn most_rows(&self) -> f64 {
        let below = self.inputs.iter().map(Self::most_rows);
        below.fold(self.rows, f64::max)
    }

    /// The same operator, with the variables of its rows.
    #[must_use]
    pub fn named(mut self, names: impl IntoIterator<Item = Option<Arc<str>>>) -> Self {
        self.names = names.into_iter().collect();
        self
    }

    /// Whether this operator itself writes.
    #[must_use]
    pub fn is_write(&self) -> bool {
        matches!(
            self.kind,
            PlanKind::Create(_)
                | PlanKind::Merge(_)
                | PlanKind::Set { .. }
                | PlanKind::Delete { .. }
        )
    }

    /// Whether this operator or one below writes.
    #[must_use]
    pub fn contains_write(&self) -> bool {
        self.is_write() || self.inputs.iter().any(PhysicalPlan::contains_write)
    }
}
