//! The shortest trails of repetitions from one node, found level by level.

use std::rc::Rc;

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::repeat::{CHUNK, TRAIL};
use super::repetition::{Repetition, RowTrail, Trail};
use super::{Execution, ExecutionContext};
use crate::expression::Batch;
use crate::function::Held;
use crate::value::{NodeId, RelationshipId};

/// A search from the node of one row.
pub(super) struct Search<'s, 'c, 'a> {
    pub(super) ctx: &'s ExecutionContext<'c>,
    pub(super) repetition: &'s mut Repetition<'a>,
    pub(super) batch: &'s Batch,
    pub(super) used: &'s [SmallVec<[RelationshipId; 8]>],
    pub(super) row: u32,
    /// The memory that the trails take, until the search is over.
    pub(super) held: Held,
    /// The fewest and the most repetitions.
    pub(super) bounds: (u32, Option<u32>),
}

/// The last repetitions by which each node is reached on a shortest way, the nodes in the order of their discovery.
type Reached = IndexMap<NodeId, Vec<Rc<Trail>>, rustc_hash::FxBuildHasher>;

impl Search<'_, '_, '_> {
    /// The shortest trails to each node, or to the target; one each, or all.
    pub(super) fn shortest(
        &mut self,
        from: NodeId,
        target: Option<NodeId>,
        is_all: bool,
        is_undirected: bool,
    ) -> Execution<Vec<Rc<Trail>>> {
        let start = Trail::start(from);
        let mut found = Vec::new();
        let stays = self.bounds.0 == 0;
        if stays && target.is_none_or(|target| target == from) {
            found.push(start.clone());
        }
        let is_done = stays && target == Some(from);
        // Undirected, the shortest way back would take the first relationship again.
        let comes_back = !stays && is_undirected && target.is_none_or(|target| target == from);
        if comes_back {
            found.extend(self.way_back(&start, is_all)?);
        }
        let returns = is_undirected && target == Some(from);
        if !(is_done || returns) {
            let closed = (stays || is_undirected).then_some(from);
            let reached = self.levels(&start, closed, target, None, is_all)?;
            let ways = self.trails(&start, &reached, target)?;
            found.extend(ways);
        }
        Ok(found)
    }

    /// The shortest trails back to the start: after each first relationship, the shortest way that avoids it.
    fn way_back(&mut self, start: &Rc<Trail>, is_all: bool) -> Execution<Vec<Rc<Trail>>> {
        let mut best: Vec<Rc<Trail>> = Vec::new();
        if self.bounds.1 == Some(0) {
            return Ok(best);
        }
        for (_, first) in self.extend(std::slice::from_ref(start))? {
            let ways = if first.end == start.end {
                vec![first]
            } else {
                let avoided = first.last().first().copied();
                let closed = Some(first.end);
                let target = Some(start.end);
                let reached = self.levels(&first, closed, target, avoided, is_all)?;
                self.trails(&first, &reached, target)?
            };
            let length = |ways: &[Rc<Trail>]| ways.first().map_or(u32::MAX, |way| way.depth);
            match length(&ways).cmp(&length(&best)) {
                std::cmp::Ordering::Less => best = ways,
                std::cmp::Ordering::Equal if is_all => best.extend(ways),
                _ => {}
            }
        }
        Ok(best)
    }

    /// Reaches node after node, level by level, up to the target's level.
    fn levels(
        &mut self,
        start: &Rc<Trail>,
        closed: Option<NodeId>,
        target: Option<NodeId>,
        avoided: Option<RelationshipId>,
        is_all: bool,
    ) -> Execution<Reached> {
        let mut closed: FxHashSet<NodeId> = closed.into_iter().collect();
        let mut reached = Reached::default();
        let mut frontier = vec![start.clone()];
        while let Some(one) = frontier.first() {
            let is_over = self.bounds.1.is_some_and(|max| one.depth >= max)
                || target.is_some_and(|target| closed.contains(&target));
            if is_over {
                break;
            }
            let mut next = Vec::new();
            for chunk in frontier.chunks(CHUNK) {
                let mut new = 0;
                for (_, trail) in self.extend(chunk)? {
                    if closed.contains(&trail.end)
                        || avoided.is_some_and(|avoided| trail.last().contains(&avoided))
                    {
                        continue;
                    }
                    let ways = reached.entry(trail.end).or_default();
                    if ways.is_empty() {
                        next.push(trail.clone());
                    }
                    if ways.is_empty() || is_all {
                        ways.push(trail);
                        new += TRAIL;
                    }
                }
                self.ctx.hold(&mut self.held, new)?;
            }
            closed.extend(next.iter().map(|trail| trail.end));
            frontier = next;
        }
        Ok(reached)
    }

    /// The first trails to the target, by length.
    pub(super) fn first(
        &mut self,
        from: NodeId,
        target: Option<NodeId>,
        count: usize,
        is_groups: bool,
    ) -> Execution<Vec<Rc<Trail>>> {
        let (min, max) = self.bounds;
        let fits = |trail: &Rc<Trail>| {
            trail.depth >= min && target.is_none_or(|target| target == trail.end)
        };
        let (mut found, mut lengths) = (Vec::new(), 0);
        let mut level = vec![Trail::start(from)];
        while let Some(one) = level.first() {
            let before = found.len();
            found.extend(level.iter().filter(|trail| fits(trail)).cloned());
            lengths += usize::from(found.len() > before);
            let has_enough = if is_groups { lengths } else { found.len() } >= count;
            if has_enough || max.is_some_and(|max| one.depth >= max) {
                break;
            }
            let mut next = Vec::new();
            for chunk in level.chunks(CHUNK) {
                let longer = self.extend(chunk)?;
                self.ctx.hold(&mut self.held, longer.len() * TRAIL)?;
                next.extend(longer.into_iter().map(|(_, trail)| trail));
            }
            level = next;
        }
        if !is_groups {
            found.truncate(count);
        }
        Ok(found)
    }

    /// The trails to the target, or to all nodes that were reached.
    fn trails(
        &mut self,
        start: &Rc<Trail>,
        reached: &Reached,
        target: Option<NodeId>,
    ) -> Execution<Vec<Rc<Trail>>> {
        let needed = needed(start, reached, target);
        let mut trails: FxHashMap<NodeId, Vec<Rc<Trail>>> = FxHashMap::default();
        let mut found = Vec::new();
        for (node, ways) in reached.iter().filter(|(node, _)| needed.contains(*node)) {
            let mut own = Vec::new();
            for way in ways {
                let before = way.before().expect("a node is reached by a repetition");
                if before.depth == start.depth {
                    own.push(way.clone());
                    continue;
                }
                self.ctx.check()?;
                self.ctx
                    .hold(&mut self.held, trails[&before.end].len() * TRAIL)?;
                own.extend(trails[&before.end].iter().map(|before| way.after(before)));
            }
            if target.is_none_or(|target| target == *node) {
                found.extend(own.iter().cloned());
            }
            trails.insert(*node, own);
        }
        Ok(found)
    }

    fn extend(&mut self, trails: &[Rc<Trail>]) -> Execution<Vec<RowTrail>> {
        self.ctx.check()?;
        let trails: Vec<RowTrail> = trails
            .iter()
            .map(|trail| (self.row, trail.clone()))
            .collect();
        self.repetition
            .extend(self.ctx, self.batch, self.used, &trails)
    }
}

/// The nodes on the ways to the target.
fn needed(start: &Rc<Trail>, reached: &Reached, target: Option<NodeId>) -> FxHashSet<NodeId> {
    let Some(target) = target else {
        return reached.keys().copied().collect();
    };
    let mut needed = FxHashSet::default();
    let mut open = vec![target];
    while let Some(node) = open.pop() {
        let Some(ways) = reached.get(&node) else {
            continue;
        };
        if !needed.insert(node) {
            continue;
        }
        let before = ways.iter().filter_map(|way| way.before());
        open.extend(
            before
                .filter(|before| before.depth > start.depth)
                .map(|before| before.end),
        );
    }
    needed
}
