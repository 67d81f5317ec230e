//! Constraints: what all entities of a label or type must have, and what no two of them may have in common.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use super::graph::Graph;
use super::index::{Index, IndexDefinition, Key, SchemaTarget};
use super::names::KeyId;
use super::schema::Entity;
use super::undo::{Change, Mark};
use super::watch::{Watch, watched};
use super::{GraphError, View, narrow};
use crate::value::Value;

/// What a constraint asks of the properties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// No two entities have the same values.
    Unique,
    /// Every entity has a value.
    Present,
    /// Both.
    Key,
}

/// What holds for all entities of a label or type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// What it is called; so is the index by which [`Requirement::Unique`] and [`Requirement::Key`] are checked.
    pub name: Arc<str>,
    /// The entities that it is about.
    pub target: SchemaTarget,
    /// The keys, in order.
    pub keys: Vec<KeyId>,
    /// What it asks of them.
    pub requirement: Requirement,
}

/// A constraint that does not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// The constraint's name.
    pub constraint: Arc<str>,
    /// The label or type that it is about.
    pub target: Arc<str>,
    /// Whether that is a type.
    pub is_relationship: bool,
    /// The names of the keys.
    pub keys: Vec<Arc<str>>,
    /// What is wrong.
    pub fault: Fault,
    /// Whether the constraint is only to be made, and all entities were looked at.
    pub is_creation: bool,
    /// In how many more places it does not hold, where all were looked at.
    pub others: usize,
}

/// What is wrong with entities.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// An entity lacks a property.
    Missing {
        /// Its id, and whether the statement made it.
        entity: (u64, bool),
        /// The key.
        key: Arc<str>,
    },
    /// Two entities have the same values.
    Shared {
        /// Their ids, each with whether the statement made it.
        entities: [(u64, bool); 2],
        /// The values.
        values: Vec<Value>,
    },
}

impl Constraint {
    /// Whether an index belongs to it, by which values are compared.
    #[must_use]
    pub fn is_unique(&self) -> bool {
        self.requirement != Requirement::Present
    }

    /// The index that belongs to it, where it is about uniqueness.
    pub(super) fn index(&self) -> IndexDefinition {
        IndexDefinition {
            name: Arc::clone(&self.name),
            target: self.target,
            keys: self.keys.clone(),
        }
    }

    fn is_presence(&self) -> bool {
        self.requirement != Requirement::Unique
    }
}

impl View {
    /// The constraints, by name.
    pub fn constraints(&self) -> impl Iterator<Item = &Constraint> + '_ {
        self.constraints.iter().map(|constraint| &**constraint)
    }

    /// The constraint of a name.
    #[must_use]
    pub fn constraint(&self, name: &str) -> Option<&Constraint> {
        let position = self.constraint_position(name).ok()?;
        Some(&self.constraints[position])
    }

    fn constraint_position(&self, name: &str) -> Result<usize, usize> {
        self.constraints
            .binary_search_by(|constraint| (*constraint.name).cmp(name))
    }

    /// All entities that a constraint is about.
    fn constrained(&self, target: SchemaTarget) -> Vec<Entity> {
        match target {
            SchemaTarget::Node(label) => {
                let slots = self.label_members(label).ones().map(narrow);
                slots.map(Entity::Node).collect()
            }
            SchemaTarget::Relationship(t) => {
                let slots = self.adjacency(t).entries().map(|entry| entry.relationship);
                let slots: BTreeSet<u32> = slots.collect();
                slots.into_iter().map(Entity::Relationship).collect()
            }
        }
    }

    /// What is wrong with an entity.
    fn fault(&self, constraint: &Constraint, entity: Entity, new: &New) -> Option<Fault> {
        let values = self.values(constraint.target, &constraint.keys, entity)?;
        let missing = values.iter().position(Value::is_null);
        match missing.map(|at| constraint.keys[at]) {
            Some(key) => constraint.is_presence().then(|| Fault::Missing {
                entity: self.described(entity, new),
                key: Arc::clone(self.key_name(key)),
            }),
            None if constraint.is_unique() => self.shared(constraint, entity, values, new),
            None => None,
        }
    }

    /// An entity with the values of another one.
    fn shared(
        &self,
        constraint: &Constraint,
        entity: Entity,
        values: Key,
        new: &New,
    ) -> Option<Fault> {
        let same = self.index(&constraint.name)?.equivalent(&values);
        let other = same.into_iter().find(|slot| *slot != entity.slot())?;
        let other = self.described(entity.with_slot(other), new);
        let mut entities = [self.described(entity, new), other];
        entities.sort_by_key(|(id, is_new)| (*is_new, *id));
        Some(Fault::Shared {
            entities,
            values: values.into_vec(),
        })
    }

    /// An entity's id, and whether the statement made it.
    fn described(&self, entity: Entity, new: &New) -> (u64, bool) {
        let id = match entity {
            Entity::Node(slot) => self.node_id(slot).0,
            Entity::Relationship(slot) => self.relationship_id(slot).0,
        };
        (id, new.contains(entity))
    }

    fn violation(&self, constraint: &Constraint, fault: Fault) -> Violation {
        let (target, is_relationship) = match constraint.target {
            SchemaTarget::Node(label) => (self.label_name(label), false),
            SchemaTarget::Relationship(t) => (self.type_name(t), true),
        };
        let keys = constraint.keys.iter();
        Violation {
            constraint: Arc::clone(&constraint.name),
            target: Arc::clone(target),
            is_relationship,
            keys: keys.map(|key| Arc::clone(self.key_name(*key))).collect(),
            fault,
            is_creation: false,
            others: 0,
        }
    }
}

