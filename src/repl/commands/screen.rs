//! `:clear` and `:quit`.

use super::Flow;
use crate::repl::{Conversation, Failure};

/// `:clear`
pub(super) fn clear(conversation: &mut Conversation<'_>, _: &str) -> Result<Flow, Failure> {
    if conversation.console.width().is_some() {
        let clear_and_go_home = "\x1b[2J\x1b[H";
        conversation
            .console
            .results()
            .write_all(clear_and_go_home.as_bytes())?;
        conversation.console.flush()?;
    }
    Ok(Flow::Stay)
}

/// `:quit`
#[expect(clippy::unnecessary_wraps, reason = "all commands have one signature")]
pub(super) fn quit(_: &mut Conversation<'_>, _: &str) -> Result<Flow, Failure> {
    Ok(Flow::Leave)
}
