//! Owns what is known of words before any article is read: words and what names are made of.
//!
//! Takes RON files; gives one automaton over all their terms, which finds every term in one pass over a text.
//!
//! ```text
//! data/*.ron, --lexicon FILE ─→ terms: what each is, what it costs ─→ double-array Aho–Corasick
//! ```
//!
//! `build.rs` compiles this module too: it makes the automaton of the lexicons that come with tupu.

mod class;
mod division;
mod error;
mod file;

use daachorse::CharwiseDoubleArrayAhoCorasick;
use rustc_hash::FxHashMap;

use super::Label;
use crate::source::Source;
pub(crate) use class::{Class, Classes, Evidence, Head};
pub(crate) use division::{Division, short_form};
pub use error::LexiconError;

/// The version of the format that this program reads.
const VERSION: u32 = 1;

/// The lexicons that come with tupu.
const STANDARD: [(&str, &str); 7] = [
    ("words.ron", include_str!("data/words.ron")),
    ("divisions.ron", include_str!("data/divisions.ron")),
    ("industries.ron", include_str!("data/industries.ron")),
    ("heads.ron", include_str!("data/heads.ron")),
    ("people.ron", include_str!("data/people.ron")),
    ("bodies.ron", include_str!("data/bodies.ron")),
    ("cues.ron", include_str!("data/cues.ron")),
];

/// What a division without frequency costs.
const DIVISION_COST: u8 = 20;

/// A term: what it is and what it costs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Term {
    pub(crate) classes: Classes,
    pub(crate) cost: u8,
    /// For a name: its label.
    pub(crate) label: Option<Label>,
    pub(crate) head: Option<Head>,
    /// The divisions that bear it, as a range of [`Lexicon::bearers`].
    bearers: (u32, u32),
}

/// All terms with the automaton that finds them.
pub struct Lexicon {
    terms: Vec<Term>,
    divisions: Vec<Division>,
    bearers: Vec<u32>,
    pub(crate) automaton: Automaton,
}

/// Finds all terms in one pass; the values are the positions of the terms.
type Automaton = CharwiseDoubleArrayAhoCorasick<u32>;

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Lexicon({} terms)", self.terms.len())
    }
}

impl Lexicon {
    /// The lexicons that come with tupu, with their automaton as `build.rs` made it.
    ///
    /// # Errors
    ///
    /// [`LexiconError`] where a file is no lexicon.
    pub(crate) fn standard(automaton: &[u8]) -> Result<Self, LexiconError> {
        let builder = Builder::standard()?;
        let made = Automaton::deserialize(automaton);
        let (automaton, _) = made.map_err(|_| LexiconError::too_large())?;
        Ok(builder.finish(automaton))
    }

    /// The lexicons that come with tupu, and further ones: names of files with their texts.
    ///
    /// # Errors
    ///
    /// [`LexiconError`] where a file is no lexicon.
    pub fn with(further: &[(String, String)]) -> Result<Self, LexiconError> {
        let mut builder = Builder::standard()?;
        for (name, text) in further {
            builder.read(Source::new(name, text))?;
        }
        let automaton = Automaton::with_values(builder.words.iter().zip(0u32..))
            .map_err(|_| LexiconError::too_large())?;
        Ok(builder.finish(automaton))
    }

    /// Every occurrence of every term, by its end: start, end, position of the term.
    pub(crate) fn matches<'a>(
        &'a self,
        text: &'a str,
    ) -> impl Iterator<Item = (usize, usize, u32)> + 'a {
        let found = self.automaton.find_overlapping_iter(text);
        found.map(|one| (one.start(), one.end(), one.value()))
    }

    /// A term by its position.
    pub(crate) fn term(&self, at: u32) -> &Term {
        &self.terms[at as usize]
    }

    /// The divisions that bear a term as their name or short form.
    pub(crate) fn bearers(&self, term: &Term) -> &[u32] {
        &self.bearers[term.bearers.0 as usize..term.bearers.1 as usize]
    }

    /// A division by its position.
    pub(crate) fn division(&self, at: u32) -> &Division {
        &self.divisions[at as usize]
    }
}

#[derive(Default)]
struct Builder {
    places: FxHashMap<String, usize>,
    words: Vec<String>,
    terms: Vec<Term>,
    divisions: Vec<Division>,
    /// For each term, the divisions that bear it.
    bearers: FxHashMap<usize, Vec<u32>>,
}

impl Builder {
    /// What the lexicons that come with tupu hold.
    fn standard() -> Result<Self, LexiconError> {
        let mut builder = Self::default();
        for (name, text) in STANDARD {
            builder.read(Source::new(name, text))?;
        }
        Ok(builder)
    }

