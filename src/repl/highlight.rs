//! Colours for what is typed at the prompt.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::commands;
use crate::syntax::{self, TokenKind};

/// The colour of a command's name.
const COMMAND: &str = "1;36";

/// The text with its words coloured.
pub(super) fn paint(text: &str) -> Cow<'_, str> {
    if let Some(command) = commands::recognise(text) {
        let name = command
            .split(char::is_whitespace)
            .next()
            .unwrap_or_default();
        let end = text.len() - command.len() + name.len();
        return match commands::find(name) {
            Some(_) => Cow::Owned(format!(
                "\x1b[{COMMAND}m{}\x1b[0m{}",
                &text[..end],
                &text[end..]
            )),
            None => Cow::Borrowed(text),
        };
    }
    let mut painted = String::with_capacity(text.len() * 2);
    let mut at = 0;
    for token in syntax::tokens(text) {
        if let Some(colour) = colour(token.kind) {
            let place = token.span.range();
            painted.push_str(&text[at..place.start]);
            write!(painted, "\x1b[{colour}m{}\x1b[0m", &text[place.clone()])
                .expect("writing to a string");
            at = place.end;
        }
    }
    painted.push_str(&text[at..]);
    Cow::Owned(painted)
}

/// The colour of a kind of word, as terminals number it.
fn colour(kind: TokenKind) -> Option<&'static str> {
    match kind {
        TokenKind::Keyword => Some("1;34"),
        TokenKind::Function => Some("34"),
        TokenKind::Label => Some("36"),
        TokenKind::String => Some("32"),
        TokenKind::Number => Some("33"),
        TokenKind::Parameter => Some("35"),
        TokenKind::Comment => Some("2"),
        TokenKind::Unknown => Some("31"),
        TokenKind::Variable | TokenKind::Key | TokenKind::Punctuation => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_coloured_and_nothing_else_changes() {
        assert_eq!(
            paint("RETURN '区' AS 名"),
            "\x1b[1;34mRETURN\x1b[0m \x1b[32m'区'\x1b[0m \x1b[1;34mAS\x1b[0m 名"
        );
        assert_eq!(paint("：show 比亚迪"), "\x1b[1;36m：show\x1b[0m 比亚迪");
        assert_eq!(paint(":unknown"), ":unknown");
    }
}
