//! `ProjectEndpoints`: the ends of a relationship, or of a list of relationships, that is known already.

use std::sync::Arc;

use super::expand::{Hops, used};
use super::operator::Input;
use super::scan::index;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::{Batch, Column};
use crate::graph::View;
use crate::plan;
use crate::value::{NodeId, RelationshipId, Value};

/// Each row of the input with each way in which a known relationship fits the pattern.
pub(crate) struct ProjectEndpoints<'a> {
    input: Input<'a>,
    plan: &'a plan::ProjectEndpoints,
}

impl<'a> ProjectEndpoints<'a> {
    pub(crate) fn new(input: Input<'a>, plan: &'a plan::ProjectEndpoints) -> Self {
        Self { input, plan }
    }

    /// The nodes at both ends, for each way in which the relationships can be walked.
    fn ends(&self, hops: &Hops, view: &View, batch: &Batch, row: usize) -> Vec<(NodeId, NodeId)> {
        let relationships = match batch.value(self.plan.relationship, row) {
            Value::Relationship(relationship) if self.plan.length.is_none() => vec![relationship],
            Value::List(items) if self.plan.length.is_some() => {
                let relationships: Option<Vec<RelationshipId>> = items
                    .iter()
                    .map(|item| match item {
                        Value::Relationship(relationship) => Some(*relationship),
                        _ => None,
                    })
                    .collect();
                match relationships {
                    Some(relationships) => relationships,
                    None => return Vec::new(),
                }
            }
            _ => return Vec::new(),
        };
        let (min, max) = self.plan.length.unwrap_or((1, Some(1)));
        let length = relationships.len();
        if length < min as usize || max.is_some_and(|max| length > max as usize) {
            return Vec::new();
        }
        let used = used(batch, row, self.plan.unique.iter().copied());
        if relationships
            .iter()
            .any(|relationship| used.contains(relationship))
        {
            return Vec::new();
        }
        let Some(first) = relationships.first() else {
            // No relationship: both ends are one node, which has to be known.
            let mut known = [self.plan.left, self.plan.right]
                .into_iter()
                .filter(|(_, is_known)| *is_known);
            let node = known.find_map(|(slot, _)| batch.column(slot).node(row));
            return node.map(|node| (node, node)).into_iter().collect();
        };
        let Some((start, end)) = view.endpoints(*first) else {
            return Vec::new();
        };
        let starts = if start == end {
            vec![start]
        } else {
            vec![start, end]
        };
        starts
            .into_iter()
            .filter_map(|left| Some((left, walk(hops, view, left, &relationships)?)))
            .collect()
    }
}

/// The node at the end of the relationships when they are walked from a node.
fn walk(
    hops: &Hops,
    view: &View,
    from: NodeId,
    relationships: &[RelationshipId],
) -> Option<NodeId> {
    let mut node = from;
    for relationship in relationships {
        node = hops.passes(
            view.type_of(*relationship)?,
            view.endpoints(*relationship)?,
            node,
        )?;
    }
    Some(node)
}

impl Operator for ProjectEndpoints<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        while let Some(batch) = self.input.next(ctx)? {
            let hops = Hops::new(ctx, self.plan.types.as_ref(), self.plan.direction);
            let view = ctx.view();
            let (mut rows, mut left, mut right) = (Vec::new(), Vec::new(), Vec::new());
            for row in 0..batch.len() {
                let fits = |(slot, is_known): (usize, bool), node: NodeId| {
                    !is_known || batch.column(slot).node(row) == Some(node)
                };
                for (start, end) in self.ends(&hops, &view, &batch, row) {
                    let is_same = self.plan.left.0 != self.plan.right.0 || start == end;
                    if is_same && fits(self.plan.left, start) && fits(self.plan.right, end) {
                        rows.push(index(row));
                        left.push(start);
                        right.push(end);
                    }
                }
            }
            if !rows.is_empty() {
                let mut out = batch.take(&rows);
                out.set(self.plan.left.0, Column::Nodes(left));
                out.set(self.plan.right.0, Column::Nodes(right));
                return Ok(Some(out));
            }
        }
        Ok(None)
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
    }
}
