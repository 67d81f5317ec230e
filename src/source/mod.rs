//! Owns text and the places in it: spans, lines, and the excerpt with a caret in messages.
//!
//! Takes the text of a query, an article or a graph file; gives lines and columns counted in characters as people see
//! them, and excerpts whose caret stands under the right cell also after Chinese characters.
//!
//! ```text
//! MATCH (企:Enterprise RETURN 企
//!                      ^^^^^^
//! ```

mod excerpt;
mod nearest;

pub use excerpt::Source;
pub use nearest::nearest_name;
pub(crate) use nearest::{distance, shared_characters};

/// A half-open range of bytes in a text.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets; texts of 4 GiB and more are cut off at the last offset that fits.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self {
            start: clamp(start),
            end: clamp(end),
        }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The bytes as a range for slicing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}
