//! Random patterns.

use super::{Generator, Kind, LABELS, Scope, TYPES};

/// What is asked of a node inside the pattern, much of it what an index can answer.
const CONDITIONS: [&str; 10] = [
    "k > 0",
    "k = 1",
    "k IN [0, 1, 1, null]",
    "k >= 0.5",
    "名称 STARTS WITH 'a'",
    "名称 <= 'b'",
    "x = 1",
    "x < 2",
    "x = null",
    "l = [1]",
];

/// A pattern element in its parts, so that it can be written from either end.
pub(crate) struct Element {
    nodes: Vec<String>,
    /// The inside of each relationship's brackets, and where its arrow points: `<`, `>` or neither.
    relationships: Vec<(String, char)>,
}

impl Element {
    /// The element as text.
    pub(crate) fn text(&self) -> String {
        let mut text = self.nodes[0].clone();
        for ((inside, arrow), node) in self.relationships.iter().zip(&self.nodes[1..]) {
            let (left, right) = match arrow {
                '<' => ("<-", "-"),
                '>' => ("-", "->"),
                _ => ("-", "-"),
            };
            let brackets = if inside.is_empty() {
                String::new()
            } else {
                format!("[{inside}]")
            };
            text.push_str(&format!("{left}{brackets}{right}{node}"));
        }
        text
    }

    /// The same element read from its other end.
    pub(crate) fn reversed(&self) -> Self {
        let turn = |arrow| match arrow {
            '<' => '>',
            '>' => '<',
            other => other,
        };
        let relationships = self.relationships.iter().rev();
        Self {
            nodes: self.nodes.iter().rev().cloned().collect(),
            relationships: relationships
                .map(|(inside, arrow)| (inside.clone(), turn(*arrow)))
                .collect(),
        }
    }
}

impl Generator<'_> {
    /// The parts of a `MATCH`; new variables are declared.
    pub(crate) fn pattern(&mut self, scope: &mut Scope) -> String {
        let before = scope.clone();
        let mut parts = Vec::new();
        for _ in 0..*self.choices.pick(&[1, 1, 1, 2]) {
            let element = self.element(scope, &before).text();
            if self.choices.chance(12) {
                let name = self.fresh();
                scope.declare(&name, Kind::Path);
                parts.push(format!("{name} = {element}"));
            } else {
                parts.push(element);
            }
        }
        parts.join(", ")
    }

    /// A chain of nodes and relationships; relationships are taken up only from `before` the clause.
    pub(crate) fn element(&mut self, scope: &mut Scope, before: &Scope) -> Element {
        let hops = *self.choices.pick(&[0, 1, 1, 1, 1, 1, 2, 2]);
        let mut element = Element {
            nodes: vec![self.node(scope)],
            relationships: Vec::new(),
        };
        for _ in 0..hops {
            let inside = self.relationship(scope, before);
            let arrow = *self.choices.pick(&['>', '<', '-']);
            element.relationships.push((inside, arrow));
            element.nodes.push(self.node(scope));
        }
        element
    }

    /// An element whose variables are all known, or none: as a condition has them.
    pub(crate) fn closed_element(&mut self, scope: &Scope) -> String {
        let mut element = Element {
            nodes: vec![self.closed_node(scope)],
            relationships: Vec::new(),
        };
        for _ in 0..*self.choices.pick(&[1, 1, 2]) {
            let mut inside = self.types();
            inside.push_str(&self.length(15));
            inside.push_str(&self.inner_map(10));
            let arrow = *self.choices.pick(&['>', '<', '-']);
            element.relationships.push((inside, arrow));
            element.nodes.push(self.closed_node(scope));
        }
        element.text()
    }

    fn closed_node(&mut self, scope: &Scope) -> String {
        let name = match self.choices.chance(60) {
            true => self.variable(scope, Kind::Node).unwrap_or_default(),
            false => String::new(),
        };
        let labels = if self.choices.chance(25) {
            self.labels()
        } else {
            String::new()
        };
        format!("({name}{labels}{})", self.inner_map(10))
    }

    fn node(&mut self, scope: &mut Scope) -> String {
        let mut name = String::new();
        if self.choices.chance(35) {
            name = self.variable(scope, Kind::Node).unwrap_or_default();
        }
        if name.is_empty() && !self.choices.chance(25) {
            name = self.fresh();
            scope.declare(&name, Kind::Node);
        }
        let labels = if self.choices.chance(25) {
            self.labels()
        } else {
            String::new()
        };
        // A label with keys is what an index is asked for.
        let properties = self.inner_map(if labels.is_empty() { 4 } else { 20 });
        let condition = match self.choices.chance(6) && !name.is_empty() {
            true => format!(" WHERE {name}.{}", self.choices.pick(&CONDITIONS)),
            false => String::new(),
        };
        format!("({name}{labels}{properties}{condition})")
    }

    fn relationship(&mut self, scope: &mut Scope, before: &Scope) -> String {
        if self.choices.chance(5)
            && let Some(at) = before
                .variables
                .iter()
                .position(|v| v.kind == Kind::Relationship)
        {
            // One relationship stands in one place of a pattern only.
            let name = before.variables[at].name.clone();
            let is_free = !self.taken.contains(&name);
            if is_free {
                self.taken.push(name.clone());
                return format!("{name}{}", self.types());
            }
        }
        let length = self.length(20);
        let mut inside = String::new();
        if self.choices.chance(45) {
            let kind = if length.is_empty() {
                Kind::Relationship
            } else {
                Kind::Relationships
            };
            inside = self.fresh();
            scope.declare(&inside, kind);
        }
        inside.push_str(&self.types());
        inside.push_str(&length);
        inside.push_str(&self.inner_map(6));
        inside
    }

    fn length(&mut self, percent: usize) -> String {
        if !self.choices.chance(percent) {
            return String::new();
        }
        let lengths = [
            "*1..2", "*", "*2", "*0..1", "*..2", "*0..", "*2..3", "*1", "*0",
        ];
        (*self.choices.pick(&lengths)).to_owned()
    }

    /// `:A`, `:A|B`, `:!A&%` …
    pub(crate) fn labels(&mut self) -> String {
        let (first, second) = (*self.choices.pick(&LABELS), *self.choices.pick(&LABELS));
        match self.choices.below(11) {
            0..4 => format!(":{first}"),
            9 => format!(":{first}|!{second}"),
            10 => format!(":!{first}|{second}"),
            4 => format!(":{first}:{second}"),
            5 => format!(":{first}|{second}"),
            6 => format!(":!{first}"),
            7 => format!(":{first}&!{second}"),
            _ => ":%".to_owned(),
        }
    }

    fn types(&mut self) -> String {
        if !self.choices.chance(30) {
            return String::new();
        }
        let (first, second) = (*self.choices.pick(&TYPES), *self.choices.pick(&TYPES));
        match self.choices.below(6) {
            0..3 => format!(":{first}"),
            3 => format!(":{first}|{second}"),
            4 => format!(":!{first}"),
            _ => format!(":{first}|:{second}"),
        }
    }

    /// ` {k: 1}` in some cases.
    fn inner_map(&mut self, percent: usize) -> String {
        if !self.choices.chance(percent) {
            return String::new();
        }
        let maps = [
            " {k: 1}",
            " {k: 0}",
            " {b: true}",
            " {名称: 'a'}",
            " {k: 1, b: false}",
            " {x: 1}",
            " {x: null}",
            " {x: 0.5}",
        ];
        (*self.choices.pick(&maps)).to_owned()
    }
}
