//! Random numbers, repeatable from the state in the context.

use super::Context;

/// The next 64 random bits (the generator `splitmix64`).
pub(super) fn next(ctx: &Context<'_>) -> u64 {
    let state = ctx.random.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
    ctx.random.set(state);
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// A random float from 0 (included) to 1 (excluded).
#[expect(clippy::cast_precision_loss, reason = "53 bits fit a float exactly")]
pub(super) fn float(ctx: &Context<'_>) -> f64 {
    (next(ctx) >> 11) as f64 / (1_u64 << 53) as f64
}

/// A random UUID of version 4.
pub(super) fn uuid(ctx: &Context<'_>) -> String {
    let high = next(ctx) & !0xf000 | 0x4000;
    let low = next(ctx) & !(0b11 << 62) | 0b10 << 62;
    let (first, second, third) = (high >> 32, high >> 16 & 0xffff, high & 0xffff);
    let (fourth, last) = (low >> 48, low & 0xffff_ffff_ffff);
    format!("{first:08x}-{second:04x}-{third:04x}-{fourth:04x}-{last:012x}")
}

#[cfg(test)]
mod tests {
    use super::super::testing::with_context;
    use super::*;

    #[test]
    fn numbers_differ_and_stay_in_their_range() {
        with_context(|ctx| {
            let numbers: Vec<f64> = (0..1000).map(|_| float(ctx)).collect();
            assert!(numbers.iter().all(|number| (0.0..1.0).contains(number)));
            let mean = numbers.iter().sum::<f64>() / 1000.0;
            assert!((0.45..0.55).contains(&mean), "{mean}");
        });
    }

    #[test]
    fn uuids_bear_version_and_variant() {
        with_context(|ctx| {
            let (first, second) = (uuid(ctx), uuid(ctx));
            assert_ne!(first, second);
            assert_eq!(first.len(), 36);
            assert_eq!(first.as_bytes()[14], b'4');
            assert!(b"89ab".contains(&first.as_bytes()[19]));
        });
    }
}
