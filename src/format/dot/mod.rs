//! Graphs as DOT, the language of Graphviz.
//!
//! Takes a part of a graph, gives a drawing of it that is byte for byte the same for the same input: nodes and
//! relationships by id. A node shows its name, a relationship its type; tooltips hold all labels and properties.
//! An end that is not among the nodes is drawn as a small dashed circle, so that no relationship is lost: a caller
//! who has the graph at hand adds them by [`with_ends`].
//!
//! ```text
//! digraph "tupu" {
//!   n0 [label="坪山区", tooltip="District\nname: 坪山区", shape="ellipse", fillcolor="#99DDFF"];
//!   n1 [label="比亚迪", …];
//!   n1 -> n0 [label="LOCATED_IN", tooltip="LOCATED_IN"];
//! }
//! ```

mod escape;
mod label;
mod look;

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use indexmap::{IndexMap, IndexSet};

use self::escape::quoted;
use self::label::{caption, relationship_tooltip, tooltip};
use self::look::Looks;
use crate::graph::{Node, Relationship, Subgraph, View};
use crate::render::literal::cell;
use crate::render::text::shorten;
use crate::render::{Names, primary_label};
use crate::value::{NodeId, Value};

/// Families that draw Chinese, for Linux, Windows and macOS; the first that is installed is taken.
const FONT: &str =
    "Noto Sans CJK SC,Source Han Sans SC,WenQuanYi Zen Hei,Microsoft YaHei,PingFang SC,sans-serif";

/// How a graph is to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The most characters of a name that are shown; a longer one ends with `…`.
    pub label_limit: usize,
    /// In which direction relationships lead.
    pub rank_direction: RankDirection,
    /// What frames are drawn around, if any.
    pub cluster_by: Option<ClusterBy>,
    /// Whether a legend tells the labels that occur.
    pub has_legend: bool,
    /// The most nodes that are drawn; one more tells how many others there are.
    pub limit: Option<usize>,
    /// By which names labels and relationship types are shown.
    pub names: Names,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            label_limit: 24,
            rank_direction: RankDirection::default(),
            cluster_by: None,
            has_legend: false,
            limit: None,
            names: Names::default(),
        }
    }
}

/// In which direction relationships lead in a drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RankDirection {
    /// `LR`: from left to right, which suits names on one line.
    #[default]
    LeftToRight,
    /// `TB`: from top to bottom.
    TopToBottom,
    /// `RL`: from right to left.
    RightToLeft,
    /// `BT`: from bottom to top.
    BottomToTop,
}

impl RankDirection {
    /// All directions, in the order in which help lists them.
    pub const ALL: [Self; 4] = [
        Self::LeftToRight,
        Self::TopToBottom,
        Self::RightToLeft,
        Self::BottomToTop,
    ];

    /// Graphviz' name of the direction.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LeftToRight => "LR",
            Self::TopToBottom => "TB",
            Self::RightToLeft => "RL",
            Self::BottomToTop => "BT",
        }
    }
}

impl FromStr for RankDirection {
    type Err = UnknownRankDirection;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|direction| direction.name().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownRankDirection {
                found: name.to_owned(),
            })
    }
}

/// A direction was asked for by a name that none has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no direction '{found}'; the directions are {}", RankDirection::ALL.map(RankDirection::name).join(", "))]
pub struct UnknownRankDirection {
    /// The name that was asked for.
    pub found: String,
}

/// What the nodes within one frame share.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ClusterBy {
    /// Their primary label.
    Label,
    /// The value of the property with this key; nodes without it stay outside of frames.
    Property(String),
}

impl From<&str> for ClusterBy {
    /// `label` means the label, anything else is the key of a property.
    fn from(text: &str) -> Self {
        match text {
            "label" => Self::Label,
            key => Self::Property(key.to_owned()),
        }
    }
}

impl fmt::Display for ClusterBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Label => "label",
            Self::Property(key) => key,
        })
    }
}

