//! Filling a graph from one file after another.

use std::collections::BTreeSet;
use std::io::{self, Read};

use super::super::ron::FormatError;
use super::columns::{Columns, keys};
use super::header::{FileKind, Role};
use super::read::Reader;
use super::relationships::create_relationships;
use super::rows::{Field, File};
use super::spaces::Spaces;
use crate::graph::{Graph, IndexDefinition, KeyId, LabelId, SchemaTarget};

/// Why a file can't be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A row, or the header, is not as it should be.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// The file is no UTF-8 text.
    #[error("byte {offset} is not valid UTF-8")]
    NotText {
        /// The first byte that is not.
        offset: usize,
    },
    /// The file can't be read.
    #[error(transparent)]
    Read(io::Error),
}

/// A graph that files are being read into: first those of nodes, then those of relationships.
///
/// A fault leaves the import half done; it is to be dropped then, so that nobody sees the half.
///
/// # Examples
///
/// ```
/// use tupu::format::csv::Import;
///
/// let districts = ":ID,name,:LABEL\n1,坪山区,District\n2,深圳市,City\n".as_bytes();
/// let parts = ":START_ID,:END_ID,:TYPE\n1,2,LOCATED_IN\n".as_bytes();
/// let mut import = Import::default();
/// import.nodes("districts.csv", districts.len() as u64, districts)?;
/// import.relationships("parts.csv", parts.len() as u64, parts)?;
/// let graph = import.finish();
/// assert_eq!((graph.view().node_count(), graph.view().relationship_count()), (2, 1));
/// # Ok::<(), tupu::format::csv::ImportError>(())
/// ```
#[derive(Debug, Default)]
pub struct Import {
    graph: Graph,
    spaces: Spaces,
    /// The labels of the nodes that bear an id, with the key that it is a property under.
    identified: BTreeSet<(LabelId, KeyId)>,
}

impl Import {
    /// Reads a file of nodes; its length in bytes tells how much room to make.
    ///
    /// # Errors
    ///
    /// What is wrong with the first row that can't be read, or with the header.
    pub fn nodes(
        &mut self,
        name: &str,
        length: u64,
        reader: impl Read + Send,
    ) -> Result<(), ImportError> {
        let Self { graph, spaces, .. } = self;
        let reader = Reader::open(name, reader, FileKind::Nodes)?;
        let columns = reader.columns.clone();
        let find = |is_wanted: fn(&Role) -> bool| {
            let mut roles = columns.iter().map(|column| &column.role);
            roles.position(is_wanted)
        };
        let id = find(|role| matches!(role, Role::Id(_)));
        let label = find(|role| *role == Role::Label);
        let keys = keys(graph, &columns);
        graph.reserve(reader.rows_of(length), 0);
        let first = graph.view().node_slots();
        let mut space = match id.map(|at| (&columns[at].role, columns[at].kind)) {
            Some((Role::Id(space), kind)) => Some(spaces.open(space, kind, name, first)),
            _ => None,
        };
        let mut labels = BTreeSet::new();
        let read = |batch: &mut Batch, file: File<'_>, fields: &[Field]| {
            batch.properties.push(file, fields, &columns)?;
            batch.ids.extend(id.map(|at| fields[at]));
            batch.add_to_run(file, label.map(|at| fields[at]));
            Ok(())
        };
        reader.read(read, |file, batch| {
            let ids = batch.ids;
            let values = batch.properties.with_keys(&keys);
            let mut values: Vec<_> = values.map(|(key, own)| (key, own.into_iter())).collect();
            let mut nodes = Vec::with_capacity(ids.len());
            for (text, count) in batch.runs {
                let names = text.split(';').map(str::trim);
                let names = names.filter(|name| !name.is_empty());
                let own: Vec<LabelId> = names.map(|name| graph.intern_label(name)).collect();
                nodes.extend(graph.create_nodes(&own, count, &mut values)?);
                labels.extend(own);
            }
            let Some(space) = &mut space else {
                return Ok(());
            };
            let mut defined = ids.into_iter().zip(nodes);
            defined.try_for_each(|(field, node)| space.define(file, field, node))
        })?;
        let id_key = id.and_then(|at| columns[at].key.as_deref());
        if let Some(key) = id_key.map(|key| graph.intern_key(key)) {
            self.identified
                .extend(labels.into_iter().map(|label| (label, key)));
        }
        Ok(())
    }

    /// Reads a file of relationships between nodes that were read before; its length in bytes tells how much room to
    /// make.
    ///
    /// # Errors
    ///
    /// What is wrong with the first row that can't be read, or with the header.
    pub fn relationships(
        &mut self,
        name: &str,
        length: u64,
        reader: impl Read + Send,
    ) -> Result<(), ImportError> {
        create_relationships(&mut self.graph, &self.spaces, name, length, reader)
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

/// Rows as read.
#[derive(Default)]
struct Batch {
    ids: Vec<Field>,
    /// What the rows have in the column of labels, and how many rows in a row have it.
    runs: Vec<(String, usize)>,
    properties: Columns,
}

impl Batch {
    fn add_to_run(&mut self, file: File<'_>, labels: Option<Field>) {
        let text = labels.map(|field| file.meaning(field)).unwrap_or_default();
        match self.runs.last_mut() {
            Some((last, count)) if *last == *text => *count += 1,
            _ => self.runs.push((text.into_owned(), 1)),
        }
    }
}
