//! Owns the language of rules: files of word classes and patterns, compiled once for all sentences.
//!
//! Takes the text of files; gives [`Rules`], or the [`Fault`] with its place. What the patterns find in a sentence is
//! `relate`'s work. The language is described in `docs/RULES.md`.
//!
//! ```text
//! data/*.rules ─ parse (grammar/rule.pest) ─→ RuleFile ─ compile ─→ Rules
//!                                                 └─ lint ─→ Fault …
//! ```

pub(crate) mod ast;
mod compile;
mod fault;
mod grammar;
mod parse;

use std::sync::{Arc, LazyLock};

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::scene::Labels;
use super::{RelationType, Status};
use ast::{Edge, Force, Gap, Kind, Role};

pub use fault::{Fault, FaultKind};

/// The files that come with the program, by name.
pub(crate) const STANDARD: &[(&str, &str)] = &[
    ("words.rules", include_str!("data/words.rules")),
    ("place.rules", include_str!("data/place.rules")),
    ("industry.rules", include_str!("data/industry.rules")),
    ("action.rules", include_str!("data/action.rules")),
    ("people.rules", include_str!("data/people.rules")),
    ("default.rules", include_str!("data/default.rules")),
];

/// Compiled rules.
///
/// # Examples
///
/// ```
/// use tupu::extraction::Rules;
///
/// let fault = Rules::standard().extended("mine.rules", "rule").unwrap_err();
/// assert!(fault.to_string().contains("mine.rules:1:5"));
/// ```
pub struct Rules {
    /// Finds words; the value is the position in `words`.
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    /// The classes of each word.
    words: Vec<Classes>,
    /// What each class does.
    kinds: Vec<Kind>,
    /// In the order of the files; the first that finds something at a word wins for its relation type.
    compiled: Vec<Compiled>,
    /// The rules that begin at a word of each class.
    by_class: Vec<Vec<usize>>,
    /// The rules that have no word.
    wordless: Vec<usize>,
    /// The classes whose words say that something is meant, and that it is not so.
    planned: Classes,
    denied: Classes,
    /// The class whose words report figures.
    reported: Classes,
    /// The files, for those who extend them.
    files: Vec<(String, String)>,
}

/// A set of word classes.
pub(crate) type Classes = u128;

/// A rule ready to run.
pub(crate) struct Compiled {
    pub name: Arc<str>,
    pub relation: RelationType,
    pub status: Status,
    pub force: Force,
    /// Its position among all rules.
    pub order: usize,
    pub parts: Vec<Part>,
    /// The part that the search starts from: the first word, or the first group.
    pub anchor: usize,
    /// What the sentence is about, where the pattern does not place it.
    pub in_force: Vec<(Role, Labels)>,
}

/// A part of a pattern that has a place in the sentence.
pub(crate) struct Part {
    /// How far it may be from the part before.
    pub gap: Gap,
    pub kind: PartKind,
}

pub(crate) enum PartKind {
    Word {
        class: usize,
    },
    Group {
        role: Role,
        labels: Labels,
        holder: Option<Labels>,
        /// What the mention's text must begin or end with.
        edges: Vec<(Edge, Vec<String>)>,
        /// It stands inside the group before it, or begins that one's text.
        inside: Option<Inside>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inside {
    Anywhere,
    First,
}

impl Rules {
    /// The rules that come with the program.
    #[must_use]
    pub fn standard() -> Arc<Self> {
        static RULES: LazyLock<Arc<Rules>> = LazyLock::new(|| {
            let files = STANDARD
                .iter()
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                .collect();
            Arc::new(Rules::of(files).expect("the tests compile the standard rules"))
        });
        Arc::clone(&RULES)
    }

    /// These rules and those of one more file; where both fit, those that were here first win.
    ///
    /// # Errors
    ///
    /// The first [`Fault`] of the file, with its name, line and column.
    pub fn extended(&self, name: &str, text: &str) -> Result<Self, Fault> {
        let mut files = self.files.clone();
        files.push((name.to_owned(), text.to_owned()));
        Self::of(files)
    }

    /// The files that come with the program.
    pub(crate) fn standard_files() -> &'static [(&'static str, &'static str)] {
        STANDARD
    }

    /// One file as it is written.
    pub(crate) fn parsed(name: &str, text: &str) -> Result<ast::RuleFile, Fault> {
        parse::parse(text).map_err(|fault| fault.within(name, text))
    }

    /// All files as they are written.
    pub(crate) fn parsed_files(&self) -> Vec<ast::RuleFile> {
        let files = self
            .files
            .iter()
            .filter_map(|(_, text)| parse::parse(text).ok());
        files.collect()
    }

    fn of(files: Vec<(String, String)>) -> Result<Self, Fault> {
        let mut parsed = Vec::new();
        for (name, text) in &files {
            let file = parse::parse(text).map_err(|fault| fault.within(name, text))?;
            parsed.push((name.as_str(), text.as_str(), file));
        }
        let mut rules = compile::compile(&parsed)?;
        rules.files = files;
        Ok(rules)
    }

    /// The words in a text, leftmost and longest, as ranges of bytes with their classes.
    pub(crate) fn words<'a>(
        &'a self,
        text: &'a str,
    ) -> impl Iterator<Item = (usize, usize, Classes)> + 'a {
        self.automaton.leftmost_find_iter(text).map(|found| {
            let classes = self.words[found.value() as usize];
            (found.start(), found.end(), classes)
        })
    }

    /// The class `planned`.
    pub(crate) fn planned(&self) -> Classes {
        self.planned
    }

    /// The class `denied`.
    pub(crate) fn denied(&self) -> Classes {
        self.denied
    }

    /// The class `reported`.
    pub(crate) fn reported(&self) -> Classes {
        self.reported
    }

    /// What words of these classes do.
    pub(crate) fn kind(&self, classes: Classes) -> Kind {
        let mut kind = Kind::default();
        for class in members(classes) {
            let of = self.kinds[class];
            kind.verb |= of.verb;
            kind.pivot |= of.pivot;
            kind.preposition |= of.preposition;
        }
        kind
    }

    /// The rules that a word of these classes may start, in order.
    pub(crate) fn at_word(&self, classes: Classes) -> impl Iterator<Item = &Compiled> {
        members(classes).flat_map(|class| {
            self.by_class[class]
                .iter()
                .map(|rule| &self.compiled[*rule])
        })
    }

    /// The rules without a word.
    pub(crate) fn wordless(&self) -> impl Iterator<Item = &Compiled> {
        self.wordless.iter().map(|rule| &self.compiled[*rule])
    }
}

/// The classes of a set, in order.
fn members(mut classes: Classes) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let class = classes.trailing_zeros();
        classes &= classes.checked_sub(1)?;
        Some(class as usize)
    })
}

impl std::fmt::Debug for Rules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&str> = self.files.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Rules")
            .field("files", &names)
            .field("rules", &self.compiled.len())
            .finish_non_exhaustive()
    }
}
