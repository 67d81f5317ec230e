//! Owns answers that need no query: entities by name, what they are related to, paths between them, and cards.
//!
//! Takes a view of a graph, gives ids, paths and texts in a stable order. An entity is found by its property `name` (a
//! document also by `title`) and by each text in its list property `aliases`.
//!
//! # Examples
//!
//! ```
//! use tupu::graph::Graph;
//! use tupu::lookup;
//!
//! let mut graph = Graph::new();
//! let (district, name) = (graph.intern_label("District"), graph.intern_key("name"));
//! let node = graph.create_node(&[district], &[(name, "坪山区".into())])?;
//! graph.commit();
//!
//! assert_eq!(lookup::find(graph.view(), "坪山区")[0].node, node);
//! assert_eq!(lookup::nearest(graph.view(), "平山区", 3), ["坪山区".into()]);
//! # Ok::<(), tupu::graph::GraphError>(())
//! ```

mod answer;
mod card;
mod card_text;
mod find;
mod relationships;
mod shortest_paths;

pub use crate::source::nearest_name;
pub use answer::{Answer, path_text, paths_answer, relationships_answer};
pub use card::{Card, Document, End, Indicator, Relations, card};
pub use find::{How, Match, find, fold, nearest};
pub use relationships::{Reached, Search, Side, UnknownSide, relationships};
pub use shortest_paths::shortest_paths;

#[cfg(test)]
mod tests;
