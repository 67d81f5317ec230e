//! What rules and measures see of an article: its normalised text, its sentences, and the mentions with their labels.

use std::ops::Range;

use super::names::Named;
use super::{BlockKind, Document, Label};

/// An article after its names are known. All offsets are bytes of the normalised text.
#[derive(Clone, Debug)]
pub(crate) struct Scene<'a> {
    /// The normalised text.
    pub text: &'a str,
    /// The sentences, in the order of the text, without overlap.
    pub sentences: Vec<Sentence>,
    /// The places that name entities, by their start, a longer one before those inside it.
    pub places: Vec<Place>,
    /// The label of each entity.
    pub labels: Vec<Label>,
    /// Pairs of entities of which the first lies in the second by the lexicon.
    pub nested: Vec<(usize, usize)>,
    /// The year in which the article appeared.
    pub year: Option<i32>,
    /// The month in which it did.
    pub month: Option<u32>,
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// Its bytes.
    pub range: Range<usize>,
    /// Which paragraph it belongs to.
    pub paragraph: usize,
    /// Whether it is the article's title.
    pub is_title: bool,
}

/// A place that names an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// The entity that it names.
    pub entity: usize,
    /// The place inside whose text it stands, if any.
    pub holder: Option<usize>,
}

impl Place {
    /// A place; [`Scene::new`] finds what holds it.
    pub(crate) fn new(start: usize, end: usize, entity: usize) -> Self {
        Self {
            start,
            end,
            entity,
            holder: None,
        }
    }
}

impl<'a> Scene<'a> {
    /// The scene of an article whose entities are known.
    pub(crate) fn of(document: &'a Document, named: &Named) -> Self {
        let entities = &named.entities;
        let mentions = entities.iter().enumerate().flat_map(|(entity, found)| {
            let spans = found.mentions.iter().map(|mention| mention.span.range());
            spans.map(move |range| Place::new(range.start, range.end, entity))
        });
        let places = mentions.collect();
        let labels = entities.iter().map(|entity| entity.label).collect();
        let date = document.metadata.date.map(|date| date.to_string());
        let sentences = Self::sentences(document);
        let scene = Self::new(document.text(), sentences, places, labels, date.as_deref());
        Self {
            nested: named.nested.clone(),
            ..scene
        }
    }

    /// The sentences of an article; only blocks that are read count as paragraphs.
    pub(crate) fn sentences(document: &Document) -> Vec<Sentence> {
        let mut out: Vec<Sentence> = Vec::new();
        let (mut paragraph, mut block) = (0, None);
        for sentence in &document.segments.sentences {
            paragraph += usize::from(block.is_some_and(|block| block != sentence.block));
            block = Some(sentence.block);
            out.push(Sentence {
                range: sentence.span.range(),
                paragraph,
                is_title: document.segments.blocks[sentence.block].kind == BlockKind::Title,
            });
        }
        out
    }

    /// Sorts the places and finds which stand inside which.
    ///
    /// `date` is what the article says of its day, as `2024-01-17`, `2024-01` or `2024`.
    pub(crate) fn new(
        text: &'a str,
        sentences: Vec<Sentence>,
        mut places: Vec<Place>,
        labels: Vec<Label>,
        date: Option<&str>,
    ) -> Self {
        places.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end), place.entity));
        places.dedup_by_key(|place| (place.start, place.end, place.entity));
        let mut holder: Option<usize> = None;
        for index in 0..places.len() {
            match holder {
                Some(outer) if places[index].end <= places[outer].end => {
                    places[index].holder = Some(outer);
                }
                _ => holder = Some(index),
            }
        }
        let year = date.and_then(|date| date.split('-').next()?.parse().ok());
        let month = date.and_then(|date| date.split('-').nth(1)?.parse().ok());
        Self {
            text,
            sentences,
            places,
            labels,
            nested: Vec::new(),
            year,
            month,
        }
    }

    /// The label of the entity that a place names.
    pub(crate) fn label(&self, place: usize) -> Label {
        self.labels[self.places[place].entity]
    }
}

/// A set of labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Labels(u16);

impl Labels {
    /// The four regional labels.
    pub(crate) const REGIONS: Self =
        Self::of(&[Label::Province, Label::City, Label::District, Label::Zone]);

    /// The set of these.
    pub(crate) const fn of(labels: &[Label]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < labels.len() {
            bits |= 1 << labels[at] as u16;
            at += 1;
        }
        Self(bits)
    }

    /// Whether it has a label.
    pub(crate) const fn has(self, label: Label) -> bool {
        self.0 & (1 << label as u16) != 0
    }

    /// All that either has.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the two have none in common.
    pub(crate) const fn is_disjoint(self, other: Self) -> bool {
        self.0 & other.0 == 0
    }
}
