//! Text in cells of a terminal: what cannot be seen is made visible, and text is measured and cut as people see it.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The mark that stands where text was cut off.
pub const CUT: char = '…';

/// Text on one line in which nothing is hidden: a line break is `↵`, a tab `⇥`, any other control character its
/// picture (`␛`), a character without a shape its escape (`\u{200b}`), and a combining mark that has no character to
/// stand on stands on `◌`.
///
/// Joiners inside an emoji stay, since they are what makes it one.
///
/// # Examples
///
/// ```
/// use tupu::render::text::visible;
///
/// assert_eq!(visible("坪山区\n👩‍🔬"), "坪山区↵👩‍🔬");
/// ```
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for grapheme in text.graphemes(true) {
        push_visible(&mut shown, grapheme);
    }
    Cow::Owned(shown)
}

fn push_visible(shown: &mut String, grapheme: &str) {
    let start = shown.len();
    if grapheme == "\r\n" {
        shown.push('↵');
        return;
    }
    let mut characters = grapheme.chars().peekable();
    let mut is_first = true;
    while let Some(character) = characters.next() {
        let joins = character == '\u{200d}' && !is_first && characters.peek().is_some();
        is_first = false;
        match character {
            '\n' => shown.push('↵'),
            '\t' => shown.push('⇥'),
            '\u{7f}' => shown.push('␡'),
            '\0'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(character))),
            _ if is_hidden(character) && !joins => shown.extend(character.escape_unicode()),
            _ => shown.push(character),
        }
    }
    if shown[start..].width() == 0 {
        shown.insert(start, '◌');
    }
}

/// Control and format characters that show nothing, or move what stands after them.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{fffe}'
                | '\u{ffff}'
                | '\u{e0001}'
        )
}

/// How many cells of a terminal a text takes: two for a Chinese character or an emoji, whatever it is made of.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// Text that takes at most `cells`; when something had to go, it ends with [`CUT`]. Nothing that people see as one
/// character is split.
#[must_use]
pub fn cut(text: &str, cells: usize) -> Cow<'_, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    let Some(room) = cells.checked_sub(1) else {
        return Cow::Borrowed("");
    };
    let mut used = 0;
    let mut kept = String::new();
    for grapheme in text.graphemes(true) {
        used += grapheme.width();
        if used > room {
            break;
        }
        kept.push_str(grapheme);
    }
    kept.push(CUT);
    Cow::Owned(kept)
}

/// A text in lines of at most `cells`, broken at a blank where one stands in the line's second half, and between
/// characters elsewhere.
///
/// A character that is wider than a line gets one of its own.
#[must_use]
pub fn wrap(text: &str, cells: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while width(rest) > cells {
        let full = fitting(rest, cells);
        let end = match rest[..full].rfind(' ') {
            Some(blank) if 2 * blank >= full && !rest[full..].starts_with(' ') => blank,
            _ => full,
        };
        lines.push(rest[..end].trim_end());
        rest = rest[end..].trim_start();
    }
    if !rest.is_empty() || lines.is_empty() {
        lines.push(rest);
    }
    lines
}

/// How many bytes at the start of a text fit into some cells; at least one character.
fn fitting(text: &str, cells: usize) -> usize {
    let mut used = 0;
    let mut end = 0;
    for grapheme in text.graphemes(true) {
        used += grapheme.width();
        if used > cells && end > 0 {
            break;
        }
        end += grapheme.len();
    }
    end
}

/// Text of at most `limit` characters as people count them; when something had to go, it ends with [`CUT`].
#[must_use]
pub fn shorten(text: &str, limit: usize) -> Cow<'_, str> {
    let mut starts = text.grapheme_indices(true).map(|(start, _)| start);
    let last = starts.by_ref().take(limit).last().unwrap_or(0);
    if starts.next().is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{}{CUT}", &text[..last]))
}

/// Appends blanks until the text takes `cells`.
pub fn pad(text: &mut String, cells: usize) {
    let blanks = cells.saturating_sub(width(text));
    text.extend(std::iter::repeat_n(' ', blanks));
}

#[cfg(test)]
#[expect(clippy::unicode_not_nfc, reason = "combining marks are what is tested")]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, cells: usize, expected: &Expect) {
        let shown = visible(text);
        let cut = cut(&shown, cells);
        assert!(
            width(&cut) <= cells,
            "{cut:?} takes more than {cells} cells"
        );
        expected.assert_eq(&format!("{shown} {} {cut}", width(&shown)));
    }

    #[test]
    fn shows_measures_and_cuts() {
        check("plain", 4, &expect!["plain 5 pla…"]);
        check("坪山区", 6, &expect!["坪山区 6 坪山区"]);
        check("坪山区", 4, &expect!["坪山区 6 坪…"]);
        check("👩‍🔬🇨🇳e\u{301}", 4, &expect!["👩‍🔬🇨🇳é 5 👩‍🔬…"]);
        check("a\r\nb\tc\u{1b}[1m", 9, &expect!["a↵b⇥c␛[1m 9 a↵b⇥c␛[1m"]);
        check("\u{301}x", 9, &expect!["◌́x 2 ◌́x"]);
        check("a\n\u{301}", 9, &expect!["a↵◌́ 3 a↵◌́"]);
        check(
            "a\u{200b}b\u{202e}c",
            30,
            &expect![r"a\u{200b}b\u{202e}c 19 a\u{200b}b\u{202e}c"],
        );
        check("a\u{200d}", 30, &expect![r"a\u{200d} 9 a\u{200d}"]);
        check(
            "\u{200d}\u{fe0f}\u{85}",
            30,
            &expect![[r#"\u{200d}️\u{85} 14 \u{200d}️\u{85}"#]],
        );
        check("", 0, &expect![" 0 "]);
        check("长", 0, &expect!["长 2 "]);
        check("长", 1, &expect!["长 2 …"]);
    }

    #[test]
    fn shortens_by_characters() {
        let short = |text, limit| shorten(text, limit).into_owned();
        assert_eq!(short("深圳市坪山区", 6), "深圳市坪山区");
        assert_eq!(short("深圳市坪山区", 5), "深圳市坪…");
        assert_eq!(short("👩‍🔬👩‍🔬👩‍🔬", 2), "👩‍🔬…");
        assert_eq!(short("深圳", 0), "…");
        assert_eq!(short("", 0), "");
    }

    #[test]
    fn wraps_at_blanks_and_between_characters() {
        let lines = |text, cells| wrap(text, cells).join("|");
        assert_eq!(lines("坪山区人民政府", 6), "坪山区|人民政|府");
        assert_eq!(lines("坪山区人民政府", 1), "坪|山|区|人|民|政|府");
        assert_eq!(lines("Greater Bay Area", 11), "Greater Bay|Area");
        assert_eq!(lines("Greater  Bay Area", 9), "Greater|Bay Area");
        assert_eq!(lines("", 0), "");
        assert_eq!(lines("    ", 2), "");
    }
}
