//! The abstract syntax tree: what was written, with spans; nothing is resolved here.
//!
//! Every type bears the name of the grammar rule that it comes from, and each variant shows its query text.

mod schema;

use std::sync::Arc;

pub use schema::{Requirement, SchemaCommand, SchemaDrop, SchemaRule};

use crate::source::Span;

/// A variable, label, type, key, parameter or function name, without its backquotes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    /// The name itself.
    pub text: Arc<str>,
    /// Where it stands.
    pub span: Span,
}

/// One statement, up to its `;`.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// `EXPLAIN`, `PROFILE` or neither.
    pub mode: Mode,
    /// What is to be run.
    pub body: StatementBody,
    /// The whole statement.
    pub span: Span,
}

/// Whether a statement is run, explained or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Run it and give its rows.
    Run,
    /// `EXPLAIN …`: give the plan, run nothing.
    Explain,
    /// `PROFILE …`: run it and give the plan with actual rows.
    Profile,
}

/// The kinds of statements.
#[derive(Clone, Debug, PartialEq)]
pub enum StatementBody {
    /// `MATCH … RETURN …` and its like.
    Query(Query),
    /// `CREATE INDEX …`, `SHOW CONSTRAINTS` and their like.
    Schema(Box<SchemaCommand>),
    /// `BEGIN`, `COMMIT` or `ROLLBACK`.
    Transaction(TransactionCommand),
}

/// What opens or ends a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransactionCommand {
    /// `BEGIN [TRANSACTION]`
    Begin,
    /// `COMMIT [TRANSACTION]`
    Commit,
    /// `ROLLBACK [TRANSACTION]`
    Rollback,
}

/// `q1 UNION q2 UNION ALL q3`.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The first single query.
    pub first: SingleQuery,
    /// The further ones, each with the `UNION` before it.
    pub unions: Vec<Union>,
}

/// `UNION [ALL] query`.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// Whether duplicates stay.
    pub is_all: bool,
    /// The query after it.
    pub query: SingleQuery,
    /// The keyword or keywords.
    pub span: Span,
}

/// A chain of clauses; never empty.
#[derive(Clone, Debug, PartialEq)]
pub struct SingleQuery {
    /// The clauses, in order.
    pub clauses: Vec<Clause>,
    /// All of it.
    pub span: Span,
}

/// A clause of a query.
#[derive(Clone, Debug, PartialEq)]
pub enum Clause {
    /// `[OPTIONAL] MATCH pattern [WHERE …]`
    Match(MatchClause),
    /// `UNWIND expression AS variable`
    Unwind(UnwindClause),
    /// `CALL procedure(…) [YIELD …]`
    Call(CallClause),
    /// `CALL { … }` or `CALL (a, b) { … }`
    Subquery(SubqueryClause),
    /// `WITH … [ORDER BY …] [SKIP …] [LIMIT …] [WHERE …]`
    With(ProjectionClause),
    /// `RETURN … [ORDER BY …] [SKIP …] [LIMIT …]`
    Return(ProjectionClause),
    /// `CREATE pattern`
    Create(CreateClause),
    /// `MERGE part [ON CREATE SET …] [ON MATCH SET …]`
    Merge(MergeClause),
    /// `SET item, …`
    Set(SetClause),
    /// `REMOVE item, …`
    Remove(RemoveClause),
    /// `[DETACH] DELETE expression, …`
    Delete(DeleteClause),
    /// `FOREACH (variable IN list | updating clauses)`
    Foreach(ForeachClause),
    /// `FINISH`
    Finish(Span),
}

