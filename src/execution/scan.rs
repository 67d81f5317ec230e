//! `AllNodesScan`, `NodeByLabelScan`, `NodeIndexSeek`, `NodeByIdSeek`: each row with each node that is found.

use std::sync::Arc;

use super::operator::Input;
use super::{Execution, ExecutionContext, Operator, index_seek};
use crate::expression::{BATCH_SIZE, Batch, Column, Expression, LabelRef};
use crate::plan::IndexSeek;
use crate::value::{NodeId, Value, exact_integer};

/// Which nodes are found.
#[derive(Clone, Copy)]
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
    /// Where its part of the plan stands, by which a piece of the work knows it.
    place: usize,
    batch: Option<Batch>,
    row: usize,
    /// The slot of the next node to look at.
    next: u32,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(input: Input<'a>, slot: usize, found: Found<'a>, place: usize) -> Self {
        Self {
            input,
            slot,
            found,
            place,
            batch: None,
            row: 0,
            next: 0,
        }
    }

    /// Appends the next nodes for the row at hand; gives where to go on, none when the row is done.
    fn append(
        &self,
        ctx: &ExecutionContext<'_>,
        batch: &Batch,
        nodes: &mut Vec<NodeId>,
    ) -> Execution<Option<u32>> {
        let slots = ctx.slots(self.place);
        let slots = slots.start.max(self.next)..slots.end;
        match self.found {
            Found::All => Ok(ctx.view().append_nodes(slots, BATCH_SIZE, nodes)),
            Found::Label(label) => Ok(ctx
                .names()
                .label(label)
                .and_then(|label| ctx.view().append_labelled(label, slots, BATCH_SIZE, nodes))),
            Found::Index(seek) => {
                nodes.extend(index_seek::seek(ctx, seek, batch, self.row)?);
                Ok(None)
            }
            Found::Ids(ids) => {
                nodes.extend(sought(ctx, ids, batch, self.row)?);
                Ok(None)
            }
        }
    }
}

/// The nodes of the ids that an expression gives, each once.
fn sought(
    ctx: &ExecutionContext<'_>,
    ids: &Expression,
    batch: &Batch,
    row: usize,
) -> Execution<Vec<NodeId>> {
    let ids = match ctx.evaluate(ids, batch, row)? {
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
    let view = ctx.view();
    nodes.retain(|node| view.contains_node(*node));
    Ok(nodes)
}

impl Operator for Scan<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        loop {
            let batch = match self.batch.take() {
                Some(batch) => batch,
                None => match self.input.next(ctx)? {
                    Some(batch) => {
                        (self.row, self.next) = (0, 0);
                        batch
                    }
                    None => return Ok(None),
                },
            };
            let mut rows = Vec::new();
            let mut column = Vec::new();
            while self.row < batch.len() && column.len() < BATCH_SIZE {
                let next = self.append(ctx, &batch, &mut column)?;
                rows.resize(column.len(), index(self.row));
                self.next = next.unwrap_or(0);
                self.row += usize::from(next.is_none());
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
