//! `Repeat`: trails of repetitions of a pattern, all of them or the shortest.

use std::sync::Arc;

use smallvec::SmallVec;

use super::breadth_first::Search;
use super::expand::used;
use super::operator::Input;
use super::repetition::{Repetition, RowTrail, Trail};
use super::scan::index;
use super::{Execution, ExecutionContext, Operator};
use crate::expression::Batch;
use crate::function::Held;
use crate::plan::{self, Keep};
use crate::value::{NodeId, RelationshipId};

/// How many trails are made longer at once.
pub(super) const CHUNK: usize = 256;
/// About how many bytes an open trail takes.
pub(super) const TRAIL: usize = 160;

/// Each row of the input with the trails of repetitions from a node to any (or to a known) node.
pub(crate) struct Repeat<'a> {
    input: Input<'a>,
    repetition: Repetition<'a>,
    plan: &'a plan::Repeat,
    state: Option<State>,
    held: Held,
}

/// The rows at hand.
struct State {
    batch: Batch,
    /// For each row, the relationships that may not be used.
    used: Vec<SmallVec<[RelationshipId; 8]>>,
    /// The first row that was not begun.
    row: usize,
    /// The trails that can go on, the next one last.
    open: Vec<RowTrail>,
}

impl<'a> Repeat<'a> {
    pub(crate) fn new(input: Input<'a>, inner: Input<'a>, plan: &'a plan::Repeat) -> Self {
        Self {
            input,
            repetition: Repetition::new(inner, plan),
            plan,
            state: None,
            held: Held::default(),
        }
    }

    /// Some more trails of the rows at hand; `None` when there are no more.
    fn found(
        &mut self,
        ctx: &ExecutionContext<'_>,
        state: &mut State,
    ) -> Execution<Option<Vec<RowTrail>>> {
        if state.open.is_empty() && state.row == state.batch.len() {
            return Ok(None);
        }
        match self.plan.keep {
            Keep::All => self.all(ctx, state).map(Some),
            keep => {
                let row = state.row;
                state.row += 1;
                let column = state.batch.column(self.plan.from);
                let Some(from) = column.node(row) else {
                    return Ok(Some(Vec::new()));
                };
                let target = target(self.plan, &state.batch, row);
                if self.plan.is_into && target.is_none() {
                    return Ok(Some(Vec::new()));
                }
                let mut search = Search {
                    ctx,
                    repetition: &mut self.repetition,
                    batch: &state.batch,
                    used: &state.used,
                    row: index(row),
                    held: Held::default(),
                    bounds: (self.plan.min, self.plan.max),
                };
                let trails = match keep {
                    Keep::All => unreachable!("all trails are found depth first"),
                    Keep::Shortest {
                        is_all,
                        is_undirected,
                    } => search.shortest(from, target, is_all, is_undirected)?,
                    Keep::First { count, is_groups } => {
                        search.first(from, target, count as usize, is_groups)?
                    }
                };
                let trails = trails.into_iter().map(|trail| (index(row), trail));
                Ok(Some(trails.collect()))
            }
        }
    }

    /// Goes on with the trails that were found last, so that few are open at a time.
    fn all(&mut self, ctx: &ExecutionContext<'_>, state: &mut State) -> Execution<Vec<RowTrail>> {
        ctx.hold_only(&mut self.held, state.open.len() * TRAIL)?;
        let mut found = Vec::new();
        let longer = match state.open.is_empty() {
            true => self.starts(state),
            false => {
                let mut chunk = state.open.split_off(state.open.len().saturating_sub(CHUNK));
                chunk.reverse();
                self.repetition
                    .extend(ctx, &state.batch, &state.used, &chunk)?
            }
        };
        for (row, trail) in longer {
            let target = target(self.plan, &state.batch, row as usize);
            if trail.depth >= self.plan.min && (!self.plan.is_into || target == Some(trail.end)) {
                found.push((row, trail.clone()));
            }
            if self.plan.max.is_none_or(|max| trail.depth < max) {
                state.open.push((row, trail));
            }
        }
        Ok(found)
    }

    /// The trails without a repetition for the next rows.
    fn starts(&self, state: &mut State) -> Vec<RowTrail> {
        let rows = state.row..state.batch.len().min(state.row + CHUNK);
        state.row = rows.end;
        let column = state.batch.column(self.plan.from);
        rows.filter_map(|row| Some((index(row), Trail::start(column.node(row)?))))
            .collect()
    }
}

/// The node at the other end, if it is known.
fn target(plan: &plan::Repeat, batch: &Batch, row: usize) -> Option<NodeId> {
    plan.is_into
        .then(|| batch.column(plan.to).node(row))
        .flatten()
}

impl Operator for Repeat<'_> {
    fn next(&mut self, ctx: &ExecutionContext<'_>) -> Execution<Option<Batch>> {
        loop {
            let mut state = match self.state.take() {
                Some(state) => state,
                None => {
                    let Some(batch) = self.input.next(ctx)? else {
                        return Ok(None);
                    };
                    State {
                        used: (0..batch.len())
                            .map(|row| used(&batch, row, self.plan.unique.iter().copied()))
                            .collect(),
                        row: 0,
                        open: Vec::new(),
                        batch,
                    }
                }
            };
            ctx.check()?;
            let Some(found) = self.found(ctx, &mut state)? else {
                continue;
            };
            let out = (!found.is_empty()).then(|| self.repetition.rows(&state.batch, &found));
            self.state = Some(state);
            if out.is_some() {
                return Ok(out);
            }
        }
    }

    fn reset(&mut self, argument: &Arc<Batch>) {
        self.input.reset(argument);
        self.state = None;
    }
}
