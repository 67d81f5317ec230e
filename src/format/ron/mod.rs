//! Owns the RON graph format: graphs as files that people write, read and keep under version control.
//!
//! Takes the texts of graph files and gives a graph; takes a graph and gives one text, the same for the same graph.
//! `docs/FORMAT.md` describes the format for those who write it.
//!
//! ```text
//! Graph(
//!     version: 1,
//!     documents: [Document(id: "pingshan-2024-02-20", title: "…", date: "2024-02-20", mentions: ["坪山区"])],
//!     nodes: [Node(id: "坪山区", labels: [District, Region], properties: {"name": "坪山区"})],
//!     relationships: [Relationship(from: "坪山区", type: LOCATED_IN, to: "深圳市", sources: ["pingshan-2024-02-20"])],
//!     indicators: [Indicator(of: "坪山区", name: "地区生产总值", value: 108000000000, unit: "元", period: "2022")],
//! )
//! ```
//!
//! Reading goes in three steps: serde and ron give the shape of each file (`file`), where values are still the text
//! that stands in the file and so know their place; resolving (`resolve`) turns them into values, and ids into
//! positions, for all files together; only when nothing is wrong any more is the graph written to ([`open()`]).

mod embedded;
pub(super) mod entry;
mod error;
mod evidence;
mod file;
mod ids;
mod open;
mod raw;
mod resolve;
mod syntax;
mod value;
mod write;

pub use embedded::embedded;
pub use error::{FormatError, FormatErrorKind, Place};
pub use ids::Ids;
pub(super) use ids::all_ids;
pub(crate) use ids::all_ids as ids;
pub use open::open;
pub use value::write_value;
pub use write::{write, write_to};

/// The version of the format that this library reads and writes.
pub const VERSION: u32 = 1;

pub use crate::evidence::{DOCUMENT, HAS_INDICATOR, INDICATOR, MENTIONS, SOURCES};

/// The property that holds what an entity is called.
pub(super) const NAME: &str = "name";

/// The fields of a `Document(…)` that become properties of the node under the same key.
const DOCUMENT_FIELDS: [&str; 3] = ["title", "source", "date"];
/// The fields of an `Indicator(…)` that become properties of the node under the same key.
const INDICATOR_FIELDS: [&str; 5] = [NAME, "value", "unit", "period", "qualifier"];

#[cfg(test)]
mod tests;
