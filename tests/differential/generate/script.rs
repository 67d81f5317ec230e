//! Random scripts that write.
//!
//! What a row writes depends on that row's own entities only, so that the order of the rows, which is open, does not
//! show in the graph.

use super::graph::create_index;
use super::{Generator, Kind, LABELS, Scope, TYPES};
use crate::choices::Choices;

/// Statements of which each changes the graph, or fails.
pub(crate) fn script(choices: &mut Choices) -> Vec<String> {
    let mut generator = Generator::new(choices);
    let count = 1 + generator.choices.below(3);
    let mut statements = Vec::new();
    for _ in 0..count {
        if generator.choices.chance(20) {
            statements.push(generator.schema_command());
        }
        statements.push(generator.updating_query());
    }
    statements
}

impl Generator<'_> {
    /// An index comes or goes.
    fn schema_command(&mut self) -> String {
        let name = *self.choices.pick(&["i", "索引"]);
        match self.choices.chance(30) {
            true => format!("DROP INDEX {name} IF EXISTS"),
            false => create_index(self.choices).replacen("INDEX", &format!("INDEX {name}"), 1),
        }
    }

    fn updating_query(&mut self) -> String {
        let mut scope = Scope::default();
        let mut clauses = Vec::new();
        if !self.choices.chance(15) {
            let pattern = self.pattern(&mut scope);
            let optional = if self.choices.chance(15) {
                "OPTIONAL "
            } else {
                ""
            };
            clauses.push(format!(
                "{optional}MATCH {pattern}{}",
                self.filter(&scope, 40)
            ));
        }
        for _ in 0..=self.choices.below(3) {
            let clause = match self.choices.below(13) {
                0..3 => self.create(&mut scope),
                3..6 => self.set(&scope),
                6..8 => self.delete(&scope),
                8..11 => self.merge(&mut scope),
                11 => self.remove(&scope),
                _ => self.failing(&mut scope),
            };
            clauses.push(clause);
            if self.choices.chance(20) {
                clauses.push("WITH *".to_owned());
                clauses.push(self.read_again(&mut scope));
            }
        }
        if clauses
            .last()
            .is_some_and(|clause| clause.contains("MATCH"))
            || self.choices.chance(30)
        {
            clauses.push("RETURN count(*) AS 行数".to_owned());
        }
        // `WITH *` needs a variable.
        clauses.retain(|clause| clause != "WITH *" || !scope.variables.is_empty());
        clauses.join(" ")
    }

    fn read_again(&mut self, scope: &mut Scope) -> String {
        self.taken.clear();
        let optional = if self.choices.chance(50) {
            "OPTIONAL "
        } else {
            ""
        };
        let pattern = self.pattern(scope);
        format!("{optional}MATCH {pattern}")
    }

    fn create(&mut self, scope: &mut Scope) -> String {
        let kind = *self.choices.pick(&TYPES);
        let left = self.end(scope);
        if self.choices.chance(30) {
            let name = self.fresh();
            scope.declare(&name, Kind::Node);
            return format!(
                "CREATE ({name}:{} {{k: 1, x: [1, 'a']}})",
                self.choices.pick(&LABELS)
            );
        }
        let right = self.end(scope);
        let name = self.fresh();
        scope.declare(&name, Kind::Relationship);
        let arrow = *self.choices.pick(&[("-", "->"), ("<-", "-")]);
        format!(
            "CREATE {left}{}[{name}:{kind} {{k: 2}}]{}{right}",
            arrow.0, arrow.1
        )
    }

    /// A node for an updating pattern: a known one that can't be null, or a new one.
    fn end(&mut self, scope: &Scope) -> String {
        match self.choices.chance(60) {
            true => match self.variable(scope, Kind::Node) {
                Some(name) => format!("({name})"),
                None => "(:A)".to_owned(),
            },
            false => format!(
                "(:{} {{k: {}}})",
                self.choices.pick(&LABELS),
                self.choices.below(3)
            ),
        }
    }

    fn merge(&mut self, scope: &mut Scope) -> String {
        let mut actions = String::new();
        let name = self.fresh();
        if self.choices.chance(30) {
            actions.push_str(&format!(" ON CREATE SET {name}.created = true"));
        }
        if self.choices.chance(30) {
            actions.push_str(&format!(
                " ON MATCH SET {name}.matched = coalesce({name}.matched, 0) + 1"
            ));
        }
        if self.choices.chance(50) {
            let label = *self.choices.pick(&LABELS);
            let key = self.choices.below(3);
            scope.declare(&name, Kind::Node);
            return format!("MERGE ({name}:{label} {{k: {key}}}){actions}");
        }
        let kind = *self.choices.pick(&TYPES);
        let (left, right) = (self.end(scope), self.end(scope));
        scope.declare(&name, Kind::Relationship);
        format!("MERGE {left}-[{name}:{kind}]->{right}{actions}")
    }

    fn entity(&mut self, scope: &Scope) -> Option<String> {
        let kind = *self
            .choices
            .pick(&[Kind::Node, Kind::Node, Kind::Relationship]);
        self.variable(scope, kind)
    }

    fn set(&mut self, scope: &Scope) -> String {
        let Some(name) = self.entity(scope) else {
            return "CREATE (:B)".to_owned();
        };
        match self.choices.below(7) {
            0 => format!("SET {name}.k = 3"),
            1 => format!("SET {name}.k = coalesce({name}.k, 0) + 1"),
            2 => format!("SET {name}.x = null"),
            3 => format!("SET {name} = {{k: 7, 名称: '新'}}"),
            4 => format!("SET {name} += {{k: null, x: [1.5]}}"),
            5 => format!("SET {name}.b = {name}.k > 0, {name}.x = {name}.b"),
            _ => match self.variable(scope, Kind::Node) {
                Some(node) => format!("SET {node}:{}", self.choices.pick(&LABELS)),
                None => format!("SET {name}.k = -1"),
            },
        }
    }

    fn remove(&mut self, scope: &Scope) -> String {
        match self.variable(scope, Kind::Node) {
            Some(node) => match self.choices.chance(50) {
                true => format!("REMOVE {node}:{}", self.choices.pick(&LABELS)),
                false => format!("REMOVE {node}.k"),
            },
            None => "CREATE (:A)".to_owned(),
        }
    }

    fn delete(&mut self, scope: &Scope) -> String {
        match self.entity(scope) {
            Some(name) => {
                let detach = *self
                    .choices
                    .pick(&["DETACH DELETE", "DETACH DELETE", "DELETE"]);
                format!("{detach} {name}")
            }
            None => "CREATE (:企业)".to_owned(),
        }
    }

    /// What writes first and fails then.
    fn failing(&mut self, scope: &mut Scope) -> String {
        let name = self.fresh();
        scope.declare(&name, Kind::Integer);
        let carried = if scope.variables.len() > 1 {
            "WITH *"
        } else {
            "WITH 1 AS 一"
        };
        let list = *self.choices.pick(&["[1, 0]", "[1, 2]", "[0]"]);
        format!("{carried} UNWIND {list} AS {name} CREATE (:Z {{k: 1 / {name}}})")
    }
}
