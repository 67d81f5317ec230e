//! Owns what is known of an article beside what it says: title, outlet, date.
//!
//! Takes what is given beside the text, and reads the rest from the lines around the title, from the agency's line with
//! which the text begins, and from the copyright line.

pub(super) mod date;
mod outlet;

use super::{Article, BlockKind, Normalized, Reason, Segments};
pub use date::Published;

/// Title, outlet and date of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title, in Simplified characters.
    pub title: Option<String>,
    /// The outlet, in Simplified characters.
    pub source: Option<String>,
    /// When it appeared.
    pub date: Option<Published>,
}

impl Metadata {
    /// Finds what is known of an article whose text as read and its parts are given.
    #[must_use]
    pub fn find(article: &Article, text: &str, segments: &Segments) -> Self {
        let given = |text: &Option<String>| {
            let text = Normalized::new(text.as_deref()?.trim()).text().to_owned();
            (!text.is_empty()).then_some(text)
        };
        let title = || {
            let title = text[segments.title()?.range()].trim_start_matches(['#', ' ']);
            Some(title.to_owned())
        };
        let day = article.date.map(Published::on);
        Self {
            title: given(&article.title).or_else(title),
            source: given(&article.source).or_else(|| outlet::find(text, segments)),
            date: day.or_else(|| published(text, segments)),
        }
    }
}

/// The date of the bylines, from the top; else the year of the copyright line.
fn published(text: &str, segments: &Segments) -> Option<Published> {
    let bylines = segments
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Byline);
    let mut days = bylines.filter_map(|block| date::find(&text[block.span.range()]));
    if let Some(found) = days.next() {
        return Some(found.date);
    }
    let mut copyright = segments
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Furniture(Reason::Copyright));
    copyright.find_map(|block| last_year(&text[block.span.range()]))
}

/// The last year of `Copyright © 2005-2023`.
fn last_year(line: &str) -> Option<Published> {
    let mut years = line
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| part.len() == 4);
    let mut last = None;
    while let Some(year) = years.next().and_then(|year| year.parse().ok()) {
        if (1990..=2100).contains(&year) {
            last = Some(year);
        }
    }
    last.map(|year| Published {
        year,
        month: None,
        day: None,
    })
}

#[cfg(test)]
mod tests;