impl Graph {
    /// Makes a constraint, and the index that it needs.
    ///
    /// # Errors
    ///
    /// [`GraphError::ConstraintExists`] and [`GraphError::IndexExists`] where one has the name, or is of the same keys;
    /// [`GraphError::Violated`] where it does not hold.
    ///
    /// # Complexity
    ///
    /// O(n · log n) for n entities with the label or type.
    pub fn create_constraint(&mut self, constraint: Constraint) -> Result<(), GraphError> {
        self.create_constraint_watched(constraint, &|_| true)
    }

    /// As [`Graph::create_constraint`], for as long as a watch allows it.
    ///
    /// # Errors
    ///
    /// The same, and [`GraphError::Interrupted`].
    pub fn create_constraint_watched(
        &mut self,
        constraint: Constraint,
        watch: Watch<'_>,
    ) -> Result<(), GraphError> {
        let same = self.view.constraints().find(|other| {
            other.name == constraint.name
                || (other.target, &other.keys) == (constraint.target, &constraint.keys)
                    && (other.requirement == constraint.requirement
                        || other.is_unique() && constraint.is_unique())
        });
        if let Some(other) = same {
            return Err(GraphError::ConstraintExists {
                name: Arc::clone(&other.name),
            });
        }
        if let Some(index) = self.view.index(&constraint.name) {
            return Err(GraphError::IndexExists {
                name: Arc::clone(&index.definition().name),
            });
        }
        let mark = self.mark();
        if constraint.is_unique() {
            self.create_index_watched(constraint.index(), watch)?;
            // It comes and goes with the constraint, and counts with that.
            self.counters.indexes_added -= 1;
        }
        let checked = self.view.first_violation(&constraint, watch);
        let checked = checked.and_then(|found| match found {
            Some(violation) => Err(GraphError::Violated(Box::new(violation))),
            None => Ok(()),
        });
        if checked.is_err() {
            self.undo_to(mark);
            return checked;
        }
        self.log
            .push(Change::ConstraintCreated(Arc::clone(&constraint.name)));
        self.put_constraint(Arc::new(constraint));
        self.counters.constraints_added += 1;
        Ok(())
    }

    /// Drops a constraint, and the index that belongs to it.
    ///
    /// # Errors
    ///
    /// [`GraphError::ConstraintNotFound`].
    pub fn drop_constraint(&mut self, name: &str) -> Result<(), GraphError> {
        let constraint = self
            .take_constraint(name)
            .ok_or_else(|| GraphError::ConstraintNotFound { name: name.into() })?;
        let is_unique = constraint.is_unique();
        self.log.push(Change::ConstraintDropped(constraint));
        self.counters.constraints_removed += 1;
        if is_unique {
            self.drop_index(name)?;
            self.counters.indexes_removed -= 1;
        }
        Ok(())
    }

