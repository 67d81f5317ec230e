//! Entities by name.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::graph::{KeyId, View};
use crate::source::{distance, shared_characters};
use crate::value::{NodeId, Value};

/// An entity that bears a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// The entity.
    pub node: NodeId,
    /// In which way it bears the name.
    pub how: How,
}

/// In which way an entity bears a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum How {
    /// It is its name.
    Name,
    /// It is one of its aliases.
    Alias,
}

/// All entities that bear a name, those whose name it is first, by id among these.
///
/// Names are compared after [`fold`].
///
/// # Complexity
///
/// Linear in the number of nodes.
#[must_use]
pub fn find(view: &View, name: &str) -> Vec<Match> {
    let wanted = fold(name);
    let keys = Keys::new(view);
    let how = |node| {
        let all = keys.all(view, node);
        let ways = all
            .filter(|(_, text)| fold(text) == wanted)
            .map(|(how, _)| how);
        ways.min().map(|how| Match { node, how })
    };
    let mut matches: Vec<Match> = view.nodes().filter_map(how).collect();
    matches.sort_by_key(|found| (found.how, found.node));
    matches
}

/// The names and aliases that are most like a name that nothing bears, the nearest first, `count` at most.
///
/// Names that contain the wanted one come before those that look like it; a name that is no part of it and has less
/// than half of the characters in common is none of them.
///
/// # Complexity
///
/// Linear in the number of nodes, times the product of the lengths of the names that are alike.
#[must_use]
pub fn nearest(view: &View, name: &str, count: usize) -> Vec<Arc<str>> {
    let wanted: Vec<char> = fold(name).chars().collect();
    let keys = Keys::new(view);
    let mut ranked = BTreeSet::new();
    for node in view.nodes() {
        for (_, text) in keys.all(view, node) {
            if let Some(rank) = rank(&wanted, &fold(&text)) {
                ranked.insert((rank, text));
            }
        }
    }
    ranked
        .into_iter()
        .take(count)
        .map(|(_, text)| text)
        .collect()
}

/// How near a candidate is, less being nearer; `None` for one that is nothing like the wanted name.
fn rank(wanted: &[char], candidate: &str) -> Option<(bool, usize, Reverse<usize>)> {
    let candidate: Vec<char> = candidate.chars().collect();
    let shorter = wanted.len().min(candidate.len());
    if shorter == 0 {
        return None;
    }
    let shared = shared_characters(wanted, &candidate);
    let is_whole = contains(&candidate, wanted);
    let is_part = shorter > 1 && contains(wanted, &candidate);
    let longer = wanted.len().max(candidate.len());
    (is_whole || is_part || shared * 2 >= longer)
        .then(|| (!is_whole, distance(wanted, &candidate), Reverse(shared)))
}

fn contains(text: &[char], part: &[char]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

/// A name as it is compared: without blanks, quotation marks and the difference between upper and lower case or between
/// forms of one character (full-width and half-width ones, accents of their own), which Unicode's NFKC levels.
///
/// # Examples
///
/// ```
/// use tupu::lookup::fold;
///
/// assert_eq!(fold("“６＋３” 产业 Ｂｙｄ"), "6+3产业byd");
/// ```
#[must_use]
pub fn fold(name: &str) -> String {
    name.nfkc()
        .filter(|character| !is_dropped(*character))
        .flat_map(char::to_lowercase)
        .collect()
}

fn is_dropped(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '"' | '\''
                | '`'
                | '“'
                | '”'
                | '‘'
                | '’'
                | '「'
                | '」'
                | '『'
                | '』'
                | '《'
                | '》'
                | '〈'
                | '〉'
                | '\u{200b}'
                | '\u{feff}'
        )
}

/// The keys under which names stand in one graph.
struct Keys {
    names: Vec<KeyId>,
    aliases: Option<KeyId>,
}

impl Keys {
    fn new(view: &View) -> Self {
        Self {
            names: ["name", "title"]
                .iter()
                .filter_map(|key| view.key(key))
                .collect(),
            aliases: view.key("aliases"),
        }
    }

    /// All names and aliases of a node.
    fn all(&self, view: &View, node: NodeId) -> impl Iterator<Item = (How, Arc<str>)> {
        let names = self
            .names
            .iter()
            .map(|key| (How::Name, view.node_property(node, *key)));
        let aliases = match self.aliases.map(|key| view.node_property(node, key)) {
            Some(Value::List(aliases)) => aliases.to_vec(),
            Some(alias) => vec![alias],
            None => Vec::new(),
        };
        let all = names.chain(aliases.into_iter().map(|alias| (How::Alias, alias)));
        let texts = all.filter_map(|(how, value)| match value {
            Value::String(text) => Some((how, text)),
            _ => None,
        });
        texts.collect::<Vec<_>>().into_iter()
    }
}