impl Clause {
    /// All of the clause.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Match(clause) => clause.span,
            Self::Unwind(clause) => clause.span,
            Self::Call(clause) => clause.span,
            Self::Subquery(clause) => clause.span,
            Self::With(clause) | Self::Return(clause) => clause.span,
            Self::Create(clause) => clause.span,
            Self::Merge(clause) => clause.span,
            Self::Set(clause) => clause.span,
            Self::Remove(clause) => clause.span,
            Self::Delete(clause) => clause.span,
            Self::Foreach(clause) => clause.span,
            Self::Finish(span) => *span,
        }
    }

    /// The word that the clause is called by.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match self {
            Self::Match(_) => "MATCH",
            Self::Unwind(_) => "UNWIND",
            Self::Call(_) | Self::Subquery(_) => "CALL",
            Self::With(_) => "WITH",
            Self::Return(_) => "RETURN",
            Self::Create(_) => "CREATE",
            Self::Merge(_) => "MERGE",
            Self::Set(_) => "SET",
            Self::Remove(_) => "REMOVE",
            Self::Delete(_) => "DELETE",
            Self::Foreach(_) => "FOREACH",
            Self::Finish(_) => "FINISH",
        }
    }

    /// Whether the clause itself writes to the graph; what a subquery or a procedure does is not looked at.
    #[must_use]
    pub fn is_updating(&self) -> bool {
        matches!(
            self,
            Self::Create(_)
                | Self::Merge(_)
                | Self::Set(_)
                | Self::Remove(_)
                | Self::Delete(_)
                | Self::Foreach(_)
        )
    }
}

/// `[OPTIONAL] MATCH pattern [WHERE predicate]`
#[derive(Clone, Debug, PartialEq)]
pub struct MatchClause {
    /// Whether `OPTIONAL` stands before it.
    pub is_optional: bool,
    /// What is to be matched.
    pub pattern: Pattern,
    /// The condition after `WHERE`.
    pub predicate: Option<Expression>,
    /// All of it.
    pub span: Span,
}

/// `UNWIND list AS variable`
#[derive(Clone, Debug, PartialEq)]
pub struct UnwindClause {
    /// The list.
    pub list: Expression,
    /// The variable that takes each item.
    pub variable: Name,
    /// All of it.
    pub span: Span,
}

/// `[OPTIONAL] CALL name(arguments) YIELD a AS b WHERE …`
#[derive(Clone, Debug, PartialEq)]
pub struct CallClause {
    /// Whether `OPTIONAL` stands before it: a row for which nothing is yielded stays, with nulls.
    pub is_optional: bool,
    /// The procedure's name, its parts joined by dots.
    pub procedure: Name,
    /// The arguments; `None` where no parentheses are written (they are taken from parameters then).
    pub arguments: Option<Vec<Expression>>,
    /// What is yielded; `None` where `YIELD` is not written.
    pub yields: Option<Yield>,
    /// All of it.
    pub span: Span,
}

/// `YIELD *` or `YIELD column AS variable, … WHERE …`
#[derive(Clone, Debug, PartialEq)]
pub struct Yield {
    /// The items; `None` for `*` (and for `-`, an empty list).
    pub items: Option<Vec<YieldItem>>,
    /// The condition after `WHERE`.
    pub predicate: Option<Expression>,
    /// All of it.
    pub span: Span,
}

/// `column [AS variable]`
#[derive(Clone, Debug, PartialEq)]
pub struct YieldItem {
    /// The procedure's column.
    pub column: Name,
    /// The variable; the column's own name where no `AS` is written.
    pub variable: Name,
}

/// `[OPTIONAL] CALL { … }`, `CALL (a, b) { … }`, `CALL (*) { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct SubqueryClause {
    /// Whether `OPTIONAL` stands before it: a row for which nothing is returned stays, with nulls.
    pub is_optional: bool,
    /// The variables in parentheses; `None` where none are written.
    pub imports: Option<Vec<Name>>,
    /// Whether `(*)` is written: all variables.
    pub imports_all: bool,
    /// The query in braces.
    pub query: Query,
    /// All of it.
    pub span: Span,
}

/// The body of `WITH` and `RETURN`.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectionClause {
    /// `DISTINCT`
    pub is_distinct: bool,
    /// `*`, possibly followed by items.
    pub includes_all: bool,
    /// The items.
    pub items: Vec<ProjectionItem>,
    /// `ORDER BY …`
    pub order: Vec<SortItem>,
    /// `SKIP …` or `OFFSET …`
    pub skip: Option<Expression>,
    /// `LIMIT …`
    pub limit: Option<Expression>,
    /// `WHERE …`, after `WITH` only.
    pub predicate: Option<Expression>,
    /// All of it.
    pub span: Span,
}

