//! Commands about the schema.

use super::Name;

/// A command about the schema.
#[derive(Clone, Debug, PartialEq)]
pub enum SchemaCommand {
    /// `CREATE INDEX [name] [IF NOT EXISTS] FOR (n:Label) ON (n.key, …)`
    CreateIndex(SchemaRule),
    /// `CREATE CONSTRAINT [name] [IF NOT EXISTS] FOR (n:Label) REQUIRE (n.key, …) IS UNIQUE`
    CreateConstraint(SchemaRule, Requirement),
    /// `DROP INDEX name [IF EXISTS]`
    DropIndex(SchemaDrop),
    /// `DROP CONSTRAINT name [IF EXISTS]`
    DropConstraint(SchemaDrop),
    /// `SHOW INDEXES`
    ShowIndexes,
    /// `SHOW CONSTRAINTS`
    ShowConstraints,
}

/// `[name] [IF NOT EXISTS] FOR (n:Label) ON (n.key, …)`: an index or a constraint to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct SchemaRule {
    /// What it shall be called.
    pub name: Option<Name>,
    /// Whether it is no fault that it is there already.
    pub if_not_exists: bool,
    /// Whether it is about relationships: `()-[r:TYPE]-()`.
    pub is_relationship: bool,
    /// The variable of the pattern and of the keys.
    pub variable: Name,
    /// The label or relationship type.
    pub target: Name,
    /// The property keys, in order.
    pub keys: Vec<Name>,
}

/// `name [IF EXISTS]`: an index or a constraint to be dropped.
#[derive(Clone, Debug, PartialEq)]
pub struct SchemaDrop {
    /// What it is called.
    pub name: Name,
    /// Whether it is no fault that there is none.
    pub if_exists: bool,
}

/// What a constraint asks of the properties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Requirement {
    /// `IS UNIQUE`
    Unique,
    /// `IS NOT NULL`
    NotNull,
    /// `IS NODE KEY`
    NodeKey,
}
