//! Characters that were broken because a page was converted byte by byte.
//!
//! Some sites put readings behind characters, `務` becoming `務(wù)`, in the bytes of GBK and without regard to where a
//! character begins. Where the last byte of one character and the first of the next look like a third one, the reading
//! lands between the two bytes, and all characters up to the next ASCII sign are read shifted by a byte:
//!
//! ```text
//! 展  潜  力          展  ?jié)  摿  Φ …     as shown
//! D5B9 9D93 C1A6      D5B9 9D( j i é ) 93C1 A6…    B99D is 節, read jié
//! ```
//!
//! The reading and the byte before it tell the lost byte; from there the bytes are put together again.

use std::ops::Range;

use encoding_rs::GB18030;
use pinyin::ToPinyinMulti as _;

use super::fold::Fold;
use super::{LOST, annotation};

/// The longest stretch that is put together again, in characters.
const LONGEST: usize = 60;

/// Words with characters whose second byte is the first of a full-width sign: they are the ones that a `；` or `？`
/// found across two characters breaks.
const WORDS: [&str; 34] = [
    "规模",
    "规範",
    "模式",
    "大模型",
    "模具",
    "学校",
    "高校",
    "院校",
    "校企",
    "保障",
    "保护",
    "保持",
    "保税",
    "保险",
    "环保",
    "确保",
    "社保",
    "非常",
    "日常",
    "正常",
    "经常",
    "通常",
    "恒常",
    "常态",
    "常务",
    "总裁",
    "裁判",
    "上海",
    "珠海",
    "沿海",
    "海外",
    "海关",
    "入海",
    "独角兽",
];

/// Characters put together again, each with its place, and where the text goes on.
pub(super) struct Repaired {
    pub(super) characters: Vec<(char, Range<usize>)>,
    pub(super) end: usize,
}

/// Puts together what begins with the sign of a lost byte at `at`; `last` is the character that was read before it.
pub(super) fn repair(found: &str, at: usize, last: char) -> Option<Repaired> {
    let before = found[..at].chars().next_back()?;
    let sign = found[at..].chars().next()?;
    let next = at + sign.len_utf8();
    match annotation::closing(&found[next..]) {
        Some((syllable, length)) => {
            let [_, trail] = bytes(before)?;
            let mut leads = read_as(trail, syllable);
            leads.retain(|lead| *lead > 0x80);
            leads.into_iter().find_map(|lead| {
                shifted(found, lead, at, next + length).filter(Repaired::is_plausible)
            })
        }
        None => across_mark(found, last, at, next),
    }
}

/// What a full-width mark found across two characters has broken: 模可 becoming `?？` and what is left.
fn across_mark(found: &str, before: char, at: usize, mark: usize) -> Option<Repaired> {
    let sign = found[mark..].chars().next()?;
    let (lead, carry) = match sign {
        ';' | '；' => (None, 0xBB),
        '?' | '？' => (None, 0xBF),
        '!' | '！' => (Some(0xA1), 0xA1),
        _ => return None,
    };
    let end = mark + sign.len_utf8();
    let mut repaired = shifted(found, carry, mark, end).filter(Repaired::is_plausible)?;
    // Text that was never broken reads well as it stands.
    if found[end..repaired.end]
        .chars()
        .all(|c| is_common(c) && !c.is_ascii())
    {
        return None;
    }
    let after = repaired.characters.first().map_or(LOST, |(c, _)| *c);
    let first = match lead {
        Some(lead) => decode([lead, 0xA3])?,
        // The full stop is far more frequent than any one character with the same second byte.
        None => known(found, before, after, (0x81..=0xFE).map(|lead| [lead, 0xA3])).unwrap_or('。'),
    };
    repaired.characters.insert(0, (first, at..end));
    Some(repaired)
}

/// The characters from `from` on when their bytes are read one earlier, the byte before being `carry`.
fn shifted(found: &str, carry: u8, start: usize, from: usize) -> Option<Repaired> {
    let mut characters: Vec<(char, Range<usize>)> = Vec::new();
    let (mut carry, mut start) = (carry, start);
    let mut at = from;
    while characters.len() < LONGEST {
        let c = found[at..].chars().next()?;
        let next = at + c.len_utf8();
        if matches!(c, '?' | LOST) {
            let (character, end) = last(found, carry, characters.last().map(|(c, _)| *c), next);
            characters.push((character, start..end));
            return Some(Repaired { characters, end });
        }
        if c.is_ascii_graphic() && (0x40..=0x7E).contains(&(c as u8)) {
            characters.push((decode([carry, c as u8])?, start..next));
            return Some(Repaired {
                characters,
                end: next,
            });
        }
        let [lead, trail] = bytes(c)?;
        characters.push((decode([carry, lead])?, start..next));
        if trail < 0x80 {
            characters.push((char::from(trail), at..next));
            return Some(Repaired {
                characters,
                end: next,
            });
        }
        (carry, start, at) = (trail, at, next);
    }
    None
}