/// Draws a part of a graph.
///
/// # Errors
///
/// Only what `out` fails with.
///
/// # Examples
///
/// ```
/// use tupu::format::dot::{self, Options};
/// use tupu::graph::Subgraph;
///
/// let mut drawing = Vec::new();
/// dot::write(&mut drawing, &Subgraph::default(), &Options::default())?;
/// assert!(drawing.starts_with(b"digraph"));
/// # std::io::Result::Ok(())
/// ```
pub fn write(out: &mut impl Write, graph: &Subgraph, options: &Options) -> io::Result<()> {
    Drawing::new(graph, options).write(out)
}

/// The part of a graph together with all ends of its relationships, for drawings without stubs.
#[must_use]
pub fn with_ends(view: &View, graph: &Subgraph) -> Subgraph {
    let mut whole = graph.clone();
    for end in graph
        .relationships
        .values()
        .flat_map(|data| [data.start, data.end])
    {
        if !whole.nodes.contains_key(&end) {
            whole.nodes.extend(view.node(end).map(|node| (end, node)));
        }
    }
    whole
}

/// A node with its id.
type Placed<'a> = (NodeId, &'a Node);

/// What of a graph is drawn, and how.
struct Drawing<'a> {
    options: &'a Options,
    /// By id.
    nodes: Vec<Placed<'a>>,
    /// By id, without those of which an end fell to the limit.
    relationships: Vec<&'a Relationship>,
    /// Ends of relationships of which nothing else is known.
    stubs: IndexSet<NodeId>,
    left_out: usize,
    looks: Looks<'a>,
}

impl<'a> Drawing<'a> {
    fn new(graph: &'a Subgraph, options: &'a Options) -> Self {
        let limit = options.limit.unwrap_or(usize::MAX);
        let mut nodes: Vec<_> = graph
            .nodes
            .iter()
            .take(limit)
            .map(|(id, node)| (*id, node))
            .collect();
        let left_out: IndexSet<NodeId> = graph.nodes.keys().skip(limit).copied().collect();
        nodes.sort_unstable_by_key(|(id, _)| *id);
        let mut relationships: Vec<_> = graph.relationships.iter().collect();
        relationships
            .retain(|(_, data)| !left_out.contains(&data.start) && !left_out.contains(&data.end));
        relationships.sort_unstable_by_key(|(id, _)| **id);
        let relationships: Vec<_> = relationships.into_iter().map(|(_, data)| data).collect();
        let ends = relationships.iter().flat_map(|data| [data.start, data.end]);
        Self {
            stubs: ends.filter(|end| !graph.nodes.contains_key(end)).collect(),
            looks: Looks::new(nodes.iter().filter_map(|(_, node)| primary_label(node))),
            left_out: left_out.len(),
            options,
            nodes,
            relationships,
        }
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        self.write_head(out)?;
        let (frames, outside) = self.frames();
        for (index, (name, nodes)) in frames.iter().enumerate() {
            let name = shorten(name, self.options.label_limit);
            writeln!(out, "  subgraph cluster_{index} {{")?;
            writeln!(out, "    graph [label={}, {FRAME}];", quoted(&name))?;
            self.write_nodes(out, "    ", nodes)?;
            writeln!(out, "  }}")?;
        }
        self.write_nodes(out, "  ", &outside)?;
        self.write_stubs(out)?;
        for relationship in &self.relationships {
            self.write_relationship(out, relationship)?;
        }
        self.write_rest(out)?;
        if self.options.has_legend {
            self.write_legend(out)?;
        }
        writeln!(out, "}}")
    }

    fn write_head(&self, out: &mut impl Write) -> io::Result<()> {
        let direction = self.options.rank_direction.name();
        writeln!(out, "digraph \"tupu\" {{")?;
        writeln!(
            out,
            "  graph [charset=\"UTF-8\", rankdir={direction}, fontname=\"{FONT}\", {GRAPH}];"
        )?;
        writeln!(out, "  node [fontname=\"{FONT}\", {NODE}];")?;
        writeln!(out, "  edge [fontname=\"{FONT}\", {EDGE}];")
    }

    /// The nodes of each frame, by the order of their first nodes, and those outside of all.
    fn frames(&self) -> (IndexMap<String, Vec<Placed<'a>>>, Vec<Placed<'a>>) {
        let mut frames: IndexMap<String, Vec<_>> = IndexMap::new();
        let mut outside = Vec::new();
        for (id, node) in &self.nodes {
            match self.frame(node) {
                Some(name) => frames.entry(name).or_default().push((*id, *node)),
                None => outside.push((*id, *node)),
            }
        }
        (frames, outside)
    }

