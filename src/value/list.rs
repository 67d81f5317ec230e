//! The operators `IN`, `[index]` and `[from..to]`.

use super::{Value, ValueError, equals};

impl Value {
    /// `self IN list`: true when an item is equal, else null when one may be, else false.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentType`] where the right side is neither list nor null.
    pub fn is_in(&self, list: &Self) -> Result<Self, ValueError> {
        let items = match list {
            Self::Null => return Ok(Self::Null),
            Self::List(items) => items,
            other => return Err(ValueError::invalid_type("IN", "a LIST on its right", other)),
        };
        let mut answer = Self::Boolean(false);
        for item in items.iter() {
            match equals(self, item) {
                Some(true) => return Ok(Self::Boolean(true)),
                Some(false) => {}
                None => answer = Self::Null,
            }
        }
        Ok(answer)
    }

    /// `self[index]` of a list (positions from 0, negative ones from the end) or a map; null where there is nothing.
    ///
    /// # Errors
    ///
    /// [`ValueError::ListElementAccessByNonInteger`], [`ValueError::MapElementAccessByNonString`],
    /// [`ValueError::InvalidArgumentType`] where the base is neither list, map nor null.
    pub fn index(&self, index: &Self) -> Result<Self, ValueError> {
        match (self, index) {
            (Self::Null, _) | (Self::List(_) | Self::Map(_), Self::Null) => Ok(Self::Null),
            (Self::List(items), Self::Integer(index)) => {
                Ok(position(*index, items.len()).map_or(Self::Null, |at| items[at].clone()))
            }
            (Self::List(_), other) => Err(ValueError::ListElementAccessByNonInteger {
                found: other.type_name().to_owned(),
            }),
            (Self::Map(map), Self::String(key)) => Ok(map.get(key).cloned().unwrap_or_default()),
            (Self::Map(_), other) => Err(ValueError::MapElementAccessByNonString {
                found: other.type_name().to_owned(),
            }),
            (other, _) => Err(ValueError::invalid_type(
                "[ ]",
                "a LIST, MAP, NODE or RELATIONSHIP before it",
                other,
            )),
        }
    }

    /// `self[from..to]` of a list; a bound that is not written is `None`. Bounds outside of the list are moved to its
    /// ends, and a null bound gives null.
    ///
    /// # Errors
    ///
    /// [`ValueError::ListElementAccessByNonInteger`], [`ValueError::InvalidArgumentType`] where the base is neither
    /// list nor null.
    pub fn slice(&self, from: Option<&Self>, to: Option<&Self>) -> Result<Self, ValueError> {
        let items = match self {
            Self::Null => return Ok(Self::Null),
            Self::List(items) => items,
            other => {
                return Err(ValueError::invalid_type(
                    "[ .. ]",
                    "a LIST before it",
                    other,
                ));
            }
        };
        let bound = |bound: Option<&Self>, default: usize| match bound {
            None => Ok(Some(default)),
            Some(Self::Null) => Ok(None),
            Some(Self::Integer(index)) => Ok(Some(clamp(*index, items.len()))),
            Some(other) => Err(ValueError::ListElementAccessByNonInteger {
                found: other.type_name().to_owned(),
            }),
        };
        let (from, to) = (bound(from, 0)?, bound(to, items.len())?);
        let (Some(from), Some(to)) = (from, to) else {
            return Ok(Self::Null);
        };
        Ok(Self::List(items.get(from..to).unwrap_or_default().into()))
    }
}

/// The position that an index means, if there is one.
fn position(index: i64, len: usize) -> Option<usize> {
    let from_end = || len.checked_sub(usize::try_from(index.unsigned_abs()).ok()?);
    let at = usize::try_from(index).ok().or_else(from_end)?;
    (at < len).then_some(at)
}

/// The position that a bound means, moved into the list.
fn clamp(index: i64, len: usize) -> usize {
    let distance = usize::try_from(index.unsigned_abs()).unwrap_or(usize::MAX);
    if index < 0 {
        len.saturating_sub(distance)
    } else {
        distance.min(len)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::values;
    use super::*;

    fn text(result: Result<Value, ValueError>) -> String {
        result.map_or_else(
            |error| format!("{}: {error}", error.detail()),
            |value| value.to_string(),
        )
    }

    #[test]
    fn membership_is_three_valued() {
        for (case, expected) in [
            ("3, [1, null, 3]", "true"),
            ("4, [1, null, 3]", "null"),
            ("4, [1, 3]", "false"),
            ("null, []", "false"),
            ("null, [1]", "null"),
            ("1, null", "null"),
            ("1.0, [1]", "true"),
            ("[1, 2], [[null, 'foo']]", "false"),
            ("[1, 2], [[null, 2]]", "null"),
            ("[1, 2], [1, [1, 2, null]]", "false"),
            (
                "1, 'foo'",
                "InvalidArgumentType: IN takes a LIST on its right, found STRING",
            ),
        ] {
            let pair = values(case);
            assert_eq!(text(pair[0].is_in(&pair[1])), expected, "{case}");
        }
    }

    #[test]
    fn indexing() {
        for (case, expected) in [
            ("[1, 2, 3], 0", "1"),
            ("[1, 2, 3], -1", "3"),
            ("[1, 2, 3], -4", "null"),
            ("[1, 2, 3], 3", "null"),
            ("[1], -9223372036854775808", "null"),
            ("[1], null", "null"),
            ("null, 'x'", "null"),
            ("{name: '比亚迪'}, 'name'", "'比亚迪'"),
            ("{name: 1}, 'Name'", "null"),
            ("{name: 1}, null", "null"),
            (
                "[1], 1.0",
                "ListElementAccessByNonInteger: a list's index is an integer, found FLOAT",
            ),
            (
                "{}, 0",
                "MapElementAccessByNonString: a map's key is a string, found INTEGER",
            ),
            (
                "100, 0",
                "InvalidArgumentType: [ ] takes a LIST, MAP, NODE or RELATIONSHIP before it, found INTEGER",
            ),
        ] {
            let pair = values(case);
            assert_eq!(text(pair[0].index(&pair[1])), expected, "{case}");
        }
    }

    #[test]
    fn slicing() {
        for (case, expected) in [
            ("[1, 2, 3], 0, 1", "[1]"),
            ("[1, 2, 3], 1, 100", "[2, 3]"),
            ("[1, 2, 3], -2, -1", "[2]"),
            ("[1, 2, 3], 2, 1", "[]"),
            ("[1, 2, 3], -100, 100", "[1, 2, 3]"),
            ("[1, 2, 3], null, 1", "null"),
            ("null, 0, 1", "null"),
            (
                "[1], 0.5, 1",
                "ListElementAccessByNonInteger: a list's index is an integer, found FLOAT",
            ),
            (
                "'abc', 0, 1",
                "InvalidArgumentType: [ .. ] takes a LIST before it, found STRING",
            ),
        ] {
            let three = values(case);
            assert_eq!(
                text(three[0].slice(Some(&three[1]), Some(&three[2]))),
                expected,
                "{case}"
            );
        }
        let list = &values("[1, 2, 3]")[0];
        assert_eq!(text(list.slice(Some(&1.into()), None)), "[2, 3]");
        assert_eq!(text(list.slice(None, Some(&(-1).into()))), "[1, 2]");
    }
}