/// The last character of a shifted stretch, whose second byte was lost with the sign behind it.
fn last(found: &str, carry: u8, before: Option<char>, next: usize) -> (char, usize) {
    match annotation::closing(&found[next..]) {
        Some((syllable, length)) => {
            let trails = read_as(carry, syllable);
            let character = trails.first().and_then(|trail| decode([carry, *trail]));
            (character.unwrap_or(LOST), next + length)
        }
        None => {
            let after = found[next..].chars().next().unwrap_or(LOST);
            let pairs = (0x40..=0xFE).map(|trail| [carry, trail]);
            let character = before.and_then(|before| known(found, before, after, pairs));
            (character.unwrap_or(LOST), next)
        }
    }
}

/// The second bytes of the characters that begin with a byte and are read so, Traditional characters first.
fn read_as(first: u8, syllable: &str) -> Vec<u8> {
    let fold = Fold::table();
    let mut seconds: Vec<(bool, u8)> = (0x40..=0xFE)
        .filter_map(|second| {
            let character = decode([first, second])?;
            let mut readings = character.to_pinyin_multi()?.into_iter();
            let is_read_so = readings
                .any(|reading| reading.with_tone() == syllable || reading.plain() == syllable);
            is_read_so.then(|| (fold.read(character) == Some(character), second))
        })
        .collect();
    seconds.sort_unstable();
    seconds.into_iter().map(|(_, second)| second).collect()
}

/// The character among some that stands between two others elsewhere in the text, or in a common word.
fn known(
    found: &str,
    before: char,
    after: char,
    pairs: impl Iterator<Item = [u8; 2]>,
) -> Option<char> {
    let fold = Fold::table();
    let folded = |c: char| fold.read(c).unwrap_or(c);
    let (before, after) = (folded(before), folded(after));
    let candidates = pairs
        .filter_map(decode)
        .filter(|c| is_common(*c) && super::is_ideograph(*c));
    let best = candidates
        .map(|c| {
            let words = [
                String::from_iter([before, folded(c)]),
                String::from_iter([folded(c), after]),
            ];
            let count = |word: &String| {
                let common = WORDS
                    .iter()
                    .filter(|known| known.contains(word.as_str()))
                    .count();
                found.matches(word.as_str()).count() + 2 * common
            };
            (words.iter().map(count).sum::<usize>(), c)
        })
        .max_by_key(|(count, _)| *count)?;
    (best.0 > 0).then_some(best.1)
}

impl Repaired {
    /// Whether only characters came out that people write.
    fn is_plausible(&self) -> bool {
        self.characters
            .iter()
            .all(|(c, _)| *c == LOST || is_common(*c))
    }
}

/// Whether a character is one of the most frequent, in its Simplified form, or a usual sign.
fn is_common(c: char) -> bool {
    let read = Fold::table().read(c).unwrap_or(c);
    if read.is_ascii() {
        return true;
    }
    // Level one of GB 2312, in which the characters are chosen by frequency; its first row begins with the usual signs.
    bytes(read).is_some_and(|[lead, trail]| match lead {
        0xA1 => (0xA1..=0xBF).contains(&trail),
        _ => (0xB0..=0xD7).contains(&lead) && trail >= 0xA1,
    })
}

/// The two bytes of a character; those of its full-width form where it is an ASCII sign.
fn bytes(c: char) -> Option<[u8; 2]> {
    let c = if c.is_ascii_graphic() {
        char::from_u32(c as u32 + 0xFEE0)?
    } else {
        c
    };
    let mut buffer = [0; 4];
    let (encoded, ..) = GB18030.encode(c.encode_utf8(&mut buffer));
    encoded.as_ref().try_into().ok()
}

/// The character of two bytes.
fn decode(bytes: [u8; 2]) -> Option<char> {
    let text = GB18030.decode_without_bom_handling_and_without_replacement(&bytes)?;
    let mut characters = text.chars();
    let first = characters.next()?;
    characters.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use crate::extraction::Normalized;
    use crate::source::Span;

    #[test]
    fn shifted_characters_are_put_together_again() {
        for (found, read) in [
            ("第一要?jiǎng)?wù),", "第一要务,"),
            ("展?jié)摿Φ奈磥?lái)。", "展潜力的未来。"),
            ("我?guī)推髽I(yè)好", "我帮企业好"),
            ("規(guī)??沙\u{E0E3}f(wàn)億", "规模可超万亿"),
            ("作用?！边@是市", "作用。”这是市"),
            ("怎么办?？我们再看看", "怎么办??我们再看看"),
            ("真的?!我们", "真的?!我们"),
        ] {
            assert_eq!(
                Normalized::new(found).text().replace('，', ","),
                read.replace('，', ","),
                "{found}"
            );
        }
    }

    #[test]
    fn each_character_leads_back_to_where_its_bytes_stand() {
        let found = "要?jiǎng)?wù)。";
        let normalized = Normalized::new(found);
        let span = normalized.original(Span::new(0, "要务".len()));
        assert_eq!(&found[span.range()], "要?jiǎng)?wù)");
    }
}
