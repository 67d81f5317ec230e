//! Filling a graph from one file after another.

use std::collections::BTreeSet;

use super::super::ron::FormatError;
use super::cell;
use super::header::{FileKind, HeaderColumn, Role, read_header};
use super::relationships::create_relationships;
use super::rows::{Field, File, Rows};
use super::spaces::Spaces;
use crate::graph::{Graph, IndexDefinition, KeyId, LabelId, SchemaTarget};

/// A graph that files are being read into: first those of nodes, then those of relationships.
///
/// A fault leaves the import half done; it is to be dropped then, so that nobody sees the half.
///
/// # Examples
///
/// ```
/// use tupu::format::csv::Import;
///
/// let mut import = Import::default();
/// import.nodes("districts.csv", ":ID,name,:LABEL\n1,坪山区,District\n2,深圳市,City\n")?;
/// import.relationships("parts.csv", ":START_ID,:END_ID,:TYPE\n1,2,LOCATED_IN\n")?;
/// let graph = import.finish();
/// assert_eq!((graph.view().node_count(), graph.view().relationship_count()), (2, 1));
/// # Ok::<(), tupu::format::ron::FormatError>(())
/// ```
#[derive(Debug, Default)]
pub struct Import {
    graph: Graph,
    spaces: Spaces,
    /// The labels of the nodes that bear an id, with the key that it is a property under.
    identified: BTreeSet<(LabelId, KeyId)>,
}

impl Import {
    /// Reads a file of nodes.
    ///
    /// # Errors
    ///
    /// What is wrong with the first row that can't be read, or with the header.
    pub fn nodes(&mut self, name: &str, text: &str) -> Result<(), FormatError> {
        let file = File::new(name, text);
        let mut rows = Rows::new(file);
        let columns = read_header(file, &mut rows, FileKind::Nodes)?;
        let keys = keys(&mut self.graph, &columns);
        let mut labels = Labels::default();
        let mut properties = Vec::with_capacity(columns.len());
        let mut fields = Vec::with_capacity(columns.len());
        let first = self.graph.view().node_slots();
        let id = columns
            .iter()
            .position(|column| matches!(column.role, Role::Id(_)));
        let mut space = match id.map(|at| (&columns[at].role, columns[at].kind)) {
            Some((Role::Id(space), kind)) => Some(self.spaces.open(space, kind, name, first)),
            _ => None,
        };
        self.graph.reserve(line_count(text), 0);
        let label = columns.iter().position(|column| column.role == Role::Label);
        while rows.read_exactly(columns.len(), &mut fields)? {
            properties.clear();
            for ((&field, column), key) in fields.iter().zip(&columns).zip(&keys) {
                if let Some(key) = *key {
                    properties.push((key, cell::value(file, field, column)?));
                }
            }
            let labels = match label {
                Some(at) => labels.read(file, fields[at], &mut self.graph),
                None => &[],
            };
            let node = self.graph.create_node(labels, &properties)?;
            if let (Some(space), Some(at)) = (&mut space, id) {
                space.define(file, fields[at], node)?;
            }
        }
        if let Some(key) = id.and_then(|at| keys[at]) {
            let labels = labels.seen.iter();
            self.identified.extend(labels.map(|label| (*label, key)));
        }
        Ok(())
    }

    /// Reads a file of relationships between nodes that were read before.
    ///
    /// # Errors
    ///
    /// What is wrong with the first row that can't be read, or with the header.
    pub fn relationships(&mut self, name: &str, text: &str) -> Result<(), FormatError> {
        create_relationships(&mut self.graph, &self.spaces, File::new(name, text))
    }

    /// The graph, with all changes final and an index of each label's ids that are properties.
    #[must_use]
    pub fn finish(mut self) -> Graph {
        for (label, key) in std::mem::take(&mut self.identified) {
            let view = self.graph.view();
            let name = format!("index_{}_{}", view.label_name(label), view.key_name(key));
            let definition = IndexDefinition {
                name: name.into(),
                target: SchemaTarget::Node(label),
                keys: vec![key],
            };
            // Two names can only be one where a label or key holds a `_`; the second goes without an index then.
            drop(self.graph.create_index(definition));
        }
        self.graph.commit();
        self.graph
    }
}

/// The key of each column that is a property.
pub(super) fn keys(graph: &mut Graph, columns: &[HeaderColumn]) -> Vec<Option<KeyId>> {
    columns
        .iter()
        .map(|column| {
            let key = column.key.as_deref()?;
            (column.role != Role::Ignore).then(|| graph.intern_key(key))
        })
        .collect()
}

/// About how many rows a text has.
pub(super) fn line_count(text: &str) -> usize {
    text.bytes().filter(|&byte| byte == b'\n').count()
}

/// The labels of the row before, which are mostly those of the next one.
#[derive(Debug, Default)]
struct Labels {
    text: String,
    last: Vec<LabelId>,
    /// All labels of all rows.
    seen: BTreeSet<LabelId>,
}

impl Labels {
    fn read(&mut self, file: File<'_>, field: Field, graph: &mut Graph) -> &[LabelId] {
        let text = file.meaning(field);
        if self.text != *text {
            let names = text
                .split(';')
                .map(str::trim)
                .filter(|name| !name.is_empty());
            self.last = names.map(|name| graph.intern_label(name)).collect();
            self.seen.extend(&self.last);
            self.text = text.into_owned();
        }
        &self.last
    }
}
