//! `AllNodesScan`, `NodeByLabelScan`, `NodeIndexSeek`, `NodeByIdSeek`: each row with each node that is found.

use std::sync::Arc;

use super::operator::Input;
use super::{Execution, ExecutionContext, Operator, index_seek};
use crate::expression::{BATCH_SIZE, Batch, Column, Expression, LabelRef};
use crate::plan::IndexSeek;
use crate::value::{NodeId, Value, exact_integer};

/// Which nodes are found.
pub(crate) enum Found<'a> {
    /// All of them.
    All,
    /// Those that bear a label.
    Label(LabelRef),
    /// Those that an index finds; they may differ from row to row.
    Index(&'a IndexSeek),
    /// Those of given ids; they may differ from row to row.
    Ids(&'a Expression),
}

/// Each row of the input with each node that is found.
pub(crate) struct Scan<'a> {
    input: Input<'a>,
    slot: usize,
    found: Found<'a>,
    /// The nodes, where they are the same for all rows.
    nodes: Option<Vec<NodeId>>,
    batch: Option<Batch>,
    row: usize,
    position: usize,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(input: Input<'a>, slot: usize, found: Found<'a>) -> Self {
        Self {
            input,
            slot,
            found,
            nodes: None,
            batch: None,
            row: 0,
            position: 0,
        }
    }

    fn find(&self, ctx: &ExecutionContext<'_>, batch: &Batch) -> Execution<Vec<NodeId>> {
        let view = ctx.view();
        Ok(match &self.found {
            Found::All => view.nodes().collect(),
            Found::Label(label) => ctx
                .names()
                .label(*label)
                .map_or_else(Vec::new, |label| view.nodes_with_label(label).collect()),
            Found::Index(seek) => index_seek::seek(ctx, seek, batch, self.row)?,
            Found::Ids(ids) => {
                let ids = match ctx.evaluate(ids, batch, self.row)? {
                    Value::List(items) => items.to_vec(),
                    value => vec![value],
                };
                let mut nodes: Vec<NodeId> = ids
                    .iter()
                    .filter_map(whole_number)
                    .filter_map(|id| id.try_into().ok())
                    .map(NodeId)
                    .collect();
                nodes.sort_unstable();
                nodes.dedup();
                nodes.retain(|node| view.contains_node(*node));
                nodes
            }
        })
    }
}

impl Operator for Scan<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        loop {
            let batch = match self.batch.take() {
                Some(batch) => batch,
                None => match self.input.next(ctx)? {
                    Some(batch) => {
                        (self.row, self.position) = (0, 0);
                        batch
                    }
                    None => return Ok(None),
                },
            };
            let is_fixed = !matches!(self.found, Found::Ids(_) | Found::Index(_));
            let mut rows = Vec::new();
            let mut column = Vec::new();
            while self.row < batch.len() && column.len() < BATCH_SIZE {
                if self.nodes.is_none() {
                    self.nodes = Some(self.find(ctx, &batch)?);
                }
                let nodes = self.nodes.as_deref().unwrap_or_default();
                let taken = &nodes
                    [self.position..nodes.len().min(self.position + BATCH_SIZE - column.len())];
                column.extend_from_slice(taken);
                rows.resize(column.len(), index(self.row));
                self.position += taken.len();
                if self.position == nodes.len() {
                    self.position = 0;
                    self.row += 1;
                    if !is_fixed {
                        self.nodes = None;
                    }
                }
            }
            let mut out = batch.take(&rows);
            if self.row < batch.len() {
                self.batch = Some(batch);
            }
            ctx.check()?;
            if !column.is_empty() {
                out.set(self.slot, Column::Nodes(column));
                return Ok(Some(out));
            }
        }
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
        self.nodes = None;
        self.batch = None;
    }
}

/// The integer that a number equals, floats included.
fn whole_number(value: &Value) -> Option<i64> {
    match value {
        Value::Float(float) => exact_integer(*float),
        value => value.as_integer(),
    }
}

/// A row's place in a batch, as batches count.
pub(crate) fn index(row: usize) -> u32 {
    u32::try_from(row).expect("a batch has fewer than 2³² rows")
}
