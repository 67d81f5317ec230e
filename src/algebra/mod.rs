//! Owns the meaning of a statement: scopes, static checks, and the way from the syntax tree to a [`LogicalPlan`].
//!
//! Takes an AST and what procedures exist; gives a plan whose variables are slots of a row. It never looks at data.
//!
//! ```text
//! MATCH (a)-[:KNOWS]->(b) WHERE a.age > 30 RETURN b.name AS name
//!
//! Project [b.name]                row: 0 name
//!   Match (0)-[1:KNOWS]->(2)      row: 0 a, 1 the relationship, 2 b
//!     Argument                    row: empty
//! ```

mod aggregation;
mod bind;
mod call;
mod clause;
mod comprehension;
mod error;
mod expression;
mod foreach;
mod label;
mod operator;
mod pattern;
mod plan;
mod procedures;
mod projection;
mod quantified;
mod scope;
mod subquery;
mod type_predicate;
mod update;

pub use bind::bind;
pub use error::{SemanticError, SemanticErrorKind};
pub use plan::{
    Aggregate, AggregateCall, CreateNode, CreatePattern, CreateRelationship, CreatedType,
    GroupVariable, LogicalPlan, LogicalQuery, Match, Mention, MentionKind, Merge, NamedPath,
    Pattern, PatternNode, PatternRelationship, ProjectItem, Repeat, Selection, SetOperation,
    ShortestPath, SortKey, Subquery,
};
