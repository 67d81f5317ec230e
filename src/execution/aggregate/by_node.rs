//! What tells groups apart: the values of their keys, or one node of which all keys are properties.
//!
//! Where no two nodes of a label share some of its properties, groups by these and others of the node are groups by the
//! node: the values are looked up when the groups are complete, once for each.

use super::keys::{KeyNumbers, RowNumbers};
use crate::algebra::ProjectItem;
use crate::execution::{Execution, ExecutionContext};
use crate::expression::{Batch, Column, ExpressionKind};
use crate::graph::{KeyId, LabelId};

/// For so few rows, it costs more to look for such a label than it saves.
const FEW: usize = if cfg!(test) { 16 } else { 256 };

/// Numbers groups, in the order in which they first come.
pub(super) struct GroupNumbers<'a> {
    keys: &'a [ProjectItem],
    known: Known,
}

/// What is known of the groups so far.
enum Known {
    /// Nothing: there was no row.
    Nothing,
    /// The node of each; all bear a label of which no two nodes share a group.
    Nodes(Node, KeyNumbers),
    /// The values of their keys.
    Values(RowNumbers),
}

/// The node that tells groups apart.
#[derive(Clone, Copy)]
struct Node {
    slot: usize,
    label: LabelId,
}

impl<'a> GroupNumbers<'a> {
    pub(super) fn new(keys: &'a [ProjectItem]) -> Self {
        let known = Known::Nothing;
        Self { keys, known }
    }

    /// How many groups there are.
    pub(super) fn len(&self) -> usize {
        match &self.known {
            Known::Nothing => 0,
            Known::Nodes(_, nodes) => nodes.len(),
            Known::Values(rows) => rows.len(),
        }
    }

    /// The group of each row, and about how many bytes the new groups take.
    pub(super) fn number(
        &mut self,
        ctx: &ExecutionContext<'_>,
        batch: &Batch,
    ) -> Execution<(Vec<u32>, usize)> {
        if let Known::Nothing = self.known {
            let node = (batch.len() >= FEW)
                .then(|| self.node(ctx, batch))
                .flatten();
            self.known = match node {
                Some(node) => Known::Nodes(node, KeyNumbers::default()),
                None => Known::Values(RowNumbers::default()),
            };
        }
        let before = self.len();
        if let Known::Nodes(node, nodes) = &mut self.known {
            let column = batch.column(node.slot);
            if node.tells_apart(ctx, column) {
                let groups = nodes.number(column);
                let new = nodes.len() - before;
                return Ok((groups, RowNumbers::size(1, new)));
            }
        }
        let keys = self.values_of(ctx, batch)?;
        let rows = self.by_values(ctx)?;
        let groups = rows.number(&keys, batch.len());
        let new = rows.len() - before;
        let sizes = keys.iter().map(Column::size);
        let values = sizes.fold(0, usize::saturating_add) / batch.len() * new;
        Ok((groups, values + RowNumbers::size(keys.len(), new)))
    }

    /// Takes the groups of others in; gives the number that each of theirs has here.
    pub(super) fn merge(&mut self, ctx: &ExecutionContext<'_>, other: Self) -> Execution<Vec<u32>> {
        let len = other.len();
        match (&mut self.known, other.known) {
            (Known::Nodes(_, nodes), Known::Nodes(_, others)) => Ok(nodes.number(others.all())),
            (_, Known::Nothing) => Ok(Vec::new()),
            (known @ Known::Nothing, others) => {
                *known = others;
                Ok((0..u32::try_from(len).expect("groups are numbered by 32 bits")).collect())
            }
            (_, others) => {
                let keys = Self {
                    known: others,
                    ..*self
                }
                .columns(ctx)?;
                Ok(self.by_values(ctx)?.number(&keys, len))
            }
        }
    }

    /// The keys of each group.
    pub(super) fn columns(&self, ctx: &ExecutionContext<'_>) -> Execution<Vec<Column>> {
        match &self.known {
            Known::Nothing => Ok(vec![Column::default(); self.keys.len()]),
            Known::Nodes(node, nodes) => {
                let mut batch = Batch::new(Vec::new(), nodes.len());
                batch.set(node.slot, nodes.all().clone());
                self.values_of(ctx, &batch)
            }
            Known::Values(rows) => Ok(rows.columns()),
        }
    }

    fn values_of(&self, ctx: &ExecutionContext<'_>, batch: &Batch) -> Execution<Vec<Column>> {
        let keys = self.keys.iter();
        keys.map(|item| ctx.evaluate_all(&item.expression, batch))
            .collect()
    }

    /// Goes over to the values of the keys; the groups keep their numbers.
    fn by_values(&mut self, ctx: &ExecutionContext<'_>) -> Execution<&mut RowNumbers> {
        if let Known::Nothing | Known::Nodes(..) = self.known {
            let (keys, len) = (self.columns(ctx)?, self.len());
            let mut rows = RowNumbers::default();
            if len > 0 {
                rows.number(&keys, len);
            }
            self.known = Known::Values(rows);
        }
        match &mut self.known {
            Known::Values(rows) => Ok(rows),
            _ => unreachable!("the groups are known by values now"),
        }
    }

    /// The node of which all keys are properties, if some of these tell all nodes of a label apart.
    fn node(&self, ctx: &ExecutionContext<'_>, batch: &Batch) -> Option<Node> {
        let mut slots = Vec::new();
        let mut keys: Vec<KeyId> = Vec::new();
        for item in self.keys {
            let ExpressionKind::Property { base, key, .. } = &item.expression.kind else {
                return None;
            };
            let ExpressionKind::Slot(slot) = base.kind else {
                return None;
            };
            slots.push(slot);
            keys.extend(ctx.names().key(*key));
        }
        let slot = *slots.first()?;
        if !ctx.is_read_only() || slots.iter().any(|other| *other != slot) {
            return None;
        }
        let first = batch.column(slot).node(0)?;
        let label = ctx.view().label_told_apart_by(&keys, first)?;
        Some(Node { slot, label })
    }
}

impl Node {
    /// Whether all rows have a node that bears the label.
    fn tells_apart(self, ctx: &ExecutionContext<'_>, column: &Column) -> bool {
        let view = ctx.view();
        match column {
            Column::Nodes(nodes) => nodes.iter().all(|node| view.has_label(*node, self.label)),
            _ => false,
        }
    }
}
