//! Random expressions, by the kind of their value.

use super::{Generator, Kind, Scope};

impl Generator<'_> {
    /// An expression that is true, false or null.
    pub(crate) fn boolean(&mut self, scope: &Scope, depth: usize) -> String {
        let inner = depth.saturating_sub(1);
        let way = self.way(10, 12, depth);
        // A pattern is a condition below AND, OR, XOR and NOT only.
        let allows_patterns = self.allows_patterns;
        self.allows_patterns &= (10..=18).contains(&way);
        let text = self.boolean_in_way(way, scope, inner);
        self.allows_patterns = allows_patterns;
        text
    }

    #[expect(
        clippy::too_many_lines,
        reason = "a flat match with an arm for each way"
    )]
    fn boolean_in_way(&mut self, way: usize, scope: &Scope, inner: usize) -> String {
        match way {
            0 => {
                let operator = self.comparison();
                format!(
                    "{} {operator} {}",
                    self.integer(scope, 0),
                    self.integer(scope, inner)
                )
            }
            1 => {
                let negation = if self.choices.chance(50) { "NOT " } else { "" };
                format!("{} IS {negation}NULL", self.operand(scope, inner))
            }
            2 => {
                let operator = self.comparison();
                format!(
                    "{} {operator} {}",
                    self.operand(scope, inner),
                    self.operand(scope, inner)
                )
            }
            3 => format!(
                "{} IN {}",
                self.operand(scope, inner),
                self.list(scope, inner)
            ),
            4 => match self.variable(scope, Kind::Node) {
                // In a list comprehension a bar would end the condition.
                Some(node) => format!("({node}{})", self.labels()),
                None => self.constant_truth(),
            },
            5 => {
                let kind = *self.choices.pick(&[
                    Kind::Node,
                    Kind::Relationship,
                    Kind::Path,
                    Kind::Relationships,
                ]);
                match (self.variable(scope, kind), self.variable(scope, kind)) {
                    (Some(left), Some(right)) => {
                        let operator = *self.choices.pick(&["=", "<>"]);
                        format!("{left} {operator} {right}")
                    }
                    _ => self.constant_truth(),
                }
            }
            6 => {
                let operator = *self.choices.pick(&["STARTS WITH", "ENDS WITH", "CONTAINS"]);
                format!(
                    "{} {operator} {}",
                    self.text(scope, 0),
                    self.text(scope, inner)
                )
            }
            7 => match self.variable(scope, Kind::Node) {
                Some(node) if self.choices.chance(40) => {
                    let test =
                        *self
                            .choices
                            .pick(&["= 1", "IN [0, 1, 1, null]", "IN []", "= null"]);
                    format!("id({node}) {test}")
                }
                _ => self.property(scope, "b"),
            },
            8 => {
                let (low, high) = (self.comparison(), self.comparison());
                let numbers = [(); 3].map(|()| self.integer(scope, 0));
                format!("{} {low} {} {high} {}", numbers[0], numbers[1], numbers[2])
            }
            9 => self
                .variable(scope, Kind::Boolean)
                .unwrap_or_else(|| self.constant_truth()),
            10 | 11 => format!("(NOT {})", self.parenthesized(scope, inner)),
            12 | 13 => {
                let (left, right) = (
                    self.parenthesized(scope, inner),
                    self.parenthesized(scope, inner),
                );
                format!("{left} AND {right}")
            }
            14 | 15 => {
                let (left, right) = (
                    self.parenthesized(scope, inner),
                    self.parenthesized(scope, inner),
                );
                format!("{left} OR {right}")
            }
            16 => {
                let (left, right) = (
                    self.parenthesized(scope, inner),
                    self.parenthesized(scope, inner),
                );
                format!("{left} XOR {right}")
            }
            17 => match self.subquery(scope) {
                Some(query) => format!("EXISTS {{ {query} }}"),
                None => self.constant_truth(),
            },
            18 if self.allows_patterns => self.closed_element(scope),
            18 => match self.subquery(scope) {
                Some(query) => {
                    let operator = self.comparison();
                    format!("COUNT {{ {query} }} {operator} {}", self.integer(scope, 0))
                }
                None => self.constant_truth(),
            },
            19 => self.quantifier(scope, inner),
            20 => {
                let (condition, yes) = (self.boolean(scope, 0), self.boolean(scope, inner));
                format!(
                    "CASE WHEN {condition} THEN {yes} ELSE {} END",
                    self.boolean(scope, 0)
                )
            }
            _ => format!(
                "({}) = ({})",
                self.boolean(scope, inner),
                self.boolean(scope, 0)
            ),
        }
    }

    fn parenthesized(&mut self, scope: &Scope, depth: usize) -> String {
        format!("({})", self.boolean(scope, depth))
    }

    fn constant_truth(&mut self) -> String {
        (*self.choices.pick(&["true", "false", "null"])).to_owned()
    }

    fn comparison(&mut self) -> &'static str {
        let operators = ["=", "<>", "<", "<=", ">", ">="];
        operators[self.choices.below(operators.len())]
    }

    /// A condition about nothing in scope: always true, or about the whole graph.
    pub(crate) fn separate_condition(&mut self) -> String {
        let conditions = [
            "true",
            "EXISTS { MATCH () } OR true",
            "COUNT { MATCH ()-->() } >= 0",
            "size([1, 2, 3]) = 3",
            "all(x IN [1, 2] WHERE x > 0)",
        ];
        (*self.choices.pick(&conditions)).to_owned()
    }

    /// An integer or null.
    pub(crate) fn integer(&mut self, scope: &Scope, depth: usize) -> String {
        let inner = depth.saturating_sub(1);
        match self.way(5, 9, depth) {
            0 | 1 => self.property(scope, "k"),
            2 => (*self.choices.pick(&["1", "0", "2", "-1", "3"])).to_owned(),
            3 => match self.variable(scope, Kind::Integer) {
                Some(name) => name,
                None => self.property(scope, "k"),
            },
            4 => match self.variable(scope, Kind::Path) {
                Some(path) => format!("length({path})"),
                None => match self.variable(scope, Kind::Relationships) {
                    Some(list) => format!("size({list})"),
                    None => "1".to_owned(),
                },
            },
            5 => format!(
                "({} + {})",
                self.integer(scope, inner),
                self.integer(scope, 0)
            ),
            6 => format!(
                "({} - {})",
                self.integer(scope, inner),
                self.integer(scope, 0)
            ),
            7 => format!(
                "({} * {})",
                self.integer(scope, inner),
                self.integer(scope, 0)
            ),
            8 if self.is_risky => format!("(6 / {})", self.integer(scope, inner)),
            8 => {
                let operator = *self.choices.pick(&["%", "/"]);
                format!("({} {operator} 2)", self.integer(scope, inner))
            }
            9 => format!("size({})", self.list(scope, inner)),
            10 => format!(
                "coalesce({}, {})",
                self.integer(scope, inner),
                self.integer(scope, 0)
            ),
            11 => {
                let condition = self.boolean(scope, inner);
                let (yes, no) = (self.integer(scope, 0), self.integer(scope, 0));
                format!("CASE WHEN {condition} THEN {yes} ELSE {no} END")
            }
            12 => match self.subquery(scope) {
                Some(query) => format!("COUNT {{ {query} }}"),
                None => "2".to_owned(),
            },
            _ => match self.variable(scope, Kind::Node) {
                Some(_) => format!("size([{} | 1])", self.closed_element(scope)),
                None => format!("abs({})", self.integer(scope, inner)),
            },
        }
    }

    /// Text or null.
    fn text(&mut self, scope: &Scope, depth: usize) -> String {
        let inner = depth.saturating_sub(1);
        match self.way(4, 3, depth) {
            0 | 1 => self.property(scope, "名称"),
            2 => (*self.choices.pick(&["'a'", "'比亚'", "''", "'b'"])).to_owned(),
            3 => match self.variable(scope, Kind::Text) {
                Some(name) => name,
                None => match self.variable(scope, Kind::Relationship) {
                    Some(relationship) => format!("type({relationship})"),
                    None => self.property(scope, "名称"),
                },
            },
            4 => format!("({} + {})", self.text(scope, inner), self.text(scope, 0)),
            5 => format!("toString({})", self.integer(scope, inner)),
            _ => format!("toUpper({})", self.text(scope, inner)),
        }
    }

    /// A list of scalars, or null.
    pub(crate) fn list(&mut self, scope: &Scope, depth: usize) -> String {
        let inner = depth.saturating_sub(1);
        match self.way(4, 5, depth) {
            0 => (*self.choices.pick(&[
                "[1, 2]",
                "[0, 1, null]",
                "[]",
                "['a', '比亚迪']",
                "[null]",
                "[true, 1.0, 0.5]",
            ]))
            .to_owned(),
            1 => self.property(scope, "l"),
            2 => (*self.choices.pick(&["range(0, 2)", "range(1, 0)"])).to_owned(),
            3 => self
                .variable(scope, Kind::List)
                .unwrap_or_else(|| "[1]".to_owned()),
            4 => format!(
                "[{}, {}]",
                self.operand(scope, inner),
                self.operand(scope, 0)
            ),
            5 => {
                let item = self.fresh();
                let list = self.list(scope, inner);
                let mut inside = scope.clone();
                inside.declare(&item, Kind::Any);
                let outer = std::mem::replace(&mut self.allows_patterns, false);
                let condition = match self.choices.chance(60) {
                    true => format!(" WHERE {}", self.boolean(&inside, inner)),
                    false => String::new(),
                };
                let projection = self.operand(&inside, inner);
                self.allows_patterns = outer;
                format!("[{item} IN {list}{condition} | {projection}]")
            }
            6 => {
                let function = *self.choices.pick(&["tail", "reverse"]);
                format!("{function}({})", self.list(scope, inner))
            }
            7 => format!(
                "{}[{}..]",
                self.list(scope, 0),
                self.choices.pick(&["1", "0", "-1"])
            ),
            _ => format!("({} + {})", self.list(scope, inner), self.list(scope, 0)),
        }
    }

    fn quantifier(&mut self, scope: &Scope, depth: usize) -> String {
        let item = self.fresh();
        let quantifier = *self.choices.pick(&["all", "any", "none", "single"]);
        let mut inside = scope.clone();
        let list = match self.choices.below(5) {
            0 => match self.variable(scope, Kind::Relationships) {
                Some(list) => {
                    inside.declare(&item, Kind::Relationship);
                    list
                }
                None => self.scalars(scope, &mut inside, &item, depth),
            },
            1 => match self.variable(scope, Kind::Path) {
                Some(path) => {
                    inside.declare(&item, Kind::Node);
                    format!("nodes({path})")
                }
                None => self.scalars(scope, &mut inside, &item, depth),
            },
            2 => match self.variable(scope, Kind::Bag) {
                Some(bag) => {
                    inside.declare(&item, Kind::Any);
                    bag
                }
                None => self.scalars(scope, &mut inside, &item, depth),
            },
            _ => self.scalars(scope, &mut inside, &item, depth),
        };
        let condition = self.boolean(&inside, depth);
        format!("{quantifier}({item} IN {list} WHERE {condition})")
    }

    fn scalars(&mut self, scope: &Scope, inside: &mut Scope, item: &str, depth: usize) -> String {
        inside.declare(item, Kind::Any);
        self.list(scope, depth)
    }

    /// Anything that can be compared and printed.
    pub(crate) fn operand(&mut self, scope: &Scope, depth: usize) -> String {
        let inner = depth.saturating_sub(1);
        match self.way(7, 4, depth) {
            0 | 1 => self.property(scope, "x"),
            2 => self.integer(scope, inner),
            3 => self.text(scope, inner),
            4 => (*self
                .choices
                .pick(&["null", "0.5", "true", "1.0", "NaN", "'a'"]))
            .to_owned(),
            5 => match self.variable(scope, Kind::Any) {
                Some(name) => name,
                None => self.property(scope, "x"),
            },
            6 => self.list(scope, 0),
            7 => format!("head({})", self.list(scope, inner)),
            8 if self.is_risky => format!("toString({})", self.operand(scope, 0)),
            8 => format!(
                "{}[{}]",
                self.list(scope, 0),
                self.choices.pick(&["0", "-1", "1"])
            ),
            9 => format!(
                "coalesce({}, {})",
                self.operand(scope, inner),
                self.operand(scope, 0)
            ),
            _ => format!("({})", self.boolean(scope, inner)),
        }
    }

    /// The property of an entity in scope; a literal of its kind where there is no entity.
    fn property(&mut self, scope: &Scope, key: &str) -> String {
        let kind = *self
            .choices
            .pick(&[Kind::Node, Kind::Node, Kind::Relationship]);
        match self
            .variable(scope, kind)
            .or_else(|| self.variable(scope, Kind::Node))
        {
            Some(name) => format!("{name}.{key}"),
            None => match key {
                "k" => "1",
                "名称" => "'a'",
                "b" => "true",
                "l" => "[1, 2]",
                _ => "2",
            }
            .to_owned(),
        }
    }

    /// The inside of `EXISTS { }` and `COUNT { }`, unless that goes too deep.
    fn subquery(&mut self, scope: &Scope) -> Option<String> {
        if self.nesting >= 2 {
            return None;
        }
        self.nesting += 1;
        let taken = std::mem::take(&mut self.taken);
        let mut inner = scope.clone();
        let pattern = self.pattern(&mut inner);
        self.taken = taken;
        let outer = std::mem::replace(&mut self.allows_patterns, true);
        let condition = match self.choices.chance(40) {
            true => format!(" WHERE {}", self.boolean(&inner, 1)),
            false => String::new(),
        };
        self.allows_patterns = outer;
        let keyword = if self.choices.chance(50) {
            "MATCH "
        } else {
            ""
        };
        let mut query = format!("{keyword}{pattern}{condition}");
        if keyword == "MATCH " && self.choices.chance(30) {
            let operand = self.operand(&inner, 1);
            query.push_str(&format!(" RETURN DISTINCT {operand} AS 值"));
        }
        self.nesting -= 1;
        Some(query)
    }
}
