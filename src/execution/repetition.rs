//! Trails of repetitions: what each repetition adds to the trail before it.

use std::rc::Rc;
use std::sync::Arc;

use smallvec::SmallVec;

use super::operator::Input;
use super::optional::number;
use super::scan::index;
use super::{Execution, ExecutionContext};
use crate::expression::{Batch, Column};
use crate::plan;
use crate::value::{NodeId, RelationshipId, Value};

/// A trail of repetitions; trails share what they have in common.
pub(super) struct Trail {
    /// The trail without its last repetition; none for the trail without any.
    before: Option<Rc<Trail>>,
    /// The relationships of the last repetition, from left to right.
    relationships: SmallVec<[RelationshipId; 2]>,
    /// The values of the last repetition's variables.
    values: Vec<Value>,
    /// The node where the trail ends.
    pub(super) end: NodeId,
    /// How many repetitions it has.
    pub(super) depth: u32,
}

impl Trail {
    /// The trail without a repetition.
    pub(super) fn start(node: NodeId) -> Rc<Self> {
        Rc::new(Self {
            before: None,
            relationships: SmallVec::new(),
            values: Vec::new(),
            end: node,
            depth: 0,
        })
    }

    /// The same last repetition after another trail to the same node.
    pub(super) fn after(&self, before: &Rc<Self>) -> Rc<Self> {
        Rc::new(Self {
            before: Some(before.clone()),
            relationships: self.relationships.clone(),
            values: self.values.clone(),
            end: self.end,
            depth: before.depth + 1,
        })
    }

    /// The trail without its last repetition.
    pub(super) fn before(&self) -> Option<&Rc<Self>> {
        self.before.as_ref()
    }

    /// The relationships of the last repetition.
    pub(super) fn last(&self) -> &[RelationshipId] {
        &self.relationships
    }

    /// The trail and those before it, without the one that has no repetition.
    fn repetitions(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |trail| trail.before.as_deref())
            .take_while(|trail| trail.before.is_some())
    }

    fn uses(&self, relationship: RelationshipId) -> bool {
        self.repetitions()
            .any(|trail| trail.relationships.contains(&relationship))
    }
}

impl Drop for Trail {
    /// A long trail is taken apart in a loop; by itself it would need a call for each repetition.
    fn drop(&mut self) {
        let mut before = self.before.take();
        while let Some(mut trail) = before.and_then(Rc::into_inner) {
            before = trail.before.take();
        }
    }
}

/// A trail from the node of a row.
pub(super) type RowTrail = (u32, Rc<Trail>);

/// Repeats a pattern once more at the ends of trails.
pub(super) struct Repetition<'a> {
    inner: Input<'a>,
    plan: &'a plan::Repeat,
}

impl<'a> Repetition<'a> {
    pub(super) fn new(inner: Input<'a>, plan: &'a plan::Repeat) -> Self {
        Self { inner, plan }
    }

    /// The trails with one repetition more, for trails from the rows of a batch. `used` tells for each row which
    /// relationships may not be used.
    pub(super) fn extend(
        &mut self,
        ctx: &ExecutionContext<'_>,
        batch: &Batch,
        used: &[SmallVec<[RelationshipId; 8]>],
        trails: &[RowTrail],
    ) -> Execution<Vec<RowTrail>> {
        let plan = self.plan;
        let rows: Vec<u32> = trails.iter().map(|(row, _)| *row).collect();
        let mut argument = batch.take(&rows);
        argument.truncate(plan.width);
        argument.set(
            plan.ends.0,
            Column::Nodes(trails.iter().map(|(_, trail)| trail.end).collect()),
        );
        let numbers = (0..i64::from(index(trails.len()))).collect();
        argument.set(plan.width, Column::Integers(numbers));
        self.inner.reset(&Arc::new(argument));
        let mut longer = Vec::new();
        while let Some(found) = self.inner.next(ctx)? {
            ctx.check()?;
            for at in 0..found.len() {
                let (row, before) = &trails[number(&found, plan.width, at)];
                let used = &used[*row as usize];
                if let Some(trail) = self.one_more(&found, at, before, used) {
                    longer.push((*row, Rc::new(trail)));
                }
            }
        }
        Ok(longer)
    }

    /// The trail that a row of the inner plan adds to; none if it would use a relationship twice.
    fn one_more(
        &self,
        found: &Batch,
        row: usize,
        before: &Rc<Trail>,
        used: &[RelationshipId],
    ) -> Option<Trail> {
        let mut relationships = SmallVec::new();
        for slot in &self.plan.steps {
            let Value::Relationship(relationship) = found.value(*slot, row) else {
                return None;
            };
            if used.contains(&relationship) || before.uses(relationship) {
                return None;
            }
            relationships.push(relationship);
        }
        Some(Trail {
            before: Some(before.clone()),
            relationships,
            values: self
                .plan
                .groups
                .iter()
                .map(|group| found.value(group.slot, row))
                .collect(),
            end: found.column(self.plan.ends.1).node(row)?,
            depth: before.depth + 1,
        })
    }

    /// The rows of a batch with trails from them: the node at the end, the lists of relationships and of the values of
    /// each variable.
    pub(super) fn rows(&self, batch: &Batch, found: &[RowTrail]) -> Batch {
        let plan = self.plan;
        let rows: Vec<u32> = found.iter().map(|(row, _)| *row).collect();
        let mut relationships = Vec::with_capacity(found.len());
        let mut groups = vec![Vec::with_capacity(found.len()); plan.groups.len()];
        for (_, trail) in found {
            let mut repetitions: Vec<&Trail> = trail.repetitions().collect();
            if !plan.is_reversed {
                repetitions.reverse();
            }
            let all = repetitions.iter().flat_map(|trail| &trail.relationships);
            relationships.push(Value::List(
                all.map(|relationship| Value::Relationship(*relationship))
                    .collect(),
            ));
            for (at, lists) in groups.iter_mut().enumerate() {
                let values = repetitions.iter().map(|trail| trail.values[at].clone());
                lists.push(Value::List(values.collect()));
            }
        }
        let mut out = batch.take(&rows);
        if !plan.is_into {
            let nodes = found.iter().map(|(_, trail)| trail.end).collect();
            out.set(plan.to, Column::Nodes(nodes));
        }
        out.set(plan.relationships, Column::Values(relationships));
        for (group, lists) in plan.groups.iter().zip(groups) {
            out.set(group.list, Column::Values(lists));
        }
        out
    }
}