    /// Whether all constraints hold for what was changed since a mark. The first fault is found first by constraint,
    /// then by slot.
    ///
    /// # Errors
    ///
    /// [`GraphError::Violated`], [`GraphError::Interrupted`]; nothing is taken back.
    ///
    /// # Complexity
    ///
    /// O(changes · log entities); nothing where the graph has no constraints.
    pub fn check_constraints(&self, mark: Mark, watch: Watch<'_>) -> Result<(), GraphError> {
        if self.view.constraints.is_empty() {
            return Ok(());
        }
        let changed = self.changed_since(mark);
        let nodes = changed.nodes.iter().copied().map(Entity::Node);
        let relationships = changed.relationships.iter().copied();
        let entities: Vec<Entity> = nodes
            .chain(relationships.map(Entity::Relationship))
            .collect();
        let new = self.new_since(mark);
        for constraint in self.view.constraints() {
            let mut first = None;
            watched(entities.iter(), size_of::<Entity>(), watch, |entity| {
                if first.is_none() {
                    first = self.view.fault(constraint, *entity, &new);
                }
            })?;
            if let Some(fault) = first {
                let violation = self.view.violation(constraint, fault);
                return Err(GraphError::Violated(Box::new(violation)));
            }
        }
        Ok(())
    }

    /// Makes the indexes and constraints of another graph here too.
    ///
    /// # Errors
    ///
    /// [`GraphError::Violated`] where one does not hold here.
    pub fn copy_schema(&mut self, other: &View) -> Result<(), GraphError> {
        let owned = |name| other.constraint(name).is_some_and(Constraint::is_unique);
        for index in other.indexes() {
            let definition = index.definition();
            if !owned(&definition.name) {
                let (target, keys) = self.translated(other, definition.target, &definition.keys);
                let name = Arc::clone(&definition.name);
                self.create_index(IndexDefinition { name, target, keys })?;
            }
        }
        for constraint in other.constraints() {
            let (target, keys) = self.translated(other, constraint.target, &constraint.keys);
            self.create_constraint(Constraint {
                name: Arc::clone(&constraint.name),
                target,
                keys,
                requirement: constraint.requirement,
            })?;
        }
        Ok(())
    }

    /// A target and keys of another graph as those of this one.
    fn translated(
        &mut self,
        other: &View,
        target: SchemaTarget,
        keys: &[KeyId],
    ) -> (SchemaTarget, Vec<KeyId>) {
        let target = match target {
            SchemaTarget::Node(label) => {
                SchemaTarget::Node(self.intern_label(other.label_name(label)))
            }
            SchemaTarget::Relationship(t) => {
                SchemaTarget::Relationship(self.intern_type(other.type_name(t)))
            }
        };
        let keys = keys.iter().map(|key| self.intern_key(other.key_name(*key)));
        (target, keys.collect())
    }

    fn new_since(&self, mark: Mark) -> New {
        let mut new = New::default();
        for change in self.changes_since(mark) {
            if let Change::NodeCreated(node) = change {
                new.nodes.insert(node.slot());
            } else if !matches!(change, Change::RelationshipDeleted { .. }) {
                new.relationships.extend(change.relationships());
            }
        }
        new
    }

    pub(super) fn take_constraint(&mut self, name: &str) -> Option<Arc<Constraint>> {
        let position = self.view.constraint_position(name).ok()?;
        self.view.schema_version += 1;
        Some(self.view.constraints.remove(position))
    }

    /// Puts a constraint in that is known to hold.
    pub(super) fn put_constraint(&mut self, constraint: Arc<Constraint>) {
        if let Err(position) = self.view.constraint_position(&constraint.name) {
            self.view.constraints.insert(position, constraint);
            self.view.schema_version += 1;
        }
    }
}

impl View {
    /// The first fault among all entities, and how many more there are; a unique constraint's index was just made.
    fn first_violation(
        &self,
        constraint: &Constraint,
        watch: Watch<'_>,
    ) -> Result<Option<Violation>, GraphError> {
        let new = New::default();
        let entities = match constraint.is_presence() {
            true => self.constrained(constraint.target),
            false => Vec::new(),
        };
        let presence = Constraint {
            requirement: Requirement::Present,
            ..constraint.clone()
        };
        let (mut missing, mut first) = (0, None);
        watched(entities.into_iter(), size_of::<Entity>(), watch, |entity| {
            if let Some(fault) = self.fault(&presence, entity, &new) {
                missing += 1;
                first.get_or_insert(fault);
            }
        })?;
        let index = self.index(&constraint.name);
        let index = index.filter(|_| constraint.is_unique());
        let (mut shared, mut repeated) = (0, None);
        let slots = index.into_iter().flat_map(Index::repeated);
        watched(slots, 0, watch, |slot| {
            shared += 1;
            repeated.get_or_insert(slot);
        })?;
        let first = first.or_else(|| {
            let slot = repeated?;
            let entity = match constraint.target {
                SchemaTarget::Node(_) => Entity::Node(slot),
                SchemaTarget::Relationship(_) => Entity::Relationship(slot),
            };
            self.fault(constraint, entity, &new)
        });
        Ok(first.map(|first| Violation {
            is_creation: true,
            others: missing + shared - 1,
            ..self.violation(constraint, first)
        }))
    }
}

