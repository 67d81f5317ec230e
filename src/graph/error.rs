//! What a write to the graph can be refused for.

use std::sync::Arc;

use super::Violation;
use crate::value::{NodeId, RelationshipId};

/// What a write to the graph can be refused for.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum GraphError {
    /// The node was deleted or never was.
    #[error("there is no node {0:?}")]
    NodeNotFound(NodeId),
    /// The relationship was deleted or never was.
    #[error("there is no relationship {0:?}")]
    RelationshipNotFound(RelationshipId),
    /// A node can't go while relationships hang on it.
    #[error("the node still has {count} {}; delete what hangs on it first, or use DETACH DELETE", if *.count == 1 { "relationship" } else { "relationships" })]
    DeleteConnectedNode {
        /// The node.
        node: NodeId,
        /// How many relationships it has, a self-loop counted once.
        count: usize,
    },
    /// An index of this name, or of the same keys, is there already.
    #[error("the index `{name}` is there already")]
    IndexExists {
        /// The name of the index that is there.
        name: Arc<str>,
    },
    /// No index has this name.
    #[error("there is no index `{name}`")]
    IndexNotFound {
        /// The name.
        name: Arc<str>,
    },
    /// The index is part of a constraint.
    #[error("the index `{name}` belongs to the constraint of that name")]
    IndexOwned {
        /// The name.
        name: Arc<str>,
    },
    /// A constraint of this name, or one that asks the same, is there already.
    #[error("the constraint `{name}` is there already")]
    ConstraintExists {
        /// The name of the constraint that is there.
        name: Arc<str>,
    },
    /// No constraint has this name.
    #[error("there is no constraint `{name}`")]
    ConstraintNotFound {
        /// The name.
        name: Arc<str>,
    },
    /// A constraint does not hold.
    #[error("{0}")]
    Violated(Box<Violation>),
    /// Whoever watched long work ended it.
    #[error("the work was interrupted")]
    Interrupted,
    /// 2³² entities of a kind are alive at once.
    #[error("a graph holds at most 4,294,967,295 nodes and as many relationships")]
    Full,
}
