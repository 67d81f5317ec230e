//! Commands about the schema.

use pest::iterators::Pair;

use super::{Builder, Result, only};
use crate::syntax::ast::{Name, Requirement, SchemaCommand, SchemaDrop, SchemaRule};
use crate::syntax::grammar::Rule;

impl Builder<'_> {
    /// `CREATE INDEX …`, `DROP CONSTRAINT …`, `SHOW INDEXES` …
    pub(super) fn schema_command(&self, pair: Pair<'_, Rule>) -> Result<SchemaCommand> {
        let command = only(pair);
        Ok(match command.as_rule() {
            Rule::create_index => SchemaCommand::CreateIndex(self.schema_rule(command)?),
            Rule::create_constraint => {
                let requirement = command.clone().into_inner().last();
                let requirement = requirement.expect("a constraint ends with what it requires");
                SchemaCommand::CreateConstraint(
                    self.schema_rule(command)?,
                    build_requirement(requirement),
                )
            }
            Rule::drop_index => SchemaCommand::DropIndex(self.schema_drop(command)),
            Rule::drop_constraint => SchemaCommand::DropConstraint(self.schema_drop(command)),
            Rule::show_indexes => SchemaCommand::ShowIndexes,
            _ => SchemaCommand::ShowConstraints,
        })
    }

    fn schema_rule(&self, command: Pair<'_, Rule>) -> Result<SchemaRule> {
        let (mut name, mut if_not_exists) = (None, false);
        let (mut target, mut keys) = (None, Vec::new());
        for pair in command.into_inner() {
            match pair.as_rule() {
                Rule::schema_name => name = Some(self.inner_name(pair)),
                Rule::if_not_exists => if_not_exists = true,
                Rule::schema_target => target = Some(only(pair)),
                Rule::schema_keys => {
                    keys = pair.into_inner().map(|key| self.schema_key(key)).collect();
                }
                _ => {}
            }
        }
        let target = target.expect("the grammar asks for a target");
        let is_relationship = target.as_rule() == Rule::relationship_target;
        let mut names = target
            .into_inner()
            .filter(|pair| matches!(pair.as_rule(), Rule::variable | Rule::name));
        let mut next = || self.name(&names.next().expect("a target has a variable and a name"));
        let (variable, target) = (next(), next());
        if let Some((other, _)) = keys.iter().find(|(owner, _)| owner.text != variable.text) {
            return Err(self.unexpected(other.span, "the variable of the pattern after `FOR`"));
        }
        Ok(SchemaRule {
            name,
            if_not_exists,
            is_relationship,
            variable,
            target,
            keys: keys.into_iter().map(|(_, key)| key).collect(),
        })
    }

    /// `n.key`
    fn schema_key(&self, pair: Pair<'_, Rule>) -> (Name, Name) {
        let mut names = pair.into_inner();
        let mut next = || self.name(&names.next().expect("a key stands behind its variable"));
        (next(), next())
    }

    fn schema_drop(&self, command: Pair<'_, Rule>) -> SchemaDrop {
        let pairs: Vec<_> = command.into_inner().collect();
        let is = |rule: Rule| move |pair: &&Pair<'_, Rule>| pair.as_rule() == rule;
        let name = pairs.iter().find(is(Rule::name));
        SchemaDrop {
            name: self.name(name.expect("what is dropped has a name")),
            if_exists: pairs.iter().any(|pair| pair.as_rule() == Rule::if_exists),
        }
    }
}

fn build_requirement(pair: Pair<'_, Rule>) -> Requirement {
    let kind = pair.into_inner().last().expect("a requirement has a kind");
    match kind.as_rule() {
        Rule::is_unique => Requirement::Unique,
        Rule::is_present => Requirement::NotNull,
        _ => Requirement::NodeKey,
    }
}
