//! Patterns: every node is tried in every place of a node, every relationship in every place of a relationship.

use tupu::syntax::ast::{
    Direction, Expression, LabelExpression, Length, NodePattern, PathSelector, PatternElement,
    PatternPart, RelationshipPattern,
};
use tupu::value::{NodeId, Path, RelationshipId, Value};

use super::{Failure, Naive, Outcome, Row, with};

/// A pattern matched so far.
#[derive(Clone)]
struct State<'q> {
    row: Row,
    /// The relationships that the clause used up, by position.
    used: Vec<usize>,
    /// The walk through the present part.
    nodes: Vec<usize>,
    relationships: Vec<usize>,
    /// What must hold once all variables are known: properties of entities, and conditions.
    properties: Vec<(Value, &'q Expression)>,
    conditions: Vec<&'q Expression>,
}

impl Naive<'_> {
    /// All rows that extend the row by a match of the pattern.
    pub(crate) fn matches(&self, parts: &[PatternPart], row: &Row) -> Outcome<Vec<Row>> {
        let start = State {
            row: row.clone(),
            used: Vec::new(),
            nodes: Vec::new(),
            relationships: Vec::new(),
            properties: Vec::new(),
            conditions: Vec::new(),
        };
        let mut states = vec![start];
        for part in parts {
            let mut next = Vec::new();
            for state in &states {
                next.extend(self.part(part, state)?);
            }
            states = next;
        }
        let mut rows = Vec::new();
        for state in states {
            if self.fits(&state)? {
                rows.push(state.row);
            }
        }
        Ok(rows)
    }

    fn part<'q>(&self, part: &'q PatternPart, state: &State<'q>) -> Outcome<Vec<State<'q>>> {
        let mut states = self.element(&part.element, state)?;
        if part.selector != PathSelector::All {
            let mut fitting = Vec::new();
            for state in states {
                if self.fits(&state)? {
                    fitting.push(state);
                }
            }
            states = shortest(fitting);
        }
        if let Some(name) = &part.variable {
            for state in &mut states {
                let path = self.path(&state.nodes, &state.relationships);
                state.row.insert(name.text.to_string(), path);
            }
        }
        Ok(states)
    }

    fn element<'q>(
        &self,
        element: &'q PatternElement,
        state: &State<'q>,
    ) -> Outcome<Vec<State<'q>>> {
        let mut states = Vec::new();
        for node in 0..self.world.nodes.len() {
            self.step()?;
            let mut state = state.clone();
            state.nodes.clear();
            state.relationships.clear();
            states.extend(self.node(&element.start, node, state));
        }
        for (relationship, node) in &element.chain {
            let mut next = Vec::new();
            for state in states {
                for walked in self.relationship(relationship, state)? {
                    let at = *walked.nodes.last().expect("a walk starts at a node");
                    next.extend(self.node(node, at, walked));
                }
            }
            states = next;
        }
        Ok(states)
    }

    /// The state with a node in a place, if it may stand there.
    fn node<'q>(
        &self,
        pattern: &'q NodePattern,
        node: usize,
        mut state: State<'q>,
    ) -> Option<State<'q>> {
        if state.nodes.is_empty() {
            state.nodes.push(node);
        }
        let own = &self.world.graph.nodes[node].labels;
        if !pattern
            .labels
            .as_ref()
            .is_none_or(|labels| holds(labels, own))
        {
            return None;
        }
        let value = Value::Node(self.world.nodes[node]);
        state
            .properties
            .extend(pattern.properties.iter().map(|map| (value.clone(), map)));
        state.conditions.extend(pattern.predicate.as_deref());
        let name = pattern.variable.as_ref().map(|name| &*name.text);
        bound(&state.row, name, value).map(|row| State { row, ..state })
    }

    /// The states after walking a relationship, or a chain of them.
    fn relationship<'q>(
        &self,
        pattern: &'q RelationshipPattern,
        state: State<'q>,
    ) -> Outcome<Vec<State<'q>>> {
        let Some(Length { min, max, .. }) = pattern.length else {
            let name = pattern.variable.as_ref().map(|name| &*name.text);
            let mut states = Vec::new();
            for mut walked in self.hop(pattern, &state)? {
                let last = *walked.relationships.last().expect("a hop walks one");
                let value = Value::Relationship(self.world.relationships[last]);
                walked.conditions.extend(pattern.predicate.as_deref());
                states.extend(bound(&walked.row, name, value).map(|row| State { row, ..walked }));
            }
            return Ok(states);
        };
        let (min, max) = (
            min.unwrap_or(1) as usize,
            max.map_or(usize::MAX, |max| max as usize),
        );
        let from = state.relationships.len();
        let mut found = Vec::new();
        let mut walks = vec![state];
        for length in 0.. {
            if length > max || walks.is_empty() {
                break;
            }
            if length >= min {
                found.extend(walks.iter().cloned());
            }
            let mut longer = Vec::new();
            for walk in &walks {
                longer.extend(self.hop(pattern, walk)?);
            }
            walks = longer;
        }
        let Some(name) = &pattern.variable else {
            return Ok(found);
        };
        let named = |state: State<'q>| {
            let walked = state.relationships[from..].iter();
            let list = walked
                .map(|at| Value::Relationship(self.world.relationships[*at]))
                .collect();
            bound(&state.row, Some(&name.text), list).map(|row| State { row, ..state })
        };
        Ok(found.into_iter().filter_map(named).collect())
    }

    /// The states after walking one relationship that the clause has not used yet.
    fn hop<'q>(
        &self,
        pattern: &'q RelationshipPattern,
        state: &State<'q>,
    ) -> Outcome<Vec<State<'q>>> {
        let at = *state.nodes.last().expect("a walk starts at a node");
        let mut states = Vec::new();
        for (number, relationship) in self.world.graph.relationships.iter().enumerate() {
            self.step()?;
            let own = [relationship.kind];
            if state.used.contains(&number)
                || !pattern
                    .types
                    .as_ref()
                    .is_none_or(|types| holds(types, &own))
            {
                continue;
            }
            let (from, to) = (relationship.from, relationship.to);
            let next = match pattern.direction {
                Direction::Outgoing | Direction::Both if from == at => to,
                Direction::Incoming | Direction::Both if to == at => from,
                _ => continue,
            };
            let mut state = state.clone();
            let value = Value::Relationship(self.world.relationships[number]);
            state
                .properties
                .extend(pattern.properties.iter().map(|map| (value.clone(), map)));
            state.used.push(number);
            state.relationships.push(number);
            state.nodes.push(next);
            states.push(state);
        }
        Ok(states)
    }

    /// Whether the properties and conditions written inside the pattern hold.
    fn fits(&self, state: &State<'_>) -> Outcome<bool> {
        for (entity, map) in &state.properties {
            let Value::Map(wanted) = self.value(map, &state.row)? else {
                return Err(Failure::Unknown("properties that are no map".to_owned()));
            };
            for (key, value) in wanted.iter() {
                if tupu::value::equals(&self.property(entity, key)?, value) != Some(true) {
                    return Ok(false);
                }
            }
        }
        for condition in &state.conditions {
            if !self.holds(Some(condition), &state.row)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn path(&self, nodes: &[usize], relationships: &[usize]) -> Value {
        let nodes: Vec<NodeId> = nodes.iter().map(|at| self.world.nodes[*at]).collect();
        let relationships: Vec<RelationshipId> = relationships
            .iter()
            .map(|at| self.world.relationships[*at])
            .collect();
        Path::new(nodes, relationships).into()
    }
}

/// The row with a variable that has the value; none where it already has another one.
fn bound(row: &Row, name: Option<&str>, value: Value) -> Option<Row> {
    match name.map(|name| (name, row.get(name))) {
        None => Some(row.clone()),
        Some((name, None)) => Some(with(row, name, value)),
        Some((_, Some(known))) => (*known == value).then(|| row.clone()),
    }
}

/// Those states whose walk is as short as any between the same two nodes.
fn shortest(states: Vec<State<'_>>) -> Vec<State<'_>> {
    let ends = |state: &State<'_>| (state.nodes[0], state.nodes[state.nodes.len() - 1]);
    let is_shortest = |state: &&State<'_>| {
        let rivals = states.iter().filter(|rival| ends(rival) == ends(state));
        rivals.map(|rival| rival.nodes.len()).min() == Some(state.nodes.len())
    };
    states.iter().filter(is_shortest).cloned().collect()
}

/// Whether the labels of a node, or the type of a relationship, are those that an expression asks for.
pub(crate) fn holds(wanted: &LabelExpression, own: &[&str]) -> bool {
    match wanted {
        LabelExpression::Label(name) => own.contains(&&*name.text),
        LabelExpression::Any(_) => !own.is_empty(),
        LabelExpression::And(items) => items.iter().all(|item| holds(item, own)),
        LabelExpression::Or(items) => items.iter().any(|item| holds(item, own)),
        LabelExpression::Not(item) => !holds(item, own),
        LabelExpression::Dynamic { .. } => {
            unreachable!("labels are not computed in what is generated")
        }
    }
}

/// The names that a pattern gives to its nodes, relationships and paths.
pub(crate) fn variables(parts: &[PatternPart]) -> Vec<String> {
    let mut names = Vec::new();
    for part in parts {
        names.extend(part.variable.as_ref());
        names.extend(part.element.start.variable.as_ref());
        for (relationship, node) in &part.element.chain {
            names.extend(relationship.variable.as_ref());
            names.extend(node.variable.as_ref());
        }
    }
    names
        .into_iter()
        .map(|name| name.text.to_string())
        .collect()
}
