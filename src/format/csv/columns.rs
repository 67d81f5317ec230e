//! The properties of some rows, column by column.

use std::hash::BuildHasher;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;

use super::super::ron::FormatError;
use super::cell;
use super::header::{HeaderColumn, Role};
use super::rows::{Field, File};
use crate::graph::{Graph, KeyId};
use crate::value::Value;

/// The values of the columns that are properties, as many in each as rows were read.
#[derive(Debug, Default)]
pub(super) struct Columns {
    values: Vec<Vec<Value>>,
    texts: Texts,
}

impl Columns {
    /// Reads a row's properties.
    pub(super) fn push(
        &mut self,
        file: File<'_>,
        fields: &[Field],
        header: &[HeaderColumn],
    ) -> Result<(), FormatError> {
        let properties = fields
            .iter()
            .zip(header)
            .filter(|(_, column)| is_property(column));
        for (number, (&field, column)) in properties.enumerate() {
            let value = cell::value(file, field, column, &mut self.texts)?;
            if number == self.values.len() {
                self.values.push(Vec::new());
            }
            self.values[number].push(value);
        }
        Ok(())
    }

    /// The values of each key, which are those of the header in its order.
    pub(super) fn with_keys(self, keys: &[KeyId]) -> impl Iterator<Item = (KeyId, Vec<Value>)> {
        keys.iter().copied().zip(self.values)
    }
}

/// The keys of the columns that are properties.
pub(super) fn keys(graph: &mut Graph, header: &[HeaderColumn]) -> Vec<KeyId> {
    let properties = header.iter().filter(|column| is_property(column));
    let keys = properties.filter_map(|column| column.key.as_deref());
    keys.map(|key| graph.intern_key(key)).collect()
}

#[inline]
fn is_property(column: &HeaderColumn) -> bool {
    column.key.is_some() && column.role != Role::Ignore
}

/// Texts that came lately, so that one that comes again and again is held once.
#[derive(Debug, Default)]
pub(super) struct Texts(Vec<Option<Arc<str>>>);

/// A power of two.
const LATELY: usize = 256;

impl Texts {
    pub(super) fn shared(&mut self, text: &str) -> Arc<str> {
        self.0.resize(LATELY, None);
        let hash = usize::try_from(FxBuildHasher.hash_one(text) >> 32).unwrap_or_default();
        let place = &mut self.0[hash % LATELY];
        match place {
            Some(known) if **known == *text => Arc::clone(known),
            _ => Arc::clone(place.insert(text.into())),
        }
    }
}
