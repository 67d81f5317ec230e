//! The whole way from an article to what it says.

use super::relate::Tokens;
use super::scene::Scene;
use super::{Article, BlockKind, Document, Knowledge, Normalized, Reading, measure, names, relate};

/// Reads an article.
///
/// # Examples
///
/// ```
/// use tupu::extraction::{Article, Knowledge, read};
///
/// let article = Article {
///     id: "甲区".into(),
///     title: None,
///     source: None,
///     date: None,
///     text: "甲区发布产业规划\n\n2024-03-05 来源:甲报\n\n甲区聚焦集成电路。".into(),
/// };
/// let reading = read(&article, Knowledge::standard());
/// assert_eq!(reading.title.as_deref(), Some("甲区发布产业规划"));
/// assert_eq!(reading.date.as_deref(), Some("2024-03-05"));
/// ```
#[must_use]
pub fn read(article: &Article, knowledge: &Knowledge) -> Reading {
    let document = Document::new(article);
    let named = names::entities(&document, knowledge);
    let rules = knowledge.rules();
    let scene = Scene::of(&document, &named);
    let tokens = Tokens::new(&scene, rules);
    let relations = relate::relate(&scene, &tokens, rules);
    let indicators = measure::measure(&scene, &tokens);
    let blocks = |is_wanted: fn(BlockKind) -> bool| {
        let blocks = document.segments.blocks.iter();
        let wanted = blocks.filter(|block| is_wanted(block.kind));
        wanted.map(|block| block.span).collect()
    };
    let mut reading = Reading {
        title: document.metadata.title,
        source: document.metadata.source,
        date: document.metadata.date.map(|date| date.to_string()),
        entities: named.entities,
        relations,
        indicators,
        furniture: blocks(|kind| matches!(kind, BlockKind::Furniture(_))),
        bylines: blocks(|kind| kind == BlockKind::Byline),
    };
    point_into_the_original(&mut reading, &document.normalized);
    reading
}

fn point_into_the_original(reading: &mut Reading, normalized: &Normalized) {
    for entity in &mut reading.entities {
        for mention in &mut entity.mentions {
            mention.span = normalized.original(mention.span);
        }
    }
    for relation in &mut reading.relations {
        relation.span = normalized.original(relation.span);
        for span in [&mut relation.carried_subject, &mut relation.trigger] {
            *span = span.map(|span| normalized.original(span));
        }
    }
    for indicator in &mut reading.indicators {
        indicator.span = normalized.original(indicator.span);
        indicator.carried_subject = indicator
            .carried_subject
            .map(|span| normalized.original(span));
    }
    for span in reading.furniture.iter_mut().chain(&mut reading.bylines) {
        *span = normalized.original(*span);
    }
}
