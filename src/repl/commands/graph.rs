//! Commands that show the graph itself: `:schema`, `:stats`, `:show`.

use super::Flow;
use crate::lookup;
use crate::repl::{Conversation, Failure, entity, schema};

/// `:schema`
pub(super) fn schema(conversation: &mut Conversation<'_>, _: &str) -> Result<Flow, Failure> {
    let view = conversation.session.view();
    conversation.schema(&view)?;
    Ok(Flow::Stay)
}

/// `:stats`
pub(super) fn stats(conversation: &mut Conversation<'_>, _: &str) -> Result<Flow, Failure> {
    let view = conversation.session.view();
    let rows = schema::counts(&view, conversation.settings.names);
    conversation.table(&schema::COUNT_COLUMNS, &rows)?;
    Ok(Flow::Stay)
}

/// `:show NAME`
pub(super) fn show(conversation: &mut Conversation<'_>, name: &str) -> Result<Flow, Failure> {
    if name.is_empty() {
        return Err(Failure::Usage(
            "say what to show: `:show 比亚迪`".to_owned(),
        ));
    }
    let view = conversation.session.view();
    let options = conversation.options();
    let cards = entity::find(&view, name)?
        .into_iter()
        .filter_map(|node| lookup::card(&view, node));
    let texts: Vec<_> = cards.map(|card| card.text(&options)).collect();
    conversation.print(&texts.join("\n"))?;
    Ok(Flow::Stay)
}