/// The slots of what the running statement made.
#[derive(Default)]
struct New {
    nodes: BTreeSet<u32>,
    relationships: BTreeSet<u32>,
}

impl New {
    fn contains(&self, entity: Entity) -> bool {
        match entity {
            Entity::Node(slot) => self.nodes.contains(&slot),
            Entity::Relationship(slot) => self.relationships.contains(&slot),
        }
    }
}

impl Violation {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        let (any, pattern) = match self.is_relationship {
            false => ("(n)", format!("(n:`{}`)", self.target)),
            true => ("()-[n]->()", format!("()-[n:`{}`]->()", self.target)),
        };
        let key = |key: &Arc<str>| format!("n.`{key}`");
        match (&self.fault, self.is_creation) {
            (Fault::Missing { key: missing, .. }, true) => format!(
                "`MATCH {pattern} WHERE {} IS NULL RETURN n` finds all of them; set the property first",
                key(missing)
            ),
            (Fault::Missing { key: missing, .. }, false) => {
                format!(
                    "give it a value in the same statement: `SET {} = …`",
                    key(missing)
                )
            }
            (Fault::Shared { .. }, true) => {
                let keys: Vec<String> = self.keys.iter().map(key).collect();
                format!(
                    "`MATCH {pattern} WITH [{}] AS shared, collect(n) AS found WHERE size(found) > 1 AND NOT null IN shared RETURN shared, found` finds all of them; change or merge them first",
                    keys.join(", ")
                )
            }
            (Fault::Shared { entities, .. }, false) => {
                let there = entities.iter().filter(|(_, is_new)| !is_new);
                let there: Vec<String> = there.map(|(id, _)| id.to_string()).collect();
                match there.is_empty() {
                    true => "give them different values, or MERGE instead of CREATE".to_owned(),
                    false => format!(
                        "`MATCH {any} WHERE id(n) IN [{}] RETURN n` shows what is there; give another value, or MERGE instead of CREATE",
                        there.join(", ")
                    ),
                }
            }
        }
    }

    /// What the entities are called: `node`.
    fn noun(&self) -> &'static str {
        if self.is_relationship {
            "relationship"
        } else {
            "node"
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = self.noun();
        let entity = |(id, is_new): (u64, bool)| match is_new {
            true => format!("a new {noun}"),
            false => format!("{noun} {id}"),
        };
        let of = match self.is_relationship {
            false => format!("with the label `{}`", self.target),
            true => format!("of the type `{}`", self.target),
        };
        write!(f, "the constraint `{}` ", self.constraint)?;
        match self.is_creation {
            true => f.write_str("does not hold, which asks that ")?,
            false => f.write_str("asks that ")?,
        }
        match &self.fault {
            Fault::Missing { entity: id, key } => {
                let found = entity(*id);
                write!(f, "every {noun} {of} have `{key}`; {found} has none")?;
            }
            Fault::Shared { entities, values } => {
                let keys: Vec<String> = self.keys.iter().map(|key| format!("`{key}`")).collect();
                let values: Vec<String> = values.iter().map(ToString::to_string).collect();
                let [first, second] = entities.map(entity);
                write!(
                    f,
                    "no two {noun}s {of} have the same {}; {first} and {} both have {}",
                    keys.join(" and "),
                    second.replacen("a new", "another new", usize::from(entities[0].1)),
                    values.join(" and ")
                )?;
            }
        }
        match self.others {
            0 => Ok(()),
            1 => f.write_str("; there is 1 more such case"),
            others => write!(f, "; there are {others} more such cases"),
        }
    }
}
