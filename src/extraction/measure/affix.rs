//! Lists of words that are looked for at one end of a text, or anywhere in it, by their outermost character.

use rustc_hash::FxHashMap;

/// Words by the character that decides whether it is worth comparing them.
#[derive(Debug)]
pub(super) struct Affixes(FxHashMap<char, Vec<&'static str>>);

impl Affixes {
    /// Words that texts may begin with.
    pub(super) fn heads(words: &[&'static str]) -> Self {
        Self::by(words, |word| word.chars().next())
    }

    /// Words that texts may end with.
    pub(super) fn tails(words: &[&'static str]) -> Self {
        Self::by(words, |word| word.chars().next_back())
    }

    fn by(words: &[&'static str], edge: impl Fn(&str) -> Option<char>) -> Self {
        let mut all: FxHashMap<char, Vec<&'static str>> = FxHashMap::default();
        for word in words {
            all.entry(edge(word).expect("no word is empty"))
                .or_default()
                .push(word);
        }
        for words in all.values_mut() {
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        Self(all)
    }

    /// The longest of the words that a text begins with.
    pub(super) fn head_of(&self, text: &str) -> Option<&'static str> {
        let words = self.0.get(&text.chars().next()?)?;
        words.iter().find(|word| text.starts_with(**word)).copied()
    }

    /// The longest of the words that a text ends with.
    pub(super) fn tail_of(&self, text: &str) -> Option<&'static str> {
        let words = self.0.get(&text.chars().next_back()?)?;
        words.iter().find(|word| text.ends_with(**word)).copied()
    }

    /// Where the first of the words begins in a text.
    pub(super) fn first_in(&self, text: &str) -> Option<usize> {
        let mut places = text.char_indices().map(|(at, _)| at);
        places.find(|at| self.head_of(&text[*at..]).is_some())
    }

    /// Where the word ends that ends last in a text.
    pub(super) fn last_in(&self, text: &str) -> Option<usize> {
        let places = text.char_indices();
        let ends = places.filter_map(|(at, _)| Some(at + self.head_of(&text[at..])?.len()));
        ends.max()
    }
}
