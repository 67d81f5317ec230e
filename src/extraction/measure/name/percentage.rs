//! How a percentage or a multiple is called.

use super::words::SHARES;
use super::{LISTS, bare, cut};

/// What stands before a percentage: how its measure is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extraction::measure) enum Percentage<'a> {
    /// M增速; the base may be left out, `years` is 两年平均 and the like, and the change may be down.
    Growth {
        base: &'a str,
        years: &'static str,
        is_decline: bool,
    },
    /// M占比; M may be left out.
    Share { of: &'a str },
    /// A measure of its own.
    Plain(&'a str),
}

/// Reads what stands before a percentage or a multiple.
pub(in crate::extraction::measure) fn percentage(left: &str) -> Percentage<'_> {
    let trimmed = left.trim_end_matches(|c: char| c.is_whitespace());
    let fillers = [
        "了",
        "约",
        "分别",
        "近",
        "超过",
        "超",
        "达到",
        "达",
        "为",
        "至",
        "到",
        "将",
        "逾",
        "突破",
        "高达",
        "约为",
        "在",
        "仅",
        "仅为",
        "接近",
        "不低于",
        "保持在",
        "保持",
    ];
    let mut tail = trimmed;
    while let Some(shorter) = fillers.iter().find_map(|filler| tail.strip_suffix(filler)) {
        tail = shorter;
    }
    for (words, is_decline) in [(&LISTS.growth, false), (&LISTS.decline, true)] {
        let hit = words.tail_of(tail).and_then(|word| tail.strip_suffix(word));
        // 提升至65.9% of a share is no growth.
        if let Some(base) = hit
            && !share_in(base)
            && !trimmed[tail.len()..].starts_with(['至', '到'])
        {
            let (base, years) = averaged(compared(base));
            return Percentage::Growth {
                base: bare(compared(base)),
                years,
                is_decline,
            };
        }
    }
    match share(tail) {
        Some(of) => Percentage::Share { of: bare(of) },
        None => Percentage::Plain(bare(left)),
    }
}

fn share_in(text: &str) -> bool {
    SHARES.iter().any(|word| text.ends_with(word)) && text.contains('占')
}

/// What a share is of, if the text speaks of one.
fn share(tail: &str) -> Option<&str> {
    if let Some(of) = tail.strip_suffix("占比") {
        return Some(of);
    }
    let at = tail.rfind('占')?;
    let rest = &tail[at + '占'.len_utf8()..];
    (rest.chars().count() <= 24).then_some(&tail[..at])
}

fn compared(text: &str) -> &str {
    cut(text, |text| {
        text.strip_suffix(LISTS.compared.tail_of(text)?)
    })
}

fn averaged(text: &str) -> (&str, &'static str) {
    for years in ["两年平均", "三年平均", "年均", "平均"] {
        if let Some(base) = text.strip_suffix(years) {
            return (base, years);
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_told_apart() {
        let growth = |base, years, is_decline| Percentage::Growth {
            base,
            years,
            is_decline,
        };
        let cases = [
            ("同比增长", growth("", "", false)),
            ("出口增长", growth("出口", "", false)),
            ("进口同比下降", growth("进口", "", true)),
            ("两年平均增长", growth("", "两年平均", false)),
            ("增速为", growth("", "", false)),
            ("投资增速达到", growth("投资", "", false)),
            (
                "工业占地区生产总值的比重提升至",
                Percentage::Share { of: "工业" },
            ),
            ("(占规上工业比重为", Percentage::Share { of: "" }),
            ("产业占比约", Percentage::Share { of: "产业" }),
            ("投产率达", Percentage::Plain("投产率")),
        ];
        for (text, expected) in cases {
            assert_eq!(percentage(text), expected, "{text}");
        }
    }
}
