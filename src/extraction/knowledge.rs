//! What the reader knows before it reads.

/// Lexicons and rules, compiled once for all articles.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {}

impl Knowledge {
    /// The lexicons and rules that come with tupu.
    #[must_use]
    pub fn standard() -> &'static Self {
        static STANDARD: Knowledge = Knowledge {};
        &STANDARD
    }
}
