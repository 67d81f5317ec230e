//! Reads literals for tests, so that cases are text.

use std::sync::Arc;

use super::{Map, NodeId, RelationshipId, Value};

/// The values of comma-separated literals: `null`, `1`, `1.5`, `NaN`, `'text'`, `[1]`, `{a: 1}`, `(#1)`, `[#1]`.
///
/// # Panics
///
/// When the text is no such list.
#[track_caller]
pub(crate) fn values(text: &str) -> Vec<Value> {
    let mut reader = Reader {
        rest: text.trim_start(),
    };
    let items = reader.items("");
    assert_eq!(reader.rest, "", "{text:?} is no list of literals");
    items
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn take(&mut self, token: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(token) else {
            return false;
        };
        self.rest = rest.trim_start();
        true
    }

    fn items(&mut self, end: &str) -> Vec<Value> {
        let mut items = Vec::new();
        while !self.rest.is_empty() && (end.is_empty() || !self.take(end)) {
            items.push(self.value());
            self.take(",");
        }
        items
    }

    fn value(&mut self) -> Value {
        if self.take("(#") {
            let node = Value::Node(NodeId(self.number()));
            assert!(self.take(")"), "a node is closed");
            node
        } else if self.take("[#") {
            let relationship = Value::Relationship(RelationshipId(self.number()));
            assert!(self.take("]"), "a relationship is closed");
            relationship
        } else if self.take("[") {
            Value::list(self.items("]"))
        } else if self.take("{") {
            self.map()
        } else if self.rest.starts_with('\'') {
            self.string()
        } else {
            let word = self.word(|c| c.is_alphanumeric() || "+-._".contains(c));
            match word.as_str() {
                "null" => Value::Null,
                "true" => true.into(),
                "false" => false.into(),
                _ => word.parse().map_or_else(
                    |_| word.parse::<f64>().expect("a literal").into(),
                    |integer: i64| integer.into(),
                ),
            }
        }
    }

    fn number(&mut self) -> u64 {
        self.word(char::is_numeric).parse().expect("an id")
    }

    fn word(&mut self, belongs: impl Fn(char) -> bool) -> String {
        let end = self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest.trim_start();
        word.to_owned()
    }

    fn map(&mut self) -> Value {
        let mut map = Map::new();
        while !self.take("}") {
            let key = if let Some(rest) = self.rest.strip_prefix('`') {
                let (key, rest) = rest.split_once('`').expect("a key is closed");
                self.rest = rest.trim_start();
                key.to_owned()
            } else {
                self.word(|c| c.is_alphanumeric() || c == '_')
            };
            assert!(self.take(":"), "a colon stands after a key");
            let value = self.value();
            map.insert(Arc::from(key), value);
            self.take(",");
        }
        map.into()
    }

    fn string(&mut self) -> Value {
        let mut text = String::new();
        let mut characters = self.rest[1..].chars();
        loop {
            match characters.next().expect("a string is closed") {
                '\'' => break,
                '\\' => match characters.next().expect("an escape is complete") {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    other => text.push(other),
                },
                other => text.push(other),
            }
        }
        self.rest = characters.as_str().trim_start();
        text.into()
    }
}
