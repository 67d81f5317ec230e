//! The article of an HTML page: its text without what the site puts around it.

use std::collections::HashMap;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Html, Node, Selector};

use super::record::{Field, Record};
use super::{Reason, decode};

/// How deep elements may be nested; what is deeper is made to take time, not to be read.
const DEEPEST: usize = 2_000;

/// Elements whose text is none of the article.
const SKIPPED: [&str; 16] = [
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button",
    "select", "iframe", "svg", "object", "canvas", "head", "figure",
];

/// Elements that stand in a line; all others begin a new one.
const INLINE: [&str; 25] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "img", "ins", "kbd",
    "label", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "wbr",
];

/// Elements that are never closed, or are closed by what follows them.
const UNCLOSED: [&str; 24] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "td", "tr", "th", "dd", "dt", "option", "!doctype", "!--",
];

/// Whether the first bytes of a file are those of a page.
pub(super) fn is_page(first: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&first[..first.len().min(256)])
        .trim_start_matches('\u{FEFF}')
        .trim_start()
        .to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// Reads a page.
pub(super) fn read(bytes: &[u8]) -> Result<Record, Reason> {
    let text = decode::text_labelled(bytes, charset(bytes).as_deref())?;
    if depth(&text) > DEEPEST {
        return Err(Reason::Damaged(format!(
            "elements nested more than {DEEPEST} deep"
        )));
    }
    let page = Html::parse_document(&text);
    let lines = Lines::of(&page);
    let mut record = Record {
        text: lines.article(),
        ..Record::default()
    };
    head(&page, &mut record);
    Ok(record)
}

/// The encoding that a page names in its head.
fn charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let at = head.find("charset=")? + "charset=".len();
    let name = head[at..].trim_start_matches(['"', '\'']);
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))?;
    Some(name[..end].to_owned())
}

/// How deep the elements of a page are nested at most, judged by their tags alone.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in text.split('<').skip(1) {
        if let Some(closed) = tag.strip_prefix('/') {
            if !UNCLOSED.contains(&name(closed).as_str()) {
                depth = depth.saturating_sub(1);
            }
        } else if tag.starts_with(|c: char| c.is_ascii_alphabetic())
            && !UNCLOSED.contains(&name(tag).as_str())
        {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

fn name(tag: &str) -> String {
    let end = tag
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(tag.len());
    tag[..end.min(16)].to_ascii_lowercase()
}

/// Fills in what the page's head says of the article.
fn head(page: &Html, record: &mut Record) {
    const NAMES: [(&str, Field); 9] = [
        ("og:title", Field::Title),
        ("articletitle", Field::Title),
        ("og:site_name", Field::Source),
        ("contentsource", Field::Source),
        ("source", Field::Source),
        ("article:published_time", Field::Date),
        ("pubdate", Field::Date),
        ("publishdate", Field::Date),
        ("date", Field::Date),
    ];
    let Ok(selector) = Selector::parse("meta[content]") else {
        return;
    };
    for meta in page.select(&selector) {
        let value = meta.value();
        let name = value
            .attr("property")
            .or(value.attr("name"))
            .unwrap_or_default()
            .to_ascii_lowercase();
        let Some((_, field)) = NAMES.iter().find(|(known, _)| *known == name) else {
            continue;
        };
        let is_set = match field {
            Field::Title => record.title.is_some(),
            Field::Source => record.source.is_some(),
            _ => record.date.is_some(),
        };
        if !is_set {
            record.set(*field, value.attr("content").unwrap_or_default().to_owned());
        }
    }
}

/// A line of the page as shown.
struct Line {
    text: String,
    /// How many of its bytes are links.
    links: usize,
    /// The element around it, and the ones around that.
    around: Vec<NodeId>,
    is_title: bool,
}

struct Lines(Vec<Line>);

impl Lines {
    /// All lines of a page, in its order.
    fn of(page: &Html) -> Self {
        let mut lines = vec![];
        let mut blocks: Vec<NodeId> = Vec::new();
        let (mut line, mut links, mut skipped, mut linked, mut titles) =
            (String::new(), 0, 0_usize, 0_usize, 0_usize);
        for edge in page.tree.root().traverse() {
            let (node, opens) = match edge {
                Edge::Open(node) => (node, true),
                Edge::Close(node) => (node, false),
            };
            if let (Node::Text(text), true, 0) = (node.value(), opens, skipped) {
                let before = line.len();
                push(&mut line, text);
                if linked > 0 {
                    links += line.len() - before;
                }
            }
            let Some(element) = ElementRef::wrap(node) else {
                continue;
            };
            let name = element.value().name();
            let step = |count: &mut usize| {
                if opens {
                    *count += 1;
                } else {
                    *count = count.saturating_sub(1);
                }
            };
            if SKIPPED.contains(&name) {
                step(&mut skipped);
            }
            if name == "a" {
                step(&mut linked);
            }
            if INLINE.contains(&name) {
                continue;
            }
            if !line.trim().is_empty() {
                lines.push(Line {
                    text: line.trim().to_owned(),
                    links,
                    around: blocks.iter().rev().take(3).copied().collect(),
                    is_title: titles > 0,
                });
            }
            (line, links) = (String::new(), 0);
            if name == "h1" {
                step(&mut titles);
            }
            if name == "br" {
                continue;
            }
            if opens {
                blocks.push(node.id());
            } else {
                blocks.pop();
            }
        }
        Self(lines)
    }

    /// The lines from the title to the end of the element that holds most of the running text.
    fn article(&self) -> String {
        let lines: Vec<&Line> = self.0.iter().filter(|line| !line.is_menu()).collect();
        let Some(main) = main(&lines) else {
            return shown(&lines);
        };
        let is_inside = |line: &&Line| line.around.contains(&main);
        let (Some(first), Some(last)) = (
            lines.iter().position(is_inside),
            lines.iter().rposition(is_inside),
        ) else {
            return shown(&lines);
        };
        let title = lines[..first].iter().rposition(|line| line.is_title);
        shown(&lines[title.unwrap_or(first)..=last])
    }
}

impl Line {
    /// Whether most of it is links, and no sentence.
    fn is_menu(&self) -> bool {
        self.links * 2 > self.text.len() && !self.text.contains('。')
    }
}

/// The element with most running text directly in it or in its parts.
fn main(lines: &[&Line]) -> Option<NodeId> {
    let mut worth: HashMap<NodeId, usize> = HashMap::new();
    let mut order = Vec::new();
    for line in lines {
        let length = line.text.chars().count();
        if length < 20 || !line.text.contains(['。', '，', ',', '；']) {
            continue;
        }
        for (distance, &id) in line.around.iter().enumerate() {
            let share = worth.entry(id).or_insert_with(|| {
                order.push(id);
                0
            });
            // A paragraph's own element holds only itself; what is two around it may be the whole page.
            *share += [length / 2, length, length / 2 + length / 4][distance];
        }
    }
    order.into_iter().rev().max_by_key(|id| worth[id])
}

fn shown(lines: &[&Line]) -> String {
    let mut text = String::new();
    for line in lines {
        text.push_str(&line.text);
        text.push('\n');
    }
    text
}

/// Adds text as a page shows it: blanks and line breaks in a row are one blank, and none at a line's start.
fn push(line: &mut String, text: &str) {
    for c in text.chars() {
        if c.is_ascii_whitespace() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else {
            line.push(c);
        }
    }
}
