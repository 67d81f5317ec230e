//! The shortest trails between two nodes, found breadth first from both ends at once.
//!
//! Each end has the distance of every node that it has reached, in an array by slot. The end with fewer
//! relationships at its edge goes one level further, until a level meets what the other end has reached: then every node
//! in common lies on a shortest way, and where one way is enough, the first such node ends the search.

use super::expand::Hops;
use super::shortest_path::size;
use super::trail::Requirement;
use super::{Execution, ExecutionContext};
use crate::function::Held;
use crate::graph::View;
use crate::value::RelationshipId;

/// What stands in place of the distance of a node that has not been reached.
const FAR: u32 = 0;

/// The arrays of a search, kept for the next one.
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

/// What one end has reached.
#[derive(Default)]
struct Side {
    /// By slot, the distance and one more: memory that is all zeros costs nothing until it is touched.
    distances: Vec<u32>,
    /// In the order of their discovery.
    reached: Vec<u32>,
    /// Where the last level begins in `reached`.
    level: usize,
    depth: u32,
    /// How many relationships the next level looks at.
    work: usize,
}

impl Side {
    fn start(&mut self, ways: &Ways<'_>, hops: &Hops, slot: u32) {
        let slots = ways.view.node_slots();
        for slot in self.reached.drain(..) {
            self.distances[slot as usize] = FAR;
        }
        if self.distances.len() < slots as usize {
            self.distances = vec![FAR; slots as usize];
        }
        (self.level, self.depth) = (0, 0);
        self.distances[slot as usize] = 1;
        self.reached.push(slot);
        self.work = hops.degree(ways.view, slot);
    }

    /// The nodes of the last level.
    fn edge(&self) -> &[u32] {
        &self.reached[self.level..]
    }

    fn has(&self, slot: u32) -> bool {
        self.distances[slot as usize] != FAR
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
        (self.level, self.depth) = (to, self.depth + 1);
        let mut met = Vec::new();
        for at in from..to {
            if !is_all && !met.is_empty() {
                break;
            }
            if at.is_multiple_of(1024) {
                ctx.check()?;
            }
            let node = ways.view.node_id(self.reached[at]);
            hops.each(ways.view, node, |slot, relationship| {
                if self.has(slot) || !ways.allows(relationship) {
                    return;
                }
                self.distances[slot as usize] = self.depth + 1;
                self.reached.push(slot);
                if other.has(slot) {
                    met.push(slot);
                }
            });
        }
        let degrees = self.edge().iter().map(|slot| hops.degree(ways.view, *slot));
        self.work = degrees.sum();
        Ok(met)
    }

    /// The steps from a node towards the end of this side: relationships, and the nodes that they lead to.
    fn steps(&self, ways: &Ways<'_>, hops: &Hops, slot: u32) -> Vec<(RelationshipId, u32)> {
        let nearer = self.distances[slot as usize] - 1;
        let mut steps = Vec::new();
        hops.each(ways.view, ways.view.node_id(slot), |next, relationship| {
            if self.distances[next as usize] == nearer && ways.allows(relationship) {
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
            if self.distances[slot as usize] == 1 {
                ctx.check()?;
                ctx.hold(held, size(&way))?;
                found.push(way);
                continue;
            }
            let mut steps = self.steps(ways, hops, slot);
            if !is_all {
                steps.truncate(1);
            }
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
        let slots = ways.view.node_slots();
        // An array and the list of what was reached, for each end.
        ctx.hold_only(&mut self.held, slots as usize * size_of::<u32>() * 4)?;
        let (forward, backward) = (&mut self.forward, &mut self.backward);
        forward.start(ways, ways.forth, from);
        backward.start(ways, ways.back, to);
        let met = loop {
            let is_over = max.is_some_and(|max| forward.depth + backward.depth >= max);
            if is_over || forward.edge().is_empty() || backward.edge().is_empty() {
                return Ok(Vec::new());
            }
            let met = if forward.work <= backward.work {
                forward.advance(ctx, ways, ways.forth, backward, is_all)?
            } else {
                backward.advance(ctx, ways, ways.back, forward, is_all)?
            };
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
