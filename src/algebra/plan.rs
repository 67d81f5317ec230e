//! The logical plan: what a statement means, before it is decided how to get there.
//!
//! A row is a list of slots. Each operator says which slots it adds; `Project` and `Aggregate` begin a new row.

use std::sync::Arc;

use crate::expression::{
    Expression, KeyRef, LabelRef, LabelTest, NameTable, PathStep, SubqueryKind, TypeRef,
};
use crate::function::aggregate;
use crate::source::Span;
use crate::syntax::ast::{Direction, PathSelector};

/// A bound statement.
#[derive(Clone, Debug)]
pub struct LogicalQuery {
    /// What to do.
    pub root: LogicalPlan,
    /// The names of the result's columns; empty for a statement that only writes.
    pub columns: Vec<Arc<str>>,
    /// The labels, types and keys that the statement names.
    pub names: NameTable,
    /// The subqueries inside expressions, by index.
    pub subqueries: Vec<Subquery>,
    /// Whether any operator writes.
    pub is_write: bool,
    /// The names that the statement reads, with their places, for warnings about unknown ones.
    pub mentions: Vec<Mention>,
    /// The names that the statement writes, with their places.
    pub written: Vec<Mention>,
    /// The places of the updating clauses.
    pub updates: Vec<Span>,
    /// The parameters that must have a value, with their places.
    pub parameters: Vec<(Arc<str>, Span)>,
}

/// A name of the schema that a statement reads or writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What it names.
    pub kind: MentionKind,
    /// The name.
    pub name: Arc<str>,
    /// Where.
    pub span: Span,
}

/// What a name of the schema names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionKind {
    /// A node's label.
    Label,
    /// A relationship's type.
    Type,
    /// A property key.
    Key,
}

/// A plan that an expression runs for each of its rows.
#[derive(Clone, Debug)]
pub struct Subquery {
    /// The plan; its [`LogicalPlan::Argument`] is the row around the expression, its locals behind the slots.
    pub plan: LogicalPlan,
    /// How many slots that row has.
    pub width: usize,
    /// What its rows are turned into.
    pub kind: SubqueryKind,
}

/// An operator of the logical algebra.
#[derive(Clone, Debug)]
pub enum LogicalPlan {
    /// The row from outside; one empty row for a statement.
    Argument {
        /// The variables in its slots.
        names: Vec<Option<Arc<str>>>,
    },
    /// `[OPTIONAL] MATCH pattern WHERE …`: each row with each match of the pattern.
    Match(Match),
    /// `WHERE` after `WITH` and `YIELD`: the rows for which the predicate holds.
    Filter {
        /// The rows.
        input: Box<LogicalPlan>,
        /// The condition.
        predicate: Expression,
    },
    /// `UNWIND list AS x`: each row with each item.
    Unwind {
        /// The rows.
        input: Box<LogicalPlan>,
        /// The list.
        list: Expression,
        /// The item's slot.
        slot: usize,
        /// The item's variable.
        name: Arc<str>,
    },
    /// `WITH` and `RETURN`: a new row from each row.
    Project {
        /// The rows.
        input: Box<LogicalPlan>,
        /// The new row's slots, in order.
        items: Vec<ProjectItem>,
    },
    /// Implicit grouping: a new row for each group, its keys first, then the aggregates.
    Aggregate(Aggregate),
    /// `DISTINCT`: one of each of equivalent rows.
    Distinct {
        /// The rows.
        input: Box<LogicalPlan>,
    },
    /// `ORDER BY`
    Sort {
        /// The rows.
        input: Box<LogicalPlan>,
        /// The keys, most significant first.
        keys: Vec<SortKey>,
    },
    /// `SKIP n`
    Skip {
        /// The rows.
        input: Box<LogicalPlan>,
        /// How many.
        count: Expression,
    },
    /// `LIMIT n`
    Limit {
        /// The rows.
        input: Box<LogicalPlan>,
        /// How many.
        count: Expression,
    },
    /// `UNION ALL`: the rows of all inputs, which have the same slots.
    Union {
        /// The inputs.
        inputs: Vec<LogicalPlan>,
    },
    /// `CALL { … }`: each row with each row of the subquery run for it.
    Apply {
        /// The rows.
        input: Box<LogicalPlan>,
        /// The subquery; its row begins with the outer row's slots.
        subquery: Box<LogicalPlan>,
        /// How many columns the subquery returns, which are put behind the row; `None` for one that returns none and
        /// leaves the rows as they are.
        returns: Option<usize>,
        /// How many slots the outer row has.
        width: usize,
        /// Whether a row for which nothing is returned stays, with nulls.
        is_optional: bool,
    },
    /// `CALL procedure(…) YIELD …`
    ProcedureCall {
        /// The rows.
        input: Box<LogicalPlan>,
        /// The procedure's name.
        name: Arc<str>,
        /// The arguments.
        arguments: Vec<Expression>,
        /// Which of the procedure's columns go behind the row, in order.
        columns: Vec<usize>,
        /// How many slots the row has before.
        width: usize,
        /// The variables in the slots of the rows afterwards.
        names: Vec<Option<Arc<str>>>,
        /// Whether the rows pass unchanged: the procedure has no columns.
        is_void: bool,
        /// Where.
        span: Span,
    },
    /// `CREATE`
    Create {
        /// The rows.
        input: Box<LogicalPlan>,
        /// What each row creates.
        pattern: CreatePattern,
        /// The variables in the slots of the rows afterwards.
        names: Vec<Option<Arc<str>>>,
    },
    /// `MERGE`
    Merge(Merge),
    /// `SET` and `REMOVE`
    Set {
        /// The rows.
        input: Box<LogicalPlan>,
        /// What is done for each row, in order.
        operations: Vec<SetOperation>,
    },
    /// `[DETACH] DELETE`
    Delete {
        /// The rows.
        input: Box<LogicalPlan>,
        /// What is deleted.
        expressions: Vec<Expression>,
        /// Whether nodes take their relationships along.
        is_detach: bool,
    },
    /// A statement without `RETURN`: all rows are computed and none is given.
    Drain {
        /// The rows.
        input: Box<LogicalPlan>,
    },
}

