//! Counts of right and wrong, and what follows from them.

/// How much was found rightly, wrongly, and not at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Found and in the reference.
    pub true_positives: usize,
    /// Found and not in the reference.
    pub false_positives: usize,
    /// In the reference and not found.
    pub false_negatives: usize,
}

impl Tally {
    /// The share of what was found that is right; 0 where nothing was found.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.true_positives, self.false_positives)
    }

    /// The share of the reference that was found; 0 where the reference is empty.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.true_positives, self.false_negatives)
    }

    /// The harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 {
            2.0 * precision * recall / (precision + recall)
        } else {
            0.0
        }
    }

    /// Counts something that was found.
    pub(super) fn found(&mut self, is_right: bool) {
        if is_right {
            self.true_positives += 1;
        } else {
            self.false_positives += 1;
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn share(part: usize, rest: usize) -> f64 {
    match part + rest {
        0 => 0.0,
        whole => part as f64 / whole as f64,
    }
}
