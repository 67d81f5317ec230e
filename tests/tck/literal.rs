//! The notation of expected values, parameters and procedure rows.

use tupu::value::{Map, Value};

/// A value as a scenario writes it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    /// Null, a boolean, a number or a string; a temporal value is written as a string.
    Scalar(Value),
    /// `[1, 'a']`.
    List(Vec<Literal>),
    /// `{k: 1}`.
    Map(Properties),
    /// `(:A:B {x: 1})`.
    Node(Node),
    /// `[:T {x: 1}]`.
    Relationship(Relationship),
    /// `<(:A)-[:T]->(:B)>`: the first node, then each step.
    Path(Node, Vec<Step>),
}

/// The entries of a map.
pub(crate) type Properties = Vec<(String, Literal)>;

/// `(:A:B {x: 1})`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// The labels, in any order.
    pub(crate) labels: Vec<String>,
    /// The properties.
    pub(crate) properties: Properties,
}

/// `[:T {x: 1}]`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Relationship {
    /// The type.
    pub(crate) relationship_type: String,
    /// The properties.
    pub(crate) properties: Properties,
}

/// A step of a path: `-[:T]->(:B)`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    /// The relationship that is walked.
    pub(crate) relationship: Relationship,
    /// Whether it is walked from its start to its end.
    pub(crate) is_forward: bool,
    /// The node that is reached.
    pub(crate) node: Node,
}

impl Literal {
    /// Reads a literal; the error tells where the text is none.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut reader = Reader { rest: text };
        let literal = reader.literal();
        reader.blanks();
        match literal {
            Some(literal) if reader.rest.is_empty() => Ok(literal),
            _ => Err(format!("no literal: {text}, from {:?}", reader.rest)),
        }
    }

    /// The value, for a parameter; `None` for an entity, which no parameter can be.
    pub(crate) fn value(&self) -> Option<Value> {
        match self {
            Self::Scalar(value) => Some(value.clone()),
            Self::List(items) => items.iter().map(Self::value).collect(),
            Self::Map(entries) => {
                let entries = entries
                    .iter()
                    .map(|(key, item)| Some((key.as_str().into(), item.value()?)));
                entries.collect::<Option<Map>>().map(Value::from)
            }
            Self::Node(_) | Self::Relationship(_) | Self::Path(..) => None,
        }
    }
}

/// Reads from the front of a text; every method answers `None` where the text is not of its form.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn literal(&mut self) -> Option<Literal> {
        self.blanks();
        match self.rest.chars().next()? {
            '\'' => self.string().map(|text| Literal::Scalar(text.into())),
            '(' => self.node().map(Literal::Node),
            '<' => self.path(),
            '{' => self.map().map(Literal::Map),
            '[' if self.rest[1..].trim_start().starts_with(':') => {
                self.relationship().map(Literal::Relationship)
            }
            '[' => self.list().map(Literal::List),
            _ => self.word().map(Literal::Scalar),
        }
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, token: &str) -> Option<()> {
        self.blanks();
        self.rest = self.rest.strip_prefix(token)?;
        Some(())
    }

    /// Items between commas, up to the closing token.
    fn items<T>(
        &mut self,
        open: &str,
        close: &str,
        mut item: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        self.take(open)?;
        let mut items = Vec::new();
        if self.take(close).is_some() {
            return Some(items);
        }
        loop {
            items.push(item(self)?);
            if self.take(close).is_some() {
                return Some(items);
            }
            self.take(",")?;
        }
    }

    fn list(&mut self) -> Option<Vec<Literal>> {
        self.items("[", "]", Self::literal)
    }

    fn map(&mut self) -> Option<Properties> {
        self.items("{", "}", |reader| {
            let key = reader.name()?;
            reader.take(":")?;
            Some((key, reader.literal()?))
        })
    }

    fn properties(&mut self) -> Option<Properties> {
        self.blanks();
        if self.rest.starts_with('{') {
            self.map()
        } else {
            Some(Vec::new())
        }
    }

    fn node(&mut self) -> Option<Node> {
        self.take("(")?;
        let mut labels = Vec::new();
        while self.take(":").is_some() {
            labels.push(self.name()?);
        }
        let properties = self.properties()?;
        self.take(")")?;
        Some(Node { labels, properties })
    }

    fn relationship(&mut self) -> Option<Relationship> {
        self.take("[")?;
        self.take(":")?;
        let relationship_type = self.name()?;
        let properties = self.properties()?;
        self.take("]")?;
        Some(Relationship {
            relationship_type,
            properties,
        })
    }

    fn path(&mut self) -> Option<Literal> {
        self.take("<")?;
        let start = self.node()?;
        let mut steps = Vec::new();
        while self.take(">").is_none() {
            let is_forward = self.take("<-").is_none();
            if is_forward {
                self.take("-")?;
            }
            let relationship = self.relationship()?;
            self.take(if is_forward { "->" } else { "-" })?;
            steps.push(Step {
                relationship,
                is_forward,
                node: self.node()?,
            });
        }
        Some(Literal::Path(start, steps))
    }

    fn name(&mut self) -> Option<String> {
        self.blanks();
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!name.is_empty()).then(|| name.to_owned())
    }

    /// Between single quotes; a backslash makes a quote or a backslash part of the text.
    fn string(&mut self) -> Option<String> {
        self.take("'")?;
        let mut text = String::new();
        let mut characters = self.rest.char_indices();
        loop {
            match characters.next()? {
                (at, '\'') => {
                    self.rest = &self.rest[at + 1..];
                    return Some(text);
                }
                (_, '\\') if characters.as_str().starts_with(['\'', '\\']) => {
                    text.push(characters.next()?.1);
                }
                (_, character) => text.push(character),
            }
        }
    }

    /// Null, a boolean or a number.
    fn word(&mut self) -> Option<Value> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.');
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(match word {
            "null" => Value::Null,
            "true" => Value::from(true),
            "false" => Value::from(false),
            "NaN" => Value::from(f64::NAN),
            "Inf" => Value::from(f64::INFINITY),
            "-Inf" => Value::from(f64::NEG_INFINITY),
            number if number.contains(['.', 'e', 'E']) => Value::from(number.parse::<f64>().ok()?),
            number => Value::from(number.parse::<i64>().ok()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_of_all_kinds_are_read() {
        let text = r"[1, -2.5, 'it\'s \\', null, {a: [true], 名: {}}, (:A:B {x: Inf}), [:T {y: 1}], <(:A)-[:T]->()<-[:T]-()>]";
        let Ok(Literal::List(items)) = Literal::parse(text) else {
            panic!("the text is a list");
        };
        assert_eq!(items.len(), 8);
        assert_eq!(items[2], Literal::Scalar(r"it's \".into()));
        let Literal::Path(_, steps) = &items[7] else {
            panic!("the last item is a path");
        };
        assert_eq!([steps[0].is_forward, steps[1].is_forward], [true, false]);
    }

    #[test]
    fn what_is_no_literal_is_refused() {
        for text in ["", "[1", "'a", "1 2", "(:)", "{a}", "yes", "<()-[:T]-()>"] {
            assert!(Literal::parse(text).is_err(), "{text}");
        }
    }
}