/// `expression [AS alias]`
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectionItem {
    /// What is computed. Its span's text is the column's name where there is no alias.
    pub expression: Expression,
    /// The name after `AS`.
    pub alias: Option<Name>,
}

/// `expression [ASC | DESC]`
#[derive(Clone, Debug, PartialEq)]
pub struct SortItem {
    /// The key.
    pub expression: Expression,
    /// Whether `DESC` is written.
    pub is_descending: bool,
}

/// `CREATE pattern`
#[derive(Clone, Debug, PartialEq)]
pub struct CreateClause {
    /// What is to be created.
    pub pattern: Pattern,
    /// All of it.
    pub span: Span,
}

/// `MERGE part ON CREATE SET … ON MATCH SET …`
#[derive(Clone, Debug, PartialEq)]
pub struct MergeClause {
    /// What is to be found or created.
    pub part: PatternPart,
    /// The items of all `ON CREATE SET`.
    pub on_create: Vec<SetItem>,
    /// The items of all `ON MATCH SET`.
    pub on_match: Vec<SetItem>,
    /// All of it.
    pub span: Span,
}

/// `SET item, …`
#[derive(Clone, Debug, PartialEq)]
pub struct SetClause {
    /// The items, in order.
    pub items: Vec<SetItem>,
    /// All of it.
    pub span: Span,
}

/// One assignment of `SET`.
#[derive(Clone, Debug, PartialEq)]
pub enum SetItem {
    /// `target.key = value`, the target any expression that gives an entity.
    Property {
        /// The entity.
        target: Expression,
        /// The property.
        key: Name,
        /// The new value.
        value: Expression,
    },
    /// `variable = map`: all properties are replaced.
    Replace {
        /// The entity.
        variable: Name,
        /// The map, node or relationship that gives the properties.
        value: Expression,
    },
    /// `variable += map`: properties are added or replaced.
    Merge {
        /// The entity.
        variable: Name,
        /// The map, node or relationship that gives the properties.
        value: Expression,
    },
    /// `target[key] = value`, the key computed
    DynamicProperty {
        /// The entity.
        target: Expression,
        /// What gives the property's key.
        key: Expression,
        /// The new value.
        value: Expression,
    },
    /// `variable:Label:Label:$(label)`
    Labels {
        /// The node.
        variable: Name,
        /// The labels.
        labels: Vec<Name>,
        /// What gives further labels, each a string or a list of strings.
        dynamic: Vec<Expression>,
    },
}

/// `REMOVE item, …`
#[derive(Clone, Debug, PartialEq)]
pub struct RemoveClause {
    /// The items, in order.
    pub items: Vec<RemoveItem>,
    /// All of it.
    pub span: Span,
}

/// One item of `REMOVE`.
#[derive(Clone, Debug, PartialEq)]
pub enum RemoveItem {
    /// `target.key`
    Property {
        /// The entity.
        target: Expression,
        /// The property.
        key: Name,
    },
    /// `target[key]`, the key computed
    DynamicProperty {
        /// The entity.
        target: Expression,
        /// What gives the property's key.
        key: Expression,
    },
    /// `variable:Label:Label:$(label)`
    Labels {
        /// The node.
        variable: Name,
        /// The labels.
        labels: Vec<Name>,
        /// What gives further labels, each a string or a list of strings.
        dynamic: Vec<Expression>,
    },
}

/// `FOREACH (variable IN list | clauses)`
#[derive(Clone, Debug, PartialEq)]
pub struct ForeachClause {
    /// The variable that takes each item.
    pub variable: Name,
    /// The list.
    pub list: Expression,
    /// What is done for each item: updating clauses only.
    pub clauses: Vec<Clause>,
    /// All of it.
    pub span: Span,
}

/// `[DETACH] DELETE expression, …`
#[derive(Clone, Debug, PartialEq)]
pub struct DeleteClause {
    /// Whether the nodes' relationships go too.
    pub is_detach: bool,
    /// What is deleted: entities and paths.
    pub expressions: Vec<Expression>,
    /// All of it.
    pub span: Span,
}

