//! Owns indicators: the figures that an article says of the things it names.
//!
//! Takes a [`Scene`] and the tokens of its sentences; gives indicators with their spans. A clause's figures are read
//! from left to right; measure, subject and period are carried on where the text leaves them out.
//!
//! ```text
//! sentence ─ periods ─┐
//!          ─ clauses ─ quantities ─ name ─ subject, period ─→ Indicator
//! ```
mod affix;
mod clause;
mod figures;
mod name;
mod naming;
mod number;
mod once;
mod period;
mod quantity;
mod reader;
mod subject;
mod unit;

#[cfg(test)]
mod tests;

pub use figures::figures;

use super::Indicator;
use super::relate::Tokens;
use super::scene::Scene;
use reader::Reader;

/// The indicators of an article, in the order of the text; spans are of the scene's text.
pub(crate) fn measure(scene: &Scene<'_>, tokens: &Tokens) -> Vec<Indicator> {
    let mut reader = Reader::new(scene, tokens);
    let mut titles = Vec::new();
    for index in 0..scene.sentences.len() {
        reader.topics.enter(scene, tokens, index);
        let text = &scene.text[scene.sentences[index].range.clone()];
        if text.contains(may_matter) {
            reader.sentence(index);
            if scene.sentences[index].is_title {
                titles.append(&mut reader.found);
            }
        }
    }
    once::once(reader.found, titles)
}

/// Whether a sentence with a character may hold a figure or say when the next ones are of.
fn may_matter(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(
            c,
            '一' | '二'
                | '两'
                | '三'
                | '四'
                | '五'
                | '六'
                | '七'
                | '八'
                | '九'
                | '十'
                | '百'
                | '千'
                | '万'
                | '亿'
                | '首'
                | '年'
        )
}
