//! Owns the reading of full-width punctuation: `（企：企业）` as `(企:企业)`.
//!
//! Takes a text with its words; gives a text of the same length, byte for byte, in which the punctuation outside
//! strings, comments and quoted names is ASCII, padded with blanks. A place in one is the same place in the other.

use std::borrow::Cow;

use pest::unicode::WHITE_SPACE;

use super::scan::{Lexeme, LexemeKind, fold};

/// The text as the grammar reads it.
pub(super) fn ascii<'a>(text: &'a str, lexemes: &[Lexeme]) -> Cow<'a, str> {
    if text
        .bytes()
        .all(|byte| byte.is_ascii() && !(0x1c..=0x1f).contains(&byte))
    {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    for lexeme in lexemes {
        let range = lexeme.span.range();
        let blanks = &text[folded.len()..range.start];
        push_blanks(&mut folded, blanks);
        push_word(&mut folded, lexeme.kind, &text[range]);
    }
    let blanks = &text[folded.len()..];
    push_blanks(&mut folded, blanks);
    Cow::Owned(folded)
}

fn push_blanks(folded: &mut String, blanks: &str) {
    for c in blanks.chars() {
        if WHITE_SPACE(c) {
            folded.push(c);
        } else {
            pad(folded, c.len_utf8());
        }
    }
}

fn push_word(folded: &mut String, kind: LexemeKind, word: &str) {
    match kind {
        LexemeKind::Symbol(symbol) => {
            folded.push_str(symbol);
            pad(folded, word.len() - symbol.len());
        }
        LexemeKind::Number => {
            let digits: String = word.chars().map(fold).collect();
            folded.push_str(&digits);
            pad(folded, word.len() - digits.len());
        }
        LexemeKind::Parameter => push_parameter(folded, word),
        _ => folded.push_str(word),
    }
}

/// A parameter's name must touch its `$`, so that the padding stands before it.
fn push_parameter(folded: &mut String, word: &str) {
    let name = word.trim_start_matches(['$', '＄']);
    let digits: String = name.chars().map(fold).collect();
    let name = if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        &digits
    } else {
        name
    };
    pad(folded, word.len() - name.len() - 1);
    folded.push('$');
    folded.push_str(name);
}

fn pad(folded: &mut String, count: usize) {
    folded.extend(std::iter::repeat_n(' ', count));
}

#[cfg(test)]
mod tests {
    use super::super::scan::scan;
    use super::*;

    fn check(text: &str, expected: &str) {
        let folded = ascii(text, &scan(text));
        assert_eq!(folded.len(), text.len());
        assert_eq!(
            folded.split_whitespace().collect::<Vec<_>>().join(" "),
            expected
        );
    }

    #[test]
    fn operators_stay_together() {
        check("a＜＝b，c＜＞d", "a<= b, c<> d");
        check("【x　IN　xs｜x．y】", "[ x IN xs| x. y]");
        check("［＊1……３］", "[ * 1.. 3 ]");
        check("＄企业", "$企业");
        check("＄１", "$1");
    }

    #[test]
    fn strings_comments_and_quoted_names_stay_as_they_are() {
        let text = "'（，' “（” `：` // ；\n/* ， */";
        assert_eq!(ascii(text, &scan(text)), text);
    }
}