/// `part, part, …`
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The parts; never empty.
    pub parts: Vec<PatternPart>,
}

/// `p = (a)-[r]->(b)`, `shortestPath((a)-[*]-(b))`, `ANY SHORTEST ((a)-->+(b) WHERE predicate)`
#[derive(Clone, Debug, PartialEq)]
pub struct PatternPart {
    /// The path's variable.
    pub variable: Option<Name>,
    /// All paths, or only the shortest.
    pub selector: PathSelector,
    /// The nodes and relationships.
    pub element: PatternElement,
    /// The condition in the parentheses around the path, which holds before paths are selected.
    pub predicate: Option<Box<Expression>>,
    /// All of it.
    pub span: Span,
}

/// Which of the paths that a pattern part matches are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathSelector {
    /// All of them.
    All,
    /// `shortestPath(…)`: one of the shortest between each two ends.
    Shortest,
    /// `allShortestPaths(…)`: all of the shortest between each two ends.
    AllShortest,
    /// `ANY 3`: any three between each two ends.
    AnyPaths(u32),
    /// `SHORTEST 3`: the three shortest between each two ends. `ANY SHORTEST` is one.
    ShortestPaths(u32),
    /// `SHORTEST 3 GROUPS`: those of the three least lengths between each two ends. `ALL SHORTEST` is one group.
    ShortestGroups(u32),
}

impl PathSelector {
    /// Whether it stands before the path: `SHORTEST 3` and its like.
    #[must_use]
    pub fn is_selection(self) -> bool {
        matches!(
            self,
            Self::AnyPaths(_) | Self::ShortestPaths(_) | Self::ShortestGroups(_)
        )
    }

    /// Whether it is called around the path: `shortestPath(…)`.
    #[must_use]
    pub fn is_function(self) -> bool {
        matches!(self, Self::Shortest | Self::AllShortest)
    }
}

/// `(a)-[r]->(b)<-[s]-(c)`
#[derive(Clone, Debug, PartialEq)]
pub struct PatternElement {
    /// The first node.
    pub start: NodePattern,
    /// Each relationship with the node after it.
    pub chain: Vec<(RelationshipPattern, NodePattern)>,
    /// All of it.
    pub span: Span,
}

/// `(variable:Label {key: value} WHERE predicate)`
#[derive(Clone, Debug, PartialEq)]
pub struct NodePattern {
    /// The variable.
    pub variable: Option<Name>,
    /// The labels.
    pub labels: Option<LabelExpression>,
    /// A map or a parameter.
    pub properties: Option<Expression>,
    /// The condition written inside.
    pub predicate: Option<Box<Expression>>,
    /// All of it.
    pub span: Span,
}

/// What joins two nodes: `-[variable:TYPE|TYPE*1..3 {key: value} WHERE predicate]->`, perhaps with a quantifier, or a
/// quantified path `((a)-->(b) WHERE predicate){1,3}`.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationshipPattern {
    /// The variable.
    pub variable: Option<Name>,
    /// The types.
    pub types: Option<LabelExpression>,
    /// `*`, `*2`, `*1..3`: a variable length.
    pub length: Option<Length>,
    /// A map or a parameter.
    pub properties: Option<Expression>,
    /// The condition written inside.
    pub predicate: Option<Box<Expression>>,
    /// Where the arrow points.
    pub direction: Direction,
    /// `{1,3}`, `+` or `*` after it: how often it may be repeated.
    pub quantifier: Option<PathQuantifier>,
    /// The path in parentheses that is repeated; everything else but the quantifier and the span is empty then.
    pub path: Option<Box<ParenthesizedPath>>,
    /// All of it.
    pub span: Span,
}

/// `{2}`, `{1,3}`, `{,3}`, `+` for `{1,}` and `*` for `{0,}`, after a relationship or a path in parentheses
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathQuantifier {
    /// The fewest repetitions.
    pub min: u32,
    /// The most repetitions; none where there is no bound.
    pub max: Option<u32>,
    /// All of it.
    pub span: Span,
}

