//! Owns the parts of a text: blocks with what they are, sentences, clauses.
//!
//! Takes the text as read; gives spans of it. Site furniture — navigation, copyright, adverts, editors, related links —
//! is a block like any other, with the reason why nobody reads it; only what the article itself says has sentences.
//!
//! ```text
//! 首页 > 新闻 > 正文              Furniture(Navigation)
//! 甲区发布产业规划                Title
//! 2024-03-05 来源:甲报            Byline
//! 甲区聚焦集成电路,建设甲园。乙…  Paragraph: sentences, each of clauses
//! Copyright © 甲报                Furniture(Copyright)
//! ```

mod byline;
mod classify;
mod head;
mod line;
mod sentence;
mod signs;

use std::ops::Range;

use crate::source::Span;

/// The parts of a text. Spans are of the text as read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segments {
    /// All blocks, in the order of the text; together they cover every character but blanks between them.
    pub blocks: Vec<Block>,
    /// The sentences of the title, headings, paragraphs and list items, in the order of the text.
    pub sentences: Vec<Sentence>,
    clauses: Vec<Span>,
}

/// A line of the text, or the byline at its start or end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its characters, without blanks around them.
    pub span: Span,
    /// Its sentences, as positions in [`Segments::sentences`]; none for bylines and furniture.
    pub sentences: Range<usize>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The article's title.
    Title,
    /// Who wrote it, when, for whom: 2024-03-05 来源:甲报; 甲社3月5日电 (记者 乙).
    Byline,
    /// A heading inside the article.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// What belongs to the site and not to the article.
    Furniture(Reason),
}

/// Why a block is furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Menus, breadcrumbs, page turners.
    Navigation,
    /// Copyright, registration, disclaimers.
    Copyright,
    /// Adverts, subscriptions, apps.
    Advert,
    /// Editors, authors and how to reach them.
    Editors,
    /// Links to other articles.
    Related,
    /// Pictures' sources and placeholders.
    Picture,
}

impl Reason {
    /// The reason in a word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Navigation => "navigation",
            Self::Copyright => "copyright",
            Self::Advert => "advert",
            Self::Editors => "editors",
            Self::Related => "related",
            Self::Picture => "picture",
        }
    }
}

/// A sentence, up to and with its full stop and what closes behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its characters.
    pub span: Span,
    /// The position of its block in [`Segments::blocks`].
    pub block: usize,
    clauses: Range<usize>,
}

impl Segments {
    /// Finds the parts of a text as read. A title that is known is recognised where the text repeats it.
    ///
    /// # Complexity
    ///
    /// Linear in the text.
    #[must_use]
    pub fn new(text: &str, title: Option<&str>) -> Self {
        let mut segments = Self::default();
        for (kind, span) in classify::blocks(text, title) {
            segments.add(text, kind, span);
        }
        segments
    }

    /// The clauses of a sentence: what stands between its commas, semicolons, colons and dashes.
    #[must_use]
    pub fn clauses(&self, sentence: &Sentence) -> &[Span] {
        &self.clauses[sentence.clauses.clone()]
    }

    /// The title, where the text has one.
    #[must_use]
    pub fn title(&self) -> Option<Span> {
        let mut blocks = self.blocks.iter();
        let title = blocks.find(|block| block.kind == BlockKind::Title);
        title.map(|block| block.span)
    }

    fn add(&mut self, text: &str, kind: BlockKind, span: Span) {
        let first = self.sentences.len();
        if kind.is_read() {
            let block = self.blocks.len();
            for sentence in sentence::sentences(text, span) {
                let first_clause = self.clauses.len();
                self.clauses.extend(sentence::clauses(text, sentence));
                self.sentences.push(Sentence {
                    span: sentence,
                    block,
                    clauses: first_clause..self.clauses.len(),
                });
            }
        }
        self.blocks.push(Block {
            kind,
            span,
            sentences: first..self.sentences.len(),
        });
    }
}

impl BlockKind {
    /// Whether the article itself says what stands there.
    #[must_use]
    pub fn is_read(self) -> bool {
        !matches!(self, Self::Byline | Self::Furniture(_))
    }
}

#[cfg(test)]
mod tests;
