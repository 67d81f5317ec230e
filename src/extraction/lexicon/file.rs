//! Lexicons as files that people write.

use indexmap::IndexMap;
use serde::Deserialize;

use super::Class;

/// A lexicon as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "Lexicon")]
pub(super) struct File {
    /// The version of the format.
    pub(super) version: u32,
    #[serde(default)]
    pub(super) terms: Vec<Terms>,
    /// Administrative divisions by code.
    #[serde(default)]
    pub(super) divisions: IndexMap<String, String>,
    /// Divisions without a code, by what they lie in.
    #[serde(default)]
    pub(super) districts: IndexMap<String, String>,
}

/// Terms that are the same thing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Terms {
    pub(super) class: Class,
    /// What one of them costs in a segmentation: -2 ln of its share of running text.
    #[serde(default = "usual_cost")]
    pub(super) cost: u8,
    /// The terms, with blanks between them.
    pub(super) words: String,
}

fn usual_cost() -> u8 {
    22
}