    fn read(&mut self, source: Source<'_>) -> Result<(), LexiconError> {
        let file: file::File =
            ron::from_str(source.text()).map_err(|error| LexiconError::syntax(source, &error))?;
        if file.version != VERSION {
            return Err(LexiconError::version(source, file.version));
        }
        for terms in &file.terms {
            self.add_terms(terms)
                .ok_or_else(|| LexiconError::label(source, &terms.class))?;
        }
        for (code, name) in &file.divisions {
            if code.len() < 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(LexiconError::code(source, code));
            }
            self.add_division(Some(code), name, None);
        }
        for (within, names) in &file.districts {
            let parent = self.divisions.iter().position(|one| one.name == *within);
            for name in names.split_whitespace() {
                self.add_division(None, name, parent);
            }
        }
        Ok(())
    }

    fn add_terms(&mut self, terms: &file::Terms) -> Option<()> {
        let classes = Classes::of(&terms.class);
        let (label, head) = match &terms.class {
            Class::Name(label) => (Some(Label::from_name(label)?), None),
            Class::Head(label, evidence) => {
                let label = Label::from_name(label)?;
                (
                    None,
                    Some(Head {
                        label,
                        evidence: *evidence,
                    }),
                )
            }
            _ => (None, None),
        };
        for word in terms.words.split_whitespace() {
            let at = self.place(word, terms.cost);
            let term = &mut self.terms[at];
            term.classes = term.classes.with(classes);
            term.label = term.label.or(label);
            term.head = term.head.or(head);
        }
        Some(())
    }

    fn add_division(&mut self, code: Option<&str>, name: &str, parent: Option<usize>) {
        let parent = parent.or_else(|| code.and_then(|code| self.parent(code)));
        let label = division::label(code, name, parent.map(|at| self.divisions[at].label));
        let at = u32::try_from(self.divisions.len())
            .expect("there are fewer divisions than four thousand millions");
        self.divisions.push(Division {
            name: name.to_owned(),
            label,
            code: code.map(str::to_owned),
            parent,
        });
        self.bear(name, at, Classes::DIVISION);
        if let Some(banner) = division::banner(name) {
            self.bear(&banner, at, Classes::DIVISION_SHORT);
        }
        for kind in ["自治州", "自治县", "自治旗"] {
            if let Some(short) = short_form(name).filter(|_| name.ends_with(kind)) {
                let form = format!("{short}{}", kind.trim_start_matches("自治"));
                self.bear(&form, at, Classes::DIVISION);
            }
        }
        if label != Label::Zone
            && let Some(short) = short_form(name)
        {
            self.bear(short, at, Classes::DIVISION_SHORT);
        }
    }

    /// The division that a code lies in.
    fn parent(&self, code: &str) -> Option<usize> {
        let upper = |digits: usize| format!("{}{}", &code[..digits], "0".repeat(6 - digits));
        let candidates = if code.ends_with("00") {
            vec![upper(2)]
        } else {
            vec![upper(4), upper(2)]
        };
        candidates.iter().find_map(|upper| {
            let mut rows = self.divisions.iter().enumerate().rev();
            let (at, _) =
                rows.find(|(_, one)| one.code.as_ref() == Some(upper) && upper != code)?;
            Some(at)
        })
    }

    fn bear(&mut self, form: &str, division: u32, class: Classes) {
        let at = self.place(form, DIVISION_COST);
        self.terms[at].classes = self.terms[at].classes.with(class);
        self.bearers.entry(at).or_default().push(division);
    }

    fn place(&mut self, word: &str, cost: u8) -> usize {
        if let Some(&at) = self.places.get(word) {
            self.terms[at].cost = self.terms[at].cost.min(cost);
            return at;
        }
        let at = self.terms.len();
        self.places.insert(word.to_owned(), at);
        self.words.push(word.to_owned());
        self.terms.push(Term {
            cost,
            ..Term::default()
        });
        at
    }

    fn finish(mut self, automaton: Automaton) -> Lexicon {
        let mut bearers = Vec::new();
        for (at, term) in self.terms.iter_mut().enumerate() {
            let start = bearers.len();
            bearers.extend(self.bearers.remove(&at).unwrap_or_default());
            let place = |at: usize| {
                u32::try_from(at).expect("there are fewer bearers than four thousand millions")
            };
            term.bearers = (place(start), place(bearers.len()));
        }
        Lexicon {
            terms: self.terms,
            divisions: self.divisions,
            bearers,
            automaton,
        }
    }
}

#[cfg(test)]
mod tests;
