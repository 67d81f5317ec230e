//! Splits what follows a command into words, as a shell does: blanks separate, quotes keep together.

/// The words of a text. Quotes of either kind hold a word with blanks together; one that is not closed reaches to the end.
///
/// # Examples
///
/// ```
/// assert_eq!(tupu::repl::words::split(r#"a.ron "图 谱.ron""#), ["a.ron", "图 谱.ron"]);
/// ```
#[must_use]
pub fn split(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (word, after) = first(rest);
        words.push(word.to_owned());
        rest = after;
    }
    words
}

/// The first word of a text, and what follows it.
#[must_use]
pub fn first(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let (word, rest) = match text
        .chars()
        .next()
        .filter(|quote| matches!(quote, '"' | '\''))
    {
        Some(quote) => text[1..].split_once(quote).unwrap_or((&text[1..], "")),
        None => text.split_once(char::is_whitespace).unwrap_or((text, "")),
    };
    (word, rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_words_together() {
        assert_eq!(split("  a   'b c' d"), ["a", "b c", "d"]);
        assert_eq!(split("\"open"), ["open"]);
        assert!(split(" ").is_empty());
        assert_eq!(first("'' x"), ("", "x"));
    }
}
