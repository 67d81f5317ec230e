//! The shortest trails between two nodes, found breadth first from both ends at once.
//!
//! Each end knows the distance of every node that it has reached. The end with fewer relationships at its edge goes one
//! level further, until a level meets what the other end has reached: then every node in common lies on a shortest way,
//! and where one way is enough, the first such node ends the search.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::expand::Hops;
use super::shortest_path::size;
use super::trail::Requirement;
use super::{Execution, ExecutionContext};
use crate::function::Held;
use crate::graph::View;
use crate::value::RelationshipId;

/// What both ends have reached, kept for the next search.
#[derive(Default)]
pub(super) struct Bidirectional {
    forward: Side,
    backward: Side,
    held: Held,
}

/// The running statement, and the memory that the trails found take.
type Finding<'f, 'c> = (&'f ExecutionContext<'c>, &'f mut Held);

/// What the search walks on.
pub(super) struct Ways<'s> {
    pub(super) view: &'s View,
    /// From the first node towards the last.
    pub(super) forth: &'s Hops,
    /// The same relationships, from the last node towards the first.
    pub(super) back: &'s Hops,
    pub(super) requirement: &'s Requirement,
}

/// How a node was reached first.
#[derive(Clone, Copy)]
struct Found {
    distance: u32,
    /// The slot of the relationship, and of the node that it comes from.
    by: u32,
    from: u32,
}

/// What one end has reached.
#[derive(Default)]
struct Side {
    /// By slot. Most searches reach few nodes: a table that grows with them costs less than an array of all.
    found: FxHashMap<u32, Found>,
    /// In the order of their discovery.
    reached: Vec<u32>,
    /// Where the last level begins in `reached`.
    level: usize,
    depth: u32,
    /// How many relationships the next level looks at, as far as they are counted.
    work: usize,
    /// How many nodes of the last level are counted.
    counted: usize,
}

impl Side {
    fn start(&mut self, slot: u32) {
        let start = Found {
            distance: 0,
            by: 0,
            from: slot,
        };
        self.found.clear();
        self.reached.clear();
        self.found.insert(slot, start);
        self.reached.push(slot);
        (self.level, self.depth, self.work, self.counted) = (0, 0, 0, 0);
    }

    /// The nodes of the last level.
    fn edge(&self) -> &[u32] {
        &self.reached[self.level..]
    }

    /// Counts the relationships at the edge until there are as many as `enough`.
    fn count_work(&mut self, ways: &Ways<'_>, hops: &Hops, enough: usize) -> usize {
        while self.work < enough
            && let Some(slot) = self.reached.get(self.level + self.counted)
        {
            self.work += hops.degree(ways.view, *slot);
            self.counted += 1;
        }
        self.work
    }

    /// Goes one level further; gives the nodes of that level that the other end has reached, or the first of them where
    /// one way is enough.
    fn advance(
        &mut self,
        ctx: &ExecutionContext<'_>,
        ways: &Ways<'_>,
        hops: &Hops,
        other: &Self,
        is_all: bool,
    ) -> Execution<Vec<u32>> {
        let (from, to) = (self.level, self.reached.len());
        let slots = ways.view.node_slots() as usize;
        self.found.reserve(self.work.min(slots));
        (self.level, self.work, self.counted) = (to, 0, 0);
        self.depth += 1;
        let (found, reached) = (&mut self.found, &mut self.reached);
        let mut met = Vec::new();
        for at in from..to {
            if !is_all && !met.is_empty() {
                break;
            }
            if at.is_multiple_of(1024) {
                ctx.check()?;
            }
            let from = reached[at];
            hops.each(ways.view, ways.view.node_id(from), |slot, by| {
                if let Entry::Vacant(new) = found.entry(slot)
                    && ways.allows(by)
                {
                    new.insert(Found {
                        distance: self.depth,
                        by,
                        from,
                    });
                    reached.push(slot);
                    if other.found.contains_key(&slot) {
                        met.push(slot);
                    }
                }
            });
        }
        Ok(met)
    }

    /// About how many bytes it takes.
    fn size(&self) -> usize {
        self.reached.len() * 2 * size_of::<Found>()
    }