/// `[OPTIONAL] MATCH pattern WHERE …`
#[derive(Clone, Debug)]
pub struct Match {
    /// The rows.
    pub input: Box<LogicalPlan>,
    /// How many slots they have.
    pub input_width: usize,
    /// What is matched.
    pub pattern: Pattern,
    /// The conditions, all of which must hold; those written inside the pattern are among them.
    pub predicates: Vec<Expression>,
    /// Whether a row without a match stays, with nulls.
    pub is_optional: bool,
    /// Which of the matches stay, for `SHORTEST 3` and its like.
    pub selection: Option<Selection>,
    /// How many slots the rows have afterwards.
    pub width: usize,
}

/// `SHORTEST 3 (a)-->+(b)`: between each two ends, the paths that stay.
#[derive(Clone, Debug)]
pub struct Selection {
    /// The slot of the path's first node.
    pub start: usize,
    /// The slot of its last node.
    pub end: usize,
    /// The slots of its relationships, or of lists of them, whose number is the path's length.
    pub relationships: Vec<usize>,
    /// How many paths, or of how many lengths.
    pub count: u32,
    /// Whether lengths are counted, not paths.
    pub is_groups: bool,
    /// The conditions after `WHERE`, on the paths that stay.
    pub predicates: Vec<Expression>,
}

/// A pattern as a graph of its own.
#[derive(Clone, Debug, Default)]
pub struct Pattern {
    /// The nodes, each variable once.
    pub nodes: Vec<PatternNode>,
    /// The relationships; no two of them are ever the same relationship.
    pub relationships: Vec<PatternRelationship>,
    /// `shortestPath(…)` and `allShortestPaths(…)`.
    pub shortest_paths: Vec<ShortestPath>,
    /// The named paths.
    pub paths: Vec<NamedPath>,
}

/// A named path of a pattern.
#[derive(Clone, Debug)]
pub struct NamedPath {
    /// Its slot.
    pub slot: usize,
    /// Its variable.
    pub name: Arc<str>,
    /// Its parts.
    pub steps: Vec<PathStep>,
}

/// A node of a pattern.
#[derive(Clone, Debug)]
pub struct PatternNode {
    /// Its slot.
    pub slot: usize,
    /// The name to be shown in plans; none for an anonymous one.
    pub name: Option<Arc<str>>,
    /// Whether an earlier clause bound it.
    pub is_bound: bool,
    /// The labels that it must have.
    pub labels: Option<LabelTest>,
}

/// A relationship of a pattern.
#[derive(Clone, Debug)]
pub struct PatternRelationship {
    /// Its slot; a list of relationships for a variable length.
    pub slot: usize,
    /// The name to be shown in plans; none for an anonymous one.
    pub name: Option<Arc<str>>,
    /// Whether an earlier clause bound it.
    pub is_bound: bool,
    /// The node on its left, as an index into [`Pattern::nodes`].
    pub left: usize,
    /// The node on its right.
    pub right: usize,
    /// Where the arrow points, read from left to right.
    pub direction: Direction,
    /// The types that it may have.
    pub types: Option<LabelTest>,
    /// The bounds of a variable length.
    pub length: Option<(u32, Option<u32>)>,
    /// What is repeated, where that is more than one relationship of some types and properties.
    pub repeat: Option<Box<Repeat>>,
    /// For a variable length: what each relationship must satisfy, as keys and values.
    pub properties: Vec<(KeyRef, Arc<str>, Expression)>,
    /// Where it is written.
    pub span: Span,
}

/// `((x)-[r]->(y) WHERE predicate){1,3}`: one repetition, in slots of its own behind those of the row.
#[derive(Clone, Debug)]
pub struct Repeat {
    /// What one repetition matches.
    pub pattern: Pattern,
    /// The conditions on one repetition.
    pub predicates: Vec<Expression>,
    /// The slot of its first node: the row's node, or the last of the repetition before.
    pub first: usize,
    /// The slot of its last node.
    pub last: usize,
    /// The slots of its relationships, from first to last.
    pub relationships: Vec<usize>,
    /// Its variables.
    pub groups: Vec<GroupVariable>,
}

