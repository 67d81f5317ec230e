//! What helps while typing: completion, hints, colours, and the rule that Enter runs complete input only.

use std::borrow::Cow;
use std::sync::Arc;

use rustyline::completion::{Completer, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hinter, HistoryHinter};
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Helper};

use super::commands::{self, COMMANDS};
use super::completion::{self, Vocabulary};
use super::{highlight, input};
use crate::graph::View;

/// The line editor's helper.
pub(super) struct Assistant {
    vocabulary: Vocabulary,
    history: HistoryHinter,
    has_colour: bool,
}

impl Assistant {
    pub(super) fn new(has_colour: bool) -> Self {
        Self {
            vocabulary: Vocabulary::default(),
            history: HistoryHinter::new(),
            has_colour,
        }
    }

    /// Lends the graph and the parameters for as long as a line is edited.
    pub(super) fn wake(&mut self, view: View, parameters: Vec<Arc<str>>) {
        self.vocabulary = Vocabulary { view, parameters };
    }

    /// Lets go of the graph.
    pub(super) fn sleep(&mut self) {
        self.vocabulary = Vocabulary::default();
    }
}

impl Helper for Assistant {}

impl Completer for Assistant {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        pos: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        Ok(completion::complete(&self.vocabulary, &line[..pos]))
    }
}

/// What may follow, shown in grey after the cursor.
pub(super) struct Hint {
    text: String,
    /// How much of the text the right arrow takes over.
    taken: usize,
}

impl rustyline::hint::Hint for Hint {
    fn display(&self) -> &str {
        &self.text
    }

    fn completion(&self) -> Option<&str> {
        (self.taken > 0).then_some(&self.text[..self.taken])
    }
}

impl Hinter for Assistant {
    type Hint = Hint;

    fn hint(&self, line: &str, pos: usize, context: &Context<'_>) -> Option<Hint> {
        if pos < line.len() || line.is_empty() {
            return None;
        }
        if line.ends_with('\n') && !line.trim().is_empty() {
            return Some(Hint {
                text: "; runs it / 输入 ；执行".to_owned(),
                taken: 0,
            });
        }
        command_hint(line).or_else(|| {
            // Only one line is shown, so that the screen does not jump.
            let earlier = self.history.hint(line, pos, context)?;
            let first = earlier
                .lines()
                .next()
                .filter(|first| !first.is_empty())?
                .to_owned();
            let taken = first.len();
            Some(Hint { text: first, taken })
        })
    }
}

/// The rest of a command's name, and what it takes.
fn command_hint(line: &str) -> Option<Hint> {
    let typed = commands::recognise(line).filter(|typed| !typed.is_empty())?;
    if let Some(command) = commands::find(typed.trim_end()) {
        let gap = if typed.ends_with(' ') { "" } else { " " };
        let text = format!("{gap}{}", command.arguments);
        return (!command.arguments.is_empty()).then_some(Hint { text, taken: 0 });
    }
    let command = COMMANDS
        .iter()
        .find(|command| command.name.starts_with(typed))?;
    let rest = &command.name[typed.len()..];
    let text = format!("{rest} {}", command.arguments)
        .trim_end()
        .to_owned();
    Some(Hint {
        text,
        taken: rest.len(),
    })
}

impl Highlighter for Assistant {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        if self.has_colour {
            highlight::paint(line)
        } else {
            Cow::Borrowed(line)
        }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        if self.has_colour {
            Cow::Owned(format!("\x1b[2m{hint}\x1b[0m"))
        } else {
            Cow::Borrowed(hint)
        }
    }

    fn highlight_char(&self, _: &str, _: usize, kind: CmdKind) -> bool {
        self.has_colour && kind != CmdKind::MoveCursor
    }
}

impl Validator for Assistant {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let is_complete = input::is_complete(context.input());
        Ok(if is_complete {
            ValidationResult::Valid(None)
        } else {
            ValidationResult::Incomplete
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_hinted_with_its_arguments() {
        let hint = |line: &str| command_hint(line).map(|hint| (hint.text.clone(), hint.taken));
        assert_eq!(hint(":sho"), Some(("w NAME".to_owned(), 1)));
        assert_eq!(hint("：show"), Some((" NAME".to_owned(), 0)));
        assert_eq!(hint(":quit"), None);
        assert_eq!(hint(":"), None);
    }
}
