//! The reading that some pages print behind a character: 產(chǎn)業(yè).

/// Syllables that are printed without a tone.
const TONELESS: [&str; 12] = [
    "de", "le", "ge", "me", "men", "zi", "ma", "ba", "ne", "zhe", "la", "ya",
];

/// The longest syllable, `zhuāng`, in characters.
const LONGEST: usize = 6;

/// The length in bytes of a reading in brackets with which a text begins: `(chǎn)`.
pub(super) fn in_brackets(text: &str) -> Option<usize> {
    let inside = text.strip_prefix(['(', '（'])?;
    let syllable = syllable(inside)?;
    let after = inside[syllable.len()..].chars().next()?;
    matches!(after, ')' | '）')
        .then(|| text.len() - inside.len() + syllable.len() + after.len_utf8())
}

/// The reading with which a text begins when only the closing bracket is left of its brackets, `chǎn)`, and its length
/// with the bracket.
pub(super) fn closing(text: &str) -> Option<(&str, usize)> {
    let syllable = syllable(text)?;
    text[syllable.len()..]
        .starts_with(')')
        .then_some((syllable, syllable.len() + 1))
}

/// The syllable with which a text begins.
fn syllable(text: &str) -> Option<&str> {
    let mut end = 0;
    let mut tones = 0;
    for (at, c) in text.char_indices().take(LONGEST + 1) {
        end = at;
        if is_toned(c) {
            tones += 1;
        } else if !(c.is_ascii_lowercase() || c == 'ü') {
            break;
        }
    }
    let syllable = &text[..end];
    let is_one = tones == 1 || TONELESS.contains(&syllable);
    (is_one && !syllable.is_empty()).then_some(syllable)
}

fn is_toned(c: char) -> bool {
    "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_toned_syllable_is_a_reading() {
        assert_eq!(in_brackets("(chǎn)業"), Some("(chǎn)".len()));
        assert_eq!(in_brackets("(zhuāng)"), Some("(zhuāng)".len()));
        assert_eq!(in_brackets("(men)"), Some(5));
        for other in [
            "(ai)",
            "(IC)",
            "(zhōng guó)",
            "()",
            "(",
            "(chǎn",
            "(汽车)",
            "(zhuāngzhuāng)",
        ] {
            assert_eq!(in_brackets(other), None, "{other}");
        }
        assert_eq!(closing("jiǎng)务"), Some(("jiǎng", "jiǎng)".len())));
    }
}