    fn frame(&self, node: &Node) -> Option<String> {
        match self.options.cluster_by.as_ref()? {
            ClusterBy::Label => {
                primary_label(node).map(|label| self.options.names.label(label).to_owned())
            }
            ClusterBy::Property(key) => node
                .properties
                .get(key.as_str())
                .filter(|value| !value.is_null())
                .map(|value| cell(value, &Subgraph::default(), self.options.names)),
        }
    }

    fn write_nodes(
        &self,
        out: &mut impl Write,
        indent: &str,
        nodes: &[Placed<'_>],
    ) -> io::Result<()> {
        for (id, node) in nodes {
            let look = self.looks.of(primary_label(node));
            let label = quoted(&caption(node, self.options));
            let tooltip = quoted(&tooltip(node, self.options.names));
            writeln!(
                out,
                "{indent}n{} [label={label}, tooltip={tooltip}, {look}];",
                id.0
            )?;
        }
        Ok(())
    }

    fn write_stubs(&self, out: &mut impl Write) -> io::Result<()> {
        for id in &self.stubs {
            writeln!(out, "  n{} [label=\"\", tooltip=\"…\", {STUB}];", id.0)?;
        }
        Ok(())
    }

    fn write_relationship(
        &self,
        out: &mut impl Write,
        relationship: &Relationship,
    ) -> io::Result<()> {
        let name = self
            .options
            .names
            .relationship_type(&relationship.relationship_type);
        let label = quoted(&shorten(name, self.options.label_limit));
        let tooltip = quoted(&relationship_tooltip(relationship, self.options.names));
        let is_planned = relationship
            .properties
            .get("status")
            .and_then(Value::as_str)
            == Some("planned");
        let style = if is_planned { ", style=\"dashed\"" } else { "" };
        let (start, end) = (relationship.start.0, relationship.end.0);
        writeln!(
            out,
            "  n{start} -> n{end} [label={label}, tooltip={tooltip}, labeltooltip={tooltip}{style}];"
        )
    }

    fn write_rest(&self, out: &mut impl Write) -> io::Result<()> {
        if self.left_out == 0 {
            return Ok(());
        }
        let text = match self.options.names {
            Names::Identifiers => format!("… {} more", self.left_out),
            Names::Chinese => format!("… 另有 {} 个", self.left_out),
        };
        writeln!(
            out,
            "  more [label={0}, tooltip={0}, {REST}];",
            quoted(&text)
        )
    }

    fn write_legend(&self, out: &mut impl Write) -> io::Result<()> {
        let title = match self.options.names {
            Names::Identifiers => "Legend",
            Names::Chinese => "图例",
        };
        writeln!(out, "  subgraph cluster_legend {{")?;
        writeln!(out, "    graph [label=\"{title}\", {FRAME}];")?;
        for (index, (label, look)) in self.looks.iter().enumerate() {
            let name = shorten(self.options.names.label(label), self.options.label_limit);
            writeln!(
                out,
                "    legend_{index} [label={0}, tooltip={0}, {look}];",
                quoted(&name)
            )?;
        }
        writeln!(out, "  }}")
    }
}

const GRAPH: &str = "fontsize=12, bgcolor=\"white\", pad=0.3, nodesep=0.18, ranksep=1.1, outputorder=\"edgesfirst\"";
const NODE: &str =
    "fontsize=12, fontcolor=\"#1A1A1A\", color=\"#00000066\", margin=\"0.18,0.09\", height=0.4";
const EDGE: &str =
    "fontsize=9, fontcolor=\"#555555\", color=\"#8C8C8C\", arrowsize=0.6, penwidth=0.9";
const FRAME: &str = "style=\"rounded\", color=\"#BBBBBB\", fontcolor=\"#555555\", margin=14";
const STUB: &str = "shape=\"circle\", style=\"dashed\", width=0.2, height=0.2, fixedsize=true";
const REST: &str = "shape=\"box\", style=\"rounded,dashed\", fontcolor=\"#555555\"";

#[cfg(test)]
mod tests;
