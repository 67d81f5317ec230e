//! Clauses that write.

use super::{Clause, Expression, Name, Pattern, PatternPart};
use crate::source::Span;

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
