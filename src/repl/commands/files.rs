//! `:open` and `:save`.

use std::path::{Path, PathBuf};

use super::Flow;
use crate::repl::{Conversation, Failure, words};

/// `:open FILE …`
pub(super) fn open(conversation: &mut Conversation<'_>, arguments: &str) -> Result<Flow, Failure> {
    let mut paths = words::split(arguments);
    let drops_changes = paths.first().is_some_and(|word| word == "--discard");
    if drops_changes {
        paths.remove(0);
    }
    if conversation.has_unsaved_changes && !drops_changes {
        return Err(Failure::Usage(
            "the graph has unsaved changes\n\
             help: `:save FILE` keeps them, `:open --discard FILE` drops them"
                .to_owned(),
        ));
    }
    conversation.open(paths.into_iter().map(PathBuf::from).collect())?;
    let line = conversation.size();
    conversation.console.remark(&line)?;
    Ok(Flow::Stay)
}

/// `:save FILE`
pub(super) fn save(conversation: &mut Conversation<'_>, arguments: &str) -> Result<Flow, Failure> {
    match words::split(arguments).as_slice() {
        [path] => conversation.save(Path::new(path))?,
        _ => return Err(Failure::Usage("say where: `:save FILE`".to_owned())),
    }
    Ok(Flow::Stay)
}
