//! Text as a quoted string of DOT that Graphviz shows as it is.

use crate::render::text::visible;

/// A text of one or more lines as a string for `label` and `tooltip`.
///
/// Graphviz reads escapes (`\N` is the node's name) and HTML entities (`&lt;`) in these strings, so backslashes and
/// ampersands are escaped besides quotation marks; whatever cannot be seen, or has no place in SVG, is made visible.
pub(super) fn quoted(text: &str) -> String {
    let mut string = String::with_capacity(text.len() + 2);
    string.push('"');
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            string.push_str("\\n");
        }
        for character in visible(line).chars() {
            match character {
                '"' => string.push_str("\\\""),
                '\\' => string.push_str("\\\\"),
                '&' => string.push_str("&amp;"),
                other => string.push(other),
            }
        }
    }
    string.push('"');
    string
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_means_anything_to_graphviz() {
        assert_eq!(quoted("坪山区"), r#""坪山区""#);
        assert_eq!(quoted(r#"a "b" \N \"#), r#""a \"b\" \\N \\""#);
        assert_eq!(quoted("<b>&lt;"), r#""<b>&amp;lt;""#);
        assert_eq!(quoted("a\nb\0\u{ffff}"), r#""a\nb␀\\u{ffff}""#);
    }
}
