//! Random projections.

use super::{Generator, Kind, Scope};

/// What a `RETURN` ends.
#[derive(Clone, Copy)]
pub(crate) enum Role<'a> {
    /// The whole query: any order and cut will do.
    Final,
    /// A query of a union of so many columns.
    Union(usize),
    /// A subquery that gives values by these names, in any order.
    Called(&'a [String]),
}

/// An item of a projection.
struct Item {
    text: String,
    name: String,
    kind: Kind,
    is_aggregate: bool,
}

impl Item {
    fn text(&self) -> String {
        match self.text == self.name {
            true => self.name.clone(),
            false => format!("{} AS {}", self.text, self.name),
        }
    }
}

impl Generator<'_> {
    pub(crate) fn with_clause(&mut self, scope: &mut Scope) -> String {
        if self.choices.chance(10) && !scope.variables.is_empty() {
            return format!("WITH *{}", self.filter(scope, 70));
        }
        let is_aggregating = self.choices.chance(30);
        let is_distinct = self.choices.chance(20);
        let may_be_bag = !is_distinct && !is_aggregating;
        let mut items = Vec::new();
        for variable in scope.variables.clone() {
            if self.choices.chance(60) && (may_be_bag || variable.kind != Kind::Bag) {
                let (name, kind) = (variable.name, variable.kind);
                items.push(Item {
                    text: name.clone(),
                    name,
                    kind,
                    is_aggregate: false,
                });
            }
        }
        let count = if items.is_empty() {
            1
        } else {
            self.choices.below(2)
        };
        for _ in 0..count {
            let name = self.fresh();
            items.push(self.plain_item(scope, name, may_be_bag));
        }
        if is_aggregating {
            let name = self.fresh();
            items.push(self.aggregate_item(scope, name, !is_distinct));
        }
        let distinct = if is_distinct { "DISTINCT " } else { "" };
        let texts: Vec<String> = items.iter().map(Item::text).collect();
        let mut text = format!("WITH {distinct}{}", texts.join(", "));
        let is_sortable = items.iter().all(|item| item.kind != Kind::Bag);
        if is_sortable && self.choices.chance(15) {
            // Only in a total order is it certain which rows a limit leaves.
            text.push_str(&self.total_order(&items));
        }
        let mut after = Scope::default();
        for item in &items {
            after.declare(&item.name, item.kind);
        }
        // A condition could speak of the variables before, too.
        text.push_str(&self.filter(&after, 30));
        *scope = after;
        text
    }

    pub(crate) fn return_clause(&mut self, scope: &Scope, role: Role<'_>) -> String {
        let names: Vec<String> = match role {
            Role::Final => (0..=self.choices.below(3))
                .map(|at| format!("c{at}"))
                .collect(),
            Role::Union(width) => (0..width).map(|at| format!("c{at}")).collect(),
            Role::Called(names) => names.to_vec(),
        };
        let is_final = matches!(role, Role::Final);
        if is_final && self.choices.chance(8) && !scope.variables.is_empty() {
            return "RETURN *".to_owned();
        }
        let is_distinct = self.choices.chance(20);
        let is_aggregating = self.choices.chance(30);
        let may_be_bag = is_final && !is_distinct && !is_aggregating;
        let mut items = Vec::new();
        for name in names {
            let item = match is_aggregating && (items.is_empty() || self.choices.chance(50)) {
                true => self.aggregate_item(scope, name, is_final && !is_distinct),
                false => match role {
                    Role::Called(_) => Item {
                        text: self.operand(scope, 1),
                        name,
                        kind: Kind::Any,
                        is_aggregate: false,
                    },
                    _ => self.plain_item(scope, name, may_be_bag),
                },
            };
            items.push(item);
        }
        let distinct = if is_distinct { "DISTINCT " } else { "" };
        let texts: Vec<String> = items.iter().map(Item::text).collect();
        let mut text = format!("RETURN {distinct}{}", texts.join(", "));
        let is_grouped = items.iter().any(|item| item.is_aggregate);
        if is_final {
            let seen = if is_distinct || is_grouped {
                None
            } else {
                Some(scope)
            };
            text.push_str(&self.any_order(&items, seen));
            text.push_str(&self.cut(20));
        } else if self.choices.chance(15) {
            text.push_str(&self.total_order(&items));
        }
        text
    }

    fn plain_item(&mut self, scope: &Scope, name: String, may_be_bag: bool) -> Item {
        let item = |text: String, kind| Item {
            text,
            name: name.clone(),
            kind,
            is_aggregate: false,
        };
        match self.choices.below(11) {
            0..4 if !scope.variables.is_empty() => {
                let variable = self.choices.pick(&scope.variables).clone();
                match variable.kind == Kind::Bag && !may_be_bag {
                    true => item(format!("size({})", variable.name), Kind::Integer),
                    false => item(variable.name, variable.kind),
                }
            }
            4 => item(self.integer(scope, 2), Kind::Integer),
            5 => item(self.boolean(scope, 2), Kind::Boolean),
            6 => item(self.list(scope, 2), Kind::List),
            7 => match self.variable(scope, Kind::Node) {
                Some(node) if may_be_bag => {
                    let function = *self.choices.pick(&["labels", "keys"]);
                    item(format!("{function}({node})"), Kind::Bag)
                }
                Some(node) => item(format!("properties({node})"), Kind::Map),
                None => item(self.operand(scope, 2), Kind::Any),
            },
            8 => match self.variable(scope, Kind::Relationship) {
                Some(relationship) => {
                    let function = *self.choices.pick(&["startNode", "endNode"]);
                    item(format!("{function}({relationship})"), Kind::Node)
                }
                None => item(self.operand(scope, 2), Kind::Any),
            },
            9 => match (
                self.variable(scope, Kind::Node),
                self.variable(scope, Kind::Node),
            ) {
                (Some(left), Some(right)) => match self.choices.below(2) {
                    0 => item(format!("coalesce({left}, {right})"), Kind::Node),
                    _ => item(format!("{left} {{.k, .*, 别: {right}.x}}"), Kind::Map),
                },
                _ => item(self.operand(scope, 2), Kind::Any),
            },
            _ => item(self.operand(scope, 2), Kind::Any),
        }
    }

    fn aggregate_item(&mut self, scope: &Scope, name: String, may_be_bag: bool) -> Item {
        let distinct = if self.choices.chance(30) {
            "DISTINCT "
        } else {
            ""
        };
        let (text, kind) = match self.choices.below(8) {
            0 | 1 => ("count(*)".to_owned(), Kind::Integer),
            2 => (
                format!("count({distinct}{})", self.operand(scope, 1)),
                Kind::Integer,
            ),
            3 => (
                format!("sum({distinct}{})", self.integer(scope, 1)),
                Kind::Integer,
            ),
            4 => {
                let function = *self.choices.pick(&["min", "max"]);
                (format!("{function}({})", self.operand(scope, 1)), Kind::Any)
            }
            5 if may_be_bag => (
                format!("collect({distinct}{})", self.operand(scope, 1)),
                Kind::Bag,
            ),
            5 => (
                format!("size(collect({distinct}{}))", self.operand(scope, 1)),
                Kind::Integer,
            ),
            6 => (
                format!("count(*) + sum({}) * 2", self.integer(scope, 0)),
                Kind::Integer,
            ),
            _ => (
                format!("avg({distinct}{})", self.integer(scope, 1)),
                Kind::Any,
            ),
        };
        Item {
            text,
            name,
            kind,
            is_aggregate: true,
        }
    }

    /// An order by all columns, with a cut.
    fn total_order(&mut self, items: &[Item]) -> String {
        let keys: Vec<String> = items.iter().map(|item| self.sort_key(&item.name)).collect();
        format!(" ORDER BY {}{}", keys.join(", "), self.cut(70))
    }

    /// An order by some columns or, while those are in sight, by expressions over the variables before.
    fn any_order(&mut self, items: &[Item], before: Option<&Scope>) -> String {
        if !self.choices.chance(35) {
            return String::new();
        }
        let names: Vec<&str> = items
            .iter()
            .filter(|item| item.kind != Kind::Bag)
            .map(|item| &*item.name)
            .collect();
        let mut keys = Vec::new();
        for _ in 0..=self.choices.below(2) {
            let key = match before {
                Some(scope) if names.is_empty() || self.choices.chance(30) => {
                    self.operand(scope, 1)
                }
                _ if names.is_empty() => "1".to_owned(),
                _ => (*self.choices.pick(&names)).to_owned(),
            };
            keys.push(self.sort_key(&key));
        }
        format!(" ORDER BY {}", keys.join(", "))
    }

    fn sort_key(&mut self, key: &str) -> String {
        format!("{key}{}", self.choices.pick(&["", " DESC"]))
    }

    fn cut(&mut self, percent: usize) -> String {
        let mut text = String::new();
        if self.choices.chance(percent / 2) {
            text.push_str(&format!(" SKIP {}", self.choices.below(3)));
        }
        if self.choices.chance(percent) {
            text.push_str(&format!(" LIMIT {}", self.choices.below(5)));
        }
        text
    }
}
