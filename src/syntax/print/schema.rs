//! Commands about the schema as text.

use std::fmt::{self, Display, Formatter};

use super::{Variable, write_joined};
use crate::syntax::ast::{Requirement, SchemaCommand, SchemaDrop, SchemaRule};

impl Display for SchemaCommand {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::CreateIndex(rule) => {
                write_rule(f, "INDEX", rule)?;
                f.write_str(" ON ")?;
                write_keys(f, rule)
            }
            Self::CreateConstraint(rule, requirement) => {
                write_rule(f, "CONSTRAINT", rule)?;
                f.write_str(" REQUIRE ")?;
                write_keys(f, rule)?;
                f.write_str(match (requirement, rule.is_relationship) {
                    (Requirement::Unique, _) => " IS UNIQUE",
                    (Requirement::NotNull, _) => " IS NOT NULL",
                    (Requirement::NodeKey, false) => " IS NODE KEY",
                    (Requirement::NodeKey, true) => " IS RELATIONSHIP KEY",
                })
            }
            Self::DropIndex(drop) => write_drop(f, "INDEX", drop),
            Self::DropConstraint(drop) => write_drop(f, "CONSTRAINT", drop),
            Self::ShowIndexes => f.write_str("SHOW INDEXES"),
            Self::ShowConstraints => f.write_str("SHOW CONSTRAINTS"),
        }
    }
}

fn write_rule(f: &mut Formatter<'_>, what: &str, rule: &SchemaRule) -> fmt::Result {
    write!(f, "CREATE {what}")?;
    if let Some(name) = &rule.name {
        // A name that is one of the words that may follow stands in backquotes.
        let is_word = ["IF", "FOR"]
            .iter()
            .any(|word| name.text.eq_ignore_ascii_case(word));
        match is_word {
            true => write!(f, " `{}`", name.text)?,
            false => write!(f, " {name}")?,
        }
    }
    if rule.if_not_exists {
        f.write_str(" IF NOT EXISTS")?;
    }
    let (variable, target) = (Variable(&rule.variable), &rule.target);
    match rule.is_relationship {
        true => write!(f, " FOR ()-[{variable}:{target}]-()"),
        false => write!(f, " FOR ({variable}:{target})"),
    }
}

fn write_keys(f: &mut Formatter<'_>, rule: &SchemaRule) -> fmt::Result {
    f.write_str("(")?;
    write_joined(f, &rule.keys, ", ", |f, key| {
        write!(f, "{}.{key}", Variable(&rule.variable))
    })?;
    f.write_str(")")
}

fn write_drop(f: &mut Formatter<'_>, what: &str, drop: &SchemaDrop) -> fmt::Result {
    write!(f, "DROP {what} {}", drop.name)?;
    match drop.if_exists {
        true => f.write_str(" IF EXISTS"),
        false => Ok(()),
    }
}
