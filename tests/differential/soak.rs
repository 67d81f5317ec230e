//! Owns the running of many cases, and the report of the first that fails, made small.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use crate::choices::{Choices, shrink};

/// What a case comes to: nothing where it can't be judged, else all right or a fault in words.
pub(crate) type Verdict = Option<Result<(), String>>;

/// How many cases run by default, in a debug build.
const CASES: u64 = 240;

/// Runs cases until one fails: `TUPU_SOAK` says how many, `TUPU_SEED` where to begin; `weight` is by how much a case
/// costs more than a plain one.
pub(crate) fn soak(name: &str, weight: u64, check: impl Fn(&mut Choices) -> Verdict) {
    let count = number("TUPU_SOAK").unwrap_or(CASES) / weight;
    let first = number("TUPU_SEED").unwrap_or(0);
    let start = Instant::now();
    let mut unjudged = 0;
    for seed in first..first + count {
        let mut choices = Choices::from_seed(seed);
        match judge(&check, &mut choices) {
            None => unjudged += 1,
            Some(Ok(())) => {}
            Some(Err(fault)) => {
                let small = shrink(
                    choices.into_list(),
                    |list| matches!(judge(&check, &mut Choices::from_list(list.to_vec())), Some(Err(other)) if is_alike(&fault, &other)),
                );
                let small = judge(&check, &mut Choices::from_list(small));
                let small = small.and_then(Result::err).unwrap_or_default();
                panic!("{name}, seed {seed}:\n{fault}\n\nmade small:\n{small}");
            }
        }
    }
    println!(
        "{name}: {count} cases in {:.1?}, {unjudged} of them too large to judge",
        start.elapsed()
    );
}

/// Whether a smaller case fails in the same manner, so that no fault of the generator takes the place of a defect.
fn is_alike(fault: &str, other: &str) -> bool {
    let is_refused = |text: &str| text.contains("the reference:");
    is_refused(fault) == is_refused(other)
}

fn judge(check: &impl Fn(&mut Choices) -> Verdict, choices: &mut Choices) -> Verdict {
    catch_unwind(AssertUnwindSafe(|| check(choices))).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Some(Err(format!("panic: {}", text.unwrap_or("without words"))))
    })
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}
