//! What is read.

use std::sync::Arc;

use crate::value::temporal::Date;

/// An article as found, with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// What names it among other articles: the file's stem, or what the table of articles says.
    pub id: Arc<str>,
    /// The title, where it is given beside the text.
    pub title: Option<String>,
    /// The outlet, where it is given beside the text.
    pub source: Option<String>,
    /// The day on which it appeared, where it is given beside the text.
    pub date: Option<Date>,
    /// The original text, to which all stored spans point.
    pub text: Arc<str>,
}
