//! The operators `STARTS WITH`, `ENDS WITH`, `CONTAINS` and `=~`.

use std::cell::RefCell;

use regex::Regex;

use super::{Value, ValueError};

impl Value {
    /// `self STARTS WITH other`: null unless both are strings.
    #[must_use]
    pub fn starts_with(&self, other: &Self) -> Self {
        self.test_text(other, |text, prefix| text.starts_with(prefix))
    }

    /// `self ENDS WITH other`: null unless both are strings.
    #[must_use]
    pub fn ends_with(&self, other: &Self) -> Self {
        self.test_text(other, |text, suffix| text.ends_with(suffix))
    }

    /// `self CONTAINS other`: null unless both are strings.
    #[must_use]
    pub fn contains(&self, other: &Self) -> Self {
        self.test_text(other, |text, part| text.contains(part))
    }

    fn test_text(&self, other: &Self, holds: impl Fn(&str, &str) -> bool) -> Self {
        match (self, other) {
            (Self::String(text), Self::String(other)) => Self::Boolean(holds(text, other)),
            _ => Self::Null,
        }
    }

    /// `self =~ pattern`: whether the whole text matches; null unless `self` is a string. The patterns last used on
    /// this thread stay compiled; where the pattern is known beforehand, compile a [`Pattern`].
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentType`] where the pattern is neither string nor null,
    /// [`ValueError::InvalidArgumentValue`] where it is no regular expression.
    pub fn matches(&self, pattern: &Self) -> Result<Self, ValueError> {
        match pattern {
            Self::Null => Ok(Self::Null),
            Self::String(pattern) => match self {
                Self::String(text) => {
                    with_pattern(pattern, |pattern| pattern.is_match(text).into())
                }
                _ => Ok(Self::Null),
            },
            other => Err(ValueError::invalid_type("=~", "a STRING as pattern", other)),
        }
    }
}

/// A compiled regular expression of the `=~` operator, which must match the whole text.
///
/// Matching takes time linear in the text; look-around and back-references do not exist therefore.
///
/// # Examples
///
/// ```
/// use tupu::value::Pattern;
///
/// let pattern = Pattern::new("(?i)byd|比亚迪.*")?;
/// assert!(pattern.is_match("比亚迪股份有限公司"));
/// assert!(pattern.is_match("BYD"));
/// assert!(!pattern.is_match("BYD Auto"));
/// # Ok::<(), tupu::value::ValueError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Pattern {
    source: Box<str>,
    regex: Regex,
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    ///
    /// [`ValueError::InvalidArgumentValue`] for a text that is no regular expression, with the reason.
    pub fn new(source: &str) -> Result<Self, ValueError> {
        let refuse = |error: regex::Error| ValueError::InvalidArgumentValue {
            operation: "=~".to_owned(),
            found: Value::from(source).to_string(),
            reason: reason(&error),
        };
        // The pattern must be valid by itself: `a)|(b` only becomes so inside of the group below.
        Regex::new(source).map_err(refuse)?;
        let regex = Regex::new(&format!(r"\A(?:{source})\z"))
            // In `(?x)` mode a comment at the end swallows the closing parenthesis unless a line ends before it.
            .or_else(|_| Regex::new(&format!("\\A(?:{source}\n)\\z")))
            .map_err(refuse)?;
        Ok(Self {
            source: source.into(),
            regex,
        })
    }

    /// The pattern as it was written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether the whole text matches.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

/// The last line of a regular expression's error; the lines before it repeat the pattern.
fn reason(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}

fn with_pattern<T>(source: &str, use_pattern: impl FnOnce(&Pattern) -> T) -> Result<T, ValueError> {
    const KEPT: usize = 16;
    thread_local! {
        static PATTERNS: RefCell<Vec<Pattern>> = const { RefCell::new(Vec::new()) };
    }
    PATTERNS.with_borrow_mut(|patterns| {
        let found = patterns
            .iter()
            .position(|pattern| pattern.source() == source);
        let pattern = match found {
            Some(index) => patterns.remove(index),
            None => Pattern::new(source)?,
        };
        patterns.truncate(KEPT - 1);
        patterns.insert(0, pattern);
        Ok(use_pattern(&patterns[0]))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::values;
    use super::*;

    #[test]
    fn only_strings_have_parts() {
        for pair in ["1, 1", "'a', null", "null, 'a'", "['a'], 'a'", "{}, {}"] {
            let pair = values(pair);
            assert_eq!(pair[0].contains(&pair[1]), Value::Null);
            assert_eq!(pair[0].starts_with(&pair[1]), Value::Null);
            assert_eq!(pair[0].ends_with(&pair[1]), Value::Null);
        }
        let text = Value::from("比亚迪股份");
        assert_eq!(text.starts_with(&"比亚迪".into()), true.into());
        assert_eq!(text.ends_with(&"比亚迪".into()), false.into());
        assert_eq!(text.contains(&"".into()), true.into());
    }

    #[test]
    fn the_whole_text_must_match() {
        let matches = |text: &str, pattern: &str| Value::from(text).matches(&pattern.into());
        assert_eq!(matches("比亚迪", "比.迪"), Ok(true.into()));
        assert_eq!(matches("比亚迪股份", "比.迪"), Ok(false.into()));
        assert_eq!(matches("ab", "a|ab"), Ok(true.into()));
        assert_eq!(matches("ab", "(?x) a b # both"), Ok(true.into()));
        assert_eq!(matches("ab\n", "ab"), Ok(false.into()));
        assert_eq!(values("1")[0].matches(&"a".into()), Ok(Value::Null));
        assert_eq!(Value::from("a").matches(&Value::Null), Ok(Value::Null));
    }

    #[test]
    fn many_patterns_take_turns() {
        for round in 0..3 {
            for number in 0..40 {
                let text = Value::from(number.to_string());
                assert_eq!(text.matches(&text), Ok(true.into()), "round {round}");
            }
        }
    }

    #[test]
    fn errors_give_the_reason() {
        let message = |pattern: Value| {
            let error = Value::from("a")
                .matches(&pattern)
                .expect_err("the pattern is wrong");
            error.to_string()
        };
        assert_eq!(message("(a".into()), "=~ can't use '(a': unclosed group");
        assert_eq!(
            message("a)|(b".into()),
            "=~ can't use 'a)|(b': unopened group"
        );
        assert_eq!(
            message(1.into()),
            "=~ takes a STRING as pattern, found INTEGER"
        );
        assert!(
            message("(?=a)".into())
                .ends_with("look-around, including look-ahead and look-behind, is not supported")
        );
    }
}
