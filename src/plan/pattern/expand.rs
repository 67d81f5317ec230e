//! Steps along relationships, each used once.

use super::super::Optimization;
use super::super::physical::{
    Expand, Keep, PhysicalPlan, PlanKind, Repeat, ShortestPath, Used, VarLengthExpand,
};
use super::build::Builder;
use super::{ends, solve, turned};
use crate::algebra::{self, Match, PatternRelationship};
use crate::syntax::ast::{Direction, PathSelector};

impl<'a> Builder<'a> {
    pub(super) fn expand(
        &mut self,
        input: PhysicalPlan,
        at: usize,
        is_reversed: bool,
    ) -> PhysicalPlan {
        let relationship = &self.clause.pattern.relationships[at];
        if let Some(repeat) = &relationship.repeat {
            return self.repeat(input, relationship, repeat, is_reversed);
        }
        let (from, to) = ends(relationship, is_reversed);
        let is_into = self.is_known(to);
        let nodes = &self.clause.pattern.nodes;
        let degree = self.cost.degree(&nodes[from], relationship, is_reversed);
        if !is_into {
            let share = self
                .cost
                .end_share(&nodes[from], relationship, is_reversed, &nodes[to]);
            self.shares[to] = Some(share);
        }
        let rows = if is_into {
            input.rows * degree / self.cost.all_nodes().max(1.0)
        } else {
            input.rows * degree
        };
        let direction = turned(relationship.direction, is_reversed);
        let expand = Expand {
            from: nodes[from].slot,
            relationship: relationship.slot,
            to: nodes[to].slot,
            direction,
            types: relationship.types.clone(),
            unique: self.unique(relationship, nodes[from].slot, direction),
            unused: Vec::new(),
        };
        self.bound[expand.to] = true;
        self.bound[expand.relationship] = true;
        let kind = match relationship.length {
            Some((min, max)) => PlanKind::VarLengthExpand(VarLengthExpand {
                expand,
                min,
                max,
                properties: relationship.properties.clone(),
                is_into,
                is_reversed,
                is_pruning: false,
            }),
            None if is_into => PlanKind::ExpandInto(expand),
            None => PlanKind::ExpandAll(expand),
        };
        PhysicalPlan::over(kind, input, rows)
    }

    pub(super) fn repeat(
        &mut self,
        input: PhysicalPlan,
        relationship: &'a PatternRelationship,
        repeat: &algebra::Repeat,
        is_reversed: bool,
    ) -> PhysicalPlan {
        let (from, to) = ends(relationship, is_reversed);
        let is_into = self.is_known(to);
        let nodes = &self.clause.pattern.nodes;
        let (first, last) = if is_reversed {
            (repeat.last, repeat.first)
        } else {
            (repeat.first, repeat.last)
        };
        let (min, max) = relationship.length.unwrap_or((1, Some(1)));
        let kind = Repeat {
            from: nodes[from].slot,
            to: nodes[to].slot,
            relationships: relationship.slot,
            ends: (first, last),
            steps: repeat.relationships.clone(),
            groups: repeat.groups.clone(),
            min,
            max,
            unique: self.used_before(relationship),
            is_into,
            is_reversed,
            keep: self.keep,
            width: self.clause.width,
        };
        let lists = kind.groups.iter().map(|group| group.list);
        for slot in lists.chain([kind.to, kind.relationships]) {
            self.bound[slot] = true;
        }
        let inner = self.repetition(repeat, first, &input);
        let degree = self.cost.degree(&nodes[from], relationship, is_reversed);
        let rows = match is_into {
            true => input.rows * degree / self.cost.all_nodes().max(1.0),
            false => input.rows * degree,
        };
        PhysicalPlan::new(PlanKind::Repeat(kind), vec![input, inner], rows)
    }

    /// The search for one repetition from a known node.
    pub(super) fn repetition(
        &self,
        repeat: &algebra::Repeat,
        from: usize,
        outer: &PhysicalPlan,
    ) -> PhysicalPlan {
        let mut pattern = repeat.pattern.clone();
        for node in &mut pattern.nodes {
            node.is_bound = node.slot == from;
        }
        let once = Match {
            input: Box::new(algebra::LogicalPlan::Argument { names: Vec::new() }),
            input_width: self.clause.input_width,
            pattern,
            predicates: repeat.predicates.clone(),
            is_optional: false,
            selection: None,
            width: self.clause.width,
        };
        let width = self.clause.width;
        let argument = PhysicalPlan::new(PlanKind::Argument { width }, vec![], 1.0)
            .named(outer.names.iter().cloned());
        solve(&once, argument, self.cost, self.optimization, Keep::All)
    }

    pub(super) fn shortest(&mut self, input: PhysicalPlan, at: usize) -> PhysicalPlan {
        let shortest = &self.clause.pattern.shortest_paths[at];
        let relationship = &shortest.relationship;
        let (left, right) = self.slots(relationship);
        let (min, max) = relationship.length.unwrap_or((1, Some(1)));
        let kind = PlanKind::ShortestPath(ShortestPath {
            expand: Expand {
                from: left,
                relationship: relationship.slot,
                to: right,
                direction: relationship.direction,
                types: relationship.types.clone(),
                unique: self.unique(relationship, left, Direction::Both),
                unused: Vec::new(),
            },
            min,
            max,
            properties: relationship.properties.clone(),
            is_all: shortest.selector == PathSelector::AllShortest,
        });
        self.bound[relationship.slot] = true;
        let rows = input.rows;
        PhysicalPlan::over(kind, input, rows)
    }

    pub(super) fn slots(&self, relationship: &PatternRelationship) -> (usize, usize) {
        let nodes = &self.clause.pattern.nodes;
        (
            nodes[relationship.left].slot,
            nodes[relationship.right].slot,
        )
    }

    /// The relationships found before this one, which it may not be, as they would be met on the way from a node.
    pub(super) fn unique(
        &mut self,
        relationship: &'a PatternRelationship,
        from: usize,
        direction: Direction,
    ) -> Vec<Used> {
        let known = self.done.iter();
        let unique = known.filter(|other| self.may_be_same(other, relationship));
        let used = unique.map(|other| Used {
            slot: other.slot,
            at: self.met_at(other, from, direction),
        });
        let used = used.collect();
        self.done.push(relationship);
        used
    }

    /// The slots of the relationships found before this one, which it may not be.
    pub(super) fn used_before(&mut self, relationship: &'a PatternRelationship) -> Vec<usize> {
        let unique = self.unique(relationship, 0, Direction::Both);
        unique.into_iter().map(|used| used.slot).collect()
    }

    /// The slots of the nodes from one of which a relationship found before would be met, on the way from a node in a
    /// direction. The nodes that a trail passes by are not known.
    pub(super) fn met_at(
        &self,
        relationship: &PatternRelationship,
        from: usize,
        direction: Direction,
    ) -> Vec<usize> {
        if relationship.length.is_some() || relationship.repeat.is_some() {
            return vec![from];
        }
        let (left, right) = self.slots(relationship);
        match (relationship.direction, direction) {
            (Direction::Both, _) | (_, Direction::Both) => vec![left, right],
            (own, wanted) if own == wanted => vec![left],
            _ => vec![right],
        }
    }

    /// Whether a relationship found before can be this one: not where their types have nothing in common.
    pub(super) fn may_be_same(
        &self,
        other: &PatternRelationship,
        relationship: &PatternRelationship,
    ) -> bool {
        self.optimization == Optimization::Plain
            || other.repeat.is_some()
            || relationship.repeat.is_some()
            || self
                .cost
                .shares_types(other.types.as_ref(), relationship.types.as_ref())
    }
}