/// `((a)-[r]->(b) WHERE predicate)`
#[derive(Clone, Debug, PartialEq)]
pub struct ParenthesizedPath {
    /// The nodes and relationships.
    pub element: PatternElement,
    /// The condition on each repetition.
    pub predicate: Option<Expression>,
}

/// `*min..max`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// The lower bound; 1 where it is not written.
    pub min: Option<u32>,
    /// The upper bound; none where it is not written.
    pub max: Option<u32>,
    /// The star and the numbers.
    pub span: Span,
}

/// Where a relationship pattern's arrow points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// `-->`
    Outgoing,
    /// `<--`
    Incoming,
    /// `--` and `<-->`
    Both,
}

impl Direction {
    /// The direction seen from the other end.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Outgoing => Self::Incoming,
            Self::Incoming => Self::Outgoing,
            Self::Both => Self::Both,
        }
    }
}

/// What labels a node, or what type a relationship, must have.
#[derive(Clone, Debug, PartialEq)]
pub enum LabelExpression {
    /// `:Label`
    Label(Name),
    /// `:$(name)`, `:$any(names)`: a string or a list of strings, all of which are meant unless `any` is written
    Dynamic {
        /// What gives the names.
        names: Box<Expression>,
        /// Whether one of the names is enough.
        is_any: bool,
    },
    /// `:%`: any
    Any(Span),
    /// `:A:B` and `:A&B`
    And(Vec<LabelExpression>),
    /// `:A|B` and, between types, `:A|:B`
    Or(Vec<LabelExpression>),
    /// `:!A`
    Not(Box<LabelExpression>),
}

impl LabelExpression {
    /// Adds the expressions that give names: those of `:$(…)`.
    pub fn names_computed<'a>(&'a self, names: &mut Vec<&'a Expression>) {
        match self {
            Self::Label(_) | Self::Any(_) => {}
            Self::Dynamic { names: own, .. } => names.push(own),
            Self::And(parts) | Self::Or(parts) => {
                for part in parts {
                    part.names_computed(names);
                }
            }
            Self::Not(part) => part.names_computed(names),
        }
    }

    /// Whether a name in it is computed.
    #[must_use]
    pub fn is_dynamic(&self) -> bool {
        let mut names = Vec::new();
        self.names_computed(&mut names);
        !names.is_empty()
    }
}

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

/// What stands after `IS ::`.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueType {
    /// `INTEGER`, `STRING NOT NULL`
    Named {
        /// The type.
        name: TypeName,
        /// Whether `NOT NULL` is written.
        is_required: bool,
    },
    /// `LIST<STRING>`, `LIST<INTEGER NOT NULL> NOT NULL`
    List {
        /// The type of the items.
        item: Box<ValueType>,
        /// Whether `NOT NULL` is written after it.
        is_required: bool,
    },
    /// `INTEGER | FLOAT`
    Union(Vec<ValueType>),
}

/// The name of a type, by its shortest spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeName {
    /// `ANY`
    Any,
    /// `NOTHING`: no value is of it
    Nothing,
    /// `NULL`
    Null,
    /// `PROPERTY VALUE`: what a property can hold
    PropertyValue,
    /// `BOOLEAN`
    Boolean,
    /// `STRING`
    String,
    /// `INTEGER`
    Integer,
    /// `FLOAT`
    Float,
    /// `DATE`
    Date,
    /// `LOCAL TIME`
    LocalTime,
    /// `ZONED TIME`
    ZonedTime,
    /// `LOCAL DATETIME`
    LocalDateTime,
    /// `ZONED DATETIME`
    ZonedDateTime,
    /// `DURATION`
    Duration,
    /// `MAP`
    Map,
    /// `NODE`
    Node,
    /// `RELATIONSHIP`
    Relationship,
    /// `PATH`
    Path,
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

/// An operator before its operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOperator {
    /// `NOT`
    Not,
    /// `-`
    Minus,
    /// `+`
    Plus,
}

/// An operator between two operands, comparisons and the boolean ones apart.
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

/// An operator of a comparison chain.
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
