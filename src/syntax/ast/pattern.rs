//! Patterns of nodes, relationships and paths.

use super::{Expression, Name};
use crate::source::Span;

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
