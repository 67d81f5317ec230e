//! Completion at the prompt: what may stand at the cursor, by what stands before it.

mod context;
mod scope;

use std::collections::BTreeSet;
use std::sync::Arc;

use rustyline::completion::{Completer as _, FilenameCompleter, Pair};
use rustyline::history::DefaultHistory;

use self::context::{Context, Expected};
use super::commands::{self, Argument, COMMANDS};
use super::{help, input, words};
use crate::function::{self, aggregate, procedure};
use crate::graph::View;
use crate::render::literal;
use crate::value::Value;

/// The most candidates that are offered: more help nobody, and the list would scroll away.
const MOST: usize = 200;

/// The words of the language, the clauses first.
const KEYWORDS: &[&str] = &[
    "MATCH",
    "OPTIONAL MATCH",
    "WHERE",
    "RETURN",
    "WITH",
    "ORDER BY",
    "SKIP",
    "LIMIT",
    "UNWIND",
    "UNION",
    "UNION ALL",
    "CALL",
    "YIELD",
    "CREATE",
    "MERGE",
    "ON CREATE SET",
    "ON MATCH SET",
    "SET",
    "REMOVE",
    "DELETE",
    "DETACH DELETE",
    "EXPLAIN",
    "PROFILE",
    "DISTINCT",
    "AS",
    "AND",
    "OR",
    "XOR",
    "NOT",
    "IN",
    "IS NULL",
    "IS NOT NULL",
    "STARTS WITH",
    "ENDS WITH",
    "CONTAINS",
    "CASE",
    "WHEN",
    "THEN",
    "ELSE",
    "END",
    "ASC",
    "DESC",
    "ASCENDING",
    "DESCENDING",
    "true",
    "false",
    "null",
    "EXISTS",
    "COUNT",
    "COLLECT",
    "all",
    "any",
    "none",
    "single",
    "reduce",
    "shortestPath",
    "allShortestPaths",
];

/// What completion draws on: the graph as it is now, and the names of the parameters.
#[derive(Default)]
pub(super) struct Vocabulary {
    /// The graph.
    pub(super) view: View,
    /// The parameters' names.
    pub(super) parameters: Vec<Arc<str>>,
}

/// Where the text to be replaced starts, and what may replace it.
pub(super) type Completions = (usize, Vec<Pair>);

/// What may stand at the end of a text.
pub(super) fn complete(vocabulary: &Vocabulary, text: &str) -> Completions {
    let start = input::last_part(text);
    let part = &text[start..];
    let (at, mut candidates) = match commands::recognise(part) {
        Some(command) => complete_command(vocabulary, part, command),
        None => complete_query(vocabulary, part),
    };
    candidates.truncate(MOST);
    (start + at, candidates)
}

fn complete_command(vocabulary: &Vocabulary, line: &str, command: &str) -> Completions {
    let name_start = line.len() - command.len();
    let Some((name, _)) = command.split_once(char::is_whitespace) else {
        let names = COMMANDS.iter().map(|command| plain(command.name));
        return (name_start, matching(command, names));
    };
    let argument_start = name_start + name.len();
    let arguments = &line[argument_start..];
    let word_start = line.len()
        - arguments
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or_default()
            .len();
    let word = &line[word_start..];
    match commands::find(name).map_or(Argument::Nothing, |command| command.completes) {
        Argument::Nothing => (line.len(), Vec::new()),
        Argument::Word(names) => (word_start, matching(word, names.iter().copied().map(plain))),
        Argument::Topic => (word_start, matching(word, help::names().map(plain))),
        Argument::Parameter => (
            word_start,
            matching(word, vocabulary.parameters.iter().map(|name| plain(name))),
        ),
        Argument::Entity => {
            let start = line.len() - arguments.trim_start().len();
            (
                start,
                matching_names(
                    &line[start..],
                    vocabulary
                        .entity_names()
                        .into_iter()
                        .map(|name| plain(&name)),
                ),
            )
        }
        Argument::File => complete_file(line),
        Argument::Query => complete_query_after(vocabulary, line, argument_start),
        Argument::FileAndQuery => {
            let (_, query) = words::first(arguments);
            if query.is_empty() && !arguments.ends_with(' ') && word.contains(['.', '/']) {
                complete_file(line)
            } else {
                complete_query_after(vocabulary, line, argument_start)
            }
        }
    }
}

fn complete_query_after(vocabulary: &Vocabulary, line: &str, start: usize) -> Completions {
    let (at, candidates) = complete_query(vocabulary, &line[start..]);
    (start + at, candidates)
}

fn complete_file(line: &str) -> Completions {
    let history = DefaultHistory::new();
    FilenameCompleter::new()
        .complete(line, line.len(), &rustyline::Context::new(&history))
        .unwrap_or_default()
}

