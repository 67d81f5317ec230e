//! Where in a statement's text a fault lies that is found only when the statement is at its end.

use crate::algebra::{LogicalQuery, MentionKind};
use crate::source::Span;

/// The place of a fault that is about a label or type, and perhaps a key: where the statement writes the key, or else the
/// label or type, or else its last updating clause.
pub(super) fn of(query: &LogicalQuery, bearer: Option<&str>, key: Option<&str>) -> Span {
    let written = |name: &str, is_key: bool| {
        let mut places = Vec::new();
        for mention in &query.written {
            if (mention.kind == MentionKind::Key) == is_key && *mention.name == *name {
                places.push(mention.span);
            }
        }
        places
    };
    let bearer = bearer.and_then(|name| written(name, false).first().copied());
    let keys = key.map_or(Vec::new(), |name| written(name, true));
    // Of several places of the key the one behind its label.
    let behind = bearer.and_then(|bearer| keys.iter().find(|key| key.start > bearer.start));
    let found = behind.or(keys.first()).copied().or(bearer);
    found
        .or_else(|| query.updates.last().copied())
        .unwrap_or_default()
}
