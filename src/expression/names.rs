//! The labels, types and keys that a query names, numbered once so that no access hashes a string.

use std::sync::Arc;

use indexmap::IndexSet;

use crate::graph::{Graph, KeyId, LabelId, TypeId, View};

/// The place of a label in a query's [`NameTable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LabelRef(pub u32);

/// The place of a relationship type in a query's [`NameTable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TypeRef(pub u32);

/// The place of a property key in a query's [`NameTable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyRef(pub u32);

/// All names of the schema that occur in one query, in the order of the text.
#[derive(Clone, Debug, Default)]
pub struct NameTable {
    labels: IndexSet<Arc<str>>,
    types: IndexSet<Arc<str>>,
    keys: IndexSet<Arc<str>>,
}

fn place(names: &mut IndexSet<Arc<str>>, name: &Arc<str>) -> u32 {
    u32::try_from(names.insert_full(name.clone()).0).expect("a query's text is shorter than 4 GiB")
}

impl NameTable {
    /// The place of a label, a new one if the name is new.
    pub fn label(&mut self, name: &Arc<str>) -> LabelRef {
        LabelRef(place(&mut self.labels, name))
    }

    /// The place of a type, a new one if the name is new.
    pub fn relationship_type(&mut self, name: &Arc<str>) -> TypeRef {
        TypeRef(place(&mut self.types, name))
    }

    /// The place of a key, a new one if the name is new.
    pub fn key(&mut self, name: &Arc<str>) -> KeyRef {
        KeyRef(place(&mut self.keys, name))
    }

    /// The name at a place.
    #[must_use]
    pub fn label_name(&self, label: LabelRef) -> &Arc<str> {
        &self.labels[label.0 as usize]
    }

    /// The name at a place.
    #[must_use]
    pub fn type_name(&self, relationship_type: TypeRef) -> &Arc<str> {
        &self.types[relationship_type.0 as usize]
    }

    /// The name at a place.
    #[must_use]
    pub fn key_name(&self, key: KeyRef) -> &Arc<str> {
        &self.keys[key.0 as usize]
    }

    /// Looks all names up in a graph; what it does not know stays unknown.
    #[must_use]
    pub fn resolve(&self, view: &View) -> ResolvedNames {
        ResolvedNames {
            labels: self.labels.iter().map(|name| view.label(name)).collect(),
            types: self
                .types
                .iter()
                .map(|name| view.relationship_type(name))
                .collect(),
            keys: self.keys.iter().map(|name| view.key(name)).collect(),
        }
    }

    /// Looks all names up in a graph that is to be written; new ones get a number there.
    pub fn intern(&self, graph: &mut Graph) -> ResolvedNames {
        ResolvedNames {
            labels: self
                .labels
                .iter()
                .map(|name| Some(graph.intern_label(name)))
                .collect(),
            types: self
                .types
                .iter()
                .map(|name| Some(graph.intern_type(name)))
                .collect(),
            keys: self
                .keys
                .iter()
                .map(|name| Some(graph.intern_key(name)))
                .collect(),
        }
    }
}

/// The numbers that a graph gives to the names of a query.
#[derive(Clone, Debug, Default)]
pub struct ResolvedNames {
    labels: Vec<Option<LabelId>>,
    types: Vec<Option<TypeId>>,
    keys: Vec<Option<KeyId>>,
}

impl ResolvedNames {
    /// The label's number; `None` where the graph has no such label.
    #[must_use]
    pub fn label(&self, label: LabelRef) -> Option<LabelId> {
        self.labels.get(label.0 as usize).copied().flatten()
    }

    /// The type's number; `None` where the graph has no such type.
    #[must_use]
    pub fn relationship_type(&self, relationship_type: TypeRef) -> Option<TypeId> {
        self.types
            .get(relationship_type.0 as usize)
            .copied()
            .flatten()
    }

    /// The key's number; `None` where the graph has no such key.
    #[must_use]
    pub fn key(&self, key: KeyRef) -> Option<KeyId> {
        self.keys.get(key.0 as usize).copied().flatten()
    }
}
