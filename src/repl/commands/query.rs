//! Commands that take a query, or a file of them: `:explain`, `:profile`, `:source`, `:dot`.

use std::path::{Path, PathBuf};

use super::Flow;
use crate::format::dot;
use crate::repl::conversation::AfterFailure;
use crate::repl::{Conversation, Failure, drawing, words};
use crate::source::{Source, Span};

/// `:explain QUERY`
pub(super) fn explain(conversation: &mut Conversation<'_>, query: &str) -> Result<Flow, Failure> {
    prefixed(conversation, "EXPLAIN", query)
}

/// `:profile QUERY`
pub(super) fn profile(conversation: &mut Conversation<'_>, query: &str) -> Result<Flow, Failure> {
    prefixed(conversation, "PROFILE", query)
}

fn prefixed(
    conversation: &mut Conversation<'_>,
    keyword: &str,
    query: &str,
) -> Result<Flow, Failure> {
    if query.is_empty() {
        let command = keyword.to_lowercase();
        return Err(Failure::Usage(format!(
            "say which query: `:{command} MATCH (n) RETURN count(n)`"
        )));
    }
    let text = format!("{keyword} {query}");
    conversation.statement(&Source::new("<prompt>", &text), Span::new(0, text.len()))?;
    Ok(Flow::Stay)
}

/// `:source FILE`
pub(super) fn source(
    conversation: &mut Conversation<'_>,
    arguments: &str,
) -> Result<Flow, Failure> {
    let words = words::split(arguments);
    let [path] = words.as_slice() else {
        return Err(Failure::Usage(
            "say which file: `:source questions.cypher`".to_owned(),
        ));
    };
    let text = std::fs::read_to_string(path).map_err(|error| Failure::Read {
        path: PathBuf::from(path),
        error,
    })?;
    conversation.script(&Source::new(path, &text), AfterFailure::Stop)?;
    Ok(Flow::Stay)
}

/// `:dot [FILE] [QUERY]`
pub(super) fn dot(conversation: &mut Conversation<'_>, arguments: &str) -> Result<Flow, Failure> {
    let (path, query) = match words::first(arguments) {
        (word, rest) if is_file(word) => (Some(word), rest),
        _ => (None, arguments),
    };
    let options = dot::Options {
        names: conversation.settings.names,
        ..dot::Options::default()
    };
    let drawing = if query.is_empty() {
        drawing::of_graph(&conversation.session.view(), &options)
    } else {
        drawing::of_query(conversation, &Source::new("<prompt>", query), &options)?
    };
    match path {
        Some(path) => {
            drawing::save(Path::new(path), &drawing)?;
            conversation.console.remark(&format!(
                "drawn in {path}; `dot -Tsvg {path} -o graph.svg` makes it a picture"
            ))?;
        }
        None => conversation.print(&drawing)?,
    }
    Ok(Flow::Stay)
}

/// `:why [ROW]`
pub(super) fn why(conversation: &mut Conversation<'_>, row: &str) -> Result<Flow, Failure> {
    let row = match row {
        "" => 1,
        row => row
            .parse()
            .map_err(|_| Failure::Usage("say which row of the last result: `:why 2`".to_owned()))?,
    };
    let text = conversation.why(row)?;
    conversation.print(&text)?;
    Ok(Flow::Stay)
}

/// A query starts with a keyword, and a keyword has neither a dot nor a slash.
fn is_file(word: &str) -> bool {
    word.contains(['.', '/', '\\']) && !word.contains(['(', ')', '（', '）'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_queries_are_told_apart() {
        assert!(is_file("out.dot"));
        assert!(is_file("图/谱"));
        assert!(!is_file("MATCH"));
        assert!(!is_file("MATCH(n.a)"));
    }
}