fn complete_query(vocabulary: &Vocabulary, text: &str) -> Completions {
    let Context { expected, start } = context::of(text);
    let prefix = &text[start..];
    let candidates = match expected {
        Expected::Nothing => Vec::new(),
        Expected::Text { quote } => {
            let names = vocabulary.entity_names();
            matching_names(prefix, names.iter().map(|name| in_quotes(name, quote)))
        }
        Expected::Label => matching(prefix, vocabulary.labels()),
        Expected::RelationshipType => matching(prefix, vocabulary.types()),
        Expected::Key => {
            let functions = functions().filter_map(|(_, name)| in_namespace(&text[..start], name));
            matching(prefix, vocabulary.keys().chain(functions))
        }
        Expected::Procedure => {
            let procedures =
                procedure::all().map(|procedure| called(procedure.name, procedure.name));
            matching(prefix, procedures)
        }
        Expected::Parameter => matching(
            prefix,
            vocabulary
                .parameters
                .iter()
                .map(|parameter| name(parameter)),
        ),
        Expected::Expression => {
            let variables = scope::variables(&text[..start]);
            let functions = functions().map(|(signature, name)| called(signature, name));
            let all = variables.iter().map(|variable| name(variable));
            matching(
                prefix,
                all.chain(KEYWORDS.iter().copied().map(plain))
                    .chain(functions),
            )
        }
    };
    (start, candidates)
}

impl Vocabulary {
    fn labels(&self) -> impl Iterator<Item = Pair> {
        let used = self
            .view
            .labels()
            .filter(|label| self.view.label_count(*label) > 0);
        used.map(|label| name(self.view.label_name(label)))
    }

    fn types(&self) -> impl Iterator<Item = Pair> {
        let used = self
            .view
            .types()
            .filter(|of_type| self.view.type_count(*of_type) > 0);
        used.map(|of_type| name(self.view.type_name(of_type)))
    }

    fn keys(&self) -> impl Iterator<Item = Pair> {
        self.view.keys().map(|key| name(self.view.key_name(key)))
    }

    /// The names of all nodes that have one, sorted.
    fn entity_names(&self) -> BTreeSet<Arc<str>> {
        let Some(key) = self.view.key("name") else {
            return BTreeSet::new();
        };
        let names = self
            .view
            .nodes()
            .filter_map(|node| match self.view.node_property(node, key) {
                Value::String(name) => Some(name),
                _ => None,
            });
        names.collect()
    }
}

/// The signatures and names of all functions.
fn functions() -> impl Iterator<Item = (&'static str, &'static str)> {
    let scalar = function::all().map(|function| (function.signature, function.name));
    scalar.chain(aggregate::all().map(|aggregate| (aggregate.signature, aggregate.name)))
}

/// A function or procedure, with the parenthesis that follows it.
fn called(display: &str, name: &str) -> Pair {
    Pair {
        display: display.to_owned(),
        replacement: format!("{name}("),
    }
}

/// The rest of a function's name after its namespace and dot, where that is what a text ends with.
fn in_namespace(text: &str, name: &str) -> Option<Pair> {
    let (namespace, rest) = name.split_once('.')?;
    let before = text.strip_suffix('.')?.strip_suffix(namespace)?;
    let is_whole = before
        .chars()
        .next_back()
        .is_none_or(|last| !last.is_alphanumeric());
    is_whole.then(|| called(rest, rest))
}

fn plain(text: &str) -> Pair {
    Pair {
        display: text.to_owned(),
        replacement: text.to_owned(),
    }
}

/// A name as a query writes it.
fn name(text: &str) -> Pair {
    Pair {
        display: text.to_owned(),
        replacement: literal::name(text),
    }
}

/// The rest of a string that holds the text, with its closing quote.
fn in_quotes(text: &str, quote: char) -> Pair {
    let close = match quote {
        '“' | '”' => '”',
        '‘' | '’' => '’',
        other => other,
    };
    let mut replacement = String::with_capacity(text.len() + close.len_utf8());
    for c in text.chars() {
        if c == close || c == '\\' {
            replacement.push('\\');
        }
        replacement.push(c);
    }
    replacement.push(close);
    Pair {
        display: text.to_owned(),
        replacement,
    }
}

/// The candidates that start with a prefix, whatever the case.
fn matching(prefix: &str, candidates: impl Iterator<Item = Pair>) -> Vec<Pair> {
    let prefix = prefix.trim_start_matches('`').to_lowercase();
    candidates
        .filter(|candidate| candidate.display.to_lowercase().starts_with(&prefix))
        .collect()
}

/// The candidates that start with a text, or where none does those that hold it.
fn matching_names(text: &str, candidates: impl Iterator<Item = Pair>) -> Vec<Pair> {
    let text = text.to_lowercase();
    let mut matches: Vec<_> = candidates
        .filter(|candidate| candidate.display.to_lowercase().contains(&text))
        .collect();
    if matches
        .iter()
        .any(|candidate| candidate.display.to_lowercase().starts_with(&text))
    {
        matches.retain(|candidate| candidate.display.to_lowercase().starts_with(&text));
    }
    matches
}

#[cfg(test)]
mod tests;
