//! The distinct strings of a property column.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::narrow;

/// Strings with their codes; a code is free again when the last slot that uses it lets it go.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    texts: Vec<Option<Arc<str>>>,
    uses: Vec<u32>,
    free: Vec<u32>,
    codes: FxHashMap<Arc<str>, u32>,
}

impl Dictionary {
    /// How many strings there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there is no string.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// One more than the highest code, for arrays indexed by code.
    #[must_use]
    pub fn codes(&self) -> u32 {
        narrow(self.texts.len())
    }

    /// The code of a string; `None` where no slot of a page of strings holds it.
    #[must_use]
    pub fn code(&self, text: &str) -> Option<u32> {
        self.codes.get(text).copied()
    }

    /// The string of a code; `None` for one that is free.
    #[must_use]
    pub fn text(&self, code: u32) -> Option<&Arc<str>> {
        self.texts.get(code as usize)?.as_ref()
    }

    /// The code of a string, which is used once more from now on.
    pub(super) fn acquire(&mut self, text: Arc<str>) -> u32 {
        if let Some(&code) = self.codes.get(&text) {
            self.uses[code as usize] += 1;
            return code;
        }
        let code = self.free.pop().unwrap_or_else(|| {
            self.texts.push(None);
            self.uses.push(0);
            narrow(self.texts.len() - 1)
        });
        self.texts[code as usize] = Some(Arc::clone(&text));
        self.uses[code as usize] = 1;
        self.codes.insert(text, code);
        code
    }

    /// Gives one use of a code back, and with it the string.
    pub(super) fn release(&mut self, code: u32) -> Arc<str> {
        let uses = &mut self.uses[code as usize];
        *uses -= 1;
        if *uses > 0 {
            return Arc::clone(self.text(code).expect("a code in use has a string"));
        }
        let text = self.texts[code as usize]
            .take()
            .expect("a code in use has a string");
        self.codes.remove(&text);
        self.free.push(code);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_given_out_again_after_its_last_use() {
        let mut dictionary = Dictionary::default();
        let first = dictionary.acquire("坪山区".into());
        assert_eq!(dictionary.acquire("坪山区".into()), first);
        let second = dictionary.acquire("南山区".into());
        dictionary.release(first);
        assert_eq!(dictionary.code("坪山区"), Some(first));
        assert_eq!(&*dictionary.release(first), "坪山区");
        assert_eq!(
            (dictionary.code("坪山区"), dictionary.text(first)),
            (None, None)
        );
        assert_eq!(dictionary.acquire("龙岗区".into()), first);
        assert_eq!(dictionary.text(second).map(|text| &**text), Some("南山区"));
        assert_eq!((dictionary.len(), dictionary.codes()), (2, 2));
    }
}