/// A variable of what is repeated.
#[derive(Clone, Debug)]
pub struct GroupVariable {
    /// Its name.
    pub name: Arc<str>,
    /// Its slot within a repetition.
    pub slot: usize,
    /// The slot of the list of its values.
    pub list: usize,
}

/// `shortestPath((a)-[r*]->(b))`
#[derive(Clone, Debug)]
pub struct ShortestPath {
    /// The relationship with its ends.
    pub relationship: PatternRelationship,
    /// One or all of the shortest.
    pub selector: PathSelector,
}

/// A slot of a new row.
#[derive(Clone, Debug)]
pub struct ProjectItem {
    /// What is computed.
    pub expression: Expression,
    /// The name to be shown in plans.
    pub name: Arc<str>,
}

/// Grouping and aggregation.
#[derive(Clone, Debug)]
pub struct Aggregate {
    /// The rows.
    pub input: Box<LogicalPlan>,
    /// The grouping keys.
    pub keys: Vec<ProjectItem>,
    /// The aggregates.
    pub calls: Vec<AggregateCall>,
}

/// A call of an aggregate function.
#[derive(Clone, Debug)]
pub struct AggregateCall {
    /// The function.
    pub function: &'static aggregate::Aggregate,
    /// Its arguments; none for `count(*)`.
    pub arguments: Vec<Expression>,
    /// Whether equivalent arguments count once.
    pub is_distinct: bool,
    /// The call as written.
    pub name: Arc<str>,
    /// Where.
    pub span: Span,
}

/// A key of `ORDER BY`.
#[derive(Clone, Debug)]
pub struct SortKey {
    /// What is compared.
    pub expression: Expression,
    /// Whether the largest comes first.
    pub is_descending: bool,
}

/// What `CREATE` makes for each row, in order: nodes, then relationships between them.
#[derive(Clone, Debug, Default)]
pub struct CreatePattern {
    /// The new nodes.
    pub nodes: Vec<CreateNode>,
    /// The new relationships.
    pub relationships: Vec<CreateRelationship>,
    /// The named paths.
    pub paths: Vec<NamedPath>,
    /// How many slots the rows have afterwards.
    pub width: usize,
}

/// A node to be created.
#[derive(Clone, Debug)]
pub struct CreateNode {
    /// Its slot.
    pub slot: usize,
    /// Its labels.
    pub labels: Vec<LabelRef>,
    /// What gives further labels: strings or lists of strings.
    pub dynamic_labels: Vec<Expression>,
    /// A map of its properties.
    pub properties: Option<Expression>,
}

/// A relationship to be created.
#[derive(Clone, Debug)]
pub struct CreateRelationship {
    /// Its slot.
    pub slot: usize,
    /// Its type.
    pub relationship_type: CreatedType,
    /// The slot of the node where it starts.
    pub start: usize,
    /// The slot of the node where it ends.
    pub end: usize,
    /// A map of its properties.
    pub properties: Option<Expression>,
    /// Where it is written.
    pub span: Span,
}

/// The type of a relationship to be created.
#[derive(Clone, Debug)]
pub enum CreatedType {
    /// `:TYPE`
    Named(TypeRef),
    /// `:$(type)`: a string, or a list of one
    Dynamic(Expression),
}

/// `MERGE part ON CREATE SET … ON MATCH SET …`
#[derive(Clone, Debug)]
pub struct Merge {
    /// The rows.
    pub input: Box<LogicalPlan>,
    /// The search for the pattern, from one row.
    pub search: Box<LogicalPlan>,
    /// What is created where nothing is found.
    pub create: CreatePattern,
    /// What is done with what was created.
    pub on_create: Vec<SetOperation>,
    /// What is done with what was found.
    pub on_match: Vec<SetOperation>,
    /// The properties of the pattern, none of which may be null.
    pub required: Vec<(Arc<str>, Expression)>,
    /// How many slots the rows have before.
    pub input_width: usize,
}

/// One assignment.
#[derive(Clone, Debug)]
pub enum SetOperation {
    /// `entity.key = value`, `REMOVE entity.key`
    Property {
        /// The entity.
        target: Expression,
        /// The property.
        key: KeyRef,
        /// The new value; null removes the property.
        value: Expression,
    },
    /// `entity[key] = value`, `REMOVE entity[key]`
    DynamicProperty {
        /// The entity.
        target: Expression,
        /// What gives the property's key.
        key: Expression,
        /// The new value; null removes the property.
        value: Expression,
    },
    /// `entity = map`, `entity += map`
    Properties {
        /// The entity.
        target: Expression,
        /// A map, or an entity whose properties are taken.
        value: Expression,
        /// Whether properties that the map does not name are removed.
        is_replace: bool,
    },
    /// `node:Label`, `REMOVE node:Label`
    Labels {
        /// The node.
        target: Expression,
        /// The labels.
        labels: Vec<LabelRef>,
        /// What gives further labels: strings or lists of strings.
        dynamic: Vec<Expression>,
        /// Whether they are removed.
        is_remove: bool,
    },
}
