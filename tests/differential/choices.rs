//! Owns the stream of choices that every random case is made from.
//!
//! A case is a function of its choices: the same choices give the same case, and fewer or smaller choices a simpler
//! one. So a failing case is made small without knowing anything about graphs or queries, by leaving choices out.

/// A stream of choices: drawn from a seed, or read back from a list.
pub(crate) struct Choices {
    made: Vec<u32>,
    at: usize,
    state: Option<u64>,
}

impl Choices {
    /// Endless choices from a seed.
    pub(crate) fn from_seed(seed: u64) -> Self {
        Self {
            made: Vec::new(),
            at: 0,
            state: Some(seed),
        }
    }

    /// The choices of a list, then zeros: the simplest choice, everywhere.
    pub(crate) fn from_list(made: Vec<u32>) -> Self {
        Self {
            made,
            at: 0,
            state: None,
        }
    }

    /// All choices made until now.
    pub(crate) fn into_list(mut self) -> Vec<u32> {
        self.made.truncate(self.at);
        self.made
    }

    /// A number below `limit`; small numbers are the simple ones.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        if let Some(state) = &mut self.state {
            self.made.push(splitmix(state));
        }
        let made = self.made.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        made as usize % limit
    }

    /// Whether something comes true that does so in `percent` of all cases; no is the simple answer.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    /// One of the items; the first is the simplest.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

/// The random numbers of Steele, Lea and Flood: one addition, two multiplications.
fn splitmix(state: &mut u64) -> u32 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut bits = *state;
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((bits ^ (bits >> 31)) >> 32) as u32
}

/// The smallest choices found for which `fails` still holds, in a bounded number of attempts.
pub(crate) fn shrink(mut choices: Vec<u32>, mut fails: impl FnMut(&[u32]) -> bool) -> Vec<u32> {
    let mut attempts = 3_000;
    let mut is_better = true;
    while is_better {
        is_better = false;
        for size in [64, 32, 16, 8, 4, 2, 1] {
            let mut at = 0;
            while at + size <= choices.len() && attempts > 0 {
                attempts -= 1;
                let mut fewer = choices.clone();
                fewer.drain(at..at + size);
                if fails(&fewer) {
                    choices = fewer;
                    is_better = true;
                } else {
                    at += size;
                }
            }
        }
        for at in 0..choices.len() {
            for small in [0, choices[at] % 100 / 2] {
                if small >= choices[at] {
                    continue;
                }
                if attempts == 0 {
                    return choices;
                }
                attempts -= 1;
                let before = std::mem::replace(&mut choices[at], small);
                if fails(&choices) {
                    is_better = true;
                    break;
                }
                choices[at] = before;
            }
        }
    }
    choices
}
