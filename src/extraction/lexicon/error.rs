//! What can be wrong with a lexicon.

use super::Class;
use crate::extraction::Label;
use crate::source::{Source, Span};

/// A file that is no lexicon: what was found where, and what was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct LexiconError(Box<str>);

impl LexiconError {
    pub(super) fn syntax(source: Source<'_>, error: &ron::error::SpannedError) -> Self {
        let start = error.span.start;
        let text = source.text();
        let before: usize = text
            .split_inclusive('\n')
            .take(start.line.saturating_sub(1))
            .map(str::len)
            .sum();
        let line = text[before..].lines().next().unwrap_or_default();
        let column = line.char_indices().nth(start.col.saturating_sub(1));
        let at = before + column.map_or(line.len(), |(at, _)| at);
        let excerpt = source.excerpt(Span::new(at, at + 1));
        Self(
            format!(
                "{}:{}:{}: {}\n{excerpt}",
                source.name(),
                start.line,
                start.col,
                error.code
            )
            .into_boxed_str(),
        )
    }

    pub(super) fn version(source: Source<'_>, found: u32) -> Self {
        Self(
            format!(
                "{}: a lexicon of version {found}; this program reads version {}",
                source.name(),
                super::VERSION,
            )
            .into_boxed_str(),
        )
    }

    pub(super) fn label(source: Source<'_>, class: &Class) -> Self {
        let labels: Vec<&str> = Label::ALL.iter().map(|label| label.name()).collect();
        Self(
            format!(
                "{}: {class:?} names no label; the labels are {}",
                source.name(),
                labels.join(", ")
            )
            .into_boxed_str(),
        )
    }

    pub(super) fn code(source: Source<'_>, code: &str) -> Self {
        Self(
            format!(
                "{}: {code:?} is no code of a division; write at least six digits: \"440300\"",
                source.name()
            )
            .into_boxed_str(),
        )
    }

    pub(super) fn too_large() -> Self {
        Self("the lexicons hold more than an automaton can".into())
    }
}
