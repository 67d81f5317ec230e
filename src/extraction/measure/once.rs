//! Each figure said once.

use crate::extraction::{Indicator, Qualifier};

/// From which value on a figure is hardly met twice by chance.
const TELLING: f64 = 1000.0;

/// Says each figure once, the fullest first; a title's only where the article does not say it again.
pub(super) fn once(found: Vec<Indicator>, titles: Vec<Indicator>) -> Vec<Indicator> {
    let same_figure = |one: &Indicator, other: &Indicator| {
        one.subject == other.subject
            && one.unit == other.unit
            && (one.value - other.value).abs() <= f64::EPSILON * one.value.abs()
    };
    let mut out: Vec<Indicator> = Vec::new();
    for indicator in found {
        let same = |known: &Indicator| {
            // Names are compared last: few figures are the same.
            let is_same_time = || {
                known.period == indicator.period
                    || known.period.is_none()
                    || indicator.period.is_none()
            };
            let is_same_name = || {
                known.name == indicator.name
                    || indicator.unit != "%"
                        && shared(&known.name, &indicator.name, indicator.value < TELLING)
            };
            same_figure(known, &indicator) && is_same_time() && is_same_name()
        };
        let rounds = |known: &Indicator| restates(&indicator, known);
        if !out.iter().any(same) && !out.iter().any(rounds) {
            out.push(indicator);
        }
    }
    for title in titles {
        let is_known = out
            .iter()
            .any(|known| known.unit == title.unit && is_about(known.value, title.value));
        if !is_known {
            out.push(title);
        }
    }
    out.sort_by_key(|indicator| (indicator.span.start, indicator.span.end));
    out
}

/// Whether a title's figure is one that the article gives, as exactly as titles do.
fn is_about(exact: f64, round: f64) -> bool {
    (exact - round).abs() <= 0.02 * exact.abs()
}

/// Whether a figure only rounds one that is exact: 突破5000亿元 beside 5008.81亿元.
fn restates(round: &Indicator, exact: &Indicator) -> bool {
    let ratio = exact.value / round.value;
    let rounds = match round.qualifier {
        Qualifier::Over => (1.0..1.2).contains(&ratio),
        Qualifier::Under => (0.95..1.0).contains(&ratio),
        Qualifier::About => (0.98..1.02).contains(&ratio),
        Qualifier::Exact | Qualifier::Target => false,
    };
    rounds
        && round.subject == exact.subject
        && round.unit == exact.unit
        && round.unit == "元"
        && exact.qualifier == Qualifier::Exact
}

/// Whether two names have most of their characters in common; nearly all of them, if asked for.
fn shared(one: &str, other: &str, is_strict: bool) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let common = crate::source::shared_characters(&one, &other);
    let most = if is_strict { 3 } else { 2 };
    common * 4 > one.len().min(other.len()) * most
}
