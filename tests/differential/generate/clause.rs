//! Random queries: clauses in a row, sometimes joined by `UNION`.

use super::projection::Role;
use super::{Generator, Kind, Scope};

impl Generator<'_> {
    pub(crate) fn query(&mut self) -> String {
        if !self.choices.chance(10) {
            let count = 1 + self.choices.below(4);
            return self.single_query(Scope::default(), count, Role::Final);
        }
        let width = 1 + self.choices.below(2);
        let all = *self.choices.pick(&["", "ALL "]);
        let mut text = self.single_query(Scope::default(), 1, Role::Union(width));
        for _ in 0..=self.choices.below(2) {
            let next = self.single_query(Scope::default(), 1, Role::Union(width));
            text = format!("{text} UNION {all}{next}");
        }
        text
    }

    /// Clauses and the `RETURN` after them.
    pub(crate) fn single_query(
        &mut self,
        mut scope: Scope,
        count: usize,
        role: Role<'_>,
    ) -> String {
        let mut clauses = Vec::new();
        for _ in 0..count {
            // Without variables there is not much to say.
            let ways = if scope.variables.is_empty() { 10 } else { 14 };
            let clause = match self.choices.below(ways) {
                0..5 => self.match_clause(&mut scope, false),
                5..9 => self.match_clause(&mut scope, true),
                9..11 => self.unwind(&mut scope),
                11..13 => self.with_clause(&mut scope),
                _ if self.nesting < 2 => self.call(&mut scope),
                _ => self.unwind(&mut scope),
            };
            clauses.push(clause);
        }
        clauses.push(self.return_clause(&scope, role));
        clauses.join(" ")
    }

    fn match_clause(&mut self, scope: &mut Scope, is_optional: bool) -> String {
        self.taken.clear();
        let keyword = if is_optional {
            "OPTIONAL MATCH"
        } else {
            "MATCH"
        };
        if self.choices.chance(4) {
            return format!("{keyword} {}", self.shortest_paths(scope));
        }
        let pattern = self.pattern(scope);
        format!("{keyword} {pattern}{}", self.filter(scope, 30))
    }

    /// All shortest paths between two nodes: which of them one would be is left open.
    fn shortest_paths(&mut self, scope: &mut Scope) -> String {
        let [path, left, right] = [(); 3].map(|()| self.fresh());
        let inside = *self
            .choices
            .pick(&["*", "*..3", ":R*", ":R|S*", "*1..2", "rs:S*"]);
        let inside = inside.replace("rs", "");
        let arrow = *self.choices.pick(&["->", "-"]);
        scope.declare(&left, Kind::Node);
        scope.declare(&right, Kind::Node);
        scope.declare(&path, Kind::Path);
        format!("{path} = allShortestPaths(({left})-[{inside}]{arrow}({right}))")
    }

    /// ` WHERE …` in some cases.
    pub(crate) fn filter(&mut self, scope: &Scope, percent: usize) -> String {
        if !self.choices.chance(percent) {
            return String::new();
        }
        let outer = std::mem::replace(&mut self.allows_patterns, true);
        let condition = self.boolean(scope, 2);
        self.allows_patterns = outer;
        format!(" WHERE {condition}")
    }

    fn unwind(&mut self, scope: &mut Scope) -> String {
        let name = self.fresh();
        let entities = match self.choices.below(4) {
            0 => self
                .variable(scope, Kind::Path)
                .map(|path| (format!("nodes({path})"), Kind::Node)),
            1 => self
                .variable(scope, Kind::Relationships)
                .map(|list| (list, Kind::Relationship)),
            2 => self
                .variable(scope, Kind::Bag)
                .map(|list| (list, Kind::Any)),
            _ => None,
        };
        let (list, kind) = entities.unwrap_or_else(|| (self.list(scope, 1), Kind::Any));
        scope.declare(&name, kind);
        format!("UNWIND {list} AS {name}")
    }

    fn call(&mut self, scope: &mut Scope) -> String {
        self.nesting += 1;
        let mut inner = Scope::default();
        for variable in &scope.variables {
            if self.choices.chance(60) {
                inner.variables.push(variable.clone());
            }
        }
        let names: Vec<&str> = inner
            .variables
            .iter()
            .map(|variable| &*variable.name)
            .collect();
        let imports = names.join(", ");
        let names = [self.fresh(), self.fresh()];
        let count = 1 + self.choices.below(2);
        let query = self.single_query(inner, count, Role::Called(&names));
        self.nesting -= 1;
        for name in &names {
            scope.declare(name, Kind::Any);
        }
        format!("CALL ({imports}) {{ {query} }}")
    }
}
