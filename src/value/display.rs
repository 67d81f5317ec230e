//! Values as text that a query could hold: for messages, headings and tests.

use std::fmt::{self, Write as _};

use super::{Value, float_text};

/// Writes the value as a literal of the language: `'text'`, `[1, 2.0]`, `{name: '比亚迪'}`.
///
/// What has no literal is written as the call that makes it, `date('2024-05-01')`, or as its id, `(#12)`, `[#7]`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Float(value) => f.write_str(&float_text(*value)),
            Self::String(text) => write_string(f, text),
            Self::List(items) => write_list(f, items),
            Self::Map(map) => {
                f.write_char('{')?;
                for (index, (key, value)) in map.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { ", " })?;
                    write_key(f, key)?;
                    write!(f, ": {value}")?;
                }
                f.write_char('}')
            }
            Self::Node(node) => write!(f, "(#{})", node.0),
            Self::Relationship(relationship) => write!(f, "[#{}]", relationship.0),
            Self::Path(path) => {
                write!(f, "<(#{})", path.nodes()[0].0)?;
                for (relationship, node) in path.relationships().iter().zip(&path.nodes()[1..]) {
                    write!(f, "-[#{}]-(#{})", relationship.0, node.0)?;
                }
                f.write_char('>')
            }
            Self::Date(value) => write!(f, "date('{value}')"),
            Self::LocalTime(value) => write!(f, "localtime('{value}')"),
            Self::Time(value) => write!(f, "time('{value}')"),
            Self::LocalDateTime(value) => write!(f, "localdatetime('{value}')"),
            Self::DateTime(value) => write!(f, "datetime('{value}')"),
            Self::Duration(value) => write!(f, "duration('{value}')"),
        }
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, items: &[Value]) -> fmt::Result {
    f.write_char('[')?;
    for (index, item) in items.iter().enumerate() {
        f.write_str(if index == 0 { "" } else { ", " })?;
        write!(f, "{item}")?;
    }
    f.write_char(']')
}

fn write_string(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('\'')?;
    for character in text.chars() {
        match character {
            '\'' => f.write_str("\\'")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            control if control.is_control() => write!(f, "\\u{:04X}", u32::from(control))?,
            other => f.write_char(other)?,
        }
    }
    f.write_char('\'')
}

fn write_key(f: &mut fmt::Formatter<'_>, key: &str) -> fmt::Result {
    let mut characters = key.chars();
    let is_plain = characters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|character| character.is_alphanumeric() || character == '_');
    if is_plain {
        f.write_str(key)
    } else {
        write!(f, "`{}`", key.replace('`', "``"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::values;
    use crate::value::{NodeId, Path, RelationshipId, Value};

    #[test]
    fn literals_read_back() {
        let text = "[null, true, -1, 1.0, 'it\\'s', '企业\\n', [1], {name: '比亚迪', `a b`: {}}]";
        assert_eq!(
            Value::list(values(&text[1..text.len() - 1])).to_string(),
            text
        );
    }

    #[test]
    fn entities_show_their_ids() {
        let path = Path::new(vec![NodeId(1), NodeId(2)], vec![RelationshipId(3)]);
        let values = vec![Value::Node(NodeId(1)), Value::Path(path.into())];
        assert_eq!(Value::list(values).to_string(), "[(#1), <(#1)-[#3]-(#2)>]");
    }
}
