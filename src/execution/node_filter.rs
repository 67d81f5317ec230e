//! Which nodes count at the end of a relationship, found out once for a statement.

use fixedbitset::FixedBitSet;

use super::expand::Hops;
use super::operator::Input;
use super::{Execution, ExecutionContext};
use crate::graph::{self, KeyId, LabelId, View};
use crate::plan::Tail;

/// Which nodes count at the end of a relationship.
pub(crate) struct NodeFilter {
    passing: Passing,
    present: Present,
}

/// The nodes that pass the conditions on them.
enum Passing {
    /// All that are ever met.
    All,
    /// The bearers of a label.
    Label(LabelId),
    /// Those in the slots.
    Slots(FixedBitSet),
}

/// The nodes among them that have the key asked for.
enum Present {
    All,
    Key(Option<KeyId>),
}

impl NodeFilter {
    /// Finds out which nodes count at the end of a tail; `plan` gives them where the tail has one.
    pub(crate) fn new(
        ctx: &ExecutionContext<'_>,
        tail: &Tail,
        hops: &Hops,
        plan: Option<&mut Input<'_>>,
    ) -> Execution<Self> {
        let label = match tail.label {
            Some(label) => match ctx.names().label(label) {
                Some(label) => Some(label),
                None => return Ok(Self::nothing()),
            },
            None => None,
        };
        let passing = match (plan, label) {
            (Some(plan), _) => Passing::Slots(slots(ctx, plan, tail.arms[0].to)?),
            (None, Some(label)) if !hops.all_end_at(&ctx.view(), label) => Passing::Label(label),
            (None, _) => Passing::All,
        };
        let present = match tail.present {
            None => Present::All,
            Some(key) => {
                let key = ctx.names().key(key);
                let is_everywhere = key
                    .zip(label)
                    .is_some_and(|(key, label)| ctx.view().all_labelled_have(label, key));
                match is_everywhere {
                    true => Present::All,
                    false => Present::Key(key),
                }
            }
        };
        Ok(Self { passing, present })
    }

    fn nothing() -> Self {
        Self {
            passing: Passing::Slots(FixedBitSet::new()),
            present: Present::All,
        }
    }

    /// Whether every node counts.
    pub(crate) fn passes_all(&self) -> bool {
        matches!(self.passing, Passing::All)
    }

    /// Whether every node that counts has the key.
    pub(crate) fn has_all_present(&self) -> bool {
        matches!(self.present, Present::All)
    }

    /// Whether a node counts.
    pub(crate) fn passes(&self, view: &View, slot: u32) -> bool {
        match &self.passing {
            Passing::All => true,
            Passing::Label(label) => view.label_members(*label).contains(slot as usize),
            Passing::Slots(slots) => slots.contains(slot as usize),
        }
    }

    /// Whether a node has the key.
    pub(crate) fn is_present(&self, view: &View, slot: u32) -> bool {
        match self.present {
            Present::All => true,
            Present::Key(key) => key
                .and_then(|key| view.node_column(key))
                .is_some_and(|column| column.is_present(slot)),
        }
    }

    /// How many of a run of nodes count.
    pub(crate) fn count(&self, view: &View, run: &[u32]) -> i64 {
        let among = |slots: &FixedBitSet| {
            let words = slots.as_slice();
            let bits = usize::BITS;
            let mut count = 0;
            for slot in run {
                let word = words.get((slot / bits) as usize).copied().unwrap_or(0);
                count += (word >> (slot % bits)) & 1;
            }
            i64::try_from(count).unwrap_or(i64::MAX)
        };
        match &self.passing {
            Passing::All => i64::try_from(run.len()).unwrap_or(i64::MAX),
            Passing::Label(label) => among(view.label_members(*label)),
            Passing::Slots(slots) => among(slots),
        }
    }
}

/// The slots of the nodes that a plan gives.
fn slots(
    ctx: &ExecutionContext<'_>,
    plan: &mut Input<'_>,
    column: usize,
) -> Execution<FixedBitSet> {
    let mut slots = FixedBitSet::with_capacity(ctx.view().node_slots() as usize);
    while let Some(batch) = plan.next(ctx)? {
        ctx.check()?;
        let nodes = (0..batch.len()).filter_map(|row| batch.column(column).node(row));
        for node in nodes {
            slots.insert(node.slot() as usize);
        }
    }
    Ok(slots)
}

impl Hops {
    /// Whether all relationships that are followed lead to nodes of a label.
    fn all_end_at(&self, view: &View, label: LabelId) -> bool {
        self.types().iter().all(|t| {
            let reach = |direction: &graph::Direction| {
                view.label_type_count(label, *t, direction.reversed()) == view.type_count(*t)
            };
            self.directions().iter().all(reach)
        })
    }
}