    /// The steps from a node towards the end of this side, one or all: relationships, and the nodes that they lead to.
    fn steps(
        &self,
        ways: &Ways<'_>,
        hops: &Hops,
        slot: u32,
        is_all: bool,
    ) -> Vec<(RelationshipId, u32)> {
        let own = self.found[&slot];
        if !is_all {
            return vec![(ways.view.relationship_id(own.by), own.from)];
        }
        let mut steps = Vec::new();
        hops.each(ways.view, ways.view.node_id(slot), |next, relationship| {
            let found = self.found.get(&next);
            if found.is_some_and(|found| found.distance + 1 == own.distance)
                && ways.allows(relationship)
            {
                steps.push((ways.view.relationship_id(relationship), next));
            }
        });
        steps
    }

    /// The ways from a node to the end of this side, one or all.
    fn unwind(
        &self,
        (ctx, held): (&ExecutionContext<'_>, &mut Held),
        ways: &Ways<'_>,
        hops: &Hops,
        slot: u32,
        is_all: bool,
    ) -> Execution<Vec<Vec<RelationshipId>>> {
        let mut found = Vec::new();
        let mut open = vec![(slot, Vec::new())];
        while let Some((slot, way)) = open.pop() {
            if self.found[&slot].distance == 0 {
                ctx.check()?;
                ctx.hold(held, size(&way))?;
                found.push(way);
                continue;
            }
            let steps = self.steps(ways, hops, slot, is_all);
            for (relationship, next) in steps.into_iter().rev() {
                let mut longer = way.clone();
                longer.push(relationship);
                open.push((next, longer));
            }
        }
        Ok(found)
    }
}

impl Ways<'_> {
    fn allows(&self, relationship: u32) -> bool {
        self.requirement.is_none()
            || self
                .requirement
                .holds(self.view, self.view.relationship_id(relationship))
    }
}

impl Bidirectional {
    /// One of the shortest trails between two different nodes, or all of them.
    pub(super) fn shortest(
        &mut self,
        (ctx, held): Finding<'_, '_>,
        ways: &Ways<'_>,
        (from, to): (u32, u32),
        max: Option<u32>,
        is_all: bool,
    ) -> Execution<Vec<Vec<RelationshipId>>> {
        let (forward, backward) = (&mut self.forward, &mut self.backward);
        forward.start(from);
        backward.start(to);
        let met = loop {
            let is_over = max.is_some_and(|max| forward.depth + backward.depth >= max);
            if is_over || forward.edge().is_empty() || backward.edge().is_empty() {
                return Ok(Vec::new());
            }
            // Of the longer edge, no more is counted than it takes to know which end has less to look at.
            let is_forward = match forward.edge().len() <= backward.edge().len() {
                true => {
                    let work = forward.count_work(ways, ways.forth, usize::MAX);
                    backward.count_work(ways, ways.back, work) >= work
                }
                false => {
                    let work = backward.count_work(ways, ways.back, usize::MAX);
                    forward.count_work(ways, ways.forth, work + 1) <= work
                }
            };
            let met = match is_forward {
                true => forward.advance(ctx, ways, ways.forth, backward, is_all)?,
                false => backward.advance(ctx, ways, ways.back, forward, is_all)?,
            };
            ctx.hold_only(&mut self.held, forward.size() + backward.size())?;
            if !met.is_empty() {
                break met;
            }
        };
        // Every shortest way has one node at this distance from the first.
        let middles = if is_all { &met[..] } else { &met[..1] };
        let mut found = Vec::new();
        for middle in middles {
            let firsts = forward.unwind((ctx, held), ways, ways.back, *middle, is_all)?;
            let lasts = backward.unwind((ctx, held), ways, ways.forth, *middle, is_all)?;
            for first in firsts {
                for last in &lasts {
                    ctx.check()?;
                    ctx.hold(held, size(&first) + size(last))?;
                    let forth = first.iter().rev().chain(last);
                    found.push(forth.copied().collect());
                }
            }
        }
        Ok(found)
    }
}
